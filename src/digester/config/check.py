"""Every problem of a configuration, each with its line: shapes by pydantic, meaning by hand."""

from __future__ import annotations

import difflib
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from datetime import date
from typing import Any

from digester.config import channels, kinds, llm_checks, yamlfile
from digester.config.settings import (
    Bridges,
    IssueSettings,
    Llm,
    Net,
    Registries,
    Settings,
    SiteSettings,
    SourceLine,
    Workspace,
)
from digester.config.yamlfile import Path
from digester.domain.errors import Problem
from digester.domain.issue import IssueKind
from digester.domain.site import TITLE, Site
from digester.domain.sources import Source
from digester.domain.urls import bridge_of, http_url

_USER = re.compile(r"[a-zA-Z+.-]{0,30}:?[/\\]{2}[^/\\?#]*@")
LONGEST_PHRASE = 80  # characters
ID = r"[A-Za-z0-9._-]+"
EVIDENCE = r"recorded|unverified|cited\(\S.*, ?[0-9]{4}-[0-9]{2}-[0-9]{2}\)"
AUTHORITY = r"[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?){0,9}"  # RFC 4151: DNSname


TOP = ("version", "workspace", "net", "bridges", "llm", "site", "sources", "topics", "issues", "channels", "recipients")


class Check:
    """Collects problems; every `_x` returns a usable default when something is wrong."""

    def __init__(self, file: yamlfile.YamlFile, known: Registries, variables: Mapping[tuple[str, str], str]) -> None:
        self._file, self._known, self._variables = file, known, variables
        self.problems: list[Problem] = []

    def settings(self, value: Any) -> Settings:
        if not isinstance(value, dict):
            self.add((), "the file holds no keys; start from `digester init`")
            return Settings()
        for key in value:
            if key not in TOP:
                self.unknown((key,), key, TOP)
        if value.get("version", 1) != 1:
            self.add(("version",), "only version 1 is known")
        return Settings(
            self.typed(Workspace, value.get("workspace") or {}, ("workspace",)) or Workspace(),
            self._net(value.get("net") or {}),
            self._bridges(value.get("bridges") or {}),
            self._llm(value.get("llm") or {}),
            self._site(value.get("site") or {}),
            self._sources(value.get("sources")),
            self._issues(value.get("issues") or {}, self._topics(value.get("topics") or {}), tuple(_names(value))),
            channels.channels_of(value.get("channels"), self._known.channels, self._known.outputs, self),
            channels.recipients_of(value.get("recipients"), self),
        )

    def _net(self, value: Any) -> Net:
        net = self.typed(Net, value, ("net",))
        replay = _given(net, value, "replay")
        if isinstance(replay, str) and replay and not http_url(replay):
            self.add(("net", "replay"), "must be an http(s) address such as http://127.0.0.1:8000")
        self._no_user(replay, ("net", "replay"))
        for limit in ("deadline", "max_bytes", "hosts_in_flight"):
            if not 0 < _number(net, value, limit, 1) < math.inf:
                self.add(("net", limit), "must be above 0")
        return net or Net()

    def _bridges(self, value: Any) -> Bridges:
        bridges = self.typed(Bridges, value, ("bridges",))
        for name in Bridges.__dataclass_fields__:
            url = _given(bridges, value, name)
            if isinstance(url, str) and url and not http_url(url):
                self.add(("bridges", name), "must be an http(s) address such as https://rsshub.example")
            self._no_user(url, ("bridges", name))
        return bridges or Bridges()

    def _llm(self, value: Any) -> Llm:
        llm = self.typed(Llm, value, ("llm",))
        made = llm or Llm()
        for limit in ("in_flight", "deadline", "patience"):
            if not 0 < _number(llm, value, limit, 1) < math.inf:
                self.add(("llm", limit), "must be above 0")
        for cap in llm_checks.CAPS:
            if (
                (given := _given(llm, value, cap)) is not None
                and isinstance(given, int | float)
                and not 0 <= given < math.inf
            ):
                self.add(("llm", cap), "must be a number of at least 0, or left out")
        for path, message in llm_checks.problems(made):
            self.add(path, message)
        for i, provider in enumerate(made.providers):
            self._no_user(provider.base_url, ("llm", "providers", i, "base_url"))
        self._no_user(_given(llm, value, "base_url"), ("llm", "base_url"))
        return made

    def _site(self, value: Any) -> Site:
        site = self.typed(SiteSettings, value, ("site",)) or SiteSettings()
        if site.url and not http_url(site.url):
            self.add(("site", "url"), "must be an http(s) address such as https://digest.example")
        self._no_user(site.url, ("site", "url"))
        if not site.languages or len(set(site.languages)) < len(site.languages):
            self.add(("site", "languages"), "needs each language once, the one at the top first")
        if not re.fullmatch(AUTHORITY, site.authority):
            self.add(("site", "authority"), "must be a domain such as digest.example, in small letters")
        return Site(
            site.url.rstrip("/"), {**TITLE, **site.title}, site.languages or Site().languages, site.contact,
            site.authority, site.front_matter,
        )  # fmt: skip

    def _sources(self, value: Any) -> tuple[Source, ...]:
        if not isinstance(value, list) or not value:
            self.add(("sources",), "needs a list of at least one source")
            return ()
        found: list[Source] = []
        ids: set[str] = set()
        for i, line in enumerate(value):
            source = self._source(line, ("sources", i))
            name = line.get("id") if isinstance(line, dict) else None
            if isinstance(name, str) and name in ids:
                self.add(("sources", i, "id"), f"two sources are called {name!r}")
            ids |= {name} if isinstance(name, str) else set()
            found += [source] if source is not None else []
        return tuple(found)

    def _source(self, line: Any, path: Path) -> Source | None:
        if not isinstance(line, dict):
            self.add(path, "a source is a mapping with id, kind and its parameters")
            return None
        common = {k: v for k, v in line.items() if k in SourceLine.__dataclass_fields__}
        base, params = self.typed(SourceLine, common, path), self._params(line, path)
        name = _given(base, line, "id")
        if isinstance(name, str) and not re.fullmatch(ID, name):
            self.add((*path, "id"), "ids are made of letters, digits, '-', '_' and '.'")
        if not 0 < _number(base, line, "weight", 1) <= 10:
            self.add((*path, "weight"), "must be above 0 and at most 10")
        told = _given(base, line, "evidence")
        if isinstance(told, str) and not _is_evidence(told):
            self.add((*path, "evidence"), "must be recorded, unverified or cited(page, YYYY-MM-DD)")
        if base is None or params is None:
            return None
        return Source(base.id, base.kind, base.name or base.id, params, base.tags, base.weight, base.core,
                      base.enabled, base.language, base.evidence)  # fmt: skip

    def _params(self, line: Mapping[str, Any], path: Path) -> Any:
        """The parameters of the line's kind; checked also when a common key is wrong: all at once."""
        kind = line.get("kind")
        if not isinstance(kind, str):
            return None  # said by SourceLine
        if kind not in self._known.params:
            self.unknown((*path, "kind"), kind, tuple(self._known.params), "kind")
            return None
        rest = {k: v for k, v in line.items() if k not in SourceLine.__dataclass_fields__}
        params = self.typed(self._known.params[kind], rest, path)
        url = _given(params, rest, "url")
        if isinstance(url, str) and not http_url(url) and not bridge_of(url):
            self.add((*path, "url"), "must be an http(s) address")
        for key, value in rest.items():
            for one in value if isinstance(value, list) else [value]:
                self._no_user(one, (*path, key))
                if key == "mirrors" and isinstance(one, str) and not http_url(one) and not bridge_of(one):
                    self.add((*path, key), "must be http(s) addresses")
            if value == [] and params is not None:
                self.add((*path, key), "is an empty list: nothing would ever be asked")
        return params

    def _no_user(self, value: Any, path: Path) -> None:
        """Addresses with a user name or password are refused: they would be stored, logged and sent."""
        if isinstance(value, str) and _USER.match(value.lstrip()):
            self.add(path, "an address with a user name or password is not used; its value is not shown")

    def _topics(self, value: Any) -> kinds.Topics:
        if not isinstance(value, dict):
            self.add(("topics",), "is a mapping of topic names to lists of phrases")
            return {}
        found: dict[str, tuple[str, ...]] = {}
        for name, phrases in value.items():
            given = [phrases] if isinstance(phrases, str) else phrases
            if not isinstance(given, list) or not given or not all(isinstance(p, str) and p.strip() for p in given):
                self.add(("topics", str(name)), "is a list of phrases")
                continue
            if long := [p for p in given if len(p) > LONGEST_PHRASE]:
                self.add(("topics", str(name)), f"a phrase has at most {LONGEST_PHRASE} characters: {long[0][:40]!r}")
            found[str(name)] = tuple(p.strip() for p in given if len(p) <= LONGEST_PHRASE)
        return found

    def _issues(self, value: Any, topics: kinds.Topics, channels: Sequence[str] = ()) -> dict[str, IssueKind]:
        known = dict(self._known.issues)
        if not isinstance(value, dict):
            self.add(("issues",), "is a mapping of issue names to their settings")
            return known
        for slug, given in value.items():
            path = ("issues", str(slug))
            own = self.typed(IssueSettings, given or {}, path)
            if own is None:
                continue
            if slug not in known and not (own.title or own.cadence or own.rubric):
                self.unknown(path, str(slug), tuple(known), "issue")
                continue
            kind, wrong = kinds.kind_of(str(slug), own, known.get(slug), topics)
            for below, message in wrong:
                self.add((*path, *below), message)
            self._limits(kind or next(iter(known.values())), own, given or {}, path)
            if kind is not None:
                known[slug] = self._placed(kind, own, path)
            for i, name in enumerate(own.channels or ()):
                if name not in channels:
                    self.unknown((*path, "channels", i), name, tuple(channels), "channel")
        return known

    def _placed(self, kind: IssueKind, own: IssueSettings, path: Path) -> IssueKind:
        """The kind in a zone that exists, with outputs that are known."""
        for output in own.outputs or ():
            if output not in self._known.outputs:
                self.unknown((*path, "outputs"), output, tuple(self._known.outputs), "output")
        if own.timezone is not None and not _zone_exists(own.timezone):
            self.add((*path, "timezone"), f"{own.timezone!r} is not a time zone; try Europe/Berlin")
            return replace(kind, timezone="UTC")
        return kind

    def _limits(self, kind: IssueKind, own: IssueSettings | None, given: Any, path: Path) -> None:
        minimum = _number(own, given, "minimum", kind.minimum)
        maximum = _number(own, given, "maximum", kind.maximum)
        after = _number(own, given, "publish_after", 0)
        catch_up = _number(own, given, "catch_up", 1)
        least_of = (
            ("minimum", minimum, 0),
            ("maximum", maximum, 1),
            ("publish_after", after, 0),
            ("catch_up", catch_up, 1),
        )
        for limit, number, least in least_of:
            if number < least:
                self.add((*path, limit), f"must be at least {least}")
        if minimum > maximum >= 1:
            self.add((*path, "minimum"), f"{minimum:g} is above the maximum of {maximum:g}: no issue would appear")

    # ---------------------------------------------------------- findings
    def typed(self, cls: type, value: Any, path: Path) -> Any:
        """`value` as a dataclass of type `cls`, or None with its problems noted."""
        from pydantic import TypeAdapter, ValidationError

        try:
            return TypeAdapter(cls).validate_python(value)
        except ValidationError as err:
            for e in err.errors(include_url=False, include_input=False):
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
        """`sources[3].url`, with the source's id where it has one: people look for names."""
        text = ""
        for part in path:
            text += f"[{part}]" if isinstance(part, int) else f"{'.' if text else ''}{part}"
        return text


def _names(value: Mapping[str, Any]) -> list[str]:
    """The names of the channels, whatever else is wrong with them."""
    given = value.get("channels")
    return [str(name) for name in given] if isinstance(given, dict) else []


def _given(typed: Any, raw: Any, key: str) -> Any:
    """The value of `key`, also when another key of the mapping is wrong and there is no typed value: a user
    learns of all problems at once."""
    if typed is not None:
        return getattr(typed, key, None)
    return raw.get(key) if isinstance(raw, dict) else None


def _number(typed: Any, raw: Any, key: str, default: float) -> float:
    """The same for numbers; what is no number was said by the typed check."""
    value = _given(typed, raw, key)
    return value if isinstance(value, int | float) else default


def _is_evidence(text: str) -> bool:
    """Whether `text` says how an address is known; a citation names a page and a day that exists."""
    if not re.fullmatch(EVIDENCE, text):
        return False
    try:
        return not text.startswith("cited") or bool(date.fromisoformat(text[-11:-1]))
    except ValueError:
        return False


def _zone_exists(name: str) -> bool:
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True
