"""What a sentence reports, and the traps in which it only hopes, simulates or speaks of others."""

from __future__ import annotations

import pytest

from digester.analysis import evidence


@pytest.mark.parametrize(
    "sentence",
    [
        "In a 21-day online A/B test with 10% of traffic, SIDLoom improves CTR by 1.24%.",
        "A/B testing at Kestrelo shows a lift of 2% in GMV.",
        "Live experiments on Velmarque confirm the gain.",
        "The ranker was tested in production for two weeks.",
        "Tested on live traffic, the model raises watch time.",
        "A randomised user experiment over four weeks shows the same.",
        "A test with 5% of all users for a week raised retention.",
        "The method not only wins offline but also lifts CTR by 1% in an online A/B test.",
        "Without increasing serving cost, it gains 2% of GMV in online A/B tests.",
        "With no extra latency, it lifts clicks by 2% in an online A/B test.",
        "A randomised controlled trial over two months compares both by unsubscriptions.",
        "We report online experimental results for two surfaces.",
        "Offline and online experiments agree.",
        "We verify our framework in online A/B tests.",
        "Evaluated on 2% of live traffic, it raises saves.",
        "线上 A/B 实验显示 CTR 提升 1.2%。",
    ],
)
def test_a_reported_online_test_is_online(sentence: str) -> None:
    assert evidence.level_of(sentence) == "online_ab"
    assert evidence.mentions_online(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "We did not run an online test.",
        "An online A/B test is left to future work.",
        "Validation through A/B testing is left for future work.",
        "Each design must be validated through A/B testing.",
        "The change should first pass an online A/B test.",
        "An A/B test is scheduled for the autumn.",
        "Online experiments are planned for next year.",
        "We replayed production traffic from one day.",
        "The model has yet to face an online test.",
        "No online A/B test was run.",
        "We compare designs without an online test.",
        "A/B tests are expensive and slow.",
        "It is ready for deployment.",
        "The method could be deployed at any marketplace.",
        "Serving can also be sped up by more machines when it is deployed online.",
        "A cheaper index enables deployment on devices.",
        "Merging can further be accelerated without any effect on what users wait for, by adding as many parallel machines as wanted when deployed online.",
        "In this field, online A/B testing is a costly habit.",
        "Running online A/B testing often presents risks to users.",
        "We build an agent for A/B testing.",
        "It is a sandbox environment for online A/B testing.",
        "Data of A/B Walker help other models.",
        "It saves time instead of A/B tests.",
        "We plan to deploy the ranker at Kestrelo.",
        "For assistants A/B testing lacks a measure.",
        "It makes monitoring cheap, enabling sensitive A/B testing of prompts.",
        "Pairs of pictures make an A/B test of binding easy.",
        "Logs show the best action without performing expensive randomised trials.",
    ],
)
def test_hopes_plans_and_denials_are_no_evidence_from_users(sentence: str) -> None:
    assert evidence.level_of(sentence) not in ("online_ab", "deployed")
    assert not evidence.mentions_online(sentence)
    assert not evidence.mentions_deployment(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Online simulations show a rise of 4% in revenue.",
        "In an A/B test with simulated users the policy wins.",
        "A simulator of sessions gives the same order.",
        "The policy is rolled out against synthetic buyers.",
    ],
)
def test_simulation_is_simulated_also_when_it_is_called_online(sentence: str) -> None:
    assert evidence.level_of(sentence) == "simulated"
    assert not evidence.mentions_online(sentence)
    assert evidence.mentions_simulation(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Offline A/B testing agrees with the log.",
        "A counterfactual A/B estimate is used.",
        "Off-policy evaluation favours it.",
    ],
)
def test_offline_ab_testing_is_offline(sentence: str) -> None:
    assert evidence.level_of(sentence) == "offline"
    assert not evidence.mentions_online(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "It has been deployed at Kestrelo.",
        "The ranker is fully deployed and serves 40 million users.",
        "It was launched to all users in May.",
        "Since March it runs in production.",
        "The system has been successfully rolled out.",
        "The system has been tested at city level and is being rolled out to the remaining regions.",
        "Roll-out has reached 58 of 140 cities.",
        "该模型已上线，服务全部用户。",
        "Unlike widely deployed two-tower models, SIDLoom has been deployed at Kestrelo.",
        "Our models deployed at Kestrelo answer in 20 ms.",
        "Deployed online, it delivers 2% more clicks.",
        "We further deploy our model on the Kestrelo advertising platform.",
        "Its deployment on a production system resulted in a rise of 2%.",
        "Our deployment of SIDLoom at Kestrelo has led to a gain of 2%.",
        "This has enabled the successful deployment of SIDLoom in the feed of Kestrelo.",
        "After two months of deployment in Kestrelo Search, reformulations fell by 0.8%.",
        "Deployed and extended over two years, SIDLoom raises order volume by 3%.",
        "Real-world deployments further confirm that it works.",
        "Since its end-to-end deployment in the feed in May, it has delivered a gain of 2%.",
        "Deployed at Kestrelo, it guided simulation-driven work on the ranker.",
        "In particular, we deploy SIDLoom in the Kestrelo homepage recommendation, with 1% more transactions.",
        "Moreover, deployment on the Brackwater platform, serving millions of users, confirms that it scales.",
        "SIDLoom is currently the primary ranker on Kestrelo's feed.",
        "It was evaluated on Brackwater, with over 30 million daily active users, and significantly improves diversity.",
        "Our agents have been deployed in two shops since May.",
        "When deployed on Kestrelo, the decoder raises watch time.",
        "Deployed across 3 billion pictures, it raises traffic by 20%.",
        "By deploying SIDLoom on a large advertising platform, we achieve a gain in revenue.",
    ],
)
def test_a_reported_deployment_is_deployed(sentence: str) -> None:
    assert evidence.level_of(sentence) == "deployed"
    assert evidence.mentions_deployment(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Large language models are increasingly deployed in recommender systems.",
        "Two-tower models are widely deployed in industry.",
        "Such rankers are commonly deployed at marketplaces.",
        "Recommenders deployed in the real world often drift.",
        "It is a simple way of deploying LLMs in social contexts.",
        "We deploy two agents on a laptop.",
        "Deployment on small devices is hard.",
        "Deployment on edge devices confirms that models are too large.",
        "Collaborative filtering is currently the main approach in recommendation.",
        "It was evaluated on data of a platform with 30 million daily active users and improves Recall@10.",
        "Chatbots have been deployed in countless shops, but they forget.",
        "As shopping agents are deployed in harder worlds, tests fall behind.",
        "Rankers, such as those deployed at banks, are unfair.",
        "Agents are trained on few worlds but deployed across many unseen domains.",
        "We find thresholds of reliability for production deployment.",
        "The decoder is stable and suitable for production deployment.",
        "A pilot of 50 tasks tells the harm without requiring full deployment.",
        "We give advice for successfully deploying GenAI in small firms.",
        "Deployed on a Cortex-A9 chip, the net reaches 96% accuracy.",
        "We build a pipeline deployed on mobile devices.",
        "One use is deploying the model as a judge of proofs.",
    ],
)
def test_what_others_deploy_is_background(sentence: str) -> None:
    assert not evidence.mentions_deployment(sentence)
    assert evidence.level_of(sentence) != "deployed"


