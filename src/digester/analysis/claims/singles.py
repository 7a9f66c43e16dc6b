"""One figure alone: its measure behind it, before it, in the list that it goes on with, or that of the figure before."""

from __future__ import annotations

import re
from dataclasses import replace

from digester.analysis import metrics
from digester.analysis.claims import measure
from digester.analysis.claims.reading import Reading
from digester.analysis.claims.rules import BEFORE, BEHIND, COUNTED, NP, Bound, after, before, first_of, made, sign
from digester.analysis.figures import Sign
from digester.analysis.metrics import Metric

_IN = re.compile(rf"I[DA]{{0,3}}(?P<np>{COUNTED})")  # by 3% in NP
_NEXT = re.compile(rf"(?P<np>{NP})")  # +3% NP
_NAMED = re.compile(rf"(?P<np>{COUNTED})(?:[:(]|\(?Y)?$")  # NP (3%, NP: 3%, NP by 3%, NP 3%
_OF_TIME = re.compile(r"[OI]?A{0,3}(?P<np>[wm]{0,3}m)")
_TIME_IS = re.compile(r"(?P<np>[wm]{0,3}m)(?:[:(]|E{0,2}|O)$")
_ITEM = re.compile(r"(?<=[C:])(?P<np>[wm]{1,4}I[wm]{1,3})$")  # `clicks on home +2%` between two commas
_SUBJECT = re.compile(rf"(?P<np>{NP})X[DA]{{0,3}}$")  # NP saw a 3% rise
_OTHER_PLACE = re.compile(r"F[IP][^FBVXNmS]{1,8}C{1,2}[DAY]{0,3}")  # `2% in Japan and`, `2% against A and by`
_OF = re.compile(rf"O[DA]{{0,3}}(?P<np>{NP})")  # saves 3% of NP
_SAVES = re.compile(r"(?:sav|reduc|cut)\w{0,4}\Z", re.IGNORECASE)
_AND_OF = re.compile(rf"N[^BFV]{{1,12}}OA?F\)?C{{1,2}}I?A?(?P<np>{NP})OA?$")  # `a rise in A of 2% and in B of 3%`
_GOES_ON = re.compile(r"C{1,2}[DAO]{0,3}")
_ENDS_LIST = re.compile(r"F\)?[DAC]{1,4}$")
_TAKES_OBJECT = re.compile(r"(?:N[OYP:]|[VU][^BF]{0,8}Y)D?A?$|^$")  # what may stand before `3% in NP` of any name
_ALLOWED = re.compile(
    r"\b(?:allow|enabl|permit|support|accommodat)\w{0,5} (?:us to \w{1,12} )?(?:about |up to )?\Z", re.IGNORECASE
)  # `allows 9% more candidates`
_FURTHER = re.compile(r"\b(?:additional|further|extra|another)\W{1,3}(?:\w{1,20} )?\Z", re.IGNORECASE)


def of(r: Reading, i: int, previous: Bound | None, earlier: Metric | None) -> Bound | None:
    """The figure of token i; `previous` is the one before it in the sentence, `earlier` the last measure before that."""
    behind = after(r, i)
    if r.quantities[i].unit == "ms":
        return first_of(r, i, (_OF_TIME,), behind=True) or first_of(r, i, (*BEFORE, _TIME_IS), behind=False)
    if behind.startswith("O"):  # `5% of traffic` is a share
        return _saved(r, i)
    if b := first_of(r, i, BEHIND, behind=True):
        return None if b.metric.family == "other" and _ALLOWED.search(r.text, 0, r.tokens[i].start) else b
    if b := _in_terms(r, i):
        return b
    if re.match(r"A{0,3}N", behind):
        return _noun_alone(r, i, previous.metric if previous else earlier)
    return _goes_on(r, i, previous) or _bare(r, i)


def _in_terms(r: Reading, i: int) -> Bound | None:
    """`satisfaction improves by 9% in terms of the complaint rate`: what was measured is named last."""
    m = _IN.match(after(r, i))
    if m is None or r.word(i + 1).lower() != "in terms of":
        return None
    known = "m" in m["np"] or measure.looks_like_one(r.word(i + m.end()))
    return made(r, i, m, i + 1) if known else None


