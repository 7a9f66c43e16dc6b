"""What is wrong with a configuration, each problem with its line and place; and values that may be read all the same."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any

from digester.config import yamlfile
from digester.config.settings import Registries, SourceLine
from digester.config.yamlfile import Path
from digester.domain.errors import Problem

_USER = re.compile(r"[a-zA-Z+.-]{0,30}:?[/\\]{2}[^/\\?#]*@")


class Findings:
    """Collects problems. `known` are the kinds that there are, `variables` those of the environment, by key."""

    def __init__(self, file: yamlfile.YamlFile, known: Registries, variables: Mapping[tuple[str, str], str]) -> None:
        self._file, self._known, self._variables = file, known, variables
        self.problems: list[Problem] = []

    def typed(self, cls: type, value: Any, path: Path) -> Any:
        """`value` as a dataclass of type `cls`, its problems noted: without the keys that are wrong, so that a user learns of
        all problems at once, or None where that is none."""
        from pydantic import TypeAdapter, ValidationError

        try:
            return TypeAdapter(cls).validate_python(value)
        except ValidationError as err:
            errors = err.errors(include_url=False, include_input=False)
            for e in errors:
                at = (*path, *e["loc"])
                if e["type"] in ("unexpected_keyword_argument", "extra_forbidden"):
                    self.unknown(at, str(e["loc"][-1]), self._keys(cls))
                else:
                    self.add(
                        at,
                        "a list is wanted: [one, two]"
                        if e["type"] == "tuple_type"
                        else e["msg"][0].lower() + e["msg"][1:],
                    )
        wrong = {e["loc"][0] for e in errors if e["loc"]}
        if not isinstance(value, dict) or not wrong & set(value):
            return None
        try:
            return TypeAdapter(cls).validate_python({k: v for k, v in value.items() if k not in wrong})
        except ValidationError:  # what is wrong is needed
            return None

    def _keys(self, cls: Any) -> tuple[str, ...]:
        own = tuple(f.name for f in fields(cls))
        return (*own, *SourceLine.__dataclass_fields__) if cls in self._known.params.values() else own

    def unknown(self, path: Path, name: str, known: Sequence[str], what: str = "key") -> None:
        near = difflib.get_close_matches(name, known, 1)
        hint = f"; did you mean {near[0]!r}?" if near else f"; known: {', '.join(sorted(set(known)))}"
        self.add(path, f"unknown {what} {name!r}{hint}")

    def add(self, path: Path, message: str) -> None:
        variable = self._variables.get((str(path[0]), str(path[1]))) if len(path) > 1 else None
        line, place = (0, variable) if variable else (self._file.line(path), self._place(path))
        self.problems.append(Problem(line, place, message))

    def _place(self, path: Path) -> str:
        """`sources[3].url`"""
        text = ""
        for part in path:
            text += f"[{part}]" if isinstance(part, int) else f"{'.' if text else ''}{part}"
        return text

    def no_user(self, value: Any, path: Path) -> None:
        """Addresses with a user name or password are refused: they would be stored, logged and sent."""
        if isinstance(value, str) and _USER.match(value.lstrip()):
            self.add(path, "an address with a user name or password is not used; its value is not shown")


def value_of(typed: Any, raw: Any, key: str) -> Any:
    """The value of `key`, also where a key that is needed is wrong and there is no typed value."""
    if typed is not None:
        return getattr(typed, key, None)
    return raw.get(key) if isinstance(raw, dict) else None


def number_of(typed: Any, raw: Any, key: str, default: float) -> float:
    """The same for numbers; what is no number was said by the typed check."""
    value = value_of(typed, raw, key)
    return value if isinstance(value, int | float) else default
