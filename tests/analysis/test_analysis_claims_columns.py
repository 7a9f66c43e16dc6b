"""Tables with a column for each measure: the paper's own signed row or column of differences, and nothing else."""

from __future__ import annotations

import pytest

from digester.analysis.claims import claims_of
from digester.analysis.metrics import published
from digester.domain.model import Claim, Passage

ABSTRACT = "LanternRank: Ranking of Tours. We present LanternRank, a ranker of guided tours."
ONLINE = "Table 2: Online A/B test, 14 days, 5% of traffic. "


def told(*texts: str, abstract: str = ABSTRACT) -> list[Claim]:
    passages = [
        Passage("a", "w", "abstract", abstract),
        *(Passage(f"p{n}", "w", "full_text", t) for n, t in enumerate(texts)),
    ]
    return [c for c, _ in claims_of(passages)]


def shown(claims: list[Claim]) -> list[str]:
    return [f"{c.metric} {c.sign}{c.value}{c.unit}{' ns' if c.hedge == 'not significant' else ''}" for c in claims]


def read(table: str, caption: str = ONLINE, heading: str = "Results. ") -> list[str]:
    """The figures from users of one table under a neutral heading."""
    return shown([c for c in told(heading + caption + table) if c.evidence in ("online_ab", "deployed")])


# ------------------------------------------------------------ what is read
@pytest.mark.parametrize(
    "table",
    [
        "Base, CTR: 0%; GMV: 0%. LanternRank, CTR: +1.2%; GMV: -0.4%.",
        "Base, CTR: -; GMV: -. LanternRank (ours), CTR: +1.2%*; GMV: -0.4%.",
        "TreeWalk, CTR: +0.7%; GMV: +0.2%. Ours, CTR: +1.2%; GMV: \u22120.4%.",
        "Ours vs. control, CTR: +1.2%; GMV: -0.4%.",
        "Control, CTR: 3.10%; GMV: 9.1. LanternRank, CTR: 3.14%; GMV: 9.06. Relative lift, CTR: +1.2%; GMV: -0.4%.",
        "Δ, CTR (%): +1.2%; GMV ↑: -0.4%.",
        "CTR, Control: 3.10%; Treatment: 3.14%; Lift: +1.2%; p-value: 0.003. GMV, Control: 9.1; Treatment: 9.06; Lift: -0.4%; p-value: 0.2.",
        "CTR, Relative change (%): +1.2%; 95% CI: [+0.9%, +1.5%]. GMV, Relative change (%): -0.4%; 95% CI: [-0.9%, +0.1%].",
    ],
)  # fmt: skip
def test_the_papers_own_row_or_the_column_of_differences_is_read(table: str) -> None:
    assert read(table) == ["CTR +1.2%", "GMV -0.4%"]


def test_a_heading_that_speaks_of_the_test_is_as_good_as_a_caption() -> None:
    table = "Ours, CTR: +1.2%; GMV: -0.4%. Base, CTR: 0.0%; GMV: 0.0%."
    assert read(table, "Table 4: Overall results. ", "Online A/B test. ") == ["CTR +1.2%", "GMV -0.4%"]


def test_columns_that_are_no_measures_are_passed_over() -> None:
    assert read("LanternRank, Traffic: +5%; CTR: +1.2%; p-value: 0.01; Offline AUC: +0.3%.") == ["CTR +1.2%"]


def test_a_measure_that_no_table_of_ours_knows_is_read_beside_known_ones() -> None:
    assert read("Ours, CTR: +1.2%; Saved routes: +3.0%.") == ["CTR +1.2%", "saved routes +3.0%"]


