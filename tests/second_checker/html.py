"""Reads an issue's HTML page into statements, from a plain tree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from tests.second_checker.printed import ONLINE, OVERVIEW, PASSAGE, PICTURE, TABLE, TAKEAWAYS, WATCH, Page, Statement
from tests.second_checker.tree import Node, tree

KNOWN = {
    "html", "head", "meta", "title", "style", "body", "div", "header", "p", "h1", "h2", "h3", "span", "nav", "ol", "ul",
    "li", "a", "main", "section", "article", "blockquote", "footer", "small", "b", "time", "table", "thead", "tbody",
    "tr", "th", "td", "details", "summary", "q", "dl", "dt", "dd", "code", "figure", "figcaption", "cite", "abbr",
    "svg", "desc", "rect", "text", "img",
}  # fmt: skip


def read(text: str) -> Page:
    root = tree(text)
    nodes = list(root.nodes())
    leading = tuple((n.text(), n.attrs["href"]) for n in nodes if "href" in n.attrs)
    anchors = frozenset(n.attrs["id"] for n in nodes if "id" in n.attrs)
    problems = tuple(p for n in nodes for p in _problems(n))
    return Page("html", tuple(_page(root)), leading, anchors, (), problems)


def _problems(node: Node) -> Iterator[str]:
    if node.tag and node.tag not in KNOWN:
        yield f"<{node.tag}>"
    for name in node.attrs:
        if node.tag == "img" and name == "src" and PICTURE.fullmatch(node.attrs["src"]):
            continue
        if name.startswith("on") or name in ("src", "srcset", "action", "style", "ping", "background", "poster"):
            yield f"attribute {name} of <{node.tag}>"
    if node.tag == "style" and re.search(r"url\s*\(|@import|expression", node.text()):
        yield "the style sheet asks for something"
    if node.attrs.get("http-equiv", "").lower() == "refresh":
        yield "a page that leads away"


def links(node: Node) -> tuple[tuple[str, str], ...]:
    """Links out of the page; citations lead to a place in it."""
    outward = [a for a in node.all("a") if "cite" not in a.classes]
    return tuple((a.text() or PASSAGE, a.attrs.get("href", "")) for a in outward)


def cites(node: Node) -> tuple[int, ...]:
    found: list[int] = []
    for a in node.all("a", "cite"):
        first, _, last = a.text().partition("–")
        place = a.attrs.get("href", "").removeprefix("#item-")
        found += range(int(first), int(last or first) + 1) if place == first else [-1]
    return tuple(found)


def _page(root: Node) -> Iterator[Statement]:
    description = next(n for n in root.all("meta") if n.attrs.get("name") == "description")
    yield Statement("front.summary", description.attrs["content"])
    yield from (Statement("front.title", n.text()) for head in root.all("head") for n in head.all("title"))
    for header in root.all("header", "masthead"):
        yield from _masthead(header)
    for section in root.all("section"):
        title = next((n for n in section.inside if isinstance(n, Node) and n.tag in ("h2", "h3")), None)
        if title is not None and title.tag == "h2":
            yield Statement("heading", title.text(), title.text())
            yield from _part(title.text(), section)
    for a in [a for nav in root.all("nav") for a in nav.all("a")]:
        yield Statement("contents", a.text(), links=links(a) or (("", a.attrs.get("href", "")),))


def _masthead(header: Node) -> Iterator[Statement]:
    yield from (Statement("title", n.text()) for n in header.all("h1"))
    for n in header.all("p"):
        kinds = n.classes
        if "range" in kinds:
            yield Statement("range", n.text())
        elif "census" in kinds:
            yield Statement("seen" if "seen" in kinds else "census", n.text().removeprefix("Seen: "))
        elif not kinds:
            yield Statement("notice", n.text(but="label"))
        elif "label" not in kinds:
            yield Statement("unknown", n.text())


def _part(heading: str, section: Node) -> Iterator[Statement]:
    if heading in (TAKEAWAYS, WATCH):
        place = "takeaway" if heading == TAKEAWAYS else "watch"
        for li in section.all("li"):
            yield from spoken(li, place, Statement("", "", heading))
    elif heading == OVERVIEW:
        yield from _overview(heading, section)
    elif heading in (ONLINE, TABLE):
        yield from _table(heading, section)
    elif section.attrs.get("aria-labelledby") in ("coverage", "method"):
        yield from _foot(heading, section)
    else:
        yield from _section(heading, section)


def spoken(node: Node, place: str, like: Statement) -> Iterator[Statement]:
    """The sentences of a paragraph: spans and quotations, each with the citations behind it."""
    pending: Statement | None = None
    parts: list[Node | str] = []
    for child in node.inside:  # what stays with the last word stands in a span of its own
        parts += child.inside if isinstance(child, Node) and "tail" in child.classes else [child]
    for child in parts:
        if isinstance(child, str):
            if child.strip(" \n·"):
                yield replace(like, place="unknown", text=child.strip())
        elif "cites" in child.classes and pending is not None:
            yield replace(pending, cites=cites(child))
            pending = None
        elif "passage" in child.classes and pending is not None:
            pending = replace(pending, links=(*pending.links, (PASSAGE, child.attrs.get("href", ""))))
        elif child.tag in ("span", "q") and "dir" in child.attrs:
            if pending is not None:
                yield pending
            text = f"“{child.text()}”" if child.tag == "q" else child.text()
            pending = replace(like, place=place, text=text, links=links(child))
        elif not {"label", "from"} & set(child.classes):
            yield replace(like, place="unknown", text=child.text())
    if pending is not None:
        yield pending


def paragraphs(node: Node, place: str, like: Statement) -> Iterator[Statement]:
    """Blocks: paragraphs, quotations with their source, the editor's reading."""
    for child in node.inside:
        if not isinstance(child, Node):
            continue
        if child.tag == "p" and not set(child.classes) - {"reading"}:
            yield from spoken(child, "reading" if "reading" in child.classes else place, like)
        elif child.tag == "blockquote":
            for p in child.all("p"):
                told = p.text(but="cites")
                yield replace(like, place="quote", text=told, cites=cites(p), links=links(p))
            yield from (replace(like, place="quote.source", text=n.text()) for n in child.all("footer"))
        elif child.tag in ("div", "details"):
            yield from paragraphs(child, place, like)


