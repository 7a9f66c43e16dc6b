"""The model's note: one question a paper, whose rows are the parts; sentence by sentence what does not hold is left out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice

from digester.analysis import evidence as levels
from digester.analysis import metrics, promotion
from digester.analysis.glossary import Glossary
from digester.analysis.tokens import sentences
from digester.domain.calls import Answer, Ask, ModelFault
from digester.domain.issue import Sentence
from digester.domain.model import Support
from digester.domain.notes import PARTS, Sections, Tip, with_depth
from digester.domain.text import language_of, one_line, plain, word_count
from digester.editors import composing
from digester.editors.answers import prose
from digester.editors.notes._page import PLACES, Line, Page
from digester.ports import Brief, Model, Unit

RULE = "written:note"
SENTENCES, LIMIT = 8, 320  # of a part; characters of one
TIPS, CELL = 4, 20  # lines of the table; words of a cell, in Chinese twice as many characters
TEXT, MORE = 2_000, 7_200  # characters: with the title about 2,400 tokens
HAN = 4  # times as many tokens a character
LEAST = 200  # characters of a text that a model is asked about
ROWS, LONGEST = 40, 12_000  # of an answer; characters of a row
TERM, NAME = 4, 2  # words of a term of the glossary; Han characters of its name at least
FRAME = "结果如下："  # Han characters in front of a line of figures
_BULLET = re.compile(r"^(?:[-*\u2022\u00b7]|\(?\d{1,2}[.)\uff09\u3001])\s*")
_INDENTED = re.compile(r"(?: {2}|\t)\s{0,20}[-*\u2022\u00b7]")
_HEADER = re.compile(r"^\W*(?:dimension|优化维度|维度)\b", re.IGNORECASE)
_DENIES = re.compile(
    r"\b(?:no|not|never|none|nothing|nor|neither|without|cannot|fail\w*|lacks?|hardly|un(?:able|changed|affected))\b|"
    r"n['’]t\b|[不没未无非]",
    re.IGNORECASE,
)
_DENIES_ZH = re.compile("没有|未|无法|无需|并非|不(?:是|能|会|再|如|适用|显著|需|可)")
_LATIN = re.compile(r"[A-Za-z][A-Za-z-]*")
_HAN = re.compile(r"[\u3400-\u9fff]")
Asks = Callable[[Mapping[int, Unit], str], Ask]  # units and language


def written(
    model: Model, ask: Asks, wanted: Sequence[tuple[Brief, str, Sections]], glossary: Glossary
) -> list[Sections]:
    """For each paper and language the sections in the model's words, each part that has a sentence that holds; its own
    for the others. All are asked for side by side."""
    pages = [Page(brief) for brief, _, _ in wanted]
    open_ = [i for i, page in enumerate(pages) if sum(len(x.text) for x in page.lines) >= LEAST]
    answers = model.answer([ask({1: unit(pages[i])}, wanted[i][1]) for i in open_])
    made = [own for _, _, own in wanted]
    for i, answer in zip(open_, answers, strict=True):
        made[i] = _sections(Reader(pages[i], wanted[i][1], glossary), _answered(answer), made[i])
    return made


def _sections(reader: Reader, told: Mapping[str, str], own: Sections) -> Sections:
    background, method, results = (reader.sentences(told[part]) for part in ("background", "method", "results"))
    return Sections(
        background or own.background, method or own.method, results or own.results,
        reader.tips(told["tips"]) or own.tips, own.tables,
    )  # fmt: skip


def _answered(answer: Answer | ModelFault) -> dict[str, str]:
    """The text of each part. One question has one unit, whose rows differ by their part; of a part that comes in
    several rows the texts are joined."""
    found: dict[str, str] = dict.fromkeys(PARTS, "")
    for row in () if isinstance(answer, ModelFault) else answer.rows[:ROWS]:
        n, part, text = row.get("n"), str(row.get("part")).strip().lower(), row.get("text")
        if isinstance(n, bool) or n != 1 or part not in PARTS or not isinstance(text, str) or len(text) > LONGEST:
            continue
        found[part] = f"{found[part]}\n{text}".strip()
    return found


def unit(page: Page) -> Unit:
    """Title, abstract, and the sentences of the whole text that tell most."""
    entry = page.brief.item.entry
    title = "" if promotion.addresses(entry.title) else entry.title
    abstract = promotion.readable(entry.title, page.brief.evidence.passages[:1])[0].text
    abstract = abstract.removeprefix(f"{entry.title}.").strip()
    share = HAN if language_of(abstract) == "zh" else 1
    return [("title", title), ("text", one_line(abstract, TEXT // share)), ("more", _more(page, MORE // share))]


def _more(page: Page, room: int) -> str:
    """Quoted and cited sentences first, then tests on users, steps of the method, figures; in the order of the text."""
    r = page.brief.reading
    shown = [
        (s.passage_id, s.start)
        for s in (*(q.support for q in r.quotations), *(s for c in r.claims for s in c.supports))
    ]
    ranked = sorted((-_worth(page, x, shown), i) for i, x in enumerate(page.lines) if x.heading)
    chosen = []
    for worth, i in ranked:
        if worth < 0 and len(page.lines[i].text) < room:
            chosen.append(i)
            room -= len(page.lines[i].text) + 1
    return " ".join(page.lines[i].text for i in sorted(chosen))


def _worth(page: Page, line: Line, shown: Iterable[tuple[str, int]]) -> float:
    inside = any(i == line.passage.id and line.start <= at < line.end for i, at in shown)
    step = max(page.plays("mechanism", line), 0.0) if PLACES["mechanism"](line.heading) else 0.0
    return 3 * inside + 2 * (levels.level_of(line.text) in metrics.LIVE) + ("%" in line.text) + step


@dataclass(frozen=True)
class Reader:
    """Takes the text of a part apart and keeps what holds; what was told in a part is not told again in another."""

    page: Page
    language: str
    glossary: Glossary
    told: set[str] = field(default_factory=set)

    def sentences(self, text: str) -> tuple[Sentence, ...]:
        """What holds of a part. A line that was indented stays below the one before it, unless that one is left out."""
        kept: dict[str, Sentence] = {}
        stands = False
        for depth, given in islice(_split(text), 4 * SENTENCES):
            s = self._sentence(self._prose(given))
            fresh = s is not None and s.id not in self.told and s.id not in kept
            if s is not None and fresh:
                kept[s.id] = with_depth(s, depth if stands else 0)
            stands = fresh if depth == 0 else stands
        self.told.update(kept)
        return tuple(kept.values())[:SENTENCES]

    def _prose(self, text: str) -> str:
        """`prose`; `线上 A/B：CTR +1.24%` has too few Han characters to be known as Chinese by itself."""
        told = prose(text, LIMIT, self.language)
        if told or self.language != "zh" or not 2 <= len(_HAN.findall(text)) < len(FRAME):
            return told
        return prose(FRAME + text, LIMIT, "zh").removeprefix(FRAME)

    def tips(self, text: str) -> tuple[Tip, ...]:
        rows = (self._tip(line) for line in text.split("\n")[: 4 * TIPS])
        return tuple(t for t in rows if t)[:TIPS]

    def _tip(self, line: str) -> Tip | None:
        """`dimension | before | this paper`, each of which holds by itself; what was before is not the paper's."""
        cells = [plain(c) for c in line.strip().strip("|").split("|")]
        joined = prose("; ".join(cells), 3 * LIMIT, self.language)
        if len(cells) != 3 or _HEADER.search(line) or not joined or joined.endswith("\u2026"):
            return None
        system, limit = self.page.brief.reading.system, CELL * (2 if self.language == "zh" else 1)
        if (system and system in cells[1]) or not all(len(c) > 1 and 0 < word_count(c) <= limit for c in cells):
            return None
        before, paper = self._sentence(cells[1]), self._sentence(cells[2])
        if before is None or paper is None:
            return None
        label = self._sentence(cells[0], (*before.supports, *paper.supports))  # a name of ours for what differs
        return Tip(label, before, paper) if label else None

    def _sentence(self, text: str, supports: Sequence[Support] = ()) -> Sentence | None:
        """The text as a sentence of the note; None for what promotes, is refused, or breaks the editorial standard."""
        if not text or text.endswith("\u2026") or promotion.is_promotion(text):
            return None
        given = [*supports, *self._terms(text)]
        made = composing.sentence("report", {self.language: text}, [self.page.brief.item.id], given, RULE)
        passed = self.page.passed(made)
        wrong = passed is None or self.page.breaks(passed, self.language) or self._denies_alone(passed)
        return None if wrong else passed

    def _denies_alone(self, s: Sentence) -> bool:
        """Whether a Chinese sentence denies something where the paper, in the sentences that have its words, denies
        nothing: across languages the gate does not see it."""
        if self.language != "zh" or not _DENIES_ZH.search(s.text["zh"]):
            return False
        texts = {p.id: p.text for p in self.page.brief.evidence.passages}
        named = {texts[x.passage_id][x.start : x.end] for x in s.supports if x.passage_id in texts}
        denying = (x.text for x in self.page.lines if _DENIES.search(x.text))
        return not any(name in text for text in denying for name in named)

    def _terms(self, text: str) -> list[Support]:
        """Where the paper has the terms that a Chinese sentence names: across languages the gate knows figures and
        names only, and a sentence without any would rest on nothing."""
        if self.language != "zh":
            return []
        return [s for name, s in self._named.items() if name in text][:3]

    @cached_property
    def _named(self) -> Mapping[str, Support]:
        """The Chinese names of the terms of the glossary that the paper uses, the longest first."""
        found: dict[str, Support] = {}
        for line in self.page.lines:
            words = list(_LATIN.finditer(line.text))
            for size in range(1, TERM + 1):
                for run in zip(*(words[i:] for i in range(size)), strict=False):
                    a, b = run[0].start(), run[-1].end()
                    name = self.glossary.term(line.text[a:b]) or ""
                    if len(_HAN.findall(name)) >= NAME and name not in found:
                        found[name] = Support(line.passage.id, line.start + a, line.start + b, "term")
        return dict(sorted(found.items(), key=lambda x: -len(x[0])))


def _split(text: str) -> Iterator[tuple[int, str]]:
    """(depth, sentence) of a part, without the bullets of lists; 1 for what was indented below another."""
    for given in text.split("\n"):
        line = _BULLET.sub("", plain(given))
        yield from ((int(bool(_INDENTED.match(given))), line[a:b]) for a, b in sentences(line))
