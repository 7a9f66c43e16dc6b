"""Text of a model to rows: tolerant of form, strict about content.

An answer should be `{"rows": [{...}, ...]}`. Thoughts, fences, prose and commas too many are read over and a
truncated answer gives its complete rows, because none of these changes what a row says. A row that is not JSON
(RFC 8259), that can be read in two ways or that our own output could not carry is dropped, never repaired.
"""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass, replace
from typing import Any

LONGEST = 2_000_000  # characters of an answer
DEEPEST = 12  # structures inside each other, the row counted
GREATEST = 10**18  # of integers: ids and counts are below; what reads JSON elsewhere has 64 bits

# Strings and comments are read over (JSON5, for rows that are dropped): a brace inside one opens nothing.
_TOKEN = re.compile(
    r"""(?P<rows>"rows"\s*+:\s*+\[)"""
    r"""|(?P<skip>"[^"\\]*+(?:\\.[^"\\]*+)*+"?|'[^'\\\n]*+(?:\\.[^'\\\n]*+)*+'?"""
    r"""|//[^\n]*+|\#[^\n]*+|/\*[^*]*+(?:\*(?!/)[^*]*+)*+(?:\*/)?)"""
    r"""|(?P<open>[\[{])|(?P<shut>[\]}])|(?P<comma>,)|(?P<over></think(?:ing)?>)""",
    re.DOTALL | re.IGNORECASE,
)
# Where JSON may begin in prose: {"a", {'a', {a:, {/* and [{, [], [1,. Braces and brackets of sentences are no such
# places, nor is the first of two braces. What decides stands at the place itself, so that a cut text is read alike.
_START = re.compile(
    r"""(?P<think><think(?:ing)?>)|(?P<over></think(?:ing)?>)"""
    r"""|(?P<object>\{(?=\s*+(?:["']|/[/*]|\w{1,80}+\s*+:)))"""
    r"""|(?P<array>\[(?=\s*+(?:[{\]]|(?:-?[0-9.]{1,40}+|"[^"\\]{0,80}+"|true|false|null)\s*+,)))""",
    re.IGNORECASE,
)
_OVER = re.compile(r"</think(?:ing)?>", re.IGNORECASE)
_BETWEEN = re.compile(r"[\s,]*+")
# Strings, and commas that no value stands before, stay; a last comma goes.
_KEPT_OR_LAST_COMMA = re.compile(r'("[^"\\]*+(?:\\.[^"\\]*+)*+"?|[\[{,]\s*+,)|,(?=\s*+[}\]])', re.DOTALL)
_CLOSING = {"{": "}", "[": "]"}


@dataclass(frozen=True)
class Rows:
    """Rows in the order of the answer; `whole` when their array was closed and none dropped, else `wrong` says why
    in a few words for people, without any of the text."""

    rows: tuple[dict[str, Any], ...]
    whole: bool
    wrong: str = ""


@dataclass(frozen=True)
class _Found:
    """One structure of the text: `listed` is an array of rows, `named` one under the key "rows"; reading goes on at
    `end`."""

    end: int
    rows: tuple[dict[str, Any], ...] = ()
    dropped: int = 0
    closed: bool = False
    listed: bool = False
    named: bool = False


@dataclass(frozen=True)
class _Span:
    """One item of an array or object: where it ends, how deep it goes. When it is not closed, reading goes on at
    `end`."""

    end: int
    depth: int
    closed: bool


class _Refused(ValueError):
    """JSON of a form that is read, with content that is not."""


def rows_of(text: str | None) -> Rows:
    """The rows of an answer: of the first array that has any, else an object that stands alone is the one row.

    Never raises. Text before a lone `</think>` was a thought; an answer cut inside it looks like an answer.
    """
    if not text or text.isspace():
        return Rows((), False, "empty answer")
    if len(text) > LONGEST:
        return Rows((), False, f"answer longer than {LONGEST:,} characters")
    found = _structures(text)
    if not found:
        return Rows((), False, "no rows in the answer")
    best = min(found, key=_rank)
    if not best.listed:  # of several objects any may be the answer
        best = replace(best, dropped=best.dropped + len(found) - 1)
    wrong = _wrong(best)
    return Rows(best.rows, not wrong, wrong)


def _rank(found: _Found) -> int:
    """Rows first; an empty array under the name before an object alone, which may be a remark; `[]` last."""
    if found.listed and found.rows:
        return 0
    if found.named:
        return 1
    return 2 if found.rows else 3 + found.closed


def _wrong(found: _Found) -> str:
    said = [] if found.closed else ["answer ends before its rows do"]
    if found.dropped:
        said.append(f"{found.dropped} row{'s' * (found.dropped != 1)} dropped")
    return "; ".join(said)