def _overview(heading: str, section: Node) -> Iterator[Statement]:
    yield from paragraphs(section, "lead", Statement("", "", heading))
    for thread in section.all("section", "thread"):
        title = thread.first("h3")
        name = title.text() if title else ""
        movement = title.first("span", "movement") if title else None
        if title and movement:
            name = f"{title.text(but='movement')} ({movement.text()})"
        yield Statement("thread.name", name, name)
        yield from paragraphs(thread, "thread", Statement("", "", name))


def _table(heading: str, section: Node) -> Iterator[Statement]:
    charted = {id(n) for figure in section.all("figure") for n in figure.nodes()}  # the census once more, as a picture
    for p in section.all("p"):
        yield Statement("note", p.text(), heading)
    place = "online" if heading == ONLINE else "row"
    for tr in [tr for body in section.all("tbody") for tr in body.all("tr") if id(tr) not in charted]:
        shown = tuple(td.text(but="cite") for td in tr.all("td"))
        yield Statement(place, " | ".join(shown), heading, cites=cites(tr), links=links(tr), cells=shown)
    if place == "row":
        yield from (Statement("summary", n.text(), heading) for n in section.all("summary") if id(n) not in charted)


def _foot(heading: str, section: Node) -> Iterator[Statement]:
    drawn = {id(n) for figure in section.all("figure") for n in figure.nodes()}
    for n in section.nodes():
        if id(n) in drawn:
            yield from _of_source(n, heading)
        elif n.tag == "p" and section.attrs["aria-labelledby"] == "method":
            yield Statement("record" if "record" in n.classes else "method", n.text(), heading)
        elif n.tag == "p":
            yield Statement("left_out" if n.text().startswith("Left out: ") else "coverage", n.text(), heading)
        elif n.tag == "dd":
            yield Statement("failed", n.text(), heading)
        elif n.tag == "summary":
            yield Statement("summary" if re.search(r"\d", n.text()) else "note", n.text(), heading)
        elif n.tag == "tr" and n.all("td"):
            yield Statement("batch", n.text(), heading, cells=tuple(td.text() for td in n.all("td")))


