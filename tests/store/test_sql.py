"""Every verb of the store, on both databases: what went in comes out, windows are half-open, frozen is frozen."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine, select
from tests.store import samples as s
from tests.store.samples import DAY, HOUR, NOW

from digester.domain.errors import StoreError
from digester.domain.issue import Window
from digester.domain.model import Rating
from digester.domain.sources import FetchState, Validator
from digester.ports import Gathering
from digester.store import schema as t
from digester.store.sql import SqlStore

TICK = timedelta(microseconds=1)


# --------------------------------------------------------------------- collect
def test_a_gathering_comes_back_whole(store: SqlStore) -> None:
    items = (s.item(1), s.item(2, s.paper(2)))
    saved = store.save_gathering(
        s.gathering(*items, sightings=(s.sighting(1),), batches=(s.batch(),), validators=(s.VALIDATOR,)), NOW
    )
    assert (saved.new, saved.revised, saved.known) == (2, 0, 0)
    assert store.items(["id1", "id2", "none"]) == {"id1": items[0], "id2": items[1]}
    assert store.item("id1") == items[0]
    assert store.item("none") is None
    assert store.fetch_states() == {"src": s.STATE}
    assert store.validators("src") == {s.VALIDATOR.url: s.VALIDATOR}
    assert store.validators("other") == {}
    assert list(store.sightings_in(Window(NOW, NOW + TICK))) == [s.sighting(1)]
    assert list(store.batches_on([DAY])) == [s.batch()]


def test_times_come_back_as_the_same_moment(store: SqlStore) -> None:
    at = datetime(2026, 6, 20, 9, 0, tzinfo=s.BERLIN_ISH)
    store.save_gathering(s.gathering(s.item(1, moment=at)), NOW)
    (found,) = store.items_in(Window(at, at + TICK))
    assert found.moment == at


def test_new_revised_and_known_are_counted(store: SqlStore) -> None:
    store.save_gathering(s.gathering(s.item(1), s.item(2)), NOW)
    saved = store.save_gathering(s.gathering(s.item(1), s.item(2, content_hash="other"), s.item(3)), NOW + HOUR)
    assert (saved.new, saved.revised, saved.known) == (1, 1, 1)


def test_every_revision_of_a_text_is_kept_once(store: SqlStore, engine: Engine) -> None:
    for n, hashed in enumerate(("a", "b", "b", "a")):
        store.save_gathering(s.gathering(s.item(1, content_hash=hashed)), NOW + n * HOUR)
    with engine.connect() as c:
        kept = c.execute(
            select(t.revisions.c.content_hash, t.revisions.c.seen_at).order_by(t.revisions.c.seen_at)
        ).all()
    assert [tuple(k) for k in kept] == [("a", "2026-06-20T07:05:00.123456Z"), ("b", "2026-06-20T08:05:00.123456Z")]


def test_a_gathering_without_items_still_keeps_the_state(store: SqlStore) -> None:
    assert store.save_gathering(s.gathering(), NOW).new == 0
    assert store.fetch_states() == {"src": s.STATE}


def _refused(kind: str) -> object:
    """A gathering of good parts whose last-written one the database refuses."""
    bad = {
        "state": {"state": replace(s.STATE, source_id=None)},
        "state text": {"state": replace(s.STATE, source_id="\ud800")},
        "validator": {"validators": (replace(s.VALIDATOR, url="\ud800"),)},
        "batch": {"batches": (replace(s.batch(), category=None),)},
        "sighting": {"sightings": (replace(s.sighting(), source_id=None),)},
        "second item": {"items": (s.item(1), s.item(2, source_id=None))},
    }[kind]
    good = {"sightings": (s.sighting(1),), "batches": (s.batch(),), "validators": (s.VALIDATOR,)}
    return s.gathering(s.item(1), **{**good, **bad})


@pytest.mark.parametrize("kind", ["state", "state text", "validator", "batch", "sighting", "second item"])
def test_a_gathering_that_fails_half_way_leaves_nothing(store: SqlStore, engine: Engine, kind: str) -> None:
    with pytest.raises(StoreError):
        store.save_gathering(_refused(kind), NOW)  # type: ignore[arg-type]
    with engine.connect() as c:
        left = {table.name: len(c.execute(select(table)).all()) for table in t.metadata.sorted_tables}
    assert left == dict.fromkeys(left, 0)
    assert store.save_gathering(s.gathering(s.item(1)), NOW).new == 1  # and the store still works


def test_a_failed_second_gathering_leaves_the_first(store: SqlStore) -> None:
    first = s.gathering(s.item(1), validators=(s.VALIDATOR,))
    store.save_gathering(first, NOW)
    with pytest.raises(StoreError):
        store.save_gathering(
            s.gathering(
                s.item(1, content_hash="new"),
                s.item(2),
                state=replace(s.STATE, failures=9),
                batches=(replace(s.batch(), day=DAY, category=None),),
            ),  # type: ignore[arg-type]
            NOW,
        )
    assert store.items(["id1", "id2"]) == {"id1": s.item(1)}
    assert store.fetch_states() == {"src": s.STATE}


def test_more_keys_than_one_statement_takes(store: SqlStore) -> None:
    many = tuple(s.item(n, s.entry(n, text="x")) for n in range(1001))
    assert store.save_gathering(s.gathering(*many), NOW).new == 1001
    assert store.save_gathering(s.gathering(*many), NOW).known == 1001
    assert store.items(i.id for i in many) == {i.id: i for i in many}


def test_infinite_and_not_a_number_signals_can_be_read_again(store: SqlStore) -> None:
    odd = replace(s.sighting(), signals={"inf": math.inf, "nan": math.nan})
    store.save_gathering(s.gathering(s.item(1), sightings=(odd,)), NOW)
    (found,) = store.sightings_in(Window(NOW, NOW + HOUR))
    assert found.signals["inf"] == math.inf
    assert math.isnan(found.signals["nan"])


def test_control_characters_in_a_body_come_back(store: SqlStore) -> None:
    odd = s.item(1, s.entry(1, title="a\x00b\x1b\x7f"))
    store.save_gathering(s.gathering(odd), NOW)
    assert store.item("id1") == odd


# --------------------------------------------------------------------- windows
def test_items_in_a_window_are_half_open_at_both_ends(store: SqlStore) -> None:
    start, end = NOW, NOW + timedelta(days=1)
    moments = {1: start - TICK, 2: start, 3: end - TICK, 4: end, 5: None}
    store.save_gathering(s.gathering(*(s.item(n, moment=at) for n, at in moments.items())), NOW)
    assert [i.id for i in store.items_in(Window(start, end))] == ["id2", "id3"]
    assert [i.id for i in store.items_in(Window(end, end + TICK))] == ["id4"]


def test_papers_belong_to_listing_days_and_not_to_moments(store: SqlStore) -> None:
    entries = [s.paper(1, DAY), s.paper(2, DAY + timedelta(days=1)), s.paper(3, None), s.entry(4)]
    store.save_gathering(s.gathering(*(s.item(n, e, moment=NOW) for n, e in enumerate(entries, 1))), NOW)
    window = Window(NOW, NOW + HOUR, (DAY,))
    assert [i.id for i in store.items_in(window)] == ["id1", "id4"]
    assert [i.id for i in store.items_in(replace(window, listing_days=()))] == ["id4"]


def test_dateless_items_of_a_first_visit_are_in_no_window(store: SqlStore) -> None:
    store.save_gathering(s.gathering(s.item(1, moment=None)), NOW)
    assert store.items_in(Window(datetime(1990, 1, 1, tzinfo=UTC), datetime(2190, 1, 1, tzinfo=UTC))) == []
    assert store.item("id1") is not None


def test_sightings_are_kept_by_time_and_the_window_is_half_open(store: SqlStore) -> None:
    times = (NOW - TICK, NOW, NOW + HOUR - TICK, NOW + HOUR)
    store.save_gathering(s.gathering(s.item(1), sightings=tuple(s.sighting(1, at) for at in times)), NOW)
    assert [x.seen_at for x in store.sightings_in(Window(NOW, NOW + HOUR))] == [NOW, NOW + HOUR - TICK]


def test_the_last_sighting_of_each_item(store: SqlStore) -> None:
    seen = (s.sighting(1, NOW + HOUR), s.sighting(1, NOW), s.sighting(2, NOW))
    store.save_gathering(s.gathering(s.item(1), s.item(2), sightings=seen), NOW)
    assert {(x.item_id, x.seen_at) for x in store.last_sightings(["id1", "id2", "none"])} == {
        ("id1", NOW + HOUR),
        ("id2", NOW),
    }
    assert store.last_sightings([]) == []


def test_batches_are_found_by_day(store: SqlStore) -> None:
    monday, tuesday = date(2026, 6, 15), date(2026, 6, 16)
    both = (s.batch(monday), s.batch(monday, "cs.LG"), s.batch(tuesday))
    store.save_gathering(s.gathering(batches=both), NOW)
    assert set(store.batches_on([monday])) == {both[0], both[1]}
    assert set(store.batches_on([monday, tuesday])) == set(both)
    assert store.batches_on([]) == []


def test_a_batch_seen_again_is_replaced(store: SqlStore) -> None:
    for ids in (("a",), ("a", "b")):
        store.save_gathering(s.gathering(batches=(s.batch(ids=ids),)), NOW)
    assert [b.announced_ids for b in store.batches_on([DAY])] == [("a", "b")]


# ---------------------------------------------------------- text and judgement
def test_full_text_and_passages_come_back(store: SqlStore) -> None:
    store.save_full_text(s.FULL_TEXT, [s.PASSAGE], NOW)
    assert store.full_texts([s.FULL_TEXT.work, "none"]) == {s.FULL_TEXT.work: s.FULL_TEXT}
    assert store.passages(["p1", "p2"]) == {"p1": s.PASSAGE}


def test_a_full_text_is_replaced_and_a_passage_never(store: SqlStore) -> None:
    store.save_full_text(s.FULL_TEXT, [s.PASSAGE], NOW)
    store.save_full_text(replace(s.FULL_TEXT, outcome="gone"), [replace(s.PASSAGE, text="forged")], NOW)
    store.save_passages([replace(s.PASSAGE, text="forged"), replace(s.PASSAGE, id="p2")], NOW)
    assert store.full_texts([s.FULL_TEXT.work])[s.FULL_TEXT.work].outcome == "gone"
    assert {p.text for p in store.passages(["p1", "p2"]).values()} == {s.HARD}


def test_ratings_come_back_by_work_and_rubric_oldest_first(store: SqlStore) -> None:
    late, early = (
        replace(s.RATING, input_hash="a", made_at=NOW + HOUR),
        replace(s.RATING, input_hash="b", made_at=NOW - HOUR),
    )
    other = replace(s.RATING, rubric="ai/1")
    store.save_ratings([late, s.RATING, early, other])
    assert store.ratings([s.RATING.work], "rec/1") == {s.RATING.work: [early, s.RATING, late]}
    assert store.ratings([s.RATING.work], "ai/1") == {s.RATING.work: [other]}
    assert store.ratings([s.RATING.work], "none") == {}
    assert store.ratings([], "rec/1") == {}


def test_a_rating_made_again_from_the_same_input_replaces(store: SqlStore) -> None:
    store.save_ratings([s.RATING])
    store.save_ratings([replace(s.RATING, rating=1)])
    assert [r.rating for r in store.ratings([s.RATING.work], "rec/1")[s.RATING.work]] == [1]


def test_ratings_of_a_model_come_newest_first_one_a_work(store: SqlStore) -> None:
    def rated(work: str, hours: int, call: str = "c", **changes: object) -> Rating:
        own = {"editor": "llm-2.x", **changes}
        return replace(s.RATING, work=work, made_at=NOW + hours * HOUR, call_id=call, **own)  # type: ignore[arg-type]

    older = rated("w1", 1, editor="llm-1.x", input_hash="other")
    one, two, three = rated("w1", 3), rated("w2", 0), rated("w3", 2)
    apart = [
        rated("w4", -1), rated("w5", 4, call=""), rated("w6", 4, rubric="ai/1"), rated("w7", 4, editor="llmx-1"),
        rated("w8", 4, editor="extractive-1"), rated("w1", 4, call="", input_hash="left out later"),
    ]  # fmt: skip
    store.save_ratings([older, one, two, three, *apart])
    assert store.model_ratings("llm", "rec/1", NOW, 9) == [one, three, two]
    assert store.model_ratings("llm", "rec/1", NOW, 2) == [one, three]
    assert store.model_ratings("llm", "rec/1", NOW + 4 * HOUR, 9) == []
    assert store.model_ratings("l%", "rec/1", NOW, 9) == store.model_ratings("llm", "none", NOW, 9) == []


def test_items_are_found_by_what_ratings_are_about(store: SqlStore) -> None:
    items = [s.item(n, work=work) for n, work in enumerate(("arxiv:1", "arxiv:1", "arxiv:2", "url:x"), 1)]
    store.save_gathering(s.gathering(*items), NOW)
    assert list(store.items_about(["arxiv:1", "item:id4", "none", "item:none"])) == [items[0], items[1], items[3]]
    assert list(store.items_about([])) == []


def test_saving_no_ratings_is_nothing(store: SqlStore) -> None:
    store.save_ratings([])
    assert store.counts()["ratings"] == 0


def test_readings_come_back_by_work(store: SqlStore) -> None:
    zh = replace(s.READING, language="zh")
    store.save_reading(s.READING, NOW)
    store.save_reading(zh, NOW)
    store.save_reading(replace(s.READING, system="Newer"), NOW)
    found = store.readings([s.READING.work, "none"])
    assert set(found) == {s.READING.work}
    assert sorted((r.language, r.system) for r in found[s.READING.work]) == [("en", "Newer"), ("zh", "SysName")]


def test_attempts_are_kept_by_step_and_subject_until_cleared(store: SqlStore) -> None:
    store.save_attempt(replace(s.ATTEMPT, tries=1))
    store.save_attempt(s.ATTEMPT)
    store.save_attempt(replace(s.ATTEMPT, step="assess", dead=True, next_at=None))
    assert store.attempts("enrich") == {s.ATTEMPT.subject: s.ATTEMPT}
    store.clear_attempt("enrich", s.ATTEMPT.subject)
    store.clear_attempt("enrich", "never there")
    assert store.attempts("enrich") == {}
    assert store.attempts("assess")[s.ATTEMPT.subject].dead


def test_stories_are_kept_and_replaced(store: SqlStore, engine: Engine) -> None:
    store.save_stories([s.STORY, replace(s.STORY, id="s2")])
    store.save_stories([replace(s.STORY, title="newer")])
    store.save_stories([])
    assert [(x.id, x.title) for x in store.stories_since(s.STORY.updated_at)] == [
        ("s1", "newer"),
        ("s2", s.STORY.title),
    ]
    assert store.stories_since(s.STORY.updated_at + timedelta(seconds=1)) == []
    with engine.connect() as c:
        assert len(c.execute(select(t.stories)).all()) == 2


# ---------------------------------------------------------------------- issues
def test_a_frozen_issue_comes_back_whole_as_revision_1(store: SqlStore) -> None:
    frozen = store.freeze(s.issue())
    assert (frozen.revision, frozen.state) == (1, "frozen")
    assert frozen == replace(s.issue(), revision=1, state="frozen")
    assert store.issue(frozen.id) == frozen
    assert store.issue("ai_daily/2026-06-21") is None


def test_frozen_since_is_the_latest_revision_of_each_issue_of_the_kind_that_ends_later(store: SqlStore) -> None:
    for day in (18, 19, 20):
        store.freeze(s.issue(f"2026-06-{day}", end=datetime(2026, 6, day, 7, tzinfo=UTC)))
    store.freeze(s.issue("2026-06-20", end=datetime(2026, 6, 20, 7, tzinfo=UTC)))
    store.freeze(s.issue("2026-06-20", kind="other", end=datetime(2026, 6, 20, 7, tzinfo=UTC)))
    store.save_draft(s.issue("2026-06-21", end=datetime(2026, 6, 21, 7, tzinfo=UTC)), "too few")
    found = store.frozen_since("ai_daily", datetime(2026, 6, 18, 7, tzinfo=UTC))
    assert [(i.id, i.revision) for i in found] == [("ai_daily/2026-06-19", 1), ("ai_daily/2026-06-20", 2)]


def test_a_second_freeze_is_revision_2_and_revision_1_stays_as_it_was(store: SqlStore) -> None:
    first = store.freeze(s.issue())
    second = store.freeze(replace(first, editor="other"))
    assert second.revision == 2
    assert store.issue(first.id) == second
    assert store.issue(first.id, 1) == first
    assert store.issue(first.id, 3) is None


def test_a_refused_draft_is_revision_0_and_read_only_by_that_number(store: SqlStore) -> None:
    store.save_draft(s.issue(), "too few papers")
    store.save_draft(s.issue(), "still too few")
    assert store.issue("ai_daily/2026-06-20") is None
    assert store.issue("ai_daily/2026-06-20", 0) == replace(s.issue(), revision=0, state="refused")
    assert list(store.issues()) == [("ai_daily/2026-06-20", 0, "refused", NOW)]
    assert store.freeze(s.issue()).revision == 1
    assert [(r, state) for _, r, state, _ in store.issues()] == [(1, "frozen"), (0, "refused")]


def test_issues_are_listed_newest_window_first(store: SqlStore) -> None:
    for day in (19, 21, 20):
        store.freeze(s.issue(f"2026-06-{day}", end=datetime(2026, 6, day, 7, tzinfo=UTC)))
    store.freeze(s.issue("2026-06-20", end=datetime(2026, 6, 20, 7, tzinfo=UTC)))
    assert [(i, r) for i, r, _, _ in store.issues()] == [
        ("ai_daily/2026-06-21", 1), ("ai_daily/2026-06-20", 2), ("ai_daily/2026-06-20", 1), ("ai_daily/2026-06-19", 1),
    ]  # fmt: skip


def test_told_answers_for_a_kind_and_windows_half_open(store: SqlStore) -> None:
    for n, day in enumerate((18, 19, 20)):
        end = datetime(2026, 6, day, 7, tzinfo=UTC)
        store.freeze(s.issue(f"2026-06-{day}", end=end, picks=(s.pick(f"arxiv:{n}", f"s{n}"),)))
    store.freeze(
        s.issue(
            "2026-06-19", kind="rec_daily", end=datetime(2026, 6, 19, 7, tzinfo=UTC), picks=(s.pick("arxiv:9", "s9"),)
        )
    )
    store.save_draft(s.issue("2026-06-19", kind="draft_kind"), "refused")
    since, before = datetime(2026, 6, 18, 7, tzinfo=UTC), datetime(2026, 6, 20, 7, tzinfo=UTC)
    assert store.told("ai_daily", since, before) == {
        "arxiv:0": "ai_daily/2026-06-18", "s0": "ai_daily/2026-06-18", "arxiv:1": "ai_daily/2026-06-19", "s1": "ai_daily/2026-06-19",
    }  # fmt: skip
    assert store.told("draft_kind", since, before) == {}


def test_what_two_issues_told_is_the_latest_one_s(store: SqlStore) -> None:
    for day in (20, 18, 19):
        store.freeze(s.issue(f"2026-06-{day}", end=datetime(2026, 6, day, 7, tzinfo=UTC)))
    told = store.told("ai_daily", NOW - timedelta(days=9), NOW + timedelta(days=9))
    assert set(told.values()) == {"ai_daily/2026-06-20"}


def test_artifacts_come_back_to_the_byte_for_the_latest_revision(store: SqlStore) -> None:
    old, new = (
        s.artifact(1),
        (
            s.artifact(2, "html", b"\x00\xff" * 70_000),
            s.artifact(2, "json", b""),
            s.artifact(2, "json", b"x", language="zh"),
        ),
    )
    store.save_artifacts([old])
    assert list(store.artifacts(old.issue_id)) == [old]
    store.save_artifacts(reversed(new))
    assert list(store.artifacts(old.issue_id)) == list(new)
    assert store.artifacts("none") == []
    assert all(type(a.body) is bytes for a in store.artifacts(old.issue_id))


# ------------------------------------------------------------------------ runs
def test_runs_come_back_newest_first(store: SqlStore) -> None:
    for n in range(3):
        store.end_run(s.run(f"r{n}", NOW + n * HOUR, outcome="ok", ended_at=NOW + n * HOUR))
    assert [r.id for r in store.runs(2)] == ["r2", "r1"]
    assert store.runs(9)[2] == s.run("r0", NOW, outcome="ok", ended_at=NOW)


def test_runs_left_open_are_closed_as_killed_by_the_next_start(store: SqlStore) -> None:
    store.start_run(s.run("r1", NOW))
    store.end_run(s.run("r0", NOW - HOUR, outcome="ok", ended_at=NOW))
    store.start_run(s.run("r2", NOW + HOUR))
    assert [(r.id, r.outcome, r.ended_at) for r in store.runs(9)] == [
        ("r2", "running", None), ("r1", "killed", NOW + HOUR), ("r0", "ok", NOW),
    ]  # fmt: skip
    assert store.runs(9)[1].steps == s.run().steps


def test_counts_are_of_rows(store: SqlStore) -> None:
    store.save_gathering(s.gathering(s.item(1), s.item(2), sightings=(s.sighting(),)), NOW)
    counts = store.counts()
    assert (counts["items"], counts["sightings"], counts["issues"]) == (2, 1, 0)


def test_validators_of_addresses_no_longer_asked_are_forgotten_and_those_of_a_broken_visit_are_kept(
    store: SqlStore,
) -> None:
    state = FetchState("feed")
    first = Gathering(state, (), (), (), (Validator("https://a.example/1", "x"), Validator("https://a.example/2", "y")))
    store.save_gathering(first, NOW)
    store.save_gathering(Gathering(state, (), (), (), ()), NOW)
    assert set(store.validators("feed")) == {"https://a.example/1", "https://a.example/2"}
    store.save_gathering(Gathering(state, (), (), (), (), ("https://a.example/2",)), NOW)
    assert set(store.validators("feed")) == {"https://a.example/2"}
