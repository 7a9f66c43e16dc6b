"""Which sentences of an abstract can be quoted for what the paper did."""

from __future__ import annotations

import pytest

from digester.analysis import _quotable


@pytest.mark.parametrize(
    ("sentence", "is_one"),
    [
        ("Existing pruning methods can reduce the index by 60%, but often lose to chance.", False),
        ("Over 95% of the world's languages have few texts.", False),
        ("Language models are increasingly deployed for shopping, with 3 in 4 shops using one.", False),
        ("It outperforms the tuned baseline by 4.2% on two data sets.", True),
        ("Experiments on five public data sets show gains in recall.", True),
        ("An online A/B test on 5% of users lifts CTR by 1.2%.", True),
        ("We cut the index by 60%.", True),
        ("The system now serves more than 350,000 looks in production a day.", True),
    ],
)
def test_a_result_is_of_the_work_and_not_of_what_is_known(sentence: str, is_one: bool) -> None:
    assert _quotable.results(sentence) == is_one


@pytest.mark.parametrize(
    ("said", "points_back"),
    [
        ("Its core is a routing module that we train on lists.", True),
        ("The former is addressed by our contrastive module.", True),
        ("Both modules are trained jointly.", True),
        ("Through it, we keep the state of a user.", True),
        ("The resulting model is small.", True),
        ("The two challenges are solved by one decoder.", True),
        ("Both offline and online tests show gains.", False),
        ("The two-tower model learns from clicks.", False),
        ("Our decoder learns from clicks.", False),
    ],
)
def test_what_points_at_a_sentence_before_does_not_stand_alone(said: str, points_back: bool) -> None:
    assert _quotable.dangles(said) == points_back
