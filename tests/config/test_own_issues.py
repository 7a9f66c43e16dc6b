"""Issues of one's own: declared in sources.yaml alone, checked with everything else, all problems at once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from digester.app import registries
from digester.config import load
from digester.domain.errors import ConfigError
from digester.domain.issue import IssueKind

LEAST = """sources:
- {id: a, kind: rss, url: "https://a.example/"}
topics:
  serving: [KV cache, inference engine]
  training: distillation
"""
OWN = """issues:
  llm-systems-weekly:
    title: {en: "LLM Systems Weekly {period}", zh: "大模型系统周报 {period}"}
    cadence: weekly
    rubric: papers
    window: Mon 06:30
    topics: [serving, training]
    listings: [cs.DC, cs.LG]
    sections:
    - {heading: {en: Serving, zh: 推理服务}, topics: [serving]}
    - {heading: Training, topics: [training]}
    timezone: Europe/Berlin
    outputs: [markdown]
"""


def kinds(text: str) -> dict[str, IssueKind]:
    return dict(load(text, {}, registries()).issues)


def problems(text: str) -> list[tuple[str, str]]:
    with pytest.raises(ConfigError) as caught:
        kinds(text)
    return [(p.where, p.message) for p in caught.value.problems]


def test_an_issue_is_declared_in_the_file_alone() -> None:
    kind = kinds(LEAST + OWN)["llm-systems-weekly"]
    assert kind.titles == {"en": "LLM Systems Weekly {period}", "zh": "大模型系统周报 {period}"}
    assert kind.slugs == {"en": "llm-systems-weekly-en-{period}", "zh": "llm-systems-weekly-{period}"}
    assert (kind.cadence, kind.papers, kind.timezone, kind.outputs) == ("weekly", True, "Europe/Berlin", ("markdown",))
    assert (kind.weekday, kind.turn) == (0, timedelta(hours=6, minutes=30))
    assert kind.topics == ("KV cache", "inference engine", "distillation")
    assert kind.listings == ("cs.DC", "cs.LG")
    assert [(c.heading["en"], c.heading["zh"], c.topics) for c in kind.corners] == [
        ("Serving", "推理服务", ("KV cache", "inference engine")),
        ("Training", "Training", ("distillation",)),
    ]
    assert kind.categories == {"en": "LLM Systems Weekly", "zh": "大模型系统周报"}
    assert kind.tags["zh"] == ("大模型系统周报",)


def test_topics_of_its_own_make_ratings_of_its_own_and_the_same_topics_the_same() -> None:
    found = kinds(LEAST + OWN)
    again = kinds(LEAST + OWN)
    other = kinds(LEAST.replace("KV cache", "paged attention") + OWN)
    mine = found["llm-systems-weekly"].rubric
    assert mine.startswith("recsys-1:")
    assert mine == again["llm-systems-weekly"].rubric != other["llm-systems-weekly"].rubric
    assert found["rec-weekly"].rubric == "recsys-1"


def test_a_shipped_issue_is_changed_by_what_is_named_and_nothing_else() -> None:
    before = kinds(LEAST)["rec-daily"]
    changed = kinds(LEAST + "issues:\n  rec-daily: {emoji: false, maximum: 5, languages: [zh]}\n")["rec-daily"]
    assert (changed.emoji, changed.maximum, changed.languages) == (False, 5, ("zh",))
    assert (changed.titles, changed.rubric, changed.minimum) == (before.titles, before.rubric, before.minimum)


@pytest.mark.parametrize(
    ("entry", "where", "words"),
    [
        ("x-weekly: {title: 'X {period}'}", "issues.x-weekly", "needs cadence, rubric"),
        ("X!: {title: 'X {period}', cadence: daily, rubric: news}", "issues.X!", "small letters"),
        ("x: {title: X, cadence: daily, rubric: news}", "issues.x.title", "{period} once"),
        ("x: {title: 'X {period} {0.__class__}', cadence: daily, rubric: news}", "issues.x.title", "no other braces"),
        ("x: {title: 'X {period}', cadence: monthly, rubric: news}", "issues.x.cadence", "daily"),
        ("x: {title: 'X {period}', cadence: daily, rubric: news, window: Sat 07:00}", "issues.x.window", "07:00"),
        ("x: {title: 'X {period}', cadence: weekly, rubric: news, window: '25:00'}", "issues.x.window", "Sat 07:00"),
        ("x: {title: 'X {period}', cadence: weekly, rubric: papers, window: Fri 07:00}", "issues.x.window", "Friday"),
        (
            "x: {title: 'X {period}', cadence: weekly, rubric: papers, topics: [servin]}",
            "issues.x.topics[0]",
            "serving",
        ),
        ("x: {title: 'X {period}', cadence: weekly, rubric: papers, listings: ['*']}", "issues.x.listings[0]", "cs.DC"),
        ("x: {title: 'X {period}', cadence: weekly, rubric: news, listings: [cs.DC]}", "issues.x.listings", "papers"),
        (
            "x: {title: 'X {period}', cadence: daily, rubric: news, sections: [{heading: A, topics: [serving]}]}",
            "issues.x.sections",
            "weeklies",
        ),
        ("x: {title: 'X {period}', cadence: daily, rubric: news, languages: [en, en]}", "issues.x.languages", "once"),
        ("rec-weekly: {cadence: daily}", "issues.rec-weekly.cadence", "under another name"),
        ("rec-weakly: {}", "issues.rec-weakly", "rec-weekly"),
        ("x: {title: 'X {period}', cadence: daily, rubric: news, outputs: [pdf]}", "issues.x.outputs", "pdf"),
    ],
)
def test_I02_what_is_wrong_with_an_issue_is_named(entry: str, where: str, words: str) -> None:
    found = problems(f"{LEAST}issues:\n  {entry}\n")
    assert [w for w, _ in found] == [where]
    assert words in found[0][1]


def test_I02_topics_are_lists_of_phrases() -> None:
    found = problems(LEAST.replace("distillation", "[]") + f"  long: [{'x' * 200}]\n")
    assert [w for w, _ in found] == ["topics.training", "topics.long"]


def test_I02_a_key_of_the_wrong_type_hides_no_other_problem() -> None:
    entry = 'timezone: Mars/Phobos, window: "25:00", maximum: 0, outputs: [docx], catch_up: -1, publish_after: x'
    found = problems(f"{LEAST}issues:\n  ai-daily: {{{entry}}}\n")
    wrong = ("timezone", "window", "maximum", "outputs", "catch_up", "publish_after")
    assert sorted(where for where, _ in found) == sorted(f"issues.ai-daily.{key}" for key in wrong)


@pytest.mark.parametrize(
    "entry",
    ["{title: 5, cadence: daily, rubric: news}", "{title: {en: 'X {period}'}, cadence: 7, rubric: news}", "null"],
)
def test_I02_what_an_issue_is_and_is_wrong_is_told_once(entry: str) -> None:
    found = problems(f"{LEAST}issues:\n  mine: {entry}\n")
    assert len({tuple(where.split(".")[:3]) for where, _ in found}) == 1
