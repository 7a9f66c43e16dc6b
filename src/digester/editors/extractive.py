"""The embedded editor: transparent ratings, verbatim quotations and composed sentences. No model, no key.

Everything it prints is a slice of a stored passage, a field of a record, or a count. What it cannot say
with those it does not say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import ClassVar, Literal

from digester.analysis import claims as claim_rules
from digester.analysis import (
    metrics,
    names,
    news_subjects,
    phrases,
    promotion,
    rating,
    rating_news,
    roles,
    salience,
    scope,
    scope_ai,
)
from digester.analysis.glossary import Glossary
from digester.analysis.rating_weights import Weights
from digester.analysis.system_names import system_of
from digester.analysis.tokens import sentences
from digester.domain.calls import Tally
from digester.domain.entries import subject_of
from digester.domain.issue import Sentence, Thread
from digester.domain.model import Claim, Organisation, Passage, Quotation, Rating, Reading, Support
from digester.domain.notes import Note
from digester.domain.urls import host_of
from digester.editors import (
    composing,
    conclusions,
    news_reading,
    news_writing,
    notes,
    posts,
    storylines,
    watching,
    weekly_news,
    writing,
)
from digester.editors.chinese import Chinese
from digester.editors.voice import Voice, each
from digester.ports import Brief, Evidence, Outline, Told

PAPERS = frozenset({"arxiv.org", "export.arxiv.org"})


class ExtractiveEditor:
    name: ClassVar[str] = "extractive"

    def __init__(self, voices: Sequence[Voice], weights: Weights, model: salience.Model | None = None) -> None:
        """Without a model LexRank decides between sentences of equal right."""
        self._voices, self._weights, self._model = tuple(voices), weights, model
        # other weights make other ratings and readings: new rows, the old ones stay
        self.version = f"7.{weights.mark}.{model.mark if model else 'lexrank'}"

    @property
    def embedded(self) -> ExtractiveEditor:
        return self

    @property
    def glossary(self) -> Glossary:
        """By which its Chinese voice names things; an empty one without that voice."""
        return next((v.glossary for v in self._voices if isinstance(v, Chinese)), Glossary({}, {}, {}, {}, {}))

    def tally(self) -> Tally:
        return Tally()

    # ------------------------------------------------------------- judge
    def rate(self, rubric: str, subjects: Iterable[Evidence], now: datetime) -> Iterator[Rating]:
        for e in subjects:
            judged = self._judge(rubric, e)
            yield Rating(
                subject_of(e.item), e.input_hash, rubric, f"{self.name}-{self.version}", e.level, now, judged.rating,
                judged.reason, judged.in_scope, judged.features, judged.supports,
            )  # fmt: skip

    def _judge(self, rubric: str, e: Evidence) -> rating.Judgement:
        entry = e.item.entry
        if rubric.partition(":")[0] == rating.RECSYS:
            if entry.kind != "paper":
                return rating.Judgement(1, "not a paper", False)
            return rating.judge_paper(
                entry.title, e.passages, _organisations(e), entry.comment, self._weights, topics=e.topics
            )
        if e.topics and not (found := scope.about(e.topics, entry.title, entry.text)).inside:
            return rating.Judgement(1, found.reason, False)
        if not e.topics and not e.primary and not (said := _subject(e)).inside:
            return rating.Judgement(1, said.reason, False)
        return rating_news.judge_news(
            entry.title,
            e.passages[-1],
            primary=e.primary,
            newsletter=e.newsletter,
            post=entry.kind == "post",
            paper=host_of(entry.url) in PAPERS,
        )

    def read(self, subjects: Iterable[tuple[Evidence, int]], now: datetime) -> Iterator[Reading]:
        for e, _ in subjects:
            entry = e.item.entry
            houses = _organisations(e) if entry.kind == "paper" else ()
            system = system_of(entry.title, e.passages[0].text) if entry.kind == "paper" else ""
            quotations = (
                _paper_quotations(e, self._model, system) if entry.kind == "paper" else news_reading.quotations(e)
            )
            yield Reading(
                subject_of(e.item), e.input_hash, f"{self.name}-{self.version}", entry.language or "en",
                system, quotations, houses, _claims(e, houses) if entry.kind == "paper" else (),
                tuple(sorted(phrases.candidates(e.passages[0].text)))[:60],
            )  # fmt: skip

    # ------------------------------------------------------------- write
    def headlines(self, briefs: Sequence[Brief], languages: Sequence[str] = ("en",)) -> Mapping[str, Mapping[str, str]]:
        return {b.story.id: each(self._voices, lambda v, b=b: v.headline(b)) for b in briefs}  # type: ignore[misc]

    def reason(self, brief: Brief) -> Mapping[str, str]:
        return each(self._voices, lambda v: v.reason(brief))

    def keywords(self, brief: Brief) -> Mapping[str, str]:
        return {language: told for language, told in each(self._voices, lambda v: v.keywords(brief)).items() if told}

    def term(self, text: str) -> Mapping[str, str]:
        return each(self._voices, lambda v: v.term(text))

    def write_pick(self, brief: Brief, length: Literal["long", "medium", "line"]) -> tuple[Sentence, ...]:
        if brief.item.entry.kind == "paper":
            return composing.paper(self._voices, brief, length)
        return news_writing.news(self._voices, brief, length)

    def write_post(self, brief: Brief) -> tuple[Sentence, ...]:
        return posts.post(brief)

    def digest_episode(self, brief: Brief) -> tuple[Sentence, ...]:
        return composing.episode(brief)

    def write_note(self, brief: Brief, language: str) -> Note | None:
        topics = self.term(name) if (name := notes.subject(brief)) else {}
        return notes.note(brief, language, topics, notes.plain_sections(self._voices, brief, language))

    def write_notes(self, wanted: Sequence[tuple[Brief, str]]) -> Sequence[Note | None]:
        return [self.write_note(brief, language) for brief, language in wanted]

    def write_threads(self, outline: Outline) -> tuple[Thread, ...]:
        if outline.form == "news":
            return weekly_news.narratives(self._voices, outline)
        return writing.threads(self._voices, outline)

    def write_sections(self, groups: Sequence[tuple[str, tuple[Brief, ...]]], outline: Outline) -> tuple[Told, ...]:
        if outline.form == "news":
            news = weekly_news.section
            return tuple(news(self._voices, name, briefs, outline.period, i) for i, (name, briefs) in enumerate(groups))
        told = storylines.quoted(self._voices, outline)
        return tuple(
            writing.section(self._voices, name, briefs, outline.period, i, told, alone=len(groups) == 1)
            for i, (name, briefs) in enumerate(groups)
        )

    def write_weekly(self, outline: Outline) -> tuple[tuple[Sentence, ...], tuple[Sentence, ...], tuple[Sentence, ...]]:
        if outline.form == "news":
            return weekly_news.overview(self._voices, outline), (), ()
        takeaways = writing.takeaways(self._voices, outline)
        if outline.cadence == "daily":
            return (), takeaways, ()
        return writing.overview(self._voices, outline), takeaways, watching.watch(self._voices, outline)

    def group_posts(self, posts: Sequence[Brief]) -> Mapping[str, str]:
        named = ((b.item.id, news_subjects.subject(b.evidence.passages[0].text)) for b in posts)
        return {i: topic for i, topic in named if topic}

    def translate(self, sentences: Sequence[Sentence], language: str, briefs: Sequence[Brief]) -> Mapping[str, str]:
        """Nothing: what no pattern says in a language stays in that of its source."""
        return {}

    def rewrite(self, sentence: Sentence, refusals: tuple[str, ...], brief: Brief) -> Sentence | None:
        """The end of a thread without its figures; None for others: they would come out the same again."""
        return conclusions.without_figures(self._voices, sentence)

    def plain(self, sentence: Sentence) -> Sentence | None:
        return sentence

    def extract(self, brief: Brief, printed: frozenset[Support]) -> Sentence | None:
        return composing.extract(brief, printed)

    def write_daily(self, outline: Outline) -> tuple[Sentence, ...]:
        return writing.daily(self._voices, outline)


def _organisations(e: Evidence) -> tuple[Organisation, ...]:
    block = e.full_text.author_block if e.full_text else ()
    system = system_of(e.item.entry.title, e.passages[0].text)
    passages = _readable(e)
    stated = [o for o in names.in_text(passages[:1]) if o.name != system]
    return names.merged(stated, names.confirmed(names.in_author_block(block, e.author_passage), passages))


def _subject(e: Evidence) -> scope.Scope:
    """Of news from a source that tells of others, and of posts: whether it is about AI."""
    if e.item.entry.kind == "post":
        return scope_ai.touches_ai(e.passages[0].text[: scope_ai.LEAD])
    text = " ".join(p.text[: scope_ai.LEAD] for p in e.passages)
    return scope_ai.about_ai(e.item.entry.title, text, e.general)


def _claims(e: Evidence, houses: Sequence[Organisation]) -> tuple[Claim, ...]:
    """The figures of a paper, whose house stands beside them."""
    names = [o.name for o in houses]
    return tuple(metrics.without_house(c, names) for c, _ in claim_rules.claims_of(_readable(e)))


def _readable(e: Evidence) -> tuple[Passage, ...]:
    """The passages without what promotes: neither a figure nor an organisation comes from there."""
    return promotion.readable(e.item.entry.title, e.passages)


def _paper_quotations(e: Evidence, model: salience.Model | None, system: str) -> tuple[Quotation, ...]:
    """Two mechanisms, the result, the problem; with a model the first is the sentence that tells most."""
    abstract = e.passages[:1]
    start = len(e.item.entry.title) + 2
    spans = sentences(e.passages[0].text)
    skip = frozenset(s for s in spans if s[0] < start)
    worth = _worth(abstract[0], [s for s in spans if s not in skip], model, e.item.entry.title)
    told = roles.telling(abstract[0], worth, system)
    found: list[Quotation] = [told] if told else []
    for role in ("mechanism", "result", "problem") if told else ("problem", "mechanism", "result", "mechanism"):
        used = frozenset((q.support.start, q.support.end) for q in found)
        taken = skip | {s for s in spans if any(s[0] <= a and b <= s[1] for a, b in used)}
        q = roles.pick(role, abstract, taken, system=system)
        if q:
            found.append(q)
    found.sort(key=lambda q: q.role == "problem")
    if e.full_text and e.full_text.outcome == "ok":
        online = [p for p in e.passages[1:] if re.search(r"A/B|\bonline\b|deploy", p.text, re.IGNORECASE)]
        if q := roles.pick("result", online, floor=3.5):
            found.append(q)
    return tuple(found)


def _worth(
    passage: Passage, spans: Sequence[roles.Span], model: salience.Model | None, title: str
) -> dict[roles.Span, float]:
    if model is None:
        return {}
    return dict(zip(spans, salience.scores([passage.text[a:b] for a, b in spans], model, title), strict=True))
