"""The demo world's feeds: pure functions from values to the bytes a real server sends.

- `rss2`, `person_feed`: RSS 2.0 (rssboard.org/rss-specification), with `content:encoded` for whole texts.
- `atom`: RFC 4287. - `rdf`: RSS 1.0 (web.resource.org/rss/1.0/spec), with Dublin Core and content modules.
- `jsonfeed`: JSON Feed 1.1 (jsonfeed.org/version/1.1).
- `podcast`: RSS 2.0 with itunes elements and Podcasting 2.0's `podcast:transcript`.
- `arxiv_listing`: the announcement list as rss.arxiv.org/atom sends it; `arxiv_api`: the answer of
  export.arxiv.org/api/query (arXiv API User's Manual), in the element order of 2026.

A feed carries the entries of the value it is given, in their order: what is published already is the server's
question. No clock is read; a feed's own date is that of its newest entry. Each says that it is invented.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.utils import format_datetime

from digester.demo.pages import el, link, notice, paragraphs_html, stamp, text
from digester.demo.world import Episode, Feed, FeedEntry, Paper, Person, Podcast, Post

_ATOM = {"xmlns": "http://www.w3.org/2005/Atom"}
_ARXIV = {"xmlns:arxiv": "http://arxiv.org/schemas/atom"}
_OPENSEARCH = {"xmlns:opensearch": "http://a9.com/-/spec/opensearch/1.1/"}
_DC = {"xmlns:dc": "http://purl.org/dc/elements/1.1/"}
_CONTENT = {"xmlns:content": "http://purl.org/rss/1.0/modules/content/"}
_RDF = {"xmlns:rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "xmlns": "http://purl.org/rss/1.0/"}
_ITUNES = {"xmlns:itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd"}
_PODCAST = {"xmlns:podcast": "https://podcastindex.org/namespace/1.0"}
_EPOCH = datetime(2026, 1, 1, tzinfo=UTC)  # the date of a feed that has no entry yet
_TITLE = 80  # where a post is cut for its title
_BYTES_A_SECOND = 16_000  # of sound: 128 kbit/s


def _leaf(name: str, value: str, attributes: Mapping[str, str] | None = None) -> str:
    return el(name, text(value), attributes)


def _leaves(values: Mapping[str, str]) -> list[str]:
    """Elements that hold text only; empty ones are left out."""
    return [_leaf(name, value) for name, value in values.items() if value]


def _group(name: str, children: Iterable[str], attributes: Mapping[str, str] | None = None) -> str:
    return el(name, "\n" + "\n".join(children) + "\n", attributes)


def _xml(root: str, attributes: Mapping[str, str], children: Iterable[str]) -> bytes:
    return ("<?xml version='1.0' encoding='UTF-8'?>\n" + _group(root, children, attributes) + "\n").encode()


def _link(rel: str, kind: str, href: str, **more: str) -> str:
    """Atom's link element."""
    return el("link", "", {"href": href, "rel": rel, "type": kind, **more})


# --------------------------------------------------------------------------- blogs
def _newest(values: Iterable[FeedEntry | Post | Episode]) -> datetime:
    return max((value.published for value in values), default=_EPOCH)


def _tag_uri(feed: Feed, entry: FeedEntry) -> str:
    """RFC 4151: an id that stays when the URL moves."""
    return f"tag:{feed.host},{entry.published:%Y}:{entry.slug}"


def _whole(feed: Feed, entry: FeedEntry) -> str:
    """The whole text as HTML, empty where the feed carries the summary only."""
    return paragraphs_html(entry.paragraphs, entry.links) if feed.full_content else ""


def _channel(title: str, url: str, about: str, language: str) -> dict[str, str]:
    return {"title": title, "link": url, "description": f"{about}. {notice('feed', language)}"}


def _rss(channel: Mapping[str, str], language: str, newest: datetime, items: Iterable[str]) -> bytes:
    """An RSS 2.0 document; it declares the namespaces of all the items that this module writes."""
    values = {**channel, "language": language, "lastBuildDate": format_datetime(newest)}
    names = _DC | _CONTENT | _ITUNES | _PODCAST | {"version": "2.0"}
    return _xml("rss", names, [_group("channel", [*_leaves(values), *items])])


def _site(site: Feed | Podcast) -> dict[str, str]:
    return _channel(site.title, f"https://{site.host}/", site.title, site.language)


def _item(feed: Feed, entry: FeedEntry) -> dict[str, str]:
    """What RSS 2.0 and RSS 1.0 write alike."""
    page = {"title": entry.title, "link": feed.page_url(entry.slug), "dc:creator": entry.author}
    return page | {"description": entry.summary, "content:encoded": _whole(feed, entry)}


def _rss_item(feed: Feed, entry: FeedEntry) -> str:
    guid = _leaf("guid", _tag_uri(feed, entry), {"isPermaLink": "false"})
    values = {**_item(feed, entry), "pubDate": format_datetime(entry.published)}
    return _group("item", [guid, *_leaves(values)])


