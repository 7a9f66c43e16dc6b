"""P21: every regular expression of the package takes time in proportion to its input, whatever the input is.

Compiled expressions are found in all modules, as globals and attributes of classes and in tuples, sets and dicts of
these; expressions that functions give to `re` are found in the source. Each is tried on many short texts of one piece
repeated, among them the words that the expression itself holds; the ones on which it is slowest are measured at up to
100,000 characters. Small sizes come first, so that a slow expression is given up and a quick one believed early. Time
is that of the thread, the best of several runs: what else the machine does does not count.
"""

from __future__ import annotations

import ast
import dataclasses
import importlib
import pkgutil
import re
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import digester

PROBE, SHORT, HALF = 1_000, 6_250, 50_000  # characters
FREE, ALLOWED = 0.002, 1e-5  # seconds of a whole text that count as none; of a character, above which any text is slow
RATIO = 2.5  # of the time of the whole to that of the half
CLEAR = 1.25  # of the half to eight short texts; what is quadratic and below that stays below RATIO for the whole
PLAIN = 4  # of the same, above which nothing longer need be measured; what is quadratic has 8
SLOWEST, RUNS = 2, 4
TRIES = 4  # of a measurement that looks bad: what is out of proportion is so each time, a busy machine is not
ENOUGH = 0.05  # seconds of one measurement that need no second
PIECES = (
    *" 1aA([{<\"',.-_/\\&$@:;\n=%?#!|~", "a@", "a.", "a ", "A ", "1,", "1.", "1 ", " -", ", ", ". ", "<a ", "<!", "</", "&#",
    "a-", "aB", "\u4e2d", "\u00e9", "\u2014", "\u0660", "\u00a0", "x@y.", "http://", "//", "arXiv:", "\\text{", "--", "..", "()", "[]", "{}", "%2",
    "1%", "$1", "1:", "A.", "A, ", "word ", "Word ", "W. Word, ", "1 of ", "+1.0% ",
)  # fmt: skip
Pattern = re.Pattern[Any]
Attack = tuple[str, str]  # what a text begins with, and what it repeats


def modules() -> Iterator[Any]:
    for found in pkgutil.walk_packages(digester.__path__, "digester."):
        if not found.name.endswith(("__main__", "migrations.env")):  # these run when they are loaded
            yield importlib.import_module(found.name)


def held(value: object, name: str) -> Iterator[tuple[str, Pattern]]:
    """Expressions in a value, at any depth of plain containers and dataclasses."""
    if isinstance(value, re.Pattern):
        yield name, value
    elif isinstance(value, (tuple, list, set, frozenset)):
        for one in value:
            yield from held(one, name)
    elif isinstance(value, dict):
        yield from held((*value, *value.values()), name)
    elif isinstance(value, type):
        if value.__module__.startswith("digester.") and name.startswith(f"{value.__module__}."):
            for attribute, one in vars(value).items():
                yield from held(one, f"{name}.{attribute}") if not isinstance(one, type) else ()
    elif dataclasses.is_dataclass(value):
        yield from held(tuple(getattr(value, f.name) for f in dataclasses.fields(value)), name)


def written() -> Iterator[tuple[str, Pattern]]:
    """String constants that functions give to `re`, by module."""
    root = Path(digester.__file__).parent
    for path in sorted(root.rglob("*.py")):
        name = ".".join(("digester", *path.relative_to(root).with_suffix("").parts))
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            match node:
                case ast.Call(
                    func=ast.Attribute(value=ast.Name("re"), attr=function), args=[ast.Constant(value=source), *_]
                ) if function not in ("escape", "compile"):
                    yield f"{name}: {source!r}", re.compile(source)


@cache
def expressions() -> dict[Pattern, str]:
    """Each expression with the first name under which it stands."""
    found: dict[Pattern, str] = {}
    for module in modules():
        for name, value in vars(module).items():
            for where, pattern in held(value, f"{module.__name__}.{name}"):
                found.setdefault(pattern, where)
    for where, pattern in written():
        found.setdefault(pattern, where)
    return found


def test_the_expressions_are_found() -> None:
    names = set(expressions().values())
    assert len(names) > 200
    assert {"digester.net.http._CHARSET", "digester.fulltext._marks._TABLE"} <= names
    assert any(n.startswith("digester.domain.text: ") for n in names)
    assert dict(held(({"a": [re.compile("x")]},), "n")) == {"n": re.compile("x")}


