"""Which words of a text its summary would have, and what ROUGE a sentence may expect from that.

Each word of a text has a row of COLUMNS: how often and where it stands, whether the title has it, what its sentences
look like, and how often summaries have it at all where their texts do (`familiar`: log odds by root, learnt). A judge
turns a row into a chance. Chances summed over the words of a sentence are the words it shares with a summary.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from digester.analysis import compression
from digester.analysis._salience_features import LONGEST, NAMES, TOKEN, tokens
from digester.analysis.tokens import STOP, stem

UNKNOWN = -1.66  # log odds of a word that is not familiar: summaries have about one of six words of their texts
TYPICAL = 16  # words of a summary
_OF_SENTENCES = ("proposes", "first_proposal", "results", "problem", "shows", "we", "grams", "lexrank")
_TAKEN = tuple(NAMES.index(name) for name in _OF_SENTENCES)
COLUMNS: tuple[str, ...] = (
    "times", "in_sentences", "share", "first", "first_depth", "last_depth", "title", "stop", "letters", "capitals", "digit", "offset",
    "sentences", "words", *(f"most_{name}" for name in _OF_SENTENCES), *(f"mean_{name}" for name in _OF_SENTENCES), "has_title", "familiar",
)  # fmt: skip


class Mention(NamedTuple):
    """A word at its place: the sentence, how far in it (0 to 1), as written in lower case, whether it had a capital
    that no beginning of a sentence explains."""

    sentence: int
    offset: float
    written: str
    capital: bool


Words = Mapping[str, Sequence[Mention]]  # by root


def root(word: str) -> str:
    """A word without the ending of plurals and verbs: `learns`, `learned` and `learning` are one."""
    word = stem(word)
    for ending in ("ingly", "edly", "ing", "ed", "ly", "e"):
        if len(word) - len(ending) >= 4 and word.endswith(ending):
            return word.removesuffix(ending)
    return word


def words_of(sentences: Sequence[str]) -> tuple[Words, list[int]]:
    """The words of a text by root, and how many each of its sentences has; openers do not count."""
    found: dict[str, list[Mention]] = {}
    lengths = []
    for number, sentence in enumerate(sentences):
        cut = sentence[:LONGEST]
        written = [t for t in TOKEN.findall(cut[compression.front(cut) :]) if t[0].isalnum()]
        lengths.append(len(written))
        for i, t in enumerate(written):
            mention = Mention(number, i / len(written), t.lower(), i > 0 and t[0].isupper())
            found.setdefault(root(mention.written), []).append(mention)
    return found, lengths


def rows_of(
    words: Words,
    lengths: Sequence[int],
    title: str,
    rows: Sequence[Sequence[float]],
    familiar: Mapping[str, float],
) -> list[list[float]]:
    """One row of COLUMNS for each word; `rows` are those of the sentences."""
    named = {root(t) for t in tokens(title)}
    n, total = len(lengths), sum(lengths)
    taken = [[row[column] for column in _TAKEN] for row in rows]
    made = []
    for key, mentions in words.items():
        times, first = len(mentions), mentions[0]
        where = sorted({m.sentence for m in mentions})
        columns = list(zip(*(taken[i] for i in where), strict=True))
        made.append(
            [
                math.log(times), len(where), len(where) / n, where[0], where[0] / n, where[-1] / n,
                key in named, first.written in STOP, len(first.written), sum(m.capital for m in mentions) / times, key[0].isdigit(), first.offset, n, total,
                *map(max, columns), *(sum(c) / len(c) for c in columns), bool(title), familiar.get(key, UNKNOWN),
            ]
        )  # fmt: skip
    return made


def expected(words: Words, lengths: Sequence[int], chances: Sequence[float]) -> list[float]:
    """ROUGE-1 F, 0 to 1, of each sentence against a summary of TYPICAL words that has each word by its chance."""
    shared = [0.0] * len(lengths)
    for mentions, chance in zip(words.values(), chances, strict=True):
        for place in sorted({m.sentence for m in mentions}):
            shared[place] += chance
    return [2 * s / (n + TYPICAL) for s, n in zip(shared, lengths, strict=True)]
