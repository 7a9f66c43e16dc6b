"""Ratings follow evidence: what was tested or deployed, at whom, with which signed figure."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digester.analysis import names
from digester.analysis.rating import Judgement, figure_text, judge_paper
from digester.analysis.rating_news import judge_news
from digester.analysis.rating_weights import weights_of
from digester.domain.ids import passage_id
from digester.domain.model import Claim, Passage

FILE = Path(__file__).parents[2] / "prompts" / "weights" / "rating.json"
WEIGHTS = weights_of(json.loads(FILE.read_text(encoding="utf-8")), FILE.name)
TITLE = "SIDLoom: Generative Retrieval with Semantic IDs"
IDEA = "Recommender systems score items by inner products. We propose generative retrieval with Semantic IDs for recommendation. "


def passage(text: str, level: str = "abstract") -> Passage:
    return Passage(passage_id(text), "arxiv:2606.90011", level, text)  # type: ignore[arg-type]


def judge(abstract: str, *more: str, title: str = TITLE, comment: str | None = None) -> Judgement:
    passages = [passage(f"{title}. {abstract}"), *(passage(m, "full_text") for m in more)]
    return judge_paper(title, passages, names.merged(names.in_text(passages[:1]), ()), comment, WEIGHTS)


ONLINE = "In an online A/B test at Kestrelo, a video marketplace, it improves CTR by 1.24%. "
DEPLOYED = "It has been deployed at Kestrelo, serving 40 million users. "
OFFLINE = "Experiments on three public data sets show gains of 4.1% in NDCG@10. "


@pytest.mark.parametrize(
    ("text", "rating"),
    [
        (IDEA + ONLINE + DEPLOYED, 5),
        (IDEA + "GMV rises by 2.1%. " + DEPLOYED, 5),
        (IDEA + ONLINE, 4),
        (IDEA + "In an online A/B test it improves CTR by 1.24%. It has been fully deployed.", 4),
        (IDEA + DEPLOYED, 4),
        (IDEA + "An online A/B test shows gains.", 4),
        (IDEA + "We release a data set of 3 billion interactions from 12 million users.", 4),
        (IDEA + OFFLINE, 3),
        (IDEA + OFFLINE + "Code is available.", 3),
        ("We add a gate to graph-based recommendation. " + OFFLINE, 2),
        (IDEA + "Online simulations show a gain of 4% in revenue.", 2),
        ("A recommender is proposed for recommendation of clips.", 2),
        ("We count citations over two decades of a digital library.", 1),
    ],
)  # fmt: skip
def test_each_level_by_an_example(text: str, rating: int) -> None:
    title = (
        TITLE
        if text.startswith(IDEA)
        else "A Map of Citations"
        if "citations" in text
        else "Gated Graphs for Recommendation"
    )
    assert judge(text, title=title).rating == rating


@pytest.mark.parametrize(
    ("text", "most"),
    [
        (IDEA + "Gains must be validated through A/B testing. " + OFFLINE, 3),
        (IDEA + "An online test is left to future work. " + OFFLINE, 3),
        (IDEA + "Generative models are increasingly deployed in industry. " + OFFLINE, 3),
        (IDEA + "We use offline A/B testing on logs.", 3),
        (IDEA + "We replayed production traffic of one day. " + OFFLINE, 3),
    ],
)
def test_hoped_for_evidence_raises_nothing(text: str, most: int) -> None:
    assert judge(text).rating <= most


EXAMPLES = {  # what EDITORIAL says of a paper, in other words, with other names
    "2601.21770": ("OneShelf: A Generative Recommender for Kestrelo's Shops", "We present OneShelf, a generative recommender with a tokenizer of Semantic IDs. Gains hold in each scenario: +9.4% GMV on cards and +3.1% orders in clips. OneShelf has been deployed, serving over 300 million daily active users at Kestrelo.", 5),
    "2602.01865": ("LEDGE: Sequence-First CTR Prediction", "We propose LEDGE, a framework for click-through rate prediction of ads at Kestrelo. Full-scale online deployment at Kestrelo demonstrates that LEDGE delivers a 2.17% increase in revenue and a 1.9% rise in CTR.", 5),
    "2601.21285": ("Acme Ranker: Scaling Ranking Models for Livestreaming Recommendation", "We present a ranking model for recommendation and deploy it: its effect is shown by deploying the architecture to Kestrelo Live, a leading livestreaming platform. Our A/B test at Kestrelo shows +4.2% gains in watch time per user.", 5),
    "2602.04460": ("Twofold Semantic IDs for Recommendation", "We propose two flows of Semantic IDs. Offline experiments and online A/B testing show that they work. The method has been deployed in Kestrelo's mobile application, serving hundreds of millions of users.", 4),
    "2601.20215": ("Asking Users: Satisfaction in Video Recommendation", "A framework aligns a ranking model with questionnaires. Large-scale online A/B tests show that user satisfaction improves. It has been deployed in a production short-video recommendation system with stable business gains.", 4),
    "2602.04567": ("Clipworld: A Large-Scale Industrial Dataset for Short-Video Recommendation", "We introduce Clipworld, the largest publicly available data set of its kind, with 31 billion interactions from 9 million users.", 4),
    "2602.05663": ("SHELF: A Generative Recommender for Long Sequences", "SHELF adds long-term interests to a generative recommender. Extensive experiments on two public data sets show gains over strong baselines. Our codes are made publicly available.", 3),
    "2602.02338": ("Recommenders Need Their Own Tokenizer", "Semantic IDs are learnt for recommendation rather than for language. Experiments across nine data sets show gains of 9% over generative baselines. Code is available.", 3),
    "2602.00727": ("GATEGCN: A Gated Graph Convolution for Multi-Behavior Recommendation", "A graph convolutional network weighs behaviours. Tests on three open data sets show relative gains of 131.2% in Hit Ratio. The implementation is open-sourced.", 2),
    "2602.01712": ("Three Decades of Papers on Tides: A Scientometric Analysis", "We count papers, authors and journals in a bibliographic database. Output grows each year.", 1),
    "2602.00495": ("Fair Shares: Ranking Fairness for Providers", "Providers want different exposure in ranking. We propose a fair ranking method. Extensive offline and online simulations show better trade-offs for users and providers.", 2),
    "2602.03324": ("STOPREC: Self-Stopping Route Recommendation", "Actual performance must be validated through A/B testing. We propose a generative model for route recommendation. STOPREC has been fully deployed in a real-world navigation app.", 4),
    "2602.01443": ("ShopTwin: Browser Agents for Offline A/B Testing of Recommendations", "A/B testing remains the gold standard for recommendation in shops. We introduce agents for offline A/B testing with synthetic buyers. They agree with outcomes on three platforms.", 2),
    "2601.22694": ("Tokens Instead of Item IDs for Large Ranking Models", "Semantic tokens cut sparse storage of recommendation models by 28% while AUC rises by 0.6%. The model has been deployed on a search engine, yielding 0.31% and 0.52% improvement on user active days and retention respectively through A/B test.", 4),
    "2602.01023": ("One Model for Query Auto-Completion", "We cast query auto-completion as list generation. On a commercial search platform, a controlled online experiment achieves a 4.1% reduction in keystrokes and a 2.2% increase in suggestion adoption.", 4),
}  # fmt: skip


@pytest.mark.parametrize("like", EXAMPLES)
def test_the_examples_of_the_editorial_standard_in_other_words(like: str) -> None:
    title, abstract, rating = EXAMPLES[like]
    judged = judge(abstract, title=title)
    assert judged.rating == rating, (judged.reason, judged.features)


def test_a_good_reduction_is_a_figure_and_what_must_be_validated_is_none() -> None:
    keystrokes = judge(EXAMPLES["2602.01023"][1], title=EXAMPLES["2602.01023"][0])
    assert "keystrokes -4.1%" in keystrokes.reason
    routes = judge(EXAMPLES["2602.03324"][1], title=EXAMPLES["2602.03324"][0])
    assert set(routes.features) & {"online_test", "online_figure", "deployed"} == {"deployed"}


def test_a_figure_that_is_not_significant_is_no_evidence_of_a_lift() -> None:
    sure = judge(IDEA + ONLINE + DEPLOYED)
    unsure = judge(
        IDEA + "In an online A/B test at Kestrelo, CTR rises by 1.24%, which is not significant. " + DEPLOYED
    )
    assert (sure.rating, unsure.rating) == (5, 4)
    assert "online_figure" not in unsure.features


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ("Deployed at Kestrelo, it brings a 3.2% gain in the core online metric.", "online figure at Kestrelo (core online metric +3.2%)"),
        ("In an online A/B test at Kestrelo, CTR rises by 1.24%, which is not significant.", "(CTR +1.24% (not significant))"),
    ],
)  # fmt: skip
def test_a_figure_that_an_issue_prints_is_one_of_the_reason(told: str, reason: str) -> None:
    judged = judge(IDEA + told)
    assert judged.rating == 4 and reason in judged.reason


@pytest.mark.parametrize(
    ("told", "unbound"),
    [
        ("A/B tests at Kestrelo show over 70 basis points in a key measure of success.", True),
        ("A/B tests at Kestrelo further demonstrate 11.2% CTR and 6.4% clicks.", True),
        ("An A/B test at Kestrelo further demonstrates 12 percent clicks.", True),
        ("It is deployed at Kestrelo. Loss falls by 9% offline, and it brings a 3% online reduction in what a lead takes.", True),
        ("Recall@10 rises by 17.8%, and online A/B tests agree.", False),
        ("An online A/B test with 5% of users shows gains.", False),
        ("An online A/B test on 5% traffic shows gains.", False),
        ("In an online A/B test CTR rises by 1.2%, in the share of odd clips by 3%.", False),
        ("Loss falls by 9% on two data sets.", False),
    ],
)  # fmt: skip
def test_figures_are_unbound_when_a_live_sentence_has_some_and_none_is_printed(told: str, unbound: bool) -> None:
    assert ("unbound_figure" in judge(IDEA + told).features) == unbound


def test_a_table_of_thousands_of_cells_in_one_sentence_is_read_in_proportion() -> None:
    row = "row gains 1.2% CTR, "
    judged = judge(f"{IDEA}Our online A/B tests: {row * 2000}")
    assert judged.rating == 4


def test_online_results_without_a_test_or_a_deployment_are_three_at_industrial_work() -> None:
    told = "Offline and online evaluations on our data sets demonstrate better coverage"
    ours = "We add a gate to {}product recommendation. "
    at_work = judge(f"{ours.format('industrial ')}{told}.", title="Gated Recommendation")
    assert (at_work.rating, judge(f"{ours.format('')}{told}.", title="Gated Recommendation").rating) == (3, 2)
    assert not {"online_test", "deployed"} & set(at_work.features)


def test_without_an_organisation_the_best_is_four() -> None:
    anonymous = judge(
        IDEA + "In an online A/B test it improves CTR by 1.24% and GMV by 2%. It has been fully deployed."
    )
    assert anonymous.rating == 4
    assert "no organisation" in anonymous.reason


def test_the_full_text_raises_a_paper_whose_abstract_gives_no_figure() -> None:
    abstract = IDEA + DEPLOYED
    assert judge(abstract).rating == 4
    assert judge(abstract, "In the online A/B test SIDLoom improves GMV by 0.87% over 21 days.").rating == 5


@pytest.mark.parametrize(
    ("comment", "abstract"),
    [("This paper has been withdrawn by the authors", IDEA + ONLINE), (None, "This submission was withdrawn. " + IDEA)],
)
def test_a_withdrawn_paper_is_one(comment: str | None, abstract: str) -> None:
    judged = judge(abstract + DEPLOYED, comment=comment)
    assert (judged.rating, "withdrawn" in judged.reason) == (1, True)


def test_promotion_without_evidence_is_one() -> None:
    text = "Our revolutionary, seamless and world-class recommendation suite will delight users of every recommender."
    assert judge(text, title="The Recommendation Suite").rating == 1


def test_out_of_scope_says_so() -> None:
    judged = judge("We fold proteins with attention.", title="A Decoder for Proteins")
    assert (judged.rating, judged.in_scope) == (1, False)


@pytest.mark.parametrize(
    "text", [IDEA + ONLINE + DEPLOYED, IDEA + OFFLINE, IDEA + DEPLOYED, IDEA + "It is small. " + ONLINE]
)
@given(
    st.lists(
        st.sampled_from(["revolutionary", "game-changing", "unprecedented", "world-class", "cutting-edge"]), max_size=5
    )
)
def test_promotional_words_change_no_rating_of_a_paper_with_evidence(text: str, praise: list[str]) -> None:
    praised = (
        text.replace("We propose", " ".join(["We", *praise, "propose"])) + f"It is {' and '.join(praise) or 'small'}."
    )
    assert judge(praised).rating == judge(text).rating


@given(st.integers(1, 9999), st.sampled_from([IDEA, "We add a gate to graph-based recommendation. "]))
def test_the_size_of_an_offline_lift_changes_nothing(lift: int, idea: str) -> None:
    text = idea + "Experiments on three public data sets show gains of {}% in NDCG@10."
    small, large = judge(text.format("0.1")), judge(text.format(lift))
    assert (small.rating, small.reason) == (large.rating, large.reason)


def test_every_feature_points_to_words_of_its_passages() -> None:
    abstract, body = IDEA + DEPLOYED, "In the online A/B test SIDLoom improves GMV by 0.87%. Code is available."
    judged = judge(abstract, body)
    texts = {passage_id(t): t for t in (f"{TITLE}. {abstract}", body)}
    assert judged.supports
    for support in judged.supports:
        assert 0 <= support.start < support.end <= len(texts[support.passage_id])


@pytest.mark.parametrize(
    ("claim", "shown"),
    [
        (Claim("CTR", "1.24", "%", "+", "online_ab", ()), "CTR +1.24%"),
        (Claim("latency", "6", "ms", "-", "online_ab", (), hedge="up to"), "latency up to -6 ms"),
        (Claim("GMV", "0.1", "%", "+", "online_ab", (), hedge="not significant"), "GMV +0.1% (not significant)"),
        (Claim("retention", "0.4", "pp", "+", "deployed", ()), "retention +0.4 pp"),
        (Claim("throughput", "3", "x", "", "deployed", ()), "throughput 3x"),
    ],
)
def test_a_figure_is_printed_with_sign_unit_and_hedge(claim: Claim, shown: str) -> None:
    assert figure_text(claim) == shown


# ---------------------------------------------------------------- AI news
def news(title: str, text: str, primary: bool = True) -> Judgement:
    return judge_news(title, passage(f"{title}. {text}"), primary=primary)


@pytest.mark.parametrize(
    ("title", "text", "primary", "rating"),
    [
        ("Ostrelith 3 is out", "Orrelune releases Ostrelith 3 with open weights under Apache-2.0: 212B parameters, a 512,000-token context, $0.60 per million tokens.", True, 5),
        ("Disclosure rule takes effect", "The rule takes effect on 1 August 2026 and fines reach 15,000,000 euros.", False, 5),
        ("Pellucet 0.14 routes by prefix", "On our test bed p99 latency falls from 19 ms to 7 ms and throughput rises 2.4x on 8 GPUs.", True, 4),
        ("Thornveld raises 400 million", "Thornveld raised $400M in a series C at a valuation of $3.2B.", False, 2),
        ("My take on agents", "I think agents will matter. Should we worry about them?", False, 2),
        ("10 best AI tools you should try", "A list of tools with prices from $5 to $40.", False, 1),
        ("Quessendale Assembly: early-bird tickets", "Register now and save your seat; tickets cost $300.", True, 1),
        ("A quiet Tuesday", "Nothing much happened in the office.", False, 2),
    ],
)  # fmt: skip
def test_news_is_rated_by_what_engineers_can_do_with_it(title: str, text: str, primary: bool, rating: int) -> None:
    judged = news(title, text, primary)
    assert judged.rating == rating, judged


def test_a_reported_deal_is_three_at_most_however_many_figures_it_has() -> None:
    text = "Thornveld is reportedly in talks to buy Pellucet for $2.1B; it would release weights under Apache-2.0 for 212B models at $3."
    assert news("Thornveld may buy Pellucet", text).rating == 3
    assert news("Thornveld may buy Pellucet", "The two are reportedly in talks.").rating <= 3


def test_the_same_release_told_by_others_is_less_than_by_its_maker() -> None:
    text = "Orrelune releases Ostrelith 3 with open weights under Apache-2.0: 212B parameters, 512,000 tokens, $0.60 per million tokens."
    assert news("Ostrelith 3 is out", text, primary=False).rating < news("Ostrelith 3 is out", text).rating


def test_supports_of_news_point_to_their_words_also_when_the_headline_stands_elsewhere() -> None:
    title = "Why the rule matters"
    text = "The act is binding from 2027. Orrelune releases weights under an MIT licence at $3 per million tokens."
    judged = judge_news(title, passage(text), primary=True)
    spans = {s.rule: text[s.start : s.end] for s in judged.supports}
    assert spans["feature:law"] == "The act is binding"
    assert spans["feature:release"] == "releases"
    assert "feature:commentary" not in spans or spans["feature:commentary"] in text


def test_the_same_words_always_give_the_same_rating() -> None:
    assert judge(IDEA + ONLINE) == judge(IDEA + ONLINE)


def test_G09_a_withdrawn_paper_is_not_told_as_new() -> None:
    judged = judge(IDEA + ONLINE + DEPLOYED, comment="This paper has been withdrawn due to an error in Table 2.")
    assert (judged.rating, judged.reason) == (1, "withdrawn by its authors")


@pytest.mark.parametrize(
    "text",
    [
        "Sponsored: register now for our webinar on recommendation, with a discount code for early bird tickets.",
        "Join us at the conference and save your seat: tickets are on sale today.",
    ],
)
def test_G10_a_sponsored_post_is_never_published_and_always_counted(text: str) -> None:
    judged = judge_news("Recommendation Summit", passage(text), primary=False, newsletter=False)
    assert judged.rating == 1 and "promotion" in judged.reason


SERVING = ("KV cache", "speculative decoding")
CACHED = "We present a cache for long prompts. Experiments on three public data sets show gains of 4.1%. "


def rated_for(title: str, abstract: str) -> Judgement:
    return judge_paper(title, [passage(f"{title}. {abstract}")], (), None, WEIGHTS, SERVING)


def test_topics_of_an_issue_are_lines_of_work_in_the_title_and_where_a_text_speaks_of_them_twice() -> None:
    spoken = CACHED + "The KV cache is cut. A small KV cache is quick."
    judged = rated_for("Kestrel: KV Caches in Halves", spoken)
    assert judged.rating == 3 and judged.reason == "KV caches, with experiments"
    assert {"leading_line", "live_line"} <= set(judged.features)
    assert "live_line" not in rated_for("Kestrel: KV Caches in Halves", CACHED).features
    assert "leading_line" not in rated_for("Kestrel: Halves", spoken).features


def test_no_field_is_another_one_to_an_issue_with_topics() -> None:
    asked = CACHED + "It answers medical questions (QA) out of a KV cache."
    assert "other_field" not in rated_for("Kestrel: A KV Cache", asked).features
    assert "other_field" in judge(IDEA + OFFLINE + "It serves medical question answering.").features


def test_a_line_keeps_its_abbreviations_in_the_reason() -> None:
    said = "We learn Semantic IDs for recommendation. "
    assert judge(said + OFFLINE, title="Recommendation of Lists").reason == "semantic IDs, with experiments"
