"""The HTML page: inert whatever titles hold, complete without a request, and built for every reader."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import pytest
from lxml import html
from lxml.html import HtmlElement
from tests.outputs.hostile_samples import BAD_URLS, HOSTILE, hostile
from tests.outputs.issue_samples import DRAWING, NOTICE, daily, weekly

from digester.domain.issue import Issue
from digester.domain.licences import OPEN
from digester.domain.urls import http_url
from digester.outputs import OUTPUTS

ELEMENTS = frozenset(
    [
        "html",
        *("figure", "figcaption", "svg", "desc", "rect", "text"),  # the chart of ratings
        *("img", "small"),  # figures of papers
        "head",
        "meta",
        "title",
        "style",
        "body",
        "a",
        "div",
        "header",
        "p",
        "h1",
        "h2",
        "h3",
        "nav",
        "ol",
        "ul",
        "li",
        "main",
        "aside",
        "section",
        "article",
        "span",
        "b",
        "small",
        "blockquote",
        "footer",
        "details",
        "summary",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "time",
        "dl",
        "dt",
        "dd",
        "q",
        "code",
    ]
)
ATTRIBUTES = frozenset(
    [
        "rel",
        *("xmlns", "width", "height", "x", "y", "fill", "fill-opacity", "font-family", "font-size", "text-anchor"),
        *("src", "alt", "loading", "decoding"),  # figures of papers
        "lang",
        "charset",
        "http-equiv",
        "content",
        "name",
        "class",
        "href",
        "id",
        "aria-label",
        "title",
        "aria-labelledby",
        "aria-hidden",
        "role",
        "dir",
        "tabindex",
        "scope",
        "datetime",
    ]
)


def tree(issue: Issue, language: str = "en") -> HtmlElement:
    return html.document_fromstring(OUTPUTS["html"].render(issue, language))


def elements(root: HtmlElement) -> Iterator[HtmlElement]:
    return (e for e in root.iter() if isinstance(e.tag, str))


def text(root: HtmlElement) -> str:
    return re.sub(r"\s+", " ", root.text_content())


def urls(issue: Issue) -> set[str]:
    """Every address of the record, as a browser reads it, and what its picture leads to."""
    own = [p.url for p in issue.picks()] + [link.url for p in issue.picks() for link in p.links]
    own += [r.url for r in issue.rows] + [e.url for e in issue.excerpts]
    return {clean for url in own if (clean := http_url(url))} | {f"pictures/{DRAWING.name}", OPEN[DRAWING.licence]}


@pytest.mark.parametrize("payload", HOSTILE)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_hostile_text_stays_text(payload: str, language: str) -> None:
    issue = hostile(payload)
    root = tree(issue, language)
    check_inert(root, issue)
    assert len(root.findall(".//h1")) == 1 and len(root.findall(".//style")) == 1
    folded = re.sub(r"\s+", " ", payload)
    assert folded.strip() in re.sub(r"\s+", " ", root.find(".//h1").text_content())
    assert all(e.tag != "script" for e in elements(root))


@pytest.mark.parametrize("url", BAD_URLS)
def test_other_schemes_are_no_links(url: str) -> None:
    issue = hostile("Title", url)
    root = tree(issue)
    check_inert(root, issue)
    assert not [a for a in root.iterfind(".//a") if "evil" in a.get("href", "") or ":" in a.get("href", "")]


@pytest.mark.parametrize("issue", [weekly(), daily()], ids=["weekly", "daily"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_only_our_elements(issue: Issue, language: str) -> None:
    check_inert(tree(issue, language), issue)


def check_inert(root: HtmlElement, issue: Issue) -> None:
    known, anchors = urls(issue), {f"#{e.get('id')}" for e in elements(root) if e.get("id")}
    for element in elements(root):
        assert element.tag in ELEMENTS, element.tag
        assert set(element.attrib) <= ATTRIBUTES, element.attrib
        if element.tag == "a":
            assert str(element.get("href")).partition("#:~:text=")[0] in known | anchors
    assert not [node for node in root.iter() if not isinstance(node.tag, str)]  # comments, instructions


@pytest.mark.parametrize("issue", [weekly(), daily(), hostile("".join(HOSTILE))])
def test_nothing_is_requested(issue: Issue) -> None:
    body = OUTPUTS["html"].render(issue, "en").decode()
    css = body[body.index("<style>") : body.index("</style>")]
    assert "@import" not in css and "url(" not in css
    root = html.document_fromstring(body)
    assert {str(e.get("src")) for e in root.xpath("//*[@src]")} <= {f"pictures/{DRAWING.name}"}  # beside the page
    assert not root.xpath("//link|//script|//iframe|//object|//form|//base|//*[@srcset]|//*[@style]")
    policy = root.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy and policy[0].startswith("default-src 'none'")


@pytest.mark.parametrize("issue", [weekly(), daily(), hostile("x" * 300)], ids=["weekly", "daily", "long"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_outline(issue: Issue, language: str) -> None:
    root = tree(issue, language)
    levels = [int(e.tag[1]) for e in elements(root) if re.fullmatch(r"h[1-6]", e.tag)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    ids = [e.get("id") for e in elements(root) if e.get("id")]
    assert len(ids) == len(set(ids))
    for labelled in root.xpath("//*[@aria-labelledby]/@aria-labelledby"):
        assert set(labelled.split()) <= set(ids)
    assert root.xpath("//main") and root.xpath("//header") and root.xpath("//nav[@aria-label]")
    assert root.xpath("//a[@class='skip']/@href") == ["#main"]


def test_languages() -> None:
    zh = tree(weekly(), "zh")
    assert zh.get("lang") == "zh-Hans" and tree(weekly()).get("lang") == "en"
    quote = zh.xpath("//blockquote/p")[0]
    assert quote.get("lang") == "en"
    assert zh.xpath("//details[@class='folded']/summary")[0].text_content() == "原文摘录"
    assert not tree(weekly()).xpath("//details[@class='folded']")
    chinese = tree(daily()).xpath("//q[@lang='zh']")
    assert chinese[0].text_content().startswith("一次全量重训")


def test_head() -> None:
    root, issue = tree(weekly()), weekly()
    assert root.xpath("//meta[@name='description']/@content") == [issue.summary["en"]]
    assert root.findtext(".//title") == issue.title["en"] == root.find(".//h1").text_content()
    assert root.find(".//header").text_content().index(NOTICE) < root.find(".//header").text_content().index("listings")
    assert root.xpath("//article//time/@datetime")[0] == "2026-06-16"
    assert tree(daily()).find(".//h1").text_content() == "AI Tech Daily - 2026-06-20"


def test_printed_counts_are_rendered_counts() -> None:
    issue = weekly()
    for language, pattern in (("en", r"(\d+) published: (.*?);"), ("zh", r"收录 (\d+) 篇，(.*?)；")):
        root = tree(issue, language)
        found = re.search(pattern, root.xpath("//p[@class='census']")[0].text_content())
        assert found
        cards = root.xpath("//article")
        assert int(found[1]) == len(cards) == len(root.xpath("//table[@class='rows']/tbody/tr"))
        pairs = re.findall(r"(\d+)x(\d)", found[2]) or [(n, r) for r, n in re.findall(r"(\d) 分 (\d+) 篇", found[2])]
        for number, rating in pairs:
            assert int(number) == len(root.xpath(f"//article[contains(@class, ' r{rating}')]"))


def test_online_table_holds_online_figures_only() -> None:
    rows = [text(tr) for tr in tree(weekly()).xpath("//table[@class='online']/tbody/tr")]
    assert len(rows) == 5 and "CODEWALK" in rows[0] and "+1.24%" in rows[0]
    assert any("+0.3 pp, not significant" in r and "new users" in r for r in rows)
    assert any("up to -11.1%" in r and "deployed" in r for r in rows)
    assert not any("Recall" in r or "NDCG" in r for r in rows)


def test_every_figure_names_its_evidence() -> None:
    for group in tree(weekly()).xpath("//ul[@class='figures']/li"):
        assert group.xpath("span[@class='label']")[0].text_content() in ("online A/B", "deployed", "offline")
        assert group.xpath("span[@class='figs']/span[@class='fig']")


def test_kinds_of_sentences_look_apart() -> None:
    root = tree(weekly())
    assert [text(f).strip() for f in root.xpath("//blockquote/footer")] == [
        "arXiv · full text",
        "arXiv · abstract",
    ]
    assert all("Editor’s reading" in text(p) for p in root.xpath("//p[@class='reading']"))
    assert text(root.xpath("//section[@aria-labelledby='watch']/p")[0]) == "Editor’s reading"


def test_coverage_is_told() -> None:
    told = text(tree(weekly()).xpath("//footer[@class='colophon']")[0])
    parts = (
        "38 of 41 sources answered",
        "Osk Notes: its server reports an error (503)",
        "Ferncastle Blog",
        "2606.90777, 2606.90778",
        "unknown",
        "calendar",
        "no language model",
        "digester regenerate rec-weekly --date 2026-W25",
        "revision 1",
    )
    for part in parts:
        assert part in told
    assert "All announced papers" not in told


def test_daily_sections() -> None:
    root = tree(daily())
    assert len(root.xpath("//table[@class='trending']/tbody/tr")) == 5
    assert [text(h) for h in root.xpath("//h3[@class='topic']")] == ["Serving", "Open weights"]
    assert [text(s) for s in root.xpath("//span[@class='at']")] == ["04:12", "21:40", "47:03"]
    assert "31,250" in text(root) and "Guest: Gus Pell" in text(root)


def test_a_state_that_is_not_final_is_said() -> None:
    assert "Draft" in text(tree(replace(weekly(), state="draft")).find(".//header"))
    assert "已撤回" in text(tree(replace(weekly(), state="withdrawn"), "zh").find(".//header"))


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_contrast(scheme: int) -> None:
    """WCAG AA (4.5) for every ink on every ground it stands on."""
    css = OUTPUTS["html"].render(weekly(), "en").decode().split("--paper:")[scheme + 1]
    colour = dict(re.findall(r"--(\w[\w-]*): (#[0-9a-f]{6});", "--paper:" + css.split("}")[0]))
    for ground in ("paper", "raised", "mark"):
        for ink in ("ink", "soft", "accent", "link", "online"):
            assert contrast(colour[ink], colour[ground]) >= 4.5, (ink, ground)
    assert contrast(colour["accent-ink"], colour["accent"]) >= 4.5


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize(("language", "name", "subject"), [("en", "Models", "A: one"), ("zh", "模型", "A：一")])
def test_a_heading_that_tells_its_first_story_is_parted_and_listed_by_its_name(
    language: str, name: str, subject: str
) -> None:
    issue = weekly()
    first = issue.sections[0]
    pick = replace(first.picks[0], headline={"en": "A: one", "zh": "A：一"})
    heading = {"en": "Models: A: one", "zh": "模型：A：一"}
    made = replace(issue, sections=(replace(first, heading=heading, picks=(pick,)), *issue.sections[1:]))
    page = html.fromstring(OUTPUTS["html"].render(made, language))
    [there] = page.xpath("//h2[span[@class='subject']]")
    assert there.text_content() == heading[language] and there.xpath("span[@class='subject']")[0].text == subject
    assert name in page.xpath("//nav[@class='contents']//a/text()")


def test_signs_of_fields_stand_whole_and_apart_from_their_names() -> None:
    page = html.fromstring(OUTPUTS["html"].render(replace(weekly(), layout="signed"), "en"))
    signs = page.xpath("//dl[@class='fields'][1]//dt/span[@class='sign' and @aria-hidden='true']/text()")
    assert [s.strip() for s in signs[:5]] == ["🔗", "\U0001f3f7\ufe0f", "⭐", "🎯", "📊"]
    assert page.xpath("//dl[@class='fields'][1]//dt")[1].xpath("span/following-sibling::text()") == ["From"]
