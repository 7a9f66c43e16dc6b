"""Lines put at the end of the list of sources: nothing else of the file changes, or the file is refused."""

from __future__ import annotations

import pytest

from digester import app
from digester.config import yamlfile
from digester.config.append import appended, line_of
from digester.domain.errors import ConfigError

NEW = {"id": "new", "kind": "rss", "name": "New: a blog, # really", "url": "https://new.example/feed?a=1#x", "tags": ["a b", "true"]}  # fmt: skip
LINE = "- " + line_of(NEW)
HEAD = "version: 1\nsources:\n"
ONE = "  - {id: a, kind: rss, url: 'https://a.example/'}"


def test_a_line_is_read_as_the_values_it_was_made_of() -> None:
    odd = {
        **NEW,
        "name": 'say "hi" \\ {x: [y]} & *z %',
        "tags": ["no", "1.5", "研究", "-", "null", ""],
        "enabled": False,
    }
    assert yamlfile.read("- " + line_of(odd)).value == [odd]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (HEAD + ONE + "\n", ""),
        (HEAD + ONE + "  # a note\n", "\n  # - {id: later}\n\n# end\nissues:\n  ai-daily: {maximum: 3}\n"),
        (HEAD + "- id: a\n  kind: rss\n  url: https://a.example/\n", "# comment\n\nnet: {contact: x}\n"),
        (HEAD + "  - id: a\n    kind: rss\n    tags:\n      - b\n      - c\n", "  # under it\n"),
        (HEAD + "    - id: a\n      name: |\n        Two\n        lines\n", "net: {}\n"),
        (HEAD + "  - {id: a,\n     kind: rss}\n", "net: {}\n"),
        ("\ufeff" + HEAD + ONE + "\n", "# \u2028# a line for YAML 1.1\nnet: {}\n"),
        ("# odd \u2028# and \x85# breaks\n" + HEAD + ONE + "\n", "# end\n"),
    ],
)
def test_everything_else_stays_byte_for_byte(before: str, after: str) -> None:
    result = appended(before + after, [NEW, {**NEW, "id": "newer"}])
    assert result.startswith(before)
    assert result.endswith(after)
    added = result[len(before) : len(result) - len(after)].splitlines()
    assert [a.strip() for a in added] == [LINE, LINE.replace("id: new,", "id: newer,")]


def test_a_file_without_a_last_line_end_gets_one_and_windows_line_ends_stay() -> None:
    assert appended(HEAD + ONE, [NEW]) == f"{HEAD}{ONE}\n  {LINE}\n"
    windows = (HEAD + ONE + "\n# end\n").replace("\n", "\r\n")
    assert appended(windows, [NEW]) == windows.replace("# end", f"  {LINE}\r\n# end")


def test_the_shipped_file_can_be_added_to() -> None:
    text = app.data_file(app.CONFIG).read_text("utf-8")
    result = appended(text, [NEW])
    assert result.replace(f"  {LINE}\n", "") == text
    assert yamlfile.read(result).value["sources"][-1] == NEW


@pytest.mark.parametrize(
    "text",
    ["version: 1\n", "sources: []\n", f"sources: [{ONE.strip()[2:]}]\n", "sources: nothing\n", "sources:\n",
     "{sources: [{id: a}]}\n", "- a\n", "sources:\n  -\n    id: a\n", HEAD + "  - &x {id: a}\n  - *x\n...\n---\nother: 1\n"],
)  # fmt: skip
def test_a_file_of_another_shape_is_refused_with_a_word(text: str) -> None:
    with pytest.raises(ConfigError) as refused:
        appended(text, [NEW])
    assert refused.value.problems
