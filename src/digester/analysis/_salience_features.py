"""What a sentence looks like beside the other sentences of its text: the numbers that `salience` judges by.

One row a sentence, one column a name of NAMES. Most columns are plain (a cue phrase is there or not, a share of words);
those of LIKENESS also come as places among the sentences of the text, because only the order decides. All of it is
independent of any training; what words weigh comes in as one number a sentence.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from digester.analysis import compression, lexrank
from digester.analysis.tokens import terms
from digester.analysis.vectors import Vector, cosine, idf, vector

MOST = 60  # sentences of a text that are looked at, as in lexrank
LONGEST = 1_500  # characters of a sentence that are looked at

TOKEN = re.compile(r"[A-Za-z]++|\d++(?:[.,]\d++)*+%?|[\u3400-\u9fff]|[(),;:?]")
_RESULTS = re.compile(r"\b(?:experiments?|results?|empirical(?:ly)?|evaluations?|benchmarks?|data ?sets?|outperform\w{0,3}|state[- ]of[- ]the[- ]art|achiev\w{1,3}|improve\w{0,5})\b|实验|结果|数据集|优于|提升|达到", re.IGNORECASE)  # fmt: skip
_CUES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("proposes", re.compile(r"\b(?:we|paper|work|article|study|approach|method)(?: \w+){0,2} (?:propos|present|introduc|develop|describ|devis|design|build|formulat|explor|investigat|stud(?:y|i)|address|consider|provid|extend)\w{0,5}\b|我们(?:提出|设计|构建|介绍|开发|推出)|本文(?:提出|设计|构建|介绍|研究)|(?:发布|推出|开源)了", re.IGNORECASE)),
    ("we_propose", re.compile(r"\bwe(?: \w+ly)?(?: also| further)? (?:propose|present|introduce|develop|describe)\b|我们提出|本文提出", re.IGNORECASE)),
    ("shows", re.compile(r"\b(?:we|results?|experiments?|paper|analys[ei]s)(?: \w+){0,3} (?:show|demonstrat|prov|find|observ|establish|argu|suggest|indicat|reveal)\w{0,4}\b|(?:结果|实验|研究)(?:表明|显示)|我们(?:证明|发现)", re.IGNORECASE)),
    ("this_paper", re.compile(r"\b(?:in )?this (?:paper|work|article|study)\b|本文|本研究|本工作", re.IGNORECASE)),
    ("results", _RESULTS),
    ("we", re.compile(r"\b(?:we|our|us)\b|我们|本文", re.IGNORECASE)),
    ("problem", re.compile(r"\b(?:existing|prior|previous|conventional|traditional|current|recent(?:ly)?|suffer\w{0,3}|struggl\w{1,3}|fail\w{0,3}|limit(?:ed|s|ations?)|challeng\w{1,3}|difficult\w{0,3}|lacks?|expensive|costly|unfortunately|despite|typically|often|usually)\b|现有|传统|已有|受限|难以|挑战|缺乏|不足", re.IGNORECASE)),
    ("contrast", re.compile(r"^(?:However|But|Yet|Unfortunately|Nevertheless|Although|While|Despite|Though|On the other hand)\b|^(?:然而|但是|但|尽管|虽然)", re.IGNORECASE)),
    ("continues", re.compile(r"^(?:Moreover|Furthermore|Additionally|In addition|Specifically|In particular|For example|For instance|Also|Besides|Finally|Second(?:ly)?|Then|Further)\b|^(?:此外|另外|具体(?:来说|而言)?|例如|最后|其次)", re.IGNORECASE)),
    ("concludes", re.compile(r"^(?:Therefore|Thus|Hence|As a result|To this end|To address|To overcome|Motivated|Inspired|Based on|Here)\b|^(?:为此|因此|基于)", re.IGNORECASE)),
    ("points_back", re.compile(r"^(?:It|This|These|They|Those|Such|Each|Both|The (?:proposed|resulting|method|model|approach))\b|^(?:它|这|该|其)", re.IGNORECASE)),
    ("novel", re.compile(r"\b(?:novel|new|first|simple|general|unified)\b|新(?:的|型|颖)|首个|首次|统一", re.IGNORECASE)),
    ("purpose", re.compile(r"\b(?:by|for|to|via|using|that|which) \w+|用于|通过|以便", re.IGNORECASE)),
    ("named", re.compile(r"\b(?:called|named|dubbed|termed|coined)\b|称为|名为", re.IGNORECASE)),
    ("address", re.compile(r"https?://|\b(?:code|github|available at|released?)\b|代码|开源", re.IGNORECASE)),
    ("cites", re.compile(r"\bet al\b|\[\d{1,3}\]|\((?:\D{1,40}, )?(?:19|20)\d\d[a-z]?\)")),
    ("means", re.compile(r"\b(?:i\.e|e\.g|such as|for example|namely)\b|例如|比如|即", re.IGNORECASE)),
    ("asks", re.compile(r"[?？]")),
)  # fmt: skip
_COUNTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("numbers", re.compile(r"(?<![\w.])\d++")),
    ("capitals", re.compile(r"\b[A-Z]\w{0,30}[A-Z]\w{0,30}\b")),
    ("commas", re.compile(r"[,;，；、]")),
    ("brackets", re.compile(r"[(（]")),
)
_LIKENESS = ("length", "lexrank", "centroid", "covers", "covers_pairs", "rest", "title", "title_share", "grams")
_PLACE = (
    "index",
    "from_end",
    "depth",
    "sentences",
    "proposals_before",
    "first_proposal",
    "first_we",
    "next_we",
    "before_we",
)
_NEAR = (
    "like_before",
    "like_next",
    "grams_before",
    "grams_next",
    "own_words",
    "word_length",
    "rarity",
    "opener",
    "has_title",
)
NAMES: tuple[str, ...] = (
    *(name for name, _ in _CUES), *(name for name, _ in _COUNTS), *_LIKENESS,
    *(f"{name}_place" for name in _LIKENESS), *(f"{name}_lag" for name in _LIKENESS), *_PLACE, *_NEAR,
)  # fmt: skip


class _Text(NamedTuple):
    """A text taken apart: its sentences as written, without openers, as tokens, terms, vectors."""

    sentences: Sequence[str]
    said: Sequence[str]
    tokens: Sequence[Sequence[str]]
    terms: Sequence[Sequence[str]]
    vectors: Sequence[Vector]
    weights: dict[str, float]


def tokens(sentence: str) -> list[str]:
    """Words in lower case, numbers, single Han characters."""
    return [t.lower() for t in TOKEN.findall(sentence[:LONGEST]) if t[0].isalnum()]


def grams(sentence: str) -> list[str]:
    """Single words and neighbours, for weighing: numbers as `#`, names and abbreviations as `@`, the start as `^`."""
    found = ["^"]
    for i, t in enumerate(TOKEN.findall(sentence[:LONGEST])):
        named = t[0].isupper() and (i > 0 or not t[1:].islower()) and t not in ("I", "We", "A")
        found.append("#" if t[0].isdigit() else "@" if named else t.lower())
    pairs = [f"{a} {b}" for a, b in pairwise(found)]
    return list(dict.fromkeys((*found[1:], *pairs)))


def table(sentences: Sequence[str], title: str, weighed: Sequence[float]) -> list[list[float]]:
    """One row of NAMES for each of at most MOST sentences; `weighed` is what the words of each sentence weigh."""
    text = _taken_apart(sentences[:MOST])
    likeness = _likeness(text, title, weighed)
    places = [_places(column) for column in likeness]
    lags = [[v - max(column) for v in column] for column in likeness]
    flags = [[float(bool(rx.search(s))) for _, rx in _CUES] for s in text.sentences]
    columns = [*likeness, *places, *lags]
    return [
        [
            *flags[i],
            *(float(len(rx.findall(s))) for _, rx in _COUNTS),
            *(column[i] for column in columns),
            *_place(flags, i),
            *_near(text, weighed, i),
            float(bool(title)),
        ]
        for i, s in enumerate(text.sentences)
    ]


def _taken_apart(sentences: Sequence[str]) -> _Text:
    cut = [s[:LONGEST] for s in sentences]
    said = [s[compression.front(s) :] for s in cut]
    bags = [terms(s) for s in said]
    weights = idf(bags)
    return _Text(cut, said, [tokens(s) for s in said], bags, [vector(bag, weights) for bag in bags], weights)


def _likeness(text: _Text, title: str, weighed: Sequence[float]) -> list[list[float]]:
    """The columns of _LIKENESS."""
    every = Counter(t for bag in text.tokens for t in bag)
    pairs = Counter(p for bag in text.tokens for p in pairwise(bag))
    whole: dict[str, float] = {}
    for v in text.vectors:
        for term, weight in v.items():
            whole[term] = whole.get(term, 0.0) + weight
    norm = math.sqrt(math.fsum(w * w for w in whole.values())) or 1.0
    head = set(tokens(title))
    named = set(terms(title))
    return [
        [float(len(bag)) for bag in text.tokens],
        [score * len(text.sentences) for score in lexrank.scores(text.said)],
        [cosine(v, whole) / norm for v in text.vectors],
        [_covered(bag, every) for bag in text.tokens],
        [_covered(list(pairwise(bag)), pairs) for bag in text.tokens],
        [_overlap(bag, every) for bag in text.tokens],
        [len(head & set(bag)) / (len(head) or 1) for bag in text.tokens],
        [len(named & set(bag)) / (len(set(bag)) or 1) for bag in text.terms],
        list(weighed[: len(text.sentences)]),
    ]


def _covered(bag: Sequence[object], every: Mapping[Any, int]) -> float:
    """The share of a sentence's words (or pairs) that stand in other sentences too."""
    own = Counter(bag)
    return sum(every[t] > n for t, n in own.items()) / (len(own) or 1)


