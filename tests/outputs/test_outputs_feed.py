"""Feeds: valid and complete whatever titles hold, read back by another parser, with ids that stay for ever."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urljoin

import feedparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from lxml import html as lxml_html
from tests.outputs.hostile_samples import HOSTILE, hostile
from tests.outputs.issue_samples import daily, weekly

from digester.domain.issue import Issue
from digester.domain.site import Card, Site, card_of
from digester.domain.urls import http_url
from digester.outputs import collections
from digester.outputs._words import words
from digester.ports import Leaf, Shelf

SITE = Site(url="https://digest.example")
NAMES = ("feed.xml", "atom.xml", "feed.json")
CONTENT = {"div", "p", "b", "i", "h2", "h3", "ul", "li", "a", "q", "span", "blockquote", "table", "thead", "tbody", "tr", "th", "td"}  # fmt: skip
BAD = "a\x00b\x0bc\x1b\x85\x9f\ufffe\uffff]]>\u2028<!--&nbsp;&#0;"


def shelf(*issues: Issue, site: Site = SITE, cards: Sequence[Card] | None = None) -> Shelf:
    records = {issue.id: issue for issue in issues}
    return Shelf(site, tuple(card_of(issue) for issue in issues) if cards is None else cards, records.__getitem__)


def leaves(of: Shelf, overlay: Path | None = None) -> Mapping[str, Leaf]:
    return {leaf.path: leaf for leaf in collections(overlay)["feed"].leaves(of)}


def body(of: Shelf, path: str) -> bytes:
    return leaves(of)[path].body()


def read(of: Shelf, path: str) -> Any:
    """A feed through another parser, in one shape for the three formats."""
    raw = body(of, path)
    if path.endswith(".json"):
        made = json.loads(raw)
        return SimpleNamespace(
            title=made["title"], about=made["description"], lang=made["language"], author=made["authors"][0]["name"],
            self=made.get("feed_url", ""), home=made.get("home_page_url", ""),
            entries=[SimpleNamespace(
                id=e["id"], title=e["title"], link=e.get("url", ""), summary=e["summary"], tags=e["tags"],
                content=e["content_html"], published=datetime.fromisoformat(e["date_published"]),
                updated=datetime.fromisoformat(e["date_modified"]), lang=e["language"]) for e in made["items"]],
        )  # fmt: skip
    found = feedparser.parse(raw, sanitize_html=False, resolve_relative_uris=False)
    assert not found.bozo, found.bozo_exception
    f, text = found.feed, html.unescape if path.endswith("feed.xml") else str
    return SimpleNamespace(
        title=f.title, about=f.subtitle, lang=f.language if "language" in f else f.title_detail.language,
        author=f.author if "author" in f else found.entries[0].author,
        self=next((link.href for link in f.links if link.rel == "self"), ""), home=f.link,
        entries=[SimpleNamespace(
            id=e.id, title=e.title, link=e.get("link", ""), summary=text(e.summary),
            tags=[t.term for t in e.get("tags", ())], content=e.content[0].value,
            published=datetime(*e.published_parsed[:6], tzinfo=UTC), updated=datetime(*e.updated_parsed[:6], tzinfo=UTC),
            lang=e.content[0].language or f.get("language")) for e in found.entries],
    )  # fmt: skip


# ------------------------------------------------------------- what it says
@pytest.mark.parametrize(("name", "path"), [("feed.en.rss.xml", "feed.xml"), ("feed.zh.atom.xml", "zh/atom.xml"),
                                            ("feed.en.json", "rec-weekly/feed.json")])  # fmt: skip
def test_golden(name: str, path: str, golden: Callable[[str, bytes], None]) -> None:
    golden(name, body(shelf(weekly(), daily()), path))


def test_three_formats_for_each_language_and_kind() -> None:
    folders = ("", "ai-daily/", "rec-weekly/", "zh/", "zh/ai-daily/", "zh/rec-weekly/")
    assert set(leaves(shelf(weekly(), daily()))) == {f + name for f in folders for name in NAMES}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_another_parser_reads_every_field(language: str, name: str) -> None:
    issue, first = weekly(), datetime(2026, 6, 20, 7, 5, tzinfo=UTC)
    again = replace(issue, revision=2, frozen_at=first + timedelta(days=3))
    of = shelf(again, cards=[card_of(again, published_at=first)])
    folder = "" if language == "en" else "zh/"
    lang, title = {"en": ("en", SITE.title["en"]), "zh": ("zh-Hans", SITE.title["zh"])}[language]
    feed = read(of, f"{folder}rec-weekly/{name}")
    assert feed.title == {"en": f"{title}: RecSys Weekly", "zh": f"{title}：推荐周报"}[language]
    assert (feed.lang, feed.author) == (lang, title)
    assert feed.self == f"{SITE.url}/{folder}rec-weekly/{name}" and feed.home == f"{SITE.url}/{folder}index.html"
    (entry,) = feed.entries
    assert entry.id == f"tag:digester,2026:rec-weekly/2026-W25/{language}"
    assert (entry.title, entry.summary) == (issue.title[language], issue.summary[language])
    assert entry.link == f"{SITE.url}/{folder}article/{issue.slug[language]}.html"
    assert tuple(entry.tags) == issue.tags[language]
    assert (entry.published, entry.updated, entry.lang) == (first, again.frozen_at, lang)
    shown = lxml_html.fromstring(entry.content).text_content()
    for sentence in issue.sentences():
        assert sentence.text.get(language, sentence.text["en"]) in shown
    for pick in issue.picks():
        assert f'href="{pick.url}"' in entry.content


@pytest.mark.parametrize("issue", [weekly(), daily()], ids=["weekly", "daily"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_content_is_headings_paragraphs_lists_tables_and_links_alone(issue: Issue, language: str) -> None:
    entry = read(shelf(issue), f"{'' if language == 'en' else 'zh/'}feed.json").entries[0]
    check_content(entry.content, issue)
    levels = [e.tag for e in lxml_html.fromstring(entry.content).iter() if re.fullmatch("h[1-6]", str(e.tag))]
    assert levels[0] == "h2" and set(levels) == {"h2", "h3"}


def check_content(content: str, issue: Issue) -> None:
    urls = [p.url for p in issue.picks()] + [link.url for p in issue.picks() for link in p.links]
    known = {http_url(u) for u in urls + [r.url for r in issue.rows] + [e.url for e in issue.excerpts]}
    second = Second()
    second.feed(content)
    first = [(e.tag, dict(e.attrib)) for e in lxml_html.fragment_fromstring(content).iter()]
    for tag, attributes in first + second.found:
        assert tag in CONTENT
        assert set(attributes) <= {"lang", "dir", "href", "title"}
        assert tag != "a" or str(attributes.get("href", "")).partition("#:~:text=")[0] in known


class Second(HTMLParser):
    """Another parser than lxml's."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, Mapping[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")


