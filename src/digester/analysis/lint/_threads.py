"""Threads and overview: the checklist, item by item. 1 to 5 are hard, 6 to 8 advice.

Not checked: whether X and Y are noun phrases that stand in two papers each (1; the gate holds the sentence that says so
against the papers, here it must exist and cite two), whether a person would search for the name (2), whether what stands
first is a problem where it is told without the usual words, and whether the hedge is the right one (3), whether the relation
is well named (4; joints that name none are banned), whether a conclusion could be wrong and says where it does not hold (5),
and whether what is said to have changed has (6).
Organisations: that two stand behind a thread is violated when two papers or more name one and all the same; where fewer
papers name any, it is advice, since abstracts often name none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from digester.analysis import houses, metrics
from digester.analysis.figures import read
from digester.analysis.lint._figures import READ, results
from digester.analysis.lint._lines import Line, Violation, resolve, without_names
from digester.analysis.lint._organisations import leading, mentions
from digester.analysis.tokens import STOP, words
from digester.domain.issue import Issue, Pick, Sentence, Thread
from digester.domain.text import word_count

PHRASE, PAPERS, SYNTHESIS, NAMED = 6, (2, 4), 1 / 3, 3
_SUMMED = ("overview", "thread", "takeaway", "watch")
_PROBLEM = re.compile(
    r"\b(?:existing|conventional|traditional|current|today's|prior|suffer\w*|limit\w*|problem\w*|bottleneck\w*|gap|cannot|can not|fail\w*|"
    r"struggl\w*|lack\w*|costly|expensive|slow|mismatch\w*|ignor\w+|truncat\w+|wast\w+|challeng\w+|drift\w*|stale|discard\w*|lose|loses)\b|"
    "现有|传统|受限|瓶颈|问题|难以|不足|缺|无法|浪费|截断|昂贵|滞后",
    re.IGNORECASE,
)
_COMPUTED = ("computed:shared_phrases", "computed:shared_problem")
_SAID = "is|they|share|have|in|common|behind|them|as|their|titles|and|abstracts|put|it|the|same|all"
_DEVELOPMENT = re.compile(
    r"\bnew\b|\bfirst\b|\bsince\b|\bsuccessor|\bpredecessor|\bearlier\b|\bprevious\b|\bnot (?:seen|told) before\b|\d{4}-W\d\d|"
    "新线索|首次|此前|上一期|上期|延续|新出现",
    re.IGNORECASE,
)
_JOINING = frozenset(
    re.findall(r"\w+", "a an of in on for to with and or by from at as that which is are was were be we it they this")
)
_EMPTY = frozenset(  # words that tell what came out and how that is known, not how a system works
    re.findall(
        r"\w+",
        "report reports reported reporting show shows measure measures gain gains lift lifts account author "
        "authors text read here bound figure figures online offline deployed tested test tests evidence live "
        "traffic stated production users according data set size industrial available results result further also "
        "paper papers work system model method ",
    )
)


def check(issue: Issue, told: Sequence[Line], language: str, recent: Sequence[Issue]) -> Iterator[Violation]:
    seen: dict[str, int] = {}
    for n, thread in enumerate(issue.threads, 1):
        own = [line for line in told if line.paragraph == f"thread {n}"]
        at = _Place(language, f"thread {n}", thread)
        picks = resolve(thread.picks, issue)
        if not any(p.kind == "paper" for p in picks):
            yield from _narrative(at, own, picks, n == len(issue.threads))
            continue
        yield from _move(at, issue)
        yield from _papers(at, picks, seen, n)
        yield from _problem(at, own, picks)
        for pick in picks:
            yield from _member(at, pick, own)
        yield from _conclusion(at, own, picks)
        yield from _development(at, own, recent)
    yield from _overview(issue, told, language)


class _Place:
    """A thread in a language, and how its violations are written."""

    def __init__(self, language: str, where: str, thread: Thread) -> None:
        self.language, self.where, self.thread = language, where, thread

    def violation(self, check: str, words: str, reason: str, hard: bool = True) -> Violation:
        return Violation(check, hard, self.language, self.where, words[:80], reason)


# ------------------------------------------------------------ news: narratives
def _narrative(at: _Place, own: Sequence[Line], picks: Sequence[Pick], last: bool) -> Iterator[Violation]:
    """Three named stories, a computed count or range, a conclusion; what fits no narrative stands last and has none."""
    if last and at.thread.name.get(at.language) and not any(line.kind == "synthesis" for line in own):
        return
    named = [p for p in picks if any(without_names(line.text, [p]) != line.text for line in own)]
    if len(named) < NAMED:
        yield at.violation("narrative-items", str(len(named)), f"a narrative names {NAMED} stories")
    if not any(line.kind == "derived" and read(line.own) for line in own):
        yield at.violation("narrative-count", own[0].text if own else "", "a narrative has a computed count or range")
    yield from _conclusion(at, own, picks)


# -------------------------------------------------------------- 1: from X to Y
def _move(at: _Place, issue: Issue) -> Iterator[Violation]:
    x, y = at.thread.from_, at.thread.to
    if not at.thread.name.get(at.language):
        yield at.violation("thread-move", at.thread.id, "a thread has a name")
    if not (x or y):
        return
    if not (x and y) or x.casefold() == y.casefold():
        yield at.violation("thread-move", f"{x} / {y}", "from X to Y has two ends")
        return
    for phrase in (x, y):
        if _length(phrase) > PHRASE:
            yield at.violation("thread-move", phrase, f"more than {PHRASE} words")
        ends = phrase.lower().split()
        if ends and ({ends[0], ends[-1]} & _JOINING or ends[0].isdigit()):
            yield at.violation("thread-move", phrase, "not a noun phrase")
    told = [s for s in at.thread.sentences if s.kind == "derived" and {x, y} <= set(s.inputs.values())]
    if not any(len(resolve(s.cites, issue)) >= PAPERS[0] for s in told):
        yield at.violation("thread-move", f"{x} / {y}", "no computed sentence says it of two papers")


def _length(phrase: str) -> int:
    """Words; three Han characters are about one."""
    return len(phrase.split()) if phrase.isascii() else -(-word_count(phrase) // 3)


# ------------------------------------------------------------------ 2: papers
def _papers(at: _Place, picks: Sequence[Pick], seen: dict[str, int], n: int) -> Iterator[Violation]:
    if not PAPERS[0] <= len(picks) <= PAPERS[1]:
        yield at.violation("thread-papers", str(len(picks)), "two to four papers")
    if picks and max(p.rating for p in picks) < 4:
        yield at.violation("thread-papers", str(max(p.rating for p in picks)), "one is rated 4 or more")
    for p in picks:
        if seen.setdefault(p.story_id, n) != n:
            yield at.violation("thread-papers", p.title, f"is in thread {seen[p.story_id]} too")
    named = [leading(p) for p in picks if leading(p)]
    different: list[str] = []
    for name in named:
        if not any(houses.same_house(name, other) for other in different):
            different.append(name)
    if len(different) < 2:
        sure = len(named) >= 2
        yield at.violation(
            "thread-organisations", ", ".join(different) or "none named", "two organisations or more", sure
        )


# ----------------------------------------------------------------- 3: members
def _problem(at: _Place, own: Sequence[Line], picks: Sequence[Pick]) -> Iterator[Violation]:
    """The shared problem stands before the first paper: in words that state one, or without the name of a paper. The
    theme's name is none."""
    for line in own:
        if _is_theme(line, at.thread.name.get(at.language, "")):
            yield at.violation("thread-problem", line.text, "the theme's name is no problem")
            return
    for line in own:
        if _states_problem(line):
            return
        if line.kind != "derived":
            if line.kind != "synthesis" and not _names_one(line, picks):
                return
            break
    yield at.violation("thread-problem", own[0].text if own else "", "first the shared problem")


