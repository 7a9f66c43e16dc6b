"""Composed sentences about one story: its line, its quotations, what the figures are and where they hold.

Each is planned once and worded by every voice; quotations stay in the language of their source."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Literal

from digester.analysis import roles
from digester.analysis.tokens import sentences
from digester.domain.ids import digest
from digester.domain.issue import Sentence, SentenceKind
from digester.domain.model import Claim, Passage, Quotation, Support
from digester.editors import naming
from digester.editors.naming import live_claims, organisation, tried
from digester.editors.voice import Slots, Voice, say
from digester.ports import Brief

Voices = Sequence[Voice]


def sentence(
    kind: SentenceKind,
    text: Mapping[str, str],
    cites: Sequence[str],
    supports: Sequence[Support] = (),
    rule: str = "",
    inputs: Mapping[str, object] | None = None,
) -> Sentence:
    """Its id follows from the first language: a new language makes no other sentence."""
    told = {language: words.strip() for language, words in text.items()}
    return Sentence(
        digest(kind, next(iter(told.values())), *cites, size=6), kind, told, tuple(dict.fromkeys(cites)), tuple(supports),
        rule, {k: str(v) for k, v in sorted((inputs or {}).items())},
    )  # fmt: skip


def quote(q: Quotation, item_id: str, language: str = "en") -> Sentence:
    """A verbatim sentence; only its first letter may become a capital after an opener was cut."""
    text = roles.printed(q.text)
    return Sentence(
        digest("quote", text, item_id, size=6),
        "quote",
        {language: text, "en": text},
        (item_id,),
        (q.support,),
        "verbatim",
        {"role": q.role},
    )


def extract(brief: Brief, printed: frozenset[Support]) -> Sentence | None:
    """The first quotation of a reading that is not printed yet."""
    found = next((q for q in brief.reading.quotations if q.support not in printed), None)
    return quote(found, brief.item.id, brief.item.entry.language or "en") if found else None


def paper(voices: Voices, brief: Brief, length: Literal["long", "medium", "line"]) -> tuple[Sentence, ...]:
    """A paper's paragraph: composed line, mechanism, own result; for the best also problem and more figures."""
    by_role: dict[str, list[Quotation]] = {}
    for q in brief.reading.quotations:
        by_role.setdefault(q.role, []).append(q)
    item = brief.item.id
    if length == "line":
        return (_one_line(voices, brief, by_role) or _line(voices, brief),)
    parts = [] if _says_nothing(brief) else [_line(voices, brief)]
    if length == "long" and by_role.get("problem"):
        parts.append(problem(voices, brief, by_role["problem"][0], item, 0))
    parts += [
        quote(q, item)
        for role in ("mechanism", "result")
        for q in by_role.get(role, [])[: 1 if length == "medium" else 2]
    ]
    if length == "long":
        parts += _more_figures(voices, brief)
    return tuple(parts)


def _says_nothing(brief: Brief) -> bool:
    """True where a composed line would name the paper and no more, and its own words stand behind: no live traffic, no
    subject of the field."""
    quoted = any(q.role in ("mechanism", "result") for q in brief.reading.quotations)
    return quoted and not live_claims(brief) and not tried(brief) and not naming.subjects(brief)


def problem(voices: Voices, brief: Brief, q: Quotation, place: str, turn: int) -> Sentence:
    """The problem that a work starts from, in its own words."""

    def slots(v: Voice) -> Mapping[str, object]:
        return {"system": v.name(brief), "quote": roles.printed(q.text)}

    text = say(voices, "problem", place, turn, slots)
    return sentence("report", text, [brief.item.id], [q.support], "quoted", {"role": "problem"})


def _one_line(voices: Voices, brief: Brief, by_role: Mapping[str, Sequence[Quotation]]) -> Sentence | None:
    """The whole of a paper rated 3: its name, its evidence, and what it does in its own words."""
    tells = (q for q in brief.reading.quotations if q.role in ("mechanism", "result"))  # the best first
    found = next(tells, None) or next(iter(by_role.get("problem", ())), None)
    if found is None:
        return None

    def slots(v: Voice) -> Mapping[str, object]:
        return {
            "system": v.name(brief) if brief.reading.system else v.whose(brief),  # below its own headline
            "evidence": v.evidence(brief),
            "terms": v.terms(brief),
            "quote": roles.printed(found.text),
        }

    return sentence(
        "report", say(voices, "one_line", brief.item.id, 0, slots), [brief.item.id], [found.support], "quoted"
    )


