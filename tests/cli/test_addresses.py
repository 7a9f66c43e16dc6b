"""How issues and items are named: what one command prints, every other takes."""

from __future__ import annotations

import pytest
from tests.servers.newsroom import DAILY, WEEKLY, Desk

WEEK, DAY = "/".join(WEEKLY), "/".join(DAILY)


def test_every_command_takes_an_issue_as_the_list_prints_it(made: Desk) -> None:
    ids = {row["id"] for row in made.json("issues", "list")}
    assert {WEEK, DAY} <= ids
    for words in (
        ("issues", "show", WEEK),
        ("items", "list", "--issue", WEEK),
        ("items", "list", "--issue", DAY, "--left-out"),
        ("explain", "issue", WEEK),
        ("verify", WEEK),
        ("lint", WEEK),
        ("export", WEEK, "--format", "md"),
        ("regenerate", WEEK),
        ("compose", WEEK),
        ("trends", "--issue", WEEK),
    ):
        done = made(*words)
        assert done.code == 0, (words, done.said)


def test_an_issue_shows_the_same_by_both_names_and_in_its_first_language(made: Desk) -> None:
    shown = made("issues", "show", WEEK)
    assert shown.out == made("issues", "show", WEEKLY[0], "--date", WEEKLY[1]).out
    assert 'lang: "en"' in shown.out


def test_a_date_beside_a_period_must_mean_the_same(made: Desk) -> None:
    assert made("issues", "show", WEEK, "--date", "2026-06-17").code == 0
    done = made("issues", "show", WEEK, "--date", "2026-W24")
    assert done.code == 2 and "name two issues" in done.err


def test_a_run_is_noted_under_the_kind_whatever_it_was_called_by(made: Desk) -> None:
    assert made("compose", DAY).code == 0
    assert made("run", WEEK, "--no-send").code == 0


@pytest.mark.parametrize(
    "name",
    ["arxiv:2606.90057", "2606.90057", "2606.90057v1", "https://arxiv.example/abs/2606.90057"],
)
@pytest.mark.parametrize("words", [("explain", "item"), ("items", "show")])
def test_an_item_is_found_by_every_form_of_its_name(made: Desk, words: tuple[str, str], name: str) -> None:
    done = made(*words, name)
    assert done.code == 0 and "work arxiv:2606.90057" in done.out and "paper of arxiv" in done.out


def test_an_item_that_is_not_there_is_named_with_what_can_be_given(made: Desk) -> None:
    for name in ("2606.99999", "nothing", "什么"):
        done = made("explain", "item", name)
        assert done.code == 4 and f"there is no item {name}" in done.err and "arXiv id" in done.err