def seconds(pattern: Pattern, text: Any, runs: int = 1) -> float:
    def once() -> float:
        begun = time.thread_time()
        pattern.search(text)
        return time.thread_time() - begun

    best = once()
    for _ in range(min(runs, int(ENOUGH / max(best, 1e-9)) + 1) - 1):
        best = min(best, once())
    return best


def text_of(pattern: Pattern, attack: Attack, size: int) -> Any:
    """The attack at a size, with an end at which what seemed to go on does not end well."""
    head, piece = attack
    whole = (head + piece * (size // len(piece) + 1))[: size - 1] + "\x01"
    return whole.encode() if isinstance(pattern.pattern, bytes) else whole


def attacks(pattern: Pattern) -> Iterator[Attack]:
    yield from (("", piece) for piece in PIECES)
    yield from ((mark, letter) for mark in '([{<"' for letter in "aA1 ")
    source = pattern.pattern.decode("latin-1") if isinstance(pattern.pattern, bytes) else pattern.pattern
    for word in dict.fromkeys(re.findall(r"[^\W\d_]{2,}|[^\x00-\x7f]", re.sub(r"\\.", " ", source))):
        yield from (("", word), ("", f"{word} "), (f"{word} ", "A"), (word, "a"))


def faults(pattern: Pattern) -> Iterator[str]:
    """The texts that take far more time than in proportion, with the reason."""
    probes = {attack: seconds(pattern, text_of(pattern, attack, PROBE)) for attack in attacks(pattern)}
    for attack in sorted(probes, key=lambda a: -probes[a])[:SLOWEST]:
        if reason := _fault(pattern, attack):
            yield f"{attack[0]!r} and {attack[1]!r} again and again: {reason}"


def _fault(pattern: Pattern, attack: Attack) -> str:
    """Why an attack is none in proportion, "" when it is: from the shortest text on, the long ones only where those
    before them leave a doubt."""
    spent = 0.0
    for size in (PROBE, SHORT, HALF):
        before, spent = spent, seconds(pattern, text_of(pattern, attack, size), 2 if size == SHORT else 1)
        for _ in range(TRIES):
            if not ALLOWED * size < spent < 4 * ALLOWED * size:
                break
            spent = seconds(pattern, text_of(pattern, attack, size), 2)  # perhaps the machine's doing
        if spent > ALLOWED * size:
            return f"{size} characters take {spent:.2f} s"
    slope = spent / max(before * HALF / SHORT, 1e-9)
    if 2 * spent < FREE or slope < CLEAR:
        return ""
    if slope > PLAIN and spent > FREE * 10:
        return f"{HALF} characters take {slope:.0f} times what {SHORT} lead to expect"
    return _grows(pattern, attack)


def _grows(pattern: Pattern, attack: Attack) -> str:
    """How the time of the whole stands to that of its half, measured again, and better, where it looks bad."""
    half, whole, slope = text_of(pattern, attack, HALF), text_of(pattern, attack, 2 * HALF), 0.0
    for runs in (1, *[RUNS] * TRIES):
        slope = seconds(pattern, whole, runs) / max(seconds(pattern, half, runs), 1e-9)
        if slope <= RATIO:
            return ""
    return f"{2 * HALF} characters take {slope:.1f} times as long as {HALF}"


@pytest.mark.slow
def test_P21_every_expression_takes_time_in_proportion_to_its_text() -> None:
    found = [f"{where}: {what}" for p, where in expressions().items() for what in faults(p)]
    assert not found, "\n" + "\n".join(found)


@pytest.mark.parametrize(
    "source", [r"\s+$", r"<[^>]*>x", r"\w+@x", r"universit\w* of", r"\bon (?:[a-z]+ )+sets", r"\([A-Z]+[A-Z]+\)"]
)
def test_P21_an_expression_that_is_not_in_proportion_is_noticed(source: str) -> None:
    assert next(faults(re.compile(source)), None)


@pytest.mark.parametrize("source", [r"\s{1,9}$", r"<[^<>]*>x", r"(?<!\w)\w++@x", r"\A.*x"])
def test_P21_an_expression_in_proportion_is_let_pass(source: str) -> None:
    assert list(faults(re.compile(source))) == []
