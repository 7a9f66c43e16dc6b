"""How a work works, in a slice of its own abstract: short, without praise, and nothing when the text does not say it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from digester.editors import mechanism
from digester.ports import Brief

Make = Callable[..., Brief]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("We propose SIDLoom, a novel and efficient ranker that reads whole histories.", "a ranker that reads whole histories"),
        ("We present SIDLoom (Semantic Item Loom), an encoder of clips with two levels of codes.", "an encoder of clips with two levels of codes"),
        ("SIDLoom predicts the whole win curve with a monotone network; tests follow.", "which predicts the whole win curve with a monotone network"),
        ("SIDLoom, which builds a graph of codes, improves CTR by 2%.", "which builds a graph of codes"),
        ("SIDLoom keeps the state of histories between requests, appends new events and shares it among all candidates of one long request for every surface.", "which keeps the state of histories between requests"),
        ("SIDLoom improves CTR by 2% over the old ranker in all markets.", ""),
        ("We propose SIDLoom, a system for search deployed at Kestrelo since May.", "a system for search"),
        ("We introduce a method.", ""),
        ("We propose a way to train this model as our users wish it to be.", ""),
    ],
)  # fmt: skip
def test_what_is_proposed_or_what_the_system_does_is_told_in_its_words(make: Make, text: str, told: str) -> None:
    brief = make(title="SIDLoom: Retrieval", text=text, orgs=["Kestrelo"])
    assert mechanism.of(brief) == told


def test_a_long_description_ends_at_a_boundary_and_has_at_most_eighteen_words(make: Make) -> None:
    text = f"We propose SIDLoom, a ranker of clips with codes for {'many ' * 20}goods, which learns."
    told = mechanism.of(make(title="SIDLoom: Retrieval", text=text))
    assert told == "a ranker of clips with codes"


def test_the_article_fits_an_abbreviation_once_the_praise_is_gone(make: Make) -> None:
    text = "We propose TalkLoom, a novel LLM-based framework for the exchange of views."
    assert mechanism.of(make(title="TalkLoom: Views", text=text)).startswith("an LLM-based framework")
