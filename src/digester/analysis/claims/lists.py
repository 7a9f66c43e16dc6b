"""Two or more figures in one enumeration: each with the measure of its place, or all with the one they share.

`A and B by 1% and 2%`, `1% and 2% rises in A and B`, `+1%/-2% in A and B`, `respectively` or not. A list that
does not fit is not guessed. Behind a preposition a list may be one of places (`on A and B, CTR rises by 1% and 2%`);
one figure may be that of two measures (`A and B both rise by 1%`).
"""

from __future__ import annotations

import re
from dataclasses import replace

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
_PLACES = re.compile(rf"[IP]D?(?P<nps>{_NPS})X[DA]{{0,3}}$")  # tests in A and B show 1% and 2%
_TWO = rf"{NP}C[DI]?{NP}"
_ENDS = r"(?=$|[B)IP]|C{1,2}(?:[DAY]{0,3}F|[VX]))(?![IP][^BC]{0,8}F)"
_TWO_BEHIND = tuple(re.compile(rx) for rx in (
    rf"A{{0,3}}(?P<nps>{_TWO})(?P<dir>N)(?![IO][DA]{{0,2}}m)",  # 3% A and B gains
    rf"A{{0,3}}(?P<dir>N)A{{0,2}}[IO][DA]{{0,3}}(?P<nps>{_TWO}){_ENDS}",  # 3% rise in A and B
    rf"I[DA]{{0,3}}(?P<nps>{_TWO}){_ENDS}",  # 3% in A and B
))  # fmt: skip
_TWO_BEFORE = tuple(re.compile(rx) for rx in (
    rf"(?:^|[BC:X])D?(?P<nps>{_TWO})[DE]{{0,2}}(?P<dir>[VN])YD?A?$",  # A and B both rise by 3%
    rf"(?P<dir>V)[DA]{{0,3}}(?P<nps>{_TWO})[D]?YD?A?$",  # raises A and B by 3%
))  # fmt: skip
_AND = re.compile(r"(?:and|&|和|与|及|以及)\Z", re.IGNORECASE)


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
    spans = _spans(m, offset)
    open_left = m.start() == m.start("nps")
    if not open_left or len(spans) <= len(run):
        return _paired(r, run, m, offset, spans, open_left=open_left)
    cut = spans[-len(run) :]
    if re.search(r"[IP][DA]?$", r.kinds[max(0, spans[0][0] - 2) : spans[0][0]]):
        if len(spans) == len(run) + 1 and _is_comma(r, spans[-1][0]) and (places := _places(r, spans[:-1])):
            return _in_places(_paired(r, run[:1], m, offset, spans[-1:], open_left=True), r, run, places)
        if not _is_comma(r, cut[0][0]):
            return []
    return _paired(r, run, m, offset, cut, open_left=open_left)


def _spans(m: re.Match[str], offset: int) -> list[tuple[int, int]]:
    at = offset + m.start("nps")
    return [(at + np.start(), at + np.end()) for np in re.finditer(NP, m["nps"])]


def _is_comma(r: Reading, first: int) -> bool:
    """Whether a comma and nothing else stands in front of a token."""
    return r.kinds[first - 1] == "C" and r.word(first - 1) == "," and r.kinds[first - 2] != "C"


def _places(r: Reading, spans: list[tuple[int, int]]) -> list[str]:
    """What stands at the spans, as printed; [] where one of them is a measure."""
    if any("m" in r.kinds[a:b] for a, b in spans):
        return []
    return [r.text[r.tokens[a].start : r.tokens[b - 1].end] for a, b in spans]


def _in_places(one: list[Bound], r: Reading, run: list[int], places: list[str]) -> list[Bound]:
    """The measure of the first figure for all of a run, each in its place."""
    return [
        replace(b, quantity=r.quantities[i], sign=r.quantities[i].sign or b.sign, last=run[-1] + 1, place=place)
        for b in one
        for i, place in zip(run, places, strict=True)
    ]


def both(r: Reading, i: int) -> list[Bound]:
    """One figure of two measures, known ones unless the noun of direction stands behind both."""
    if "L" in r.kinds:
        return []
    sides = ((after(r, i), i + 1, _TWO_BEHIND), (before(r, i), i - len(before(r, i)), _TWO_BEFORE))
    for part, offset, patterns in sides:
        for rx in patterns:
            m = rx.match(part) if offset > i else rx.search(part)
            if m and (found := _two(r, i, m, offset)):
                return found
    return []


def _two(r: Reading, i: int, m: re.Match[str], offset: int) -> list[Bound]:
    spans = _spans(m, offset)
    first, joint = spans[0]
    directed = m.groupdict().get("dir") is not None
    compound = directed and offset > i and m.start("dir") == m.end("nps")
    known = ["m" in r.kinds[x:y] for x, y in spans]
    if not (all(known) or (any(known) and compound)) or not _AND.match(r.word(joint)):
        return []
    if m[0][0] == "I" and r.word(offset).lower() == "to":  # a share
        return []
    named = [measure.named(r, x, y, open_left=False) for x, y in spans]
    token = offset + m.start("dir") if directed else governing(r, min(i, first))
    q, last = r.quantities[i], max(i + 1, offset + m.end())
    return [Bound(q, n, sign(r, q, n, token), last, first > i) for n in named if n] if all(named) else []


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
    front = before(r, run[0])
    if (m := _PLACES.search(front)) and len(spans := _spans(m, run[0] - len(front))) == len(run):
        return _in_places([b], r, run, _places(r, spans) or [""] * len(run))
    token_sign = b.sign if not b.quantity.sign else ""
    return [Bound(r.quantities[i], b.metric, r.quantities[i].sign or token_sign, run[-1] + 1, b.behind) for i in run]
