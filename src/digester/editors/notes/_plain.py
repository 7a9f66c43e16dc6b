"""The embedded editor's note: quotations by their role, composed figures, and a line of the table from records."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from digester.analysis import evidence as levels
from digester.analysis import metrics, roles
from digester.analysis.figures import numbers
from digester.analysis.tokens import sentences
from digester.domain.issue import Sentence
from digester.domain.model import Claim
from digester.domain.notes import EVIDENCE, Sections, with_depth
from digester.editors import composing, naming
from digester.editors.notes import _sorts, _tables, _tips
from digester.editors.notes._page import PLACES, Line, Page, level_of
from digester.editors.voice import Voice, say
from digester.ports import Brief

MOST: Mapping[roles.Role, int] = {"problem": 3, "mechanism": 8, "result": 5}  # quotations of a part
FLOORS: Mapping[roles.Role, float] = {"problem": 2.0, "mechanism": 1.5, "result": 2.0}  # beyond what the reading has
BELOW = 6  # sentences of a note that stand below a step
_FIGURE = re.compile(
    r"\d\s?(?:%|pp\b|ms\b|x\b|×|points?\b|million\b|billion\b|倍|万|亿|个百分点)|\bfrom \d[\d.,]{0,12} to \d|"
    r"\d\.\d{2}"
)
_SYMBOL = r"(?:(?<![\w'-])(?:[B-HJ-Zb-z]|[α-ωΑ-Ω])(?![\w'-])|[A-Za-z]_\{?\w+|\\[a-z]{2,20})"
_DEFINES = re.compile(
    rf"\b(?:where|here|let|with)\b[^.;]{{0,30}}?{_SYMBOL}[^.;]{{0,20}}?\b(?:is|are|be|denotes?|stands? for)\b|"
    rf"{_SYMBOL}\s(?:denotes?|stands? for|is the|are the)\b|\bdenoted? (?:as|by) {_SYMBOL}|{_SYMBOL}\s?(?:表示|为|记)",
    re.IGNORECASE,
)
_POINTS = re.compile(
    r"(?:It|Its|This|These|They|Their|Those|Such|He|She|Here)\b|Each (?:of|one|is|was|has|had|can)\b|[这该其此]"
)


def plain_sections(voices: Sequence[Voice], brief: Brief, language: str) -> Sections:
    """Quotations and composed sentences; a part for which the paper has none is empty."""
    page = Page(brief)
    figures = list(_figures(voices, brief))
    chosen: dict[roles.Role, list[Line]] = {}
    taken: list[Line] = []
    for role in ("mechanism", "result", "problem"):  # the method first: what a part has, no other repeats
        chosen[role] = _chosen(page, role, taken)
    told = frozenset().union(*(numbers(s.text[voices[0].language]) for s in figures))
    own = _read(
        page, "result"
    )  # what composed sentences have told is not quoted again, but the result of the reading is
    results = [x for x in chosen["result"] if x in own or not numbers(x.text) <= told]
    return Sections(
        page.kept((_quote(x, "problem", brief) for x in chosen["problem"]), language),
        page.kept(_steps(page, chosen["mechanism"], taken), language),
        page.kept((*figures, *(_result(x, brief) for x in results)), language),
        tuple(_tips.of(voices, page, language)),
        _tables.of(page),
    )


def _chosen(page: Page, role: roles.Role, taken: list[Line]) -> list[Line]:
    """The sentences of a role in the order of the text: those of the reading, then the best of the rest; none that is
    `taken`, to which they are added."""
    found: list[Line] = []
    for line in (*_read(page, role), *_ranked(page, role)):
        if len(found) < MOST[role] and not any(_alike(line, x) for x in (*taken, *found)):
            found.append(line)
    if role == "problem":
        found = _with_antecedents(page, found or _scene(page), taken)
    taken += found
    return sorted(found, key=page.lines.index)


def _scene(page: Page) -> list[Line]:
    """Where nothing says what is wrong: how the abstract sets out, before it speaks of the work."""
    opening = [x for x in page.lines if not x.heading]
    own = next((i for i, x in enumerate(opening) if page.is_own(x)), 0)
    return [x for x in opening[:own] if _alone(x.text) and not levels.level_of(x.text)][:2]


def _with_antecedents(page: Page, found: Sequence[Line], taken: Sequence[Line]) -> list[Line]:
    """The sentences, the best first, each behind the one before it in the text where it points back to that."""
    made: list[Line] = []
    for line in found:
        at = page.lines.index(line)
        told = [line]
        if at and _sorts.points_back(line.text) and page.lines[at - 1].passage == line.passage:
            told = [page.lines[at - 1], line]
        fresh = [x for x in told if x not in made and x not in taken]
        made += fresh if len(made) + len(fresh) <= MOST["problem"] else []
    return made


def _steps(page: Page, chosen: Sequence[Line], taken: Sequence[Line]) -> Iterator[Sentence]:
    """The steps of the method, and below each what the text says of it right behind."""
    left = BELOW
    for line in chosen:
        yield _quote(line, "mechanism", page.brief)
        for below in _behind(page, line, taken)[:left]:
            left -= 1
            yield with_depth(_quote(below, "mechanism", page.brief), 1)


def _behind(page: Page, line: Line, taken: Sequence[Line]) -> list[Line]:
    """At most two sentences right behind a step, in its section, that point back to it or say what a symbol stands for."""
    found: list[Line] = []
    at = page.lines.index(line)
    for x in page.lines[at + 1 : at + 3]:
        tells = _DEFINES.search(x.text) or (_POINTS.match(x.text) and page.plays("mechanism", x) > 0)
        if x.passage != line.passage or x in taken or not tells or len(x.text) > roles.LONGEST:
            break
        found.append(x)
    return found


def _read(page: Page, role: str = "") -> list[Line]:
    """The sentences that the reading quotes, of one role or of all. What it takes for the mechanism is background where
    it speaks of the field and not of the work; a result shows a figure or a test on users."""
    quoted = {(q.support.passage_id, q.support.end): q.role for q in page.brief.reading.quotations}
    found = {x: r for x in page.lines if (r := quoted.get((x.passage.id, x.end)))}
    if not role:
        return list(found)
    return [x for x, r in found.items() if role == (_part(page, x, r) if r in MOST else r)]


def _part(page: Page, line: Line, role: roles.Role) -> str:
    """The part of a note in which a quotation of the reading stands; "" for none."""
    system = page.brief.reading.system
    if role == "mechanism":
        found = role if page.is_own(line) or not _sets_out(line) else "problem"
        return "" if found == role and _sorts.is_no_step(line.text, system) else found
    return role if role != "result" or (_shows(line) and not _sorts.is_outline(line.text, system)) else ""


def _sets_out(line: Line) -> bool:
    """Whether it opens the abstract: the first two sentences speak of the field unless they name the work."""
    return not line.heading and len(sentences(line.passage.text[: line.start])) <= 2


def _shows(line: Line) -> bool:
    return bool(_FIGURE.search(line.text)) or levels.level_of(line.text) in metrics.LIVE


def _ranked(page: Page, role: roles.Role) -> list[Line]:
    """The other sentences of the abstract, and of where the role is told, that play it well enough: the best first."""
    known = _read(page)
    fit = [x for x in page.lines if (not x.heading or PLACES[role](x.heading)) and _alone(x.text) and x not in known]
    if role == "result":
        fit = [x for x in fit if _shows(x)]
    if role == "mechanism":
        fit = [x for x in fit if page.is_own(x) or not _sets_out(x)]
    ranked = sorted(((-page.plays(role, x), i) for i, x in enumerate(fit)))
    return [fit[i] for worth, i in ranked if -worth >= FLOORS[role]]


def _alone(text: str) -> bool:
    """Whether it can stand without the sentence before it."""
    return len(text) <= roles.LONGEST and not _POINTS.match(text) and not _sorts.hangs(text)


def _alike(a: Line, b: Line) -> bool:
    """An abstract and an introduction tell the same twice: most words of the shorter stand in the longer."""
    return len(a.words & b.words) > 0.6 * max(1, min(len(a.words), len(b.words)))


def _quote(line: Line, role: roles.Role, brief: Brief) -> Sentence:
    q = roles.quotation(role, line.passage, line.start, line.end)
    return composing.quote(q, brief.item.id, brief.item.entry.language or "en")


def _result(line: Line, brief: Brief) -> Sentence:
    """A quoted result, marked with its evidence."""
    said = _quote(line, "result", brief)
    return replace(said, inputs={**said.inputs, EVIDENCE: level_of(line)})


def _figures(voices: Sequence[Voice], brief: Brief) -> Iterator[Sentence]:
    """The composed line of a work that was tried on users with its further figures; then those of its abstract that
    come from elsewhere, two a sentence, with their evidence."""
    live = bool(naming.live_claims(brief) or naming.tried(brief))
    if live:
        yield from (s for s in composing.paper(voices, brief, "long") if s.rule.startswith("composed:"))
    abstract = brief.evidence.passages[0].id
    rest = [c for c in brief.reading.claims if c.evidence not in metrics.LIVE and c.sign and _stands(c, abstract)][:4]
    for turn, pair in enumerate(_pairs(rest)):
        yield _reported(voices, brief, pair, turn, "more_figures" if live or turn else "member_figure")


def _reported(voices: Sequence[Voice], brief: Brief, pair: Sequence[Claim], turn: int, pattern: str) -> Sentence:
    def slots(v: Voice) -> Mapping[str, object]:
        return {**composing.told(v, brief, pair), "subject": v.subject(brief), "what": ""}

    text = say(voices, pattern, brief.item.id, turn, slots)
    supports = [s for c in pair for s in c.supports]
    return composing.sentence("report", text, [brief.item.id], supports, "composed:figures")


def _stands(c: Claim, passage_id: str) -> bool:
    return any(s.passage_id == passage_id for s in c.supports)


def _pairs(claims: Sequence[Claim]) -> Iterator[list[Claim]]:
    """Two figures of one evidence level at a time, in order."""
    left = list(claims)
    while left:
        pair = [c for c in left[:2] if c.evidence == left[0].evidence]
        left = left[len(pair) :]
        yield pair