def _overlap(bag: Sequence[str], every: Counter[str]) -> float:
    """ROUGE-1 F of the sentence against the rest of the text (Zhang et al. 2020, gap sentences)."""
    own = Counter(bag)
    common = sum(min(n, every[t] - n) for t, n in own.items())
    total = every.total() - len(bag)
    return 2 * common / ((len(bag) + total) or 1)


def _places(column: Sequence[float]) -> list[float]:
    """How many are greater, as a share: 0 for the greatest."""
    ordered = sorted(column, reverse=True)
    first = {v: i for i, v in reversed(list(enumerate(ordered)))}
    return [first[v] / max(1, len(column) - 1) for v in column]


def _place(flags: Sequence[Sequence[float]], i: int) -> list[float]:
    """The columns of _PLACE."""
    proposes, we = _COLUMN["proposes"], _COLUMN["we"]
    before = sum(f[proposes] for f in flags[:i])
    n = len(flags)
    return [
        float(i), float(n - 1 - i), i / max(1, n - 1), float(n), before, float(flags[i][proposes] and not before),
        float(flags[i][we] and not any(f[we] for f in flags[:i])),
        float(i + 1 < n and flags[i + 1][we]), float(i > 0 and flags[i - 1][we]),
    ]  # fmt: skip


def _near(text: _Text, weighed: Sequence[float], i: int) -> list[float]:
    """The columns of _NEAR but the last."""
    n, bag, words = len(text.sentences), text.terms[i], text.tokens[i]
    return [
        cosine(text.vectors[i], text.vectors[i - 1]) if i else 0.0,
        cosine(text.vectors[i], text.vectors[i + 1]) if i + 1 < n else 0.0,
        weighed[i - 1] if i else 0.0,
        weighed[i + 1] if i + 1 < n else 0.0,
        len(bag) / (len(words) or 1),
        sum(map(len, words)) / (len(words) or 1),
        sum(text.weights[t] for t in bag) / (len(bag) or 1),
        1 - len(text.said[i]) / (len(text.sentences[i]) or 1),
    ]


_COLUMN = {name: i for i, (name, _) in enumerate(_CUES)}
