"""What each source gave to an issue: seen, and printed with a story or by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st
from tests.outputs.issue_samples import WHALE
from tests.servers.newsroom import DAILY, WEEKLY, Desk

from digester.domain.issue import SourceYield
from digester.domain.model import Entry, Item, Story
from digester.pipeline.coverage import yields

NOW = datetime(2026, 6, 20, 7, tzinfo=UTC)


def item(id_: str, source: str) -> Item:
    return Item(id_, source, Entry(id_, "article", "https://x.example/", id_, ""), id_, (), "h", NOW, NOW)


def story(id_: str, *items: str) -> Story:
    return Story(id_, items[0], items, (), "t", 1.0, NOW, NOW)


def test_an_item_counts_as_printed_with_its_story_whoever_leads_it() -> None:
    items = [item("1", "a"), item("2", "b"), item("3", "b"), item("4", "c")]
    picks = [replace(WHALE, story_id="s", lead_item_id="1")]
    assert yields(items, {}, [story("s", "1", "2"), story("t", "3")], picks) == (
        SourceYield("b", 2, 1), SourceYield("a", 1, 1), SourceYield("c", 1, 0),
    )  # fmt: skip


@given(st.lists(st.sampled_from("abc"), max_size=12), st.integers(0, 12))
def test_every_item_is_counted_once_and_none_is_printed_unseen(sources: list[str], told: int) -> None:
    items = [item(str(n), source) for n, source in enumerate(sources)]
    picks = [replace(WHALE, story_id="", lead_item_id=i.id) for i in items[:told]]
    made = yields(items, {}, [], picks)
    assert sum(y.seen for y in made) == len(items) and sum(y.printed for y in made) == len(picks)
    assert all(0 <= y.printed <= y.seen for y in made)


def test_the_record_has_what_its_sources_gave(made: Desk) -> None:
    issue = made.issue(*DAILY)
    given_ = issue.coverage.yields
    assert sum(y.seen for y in given_) >= sum(y.printed for y in given_) >= len(issue.picks()) - 1
    assert {p.source for p in issue.picks()} <= {y.source for y in given_}
    assert [y.source for y in made.issue(*WEEKLY).coverage.yields] == ["arXiv"]
