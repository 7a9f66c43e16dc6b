"""Key phrases and the themes named by them: found in the texts, whatever the order."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digester.analysis import phrases, themes


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Semantic IDs", "semantic id"),
        ("two-tower models", "two tower model"),
        ("Beam Search", "beam search"),
        ("", ""),
    ],
)
def test_spellings_of_one_phrase_fold_to_one_key(written: str, folded: str) -> None:
    assert phrases.fold(written) == folded


@given(st.text(alphabet="abs -/IDE", max_size=40))
def test_folding_twice_changes_nothing_but_plurals_of_plurals(text: str) -> None:
    once = phrases.fold(text)
    assert phrases.fold(once).split() == [phrases.stem(w) for w in once.split()]


def test_candidates_are_runs_of_content_words_without_a_break_between_them() -> None:
    found = phrases.candidates("Residual item tokens, decoded by constrained beam search.")
    assert "residual item token" in found
    assert "constrained beam search" in found
    assert "item token decoded" not in found
    assert all(2 <= len(k.split()) <= 4 for k in found if not k.startswith("subject:"))


@pytest.mark.parametrize(
    "text",
    [
        "extensive experiments show results",
        "recommender systems",
        "large language models",
        "user behavior",
        "open source",
    ],
)
def test_generic_phrases_are_no_candidates(text: str) -> None:
    assert [k for k in phrases.candidates(text) if not k.startswith("subject:")] == []


def test_a_subject_is_found_under_its_spellings() -> None:
    key = phrases.subject_key("Semantic IDs")
    for text in ("Semantic IDs", "semantic identifiers", "a semantic tokenizer", "SIDs", "Semantic-ID trees"):
        assert key in phrases.candidates(text)
        assert phrases.holds(key, text)
    assert not phrases.holds(key, "the ID is semantic")


def test_a_folded_phrase_is_held_as_whole_words() -> None:
    assert phrases.holds("beam search", "Constrained beam searches end early.".replace("searches", "search"))
    assert not phrases.holds("beam search", "sunbeam searching")


def test_shared_phrases_name_who_holds_them_and_leave_inner_ones_out() -> None:
    texts = {"a": "constrained beam search works", "b": "with constrained beam search", "c": "codebook collapse"}
    found = {p.key: ids for p, ids in phrases.shared(texts).items()}
    assert found["constrained beam search"] == {"a", "b"}
    assert "beam search" not in found
    assert not any("collapse" in k for k in found)


@pytest.mark.parametrize(
    ("surface", "title"),
    [
        ("beam search", "Beam Search"),
        ("semantic IDs", "Semantic IDs"),
        ("CTR prediction", "CTR Prediction"),
        ("bag of codes", "Bag of Codes"),
    ],
)
def test_headings_keep_inner_capitals(surface: str, title: str) -> None:
    assert phrases.title_case(surface) == title


# ------------------------------------------------------------------ themes
TEXTS = {
    "a": "Codebook collapse in item decoders: codebook collapse wastes beams.",
    "b": "We measure codebook collapse with care.",
    "c": "A remedy for codebook collapse.",
    "d": "Delayed feedback in conversion models.",
    "e": "Delayed feedback again, with weights.",
    "f": "We wait for delayed feedback.",
    "g": "Something on lunch alone.",
}
TITLES = {k: v.split(":")[0] for k, v in TEXTS.items()}
WEIGHTS = dict.fromkeys(TEXTS, 3.0)


def grouped(keys: list[str], **options: int) -> list[tuple[str, frozenset[str]]]:
    texts = {k: TEXTS[k] for k in keys}
    found = themes.group(texts, TITLES, WEIGHTS, {}, len(texts), **options)
    return [(g.name, frozenset(g.members)) for g in found]


def test_works_are_grouped_by_a_phrase_they_share_and_the_rest_has_no_name() -> None:
    assert grouped(list(TEXTS)) == [
        ("Codebook Collapse", frozenset("abc")),
        ("Delayed Feedback", frozenset("def")),
        ("", frozenset("g")),
    ]


def test_the_order_of_the_works_changes_no_group() -> None:
    keys = list(TEXTS)
    first = grouped(keys)
    for seed in range(12):
        random.Random(seed).shuffle(keys)
        assert grouped(keys) == first


def test_a_theme_has_at_least_three_members() -> None:
    assert grouped(["a", "b", "d", "e"]) == [("", frozenset("abde"))]
    assert all(len(m) >= 3 for name, m in grouped(list(TEXTS)) if name)


def test_there_are_no_more_themes_than_asked_for_and_nobody_is_lost_or_doubled() -> None:
    found = grouped(list(TEXTS), most=1)
    assert len([n for n, _ in found if n]) == 1
    members = [m for _, group in found for m in group]
    assert sorted(members) == sorted(TEXTS)


def test_members_stand_in_the_order_given() -> None:
    texts = {k: TEXTS[k] for k in "cba"}
    assert themes.group(texts, TITLES, WEIGHTS, {}, 3)[0].members == ("c", "b", "a")


def test_phrases_that_everybody_writes_name_nothing() -> None:
    texts = {k: f"Extensive experiments show state of the art results {k}" for k in "abcd"}
    found = themes.group(texts, texts, dict.fromkeys(texts, 3.0), {}, 4)
    assert [g.name for g in found] == [""]


def test_what_stands_in_the_background_names_less_than_what_is_rare() -> None:
    texts = dict.fromkeys("abc", "codebook collapse and, besides, delayed feedback")
    common = {"codebook collapse": 400, "delayed feedback": 3}
    found = themes.group(texts, texts, dict.fromkeys(texts, 3.0), common, 400)
    assert found[0].name == "Delayed Feedback"


def test_a_leftover_that_holds_the_words_of_a_theme_joins_it() -> None:
    texts = {k: TEXTS[k] for k in "abc"} | {"x": "The collapse of a codebook is shown."}
    found = themes.group(texts, {**TITLES, "x": ""}, dict.fromkeys(texts, 3.0), {}, 4)
    assert [(g.name, set(g.members)) for g in found] == [("Codebook Collapse", set("abcx"))]


def test_nothing_gives_no_groups() -> None:
    assert themes.group({}, {}, {}, {}, 0) == []


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("Rankers keep separate expert towers", "separate expert tower"),
        ("Item towers ignore", "item tower"),
    ],
)
def test_a_verb_opens_or_closes_no_phrase(text: str, phrase: str) -> None:
    found = phrases.candidates(text)
    assert phrase in found
    assert not [k for k in found if {"keep", "ignore"} & {k.split()[0], k.split()[-1]}]


def test_termhood_rises_with_length_and_falls_with_longer_phrases_around() -> None:
    texts = {
        "a": "residual item tokens here", "b": "residual item tokens there", "c": "item tokens alone", "d": "delayed feedback",
        "e": "delayed feedback",
    }  # fmt: skip
    found = phrases.termhood(phrases.shared(texts))
    by_key = {p.key: value for p, value in found.items()}
    assert by_key["residual item token"] > by_key["delayed feedback"] == 1.0 > by_key["item token"] > 0
    assert by_key["item token"] == pytest.approx(1 - 2 / 3)


def test_a_work_belongs_to_the_theme_that_fits_it_best_whenever_that_was_found() -> None:
    titles = {f"a{i}": f"Codebook collapse {i}" for i in range(5)} | {
        f"b{i}": f"Delayed feedback {i}" for i in range(3)
    }
    texts = (
        {k: f"{t}. A codebook collapse." for k, t in titles.items()}
        | {f"x{i}": f"Lunch {i}" for i in range(4)}
        | {
            "c": "Lunch.",
            "d": "Tea.",
            "e": "Cake.",
        }
    )
    weights, named = dict.fromkeys(texts, 3.0), {**texts, **titles, "c": "Lunch", "d": "Tea", "e": "Cake"}
    common = {"codebook collapse": 8, "delayed feedback": 8}
    found = themes.group(texts, named, weights, common, 40)
    assert [(g.name, len(g.members)) for g in found] == [("Codebook Collapse", 5), ("Delayed Feedback", 3), ("", 7)]


def test_no_theme_is_left_with_fewer_than_the_minimum_by_a_better_one() -> None:
    titles = {
        "a": "Codebook collapse",
        "b": "Delayed feedback one",
        "c": "Delayed feedback two",
        "d": "Delayed feedback three",
    }
    texts = {k: f"{t}. Codebook collapse and more." for k, t in titles.items()}
    found = themes.group(texts, titles, dict.fromkeys(texts, 3.0), {}, 4)
    assert all(len(g.members) >= 3 for g in found if g.phrase)
    assert sorted(m for g in found for m in g.members) == sorted(texts)


WORDS = st.lists(
    st.sampled_from(["codebook collapse", "delayed feedback", "beam search", "item towers", "cold start", "tea"]),
    max_size=4,
)


@given(st.lists(WORDS, max_size=14), st.randoms())
def test_groups_are_a_partition_whatever_the_order(rows: list[list[str]], shuffler: random.Random) -> None:
    texts = {f"m{i:02}": ". ".join(w) for i, w in enumerate(rows)}
    titles = {k: t.split(". ")[0] for k, t in texts.items()}

    def found(keys: list[str]) -> list[tuple[str, frozenset[str]]]:
        mixed = {k: texts[k] for k in keys}
        groups = themes.group(mixed, titles, dict.fromkeys(texts, 3.0), {"tea": 9}, 20, most=4)
        return [(g.name, frozenset(g.members)) for g in groups]

    first = found(sorted(texts))
    assert sorted(m for _, members in first for m in members) == sorted(texts)
    assert all(len(members) >= 3 for name, members in first if name)
    assert len([n for n, _ in first if n]) <= 4 and [n for n, _ in first if not n] in ([], [""])
    keys = list(texts)
    shuffler.shuffle(keys)
    assert found(keys) == first


def test_what_stands_in_no_title_names_no_theme_however_many_share_it() -> None:
    texts = {k: f"Paper {k}. It has practical merit and helps." for k in "abcd"}
    titles = {k: f"Paper {k}" for k in texts}
    assert [g.name for g in themes.group(texts, titles, dict.fromkeys(texts, 3.0), {}, 4)] == [""]
    named = dict.fromkeys("ab", "Practical merit") | {k: titles[k] for k in "cd"}
    assert [g.name for g in themes.group(texts, named, dict.fromkeys(texts, 3.0), {}, 4)] == ["Practical Merit"]


def test_a_spelling_of_a_subject_is_the_subject() -> None:
    texts = {k: f"Semantic tokens for {k}. Semantic tokens again." for k in ("tea", "cake", "rice")}
    titles = {k: t.split(". ")[0] for k, t in texts.items()}
    found = themes.group(texts, titles, dict.fromkeys(texts, 3.0), {"subject:Semantic IDs": 30}, 40)
    assert [g.name for g in found] == ["Semantic IDs"]


def test_a_leftover_that_names_a_subject_once_joins_it_by_a_phrase_of_its_title() -> None:
    """One mention in passing is not enough; a phrase of the title that two papers of the theme hold is."""
    titles = {
        "a": "Multi-objective ranking of jobs",
        "b": "Multi-task ranking of meals: unified transformer ranking",
        "c": "Multi-objective ranking for a feed",
        "x": "Unified transformer ranking for clicks",
        "y": "A library for clicks",
    }
    texts = {k: f"{t}. Multi-task, multi-objective." for k, t in titles.items()} | {
        "a": f"{titles['a']}. We apply unified transformer ranking to multi-objective work.",
        "x": f"{titles['x']}. Multi-task models keep towers.",
        "y": f"{titles['y']}. It helps multi-task models.",
    }
    found = themes.group(texts, titles, dict.fromkeys(texts, 3.0), {}, 40)
    assert [(g.name, set(g.members)) for g in found] == [
        ("Multi-Task and Multi-Objective Ranking", set("abcx")), ("", {"y"}),
    ]  # fmt: skip


def test_subjects_are_written_in_british_spelling() -> None:
    assert not [name for name, _ in phrases.SUBJECTS if "Behavior" in name or "Modeling" in name]
    assert phrases.fold("Long User Behaviour Sequences") == phrases.fold("Long User Behavior Sequences")
