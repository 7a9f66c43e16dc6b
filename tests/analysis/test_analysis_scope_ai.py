"""The gate of AI news from sources that tell of everything: headlines and short texts, in both languages."""

from __future__ import annotations

import pytest

from digester.analysis.scope_ai import about_ai, of_maker, touches_ai

LONG = "The council met on Tuesday and spoke about roads, schools and the price of water. " * 12

INSIDE = {
    "named in the headline": ("Orrelune's AI lab opens in Eastmarle", ""),
    "a model by its name": ("Claude 19.1", ""),
    "a short text that says it twice": (
        "A better shop",
        "The shop now answers with a chatbot, a language model of its own.",
    ),
    "a short text that says it, with what belongs to it": (
        "A better shop",
        "The shop now answers with a chatbot and keeps its weights.",
    ),
    "a long text that says what it is about": (
        "Rooms",
        f"They trained a language model. {LONG} The GPU was rented. {LONG} The chatbot answers.",
    ),
    "a recommender": ("How our feed ranks", "We rebuilt the recommender of the home feed."),
    "中文": ("栎石开源端侧模型", "参数 2.6B。"),
    "西文与中文相连": ("Pellucet改用PyTorch训练", ""),
    "中文 AI": ("某公司用AI排班", ""),
}
OUTSIDE = {
    "a novel": ("Review of a novel by A. Marrow (1980)", ""),
    "sport": ("Rowers of Eastmarle win by a length", LONG),
    "letters inside words": ("Maintaining the Aisle of Taiga", "Said the captain."),
    "空": ("今年夏天的面包", "天气很热。"),
}
PASSING = {
    "in passing": ("The price of water", f"{LONG} One of them said artificial intelligence is dear. {LONG}"),
    "an agent that sells houses": ("The estate agent who sold the tower", LONG),
    "a product that has it, in an article on its founder": (
        "Who gets money",
        "She pitched an AI-powered claims service to three funds.",
    ),
    "twice, late": ("Rooms", f"{LONG} They trained a language model. {LONG} The GPU was rented."),
    "words that belong to it, and to much else": ("Pages", "The model reads tokens; training takes a week."),
    "a cursor on a screen": (
        "How to draw a line",
        "The cursor moves to the token. The cursor stops, and the cursor is drawn again.",
    ),
    "a model that poses": ("A model walks", "She is a model."),
}


@pytest.mark.parametrize("case", INSIDE)
def test_news_about_ai_are_inside(case: str) -> None:
    assert about_ai(*INSIDE[case], general=True).inside


@pytest.mark.parametrize("case", OUTSIDE)
def test_other_news_are_outside_and_say_so(case: str) -> None:
    found = about_ai(*OUTSIDE[case], general=True)
    assert not found.inside and found.reason == "not about AI", found


@pytest.mark.parametrize("case", PASSING)
def test_a_word_in_passing_is_enough_from_a_source_that_was_chosen_for_ai(case: str) -> None:
    assert about_ai(*PASSING[case]).inside and not about_ai(*PASSING[case], general=True).inside


POSTS = {
    "a word": ("Tinker with the models for an hour a day.", True),
    "a figure": ("Friday dinner peak held: p99 at 88 ms.", True),
    "a time of day": ("wow, look at 2:15", False),
    "a handle": ("ask @marrow77 about lunch", False),
    "a bare number": ("saw 14 herons on the way", False),
    "small talk": ("so happy today", False),
}


@pytest.mark.parametrize("case", POSTS)
def test_posts_have_a_word_or_a_figure(case: str) -> None:
    post, inside = POSTS[case]
    assert touches_ai(post).inside is inside


def test_the_words_that_decided_stand_where_they_are_said_to() -> None:
    found = about_ai("A chatbot at the till", "It sells bread.")
    assert [f"{'A chatbot at the till'}. It sells bread."[a:b] for a, b in found.spans] == ["chatbot"]


@pytest.mark.parametrize(
    ("url", "is_one"),
    [("https://www.anthropic.com/news/x", True), ("https://red.anthropic.com/2026/x", True), ("https://huggingface.co/blog/x", True),
     ("https://anthropic.com.example/x", False), ("https://notopenai.com/x", False), ("https://example.com/openai.com", False), ("", False)],
)  # fmt: skip
def test_a_maker_is_known_by_its_host(url: str, is_one: bool) -> None:
    assert of_maker(url) is is_one
