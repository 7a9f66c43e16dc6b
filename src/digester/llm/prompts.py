"""Prompts: Markdown files with a strict header, filled with named values; and the data they are about, delimited.

A header has exactly version, task, tier, variables, most, row, optional (styles: version, variables). An unknown key, a
variable that is not declared or not given raises. Units of data stand between markers that their text cannot foresee;
addresses (of mail, and of pages with https:// or www.) are left out of them, and what would begin like a marker cannot be one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from digester.domain.calls import Ask, Tier
from digester.domain.errors import ConfigError, Problem
from digester.domain.ids import digest
from digester.domain.text import plain
from digester.ports import Unit

TASKS = ("rate-recsys", "rate-ai", "read", "threads", "section", "weekly", "posts", "episode", "note", "headline",
         "rewrite", "translate", "pairs")  # fmt: skip
STYLES = ("style-en", "style-zh")
OVERHEAD = 2_000  # tokens of an answer around its rows: quotations, and what a model thinks before it answers
_KEYS = {"version", "task", "tier", "variables", "most", "row", "optional"}
_HEAD = re.compile(r"\A---\n(.*?)\n---\n(.*)\Z", re.DOTALL)
_VARIABLE = re.compile(r"\{\{(\w+)\}\}")
_HAN = r"\u3000-\u303f\u3400-\u9fff\uff00-\uffef"  # text without spaces: it stands right before and after an address
_ADDRESS = re.compile(
    rf"(?:(?![{_HAN}])[\w.+-]){{1,64}}@[\w-]{{1,63}}(?:\.(?:[a-z0-9-]{{1,63}}|[^\W_a-z0-9][\w-]{{0,62}})){{1,5}}"
    rf"|(?:https?:/{{2,9}}|(?<![a-z0-9.])www\.)(?:[^\s<>\"'{_HAN}]{{1,2000}}|[\w.-]{{1,300}}[^\s<>\"'{_HAN}]{{0,2000}})",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Prompt:
    """One file. `most` tokens a row at most; `mark` hashes everything in it."""

    task: str
    tier: Tier
    variables: tuple[str, ...]
    most: int
    row: Mapping[str, Any]
    optional: tuple[str, ...]
    body: str
    mark: str

    def filled(self, values: Mapping[str, str]) -> str:
        """The instructions; raises KeyError for a variable that is missing and ValueError for one that is unknown."""
        if unknown := set(values) - set(self.variables):
            raise ValueError(f"{self.task}: unknown variables {sorted(unknown)}")
        return _VARIABLE.sub(lambda m: values[m[1]], self.body)


class Prompts:
    """All prompts and styles, with one mark for all of them."""

    def __init__(self, found: Mapping[str, Prompt]) -> None:
        self._found = found
        self.mark = digest(*(p.mark for _, p in sorted(found.items())), size=4)

    def style(self, language: str) -> str:
        return self._found[f"style-{language}"].body.strip()

    def ask(
        self, task: str, units: Iterable[tuple[int, Unit]], values: Mapping[str, str], marker: Callable[[str], str],
        rows: int = 1,
    ) -> Ask:  # fmt: skip
        """A question about numbered units. `rows` is how many rows a unit may be answered with."""
        prompt, numbered = self._found[task], list(units)
        data = delimited(numbered, marker)
        most = OVERHEAD + prompt.most * max(1, len(numbered)) * rows
        return Ask(task, prompt.mark, prompt.tier, prompt.filled(values), data, prompt.row, prompt.optional, most)


def delimited(units: Sequence[tuple[int, Unit]], marker: Callable[[str], str]) -> str:
    """Units as data: `@mark n`, then `key: value` lines; the marker depends on all of the text."""
    told = [(n, [f"{key}: {sendable(value)}" for key, value in unit if value]) for n, unit in units]
    mark = marker("\n".join(line for n, unit in told for line in (str(n), *unit)))
    lines = [line for n, unit in told for line in (f"@{mark} {n}", *unit)]
    return "\n".join([*lines, f"@{mark} end"])


def sendable(text: str) -> str:
    """Text of a source as it is shown to a model: one line, no control characters, no addresses."""
    return _ADDRESS.sub("[address]", plain(text))


# --------------------------------------------------------------------- files
def load(texts: Mapping[str, tuple[str, str]]) -> Prompts:
    """Prompts from {name: (text, the file to name)}; raises ConfigError with everything that is wrong."""
    problems: list[Problem] = []
    found = {}
    for name, (text, subject) in texts.items():
        try:
            found[name] = parsed(name, text)
        except ValueError as err:
            problems.append(Problem(0, Path(subject).name, str(err)))
    if problems:
        raise ConfigError(tuple(problems), subject="prompts", hint="compare the files as shipped")
    return Prompts(found)


def parsed(name: str, text: str) -> Prompt:
    """One file; raises ValueError in words for people."""
    from digester.config import yamlfile

    m = _HEAD.match(text.replace("\r\n", "\n"))
    if not m:
        raise ValueError("does not begin with a header between two lines of ---")
    file = yamlfile.read(m[1])
    head = file.value
    if file.problems or not isinstance(head, dict):
        raise ValueError(f"the header is no mapping {'; '.join(str(p) for p in file.problems)}".strip())
    keys = {"version", "variables"} if name in STYLES else _KEYS
    told = [("missing", keys - set(head)), ("unknown", set(head) - keys)]
    if faults := [f"{what}: {', '.join(sorted(map(str, names)))}" for what, names in told if names]:
        raise ValueError(f"the header has exactly {', '.join(sorted(keys))}; {'; '.join(faults)}")
    lists = [head[k] or [] for k in ("variables", "optional") if k in keys]
    if not all(isinstance(x, list) and all(isinstance(name, str) for name in x) for x in lists):
        raise ValueError("variables and optional are lists of names")
    body, variables = m[2].strip(), tuple(head["variables"] or ())
    if wrong := set(_VARIABLE.findall(body)) ^ set(variables):
        raise ValueError(f"variables that are declared and used differ: {', '.join(sorted(wrong))}")
    mark = digest("prompt", name, text, size=6)
    if name in STYLES:
        return Prompt(name, "fast", variables, 0, {}, (), body, mark)
    _check(name, head, body)
    return Prompt(name, head["tier"], variables, head["most"], head["row"], tuple(head["optional"] or ()), body, mark)


def _check(name: str, head: Mapping[str, Any], body: str) -> None:
    row = head["row"]
    if head["task"] != name or not body.startswith(f"Task: {name}\n"):
        raise ValueError(f"task and first line of the body must be {name!r}")
    if head["tier"] not in ("fast", "strong"):
        raise ValueError("tier must be fast or strong")
    if type(head["most"]) is not int or not 0 < head["most"] <= 4_000:
        raise ValueError("most must be a number of tokens up to 4000")
    if (
        not isinstance(row, dict)
        or row.get("n") != {"type": "integer"}
        or not all(isinstance(p, dict) for p in row.values())
    ):
        raise ValueError("row must be a mapping of properties with n: {type: integer}")
    if set(head["optional"] or ()) - set(row):
        raise ValueError("optional names properties that the row has not")