def test_where_a_figure_holds_and_how_large_the_test_was_travel_with_it() -> None:
    found = told(
        f"Results. {ONLINE}Bookings, new guests, Control: 1.0; Lift: +2.2%. Bookings, Control: 1.1; Lift: +0.9%."
    )
    assert [(c.metric, c.value, c.place, c.extent) for c in found] == [
        ("bookings", "2.2", "new guests", "5% of traffic for 14 days"), ("bookings", "0.9", "", "5% of traffic for 14 days"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("caption", "cell", "expected"),
    [
        ("Table 2: Online A/B test. † marks what is not significant. ", "+0.1%†", "CTR +0.1% ns"),
        ("Table 2: Online A/B test (*: not statistically significant). ", "+0.1%*", "CTR +0.1% ns"),
        ("Table 2: Online A/B test. Differences that are not significant are marked †. ", "+0.1%†", "CTR +0.1% ns"),
        ("Table 2: Online A/B test. * marks p < 0.05, † not significant. ", "+1.1%*", "CTR +1.1%"),
        ("Table 2: Online A/B test. All are significant at 1%. ", "+1.1%*", "CTR +1.1%"),
        ("Table 2: Online A/B test. ", "+0.1% (n.s.)", "CTR +0.1% ns"),
        ("Table 2: Online A/B test. ", "+0.1% (not significant)", "CTR +0.1% ns"),
    ],
)  # fmt: skip
def test_a_mark_means_what_the_caption_says_of_it(caption: str, cell: str, expected: str) -> None:
    assert read(f"Ours, CTR: {cell}; GMV: +2.0%.", caption) == [expected, "GMV +2.0%"]
    assert read(f"CTR: {cell}. GMV: +2.0%.", caption) == [expected, "GMV +2.0%"]


# ------------------------------------------------------------------- traps
@pytest.mark.parametrize(
    "table",
    [
        "TreeWalk, CTR: +0.7%; GMV: +0.2%. DeepWalk, CTR: +0.9%; GMV: +0.1%.",  # rivals alone
        "LanternRank w/o graph, CTR: +0.7%; GMV: +0.2%. LanternRank-small, CTR: +0.9%; GMV: +0.1%.",  # variants
        "LanternRank (ours), CTR: +1.2%; GMV: +0.2%. LanternRank-L (ours), CTR: +1.9%; GMV: +0.9%.",  # which of them?
        "Control, CTR: 3.10%; Margin: -2.0%. LanternRank, CTR: 3.14%; Margin: -1.5%.",  # levels, one of them below zero
        "Control, ROI: 3.1%; Margin: 2.0%. LanternRank, ROI: +3.4%; Margin: +2.1%.",  # levels with a sign
        "Control, CTR: 3.10%; GMV: 9.1. LanternRank, CTR: 3.14%; GMV: 9.3.",  # no signs
        "Ours, Norway: +1.2%; Peru: +0.8%. Base, Norway: 0%; Peru: 0%.",  # places, no measures
        "Norway, Lift: +1.2%; p-value: 0.01. Peru, Lift: +0.8%; p-value: 0.02.",
        "TreeWalk, CTR: 3.1%; Lift: +0.3%. LanternRank, CTR: 3.4%; Lift: +1.2%.",  # systems down, no measures
        "CTR, Lift in Norway: +1.2%; Lift in Peru: +0.8%. GMV, Lift in Norway: +1%; Lift in Peru: +2%.",
        "CTR, Relative lift: +1.2%; Absolute lift: +0.1%. GMV, Relative lift: +1.0%; Absolute lift: +0.2%.",
        "CTR, Control: 3.1%; p-value: +0.01%; 95% CI: +0.9%. GMV, Control: 1.1%; p-value: +0.02%; 95% CI: +0.1%.",
        "CTR, Lift: 1.2%; p-value: 0.01. GMV, Lift: 0.8%; p-value: 0.02.",  # no signs
        "Feed. Ours, CTR: +1.2%; GMV: +0.4%. Search. Ours, CTR: +0.3%; GMV: +0.1%.",  # two groups
        "Feed, Model: Ours; CTR: +1.2%. Search, Model: Ours; CTR: +0.4%.",
        "Ours, +1.2%; +0.4%.",  # without heads
    ],
)  # fmt: skip
def test_what_is_in_doubt_is_not_read_neither_as_a_table_nor_as_prose(table: str) -> None:
    assert read(table) == []


@pytest.mark.parametrize(
    "caption",
    [
        "Table 3: Offline results; those of the online A/B test are in Table 4. ", "Table 3: Results on two public data sets. ",
        "Table 3: Ablation. ", "Table 3: Replay of logged traffic. ", "Table 3: Results of user simulation. ",
        "Table 3: Comparison offline. * marks p < 0.05. ",
    ],
)  # fmt: skip
def test_tables_that_are_of_no_test_on_users_are_not_read_whatever_their_section_is(caption: str) -> None:
    table = "Base, CTR: 0%; GMV: 0%. Ours, CTR: +1.2%; GMV: +0.4%."
    assert read(table, caption, "Online A/B test. ") == []
    assert read(table, caption) == []


def test_the_caption_of_another_table_counts_for_that_one_only() -> None:
    online = "Table 1: Online A/B test. Ours, CTR: +1.2%; GMV: +0.4%. "
    offline = "Table 2: Recall of the rankers. Ours, CTR: +9.2%; GMV: +8.4%."
    assert read(online + offline) == read(f"{offline} {online}") == ["CTR +1.2%", "GMV +0.4%"]


def test_a_rivals_row_is_no_figure_of_the_paper_and_prose_stays_prose() -> None:
    prose = "In the test, CTR rose by 1.2%. "
    found = told(
        f"Online A/B test. {prose}{ONLINE}TreeWalk, CTR: +9.7%; GMV: +9.2%. LanternRank, CTR: +1.2%; GMV: -0.4%."
    )
    assert shown(published(found)) == ["CTR +1.2%", "GMV -0.4%"]


def test_a_system_is_known_by_its_title_or_by_its_proposal() -> None:
    text = f"Results. {ONLINE}TourGraph, CTR: +1.2%; GMV: +0.4%."
    assert shown(told(text, abstract="Tours as Graphs. We propose TourGraph, which ranks tours.")) == [
        "CTR +1.2%",
        "GMV +0.4%",
    ]
    assert shown(told(text, abstract="Tours as Graphs. TourGraph is what others use.")) == []


def test_a_sentence_with_colons_is_no_table_without_a_caption() -> None:
    assert shown(told("Online A/B test. Our test shows gains, CTR: +1.2%; GMV: +0.4%.")) == ["CTR +1.2%", "GMV +0.4%"]


def test_rows_of_two_columns_with_a_comma_in_their_label_stay_rows_of_two_columns() -> None:
    assert read("GMV per query: +0.9%. GMV per query, long queries: +4.1%. GMV per query, one word: -0.2%.") == [
        "GMV per query +0.9%", "GMV per query +4.1%", "GMV per query -0.2%",
    ]  # fmt: skip
