"""One story once: what belongs together, in any order of the input, under an identity that stays."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digester.analysis.stories import cluster
from digester.domain.ids import story_id
from digester.domain.model import Entry, EntryKind, Item, Story

START = datetime(2026, 6, 19, 7, tzinfo=UTC)


def item(
    id_: str,
    title: str,
    text: str = "",
    *,
    kind: EntryKind = "article",
    refs: Sequence[str] = (),
    hour: int = 0,
    source: str = "",
) -> Item:
    own = f"url:https://{id_}.example/"
    entry = Entry(id_, kind, f"https://{id_}.example/", title, text)
    every = tuple(refs) if kind == "paper" else (own, *refs)
    return Item(id_, source or f"src-{id_}", entry, every[0], every, "h", START + timedelta(hours=hour), START)


def groups(items: Sequence[Item], **scores: float) -> set[frozenset[str]]:
    return {frozenset(s.item_ids) for s in cluster(items, scores)}


RELEASE = [
    item(
        "a",
        "Orrelune releases Ostrelith 3 with open weights",
        "Orrelune released Ostrelith 3 on Friday, a model of 212B parameters with a 512,000-token context under Apache-2.0.",
    ),
    item(
        "b",
        "Ostrelith 3: 212B parameters, open weights, 512,000 tokens",
        "The model from Orrelune has 212B parameters, a 512,000-token context and open weights.",
        hour=1,
    ),
    item(
        "c",
        "Orrelune opens the weights of Ostrelith 3",
        "With 212B parameters and a 512,000-token context, Ostrelith 3 is Orrelune's largest open model.",
        hour=2,
    ),
]
OTHERS = [
    item(
        "x",
        "Thornveld announces an inference chip",
        "Umbrafell-2 needs 0.71 joules a token, says Thornveld of its chip.",
        hour=1,
    ),
    item(
        "y",
        "A disclosure rule takes effect in August",
        "Shops must say from 1 August which offers were ranked by payment.",
        hour=1,
    ),
]


def test_the_same_news_told_three_times_is_one_story() -> None:
    assert groups([*RELEASE, *OTHERS]) == {frozenset("abc"), frozenset("x"), frozenset("y")}


def test_t14_the_order_of_the_input_changes_nothing() -> None:
    items = [*RELEASE, *OTHERS]
    scores = {"a": 3.0, "b": 4.0, "x": 2.0}
    first = cluster(items, scores)
    for seed in range(15):
        random.Random(seed).shuffle(items)
        assert cluster(items, scores) == first


def test_a_benchmark_that_mentions_the_model_is_not_its_release() -> None:
    bench = item(
        "d",
        "Forty models on one bench for shelf planning",
        "We ran forty models. Marisole 2 leads, Ostrelith 3 with 212B parameters is ninth, and small ones trail.",
    )
    assert frozenset("d") in groups([*RELEASE, bench])


def test_two_languages_meet_by_names_and_numbers() -> None:
    zh = item(
        "z",
        "Orrelune 开源 Ostrelith 3：212B 参数，512,000 上下文",
        "Orrelune 发布 Ostrelith 3，212B 参数，512,000 上下文，Apache-2.0 许可，每百万 0.60 美元。",
    )
    en = item(
        "e",
        "Orrelune releases Ostrelith 3: 212B, 512,000 context",
        "Orrelune: Ostrelith 3, 212B, 512,000 context, 0.60 dollars.",
    )
    assert frozenset(("z", "e")) in groups([zh, en, *OTHERS])


def test_a_post_that_points_to_one_item_joins_it() -> None:
    post = item("p", "Worth reading", "A good decoder.", kind="post", refs=["arxiv:2606.90011"])
    paper = item("q", "SIDLoom", kind="paper", refs=["arxiv:2606.90011"])
    assert groups([post, paper]) == {frozenset("pq")}


def test_a_post_that_points_to_two_items_joins_neither() -> None:
    papers = [
        item("q", "SIDLoom", kind="paper", refs=["arxiv:2606.90011"]),
        item("r", "Caddis", kind="paper", refs=["arxiv:2606.90012"]),
    ]
    post = item("p", "Two to read", kind="post", refs=["arxiv:2606.90011", "arxiv:2606.90012"])
    assert groups([*papers, post]) == {frozenset("p"), frozenset("q"), frozenset("r")}


def test_items_of_one_work_are_one_story_from_every_route() -> None:
    items = [item(k, f"SIDLoom {k}", kind="paper", refs=["arxiv:2606.90011"]) for k in "stu"]
    assert groups(items) == {frozenset("stu")}


def test_papers_join_by_reference_only_however_alike_their_words_are() -> None:
    papers = [
        item(k, "Constrained beam search for item codes", kind="paper", refs=[f"arxiv:2606.9000{i}"])
        for i, k in enumerate("kl")
    ]
    assert groups(papers) == {frozenset("k"), frozenset("l")}


def test_a_chain_of_likeness_does_not_snowball() -> None:
    first = "quartz lanterns harbour tariffs orchard ledgers"
    last = "velvet glaciers copper sonnets marble turbines"
    a, c = item("a", first, f"{first}. {first}."), item("c", last, f"{last}. {last}.")
    half = "quartz lanterns harbour tariffs velvet glaciers copper sonnets"
    b = item("b", half, f"{half}. {half}.")
    assert groups([a, b]) == {frozenset("ab")}
    assert groups([b, c]) == {frozenset("bc")}
    assert sorted(len(g) for g in groups([a, b, c])) == [1, 2]


def test_the_identity_comes_from_the_earliest_seen_item_and_survives_a_new_lead() -> None:
    early, late = RELEASE[0], RELEASE[1]
    (alone,) = cluster([early], {"a": 3.0})
    (both,) = cluster([early, late], {"a": 3.0, "b": 5.0})
    assert both.lead_item_id == "b"
    assert alone.id == both.id == story_id("a")
    assert both.aliases == (story_id("b"),)


def test_a_paper_leads_before_articles_and_posts() -> None:
    post = item("p", "Read this", kind="post", refs=["arxiv:2606.90011"])
    paper = item("q", "SIDLoom", kind="paper", refs=["arxiv:2606.90011"], hour=5)
    (story,) = cluster([post, paper], {"p": 5.0, "q": 1.0})
    assert (story.lead_item_id, story.title, story.id) == ("q", "SIDLoom", story_id("p"))


def test_more_sources_raise_the_score_but_one_source_twice_does_not() -> None:
    def score(sources: Sequence[str]) -> float:
        items = [
            item(k, "SIDLoom", kind="paper", refs=["arxiv:2606.90011"], source=s)
            for k, s in zip("uvw", sources, strict=False)
        ]
        (story,) = cluster(items, {})
        return story.score

    assert score(["s"]) == score(["s", "s"]) < score(["s", "t"]) < score(["s", "t", "r"])


def test_the_name_of_the_paper_behind_a_headline_tells_nothing() -> None:
    a = item("a", "Shops close early | The Morning Ledger", "Shops close early today in Osterfjord.")
    b = item("b", "A comet passes | The Morning Ledger", "A comet passes over the bay.")
    assert groups([a, b]) == {frozenset("a"), frozenset("b")}


def test_a_feed_that_gives_a_stub_is_compared_by_its_whole_text() -> None:
    stub = item("s", "News of the day", "")
    text = RELEASE[1].entry.text
    with_text = {
        frozenset(s.item_ids)
        for s in cluster([RELEASE[1], stub], {}, {"s": f"Ostrelith 3: 212B parameters. {text} {text}"})
    }
    assert with_text in ({frozenset("bs")}, {frozenset("b"), frozenset("s")})
    assert groups([RELEASE[1], stub]) == {frozenset("b"), frozenset("s")}


def test_nothing_gives_no_stories() -> None:
    assert cluster([], {}) == []


WORDS = st.lists(
    st.sampled_from(["Ostrelith", "212B", "weights", "Umbrafell-2", "chip", "rule", "August", "512,000"]),
    min_size=1,
    max_size=6,
)


@settings(max_examples=40)
@given(
    st.lists(
        st.tuples(WORDS, st.sampled_from(["article", "post", "paper"]), st.integers(0, 3), st.integers(0, 4)),
        max_size=7,
    ),
    st.randoms(),
)
def test_every_item_is_in_exactly_one_story_in_any_order(
    rows: list[tuple[list[str], EntryKind, int, int]], shuffler: random.Random
) -> None:
    items = [
        item(f"i{n}", " ".join(words), " ".join(words[::-1]), kind=kind, refs=[f"arxiv:2606.9000{ref}"], hour=hour)
        for n, (words, kind, ref, hour) in enumerate(rows)
    ]
    found: list[Story] = cluster(items, {})
    assert sorted(i for s in found for i in s.item_ids) == sorted(i.id for i in items)
    assert len({s.id for s in found}) == len(found)
    assert all(s.lead_item_id in s.item_ids for s in found)
    assert all(s.first_seen_at <= s.updated_at for s in found)
    shuffler.shuffle(items)
    assert cluster(items, {}) == found


@pytest.mark.parametrize("size", [120])
def test_a_day_of_unlike_news_stays_apart(size: int) -> None:
    items = [item(f"n{i:03}", f"Zq{i:03}a plan Wv{i:03}b", f"Xr{i:03}c and Yt{i:03}d.") for i in range(size)]
    assert len(cluster(items, {})) == size
