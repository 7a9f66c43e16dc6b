"""Reads a Dockerfile and a .dockerignore as far as deploy/check.py and the tests need them.

Facts: the Dockerfile reference of Docker (line continuation, comments between continued lines, exec form as a JSON array)
and its page on the build context (patterns of filepath.Match and `**`, `!` takes back, the last match wins, what holds for
a folder holds for what is in it).
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Step:
    """One instruction: its word in capitals, what follows, and the number of the stage (-1 before the first FROM)."""

    word: str
    value: str
    stage: int

    def exec_form(self) -> list[str] | None:
        """The words of a JSON array, None for the shell form."""
        try:
            found = json.loads(self.value)
        except ValueError:
            return None
        return found if isinstance(found, list) else None


def steps(text: str) -> list[Step]:
    """The instructions of a Dockerfile."""
    lines = [line for line in text.splitlines() if not re.match(r"\s*(#|$)", line)]
    joined = re.sub(r"\\\n\s*", " ", "\n".join(lines))
    found, stage = [], -1
    for line in joined.splitlines():
        word, _, value = line.strip().partition(" ")
        stage += word.upper() == "FROM"
        found.append(Step(word.upper(), value.strip(), stage))
    return found


def pairs(value: str) -> dict[str, str]:
    """NAME=value pairs of ENV, LABEL and ARG; quotes are taken off, a name alone has no value."""
    found = re.findall(r'([\w.]+)(?:=("(?:[^"\\]|\\.)*"|\S*))?', value)
    return {name: text.strip('"') for name, text in found}


# ------------------------------------------------------------------- context
def ignored(patterns: str, path: str) -> bool:
    """Whether .dockerignore keeps a path (with slashes, relative) out of the build context."""
    out = False
    for line in patterns.splitlines():
        rule = line.strip()
        if rule and not rule.startswith("#") and _matches(rule.lstrip("!").strip("/"), path):
            out = not rule.startswith("!")
    return out


def _matches(pattern: str, path: str) -> bool:
    """A pattern holds for a path when it matches it or a folder above it."""
    parts = path.split("/")
    return any(_regex(pattern).fullmatch("/".join(parts[:n])) for n in range(1, len(parts) + 1))


def _regex(pattern: str) -> re.Pattern[str]:
    words = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    return re.compile("".join(words.get(p, re.escape(p)) for p in re.split(r"(\*\*/|\*\*|\*|\?)", pattern)))


def context(folder: Path, patterns: str) -> list[str]:
    """The files that a build may read, as relative paths."""
    tops = {rule[1:].strip("/").split("/")[0] for rule in patterns.splitlines() if rule.startswith("!")}
    files = [p for top in sorted(tops) for p in (sorted((folder / top).rglob("*")) or [folder / top])]
    names = [p.relative_to(folder).as_posix() for p in files if p.is_file()]
    return [name for name in names if not ignored(patterns, name)]
