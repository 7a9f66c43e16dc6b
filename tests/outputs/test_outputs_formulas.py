"""Formulas as Unicode and as MathML: what is known is converted, the rest stays as it was written, nothing acts."""

from __future__ import annotations

from html import escape

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree

from digester.outputs._formulas import unicode
from digester.outputs._mathml import mathml

TEX = st.text(alphabet="ab12 ^_{}\\$()[]<>&\"'+-=αé推\n", max_size=60) | st.lists(
    st.sampled_from([r"\alpha", r"\frac", r"\sqrt", r"\hat", r"\mathbb", r"\text", r"\left(", r"\right)", r"\href", r"\unknown", r"\begin{matrix}",
                     r"\end{matrix}", "{", "}", "^", "_", "x", "12", " ", "$", r"\\", "&", "<script>", r"\{", r"\input"]), max_size=25
).map("".join)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (r"$\alpha_i$", "αᵢ"),
        ("$O(n^2)$ and O(n^2)", "O(n²) and O(n²)"),
        (r"$$\sum_{i=1}^n x_i$$", "∑ᵢ₌₁ⁿ xᵢ"),
        (r"\(x_1\) and \[y^2\]", "x₁ and y²"),
        (r"$a \le b$ and $x \in [0,1]$", "a ≤ b and x ∈ [0,1]"),
        (r"\mathbb{R}^{2k} is large", "ℝ²ᵏ is large"),
        (r"O(\sqrt{d_{tot}}) regret", "O(√(dₜₒₜ)) regret"),
        (r"\widetilde{O}(T^{1/α})", "Õ(T^(1/α))"),
        (r"$\frac{a+b}{c}$, $\frac{1}{2}$", "(a+b)/c, 1/2"),
        (r"$x^{\frac{1}{2}}$", "x^(1/2)"),
        (r"$\mathcal{L}_{\text{CE}}$", "ℒ_CE"),
        (r"O(\sqrt{SAT\log(T)})", "O(√(SAT log(T)))"),
        (r"{\pi}-Distill and \textsf{E2PL}", "π-Distill and E2PL"),
        (r"from $5 and $x_i$ to $9", "from $5 and xᵢ to $9"),
        (r"$10\%$ and $\left(\frac{x}{y}\right)^2$", "10% and (x/y)²"),
        (r"$\{a_b\}$", "{a_b}"),
    ],
)
def test_formulas_become_unicode(text: str, shown: str) -> None:
    assert unicode(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "$5 to $10",
        "It costs $5, not $10 (up $2).",
        "$x$ alone",
        "US$5_000 and 2^32",
        "snake_case_name and a^b and x[i]^T",
        r"\foo{x} and $\foo_i$",
        r"\href{javascript:alert(1)}{x}",
        r"$\input{/etc/passwd}_1$",
        r"$\sqrt[3]{n}$",
        r"${a_1$",
        r"C:\alpha\beta",
        r"(vs.\ 26.0%)",
        "$" + "{" * 300 + "_$",
        "",
    ],
)
def test_what_is_no_formula_or_not_known_stays(text: str) -> None:
    assert unicode(text) == text


@given(TEX)
@settings(max_examples=200, deadline=None)
@example("\\" * 50)
@example("$_$ ^{}^{}_{}_{}")
@example("\ue000\\alpha_\ue001$\\alpha_\ue000$")
def test_any_text_has_a_unicode_form_without_markers_of_ours(text: str) -> None:
    made = unicode(text)
    assert not set(made) & set("\ue000\ue001\ue002\ue003") - set(text)
    assert "\\" not in made or "\\" in text


@pytest.mark.parametrize(
    ("tex", "text"),
    [(r"\alpha_i", "αi"), (r"\sum_{i=1}^{n}\sqrt{x}", "∑i=1nx"), (r"a<b \& c", "a<b&c"), (r"\begin{matrix}a&b\end{matrix}", "ab")],
)  # fmt: skip
def test_formulas_become_mathml(tex: str, text: str) -> None:
    root = etree.fromstring(mathml(tex))
    assert etree.QName(root).localname == "math"
    assert "".join(root.itertext()) == text


@pytest.mark.parametrize(
    "tex", [r"\foo{x}", "{a", "a}", r"\left( a", "x^", r"\frac{a}", "", r"\unknown", "a" * 5000, "{" * 20 + "}" * 20]
)
def test_what_is_not_known_is_source(tex: str) -> None:
    made = mathml(tex)
    assert made == f'<code class="tex">{escape(tex.strip())}</code>'


@given(TEX)
@settings(max_examples=200, deadline=None)
@example(r"\text{<script>alert(1)</script>}")
@example(r"\href{javascript:alert(1)}{x}")
@example(r"\style{background:url(https://evil.example)}{x}")
@example(r"\class{x}{y}")
@example(r"\color{red}{x}")
@example("\x00")
@example(r"\text{&lt;img src=x onerror=alert(1)&gt;}")
@example(r"\text{\"onload=x}")
def test_r03_mathml_is_well_formed_and_inert(tex: str) -> None:
    root = etree.fromstring(mathml(tex))
    for element in root.iter():
        name = etree.QName(element).localname
        assert name == "code" or name.startswith("m")
        assert not {"href", "style", "id", "src"} & set(element.attrib)
        assert not any(str(key).startswith("on") for key in element.attrib)
