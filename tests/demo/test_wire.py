"""What the demo world writes is read back by the parsers that read the real formats."""

from __future__ import annotations

import io
import json
import xml.etree.ElementTree as ET
from calendar import timegm
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import feedparser
import lxml.html
import pytest
from arxiv import _feed

from digester.demo import pages, wire
from digester.demo.world import Feed, World, load

NOW = datetime(2026, 6, 20, 7, tzinfo=UTC)
NAMES = {"a": "http://www.w3.org/2005/Atom", "x": "http://arxiv.org/schemas/atom"}


def by_id(world: World, name: str) -> Feed:
    return next(feed for feed in world.feeds if feed.id == name)


def parsed(body: bytes) -> feedparser.FeedParserDict:
    """The body as feedparser reads it: well-formed, and without its HTML sanitizing."""
    result = feedparser.parse(io.BytesIO(body), sanitize_html=False)
    assert not result.bozo, result.bozo_exception
    return result


def moment(value: tuple[int, ...]) -> datetime:
    return datetime.fromtimestamp(timegm(value), UTC)


def html(body: bytes) -> lxml.html.HtmlElement:
    return lxml.html.fromstring(body.decode())


# --------------------------------------------------------------------------- the loader
def test_times_are_utc_whatever_yaml_gave(world: World) -> None:
    times = {paper.ref: paper.submitted for paper in world.papers}
    assert times["2606.90001v1"] == datetime(2026, 6, 12, 9, 31, 7, tzinfo=UTC)
    assert times["2606.90002v1"] == datetime(2026, 6, 12, 8, tzinfo=UTC)
    assert times["2606.90001v2"] == datetime(2026, 6, 16, 12, tzinfo=UTC)
    assert all(time.tzinfo is UTC for time in times.values())


def test_numbers_pass_in_table_cells_only(world: World) -> None:
    page = world.papers[0].html
    assert page is not None and page.sections[1].table is not None
    assert page.sections[1].table.rows == (("CTR", "+1.24%"), ("Items", "12"))


@pytest.mark.parametrize(
    ("file", "old", "new", "complaint"),
    [
        ("papers-a.yaml", 'id: "2606.90001"', "id: 2606.90001", "papers-a.yaml[0] (2606.90001): id: text"),
        ("papers-a.yaml", "primary: stat.ML", "primary: cs.IR", "(2606.90002): categories: the primary"),
        ("papers-a.yaml", "announcement: cross", "announcement: old", "(2606.90002): announcement: one of"),
        ("papers-a.yaml", "comment:", "coment:", "(2606.90001): unknown field: coment"),
        ("papers-a.yaml", "day: 2026-06-15", "day: monday", "(2606.90001): day: "),
        ("papers-a.yaml", "title: Bounds", "title: ''", "(2606.90002): Paper.__init__() missing"),
        ("papers-a.yaml", "version: 1", "version: yes", "(2606.90001): version: a whole number"),
        ("papers-a.yaml", "authors: [Cy Mono]", "authors: Cy Mono", "(2606.90002): authors: a list"),
        (
            "feeds.yaml",
            "rssfull.example",
            "rssfull.com",
            "feeds.yaml[0] (rssfull): host: a name under .example",
        ),
        ("feeds.yaml", "format: rss2", "format: rss3", "(rssfull): format: one of"),
        ("feeds.yaml", "full_content: true", "full_content: 1", "full_content: true or false"),
        ("feeds.yaml", "2026-06-19T14:00:00Z", "soon", "entries[0] (fp8-serving): published: "),
        ("posts.yaml", "- handle", "- [handle", "posts.yaml: "),
        ("podcasts.yaml", '"00:52:10"', "1:52:10", "(42): duration: text (quoted"),
        ("trending.yaml", "stars: 4210", "stars: many", "daily[0] (lumora/serve-kit): stars: a whole number"),
    ],
)
def test_a_bad_entry_is_named(directory: Path, file: str, old: str, new: str, complaint: str) -> None:
    path = directory / file
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ValueError, match="yaml") as caught:
        load(directory)
    assert complaint in str(caught.value)


