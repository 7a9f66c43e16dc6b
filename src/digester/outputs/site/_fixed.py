"""Pages that are there whatever is published: how it is made, search, 404; and what machines read.

404.html may be shown at any address, so its links are absolute where the site has one. sitemap.xml (sitemaps.org 0.9)
needs absolute addresses and exists only with `site.url`; the protocol lets one file name 50,000 pages in 50 MB, so what
is more stands in sitemap-1.xml and so on, and sitemap.xml names these.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from xml.sax.saxutils import escape

from digester.domain.cut import octets
from digester.domain.ids import digest
from digester.domain.site import Site
from digester.domain.urls import http_url
from digester.outputs._words import words
from digester.outputs.site._catalogue import Catalogue
from digester.outputs.site._frame import Here, Press, public
from digester.outputs.site._lists import row
from digester.ports import Leaf

MOST, LARGEST = 50_000, 50_000_000  # addresses and octets of one map
_XMLNS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_MAIL = re.compile(r"[A-Za-z0-9._+-]{1,64}@[A-Za-z0-9.-]{1,250}")


def pages(press: Press, catalogue: Catalogue, language: str, key: str, index: bool) -> Iterator[Leaf]:
    w = words(language)
    about = _here(press, language, "about.html", w["s_about"], w["s_about_lead"], "about")
    contact = contact_link(press.site.contact)
    yield Leaf(
        about.path,
        digest(key, about.path, str(index)),
        lambda: press.page("about", about, contact=contact, site_scripts=index),
    )
    search = _here(press, language, "search.html", w["s_search"], w["s_search_lead"], "search", index)
    shown = [catalogue.names[c.id] for c in catalogue.cards]

    def found() -> bytes:
        years: dict[int, list[object]] = {}
        for card in catalogue.cards:
            years.setdefault(card.day.year, []).append(row(card, catalogue, language))
        return press.page("search", search, years=sorted(years.items(), reverse=True))

    yield Leaf(search.path, digest(key, search.path, str(index), *shown), found)


def _here(press: Press, language: str, name: str, title: str, lead: str, nav: str, scripts: bool = False) -> Here:
    twins = {x: press.site.path(x, name) for x in press.site.languages if x != language}
    return Here(press.site.path(language, name), language, title, lead, twins, nav, scripts=scripts)


def contact_link(contact: str) -> tuple[str, str]:
    """(text, address) of the site's contact; no address for what is neither a page nor a mailbox."""
    if _MAIL.fullmatch(contact):
        return contact, f"mailto:{contact}"
    return contact, http_url(contact) or ""


def search_start(key: str) -> Leaf:
    """The only script of ours, on the search page alone: it starts the interface of the index."""
    body = b'new PagefindUI({element: "#search", showImages: false, pageSize: 10});\n'
    return Leaf("pagefind/start.js", digest(key, "start"), lambda: body)


def missing(press: Press, key: str) -> Leaf:
    """404.html, in every language of the site."""
    site = press.site
    first = site.languages[0]
    said = [(x, words(x)["s_missing"], words(x)["s_missing_text"], site.path(x, "archive/index.html"), words(x)["s_archive"])
            for x in site.languages]  # fmt: skip
    twins = {x: site.path(x, "index.html") for x in site.languages[1:]}
    here = Here("404.html", first, words(first)["s_missing"], "", twins, absolute=True, indexed=False)
    return Leaf("404.html", digest(key, "404"), lambda: press.page("missing", here, said=said))


def for_machines(site: Site, paths: Iterable[str], changed: Mapping[str, str], key: str) -> Iterator[Leaf]:
    """robots.txt, and the map of `paths`; `changed` are days of some."""
    address = site.address("sitemap.xml")
    robots = "User-agent: *\nAllow: /\n" + (f"Sitemap: {address}\n" if address else "")
    yield Leaf("robots.txt", digest(key, robots), robots.encode)
    if site.url:
        yield from _maps(site, [(p, changed.get(p, "")) for p in sorted(paths)], key)


def _maps(site: Site, rows: list[tuple[str, str]], key: str) -> Iterator[Leaf]:
    """One map where all rows (path, day of change or "") fit in; else maps by number, and one that names them. Addresses are
    made when a map is printed."""
    parts = [rows] if _fit(site, rows) else _parted(site, rows)
    if len(parts) < 2:
        yield Leaf("sitemap.xml", digest(key, repr(rows)), lambda: _map(site, "urlset", "url", rows))
        return
    named = [(f"sitemap-{n}.xml", part) for n, part in enumerate(parts, 1)]
    for name, part in named:
        yield Leaf(name, digest(key, repr(part)), lambda part=part: _map(site, "urlset", "url", part))  # type: ignore[misc]
    index = [(name, max(day for _, day in part)) for name, part in named]
    yield Leaf("sitemap.xml", digest(key, repr(index)), lambda: _map(site, "sitemapindex", "sitemap", index))


def _fit(site: Site, rows: Sequence[tuple[str, str]]) -> bool:
    """Whether all rows surely fit in one map: a sign of a path takes twelve octets at most, percent-encoded."""
    around = len(_entry(site, "url", ("", "2026-01-01")).encode()) + 1
    return len(rows) <= MOST and len(rows) * around + 12 * sum(len(path) for path, _ in rows) < LARGEST


def _parted(site: Site, rows: Iterable[tuple[str, str]]) -> list[list[tuple[str, str]]]:
    """The rows in their order, as many to a map as may stand in one."""
    parts: list[list[tuple[str, str]]] = []
    size = 0
    for place in rows:
        more = len(octets(_entry(site, "url", place))) + 1
        if not parts or len(parts[-1]) == MOST or size + more > LARGEST:
            parts.append([])
            size = len(_map(site, "urlset", "url", ()))
        parts[-1].append(place)
        size += more
    return parts


def _map(site: Site, root: str, entry: str, rows: Iterable[tuple[str, str]]) -> bytes:
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f"<{root} {_XMLNS}>",
        *(_entry(site, entry, place) for place in rows),
    ]
    return octets("\n".join([*lines, f"</{root}>", ""]))


def _entry(site: Site, name: str, place: tuple[str, str]) -> str:
    path, day = place
    return f"<{name}><loc>{escape(public(site, path))}</loc>{f'<lastmod>{day}</lastmod>' if day else ''}</{name}>"
