"""Entries of `sources:` to values; what is wrong is told to the check, each with its path."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from digester.config.findings import Findings, number_of, value_of
from digester.config.settings import SourceLine
from digester.config.yamlfile import Path
from digester.domain.sources import Source
from digester.domain.urls import bridge_of, http_url

ID = r"[A-Za-z0-9._-]+"
EVIDENCE = r"recorded|unverified|cited\(\S.*, ?[0-9]{4}-[0-9]{2}-[0-9]{2}\)"


def sources_of(value: Any, known: Mapping[str, type], check: Findings) -> tuple[Source, ...]:
    if not isinstance(value, list) or not value:
        check.add(("sources",), "needs a list of at least one source")
        return ()
    found: list[Source] = []
    ids: set[str] = set()
    for i, line in enumerate(value):
        source = _source(line, ("sources", i), known, check)
        name = line.get("id") if isinstance(line, dict) else None
        if isinstance(name, str) and name in ids:
            check.add(("sources", i, "id"), f"two sources are called {name!r}")
        ids |= {name} if isinstance(name, str) else set()
        found += [source] if source is not None else []
    return tuple(found)


def _source(line: Any, path: Path, known: Mapping[str, type], check: Findings) -> Source | None:
    if not isinstance(line, dict):
        check.add(path, "a source is a mapping with id, kind and its parameters")
        return None
    common = {k: v for k, v in line.items() if k in SourceLine.__dataclass_fields__}
    base, params = check.typed(SourceLine, common, path), _params(line, path, known, check)
    name = value_of(base, line, "id")
    if isinstance(name, str) and not re.fullmatch(ID, name):
        check.add((*path, "id"), "ids are made of letters, digits, '-', '_' and '.'")
    if not 0 < number_of(base, line, "weight", 1) <= 10:
        check.add((*path, "weight"), "must be above 0 and at most 10")
    told = value_of(base, line, "evidence")
    if isinstance(told, str) and not _is_evidence(told):
        check.add((*path, "evidence"), "must be recorded, unverified or cited(page, YYYY-MM-DD)")
    if base is None or params is None:
        return None
    return Source(base.id, base.kind, base.name or base.id, params, base.tags, base.weight, base.core,
                  base.enabled, base.language, base.evidence)  # fmt: skip


def _params(line: Mapping[str, Any], path: Path, known: Mapping[str, type], check: Findings) -> Any:
    """The parameters of the line's kind; checked also when a common key is wrong: all at once."""
    kind = line.get("kind")
    if not isinstance(kind, str):
        return None  # said by SourceLine
    if kind not in known:
        check.unknown((*path, "kind"), kind, tuple(known), "kind")
        return None
    rest = {k: v for k, v in line.items() if k not in SourceLine.__dataclass_fields__}
    params = check.typed(known[kind], rest, path)
    url = value_of(params, rest, "url")
    if isinstance(url, str) and not http_url(url) and not bridge_of(url):
        check.add((*path, "url"), "must be an http(s) address")
    for key, value in rest.items():
        for one in value if isinstance(value, list) else [value]:
            check.no_user(one, (*path, key))
            if key == "mirrors" and isinstance(one, str) and not http_url(one) and not bridge_of(one):
                check.add((*path, key), "must be http(s) addresses")
        if value == [] and params is not None:
            check.add((*path, key), "is an empty list: nothing would ever be asked")
    return params


def _is_evidence(text: str) -> bool:
    """Whether `text` says how an address is known; a citation names a page and a day that exists."""
    if not re.fullmatch(EVIDENCE, text):
        return False
    try:
        return not text.startswith("cited") or bool(date.fromisoformat(text[-11:-1]))
    except ValueError:
        return False
