"""Names of the field in Chinese: what the English records call by its name, the Chinese page calls by its own.

The table arrives as a value (prompts/glossary.yaml), in sections that say what a name is used for: the same word is
another thing as a term, as a measure and as a heading (`releases`, `memory`, `share`). A name is found under all its
spellings: capitals, plurals, hyphens and spaces, both sides of the Atlantic. A longer name is built from its parts only
when every part is known: half a translation reads worse than the English, and nothing is guessed. What is said behind a
measure in English (`per user`, `of review readers`, `on Home`) stands in front of it in Chinese.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from digester.analysis import phrases
from digester.domain.text import fold

SECTIONS = ("terms", "metrics", "headings", "hedges", "kept", "parts")
Names = Mapping[str, str]  # key (see `_key`) -> Chinese

_HAN_EDGE = re.compile(r"(?<=[\u3400-\u9fff]) (?=[\u3400-\u9fff])")
_JOINT = re.compile(r", and | and | & |, ")
_BRACKET = re.compile(r" ?\([^()]{1,40}\)$")
_CUTOFF = re.compile(r"(?P<name>[A-Za-z -]{1,30}[A-Za-z])(?P<at>@\d{1,6})")
_PER = re.compile(r"(?P<what>.{1,80}?) (?P<per>per [a-z -]{3,30})", re.IGNORECASE)
_OF = re.compile(r"(?P<what>.{1,60}?) (?P<how>of|on|in|for) (?:(?:the|an?) )?(?P<whose>.{1,60})", re.IGNORECASE)
_ONLINE = re.compile(r"(?P<what>.{1,120}) online", re.IGNORECASE)
_COUNTED = re.compile(r"(?<=[\u3400-\u9fff]{2})(?<![流质容能变向增参函分指常])(?:次数|笔数|量|数|额)\Z")
_SPAN = re.compile(  # `7-day retention` is within them, `day-7 retention` and `D7 retention` on the last of them
    r"(?:(?P<within>\d{1,3})[- ](?P<long>day|week|month)|(?P<unit>day|week|month)[- ](?P<nth>\d{1,3})|D(?P<day>\d{1,3})) "
    r"(?P<what>.{1,80})",
    re.IGNORECASE,
)
_UNITS = {"day": "天", "week": "周", "month": "个月"}
_PERCENTILE = re.compile(r"p\d\d(?:\.\d)?")
_NO_PLURAL = frozenset({"news"})  # `new` is another word
_MOST = 200  # characters; what is longer is a text and no name
_READ = 2_000  # characters of a text in which terms are looked for
_HAN = re.compile(r"[\u3400-\u9fff]")
_SURE = frozenset(  # words that mean one thing wherever they stand; `memory` or `release` do not
    [
        "agent", "benchmark", "chip", "compiler", "copyright", "distillation", "embedding", "inference", "latency",
        "quantization", "quantisation", "ranking", "recommendation", "recommender", "retrieval", "throughput",
        "tokenizer", "transformer", "vulnerability", "hallucination", "multimodal", "pretraining",
    ]
)  # fmt: skip
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9'-]{0,40}")
_LONGEST = 5  # words of a part of a built name
_MEAN = "均"  # 人均, 日均: a mean already
_LAST = "scaling"  # `scaling X`: what is done to X stands behind it


@dataclass(frozen=True)
class Glossary:
    """The sections of the table, each with folded keys. `of` makes one; what it does not know stays English."""

    terms: Names
    metrics: Names
    headings: Names
    hedges: Names
    kept: Names
    parts: Names = field(default_factory=dict)

    @classmethod
    def of(cls, table: Mapping[str, object]) -> Glossary:
        """From the parsed file. Raises ValueError that names the section or entry of the wrong shape."""
        unknown = sorted(str(name) for name in table if name not in (*SECTIONS, "version"))
        if unknown:
            raise ValueError(f"{unknown[0]}: unknown section, there are {', '.join(SECTIONS)}")
        return cls(*(_section(name, table.get(name, {} if name == "parts" else None)) for name in SECTIONS))

    def term(self, text: str) -> str | None:
        """The Chinese of a whole name, whatever it names; terms that stay English come back in their spelling."""
        key = _key(text)
        order = (self.terms, self.kept, self.metrics, self.hedges, self.headings)
        return _of(key, order)

    def theme(self, text: str) -> str:
        """The name of a theme or a phrase: whole, else built of its parts when all are known, else as it is."""
        tables = (self.terms, self.kept)
        found = self._whole(text, tables)
        done, _, what = text.partition(" ")
        if not found and done.lower() == _LAST and (built := self._whole(what, tables) or self._built(what, tables)):
            found = _joined([built, self.terms.get(_LAST, "")])
        return found or self._built(text, tables) or text

    def metric(self, text: str) -> str:
        """The name of a measure, or of a place where it holds: `watch time per user` is 人均观看时长, `Recall@50` stays;
        else as it is."""
        bare = _BRACKET.sub("", text.strip())
        if cut := _CUTOFF.fullmatch(bare):
            return f"{self.kept.get(_key(cut['name'])) or phrases.title_case(cut['name'])}{cut['at']}"
        return (self._measure(bare) if len(bare) <= _MOST else None) or text

    def heading(self, text: str) -> str:
        """The heading of a section or a topic; a theme's section is headed by its theme."""
        return self.headings.get(_key(text)) or self.theme(text)

    def named(self, text: str, most: int) -> list[str]:
        """Terms of the field that an English text names, in Chinese, in their order; longer names before their parts."""
        words, at = [m[0] for m in _LATIN.finditer(text[:_READ])], 0
        found: list[str] = []
        while at < len(words) and len(found) < most:
            keys = ((n, _key(" ".join(words[at : at + n]))) for n in range(min(_LONGEST, len(words) - at), 0, -1))
            n, known = next(((n, self.terms[k]) for n, k in keys if k in self.terms), (1, ""))
            sure = n > 1 or words[at].lower().rstrip("s") in _SURE
            if sure and known and _HAN.search(known) and known not in found:
                found.append(known)
            at += n
        return found

    # ------------------------------------------------------------ building
    def _whole(self, text: str, tables: Sequence[Names]) -> str | None:
        return _of(_key(text), tables)

    def _measure(self, text: str) -> str | None:
        """Whole, else with what is said behind it in front: where, of whom, for whom it is counted; else word by word."""
        tables = (self.metrics, self.parts, self.kept, self.terms)
        if found := self._whole(text, tables):
            return found
        if online := _ONLINE.fullmatch(text):
            what = self._behind(online["what"], tables) or self._counted(online["what"], tables)
            return _joined(["线上", what]) if what else None
        return self._behind(text, tables) or self._counted(text, tables)

    def _behind(self, text: str, tables: Sequence[Names]) -> str | None:
        """`conversion rate of review readers` as 评价读者的转化率, `add-to-cart on Home` as 首页加购量, `number of clicks`
        as 点击数."""
        if (m := _OF.fullmatch(text)) is None:
            return None
        head = self._whole(f"{m['what']} {m['how']}", tables)
        what, whose = head or self._counted(m["what"], tables), self._counted(m["whose"], tables)
        if not what or not whose:
            return None
        owned = not head and m["how"].lower() == "of" and " " in m["what"]
        return _joined(_run_on([whose, "的" if owned else "", what]))

    def _counted(self, text: str, tables: Sequence[Names]) -> str | None:
        """`watch time per user`, `7-day retention`, and what holds no such addition."""
        if per := _PER.fullmatch(text):
            around, what = self._per(per["per"]), self._built(per["what"], tables, counted=True)
            if not around or not what:
                return None
            return _joined([around, what.removeprefix("平均") if _MEAN in around else what])
        if span := _SPAN.fullmatch(text):
            what = self._built(span["what"], tables, counted=True)
            return _joined([_span(span), what]) if what else None
        return self._built(text, tables, counted=True)

    def _per(self, text: str) -> str:
        """`per user` is 人均; `per` with a known noun is 每 and the noun."""
        noun = self._whole(text.partition(" ")[2], (self.terms, self.kept, self.parts))
        return self.metrics.get(_key(text)) or (f"每{noun}" if noun else "")

    def _built(self, text: str, tables: Sequence[Names], counted: bool = False) -> str | None:
        """`A, B and C` as A、B与C; each of them whole, else word by word, `counted` for measures."""
        if len(text) > _MOST:
            return None
        parts = [self._whole(p, tables) or self._by_words(p, tables, counted) for p in _JOINT.split(text.strip())]
        known = [p for p in parts if p]
        if not known or len(known) < len(parts):
            return None
        return "、".join(known[:-1]) + ("与" if known[1:] else "") + known[-1]

    def _by_words(self, text: str, tables: Sequence[Names], counted: bool) -> str | None:
        """Longest known runs of words from the left; None as soon as a word is in none."""
        words, at = _words(text), 0
        found: list[str] = []
        while at < len(words):
            runs = range(min(_LONGEST, len(words) - at), 0, -1)
            fit = next(((n, z) for n in runs if (z := _of(_run(words[at : at + n]), tables))), None)
            if fit is None and (
                _PERCENTILE.fullmatch(words[at]) or (words[at].isdigit() and _HAN.search("".join(found)))
            ):
                fit = (1, words[at])
            if fit is None:
                return None
            found.append(fit[1])
            at += fit[0]
        return _joined(_run_on(found) if counted else found) if found else None


