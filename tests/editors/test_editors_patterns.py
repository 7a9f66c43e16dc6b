"""The pattern file and its filling: six variants of everything, no banned word, the same every time."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

import digester.editors.composing
import digester.editors.conclusions
import digester.editors.news_lines
import digester.editors.news_writing
import digester.editors.storylines
import digester.editors.watching
import digester.editors.weekly_news
import digester.editors.writing
from digester.domain.errors import ConfigError
from digester.editors.patterns import MINIMUM, SLOTS, Patterns, listed, lowered
from digester.editors.voice import Voice

BANNED = ("bombshell", "inflection point", "game-changer", "game changer", "dominated by", "landscape", "the big trend", "exploding",
          "meanwhile", "additionally", "along the same line")  # fmt: skip
CODE = "".join(
    Path(str(m.__file__)).read_text(encoding="utf-8")
    for m in (
        digester.editors.composing,
        digester.editors.news_lines,
        digester.editors.conclusions,
        digester.editors.storylines,
        digester.editors.news_writing,
        digester.editors.writing,
        digester.editors.watching,
        digester.editors.weekly_news,
    )
)


def six(text: str) -> dict[str, list[str]]:
    return {"p": [text] * MINIMUM}


def test_every_pattern_has_six_different_variants_with_known_slots(variants: dict[str, list[str]]) -> None:
    for name, texts in variants.items():
        assert len(set(texts)) >= MINIMUM, name
        assert {s for t in texts for _, s, _, _ in string.Formatter().parse(t) if s} <= SLOTS, name


def test_no_variant_has_a_banned_word_an_exclamation_a_question_or_a_figure(variants: dict[str, list[str]]) -> None:
    for name, texts in variants.items():
        for text in texts:
            assert not [b for b in BANNED if b in text.lower()], text
            assert not re.search(r"[!?]|[\U0001F300-\U0001FAFF]", text), text
            assert name in ("lowered", "narrative_open", "news_open") or not re.search(r"\d", text), text


def test_every_pattern_that_the_code_names_exists_and_every_one_is_used(variants: dict[str, list[str]]) -> None:
    called = set(re.findall(r'(?:say|derived|synthesis)\(\s*voices,\s*"(\w+)"', CODE))
    assert called
    assert called <= set(variants)
    assert {name for name in variants if f'"{name}"' not in CODE} == set()


def test_the_shipped_file_is_accepted(patterns: Patterns) -> None:
    assert patterns.fill("also", "x", 0, names="Velmarque", also_have="has", report_v="reports")


def test_an_unknown_slot_is_an_error_when_the_file_is_read() -> None:
    with pytest.raises(ConfigError) as caught:
        Patterns(six("{mood} is good"), "file.yaml")
    assert "mood" in str(caught.value.problems)


def test_fewer_than_six_variants_are_an_error() -> None:
    with pytest.raises(ConfigError) as caught:
        Patterns({"p": ["{n} papers"] * 5, "q": ["x"] * 4}, "file.yaml")
    assert len(caught.value.problems) == 2


def test_the_same_place_gives_the_same_variant_and_places_differ() -> None:
    p = Patterns({"p": [f"variant {chr(97 + i)}" for i in range(6)]}, "f")
    assert {p.fill("p", "2026-W25", 0) for _ in range(5)} == {p.fill("p", "2026-W25", 0)}
    assert len({p.fill("p", f"2026-W{i}", 0) for i in range(60)}) == 6


def test_no_variant_comes_twice_in_an_issue_before_all_came_once() -> None:
    p = Patterns({"p": [f"variant {chr(97 + i)}" for i in range(6)]}, "f")
    assert len({p.fill("p", "2026-W25", turn) for turn in range(6)}) == 6
    assert p.fill("p", "2026-W25", 6) == p.fill("p", "2026-W25", 0)


@pytest.mark.parametrize(
    ("text", "n", "filled"),
    [
        ("{n} papers are here.", 1, "1 paper is here."), ("Here are {n} papers on lists.", 1, "Here is 1 paper on lists."), ("{n} further papers share no theme", 1, "1 further paper shares no theme"), ("{n} single papers have none", 1, "1 single paper has none"), ("{n} papers", 2, "2 papers"),
        ("{n} papers", 11, "11 papers"), ("of {n} papers", 0, "Of none papers"), ("{n} stories", 1, "1 story"), ("{n} items", 1, "1 item"),
    ],
)  # fmt: skip
def test_one_is_singular_and_nothing_is_none(text: str, n: int, filled: str) -> None:
    assert Patterns(six(text), "f").fill("p", "x", 0, n=n) == filled


def test_a_filled_sentence_begins_with_a_capital_and_slots_stay_as_they_are() -> None:
    assert Patterns(six("{system} is live"), "f").fill("p", "x", 0, system="kestrel {n}") == "Kestrel {n} is live"


def test_a_name_that_begins_small_stays_so_at_the_beginning_of_a_sentence() -> None:
    patterns = Patterns(six("{system} reads."), "x")
    assert patterns.fill("p", "x", 0, system="orLoom") == "orLoom reads."
    assert patterns.fill("p", "x", 0, system="loom") == "Loom reads."


def _grammatical(text: str) -> None:
    assert not re.search(r"\b1 (?:papers|stories|items)\b|\b1 (?:\w+ )?papers\b", text), text
    assert not re.search(r"\b1 (?:\w+ )?paper (?:share|stand|have|close|are|go|treat|belong)\b", text), text
    assert not re.search(r"\bnone (?:papers|stories|items)\b", text), text
    assert not re.search(r"  |\{|\}", text), text


@pytest.mark.parametrize("online", [0, 1, 2])
@pytest.mark.parametrize("n", [1, 3])
def test_counts_of_none_one_and_many_read_as_sentences(patterns: Patterns, english: Voice, n: int, online: int) -> None:
    slots: dict[str, object] = {
        "n": n, "total": 9, "live": english.share("live", min(online, n), n), "tested": english.share("tested", online, 9),
        "theme": "Beam Search", "theme_l": "beam search", "ratings": "1 rated 4 and 2 rated 3", "published": 9, "in_scope": 20, "period": "2026-W25", "names": "beam search", "carry": "stands",
    }  # fmt: skip
    for place in map(str, range(40)):
        for name in ("section_open", "rest_open", "thread_open", "weekly_lead", "weekly_lead_bare"):
            _grammatical(patterns.fill(name, place, 0, **slots))


@pytest.mark.parametrize(
    ("names", "text"),
    [
        ([], ""),
        (["A"], "A"),
        (["A", "B"], "A and B"),
        (["A", "B", "C"], "A, B and C"),
        (["A", "B and C"], "A, and B and C"),
        (["A", "B", "C and D"], "A, B, and C and D"),
        (["\u201cA and B\u201d", "\u201cC\u201d"], "\u201cA and B\u201d and \u201cC\u201d"),
    ],
)
def test_lists_are_joined_as_in_prose(names: list[str], text: str) -> None:
    assert listed(names) == text


@pytest.mark.parametrize(
    ("theme", "inside"),
    [
        ("Generative Recommendation", "generative recommendation"), ("Semantic IDs", "semantic IDs"), ("LLM-Based Recommendation", "LLM-Based recommendation"),
        ("Click-Through Rate Prediction", "click-through rate prediction"), ("CTR", "CTR"), ("", ""),
    ],
)  # fmt: skip
def test_a_theme_inside_a_sentence_keeps_its_acronyms(theme: str, inside: str) -> None:
    assert lowered(theme) == inside


@given(st.text(alphabet="abAB- ", max_size=30))
def test_lowering_keeps_the_letters(theme: str) -> None:
    assert lowered(theme).lower() == " ".join(theme.lower().split())


@pytest.mark.parametrize("name", ["weekly_lead", "weekly_lead_bare", "daily_lead"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_opening_returns_within_fourteen_issues(name: str, language: str) -> None:
    """The wording without its slots: what differs from issue to issue anyway does not count."""
    file = Path(__file__).parents[2] / "prompts" / f"patterns.{language}.yaml"
    variants = yaml.safe_load(file.read_text(encoding="utf-8"))
    spoken = Patterns({k: v for k, v in variants.items() if k == name}, "file", language)
    periods = (
        [f"2026-W{w:02d}" for w in range(1, 54)]
        if name.startswith("weekly")
        else [f"2026-06-{d:02d}" for d in range(1, 31)]
    )
    slots = dict.fromkeys(["published", "in_scope", "names", "carry", "tested", "period", "seen", "first", "more"], "…")
    opened = [spoken.fill(name, p, 0, **slots) for p in periods]
    for i in range(len(opened) - 14):  # none of the fourteen before opens like this one
        assert len(set(opened[i : i + 15])) == 15


@pytest.mark.parametrize("language", ["en", "zh"])
@given(bare=st.lists(st.booleans(), min_size=15, max_size=15), first=st.integers(1, 38))
@settings(max_examples=20, deadline=None)
def test_no_opening_returns_whichever_weeks_have_a_thread(language: str, bare: list[bool], first: int) -> None:
    file = Path(__file__).parents[2] / "prompts" / f"patterns.{language}.yaml"
    variants = yaml.safe_load(file.read_text(encoding="utf-8"))
    spoken = Patterns({k: v for k, v in variants.items() if k.startswith("weekly_lead")}, "file", language)
    slots = dict.fromkeys(["published", "in_scope", "names", "carry", "tested", "period"], "#")
    opened = [
        spoken.fill("weekly_lead_bare" if alone else "weekly_lead", f"2026-W{first + n:02d}", 0, **slots)
        for n, alone in enumerate(bare)
    ]
    assert len({" ".join(re.findall(r"[A-Za-z]+|#|[\u3400-\u9fff]", told)[:5]).lower() for told in opened}) == 15
