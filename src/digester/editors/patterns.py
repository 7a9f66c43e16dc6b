"""Pattern sentences: variants from a file whose slots are record fields and counts, nothing else.

Which variant is used follows from a hash of issue and place, so an issue composed twice reads the same
and neighbouring issues open differently.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress

from digester.domain.dates import ordinal
from digester.domain.errors import ConfigError, Problem
from digester.domain.ids import digest
from digester.domain.text import opened

MINIMUM = 6
_SLOT = re.compile(r"\{(\w+)\}")
_ONE = re.compile(r"\b1 (further |more |single |earlier )?(papers|stories|items|weeks)\b")
_SINGULAR = {"papers": "paper", "stories": "story", "items": "item", "weeks": "week"}
_ONE_BE = re.compile(r"\b([Hh]ere|[Tt]here) are 1(?= (?:\w+ )?(?:paper|story|item|week)\b)")
_ONE_VERB = re.compile(
    r"\b(1 (?:further |more |single )?(?:paper|story|item)) (have|are|go|share|stand|close|remain|treat|belong)\b"
)
_THIRD = {"have": "has", "are": "is", "go": "goes"}

# Slots a pattern may use; an unknown one is an error when the file is read, not when an issue is written.
SLOTS = frozenset([
    "published", "status", "missing", "in_scope", "period", "names", "carry", "online", "theme", "theme_l", "n",
    "total", "from", "to", "a", "b", "system", "quote", "at", "figures", "level", "level_c", "name", "seen",
    "first", "more", "also_have", "subject", "whose", "what", "evidence", "where", "weeks", "since", "back",
    "before", "about", "terms", "ratings", "phrase", "problem", "several", "report_v", "high", "sources", "dates",
    "event", "live", "tested", "costed", "figure_a", "figure_b", "days_a", "days_b", "measure",
])  # fmt: skip


class Patterns:
    """The variants of one language. Raises ConfigError for unknown slots or fewer than six variants."""

    def __init__(self, variants: Mapping[str, Sequence[str]], subject: str, language: str = "en") -> None:
        problems = [p for name, texts in variants.items() for p in _problems(name, texts)]
        if problems:
            raise ConfigError(tuple(problems), subject=subject, hint="see prompts/patterns.en.yaml as shipped")
        self._variants = {name: tuple(texts) for name, texts in variants.items()}
        self._english = language == "en"

    def fill(self, name: str, place: str, turn: int, /, **slots: object) -> str:
        """The variant of `name` for this issue (`place`), filled; the n-th use in an issue (`turn`) takes the
        n-th variant, so that none is read twice before all were. Issues of a kind take the variants in turn."""
        variants = self._variants[name]
        text = variants[(_start(name, place) + turn) % len(variants)]
        if not self._english:
            return text.format(**{k: str(v) for k, v in slots.items()})
        filled = text.format(**{k: _shown(v) for k, v in slots.items()})
        filled = _ONE.sub(lambda m: f"1 {m[1] or ''}{_SINGULAR[m[2]]}", filled)
        filled = _ONE_BE.sub(lambda m: f"{m[1]} is 1", filled)
        filled = _ONE_VERB.sub(lambda m: f"{m[1]} {_THIRD.get(m[2], m[2] + 's')}", filled)
        return opened(filled)


def _start(name: str, place: str) -> int:
    """The place of a period in the row of periods (days, weeks), so that neighbours differ; else a hash."""
    with suppress(ValueError):
        return ordinal(place)
    return int(digest(name, place, size=4), 16)


def _problems(name: str, texts: object) -> list[Problem]:
    if not isinstance(texts, list | tuple) or not all(isinstance(t, str) for t in texts):
        return [Problem(0, name, "is a list of sentences")]
    found = [] if len(texts) >= MINIMUM else [Problem(0, name, f"needs at least {MINIMUM} variants, has {len(texts)}")]
    unknown = sorted({s for t in texts for s in _SLOT.findall(t)} - SLOTS)
    return found + [Problem(0, name, f"unknown slot {{{s}}}") for s in unknown]


def _shown(value: object) -> str:
    return "none" if value == 0 and isinstance(value, int) else str(value)


def listed(names: Sequence[str], joint: str = "and") -> str:
    """`A`, `A and B`, `A, B and C`; a comma before the last where a name has an `and` of its own outside of quotation
    marks: `ads, and feeds and search`."""
    if len(names) < 2:
        return "".join(names)
    own = any(f" {joint} " in n for n in names if not n.startswith("\u201c"))
    return ", ".join(names[:-1]) + (f", {joint} " if own else f" {joint} ") + names[-1]


def lowered(theme: str) -> str:
    """A theme inside a sentence: `Generative Recommendation` -> `generative recommendation`; `LLM-Based`,
    `Semantic IDs` keep their capitals."""
    return " ".join(
        w
        if any(c.isupper() for c in w[1:].replace("-", "")) and not re.fullmatch(r"(?:[A-Z][a-z]+-)+[A-Z][a-z]+", w)
        else w.lower()
        for w in theme.split()
    )
