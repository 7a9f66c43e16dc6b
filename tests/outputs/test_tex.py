"""Formulas in prose: found with and without dollars, prices left alone, nothing lost, nothing active."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digester.outputs._tex import formula, in_markdown, is_formula, pieces


def formulas(text: str) -> list[str]:
    return [p.text for p in pieces(text) if p.kind != "text"]


@pytest.mark.parametrize(("text", "found"), [
    (r"a weight $\alpha_i$ of each", [r"\alpha_i"]),
    (r"so $$a = \frac{b}{c}$$ holds", [r"a = \frac{b}{c}"]),
    (r"by \(x + y\) and \[z\]", ["x + y", "z"]),
    (r"the output is Q = O W_Q, where R \in R^{(m+L) \times d} and M is a mask", ["Q = O W_Q", r"R \in R^{(m+L) \times d}"]),
    (r"h_t = \sigma(W x_t) is a state.", [r"h_t = \sigma(W x_t)"]),
    (r"loss \mathcal{L} = -\sum_i \log p_i + \lambda R.", [r"\mathcal{L} = -\sum_i \log p_i + \lambda R"]),
    ("Rung k covers 2^k hours (see x_i).", ["2^k", "x_i"]),
    ("It costs $5 to $10 a day, $3B in all.", []),
    ("the user_id and item_id of C:\\Users\\bob", []),
    (r"of size \in{ open", []), ("", []), ("$", []), ("$$", []), ("$$$$", []), ("中文 $x_1$，其中", ["x_1"]),
])  # fmt: skip
def test_formulas_are_found_and_nothing_else(text: str, found: list[str]) -> None:
    assert formulas(text) == found


@pytest.mark.parametrize("tex", [
    r"\href{https://a.example}{x}", r"\url{x}", r"\def\x{y}", r"\input{/etc/passwd}", "a//b", "www.a.example", "a`b", 'a"b', "a#b", "a%b",
    "{", "}{", "", " ", "a$b",
])  # fmt: skip
def test_what_could_do_more_than_show_is_no_formula(tex: str) -> None:
    assert not is_formula(tex)


def test_a_formula_on_a_page_is_mathml_or_its_escaped_source() -> None:
    assert formula("a < b") == '<math display="inline"><mrow><mi>a</mi><mo>&lt;</mo><mi>b</mi></mrow></math>'
    assert formula("\\nowhere{a < b}") == '<code class="tex">\\nowhere{a &lt; b}</code>'


@given(st.text(st.sampled_from("$\\ab_^{}()[]<>|. ,=1é中\n"), max_size=60))
def test_nothing_of_a_text_is_lost(text: str) -> None:
    found = pieces(text)
    assert "".join(p.source for p in found) == text
    for p in found:
        if p.kind != "text":
            assert is_formula(p.text)
            told = in_markdown(p.text, cell=True)
            assert "<" not in told and "](" not in told and "|" not in told.replace("\\|", "")


@pytest.mark.parametrize(
    "text", ["$" * 5_000, "\\aa{" * 2_000, "a_b " * 5_000, "\\[" * 3_000, "$a " * 4_000, "x_1 = " * 3_000]
)
def test_long_texts_of_one_piece_end(text: str) -> None:
    assert "".join(p.source for p in pieces(text)) == text
