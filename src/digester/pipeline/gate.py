"""The gate in an issue: every sentence, headline, figure and organisation against the texts it cites.

What is not supported is rewritten once by the editor with the refusals in hand, then replaced by an extract of
the same item, or dropped; all of it is counted. A source is quoted with two sentences at most in an issue (an
episode with its three moments), in its own paragraph before anywhere else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from digester.analysis import gate, grounding
from digester.analysis.grounding import Ground, Refusal
from digester.analysis.tokens import sentences
from digester.domain.entries import subject_of
from digester.domain.issue import Checks, Illustration, Pick, Sentence, Text, Thread
from digester.domain.model import Support
from digester.domain.notes import Note, Sections, Tip
from digester.pipeline.draft import Draft
from digester.ports import Brief, Editor

QUOTED, MOMENTS = 2, 3  # sentences quoted of one work; of an episode, moments
_QUOTING = ("quoted", "verbatim")


@dataclass(frozen=True)
class Gated:
    """The draft as it may be printed, what was refused and why, and what every cited item was held against."""

    draft: Draft
    checks: Checks
    refused: tuple[str, ...]
    grounds: Mapping[str, Ground]
    everything: tuple[Brief, ...] = ()


def run(draft: Draft, everything: Sequence[Brief], editor: Editor) -> Gated:
    """The draft with only what its sources support."""
    desk = _Desk(grounds(everything), {b.item.id: b for b in everything}, editor)
    # what a source may be quoted with: the problem that a thread or a section starts from, then the paragraphs
    starts = [s for t in draft.threads for s in t.sentences] + [s for x in draft.sections for s in x.opener]
    problems = {s.id: desk.keep([s]) for s in starts if s.rule in _QUOTING}
    sections = tuple(
        replace(s, picks=tuple(desk.pick(p) for p in s.picks), illustration=desk.illustration(s.illustration))
        for s in draft.sections
    )
    checked = replace(
        draft, overview=desk.keep(draft.overview), takeaways=desk.keep(draft.takeaways),
        threads=tuple(_threaded(t, problems, desk) for t in draft.threads),
        sections=tuple(replace(s, opener=_started(s.opener, problems, desk)) for s in sections), watch=desk.keep(draft.watch),
    )  # fmt: skip
    return Gated(checked, desk.checks(), tuple(desk.refused), desk.grounds, tuple(everything))


def _threaded(t: Thread, quoted: Mapping[str, tuple[Sentence, ...]], desk: _Desk) -> Thread:
    """The thread with what may be printed of it."""
    return replace(t, sentences=_started(t.sentences, quoted, desk))


def _started(
    given: Sequence[Sentence], quoted: Mapping[str, tuple[Sentence, ...]], desk: _Desk
) -> tuple[Sentence, ...]:
    """The sentences that may be printed; their quotations were looked at before."""
    kept = (quoted[s.id] if s.id in quoted else desk.keep([s]) for s in given)
    return tuple(s for group in kept for s in group)


def _counted(n: int, one: str, many: str) -> str:
    return f"{n} {one if n == 1 else many}"


def note(given: Note, brief: Brief, editor: Editor) -> tuple[Note, int]:
    """The note with only what its paper supports, and how many sentences were dropped; a line of the
    table, and a table of results, stands or falls whole."""
    desk = _Desk(grounds([brief]), {brief.item.id: brief}, editor)

    def kept(sentences: Sequence[Sentence]) -> tuple[Sentence, ...]:
        return tuple(s for given in sentences if (s := desk.checked(given)) is not None)

    s = given.sections
    rows = (kept((t.dimension, t.before, t.paper)) for t in s.tips)
    tips = tuple(Tip(*row) for row in rows if len(row) == 3)
    tables = tuple(t for t in s.tables if gate.table(t, brief.evidence.passages))
    desk.counts["dropped"] += len(s.tables) - len(tables)
    sections = Sections(kept(s.background), kept(s.method), kept(s.results), tips, tables)
    return replace(given, sections=sections), desk.counts["dropped"]


def refused(c: Checks) -> Text:
    """What the gate changed, for the reader; empty when nothing."""
    done = [
        (c.rewritten, "rewritten", "重写"),
        (c.replaced, "replaced by extracts", "改用摘录"),
        (c.dropped, "dropped", "删去"),
    ]
    en = ", ".join(f"{n} {word}" for n, word, _ in done if n)
    zh = "，".join(f"{word} {n} 句" for n, _, word in done if n)
    parts = [(bool(en), f"{_counted(c.refused, 'sentence was', 'sentences were')} refused because the sources did not support it ({en}).",
              f"{c.refused} 句因来源不支持未予采用（{zh}）。"),
             (c.warned, f"{_counted(c.warned, 'sentence of a person says', 'sentences of a person say')} more than the sources.", f"{c.warned} 句人工语句超出其来源。"),
             (c.fields, f"{_counted(c.fields, 'headline, figure or name without support was', 'headlines, figures or names without support were')} left out.",
              f"{c.fields} 处缺少依据的标题、数字或名称已略去。")]  # fmt: skip
    told = [part for part in parts if part[0]]
    shown = {"en": " ".join(p[1] for p in told), "zh": "".join(p[2] for p in told)}
    if c.untranslated:
        shown["zh"] += f"{c.untranslated} 句的中文表述缺少依据，照录英文。"
    return {k: v for k, v in shown.items() if v}


def grounds(everything: Iterable[Brief]) -> dict[str, Ground]:
    """What each item may be cited for, in all of the stories that it leads."""
    found: dict[str, Ground] = {}
    for b in everything:
        known, own = found.get(b.item.id, Ground(())), gate.citable(b.item, b.evidence.texts, b.names)
        found[b.item.id] = Ground(tuple(dict.fromkeys((*known.passages, *own.passages))), known.links | own.links)
    return found


@dataclass
class _Desk:
    """One pass over an issue: what was quoted and refused so far."""

    grounds: Mapping[str, Ground]
    briefs: Mapping[str, Brief]
    editor: Editor
    refused: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    quoted: Counter[str] = field(default_factory=Counter)
    printed: set[Support] = field(default_factory=set)

    def checks(self) -> Checks:
        c = self.counts
        return Checks(
            c["checked"],
            c["refused"],
            c["rewritten"],
            c["replaced"],
            c["dropped"],
            c["fields"],
            c["warned"],
            c["untranslated"],
        )

    # ------------------------------------------------------------ sentences
    def keep(self, given: Sequence[Sentence], brief: Brief | None = None) -> tuple[Sentence, ...]:
        """The sentences that may be printed here, each with the supports that were found."""
        made = (self._sentence(s, brief) for s in given if not self._told(s))
        return tuple(self._note(s) for s in made if s is not None)

    def checked(self, sentence: Sentence) -> Sentence | None:
        """The sentence with the supports that were found; None, and counted, where it has none."""
        passed, _ = self._judged(sentence)
        return passed or self._count("dropped", None)

    def _sentence(self, sentence: Sentence, brief: Brief | None) -> Sentence | None:
        self.counts["checked"] += 1
        passed, reasons = self._judged(sentence)
        if passed:
            return passed
        self.counts["refused"] += 1
        self.refused.extend(f"{sentence.id}: {r}" for r in reasons)
        about = brief or next((self.briefs[c] for c in sentence.cites if c in self.briefs), None)
        rewritten = self.editor.rewrite(sentence, tuple(str(r) for r in reasons), about) if about else None
        if rewritten and (again := self._judged(rewritten)[0]) and not self._told(again):
            return self._count("rewritten", again)
        extract = self.editor.extract(brief, frozenset(self.printed)) if brief else None
        if extract and (again := self._judged(extract)[0]) and not self._told(again):
            return self._count("replaced", again)
        return self._count("dropped", None)

    def _count(self, name: str, made: Sentence | None) -> Sentence | None:
        self.counts[name] += 1
        return made

    def _judged(self, sentence: Sentence) -> tuple[Sentence | None, tuple[Refusal, ...]]:
        """The sentence if it may be printed. A translation that says more than its sources goes alone: the page then
        shows the sentence in the language it was written in."""
        verdict = gate.judge(sentence, self.grounds)
        first, *others = sentence.text
        if others and verdict.refusals and sentence.kind != "editor":
            verdict = gate.judge(replace(sentence, text={first: sentence.text[first]}), self.grounds)
            kept = {first: sentence.text[first]}
            for language in others if verdict.holds else ():
                alone = gate.judge(replace(sentence, text={language: sentence.text[language]}), self.grounds)
                if alone.holds:
                    kept[language] = sentence.text[language]
                else:
                    self.counts["untranslated"] += 1
                    self.refused.extend(f"{sentence.id}: {r}" for r in alone.refusals)
            sentence = replace(sentence, text=kept)
        if verdict.refusals and sentence.kind != "editor":
            return None, verdict.refusals
        if verdict.refusals:
            self.counts["warned"] += 1
            self.refused.extend(f"{sentence.id}: warning: {r}" for r in verdict.refusals)
        return replace(sentence, supports=tuple(dict.fromkeys((*sentence.supports, *verdict.supports)))), ()

    def _told(self, sentence: Sentence) -> bool:
        """Quoted already, or from a work of which enough is quoted."""
        if sentence.rule not in _QUOTING or not sentence.supports:
            return False
        number, most = self._quotes(sentence)
        return sentence.supports[0] in self.printed or self.quoted[self._work(sentence)] + number > max(most, number)

    def _quotes(self, sentence: Sentence) -> tuple[int, int]:
        """How many sentences it quotes, and how many its work may be quoted with."""
        brief = next((self.briefs[c] for c in sentence.cites if c in self.briefs), None)
        if brief and brief.item.entry.kind == "episode":
            return 1, MOMENTS
        return max(1, len(sentences(_slice(sentence, self.grounds)))), QUOTED

    def _work(self, sentence: Sentence) -> str:
        brief = next((self.briefs[c] for c in sentence.cites if c in self.briefs), None)
        return subject_of(brief.item) if brief else ""

    def _note(self, sentence: Sentence) -> Sentence:
        if sentence.rule in _QUOTING and sentence.supports:
            self.printed.add(sentence.supports[0])
            self.quoted[self._work(sentence)] += self._quotes(sentence)[0]
        return sentence

    # --------------------------------------------------------------- fields
    def pick(self, p: Pick) -> Pick:
        """A pick whose headline, figures, organisations and sentences stand in its item; an unsupported headline
        gives way to the item's title."""
        ground = self.grounds.get(p.lead_item_id, Ground(()))
        claims = tuple(c for c in p.claims if self._field("figure", c.metric, p, gate.claim(c, ground)))
        orgs = tuple(o for o in p.organisations if self._field("organisation", o.name, p, gate.organisation(o, ground)))
        headline = {
            language: text if self._field("headline", text, p, self._headed(p, language, text, ground)) else p.title
            for language, text in p.headline.items()
        }
        told = self.keep(p.sentences, self.briefs.get(p.lead_item_id))
        return replace(p, claims=claims, organisations=orgs, headline=headline, sentences=told)

    def illustration(self, given: Illustration | None) -> Illustration | None:
        """A figure whose caption stands in its paper."""
        caption = self.checked(given.caption) if given else None
        return replace(given, caption=caption) if given and caption else None

    def _headed(self, p: Pick, language: str, text: str, ground: Ground) -> grounding.Verdict:
        """A headline stands in its item, or is that of the article that tells the story in its language."""
        brief = self.briefs.get(p.lead_item_id)
        telling = brief.tellings.get(language) if brief else None
        if telling and text == telling.title:
            return grounding.supported(text, self.grounds.get(telling.item_id, Ground(())))
        return grounding.supported(text, ground)

    def _field(self, what: str, value: str, p: Pick, verdict: grounding.Verdict) -> bool:
        self.counts["checked"] += 1
        if verdict.holds:
            return True
        self.counts["fields"] += 1
        self.refused.extend(f"{what} of {p.lead_item_id}, {value[:60]}: {r}" for r in verdict.refusals)
        return False


def _slice(sentence: Sentence, known: Mapping[str, Ground]) -> str:
    """The quoted words in their source."""
    first = sentence.supports[0]
    for c in sentence.cites:
        for p in known[c].passages if c in known else ():
            if p.id == first.passage_id:
                return p.text[first.start : first.end]
    return ""
