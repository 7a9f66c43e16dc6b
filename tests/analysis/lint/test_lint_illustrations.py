"""A figure of a paper stands in its paper's section, under an open licence and with its caption's words."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from tests.analysis.lint.clean_issues import weekly

from digester.analysis.lint import lint
from digester.domain.issue import Illustration, Issue, Sentence
from digester.domain.pictures import Picture

WEEKLY = weekly()
FIRST = WEEKLY.sections[0].picks[0]


def shown(text: str = "Overview of the system.", **changes: Any) -> Issue:
    picture = Picture(
        "ab" * 16 + ".png", FIRST.work, "https://arxiv.example/x1.png", "Figure 1: Overview of the system. Grey is old.", "CC BY 4.0",
        "image/png", 400, 200,
    )  # fmt: skip
    caption = Sentence("p", "quote", {"en": text}, (FIRST.lead_item_id,), (), "caption")
    first, *rest = WEEKLY.sections
    illustration = Illustration(replace(picture, **changes), caption)
    return replace(WEEKLY, sections=(replace(first, illustration=illustration), *rest))


def test_a_figure_as_it_should_be_is_clean() -> None:
    assert [v for v in lint(shown()) if v.check == "picture"] == []


@pytest.mark.parametrize(
    ("issue", "reason"),
    [
        (shown(licence="CC BY-NC 4.0"), "under CC BY-NC 4.0"),
        (shown(licence=""), "under no stated licence"),
        (shown(work=WEEKLY.sections[1].picks[0].work), "of a paper that stands in another section"),
        (shown("Overview of a better system."), "with words that are not its caption's"),
    ],
)
def test_a_figure_that_must_not_be_printed_is_named(issue: Issue, reason: str) -> None:
    assert [(v.hard, v.where, v.reason) for v in lint(issue) if v.check == "picture"] == [(True, "section 1", reason)]