def _is_theme(line: Line, name: str) -> bool:
    """True where the name of the theme stands in the place of the problem."""
    if not name or not re.search(re.escape(name), line.own, re.IGNORECASE):
        return False
    theme = re.escape(name).replace("\\ ", r"\s?")
    return bool(
        re.search(rf"\b(?:problem|bottleneck)s?\b(?:,? (?:{_SAID}))*[,:]? {theme}", line.own, re.IGNORECASE)
        or re.search(rf"{theme} is (?:the|their|a) (?:\w+ )?(?:problem|bottleneck)\b", line.own, re.IGNORECASE)
        or re.search(rf"(?:问题|瓶颈|难题)(?:相同|都?是|为|[，：:\s])*{theme}", line.own, re.IGNORECASE)
        or re.search(rf"{theme}\s?的(?:同样|共同|相同)?的?(?:问题|瓶颈|难题)", line.own, re.IGNORECASE)
    )


def _names_one(line: Line, picks: Sequence[Pick]) -> bool:
    orgs = {houses.printed(o.name) for p in picks for o in p.organisations}
    return without_names(line.text, picks) != line.text or bool(orgs & mentions(line.text, picks).keys())


def _states_problem(line: Line) -> bool:
    return _recorded(line.sentence) or bool(_PROBLEM.search(line.text))


def _recorded(sentence: Sentence | None) -> bool:
    """A sentence that states a problem by its record, whatever its words: computed over two papers, or quoted as one."""
    return sentence is not None and (sentence.rule in _COMPUTED or sentence.inputs.get("role") == "problem")


