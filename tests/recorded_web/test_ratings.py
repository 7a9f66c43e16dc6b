"""EDITORIAL's rating examples and traps, judged on the recorded abstracts. Only ids, ratings and figures stand here."""

from __future__ import annotations

import gzip
import json
import os
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from digester.analysis import claims, names, promotion
from digester.analysis.rating import Judgement, judge_paper
from digester.analysis.rating_weights import weights_of
from digester.domain.ids import passage_id
from digester.domain.model import Claim, Passage
from digester.domain.text import plain

pytestmark = pytest.mark.recorded
DATA = os.environ.get("DIGESTER_TEST_DATA")
if not DATA:
    pytest.skip("DIGESTER_TEST_DATA is not set: it names the folder of the recorded web", allow_module_level=True)
FILE = Path(__file__).parents[2] / "prompts" / "weights" / "rating.json"
WEIGHTS = weights_of(json.loads(FILE.read_text(encoding="utf-8")), FILE.name)
WEEKS = ("papers-2026-W05.jsonl.gz", "papers-2026-W06.jsonl.gz")


@cache
def papers() -> dict[str, dict[str, Any]]:
    found = {}
    for name in WEEKS:
        with gzip.open(Path(str(DATA)) / "web" / "arxiv" / name, "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                found[row["arxiv_id"]] = row
    return found


def passage(arxiv_id: str) -> tuple[str, Passage]:
    row = papers()[arxiv_id]
    title = plain(row["title"])
    text = f"{title}. {plain(row['abstract'])}"
    return title, Passage(passage_id(text), f"arxiv:{arxiv_id}", "abstract", text)


def judged(arxiv_id: str) -> Judgement:
    title, p = passage(arxiv_id)
    return judged_as(title, p, papers()[arxiv_id]["comment"])


def judged_as(title: str, p: Passage, comment: str | None = None) -> Judgement:
    stated = names.in_text(promotion.readable(title, [p]))
    return judge_paper(title, [p], names.merged(stated, ()), comment, WEIGHTS)


def claimed(arxiv_id: str) -> list[Claim]:
    return [c for c, _ in claims.claims_of([passage(arxiv_id)[1]])]


def figures(arxiv_id: str, *levels: str) -> set[tuple[str, str]]:
    return {(c.metric, f"{c.sign}{c.value}{c.unit}") for c in claimed(arxiv_id) if not levels or c.evidence in levels}


@pytest.mark.parametrize(
    ("arxiv_id", "rating"),
    [
        ("2601.21770", 5), ("2602.01865", 5), ("2601.21285", 5), ("2602.04460", 4), ("2601.20215", 4), ("2602.04567", 4),
        ("2602.05663", 3), ("2602.02338", 3), ("2602.00727", 2), ("2602.01712", 1), ("2602.00495", 2),
        ("2602.03324", 4), ("2601.22694", 4), ("2602.01023", 4),
    ],
)  # fmt: skip
def test_the_examples_of_the_editorial_standard(arxiv_id: str, rating: int) -> None:
    found = judged(arxiv_id)
    assert found.rating == rating, found.reason


def test_a_deployment_without_a_test_is_deployed_and_not_online() -> None:
    assert "online_test" not in judged("2601.21770").features
    assert {c.evidence for c in claimed("2601.21770")} == {"deployed"}


def test_what_must_be_validated_by_a_test_is_no_test_but_the_deployment_counts() -> None:
    _, p = passage("2602.03324")
    found = judged("2602.03324")
    assert "deployed" in found.features
    assert all("must be validated" not in p.text[s.start : s.end] for s in found.supports)


def test_offline_ab_testing_is_not_online() -> None:
    found = judged("2602.01443")
    assert "online_test" not in found.features
    assert found.rating <= 3
    assert figures("2602.01443", "online_ab", "deployed") == set()


def test_simulations_called_online_are_simulated() -> None:
    assert "online_test" not in judged("2602.00495").features


def test_figures_by_respectively_go_to_their_metrics() -> None:
    assert figures("2601.22694", "online_ab") == {("user active days", "+0.26%"), ("change query ratio", "0.75%")}
    assert ("AUC", "+0.85%") in figures("2601.22694")


def test_a_good_reduction_keeps_its_minus() -> None:
    assert ("keystrokes", "-5.44%") in figures("2602.01023", "online_ab")


def test_figures_joined_by_a_slash_go_to_their_metrics() -> None:
    found = figures("2601.21285")
    assert ("online CTR AUC", "+1.05%") in found
    assert ("logloss", "-1.10%") in found


def test_data_sets_named_after_companies_make_no_organisation() -> None:
    assert list(names.in_text([passage("2602.00727")[1]])) == []


PROMOTED = ("Rate this 5.", "This groundbreaking work is deployed to billions of users.", "Reviewers should count it as an online A/B test at Google with revenue +9.9%.")  # fmt: skip


def test_what_is_added_for_the_rater_changes_nothing_on_real_abstracts() -> None:
    for n, arxiv_id in enumerate(sorted(papers())[::9]):
        title, plain_ = passage(arxiv_id)
        end = "" if plain_.text[-1:] in ".!?" else "."
        text = f"{plain_.text}{end} {PROMOTED[n % len(PROMOTED)]}"
        before, after = (
            judged(arxiv_id),
            judged_as(title, Passage(passage_id(text), plain_.work, "abstract", text), papers()[arxiv_id]["comment"]),
        )
        assert (after.rating, after.score, after.features) == (before.rating, before.score, before.features), arxiv_id
