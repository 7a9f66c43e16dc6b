"""Text on one line and text cut short: nothing that acts, no half grapheme; and paragraphs of so many columns."""

from __future__ import annotations

import unicodedata

import pytest
import regex
from hypothesis import example, given, settings
from hypothesis import strategies as st

from digester.domain.cut import cut, line
from digester.outputs._mail_text import COLUMNS, rule, width, wrapped

MIXED = st.text(
    alphabet=st.characters(exclude_categories=["Cs"])
    | st.sampled_from("e\u0301\u0308👩‍👧🏽🇩🇪🇨🇳ห์กำ각각निक्ष推荐，。「」 \u200d\ufe0f"),
    max_size=80,
)


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("a\r\nBcc: x", "a Bcc: x"),
        ("a\x00b\u2028c\u2029d\x85e\x0bf\x0cg", "ab c d e f g"),
        ("\u202eevil\u202c \ufeffx\u200b", "evil x"),
        ("\x1b[31mred\x07", "[31mred"),
        ("क्\u200dष", "क्\u200dष"),
        ("\ud800x", "x"),
        ("推荐 　系统", "推荐 系统"),
    ],
)
def test_t08_one_line(text: str, made: str) -> None:
    assert line(text) == made


@given(st.text(max_size=200))
@settings(deadline=None)
def test_t08_any_text_is_one_line_without_control_signs(text: str) -> None:
    made = line(text)
    assert len(made.splitlines()) <= 1 and line(made) == made
    assert not [c for c in made if unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp")]


@pytest.mark.parametrize(
    ("text", "limit", "made"),
    [
        ("short", 5, "short"),
        ("One two three. Four five six seven", 20, "One two three."),
        ("One two three four five six seven", 20, "One two three four…"),
        ("推荐系统的前缀树能否成立，尚无测试结果", 10, "推荐系统的前缀树能…"),
        ("推荐系统。前缀树能否成立，尚无测试结果", 9, "推荐系统。"),
        ("a" * 50, 10, "a" * 9 + "…"),
        ("👩‍👩‍👧" * 9, 9, "👩‍👩‍👧…"),
        ("e" + "\u0301" * 50, 10, "…"),
        ("🇩🇪🇨🇳🇩🇪", 4, "🇩🇪…"),
    ],
)
def test_t07_text_is_cut_at_a_sentence_a_word_or_a_grapheme(text: str, limit: int, made: str) -> None:
    assert cut(text, limit) == made


@given(MIXED, st.integers(2, 60))
@settings(max_examples=400, deadline=None)
@example("क्\u0949\u200dष" * 10, 7)
def test_t07_no_cut_divides_a_grapheme(text: str, limit: int) -> None:
    made = cut(text, limit)
    assert len(made) <= limit and cut(made, limit) == made
    if made == text:
        return
    kept = made.removesuffix("…")
    assert text.startswith(kept)
    rest = len(kept) + (len(text[len(kept) :]) - len(text[len(kept) :].lstrip(" ,;:，；：、")))
    starts = {m.start() for m in regex.finditer(r"\X", text)} | {len(text)}
    assert len(kept) in starts or rest in starts


@given(MIXED)
@settings(max_examples=300, deadline=None)
def test_wrapping_keeps_every_sign_and_the_width(text: str) -> None:
    text = line(text * 4)
    made = wrapped(text)
    assert "".join(made.split()) == "".join(text.split())
    for row in made.split("\n"):
        assert width(row) <= COLUMNS or " " not in row.strip(" ->")


def test_han_text_breaks_anywhere_but_before_a_closing_sign() -> None:
    rows = wrapped("推荐系统的前缀树，能否成立？尚无测试。" * 12).rstrip("\n").split("\n")
    assert all(width(row) <= COLUMNS for row in rows) and not [r for r in rows if r[0] in "，。？"]
    assert min(width(row) for row in rows[:-1]) > COLUMNS - 6


def test_bullets_hang_and_quotations_are_carried_on() -> None:
    words = "word " * 30
    assert [r[:3] for r in wrapped(f"- {words}").split("\n")[:2]] == ["- w", "  w"]
    assert {r[:3] for r in wrapped(f"> {words}").split("\n")[:2]} == {"> w"}


def test_an_address_is_never_broken() -> None:
    url = "https://a.example/" + "x" * 200
    assert url in wrapped(f"See {url} there").split("\n")


def test_a_rule_is_as_wide_as_its_title() -> None:
    assert rule("推荐周报 W25", "=") == "=" * 12
