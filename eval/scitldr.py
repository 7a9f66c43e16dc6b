"""One extracted sentence against the one-sentence summaries of SciTLDR's development part (619 abstracts).

ROUGE-1, 2 and L (F, rouge-score with stemming) of the sentence that `salience` puts first, without its opener, so
verbatim; the reference with the best ROUGE-1 counts for all three. Beside it: the same without the title and as the
whole sentence; with cuts from the middle too (which are never printed); the line of the embedded editor, which must stand
alone, with the model and by the rules alone; the first sentence, LexRank, role cues with LexRank, and
the best that any one sentence could reach. 95 % bootstrap intervals over abstracts, fixed seed.

People differ: `agreement` chooses by one summary of a paper the sentence that is best by it, and counts ROUGE-1 against the
others of that paper; what `salience` chooses counts against the same others.

    EVAL_DATA=FOLDER python eval/scitldr.py [--json]        needs rouge-score
"""

from __future__ import annotations

import gzip
import json
import os
import random
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from digester.analysis import compression, lexrank, roles, salience, tokens
from digester.domain.ids import passage_id
from digester.domain.model import Passage
from digester.domain.text import plain

DEV = Path("scitldr") / "dev.jsonl.gz"
MODEL = Path(__file__).parents[1] / "prompts" / "weights" / "sentences.json"
SAMPLES, SEED = 2000, 20260101
KINDS = ("rouge1", "rouge2", "rougeL")
Rouge = tuple[float, float, float]
Paper = Mapping[str, Any]


@cache
def _scorer() -> Any:
    from rouge_score import rouge_scorer

    return rouge_scorer.RougeScorer(KINDS, use_stemmer=True)


def rouge(text: str, references: Sequence[str]) -> Rouge:
    """ROUGE-1, 2, L (F, 0 to 1) against the reference that has the best ROUGE-1."""
    found = [_scorer().score(r, text) for r in references]
    best = max(found, key=lambda f: f["rouge1"].fmeasure)
    first, second, longest = (float(best[k].fmeasure) for k in KINDS)
    return first, second, longest


def sentences(paper: Paper) -> list[str]:
    return [s.strip() for s in paper["source"]]


def first_of(texts: Sequence[str], scores: Sequence[float]) -> str:
    return texts[_best(scores)]


def _best(scores: Sequence[float]) -> int:
    return max(range(len(scores)), key=lambda i: (scores[i], -i))


def chosen(paper: Paper, model: salience.Model, titled: bool = True) -> int:
    """Number of the sentence that `salience` puts first."""
    return _best(salience.scores(sentences(paper), model, paper["title"] if titled else ""))


def said(text: str) -> str:
    return text[compression.front(text) :]


def by_roles(texts: Sequence[str]) -> list[float]:
    """What the embedded editor went by before: cues of mechanism or result, LexRank between equals."""
    central = lexrank.scores(texts)
    return [max(roles.score(r, t, i) for r in ("mechanism", "result")) + central[i] / 10 for i, t in enumerate(texts)]


def line(paper: Paper, model: salience.Model | None) -> str:
    """What the embedded editor would print as the one line of the paper; the first sentence where it has none."""
    text = plain(" ".join(sentences(paper)))
    passage = Passage(passage_id(text), "abstract", "abstract", text)
    spans = tokens.sentences(text)
    judged = salience.scores([text[a:b] for a, b in spans], model, paper["title"]) if model else []
    told = roles.telling(passage, dict(zip(spans, judged, strict=True))) if model else None
    found = told or roles.pick("mechanism", [passage]) or roles.pick("result", [passage])
    return found.text if found else text[slice(*spans[0])]


Choice = Callable[[Paper], str]