def _structures(text: str) -> list[_Found]:
    """All JSON of the text that no thought holds, in order."""
    found: list[_Found] = []
    at = 0
    while start := _START.search(text, at):
        if start.lastgroup == "think":
            over = _OVER.search(text, start.end())
            at = over.end() if over else len(text)
        elif start.lastgroup == "over":
            found.clear()
            at = start.end()
        else:
            read = _object(text, start.start()) if start.lastgroup == "object" else _array(text, start.end())
            found.append(read)
            at = read.end
    return found


def _object(text: str, start: int) -> _Found:
    """The rows under its key "rows", of the first array that has any, else the object as a row."""
    best, at = _Found(start), start + 1
    while token := _TOKEN.search(text, at):
        kind, at = token.lastgroup, token.end()
        if kind == "rows":
            array = _array(text, at)
            best, at = best if best.rows else replace(array, named=True), array.end
            if not array.closed:
                break
        elif kind == "open":
            span = _span(text, token.start())
            at = span.end
            if not span.closed:
                break
        elif kind == "over":
            at = token.start()
            break
        elif kind == "shut":
            if token[0] == "]":
                at = _lost(text, at)
                break
            return replace(best, end=at) if best.named else _alone(text, start, at)
    else:
        at = len(text)
    return replace(best, end=at)


def _alone(text: str, start: int, end: int) -> _Found:
    span = _span(text, start)
    row = _row(text[start:end]) if span.depth <= DEEPEST else None
    if row is None or "rows" in row:  # whose rows are no array
        return _Found(end, dropped=1, closed=True)
    return _Found(end, (row,), closed=True)


def _array(text: str, at: int) -> _Found:
    """The rows of an array whose bracket ends at `at`. Commas between them may be missing or too many."""
    rows: list[dict[str, Any]] = []
    dropped = 0
    while True:
        at = _past(text, at)
        if text.startswith("]", at):
            return _Found(at + 1, tuple(rows), dropped, closed=True, listed=True)
        span = _span(text, at)
        if not span.closed or span.end == at:  # the end of the text, or a brace that nothing opened
            return _Found(span.end, tuple(rows), dropped, listed=True)
        row = _row(text[at : span.end]) if span.depth <= DEEPEST else None
        if row is None:
            dropped += 1
        else:
            rows.append(row)
        at = span.end


def _past(text: str, at: int) -> int:
    between = _BETWEEN.match(text, at)
    return between.end() if between else at


def _span(text: str, start: int) -> _Span:
    """The item that begins at `start`: to the bracket that closes it, else to the next comma or closing bracket."""
    awaited: list[str] = []
    depth = 0
    for token in _TOKEN.finditer(text, start):
        kind, sign = token.lastgroup, token[0][-1]
        if kind == "over":
            return _Span(token.start(), depth, False)
        if kind in ("open", "rows"):
            awaited.append(_CLOSING[sign])
            depth = max(depth, len(awaited))
        elif kind in ("shut", "comma") and not awaited:
            return _Span(token.start(), depth, True)
        elif kind == "shut":
            if awaited.pop() != sign:
                return _Span(_lost(text, token.end()), depth, False)
            if not awaited and text[start] in _CLOSING:
                return _Span(token.end(), depth, True)
    return _Span(len(text), depth, False)


def _lost(text: str, at: int) -> int:
    """Where reading goes on when brackets cross: nobody can say what is a row, so after the thought or nowhere."""
    over = _OVER.search(text, at)
    return over.start() if over else len(text)


def _row(text: str) -> dict[str, Any] | None:
    """One object as strict JSON but for a last comma; None for what is none or is refused."""
    try:
        row = _decoded(text)
        json.dumps(row, ensure_ascii=False).encode()  # raises for lone surrogates, at any depth
    except ValueError:
        return None
    return row if isinstance(row, dict) else None


def _decoded(text: str) -> Any:
    try:
        return _DECODER.decode(text)
    except json.JSONDecodeError:
        return _DECODER.decode(_KEPT_OR_LAST_COMMA.sub(lambda m: m[1] or "", text))


def _integer(digits: str) -> int:
    if len(digits) > 20 or abs(value := int(digits)) > GREATEST:  # the length first: int() of a million digits is slow
        raise _Refused("integer too large")
    return value


def _float(digits: str) -> float:
    value = float(digits)
    if not math.isfinite(value):  # 1e999
        raise _Refused("number too large")
    return value


def _constant(name: str) -> Any:
    raise _Refused(f"{name} is not JSON")


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    row = dict(pairs)
    if len(row) != len(pairs):
        raise _Refused("a key stands twice")
    return row


_DECODER = json.JSONDecoder(object_pairs_hook=_pairs, parse_constant=_constant, parse_int=_integer, parse_float=_float)