# --------------------------------------------------------------------------- blogs
@pytest.mark.parametrize(("name", "version"), [("rssfull", "rss20"), ("atomfull", "atom10"), ("rdffull", "rss10")])
def test_xml_feed_reads_back(world: World, name: str, version: str) -> None:
    feed = by_id(world, name)
    result = parsed(wire.BLOGS[feed.format][1](feed))
    assert result.version == version
    assert result.feed.title == f"Blog & {name}"
    assert "invented" in result.feed.subtitle
    assert result.feed.language == "en"
    entry = result.entries[0]
    assert entry.link == f"https://{name}.example/fp8-serving"
    assert entry.author == "Eva Rho"
    assert entry.title in ("FP8 <b>serving</b> & you", "FP8 &lt;b&gt;serving&lt;/b&gt; &amp; you")
    assert moment(entry.get("published_parsed") or entry.updated_parsed) == feed.entries[0].published
    assert entry.summary.startswith("Faster ")
    assert [each.title for each in result.entries][1:] == ["Not yet there", "Earlier words"]


@pytest.mark.parametrize("name", ["rssfull", "atomfull", "rdffull"])
def test_whole_text_is_html(world: World, name: str) -> None:
    feed = by_id(world, name)
    content = parsed(wire.BLOGS[feed.format][1](feed)).entries[0].content[-1]
    assert content.type == "text/html"
    assert "<p>One &amp; one.</p>\n<p>Two &lt; three.</p>" in content.value
    assert lxml.html.fromstring(content.value).xpath("//a/@href") == ["https://github.example/lumora/kit?a=1&b=2"]


@pytest.mark.parametrize("name", ["rssbrief", "atombrief", "rdfbrief"])
def test_brief_feed_has_no_content(world: World, name: str) -> None:
    feed = by_id(world, name)
    body = wire.BLOGS[feed.format][1](feed)
    assert not any("content" in entry for entry in parsed(body).entries)
    assert b"One &amp;" not in body


def test_rss_guid_is_opaque(world: World) -> None:
    entry = parsed(wire.rss2(by_id(world, "rssfull"))).entries[0]
    assert entry.id == "tag:rssfull.example,2026:fp8-serving"
    assert entry.guidislink is False
    assert entry.published == "Fri, 19 Jun 2026 14:00:00 +0000"


def test_atom_ids_and_dates(world: World) -> None:
    root = ET.fromstring(wire.atom(by_id(world, "atomfull")))
    assert root.findtext("a:updated", namespaces=NAMES) == "2026-06-20T09:00:00Z"
    assert root.findtext("a:entry/a:id", namespaces=NAMES) == "tag:atomfull.example,2026:fp8-serving"
    assert root.findtext("a:entry/a:updated", namespaces=NAMES) == "2026-06-19T14:00:00Z"


@pytest.mark.parametrize("kind", ["rss2", "atom", "rdf"])
def test_an_empty_feed_is_a_feed(world: World, kind: str) -> None:
    result = parsed(wire.BLOGS[kind][1](replace(world.feeds[0], entries=())))
    assert result.version and not result.entries


def test_jsonfeed(world: World) -> None:
    value = json.loads(wire.jsonfeed(by_id(world, "jsonfull")))
    assert value["version"] == "https://jsonfeed.org/version/1.1"
    assert value["feed_url"] == "https://jsonfull.example/feed.xml"
    assert "invented" in value["description"]
    item = value["items"][0]
    assert item["title"] == "FP8 <b>serving</b> & you"
    assert item["date_published"] == "2026-06-19T14:00:00Z"
    assert item["authors"] == [{"name": "Eva Rho"}]
    assert item["content_html"].startswith("<p>One &amp; one.</p>")
    brief = json.loads(wire.jsonfeed(by_id(world, "jsonbrief")))["items"][0]
    assert brief["content_text"] == "Faster & cheaper, x < y." and "content_html" not in brief


def test_media_types_are_the_registered_ones() -> None:
    assert {kind: row[0] for kind, row in wire.BLOGS.items()} == {
        "rss2": "application/rss+xml",
        "atom": "application/atom+xml",
        "rdf": "application/rdf+xml",
        "jsonfeed": "application/feed+json",
    }


# --------------------------------------------------------------------------- people and podcasts
def test_person_feed(world: World) -> None:
    result = parsed(wire.person_feed(world.people[0]))
    assert result.feed.title == "Mira Okonjo-Vale (@mira)"
    assert "invented" in result.feed.subtitle and "Halden Labs" in result.feed.subtitle
    short, long = result.entries
    assert short.link == short.id == "https://social.example/@mira/100001"
    assert "<p>Short &amp; sweet, a &lt; b.</p>" in short.summary
    url = "https://arxiv.example/abs/2606.90001?x=1&y=2"
    assert lxml.html.fromstring(short.summary).xpath("//p/a/@href") == [url]
    assert long.title.startswith("A long post") and long.title.endswith("…") and len(long.title) <= 80
    assert long.summary.count("<p>") == 2


