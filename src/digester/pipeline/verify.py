"""Is what stands in an issue, or in anybody's draft, supported by its sources? The same rules as the gate's.

An issue is held against the passages that were stored when it was frozen; a draft, sentence by sentence,
against the texts that its author names.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from digester.analysis import gate, grounding
from digester.analysis.grounding import Ground, Verdict
from digester.analysis.tokens import sentences
from digester.domain.issue import Issue, Pick
from digester.domain.model import Passage

STORIES = ("featured", "more")  # the sections of a daily whose stories are rated and counted


@dataclass(frozen=True)
class Finding:
    """A statement and why its sources do not support it."""

    where: str
    text: str
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Report:
    """`checked` statements, of which `findings` are unsupported."""

    checked: int
    findings: tuple[Finding, ...]


def passages_of(record: Issue) -> frozenset[str]:
    """The passages that a verification needs."""
    return frozenset(i for ids in record.read.values() for i in ids)


def issue(record: Issue, passages: Mapping[str, Passage]) -> Report:
    """Every sentence, headline, figure and organisation of a frozen record, in all its languages."""
    known = _grounds(record, passages)
    told: list[tuple[str, str, Verdict]] = [
        (s.kind, next(iter(s.text.values()), ""), gate.judge(s, known))
        for s in (*record.sentences(), *(i.caption for i in record.illustrations()))
    ]
    for pick in record.picks():
        told += _fields(pick, known.get(pick.lead_item_id, Ground(())))
    findings = [Finding(where, text, tuple(str(r) for r in v.refusals)) for where, text, v in told if not v.holds]
    return Report(len(told), (*findings, *_missing(record, passages), *_counts(record)))


def _grounds(record: Issue, passages: Mapping[str, Passage]) -> dict[str, Ground]:
    links = {p.lead_item_id: frozenset((p.url, *(link.url for link in p.links))) for p in record.picks()}
    return {
        item: Ground(tuple(passages[i] for i in ids if i in passages), links.get(item, frozenset()))
        for item, ids in record.read.items()
    }


def _fields(pick: Pick, ground: Ground) -> list[tuple[str, str, Verdict]]:
    told = [(f"headline, {lang}", text, grounding.supported(text, ground)) for lang, text in pick.headline.items()]
    told += [("figure", gate.claim_words(c), gate.claim(c, ground)) for c in pick.claims]
    return told + [("organisation", o.name, gate.organisation(o, ground)) for o in pick.organisations]


def _missing(record: Issue, passages: Mapping[str, Passage]) -> list[Finding]:
    lost = sorted(passages_of(record) - set(passages))
    return (
        [Finding("passages", f"{len(lost)} passages", (f"not stored any more: {', '.join(lost[:5])}",))] if lost else []
    )


def _counts(record: Issue) -> list[Finding]:
    """The printed census against what the record holds."""
    papers = any(p.kind == "paper" for p in record.picks())
    told = [p for s in record.sections for p in s.picks if papers or s.slug in STORIES]
    c = record.census
    if not papers and not told:
        return []
    by_rating = {r: sum(str(p.rating) == r for p in told) for r in c.by_rating}
    wrong = [f"{c.published} published, {len(told)} printed"] if c.published != len(told) else []
    wrong += [f"{n} rated {r}, {by_rating[r]} printed" for r, n in c.by_rating.items() if n != by_rating[r]]
    return [Finding("census", "the counts of the issue", tuple(wrong))] if wrong else []


# ------------------------------------------------------------------ drafts
def draft(paragraphs: Iterable[str], texts: Sequence[Passage], links: frozenset[str]) -> Report:
    """Anybody's text, one paragraph an entry: each sentence must be supported by one of the sources, or, where it
    compares, by all together."""
    each = [Ground((p,), links) for p in texts]
    together = Ground.of(each)
    checked, findings = 0, []
    for number, paragraph in enumerate(paragraphs, start=1):
        for start, end in sentences(paragraph):
            checked += 1
            verdict = _best(paragraph[start:end], each, together)
            if not verdict.holds:
                reasons = tuple(str(r) for r in verdict.refusals)
                findings.append(Finding(f"paragraph {number}", paragraph[start:end], reasons))
    return Report(checked, tuple(findings))


def _best(sentence: str, each: Sequence[Ground], together: Ground) -> Verdict:
    found = grounding.supported(sentence, together)
    if not found.holds:
        return found  # what all sources together do not have, no single one has
    single = [grounding.supported(sentence, g) for g in each]
    return next((v for v in single if v.holds), found)