def _line(voices: Voices, brief: Brief) -> Sentence:
    """`Org: System; online A/B: CTR +1.24% and GMV +0.87%.` with the evidence named in any case."""
    claims = live_claims(brief)
    chosen = [c for c in claims if c.evidence == claims[0].evidence]
    name = "paper_line" if chosen else "paper_line_live" if tried(brief) else "paper_line_offline"
    text = say(
        voices,
        name,
        brief.item.id,
        0,
        lambda v: told(v, brief, chosen) | _names(v, brief),
    )
    supports = [s for c in chosen[:2] for s in c.supports] + _stated(brief)
    return sentence("report", text, [brief.item.id], supports, "composed:line")


def _names(v: Voice, brief: Brief) -> dict[str, object]:
    """What a work is called and what it is about."""
    return {
        "subject": v.subject(brief), "whose": v.whose(brief), "about": v.about(brief), "terms": v.terms(brief),
    }  # fmt: skip


def told(v: Voice, brief: Brief, claims: Sequence[Claim]) -> dict[str, object]:
    """The slots of a work's evidence: its figures with level and reach, else how far it was tried."""
    if claims:
        level = v.level(naming.level(brief, claims[0]))
        return {
            "level": level,
            "level_c": level[:1].upper() + level[1:],
            "figures": v.figures(claims),
            "where": v.where(claims),
        }
    return {"status": v.status(brief), "missing": v.missing(brief), "evidence": v.evidence(brief)}


def _stated(brief: Brief) -> list[Support]:
    return [o.support for o in brief.reading.organisations if o.name == organisation(brief)]


def _figures(brief: Brief, claims: Sequence[Claim]) -> Slots:
    return lambda v: told(v, brief, claims)


def _more_figures(voices: Voices, brief: Brief) -> list[Sentence]:
    """The live figures beyond the first two, two a sentence, at most two sentences."""
    rest = live_claims(brief)[2:6]
    made = []
    for i in range(0, len(rest), 2):
        pair = [c for c in rest[i : i + 2] if c.evidence == rest[i].evidence]
        text = say(voices, "more_figures", brief.item.id, i // 2, _figures(brief, pair))
        made.append(
            sentence("report", text, [brief.item.id], [s for c in pair for s in c.supports], "composed:figures")
        )
    return made


def length_of(text: str) -> int:
    """Words; two Han characters count as one."""
    return len(re.findall(r"[A-Za-z0-9$%'’.,-]+", text)) + len(re.findall(r"[\u3400-\u9fff]", text)) // 2


def episode(brief: Brief) -> tuple[Sentence, ...]:
    """Three time-stamped takeaways from the transcript: where most facts are, in order."""
    found: list[tuple[float, int, Quotation, str]] = []
    sections = brief.evidence.full_text.sections if brief.evidence.full_text else ()
    passages = [p for p in brief.evidence.passages if p.level == "transcript"]
    for i, (section, passage) in enumerate(zip(sections, passages, strict=False)):
        spans = sentences(passage.text)
        q = roles.pick(
            "lead", [passage], frozenset(s for s in spans if length_of(passage.text[slice(*s)]) < 8), floor=0.5
        )
        if q:
            facts = min(len(re.findall(r"\d+", q.text)), 3)
            found.append(
                (facts + 0.02 * min(len(q.text.split()), 30), i, _with_next(q, passage, spans), section.heading)
            )
    best = sorted(sorted(found, key=lambda f: (-f[0], f[1]))[:3], key=lambda f: f[1])
    return tuple(_stamped(q, brief, heading) for _, _, q, heading in best)


def _with_next(q: Quotation, passage: Passage, spans: Sequence[tuple[int, int]]) -> Quotation:
    """The quotation and the sentence behind it, up to 60 words: what was said first is often turned around."""
    following = next((end for start, end in spans if start >= q.support.end), None)
    if following is None or length_of(passage.text[q.support.start : following]) > 60:
        return q
    return roles.quotation(q.role, passage, q.support.start, following)


def _stamped(q: Quotation, brief: Brief, heading: str) -> Sentence:
    made = quote(
        Quotation(q.role, _without_speaker(q.text), _shifted(q)), brief.item.id, brief.item.entry.language or "en"
    )
    return Sentence(made.id, made.kind, made.text, made.cites, made.supports, made.rule, {**made.inputs, "at": heading})


def _without_speaker(text: str) -> str:
    m = re.match(r"[A-Z][\w.' -]{1,40}: ", text)
    return text[m.end() :] if m else text


def _shifted(q: Quotation) -> Support:
    cut = len(q.text) - len(_without_speaker(q.text))
    return Support(q.support.passage_id, q.support.start + cut, q.support.end, q.support.rule)
