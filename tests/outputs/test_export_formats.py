"""What each service needs of its format, on calm issues: nothing that it drops, nothing that is left out silently."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from lxml import html
from lxml.html import HtmlElement
from tests.outputs.everything import SITE
from tests.outputs.export_reading import HTML, LIMIT, MARKDOWN, NAMES, addresses, made, markdown_links, texts
from tests.outputs.inert import by_html_parser
from tests.outputs.issue_samples import NOTICE, WHALE, daily, paper, say, weekly
from tests.outputs.mail_reading import letters
from tests.outputs.test_outputs_email import many

from digester.domain.issue import Issue, Section
from digester.domain.model import Link
from digester.domain.site import Site
from digester.outputs.export import EXPORTS
from digester.outputs.export.mailchimp import untagged

WECHAT = frozenset(
    ["html", "head", "body", "meta", "title", "section", "h2", "h3", "p", "span", "strong", "sup", "ul", "li", "blockquote", "a"]
)  # fmt: skip
SUBSTACK = frozenset(
    ["html", "head", "body", "meta", "title", "h2", "h3", "p", "ul", "li", "blockquote", "a", "hr", "strong", "em"]
)
TAGS = ["*|ARCHIVE|*", "*|LIST:DESCRIPTION|*", "*|LIST:ADDRESS|*", "*|UNSUB|*"]
BOTH = [weekly(), daily()]
WIDE = re.compile(r"width|position|float|url\(|expression|@|var\(|[0-9]v[wh]")


def of(*picks: object, **more: object) -> Issue:
    sections = (Section("x", {"en": "X"}, (), picks),)  # type: ignore[arg-type]
    return replace(weekly(), sections=sections, threads=(), takeaways=(), overview=(), watch=(), **more)  # type: ignore[arg-type]


def elements(text: str) -> list[HtmlElement]:
    return [e for e in html.document_fromstring(text).iter() if isinstance(e.tag, str)]


def shown(name: str, text: str) -> str:
    return texts(text if name in HTML else MARKDOWN.render(text))[0]


# ------------------------------------------------------------------------- all
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", ["en", "zh", "fr"])
@pytest.mark.parametrize("issue", BOTH, ids=["weekly", "daily"])
def test_every_item_notice_sentence_and_address_is_there(issue: Issue, language: str, name: str) -> None:
    text = made(name, issue, language)
    said = letters(shown(name, text))
    assert len(text.encode()) < LIMIT and text.endswith("\n") and "\r" not in text
    assert letters(issue.notices[0]["en"]) in said
    for sentence in issue.sentences():
        assert letters(sentence.text.get(language) or sentence.text["en"]) in said, sentence.id
    for pick in issue.picks():
        assert pick.url in text
        for link in pick.links:
            assert link.url in text


@pytest.mark.parametrize("name", NAMES)
def test_a_draft_and_a_withdrawn_issue_say_so(name: str) -> None:
    for state, words in (("draft", "not frozen"), ("withdrawn", "Withdrawn"), ("refused", "did not pass")):
        text = shown(name, made(name, replace(weekly(), state=state)))  # type: ignore[arg-type]
        assert words in text and NOTICE in text


@pytest.mark.parametrize("name", NAMES)
def test_formulas_are_unicode_and_money_stays(name: str) -> None:
    pick = replace(WHALE, headline={"en": "Costs fall from $O(n^2)$ to $O(n)$"}, title=r"$\alpha_i$ in \mathbb{R}^{2k}",
                   sentences=(say("m", "report", r"We pay $5 to $10 for $x_{10}$."),))  # fmt: skip
    text = shown(name, made(name, of(pick)))
    for formula in ("O(n²)", "αᵢ in ℝ²ᵏ", "$5 to $10", "x₁₀"):
        assert formula in text


@pytest.mark.parametrize("name", NAMES)
def test_an_item_without_address_and_an_issue_without_items_are_text(name: str) -> None:
    bare = made(name, of(replace(WHALE, url="", links=())))
    assert "CODEWALK" in shown(name, bare)
    empty = made(name, replace(weekly(), sections=(), threads=(), takeaways=(), overview=(), watch=(), notices=()))
    assert "38 of 41 sources answered" in shown(name, empty)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_long_issue_leaves_whole_items_out_and_says_how_many_and_where_they_are(language: str, name: str) -> None:
    text = made(name, many(300), language)
    said = " ".join(shown(name, text).split())
    numbers = [int(n) for n in re.findall(r"(?<!\d)(\d+)\. ?Headline number \1 of the day", said)]
    assert len(text.encode()) < LIMIT and 10 < len(numbers) < 300 and numbers == sorted(numbers)
    gone = 300 - len(numbers)
    words = {"en": f"{gone} of the 300 items are left out", "zh": f"略去 300 条中的 {gone} 条"}
    assert words[language] in said and SITE.url in text
    assert ("mail programs" in said or "邮件客户端" in said) == (name in ("substack", "mailchimp"))
    assert "Headline number 299 of the day" in said, "what is cited and left out is named"


def test_without_a_site_nothing_leads_to_one() -> None:
    for kind in EXPORTS.values():
        assert "Read on the web" not in kind.render(weekly(), "en").decode()


# ---------------------------------------------------------------------- fields
def test_what_services_ask_for_beside_the_text() -> None:
    assert EXPORTS["wechat-mp"].fields(weekly(), "zh") == {
        "title": "推荐周报 2026-W25",
        "summary": weekly().summary["zh"],
    }
    assert EXPORTS["mailchimp"].fields(daily(), "en")["subject"].startswith("AI Tech Daily - 2026-06-20: Orrelune")
    long = replace(weekly(), title={"en": "Long title " * 50}, summary={"en": "A long sentence of a summary. " * 50})
    for name, most in (
        ("wechat-mp", (32, 120)),
        ("zhihu", (100, 300)),
        ("substack", (200, 300)),
        ("mailchimp", (70, 150)),
    ):
        fields = EXPORTS[name].fields(long, "en").values()
        assert all(0 < len(text) <= limit for text, limit in zip(fields, most, strict=True)), name


# ---------------------------------------------------------------------- WeChat
@pytest.mark.parametrize("issue", BOTH, ids=["weekly", "daily"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_wechat_keeps_what_it_gets(language: str, issue: Issue) -> None:
    text = made("wechat-mp", issue, language)
    found, other = by_html_parser(text)
    assert {e.tag for e in elements(text)} <= WECHAT and other == []
    assert {k for _, attributes, _ in found for k, _ in attributes} <= {"style", "dir", "charset"}
    bare = {tag for tag, attributes, _ in found if not dict(attributes).get("style")}
    assert bare == {"meta", "title", "strong"}
    assert not [v for _, attributes, _ in found for k, v in attributes if k == "style" and WIDE.search(v)]


def test_wechat_lists_addresses_under_the_numbers_of_the_items_and_goes_on_from_there() -> None:
    text = made("wechat-mp", weekly())
    body = texts(text)[0]
    assert "1. Velmarque: CODEWALK" in body and "GMV +0.83%[1]" in body
    assert "code[6] · PDF[7]" in body and "Read on the web[5]" in body
    lines = [str(e.text_content()) for e in elements(text) if e.tag == "p"]
    assert [line for line in lines if line.startswith("[")] == [
        "[1] https://arxiv.example/abs/2606.90011v1",
        "[2] https://arxiv.example/abs/2606.90012v1",
        "[3] https://arxiv.example/abs/2606.90013v1",
        "[4] https://arxiv.example/abs/2606.90014v1",
        f"[5] Read on the web: {SITE.url}/article/rec-weekly-en-2026-W25.html",
        "[6] code: https://github.example/velmarque/codewalk",
        "[7] PDF: https://arxiv.example/pdf/2606.90011v1",
    ]


def test_wechat_gives_one_address_one_number() -> None:
    links = (Link("https://a.example/x", "here"), Link("https://arxiv.example/abs/2v1", "second"))
    second = paper("2", "Second", 3, "Second", links=(Link("https://a.example/x", "there"),))
    text = texts(made("wechat-mp", of(replace(WHALE, links=links), second)))[0]
    assert "here[4] · second[2]" in text and "there[4]" in text and text.count("https://a.example/x") == 1


@pytest.mark.parametrize("address", ["https://mp.weixin.qq.com/s/abc", "http://mp.weixin.qq.com/s?__biz=1&mid=2"])
def test_wechat_links_to_its_own_articles_stay(address: str) -> None:
    text = made("wechat-mp", of(replace(WHALE, url=address, links=())))
    assert addresses(text) == ([address], [address])
    assert "[1] http" not in texts(text)[0]


@pytest.mark.parametrize("address", [
    "https://mp.weixin.qq.com.evil.example/", "https://evil.example/mp.weixin.qq.com", "https://mp.weixin.qq.com@evil.example/",
    "https://mp.weixin.qq.com:8443/x", "https://xmp.weixin.qq.com/", "javascript:mp.weixin.qq.com",
])  # fmt: skip
def test_wechat_has_no_other_link(address: str) -> None:
    assert addresses(made("wechat-mp", of(replace(WHALE, url=address, links=(Link(address, "x"),))))) == ([], [])


def test_wechat_has_the_line_height_of_chinese() -> None:
    assert "line-height:1.8" in made("wechat-mp", weekly(), "zh")
    assert "line-height:1.8" not in made("wechat-mp", weekly(), "en")


# ----------------------------------------------------------------------- Zhihu
@pytest.mark.parametrize("issue", BOTH, ids=["weekly", "daily"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_zhihu_has_two_levels_of_headings_and_no_table_code_or_html(language: str, issue: Issue) -> None:
    text = made("zhihu", issue, language)
    tokens = MARKDOWN.parse(text)
    assert {t.tag for t in tokens if t.type == "heading_open"} == {"h2", "h3"}
    assert not [t.type for t in tokens if t.type.startswith(("table", "code", "fence", "html", "hr"))]
    assert not re.search(r"^\[.*\]: |^---|^ ", text, re.MULTILINE), "no reference, no front matter, no indented line"
    assert not re.search(r"\n\n\n", text)


def test_zhihu_keeps_links_in_their_place() -> None:
    links = markdown_links(made("zhihu", weekly()))
    assert [u for u in links if u.startswith("https://arxiv.example/abs")] == [p.url for p in weekly().picks()]
    assert links[0].startswith(SITE.url) and WHALE.links[0].url in links


@pytest.mark.parametrize("language", ["en", "zh"])
def test_zhihu_bold_type_is_bold_beside_chinese_signs(language: str) -> None:
    for issue in BOTH:
        assert "**" not in shown("zhihu", made("zhihu", issue, language))


# -------------------------------------------------------------------- Substack
@pytest.mark.parametrize("issue", BOTH, ids=["weekly", "daily"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_substack_has_only_what_its_editor_knows(language: str, issue: Issue) -> None:
    found = elements(made("substack", issue, language))
    assert {e.tag for e in found} <= SUBSTACK
    assert {k for e in found if e.tag not in ("html", "meta") for k in e.attrib} <= {"href", "dir"}
    links = addresses(made("substack", issue, language))
    assert links[0] == links[1] and {p.url for p in issue.picks()} <= set(links[0])


# ------------------------------------------------------------------- Mailchimp
@pytest.mark.parametrize("issue", BOTH, ids=["weekly", "daily"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_mailchimp_has_the_merge_tags_once_each_and_last(language: str, issue: Issue) -> None:
    text = made("mailchimp", issue, language)
    assert re.findall(r"\*\|.*?\|\*", text) == TAGS
    assert text.index(TAGS[0]) > text.index(issue.id) and text.rstrip().endswith("</body></html>")
    for links in addresses(text):
        assert links[-2:] == ["*|ARCHIVE|*", "*|UNSUB|*"]


@pytest.mark.parametrize(("text", "kept"), [
    ("a *|FNAME|* b", "a * |FNAME|* b"), ("*||*", "* ||*"), ("**|x", "** |x"), ("a|b * c", "a|b * c"),
    ('<b>*</b><i lang=">">|UNSUB|*</i>', '<b>*</b><i lang=">"> |UNSUB|*</i>'),
    ('<a href="https://a.example/*|UNSUB|*?a|b">x</a>', '<a href="#">x</a>'),
    ('<a href="https://a.example/%2A%7CUNSUB%257c">x</a>', '<a href="#">x</a>'),
    ('<a href="https://a.example/?q=a|b*c">x</a>', '<a href="https://a.example/?q=a%7Cb*c">x</a>'),
    ('<a href="https://a.example/*&amp;#124;x">x</a>', '<a href="#">x</a>'),
    ('<a href="https://a.example/%252a*%2A|x">x</a>', '<a href="#">x</a>'),
    ('<a href="https://a.example/*%257Cx">x</a>', '<a href="#">x</a>'),
])  # fmt: skip
def test_mailchimp_stars_and_bars_are_parted(text: str, kept: str) -> None:
    assert untagged(text) == kept and untagged(kept) == kept


def test_mailchimp_is_the_page_of_the_mail() -> None:
    site = Site("https://news.example")
    text = made("mailchimp", weekly())
    assert site.url not in text and SITE.url in text
    assert text.count("<style>") == 1 and "prefers-color-scheme: dark" in text and "var(" not in text
