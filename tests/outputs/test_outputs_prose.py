"""Essays and formulas: what people write comes out unharmed, and nothing of it is ever active."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html
from lxml.html import HtmlElement
from markdown_it import helpers
from markdown_it.rules_inline import StateInline
from tests.outputs.hostile_samples import BAD_URLS, HOSTILE

from digester.domain.urls import http_url
from digester.outputs import prose
from digester.outputs._mathml import mathml
from digester.outputs._prose_rules import parser

GOLDEN = Path(__file__).parent / "golden"
HTML = {"p", "br", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre", "code", "em", "strong", "a", "hr",
        "table", "thead", "tbody", "tr", "th", "td", "div"}  # fmt: skip
MATH = {"math", "mrow", "mi", "mn", "mo", "ms", "mtext", "mspace", "mfrac", "msqrt", "mroot", "mstyle", "mpadded", "mphantom",
        "msub", "msup", "msubsup", "munder", "mover", "munderover", "mtable", "mtr", "mtd"}  # fmt: skip
ATTRIBUTES = {"href", "title", "rel", "start", "class", "tabindex"}


class Second(HTMLParser):
    """Another parser than lxml's: elements, attributes, comments."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.other: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_comment(self, data: str) -> None:
        self.other.append(data)

    def handle_decl(self, decl: str) -> None:
        self.other.append(decl)


def check_inert(made: str) -> None:
    second = Second(made)
    assert not second.other
    first = [(str(e.tag), dict(e.attrib)) for e in tree(made).iter()][1:]
    for tag, attributes in [*first, *second.elements]:
        assert tag in HTML | MATH, tag
        allowed = ATTRIBUTES if tag in HTML else None
        for name, value in attributes.items():
            assert (
                name in allowed
                if allowed
                else re.fullmatch(r"[a-z]+", name) and not name.startswith(("on", "href", "style"))
            )
            assert allowed or re.fullmatch(r"[A-Za-z0-9+.% -]*", value or "")
        assert tag != "a" or attributes.get("href") == http_url(str(attributes.get("href")))
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\ufdd0\ufdd1]", made)


def tree(made: str) -> HtmlElement:
    return lxml_html.fragment_fromstring(made, create_parent="main")


def corpus(*names: str) -> Iterator[str]:
    folder = Path(os.environ.get("DIGESTER_TEST_DATA", "/nowhere")) / "hostile"
    if not folder.is_dir():
        pytest.skip("DIGESTER_TEST_DATA names no folder with hostile inputs")
    for name in names:
        for row in map(json.loads, (folder / f"{name}.jsonl").read_text("utf-8").splitlines()):
            if row["enc"] == "utf-8":
                yield row["data"]


# ------------------------------------------------------------- as it is meant
def test_an_essay_as_notion_exports_it(golden: Callable[[str, bytes], None]) -> None:
    text = (GOLDEN / "essay.zh.md").read_text("utf-8")
    made = prose.html(text)
    check_inert(made)
    golden("essay.zh.html", f"{made}\n".encode())


def test_lists_nested_by_tabs_keep_their_formulas() -> None:
    made = tree(prose.html("- a\n\t- b\n\n\t\t$$\n\t\tx^2\n\t\t$$\n\n\t\tc\n\n\t- d"))
    (block,) = made.xpath("//ul/li/ul/li/div[@class='formula']/math[@display='block']")
    assert "".join(block.itertext()) == "x2"
    assert [li.text_content().split() for li in made.xpath("//ul/li/ul/li")] == [["b", "x2", "c"], ["d"]]


def test_a_formula_with_bars_is_one_cell() -> None:
    made = tree(prose.html("| a | b |\n|---|---:|\n| $P(x|y)$ and $\\|x\\|$ | $5 | \n"))
    cells = made.xpath("//tbody/tr/td")
    assert [c.text_content() for c in cells] == ["P(x|y) and ‖x‖", "$5"]
    assert [c.get("class") for c in cells] == [None, "n"]


def test_only_a_line_break_passes_as_html() -> None:
    made = prose.html("| a |\n|---|\n| b<br>c<BR/>d&lt;br&gt;e `<br>` <b>f</b><br onclick=x> |")
    assert made.count("<br>") == 2 and "<b>" not in made and "&lt;br onclick=x&gt;" in made
    assert tree(made).xpath("//td/code/text()") == ["<br>"]


@pytest.mark.parametrize(("text", "bold"), [
    ("关于**维度**的话", "维度"), ("关于**维度（GPU）**的话", "维度（GPU）"), ("**「维度」**的话", "「维度」"), ("说**“维度”**的", "“维度”"),
    ("**Pooling**：快", "Pooling"), ("a **b** c", "b"),
])  # fmt: skip
def test_bold_next_to_chinese(text: str, bold: str) -> None:
    assert tree(prose.html(text)).xpath("//strong/text()") == [bold]


