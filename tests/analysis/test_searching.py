"""Searching at less cost finds the same: the words without which a pattern is not tried stand in all that it matches."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import pytest

from digester.analysis import evidence, promotion
from digester.analysis.rating_features import EVERYWHERE, NEEDS, OF_ABSTRACT
from digester.analysis.searching import LONGEST, any_of, has, remembered

GAP = "\0"  # what is not known to be there


def without(pattern: str, words: Iterable[str]) -> set[str]:
    """Ends of texts that the pattern could match although none of the words stands in them: none, when all need one."""
    return _without(parser.parse(pattern, re.IGNORECASE), {""}, tuple(words))


def _without(parts: Sequence[Any], texts: set[str], words: Sequence[str]) -> set[str]:
    for op, value in parts:
        name = str(op)
        if name == "LITERAL":
            texts = {t + chr(value).lower() for t in texts}
        elif name == "BRANCH":
            texts = set().union(*(_without(branch, texts, words) for branch in value[1]))
        elif name == "SUBPATTERN":
            texts = _without(value[3], texts, words)
        elif name == "ATOMIC_GROUP":
            texts = _without(value, texts, words)
        elif name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            least, most, inner = value
            once = _without(inner, texts, words)
            texts = once | (set() if least else texts) | ({t + GAP for t in once} if most > 1 else set())
        elif name == "IN" and all(str(kind) == "LITERAL" for kind, _ in value):
            texts = {t + chr(c).lower() for t in texts for _, c in value}
        elif name not in ("AT", "ASSERT", "ASSERT_NOT"):
            texts = {t + GAP for t in texts}
        texts = {t[-30:] for t in texts if not any(w in t for w in words)}
    return texts


SEARCHES = {
    "addresses": (promotion._ADDRESSED, promotion._ADDRESSED_NEEDS),
    "hoped for": (evidence._HOPED, evidence._HOPED_NEEDS),
    "online": (evidence._ONLINE, evidence._ONLINE_NEEDS),
    "told online": (evidence._TOLD_ONLINE, evidence._TOLD_ONLINE_NEEDS),
    "deployed": (evidence._DEPLOYED, evidence._DEPLOYED_NEEDS),
    "deploying a name": (evidence._DEPLOYING_NAME, evidence._DEPLOYED_NEEDS),
    "simulated": (evidence._SIMULATED, evidence._SIMULATED_NEEDS),
    "simulation is the evidence": (evidence._SIMULATION_IS_THE_EVIDENCE, evidence._SIMULATED_NEEDS),
    **{name: ({**EVERYWHERE, **OF_ABSTRACT}[name], words) for name, words in NEEDS.items()},
}


@pytest.mark.parametrize("name", SEARCHES)
def test_a_pattern_is_not_tried_only_where_it_cannot_match(name: str) -> None:
    rx, words = SEARCHES[name]
    assert without(rx.pattern, words) == set()
    assert all(w == w.lower() for w in words)


def test_what_is_proved_here_can_fail() -> None:
    assert without(r"\bserving costs?|\bstor(?:age|ed)", ("serving cost", "storage")) == {"stored"}
    assert without(r"(?:live )?tests?", ("live",))
    assert without(r"[a-z]eploy", ("deploy",))
    assert without(r"(?:a|deploy)x", ("deploy",))


def test_words_are_seen_as_patterns_see_them() -> None:
    """Every character that a letter matches in any case counts as that letter."""
    for letter in "abcdefghijklmnopqrstuvwxyz":
        rx = re.compile(letter, re.IGNORECASE)
        alike = [c for c in map(chr, range(0x110000)) if rx.match(c)]
        assert len(alike) >= 2
        assert all(has(f"x{c}x", [f"x{letter}x"]) for c in alike), letter


def test_alternatives_keep_their_order_and_places() -> None:
    parts = (r"\bab\b|\babc\b|c[|)]?|^x|\bx(?:y|z)|\bXY+|\ba?ba|\b(?:q|r)\|", r"\bba|上线")
    plain, made = re.compile("|".join(parts), re.IGNORECASE), any_of(*parts)
    for text in ("ab abc c|c) xy, XZ q| r|ba 上线 aba", "abcabc ab-abc", "", "c", "axy ba", "xyy XYY ſab", "ABC xz"):
        assert [m.span() for m in made.finditer(text)] == [m.span() for m in plain.finditer(text)]
    assert any_of(r"[]|)]|\bb").findall("]b|") == ["]", "b", "|"]


def test_what_is_remembered_is_asked_once_and_never_at_length() -> None:
    asked: list[str] = []

    @remembered
    def length(text: str) -> int:
        asked.append(text)
        return len(text)

    long = "x" * (LONGEST + 1)
    assert [length(t) for t in ("ab", long, "ab", long)] == [2, LONGEST + 1] * 2
    assert asked == ["ab", long, long]
