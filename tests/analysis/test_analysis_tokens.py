"""Sentences, words and terms: every span is a slice, and no text makes the splitter slow."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digester.analysis.tokens import STOP, sentences, stem, terms, words
from digester.domain.text import BREAK


def split(text: str) -> list[str]:
    return [text[a:b] for a, b in sentences(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Some signals, e.g. dwell time, are noisy.",
        "Signals, i.e. clicks, are cheap.",
        "Solvane et al. show this, and Okoro et al. agree.",
        "The lift was 1.24% on day 3.5 of the test.",
        "See Fig. 3 and Eq. 2 of the paper by Dr. Taniwara.",
        "Kestrelo Inc. sells clips.",
        "The firm has offices in the U.S. and the U.K. today.",
        "The test, run by J. R. Pelikan, took 21 days.",
        "Version 0.14.2 of the library is out.",
        "Marisole 2 vs. Ostrelith 3 is the comparison.",
    ],
)
def test_full_stops_inside_a_sentence_do_not_end_it(text: str) -> None:
    assert split(text) == [text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One here. Two here.", ["One here.", "Two here."]),
        ("Is it live? It is! Good.", ["Is it live?", "It is!", "Good."]),
        ('He said "it works." Then he left.', ['He said "it works."', "Then he left."]),
        ("It said \u201cdone.\u201d Nobody asked.", ["It said \u201cdone.\u201d", "Nobody asked."]),
        ("CTR rose by 1.2%. GMV fell by 0.3%.", ["CTR rose by 1.2%.", "GMV fell by 0.3%."]),
        ("(We tested it.) It held.", ["(We tested it.)", "It held."]),
        ("It ended in 2025. 40 teams joined.", ["It ended in 2025.", "40 teams joined."]),
        ("我们提出一种方法。它已上线！真的吗？是。", ["我们提出一种方法。", "它已上线！", "真的吗？", "是。"]),
        ("他说「完成了。」然后离开。", ["他说「完成了。」", "然后离开。"]),
        ("no end at all", ["no end at all"]),
        ("", []),
        ("   ", []),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, expected: list[str]) -> None:
    assert split(text) == expected


@given(st.text(alphabet="aB 1.,!?。！\"')」e.g", max_size=200))
def test_spans_are_ordered_disjoint_trimmed_and_lose_only_space(text: str) -> None:
    spans = sentences(text)
    end = 0
    for a, b in spans:
        assert end <= a < b <= len(text)
        assert not text[end:a].strip()
        assert text[a:b] == text[a:b].strip()
        end = b
    assert not text[end:].strip()


@pytest.mark.parametrize("unit", [".", ". ", "e.g. ", "。", "A. ", '."', "a", " ", "!?", "et al. ", "1.1.", "'' ", ")"])
def test_a_hundred_kilobytes_of_anything_come_back_whole(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    assert "".join(split(text)).replace(" ", "") == text.replace(" ", "")


@given(st.text(max_size=120))
def test_words_are_slices_in_lower_case(text: str) -> None:
    for word, a, b in words(text):
        assert text[a:b].lower() == word


def test_terms_leave_stop_words_out_and_fold_plurals() -> None:
    assert terms("The models of a model") == ["model", "model"]
    assert not set(terms("it is what we were and they are")) & STOP


def test_han_text_becomes_bigrams_and_a_single_character_stays() -> None:
    assert terms("推荐系统") == ["推荐", "荐系", "系统"]
    assert terms("召") == ["召"]


@pytest.mark.parametrize(
    ("word", "folded"),
    [
        ("studies", "study"), ("models", "model"), ("searches", "search"), ("indexes", "index"), ("losses", "loss"),
        ("loss", "loss"), ("bias", "bias"), ("analysis", "analysis"), ("corpus", "corpus"), ("gas", "gas"), ("ids", "id"),
        ("is", "is"), ("series", "sery"), ("ctr", "ctr"),
    ],
)  # fmt: skip
def test_stem_folds_plurals_and_nothing_else(word: str, folded: str) -> None:
    assert stem(word) == folded


@given(st.text(alphabet="abceiosux", max_size=12))
def test_a_stem_is_never_empty_or_longer(word: str) -> None:
    assert len(stem(word)) <= len(word)
    assert bool(stem(word)) == bool(word)


def test_a_day_behind_a_short_month_is_part_of_its_sentence() -> None:
    text = "They met in Harrowby on Jan. 20 and signed. It opens in Dec. 2027. The end came in Jan. Nobody knew."
    assert [text[a:b] for a, b in sentences(text)] == [
        "They met in Harrowby on Jan. 20 and signed.", "It opens in Dec. 2027.", "The end came in Jan.", "Nobody knew.",
    ]  # fmt: skip


def test_a_paragraph_that_ends_like_no_sentence_is_one_by_itself() -> None:
    text = f"Open the app {BREAK} Get it on a phone {BREAK} We release Ostrelith 3. It is small."
    assert [text[a:b] for a, b in sentences(text)] == ["Open the app", "Get it on a phone", "We release Ostrelith 3.", "It is small."]  # fmt: skip


def test_a_sentence_ends_in_an_address_that_has_taken_its_last_word() -> None:
    text = "Codes name every shelf of the small this http URL decoders read them in one pass. Shops such as this http URL sell goods."
    assert [text[a:b] for a, b in sentences(text)] == [
        "Codes name every shelf of the small this http URL",
        "decoders read them in one pass.",
        "Shops such as this http URL sell goods.",
    ]
