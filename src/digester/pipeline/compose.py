"""compose: stories | select | write | gate | census and coverage | one frozen record.

Everything printed passes the gate; what fails is dropped and counted. Too little to say is an answer of
its own: an issue is never empty and never padded.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from digester.analysis import scope
from digester.analysis.metrics import published
from digester.domain.entries import subject_of
from digester.domain.errors import NothingToPublish
from digester.domain.ids import issue_id
from digester.domain.issue import Coverage, Issue, IssueKind, Pick, Row, Sentence, Text, Window
from digester.domain.model import Claim, FullText, Item, Link, Story
from digester.domain.sources import Source
from digester.domain.text import one_line, plain
from digester.domain.urls import host_of
from digester.pipeline import excerpts, material
from digester.pipeline.draft import Draft
from digester.pipeline.gate import Gated, refused
from digester.ports import Brief, Editor, Evidence, Store

SUMMARY = 280
BOARDS = (
    ".ycombinator.com",
    ".lobste.rs",
    ".reddit.com",
    ".tildes.net",
    ".slashdot.org",
    ".producthunt.com",
    ".v2ex.com",
    ".linux.do",
)  # what is posted there is said there
TOLD = timedelta(days=14)
REFUSED, FEW = 0.2, 5  # an issue with a larger share of its sentences refused, and more than a few, is refused
METHOD = {
    "extractive": {
        "en": "Machine-selected and composed of extracts and patterns; no language model was used. Quotations are verbatim, "
        "figures are bound to sentences of the cited texts, and counts are computed from the issue's own records.",
        "zh": "由程序选取，用原文摘录和固定句式写成，未使用语言模型。引文逐字照录，数字均对应所引文本中的句子，统计由本期记录算出。",
    },
    "llm": {
        "en": "Selected by program; rated, summarised and worded with a language model, and checked by program: every figure, "
        "name and quotation is bound to a sentence of the cited texts, and counts are computed from the issue's own records.",
        "zh": "由程序选取，借助语言模型评分、摘要和行文，再由程序核对：数字、名称和引文均对应所引文本中的句子，统计由本期记录算出。",
    },
}
UNKNOWN = {
    "en": "Announced: unknown for {0} of {1} lists; the counts cover the others.",
    "zh": "{1} 个列表中有 {0} 个公布数未知；统计只含其余列表。",
}


@dataclass(frozen=True)
class Desk:
    """What composing works with: values only, read once from the store."""

    kind: IssueKind
    period: str
    window: Window
    editor: Editor
    sources: Mapping[str, Source]
    items: Mapping[str, Item]
    late: frozenset[str]
    told: Mapping[str, str]
    now: datetime
    earlier: tuple[Issue, ...] = ()  # frozen issues of the kind whose windows end before this one's

    @property
    def recent(self) -> tuple[Issue, ...]:
        """The issues of the time in which a story is not told twice."""
        return tuple(i for i in self.earlier if i.window.end >= self.window.end - TOLD)

    def name(self, item: Item) -> str:
        """What its source is called; of what a link board points at, the site that says it: the board only names it."""
        source = self.sources.get(item.source_id)
        site = host_of(item.entry.url)
        if (
            source
            and "community" in source.tags
            and item.entry.kind == "article"
            and site
            and not f".{site}".endswith(BOARDS)
        ):
            return site
        return source.name if source else item.source_id

    def corner(self, text: str) -> str:
        """The section that the kind asks for of whose topics a text speaks most, by its English heading; of equals the
        first; "" where it speaks of none."""
        hits = [(len(scope.mentions(c.topics, text)), c.heading["en"]) for c in self.kind.corners]
        most = max((n for n, _ in hits), default=0)
        return next(name for n, name in hits if n == most) if most else ""

    def heading(self, name: str) -> Text | None:
        """The heading of such a section; None for a theme that was found."""
        return next((c.heading for c in self.kind.corners if c.heading["en"] == name), None)

    def evidence(self, item: Item, full_text: FullText | None = None) -> Evidence:
        """What is known of an item now; its hash says which rating and reading are of exactly this."""
        return material.evidence(item, full_text, self.sources.get(item.source_id), self.kind, self.editor)


def briefs(desk: Desk, store: Store, stories: Sequence[Story]) -> list[Brief]:
    """Stories with rating and reading of their lead; stories that nobody could read are left out."""
    leads = [desk.items[s.lead_item_id] for s in stories]
    subjects = [subject_of(i) for i in leads]
    texts, ratings, readings = (
        store.full_texts(subjects),
        store.ratings(subjects, desk.kind.rubric),
        store.readings(subjects),
    )
    found = []
    for story, item, subject in zip(stories, leads, subjects, strict=True):
        evidence = desk.evidence(item, texts.get(subject))
        rating = material.current(ratings.get(subject, ()), evidence.input_hash, desk.editor)
        reading = material.exact(readings.get(subject, ()), evidence.input_hash, desk.editor)
        if rating is not None and reading is not None:
            also = tuple(_also(desk, desk.items[i]) for i in story.item_ids if i not in (item.id, *story.duplicates))
            late = any(i in desk.late for i in story.item_ids)
            found.append(Brief(story, evidence, rating, reading, desk.name(item), also, late=late))
    return found


def unread(desk: Desk, store: Store, stories: Sequence[Story]) -> int:
    """Works that were judged in scope and rated 3 or more, and of whose text there is no reading."""
    leads = {subject_of(desk.items[s.lead_item_id]) for s in stories}
    ratings, readings = store.ratings(leads, desk.kind.rubric), store.readings(leads)
    worth = [subject for subject, rs in ratings.items() if rs and rs[-1].in_scope and rs[-1].rating >= 3]
    return sum(not readings.get(subject) for subject in worth)


def _also(desk: Desk, item: Item) -> tuple[str, str, str]:
    return desk.name(item), item.id, item.entry.url


def few_fives(kept: Sequence[Brief], allowed: int) -> list[Brief]:
    """A 5 is rare (EDITORIAL: a quarter of a weekly, two a day): beyond `allowed`, those with the least evidence
    print as 4, and their reason says so (`Brief.lowered`). What is stored stays."""
    fives = sorted((b for b in kept if b.rating.rating == 5), key=lambda b: (-_strength(b), b.story.id))
    surplus = {b.story.id for b in fives[allowed:]}
    return [replace(b, rating=replace(b.rating, rating=4), lowered=True) if b.story.id in surplus else b for b in kept]


def _strength(b: Brief) -> float:
    """How much evidence stands behind a story: significant figures and their scope, users, who tells it too."""
    live = [c for c in published(b.reading.claims) if c.hedge != "not significant"]
    told = len({name for name, _, _ in b.also}) + 0.1 * sum(b.rating.features.values())
    return len(live) + 2 * ("scale" in b.rating.features) + 0.5 * sum(c.scope is not None for c in live) + told


def pick(desk: Desk, brief: Brief, sentences: Sequence[Sentence], headlines: Mapping[str, Text]) -> Pick:
    entry = brief.item.entry
    own = {f"keywords.{language}": text for language, text in desk.editor.keywords(brief).items()}
    if entry.kind == "paper":
        version = str(entry.version or "")
        own = {"system": brief.reading.system, "evidence": _rests_on(brief), "version": version}
    return Pick(
        brief.story.id, subject_of(brief.item), brief.item.id, entry.kind, entry.title, entry.url, brief.source, entry.authors,
        brief.rating.rating, desk.editor.reason(brief), brief.rating.level, headlines[brief.story.id], tuple(sentences),
        brief.reading.organisations, _claims(brief), _links(brief), brief.signals, {**brief.facts, **{k: v for k, v in own.items() if v}},
        entry.language or "en", entry.published_at, entry.announced_at, brief.late, brief.told, brief.new,
    )  # fmt: skip


def _rests_on(brief: Brief) -> str:
    """The evidence level of a paper without a printed figure, from the features of its rating."""
    features = brief.rating.features
    return "online_ab" if "online_test" in features else "deployed" if "deployed" in features else "offline"


def _claims(brief: Brief) -> tuple[Claim, ...]:
    """At most six figures; for papers without any from live traffic, none are shown."""
    return tuple(published(brief.reading.claims)[:6])


def _links(brief: Brief) -> tuple[Link, ...]:
    """Where else the story is told; addresses come from items, never from prose."""
    own = [Link(url, name) for name, _, url in brief.also]
    return tuple({link.url: link for link in own}.values())[:8]


def _nothing(kind: IssueKind, period: str, left: Mapping[str, int], coverage: Coverage) -> NothingToPublish:
    """Why there is no issue: what was left out by reason, and what did not answer, so that a bad day is no quiet one."""
    why = ", ".join(f"{n} {reason}" for reason, n in sorted(left.items(), key=lambda pair: (-pair[1], pair[0])))
    said = [f"left out: {why}"] if why else ["no item in its window"]
    if silent := len(coverage.failed):
        said.append(f"{silent} of {coverage.sources} sources did not answer, see `digester status`")
    hint = f"`digester items list --issue {kind.slug} --date {period} --left-out` names them" if why else ""
    if {"not judged", "not read"} & set(left):
        which = f"{kind.slug} --date {period}"
        hint = f"`digester screen {which}`, then `digester assess {which}` judge what is not judged yet"
    told = f"{kind.slug} {period}: nothing to publish; {'; '.join(said)}"
    return NothingToPublish(told, subject=issue_id(kind.slug, period), hint=hint)


# ---------------------------------------------------------------- the record
def issue(desk: Desk, gated: Gated, coverage: Coverage, notices: Sequence[Text], languages: Sequence[str]) -> Issue:
    """The record, still a draft, in these languages. Raises NothingToPublish when nothing was selected."""
    draft, kind = gated.draft, desk.kind
    if not draft.census.published:
        raise _nothing(kind, desk.period, draft.census.left_out, coverage)
    notes = [*notices]
    if unknown := sum(b.announced is None for b in coverage.batches):
        notes.append({k: v.format(unknown, len(coverage.batches)) for k, v in UNKNOWN.items()})
    if told := refused(gated.checks):
        notes.append(told)
    printed = [p for s in draft.sections for p in s.picks]  # the gate may have left a company out
    census = replace(draft.census, industrial=sum(any(o.kind == "industry" for o in p.organisations) for p in printed))
    return Issue(
        issue_id(kind.slug, desk.period), kind.slug, desk.period, 0, "draft",
        {k: v.format(period=desk.period) for k, v in kind.titles.items()}, {k: v.format(period=desk.period) for k, v in kind.slugs.items()},
        kind.tags, kind.categories, {language: _summary(draft, language, kind.papers) for language in languages}, desk.window,
        census, coverage, draft.overview, draft.takeaways, draft.threads, draft.sections, _rows(draft), draft.watch,
        tuple(notes), METHOD[desk.editor.name], f"{desk.editor.name}-{desk.editor.version}", desk.now, tuple(languages),
        checks=gated.checks, read=_read(gated), terms=_terms(desk, draft), excerpts=excerpts.of(draft, gated.grounds, gated.everything),
        left_out=draft.left_out, layout=_layout(kind),
    )  # fmt: skip


def _layout(kind: IssueKind) -> Literal["", "cards", "signed"]:
    """A daily of papers is a list of cards, with signs unless they are turned off."""
    if not kind.papers or kind.cadence != "daily":
        return ""
    return "signed" if kind.emoji else "cards"


def _summary(draft: Draft, language: str, papers: bool) -> str:
    """The lead and the first sentence of each thread, as many whole ones as fit; without them the first title. Only a first
    one that is too long by itself is cut, at a word. What names a week of news stands alone; how ratings were lowered is for
    who reads the page."""
    openings = [t.sentences[0] for t in draft.threads if t.sentences]
    overview = [s for s in draft.overview if s.rule != "computed:lowered"]
    told = (*overview, *openings) if papers or not openings else overview[:1]
    told = told or draft.takeaways
    said = [plain(s.text.get(language, s.text["en"])) for s in told] or [plain(draft.sections[0].picks[0].title)]
    space = "" if language == "zh" else " "
    text, *others = said
    for sentence in others:
        if len(text) + len(space) + len(sentence) > SUMMARY:
            break
        text += space + sentence
    return one_line(text, SUMMARY)


def _terms(desk: Desk, draft: Draft) -> dict[str, Text]:
    """Fields that stand in the record once and are printed in several languages: measures, organisations, and the two
    ends of a thread. Only where a language has another word."""
    picks = [p for s in draft.sections for p in s.picks]
    found = {word for p in picks for c in p.claims for word in (c.metric, c.scope) if word} | {
        o.name for p in picks for o in p.organisations
    }
    found |= {phrase for t in draft.threads for phrase in (t.from_, t.to) if phrase}
    named = {word: desk.editor.term(word) for word in sorted(found)}
    return {word: text for word, text in named.items() if any(t != word for t in text.values())}


def _read(gated: Gated) -> dict[str, tuple[str, ...]]:
    """The passages behind every item that the issue cites, so that it can be verified from what is stored."""
    cited = {c for s in excerpts.sentences_of(gated.draft) for c in s.cites}
    cited |= {p.lead_item_id for s in gated.draft.sections for p in s.picks}
    return {i: tuple(p.id for p in gated.grounds[i].passages) for i in sorted(cited) if i in gated.grounds}


def _rows(draft: Draft) -> tuple[Row, ...]:
    rows = [
        Row(p.work, p.title, p.url, p.rating, tuple(o.name for o in p.organisations), _evidence(p), s.slug, p.announced_at)
        for s in draft.sections for p in s.picks if p.kind == "paper"
    ]  # fmt: skip
    return tuple(sorted(rows, key=lambda r: (-r.rating, r.title.casefold())))


def _evidence(p: Pick) -> str:
    """The strongest evidence among a paper's printed figures, else the one its rating rests on."""
    order = ("online_ab", "deployed", "simulated", "offline", "stated")
    return min((c.evidence for c in p.claims), key=order.index, default=p.facts.get("evidence", "offline"))


def weak(record: Issue, kind: IssueKind, unread: int) -> list[str]:
    """Why an issue must not go out as it is: too few stories, too much refused, an editor who did not read.

    `unread` are works that were judged worth reading and have no reading."""
    told, c = record.census.published, record.checks
    found = (
        [f"{told} {'story' if told == 1 else 'stories'}, at least {kind.minimum} are needed"]
        if told < kind.minimum
        else []
    )
    if c.refused > max(FEW, c.checked * REFUSED):
        found.append(f"{c.refused} of {c.checked} checked sentences were refused, their sources did not support them")
    if unread > told:
        found.append(f"the editor read {told} works and did not answer for {unread}")
    return found
