"""Folding of texts and words, and snippets of what was found."""

from __future__ import annotations

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from digester.domain.search import LONGEST, _folded, cleaned, folded, snippet, words_of


def test_case_width_dashes_and_space_are_alike() -> None:
    assert folded("ＣＴＲ  Click\u2010Through\u00a0Rate ") == "ctr click-through rate"
    assert words_of(["CTR", "ctr", " ", "semantic  ID", "a\x00b"]) == ("ctr", "semantic id", "ab")


def test_the_line_with_most_of_the_words_is_shown_with_its_marks() -> None:
    piece = snippet(["GMV rose.", "CTR and GMV rose; ctr most."], words_of(["ctr", "gmv"]))
    assert piece.text == "CTR and GMV rose; ctr most."
    assert [piece.text[a:b] for a, b in piece.marks] == ["CTR", "GMV", "ctr"]


def test_marks_stand_where_the_words_stand_whatever_folding_does() -> None:
    piece = snippet(["ﬁne Straße Ⅷ 前缀树"], words_of(["fi", "strasse", "viii", "缀树"]))
    assert [piece.text[a:b] for a, b in piece.marks] == ["ﬁ", "Straße", "Ⅷ", "缀树"]


def test_marks_that_overlap_are_one() -> None:
    assert snippet(["feature"], ["feat", "atu"]).marks == ((0, 5),)


def test_a_long_line_is_cut_around_the_word_at_words() -> None:
    line = "alpha " * 200 + "needle " + "omega " * 200
    piece = snippet([line], ["needle"])
    (mark,) = piece.marks
    assert piece.text[slice(*mark)] == "needle" and len(piece.text) <= LONGEST + 2
    assert piece.text.startswith("…alpha") and piece.text.endswith("omega…")


def test_nothing_to_show_is_empty() -> None:
    assert snippet([], ["a"]).text == "" and snippet(["b"], ["a"]).marks == ()


@settings(deadline=None)
@given(st.lists(st.text(max_size=600), min_size=1, max_size=3), st.lists(st.text(min_size=1, max_size=8), max_size=3))
def test_t07_snippets_are_pieces_and_marks_are_the_words(lines: list[str], given_words: list[str]) -> None:
    lines = [unicodedata.normalize("NFC", cleaned(line)) for line in lines]
    words = words_of(given_words)
    piece = snippet(lines, words)
    bare = piece.text.removeprefix("…").removesuffix("…")
    assert any(bare.strip("…") in line for line in lines)
    assert all(0 <= a < b <= len(piece.text) for a, b in piece.marks)
    assert not piece.text.startswith("…") or not unicodedata.combining(bare[:1] or "a")


@settings(deadline=None)
@given(st.text(alphabet=st.characters(max_codepoint=0x24F)))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert folded(folded(text)) == folded(text)


@settings(deadline=None)
@given(st.text(alphabet=st.characters(max_codepoint=0x7F)))
def test_the_short_way_for_ascii_folds_as_the_long_one(text: str) -> None:
    assert folded(text) == _folded(text)[0]
