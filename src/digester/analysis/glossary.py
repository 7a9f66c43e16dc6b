"""Names of the field in Chinese: what the English records call by its name, the Chinese page calls by its own.

The table arrives as a value (prompts/glossary.yaml), in five sections that say what a name is used for: the same
word is another thing as a term, as a measure and as a heading (`releases`, `memory`, `share`). A name is found under
all its spellings: capitals, plurals, hyphens and spaces, both sides of the Atlantic. A longer name is built from its
parts only when every part is known: half a translation reads worse than the English, and nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from digester.analysis import phrases
from digester.domain.text import fold

SECTIONS = ("terms", "metrics", "headings", "hedges", "kept")
Names = Mapping[str, str]  # key (see `_key`) -> Chinese

_HAN_EDGE = re.compile(r"(?<=[\u3400-\u9fff]) (?=[\u3400-\u9fff])")
_JOINT = re.compile(r", and | and | & |, ")
_BRACKET = re.compile(r" ?\([^()]{1,40}\)$")
_CUTOFF = re.compile(r"(?P<name>[A-Za-z -]{1,30}[A-Za-z])(?P<at>@\d{1,6})")
_PER = re.compile(r"(?P<what>.{1,80}?) (?P<per>per [a-z-]{3,20})", re.IGNORECASE)
_DAYS = re.compile(r"(?P<n>\d{1,3})-day (?P<what>.{1,80})", re.IGNORECASE)
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


@dataclass(frozen=True)
class Glossary:
    """The sections of the table, each with folded keys. `of` makes one; what it does not know stays English."""

    terms: Names
    metrics: Names
    headings: Names
    hedges: Names
    kept: Names

    @classmethod
    def of(cls, table: Mapping[str, object]) -> Glossary:
        """From the parsed file. Raises ValueError that names the section or entry of the wrong shape."""
        unknown = sorted(str(name) for name in table if name not in (*SECTIONS, "version"))
        if unknown:
            raise ValueError(f"{unknown[0]}: unknown section, there are {', '.join(SECTIONS)}")
        return cls(*(_section(name, table.get(name)) for name in SECTIONS))

    def term(self, text: str) -> str | None:
        """The Chinese of a whole name, whatever it names; terms that stay English come back in their spelling."""
        key = _key(text)
        order = (self.terms, self.kept, self.metrics, self.hedges, self.headings)
        return _of(key, order)

    def theme(self, text: str) -> str:
        """The name of a theme or a phrase: whole, else built of its parts when all are known, else as it is."""
        tables = (self.terms, self.kept)
        return self._whole(text, tables) or self._built(text, tables) or text

    def metric(self, text: str) -> str:
        """The name of a measure: `watch time per user` is 人均观看时长, `Recall@50` stays; else as it is."""
        bare = _BRACKET.sub("", text.strip())
        tables = (self.metrics, self.kept, self.terms)
        if cut := _CUTOFF.fullmatch(bare):
            return f"{self.kept.get(_key(cut['name'])) or phrases.title_case(cut['name'])}{cut['at']}"
        if found := self._whole(bare, tables):
            return found
        around, what = "", bare
        if per := _PER.fullmatch(bare):
            around, what = self._per(per["per"]), per["what"] if self._per(per["per"]) else ""
        elif days := _DAYS.fullmatch(bare):
            around, what = f"{days['n']} 天", days["what"]
        built = self._built(what, tables)
        return _joined([around, built]) if built else text

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

    def _per(self, text: str) -> str:
        """`per user` is 人均; `per` with a known noun is 每 and the noun."""
        noun = self._whole(text.partition(" ")[2], (self.terms, self.kept))
        return self.metrics.get(_key(text)) or (f"每{noun}" if noun else "")

    def _built(self, text: str, tables: Sequence[Names]) -> str | None:
        """`A, B and C` as A、B与C; each of them whole, else word by word."""
        if len(text) > _MOST:
            return None
        parts = [self._whole(p, tables) or self._by_words(p, tables) for p in _JOINT.split(text.strip())]
        known = [p for p in parts if p]
        if not known or len(known) < len(parts):
            return None
        return "、".join(known[:-1]) + ("与" if known[1:] else "") + known[-1]

    def _by_words(self, text: str, tables: Sequence[Names]) -> str | None:
        """Longest known runs of words from the left; None as soon as a word is in none."""
        words, found, at = _words(text), [], 0
        while at < len(words):
            runs = range(min(_LONGEST, len(words) - at), 0, -1)
            fit = next(((n, z) for n in runs if (z := _of(_run(words[at : at + n]), tables))), None)
            if fit is None and _PERCENTILE.fullmatch(words[at]):
                fit = (1, words[at])
            if fit is None:
                return None
            found.append(fit[1])
            at += fit[0]
        return _joined(found) if found else None


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


def _joined(parts: Sequence[str]) -> str:
    """Chinese runs on; a space stands only beside a word in Latin letters."""
    return _HAN_EDGE.sub("", " ".join(p for p in parts if p))
