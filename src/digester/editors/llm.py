"""The editor that asks a model, and is the embedded editor wherever it does not, may not or cannot.

It rates and reads what the embedded editor has judged first, and words what the embedded editor has composed: the
record, its counts, figures, links and order are never the model's. Everything that a model says is checked before it
is kept (answers, judging, reading, rewording); everything that is missing stays as the embedded editor made it, and is
marked so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from itertools import islice
from typing import ClassVar, Literal

from digester.analysis import houses
from digester.analysis.figures import numbers
from digester.domain.calls import Ask, Tally
from digester.domain.ids import digest
from digester.domain.issue import Sentence, Thread
from digester.domain.model import Rating, Reading, Support
from digester.domain.notes import PARTS, Note, Sections
from digester.domain.text import language_of, word_count
from digester.editors import (
    composing,
    episodes,
    grouping,
    heads,
    judging,
    notes,
    reading,
    rewording,
    translating,
)
from digester.editors.extractive import ExtractiveEditor
from digester.ports import Brief, Evidence, Model, Outline, Prompts, Told, Unit

LANGUAGE = {"en": "English", "zh": "Chinese"}
AHEAD = 40  # works
WORDS = {"long": 180, "medium": 100, "line": 28}  # of a paragraph; EDITORIAL, "The issues"
NEWS_WORDS = {"long": 140, "medium": 60, "line": 28}


class LlmEditor:
    name: ClassVar[str] = "llm"

    def __init__(self, embedded: ExtractiveEditor, model: Model, prompts: Prompts) -> None:
        self._embedded, self._model, self._prompts, self._glossary = embedded, model, prompts, embedded.glossary
        self._ahead: dict[str, tuple[Evidence, Reading]] = {}  # embedded readings that were made while the model rated
        self._plain: dict[str, Sentence] = {}  # what was worded in this run, as it was composed
        # other prompts, models or weights make other ratings and readings: new rows, the old ones stay
        self.version = f"1.{digest(prompts.mark, model.mark, embedded.version, size=6)}"

    @property
    def embedded(self) -> ExtractiveEditor:
        return self._embedded

    def tally(self) -> Tally:
        return self._model.tally()

    @property
    def _label(self) -> str:
        return f"{self.name}-{self.version}"

    # ------------------------------------------------------------- judge
    def rate(self, rubric: str, subjects: Iterable[Evidence], now: datetime) -> Iterator[Rating]:
        """While the model rates, the embedded editor reads what will be read next, by its own ratings."""
        asked = list(subjects)
        self._ahead.clear()

        def meanwhile(first: Sequence[Rating]) -> Iterator[None]:
            likely = (e for e, r in zip(asked, first, strict=True) if reading.wanted(e, r.rating))
            for e in islice(likely, AHEAD):
                self._ahead[e.item.id] = e, self._plainly(e, now)
                yield

        embedded = self._embedded.rate(rubric, asked, now)
        return judging.rate(self._model, self._ask_plain, rubric, asked, embedded, self._label, meanwhile)

    def _plainly(self, e: Evidence, now: datetime) -> Reading:
        """The embedded reading, which does not depend on the rating; that which was made ahead, if it is of the same."""
        known, made = self._ahead.get(e.item.id, (None, None))
        return made if made and known == e else next(iter(self._embedded.read([(e, 0)], now)))

    def read(self, subjects: Iterable[tuple[Evidence, int]], now: datetime) -> Iterator[Reading]:
        """While the model reads what is rated high, the embedded editor reads the rest."""
        asked = list(subjects)
        high = [(e, r) for e, r in asked if reading.wanted(e, r)]
        others = [(e, r) for e, r in asked if not reading.wanted(e, r)]
        rest: list[Reading] = []

        def meanwhile() -> Iterator[None]:
            for e, _ in others:
                rest.append(replace(self._plainly(e, now), editor=self._label))
                yield

        plain = partial(self._plainly, now=now)
        read = iter(reading.read(self._model, self._ask_styled, high, plain, self._label, meanwhile()))
        own = iter(rest)
        for e, r in asked:
            yield next(read) if reading.wanted(e, r) else next(own)

    # -------------------------------------------------------------- asks
    def _ask(self, task: str, units: Mapping[int, Unit], values: Mapping[str, str]) -> Ask:
        return self._prompts.ask(task, units.items(), values, self._model.marker)

    def _ask_plain(self, task: str, units: Mapping[int, Unit]) -> Ask:
        return self._ask(task, units, {})

    def _ask_styled(self, task: str, units: Mapping[int, Unit], language: str) -> Ask:
        return self._ask(task, units, {"style": self._prompts.style(language)})

    def _ask_worded(self, task: str, units: Mapping[int, Unit], language: str) -> Ask:
        return self._ask(task, units, {"style": self._prompts.style(language), "language": LANGUAGE[language]})

    def _reworded(self, task: str, told: Sequence[rewording.Part], outline: Outline) -> list[Sentence]:
        if not outline.briefs:
            return [s for _, s in told]  # nothing will be published
        self._plain |= {s.id: s for _, s in told}
        return rewording.reworded(self._model, self._ask_worded, task, told, outline.briefs, outline.languages)

    # ------------------------------------------------------------- write
    def headlines(self, briefs: Sequence[Brief], languages: Sequence[str] = ("en",)) -> Mapping[str, Mapping[str, str]]:
        """The reading's headline; for news in English that was not read one from a question about all of it; the
        embedded one else. For news in English also one in Chinese, where an issue has that language."""
        plain = self._embedded.headlines(briefs)
        own = {b.story.id: b.reading.headline for b in briefs if b.reading.headline}
        rest = [b for b in briefs if b.story.id not in own and b.item.entry.kind == "article"]
        rest = [b for b in rest if language_of(b.item.entry.title) == "en"]
        own |= self._headed(rest, {i: t["en"] for i, t in plain.items()}, "en")
        made = {i: {**texts, "en": own.get(i, texts["en"])} for i, texts in plain.items()}
        if "zh" in languages:
            news = [b for b in briefs if b.item.entry.kind == "article" and language_of(b.item.entry.title) == "en"]
            told = self._headed(news, {i: t["en"] for i, t in made.items()}, "zh")
            made |= {i: {**made[i], "zh": text} for i, text in told.items()}
        return made

    def _headed(self, briefs: Sequence[Brief], plain: Mapping[str, str], language: str) -> Mapping[str, str]:
        return heads.headlines(self._model, self._ask_worded, briefs, plain, language)

    def reason(self, brief: Brief) -> Mapping[str, str]:
        said, r = dict(self._embedded.reason(brief)), brief.rating
        if r.evidence_rating is None or brief.lowered or r.rating == r.evidence_rating:
            return said
        moved = {
            "en": f"{{}}; {r.evidence_rating} by its evidence alone",
            "zh": f"{{}}；仅按证据为 {r.evidence_rating} 分",
        }
        return {k: moved[k].format(v) if k in moved else v for k, v in said.items()}

    def keywords(self, brief: Brief) -> Mapping[str, str]:
        return self._embedded.keywords(brief)

    def term(self, text: str) -> Mapping[str, str]:
        return self._embedded.term(text)

    def write_pick(self, brief: Brief, length: Literal["long", "medium", "line"]) -> tuple[Sentence, ...]:
        """What the model read, behind the composed line of a paper; what else tells a story of news stays behind it."""
        own = self._embedded.write_pick(brief, length)
        if not brief.reading.summary:
            return own
        paper = brief.item.entry.kind == "paper"
        head = own[:1] if paper else ()
        tail = () if paper else tuple(s for s in own if s.kind == "derived")
        room = (WORDS if paper else NEWS_WORDS)[length] - sum(word_count(s.text["en"]) for s in (*head, *tail))
        return (*head, *_summary(brief, max(room, 1), head), *tail)

    def write_post(self, brief: Brief) -> tuple[Sentence, ...]:
        return self._embedded.write_post(brief)

    def group_posts(self, posts: Sequence[Brief]) -> Mapping[str, str]:
        return grouping.topics(self._model, self._ask_plain, posts, self._embedded.group_posts(posts))

    def digest_episode(self, brief: Brief) -> tuple[Sentence, ...]:
        own = self._embedded.digest_episode(brief)
        return episodes.digest(self._model, self._ask_styled, brief, own)

    def write_note(self, brief: Brief, language: str) -> Note | None:
        return self.write_notes([(brief, language)])[0]

    def write_notes(self, wanted: Sequence[tuple[Brief, str]]) -> Sequence[Note | None]:
        def ask(units: Mapping[int, Unit], language: str) -> Ask:
            values = {"style": self._prompts.style(language), "language": LANGUAGE[language]}
            return self._prompts.ask("note", units.items(), values, self._model.marker, rows=len(PARTS))

        plain = self._embedded.write_notes(wanted)
        own = [(b, language, p.sections if p else Sections()) for (b, language), p in zip(wanted, plain, strict=True)]
        made = notes.written(self._model, ask, own, self._glossary)
        topics = [self.term(name) if (name := notes.subject(b)) else {} for b, _ in wanted]
        return [notes.note(b, language, t, s) for (b, language), t, s in zip(wanted, topics, made, strict=True)]

    def write_threads(self, outline: Outline) -> tuple[Thread, ...]:
        plain = self._embedded.write_threads(outline)
        parts = [(f"thread {i}", s) for i, t in enumerate(plain, 1) for s in t.sentences]
        made = iter(self._reworded("threads", parts, outline))
        return tuple(replace(t, sentences=tuple(next(made) for _ in t.sentences)) for t in plain)

    def write_sections(self, groups: Sequence[tuple[str, tuple[Brief, ...]]], outline: Outline) -> tuple[Told, ...]:
        plain = self._embedded.write_sections(groups, outline)
        parts = [
            (f"opener of {name or 'the rest'}", s) for (name, _), told in zip(groups, plain, strict=True) for s in told
        ]
        made = iter(self._reworded("section", parts, outline))
        return tuple(tuple(next(made) for _ in told) for told in plain)

    def write_weekly(self, outline: Outline) -> tuple[Told, Told, Told]:
        plain = self._embedded.write_weekly(outline)
        named = zip(("overview", "takeaway", "what to watch"), plain, strict=True)
        made = iter(self._reworded("weekly", [(part, s) for part, told in named for s in told], outline))
        overview, takeaways, watch = (tuple(next(made) for _ in told) for told in plain)
        return overview, takeaways, watch

    def write_daily(self, outline: Outline) -> tuple[Sentence, ...]:
        plain = self._embedded.write_daily(outline)
        return tuple(self._reworded("weekly", [("lead", s) for s in plain], outline))

    def translate(self, sentences: Sequence[Sentence], language: str, briefs: Sequence[Brief]) -> Mapping[str, str]:
        names = sorted({o.name for b in briefs for o in b.reading.organisations})
        known = {n: z for n in names if (z := houses.chinese_name(n)) != n}

        def ask(units: Mapping[int, Unit]) -> Ask:
            terms = translating.terms(units, self._glossary, known)
            return self._ask("translate", units, {"style": self._prompts.style(language), "terms": terms})

        return translating.translated(self._model, ask, sentences, language, briefs)

    def rewrite(self, sentence: Sentence, refusals: tuple[str, ...], brief: Brief) -> Sentence | None:
        """As the embedded editor does: what a model wrote was sent back before it came here."""
        return self._embedded.rewrite(sentence, refusals, brief)

    def plain(self, sentence: Sentence) -> Sentence | None:
        if sentence.rule == reading.RULE:
            return None
        return self._plain.get(sentence.id, sentence)

    def extract(self, brief: Brief, printed: frozenset[Support]) -> Sentence | None:
        return self._embedded.extract(brief, printed)


def _summary(brief: Brief, room: int, head: Sequence[Sentence]) -> Iterator[Sentence]:
    """Sentences of the reading while there is room (words), at least one; not those whose figures the head has told."""
    told = frozenset().union(*(numbers(s.text["en"]) for s in head))
    fresh = [t for t in brief.reading.summary if not (own := numbers(t)) or not own <= told] or brief.reading.summary[
        :1
    ]
    for n, text in enumerate(fresh):
        room -= word_count(text)
        if n and room < 0:
            return
        yield composing.sentence("report", {language_of(text): text, "en": text}, [brief.item.id], (), reading.RULE)
