"""What the site has to show, out of the cards alone: editions and their paths, subjects, organisations, themes.

A subject (tag, category, series) is known by its name in the first language that has one, so that its page has the same
path in each language and links to itself there. Names that differ in case only are one subject. Two issues never share
a page: the oldest keeps a slug, a later one with the same slug gets its id behind it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from digester.domain.filenames import file_name
from digester.domain.ids import digest
from digester.domain.issue import Text
from digester.domain.site import Card, Share, Site, Strand
from digester.domain.text import fold

_folded = lru_cache(maxsize=1 << 14)(fold)  # subjects and themes come again and again


@dataclass(frozen=True)
class Subject:
    """`group` is tag, category or kind; `cards` newest first."""

    group: str
    name: Text
    file: str
    cards: tuple[Card, ...]


@dataclass(frozen=True)
class House:
    """An organisation and its share of issues, newest first."""

    name: Text
    file: str
    issues: tuple[tuple[Card, Share], ...]
    marks: tuple[str, ...]  # of what its page shows of each issue

    @cached_property
    def picks(self) -> int:
        return sum(len(share.picks) for _, share in self.issues)


@dataclass(frozen=True)
class Theme:
    """A theme and its issues, newest first; its name is that of the newest, its file that of the oldest."""

    name: Text
    file: str
    issues: tuple[tuple[Card, Strand], ...]
    marks: tuple[str, ...]  # of what its page shows of each issue


@dataclass(frozen=True)
class Catalogue:
    """`given` newest first; a card without an edition in a language of the site is not shown."""

    site: Site
    given: Sequence[Card]
    paths: dict[tuple[str, str], str] = field(default_factory=dict)

    @cached_property
    def cards(self) -> tuple[Card, ...]:
        """Newest first, with the paths of their editions noted."""
        shown = tuple(c for c in self.given if self.languages(c))
        taken: set[str] = set()
        for card in reversed(shown):
            for language in self.languages(card):
                path = self.site.article(card.slug, language)
                if path.lower() in taken:
                    slug = f"{card.slug.get(language, '')} {card.id}"
                    path = self.site.article({language: slug}, language)
                taken.add(path.lower())
                self.paths[card.id, language] = path
        return shown

    def languages(self, card: Card) -> tuple[str, ...]:
        """The languages of the site in which an issue has a page, in the site's order."""
        return _common(self.site.languages, card.languages)

    @cached_property
    def names(self) -> Mapping[str, str]:
        """By id of an issue, what a link to it depends on: title, day, and where its editions stand."""
        return {card.id: self._name(card) for card in self.cards}

    def _name(self, card: Card) -> str:
        places = [(x, self.paths[card.id, x]) for x in self.languages(card)]
        shown = (card.id, card.kind, card.period, card.ends_at.isoformat(), sorted(card.title.items()), places)
        return digest(repr(shown), size=8)

    @cached_property
    def marks(self) -> Mapping[str, str]:
        """By id of an issue, what a list depends on that has it: not its revision, so that a correction of what a list
        does not show leaves the list as it is."""
        return {
            c.id: digest(
                self.names[c.id],
                repr((sorted(c.summary.items()), c.picks, sorted(c.ratings.items()), c.online)),
                size=8,
            )
            for c in self.cards
        }

    def path(self, card: Card, language: str) -> tuple[str, str]:
        """(language, path) of an issue's page: in `language`, else in the first that it has."""
        found = self.languages(card)
        shown = language if language in found else found[0]
        return shown, self.paths[card.id, shown]

    @cached_property
    def subjects(self) -> tuple[Subject, ...]:
        return tuple(
            Subject(group, names[-1], file_name(key), tuple(cards))
            for (group, key), (names, cards) in self._by_subject()
        )

    def _by_subject(self) -> Iterator[tuple[tuple[str, str], tuple[list[Text], list[Card]]]]:
        found: dict[tuple[str, str], tuple[list[Text], list[Card]]] = {}
        for card in self.cards:
            for group, name in subjects_of(card):
                names, cards = found.setdefault((group, subject_key(group, name, card)), ([], []))
                names.append(name)
                if not cards or cards[-1] is not card:
                    cards.append(card)
        return iter(sorted(found.items()))

    @cached_property
    def houses(self) -> Mapping[str, House]:
        """By folded name."""
        found: dict[str, list[tuple[Card, Share]]] = {}
        for card in self.cards:
            for share in card.houses:
                found.setdefault(share.key, []).append((card, share))
        made = {}
        for key, issues in sorted(found.items()):
            newest, share = issues[0]
            name = {"en": share.name} | dict(newest.terms.get(share.name, {}))
            marks = tuple(self.names[card.id] + share.mark for card, share in issues)
            made[key] = House(name, file_name(key), tuple(issues), marks)
        return made

    @cached_property
    def themes(self) -> Mapping[str, Theme]:
        """By the id of each of their strands."""
        root: dict[str, str] = {}
        held: dict[str, list[tuple[Card, Strand]]] = {}
        for card in reversed(self.cards):
            for strand in card.strands:
                name = _folded(first(strand.name))
                key = root.get(strand.previous_id) or (name if name in held else "") or name or strand.id
                root[strand.id] = key
                held.setdefault(key, []).append((card, strand))
        made = {}
        for key, rows in held.items():
            newest = tuple(reversed(rows))
            marks = tuple(self.names[card.id] + strand.mark for card, strand in newest)
            made[key] = Theme(newest[0][1].name, file_name(key), newest, marks)
        return {id_: made[key] for id_, key in root.items()}

    def neighbours(self, card: Card, language: str) -> tuple[Card | None, Card | None]:
        """The issues of the same kind and language before and after it."""
        return self._neighbours[card.id, language]

    @cached_property
    def _neighbours(self) -> Mapping[tuple[str, str], tuple[Card | None, Card | None]]:
        rows: dict[tuple[str, str], list[Card]] = {}
        for card in reversed(self.cards):
            for language in self.languages(card):
                rows.setdefault((card.kind, language), []).append(card)
        return {
            (card.id, language): (row[n - 1] if n else None, row[n + 1] if n + 1 < len(row) else None)
            for (_, language), row in rows.items()
            for n, card in enumerate(row)
        }


@lru_cache(maxsize=1 << 8)  # asked for each issue again and again
def _common(languages: tuple[str, ...], others: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(x for x in languages if x in others)


def first(text: Text) -> str:
    return text.get("en") or next((text[k] for k in sorted(text) if text[k]), "")


def subjects_of(card: Card) -> Iterator[tuple[str, Text]]:
    """(group, name by language); a tag's names are those at its place, where every language has as many."""
    yield "kind", {k: _series(t, card.period) for k, t in card.title.items()} if any(card.title.values()) else {}
    if first(card.category):
        yield "category", card.category
    yield from (("tag", t) for t in _tags(card.tags))


def _series(title: str, period: str) -> str:
    """`AI Tech Daily` of `AI Tech Daily - 2026-06-20`."""
    return title.removesuffix(period).rstrip(" -") or title


def subject_key(group: str, name: Text, card: Card) -> str:
    return card.kind if group == "kind" else _folded(first(name))


def _tags(tags: Mapping[str, Iterable[str]]) -> Iterator[Text]:
    rows = {language: tuple(names) for language, names in sorted(tags.items()) if names}
    main = rows.get("en") or next(iter(rows.values()), ())
    for n, name in enumerate(main):
        own = {language: names[n] for language, names in rows.items() if len(names) == len(main)}
        if _folded(name):
            yield {"en": name} | {k: v for k, v in own.items() if v}