def _span(m: re.Match[str]) -> str:
    if m["within"]:
        return f"{m['within']} {_UNITS[m['long'].lower()]}"
    return f"第 {m['nth'] or m['day']} {_UNITS[(m['unit'] or 'day').lower()]}"


def _section(name: str, section: object) -> dict[str, str]:
    if not isinstance(section, Mapping):
        raise ValueError(f"{name}: is no mapping of English to Chinese")
    made: dict[str, str] = {}
    for english, chinese in section.items():
        key = _key(english) if isinstance(english, str) and isinstance(chinese, str) and chinese.strip() else ""
        if not key:
            raise ValueError(f"{name}.{english}: is no pair of texts")
        if english != english.lower():
            raise ValueError(f"{name}.{english}: keys are lower case")
        if key in made:
            raise ValueError(f"{name}.{english}: stands there already in another spelling")
        made[key] = chinese.strip()
    return made


def _words(text: str) -> list[str]:
    """Folded words: lower case, hyphens opened, plurals and spellings made one (`caches` loses its e, so `cache` too)."""
    found = [w if w in _NO_PLURAL else phrases.fold(w) for w in re.split(r"[\s\-/]+", fold(text)) if w]
    return [w[:-1] if w.endswith(("che", "she", "sse", "xe")) else w for w in found if w]


def _key(text: str) -> str:
    """What all spellings of a name share: its folded words run together, without the marks between them."""
    return _run(_words(text)) if len(text) <= _MOST else ""


def _run(words: Sequence[str]) -> str:
    return re.sub(r"[,'_]", "", "".join(words))


def _of(key: str, tables: Sequence[Names]) -> str | None:
    return next((names[key] for names in tables if key in names), None)


def _run_on(parts: Sequence[str]) -> list[str]:
    """A measure word stands only behind the whole name: 预订量 and 转化率 are 预订转化率, 覆盖率 and 率 are 覆盖率."""
    *first, last = (p for p in parts if p)
    kept = [_COUNTED.sub("", p) for p in first]
    return [*kept, last] if last != "率" or not kept else [*kept[:-1], f"{kept[-1].removesuffix('率')}率"]


def _joined(parts: Sequence[str]) -> str:
    """Chinese runs on; a space stands only beside a word in Latin letters."""
    return _HAN_EDGE.sub("", " ".join(p for p in parts if p))
