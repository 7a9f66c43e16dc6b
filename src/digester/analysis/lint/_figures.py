"""Figures carry sign, unit, hedge and evidence (English 3, Chinese 4 and 9; checklist 7).

A figure here is a result: one that is bound to a measure by the rules that read sources, one that stands beside a
measure, or one of the record's own figures of a cited work. Counts, shares of traffic, sizes and dates are none.
Headlines need not name the evidence; that is advice. Not checked: whether the direction is the right one, which
is the gate's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from digester.analysis import figures, metrics
from digester.analysis.claims import claims_of
from digester.analysis.figures import Figure
from digester.analysis.lint._lines import Line, Violation
from digester.analysis.tokens import sentences
from digester.domain.issue import Pick
from digester.domain.model import Claim, Passage

MOST = 2  # figures a sentence
READ = 2_000  # characters of a sentence; what is longer is no sentence
_UNITS = ("%", "pp", "x")
_LIVE = re.compile(
    r"\bonline\b|\bA/B\b|\blive (?:traffic|test|experiment)|\bdeploy|\bin production\b|\u7ebf\u4e0a|\u5728\u7ebf|\u90e8\u7f72|\u4e0a\u7ebf|\u5168\u91cf", re.IGNORECASE
)  # fmt: skip
_OTHER = re.compile(
    r"\boffline\b|\bbenchmarks?\b|\bdata ?sets?\b|\bsimulat|\bas stated\b|\bauthors'? (?:account|report|state|say)|\bthe authors\b|\u79bb\u7ebf|\u4eff\u771f|\u6a21\u62df|\u81ea\u8ff0",
    re.IGNORECASE,
)
_ATTRIBUTED = re.compile(
    r"\b(?:says?|said|writes?|wrote|states?|stated|according to|reports?|claims?|measured|announce[sd]?|publish(?:es|ed)|by (?:its|their|his|her) own)\b|\u79f0|\u8868\u793a|\u62a5\u544a|\u5ba3\u5e03|\u636e",
    re.IGNORECASE,
)
_SHARE = re.compile(r" ?(?:of (?!CTR|GMV)|\u7684?(?:\u6d41\u91cf|\u7528\u6237|\u8bf7\u6c42))")  # of traffic, of users
_JOINED = re.compile(r"\s{0,2}(?:\([^()]{0,24}\)\s{0,2})?(?:of|by|at|is|was|to|[:\uff1a=])?\s{0,2}")
_HAN = re.compile("[\u3400-\u9fff]")
_HEDGED = re.compile(
    "\u6700\u9ad8|\u81f3\u591a|\u8d85\u8fc7|\u81f3\u5c11|\u8fd1|\u7ea6|\u5e73\u5747|\u4e0d\u663e\u8457|\u63a5\u8fd1"
)


@dataclass(frozen=True)
class Result:
    """A figure of a line that tells a result, with its measure and the record's figure when it is one of these."""

    figure: Figure
    sign: str
    family: str
    claim: Claim | None

    @property
    def is_live(self) -> bool | None:
        """Whether it comes from live traffic; None when that cannot be known."""
        if self.claim:
            return self.claim.evidence in metrics.LIVE
        return False if self.family == "offline" else None


def check(told: Sequence[Line]) -> Iterator[Violation]:
    for line in told:
        if line.own:
            for a, b in [(0, len(line.own))] if line.is_head else sentences(line.own):
                yield from _sentence(line, line.own[a : min(b, a + READ)])


def _sentence(line: Line, text: str) -> Iterator[Violation]:
    found = results(text, line.picks)
    for r in found:
        words = text[r.figure.start : r.figure.end]
        if not r.sign:
            yield line.violation("figure-sign", words, "a figure has its sign, or a word for its direction", hard=True)
        if not r.figure.unit and r.family not in ("offline", "system"):
            yield line.violation("figure-unit", words, "a figure has its unit", hard=True)
        if r.claim and r.claim.hedge and not _hedged(text, r.claim.hedge, line.language):
            yield line.violation("figure-hedge", words, f"the record says \u201c{r.claim.hedge}\u201d", hard=True)
    yield from _evidence(line, text, found)
    single = [r for r in found if r.figure.end_of_range != "low"]  # a range is one figure
    if len(single) > MOST:
        words = ", ".join(text[r.figure.start : r.figure.end] for r in single)
        yield line.violation("figures-many", words, f"{len(single)} figures, at most {MOST} a sentence")


