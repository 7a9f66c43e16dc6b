"""The tables of a paper with results from users: by their caption, else by the heading of their section.

Rows of two columns are read each by itself (`rows`); of tables with more columns few cells are results, and the others
are read by nobody (`columns`): as prose a rival's row would be a figure of the paper.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from digester.analysis import evidence, metrics
from digester.analysis.claims import columns, rows, values
from digester.analysis.tokens import sentences
from digester.domain.model import SCOPE_JOINT, Claim, EvidenceLevel, Passage, Support

LONGEST_HEADING = 80  # characters
CAPTION = 4  # sentences of a caption at most
ROWS = 200  # of a table; the extractor tells no more
LABEL = 60  # characters of a row that is only a label
_OPENS = re.compile(r"(?:Table|TABLE|Tab\.|表)\s?(?:\d{1,3}|[IVX]{1,5}|[A-Z]\.?\d{1,2})\s?[:.：]")
_OTHER = re.compile(
    r"\b(?:ablat\w+|variants?|data ?sets?|statistics|hyper-?parameters?|benchmarks?|replay\w*|logged|simulat\w+|sensitivity)\b|消融|离线|数据集",
    re.IGNORECASE,
)
_MARK = r"(?P<{}>\*{{1,3}}|[†‡§])"
_NOT = r"(?:not (?:statistically )?significant|insignificant|non-significant|n\.s\.)"
_NOTED = re.compile(
    rf"{_MARK.format('a')}[^.;,*†‡§]{{0,40}}\b{_NOT}|\b{_NOT}[^.;,*†‡§]{{0,40}}?{_MARK.format('b')}", re.IGNORECASE
)
_MARKS = re.compile(r"[*†‡§]+")
_SHORT_NOT = re.compile(r"(?<![\w.])n\.?s\.?(?![\w])", re.IGNORECASE)

Span = tuple[int, int]
Parts = list[tuple[str, str]]  # head and cell of each column, [] for what is no row


@dataclass
class _Caption:
    """What stands in front of a table: its caption from the word Table on, else the sentence before it."""

    told: list[str] = field(default_factory=list)
    extent: str = ""

    def add(self, sentence: str) -> None:
        opens = _OPENS.match(sentence)
        self.told = [*self.told, sentence][: CAPTION + 1] if self.named and not opens else [sentence]
        if len(self.told) > CAPTION:
            self.told = self.told[-1:]
        self.extent = values.of_test(self.extent, values.extent_of(sentence))

    @property
    def named(self) -> bool:
        return bool(self.told and _OPENS.match(self.told[0]))

    @property
    def text(self) -> str:
        return " ".join(self.told)


@dataclass(frozen=True)
class Tabled:
    """The figures of a passage's tables with the families of their measures, and the sentences that prose is not."""

    claims: tuple[tuple[Claim, str], ...]
    taken: frozenset[Span]


def read(passage: Passage, own: str, rule: str) -> Tabled:
    """The tables of a full text; `own` is the name of the paper's system, `rule` that of the supports."""
    if passage.level != "full_text":
        return Tabled((), frozenset())
    spans = sentences(passage.text)
    heading = passage.text[slice(*spans[0])] if spans else ""
    level = evidence.level_of(heading) if len(heading) <= LONGEST_HEADING else None
    claims, taken = list[tuple[Claim, str]](), set[Span]()
    caption, at, told = _Caption(), 0, _told(passage, spans)
    while at < len(spans):
        if caption.named and (end := _end(told, at)) > at:
            taken.update(spans[at:end])
            run = [parts for _, parts in told[at:end]]
            claims += _of_columns(passage, spans[at:end], run, caption, level, own, rule)
            at = end
            continue
        sentence = passage.text[slice(*spans[at])]
        if (row := rows.of(sentence.rstrip("."))) is None:
            caption.add(sentence)
        elif found := _claim(passage, spans[at], row, sentence, caption, _level(caption.text, level), rule):
            claims.append(found)
            taken.add(spans[at])
        at += 1
    return Tabled(tuple(claims), frozenset(taken))


def _told(passage: Passage, spans: Sequence[Span]) -> list[tuple[str, Parts]]:
    """Each sentence with what it is as a row of more than two columns."""
    texts = [passage.text[slice(*span)] for span in spans]
    return [(text, columns.parts(text.rstrip("."))) for text in texts]


def _end(told: Sequence[tuple[str, Parts]], at: int) -> int:
    """Behind the rows of more than two columns that begin here, rows between them that are only a label too; `at` where
    no row has two cells: `GMV per query, long queries: +4%` is a row of two columns."""
    end, cells = at, 0
    while end < min(len(told), at + ROWS):
        sentence, parts = told[end]
        label = at < end < len(told) - 1 and _is_label(sentence)
        if not parts and not (label and told[end + 1][1]):
            break
        cells = max(cells, len(parts))
        end += 1
    return end if cells > 1 else at


def _is_label(sentence: str) -> bool:
    return len(sentence) <= LABEL and not _OPENS.match(sentence)


def _of_columns(
    passage: Passage, spans: Sequence[Span], run: Sequence[Parts], caption: _Caption,
    level: EvidenceLevel | None, own: str, rule: str,
) -> Iterator[tuple[Claim, str]]:  # fmt: skip
    """The paper's own results in a table of more columns: tests on users alone, deployment is not enough."""
    reach = _level(caption.text, level)
    if reach != "online_ab" or _OTHER.search(caption.text) or not all(run):  # a label between rows parts groups
        return
    for cell in columns.results(columns.table(run), own):
        if row := rows.of(cell.sentence):
            told = _claim(passage, spans[cell.row], row, cell.sentence, caption, reach, rule)
            yield from (told,) if told else ()


def _level(caption: str, level: EvidenceLevel | None) -> EvidenceLevel | None:
    return "offline" if evidence.mentions_offline(caption) else evidence.level_of(caption) or level


def _claim(
    passage: Passage, span: Span, row: rows.Row, sentence: str, caption: _Caption,
    level: EvidenceLevel | None, rule: str,
) -> tuple[Claim, str] | None:  # fmt: skip
    """The figure of a row; None where its table is none of results from users."""
    if level is None or level not in metrics.LIVE:
        return None
    name, place, q = row
    extent = values.of_test(caption.extent, values.extent_of_caption(caption.text))
    scope = SCOPE_JOINT.join(filter(None, (place, extent))) or None
    hedge = "not significant" if _is_noted(sentence, caption.text) else values.hedge(sentence, q)
    support = Support(passage.id, *span, rule)
    return Claim(name, q.value, q.unit, q.sign, level, (support,), hedge=hedge, scope=scope), rows.family(name)


def _is_noted(sentence: str, caption: str) -> bool:
    """Whether a cell has the mark that its caption gives to what is not significant, or says `n.s.`"""
    if _SHORT_NOT.search(sentence):
        return True
    m = _NOTED.search(caption)
    return m is not None and (m["a"] or m["b"]) in _MARKS.findall(sentence)