def _of_source(n: Node, heading: str) -> Iterator[Statement]:
    """A row of the table under the chart of sources; a label in the chart."""
    if n.tag == "text":
        yield Statement("yield.label", n.text(), heading)
    elif n.tag == "tr" and n.all("td"):
        yield Statement("yield", n.text(), heading, cells=tuple(c.text() for c in (*n.all("th"), *n.all("td"))))


# ------------------------------------------------------------------ sections
def _section(heading: str, section: Node) -> Iterator[Statement]:
    like = Statement("", "", heading)
    for opener in section.all("div", "opener"):
        yield from paragraphs(opener, "opener", like)
    for shown in section.all("figure", "picture"):
        yield from _picture(shown, like)
    for article in section.all("article"):
        yield from (_episode if "episode" in article.classes else _card)(article, like)
    for ul in section.all("ul", "briefs"):
        for li in (c for c in ul.inside if isinstance(c, Node)):
            yield from _brief(li, like)
    for n in section.nodes():
        if "topic" in n.classes:
            yield replace(like, place="topic", text=n.text())
        elif "posts" in n.classes and n.tag == "ul":
            for li in (c for c in n.inside if isinstance(c, Node)):
                yield from _post(li, like)
    for tr in [tr for t in section.all("table", "trending") for tr in t.all("tr") if tr.all("td")]:
        yield from _repository(tr, like)


def _picture(shown: Node, like: Statement) -> Iterator[Statement]:
    """A figure of a paper: what stands below it, and who drew it."""
    caption = next(n for n in shown.all("figcaption"))
    label, words, small = (next(n for n in caption.all(tag)) for tag in ("b", "q", "small"))
    whose = "".join(c for c in caption.inside if isinstance(c, str)).strip(": \n-")
    files = tuple(m[1] for n in shown.all("img") if (m := PICTURE.fullmatch(n.attrs.get("src", ""))))
    own = replace(like, cites=cites(caption))
    arrows = tuple((PASSAGE, a.attrs["href"]) for a in caption.all("a", "passage"))
    yield replace(own, place="figure", text=f"{label.text()}: “{words.text()}” - {whose}", links=arrows, cells=files)
    yield replace(own, place="credit", text=small.text(), links=links(small))


def _headline(node: Node, like: Statement) -> tuple[Statement, Statement]:
    """The headline as a statement, and what the pick's other statements look like."""
    h3 = next(n for n in node.all("h3"))
    found = links(h3)
    number = int(h3.attrs.get("id", "item-0").removeprefix("item-"))
    at = replace(like, number=number, url=found[0][1] if found else "")
    return replace(at, place="headline", text=h3.text(), links=found), at