def test_podcast(world: World) -> None:
    body = wire.podcast(world.podcasts[0])
    result = parsed(body)
    first, second = result.entries
    assert "invented" in result.feed.subtitle
    assert first.itunes_duration == "00:52:10"
    assert first.enclosures[0] == {
        "href": "https://signalhour.example/42.mp3",
        "type": "audio/mpeg",
        "length": str(3130 * 16_000),
    }
    assert second.enclosures[0].length == str(600 * 16_000)
    tag = "{https://podcastindex.org/namespace/1.0}transcript"
    transcripts = [item.find(tag) for item in ET.fromstring(body).iter("item")]
    assert transcripts[0] is not None and transcripts[1] is None
    expected = {"url": "https://signalhour.example/42.vtt", "type": "text/vtt", "language": "en"}
    assert transcripts[0].attrib == expected


def test_transcript(world: World) -> None:
    blocks = pages.transcript_vtt(world.podcasts[0].entries[0]).decode().strip().split("\n\n")
    assert blocks[0] == "WEBVTT"
    assert blocks[1].startswith("NOTE An invented")
    assert blocks[2] == "00:01:12.000 --> 00:01:40.000\n<v Gus Pell>If x &lt; y &amp; z."


# --------------------------------------------------------------------------- arXiv
def test_listing_has_the_shape_of_the_real_one(world: World) -> None:
    root = ET.fromstring(wire.arxiv_listing(world.papers, "cs.IR", date(2026, 6, 15)))
    assert root.findtext("a:updated", namespaces=NAMES) == "2026-06-15T04:00:00+00:00"
    assert "invented" in (root.findtext("a:subtitle", namespaces=NAMES) or "")
    entry = root.findall("a:entry", NAMES)[0]
    assert [child.tag.rpartition("}")[2] for child in entry] == [
        "id", "title", "updated", "link", "summary", "category", "category", "published", "announce_type",
        "creator",
    ]  # fmt: skip
    assert entry.findtext("a:id", namespaces=NAMES) == "oai:arXiv.org:2606.90001v1"
    assert entry.findtext("a:summary", namespaces=NAMES) == (
        "arXiv:2606.90001v1 Announce Type: new \n"
        r"Abstract: We lift clicks by 1.2\% with $K < 4$ lists & less work."
    )
    assert [each.get("term") for each in entry.findall("a:category", NAMES)] == ["cs.IR", "cs.LG"]


def test_listing_reads_back(world: World) -> None:
    result = parsed(wire.arxiv_listing(world.papers, "cs.IR", date(2026, 6, 15)))
    assert [(x.arxiv_announce_type, x.link, x.author) for x in result.entries] == [
        ("new", "https://arxiv.example/abs/2606.90001", "Ana Lumen, Bo de Vries"),
        ("cross", "https://arxiv.example/abs/2606.90002", "Cy Mono"),
    ]


@pytest.mark.parametrize(
    ("category", "day", "kinds"),
    [
        ("cs.LG", 15, ["cross"]),
        ("cs.LG+cs.IR", 15, ["new", "cross"]),
        ("cs.IR", 17, ["replace"]),
        ("cs.LG", 17, ["replace-cross"]),
        ("cs.CV", 15, []),
        ("cs.IR", 16, []),
    ],
)
def test_announcement_types(world: World, category: str, day: int, kinds: list[str]) -> None:
    root = ET.fromstring(wire.arxiv_listing(world.papers, category, date(2026, 6, day)))
    assert [entry.findtext("x:announce_type", namespaces=NAMES) for entry in root.findall("a:entry", NAMES)] == kinds


def test_api_answer_is_read_by_the_arxiv_package(world: World) -> None:
    query = wire.ApiQuery("cat:cs.IR", "", 50, NOW)
    answer = _feed.parse(wire.arxiv_api(world.papers[:2], 7, 3, query))
    assert not answer.malformed
    assert (answer.header.total_results, answer.header.start_index, answer.header.items_per_page) == (
        7,
        3,
        50,
    )
    first = answer.results[0]
    assert first.entry_id == "http://arxiv.example/abs/2606.90001v1"
    assert first.title == 'Ranking <fast> & "well" with $K$ lists'
    assert first.summary == r"We lift clicks by 1.2\% with $K < 4$ lists & less work."
    assert [author.name for author in first.authors] == ["Ana Lumen", "Bo de Vries"]
    assert (first.primary_category, first.categories) == ("cs.IR", ["cs.IR", "cs.LG"])
    assert first.comment == "9 pages & 2 figures"
    assert first.published == first.updated == world.papers[0].submitted
    assert first.pdf_url == "https://arxiv.example/pdf/2606.90001v1"
    assert answer.results[1].comment is None


