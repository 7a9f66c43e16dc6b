"""Whole functions of `analysis` take time in proportion to a hostile text, not only the expressions that they use."""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Callable
from functools import partial

import pytest

from digester.analysis import (
    affiliations,
    claims,
    compression,
    developments,
    figures,
    grounding,
    houses,
    names,
    phrases,
    salience,
    stories,
    themes,
    threads,
    tokens,
    wording,
)
from digester.domain.model import Passage

PROBE, WHOLE = 3_000, 50_000  # characters
HALF = WHOLE if os.environ.get("PROVE") else WHOLE // 2  # `make prove` takes the long ones
RATIO, RUNS = 2.5, 3
TRIES = 4  # of a measurement that looks bad: what is out of proportion is so each time, a busy machine is not
SLOWEST, CLEAR = 3, 1.3
FREE, MOST = 0.05, 30.0  # seconds of the whole that count as none, and that no text may take
STATEMENT = (
    "Kestrelo reports that Ondaryl raised the click-through rate by 1.2% and cut latency by 30 ms in 2026. " * 20
)
PIECES = (
    "1 ", "1.", "1,", "1% ", "a", "A ", "a ", "Word ", "一", "百", "约3倍", "A. ", ". ", "-", "(", "\"", "...", "$1", "1-2 to ",
    "three hundred and ", "CTR by 1% and ", "rise of 2% in CTR, ", "Google and ", "at Alibaba, ", "such as ", "GPU ", "12 June 2026, ",
    "of 1.2%. It rises by 3% in GMV on Douyin. ", "阿里巴巴的", "not never no ", "A/B ", "However, ", "我们提出", " (Kest, 2019)",
)  # fmt: skip


def _of(text: str) -> Passage:
    return Passage("p", "arxiv:2606.90077", "full_text", text)


MODEL = salience.Model({"propose a": 0.5}, ((0, 0.5, -1.0, 1.0),), {"word": -1.0}, ((0, 0.5, 0.1, 0.2),))
FUNCTIONS: dict[str, Callable[[str], object]] = {
    "figures.read": figures.read,
    "claims.claims_of": lambda text: list(claims.claims_of([_of(text)])),
    "grounding.supported": lambda text: grounding.supported(STATEMENT[:2000], grounding.Ground((_of(text),))),
    "grounding.names": lambda text: grounding.names(STATEMENT[:2000], grounding.Ground((_of(text),))),
    "grounding.names of the text": lambda text: grounding.names(text, grounding.Ground((_of("Kestrelo"),))),
    "houses.find": lambda text: list(houses.find(text)),
    "wording.findings": partial(wording.findings, STATEMENT[:2000]),
    "names.in_text": lambda text: list(names.in_text([_of(text)])),
    "affiliations.organisations": affiliations.organisations,
    "developments.development": lambda text: developments.development(
        (), [text], developments.Told(frozenset(), (text,))
    ),
    "phrases.candidates": phrases.candidates,
    "themes.group": lambda text: themes.group(
        dict.fromkeys("abc", text), dict.fromkeys("abc", ""), dict.fromkeys("abc", 3.0), {}, 3
    ),
    "threads.move": lambda text: threads.move(
        [threads.Member(i, 4, i, f"{text[: len(text) // 2]} {i}", f"{text[len(text) // 2 :]} {i}", "a") for i in "ab"]
    ),
    "compression.cuts": compression.cuts,
    "salience.scores": lambda text: salience.scores([text[a:b] for a, b in tokens.sentences(text)], MODEL, text[:200]),
    "stories.grouped": lambda text: stories.grouped([(text, text), ("Kestrelo", STATEMENT)]),
    "stories.copies": lambda text: stories.copies({"a": (text, text), "b": (text, STATEMENT)}, "ab"),
}


def _seconds(function: Callable[[str], object], text: str, runs: int = 1) -> float:
    """Of processor time, of the quickest run, without the collector: it walks what all tests before have left, and comes in a
    long run only."""
    best = float("inf")
    gc.disable()
    try:
        for _ in range(runs):
            begun = time.thread_time()
            function(text)
            best = min(best, time.thread_time() - begun)
    finally:
        gc.enable()
    return best


def _text(piece: str, size: int) -> str:
    return (piece * (size // len(piece) + 1))[:size]


def _suspects(function: Callable[[str], object]) -> set[str]:
    """The pieces on which short texts take longest, and those whose time grows faster than they do."""
    probes = {p: (_seconds(function, _text(p, PROBE)), _seconds(function, _text(p, 4 * PROBE))) for p in PIECES}
    slowest = sorted(PIECES, key=lambda p: -probes[p][1])[:SLOWEST]
    return {*slowest, *(p for p, (few, many) in probes.items() if many > max(FREE / 10, 4 * CLEAR * few))}


def _fault(function: Callable[[str], object], piece: str, size: int = HALF) -> str:
    """Why a text of this piece is slow, "" when it is not; measured again, and better, where it looks bad."""
    half, whole, slope = _text(piece, size), _text(piece, 2 * size), 0.0
    for runs in (1, *[RUNS] * TRIES):
        first = _seconds(function, half, runs)
        if first > MOST:
            return f"{piece!r}: {first:.1f} s for {size} characters"
        long = _seconds(function, whole, runs)
        slope = long / max(first, 1e-9)
        if long < FREE or (slope <= RATIO and long <= MOST):
            return ""
    return f"{piece!r}: {long:.2f} s for {2 * size} characters, {slope:.1f} times those of {size}"


@pytest.mark.slow
@pytest.mark.parametrize("name", FUNCTIONS)
def test_P21_a_function_takes_time_in_proportion_to_a_hostile_text(name: str) -> None:
    found = [fault for piece in sorted(_suspects(FUNCTIONS[name])) if (fault := _fault(FUNCTIONS[name], piece))]
    assert not found, f"\n{name}: " + f"\n{name}: ".join(found)


def test_P21_a_function_that_is_not_in_proportion_is_noticed() -> None:
    assert _fault(lambda text: [text[:n] for n in range(0, len(text), 4)], "a", WHOLE)


@pytest.mark.slow
def test_P21_a_statement_full_of_one_number_against_a_text_full_of_it() -> None:
    def supported(text: str) -> object:
        return grounding.supported("1 a " * 125, grounding.Ground((_of(text),)))

    assert _fault(supported, "1 b ") == ""
