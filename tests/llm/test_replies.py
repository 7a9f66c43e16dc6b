"""What is read from the text of a model, and what is not: form is forgiven, content never."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable
from time import process_time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digester.llm.replies import DEEPEST, GREATEST, LONGEST, Rows, rows_of

A, B = {"n": 1, "text": "a } ] , { [ \" \\ / 'b' <x>"}, {"n": 2, "text": "二 </think> ```", "parts": [{"k": []}, 1.5]}
TWO = json.dumps({"rows": [A, B]})


def read(text: str) -> list[dict[str, Any]]:
    return list(rows_of(text).rows)


def told(found: Rows) -> tuple[int, bool, str]:
    return len(found.rows), found.whole, found.wrong


# ------------------------------------------------------------------------ form
WRAPS = {  # @ is the answer
    "bare": "@",
    "mark": "\ufeff@",
    "space": "\n \t@\n\n",
    "fence": "```json\n@\n```",
    "plain fence": "```\n@\n```",
    "open fence": "```json\n@",
    "fence marked": "\ufeff```JSON\r\n@\r\n```\r\n",
    "prose": "Here are the rows, as you asked (see [1], [the note] and {this}):\n@\nThat's all.",
    "example": 'As {"rows": [...]} and {"rows": []}:\n@',
    "thought": '<think>First {"rows": [{"n": 9}]}, no.</think>\n@',
    "thoughts": "<think>a</think> <THINKING>[{}]</THINKING>\n@",
    "thought in prose": "Well. <think>[{</think> So:\n@",
    "end of a thought": "I don't know { yet.\n</think>\n@",
    "draft": 'Perhaps {"rows": [{"n": 9}]}? Rather:\n</think>\n@',
    "draft cut": 'Perhaps {"rows": [{"n": 9}, {"n"\n</think>\n@',
    "two ends": "a</think>b</think>@",
    "thought after": "@\n<think>That was it.</think>",
    "repeated": "@\n@",
}


@pytest.mark.parametrize("name", WRAPS)
def test_L06_rows_are_found_in_whatever_stands_around_them(name: str) -> None:
    assert rows_of(WRAPS[name].replace("@", TWO)) == Rows((A, B), True)


@pytest.mark.parametrize(
    "text",
    [
        json.dumps([A, B]),
        json.dumps({"rows": [A, B]}, indent=2),
        "{" + TWO,
        "{ " + TWO + "}",
        json.dumps({"note": {"n": 3, "rows": [{"n": 9}]}, "kind": "rows", "rows": [A, B], "more": [{"n": 4}]}),
        json.dumps({"note": "x"}) + TWO,
        TWO + json.dumps({"rows": [{"n": 3}]}),
        json.dumps({"rows": []}) + TWO,
        "[]" + TWO,
        '{"rows": [], "rows": ' + json.dumps([A, B]) + "}",
        '{"rows": ' + json.dumps([A, B]) + ', "rows": [{"n": 3}]}',
        '{"rows": [' + json.dumps(A) + ",\n" + json.dumps(B) + ",],}",
        '{"rows": [' + json.dumps(A)[:-1] + ", }," + json.dumps(B).replace("[]", "[],").replace("1.5]", "1.5,]") + "]}",
        '{"rows": [' + json.dumps(A) + json.dumps(B) + "]}",
        '{"rows": [' + json.dumps(A) + ",," + json.dumps(B) + "]}",
        '{"rows": [' + json.dumps(A) + "," + json.dumps(B) + "]",
        '{note: 1, "rows": ' + json.dumps([A, B]) + "}",
    ],
)  # fmt: skip
def test_L06_rows_are_found_in_other_forms(text: str) -> None:
    assert rows_of(text) == Rows((A, B), True)


@pytest.mark.parametrize("text", [json.dumps(A), f"```\n{json.dumps(A)}\n```", "{" + json.dumps(A) + "}"])
def test_L06_an_object_that_stands_alone_is_the_one_row(text: str) -> None:
    assert rows_of(text) == Rows((A,), True)


def test_L06_of_several_objects_without_rows_the_first_is_taken_and_the_answer_is_not_whole() -> None:
    assert told(rows_of('{"n": 1}\n{"n": 2}')) == (1, False, "1 row dropped")


@pytest.mark.parametrize("text", ['{"rows": []}', "[]", '{"rows": [ ], "note": "x"}', '{"rows": []} {"note": "none"}'])
def test_L06_no_rows_may_be_the_whole_answer(text: str) -> None:
    assert rows_of(text) == Rows((), True)


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        " \n",
        "\ufeff",
        "I cannot help with that.",
        "[1] and [two] and {three}",
        "{}",
        "```json\n```",
        "<think>",
    ],
)
def test_L06_where_there_are_no_rows_there_are_none(text: str | None) -> None:
    found = rows_of(text)
    assert (found.rows, found.whole) == ((), False) and found.wrong


@pytest.mark.parametrize(
    "text",
    [
        f"<think>{json.dumps(A)}",
        f"{TWO}</think>",
        f"{TWO}</think>\nSo there is nothing.",
        f"<think>{TWO}</think>",
        '{"rows": [{"n": 1}, </think>',
    ],
)
def test_L06_a_thought_is_no_answer(text: str) -> None:
    assert told(rows_of(text))[:2] == (0, False)


@pytest.mark.parametrize("text", ['{"rows": {"n": 1}}', '{"rows": null}', '{"rows": "none"}', '{"rows": {"rows": 1}}'])
def test_L06_what_is_called_rows_and_is_none_is_no_row_either(text: str) -> None:
    assert told(rows_of(text)) == (0, False, "1 row dropped")


# --------------------------------------------------------------------- content
def nested(depth: int) -> str:
    """A row of `depth` structures inside each other."""
    return '{"a":' + "[" * (depth - 1) + "]" * (depth - 1) + "}"


DROPPED = [
    '{"a": NaN}', '{"a": [Infinity]}', '{"a": -Infinity}', '{"a": {"b": [NaN]}}', '{"a": 1e999}', '{"a": -1e999}',
    '{"a": 1, "a": 2}', '{"a": 1, "a": 1}', '{"b": {"a": 1, "\\u0061": 1}}', '{"b": [{"a": 1, "a": 2}]}',
    f'{{"a": {GREATEST + 1}}}', f'{{"a": -{GREATEST + 1}}}', '{"a": ' + "9" * 5000 + "}", nested(DEEPEST + 1),
    nested(20_000), '{"a": "\\ud800"}', '{"a": "\ud800"}', '{"\\udfff": 1}', '{"a": ["x", {"b": "\\udc00\\ud800"}]}',
    "{'a': 1}", "{\"a\": 'b'}", "{'a': '}, {\"x\": 1}, {'}", '{"a": 1 /* }, {"x": 1}, { */}', '{"a": 1 // it\'s "x\n}',
    '{"a": 1 # {\n}', '{/* a */ "a": 1}', "{a: 1}", '{"a": .5}', '{"a": 01}', '{"a": +1}', '{"a": 0x1}', '{"a": True}',
    '{"a": "line\nline"}', '{"a": "\x00"}', '{"a": "\\x41"}', '{"a": "he said "yes" twice"}', '{"a": ,}', '{"a" 1}',
    '{"a": 1,, }', "{,}", '{{"a": 1}}', '{"a": {"b": 1} {"c": 1}}', "1", '"{}"', "null", "true", "[]", '[{"x": 1}]',
    '"a": {"x": 1}', "...", "row {\"x\": 1}",
]  # fmt: skip


@pytest.mark.parametrize("row", DROPPED)
def test_L06_a_row_that_is_not_plain_json_is_dropped_and_its_neighbours_stay(row: str) -> None:
    found = rows_of('{"rows": [' + f'{{"n": 1}}, {row}, {{"n": 2}}' + "]}")
    assert found == Rows(({"n": 1}, {"n": 2}), False, "1 row dropped")


@pytest.mark.parametrize(
    ("row", "value"),
    [
        ('{"a": 1e308}', 1e308),
        (f'{{"a": {GREATEST}}}', GREATEST),
        (f'{{"a": -{GREATEST}}}', -GREATEST),
        ('{"a": 1e-999}', 0.0),
        ('{"a": "\\ud83d\\ude00"}', "😀"),
        ('{"a": "\\u0000\\n"}', "\x00\n"),
        ('{"a": "// /* # \' NaN"}', "// /* # ' NaN"),
        (nested(DEEPEST), json.loads(nested(DEEPEST))["a"]),
        ('{"a": "x,}", }', "x,}"),
        ('{"a": {"rows": [{"b": 1}]}}', {"rows": [{"b": 1}]}),
    ],
)
def test_L06_a_value_comes_back_as_it_was_written(row: str, value: object) -> None:
    assert rows_of(f'{{"rows": [{row}]}}') == Rows(({"a": value},), True)


@pytest.mark.parametrize(
    "rest",
    ['{"x": 1, {"y": 2}]}', '{"x": [1}, {"y": 2}]}', '}, {"y": 2}]}', '{"x": "y}, {"y": 2}]}', '{"x": 1]}, {"y": 2}'],
)
def test_L06_where_brackets_cross_nothing_more_is_a_row(rest: str) -> None:
    assert told(rows_of('{"rows": [{"n": 1}, ' + rest))[:2] == (1, False)


def test_L06_an_answer_that_is_too_long_is_refused_as_a_whole() -> None:
    longest = TWO + " " * (LONGEST - len(TWO))
    assert rows_of(longest).whole
    assert told(rows_of(longest + " ")) == (0, False, "answer longer than 2,000,000 characters")


def test_L06_what_is_wrong_is_said_in_one_line_without_the_text() -> None:
    found = rows_of('{"rows": [{"secret": NaN}, {"secret": 1}, {\'secret\': 2}, {"secret"')
    assert told(found) == (1, False, "answer ends before its rows do; 2 rows dropped")


# ------------------------------------------------------------------ truncation
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-GREATEST, GREATEST) | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
    | st.sampled_from(['{"rows": [', "</think>", "<think>", "```", "}, {", "'", "//", "/*", "#", '"', "\\", ",}",
                        "[{}]"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)  # fmt: skip
ROWS = st.lists(st.dictionaries(st.sampled_from(["n", "text", "rows", "é"]), VALUES, max_size=3), max_size=4)
# What is cut inside a thought with rows, or after an example of an answer, looks like an answer itself.
CUT = [name for name in WRAPS if name not in ("draft", "draft cut", "example")]


@given(ROWS, st.sampled_from(CUT), st.sampled_from([None, 1]), st.booleans(), st.data())
def test_L06_every_prefix_gives_the_first_rows_and_no_others(
    rows: list[dict[str, Any]], name: str, indent: int | None, plain: bool, data: st.DataObject
) -> None:
    answer = json.dumps({"rows": rows}, indent=indent, ensure_ascii=plain)
    text = WRAPS[name].replace("@", answer)
    assert rows_of(text) == Rows(tuple(rows), True)
    cut = data.draw(st.integers(0, len(text)))
    found = read(text[:cut])
    assert found == rows[: len(found)]


@pytest.mark.parametrize("name", CUT)
@pytest.mark.parametrize("rows", [[A, B], [{"rows": [A]}, {}, B], []])
def test_L06_at_any_byte_the_complete_rows_come_back_and_the_answer_is_whole_at_its_bracket(
    name: str, rows: list[dict[str, Any]]
) -> None:
    answer = json.dumps({"rows": rows}, ensure_ascii=False)
    before, after = WRAPS[name].split("@", 1)
    start, data = len(before.encode()), (before + answer + after.replace("@", answer)).encode()
    ends = [len(json.dumps({"rows": rows[:n]}, ensure_ascii=False).encode()) - 2 for n in range(1, len(rows) + 1)]
    for cut in range(len(data) + 1):
        found = rows_of(data[:cut].decode(errors="replace"))
        complete = sum(cut - start >= end for end in ends)
        assert list(found.rows) == rows[:complete], data[:cut]
        assert found.whole is (cut - start >= len(answer.encode()) - 1), data[:cut]


@given(ROWS, st.data())
def test_L06_every_prefix_of_a_bare_array_gives_its_first_rows(rows: list[dict[str, Any]], data: st.DataObject) -> None:
    text = json.dumps(rows)
    found = read(text[: data.draw(st.integers(0, len(text)))])
    assert found == rows[: len(found)]


# ---------------------------------------------------------------- any text
PIECES = st.sampled_from(
    ['{"rows":', '{"rows":[', "[", "]", "{", "}", '"', "'", "\\", ",", ":", '{"a":1}', "<think>", "</think>", "//",
     "/*", "*/", "#", "\n", "```", "1", "NaN", "\ud800", "x", " "]
)  # fmt: skip


@given(st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=60))
def test_L06_any_text_is_read_and_what_it_gives_can_be_written(text: str) -> None:
    found = rows_of(text)
    assert found.whole is (not found.wrong)
    assert "\n" not in found.wrong and len(found.wrong) < 80
    for row in found.rows:
        json.dumps(row, ensure_ascii=False, allow_nan=False).encode()


# ---------------------------------------------------------------------- linear
MOST = 24  # of time for eight times the text: half-way between what is linear and what is quadratic
ENOUGH = 0.02  # seconds of a text that count as quick
TRIES = 5  # what is quadratic takes 64 times as long at every try, a busy machine does not slow five down
UNITS = [
    "{", "[", "}", "]", '"', "'", "\\", '\\"', " ", "a", "1", ",", "{ ", "[ ", '{"', '{"a":', '{"a":1}', '{"a":1},',
    '[{"a":1}', "[{",
    "[{]", "[1,", '["a",', '{"rows":[', '{"rows":[{"a":1},', '{"rows":[]}', '{"rows" ', '"rows" ', "{a", "{'a'",
    "<think>", "</think>",
    "<think></think>", "[{]</think>", '{"a":</think>', '{"rows":[{"a":"</think>', "/*", "/**", "//", "#", "{'a':'",
    '{"a":1,}', ", }",
    '{"a":"\\ud800"},', '{"a":NaN},', '{"a":99999999999999999999},', '{"a":[[[[[[[[[[[[[[]]]]]]]]]]]]]]},',
]  # fmt: skip


def took(reading: Callable[[str], object], text: str) -> float:
    """Seconds of processor time of the quickest of three readings; the first below ENOUGH is quick enough."""
    quickest = math.inf
    for _ in range(3):
        started = process_time()
        reading(text)
        quickest = min(quickest, process_time() - started)
        if quickest < ENOUGH:
            break
    return quickest


def is_linear(reading: Callable[[str], object], whole: str) -> bool:
    return any(
        took(reading, whole) <= max(ENOUGH, MOST * took(reading, whole[: len(whole) // 8])) for _ in range(TRIES)
    )


@pytest.mark.slow
@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("before", ["", '{"rows":[', '{"rows":[{"a":"'])
def test_L06_reading_is_linear(before: str, unit: str) -> None:
    assert is_linear(rows_of, before + unit * (200_000 // len(unit)))


def test_the_measure_of_linearity_finds_what_is_not() -> None:
    assert not is_linear(re.compile("9+x").findall, "9" * 24_000)