def test_full_text_page(world: World) -> None:
    page = html(pages.arxiv_html(world.papers[0]))
    creators = page.xpath("//div[@class='ltx_authors']/span[@class='ltx_creator ltx_role_author']")
    assert [each.findtext("span[@class='ltx_personname']") for each in creators] == [
        "Ana Lumen",
        "Bo de Vries",
    ]
    assert page.xpath("//span[contains(@class, 'ltx_role_affiliation')]/text()")[0] == "Brackwater & Sons, Ost"
    assert page.xpath("//span[contains(@class, 'ltx_role_email')]/a/text()") == ["ana@brackwater.example"]
    abstract = page.xpath("//div[@class='ltx_abstract']/p")[0]
    assert abstract.text == "We lift clicks by 1.2% with "
    assert abstract.find("math").get("alttext") == "K < 4"
    titles = page.xpath("//section[@class='ltx_section']/h2[contains(@class, 'ltx_title_section')]")
    assert [each.text_content() for each in titles] == ["1 Introduction", "2 Online A/B test"]
    assert page.xpath("//section[@id='S1']//p[@class='ltx_p']/text()") == [
        "It costs $3 and $4 a day.",
        "A second <paragraph>.",
    ]
    rows = page.xpath("//table[contains(@class, 'ltx_tabular')]//tr")
    assert [[cell.text for cell in row] for row in rows] == [
        ["Metric", "Lift"],
        ["CTR", "+1.24%"],
        ["Items", "12"],
    ]
    assert "invented paper" in page.xpath("//footer")[0].text_content()


def test_a_paper_without_full_text_has_no_page(world: World) -> None:
    with pytest.raises(ValueError, match=r"2606\.90002"):
        pages.arxiv_html(world.papers[1])


def test_abstract_page(world: World) -> None:
    page = html(pages.arxiv_abs(world.papers[0]))
    assert page.xpath("//meta[@name='citation_author']/@content") == ["Lumen, Ana", "Vries, Bo de"]
    assert page.xpath("//div[@class='dateline']/text()") == ["[Submitted on 12 Jun 2026]"]
    assert page.xpath("//a[@class='abs-button']/@href") == ["https://arxiv.example/html/2606.90001v1"]


# --------------------------------------------------------------------------- other pages
@pytest.mark.parametrize(("since", "words"), [("daily", "512 stars today"), ("weekly", "1,512 stars this week")])
def test_trending_page(world: World, since: str, words: str) -> None:
    repos = {"daily": world.trending.daily, "weekly": world.trending.weekly}[since]
    page = html(pages.trending_page(repos, since))
    rows = page.xpath("//article[@class='Box-row']")
    assert len(rows) == len(repos)
    first = rows[0]
    assert first.xpath("./h2/a/@href") == ["/lumora/serve-kit"]
    assert "".join(first.xpath("./h2/a")[0].text_content().split()) == "lumora/serve-kit"
    assert first.xpath(".//a[contains(@href, '/stargazers')]")[0].text_content().strip() == "4,210"
    assert first.xpath(".//a[contains(@href, '/forks')]")[0].text_content().strip() == "310"
    assert first.xpath(".//span[@itemprop='programmingLanguage']/text()") == ["Python"]
    assert first.xpath(".//span[contains(@class, 'float-sm-right')]")[0].text_content().strip() == words


def test_article_page(world: World) -> None:
    feed = by_id(world, "rssfull")
    page = html(pages.article_page(feed, feed.entries[0]))
    assert page.xpath("//meta[@name='author']/@content") == ["Eva Rho"]
    assert page.xpath("//meta[@property='og:title']/@content") == ["FP8 <b>serving</b> & you"]
    assert page.xpath("//meta[@property='article:published_time']/@content") == ["2026-06-19T14:00:00Z"]
    assert page.xpath("//article//p/text()")[-2:] == ["One & one.", "Two < three."]
    assert page.xpath("//aside//a/@href") == ["/later", "/earlier"]
    assert page.xpath("//nav") and "invented article" in page.xpath("//footer")[0].text_content()


def test_a_chinese_page_says_it_in_chinese_too(world: World) -> None:
    feed = by_id(world, "rssbrief")
    text = pages.article_page(feed, feed.entries[0]).decode()
    assert '<html lang="zh">' in text and "虚构" in text and "invented article" in text
