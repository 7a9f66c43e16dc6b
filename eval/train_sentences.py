"""Learns what `analysis/salience.py` judges sentences by, from SciTLDR's training part alone, and writes it to a file.

    EVAL_DATA=FOLDER python eval/train_sentences.py [FILE]        (prompts/weights/sentences.json)

The target is the ROUGE-1 F of a sentence without its opener against the paper's one-sentence summary, less the mean
of its abstract. First ridge regression over words and pairs (in at least FEWEST papers, no names), of which the MOST
that matter are kept; then boosted trees over the columns of `_salience_features`, once with and once without the
title, where the words' weights come from a fit that did not see the paper. Apart from these: how often summaries have a
word that their abstract has, and trees over the columns of `_salience_words` for the chance of a word. Printed before the file is written: the
ROUGE of the sentences chosen in FOLDS-fold cross-validation. Fixed seeds: the same data give the same bytes.
Needs scikit-learn and rouge-score.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from eval._report import data_folder
from eval.scitldr import Rouge, rouge
from scipy import sparse
from sklearn.ensemble import HistGradientBoostingRegressor
from sklearn.linear_model import Ridge

from digester.analysis import _salience_words as by_word
from digester.analysis import compression, salience
from digester.analysis._salience_features import NAMES, grams, table, tokens

TRAIN = Path("scitldr") / "train.jsonl.gz"
FILE = Path(__file__).parents[1] / "prompts" / "weights" / "sentences.json"
WHEN = "2026-11"
FEWEST, MOST, PENALTY = 12, 3000, 3.0  # papers a word stands in; words kept; of ridge regression
FOLDS, SEEDS = 5, (1, 2, 3)
TREES = {"learning_rate": 0.05, "max_iter": 150, "max_leaf_nodes": 8, "min_samples_leaf": 40, "max_features": 0.3}
WORD_TREES = {"learning_rate": 0.1, "max_iter": 80, "max_leaf_nodes": 15, "min_samples_leaf": 60, "max_features": 0.4}
STEADY = 10  # papers that a word's share in summaries is drawn to the common share by
Array = Any  # of numpy, whose types are not installed with the project


@dataclass(frozen=True)
class Set:
    """Sentences of all papers in one row each: their paper, text, ROUGE of what is printed of them."""

    titles: Sequence[str]
    texts: Sequence[Sequence[str]]
    summaries: Sequence[frozenset[str]]  # roots
    paper: Array
    rouge: Array  # (sentences, 3)

    @property
    def target(self) -> Array:
        sums = np.bincount(self.paper, self.rouge[:, 0])
        return self.rouge[:, 0] - (sums / np.bincount(self.paper))[self.paper]

    def rows(self, weighed: Array, titled: bool) -> Array:
        ends = np.cumsum([len(t) for t in self.texts])
        parts = np.split(weighed, ends[:-1])
        return np.array(
            [
                row
                for title, text, w in zip(self.titles, self.texts, parts, strict=True)
                for row in table(text, title if titled else "", list(w))
            ]
        )

    def chosen(self, scores: Array) -> Array:
        """Mean ROUGE-1, 2, L in percent of the best sentence of each paper."""
        order = np.lexsort((-np.arange(len(scores)), scores, self.paper))
        last = np.flatnonzero(np.append(np.diff(self.paper[order]), 1))
        return 100 * self.rouge[order[last]].mean(0)


def read(path: Path) -> Set:
    papers = [json.loads(line) for line in gzip.decompress(path.read_bytes()).decode().splitlines()]
    texts = [[s.strip() for s in p["source"]][: salience.MOST] for p in papers]
    found: list[Rouge] = [
        rouge(s[compression.front(s) :], p["target"]) for p, t in zip(papers, texts, strict=True) for s in t
    ]
    paper = np.repeat(np.arange(len(papers)), [len(t) for t in texts])
    summaries = [frozenset(by_word.root(t) for t in tokens(" ".join(p["target"]))) for p in papers]
    return Set([p["title"] for p in papers], texts, summaries, paper, np.array(found))


# ------------------------------------------------------------------- words
def vocabulary(data: Set) -> list[str]:
    papers = Counter(g for text in data.texts for g in {g for s in text for g in grams(s)})
    return sorted(g for g, n in papers.items() if n >= FEWEST)


def counted(data: Set, words: Sequence[str]) -> Array:
    """(sentences, words): 1 / sqrt(grams of the sentence) where it has the word."""
    number = {w: i for i, w in enumerate(words)}
    bags = [grams(s) for text in data.texts for s in text]
    cells = [(i, number[g], len(bag) ** -0.5) for i, bag in enumerate(bags) for g in bag if g in number]
    rows, columns, values = zip(*cells, strict=True)
    return sparse.csr_matrix((values, (rows, columns)), shape=(len(bags), len(words)))


def weights(x: Array, target: Array) -> Array:
    """Of ridge regression, all but the MOST that matter set to 0."""
    found = Ridge(alpha=PENALTY, solver="sparse_cg").fit(x, target).coef_
    matter = np.abs(found) * np.sqrt(np.asarray((x > 0).sum(0)).ravel())
    found[np.argsort(-matter, kind="stable")[MOST:]] = 0.0
    return found


def unseen(x: Array, target: Array, fold: Array) -> Array:
    """What the words of each sentence weigh by a fit without its fold."""
    found = np.zeros(len(target))
    for k in range(FOLDS):
        found[fold == k] = x[fold == k] @ weights(x[fold != k], target[fold != k])
    return found


# ------------------------------------------------------------------- trees
def boosted(rows: Sequence[Array], target: Array) -> list[HistGradientBoostingRegressor]:
    """One forest a seed over the sentences with and without titles."""
    return [
        HistGradientBoostingRegressor(**TREES, random_state=seed).fit(np.vstack(rows), np.tile(target, len(rows)))
        for seed in SEEDS
    ]


def exported(forests: Sequence[HistGradientBoostingRegressor]) -> list[Any]:
    return [_node(trees[0].nodes, 0, 1000 / len(forests)) for f in forests for trees in f._predictors]


def _node(nodes: Array, at: int, scale: float) -> Any:
    node = nodes[at]
    if node["is_leaf"]:
        return float(f"{node['value'] * scale:.4g}")
    below, above = (_node(nodes, int(node[side]), scale) for side in ("left", "right"))
    return [int(node["feature_idx"]), float(f"{node['num_threshold']:.6g}"), below, above]


def learnt(data: Set, x: Array, words: Sequence[str], fold: Array) -> dict[str, Any]:
    """`words`, `trees`, `familiar` and `word_trees` of the file."""
    every = unseen(x, data.target, fold)
    rows = [data.rows(every, titled) for titled in (True, False)]
    found = weights(x, data.target)
    return {
        "words": {w: float(f"{v * 100:.3g}") / 100 for w, v in zip(words, found, strict=True) if v},
        "trees": exported(boosted(rows, data.target)),
        **learnt_words(data, rows, fold),
    }


# ------------------------------------------------------------ single words
def learnt_words(data: Set, rows: Sequence[Array], fold: Array) -> dict[str, Any]:
    """`familiar` and `word_trees`: a word's familiarity comes from papers of other folds when trees are learnt."""
    taken = [by_word.words_of(text) for text in data.texts]
    of_paper = fold[np.searchsorted(data.paper, np.arange(len(data.texts)))]
    without = [familiar(data, taken, of_paper != k) for k in range(FOLDS)]
    ends = np.cumsum([len(t) for t in data.texts])[:-1]
    made = [
        row
        for titled, table_ in zip((True, False), rows, strict=True)
        for i, part_ in enumerate(np.split(table_, ends))
        for row in by_word.rows_of(*taken[i], data.titles[i] if titled else "", part_.tolist(), without[of_paper[i]])
    ]
    hits = [key in s for (words, _), s in zip(taken, data.summaries, strict=True) for key in words]
    forest = HistGradientBoostingRegressor(**WORD_TREES, random_state=SEEDS[0])
    forest.fit(np.array(made, dtype=np.float64), np.tile(np.array(hits, dtype=np.float64), 2))
    start = float(f"{forest._baseline_prediction.item():.4g}")
    trees = [_node(t[0].nodes, 0, 1.0) for t in forest._predictors]
    return {"familiar": familiar(data, taken, of_paper >= 0), "word_trees": [start, *trees]}


