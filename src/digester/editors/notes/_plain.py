"""The embedded editor's note: quotations by their role, composed figures, and a line of the table from records."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from digester.analysis import metrics, roles
from digester.analysis.tokens import STOP
from digester.domain.issue import Sentence
from digester.domain.model import Claim, Support
from digester.domain.notes import Sections, Tip
from digester.domain.text import word_count
from digester.editors import composing, mechanism, naming
from digester.editors.notes._page import PLACES, Line, Page
from digester.editors.voice import Voice, say
from digester.ports import Brief

CELL = 20  # words of a cell of the table
MOST: Mapping[roles.Role, int] = {"problem": 2, "mechanism": 6, "result": 3}  # quotations of a part
FLOORS: Mapping[roles.Role, float] = {"problem": 2.0, "mechanism": 1.5, "result": 3.5}  # beyond what the reading has
_EXISTING = re.compile(
    r"\b(?:(?:most|many|today's) )?(?:existing|conventional|traditional|current|prior) (?!work\b)"
    r"(?:[^.,;:()\u201c\u201d]|[.,](?=\d)){12,110}?(?=[.,;:](?!\d)| (?:which|because|since|due)\b)|"
    r"(?:现有|传统)[^，。；：、]{4,40}(?=[，。；：])",
    re.IGNORECASE,
)
_LED = re.compile(
    r"(?:^|[,;:] |\b(?:yet|but|that|while|whereas|though|unlike|however,?) )\W?$|[，。；]$", re.IGNORECASE
)
_VAGUE = re.compile(
    r"\b(?:limitations?|challenges?|dichotomy|issues?|drawbacks?|problems?|shortcomings)$", re.IGNORECASE
)
_OWN = re.compile(r"\b(?:we|our|this (?:paper|work|study))\b|本文|我们", re.IGNORECASE)
_POINTS = re.compile(r"(?:It|Its|This|These|They|Their|Those|Such|Each|He|She|Here)\b|[这该其此]")


def plain_sections(voices: Sequence[Voice], brief: Brief, language: str) -> Sections:
    """Quotations and composed sentences; a part for which the paper has none is empty."""
    page = Page(brief)
    quoted: dict[roles.Role, list[Sentence]] = {}
    taken: list[Line] = []
    for role in ("mechanism", "result", "problem"):  # the method first: what a part has, no other repeats
        quoted[role] = [_quote(line, role, brief) for line in _chosen(page, role, taken)]
    return Sections(
        page.kept(quoted["problem"], language),
        page.kept(quoted["mechanism"], language),
        page.kept((*_figures(voices, brief), *quoted["result"]), language),
        tuple(_records(voices, page, language)),
    )


def _chosen(page: Page, role: roles.Role, taken: list[Line]) -> list[Line]:
    """The sentences of a role in the order of the text: those of the reading, then the best of the rest; none that is
    `taken`, to which they are added."""
    found: list[Line] = []
    for line in (*_read(page, role), *_ranked(page, role)):
        if len(found) < MOST[role] and not any(_alike(line, x) for x in (*taken, *found)):
            found.append(line)
    taken += found
    return sorted(found, key=page.lines.index)


def _read(page: Page, role: str = "") -> list[Line]:
    """The sentences that the reading quotes, of one role or of all."""
    ends = {(q.support.passage_id, q.support.end) for q in page.brief.reading.quotations if role in ("", q.role)}
    return [x for x in page.lines if (x.passage.id, x.end) in ends]


def _ranked(page: Page, role: roles.Role) -> list[Line]:
    """The other sentences of the abstract, and of where the role is told, that play it well enough: the best first."""
    known = _read(page)
    fit = [x for x in page.lines if (not x.heading or PLACES[role](x.heading)) and _alone(x.text) and x not in known]
    ranked = sorted(((-page.plays(role, x), i) for i, x in enumerate(fit)))
    return [fit[i] for worth, i in ranked if -worth >= FLOORS[role]]


def _alone(text: str) -> bool:
    """Whether it can stand without the sentence before it."""
    return len(text) <= roles.LONGEST and not _POINTS.match(text)


def _alike(a: Line, b: Line) -> bool:
    """An abstract and an introduction tell the same twice: most words of the shorter stand in the longer."""
    return len(a.words & b.words) > 0.6 * max(1, min(len(a.words), len(b.words)))


def _quote(line: Line, role: roles.Role, brief: Brief) -> Sentence:
    q = roles.quotation(role, line.passage, line.start, line.end)
    return composing.quote(q, brief.item.id, brief.item.entry.language or "en")


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


def _records(voices: Sequence[Voice], page: Page, language: str) -> Iterator[Tip]:
    """One line of the table where the records have all of it: the subject, what exists, what the work is."""
    brief, name = page.brief, next(iter(naming.subjects(page.brief)), "")
    problems = (x for x in page.lines if not x.heading and page.plays("problem", x) >= roles.FLOORS["problem"])
    before = next((c for x in problems if (c := _before(x, brief))), None)
    if not name or not before or not (what := _own(page)):
        return
    texts = {v.language: v.term(name) for v in voices}
    label = composing.sentence("derived", texts, before.cites, rule="computed:subject", inputs={"subject": name})
    if len(row := page.kept((label, before, what), language)) == 3:
        yield Tip(*row)


def _before(line: Line, brief: Brief) -> Sentence | None:
    """What the paper says of what exists, as a slice of few words; None where it does not say it in such words."""
    m = _EXISTING.search(line.text)
    if not m or word_count(m[0]) > CELL or m[0].rpartition(" ")[2] in STOP or _VAGUE.search(m[0]):
        return None
    if not _LED.search(line.text[: m.start()]):
        return None
    support = Support(line.passage.id, line.start + m.start(), line.start + m.end(), "quote")
    language = brief.item.entry.language or "en"
    return composing.sentence("quote", {language: m[0]}, [brief.item.id], [support], "verbatim")


def _own(page: Page) -> Sentence | None:
    """What the work is, in its own few words; None where they stand in a sentence about the work of others."""
    what, system = mechanism.of(page.brief), page.brief.reading.system
    line = page.nearest(what) if what else None
    if line is None or not (_OWN.search(line.text) or (system and system in line.text)):
        return None
    what = what.removeprefix("which ")  # a cell is no apposition
    return composing.sentence("report", {"en": what}, [page.brief.item.id], [line.support("wording")], "composed:tip")
