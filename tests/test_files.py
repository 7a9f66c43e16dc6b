"""A workspace replaces what its file names; the rest stays as shipped, and what is wrong names the file."""

from __future__ import annotations

from pathlib import Path

import pytest

from digester.analysis.rating_weights import Weights, weights_of
from digester.domain.errors import ConfigError
from digester.files import in_force, words

WEIGHTS, PATTERNS = "prompts/weights/rating.json", "prompts/patterns.en.yaml"


def write(home: Path, name: str, text: str) -> Path:
    (home / name).parent.mkdir(parents=True, exist_ok=True)
    (home / name).write_text(text, "utf-8")
    return home


def read(home: Path | None) -> Weights:
    found = words(WEIGHTS, home)
    return weights_of(found.value, found.subject)


def test_a_workspace_changes_single_weights(tmp_path: Path) -> None:
    shipped = read(None)
    mine = read(write(tmp_path, WEIGHTS, '{"features": {"code": 2.5}, "levels": {"4": 0}}'))
    assert mine.points == {**shipped.points, "code": 2.5}
    assert (mine.base, mine.three, mine.four) == (shipped.base, shipped.three, 0.0)
    assert mine.mark != shipped.mark


@pytest.mark.parametrize("text", ["[]", "{", '{"base": "high"}', '{"levels": 3}', '{"code": 1}', ""])
def test_what_is_wrong_in_a_workspace_names_its_file(tmp_path: Path, text: str) -> None:
    with pytest.raises(ConfigError) as told:
        read(write(tmp_path, WEIGHTS, text))
    assert told.value.subject == str(tmp_path / WEIGHTS)


def test_patterns_are_replaced_by_name_and_unknown_ones_refused(tmp_path: Path) -> None:
    shipped = words(PATTERNS, tmp_path).value
    name = sorted(set(shipped) - {"version"})[0]
    mine = words(PATTERNS, write(tmp_path, PATTERNS, f"version: 1\n{name}: [one]\n"))
    assert mine.value == {**shipped, name: ["one"]}
    assert mine.subject == str(tmp_path / PATTERNS)
    with pytest.raises(ConfigError) as told:
        words(PATTERNS, write(tmp_path, PATTERNS, "nobody: [one]\n"))
    assert [p.where for p in told.value.problems] == ["nobody"]


def test_a_file_that_is_replaced_as_a_whole_is_the_workspace_s_own_when_it_is_there(tmp_path: Path) -> None:
    name = "prompts/weights/sentences.json"
    assert in_force(name, tmp_path) == in_force(name, None) != tmp_path / name
    write(tmp_path, name, "{}")
    assert in_force(name, tmp_path) == tmp_path / name
