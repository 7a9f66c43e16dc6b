"""Where everything printed in an issue stands: one numbered line a sentence and a figure, with its passages.

Works from the frozen record and the stored passages alone, so it answers the same years later, whatever
became of the sources.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from digester.analysis.gate import claim_words
from digester.analysis.tokens import sentences
from digester.domain.issue import Issue, Pick, Sentence
from digester.domain.model import Claim, Passage, Rating, Support

HEADLINE = "in its headline"  # which need not stand in the text that was rated
SAID = {
    "primary": "its source is tagged labs or engineering, or its address is on a maker's own site: it tells of itself",
    "specifics": "figures of its text",
}
SHOWN = 240  # code points of a passage around what is supported


@dataclass(frozen=True)
class Stand:
    """One support: the rule, the words at [start, end) of a passage, the sentence around them, and where to read it."""

    rule: str
    words: str
    sentence: str
    passage_id: str
    level: str
    start: int
    end: int
    url: str


@dataclass(frozen=True)
class Explained:
    """A printed statement. `number` counts from 1 in reading order; `inputs` are what a computed one came from."""

    number: int
    where: str
    kind: str
    text: str
    cites: tuple[str, ...]
    stands: tuple[Stand, ...]
    rule: str = ""
    inputs: Mapping[str, str] | None = None


def issue(record: Issue, passages: Mapping[str, Passage], language: str = "en") -> list[Explained]:
    """Every sentence and figure of the record, numbered in reading order."""
    known = _Known(record, passages)
    found = [*_statements(record, known, language)]
    return [Explained(n, *parts) for n, parts in enumerate(found, start=1)]


def points(rating: Rating, passages: Mapping[str, Passage]) -> list[tuple[str, float, str]]:
    """(feature, points, the words that gave them) of a rating, most points first; of features found in several places
    all words, each once."""
    words: dict[str, dict[str, None]] = {}
    for s in rating.supports:
        if s.passage_id in passages:
            found = passages[s.passage_id].text[s.start : s.end]
            words.setdefault(s.rule.partition(":")[2], {})[found] = None
    order = sorted(rating.features.items(), key=lambda kv: (-abs(kv[1]), kv[0]))
    return [(name, value, "; ".join(words.get(name, ())) or SAID.get(name, HEADLINE)) for name, value in order]


@dataclass(frozen=True)
class _Known:
    record: Issue
    passages: Mapping[str, Passage]

    def cites(self, ids: Sequence[str]) -> tuple[str, ...]:
        titles = {p.lead_item_id: f"{p.title} <{p.url}>" for p in self.record.picks()}
        return tuple(titles.get(i, i) for i in ids)

    def stands(self, supports: Sequence[Support]) -> tuple[Stand, ...]:
        urls = {(e.passage_id, e.start, e.end): e.url for e in self.record.excerpts}
        return tuple(self._stand(s, urls.get((s.passage_id, s.start, s.end), "")) for s in supports)

    def _stand(self, s: Support, url: str) -> Stand:
        passage = self.passages.get(s.passage_id)
        if passage is None:
            return Stand(s.rule, "", "", s.passage_id, "not stored", s.start, s.end, url)
        around = [(a, b) for a, b in sentences(passage.text) if a < s.end and s.start < b]
        start, end = (around[0][0], around[-1][1]) if around else (s.start, s.end)
        text = passage.text[max(start, s.start - SHOWN) : min(end, s.end + SHOWN)]
        return Stand(s.rule, passage.text[s.start : s.end], text, passage.id, passage.level, s.start, s.end, url)


Parts = tuple[str, str, str, tuple[str, ...], tuple[Stand, ...], str, Mapping[str, str] | None]


def _statements(record: Issue, known: _Known, language: str) -> Iterator[Parts]:
    for where, group in (("overview", record.overview), ("takeaways", record.takeaways)):
        yield from (_sentence(where, s, known, language) for s in group)
    for thread in record.threads:
        yield from (_sentence(f"thread {thread.name.get('en', '')}", s, known, language) for s in thread.sentences)
    for section in record.sections:
        yield from (_sentence(f"section {section.heading.get('en', '')}", s, known, language) for s in section.opener)
        for pick in section.picks:
            yield from _pick(pick, known, language)
    yield from (_sentence("watch", s, known, language) for s in record.watch)


def _pick(pick: Pick, known: _Known, language: str) -> Iterator[Parts]:
    yield from (_sentence(pick.title, s, known, language) for s in pick.sentences)
    for c in pick.claims:
        yield _figure(pick, c, known)
    for o in pick.organisations:
        text = f"{o.name} ({o.kind})"
        yield pick.title, "organisation", text, known.cites([pick.lead_item_id]), known.stands([o.support]), "", None


def _sentence(where: str, s: Sentence, known: _Known, language: str) -> Parts:
    text = s.text.get(language) or s.text.get("en") or next(iter(s.text.values()), "")
    return where, s.kind, text, known.cites(s.cites), known.stands(s.supports), s.rule, s.inputs or None


def _figure(pick: Pick, c: Claim, known: _Known) -> Parts:
    text = f"{claim_words(c)} ({c.evidence}{', ' + c.scope if c.scope else ''})"
    return pick.title, "figure", text, known.cites([pick.lead_item_id]), known.stands(c.supports), "", None
