"""What tells two announcements apart, what is the same text again, and what stays one story for good."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from digester.analysis.stories import Background, background, cluster, copies, grouped, words_of
from digester.analysis.stories._linkage import average_link, candidates
from digester.domain.ids import story_id
from digester.domain.model import Entry, Item, Story

START = datetime(2026, 6, 19, 7, tzinfo=UTC)
LAUNCH = (
    "Garnwick unveils Tessel 4, a 90B open model",
    "Garnwick on Tuesday released Tessel 4, a model of 90 billion parameters, under Apache 2.0.",
)
PURCHASE = (
    "Hollin to buy chip maker Ferrant for $2.1 billion",
    "Hollin has agreed to acquire Ferrant for $2.1 billion.",
)


def one(a: tuple[str, str], b: tuple[str, str]) -> bool:
    return len(grouped([a, b])) == 1


def item(id_: str, text: tuple[str, str], hour: int = 0, source: str = "") -> Item:
    entry = Entry(id_, "article", f"https://{id_}.example/", *text)
    ref = f"url:https://{id_}.example/"
    return Item(id_, source or f"src-{id_}", entry, ref, (ref,), "h", START + timedelta(hours=hour), START)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (LAUNCH, ("Tessel 4 is out: Garnwick's open model has 90B parameters", "")),
        (LAUNCH, ("Garnwick 发布 Tessel 4：90B 参数开源模型", "Garnwick 周二发布 Tessel 4，参数 90B。")),
        (PURCHASE, ("Ferrant agrees $2.1bn sale to Hollin", "The chip maker becomes part of Hollin.")),
        (PURCHASE, (f"{PURCHASE[0]} | The Morning Ledger", PURCHASE[1])),
        (
            ("云杉云拟以 18 亿元收购标尺数据", "云杉云拟以 18 亿元收购标尺数据全部股权。"),
            ("18 亿元！云杉云将收购标尺数据", ""),
        ),
    ],
)
def test_one_event_told_in_other_words_is_one_story(first: tuple[str, str], second: tuple[str, str]) -> None:
    assert one(first, second)
    assert one(second, first)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (LAUNCH, ("Garnwick unveils Tessel 5, a 90B open model", LAUNCH[1].replace("Tessel 4", "Tessel 5"))),
        (LAUNCH, ("Garnwick opens an office in Lisbon", "Garnwick will hire 60 people in Lisbon, it said on Tuesday.")),
        (PURCHASE, ("Hollin cancels purchase of chip maker Ferrant", "Hollin has called off its purchase of Ferrant for $2.1 billion.")),
        (PURCHASE, ("Ostby to buy chip maker Quarle for $2.1 billion", "Ostby has agreed to acquire Quarle for $2.1 billion.")),
        (
            ("Hollin profit jumps 41% in second quarter", "Hollin earned $4.5 billion in the second quarter."),
            ("Hollin profit jumps 22% in third quarter", "Hollin earned $4.9 billion in the third quarter."),
        ),
        (
            ("Garnwick releases Agent Kit for assistants", "Garnwick's Agent Kit is a library for assistants."),
            ("Garnwick releases Voice Kit for assistants", "Garnwick's Voice Kit is a library for assistants."),
        ),
        (("云杉云拟以 18 亿元收购标尺数据", "云杉云拟收购标尺数据。"), ("云杉云终止收购标尺数据", "云杉云宣布终止收购。")),
    ],
)  # fmt: skip
def test_another_version_turn_party_or_quarter_is_another_story(
    first: tuple[str, str], second: tuple[str, str]
) -> None:
    assert not one(first, second)
    assert not one(second, first)


def test_the_same_text_from_another_outlet_is_a_copy_and_a_telling_or_another_version_is_none() -> None:
    texts = {
        "a": PURCHASE,
        "b": (f"{PURCHASE[0]} - Northern Wire", f"{PURCHASE[1]} More soon."),
        "c": ("Ferrant agrees $2.1bn sale to Hollin", "The chip maker becomes part of Hollin."),
        "d": (PURCHASE[0].replace("2.1", "2.4"), PURCHASE[1].replace("2.1", "2.4")),
    }
    assert copies(texts, "abcd") == ["b"]
    assert copies(texts, "bacd") == ["a"]


def test_a_story_names_its_copies_and_counts_them_as_no_further_source() -> None:
    alone = item("a", PURCHASE)
    copy = item("b", (f"{PURCHASE[0]} - Northern Wire", PURCHASE[1]), 1)
    (story,) = cluster([alone, copy], {})
    assert (story.lead_item_id, story.duplicates, story.score) == ("a", ("b",), cluster([alone], {})[0].score)
    assert story.item_ids == ("a", "b")


def test_twenty_orders_and_three_hash_seeds_give_one_result() -> None:
    told = [
        item(f"{n}{k}", (f"{who} {what} {thing}", f"{who} {what} {thing} on Friday for {n}1 million."), k)
        for n, (who, what, thing) in enumerate(
            [("Garnwick", "unveils", "Tessel 4"), ("Hollin", "buys", "Ferrant"), ("Ostby", "sues", "Quarle")]
        )
        for k in range(4)
    ]
    first = cluster(told, {})
    for seed in range(20):
        random.Random(seed).shuffle(told)
        assert cluster(told, {}) == first
    code = f"from digester.analysis.stories import grouped; print(grouped({[(i.entry.title, i.entry.text) for i in told]!r}))"
    answers = {
        subprocess.run(
            [sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert len(answers) == 1


def test_a_new_item_joins_the_story_of_before_under_its_id() -> None:
    (before,) = cluster([item("m", LAUNCH, 5)], {})
    (after,) = cluster([item("m", LAUNCH, 5), item("a", (f"{LAUNCH[0]} today", LAUNCH[1]), 1)], {}, known=[before])
    assert after.id == before.id == story_id("m")
    assert after.item_ids == ("a", "m")
    assert story_id("a") in after.aliases


def test_two_stories_of_before_that_turn_out_one_keep_the_older_id_and_the_other_leads_to_it() -> None:
    old = story("s-old", ["a"], 0)
    late = story("s-late", ["b"], 3)
    (both,) = cluster([item("a", LAUNCH), item("b", LAUNCH, 3)], {}, known=[late, old])
    assert both.id == "s-old"
    assert "s-late" in both.aliases
    assert both.first_seen_at == START


def test_what_was_told_as_one_is_never_split_and_a_story_without_items_here_is_left_alone() -> None:
    told = story("s", ["a", "b", "gone"], 0)
    found = cluster([item("a", LAUNCH), item("b", PURCHASE)], {}, known=[told, story("elsewhere", ["z"], 0)])
    assert [(s.id, s.item_ids) for s in found] == [("s", ("a", "b", "gone"))]


def story(id_: str, items: Sequence[str], hour: int) -> Story:
    seen = START + timedelta(hours=hour)
    return Story(id_, items[0], tuple(items), (), "t", 0.0, seen, seen)


def test_an_archive_makes_what_it_often_holds_common_and_unknown_words_stay_rare() -> None:
    archive = background(words_of(f"Hollin tells of plan {n}", "") for n in range(900))
    assert archive.total == 900
    assert archive.rarity("hollin") < 1.0 < 7.0 < Background().rarity("tessel")
    assert archive.plus([["tessel"]]).total == 901


def test_a_chain_of_likeness_is_not_one_story_and_a_mean_below_the_least_joins_nothing() -> None:
    chain = {(0, 1): 0.9, (1, 2): 0.9}
    assert sorted(map(sorted, average_link([[0], [1], [2]], chain, 0.6))) == [[0, 1], [2]]
    weak = {(i, j): 0.5 for i in range(2) for j in (2, 3)}
    assert len(average_link([[0, 1], [2, 3]], weak, 0.6)) == 2
    assert len(average_link([[0, 1], [2, 3]], weak, 0.5)) == 1


def test_the_larger_both_groups_are_the_surer_their_likeness_must_be() -> None:
    def joined(small: int, large: int, firmer: float) -> bool:
        mean = {(i, j): 0.6 for i in range(small) for j in range(small, small + large)}
        return len(average_link([range(small), range(small, small + large)], mean, 0.5, firmer=firmer)) == 1

    assert joined(1, 9, 0.06) and joined(2, 9, 0.06)  # a lone text needs no more, however large the group
    assert not joined(4, 9, 0.06) and joined(4, 9, 0.0)
    assert joined(300, 300, 0.01)  # and size asks for so much and no more


def test_groups_that_are_given_stay_together() -> None:
    assert average_link([[0, 2], [1]], {}, 0.5) == [[0, 2], [1]]


def test_candidates_share_terms_that_are_not_everywhere() -> None:
    vectors = [{"a": 0.8, "x": 0.6}, {"a": 0.8, "y": 0.6}, {"x": 0.1, "y": 0.9}]
    assert candidates(vectors, 0.5, 2) == {(0, 1): pytest.approx(0.64), (1, 2): pytest.approx(0.54)}
    assert candidates(vectors, 0.5, 1) == {}


def test_a_whole_text_helps_where_the_feed_gave_a_stub() -> None:
    stub = replace(item("s", ("Hollin and Ferrant", "")), source_id="x")
    found = cluster([item("a", PURCHASE), stub], {}, {"s": f"{PURCHASE[1]} The sale was told on Friday."})
    assert len(found) == 1
