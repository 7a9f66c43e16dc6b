"""Organisations where a text states them: never a data set, a month or the system itself."""

from __future__ import annotations

import pytest

from digester.analysis import names
from digester.domain.ids import passage_id
from digester.domain.model import Affiliation, Organisation, Passage, Support


def passage(text: str) -> Passage:
    return Passage(passage_id(text), "arxiv:2606.90011", "abstract", text)


def found(text: str) -> list[str]:
    return [o.name for o in names.in_text([passage(text)])]


@pytest.mark.parametrize(
    "text",
    [
        "SIDLoom is deployed at Kestrelo, a video marketplace.",
        "It has been rolled out at Kestrelo.",
        "Online tests at Kestrelo show a gain.",
        "Kestrelo, a marketplace for short clips, asks for more.",
        "Kestrelo, one of the largest video platforms, asks for more.",
        "On Kestrelo's home feed it wins.",
        "At Kestrelo's marketplace it wins.",
        "An A/B test on Kestrelo, with 5% of traffic, shows a gain.",
    ],
)
def test_a_company_is_found_where_it_is_stated_apposed_or_possessive(text: str) -> None:
    assert found(text) == ["Kestrelo"]


@pytest.mark.parametrize(
    ("text", "name"),
    [("Engineers from Netflix describe a ranker.", "Netflix"), ("我们在快手上线了该模型。", "快手"), ("It serves users of JD.com daily.", "JD.com"),
     ("The tower runs at Target with care.", "Target"), ("A study by Meta finds a gain.", "Meta")],
)  # fmt: skip
def test_a_well_known_name_is_recognised_where_it_stands(text: str, name: str) -> None:
    assert name in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "Experiments on Amazon Beauty and MovieLens-1M show gains.",
        "Tests on the Taobao dataset show gains.",
        "Tests on three data sets, namely Taobao, Yelp and Steam, show gains.",
        "Results on Taobao, Yelp and Netflix benchmarks agree.",
        "It is tested on KuaiRec and Yambda.",
        "Tests in January and in Europe agree.",
        "We introduce the Target Preference Weigher.",
        "Target items are encoded twice.",
        "Testing in E-Commerce is slow.",
        "CinderNet, a scalable system for ranking, is small.",
        "CinderNet, a large attention network, is small.",
        "Online tests at large scale agree.",
        "We propose a decoder for item codes.",
        "The Kwaishop meta-learner and a metadata store agree.",
    ],
)
def test_data_sets_months_places_and_systems_are_no_organisations(text: str) -> None:
    assert found(text) == []


def test_every_name_is_supported_by_its_own_letters_and_stands_once() -> None:
    text = "Deployed at Kestrelo. On Kestrelo's feed it wins. Velmarque, a marketplace, agrees."
    organisations = list(names.in_text([passage(text)]))
    assert [o.name for o in organisations] == ["Kestrelo", "Velmarque"]
    assert all(text[o.support.start : o.support.end] == o.name for o in organisations)


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Kestrelo, Osterfjord", "Kestrelo"), ("Kestrelo Inc.", "Kestrelo"), ("University of Varnholm, Varnholm", "University of Varnholm"),
        ("Dept. of Computing, University of Varnholm, Varnholm", "University of Varnholm"), ("", ""), ("Kestrelo Ltd; Osterfjord", "Kestrelo"),
    ],
)  # fmt: skip
def test_the_organisation_of_an_affiliation_line(line: str, name: str) -> None:
    assert names.short_name(line) == name


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Kestrelo", "industry"),
        ("University of Varnholm", "academia"),
        ("滨海大学", "academia"),
        ("Varn Institute", "academia"),
    ],
)
def test_academia_is_what_calls_itself_so(name: str, kind: str) -> None:
    assert names.organisation_kind(name) == kind


def test_an_author_block_gives_companies_first_then_by_number_of_authors() -> None:
    block = [
        Affiliation("A", "University of Varnholm, Varnholm"), Affiliation("B", "University of Varnholm, Varnholm"),
        Affiliation("C", "Kestrelo, Osterfjord"), Affiliation("D", "Velmarque"), Affiliation("E", "Velmarque"),
    ]  # fmt: skip
    text = passage(names.author_block_text(block))
    organisations = list(names.in_author_block(block, text))
    assert [o.name for o in organisations] == ["Velmarque", "Kestrelo", "University of Varnholm"]
    assert all(text.text[o.support.start : o.support.end] == o.name for o in organisations)


def test_without_a_block_or_a_statement_the_organisation_stays_unknown() -> None:
    assert list(names.in_author_block([Affiliation("A", "Kestrelo")], None)) == []
    assert list(names.in_author_block([Affiliation("A", "")], passage("A"))) == []
    assert names.merged([], []) == ()


def org(name: str) -> Organisation:
    return Organisation(name, names.organisation_kind(name), Support("p", 0, 1, "test"))


def test_merging_keeps_the_texts_companies_first_each_once_and_four_at_most() -> None:
    text = [org("University of Varnholm"), org("Kestrelo")]
    block = [
        org("Kestrelo Technology"),
        org("Velmarque"),
        org("University of Varnholm"),
        org("Varn Institute"),
        org("Drifthollow"),
    ]
    assert [o.name for o in names.merged(text, block)] == [
        "Kestrelo",
        "Velmarque",
        "University of Varnholm",
        "Varn Institute",
    ]


def test_long_runs_of_capitals_come_to_an_end() -> None:
    for unit in ("Ab ", "Ab, a b c d e f ", "at Ab ", "data sets Ab, ", "A.B.C-"):
        found(unit * (10_000 // len(unit)))
