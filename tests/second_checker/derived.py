"""Sentences that count: the printed words are read with the house's patterns, and each slot is counted again.

The pattern file says how a count may be worded (it is read as data); what the count must be is decided here, from the
picks of the record. A count that fits no pattern is no count of the issue and is held against passages like any text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import yaml
from tests.second_checker.case import Case, folded
from tests.second_checker.printed import Statement

from digester.domain.issue import Pick

FILE = Path(__file__).parents[2] / "prompts" / "patterns.en.yaml"
PATTERNS: Mapping[str, list[str]] = {k: v for k, v in yaml.safe_load(FILE.read_text("utf-8")).items() if k != "version"}
PATTERN_WORDS = frozenset(
    w.lower()
    for texts in PATTERNS.values()
    for t in texts
    for w in re.findall(r"[A-Za-z]+", re.sub(r"\{\w+\}", " ", t))
)
_NUMBERS = frozenset(["published", "in_scope", "online", "n", "total", "r5", "r4", "r3", "seen", "more", "several", "priced", "weeks",
                      "back", "before"])  # fmt: skip
_SLOTS = {"carry": "stands?", "period": r"\d{4}-[\dW-]+", "live": r"[\w ]*?with(?:out)? online evidence", "tested": r"[\w ]*?with(?:out)? an online test",
          "costed": r"[\w ]*?with(?:out)? a word on serving cost"}  # fmt: skip
_ONES = {"papers": "papers?", "stories": "(?:stories|story)", "items": "items?"}
_VERBS = {"have": "ha(?:ve|s)", "are": "(?:are|is)", "go": "go(?:es)?", "share": "shares?", "stand": "stands?",
          "close": "closes?", "remain": "remains?", "treat": "treats?", "belong": "belongs?"}  # fmt: skip


@cache
def _compiled(name: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(_expression(t), re.IGNORECASE) for t in PATTERNS[name])


@cache
def _greedy(name: str) -> tuple[re.Pattern[str], ...]:
    """The same with the longest names instead of the shortest, where a name holds the joint itself."""
    return tuple(re.compile(rx.pattern.replace(".+?", ".+"), rx.flags) for rx in _compiled(name))


def _expression(pattern: str) -> str:
    seen: set[str] = set()

    def slot(m: re.Match[str]) -> str:
        if m[1] in seen:
            return f"(?P={m[1]})"
        seen.add(m[1])
        return f"(?P<{m[1]}>{_SLOTS.get(m[1], r'[0-9,]+|none' if m[1] in _NUMBERS else '.+?')})"

    parts = re.split(r"(\{\w+\})", pattern)
    made = [re.sub(r"\{(\w+)\}", slot, p) if p.startswith("{") else _forms(re.escape(p)) for p in parts]
    return "".join(made)


def _forms(text: str) -> str:
    """The singular as well, which one paper, one story and one item take."""
    words = _ONES | _VERBS
    return re.sub(r"[a-z]+", lambda m: words.get(m[0], m[0]), text)


def readings(name: str, text: str) -> list[dict[str, str]]:
    """The slots of a sentence by every variant of a pattern that it fits."""
    found = [rx.fullmatch(text) for rx in (*_compiled(name), *_greedy(name))]
    return [m.groupdict() for m in found if m]


# ------------------------------------------------------------------- counts
def live(pick: Pick) -> bool:
    """Evidence from users: a figure of a test or a deployment, or the level that the rating rests on."""
    levels = {c.evidence for c in pick.claims} | {pick.facts.get("evidence", "")}
    return bool(levels & {"online_ab", "deployed"})


def with_ab(pick: Pick) -> bool:
    return any(c.evidence == "online_ab" for c in pick.claims) or pick.facts.get("evidence") == "online_ab"


def number(text: str) -> int:
    return 0 if text.lower() == "none" else int(text.replace(",", ""))


def check(case: Case, s: Statement) -> bool:
    """True when a sentence is one of the counting ones; what is wrong with it is reported."""
    rules: tuple[tuple[str, Callable[[Case, Statement, dict[str, str]], list[str]]], ...] = (
        ("weekly_lead", _census), ("weekly_lead_bare", _census), ("thread_open", _theme), ("thread_move", _phrases),
        ("section_open", _section), ("rest_open", _section), ("shared_problem", _shared), ("thread_back", _theme),
        ("thread_again", _theme), ("thread_new", _theme), ("lowered", _lowered), ("watch_cost", _watched), ("watch_last", _watched), ("daily_lead", _daily), ("daily_next", _next),
    )  # fmt: skip
    best: tuple[str, list[str]] | None = None
    for name, rule in rules:
        for slots in readings(name, s.text):
            wrong = rule(case, s, slots)
            if best is None or len(wrong) < len(best[1]):
                best = (name, wrong)
    for why in best[1] if best else []:
        case.report(f"derived:{best[0] if best else ''}", s, why)
    return best is not None


def _differ(slots: Mapping[str, str], wanted: Mapping[str, int]) -> list[str]:
    return [f"{k} is {slots[k]}, counted {n}" for k, n in wanted.items() if k in slots and number(slots[k]) != n]


def _shares(slots: Mapping[str, str], name: str, n: int, of: int) -> list[str]:
    """How many of some works: a number, `all`, `both`, `none`; of a single one `with` or `without`."""
    if not (said := slots.get(name, "")):
        return []
    word = said.split()[0].lower()
    whole = {"all": of, "both": 2, "with": 1, "without": 0}
    counted = whole[word] if word in whole else number(word)
    fits = counted == n and (word not in ("all", "both") or n == of) and (word not in ("with", "without") or of == 1)
    return [] if fits else [f"{said!r}, counted {n} of {of}"]


def _census(case: Case, s: Statement, slots: dict[str, str]) -> list[str]:
    from tests.second_checker.counts import in_scope

    picks, threads = case.evidence.picks, case.page.of("thread.name")
    wrong = _differ(slots, {"published": len(picks), "in_scope": len(in_scope(case.evidence))})
    wrong += _shares(slots, "tested", sum(map(with_ab, picks)), len(picks))
    if slots.get("period", case.evidence.issue.period) != case.evidence.issue.period:
        wrong.append("another period")
    named = listed([re.sub(r" \(from .* to .*\)$", "", t.text) for t in threads])
    if "names" in slots and folded(slots["names"]) != folded(named):
        wrong.append(f"names {slots['names']!r}, the threads are {named!r}")
    return wrong


def listed(names: list[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    unclear = any(" and " in n for n in names if n[0] != "“")
    return ", ".join(names[:-1]) + (", and " if unclear else " and ") + names[-1]


def _members(case: Case, theme: str) -> list[Pick]:
    section = next((x for x in case.evidence.issue.sections if x.theme and folded(x.theme) == folded(theme)), None)
    return list(section.picks) if section else []


def _theme(case: Case, s: Statement, slots: dict[str, str]) -> list[str]:
    members = _members(case, slots.get("theme") or slots.get("theme_l", ""))
    wrong = _differ(slots, {"n": len(members), "total": len(case.evidence.picks)})
    return wrong + _shares(slots, "live", sum(map(live, members)), len(members)) + _cites(case, s, members)


def _section(case: Case, s: Statement, slots: dict[str, str]) -> list[str]:
    section = case.section(s.section)
    members = list(section.picks) if section else []
    wrong = _differ(slots, {"n": len(members)}) + _shares(slots, "live", sum(map(live, members)), len(members))
    counts = {r: n for r in (5, 4, 3) if (n := _rated(members, r))}
    alike = len(counts) == 1 < len(members)
    told = f"all rated {next(iter(counts))}" if alike else listed([f"{n} rated {r}" for r, n in counts.items()])
    if slots.get("ratings", told) != told:
        wrong.append(f"ratings are {slots['ratings']}, counted {told}")
    theme = slots.get("theme") or slots.get("theme_l")
    if theme and (not section or folded(theme) != folded(section.heading["en"])):
        wrong.append(f"the section is {s.section}")
    return wrong + _cites(case, s, members)


def _shared(case: Case, s: Statement, slots: dict[str, str]) -> list[str]:
    """Each cited paper has the words that they are said to share."""
    without = [i for i in case.cited(s) if not any(_holds(p.text, slots["problem"]) for p in case.evidence.read(i))]
    wrong = [f"{slots['problem']!r} stands not in {i}" for i in without]
    return wrong + _differ(slots, {"several": len(set(case.cited(s)))})


def _lowered(case: Case, s: Statement, slots: dict[str, str]) -> list[str]:
    cited = [p for n in s.cites if (p := case.evidence.pick(n))]
    return _differ(slots, {"n": _rated(cited, 4)})


def _watched(case: Case, s: Statement, slots: dict[str, str]) -> list[str]:
    members = [p for p in _members(case, slots.get("theme") or slots.get("theme_l", "")) if live(p)]
    return _differ(slots, {"online": len(members)}) + _cites(case, s, members)


def _rated(members: list[Pick], rating: int) -> int:
    return sum(p.rating == rating for p in members)


def _cites(case: Case, s: Statement, members: list[Pick]) -> list[str]:
    cited = {p.story_id for n in s.cites if (p := case.evidence.pick(n))}
    return [] if cited == {p.story_id for p in members} else ["does not cite exactly what it counts"]


def _phrases(case: Case, s: Statement, slots: dict[str, str]) -> list[str]:
    """Each end of a move stands in the passages of two cited papers at least."""
    wrong = []
    for end in ("from", "to"):
        holders = [i for i in case.cited(s) if any(_holds(p.text, slots[end]) for p in case.evidence.read(i))]
        if len(set(holders)) < 2:
            wrong.append(f"{slots[end]!r} stands in {len(set(holders))} of the cited papers")
    return wrong


def _holds(text: str, phrase: str) -> bool:
    """Word by word, without regard to case, hyphens and plurals."""

    def words(x: str) -> str:
        return " ".join(w.rstrip("s") for w in re.findall(r"\w+", folded(x).replace("-", " ")))

    return f" {words(phrase)} " in f" {words(text)} "


def _daily(case: Case, s: Statement, slots: dict[str, str]) -> list[str]:
    from tests.second_checker.counts import seen

    told = [p for p in case.evidence.picks if p.kind == "article" or p.rating]
    stories = [p for x in case.evidence.issue.sections if x.slug in ("featured", "more") for p in x.picks]
    wrong = _differ(
        slots, {"published": len(stories), "seen": sum(seen(case.evidence).values()), "more": len(stories) - 1}
    )
    if told and folded(slots["first"]) != folded(_quoted(told[0])):
        wrong.append("another story stands first")
    return wrong


def _next(case: Case, s: Statement, slots: dict[str, str]) -> list[str]:
    titles = [_quoted(p) for p in case.evidence.picks[1:3]]
    return [] if slots["names"] == listed(titles) else [f"the next stories are {titles}"]


def _quoted(p: Pick) -> str:
    """How an English sentence calls a story: by its English headline, else by its title and the language of that."""
    title = p.headline.get("en", p.title).rstrip(".")
    return f"{p.source} (in Chinese): “{title}”" if re.search(r"[\u3400-\u9fff]", title) else f"“{title}”"


# ---------------------------------------------------------------- conclusions
_LIVE_OR_NOT = {"thread_end_live": (True, True), "watch_compare": (True, True), "thread_end_half": (True, False),
                "relation_same": (True, True), "relation_apart": (True, True), "relation_opposite": (True, False),
                "thread_end_off": (False, False), "watch_untested": (False, False),
                **{f"thread_end_{kind}": (True, True) for kind in ("price", "differs", "mixed", "flat", "days")},
                "watch_differs": (True, True), "watch_days": (True, True)}  # fmt: skip


def conclusion(case: Case, s: Statement) -> None:
    """What a conclusion takes for granted of its two items, evidence from users or none, is so."""
    for name, wanted in _LIVE_OR_NOT.items():
        wrong: list[str] = []  # `A, B and C and D` can be cut in two ways: one of them has to hold
        for slots in readings(name, s.text):
            pair = [next((p for p in case.evidence.picks if _called(p, slots.get(x, ""))), None) for x in "ab"]
            if tuple(p is not None and live(p) for p in pair) != wanted or None in pair:
                wrong.append(f"takes {wanted} for granted of {[p and p.title for p in pair]}")
            else:
                return
        if wrong:
            case.report(f"derived:{name}", s, wrong[0])
            return
    if re.search(r"tested online|online a/b", s.text, re.IGNORECASE):
        for pick in filter(None, map(case.evidence.pick, s.cites)):
            if not with_ab(pick):
                case.report("evidence", s, f"nothing in the record of {pick.title} is a test on users")


def _called(pick: Pick, name: str) -> bool:
    if m := re.fullmatch("the work \u201c(.+)\u201d", name):  # one whose text names no system
        name = m[1]
    return bool(name) and (
        folded(pick.facts.get("system", "")) == folded(name) or folded(pick.title).startswith(folded(name))
    )


# ------------------------------------------------------------ also covered by
def also_covered(case: Case, s: Statement) -> str:
    """The text without its sentence on who else tells a story; those named there must be sources of its links."""
    pick = case.pick(s)
    if pick is None:
        return s.text
    names = sorted({n for n in case.others(pick) if n}, key=len, reverse=True)
    for pattern in PATTERNS["also"]:
        head, tail = re.split(r"\{names\}", pattern)
        tail = re.sub(r"\\\{\w+\\\}", r"\\w+", re.escape(tail))
        for m in re.finditer(rf"(?:^|(?<=[.”] )){re.escape(head)}(?P<names>[^“”]+?){tail}$", s.text):
            left = m["names"]
            for name in names:
                left = left.replace(name, "")
            if re.sub(r",| and |\s", "", left):
                case.report("derived:also", s, f"{left.strip(' ,')!r} is no source of this story")
            return s.text[: m.start()]
    return s.text
