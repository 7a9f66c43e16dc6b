"""Sentences in a model's words: the embedded editor's sentence is the outline, in each language from its own.

A sentence keeps its kind, its citations and its inputs; only its words are the model's, and only where they pass: every
figure is a slot that code fills, the gate is asked as it will be asked again, and the editorial standard is held. What
fails is sent back once with the reason; then the embedded sentence stands, for that language alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from digester.analysis import gate, grounding, lint, promotion, roles
from digester.analysis.figures import read
from digester.analysis.gate import record
from digester.analysis.grounding import Ground
from digester.domain.calls import Ask
from digester.domain.entries import subject_of
from digester.domain.issue import Pick, Sentence
from digester.domain.text import one_line
from digester.editors.answers import Inquiry, ask_all, prose
from digester.editors.naming import organisation, short
from digester.ports import Brief, Model, Unit

PER_CALL, LIMIT, FACTS, FACT = 40, 420, 4, 220
WRITTEN = "written:"
_SLOT = re.compile(r"\{(\d{1,2})\}")
_GLUED = re.compile(r"[A-Za-z0-9_](?:-)?$")
_QUOTED = ("quoted", "verbatim")

Part = tuple[str, Sentence]  # the place of a sentence in an issue, for the model; the embedded sentence
Asks = Callable[[str, Mapping[int, Unit], str], Ask]


@dataclass(frozen=True)
class Masked:
    """A text with its figures as slots {1}, {2}, and what they stand for."""

    text: str
    figures: tuple[str, ...]

    def filled(self, text: str) -> str:
        """`text` with the figures in its slots; "" when a slot is missing, doubled or not known."""
        slots = sorted(int(n) for n in _SLOT.findall(text))
        if slots != list(range(1, len(self.figures) + 1)) or "{" in _SLOT.sub("", text):
            return ""
        return _SLOT.sub(lambda m: self.figures[int(m[1]) - 1], text)


def masked(text: str, keep: Callable[[str], bool] = lambda figure: False) -> Masked:
    """Figures of a text as slots, in order. Those that `keep` names stay, and so do quotations and what is part of a name
    (versions, periods)."""
    parts, found, at = [], [], 0
    quoted = [m.span() for m in lint.QUOTED.finditer(text)]
    for f in read(text):
        figure = text[f.start : f.end]
        glued = bool(_GLUED.search(text[: f.start][-2:])) or bool(re.match(r"-?\w", text[f.end :]))
        if f.kind == "version" or f.start < at or glued or any(a <= f.start < b for a, b in quoted) or keep(figure):
            continue
        found.append(figure)
        parts += [text[at : f.start], f"{{{len(found)}}}"]
        at = f.end
    return Masked("".join([*parts, text[at:]]), tuple(found))


def reworded(
    model: Model, ask: Asks, task: str, told: Sequence[Part], briefs: Sequence[Brief], languages: Sequence[str]
) -> list[Sentence]:
    """The sentences in their order, worded by the model where its words pass; all languages side by side."""
    desk = Desk({b.item.id: b for b in briefs})
    wordings = [_Wording(told, desk, language) for language in languages]
    ask_all(model, [w.first(ask, task) for w in wordings if w.plans])
    ask_all(model, [w.again(ask) for w in wordings if w.wrong])
    made = [s for _, s in told]
    for w in wordings:
        for i, text in w.texts.items():
            if text != told[i][1].text[w.language]:
                made[i] = replace(made[i], text={**made[i].text, w.language: text})
    return [_named(s, told[i][1], desk) for i, s in enumerate(made)]


def _named(s: Sentence, before: Sentence, desk: Desk) -> Sentence:
    """A report in free words is held to more than one from a pattern: its rule says so. Where the pattern of another
    language would then not pass, the embedded sentence stands whole."""
    first = next(iter(s.text))
    if s.kind != "report" or s.text[first] == before.text[first]:
        return s
    free = replace(s, rule=WRITTEN + s.rule.partition(":")[2])
    return free if gate.judge(free, desk.grounds).holds else before


class _Wording:
    """One language of some sentences: new texts by place in `told`, and why others were refused."""

    def __init__(self, told: Sequence[Part], desk: Desk, language: str) -> None:
        self.language, self._told, self._desk = language, told, desk
        self.plans = {i: masked(s.text[language]) for i, (_, s) in enumerate(told) if _may_change(s, language)}
        self.wrong: dict[int, str] = {}
        self.texts: dict[int, str] = {}

    def first(self, ask: Asks, task: str) -> Inquiry[bool]:
        units = {i: _unit(*self._told[i], plan.text, self._desk) for i, plan in self.plans.items()}
        return self._inquiry(ask, task, units)

    def again(self, ask: Asks) -> Inquiry[bool]:
        """What was refused goes back once, with the reason."""
        units = {
            n: _again(self._told[n][1], self.plans[n].text, why, self._desk) for n, why in sorted(self.wrong.items())
        }
        return self._inquiry(ask, "rewrite", units)

    def _inquiry(self, ask: Asks, task: str, units: Mapping[int, Unit]) -> Inquiry[bool]:
        return Inquiry(units, lambda u: ask(task, u, self.language), self._take, PER_CALL, again=0)

    def _take(self, n: int, row: Mapping[str, Any]) -> bool | None:
        text, reason = _checked(row.get("text"), self._told[n][1], self.plans[n], self._desk, self.language)
        if reason:
            self.wrong[n] = reason
        else:
            self.wrong.pop(n, None)
            self.texts[n] = text
        return True


def _may_change(s: Sentence, language: str) -> bool:
    """What a model may word: not quotations, and not what could not come back as prose even unchanged."""
    return (
        s.kind in ("report", "derived", "synthesis")
        and s.rule not in _QUOTED
        and bool(prose(s.text.get(language), LIMIT, language))
    )


def _unit(part: str, s: Sentence, say: str, desk: Desk) -> Unit:
    return [("part", part), ("kind", s.kind), ("say", say), *(("about", f) for f in desk.facts(s))]


def _again(s: Sentence, say: str, wrong: str, desk: Desk) -> Unit:
    return [("kind", s.kind), ("say", say), ("wrong", wrong), *(("about", f) for f in desk.facts(s))]


def _checked(value: Any, s: Sentence, plan: Masked, desk: Desk, language: str) -> tuple[str, str]:
    """(text, "") for what may be printed, ("", why not) for what may not."""
    draft = prose(value, LIMIT, language)
    if not draft:
        return "", "no plain sentence in this language"
    text = plan.filled(draft)
    if not text:
        return "", "the slots of `say` must stand exactly once each, and no other"
    if text == s.text[language]:
        return text, ""
    free = replace(s, text={language: text}, rule=s.rule if s.kind != "report" else WRITTEN)
    verdict = gate.judge(free, desk.grounds)
    if s.kind == "derived":
        verdict += grounding.worded(text, desk.around(s, s.text[language]))
    if verdict.refusals:
        return "", "; ".join(str(r) for r in verdict.refusals[:2])[:240]
    picks = desk.picks(s)
    before = {v.check for v in lint.of_sentence(s, language, picks)}  # what its outline breaks is not held against it
    broken = [v for v in lint.of_sentence(free, language, picks) if v.check not in before]
    return ("", "; ".join(f"{v.words}: {v.reason}" for v in broken[:2])[:240]) if broken else (text, "")


@dataclass(frozen=True)
class Desk:
    """The works of an issue as sentences may cite them."""

    briefs: Mapping[str, Brief]

    @cached_property
    def grounds(self) -> Mapping[str, Ground]:
        """One ground a work: what was read of its texts for one sentence serves the next."""
        return {i: gate.citable(b.item, b.evidence.texts, b.names) for i, b in self.briefs.items()}

    def around(self, s: Sentence, say: str) -> Ground:
        """What a computed sentence may be worded with: its plan and the works that it cites."""
        return Ground.of((self.grounds[c] for c in s.cites[:FACTS] if c in self.briefs), [record(say)])

    def facts(self, s: Sentence) -> list[str]:
        """What the records hold of the cited works, a line each."""
        return [f for c in s.cites[:FACTS] if c in self.briefs and (f := fact(self.briefs[c]))]

    def picks(self, s: Sentence) -> tuple[Pick, ...]:
        return tuple(bare_pick(self.briefs[c]) for c in s.cites if c in self.briefs)


def fact(b: Brief) -> str:
    """`SIDLoom (Kestrelo): what it does, in its own words`: sentences that address a reader are left out."""
    org, name = organisation(b), short(b)
    said = next((q.text for q in b.reading.quotations if q.role in ("mechanism", "lead", "result")), "")
    said = b.reading.summary[0] if b.reading.summary else said
    if promotion.addresses(name) or promotion.is_promotion(said):
        return ""
    return (
        f"{name}{f' ({org})' if org and org not in name else ''}: {one_line(roles.printed(said), FACT)}" if said else ""
    )


def bare_pick(b: Brief) -> Pick:
    """A work as the editorial checks know it: names, organisations, figures."""
    entry = b.item.entry
    facts = {"system": b.reading.system} if b.reading.system else {}
    return Pick(b.story.id, subject_of(b.item), b.item.id, entry.kind, entry.title, entry.url, b.source, entry.authors,
                b.rating.rating, {}, b.rating.level, {}, (), b.reading.organisations, b.reading.claims, facts=facts)  # fmt: skip
