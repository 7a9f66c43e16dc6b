"""Threads from X to Y: found in two papers each, never forced, no paper told twice."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digester.analysis.threads import Member, Step, common, eligible, move, order

OLD = ("Existing inner-product scoring cannot express interaction.", "Serving by inner-product scoring is limited.")
NEW = ("A decoder with residual token trees.", "We train on residual token trees end to end.")


def member(i: int, *, rating: int = 4, org: str = "", problem: str = "", mechanism: str = "") -> Member:
    return Member(f"m{i}", rating, org, problem, mechanism)


def test_a_move_needs_both_phrases_in_two_papers() -> None:
    papers = [member(1, problem=OLD[0], mechanism=NEW[0]), member(2, problem=OLD[1], mechanism=NEW[1])]
    step = move(papers)
    assert (step.from_, step.to) == ("inner-product scoring", "residual token trees")
    assert step.holders == ("m1", "m2")


@pytest.mark.parametrize(
    "papers",
    [
        [member(1, problem=OLD[0], mechanism=NEW[0])],
        [
            member(1, problem=OLD[0], mechanism=NEW[0]),
            member(2, problem=OLD[1], mechanism="Something else is trained."),
        ],
        [member(1, problem=OLD[0], mechanism=NEW[0]), member(2, problem="Lunch is late.", mechanism=NEW[1])],
        [member(1, problem=OLD[0], mechanism=OLD[0]), member(2, problem=OLD[1], mechanism=OLD[1])],
        [member(1), member(2)],
        [],
    ],
)
def test_a_move_is_never_forced(papers: list[Member]) -> None:
    assert move(papers) == Step()


def test_the_order_of_the_papers_does_not_change_the_move() -> None:
    papers = [
        member(1, problem=OLD[0], mechanism=NEW[0]),
        member(2, problem=OLD[1], mechanism=NEW[1]),
        member(3, problem=OLD[0], mechanism=NEW[1]),
    ]
    steps = [move(list(p)) for p in itertools.permutations(papers)]
    assert len({(s.from_, s.to, frozenset(s.holders)) for s in steps}) == 1


def test_phrases_of_a_move_have_at_most_six_words() -> None:
    step = move([member(1, problem=OLD[0], mechanism=NEW[0]), member(2, problem=OLD[1], mechanism=NEW[1])])
    assert max(len(step.from_.split()), len(step.to.split())) <= 6


@pytest.mark.parametrize(
    "papers",
    [
        [member(1, rating=5, org="Kestrelo")],
        [member(1, rating=3, org="Kestrelo"), member(2, rating=3, org="Velmarque")],
        [member(1, org="Kestrelo"), member(2, org="Kestrelo")],
        [],
    ],
)
def test_one_paper_no_four_or_one_organisation_are_no_thread(papers: list[Member]) -> None:
    assert eligible(papers) == ()


def test_a_thread_holds_two_to_four_papers_best_first() -> None:
    papers = [member(i, rating=r, org=f"Org{i}") for i, r in enumerate((3, 5, 4, 3, 4, 3))]
    chosen = eligible(papers)
    assert [m.rating for m in chosen] == [5, 4, 4, 3]


def test_no_paper_is_in_two_threads() -> None:
    shared = [member(i, rating=5, org=f"Org{i}") for i in range(4)]
    found = order(
        {"A": shared, "B": [*shared, member(9, org="Org9")], "C": [member(7, org="Org7"), member(8, org="Org8")]}
    )
    ids = [m.id for _, chosen in found for m in chosen]
    assert len(ids) == len(set(ids))


RATED = st.lists(
    st.tuples(st.integers(0, 12), st.integers(3, 5), st.sampled_from(["", "Kestrelo", "Velmarque"])), max_size=8
)


@given(st.dictionaries(st.sampled_from(["A", "B", "C", "D", "E"]), RATED))
def test_every_thread_keeps_the_checklist(drawn: dict[str, list[tuple[int, int, str]]]) -> None:
    themes = {
        name: [member(i, rating=r, org=org) for i, (r, org) in {i: (r, o) for i, r, o in rows}.items()]
        for name, rows in drawn.items()
    }
    found = order(themes)
    assert len(found) <= 3
    assert found == order(dict(reversed(list(themes.items()))))
    ids = [m.id for _, chosen in found for m in chosen]
    assert len(ids) == len(set(ids))
    for _, chosen in found:
        assert 2 <= len(chosen) <= 4
        assert max(m.rating for m in chosen) >= 4
        named = [m.organisation for m in chosen if m.organisation]
        assert len(set(named)) >= 2


@pytest.mark.parametrize("orgs", [("", ""), ("Kestrelo", ""), ("Kestrelo", "Kestrelo", ""), ("", "", "", "")])
def test_with_fewer_than_two_named_organisations_it_is_no_thread(orgs: tuple[str, ...]) -> None:
    assert eligible([member(i, rating=5, org=o) for i, o in enumerate(orgs)]) == ()


def test_the_best_papers_of_two_organisations_are_in_the_thread_before_unnamed_ones() -> None:
    papers = [member(i, rating=5) for i in range(4)] + [
        member(7, rating=4, org="Kestrelo"),
        member(8, rating=3, org="Velmarque"),
    ]
    assert [m.id for m in eligible(papers)] == ["m0", "m1", "m7", "m8"]


def test_one_paper_makes_the_whole_move() -> None:
    papers = [
        member(1, problem=OLD[0], mechanism="We train once."), member(2, problem=OLD[1], mechanism="We train twice."),
        member(3, problem="It is slow.", mechanism=NEW[0]), member(4, problem="It is late.", mechanism=NEW[1]),
    ]  # fmt: skip
    assert move(papers) == Step()
    assert move([*papers[:3], member(4, problem=OLD[0], mechanism=NEW[1])]).to == "residual token trees"


def test_a_destination_stands_in_what_is_done_and_not_in_titles_alone() -> None:
    def paper(i: int, mechanism: str) -> Member:
        return Member(f"m{i}", 4, "", OLD[i % 2], mechanism, "On residual token trees")

    assert move([paper(0, "We train once."), paper(1, "We train twice.")]) == Step()
    assert move([paper(0, NEW[0]), paper(1, "We train twice.")]).to == "residual token trees"


def test_what_waits_for_a_noun_is_no_phrase_that_papers_share() -> None:
    said = {
        "a": "Current graph neural recommendation samples the same neighbours.",
        "b": "Existing graph neural retrieval is slow to serve.",
    }
    assert common(said)[0] != "graph neural"
    towers = {
        "a": "Existing rankers use separate expert towers.",
        "b": "Existing systems suffer from separate expert towers.",
    }
    assert common(towers)[0] == "separate expert towers"
