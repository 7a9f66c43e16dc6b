"""Numbers: each must stand in a passage with its unit, sign and hedge, beside what it measures.

A number is bound when a place of the sources has the same value and unit, no opposite sign, the same measure
where grammar gives both one, and words around it that fit no other figure of that unit better. Presence
alone is not enough: most wrong numbers of published digests stand somewhere in the text they cite.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import partial

from digester.analysis.figures import Figure
from digester.analysis.grounding._ground import Ground, Place, likeness, normal, places
from digester.analysis.grounding._turns import opposite
from digester.analysis.grounding._verdict import Refusal, Verdict
from digester.domain.model import Passage, Support
from digester.domain.text import fold, language_of

MOST = 500  # places of one number that are compared, the first ones; a paper has fewer
RIVAL = 1.25  # how much better another figure's surroundings must fit for a value to be taken as that figure's
_SECONDS = {
    unit: Decimal(seconds)
    for unit, seconds in (("ms", "0.001"), ("s", 1), ("min", 60), ("h", 3600), ("day", 86_400), ("week", 604_800))
}
_ROUNDING = {"about", "up to", "over", "under", "at least"}  # hedges that say a number was cut to fewer digits
_FARTHEST = Decimal("0.34")  # of a value, by which a hedged one may differ: "over 2" for 2.9, never 0.01 for 0.001
_COUNTED = ("parameter", "token")
_KEPT = ("up to",)  # hedges without which a number says more than its source

_NAMED = re.compile(r"([A-Z][A-Za-z0-9-]{1,30}) $")
Found = tuple[Passage, Place]


def check(statement: str, ground: Ground) -> Verdict:
    """Every figure of the statement against the ground. One place supports one figure of a sentence: a number that
    a source gives once is not two results."""
    verdict = Verdict()
    same_language = language_of(statement) in ground.languages
    used: dict[tuple[int, int], set[tuple[str, int]]] = {}
    for place in places(statement):
        verdict += _check(place, ground, same_language, used.setdefault(place.sentence, set()))
    return verdict


def _check(place: Place, ground: Ground, same_language: bool, used: set[tuple[str, int]]) -> Verdict:
    figure, words = place.figure, place.words
    if figure.kind == "ordinal" or (figure.words and figure.unit == "" and figure.value == 1):
        return Verdict()  # "one" says how it is told more often than how many
    if figure.kind == "version":
        return _version(place, ground)
    equal = [(p, g) for p, g in ground.places if _alike(figure, g.figure) and _equal(figure, g.figure)]
    if not equal:
        return (
            _written(words, ground)
            if figure.kind == "date"
            else _refused("number", words, "no passage has this number")
        )
    fit = [(p, g) for p, g in equal if _same_unit(figure, g.figure)] or _halves(figure, equal)
    if not fit:
        return _refused("unit", words, f"the passages have it as {_units(equal)}")
    free = [(p, g) for p, g in fit if (p.id, g.figure.start) not in used][:MOST]
    if not free:
        return _refused("binding", words, "the sentence gives it more often than the passages do")
    bound = _bound(place, free, ground, same_language)
    if isinstance(bound, Refusal):
        return Verdict(refusals=(bound,))
    passage, found = bound
    others = [g for _, g in equal[:MOST] if not _same_unit(figure, g.figure)]
    if same_language and others and max(likeness(place, g) for g in others) > likeness(place, found) * RIVAL + 0.02:
        return _refused(
            "unit", words, f"where the passages say this, they have it as {_units([*((passage, g) for g in others)])}"
        )
    used.add((passage.id, found.figure.start))
    return Verdict(
        (Support(passage.id, found.figure.start, found.figure.end, figure.kind.replace("quantity", "number")),)
    )


def _refused(rule: str, words: str, reason: str) -> Verdict:
    return Verdict(refusals=(Refusal(rule, words, reason),))  # type: ignore[arg-type]


def _version(place: Place, ground: Ground) -> Verdict:
    """A version stands in a passage as it is printed, behind the same name: `Llama 3.1`, `GPT-4o`, `Section 2`."""
    name = _NAMED.search(place.text[max(0, place.figure.start - 40) : place.figure.start])
    if name is None or not place.words[:1].isdigit():
        return _written(place.words, ground)
    spot = ground.spots.get(normal(name[1]) + normal(place.words))
    if spot is None:
        return _refused("number", f"{name[1]} {place.words}", "no passage has this version")
    return Verdict((Support(spot[0].id, spot[1], spot[2], "version"),))


def _written(words: str, ground: Ground) -> Verdict:
    wanted = fold(words)
    for passage, text in ground.folded:
        if (at := _as_word(words, passage.text)) >= 0 or (at := _as_word(wanted, text)) >= 0:
            return Verdict((Support(passage.id, at, min(at + len(words), len(passage.text)), "version"),))
    return _refused("number", words, "no passage has this date or version")


def _as_word(wanted: str, text: str) -> int:
    """Where the words stand as words of their own, -1 when nowhere."""
    at = text.find(wanted)
    while at >= 0:
        beside = text[at - 1 : at] * bool(at) + text[at + len(wanted) : at + len(wanted) + 1]
        if not any(c.isascii() and c.isalnum() for c in beside):  # Han characters may stand beside
            return at
        at = text.find(wanted, at + 1)
    return -1


# ------------------------------------------------------------------ value
def _equal(a: Figure, b: Figure) -> bool:
    """The same magnitude, or a rounded one where a hedge says so."""
    x, y = _value(a), _value(b)
    if x == y and (a.unit == b.unit or "date" not in (a.kind, b.kind) or (_bare(a) and _bare(b))):
        return True
    if a.kind == "date":
        return _holds(a, b)
    if a.unit == "%" and b.words and b.unit == "":  # "half of the users" printed as 50%
        return x == y * 100
    if a.hedge not in _ROUNDING or _unit(a.unit) != _unit(b.unit) or a.step <= b.step:
        return False
    if abs(x - y) > y * _FARTHEST:
        return False
    step = a.step * (x / a.value if a.value else 1)
    close = {"about": abs(x - y) <= step / 2, "over": 0 <= y - x < step, "under": 0 <= x - y < step}
    return close.get({"at least": "over", "up to": "under"}.get(a.hedge, a.hedge), False)


def _bare(figure: Figure) -> bool:
    """A number without a unit, or one that could be a year: `2000 questions` is either to a reader of numbers."""
    return figure.unit in ("", "year") or figure.kind == "date"


def _same_unit(a: Figure, b: Figure) -> bool:
    """One unit, or none in the statement for what is counted anyway (`284B` for `284B parameters`)."""
    return _unit(a.unit) == _unit(b.unit) or (_bare(a) and (_bare(b) or b.unit in _COUNTED))


def _alike(a: Figure, b: Figure) -> bool:
    """Two figures that can tell the same thing: of one kind, or both without a unit."""
    return "version" not in (a.kind, b.kind) and (a.kind == b.kind or (_bare(a) and _bare(b)))


def _holds(a: Figure, b: Figure) -> bool:
    """The year, or the month, of a fuller date."""
    cut = {("year", "month"): 100, ("year", "date"): 10_000, ("month", "date"): 100, ("year", "quarter"): 10}
    return (factor := cut.get((a.unit, b.unit))) is not None and b.value // factor == a.value


def _value(figure: Figure) -> Decimal:
    """The magnitude in the base of its unit: durations in seconds."""
    return figure.value * _SECONDS[figure.unit] if figure.unit in _SECONDS else figure.value


def _unit(unit: str) -> str:
    return "s" if unit in _SECONDS else unit


def _halves(figure: Figure, equal: Sequence[Found]) -> list[Found]:
    return [(p, g) for p, g in equal if figure.unit == "%" and g.figure.words and g.figure.unit == ""]


def _units(equal: Iterable[Found]) -> str:
    return " and ".join(sorted({g.figure.unit or "a bare number" for _, g in equal}))


# ---------------------------------------------------------------- binding
def _bound(place: Place, fit: Sequence[Found], ground: Ground, same_language: bool) -> Found | Refusal:
    """The place that supports the figure, or the refusal of the rule that came closest to being met."""
    words = place.words
    for rule, keeps, reason in (
        ("sign", _same_sign, "the passages give it another direction"),
        ("hedge", _same_hedge, "the passages hedge it"),
        ("metric", partial(_same_metric, foreign=not same_language), "the passages give it for another measure"),
    ):
        kept = [(p, g) for p, g in fit if keeps(place, g)]
        if not kept:
            return Refusal(rule, words, reason)  # type: ignore[arg-type]
        fit = kept
    best = max(fit, key=lambda found: likeness(place, found[1]))
    if same_language and (rival := _rival(place, best[1], ground)):
        return Refusal("binding", words, f"where the passages say this, the number is {rival}")
    return best


def _same_sign(place: Place, g: Place) -> bool:
    """An opposite direction is another fact; a direction that the source does not give is not added."""
    if place.figure.unit == "" and not place.figure.sign:
        return True  # a count has no direction of its own: "two models outperform eight others"
    turned = place.turn and g.turn and place.turn != g.turn
    told = place.around.keys() - place.names  # `Save or Skip: views +2%` says of no figure that it fell
    return not turned and not opposite(told, g.around) and (not place.sign or place.sign == g.sign)


def _same_hedge(place: Place, g: Place) -> bool:
    return g.figure.hedge not in _KEPT or place.figure.hedge == g.figure.hedge or place.figure.hedge == "under"


def _same_metric(place: Place, g: Place, foreign: bool = False) -> bool:
    """The measure that grammar gives both is one; where it gives none, a measure named beside both is. Across
    languages a measure without a known name compares with none."""
    a, b = place.metric, g.metric
    if foreign and not a:
        return True
    x, y = ({a}, {b}) if a and b else (place.beside, g.beside)
    return not x or not y or _share(x, y)


_OPPOSITE = re.compile(
    r"(?:dis|un|non|(?<!sto)(?<!mo)(?<!tu)re)\Z"
)  # and `reviews` are no views, but `store views` are
_COST_OF = re.compile(r"(?:cost|price|fee|latency|error)")
_PRICE_OF = re.compile(r"(?:cost|price|fee|bid)s?per\Z")


def _share(a: Iterable[str], b: Iterable[str]) -> bool:
    """One measure in both: `watchtime` and `totalwatchtime`; a Chinese one is any of its English ones."""
    names = [key for keys in b for key in keys.split("|")]
    return any(_within(i, j) or _within(j, i) for keys in a for i in keys.split("|") for j in names)


def _within(longer: str, shorter: str) -> bool:
    """`totalwatchtime` holds `watchtime`; `dislikes` is no kind of `likes`, and a cost of clicks are no clicks."""
    front, found, behind = longer.partition(shorter)
    return bool(found) and not (_OPPOSITE.search(front) or _COST_OF.match(behind) or _PRICE_OF.search(front))


def _rival(place: Place, best: Place, ground: Ground) -> str:
    """The figure of another value whose surroundings fit the statement clearly better, as printed; "" if none.

    Where grammar binds statement and source to one measure, only another figure of that measure is a rival. In one
    sentence of the source such figures differ by all but the words of the measure, which stand beside the first."""
    if not place.around:
        return ""
    bound = bool(place.metric and best.metric)
    top, printed = likeness(place, best) * RIVAL + 0.02, ""
    for _, g in ground.places:
        if not _competes(g.figure, best.figure) or (bound and not g.metric) or not _same_metric(place, g):
            continue
        if bound and g.text is best.text and g.sentence == best.sentence and g.metric == best.metric:
            nearer = likeness(place, g, g.metric) > likeness(place, best, g.metric) * RIVAL + 0.02
            told = {word for word in place.where if word not in g.metric}
            if nearer or len(told & g.where) > len(told & best.where):
                printed = printed or g.words
        elif (fits := likeness(place, g)) > top:
            top, printed = fits, g.words
    return printed


def _competes(a: Figure, b: Figure) -> bool:
    same = _unit(a.unit) == _unit(b.unit) or (_bare(a) and _bare(b))
    return same and _alike(a, b) and _value(a) != _value(b)
