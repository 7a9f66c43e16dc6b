"""What the rules of binding are made of: noun phrases as patterns over kinds, and a figure bound by one match.

A pattern has a group `np` (the measure) and often `dir` (the word of direction). Patterns for what stands in
front of a figure end in `$`; both sides are windows of WINDOW tokens, so a rule's work is bounded.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from digester.analysis import metrics
from digester.analysis.claims import measure, words
from digester.analysis.claims.reading import WINDOW, Reading
from digester.analysis.figures import Quantity, Sign
from digester.analysis.metrics import Metric

NP = r"[wm]{1,7}(?:\([wmA]{1,4}\))?"
COUNTED = rf"{NP}(?:OD?A?[wm]{{1,4}})?"
BEHIND = tuple(re.compile(rx) for rx in (
    rf"(?:\([^()F]{{1,9}}\))?A{{0,3}}(?P<dir>N)A{{0,2}}[IO]{{1,2}}[DA]{{0,3}}(?P<np>{COUNTED})",  # 3% rise in NP
    rf"A{{0,3}}(?P<np>{NP})(?P<dir>N)(?![IO][DA]{{0,2}}m)",  # a 3% NP rise
    rf"(?P<dir>R)(?P<np>{NP})",  # 3% more NP
))  # fmt: skip
_FOR = r"(?:[EX]{0,2}(?:I|P)[DA]{0,2}[wm]{1,4}){0,1}"  # `in Japan` between measure and figure
BEFORE = tuple(re.compile(rx) for rx in (
    rf"(?P<dir>N)A{{0,2}}[IO][DA]{{0,3}}(?P<np>{COUNTED})(?:[OY]|P|X?P)D?A?$",  # a rise in NP of 3%
    rf"(?P<dir>N)A{{0,2}}[IO][DA]{{0,3}}(?P<np>{NP})\($",  # rise in NP (3%
    rf"(?P<dir>[VR])[DA]{{0,3}}(?P<np>{COUNTED}){_FOR}\(?YD?A?$",  # raises NP by 3%
    rf"(?P<np>{COUNTED})(?:{_FOR}|CD[wmA]{{1,4}}C)X?E{{0,2}}(?P<dir>V)[YPI]?\(?D?A?$",  # NP rises by 3%
    rf"(?P<np>{NP}){_FOR}[DA]{{0,3}}(?P<dir>N)(?:[OYP:(]|XO?)?D?A?$",  # NP rise of 3%
    r"(?P<np>[wm]{0,4}m)X[DA]{0,3}(?P<dir>N)(?:[OYP:(]|XO?)?D?A?$",  # CTR saw a rise of 3%
    rf"(?P<dir>V)[DA]{{0,3}}(?P<np>{NP})$",  # raises NP 3%
))  # fmt: skip
_LEVEL = re.compile(r"[VN][wmDAOI]{0,8}$")  # with `to` at its end: grew to 42%
_CAUSES = re.compile(r"X[PI]{1,2}[DA]{0,3}F")  # leads to 3%
_BEATEN = re.compile(r"U[^BFCVN]{1,8}Y[DA]{0,3}F?$")  # surpasses the baseline by
_UNDOES = re.compile(
    r"(?:slow|mitigat|alleviat|curb|narrow|limit|soften|stem|offset|prevent|avoid|revers|recover|counter|eas|halv)(?:e|es|s|ed|d|ing)?\Z",
    re.IGNORECASE,
)
_VERBLIKE = re.compile(
    r"(?:saves?|likes?|shares?|plays?|follows?|streams?|clicks?|orders?|comments?|interactions?|impressions?|compute)\Z",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Bound:
    """`last`: the token behind all that the figure's phrase takes; `behind`: the measure stands behind the figure;
    `place`: where a list says it holds."""

    quantity: Quantity
    metric: Metric
    sign: Sign
    last: int = 0
    behind: bool = False
    place: str = ""


def first_of(r: Reading, i: int, patterns: Iterable[re.Pattern[str]], *, behind: bool) -> Bound | None:
    """The figure at token i bound by the first pattern that holds behind or in front of it."""
    if not behind and is_level(r, i):
        return None
    part = after(r, i) if behind else before(r, i)
    offset = i + 1 if behind else i - len(part)
    matches = (rx.match(part) if behind else rx.search(part) for rx in patterns)
    return next((b for m in matches if m and (b := made(r, i, m, offset))), None)


def is_level(r: Reading, i: int) -> bool:
    """Behind a verb and `to` stands where a measure went, not by how much."""
    return (
        i > 0
        and not r.quantities[i].sign
        and r.word(i - 1).lower() == "to"
        and _LEVEL.search(r.kinds[max(0, i - WINDOW) : i - 1]) is not None
    )


def is_cause(r: Reading, b: Bound) -> bool:
    """`a 9% rise in spending leads to 2% more sales`: what no table knows in front of `leads to` is no result."""
    return b.metric.family == "other" and b.behind and _CAUSES.match(r.kinds[b.last :]) is not None


def made(r: Reading, i: int, m: re.Match[str], offset: int) -> Bound | None:
    first, last = offset + m.start("np"), offset + m.end("np")
    behind, directed = first > i, m.groupdict().get("dir") is not None
    open_left = not behind and m.start() == m.start("np")  # an unknown verb may stand in front of the name
    change = directed and not behind and r.kinds[offset + m.start("dir")] == "N" and m.start("dir") == m.end("np")
    averaged = change and r.quantities[i].hedge is None  # a hedge of its own leaves no other place to say it
    metric = measure.named(r, first, last, open_left=open_left, averaged=averaged)
    if metric is None or (
        not (behind or directed or r.quantities[i].sign) and last == i and _VERBLIKE.match(metric.name)
    ):
        return None
    metric = measure.of_doer(r, first, metric) if directed and not behind else metric
    token = offset + m.start("dir") if directed else governing(r, min(i, first))
    end = max(last, token + 1 if token is not None and behind and token > i else 0)
    return Bound(r.quantities[i], metric, sign(r, r.quantities[i], metric, token), end, behind)


def governing(r: Reading, before: int) -> int | None:
    """The word of direction, or of giving, that stands in front: `improves CTR by 1% and GMV by ...`."""
    for i in range(before - 1, max(-1, before - WINDOW), -1):
        if r.kinds[i] == "B":
            return None
        if r.kinds[i] in "VNR" or (r.kinds[i] == "X" and words.gives(r.word(i))):
            return i
        if r.kinds[i] == "U" and _BEATEN.match(r.kinds[i:before]):
            return i
    return None


def sign(r: Reading, q: Quantity, metric: Metric, token: int | None) -> Sign:
    """As printed, else by the word of direction; `improves latency` says good, not up or down."""
    if q.sign:
        return q.sign
    if q.unit == "x" or token is None:
        return ""
    word = r.word(token)
    if r.kinds[token] == "N" and words.sign(word) == "-" and _is_undone(r, token):
        return ""  # `reduces the drop in retention`
    if r.kinds[token] == "U" and metric.family == "other":
        return ""  # `outperforms it by 3% on long queries`
    if metrics.LOWER_IS_BETTER.search(metric.name) and (words.BETTER.match(word) or r.kinds[token] in "XU"):
        return ""
    return "+" if r.kinds[token] in "XU" else words.sign(word)


def _is_undone(r: Reading, noun: int) -> bool:
    """Whether a verb takes back what a falling noun says; words of the measure and the figure may stand between."""
    i = noun - 1
    while i >= 0 and r.kinds[i] in "DAFwm" and noun - i < 8 and not _UNDOES.match(r.word(i)):
        i -= 1
    return i >= 0 and bool(_UNDOES.match(r.word(i)) or (r.kinds[i] == "V" and words.sign(r.word(i)) == "-"))


def after(r: Reading, i: int) -> str:
    return r.kinds[i + 1 : i + 1 + WINDOW]


def before(r: Reading, i: int) -> str:
    return r.kinds[max(0, i - WINDOW) : i]
