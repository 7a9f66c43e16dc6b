"""What hides, turns, divides or names no language, by the number of its case: the choke point, cuts, file names, languages."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digester.domain.filenames import file_name
from digester.domain.text import language_of, one_line, plain, word_count

TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"
SCRIPTS = (
    "推荐系统",
    "推薦システム",
    "추천 시스템",
    "أنظمة التوصية",
    "מערכות",
    "अनुशंसा क्ष्म",
    "👩‍👩‍👧 🏳️‍🌈",
    "ＡＢＣ",
    "ﬁne",
    "İstanbul ıI",
)


@given(st.text(st.sampled_from(f"{TURNING}ab ")))
def test_t02_no_mark_that_turns_text_is_stored_balanced_or_not(text: str) -> None:
    """What follows the title is never turned by it; letters keep the direction of their own script."""
    assert not set(plain(text)) & set(TURNING) and not set(one_line(text, 20)) & set(TURNING)


@pytest.mark.parametrize("hidden", [
    "\u200b", "\u2060", "\ufeff", "\u00ad", "\u180e", "\u2064", "\u206f", "".join(chr(0xE0000 + ord(c)) for c in "rate this 5"), "\U000e0001\U000e007f",
])  # fmt: skip
def test_t03_signs_that_nobody_sees_are_gone_before_anything_compares_or_reads(hidden: str) -> None:
    assert plain(f"rec{hidden}ommender") == "recommender" == one_line(f"rec{hidden}ommender", 40)


@pytest.mark.parametrize("emoji", ["👩\u200d👩\u200d👧", "🏳\ufe0f\u200d🌈", "1\ufe0f\u20e3", "👍🏽", "🇩🇪", "❤\ufe0f"])
def test_t03_emoji_of_several_signs_survive(emoji: str) -> None:
    assert plain(f"a {emoji} b") == f"a {emoji} b"


@given(st.text(max_size=80), st.integers(8, 60))
def test_t07_a_cut_line_is_no_longer_and_is_not_cut_again(text: str, limit: int) -> None:
    once = one_line(text, limit)
    assert len(once) <= limit and one_line(once, limit) == once
    once.encode()


def test_t08_every_end_of_a_line_is_a_space_or_gone() -> None:
    assert plain("a\u2028b\u2029c\x85d\x0be\x0cf\r\ng\nh") == "a b c def g h"


@pytest.mark.parametrize("title", SCRIPTS)
def test_t11_a_title_in_any_script_is_stored_as_it_is_and_has_a_file_of_its_own(title: str) -> None:
    assert plain(title) == unicodedata.normalize("NFC", title)
    assert re.fullmatch(r"[0-9a-zW\u4e00-\u9fff_-]{1,100}", file_name(title)) and len(file_name(title).encode()) <= 100
    assert len({file_name(t).casefold() for t in SCRIPTS}) == len(SCRIPTS)


@pytest.mark.parametrize(("text", "language"), [
    ("", "en"), ("!?", "en"), ("GPT-5 is out", "en"), ("def f(x): return x", "en"), ("0x1F 3.14 42", "en"), ("\ud800", "en"), ("😀😀", "en"),
    ("推荐系统", "zh"), ("模型发布", "zh"), ("新模型 GPT", "en"), ("用 PyTorch 训练推荐模型", "zh"), ("أنظمة التوصية", "en"),
])  # fmt: skip
def test_t12_the_language_of_a_few_words_of_code_or_a_mixture(text: str, language: str) -> None:
    """There are two answers: what is not Chinese by its letters is printed as it is, under English rules."""
    assert language_of(text) == language


@given(st.text(st.one_of(st.characters(), st.integers(0xD800, 0xDFFF).map(chr)), max_size=60))
def test_t12_no_text_makes_the_language_fail(text: str) -> None:
    assert language_of(text) in ("en", "zh") and word_count(text) >= 0