def familiar(data: Set, taken: Sequence[Any], keep: Array) -> dict[str, float]:
    """Log odds that a summary has a root which its abstract has, of roots in at least FEWEST papers that are no names."""
    seen, hits, capitals, times = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    for i in np.flatnonzero(keep):
        words = taken[i][0]
        seen.update(words.keys())
        hits.update(words.keys() & data.summaries[i])
        capitals.update({key: sum(m.capital for m in mentions) for key, mentions in words.items()})
        times.update({key: len(mentions) for key, mentions in words.items()})
    common = hits.total() / seen.total()
    fit = sorted(k for k, n in seen.items() if n >= FEWEST and 2 * capitals[k] <= times[k] and not k[0].isdigit())
    shares = {k: (hits[k] + common * STEADY) / (seen[k] + STEADY) for k in fit}
    return {k: round(float(np.log(v / (1 - v))), 2) for k, v in shares.items()}


# -------------------------------------------------------------------- both
def part(data: Set, keep: Array) -> Set:
    """The papers of a mask."""
    number = np.cumsum(keep) - 1
    mask = keep[data.paper]
    chosen = np.flatnonzero(keep)
    return Set(
        [data.titles[i] for i in chosen],
        [data.texts[i] for i in chosen],
        [data.summaries[i] for i in chosen],
        number[data.paper[mask]],
        data.rouge[mask],
    )