@pytest.mark.parametrize("text", ["一个**没有配对", "前** 后", "a ** b", "**", "两 ** 个 ** 都散", "** a"])
def test_a_stray_mark_prints_literally(text: str) -> None:
    assert tree(prose.html(text)).text_content() == text


def test_money_is_no_formula() -> None:
    for text in ("from $5 to $10", "$5-$10 or US$3", "1$x$", "成本$5，收入$6", "$HOME and $PATH"):
        assert prose.html(text) == f"<p>{text}</p>"
    for text in ("$\\alpha$ is 5", "了$k$个", "$k$"):
        assert "<math" in prose.html(text), text


def test_a_line_end_in_chinese_is_a_line_end() -> None:
    assert prose.html("🧠背景\n传统方法") == "<p>🧠背景<br>\n传统方法</p>"
    assert prose.html("one\ntwo") == "<p>one\ntwo</p>"
    made = tree(prose.html("- 一\n\t- 二\n下一段"))
    assert made.xpath("./p/text()") == ["下一段"] and made.xpath("./ul/li/ul/li/text()") == ["二"]


def test_headings_stand_below_the_page_s_own() -> None:
    assert re.findall("<h.", prose.html("## a\n### b")) == ["<h2", "<h3"]
    assert re.findall("<h.", prose.html("# a\n## b\n###### c")) == ["<h2", "<h3", "<h6"]
    assert "<h2>RL｜SFT ｜On</h2>" in prose.html("## RL｜SFT ｜On")


def test_images_are_links_and_links_are_addresses_of_pages() -> None:
    made = tree(prose.html("![alt](https://i.example/p.png) ![](https://j.example/q) [![in](https://k.example/r)](https://l.example/) "
                           "[rel](/x) [here](#y) <https://m.example/?a=1&copy=2>"))  # fmt: skip
    assert [(a.text_content(), a.get("href")) for a in made.iter("a")] == [
        ("alt", "https://i.example/p.png"), ("j.example", "https://j.example/q"), ("in", "https://l.example/"),
        ("https://m.example/?a=1&copy=2", "https://m.example/?a=1&copy=2"),
    ]  # fmt: skip
    assert "rel here" in made.text_content()


@pytest.mark.parametrize("url", BAD_URLS)
def test_other_schemes_are_no_links(url: str) -> None:
    made = prose.html(f"[a](<{url}>) ![b](<{url}>) <{url}>\n\n[c]: <{url}>\n\n[c]")
    check_inert(made)
    assert "href" not in made and re.search("a.*b.*c", made, re.DOTALL)


def test_what_is_nested_too_deep_is_shown_as_it_was_written() -> None:
    for text in ("\n".join("\t" * n + f"- a{n}" for n in range(100)), ">" * 500 + "deep"):
        made = prose.html(text)
        check_inert(made)
        assert tree(made).text_content() == text


# ------------------------------------------------------------------ formulas
@pytest.mark.parametrize("tex", [
    r"\alpha_i", r"\frac{a}{b}", r"\begin{aligned}a&=b\\c&=d\end{aligned}", r"\text{Softmax}\left(\frac{QK^T}{\sqrt{d}}\right)",
    r"\mathcal{L}_{\mathrm{CE}}", r"\begin{cases}a&b\\c&d\end{cases}", r"\{x\}", r"a\&b", r"\sum_{i=1}^{N}\log p_\theta(y_i|x)",
])  # fmt: skip
def test_a_formula_is_mathml(tex: str) -> None:
    made = mathml(tex, block=True)
    assert made.startswith('<math display="block">') and "\\" not in made
    check_inert(made)


@pytest.mark.parametrize("tex", [
    r"\frac{a}{b", "a}b", r"\unknown{x}", r"\begin{foo}x\end{foo}", r"\left( x", "x_", "a & b", r"a\\b", r"\cancel{x}", "", "{" * 90 + "}" * 90,
    r"\def\x{\x\x}\x", r"\newcommand{\a}{\b\b}\a", "x" * 5000, "x^{" * 60 + "}" * 60, r"\mathbb", "%",
])  # fmt: skip
def test_what_is_not_understood_is_shown_as_source(tex: str) -> None:
    made = mathml(tex)
    assert lxml_html.fragment_fromstring(made).text_content() == tex and made.startswith('<code class="tex">')


def test_bold_is_a_letter_of_its_own() -> None:
    assert tree(mathml(r"\mathbf{W_Q}")).text_content() == "𝐖𝐐"


