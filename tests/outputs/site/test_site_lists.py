"""Which issues stand on which page of a list, and how little changes when one comes."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.outputs.issue_samples import daily, weekly
from tests.outputs.site.site_samples import built, dailies, later, leaves, shelf

from digester.domain.issue import Issue
from digester.domain.site import Card, card_of
from digester.outputs.site._lists import SIZE, plural, sheet_path, sheets

CARD = card_of(daily())


def cards(count: int) -> list[Card]:
    return [replace(CARD, id=str(n)) for n in reversed(range(count))]


@given(st.integers(0, 200))
def test_every_issue_stands_on_one_page_in_order(count: int) -> None:
    found = list(sheets(cards(count)))
    assert [c.id for s in found for c in s.entries] == [str(n) for n in reversed(range(count))]
    assert all(len(s.entries) == SIZE for s in found[1:]) and len(found[0].entries) < 2 * SIZE
    assert count < SIZE or len(found[0].entries) >= SIZE


@given(st.integers(0, 200))
def test_a_full_page_never_changes(count: int) -> None:
    before = {s.number: [c.id for c in s.entries] for s in sheets(cards(count)) if s.number}
    after = {s.number: [c.id for c in s.entries] for s in sheets(cards(count + 1)) if s.number}
    assert before.items() <= after.items()


@given(st.integers(0, 200))
def test_pages_lead_to_one_another_both_ways(count: int) -> None:
    found = list(sheets(cards(count)))
    assert [s.number for s in found] == [0, *range(len(found) - 1, 0, -1)]
    for one, other in pairwise(found):
        assert one.older == other.number and other.newer == one.number
    assert found[0].newer is None and found[-1].older is None


def test_paths_of_pages() -> None:
    assert [sheet_path("index.html", n) for n in (0, 3)] == ["index.html", "page/3.html"]
    assert [sheet_path("tag/x.html", n) for n in (0, 3)] == ["tag/x.html", "tag/x/3.html"]
    assert plural("issue|issues", 1) == "1 issue" and plural("期", 2000) == "2,000 期"


def test_a_list_counts_stories_as_the_issue_does() -> None:
    issue = replace(daily(), census=replace(daily().census, published=2, by_rating={"5": 1, "4": 1}))
    assert len(issue.picks()) > 2, "posts, repositories and the episode are picks, too"
    home = built(shelf([issue]))["index.html"].decode()
    assert "<span>2 stories</span>" in home


def changed(one: dict[str, str], other: dict[str, str]) -> set[str]:
    return {path for path in one.keys() | other.keys() if one.get(path) != other.get(path)}


def keys(count: int, revised: int | None = None) -> dict[str, str]:
    issues = [retitled(i) if n == revised else i for n, i in enumerate(dailies(count))]
    return {path: leaf.key for path, leaf in leaves(shelf(issues)).items()}


def retitled(issue: Issue) -> Issue:
    return replace(issue, revision=2, title={language: f"{text}*" for language, text in issue.title.items()})


@pytest.mark.slow
def test_an_issue_with_another_title_touches_its_pages_and_the_indexes_that_show_it() -> None:
    touched = changed(keys(60), keys(60, revised=30))
    own = {p for p in touched if "article/" in p}
    assert len(own) == 9 and not any("page/" in p and p not in ("page/3.html", "zh/page/3.html") for p in touched)
    assert touched - own == {
        f"{top}{name}" for top in ("", "zh/")
        for name in ("page/3.html", "archive/2026.html", "search.html", "organisation/orrelune/3.html", "tag/ai/3.html",
                     "tag/daily/3.html", "category/ai_daily.html".replace(".html", "/3.html"), "kind/ai-daily/3.html")
    }  # fmt: skip


@pytest.mark.slow
def test_a_new_issue_touches_the_newest_pages_only() -> None:
    touched = changed(keys(40), keys(41))
    assert not any("/1.html" in p or "/2.html" in p for p in touched)
    assert {p for p in touched if p.endswith(".html") and p.startswith("article/")} == {
        f"article/ai-daily-en-{later(daily(), n).period}.html" for n in (39, 40)
    }


@pytest.mark.slow
@pytest.mark.parametrize("change", ["one more", "one revised", "one less", "one in one language", "one slug taken"])
def test_a_page_with_the_same_key_has_the_same_bytes(change: str) -> None:
    """Keys name all that pages show: else a build would keep what is out of date."""
    before = [weekly(), *dailies(14)]
    after = {
        "one more": [weekly(), *dailies(15)],
        "one revised": [
            *before[:5],
            replace(before[5], revision=2, title={"en": "Another", "zh": "另一个"}),
            *before[6:],
        ],
        "one less": [*before[:6], *before[7:]],
        "one in one language": [*before[:5], replace(before[5], revision=2, languages=("en",)), *before[6:]],
        "one slug taken": [*before, replace(later(daily(), -3), slug=before[5].slug)],
    }[change]
    one, other = leaves(shelf(before)), leaves(shelf(after))
    same = [path for path in one.keys() & other.keys() if one[path].key == other[path].key]
    assert len(same) > 20 and len(same) < len(one)
    assert [path for path in same if one[path].body() != other[path].body()] == []
