"""YAML text to plain values with line numbers, safely: no tags, no duplicate keys, bounded size.

Booleans are `true` and `false` only (YAML 1.2 core schema), so `language: no` stays text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from digester.domain.errors import Problem

MAX_BYTES = 1_000_000
MAX_NODES = 200_000
MAX_DEPTH = 20
_INT = re.compile(r"[-+]?(?:0|[1-9]\d{0,17})")
_FLOAT = re.compile(r"[-+]?\d{1,17}\.\d{1,17}(?:[eE][-+]?\d{1,3})?")
_NULL = frozenset({"", "~", "null"})

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class YamlFile:
    """The value, the line of each path in it, and what is wrong with the text."""

    value: Any
    lines: dict[Path, int]
    problems: tuple[Problem, ...]

    def line(self, path: Path) -> int:
        """The line of `path`, or of its nearest ancestor."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 0)


def read(text: str) -> YamlFile:
    """Never raises for what the text holds; all findings are in `problems`."""
    if len(text.encode("utf-8", "replace")) > MAX_BYTES:
        return YamlFile(None, {}, (Problem(0, "", f"file is larger than {MAX_BYTES} bytes"),))
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        node = yaml.compose(text.removeprefix("\ufeff"), Loader=loader)
    except yaml.MarkedYAMLError as err:
        mark = err.problem_mark or err.context_mark
        return YamlFile(
            None, {}, (Problem(mark.line + 1 if mark else 0, "", f"not YAML: {err.problem or err.context}"),)
        )
    except (yaml.YAMLError, RecursionError, ValueError) as err:
        return YamlFile(None, {}, (Problem(0, "", f"not YAML: {' '.join(str(err).split())[:200]}"),))
    walk = _Walk()
    value = walk.value(node, (), frozenset()) if node is not None else None
    return YamlFile(value, walk.lines, tuple(walk.problems))


class _Walk:
    """Node tree to values; counts nodes so that an anchor bomb stops early."""

    def __init__(self) -> None:
        self.lines: dict[Path, int] = {}
        self.problems: list[Problem] = []
        self._left, self._full = MAX_NODES, False

    def value(self, node: Any, path: Path, above: frozenset[int]) -> Any:
        self._left -= 1
        if self._left < 0 or len(path) > MAX_DEPTH:
            if not self._full:
                self.problems.append(Problem(_line(node), _name(path), "too deep or too many values"))
            self._full = True
            return None
        if id(node) in above:
            self.problems.append(Problem(_line(node), _name(path), "alias refers to itself"))
            return None
        self.lines.setdefault(path, _line(node))
        kind = node.id
        if not node.tag.startswith("tag:yaml.org,2002:") or "python" in node.tag:
            self.problems.append(Problem(_line(node), _name(path), f"tag {node.tag} is not allowed"))
            return None
        if kind == "mapping":
            return self._mapping(node, path, above | {id(node)})
        if kind == "sequence":
            return [self.value(child, (*path, i), above | {id(node)}) for i, child in enumerate(node.value)]
        return _scalar(node)

    def _mapping(self, node: Any, path: Path, above: frozenset[int]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key_node, child in node.value:
            key = str(key_node.value) if key_node.id == "scalar" else None
            if key is None or key == "<<":
                self.problems.append(
                    Problem(_line(key_node), _name(path), "keys are plain text; merge keys are not used")
                )
            elif key in found:
                self.problems.append(Problem(_line(key_node), _name((*path, key)), "key stands twice"))
            else:
                self.lines[(*path, key)] = _line(key_node)
                found[key] = self.value(child, (*path, key), above)
        return found


def _scalar(node: Any) -> Any:
    text = node.value
    if node.style:  # quoted or block: text as it stands
        return text
    if text in _NULL:
        return None
    if text in ("true", "false"):
        return text == "true"
    if _INT.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    return text


def _line(node: Any) -> int:
    return int(node.start_mark.line) + 1


def _name(path: Path) -> str:
    return ".".join(str(p) for p in path)
