"""Feeds of the issues in full: RSS, Atom and JSON Feed, for each language and for each kind in each language.

`feed.xml`, `atom.xml`, `feed.json` hold the newest issues of all kinds, `<kind>/feed.xml` those of one; other languages
stand below their code, as the pages do. An issue that is withdrawn leaves its feeds, which stay, perhaps empty: readers
would take a missing file for a broken site. A file is made again when a card that it shows, the site's settings or the
template changed; records are read for those files alone, each once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache, partial
from pathlib import Path
from typing import ClassVar

from digester.domain.cut import squeezed
from digester.domain.ids import digest
from digester.domain.site import Card
from digester.outputs._feed_formats import FORMATS
from digester.outputs._feed_view import NEWEST, Channel, channel, file_of, title_of
from digester.outputs._templates import environment
from digester.outputs._view import page
from digester.ports import Leaf, Shelf

_TEMPLATE = "feed/content.html.j2"


class Feed:
    name: ClassVar[str] = "feed"

    def __init__(self, overlay: Path | None = None) -> None:
        self._overlay = overlay

    def leaves(self, shelf: Shelf) -> Iterable[Leaf]:
        """Twenty issues a file, newest first; three files for each language and each kind that has the language."""
        for language in shelf.site.languages:
            content = lru_cache(maxsize=2 * NEWEST)(partial(self._content, shelf, language))
            own = [card for card in shelf.cards if language in card.languages]
            for kind in ("", *sorted({card.kind for card in own})):
                cards = [c for c in own if c.state == "frozen" and kind in ("", c.kind)][:NEWEST]
                yield from self._files(shelf, language, kind, cards, content)

    def _files(self, shelf: Shelf, language: str, kind: str, cards: Sequence[Card],
               content: Callable[[str], str]) -> Iterator[Leaf]:  # fmt: skip
        site = shelf.site
        shown = digest(*_site_parts(shelf, language), kind, self._template(), *(_shown(c, language) for c in cards))
        for name, made in FORMATS.items():
            feed: Callable[[], Channel] = partial(channel, site, language, kind, name, cards, content)
            yield Leaf(file_of(site, language, kind, name), digest(name, shown), partial(_bytes, made, feed))

    def _content(self, shelf: Shelf, language: str, issue_id: str) -> str:
        view = page(shelf.issue(issue_id), language)
        text = environment(self._overlay).get_template(_TEMPLATE).render(page=view, w=view.words)
        return squeezed(text)

    def _template(self) -> str:
        engine = environment(self._overlay)
        assert engine.loader is not None  # noqa: S101 -- environment() always sets one
        return engine.loader.get_source(engine, _TEMPLATE)[0]


def _bytes(made: Callable[[Channel], bytes], feed: Callable[[], Channel]) -> bytes:
    return made(feed())


def _site_parts(shelf: Shelf, language: str) -> tuple[str, ...]:
    site = shelf.site
    return (site.url, site.authority, title_of(site, language, ()), site.path(language, ""), language)


def _shown(card: Card, language: str) -> str:
    """Everything that an entry shows: a frozen revision stands for its record."""
    return digest(
        card.id, card.kind, card.period, str(card.revision), card.title.get(language, ""), card.slug.get(language, ""),
        card.summary.get(language, ""), *card.tags.get(language, ()), card.frozen_at.isoformat(),
        (card.published_at or card.frozen_at).isoformat(),
    )  # fmt: skip