def judged(data: Set, model: salience.Model, titled: bool) -> Array:
    pairs = zip(data.titles, data.texts, strict=True)
    return np.array([s for title, text in pairs for s in salience.scores(text, model, title if titled else "")])


def crossed(data: Set, x: Array, words: Sequence[str], fold: Array) -> dict[str, list[float]]:
    """ROUGE of choices by models that did not see the paper, with and without the title."""
    found = {True: np.zeros(len(data.paper)), False: np.zeros(len(data.paper))}
    for k in range(FOLDS):
        seen = fold != k
        mask = seen[data.paper]
        inner = _folds(int(seen.sum()), 11)
        seen_data = part(data, seen)
        model = _model(learnt(seen_data, x[mask], words, inner[seen_data.paper]))
        for titled, scores in found.items():
            scores[~mask] = judged(part(data, ~seen), model, titled)
    return {name: _shown(data.chosen(found[t])) for name, t in (("with title", True), ("without title", False))}


def _shown(figures: Array) -> list[float]:
    return [round(float(v), 2) for v in figures]


def _folds(papers: int, seed: int) -> Array:
    return np.random.RandomState(seed).randint(0, FOLDS, papers)


def _model(learnt_: Mapping[str, Any]) -> salience.Model:
    return salience.Model.of(
        {"version": salience.VERSION, "columns": list(NAMES), "word_columns": list(by_word.COLUMNS), **learnt_}
    )


def main(arguments: list[str]) -> int:
    path = data_folder() / TRAIN
    data = read(path)
    words = vocabulary(data)
    x = counted(data, words)
    fold = _folds(len(data.texts), 7)
    found = crossed(data, x, words, fold)
    print(json.dumps({"papers": len(data.texts), "oracle": _shown(data.chosen(data.rouge[:, 0])), **found}, indent=1))
    about = {
        "about": "weights of sentences: which one of an abstract says what it is about; see digester/analysis/salience.py",
        "version": salience.VERSION,
        "trained": {
            "on": f"SciTLDR-A, train, {len(data.texts)} abstracts (allenai/scitldr, Apache-2.0)",
            "data": hashlib.blake2b(path.read_bytes(), digest_size=8).hexdigest(),
            "when": WHEN, "by": "eval/train_sentences.py", "rouge_1_2_l_in_cross_validation": found,
        },
        "columns": list(NAMES), "word_columns": list(by_word.COLUMNS),
    }  # fmt: skip
    target = Path(arguments[0]) if arguments else FILE
    target.write_text(written(about, learnt(data, x, words, fold[data.paper])), encoding="utf-8")
    return 0


def written(about: Mapping[str, Any], found: Mapping[str, Any]) -> str:
    """JSON with a header to read, a line for the words of each letter and a line a tree."""
    header = json.dumps(about, indent=1, ensure_ascii=False).removesuffix("\n}")
    parts = [f' "{name}": ' + (_lettered(v) if isinstance(v, dict) else _lined(v)) for name, v in found.items()]
    return ",\n".join((header, *parts)) + "\n}\n"


def _lettered(words: Mapping[str, float]) -> str:
    letters: dict[str, list[str]] = {}
    for word, v in words.items():
        letters.setdefault(word[0], []).append(f"{json.dumps(word, ensure_ascii=False)}:{v:g}")
    return "{\n" + ",\n".join(",".join(row) for row in letters.values()) + "\n}"


def _lined(trees: Sequence[Any]) -> str:
    return "[\n" + ",\n".join(json.dumps(tree, separators=(",", ":")) for tree in trees) + "\n]"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