def test_a_feed_holds_the_newest_twenty_and_reads_no_other_record() -> None:
    issues = {f"rec-weekly/{n}": replace(weekly(), id=f"rec-weekly/{n}", period=str(n)) for n in range(40, 15, -1)}
    asked: list[str] = []

    def record(issue_id: str) -> Issue:
        asked.append(issue_id)
        return issues[issue_id]

    made = leaves(Shelf(SITE, [card_of(i) for i in issues.values()], record))
    assert not asked
    ids = [item["id"] for item in json.loads(made["feed.json"].body())["items"]]
    assert ids == [f"tag:digester,2026:rec-weekly/{n}/en" for n in range(40, 20, -1)]
    assert made["rec-weekly/feed.xml"].body() and asked == list(issues)[:20]


def test_an_issue_without_the_language_is_in_none_of_its_feeds() -> None:
    english = replace(daily(), languages=("en",))
    of = shelf(weekly(), english)
    assert [e.title for e in read(of, "zh/feed.json").entries] == [weekly().title["zh"]]
    assert len(read(of, "feed.json").entries) == 2 and "zh/ai-daily/feed.xml" not in leaves(of)


def test_a_chinese_feed_has_no_english_words_of_ours() -> None:
    english = {v for k, v in words("en").items() if len(v) > 6 and v != words("zh")[k] and "{" not in v}
    for issue in (weekly(), daily()):
        for entry in read(shelf(issue), "zh/feed.json").entries:
            shown = html.unescape(re.sub(r"<[^>]+>", "|", entry.content)).split("|")
            assert not english & {part.strip(" :：") for part in shown}