def _card(article: Node, like: Statement) -> Iterator[Statement]:
    headline, at = _headline(article, like)
    yield headline
    for kicker in article.all("p", "kicker"):
        badge, stars = kicker.first("span", "badge"), kicker.first("span", "stars")
        if badge and stars:
            yield replace(at, place="stars", text=f"{stars.text()} {badge.text()}/5")
            yield replace(at, place="badge", text=badge.attrs.get("aria-label", ""))
        yield from (replace(at, place="organisation", text=n.text()) for n in kicker.all("span", "org"))
        yield from (replace(at, place="number", text=n.text()) for n in kicker.all("span", "number"))
    yield from (replace(at, place="original", text=n.text()) for n in article.all("p", "original"))
    yield from paragraphs(article, "prose", at)
    yield from _figures(article, at)
    yield from (replace(at, place="reason", text=n.text()) for n in article.all("p", "reason"))
    for p in article.all("p", "meta"):
        if "links" in p.classes:
            yield replace(at, place="links", text=p.text(), links=links(p))
        else:
            parts = [n for n in p.inside if isinstance(n, Node)]
            yield replace(at, place="meta", text=" · ".join(n.text() for n in parts))


def _figures(node: Node, at: Statement) -> Iterator[Statement]:
    for li in [li for ul in node.all("ul", "figures") for li in ul.all("li")]:
        label = li.first("span", "label")
        shown = ", ".join(_figure(f) for f in li.all("span", "fig"))
        yield replace(at, place="figures", text=f"{label.text() if label else ''}: {shown}", links=links(li))


def _figure(fig: Node) -> str:
    scope = fig.first("small")
    value = next(n for n in fig.all("b"))
    metric = "".join(c for c in fig.inside if isinstance(c, str)).strip()
    return f"{metric} {value.text()}" + (f" ({scope.text()})" if scope else "")


def _brief(li: Node, like: Statement) -> Iterator[Statement]:
    headline, at = _headline(li, like)
    yield headline
    badge = li.first("span", "badge")
    if badge:
        yield replace(at, place="stars", text="★" * int(badge.text()) + "☆" * (5 - int(badge.text())))
        yield replace(at, place="badge", text=badge.attrs.get("aria-label", ""))
    for div in (c for c in li.inside if isinstance(c, Node) and c.tag == "div"):
        yield from paragraphs(div, "prose", at)
    for n in li.all("span", "from"):
        yield replace(at, place="meta", text=n.text().replace(", ", " · "))
    yield from _figures(li, at)


def _post(li: Node, like: Statement) -> Iterator[Statement]:
    origin = li.first("span", "from")
    found = links(origin) if origin else ()
    at = replace(like, number=int(li.attrs["id"].removeprefix("item-")), url=found[0][1] if found else "")
    name, role = li.first("b", "name"), li.first("span", "role")
    yield replace(at, place="person", text=name.text() if name else "", cells=(role.text() if role else "",))
    for p in li.all("p", "words"):
        yield from spoken(p, "prose", at)
    yield replace(at, place="origin", text=origin.text() if origin else "", links=found)


def _repository(tr: Node, like: Statement) -> Iterator[Statement]:
    name, *cells = [c for c in tr.inside if isinstance(c, Node)]
    found = links(name)
    at = replace(like, number=int(tr.attrs["id"].removeprefix("item-")), url=found[0][1] if found else "")
    shown = (name.text(), *(c.text() for c in cells[:3]))
    yield replace(at, place="repository", text=" | ".join(shown), links=found, cells=shown)
    yield from spoken(cells[3], "prose", at)


def _episode(article: Node, like: Statement) -> Iterator[Statement]:
    headline, at = _headline(article, like)
    yield headline
    for kicker in article.all("p", "kicker"):
        parts = [n.text() for n in kicker.inside if isinstance(n, Node)]
        yield replace(at, place="episode", text=" · ".join(parts))
    for li in [li for ul in article.all("ul", "moments") for li in ul.all("li")]:
        stamp = li.first("span", "at")
        told = [n for n in li.inside if isinstance(n, Node) and "at" not in n.classes]
        for n in told:
            place = "moment" if stamp else "prose"
            yield from spoken(n, place, replace(at, cells=(stamp.text(),) if stamp else ()))
    for p in article.all("p", "meta"):
        yield replace(
            at, place="meta", text=" · ".join(n.text() for n in p.inside if isinstance(n, Node)), links=links(p)
        )
