"""The demo world's HTML pages, and its transcripts: pure functions from values to bytes.

The shapes are those of the real sites in 2026, cut down to what a reader of them relies on: the article page
of a blog engine, LaTeXML's full text (`ltx_*` classes, author block first), arXiv's abstract page
(`citation_*` meta elements) and GitHub's trending list (`article.Box-row`). Around each text stands what a
real page puts there (navigation, related links, a footer), because finding the text in it is the reader's
task. The footer of each page says that it is invented.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from email.utils import format_datetime
from html import escape
from urllib.parse import quote

from digester.demo.world import Author, Drawing, Episode, Feed, FeedEntry, Link, Paper, Podcast, Repo, Section, Table

_NAVIGATION = {
    "en": ("Home", "Archive", "About", "Careers", "Subscribe"),
    "zh": ("首页", "归档", "关于", "招聘", "订阅"),
}
_MATH = re.compile(r"(?<!\\)\$([^\s$](?:[^$]*[^\s$])?)\$(?!\d)")  # so that "$3 and $4" stays money
_TEX_ESCAPE = re.compile(r"\\([%&_#$])")


def notice(kind: str, language: str = "en") -> str:
    """The sentence by which a page or a feed says that it is no real one."""
    english = f"An invented {kind} of the digester demo world."
    return english + " 本页为 digester 演示世界的虚构内容。" if language == "zh" else english


def text(value: str) -> str:
    """Character data of XML and HTML."""
    return escape(value, quote=False)


def el(name: str, inner: str = "", attributes: Mapping[str, str] | None = None, *, cls: str = "") -> str:
    """An element, XML or HTML; `inner` is markup already, attribute values are not."""
    rows = ({"class": cls} if cls else {}) | dict(attributes or {})
    written = "".join(f' {key}="{escape(value)}"' for key, value in rows.items())
    return f"<{name}{written}>{inner}</{name}>"


def link(url: str, label: str, cls: str = "") -> str:
    return el("a", text(label), {"href": url}, cls=cls)


def _list(items: Iterable[str]) -> str:
    return el("ul", "".join(el("li", item) for item in items))


def _meta(kind: str, values: Iterable[tuple[str, str]]) -> str:
    """`<meta>` elements; `kind` is the naming attribute, `name` or `property`."""
    return "".join(f'<meta {kind}="{key}" content="{escape(value)}">\n' for key, value in values)


def _document(title: str, head: str, body: str, *, kind: str, language: str = "en") -> bytes:
    footer = el("footer", el("p", text(notice(kind, language))), cls="site-footer")
    top = '<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    page = el("head", f"\n{top}{el('title', text(title))}\n{head}") + "\n"
    page += el("body", f"\n{body}\n{footer}\n")
    return f"<!DOCTYPE html>\n{el('html', page, {'lang': language})}\n".encode()


def stamp(when: datetime) -> str:
    """A UTC time as RFC 3339 and `<time datetime>` write it."""
    return when.strftime("%Y-%m-%dT%H:%M:%SZ")


def _time(when: datetime) -> str:
    return el("time", f"{when:%Y-%m-%d}", {"datetime": stamp(when)})


# --------------------------------------------------------------------------- articles
def paragraphs_html(paragraphs: Sequence[str], links: Sequence[Link] = ()) -> str:
    """The text of an entry, the same on its page and in a feed with full content."""
    parts = [el("p", text(paragraph)) for paragraph in paragraphs]
    if links:
        parts.append(_list(link(each.url, each.text) for each in links))
    return "\n".join(parts)


def _article_head(feed: Feed, entry: FeedEntry) -> str:
    published, url = stamp(entry.published), feed.page_url(entry.slug)
    names = [("author", entry.author), ("description", entry.summary), ("date", published)]
    graph = [
        ("og:type", "article"),
        ("og:title", entry.title),
        ("og:site_name", feed.title),
        ("og:description", entry.summary),
        ("og:url", url),
        ("article:published_time", published),
    ]
    canonical = f'<link rel="canonical" href="{escape(url)}">\n'
    return _meta("name", names) + _meta("property", graph) + canonical


def _navigation(title: str, language: str) -> str:
    words = _NAVIGATION.get(language, _NAVIGATION["en"])
    places = ("/", "/archive", "/about", "/careers", "/subscribe")
    nav = el("nav", _list(link(url, word) for url, word in zip(places, words, strict=True)), cls="site-nav")
    return el("header", f"{link('/', title, 'logo')}\n{nav}", cls="site-header")


def _related(feed: Feed, entry: FeedEntry) -> str:
    """Links to the site's other entries: text that is not the article's."""
    others = [other for other in feed.entries if other.slug != entry.slug][:4]
    head = el("h2", text(("更多来自 " if feed.language == "zh" else "More from ") + feed.title))
    return el("aside", head + _list(link(f"/{quote(x.slug)}", x.title) for x in others), cls="related")


def article_page(feed: Feed, entry: FeedEntry) -> bytes:
    """The page of `entry`; the related links come from `feed.entries`, so pass the feed as of the visit."""
    parts = [
        el("h1", text(entry.title)),
        el("p", f"{text(entry.author)} · {_time(entry.published)}", cls="byline"),
        el("div", f"\n{paragraphs_html(entry.paragraphs, entry.links)}\n", cls="post-body"),
    ]
    article = el("article", "\n".join(parts), cls="post")
    body = f"{_navigation(feed.title, feed.language)}\n{el('main', article + _related(feed, entry))}"
    title = f"{entry.title} | {feed.title}"
    return _document(title, _article_head(feed, entry), body, kind="article", language=feed.language)


def episode_page(podcast: Podcast, episode: Episode) -> bytes:
    """The show notes of an episode, where its feed item links."""
    byline = el("p", f"{_time(episode.published)} · {text(episode.duration)}", cls="byline")
    article = el("article", f"{el('h1', text(episode.title))}\n{byline}\n{el('p', text(episode.summary))}")
    body = f"{_navigation(podcast.title, podcast.language)}\n{el('main', article)}"
    head = _meta("property", [("og:title", episode.title), ("og:site_name", podcast.title)])
    title = f"{episode.title} | {podcast.title}"
    return _document(title, head, body, kind="episode", language=podcast.language)


def transcript_vtt(episode: Episode) -> bytes:
    """The transcript of an episode as WebVTT (w3.org/TR/webvtt1), a voice span a cue."""
    cues = (
        f"{cue.start} --> {cue.end}\n<v {text(cue.speaker)}>{text(' '.join(cue.text.split()))}"
        for cue in episode.transcript
    )
    return ("\n\n".join(("WEBVTT", f"NOTE {notice('transcript')}", *cues)) + "\n").encode()


def robots(delay: int) -> bytes:
    """A robots.txt (RFC 9309) that allows everything, `delay` seconds apart."""
    return f"# {notice('site')}\nUser-agent: *\nCrawl-delay: {delay}\nAllow: /\n".encode()


# --------------------------------------------------------------------------- arXiv
def _tex(value: str) -> str:
    """Text with TeX marks as LaTeXML renders it: `$K$` becomes a `math` element, `\\%` a percent sign."""
    parts = _MATH.split(value)  # text and formula alternate
    return "".join(_formula(x) if n % 2 else text(_TEX_ESCAPE.sub(r"\1", x)) for n, x in enumerate(parts))


def _formula(tex: str) -> str:
    annotation = el("annotation", text(tex), {"encoding": "application/x-tex"})
    inner = el("semantics", el("mi", text(tex)) + annotation)
    return el("math", inner, {"alttext": tex, "display": "inline"}, cls="ltx_Math")


def _creator(author: Author) -> str:
    contacts = el("span", text(author.affiliation), cls="ltx_contact ltx_role_affiliation")
    if author.email:
        address = link(f"mailto:{author.email}", author.email)
        contacts += "\n" + el("span", address, cls="ltx_contact ltx_role_email")
    name = el("span", text(author.name), cls="ltx_personname")
    notes = el("span", f"\n{contacts}\n", cls="ltx_author_notes")
    return el("span", f"\n{name}{notes}", cls="ltx_creator ltx_role_author")


def _cells(name: str, values: Sequence[str], cls: str) -> str:
    return el("tr", "".join(el(name, _tex(value), cls=cls) for value in values), cls="ltx_tr") + "\n"


def _table(table: Table, ident: str, number: int) -> str:
    head_row = _cells("th", table.header, "ltx_td ltx_align_left ltx_th ltx_th_column")
    head = el("thead", head_row, cls="ltx_thead")
    rows = "".join(_cells("td", row, "ltx_td ltx_align_left") for row in table.rows)
    body = el("tbody", rows, cls="ltx_tbody")
    tag = el("span", f"Table {number}: ", cls="ltx_tag ltx_tag_table")
    caption = el("figcaption", tag + _tex(table.caption), cls="ltx_caption")
    classes = "ltx_tabular ltx_centering ltx_guessed_headers ltx_align_middle"
    return el("figure", f"{caption}\n{el('table', head + body, cls=classes)}", {"id": ident}, cls="ltx_table")


def _drawing(drawing: Drawing, paper: str, ident: str, number: int) -> str:
    """A figure as LaTeXML writes it: its address is relative to the folder of the page."""
    source = f"{paper}/x{number}.png"
    classes = "ltx_graphics ltx_centering ltx_img_landscape"
    image = el("img", "", {"src": source, "id": f"{ident}.g1", "alt": "Refer to caption"}, cls=classes).removesuffix(
        "</img>"
    )
    tag = el("span", f"Figure {number}: ", cls="ltx_tag ltx_tag_figure")
    caption = el("figcaption", tag + _tex(drawing.caption), cls="ltx_caption")
    return el("figure", f"{image}\n{caption}", {"id": ident}, cls="ltx_figure")


def _paragraph(value: str, ident: str) -> str:
    return el("div", el("p", _tex(value), {"id": f"{ident}.1"}, cls="ltx_p"), {"id": ident}, cls="ltx_para")


def _section(section: Section, paper: str, number: int, tables: int, drawings: int) -> str:
    """A section of `paper` (`2606.90001v1`); `tables` and `drawings` are the numbers that its table and its figure carry."""
    tag = el("span", f"{number} ", cls="ltx_tag ltx_tag_section")
    parts = [el("h2", tag + _tex(section.title), cls="ltx_title ltx_title_section")]
    parts += [_paragraph(value, f"S{number}.p{n}") for n, value in enumerate(section.paragraphs, 1)]
    if section.drawing:
        parts.insert(2, _drawing(section.drawing, paper, f"S{number}.F{drawings}", drawings))
    if section.table:
        parts.append(_table(section.table, f"S{number}.T{tables}", tables))
    return el("section", "\n" + "\n".join(parts) + "\n", {"id": f"S{number}"}, cls="ltx_section")


def arxiv_html(paper: Paper) -> bytes:
    """The full text as arxiv.org/html gives it (LaTeXML); `ValueError` if the paper has none."""
    if paper.html is None:
        raise ValueError(f"paper {paper.id} has no HTML full text")
    sections = paper.html.sections
    tables = [sum(each.table is not None for each in sections[:n]) for n in range(1, len(sections) + 1)]
    drawings = [sum(each.drawing is not None for each in sections[:n]) for n in range(1, len(sections) + 1)]
    creators = "\n".join(_creator(author) for author in paper.html.authors)
    abstract = el("h6", "Abstract", cls="ltx_title ltx_title_abstract") + "\n"
    abstract += el("p", _tex(paper.abstract), {"id": "id1.1"}, cls="ltx_p")
    parts = [
        el("h1", _tex(paper.title), cls="ltx_title ltx_title_document"),
        el("div", f"\n{creators}\n", cls="ltx_authors"),
        el("div", f"\n{abstract}\n", cls="ltx_abstract"),
        *(_section(section, paper.ref, n, tables[n - 1], drawings[n - 1]) for n, section in enumerate(sections, 1)),
    ]
    article = el("article", "\n" + "\n".join(parts) + "\n", cls="ltx_document ltx_authors_1line")
    terms = link("https://info.arxiv.example/help/license", f"License: {paper.html.licence}")
    mark = el(
        "div", f"{terms}\n{el('div', f'arXiv:{paper.ref} [{paper.primary}]')}", {"id": "target-section"}, cls="section"
    )
    body = el("div", mark + el("div", article, cls="ltx_page_content"), cls="ltx_page_main")
    return _document(paper.title, "", body, kind="paper")


def _citation(paper: Paper) -> str:
    """The `citation_*` meta elements of an abstract page, names turned round as arXiv does."""
    names = [name.rpartition(" ") for name in paper.authors]
    rows = [("citation_title", paper.title)]
    rows += [("citation_author", f"{family}, {given}" if given else family) for given, _, family in names]
    rows += [("citation_date", f"{paper.submitted:%Y/%m/%d}"), ("citation_arxiv_id", paper.id)]
    return _meta("name", rows)


def _described(name: str, label: str, inner: str, cls: str) -> str:
    return el(name, el("span", label, cls="descriptor") + inner, cls=cls)


def arxiv_abs(paper: Paper) -> bytes:
    """The abstract page, arxiv.org/abs."""
    names = ", ".join(link(f"/a/{quote(name)}", name) for name in paper.authors)
    subjects = "; ".join((el("span", paper.primary, cls="primary-subject"), *paper.categories[1:]))
    comment = el("tr", el("td", text(paper.comment), cls="tablecell comments")) if paper.comment else ""
    parts = [
        el("div", f"[Submitted on {format_datetime(paper.submitted)[5:16]}]", cls="dateline"),
        _described("h1", "Title:", text(paper.title), "title mathjax"),
        _described("div", "Authors:", names, "authors"),
        _described("blockquote", "Abstract:", text(paper.abstract), "abstract mathjax"),
        el("table", comment + el("tr", el("td", subjects, cls="tablecell subjects"))),
    ]
    if paper.html:
        parts.append(link(f"https://arxiv.example/html/{paper.ref}", "HTML (experimental)", "abs-button"))
    body = el("div", "\n".join(parts), {"id": "abs"})
    return _document(f"[{paper.id}] {paper.title}", _citation(paper), body, kind="paper")


# --------------------------------------------------------------------------- trending
def _count(repo: Repo, page: str, value: int) -> str:
    icon = el("svg", "", {"aria-hidden": "true", "height": "16", "width": "16"}, cls="octicon")
    classes = "tmp-mr-3 Link Link--muted d-inline-block"
    return el("a", f"{icon}\n        {value:,}", {"href": f"/{repo.repo}/{page}"}, cls=classes)


def _row(repo: Repo, period: str) -> str:
    owner, _, name = (text(part) for part in repo.repo.partition("/"))
    star = link(f"/login?return_to=%2F{quote(repo.repo, safe='')}", "Star", "btn-sm btn")
    label = el("span", f"\n      {owner} /\n", cls="text-normal") + f"\n      {name}"
    language = el("span", text(repo.language), {"itemprop": "programmingLanguage"}) if repo.language else ""
    counts = [
        el("span", language, cls="tmp-mr-3 d-inline-block ml-0 tmp-ml-0"),
        _count(repo, "stargazers", repo.stars),
        _count(repo, "forks", repo.forks),
        el("span", f"\n        {repo.today:,} stars {period}\n", cls="d-inline-block float-sm-right"),
    ]
    parts = [
        el("div", star, cls="float-right d-flex"),
        el("h2", "\n    " + el("a", label, {"href": f"/{repo.repo}"}, cls="Link"), cls="h3 lh-condensed"),
        el("p", f"\n      {text(repo.description)}\n", cls="col-9 color-fg-muted my-1 tmp-pr-4"),
        el("div", "\n".join(counts), cls="f6 color-fg-muted mt-2"),
    ]
    return el("article", "\n" + "\n".join(parts) + "\n", cls="Box-row")


def trending_page(repos: Sequence[Repo], since: str) -> bytes:
    """The trending list, github.com/trending?since=`since` (`daily` or `weekly`)."""
    period = {"daily": "today", "weekly": "this week"}[since]
    rows = "\n".join(_row(repo, period) for repo in repos)
    body = el("main", el("h1", "Trending") + "\n" + el("div", f"\n{rows}\n", cls="Box"))
    return _document(f"Trending repositories {period}", "", body, kind="trending page")
