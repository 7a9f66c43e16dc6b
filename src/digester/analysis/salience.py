"""The sentence that says it: how well each sentence of an abstract or a news text says by itself what the text is about.

English texts are judged by a model learnt from abstracts and their one-sentence summaries (`eval/train_sentences.py`).
It sees a text in two ways, whose scores add up: boosted trees over the columns of each sentence (`_salience_features`,
one of them a sum of weights of single words and pairs), and the ROUGE that a sentence may expect when each of its words
stands in a summary by the chance that other trees give it (`_salience_words`). The model arrives as a value; without
one LexRank decides. Chinese texts have no such summaries to learn from: there a few of the same columns are weighed by
hand.

Scores only order the sentences of one text; the scores of two texts do not compare.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from digester.analysis import _salience_words as by_word
from digester.analysis import lexrank
from digester.analysis._salience_features import MOST, NAMES, grams, table
from digester.domain.ids import digest
from digester.domain.text import language_of

VERSION = 1
WORDS_SHARE = 2500.0  # of expected ROUGE (0 to 1) beside the trees, whose values are thousandths of it
DEEPEST = 12
LAST = -1e6  # of sentences that are not looked at

Tree = float | tuple[int, float, "Tree", "Tree"]  # a value, or (column, threshold, at most it, above it)

_CHINESE = {
    "we_propose": 1.2, "proposes": 0.9, "shows": 0.5, "results": 0.4, "this_paper": 0.3, "novel": 0.2, "problem": -0.8, "contrast": -0.7,
    "continues": -0.3, "points_back": -0.4, "cites": -0.3, "means": -0.2, "asks": -0.8, "address": -0.6, "centroid": 0.9, "covers": 0.4,
    "title": 0.8, "lexrank_place": -0.4, "depth": -0.2, "first_proposal": 0.4,
}  # fmt: skip
_SHORT, _LONG = 12, 70  # Han characters and words: below it says little, above it is no single sentence


@dataclass(frozen=True)
class Model:
    """What words and pairs weigh and trees over the columns of a sentence; what words are familiar to summaries (log
    odds by root) and trees over the columns of a word. The values of trees add up."""

    words: Mapping[str, float]
    trees: tuple[Tree, ...]
    familiar: Mapping[str, float]
    word_trees: tuple[Tree, ...]

    @property
    def mark(self) -> str:
        """A hash of all values."""
        tables = (sorted(self.words.items()), self.trees, sorted(self.familiar.items()), self.word_trees)
        return digest(*map(repr, tables), size=3)

    @classmethod
    def of(cls, mapping: object) -> Model:
        """The model of a parsed file. Raises ValueError that says what is wrong with it."""
        if not isinstance(mapping, Mapping):
            raise ValueError("is no mapping")
        if mapping.get("version") != VERSION:
            raise ValueError(f"version is {mapping.get('version')!r}, this program reads {VERSION}")
        if mapping.get("columns") != list(NAMES) or mapping.get("word_columns") != list(by_word.COLUMNS):
            raise ValueError("columns are not those of this program: train the model again")
        return cls(
            _numbers(mapping, "words"), _trees(mapping, "trees", len(NAMES)),
            _numbers(mapping, "familiar"), _trees(mapping, "word_trees", len(by_word.COLUMNS)),
        )  # fmt: skip


def _numbers(mapping: Mapping[object, object], name: str) -> dict[str, float]:
    found = mapping.get(name)
    if not isinstance(found, Mapping) or not all(isinstance(w, str) and _number(v) for w, v in found.items()):
        raise ValueError(f"{name} is no mapping from words to numbers")
    return {w: float(v) for w, v in found.items()}


def _trees(mapping: Mapping[object, object], name: str, columns: int) -> tuple[Tree, ...]:
    found = mapping.get(name)
    if not isinstance(found, Sequence) or isinstance(found, str) or not found:
        raise ValueError(f"{name} is no list of trees")
    return tuple(_tree(t, columns, f"{name} {i}") for i, t in enumerate(found))


def _number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _tree(node: object, columns: int, where: str, depth: int = 0) -> Tree:
    if isinstance(node, int | float) and _number(node):
        return float(node)
    match node:
        case [int(column), int() | float() as threshold, low, high] if 0 <= column < columns and _number(threshold):
            if depth == DEEPEST:
                raise ValueError(f"{where} is deeper than {DEEPEST}")
            return (
                column,
                float(threshold),
                _tree(low, columns, where, depth + 1),
                _tree(high, columns, where, depth + 1),
            )
    raise ValueError(f"{where} has a node that is neither a number nor [column, threshold, low, high]")


def scores(sentences: Sequence[str], model: Model | None, title: str = "") -> list[float]:
    """How well each sentence says what the text is about; greater is better. Only the first MOST are judged."""
    if not sentences:
        return []
    judged = _judged(sentences[:MOST], model, title)
    return judged + [LAST] * (len(sentences) - len(judged))


def _judged(sentences: Sequence[str], model: Model | None, title: str) -> list[float]:
    if language_of(" ".join(sentences)) == "zh":
        return [_by_hand(row) for row in table(sentences, title, [0.0] * len(sentences))]
    if model is None:
        return lexrank.scores(sentences)
    rows = table(sentences, title, [weight(s, model.words) for s in sentences])
    expected = _expected(sentences, rows, model, title)
    return [_sum(model.trees, row) + WORDS_SHARE * rouge for row, rouge in zip(rows, expected, strict=True)]


def _expected(sentences: Sequence[str], rows: Sequence[Sequence[float]], model: Model, title: str) -> list[float]:
    words, lengths = by_word.words_of(sentences)
    told = by_word.rows_of(words, lengths, title, rows, model.familiar)
    return by_word.expected(words, lengths, [_sum(model.word_trees, row) for row in told])


def weight(sentence: str, words: Mapping[str, float]) -> float:
    """What the words and pairs of a sentence weigh together, whatever its length."""
    found = grams(sentence)
    return math.fsum(words.get(g, 0.0) for g in found) / math.sqrt(len(found) or 1)


def _sum(trees: Sequence[Tree], row: Sequence[float]) -> float:
    return math.fsum(_value(tree, row) for tree in trees)


def _value(tree: Tree, row: Sequence[float]) -> float:
    while isinstance(tree, tuple):
        column, threshold, low, high = tree
        tree = low if row[column] <= threshold else high
    return tree


def _by_hand(row: Sequence[float]) -> float:
    seen = dict(zip(NAMES, row, strict=True))
    length = seen["length"]
    outside = max(0.0, _SHORT - length) / _SHORT + max(0.0, length - _LONG) / _LONG
    return sum(points * seen[name] for name, points in _CHINESE.items()) - outside
