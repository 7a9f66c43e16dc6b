"""Pages that are there whatever is published: how it is made, search, 404; and what machines read.

404.html may be shown at any address, so its links are absolute where the site has one. sitemap.xml (sitemaps.org 0.9)
needs absolute addresses and exists only with `site.url`; it names at most 50,000 pages, as the protocol says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
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

MOST = 50_000
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
        rows = [(p, changed.get(p, "")) for p in sorted(paths)]
        yield Leaf("sitemap.xml", digest(key, repr(rows)), lambda: _sitemap(site, rows[:MOST]))


def _sitemap(site: Site, rows: Iterable[tuple[str, str]]) -> bytes:
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">']
    lines += [
        f"<url><loc>{escape(public(site, path))}</loc>{f'<lastmod>{day}</lastmod>' if day else ''}</url>"
        for path, day in rows
    ]
    return octets("\n".join([*lines, "</urlset>", ""]))
