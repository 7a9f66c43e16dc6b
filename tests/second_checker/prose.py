"""Rules over sentences: numbers, quotations, names, words of evidence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from tests.second_checker.case import DEPLOYED, NOT_LIVE, ONLINE, Case, folded
from tests.second_checker.derived import PATTERN_WORDS, with_ab
from tests.second_checker.evidence import Passage
from tests.second_checker.numerals import Numeral, alike, direction, numerals, same, sentence_of
from tests.second_checker.printed import LEVELS, Statement

from digester.domain.issue import Pick

MOST_QUOTED, MOST_MOMENTS = 2, 3
_STRAIGHT = re.compile(r'"([^"]{2,600})"')
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z\d\"'(])|(?<=[。！？])")
_HEDGE = re.compile(r"(?:up to|about|around|over|more than|at least|nearly|almost|approximately|an average of) ?$")
_TOKEN = re.compile(r"[^\W\d_](?:[\w'’^+-]|\.(?=\w))*")
# what the house itself says around a name, beside the words of its patterns
_HOUSE = frozenset(
    [
        "online",
        "a",
        "b",
        "ab",
        "deployed",
        "offline",
        "further",
        "figures",
        "rated",
        "from",
        "the",
        "abstract",
        "in",
        "production",
        "at",
        "with",
        "a",
        "signed",
        "figure",
        "by",
        "its",
        "evidence",
        "tested",
        "simulated",
        "as",
        "stated",
        "authors",
        "account",
        "no",
        "organisation",
        "is",
        "named",
        "data",
        "set",
        "of",
        "industrial",
        "size",
        "and",
        "not",
        "significant",
        "up",
        "to",
        "about",
        "over",
        "more",
        "than",
        "at",
        "least",
        "nearly",
        "almost",
        "on",
        "average",
    ]
)


# ------------------------------------------------------------------- numbers
def numbers(case: Case, s: Statement, text: str | None = None) -> None:
    """Every numeral of a statement stands in a passage of its items, same unit, same direction."""
    printed = alike(without_quotes(text if text is not None else s.text))
    passages = [p.text for p in case.passages(s)] + [case.evidence.title(i) for i in case.items(s)]
    known = [(p, numerals(p)) for p in passages]
    for n in numerals(printed):
        if n.named:
            if not any(n.named in p.lower() for p in passages):
                case.report("number", s, f"{n.named} stands in no passage of its items")
            continue
        here = [(p, q) for p, qs in known for q in qs if same(n, q)]
        if not here:
            case.report("number", s, f"{printed[max(0, n.start - 1) : n.end + 12]!r} stands in no passage of its items")
        elif n.sign:
            _signed(case, s, printed, n, here)


def _signed(case: Case, s: Statement, printed: str, n: Numeral, here: list[tuple[str, Numeral]]) -> None:
    towards = [(p, q) for p, q in here if direction(p, q) == n.sign]
    if not towards:
        case.report("sign", s, f"no passage gives {n.value} the sign {n.sign}")
    words = _before(printed, n)
    if towards and words and not any(_speaks_of(words, _around(p, q)) for p, q in towards):
        case.report("measure", s, f"no passage sentence with {n.value} speaks of {' '.join(words)}")


def _before(text: str, n: Numeral) -> list[str]:
    """The content words of the measure right before a signed number."""
    head = re.split(r"[:;(,]| and | with |reports |shows |measures |come |”", text[: n.start - 1])[-1]
    return [w.lower() for w in re.findall(r"[A-Za-z]{2,}|[\u3400-\u9fff]{2,}", head)][-5:]


def _around(text: str, n: Numeral) -> str:
    a, b = sentence_of(text, n.start)
    return text[a:b].lower()


def _speaks_of(words: list[str], sentence: str) -> bool:
    return any(w[:5] in sentence for w in words if w not in ("up", "to", "of", "per", "in", "the"))


# ---------------------------------------------------------------- quotations
def quoted(text: str) -> Iterator[str]:
    """The quoted parts of a text, outermost marks only."""
    depth = start = 0
    for i, c in enumerate(text):
        if c in "“「":
            depth += 1
            start = i + 1 if depth == 1 else start
        elif c in "”」" and depth:
            depth -= 1
            if not depth:
                yield text[start:i]
    if depth:
        yield text[start:]


def without_quotes(text: str) -> str:
    for part in quoted(text):
        text = text.replace(f"“{part}”", "“”").replace(f"「{part}」", "「」")
    return text


def quotations(case: Case, s: Statement) -> None:
    """Each quotation is verbatim in a passage: of the source named right before it, else of the statement's items."""
    whole = [s.text] if s.place == "quote" else []
    rest = s.text
    for part in whole or [*quoted(s.text), *_STRAIGHT.findall(s.text)]:
        before, _, rest = rest.partition(part)
        texts = [p.text for p in _sources_of(case, s, before)]
        titles = [case.evidence.title(i) for i in case.items(s)]
        if s.place != "quote" and any(folded(part) == folded(t) for t in titles):
            continue
        if not any(verbatim(part, t) for t in texts):
            case.report("quotation", s, f"{part[:80]!r} is in no passage of its items")


