"""Lines at the end of the list of sources, with everything else of the file as it stands, byte for byte.

A YAML library that writes would lose comments and layout, so text is put in after the last source and the result
is read again: it must hold what was there and what came, and nothing else. Otherwise the file is not of a shape
that can be added to (a list in brackets, no list, an unusual indent), and that is said instead of guessed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from digester.config import yamlfile
from digester.domain.errors import ConfigError, Problem

_BARE = re.compile(r"[A-Za-z][A-Za-z0-9._-]{0,60}(?: [A-Za-z][A-Za-z0-9._-]{0,60}){0,9}", re.ASCII)
_NOT_TEXT = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})
_LINE = re.compile(r"[^\r\n\x85\u2028\u2029]*(?:\r\n|[\r\n\x85\u2028\u2029]|\Z)")  # line breaks as YAML 1.1 counts them


def line_of(values: Mapping[str, Any]) -> str:
    """A source as one line: `{id: a, kind: rss, tags: [b]}`; what YAML could read otherwise is quoted."""
    return "{" + ", ".join(f"{k}: {_value(v)}" for k, v in values.items()) + "}"


def _value(value: Any) -> str:
    if isinstance(value, str):
        bare = _BARE.fullmatch(value) and value.lower() not in _NOT_TEXT
        return value if bare else json.dumps(value, ensure_ascii=False)
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_value(v) for v in value) + "]"
    return json.dumps(value)


def appended(text: str, sources: Sequence[Mapping[str, Any]], subject: str = "sources.yaml", hint: str = "") -> str:
    """`text` with `sources` (JSON-like values) after the last one. Raises ConfigError, with `hint`, for a file that
    cannot be added to; `text` is the whole file with its own line ends."""
    try:
        return _appended(text, sources)
    except _Refused as err:
        raise ConfigError(err.problems, subject=subject, hint=hint) from None


class _Refused(Exception):
    def __init__(self, *problems: Problem) -> None:
        self.problems = problems


def _appended(text: str, sources: Sequence[Mapping[str, Any]]) -> str:
    lines = _LINE.findall(text)
    at, indent = _end(text, lines)
    end = "\r\n" if "\r\n" in text else "\n"
    new = [f"{indent}- {line_of(s)}{end}" for s in sources]
    before = "".join(lines[:at])
    result = before + ("" if before.endswith(("\n", "\r")) else end) + "".join(new) + "".join(lines[at:])
    old, now = yamlfile.read(text), yamlfile.read(result)
    wanted = {**old.value, "sources": [*old.value["sources"], *(_plain(s) for s in sources)]}
    if now.problems or now.value != wanted:
        raise _refused(at, "lines put after its last source would not be read as sources")
    return result


def _plain(source: Mapping[str, Any]) -> dict[str, Any]:
    return {k: list(v) if isinstance(v, tuple) else v for k, v in source.items()}


def _end(text: str, lines: Sequence[str]) -> tuple[int, str]:
    """How many lines stand before the end of the list, and the indent of its dashes."""
    file = yamlfile.read(text)
    if file.problems:
        raise _Refused(*file.problems)
    found = _sources_node(text)
    if found is None or not found.value:
        raise _refused(file.line(("sources",)), "there is no list of sources to add to")
    start = lines[found.value[-1].start_mark.line]
    dash = re.match(r"( {0,99})- ", start)
    if found.flow_style or dash is None:
        raise _refused(file.line(("sources",)), "only a list with a line `- ...` for each source is added to")
    mark = _last_leaf(found.value[-1]).end_mark
    return mark.line + (mark.column > 0), dash[1]


def _sources_node(text: str) -> Any:
    import yaml

    root: Any = yaml.compose(text.removeprefix("\ufeff"), Loader=yaml.SafeLoader)
    pairs = root.value if root is not None and root.id == "mapping" else ()
    return next((v for k, v in pairs if k.value == "sources" and v.id == "sequence"), None)


def _last_leaf(node: Any) -> Any:
    """The last value with an end of its own: a block ends only where the next thing begins."""
    while node.id != "scalar" and not node.flow_style and node.value:
        node = node.value[-1][1] if node.id == "mapping" else node.value[-1]
    return node


def _refused(line: int, message: str) -> _Refused:
    return _Refused(Problem(line, "sources", message))


def replaced(line: str, old: str, new: str) -> str | None:
    """`line` with the address `old`, quoted or not, replaced by `new` in quotes; None when it does not hold it."""
    pattern = rf"(?P<q>[\"']?){re.escape(old)}(?P=q)(?=[\s,}}]|$)"
    changed, times = re.subn(pattern, lambda _: json.dumps(new, ensure_ascii=False), line, count=1)
    return changed.strip() if times else None
