"""Two or more figures in one enumeration: each with the measure of its place, or all with the one they share.

`A and B by 1% and 2%`, `1% and 2% rises in A and B`, `+1%/-2% in A and B`, `respectively` or not. A list that
does not fit is not guessed.
"""

from __future__ import annotations

import re

from digester.analysis.claims import measure
from digester.analysis.claims.reading import Reading
from digester.analysis.claims.rules import BEFORE, BEHIND, NP, Bound, after, before, first_of, governing, sign

_NPS = rf"{NP}(?:(?:C{{1,2}}|S)[DAI]{{0,3}}{NP}){{1,9}}"
_RUN_JOINT = re.compile(r"(?:C{1,2}|S)[DAY]{0,3}\Z")
_LIST_BEHIND = tuple(re.compile(rx) for rx in (
    rf"A{{0,3}}(?P<dir>N)[EX]{{0,3}}A?[IO]{{1,2}}[DA]{{0,3}}L?(?P<nps>{_NPS})",
    rf"(?:[EX]{{0,2}})I[DA]{{0,3}}(?P<nps>{_NPS})",
))  # fmt: skip
_LIST_BEFORE = tuple(re.compile(rx) for rx in (
    rf"(?P<dir>N)[IO][DA]{{0,3}}(?P<nps>{_NPS})C?L?(?:[OYP]|XP)D?L?A?$",
    rf"(?P<dir>[VR])[DA]{{0,3}}(?P<nps>{_NPS})C?L?[YP]D?L?A?$",
    rf"(?P<nps>{_NPS})C?L?X?E?(?P<dir>V)L?[YP]?D?L?A?$",
    rf"(?P<nps>{_NPS})(?P<dir>N)[OYP:(]D?A?$",
    rf"(?P<nps>{_NPS})C?L?[YP(:]D?L?A?$",
))  # fmt: skip


def runs(r: Reading) -> list[list[int]]:
    """Tokens of figures in enumerations: `1%, 2% and 3%`, `+1%/-2%`; one alone is a run of itself."""
    found: list[list[int]] = []
    for i in r.quantities:
        if found and _RUN_JOINT.match(r.kinds[found[-1][-1] + 1 : i]):
            found[-1].append(i)
        else:
            found.append([i])
    return found


def of(r: Reading, run: list[int]) -> list[Bound]:
    return _by_place(r, run) or _side_by_side(r, run) or _shared(r, run)


def _by_place(r: Reading, run: list[int]) -> list[Bound]:
    behind, front = after(r, run[-1]), before(r, run[0])
    for rx in _LIST_BEHIND:
        if m := rx.match(behind):
            return _behind(r, run, m)
    for rx in _LIST_BEFORE:
        if (m := rx.search(front)) and (pairs := _in_front(r, run, m, run[0] - len(front))):
            return pairs
    return []


def _behind(r: Reading, run: list[int], m: re.Match[str]) -> list[Bound]:
    """Measures behind their figures; what stands beyond them and takes another figure is none of them."""
    at = run[-1] + 1 + m.start("nps")
    spans = [np.span() for np in re.finditer(NP, m["nps"])]
    if len(spans) > len(run) and r.kinds[run[-1] + 1 + m.end("nps") :][:1] in tuple("YFV(E:"):
        spans = spans[: len(run)]
    pairs = _paired(r, run, m, run[-1] + 1, [(at + a, at + b) for a, b in spans], open_left=False)
    places = all(b.metric.family == "other" for b in pairs) and not m.groupdict().get("dir")
    return [] if places and first_of(r, run[0], BEFORE, behind=False) else pairs


def _in_front(r: Reading, run: list[int], m: re.Match[str], offset: int) -> list[Bound]:
    """Measures in front of their figures; more than figures only where no verb bounds them on the left."""
    at = offset + m.start("nps")
    spans = [np.span() for np in re.finditer(NP, m["nps"])]
    open_left = m.start() == m.start("nps")
    spans = spans[-len(run) :] if open_left else spans
    return _paired(r, run, m, offset, [(at + a, at + b) for a, b in spans], open_left=open_left)


def _paired(
    r: Reading, run: list[int], m: re.Match[str], offset: int, spans: list[tuple[int, int]], *, open_left: bool
) -> list[Bound]:
    """Figures and measures by place; none unless there are as many of each."""
    named = [n for a, b in spans if (n := measure.named(r, a, b, open_left=open_left))]
    if not len(named) == len(spans) == len(run):
        return []
    token = offset + m.start("dir") if m.groupdict().get("dir") else governing(r, min(run[0], spans[0][0]))
    last = max(run[-1] + 1, spans[-1][1])
    return [
        Bound(r.quantities[i], n, sign(r, r.quantities[i], n, token), last, spans[0][0] > run[0])
        for i, n in zip(run, named, strict=True)
    ]


def _side_by_side(r: Reading, run: list[int]) -> list[Bound]:
    """`GAUC gain of 0.3% and a 0.5% rise in clicks`: two phrases that meet, the first with its measure before it."""
    if len(run) != 2:
        return []
    left, right = first_of(r, run[0], BEFORE, behind=False), first_of(r, run[1], BEHIND, behind=True)
    return [left, right] if left and right and left.metric.name != right.metric.name else []


def _shared(r: Reading, run: list[int]) -> list[Bound]:
    """`3% and 2% CTR gains`, `raises CTR by 3% and 2%`: one measure for all, unless a list beside it says otherwise."""
    if "L" in r.kinds:
        return []
    b = None if "S" in r.kinds[run[0] : run[-1]] else first_of(r, run[-1], BEHIND, behind=True)
    if b is None or re.match(r"C{1,2}[DAI]{0,3}[wm]", r.kinds[b.last : b.last + 6]):
        b = None if after(r, run[-1]).startswith(("N", "AN", "m", "w")) else first_of(r, run[0], BEFORE, behind=False)
    if b is None or b.metric.family == "other":
        return []
    token_sign = b.sign if not b.quantity.sign else ""
    return [Bound(r.quantities[i], b.metric, r.quantities[i].sign or token_sign, run[-1] + 1, b.behind) for i in run]