def rss2(feed: Feed) -> bytes:
    """RSS 2.0: RFC 822 dates, opaque guids, `content:encoded` if the feed carries whole texts."""
    items = [_rss_item(feed, entry) for entry in feed.entries]
    return _rss(_site(feed), feed.language, _newest(feed.entries), items)


def _atom_entry(feed: Feed, entry: FeedEntry) -> str:
    when, whole = stamp(entry.published), _whole(feed, entry)
    values = {"id": _tag_uri(feed, entry), "title": entry.title, "published": when, "updated": when}
    page = _link("alternate", "text/html", feed.page_url(entry.slug))
    author = el("author", _leaf("name", entry.author))
    content = [_leaf("content", whole, {"type": "html"})] if whole else []
    return _group("entry", [*_leaves(values), page, author, _leaf("summary", entry.summary), *content])


def atom(feed: Feed) -> bytes:
    """Atom 1.0 (RFC 4287)."""
    values = {"id": feed.url, "title": feed.title, "subtitle": _site(feed)["description"]}
    children = [
        *_leaves({**values, "updated": stamp(_newest(feed.entries))}),
        _link("self", "application/atom+xml", feed.url),
        _link("alternate", "text/html", f"https://{feed.host}/"),
        *(_atom_entry(feed, entry) for entry in feed.entries),
    ]
    return _xml("feed", _ATOM | {"xml:lang": feed.language}, children)


def _rdf_item(feed: Feed, entry: FeedEntry) -> str:
    values = {**_item(feed, entry), "dc:date": stamp(entry.published)}
    return _group("item", _leaves(values), {"rdf:about": feed.page_url(entry.slug)})


def rdf(feed: Feed) -> bytes:
    """RSS 1.0: the items stand beside the channel, which lists them; dates are `dc:date`."""
    values = {**_site(feed), "dc:language": feed.language, "dc:date": stamp(_newest(feed.entries))}
    order = "".join(el("rdf:li", "", {"rdf:resource": feed.page_url(x.slug)}) for x in feed.entries)
    children = [*_leaves(values), el("items", el("rdf:Seq", order))]
    channel = _group("channel", children, {"rdf:about": feed.url})
    items = [_rdf_item(feed, entry) for entry in feed.entries]
    return _xml("rdf:RDF", _RDF | _DC | _CONTENT, [channel, *items])


def _json_item(feed: Feed, entry: FeedEntry) -> dict[str, object]:
    whole = _whole(feed, entry)
    return {
        "id": _tag_uri(feed, entry),
        "url": feed.page_url(entry.slug),
        "title": entry.title,
        "summary": entry.summary,
        "date_published": stamp(entry.published),
        "authors": [{"name": entry.author}],
        **({"content_html": whole} if whole else {"content_text": entry.summary}),
    }


def jsonfeed(feed: Feed) -> bytes:
    """JSON Feed 1.1; an item without the whole text has its summary as `content_text`."""
    value = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "description": _site(feed)["description"],
        "home_page_url": f"https://{feed.host}/",
        "feed_url": feed.url,
        "language": feed.language,
        "items": [_json_item(feed, entry) for entry in feed.entries],
    }
    return json.dumps(value, ensure_ascii=False, indent=1).encode()


BLOGS: dict[str, tuple[str, Callable[[Feed], bytes]]] = {
    "rss2": ("application/rss+xml", rss2),
    "atom": ("application/atom+xml", atom),
    "rdf": ("application/rdf+xml", rdf),
    "jsonfeed": ("application/feed+json", jsonfeed),
}  # format -> media type and writer


# --------------------------------------------------------------------------- people and podcasts
def _post_item(person: Person, post: Post) -> str:
    url, line = f"{person.url}/{post.id}", " ".join(post.text.split())
    parts = [el("p", text(part)) for part in post.text.splitlines() if part.strip()]
    parts += [el("p", link(target, target)) for target in post.links]
    title = line if len(line) <= _TITLE else line[: _TITLE - 1].rstrip() + "…"
    values = {"title": title, "link": url, "pubDate": format_datetime(post.published)}
    values |= {"dc:creator": person.name, "description": "".join(parts)}
    return _group("item", [_leaf("guid", url, {"isPermaLink": "true"}), *_leaves(values)])


def person_feed(person: Person) -> bytes:
    """One person's posts as RSS 2.0: the text cut as title, whole as HTML with its links in `description`."""
    title = f"{person.name} (@{person.handle})"
    channel = _channel(title, person.url, person.role, person.language)
    items = [_post_item(person, post) for post in person.posts]
    return _rss(channel, person.language, _newest(person.posts), items)


def _seconds(clock: str) -> int:
    hours, minutes, seconds = (["0", "0", *clock.split(":")])[-3:]
    return int(hours) * 3600 + int(minutes) * 60 + int(float(seconds))