def test_a_withdrawn_issue_leaves_its_feeds_and_they_stay() -> None:
    of = shelf(replace(weekly(), state="withdrawn"), daily())
    assert [e.title for e in read(of, "feed.xml").entries] == [daily().title["en"]]
    for name in NAMES[:2]:
        empty = feedparser.parse(body(of, f"rec-weekly/{name}"))
        assert not empty.bozo and not empty.entries and empty.feed.title
    assert json.loads(body(of, "rec-weekly/feed.json"))["items"] == []


# --------------------------------------------------------------------- ids
def test_ids_stay_when_words_revisions_and_the_address_change() -> None:
    issue = weekly()
    changed = replace(issue, revision=3, title={"en": "New", "zh": "新"}, slug={"en": "new", "zh": "x"}, summary={"en": "New", "zh": "新"})  # fmt: skip
    moved = replace(SITE, url="https://elsewhere.example/news", title={"en": "Other", "zh": "别的"})
    for path in (f"{folder}{name}" for folder in ("", "zh/") for name in NAMES):
        before, after = read(shelf(issue), path), read(shelf(changed, site=moved), path)
        assert [e.id for e in before.entries] == [e.id for e in after.entries]
        assert before.entries[0].title != after.entries[0].title
    root = etree.fromstring(body(shelf(issue), "atom.xml"))
    assert root.findtext("{*}id") == "tag:digester,2026:feed/en"


def test_the_guid_is_no_address_and_the_authority_is_the_configured_one() -> None:
    of = shelf(weekly(), site=replace(SITE, authority="news.example"))
    guid = etree.fromstring(body(of, "feed.xml")).find(".//guid")
    assert guid is not None and guid.attrib == {"isPermaLink": "false"}
    assert guid.text == "tag:news.example,2026:rec-weekly/2026-W25/en"


@pytest.mark.parametrize("path", ["feed.xml", "rec-weekly/atom.xml"])
def test_a_key_changes_with_what_is_shown(path: str) -> None:
    issue = weekly()
    key = leaves(shelf(issue))[path].key
    same = replace(issue, category={"en": "Other"}, summary={**issue.summary, "zh": "另"})
    assert leaves(shelf(same))[path].key == key
    for other in (replace(issue, summary={"en": "Else"}), replace(issue, revision=2), replace(issue, tags={"en": ("x",)}),
                  replace(issue, frozen_at=issue.frozen_at + timedelta(1)), replace(issue, state="withdrawn")):  # fmt: skip
        assert leaves(shelf(other))[path].key != key
    assert leaves(shelf(issue, site=replace(SITE, url="https://b.example")))[path].key != key


def test_another_kind_leaves_the_key_of_a_kind() -> None:
    one, two = leaves(shelf(weekly())), leaves(shelf(weekly(), daily()))
    assert one["rec-weekly/feed.xml"].key == two["rec-weekly/feed.xml"].key
    assert one["feed.xml"].key != two["feed.xml"].key


def test_a_template_of_the_workspace_changes_bytes_and_key(tmp_path: Path) -> None:
    (tmp_path / "feed").mkdir()
    (tmp_path / "feed/content.html.j2").write_text("<p>{{ page.title }} only</p>")
    own, shipped = leaves(shelf(weekly()), tmp_path)["feed.json"], leaves(shelf(weekly()))["feed.json"]
    assert own.key != shipped.key
    assert json.loads(own.body())["items"][0]["content_html"] == "<p>RecSys Weekly 2026-W25 only</p>"


