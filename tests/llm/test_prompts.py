"""Prompts: the files as shipped, their strict header, a workspace's own, and data between markers (L21, L22)."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from tests.servers.model import unfold

from digester import models
from digester.domain.errors import ConfigError
from digester.files import data_file
from digester.llm.ladder import schema
from digester.llm.ledger import marker_of
from digester.llm.prompts import OVERHEAD, STYLES, TASKS, Prompts, load

HEADLINE = data_file("prompts/headline.md").read_text("utf-8")
STYLE = data_file("prompts/style-en.md").read_text("utf-8")
KEY = b"a workspace's key"


def mark(text: str) -> str:
    return marker_of(KEY, text)


@pytest.fixture(scope="module")
def shipped() -> Prompts:
    return models.prompts()


# --------------------------------------------------------------- as shipped
@pytest.mark.parametrize("name", TASKS)
def test_every_shipped_prompt_asks(shipped: Prompts, name: str) -> None:
    values = {"style": "STYLE", "language": "English", "terms": "a = b"}
    (used,) = re.findall(r"^variables: \[(.*)\]$", data_file(f"prompts/{name}.md").read_text("utf-8"), re.MULTILINE)
    given_ = {k: values[k] for k in used.replace(" ", "").split(",") if k}
    ask = shipped.ask(name, [(1, [("title", "A"), ("text", "B")]), (2, [("text", "C")])], given_, mark)
    assert ask.system.startswith(f"Task: {name}\n")
    assert "{{" not in ask.system
    assert all(value in ask.system for value in given_.values())
    assert unfold(ask.data)[1] == {1: {"title": ["A"], "text": ["B"]}, 2: {"text": ["C"]}}
    assert ask.tier in ("fast", "strong")
    assert ask.most > OVERHEAD
    assert set(ask.optional) < set(ask.row)


@pytest.mark.parametrize("name", TASKS)
def test_every_shipped_prompt_shows_a_good_and_a_bad_example_and_the_form(name: str) -> None:
    body = data_file(f"prompts/{name}.md").read_text("utf-8").split("---\n", 2)[2]
    assert re.search(r"^Good\b", body, re.MULTILINE)
    assert re.search(r"^Bad\b", body, re.MULTILINE)
    assert "never an instruction" in body
    assert "json" in body.lower()  # DeepSeek demands the word where it is to answer in JSON
    shown = json.loads(re.search(r'^\{"rows": .*\}$', body, re.MULTILINE)[0])  # type: ignore[index]
    properties = schema(models.prompts().ask(name, [], dict.fromkeys(_variables(name), ""), mark))["properties"]
    assert all(set(row) <= set(properties["rows"]["items"]["properties"]) for row in shown["rows"])


def _variables(name: str) -> list[str]:
    return sorted(set(re.findall(r"\{\{(\w+)\}\}", data_file(f"prompts/{name}.md").read_text("utf-8"))))


@pytest.mark.parametrize("name", STYLES)
def test_every_style_is_text(shipped: Prompts, name: str) -> None:
    style = shipped.style(name.removeprefix("style-"))
    assert style.startswith(("Style", "风格", "文风"))
    assert style == style.strip()


def test_there_is_no_prompt_that_nobody_asks_with() -> None:
    assert {f.stem for f in data_file("prompts").glob("*.md")} == {*TASKS, *STYLES}


def test_more_units_and_rows_have_more_room(shipped: Prompts) -> None:
    def most(units: int, rows: int = 1) -> int:
        return shipped.ask("pairs", [(n, []) for n in range(units)], {}, mark, rows).most

    assert most(0) == most(1) == OVERHEAD + 12
    assert (most(5), most(5, 3)) == (OVERHEAD + 5 * 12, OVERHEAD + 15 * 12)


# ----------------------------------------------------------------- the header
def refused(old: str, new: str, name: str = "headline", text: str = HEADLINE) -> str:
    assert old in text
    with pytest.raises(ConfigError) as caught:
        load({name: (text.replace(old, new, 1), f"/somewhere/prompts/{name}.md")})
    (problem,) = caught.value.problems
    assert problem.where == f"{name}.md"
    return problem.message


@pytest.mark.parametrize("key", ["version", "task", "tier", "variables", "most", "optional"])
def test_each_key_of_a_header_is_needed(key: str) -> None:
    line = next(x for x in HEADLINE.splitlines() if x.startswith(f"{key}:"))
    assert f"missing: {key}" in refused(f"{line}\n", "")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("version: 1\n", "version: 1\nmodel: large\n", "unknown: model"),
        ("version: 1\n", "version: 1\nversion: 2\n", "stands twice"),
        ("---\n", "", "does not begin with a header"),
        ("\n---\n", "\n", "does not begin with a header"),
        ("version: 1", "version: [", "the header is no mapping"),
        (HEADLINE.split("---\n")[1], "- a\n- b\n", "the header is no mapping"),
        (HEADLINE.split("---\n")[1], "version: !!python/name:os.system\n", "the header is no mapping"),
        ("[style, language]", "[style]", "differ: language"),
        ("[style, language]", "[style, language, terms]", "differ: terms"),
        ("{{style}}", "", "differ: style"),
        ("{{style}}", "{{style}} {{voice}}", "differ: voice"),
        ("[style, language]", "5", "lists of names"),
        ("[style, language]", "style", "lists of names"),
        ("[style, language]", "[style, [language]]", "lists of names"),
        ("optional: []", "optional: 5", "lists of names"),
        ("task: headline", "task: section", "must be 'headline'"),
        ("Task: headline", "Task: section", "must be 'headline'"),
        ("Task: headline", "You write.\nTask: headline", "must be 'headline'"),
        ("tier: fast", "tier: best", "tier must be fast or strong"),
        ("tier: fast", "tier: [fast]", "tier must be fast or strong"),
        *(("most: 60", f"most: {n}", "most must be a number") for n in ("0", "-1", "4001", "many", "6.5", "true", "")),
        ("  n: {type: integer}\n", "", "row must be"),
        ("  n: {type: integer}", "  n: {type: number}", "row must be"),
        ("  text: {type: string}", "  text: string", "row must be"),
        ("optional: []", "optional: [more]", "properties that the row has not"),
    ],
)
def test_a_header_that_cannot_be_meant_is_named(old: str, new: str, told: str) -> None:
    assert told in refused(old, new)


def test_a_row_is_needed() -> None:
    assert "missing: row" in refused("row:\n  n: {type: integer}\n  text: {type: string}\n", "")
    assert "row must be" in refused("row:\n  n: {type: integer}\n  text: {type: string}\n", "row: [n]\n")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [("version: 1\n", "", "missing: version"), ("variables: []\n", "", "missing: variables"),
     ("variables: []", "variables: []\ntier: fast", "unknown: tier"), ("Style.", "Style {{x}}.", "differ: x")],
)  # fmt: skip
def test_a_style_has_a_header_of_its_own(old: str, new: str, told: str) -> None:
    assert told in refused(old, new, "style-en", STYLE)


def test_everything_that_is_wrong_is_said_at_once() -> None:
    broken = {n: ("no header", f"{n}.md") for n in ("read", "note", "pairs")}
    with pytest.raises(ConfigError) as caught:
        load(broken | {"headline": (HEADLINE, "headline.md")})
    assert [p.where for p in caught.value.problems] == ["read.md", "note.md", "pairs.md"]
    assert caught.value.exit_code == 5


# ------------------------------------------------------------------- filling
def test_values_are_filled_in_as_they_stand() -> None:
    made = load({"headline": (HEADLINE.replace("\n", "\r\n"), "headline.md")})
    ask = made.ask("headline", [], {"style": "{{language}} \\1 \\g<0> {style}", "language": "English"}, mark)
    assert "{{language}} \\1 \\g<0> {style}" in ask.system
    assert "in English." in ask.system


@pytest.mark.parametrize(
    ("values", "error"),
    [({}, KeyError), ({"style": "x"}, KeyError), ({"style": "x", "language": "y", "terms": "z"}, ValueError)],
)
def test_values_that_are_missing_or_unknown_are_errors(values: dict[str, str], error: type[Exception]) -> None:
    made = load({"headline": (HEADLINE, "headline.md")})
    with pytest.raises(error):
        made.ask("headline", [], values, mark)


# ------------------------------------------------------------------- overlay
def test_a_workspace_overlays_single_prompts(tmp_path: Path, shipped: Prompts) -> None:
    (tmp_path / "prompts").mkdir()
    own = tmp_path / "prompts" / "headline.md"
    own.write_text(HEADLINE.replace("\n\n{{style}}", "\n\nNever be funny.\n\n{{style}}"), "utf-8")
    made = models.prompts(tmp_path)
    values = {"style": "S", "language": "English"}
    mine, theirs = (p.ask("headline", [], values, mark) for p in (made, shipped))
    assert "Never be funny." in mine.system
    assert mine.version != theirs.version
    assert made.ask("pairs", [], {}, mark) == shipped.ask("pairs", [], {}, mark)
    assert made.mark != shipped.mark == models.prompts(tmp_path / "nothing").mark


@pytest.mark.parametrize("content", [b"", b"no header", b"\xff\xfe", b"x" * 2_000_000])
def test_a_broken_prompt_of_a_workspace_is_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "prompts").mkdir()
    (tmp_path / "prompts" / "read.md").write_bytes(content)
    with pytest.raises(ConfigError) as caught:
        models.prompts(tmp_path)
    assert "read.md" in f"{caught.value.subject} {caught.value}"
