"""Tokens of a call: what the provider says when it can be true, else a cautious estimate."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from digester.domain.calls import Ask, Usage

LETTERS, OVERHEAD = 4, 16  # characters a token at least, of Latin text; tokens a message
SLACK = 2_000  # tokens beyond what was sent or asked for that a provider may still count (roles, reasoning)


def tokens(text: str) -> int:
    """About how many tokens a text has, rather too many: four Latin characters, or one of any other script."""
    wide = sum(c > "\u024f" for c in text)
    return (len(text) - wide + LETTERS - 1) // LETTERS + wide


def at_most(ask: Ask) -> Usage:
    """What a call may use: reserved before it is made."""
    return Usage(tokens(ask.system) + tokens(ask.data) + OVERHEAD, 0, ask.most, estimated=True)


def usage_of(ask: Ask, said: Any, text: str) -> Usage:
    """The tokens of a reply. A provider that says nothing, or what cannot be (none, negative, more than there are
    characters), is not believed."""
    sent, made = given(ask, said), _count(said, "completion_tokens")
    if sent and 0 < made <= max(ask.most, len(text.encode())) + SLACK:
        return Usage(sent, min(_cached(said), sent), made)
    return Usage(at_most(ask).input, 0, max(tokens(text), 1), estimated=True)


def given(ask: Ask, said: Any) -> int:
    """The tokens of the question; 0 when the provider says nothing, or what cannot be."""
    told = _count(said, "prompt_tokens")
    return told if 0 < told <= len((ask.system + ask.data).encode()) + SLACK else 0


def cost_of(said: Any) -> float | None:
    """What the call cost in US dollars, where the provider says it (OpenRouter's `usage.cost`)."""
    cost = said.get("cost") if isinstance(said, Mapping) else None
    return float(cost) if isinstance(cost, int | float) and not isinstance(cost, bool) and 0 <= cost < 1_000 else None


def _cached(said: Mapping[str, Any]) -> int:
    """OpenAI's and DeepSeek's names for input that was kept."""
    details = said.get("prompt_tokens_details")
    own = _count(details, "cached_tokens") if isinstance(details, Mapping) else 0
    return max(own, _count(said, "prompt_cache_hit_tokens"), 0)


def _count(said: Any, name: str) -> int:
    value = said.get(name) if isinstance(said, Mapping) else None
    return value if isinstance(value, int) and not isinstance(value, bool) else 0