@pytest.mark.parametrize("tex", [
    r"\href{javascript:alert(1)}{x}", r"\text{<script>alert(1)</script>}", r"\style{background:url(//e.example)}{x}", r"\class{a}{x}",
    r"\color{red;}{x}", r"\text{&lt;img src=x&gt;}", r"\text{&#x3c;script&#x3e;}", r"\mathrm{<img/src=x onerror=alert(1)>}",
    r"\operatorname{<svg onload=alert(1)>}", r"\hspace{1px\" onclick=\"x}", r"\rule{1em' onload='x}{1em}", r"\text{</math><img src=x>}",
])  # fmt: skip
def test_r03_nothing_active_comes_out_of_a_formula(tex: str) -> None:
    check_inert(mathml(tex))
    check_inert(prose.html(f"a ${tex}$ b\n\n$$\n{tex}\n$$"))


# ------------------------------------------------------------------- hostile
@pytest.mark.parametrize("payload", HOSTILE)
def test_r01_hostile_text_stays_text(payload: str) -> None:
    for text in (payload, f"# {payload}", f"| {payload} |\n|---|\n| {payload} |", f"[{payload}](https://a.example/{payload})",
                 f"- {payload}", f"$${payload}$$", f"![{payload}](https://a.example 'x{payload}')"):  # fmt: skip
        check_inert(prose.html(text))


@pytest.mark.slow
def test_r01_r02_the_corpora_are_inert_as_text_and_in_formulas() -> None:
    lines = [*corpus("xss_bleach", "strings"), *list(corpus("xss_lines"))[::4], *list(corpus("html_tree"))[::4]]
    assert len(lines) > 1_500
    for data in lines:
        check_inert("".join((prose.html(data), mathml(f"\\text{{{data}}}"))))
        assert "**" not in prose.plain(data)


def test_a_forged_slot_is_no_formula() -> None:
    text = "$x$ &#xFDD0;0&#xFDD0; \ufdd00\ufdd0 [a](https://a.example/%EF%B7%900%EF%B7%90 '\ufdd00\ufdd0') <https://a.example/%EF%B7%900%EF%B7%90>"
    made = prose.html(text)
    check_inert(made)
    assert made.count("<math") == 1


PIECES = [
    *"$|*_`~[]()!<>#\\{}&-\n\t 1a中，（\u202e\ufdd0\ufdd1\x00",
    "<br>",
    "$$",
    "**",
    "\n\n",
    "](https://a.example)",
    "\\frac",
]


@settings(max_examples=300, deadline=None)
@example("|$$$*$*$$")
@example("$*`$*")
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_any_text_is_inert_html_and_a_summary_without_marks(text: str) -> None:
    check_inert(prose.html(text))
    told = prose.plain(text)
    assert len(told) <= prose.SUMMARY and "\n" not in told and "**" not in told


BRACKETS = [
    "[",
    "]",
    "](/u)",
    "[a]",
    "![",
    "[[",
    "]]",
    "`",
    "\\",
    "*",
    "<b>",
    "<http://a.example>",
    " ",
    "\n",
    "](",
    "$",
    "![a](/u)",
]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(BRACKETS), max_size=60).map("".join))
def test_brackets_close_where_the_parsers_own_search_closes_them(text: str) -> None:
    own, theirs = parser(), parser()
    theirs.helpers = helpers
    for written in (text, f"[a]: /r\n\n{text}"):
        told, expected = own.parse(written), theirs.parse(written)
        assert [t.as_dict() for t in told] == [t.as_dict() for t in expected]


@pytest.mark.parametrize("unit", ["[", "![", "[a", "**[", "[\n"])
@pytest.mark.parametrize("end", ["", "]", "](/u)"])
def test_brackets_without_end_are_read_in_a_few_steps_each(unit: str, end: str) -> None:
    steps, made = [0], parser()
    skip = made.inline.skipToken

    def counted(state: StateInline) -> None:
        steps[0] += 1
        skip(state)

    made.inline.skipToken = counted  # type: ignore[method-assign]
    text = unit * 2_000 + end
    made.parse(text)
    assert steps[0] <= 4 * len(text)


# ------------------------------------------------------------------- summary
def test_a_summary_is_the_first_paragraph_without_markup() -> None:
    text = "# Title\n\n![](https://i.example/x)\n\nThe **first** `word`, a [link](https://a.example) and $\\alpha$ stray **.\n\nSecond."
    assert prose.plain(text) == "The first word, a link and α stray ."
    assert prose.plain("- one\n- two") == "one"
    assert prose.plain("# Only a heading") == prose.plain("") == ""


def test_a_summary_ends_with_a_sentence() -> None:
    told = prose.plain("这是一个完整的句子，有一点长。" * 40)
    assert 200 < len(told) <= 280 and told.endswith("。")
    assert prose.plain("One sentence here. " * 40).endswith("here.")
