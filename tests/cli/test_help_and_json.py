"""Every command: --help, --json, unknown options. I08 of the list of faults."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main
from tests.servers.newsroom import Desk, digester

from digester.cli import (  # noqa: F401 - importing registers the commands
    demo,
    explain,
    lint,
    lists,
    site,
    sources_add,
    sources_check,
    sources_opml,
    steps,
    workspace,
)
from digester.cli._shell import app


def commands(group: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for name, command in sorted(group.commands.items()):
        yield (*path, name)
        if hasattr(command, "commands"):
            yield from commands(command, (*path, name))


EVERY = list(commands(typer.main.get_command(app)))


@pytest.mark.parametrize("path", EVERY, ids=" ".join)
def test_I08_help_exits_0_and_an_unknown_option_2(path: tuple[str, ...]) -> None:
    done = digester(*path, "--help")
    assert done.code == 0
    assert f"digester {' '.join(path)}" in done.out
    assert "--help" in done.out
    assert done.err == ""
    wrong = digester(*path, "--no-such-option")
    assert wrong.code == 2
    assert "no-such-option" in wrong.err
    assert wrong.out == ""


def test_I08_the_reference_holds_the_help_of_every_command() -> None:
    """What `docs/generate.py --check` compares (in `make docs`), without a process a command."""
    reference = (Path(__file__).parents[2] / "docs/cli.md").read_text("utf-8")
    for path in EVERY:
        own = reference.partition(f"\n## digester {' '.join(path)}\n")[2].partition("\n## ")[0]
        told = digester(*path, "--help", env={"COLUMNS": "100", "NO_COLOR": "1", "TERM": "dumb"}).out
        assert told.strip().partition("\n")[2] in own, path


ON_DATE = ("--date", "2026-06-20")


@pytest.mark.parametrize(
    "words",
    [("status",), ("doctor",), ("config", "show"), ("sources", "list"), ("sources", "kinds"), ("sources", "try", "trending"),
     ("sources", "check", "trending"), ("sources", "add", "https://dead.example/feed.xml"),
     ("items", "list", *ON_DATE), ("items", "list", "--issue", "rec-weekly", "--date", "2026-W25"), ("issues", "list"),
     ("issues", "show", "ai-daily", *ON_DATE), ("schema",), ("schema", "sources"), ("run", "ai-daily", *ON_DATE), ("regenerate", "ai-daily", *ON_DATE),
     ("regenerate", "rec-weekly", "--date", "2026-W25", "--render"), ("compose", "ai-daily", *ON_DATE), ("publish", "ai-daily", *ON_DATE),
     ("screen", "ai-daily", *ON_DATE), ("enrich", "ai-daily", *ON_DATE), ("assess", "ai-daily", *ON_DATE), ("cluster", "ai-daily", *ON_DATE),
     ("collect", "trending")],
    ids=" ".join,
)  # fmt: skip
def test_I08_json_output_is_json_and_alone_on_stdout(made: Desk, words: tuple[str, ...]) -> None:
    done = digester(*made.words, "--json", *words)
    assert done.code == 0, done.said
    assert json.loads(done.out)
    assert done.err == ""


@pytest.mark.parametrize("words", [("issues", "list"), ("items", "list", *ON_DATE)], ids=" ".join)
def test_I08_json_of_nothing_is_an_empty_list(empty: Desk, words: tuple[str, ...]) -> None:
    assert empty.json(*words) == []


def test_I08_json_of_an_error_leaves_stdout_empty(empty: Desk) -> None:
    done = digester(*empty.words, "--json", "regenerate", "ai-daily")
    assert (done.code, done.out) == (4, "")


def test_I08_quiet_says_only_errors(made: Desk, tmp_path: Path) -> None:
    assert digester("-q", "init", str(tmp_path / "new")).err == ""
    assert "error:" in digester("-q", *made.words, "regenerate", "ai-daily", "--date", "2026-01-01").err


def test_init_writes_a_workspace_that_loads_and_overwrites_nothing(tmp_path: Path) -> None:
    done = digester("init", str(tmp_path))
    assert done.code == 0
    config = tmp_path / "sources.yaml"
    before = config.read_bytes()
    assert before.startswith(b"# yaml-language-server: $schema=sources.schema.json\n")
    assert json.loads((tmp_path / "sources.schema.json").read_text("utf-8")) == json.loads(
        digester("schema", "sources").out
    )
    assert digester("--config", str(config), "doctor").code == 0
    again = digester("init", str(tmp_path))
    assert again.code == 2
    assert "--force" in again.err
    assert config.read_bytes() == before