def _hedged(text: str, hedge: str, language: str) -> bool:
    if language.split("-")[0] == "zh":
        return bool(_HEDGED.search(text))
    return hedge.casefold() in text.casefold()


def _evidence(line: Line, text: str, found: Sequence[Result]) -> Iterator[Violation]:
    """Each figure's evidence is named; figures from users and others in one sentence are told apart."""
    if not found:
        return
    first, hard = text[found[0].figure.start : found[0].figure.end], not line.is_head
    live, other = bool(_LIVE.search(text)), bool(_OTHER.search(text))
    kinds = {r.is_live for r in found if r.is_live is not None}
    if len(kinds) > 1 and not (live and other):
        yield line.violation("figures-mixed", first, "figures from users and others side by side, unlabelled", hard)
    elif not (live or other or (_is_news(line.picks) and _ATTRIBUTED.search(text))):
        yield line.violation("figure-evidence", first, "the evidence of a figure is named", hard)
    elif kinds == {False} and live and not other:
        yield line.violation("figure-evidence", first, "not from users by the record, and called so", hard)
    elif kinds == {True} and other and not live:
        yield line.violation("figure-evidence", first, "from users by the record, and not called so", hard)


def _is_news(picks: Sequence[Pick]) -> bool:
    return not any(p.kind == "paper" for p in picks)


# ---------------------------------------------------------------- reading
def results(text: str, picks: Sequence[Pick]) -> list[Result]:
    """The result figures of a sentence, in order."""
    measures = metrics.find(text)
    bound = {(c.value, c.unit): (c, family) for c, family in claims_of([Passage("", "", "record", text)])}
    found = []
    for f in figures.read(text):
        if f.kind != "quantity" or any(m.start <= f.start < m.end for m in measures):
            continue
        if not f.sign and _SHARE.match(text, f.end):  # how many users had it, not what it did
            continue
        own = next((b for (value, unit), b in bound.items() if _same(f, value, unit)), None)
        claim = next((c for p in picks for c in p.claims if _same(f, c.value, c.unit)), None)
        family = own[1] if own else _beside(text, f, measures) or _told(text, f)
        if family or (claim and _could_be(text, f)):
            sign = f.sign or (own[0].sign if own else "") or figures.direction(text, f)
            found.append(Result(f, sign, family, claim))
    return found


def _same(f: Figure, value: str, unit: str) -> bool:
    try:
        return f.value == Decimal(value.replace(",", "")) and f.unit in (unit, unit.rstrip("s"))
    except InvalidOperation:
        return False


def _could_be(text: str, f: Figure) -> bool:
    """False for the share of users or of traffic that a test had, which may equal a result by chance."""
    return bool(f.sign) or (f.unit in _UNITS and not _SHARE.match(text, f.end))


def _told(text: str, f: Figure) -> str:
    """A percentage with a printed sign, and in Chinese, whose measures no table has, with a word for its direction."""
    if f.unit not in ("%", "pp") or not _could_be(text, f):
        return ""
    return "other" if f.sign or (_HAN.search(text) and figures.direction(text, f)) else ""


def _beside(text: str, f: Figure, measures: Sequence[metrics.Metric]) -> str:
    """The family of a measure that a figure touches: `CTR 1.2%`, `CTR: +1.2`, `1.2% CTR`."""
    if f.unit not in _UNITS and not (f.sign and not f.unit):
        return ""
    for m in measures:
        before = m.end <= f.start and f.start - m.end < 32 and _JOINED.fullmatch(text, m.end, f.start)
        behind = f.end <= m.start and text[f.end : m.start] == " " and f.unit in _UNITS
        if before or behind:
            return m.family
    return ""