def _saved(r: Reading, i: int) -> Bound | None:
    """`saves 9% of GPU memory`: of what is saved, a share is how much less of it is needed."""
    front = before(r, i).rstrip("DA")
    verb = i - len(before(r, i)) + len(front) - 1
    m = _OF.match(after(r, i))
    if m is None or not front.endswith("V") or not _SAVES.match(r.word(verb)):
        return None
    b = made(r, i, m, i + 1)
    return replace(b, sign="-") if b else None


def is_further(text: str, start: int) -> bool:
    """Whether what stands in front of a figure says that it is added to another: `another 3%`, `a further 3%`."""
    return _FURTHER.search(text, max(0, start - 40), start) is not None


def _noun_alone(r: Reading, i: int, earlier: Metric | None) -> Bound | None:
    """`CTR saw a 2.3% uplift`, `adds a further 0.4% gain`."""
    token = r.kinds.index("N", i)
    front = before(r, i)
    if (subject := _SUBJECT.search(front)) and "m" in subject["np"]:
        offset = i - len(front)
        metric = measure.named(r, offset + subject.start("np"), offset + subject.end("np"), open_left=True)
    else:
        further = is_further(r.text, r.tokens[i].start)
        metric = earlier if earlier and earlier.family != "offline" and further else None
    return Bound(r.quantities[i], metric, sign(r, r.quantities[i], metric, token)) if metric else None


def _goes_on(r: Reading, i: int, previous: Bound | None) -> Bound | None:
    """`increases of 2% in A and 1% in B` goes on with a measure; `raises A by 2% in Japan and 1% in Chile` with a place."""
    m = _IN.match(after(r, i))
    if previous is None or not after(r, i).startswith(("I", "P")):
        return None
    if m and previous.behind and _GOES_ON.fullmatch(r.kinds[previous.last : i]):
        b = made(r, i, m, i + 1)
        return replace(b, sign=b.sign or _same_sign(previous, b)) if b else None
    since = next(n for n, q in r.quantities.items() if q is previous.quantity)
    if previous.behind or (m and "m" in m["np"]) or not _OTHER_PLACE.fullmatch(r.kinds[since:i]):
        return None
    return replace(previous, quantity=r.quantities[i], sign=r.quantities[i].sign or previous.sign, last=i + 1)


def _same_sign(previous: Bound, b: Bound) -> Sign:
    return "" if metrics.LOWER_IS_BETTER.search(b.metric.name) else previous.sign


def _bare(r: Reading, i: int) -> Bound | None:
    """A figure without a noun of direction behind it."""
    behind, front = after(r, i), before(r, i)
    in_np = None if _to_something(r, i) else _IN.match(behind)
    next_np = _NEXT.match(behind)
    direct = first_of(r, i, BEFORE, behind=False)
    if in_np and (direct is None or direct.metric.family == "other") and _is_measure(r, i, in_np, front):
        return made(r, i, in_np, i + 1)
    if next_np and (
        r.quantities[i].sign or ((direct is None or direct.metric.family == "other") and "m" in next_np["np"])
    ):
        return made(r, i, next_np, i + 1)
    if direct:
        return direct
    if in_np and _TAKES_OBJECT.search(front) and (b := made(r, i, in_np, i + 1)):
        return b
    return _beside(r, i, front)


def _to_something(r: Reading, i: int) -> bool:
    """`contributes 2% to total orders`: a share."""
    return i + 1 < len(r.tokens) and r.word(i + 1).lower() == "to"


def _is_measure(r: Reading, i: int, m: re.Match[str], front: str) -> bool:
    """`by 3% in CTR`; `gains 3% in UCTR`, where the subject of the verb is the system."""
    return "m" in m["np"] or (front.endswith("V") and measure.looks_like_one(r.word(i + m.end())))


def _beside(r: Reading, i: int, front: str) -> Bound | None:
    """`NP +3%`, `NP (3%`, `NP: 3%`, `NP by 3%`; without any of these only where a list goes on, `GMV 1.7%`."""
    signed = bool(r.quantities[i].sign)
    if (m := _AND_OF.search(front)) and "m" in m["np"]:
        return made(r, i, m, i - len(front))
    m = (_ITEM.search(front) if signed else None) or _NAMED.search(front)
    if m is None:
        return None
    known = "m" in m["np"]
    listed = _ENDS_LIST.search(front[: m.start()]) is not None
    if m[0].endswith("Y") and not (known or listed):  # `outperforms BM25 by 3%`: a rival
        return None
    if not (signed or m[0][-1] in ":(Y" or (known and listed)):
        return None
    return made(r, i, m, i - len(front))