def choices(model: salience.Model) -> dict[str, Choice]:
    def ours(paper: Paper, titled: bool = True) -> str:
        texts = sentences(paper)
        return texts[chosen(paper, model, titled)]

    return {
        "ours": lambda p: said(ours(p)),
        "ours without the title": lambda p: said(ours(p, titled=False)),
        "ours, whole sentence": ours,
        "ours, cut in the middle too": lambda p: compression.compressed(ours(p)),
        "the editor's line": lambda p: line(p, model),
        "the editor's line, rules alone": lambda p: line(p, None),
        "cues and LexRank": lambda p: said(first_of(sentences(p), by_roles(sentences(p)))),
        "LexRank": lambda p: first_of(sentences(p), lexrank.scores(sentences(p))),
        "first sentence": lambda p: sentences(p)[0],
        "best sentence (oracle)": lambda p: max(sentences(p), key=lambda s: rouge(s, p["target"])[0]),
        "best sentence without its opener (oracle)": lambda p: max(
            map(said, sentences(p)), key=lambda s: rouge(s, p["target"])[0]
        ),
    }


def interval(values: Sequence[float]) -> tuple[float, float]:
    """The middle 95 % of the mean over SAMPLES resamples, in percent."""
    draw = random.Random(SEED)
    n = len(values)
    means = sorted(sum(draw.choices(values, k=n)) / n for _ in range(SAMPLES))
    return round(100 * means[int(0.025 * SAMPLES)], 2), round(100 * means[int(0.975 * SAMPLES) - 1], 2)


def scored(papers: Sequence[Paper], choice: Choice) -> dict[str, Any]:
    found = [rouge(choice(p), p["target"]) for p in papers]
    means = {k: round(100 * sum(f[i] for f in found) / len(found), 2) for i, k in enumerate(KINDS)}
    return {**means, "rouge1_95": interval([f[0] for f in found])}


def agreement(papers: Sequence[Paper], choice: Callable[[Paper], int]) -> dict[str, float]:
    """ROUGE-1 against all summaries of a paper but one, in percent: of our sentence, of the one that the summary left
    out would choose, and of the best. A mean over all summaries of papers that have several."""
    found = []
    for p in papers:
        texts, ours = [said(t) for t in sentences(p)], choice(p)
        by = [[rouge(t, [r])[0] for r in p["target"]] for t in texts]
        for out in range(len(p["target"]) if len(p["target"]) > 1 else 0):
            rest = [max(v for i, v in enumerate(row) if i != out) for row in by]
            other = _best([row[out] for row in by])
            found.append((rest[ours], rest[other], max(rest)))
    means = [round(100 * sum(column) / len(found), 2) for column in zip(*found, strict=True)]
    return {"choices": len(found), **dict(zip(("ours", "another_summary", "best"), means, strict=False))}


def measure(data: Path) -> dict[str, Any]:
    """{abstracts, verbatim, scores: {name: {rouge1, rouge2, rougeL, rouge1_95}}}, or why there is none."""
    if not (data / DEV).is_file():
        return {"scitldr": f"skipped: there is no {DEV}"}
    try:
        _scorer()
    except ImportError:
        return {"scitldr": "skipped: rouge-score is not installed"}
    papers = [json.loads(line) for line in gzip.decompress((data / DEV).read_bytes()).decode().splitlines()]
    model = salience.Model.of(json.loads(MODEL.read_text("utf-8")))
    named = choices(model)
    verbatim = sum(named["ours"](p) in " ".join(p["source"]) for p in papers) / len(papers)
    return {
        "abstracts": len(papers), "verbatim": verbatim,
        "scores": {name: scored(papers, choice) for name, choice in named.items()},
        "agreement": agreement(papers, lambda p: chosen(p, model)),
    }  # fmt: skip


def table(result: Mapping[str, Any]) -> Iterable[str]:
    yield f"{'':<44}{'R1':>7}{'R2':>7}{'RL':>7}  95 % of R1      ({result['abstracts']} abstracts, {result['verbatim']:.1%} verbatim)"
    for name, s in result["scores"].items():
        yield f"{name:<44}" + "".join(f"{s[k]:>7.2f}" for k in KINDS) + f"  {s['rouge1_95']}"
    a = result["agreement"]
    yield f"R1 against all summaries but one ({a['choices']} choices): ours {a['ours']}, what that one would choose {a['another_summary']}, best {a['best']}"


def main(arguments: list[str]) -> int:
    result = measure(Path(os.environ.get("EVAL_DATA", "")))
    if "scores" not in result:
        print(f"eval-scitldr: {result['scitldr']}")
        return 0
    print(json.dumps(result) if "--json" in arguments else "\n".join(table(result)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
