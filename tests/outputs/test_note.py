"""Reading notes as Markdown and as a page: golden, inert whatever a paper holds, nothing lost on the way."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
import yaml
from lxml import html as lxml_html
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin
from tests.outputs.hostile_samples import BAD_URLS, HOSTILE
from tests.outputs.note_samples import CODES, hostile, loom, written

from digester.domain.notes import NoteRecord, Sections, name_of
from digester.outputs import note

PARSER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
MATHS = MarkdownIt("commonmark").enable("table").use(dollarmath_plugin)
PROSE = [p for p in HOSTILE if "\\[" not in p]  # TeX's brackets make a formula, as they should: see the formulas below
TEXT = ("text", "text_special", "softbreak")
SAMPLES = {"note": loom, "note-written": written}


def tokens(body: str, parser: MarkdownIt = PARSER) -> Iterator[Token]:
    for token in parser.parse(body):
        yield token
        yield from token.children or ()


def body(record: NoteRecord) -> str:
    return note.markdown(record).decode().split("---\n", 2)[2]


def shape(text: str) -> list[tuple[str, str]]:
    return [(t.type, t.tag) for t in tokens(text) if t.type not in TEXT]


def links(text: str) -> set[str]:
    return {str(t.attrs["href"]).partition("#:~:text=")[0] for t in tokens(text) if t.type == "link_open"}


def page(record: NoteRecord) -> lxml_html.HtmlElement:
    return lxml_html.document_fromstring(note.html(record))


# --------------------------------------------------------------------- golden
@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_note(name: str, language: str, golden: Callable[[str, bytes], None]) -> None:
    record = SAMPLES[name](language)
    golden(f"{name}.{language}.md", note.markdown(record))
    golden(f"{name}.{language}.html", note.html(record))
    golden(f"{name}-entry.{language}.md", note.entry(record).encode())


# -------------------------------------------------------------------- content
def test_the_front_matter_is_yaml_of_text() -> None:
    head = yaml.safe_load(note.markdown(loom("zh")).decode().split("---\n", 2)[1])
    assert list(head) == ["title", "slug", "date", "category", "topic", "paper", "source", "lang"]
    assert (head["slug"], head["lang"], head["paper"]) == ("note-2606-90011-zh", "zh", "arXiv:2606.90011")


def test_the_title_leads_to_the_pdf_and_without_one_to_the_paper_and_without_any_is_text() -> None:
    record = loom()
    pdf, url = record.paper.pdf, record.paper.url
    for paper, href in (
        (record.paper, pdf), (replace(record.paper, pdf=""), url), (replace(record.paper, pdf="", url=""), None),
    ):  # fmt: skip
        made = replace(record, paper=paper)
        found = page(made).find(".//h1/a")
        assert (found.get("href") if found is not None else None) == href
        assert (f"]({href})" in note.entry(made).split("\n")[0]) == (href is not None)


@pytest.mark.parametrize(("language", "words"), [
    ("en", ("🧠 Background", "🐍 Method", "📊 Results", "✨ TIPS", "| Dimension | Before | This paper |")),
    ("zh", ("🧠背景", "🐍训练方法", "📊结果", "✨ TIPS", "| 优化维度 | 传统方法 | 本文方法 |")),
])  # fmt: skip
def test_the_parts_stand_in_the_order_and_words_of_the_standard(language: str, words: tuple[str, ...]) -> None:
    for text in (note.entry(loom(language)), body(loom(language))):
        places = [text.index(word) for word in words]
        assert places == sorted(places)


def test_an_empty_part_is_not_printed() -> None:
    record = written("en")
    assert "Background" not in body(record) and "TIPS" not in body(record)
    assert [h.get("id") for h in page(record).findall(".//h2")] == ["method", "results"]


def test_every_sentence_leads_to_its_passage_and_one_without_an_address_does_not() -> None:
    root = page(loom())
    steps = root.findall(".//ol[@class='steps']/li")
    found = [li.find("a[@class='passage']") for li in steps]
    assert [a.get("href").partition("#")[0] if a is not None else None for a in found] == [
        "https://arxiv.example/html/2606.90011v1", None, "https://arxiv.example/html/2606.90011v1",
    ]  # fmt: skip
    assert (
        steps[0].find(".//ul/li/a").get("href").startswith("https://arxiv.example/html/2606.90011v1#:~:text=A%20token")
    )


def test_quotations_carry_their_language_and_marks_and_other_sentences_do_not() -> None:
    root = page(loom("zh"))
    assert {q.get("lang") for q in root.iter("q")} == {"en"}
    assert {s.get("lang") for s in root.findall(".//main//li/span")} == {None}
    assert page(loom("en")).find(".//main//q").get("lang") is None
    assert "「Existing candidate" in body(loom("zh")) and "“Existing candidate" in body(loom("en"))


def test_a_note_from_an_abstract_says_so() -> None:
    assert "the full text was not read" in body(written("en")) and "未读全文" in note.entry(written("zh"))
    assert page(written("en")).find(".//div[@class='notices']") is not None
    assert "not read" not in body(loom())


# --------------------------------------------------------------- nothing lost
def test_steps_are_numbered_and_what_is_below_a_step_is_nested() -> None:
    found = [t.type for t in PARSER.parse(body(loom())) if "list" in t.type]
    method = found[found.index("ordered_list_open") : found.index("ordered_list_close")]
    assert method.count("bullet_list_open") == 1 and method.count("list_item_open") == 4
    assert method[:3] == ["ordered_list_open", "list_item_open", "bullet_list_open"]


def test_a_list_of_more_than_nine_steps_keeps_its_nesting() -> None:
    record = loom()
    step, below = record.note.sections.method[:2]
    many = (*(replace(step, id=f"s{n}") for n in range(11)), below)
    made = replace(record, note=replace(record.note, sections=Sections(method=many, results=many[:1])))
    found = [t.type for t in PARSER.parse(body(made)) if "list" in t.type]
    inside = found[: found.index("ordered_list_close")]
    assert inside.count("list_item_open") == 12 and inside.count("bullet_list_open") == 1


def test_bars_stay_in_their_cells() -> None:
    for parser in (PARSER, MATHS):
        rows = [t.type for t in parser.parse(note.entry(loom())) if t.type in ("tr_open", "td_open", "th_open")]
        results = [*["tr_open", *["th_open"] * 3], *["tr_open", *["td_open"] * 3] * 2]
        without_head = [*["tr_open", *["th_open"] * 2], *["tr_open", *["td_open"] * 2] * 2]
        assert rows == [*results, *without_head, "tr_open", *["th_open"] * 3, "tr_open", *["td_open"] * 3]
    cells = [t for t in PARSER.parse(note.entry(loom())) if t.type == "inline" and "two-tower" in t.content]
    assert any("two-tower retrieval | one inner product" in "".join(c.content for c in t.children or ()) for t in cells)


def test_formulas_reach_a_reader_of_formulas_as_they_stood() -> None:
    found = [t.content.strip() for t in tokens(body(loom()), MATHS) if t.type.startswith("math")]
    assert found == [
        r"c_1, \dots, c_4", "|C| = 4{,}096", "r_l = r_{l-1} - e_{c_l}", "e_k",
        r"\mathcal{L} = -\sum_{l=1}^{4} w_l \log p(c_l \mid c_{ \lt l}, h)", r"\beta = |C|", r"p(c \mid h) = |C|^{-1}",
    ]  # fmt: skip


def test_formulas_on_the_page_are_marked_and_prices_are_none() -> None:
    root = page(loom())
    found = [c.text_content() for c in root.findall(".//math")]
    assert found[0] == "c1,\u2026,c4" and len(found) == 7
    assert root.find(".//span[@class='display']/math").text_content().startswith("\u2112")
    assert "costs $3 to $4 a day" in root.text_content()
    assert r"costs \$3 to \$4 a day" in body(loom())


def test_tables_of_results_keep_cells_and_caption_and_say_what_was_cut() -> None:
    root = page(loom())
    first, second = root.findall(".//table[@class='results']")
    cells = [[" ".join(c.text_content().split()) for c in row] for row in first.iter("tr")]
    assert cells == [["Model", "CTR", "GMV"], ["Base | towers", "0%", ""], ["SIDLoom (β=|C|)", "+1.24%*", "+0.87%"]]
    assert second.find("thead") is None and [len(row) for row in second.iter("tr")] == [2, 2]
    captions = [p.text_content().strip("↗") for p in root.findall(".//p[@class='caption']")]
    assert captions == ["Table 1: Online A/B test, 14 days", "A table of the paper"]
    assert [p.text_content() for p in root.findall(".//p[@class='cut']")] == ["Shown: 2 of 9 rows, 3 of 7 columns."]
    assert "仅列 9 行中的 2 行、7 列中的 3 列" in body(
        loom("zh")
    ) and "| SIDLoom ($\\beta = \\|C\\|$) | +1.24%\\* | +0.87% |" in body(loom())
    assert {t.get("lang") for t in page(loom("zh")).findall(".//table[@class='results']")} == {"en"}


def test_every_word_of_a_note_is_printed() -> None:
    root = re.sub(r"\s+", " ", page(loom()).text_content())
    for word in re.findall(r"[A-Za-z]{3,}", re.sub(r"\$[^$]+\$|\S*[\\_^]\S*", " ", CODES)):
        assert word in root


# -------------------------------------------------------------------- hostile
@pytest.mark.parametrize("payload", PROSE)
def test_hostile_text_changes_no_structure_of_the_markdown(payload: str) -> None:
    record, plain = hostile(payload), hostile("word")
    for text, calm in ((body(record), body(plain)), (note.entry(record), note.entry(plain))):
        assert shape(text) == shape(calm)
        assert links(text) == links(calm)
        assert not {t.type for t in tokens(text)} & {"html_block", "html_inline", "image", "fence", "s_open"}


@pytest.mark.parametrize("payload", PROSE)
def test_hostile_text_stays_text_on_the_page(payload: str) -> None:
    root = page(hostile(payload))
    assert {e.tag for e in root.iter()} == {e.tag for e in page(hostile("word")).iter()} and root.find(
        ".//script"
    ) is None
    assert re.sub(r"\s+", " ", payload).strip() in re.sub(r"\s+", " ", root.find(".//h1").text_content())
    for a in root.iter("a"):
        assert a.get("href").startswith(("https://arxiv.example/", "#"))


@pytest.mark.parametrize("tex", [
    r"$x<script>alert(1)</script>$", r"$[a](javascript:alert(1))$", "$$<img src=x onerror=y>$$", r"$\href{https://evil.example}{x}$",
    "$a`b`c$", *HOSTILE, "$x$<b>$y$", r"$\require{html}\class{x}{y}$", "$www.evil.example$", "$a ~~b~~ c$",
])  # fmt: skip
def test_formulas_of_hostile_papers_are_inert_for_readers_without_formulas(tex: str) -> None:
    record = hostile(f"Words {tex} and words")
    for text in (body(record), note.entry(record)):
        kinds = {t.type for t in tokens(text)}
        assert not kinds & {"html_block", "html_inline", "image", "fence", "code_inline", "s_open"}
        assert links(text) <= links(note.entry(hostile("word")))
    assert page(record).find(".//script") is None


@pytest.mark.parametrize("url", BAD_URLS)
def test_other_schemes_are_no_links(url: str) -> None:
    assert not links(body(hostile("Title", url)))
    assert [a.get("href") for a in page(hostile("Title", url)).iter("a") if not a.get("href").startswith("#")] == []


@pytest.mark.parametrize(("work", "name"), [
    ("arxiv:2606.90011", "2606.90011"), ("arxiv:hep-th/9901001", "hep-th-9901001-"), ("url:../../etc/passwd", "url-..-..-etc-passwd-"),
    ("item:中文", "item-"), ("url:" + "x" * 3000, "url-xxx"),
])  # fmt: skip
def test_the_name_of_a_work_is_a_name_of_a_file(work: str, name: str) -> None:
    found = name_of(work)
    assert found.startswith(name) and len(found) <= 90 and re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9.-]*", found)


def test_works_that_would_be_called_alike_have_names_of_their_own() -> None:
    assert len({name_of(w) for w in ("url:a/b", "url:a-b", "url:a.b", "url:a b", "item:a-b")}) == 5