@pytest.mark.parametrize(
    "sentence",
    ["On two public data sets it wins.", "Recall@10 rises by 3%.", "Offline it gains 2%.", "离线实验中更好。"],
)
def test_benchmarks_are_offline(sentence: str) -> None:
    assert evidence.level_of(sentence) == "offline"


@pytest.mark.parametrize(
    "sentence",
    [
        "It enhances online business metrics.",
        "It shows its worth in offline and online settings alike.",
        "Offline and online evaluations confirm the design.",
        "Online gains at Kestrelo validate it.",
    ],
)
def test_an_online_result_is_neither_a_test_on_users_nor_offline(sentence: str) -> None:
    assert evidence.level_of(sentence) is None
    assert not evidence.mentions_online(sentence)
    assert evidence.mentions_online_result(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "It enhances online business metrics such as CTR by 1.4% and GMV by 0.9%.",
        "The ranker achieves a 3.1% gain in the core online metric.",
    ],
)
def test_a_measure_that_moved_online_is_of_what_runs_for_users(sentence: str) -> None:
    assert evidence.level_of(sentence) == "deployed"
    assert not evidence.mentions_online(sentence) and not evidence.mentions_deployment(sentence)


@pytest.mark.parametrize("kind", ["RL", "reinforcement learning", "continual learning"])
def test_learning_online_is_no_test_on_users(kind: str) -> None:
    assert not evidence.mentions_online(f"Our online {kind} experiments show fewer calls.")


@pytest.mark.parametrize(
    "sentence",
    [
        "Posters are tuned by hand on online performance.",
        "Two tasks close the gap between offline and online.",
        "An online gain could follow.",
    ],
)
def test_online_in_passing_is_no_result(sentence: str) -> None:
    assert not evidence.mentions_online_result(sentence)


def test_where_it_is_deployed_an_online_gain_is_one_of_the_deployment() -> None:
    assert (
        evidence.level_of("Deployed on a social platform, it achieves a 3.1% gain in the online metric.") == "deployed"
    )


@pytest.mark.parametrize(
    "sentence",
    [
        "Answers were rated in online side-by-side human evaluations at Kestrelo.",
        "We studied live traffic data of a month.",
        "It scales on online traffic and in offline experiments.",
        "We conduct randomised experiments to study how developers learn a library.",
        "We run an online experiment with a game for four players.",
    ],
)
def test_raters_and_recorded_traffic_are_no_test_on_users(sentence: str) -> None:
    assert not evidence.mentions_online(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "It was deployed on Kestrelo's ad servers for an A/B test beside the old model.",
        "SIDLoom was deployed in an online experiment at Kestrelo.",
    ],
)
def test_what_is_deployed_for_a_test_is_tested_and_not_in_use(sentence: str) -> None:
    assert evidence.level_of(sentence) == "online_ab"
    assert not evidence.mentions_deployment(sentence)


def test_deployed_and_tested_is_both() -> None:
    sentence = "It has been deployed at Kestrelo and wins in an online A/B test."
    assert evidence.mentions_online(sentence) and evidence.mentions_deployment(sentence)


def test_a_sentence_without_evidence_has_none() -> None:
    assert evidence.level_of("We propose a decoder for item codes.") is None


def test_a_hundred_kilobytes_of_hope_come_to_an_end() -> None:
    for unit in ("must not ", "A/B ", "online a-b ", "deployed ", "not "):
        evidence.level_of(unit * (20_000 // len(unit)))
