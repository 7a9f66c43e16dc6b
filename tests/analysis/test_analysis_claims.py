"""Claims: a figure with the metric that its sentence gives it, its sign, hedge, scope and evidence."""

from __future__ import annotations

import pytest

from digester.analysis import metrics
from digester.analysis.claims import claims_of
from digester.domain.ids import passage_id
from digester.domain.model import Claim, Passage


def passage(text: str) -> Passage:
    return Passage(passage_id(text), "arxiv:2606.90011", "abstract", text)


def claims(text: str) -> list[Claim]:
    return [c for c, _ in claims_of([passage(text)])]


def shown(text: str) -> list[str]:
    return [f"{c.metric} {c.sign}{c.value}{c.unit}" for c in claims(text)]


AB = "In an online A/B test, "


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SIDLoom improves CTR by 1.24%.", ["CTR +1.24%"]),
        ("SIDLoom brings a 1.24% increase in CTR.", ["CTR +1.24%"]),
        ("SIDLoom brings +1.24% CTR.", ["CTR +1.24%"]),
        ("CTR rises 1.24%.", ["CTR +1.24%"]),
        ("it delivers a 0.9% relative lift in GMV.", ["GMV +0.9%"]),
        ("CTR: +1.2%, GMV: -0.3%.", ["CTR +1.2%", "GMV -0.3%"]),
        ("it improves CTR by 1.24% and GMV by 0.87%.", ["CTR +1.24%", "GMV +0.87%"]),
        ("a 2% CTR lift and a 3% latency reduction are seen.", ["CTR +2%", "latency -3%"]),
        ("it reduces latency by 5% and raises revenue by 2%.", ["latency -5%", "revenue +2%"]),
        ("it cuts storage by 33% while reaching a 0.8% revenue increase.", ["storage -33%", "revenue +0.8%"]),
        ("keystrokes fall by 5.4%.", ["keystrokes -5.4%"]),
        ("a 5.4% reduction in keystrokes is seen.", ["keystrokes -5.4%"]),
        ("retention grows by 0.4 percentage points.", ["retention +0.4pp"]),
        ("GMV +13.01% and orders +2.78% are measured.", ["GMV +13.01%", "orders +2.78%"]),
        ("CTR 提升 1.24%，GMV 提升 0.87%。", ["CTR +1.24%", "GMV +0.87%"]),
    ],
)  # fmt: skip
def test_a_figure_takes_the_metric_and_the_sign_of_its_own_grammar(text: str, expected: list[str]) -> None:
    assert shown(AB + text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("CTR and CVR rise by 1.1% and 2.3%, respectively.", ["CTR +1.1%", "CVR +2.3%"]),
        ("it yields 0.2% and 0.7% improvement on CTR and GMV respectively.", ["CTR +0.2%", "GMV +0.7%"]),
        ("CTR, CVR and GMV improve by 1%, 2% and 3%, respectively.", ["CTR +1%", "CVR +2%", "GMV +3%"]),
        ("it achieves +1.05%/-1.10% in CTR and latency.", ["CTR +1.05%", "latency -1.10%"]),
    ],
)
def test_lists_are_read_in_parallel(text: str, expected: list[str]) -> None:
    assert shown(AB + text) == expected


def test_a_list_that_does_not_fit_gives_no_claim_rather_than_a_wrong_one() -> None:
    assert shown(AB + "watch time improves by 1% and 2% on phones and tablets, respectively.") != [
        "watch time +1%",
        "watch time +2%",
        "x",
    ]
    assert len(claims(AB + "the two arms gain 1% and 2% in CTR, respectively.")) <= 1


def test_a_bare_list_with_a_slash_but_one_metric_gives_no_claim() -> None:
    assert shown(AB + "it achieves +1.05%/-1.10% in CTR.") in ([], ["CTR +1.05%"])


@pytest.mark.parametrize(
    "text", ["Gains of 4% are seen.", "It uses 40% of the cards.", "CTR is what counts.", "We split 80% and 20%."]
)
def test_a_figure_without_a_metric_is_no_claim(text: str) -> None:
    assert claims(text) == []


def test_hedges_stay_with_their_figure_only() -> None:
    first, second = claims(AB + "it raises CTR by up to 3.1% and GMV by 0.4%.")
    assert (first.hedge, second.hedge) == ("up to", None)


@pytest.mark.parametrize(
    ("text", "hedges"),
    [
        ("CTR rises by 0.31%, which is not significant.", ["not significant"]),
        ("CTR +1.2%, GMV +0.4% (not significant).", [None, "not significant"]),
        ("CTR rises by 1.2% and GMV by 0.4% (not significant).", [None, "not significant"]),
        ("CTR +1.2% and GMV +0.4% were both not significant.", ["not significant", "not significant"]),
        ("there is no significant change in GMV (+0.1%).", ["not significant"]),
        ("CTR rises by 1.2% (p < 0.01).", [None]),
    ],
)
def test_what_is_not_significant_says_so_and_nothing_else_does(text: str, hedges: list[str | None]) -> None:
    assert [c.hedge for c in claims(AB + text)] == hedges


