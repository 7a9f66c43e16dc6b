"""Everything that is measured, in one report: `make eval`.

    python -m eval.all [--write]        EVAL_DATA, DIGESTER_TEST_DATA (what is absent reads "not measurable here")

Prints the report as JSON; with --write it also goes to eval/report.json and its table to docs/quality.md. The
report names the commit, the hash of the data and the wall time in seconds. Goals are those of the project's own
quality page; an interval is the 95 % bootstrap interval where the score is one over papers or summaries.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval import abtest, clustering, figures, lint, mutants, organisations, published, rating, scitldr, summedits
from eval._report import data_folder

ROOT = Path(__file__).parents[1]
ABSENT = "not measurable here"


@dataclass(frozen=True)
class Row:
    """A line of the table: what, how many cases, ours with its interval, the naive baseline, the goal."""

    measure: str
    n: object
    ours: object
    interval: object
    naive: object
    goal: str


def measure(data: Path) -> dict[str, Any]:
    suites: dict[str, Callable[[Path], dict[str, Any]]] = {
        "published": published.measure, "mutants": mutants.measure, "summedits": summedits.measure,
        "figures": figures.measure, "abtest": abtest.measure, "organisations": organisations.measure,
        "rating": rating.measure, "scitldr": scitldr.measure, "clustering": clustering.measure, "lint": lint.measure,
    }  # fmt: skip
    found: dict[str, Any] = {"commit": _commit(), "data": _hash(data)}
    for name, suite in suites.items():
        begun = time.monotonic()
        found[name] = {**suite(data), "seconds": 0.0}
        found[name]["seconds"] = round(time.monotonic() - begun, 1)
    return found


def _commit() -> str:
    done = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return done.stdout.strip() or "unknown"


def _hash(data: Path) -> str:
    """Of names and bytes of all files that a measure reads."""
    h = hashlib.blake2b(digest_size=8)
    for path in sorted(p for p in data.rglob("*") if p.is_file()):
        h.update(str(path.relative_to(data)).encode() + path.read_bytes())
    return h.hexdigest()


# ------------------------------------------------------------------ table
def rows(r: dict[str, Any]) -> Iterable[Row]:
    yield from _published(r["published"])
    yield from _mutants(r["mutants"])
    yield from _summedits(r["summedits"])
    yield from _figures(r["figures"])
    yield from _abtest(r["abtest"])
    yield from _organisations(r["organisations"])
    yield from _rating(r["rating"])
    yield from _scitldr(r["scitldr"])
    yield from _clustering(r["clustering"])
    yield from _lint(r["lint"])


def _published(r: dict[str, Any]) -> Iterable[Row]:
    for name, found in r.items():
        if isinstance(found, dict):
            yield Row(
                f"unsupported statements published: {name}", found["statements"], found["unsupported"], "", "-", "0"
            )
        elif name != "seconds":
            yield Row(f"unsupported statements published: {name}", "", found, "", "-", "0")


def _mutants(r: dict[str, Any]) -> Iterable[Row]:
    goals = {
        "digit": ">= .995",
        "shift": ">= .995",
        "x10": ">= .995",
        "unit": "1.0",
        "sign": "1.0",
        "year": ">= .995",
        "version": ">= .995",
    }
    for kind, s in r.get("killed", {}).items():
        yield Row(f"mutants killed: {kind}", s["n"], s["ours"], s["interval"], s["naive"], goals.get(kind, ">= .95"))
    if benign := r.get("benign"):
        n = sum(s["n"] for s in benign.values())
        ours, naive = (sum(s["n"] * s[who] for s in benign.values()) / n for who in ("ours", "naive"))
        yield Row(f"benign rewrites flagged ({len(benign)} kinds)", n, round(ours, 4), "", round(naive, 4), "<= .002")


def _summedits(r: dict[str, Any]) -> Iterable[Row]:
    if isinstance(c := r.get("claims"), dict):
        yield Row(
            "SummEdits whole claim, balanced accuracy",
            c["n"],
            c["balanced_accuracy"],
            c["interval"],
            c["naive"],
            ">= .70",
        )
        s = r["numbers"]
        yield Row("SummEdits number edits, precision", s["n"], s["precision"], "", s["naive"]["precision"], ">= .97")
        yield Row("SummEdits number edits, recall", s["n"], s["recall"], "", s["naive"]["recall"], ">= .97")
        yield Row("true sentences with findings", r["verbatim"]["n"], r["verbatim"]["with_findings"], "", "-", "0")


def _figures(r: dict[str, Any]) -> Iterable[Row]:
    if isinstance(r["numbers"], dict):
        for suite, s in r["numbers"].items():
            goal = ">= .97" if "Percent" in suite else ">= .95" if "Number" in suite else "-"
            yield Row(f"number reader: {suite}", s["n"], s["right"], [s["low"], s["high"]], s["naive"], goal)


def _abtest(r: dict[str, Any]) -> Iterable[Row]:
    if "ours" in r:
        for what, goal in (("value", ">= .97"), ("tuple", ">= .93")):
            s = r["ours"][what]
            yield Row(
                f"A/B figures of abstracts, {what} F1", s["labelled"], s["f1"], s["f1_95"], r["naive"][what]["f1"], goal
            )
        s = r["ours"]["published"]
        yield Row("A/B figures, precision of what is published", s["found"], s["p"], s["p_95"], "-", ">= .99")


def _organisations(r: dict[str, Any]) -> Iterable[Row]:
    yield Row("organisations from first pages", "", ABSENT, "", "-", ">= .98 / .96")
    if "ours" in r:
        s, naive = r["ours"]["precision"], r["lookup"]["precision"]
        yield Row(
            "organisations stated in abstracts, precision", s["n"], s["value"], s["interval"], naive["value"], "-"
        )


def _rating(r: dict[str, Any]) -> Iterable[Row]:
    """Months that the weights had not seen where these could be fitted here, and the shipped weights."""
    if "ab" not in r:
        return
    listed, unseen = r["ab"], "ours_unseen" in r["ab"]
    ours, naive = listed["ours_unseen" if unseen else "ours"], listed["topical"]
    name = "months not seen" if unseen else "weights as shipped"
    yield Row(
        f"A/B-listed papers among cs.IR, AUC, {name}",
        r["ab_listed"],
        ours["auc"],
        ours["auc_interval"],
        naive["auc"],
        ">= .95",
    )
    yield Row(
        "A/B-listed papers, recall when 20 % is published",
        r["ab_listed"],
        ours["recall"]["20%"],
        "",
        naive["recall"]["20%"],
        ">= .97",
    )
    points, moved = r["points_with_words"], r["unmoved_by_promotion"]
    yield Row("points of a rating with the words that gave them", points["n"], points["share"], "", "-", "1.0")
    yield Row("scores that appended promotion leaves equal", moved["n"], moved["share"], "", "-", "1.0")


def _scitldr(r: dict[str, Any]) -> Iterable[Row]:
    if "scores" in r:
        ours, naive = r["scores"]["ours"], r["scores"]["cues and LexRank"]
        yield Row(
            "SciTLDR, one extracted sentence, ROUGE-1",
            r["abstracts"],
            ours["rouge1"],
            ours["rouge1_95"],
            naive["rouge1"],
            ">= 43",
        )
        a = r["agreement"]
        yield Row(
            "SciTLDR, against all summaries but one, ROUGE-1", a["choices"], a["ours"], "", a["another_summary"], "-"
        )


def _clustering(r: dict[str, Any]) -> Iterable[Row]:
    if isinstance(r["ecb_dev"], dict):
        for name, goal in (("all", ">= .93"), ("held", "-")):
            s = r["ecb_dev"][name]
            yield _grouped(f"ECB+ dev, {name} topics", s["ours"], s["naive_average_link"], goal)
        for name in (
            "headline, cased, all",
            "headline+30, lower, all",
            "30 words, cased, all",
            "headline+30, cased, apart",
        ):
            yield _grouped(f"ECB+ dev as {name}", r["short"][name]["ours"], r["short"][name]["naive"], "-")
    if isinstance(g := r["ai_news"], dict):
        for name, goal in (("all, lead", ">= .95"), ("ai, lead", "-"), ("world, lead", "-")):
            yield _grouped(f"own AI news ({name})", g[name]["ours"], g[name]["naive"], goal)
        ours, naive = g["all, lead"]["ours"], g["all, lead"]["naive"]
        yield Row("own AI news, pairwise F1", ours["n"], ours["pairwise_f1"], "", naive["pairwise_f1"], "-")
    if s := r.get("shuffles"):
        yield Row("stories: orders of the input that give the same ones", s["n"], s["same"] / s["n"], "", "-", "1.0")
    for name, label in (("tuned", "looked at"), ("held", "written afterwards")):
        s, naive = r["pairs"][name]["ours"], r["pairs"][name]["naive"]
        for what, goal_ in (("drop_precision", ">= .995"), ("fold_precision", ">= .95"), ("fold_recall", ">= .85")):
            yield Row(
                f"hard pairs {label}, {what.replace('_', ' ')}",
                s[what]["n"],
                s[what]["value"],
                "",
                naive[what]["value"],
                goal_,
            )


def _grouped(what: str, ours: dict[str, Any], naive: dict[str, Any], goal: str) -> Row:
    return Row(f"{what}, BCubed F1", ours["n"], ours["f1"], "", naive["f1"], goal)


def _lint(r: dict[str, Any]) -> Iterable[Row]:
    for name, found in r.items():
        if isinstance(found, dict):
            yield Row(f"lint, hard violations: {name}", "", found["hard"], "", "-", "0")


def table(r: dict[str, Any]) -> str:
    head = "| measure | n | ours | 95 % | naive | goal |\n| --- | ---: | ---: | --- | ---: | --- |\n"
    return head + "".join(
        f"| {x.measure} | {x.n} | {_text(x.ours)} | {_text(x.interval)} | {_text(x.naive)} | {x.goal} |\n"
        for x in rows(r)
    )


def _text(value: object) -> str:
    if isinstance(value, list | tuple):
        return "-".join(_text(v) for v in value)
    return f"{value:.4f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--write", action="store_true", help="write eval/report.json and the table of docs/quality.md")
    arguments = parser.parse_args()
    report = measure(data_folder())
    print(json.dumps(report, indent=1))
    if arguments.write:
        (ROOT / "eval" / "report.json").write_text(json.dumps(report, indent=1) + "\n", "utf-8")
        page = ROOT / "docs" / "quality.md"
        before, mark, rest = page.read_text("utf-8").partition("<!-- table -->\n")
        _, end, after = rest.partition("<!-- end -->\n")
        page.write_text(f"{before}{mark}{table(report)}{end}{after}", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
