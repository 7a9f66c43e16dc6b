"""A page is printed again when what it shows has changed, and only then: every field of a record is changed once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

import pytest
from tests.outputs.issue_samples import daily, weekly
from tests.outputs.site.site_samples import dailies, leaves, shelf

from digester.analysis.ledger import ledger, marked, rows_of
from digester.domain.issue import Issue
from digester.domain.site import Site
from digester.outputs import collections
from digester.outputs.ledger import _pages
from digester.outputs.ledger import leaves as ledger_leaves
from digester.ports import Leaf

FIXED = {
    "id",
    "kind",
    "state",
    "languages",
    "period",
    "layout",
    "evidence",
    "unit",
    "sign",
    "hedge",
}  # a name, or one of few words
BESIDE = [daily(), *dailies(3)]


def changed(value: Any) -> Any:
    match value:
        case bool():
            return not value
        case str():
            return f"{value} anew" if not value.startswith("http") else f"{value}/anew"
        case int() | float():
            return value + 1
        case datetime():
            return value + timedelta(hours=30)
        case date():
            return value + timedelta(days=1)
    raise AssertionError(value)


def variants(value: Any, name: str) -> Iterator[tuple[str, Any]]:
    """Every value that differs in one place, by the name of the place."""
    if is_dataclass(value):
        for f in fields(value):
            if f.name not in FIXED:
                found = variants(getattr(value, f.name), f"{name}.{f.name}")
                yield from ((path, replace(value, **{f.name: other})) for path, other in found)  # type: ignore[type-var]
    elif isinstance(value, Mapping):
        for key in value:
            yield from ((path, {**value, key: other}) for path, other in variants(value[key], f"{name}[{key}]"))
    elif isinstance(value, tuple | frozenset | list):
        for n, one in enumerate(value):
            found = variants(one, f"{name}[]")
            yield from ((path, (*tuple(value)[:n], other, *tuple(value)[n + 1 :])) for path, other in found)
    elif value is not None:
        yield name, changed(value)


@cache
def places() -> dict[str, Issue]:
    """One variant of the weekly for each place of its record."""
    found: dict[str, Issue] = {}
    for path, other in variants(weekly(), "issue"):
        found.setdefault(path, other)
    return found


def made(issue: Issue) -> dict[str, Leaf]:
    given = shelf([issue, *BESIDE])
    feeds = {leaf.path: leaf for leaf in collections()["feed"].leaves(given)}
    return {**leaves(replace(given, others=frozenset(feeds))), **feeds}


@cache
def before() -> dict[str, Leaf]:
    return made(weekly())


@cache
def body(path: str) -> bytes:
    return before()[path].body()


def corrected(issue: Issue) -> Issue:
    return replace(issue, revision=issue.revision + 1, frozen_at=weekly().frozen_at + timedelta(minutes=5))


@pytest.mark.parametrize("start", range(8))
def test_no_page_with_an_old_key_would_print_something_else(start: int) -> None:
    assert len(places()) > 80
    for place, issue in list(places().items())[start::8]:
        after = made(corrected(issue))
        for path, leaf in after.items():
            if path in before() and leaf.key == before()[path].key:
                assert leaf.body() == body(path), (place, path)


def again(issue: Issue) -> set[str]:
    """Index pages with a new key after a correction."""
    after = made(corrected(issue))
    own = ("article/", "zh/article/", "feed", "atom", "zh/feed", "zh/atom", "rec-weekly/", "zh/rec-weekly/")
    return {path for path, leaf in after.items() if not path.startswith(own) and leaf.key != before()[path].key}


def test_a_revision_that_changes_nothing_shown_makes_no_index_again() -> None:
    assert again(weekly()) == set()


def test_another_sentence_makes_no_index_again() -> None:
    issue = places()["issue.sections[].picks[].sentences[].text[en]"]
    assert issue != weekly()
    assert again(issue) == set()


def test_another_headline_makes_the_pages_again_that_show_it() -> None:
    found = again(places()["issue.sections[].picks[].headline[en]"])
    assert found
    assert all(path.removeprefix("zh/").startswith(("organisation/", "theme/")) for path in found), found


def test_another_summary_makes_lists_again_and_no_organisation() -> None:
    found = again(places()["issue.summary[en]"])
    assert "index.html" in found
    assert not any("organisation/" in path or "theme/" in path or "archive/" in path for path in found)


def test_a_figure_that_no_page_of_the_ledger_shows_changes_its_tables_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_pages, "SHOWN", 1)
    first = rows_of(weekly())[0]
    rows = [first, *(marked(replace(first, day="2020-01-01", value=f"{n}", work=f"w:{n}")) for n in range(3))]
    other = [*rows[:-1], marked(replace(rows[-1], value="77"))]
    keys = [{leaf.path: leaf.key for leaf in ledger_leaves(ledger(r), Site(), {})} for r in (rows, other)]
    assert {p for p in keys[0] if keys[0][p] != keys[1][p]} == {"ab/ledger.csv", "ab/ledger.json"}