# -------------------------------------------------------- without an address
def test_without_an_address_nothing_absolute_is_said_and_the_feeds_stay_valid() -> None:
    of = shelf(weekly(), site=Site())
    channel = etree.fromstring(body(of, "zh/rec-weekly/feed.xml"))[0]
    assert channel.findtext("link") == "https://site-url-is-not-set.invalid/"  # a URL, as RSS asks, that leads nowhere
    assert channel.find("item/link") is None and channel.find("{http://www.w3.org/2005/Atom}link") is None
    made = json.loads(body(of, "zh/feed.json"))
    assert not {"feed_url", "home_page_url"} & set(made) and "url" not in made["items"][0]
    atom = etree.fromstring(body(of, "zh/rec-weekly/atom.xml"))
    base = "https://host.example/below/zh/rec-weekly/atom.xml"
    assert {urljoin(base, link.get("href")) for link in atom.iterfind(".//{*}link")} == {
        base,
        "https://host.example/below/zh/index.html",
        f"https://host.example/below/zh/article/{weekly().slug['zh']}.html",
    }


# ------------------------------------------------------------------ hostile
@pytest.mark.parametrize("payload", [*HOSTILE, BAD, "\u202e" + BAD, "Ti\ttle\r\n two"])
@pytest.mark.parametrize("name", NAMES)
def test_r09_feeds_of_hostile_records_are_well_formed_and_inert(payload: str, name: str) -> None:
    issue = replace(hostile(payload, "https://arxiv.example/a(b)?q=1&y=[1]|<z>"), slug={"en": payload, "zh": payload})
    of = shelf(issue)
    for folder in ("", "zh/"):
        (entry,) = read(of, folder + name).entries
        check_content(entry.content, issue)
        assert entry.id == f"tag:digester,2026:rec-weekly/2026-W25/{'zh' if folder else 'en'}"
        assert entry.link.startswith("https://digest.example/") and re.fullmatch(r"[!-~]+", entry.link)
        assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]", entry.title + entry.content)


def test_r09_titles_come_back_as_they_were_from_an_xml_parser() -> None:
    for payload in HOSTILE:
        root = etree.fromstring(body(shelf(hostile(payload)), "feed.xml"))
        assert root.findtext("channel/item/title") == re.sub(r"\s+", " ", payload).strip()


def test_r09_a_title_of_a_megabyte_is_a_valid_feed() -> None:
    issue = replace(weekly(), title={"en": "<" * 1_000_000}, summary={"en": "&" * 1_000_000})
    root = etree.fromstring(body(shelf(issue), "atom.xml"), etree.XMLParser(huge_tree=True))
    assert root.findtext("{*}entry/{*}title") == "<" * 1_000_000


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(), max_size=40), st.text(st.characters(), max_size=40))
def test_r09_any_text_makes_well_formed_feeds(title: str, tag: str) -> None:
    issue = replace(weekly(), title={"en": title}, summary={"en": tag}, tags={"en": (tag,)}, slug={"en": title},
                    sections=(), rows=(), threads=(), overview=(), takeaways=(), watch=())  # fmt: skip
    site = replace(SITE, title={"en": title})
    rss, atom, made = (body(shelf(issue, site=site), f"rec-weekly/{name}") for name in NAMES)
    item = json.loads(made)["items"][0]
    assert etree.fromstring(rss).findtext("channel/item/title") == item.get("title", "")
    entry = etree.fromstring(atom).find("{*}entry")
    assert entry is not None
    assert [e.get("term") for e in entry.iterfind("{*}category")] == item["tags"]
    assert html.unescape(etree.fromstring(rss).findtext("channel/item/description") or "") == item.get("summary", "")


def test_a_card_of_a_daily_of_papers_keeps_its_reason_to_read() -> None:
    issue = replace(weekly(), layout="signed")
    told = issue.picks()[0].sentences[0].text["en"]
    content = read(shelf(issue), "feed.json").entries[0].content
    assert (
        content.count(html.escape(told, quote=False)) == 1
        and "<b>Why read it: </b>" in content
        and "\U0001f517 <b>Original: </b>" in content
    )
