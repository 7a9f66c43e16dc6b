"""Grouping of 10,000 short texts into stories beside scikit-learn's TF-IDF and average link, in one run.

The texts are made here: about 1,500 stories of very unequal sizes; a text has a headline and a lead of words of its
story, of its subject and of the language, drawn by Zipf's law. Each side runs in a process of its own, so that the
peak of memory (getrusage) is its own; CPU is user and system time of the grouping alone.
"""

from __future__ import annotations

import json
import random
import resource
import subprocess
import sys
import time
from collections.abc import Sequence

TEXTS, STORIES, SEED = 10_000, 1_500, 5
SYLLABLES = (
    "ba",
    "cor",
    "den",
    "fal",
    "gri",
    "hul",
    "jan",
    "kes",
    "lor",
    "mar",
    "nov",
    "pel",
    "quin",
    "ras",
    "sol",
    "tor",
    "ul",
    "vor",
    "wes",
    "zan",
)


def word(rng: random.Random, length: int) -> str:
    return "".join(rng.choice(SYLLABLES) for _ in range(length))


def texts(n: int = TEXTS, stories: int = STORIES) -> tuple[list[tuple[str, str]], list[int]]:
    """(headline, lead) and the story of each."""
    rng = random.Random(SEED)  # noqa: S311 - a fixed seed is wanted
    common = [word(rng, 2) for _ in range(2_000)]
    weights = [1 / (k + 10) for k in range(len(common))]
    own = [
        ([word(rng, 3).capitalize() for _ in range(3)], [word(rng, 3) for _ in range(8)], f"{rng.randint(11, 999)}M")
        for _ in range(stories)
    ]
    sizes = [1 / (k + 3) ** 0.7 for k in range(stories)]
    made, truth = [], []
    for s in rng.choices(range(stories), sizes, k=n):
        names, telling, amount = own[s]
        filler = rng.choices(common, weights, k=14)
        head = [rng.choice(names), *rng.sample(telling, 3), *filler[:3]]
        lead = [*rng.sample(names, 2), *rng.sample(telling, 3), amount, *filler[3:]]
        rng.shuffle(lead)
        made.append((" ".join(head), " ".join(lead) + "."))
        truth.append(s)
    return made, truth


def ours(made: Sequence[tuple[str, str]]) -> list[int]:
    from digester.analysis import stories

    groups = stories.grouped(made)
    of = {n: g for g, numbers in enumerate(groups) for n in numbers}
    return [of[n] for n in range(len(made))]


def theirs(made: Sequence[tuple[str, str]]) -> list[int]:
    from sklearn.cluster import AgglomerativeClustering
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectors = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True).fit_transform(f"{t} {x}" for t, x in made)
    distances = 1.0 - (vectors @ vectors.T).toarray()
    found = AgglomerativeClustering(None, metric="precomputed", linkage="average", distance_threshold=0.9)
    return [int(label) for label in found.fit_predict(distances)]


def one(name: str) -> dict[str, float]:
    """CPU seconds, peak of memory in MB and BCubed F1 of one side, in this process."""
    made, truth = texts()
    (ours if name == "ours" else theirs)(made[:50])  # modules and tables are loaded before the clock starts
    begun = time.process_time()
    found = ours(made) if name == "ours" else theirs(made)
    took = time.process_time() - begun
    return {
        "cpu": took,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "f1": bcubed(truth, found),
    }


def bcubed(truth: Sequence[int], found: Sequence[int]) -> float:
    from collections import Counter

    t, f, both = Counter(truth), Counter(found), Counter(zip(truth, found, strict=True))
    p = sum(n * n / f[b] for (_, b), n in both.items()) / len(truth)
    r = sum(n * n / t[a] for (a, _), n in both.items()) / len(truth)
    return 2 * p * r / (p + r)


def measured(name: str) -> dict[str, float]:
    run = subprocess.run([sys.executable, __file__, name], capture_output=True, text=True, check=True)  # noqa: S603
    found: dict[str, float] = json.loads(run.stdout)
    return found


def main() -> int:
    if len(sys.argv) > 1:
        sys.stdout.write(json.dumps(one(sys.argv[1])))
        return 0
    try:
        import sklearn  # noqa: F401
    except ImportError:
        sys.stdout.write("bench-stories: skipped; scikit-learn is not installed\n")
        return 0
    mine, other = measured("ours"), measured("theirs")
    sys.stdout.write(
        f"{mine['cpu'] / other['cpu']:8.3f}  CPU of {TEXTS} texts / that of scikit-learn's TF-IDF and average link\n"
        f"{mine['memory'] / other['memory']:8.3f}  peak of memory / its peak\n"
        f"{mine['f1']:8.3f}  BCubed F1 (scikit-learn, distance .9: {other['f1']:.3f})\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
