"""The table of the embedded editor's note: what differs, how it was done before, how the paper does it.

First what one sentence of the paper sets against each other (`analysis.contrasts`), then one line of two sentences: what
exists, or what the work's own service had before, and what the work is. Both cells are slices of the paper.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from digester.analysis import contrasts, roles
from digester.analysis.tokens import STOP, terms
from digester.domain.issue import Sentence
from digester.domain.model import Passage, Support
from digester.domain.notes import Tip
from digester.domain.text import word_count
from digester.editors import composing, mechanism, naming
from digester.editors.notes._page import FORMER, OPENING, PLACES, Line, Page
from digester.editors.voice import Voice

MOST, CELL = 4, 20  # lines; words of a cell
DIMENSIONS: Mapping[contrasts.Dimension, Mapping[str, str]] = {
    "training": {"en": "Training", "zh": "训练"}, "serving": {"en": "Serving", "zh": "线上服务"},
    "architecture": {"en": "Architecture", "zh": "模型结构"}, "retrieval": {"en": "Retrieval", "zh": "召回"},
    "input": {"en": "Input", "zh": "输入"}, "approach": {"en": "Approach", "zh": "方案"},
}  # fmt: skip
_EXISTING = re.compile(
    r"\b(?:(?:most|many|today's) )?(?:existing|conventional|traditional|current|prior|production) (?!work\b)"
    r"(?:[^.,;:()\u201c\u201d]|[.,](?=\d)|, an? [^.,;:()]{3,40}, ){12,110}?"
    r"(?=[.;:](?!\d)|,(?!\d| an? [^,.;:()]{3,40},)| (?:which|because|since|due)\b)|"
    r"(?:现有|传统)[^，。；：、]{4,40}(?=[，。；：])",
    re.IGNORECASE,
)
_LED = re.compile(
    r"(?:^|[,;:] |\b(?:yet|but|that|while|whereas|though|unlike|however,?|nevertheless,?) )\W?$|[，。；]$",
    re.IGNORECASE,
)
_VAGUE = re.compile(
    r"\b(?:limitations?|challenges?|dichotomy|issues?|drawbacks?|problems?|shortcomings)$", re.IGNORECASE
)
_ELSEWHERE = re.compile(
    r"\b(?:it|them)\b|\b(?:this|these|those|that)(?= (?:or|and|but|by|in|with|for|when|as)\b|\Z)", re.IGNORECASE
)
_AWAY = re.compile(r" (?:here|there|today|therefore|thus|anyway)\Z", re.IGNORECASE)
_CUT_OFF = re.compile(r", (?:an?|the|our|one|whose|who|where)\b")  # an apposition: what is said comes behind it


def of(voices: Sequence[Voice], page: Page, language: str) -> Iterator[Tip]:
    """At most MOST lines of which every cell passes the gate, none that says what another says."""
    told: list[frozenset[str]] = []
    for tip in (*_contrasts(voices, page), *_records(voices, page)):
        row = page.kept((tip.dimension, tip.before, tip.paper), language)
        words = frozenset(terms(" ".join(next(iter(s.text.values())) for s in (tip.before, tip.paper))))
        if len(row) == 3 and len(told) < MOST and not any(_alike(words, x) for x in told):
            told.append(words)
            yield Tip(*row)


def _alike(a: frozenset[str], b: frozenset[str]) -> bool:
    return len(a & b) > 0.5 * max(1, min(len(a), len(b)))


def _contrasts(voices: Sequence[Voice], page: Page) -> Iterator[Tip]:
    """What the title, the abstract and the sections on the method set against each other, in this order."""
    passage, title = page.brief.evidence.passages[0], page.brief.item.entry.title
    if passage.text.startswith(title) and (found := contrasts.of_title(title)):
        yield _tip(voices, page, passage, 0, found)
    introduced = False  # behind the sentence that names the work, an abstract tells of it
    for line in page.lines:
        introduced = introduced or page.is_own(line)
        told = PLACES["mechanism"](line.heading) if line.heading else introduced
        if told and (found := contrasts.of(line.text)):
            yield _tip(voices, page, line.passage, line.start, found)


def _tip(
    voices: Sequence[Voice], page: Page, passage: Passage, at: int, found: tuple[contrasts.Span, contrasts.Span]
) -> Tip:
    halves = [_slice(page, passage, at + a, at + b) for a, b in found]
    name = contrasts.dimension(" ".join(next(iter(s.text.values())) for s in halves))
    return Tip(_dimension(voices, page, name), halves[0], halves[1])


def _slice(page: Page, passage: Passage, start: int, end: int) -> Sentence:
    language = page.brief.item.entry.language or "en"
    support = Support(passage.id, start, end, "quote")
    return composing.sentence("quote", {language: passage.text[start:end]}, [page.brief.item.id], [support], "verbatim")


def _dimension(voices: Sequence[Voice], page: Page, name: contrasts.Dimension) -> Sentence:
    texts = {v.language: DIMENSIONS[name][v.language] for v in voices}
    return composing.sentence(
        "derived", texts, [page.brief.item.id], rule="computed:dimension", inputs={"dimension": name.capitalize()}
    )


def _records(voices: Sequence[Voice], page: Page) -> Iterator[Tip]:
    """A line where the records have both halves: what exists, what the work is; by the subject of the field, if any."""
    before = next((c for x in page.lines if (c := _before(page, x))), None)
    if not before or not (what := _own(page)):
        return
    if subject := next(iter(naming.subjects(page.brief)), ""):
        texts = {v.language: v.term(subject) for v in voices}
        label = composing.sentence("derived", texts, before.cites, rule="computed:subject", inputs={"subject": subject})
    else:
        told = " ".join(next(iter(s.text.values())) for s in (before, what))
        label = _dimension(voices, page, contrasts.dimension(told))
    yield Tip(label, before, what)


def _before(page: Page, line: Line) -> Sentence | None:
    """What the paper says of what exists, as a slice of few words; None where it does not say it in such words."""
    problem = not line.heading and page.plays("problem", line) >= roles.FLOORS["problem"]
    m = _EXISTING.search(line.text) if problem else None
    if m is None and line.heading and OPENING.search(line.heading):
        m = FORMER.search(line.text)
    if not m or word_count(_bare(m[0])) > CELL or _says_little(line.text, m):
        return None
    start = line.start + m.start()
    return _slice(page, line.passage, start, start + len(_bare(m[0])))


def _bare(said: str) -> str:
    """Without an adverb at its end that points to the sentence before it."""
    return _AWAY.sub("", said)


def _says_little(text: str, m: re.Match[str]) -> bool:
    said = _bare(m[0])
    return bool(
        said.rpartition(" ")[2] in STOP or _VAGUE.search(said) or _ELSEWHERE.search(said) or _CUT_OFF.match(text, m.end())
        or not _LED.search(text[: m.start()])
    )  # fmt: skip


def _own(page: Page) -> Sentence | None:
    """What the work is, in its own few words; None where they stand in a sentence about the work of others."""
    what = mechanism.of(page.brief)
    line = page.nearest(what) if what else None
    if line is None or not page.is_own(line):
        return None
    what = what.removeprefix("which ")  # a cell is no apposition
    return composing.sentence("report", {"en": what}, [page.brief.item.id], [line.support("wording")], "composed:tip")