def _member(at: _Place, pick: Pick, own: Sequence[Line]) -> Iterator[Violation]:
    """Organisation, system, mechanism, and a signed figure when there is one."""
    about = [line for line in own if line.kind != "synthesis" and [p.story_id for p in line.picks] == [pick.story_id]]
    text = " ".join(line.text for line in about)
    system, org = pick.facts.get("system", ""), leading(pick)
    title = system or pick.title
    if not about:
        yield at.violation("thread-member", title, "no sentence of the thread tells this paper")
        return
    if org and houses.printed(org) not in mentions(text, [pick]):
        yield at.violation("thread-member", title, f"its organisation is missing: {org}")
    if system and system not in text:
        yield at.violation("thread-member", title, "its system is not named")
    if not any(_mechanism(line, pick) for line in about):
        yield at.violation("thread-member", title, "no mechanism: nothing says how it works")
    live = [c for c in pick.claims if c.sign and c.evidence in metrics.LIVE]
    if live and not any(r.claim in live for line in about for r in results(line.text[:READ], [pick])):
        yield at.violation(
            "thread-member", title, f"its figure is missing: {live[0].metric} {live[0].sign}{live[0].value}"
        )


def _mechanism(line: Line, pick: Pick) -> bool:
    """True when words are left beside names, measures, figures and evidence."""
    text = without_names(line.text[:READ], [pick])
    for name in (*_orgs(pick), *(w for c in pick.claims for w in (c.scope, c.metric) if w)):
        text = text.replace(name, " ")
    for m in reversed(metrics.find(text)):
        text = text[: m.start] + " " + text[m.end :]
    left = [w for w, _, _ in words(text) if not w[0].isdigit() and w not in STOP | _EMPTY]
    return sum(1 if w.isascii() else len(w) // 3 for w in left) >= 2


def _orgs(pick: Pick) -> tuple[str, ...]:
    names = [o.name for o in pick.organisations]
    return (*names, *(houses.chinese_name(n) for n in names))


# ------------------------------------------------------- 5, 6: end, development
def _conclusion(at: _Place, own: Sequence[Line], picks: Sequence[Pick]) -> Iterator[Violation]:
    last = own[-1] if own else None
    ids = {p.story_id for p in picks}
    if last is None or last.kind != "synthesis":
        yield at.violation("thread-conclusion", last.text if last else "", "ends in a conclusion, shown as ours")
    elif len([p for p in last.picks if p.story_id in ids]) < 2:
        yield at.violation("thread-conclusion", last.text, "the conclusion cites two of its papers or more")


def _development(at: _Place, own: Sequence[Line], recent: Sequence[Issue]) -> Iterator[Violation]:
    name = at.thread.name.get(at.language, "").casefold()
    before = next((i.period for i in recent for t in i.threads if t.name.get(at.language, "").casefold() == name), "")
    if not any(_DEVELOPMENT.search(line.bare) for line in own if line.kind != "synthesis"):
        reason = (
            f"told in {before} already, what changed is not said"
            if before
            else "says not that it is new or what changed"
        )
        yield at.violation("thread-development", at.thread.name.get(at.language, ""), reason, hard=False)


# ------------------------------------------------------------ 7, 8: overview
def _overview(issue: Issue, told: Sequence[Line], language: str) -> Iterator[Violation]:
    lead = " ".join(line.text for line in told if line.part == "overview")
    if issue.overview and issue.census.published not in [f.value for f in read(lead)]:
        yield Violation("lead-census", False, language, "overview", lead[:80], "the census stands in the lead")
    led = [t for t in issue.threads if any(s.kind == "synthesis" for s in t.sentences)]
    places = [lead.casefold().find(n.casefold()) for t in led if (n := t.name.get(language, ""))]
    if issue.overview and (-1 in places or places != sorted(places)):
        yield Violation("lead-order", False, language, "overview", lead[:80], "the lead names the threads in order")
    shown = {c for p in issue.picks() for s in p.sentences for c in s.cites}  # other articles of a story among them
    for line in told:
        cites = line.sentence.cites if line.sentence and line.part in _SUMMED else ()
        if missing := [c for c in cites if c not in shown and not resolve([c], issue)]:
            yield line.violation("overview-only", missing[0], "stands in no section")
    body = [line for line in told if line.part in ("overview", "thread")]
    all_words = sum(word_count(line.text) for line in body)
    ours = sum(word_count(line.text) for line in body if line.kind == "synthesis")
    if ours > SYNTHESIS * all_words:
        words_ = f"{ours} of {all_words} words"
        yield Violation("synthesis-share", False, language, "overview", words_, "at most a third is our reading")