def _sources_of(case: Case, s: Statement, before: str) -> list[Passage]:
    pick = case.pick(s)
    if pick:
        last = without_quotes(before).rpartition("”")[2]
        for name, ids in case.others(pick).items():
            if name in last and name != pick.source:
                return [p for i in ids for p in case.evidence.read(i)]
    return case.passages(s)


def verbatim(part: str, text: str) -> bool:
    """Word for word; only the first letter may have become a capital, and the passages keep their case."""
    wanted, there = alike(part).strip(), alike(text)
    return wanted in there or wanted[:1].lower() + wanted[1:] in there


def amount(case: Case) -> None:
    """At most two quoted sentences of one item in an issue, of an episode three moments."""
    told: dict[str, dict[str, None]] = {}
    for s in case.page.statements:
        if s.place not in ("quote", "prose", "opener", "thread", "takeaway", "moment"):
            continue
        pick = case.pick(s)
        titles = [folded(case.evidence.title(i)) for i in case.items(s)]  # by which works without a name are called
        for part in [s.text] if s.place == "quote" else quoted(s.text):
            if s.place != "quote" and any(t.startswith(folded(part)) for t in titles):
                continue
            owner = next((i for i in case.items(s) if any(verbatim(part, p.text) for p in case.evidence.read(i))), "")
            units = [part] if pick and pick.kind == "episode" else _SENTENCE_END.split(part)
            for unit in units:
                if unit.strip() and not unit.startswith(("http", "https")):
                    told.setdefault(owner, {})[alike(unit).strip()] = None
    for owner, units in told.items():
        if not owner:
            continue
        most = MOST_MOMENTS if case.evidence.items[owner]["entry"]["kind"] == "episode" else MOST_QUOTED
        if len(units) > most:
            case.report("amount", " / ".join(units), f"{len(units)} sentences of one source, at most {most}")


# --------------------------------------------------------------------- names
def names(case: Case, s: Statement) -> None:
    """A capitalised word outside of quotations stands in what is stored of the statement's items, or is the house's."""
    stored = case.stored(s).lower()
    pick = case.pick(s)
    allowed = [link.text.lower() for link in pick.links] if pick else []
    if s.place in ("reading", "watch", "thread", "opener"):
        allowed += [x.heading.get("en", "").lower() for x in case.evidence.issue.sections]  # themes are the issue's own
    allowed += [o.name.lower() for n in (*s.cites, s.number) if (p := case.evidence.pick(n)) for o in p.organisations]
    for word in _TOKEN.findall(without_quotes(s.text)):
        plain = alike(word).lower().removesuffix("'s")
        if word == word.lower() or plain in _HOUSE or plain in PATTERN_WORDS:
            continue
        if plain not in stored and not any(plain in a for a in allowed):
            case.report("name", s, f"{word} stands nowhere in what is stored of its items")


# ------------------------------------------------------------ evidence words
def evidence(case: Case, s: Statement) -> None:
    """`online A/B`, `tested online` and `deployed` need words of that in a passage of the item."""
    text = without_quotes(s.text).lower()
    for phrase, wanted in (("online a/b", ONLINE), ("tested online", ONLINE), ("deployed", DEPLOYED)):
        if phrase in text:
            for item in case.items(s)[:1]:
                speaks(case, s, item, phrase, wanted)
    about = [p for p in case.evidence.picks if p.lead_item_id in case.items(s)[:1]]
    for pick in about:
        if ("tested online" in text or "online a/b" in text) and not with_ab(pick):
            case.report("evidence", s, "nothing in the record of this item is a test on users")
        _labelled(case, s, pick)


def _labelled(case: Case, s: Statement, pick: Pick) -> None:
    """A signed figure of an item with recorded figures is one of them: its measure right before, its level named."""
    text = alike(without_quotes(s.text))
    for n in numerals(text):
        if not n.sign or not pick.claims:
            continue
        before = _HEDGE.sub("", text[: n.start - 1]).strip().lower()
        held = [c for c in pick.claims if c.sign == n.sign and Decimal(c.value.replace(",", "")) == n.value]
        bound = [c for c in held if before.endswith(alike(c.metric).lower())]
        if not bound:
            case.report("measure", s, f"the record has no such figure: {before[-40:]} {n.sign}{n.value}")
        elif s.place != "reason" and not any(
            k.lower() in text.lower()
            for c in bound
            for k, v in (*LEVELS.items(), ("online switchback test", "online_ab"))
            if v == c.evidence
        ):
            case.report("evidence", s, f"the evidence of {n.sign}{n.value} is {bound[0].evidence}")


def speaks(case: Case, s: Statement, item: str, phrase: str, wanted: re.Pattern[str]) -> None:
    if not any(wanted.search(p.text) for p in case.evidence.read(item)):
        case.report("evidence", s, f"no passage of the item speaks of {phrase}")


def not_offline(case: Case, s: Statement, item: str, value: str, metric: str) -> None:
    """No sentence with this number and its measure calls it offline or simulated, and nothing calls it live."""
    wanted = numerals(alike(value))
    for p in case.evidence.read(item):
        for q in numerals(p.text):
            if wanted and wanted[0].value == q.value and wanted[0].units == q.units:
                told = _around(p.text, q)
                if NOT_LIVE.search(told) and not ONLINE.search(told) and _speaks_of(metric.lower().split(), told):
                    case.report("evidence", s, f"a passage calls {value} offline or simulated: {told[:120]}")