def _episode_item(show: Podcast, episode: Episode) -> str:
    url = show.page_url(episode.slug)
    sound = {"url": f"{url}.mp3", "length": str(_seconds(episode.duration) * _BYTES_A_SECOND)}
    transcript = {"url": f"{url}.vtt", "type": "text/vtt", "language": show.language}
    values = {"title": episode.title, "link": url, "pubDate": format_datetime(episode.published)}
    values |= {"description": episode.summary, "itunes:duration": episode.duration}
    children = [
        *_leaves(values),
        _leaf("guid", f"{show.id}:{episode.slug}", {"isPermaLink": "false"}),
        el("enclosure", "", sound | {"type": "audio/mpeg"}),
        *([_leaf("podcast:person", episode.guest, {"role": "guest"})] if episode.guest else []),
        *([el("podcast:transcript", "", transcript)] if episode.transcript else []),
    ]
    return _group("item", children)


def podcast(show: Podcast) -> bytes:
    """RSS 2.0 with `enclosure`, `itunes:duration` and `podcast:transcript` (text/vtt)."""
    items = [_episode_item(show, episode) for episode in show.entries]
    return _rss(_site(show), show.language, _newest(show.entries), items)


# --------------------------------------------------------------------------- arXiv
def _kind(paper: Paper, categories: Sequence[str]) -> str:
    """The announcement type as a list of `categories` shows it: new papers are `cross` outside their own."""
    own = paper.primary in categories
    if paper.announcement == "replace":
        return "replace" if own else "replace-cross"
    return "new" if own and paper.announcement == "new" else "cross"


def _listed(paper: Paper, kind: str) -> str:
    abstract = f"arXiv:{paper.ref} Announce Type: {kind} \nAbstract: {paper.abstract}"
    top = {"id": f"oai:arXiv.org:{paper.ref}", "title": paper.title, "updated": f"{paper.day}T04:00:00+00:00"}
    end = {"published": f"{paper.day}T00:00:00-04:00", "arxiv:announce_type": kind}
    end |= {"dc:creator": ", ".join(paper.authors)}
    page = _link("alternate", "text/html", f"https://arxiv.example/abs/{paper.id}")
    terms = [el("category", "", {"term": category}) for category in paper.categories]
    return _group("entry", [*_leaves(top), page, _leaf("summary", abstract), *terms, *_leaves(end)])


def arxiv_listing(papers: Iterable[Paper], category: str, day: date) -> bytes:
    """The announcement list of `day` for `category` (several joined by `+`); other papers are left out."""
    categories = category.split("+")
    found = [p for p in papers if p.day == day and not set(categories).isdisjoint(p.categories)]
    url = f"https://rss.arxiv.example/atom/{category}"
    values = {"id": url, "title": f"{category} updates on arXiv.example", "updated": f"{day}T04:00:00+00:00"}
    order = ("new", "cross", "replace", "replace-cross")
    rows = sorted(((_kind(paper, categories), paper) for paper in found), key=lambda row: order.index(row[0]))
    children = [*_leaves(values), _link("self", "application/atom+xml", url)]
    children.append(_leaf("subtitle", notice("listing")))
    children += [_listed(paper, kind) for kind, paper in rows]
    return _xml("feed", _ARXIV | _DC | _ATOM | {"xml:lang": "en-us"}, children)


@dataclass(frozen=True)
class ApiQuery:
    """What was asked of the API (`search_query`, `id_list`, `max_results`), and when."""

    search: str
    ids: str
    size: int
    now: datetime


def _found(paper: Paper) -> str:
    """An entry of the API; the one submission date serves as both dates."""
    scheme, when = "http://arxiv.org/schemas/atom", stamp(paper.submitted)
    page, pdf = (f"https://arxiv.example/{kind}/{paper.ref}" for kind in ("abs", "pdf"))
    children = [
        *_leaves({"id": f"http://arxiv.example/abs/{paper.ref}", "title": paper.title, "updated": when}),
        _link("alternate", "text/html", page),
        _link("related", "application/pdf", pdf, title="pdf"),
        _leaf("summary", paper.abstract),
        *(el("category", "", {"term": category, "scheme": scheme}) for category in paper.categories),
        *_leaves({"published": when, "arxiv:comment": paper.comment or ""}),
        el("arxiv:primary_category", "", {"term": paper.primary}),
        *(el("author", _leaf("name", name)) for name in paper.authors),
    ]
    return _group("entry", children)


def arxiv_api(papers: Iterable[Paper], total: int, start: int, query: ApiQuery) -> bytes:
    """A page of an API answer: `papers` are those of the `total` that `query` finds, from `start` on."""
    asked = f"search_query={query.search}&id_list={query.ids}&start={start}&max_results={query.size}"
    ident = base64.b64encode(hashlib.sha256(asked.encode()).digest()[:20]).decode().rstrip("=")
    address = {"href": f"https://arxiv.example/api/query?{asked}", "type": "application/atom+xml"}
    top = {"id": f"https://arxiv.example/api/{ident}", "title": f"arXiv Query: {asked}"}
    counts = {"itemsPerPage": str(query.size), "totalResults": str(total), "startIndex": str(start)}
    children = [
        *_leaves(top | {"subtitle": notice("answer"), "updated": stamp(query.now)}),
        el("link", "", address),
        *_leaves({f"opensearch:{name}": value for name, value in counts.items()}),
        *(_found(paper) for paper in papers),
    ]
    return _xml("feed", _OPENSEARCH | _ARXIV | _ATOM, children)
