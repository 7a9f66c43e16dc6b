"""Text of a record as pieces that Notion takes: formulas, lengths, addresses."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.servers.notion_limits import check_children, check_rich, len16, read, text_of

from digester.channels._notion.blocks import bullets, paragraph, table
from digester.channels._notion.rich import Piece, address, plain, rich, told


# -------------------------------------------------------------------- formulas
def shown(text: str) -> list[tuple[str, str]]:
    return [(p.formula or "text", p.content) for p in told(text)]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("cost $5 to $10 a day", [("text", "cost $5 to $10 a day")]),
        ("a $\\alpha_i$ b", [("text", "a "), ("line", "\\alpha_i"), ("text", " b")]),
        ("\\(x^2\\) grows", [("line", "x^2"), ("text", " grows")]),
        ("so $$\\sum_i x_i$$ holds", [("text", "so "), ("block", "\\sum_i x_i"), ("text", " holds")]),
        ("\\[a+b\\]", [("block", "a+b")]),
        ("no $\\alpha end", [("text", "no $\\alpha end")]),
        ("\\$5_a\\$", [("text", "\\$5_a\\$")]),
        (f"${'x_1 ' * 400}z$", [("text", f"${'x_1 ' * 400}z$")]),
    ],
)
def test_formulas_are_equations_and_money_is_not(text: str, pieces: list[tuple[str, str]]) -> None:
    assert shown(text) == pieces


def test_a_formula_that_stands_for_itself_is_a_block_between_paragraphs() -> None:
    made = paragraph(told("Before $$\\frac{a}{b}$$ after $x_i$."))
    assert [b["type"] for b in made] == ["paragraph", "equation", "paragraph"]
    assert text_of(made) == "Before \n$\\frac{a}{b}$\n after $x_i$."
    check_children(made)


def test_in_a_list_a_table_or_a_heading_every_formula_is_in_the_line() -> None:
    made = [*bullets(told("so $$a_1$$ holds")), *table(["x"], [[told("so $$a_1$$ holds")]])]
    check_children(made)
    assert text_of(made).count("so $a_1$ holds") == 2


# ---------------------------------------------------------------------- pieces
def test_long_text_is_parted_at_spaces_and_loses_nothing() -> None:
    text = "word " * 1500
    parts = [p.content for p in plain(text)]
    assert "".join(parts) == text and all(len(part) <= 2000 and part.endswith(" ") for part in parts)


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=300), st.integers(1, 40), st.booleans())
def test_any_text_makes_rich_text_that_notion_takes(text: str, times: int, bold: bool) -> None:
    pieces = told(text * times, "https://a.example/ü x", limit=9000, bold=bold)
    check_rich(rich(pieces))
    parts = [p.content for p in plain(text * times)]
    assert "".join(parts) == text * times and all(len16(part) <= 2000 for part in parts)


def test_more_pieces_than_an_array_holds_go_on_in_the_next_block_and_a_cell_keeps_their_words() -> None:
    pieces = [Piece(f"w{n} ", bold=n % 2 == 0) for n in range(250)]
    made = paragraph(pieces)
    check_children(made)
    assert len(made) == 3 and "".join(text_of([b]) for b in made) == "".join(p.content for p in pieces)
    assert read(rich(pieces)) == "".join(p.content for p in pieces)


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://a.example",
        "//a.example",
        "",
        "x",
        f"https://a.example/{'x' * 2000}",
    ],
)
def test_what_is_no_web_address_or_too_long_is_text_without_a_link(url: str) -> None:
    assert address(url) == ""
    assert told("Title", url) == [Piece("Title")]


def test_an_address_is_in_ascii_behind_the_host() -> None:
    assert address('https://a.example/ü "x"?q=<y>#z') == "https://a.example/%C3%BC%20%22x%22?q=%3Cy%3E#z"


def test_hidden_and_turning_signs_are_gone_and_a_line_end_makes_no_line() -> None:
    assert told("a\u202eb\x00c\nd\u2028e\ud800f") == [Piece("abc d ef")]
