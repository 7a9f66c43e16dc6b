"""Essays in the frame of the site: a page each, a list by date, and the pinned ones for the home pages.

An essay stands in its own language; the list of every language shows all of them, with their language beside them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from digester.domain.filenames import file_name
from digester.domain.ids import digest
from digester.domain.posts import Post
from digester.domain.site import Pinned, Site
from digester.outputs import _format as fmt
from digester.outputs import prose
from digester.outputs._words import words
from digester.outputs.site._frame import Here, Press
from digester.ports import Leaf


@dataclass(frozen=True)
class Placed:
    """An essay and its path; its language is the site's first where the site has not its own."""

    post: Post
    path: str
    language: str


def placed(site: Site, posts: Sequence[Post]) -> list[Placed]:
    """Newest first, those without a date last; two of one address get their file's name behind it."""
    made: list[Placed] = []
    taken: set[str] = set()
    for post in sorted(posts, key=lambda p: (-(p.date or date.min).toordinal(), p.name)):
        language = post.language if post.language in site.languages else site.languages[0]
        path = site.path(language, f"essay/{file_name(post.slug)}.html")
        if path.lower() in taken:
            path = site.path(
                language, f"essay/{file_name(f'{post.slug} {post.name} {digest(post.name, size=4)}')}.html"
            )
        taken.add(path.lower())
        made.append(Placed(post, path, language))
    return made


def pinned(essays: Sequence[Placed]) -> tuple[Pinned, ...]:
    """Highest number first, then newest."""
    top = sorted((e for e in essays if e.post.pinned), key=lambda e: -e.post.pinned)
    return tuple(Pinned(e.path, e.post.language, e.post.title, summary(e.post)) for e in top)


def summary(post: Post) -> str:
    return post.summary or prose.plain(post.body)


def index(press: Press, essays: Sequence[Placed], language: str, key: str) -> Iterator[Leaf]:
    """`essays.html`: every essay, whatever its language."""
    if not essays:
        return
    site, w = press.site, words(language)
    twins = {x: site.path(x, "essays.html") for x in site.languages if x != language}
    here = Here(site.path(language, "essays.html"), language, w["s_essays"], w["s_essays_lead"], twins, "essays")

    def body() -> bytes:
        rows = [
            Row(e.path, e.post.title, e.post.language, summary(e.post), _day(e.post, language), _iso(e.post))
            for e in essays
        ]
        return press.page("essays", here, rows=rows)

    yield Leaf(here.path, digest(key, here.path, *(repr(e) for e in essays)), body)


@dataclass(frozen=True)
class Row:
    """A line of the list; `language` is the essay's own."""

    path: str
    title: str
    language: str
    summary: str
    day: str
    iso: str


def leaves(press: Press, essays: Sequence[Placed], key: str) -> Iterator[Leaf]:
    for essay in essays:
        yield Leaf(essay.path, digest(key, repr(essay)), lambda e=essay: _page(press, e))  # type: ignore[misc]


def _page(press: Press, essay: Placed) -> bytes:
    from markupsafe import Markup

    post = essay.post
    about = {
        "@context": "https://schema.org", "@type": "Article", "headline": post.title, "inLanguage": post.language,
        "description": summary(post), **({"datePublished": post.date.isoformat()} if post.date else {"datePublished": ""}),
    }  # fmt: skip
    here = Here(essay.path, essay.language, post.title, summary(post), {}, "essays", about if post.date else None)
    text = Markup(prose.html(post.body))  # noqa: S704 -- cleaned with a list of elements (outputs/prose.py)
    return press.page("essay", here, post=post, text=text, day=_day(post, essay.language), iso=_iso(post))


def _day(post: Post, language: str) -> str:
    return fmt.day(post.date, language) if post.date else ""


def _iso(post: Post) -> str:
    return post.date.isoformat() if post.date else ""
