"""What a news text is about: the kind of event first, then the words of its subject; one word in passing is none."""

from __future__ import annotations

import pytest

from digester.analysis.news_subjects import subject

PASSING = "It was built last spring. Eleven people worked on it and one of them has left since."


@pytest.mark.parametrize(("title", "text", "found"), [
    ("Court: a bank may not refuse loans with a model it cannot explain", "An appeals court has ruled on a scoring model.", "Rules and Law"),
    ("What it means for models", "The Model Duty Act takes effect on 3 March. Makers of models must publish weights.", "Rules and Law"),
    ("Regulator opens a consultation", "The draft rules would require a model log.", "Rules and Law"),
    ("We replaced our model judge", "The group has replaced the model that judges answers. Four models moved.", "Evaluation"),
    ("Quellmark: 300 tasks for agents", "The group publishes Quellmark, a benchmark of 300 tasks for agents and their models.", "Evaluation"),
    ("Scores of agents vary between seeds", "An agent was run 20 times.", "Evaluation"),
    ("Hijacked: 40 packages of a model hub", "Attackers changed 40 packages. Rotate your tokens and patch now.", "Security"),
    ("Brackwater 2 has open weights", "The model has 40B parameters.", "Models"),
    ("Moving the index cut p99 in half", "Reads are faster.", "Inference and Cost"),
    ("A new ranker for the home feed", "The model is small.", "Recommender Systems"),
    ("把排序成本降低一半", "排序服务改用新的缓存。", "Recommender Systems"),
])  # fmt: skip
def test_a_story_stands_under_what_it_is_about(title: str, text: str, found: str) -> None:
    assert subject(text, title) == found


@pytest.mark.parametrize(("title", "text"), [
    ("We are opening Wendreel", f"Brackwater publishes Wendreel, a loader for its models. It runs on eight GPUs. {PASSING}"),
    ("The old endpoints close in May", f"Requests that name the old model are answered until then. {PASSING}"),
    ("A price tag for everything", f"Osk has written an essay. {PASSING}"),
])  # fmt: skip
def test_a_word_in_passing_makes_no_subject(title: str, text: str) -> None:
    assert subject(text, title) == ""


def test_the_name_of_the_outlet_says_nothing() -> None:
    text = f"The Quarn Benchmark Group has moved, and Quarn Benchmark Group is its new name. {PASSING}"
    assert subject(text, "We have moved", "Quarn Benchmark Group") == ""
    assert subject(text, "We have moved", "Somebody Else") == "Evaluation"


def test_an_event_in_a_round_up_does_not_decide_what_it_is_about() -> None:
    title, text = "Ranking pays, a court rules, lunch was good", "Two makers of rankers published figures on ranking."
    assert subject(text, title) == "Rules and Law"
    assert subject(text, title, round_up=True) == "Recommender Systems"


def test_a_post_is_its_own_headline() -> None:
    assert subject("A token leak in an agent") == "Security"
    assert subject("The weights of the language model are out") == "Models"
    assert subject("Lunch was good") == ""
