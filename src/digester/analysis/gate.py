"""The gate: what each kind of sentence must show before it is printed (EDITORIAL, "Sentences have a kind").

quote      verbatim in a passage of the item it cites
report     figures, names, quotations, addresses and evidence bound to one cited item
derived    a named rule; every figure is one of its stored inputs, every name stands there or in a cited item
synthesis  at least two cited items, and nothing that is absent from their records; a figure given to one of them is held
           against that one alone, and stands behind its name
editor     a person's: checked like a report over all cited items, and printed all the same with a warning
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from digester.analysis import grounding
from digester.analysis.figures import Figure, read
from digester.analysis.grounding import Ground, Refusal, Verdict
from digester.domain.entries import subject_of
from digester.domain.ids import passage_id
from digester.domain.issue import Sentence
from digester.domain.model import Claim, Item, Organisation, Passage, Support
from digester.domain.notes import ResultTable
from digester.domain.text import fold

PATTERNED = ("composed:", "quoted")
NAME = "\ufffc"  # stands where the name of a work, or what is another's, stood
GIVEN = "figure."  # inputs of a conclusion: the figure that it gives to the work named in `a`, in `b`
Grounds = Mapping[str, Ground]  # item id -> what it may be cited for


def judge(sentence: Sentence, grounds: Grounds) -> Verdict:
    """The verdict on all language versions of a sentence."""
    verdict = _form(sentence)
    for language, text in sorted(sentence.text.items()):
        found = _KINDS[sentence.kind](sentence, text, grounds)
        refusals = tuple(Refusal(r.rule, r.words, f"{language}: {r.reason}") for r in found.refusals)
        verdict += Verdict(found.supports, refusals)
    return verdict


def _form(sentence: Sentence) -> Verdict:
    wrong = {
        "derived": not sentence.rule.startswith("computed:") and "a computed sentence without its rule",
        "synthesis": len(sentence.cites) < 2 and "a conclusion over fewer than two items",
        "report": not sentence.cites and "a report that cites no item",
        "quote": not sentence.cites and "a quotation that cites no item",
    }.get(sentence.kind)
    return Verdict(refusals=(Refusal("kind", "", wrong),)) if wrong else Verdict()


def _quote(sentence: Sentence, text: str, grounds: Grounds) -> Verdict:
    ground = together(grounds, sentence.cites)
    by_id = {p.id: p for p in ground.passages}
    for s in sentence.supports:
        if s.passage_id in by_id and fold(by_id[s.passage_id].text[s.start : s.end]) == fold(text):
            return Verdict((s,))
    return grounding.verbatim(text, ground)


def _report(sentence: Sentence, text: str, grounds: Grounds) -> Verdict:
    """Bound to one item: the first of the cited ones that supports all of it, else the refusals of the first."""
    found = [_told(sentence, text, grounds.get(c, Ground(()))) for c in sentence.cites]
    return next((v for v in found if v.holds), found[0] if found else Verdict())


def _told(sentence: Sentence, text: str, ground: Ground) -> Verdict:
    """Patterns are our own words around fields; in free prose every word is the editor's and is checked too."""
    verdict = grounding.supported(text, ground)
    return verdict if sentence.rule.startswith(PATTERNED) else verdict + grounding.worded(text, ground)


def _derived(sentence: Sentence, text: str, grounds: Grounds) -> Verdict:
    known = {f.value for value in sentence.inputs.values() for f in read(value)}
    wrong = [f for f in read(text) if f.kind != "ordinal" and f.value not in known]
    verdict = Verdict(refusals=tuple(Refusal("number", text[f.start : f.end], "not one of the inputs") for f in wrong))
    ground = together(grounds, sentence.cites, sentence.inputs.values())
    return _stored(verdict + grounding.names(text, ground) + grounding.quotations(text, ground), sentence)


def _stored(verdict: Verdict, sentence: Sentence) -> Verdict:
    """Without the supports that point at the sentence's own inputs: these are stored with it, not as passages."""
    own = {record(value).id for value in sentence.inputs.values()}
    return Verdict(tuple(s for s in verdict.supports if s.passage_id not in own), verdict.refusals)


def _synthesis(sentence: Sentence, text: str, grounds: Grounds) -> Verdict:
    ground = together(grounds, sentence.cites, sentence.inputs.values())
    found = grounding.names(text, ground) + grounding.quotations(text, ground)
    if any(key.startswith(GIVEN) for key in sentence.inputs):
        return _stored(found, sentence) + _given(sentence, text, grounds)
    return _stored(found + grounding.figures(text, ground), sentence)


# --------------------------------------------- figures of a conclusion, each of one work
@dataclass(frozen=True)
class _Owner:
    """A work that a conclusion names, and the figure that it gives to it."""

    name: str
    figure: str
    cite: str