def test_the_share_of_traffic_is_the_scope_and_never_a_claim() -> None:
    (claim,) = claims("In a 21-day online A/B test with 10% of traffic, SIDLoom improves CTR by 1.24%.")
    assert claim.metric == "CTR"
    assert claim.scope == "10% of traffic for 21 days"


@pytest.mark.parametrize(
    "share", ["5% of users", "20% of the search traffic", "half of all users", "2.5% of our live users for 14 days"]
)
def test_shares_in_many_spellings_are_scope(share: str) -> None:
    (claim,) = claims(f"An online A/B test on {share} shows that sessions rise by 0.8%.")
    assert (claim.metric, claim.value) == ("sessions", "0.8")
    assert claim.scope == share


def test_a_surface_behind_the_metric_is_scope() -> None:
    (claim,) = claims("The online A/B test gives +2.78% orders in live-streaming.")
    assert claim.scope == "live-streaming"


@pytest.mark.parametrize(
    "text",
    [
        "It costs 6 ms of additional latency.",
        "It adds 6 ms of extra serving latency.",
        "Latency rises by 6 ms.",
        "p99 latency is 6 ms.",
    ],
)
def test_milliseconds_belong_to_latency(text: str) -> None:
    (claim,) = claims(text)
    assert "latency" in claim.metric.lower()
    assert (claim.value, claim.unit) == ("6", "ms")


def test_milliseconds_never_measure_clicks() -> None:
    assert [c.metric for c in claims("Clicks improve in 6 ms.")] == []


@pytest.mark.parametrize("metric", ["AUC", "NDCG@10", "Recall@20", "HR@10", "RMSE"])
def test_an_offline_metric_is_never_online_by_its_surroundings(metric: str) -> None:
    (claim,) = claims(f"In an online A/B test at Kestrelo the model improves {metric} by 1.2%.")
    assert claim.evidence == "offline"


def test_an_offline_metric_that_is_called_online_is_online() -> None:
    (claim,) = claims("The online A/B test shows a 1.2% increase in online CTR AUC.")
    assert claim.evidence == "online_ab"


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("An online A/B test raises CTR by 1.2%.", "online_ab"),
        ("We ran an online A/B test. CTR rises by 1.2%.", "online_ab"),
        ("CTR rises by 1.2%. The model has been deployed at Kestrelo.", "deployed"),
        ("Deployed at Kestrelo, it raises CTR by 1.2%.", "deployed"),
        ("Offline replays raise CTR by 1.2%.", "offline"),
        ("Online simulations raise CTR by 1.2%.", "simulated"),
        ("In offline A/B testing CTR rises by 1.2%.", "offline"),
        ("CTR rises by 1.2%.", "stated"),
        ("CTR should rise by 1.2% in an online A/B test.", "stated"),
        ("An online A/B test was run. On public data sets CTR rises by 1.2%.", "offline"),
        ("Such models are increasingly deployed in shops. CTR rises by 1.2%.", "stated"),
    ],
)
def test_the_evidence_of_a_figure_is_that_of_its_sentence_or_of_the_running_text(text: str, level: str) -> None:
    assert [c.evidence for c in claims(text)] == [level]


def test_each_figure_is_claimed_once_also_over_several_passages() -> None:
    text = "An online A/B test raises CTR by 1.2%."
    again = "As said, an online A/B test raises the click-through rate by 1.2%."
    assert len(list(claims_of([passage(text), passage(again)]))) == 1


def test_every_claim_is_supported_by_the_sentence_it_stands_in() -> None:
    text = "We propose a decoder. An online A/B test raises CTR by 1.24% and GMV by 0.87%. Code is open."
    for claim in claims(text):
        (support,) = claim.supports
        assert claim.value in text[support.start : support.end]
        assert text[support.start : support.end].startswith("An online")


def test_values_are_kept_as_printed() -> None:
    assert [c.value for c in claims(AB + "orders rise by 1,240.50%.")] == ["1,240.50"]


def test_metrics_come_with_their_family() -> None:
    assert [(m.name, m.family) for m in metrics.find("CTR, p99 latency and NDCG@10")] == [
        ("CTR", "business"), ("p99 latency", "system"), ("NDCG@10", "offline"),
    ]  # fmt: skip


@pytest.mark.parametrize("unit", ["CTR 1% ", "1% and ", "respectively ", "CTR, ", "10% of the traffic "])
def test_long_lists_come_to_an_end(unit: str) -> None:
    claims(unit * (4_000 // len(unit)))


def test_the_test_that_a_text_named_does_not_reach_to_its_end() -> None:
    filler = "We then turn to other things. " * 5
    assert [c.evidence for c in claims(f"We ran an online A/B test. {filler}Training costs fall by 30%.")] == ["stated"]
