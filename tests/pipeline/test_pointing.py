"""Who points to a paper: what counts, where the link goes, and that an issue prints it and its rating does not move."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from tests.servers.newsroom import Desk
from tests.store import samples as s

from digester.domain.model import Item, Link
from digester.pipeline import pointing
from digester.store.engine import make_engine, migrate
from digester.store.sql import SqlStore

WORK, PAGE = "arxiv:2606.00001", "https://arxiv.org/abs/2606.00001"


@pytest.fixture
def store() -> Iterator[SqlStore]:
    engine = make_engine("sqlite://")
    migrate(engine)
    yield SqlStore(engine)
    engine.dispose()


def item(n: int, source: str, **changes: Any) -> Item:
    entry = s.entry(
        n, **{"kind": "post", "announced_at": None, "url": f"https://social.example/{n}", "links": (), **changes}
    )
    return s.item(n, entry, source_id=source, work=WORK, first_seen_at=s.NOW + n * s.HOUR)


def test_people_boards_and_lists_point_and_listings_do_not(store: SqlStore) -> None:
    listed = item(1, "arxiv", kind="paper", url=PAGE, announced_at=date(2026, 6, 19))
    board = item(2, "board", kind="article", url=PAGE, links=(Link("https://board.example/7", "Board"),))
    curated = item(3, "list", kind="paper", url=PAGE)
    person, again = item(4, "person"), item(5, "person")
    store.save_gathering(s.gathering(listed, board, curated, person, again), s.NOW)
    found = pointing.to(store, [WORK])[WORK]
    assert [i.source_id for i in found] == ["board", "list", "person"]
    assert [pointing.place(i) for i in found] == ["https://board.example/7", PAGE, "https://social.example/4"]


def test_what_came_behind_the_window_does_not_count(store: SqlStore) -> None:
    early, late = item(1, "one"), replace(item(2, "two"), moment=s.NOW)
    store.save_gathering(s.gathering(early, late, replace(item(3, "three"), moment=None)), s.NOW)
    assert [i.source_id for i in pointing.to(store, [WORK], s.NOW)[WORK]] == ["one", "three"]
    assert pointing.to(store, []) == {}


def test_a_weekly_links_to_the_post_about_its_paper_and_the_rating_has_no_point_for_it(made: Desk) -> None:
    record = made.issue("rec-weekly", "2026-W25")
    (pick,) = [p for p in record.picks() if p.work == "arxiv:2606.90011"]
    assert [link.url.rsplit("/", 1)[0] for link in pick.links] == ["https://social.example/@shenyubai"]
    shown = made("items", "show", "2606.90011")
    assert f"pointed to by post-shenyubai: {pick.links[0].url}" in shown.out
    with made.store() as store:
        rated = store.ratings([pick.work], "recsys-1")[pick.work]
    assert all("sightings" not in r.features for r in rated)