def _given(sentence: Sentence, text: str, grounds: Grounds) -> Verdict:
    """What a conclusion gives to works: each figure stands in its own work, and in the text behind that work's name. It is
    read without the names, which are no part of a measure, and without what is the other work's."""
    owners = [
        _Owner(sentence.inputs.get(key, ""), sentence.inputs[GIVEN + key], cite)
        for key, cite in zip("ab", sentence.cites, strict=False) if GIVEN + key in sentence.inputs
    ]  # fmt: skip
    names = sorted((start, end, o) for o in owners for start, end in _named(o.name, text, owners))
    placed = [(f, _owner(f, names)) for f in read(text) if not any(a <= f.start < b for a, b, _ in names)]
    verdict = Verdict(refusals=tuple(r for f, o in placed for r in _misplaced(f, o, text)))
    for owner in owners:
        ground = grounds.get(owner.cite, Ground(()))
        near = grounding.figures(owner.figure, _spans(sentence.supports, ground))
        verdict += Verdict(refusals=() if near.holds else grounding.figures(owner.figure, ground).refusals)
        spans = [(a, b) for a, b, _ in names] + [(f.start, f.end) for f, o in placed if o is not owner]
        verdict += grounding.figures(_without(text, spans), ground)
    return verdict


def _owner(f: Figure, names: Sequence[tuple[int, int, _Owner]]) -> _Owner | None:
    """The work whose name stands last before a figure, else first behind it."""
    before = [o for _, end, o in names if end <= f.start]
    return before[-1] if before else next((o for _, _, o in names), None)


def _misplaced(f: Figure, owner: _Owner | None, text: str) -> list[Refusal]:
    known = {(g.value, g.unit, g.sign) for g in read(owner.figure)} if owner else set()
    if f.kind != "quantity" or (f.value, f.unit, f.sign) in known:
        return []
    return [Refusal("binding", text[f.start : f.end], "the work named before it does not have it")]


def _named(name: str, text: str, owners: Sequence[_Owner]) -> list[tuple[int, int]]:
    """Where a name stands, but not inside the longer name of the other work."""
    longer = [s for o in owners if name in o.name and name != o.name for s in _named(o.name, text, owners)]
    found = [m.span() for m in re.finditer(re.escape(name), text)] if name else []
    return [(a, b) for a, b in found if not any(x <= a and b <= y for x, y in longer)]


def _without(text: str, spans: Sequence[tuple[int, int]]) -> str:
    for start, end in sorted(spans, reverse=True):
        text = text[:start] + NAME + text[end:]
    return text


_KINDS = {"quote": _quote, "report": _report, "derived": _derived, "synthesis": _synthesis, "editor": _synthesis}


def together(grounds: Grounds, cites: Sequence[str], values: Iterable[str] = ()) -> Ground:
    """One ground of all cited items and of the values a sentence was filled with."""
    return Ground.of((grounds[c] for c in cites if c in grounds), (record(value) for value in values))


def citable(item: Item, texts: Sequence[Passage], names: Iterable[str] = ()) -> Ground:
    """What an item may be cited for: its texts, its addresses, and our own fields of it: title, authors and `names`."""
    entry = item.entry
    told = dict.fromkeys(t for t in (entry.title, *entry.authors, *names) if t)
    links = (entry.url, *(link.url for link in entry.links))
    return Ground((*texts, record("; ".join(told), subject_of(item))), frozenset(links))


def record(text: str, work: str = "") -> Passage:
    """Our own fields of an item (title, source, authors) as a passage: names may come from there."""
    return Passage(passage_id(text), work, "record", text)


def table(given: ResultTable, passages: Sequence[Passage]) -> bool:
    """Whether the caption, every cell, and every head that is told with a cell stand verbatim in the passage that the
    table points to: of two columns the text tells no heads."""
    text = next((fold(p.text) for p in passages if p.id == given.support.passage_id), "")
    told = (h for i, h in enumerate(given.head) if i and given.width > 2 and any(row[i] for row in given.rows))
    return all(fold(cell) in text for row in ((given.caption, *told), *given.rows) for cell in row)


# ----------------------------------------------------- fields with support
def claim(value: Claim, ground: Ground) -> Verdict:
    """A figure of a record: its number, unit and sign stand in the span it points to, for its measure, and the item
    gives it no weaker evidence."""
    return grounding.figures(claim_words(value), _spans(value.supports, ground)) + grounding.evidence(value, ground)


def claim_words(value: Claim) -> str:
    """A figure as a sentence would print it: measure, hedge, sign, value, unit."""
    unit = value.unit if value.unit in ("%", "x") else f" {value.unit}" if value.unit else ""
    hedge = f"{value.hedge} " if value.hedge and value.hedge != "not significant" else ""
    return f"{value.metric} {hedge}{value.sign}{value.value}{unit}"


def organisation(value: Organisation, ground: Ground) -> Verdict:
    return grounding.names(f"by {value.name}", _spans((value.support,), ground))


def _spans(supports: Iterable[Support], ground: Ground) -> Ground:
    by_id = {p.id: p for p in ground.passages}
    texts = [by_id[s.passage_id].text[s.start : s.end] for s in supports if s.passage_id in by_id]
    return Ground(tuple(record(t) for t in texts))
