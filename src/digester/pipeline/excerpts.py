"""From what is printed to where it stands: for every figure and quotation the words of its source and their page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from digester.analysis.grounding import Ground
from digester.analysis.tokens import sentences
from digester.domain.issue import Excerpt, Sentence
from digester.domain.model import Passage, Support
from digester.domain.notes import Note
from digester.pipeline.draft import Draft
from digester.pipeline.enrich import request_for
from digester.ports import Brief

LONGEST = 400  # code points of a source's words that travel with an issue
_SHOWN = ("number", "date", "version", "quotation", "quote", "claim", "org")  # rules of supports that lead to a passage


def of(draft: Draft, grounds: Mapping[str, Ground], everything: Sequence[Brief]) -> tuple[Excerpt, ...]:
    """One a support of a figure, a quotation or an organisation; names are looked up by `digester explain`."""
    passages = {p.id: p for g in grounds.values() for p in g.passages}
    return _excerpts((s for s in _supports(draft) if s.rule.startswith(_SHOWN)), passages, everything)


def of_note(note: Note, brief: Brief) -> tuple[Excerpt, ...]:
    """One for every place in the paper's texts that a sentence of a note rests on, by whatever rule it was found."""
    passages = {p.id: p for p in brief.evidence.passages}
    told = [s for sentence in note.sentences() for s in sentence.supports]
    return _excerpts([*told, *(t.support for t in note.sections.tables)], passages, [brief])


def _excerpts(
    supports: Iterable[Support], passages: Mapping[str, Passage], everything: Sequence[Brief]
) -> tuple[Excerpt, ...]:
    pages = {p.id: _page(b, p) for b in everything for p in b.evidence.passages}
    found = dict.fromkeys(s for s in supports if s.passage_id in passages)
    return tuple(_excerpt(s, passages[s.passage_id], pages.get(s.passage_id, "")) for s in found)


def sentences_of(draft: Draft) -> tuple[Sentence, ...]:
    """Every sentence of a draft, in no particular order."""
    parts = [*draft.overview, *draft.takeaways, *draft.watch, *(s for t in draft.threads for s in t.sentences)]
    for section in draft.sections:
        parts += [*section.opener, *(s for p in section.picks for s in p.sentences)]
        parts += [section.illustration.caption] if section.illustration else []
    return tuple(parts)


def _supports(draft: Draft) -> Iterable[Support]:
    for sentence in sentences_of(draft):
        yield from sentence.supports
    for section in draft.sections:
        for pick in section.picks:
            yield from (s for c in pick.claims for s in c.supports)
            yield from (o.support for o in pick.organisations)


def _excerpt(support: Support, passage: Passage, page: str) -> Excerpt:
    """The sentences that hold the support, cut to LONGEST."""
    spans = [(a, b) for a, b in sentences(passage.text) if a < support.end and support.start < b]
    start, end = (spans[0][0], spans[-1][1]) if spans else (support.start, support.end)
    if end - start > LONGEST:
        start, end = support.start, min(support.end, support.start + LONGEST)
    return Excerpt(passage.id, support.start, support.end, passage.text[start:end], page)


def _page(brief: Brief, passage: Passage) -> str:
    """Where a passage is read: the item's page, or the one its full text came from. A PDF has no addressable words."""
    entry, full = brief.item.entry, brief.evidence.full_text
    if passage.level != "full_text" or full is None or full.route == "html":
        return entry.url
    asked = request_for(brief.item)
    return asked.url if asked and full.route == asked.route == "arxiv_html" else ""
