"""The same text again: agencies' texts that several outlets print, and feeds that carry one entry twice.

Two texts are copies when nearly all runs of three words of the shorter stand in the longer, and their headlines name
the same things, amounts and turns: a template filled anew ("Tarn 4", "Tarn 5") is no copy.
"""

from __future__ import annotations

from dataclasses import dataclass

from digester.analysis.stories._editions import amounts, days, editions
from digester.analysis.stories._telling import headline, lead_of
from digester.analysis.stories._turns import turns
from digester.analysis.tokens import terms, words

LEAST = 6  # runs of three words, below which a text says too little to be recognised
HEADS = 0.6  # share of the terms of both headlines that both have


@dataclass(frozen=True)
class Print:
    """What is compared of one text."""

    head: frozenset[str]
    facts: frozenset[object]
    runs: frozenset[tuple[str, ...]]
    lead: bool


def fingerprint(title: str, text: str) -> Print:
    head = headline(title)
    found = _tokens(f"{head}. {lead_of(text)}")
    facts = frozenset(fact for read in (amounts, days, editions, turns) for fact, _ in read(head))
    return Print(
        frozenset(terms(head)), facts, frozenset(zip(found, found[1:], found[2:], strict=False)), bool(text.strip())
    )


def _tokens(text: str) -> list[str]:
    """Words as they stand; Han one by one."""
    found: list[str] = []
    for word, _, _ in words(text):
        found += list(word) if word[0] >= "\u3400" else [word]
    return found


def same_text(a: Print, b: Print, least: float) -> bool:
    """`least`: share of the shorter text's runs of three words that the longer one has."""
    short, long = sorted((a.runs, b.runs), key=len)
    if len(short) < LEAST or a.facts != b.facts or a.lead != b.lead:
        return False
    heads = len(a.head & b.head) >= HEADS * len(a.head | b.head)
    return heads and len(short & long) >= least * len(short)
