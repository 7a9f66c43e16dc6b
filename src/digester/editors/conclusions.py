"""What a team should do or stop after reading two papers, and where that does not hold: by what their records say.

First the price of the gains; then a measure that moved in one paper and not in the other; then what did not move; then
how short the tests were. Only where none of these is known of two papers does the kind of their evidence decide. Each
figure that is given to a paper is an input of the sentence, so that the gate can hold it against that paper alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations

from digester.analysis import gate, outcomes, surfaces
from digester.domain.issue import Sentence
from digester.domain.model import Claim
from digester.editors import naming
from digester.editors.composing import Voices, sentence
from digester.editors.naming import is_data, is_live, live_claims
from digester.editors.stating import synthesis
from digester.editors.voice import Voice, say
from digester.ports import Brief

Figures = Callable[[Brief], Sequence[Claim]]
PRINTED = 6  # figures of a paper that its own paragraph and table have


@dataclass(frozen=True)
class Conclusion:
    """A pattern, the two papers it is about, and a figure of each; with `days` how long the tests behind these ran."""

    name: str
    pair: tuple[Brief, Brief]
    claims: tuple[Claim, ...] = ()
    days: tuple[int, ...] = ()


def of_papers(papers: Sequence[Brief]) -> Conclusion:
    """The conclusion over two of these papers. Those with figures from live traffic speak first, data sets not at all."""
    tested = sorted((b for b in papers if is_live(b)), key=lambda b: not live_claims(b))
    rest = sorted((b for b in papers if not is_live(b)), key=is_data)
    for found in (_prices(tested), differing(tested), _price_and_flat(tested), _flats(tested), lasting(tested)):
        if first := next(found, None):
            return first
    if len(tested) >= 2:
        return Conclusion("thread_end_live", (tested[0], tested[1]))
    if tested and rest:
        return Conclusion("thread_end_half", (tested[0], rest[0]))
    return Conclusion("thread_end_off", (papers[0], papers[1]))


def _prices(papers: Sequence[Brief]) -> Iterator[Conclusion]:
    return _both("thread_end_price", papers, prices, prices)


def _price_and_flat(papers: Sequence[Brief]) -> Iterator[Conclusion]:
    return _both("thread_end_mixed", papers, prices, flats)


def _flats(papers: Sequence[Brief]) -> Iterator[Conclusion]:
    return _both("thread_end_flat", papers, flats, flats)


def _both(name: str, papers: Sequence[Brief], first: Figures, second: Figures) -> Iterator[Conclusion]:
    """Pairs with a figure of either sort from one kind of evidence; the earlier paper stands first where it can."""
    for a, b in permutations(papers, 2):
        for x in first(a):
            for y in second(b):
                if naming.level(a, x) == naming.level(b, y):
                    yield Conclusion(name, (a, b), (x, y))


def differing(papers: Sequence[Brief], name: str = "thread_end_differs") -> Iterator[Conclusion]:
    """Pairs of papers in which one measure came out differently; the one in which it rose stands first."""
    for a, b in permutations(papers, 2):
        for x in plain_figures(a):
            for y in plain_figures(b):
                rose = not outcomes.is_flat(x) and (x.sign == "+" or outcomes.is_flat(y))
                if rose and outcomes.differ(x, y) and naming.level(a, x) == naming.level(b, y):
                    yield Conclusion(name, (a, b), (x, y))


def lasting(papers: Sequence[Brief], name: str = "thread_end_days") -> Iterator[Conclusion]:
    """The two papers whose tests were shortest, of those that say how long they ran."""
    timed = [(n, c, b) for b in papers if (found := _duration(b)) for n, c in [found]]
    short = sorted(timed, key=lambda t: t[0])[:2]
    if len(short) == 2 and naming.level(short[0][2], short[0][1]) == naming.level(short[1][2], short[1][1]):
        (m, x, a), (n, y, b) = short
        yield Conclusion(name, (a, b), (x, y), (m, n))


def _duration(b: Brief) -> tuple[int, Claim] | None:
    for c in plain_figures(b):
        if c.evidence == "online_ab" and (n := surfaces.days(c.extent)):
            return n, c
    return None


def plain_figures(b: Brief) -> list[Claim]:
    """The printed figures that hold for a whole test."""
    return [c for c in live_claims(b)[:PRINTED] if not c.place]


def prices(b: Brief) -> list[Claim]:
    return [c for c in plain_figures(b) if outcomes.is_price(c, _said(b, c))]


def flats(b: Brief) -> list[Claim]:
    return [c for c in plain_figures(b) if outcomes.is_flat(c)]


def _said(b: Brief, claim: Claim) -> str:
    """The words of the source that the figure rests on."""
    texts = {p.id: p.text for p in b.evidence.passages}
    return " ".join(texts[s.passage_id][s.start : s.end] for s in claim.supports if s.passage_id in texts)


def told(voices: Voices, place: str, turn: int, theme: str, c: Conclusion) -> Sentence:
    """The sentence; what it gives to each paper stands in its inputs, and the words of the source in its supports."""

    def slots(v: Voice) -> Mapping[str, object]:
        if not c.claims:
            return {}
        shown = [v.days(n) for n in c.days] or [v.figures([x]) for x in c.claims]
        kind = "days" if c.days else "figure"
        return {f"{kind}_a": shown[0], f"{kind}_b": shown[1], "measure": v.term(c.claims[1].metric),
                "level": v.level(naming.level(c.pair[0], c.claims[0]))}  # fmt: skip

    given: dict[str, object] = {}
    for n, (key, b) in enumerate(zip("ab", c.pair, strict=True) if c.claims else ()):
        given[gate.GIVEN + key] = f"{c.days[n]} days" if c.days else gate.claim_words(c.claims[n])
        given |= {key if v.language == "en" else f"{key}.{v.language}": v.name(b) for v in voices}
    supports = [s for x in c.claims for s in x.supports]
    return synthesis(voices, c.name, place, turn, c.pair, theme, more=slots, given=given, supports=supports)


def without_figures(voices: Voices, s: Sentence) -> Sentence | None:
    """The end of a thread once more, from its inputs and without what it gave to each paper; None for any other sentence."""
    if not s.rule.startswith("pattern:thread_end") or gate.GIVEN + "a" not in s.inputs:
        return None
    theme = s.inputs["theme"]

    def slots(v: Voice) -> Mapping[str, object]:
        names = {key: s.inputs.get(f"{key}.{v.language}", s.inputs[key]) for key in "ab"}
        return {**names, "theme_l": v.theme(theme)}

    inputs = {k: value for k, value in s.inputs.items() if k.startswith("theme")}
    text = say(voices, "thread_end_live", s.id, 0, slots)
    return sentence("synthesis", text, s.cites, (), "pattern:thread_end_live", inputs)
