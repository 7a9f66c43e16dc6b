"""Every problem of a configuration, each with its line: shapes by pydantic, meaning by hand."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from digester.config import channels, kinds, llm_checks, sources
from digester.config.findings import Findings
from digester.config.settings import (
    Bridges,
    IssueSettings,
    Llm,
    Net,
    Settings,
    SiteSettings,
    Workspace,
)
from digester.config.yamlfile import Path
from digester.domain.issue import IssueKind
from digester.domain.site import TITLE, Site
from digester.domain.urls import http_url

LONGEST_PHRASE = 80  # characters
AUTHORITY = r"[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?){0,9}"  # RFC 4151: DNSname


TOP = ("version", "workspace", "net", "bridges", "llm", "site", "sources", "topics", "issues", "channels", "recipients")


class Check(Findings):
    """The settings of a file; every `_x` returns a usable default when something is wrong."""

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
            sources.sources_of(value.get("sources"), self._known.params, self),
            self._issues(value.get("issues") or {}, self._topics(value.get("topics") or {}), tuple(_names(value))),
            channels.channels_of(value.get("channels"), self._known.channels, self._known.outputs, self),
            channels.recipients_of(value.get("recipients"), self),
        )

    def _net(self, value: Any) -> Net:
        net: Net = self.typed(Net, value, ("net",)) or Net()
        if net.replay and not http_url(net.replay):
            self.add(("net", "replay"), "must be an http(s) address such as http://127.0.0.1:8000")
        self.no_user(net.replay, ("net", "replay"))
        for limit in ("deadline", "max_bytes", "hosts_in_flight"):
            if not 0 < getattr(net, limit) < math.inf:
                self.add(("net", limit), "must be above 0")
        return net

    def _bridges(self, value: Any) -> Bridges:
        bridges: Bridges = self.typed(Bridges, value, ("bridges",)) or Bridges()
        for name in Bridges.__dataclass_fields__:
            url = getattr(bridges, name)
            if url and not http_url(url):
                self.add(("bridges", name), "must be an http(s) address such as https://rsshub.example")
            self.no_user(url, ("bridges", name))
        return bridges

    def _llm(self, value: Any) -> Llm:
        made: Llm = self.typed(Llm, value, ("llm",)) or Llm()
        for limit in ("in_flight", "deadline", "patience"):
            if not 0 < getattr(made, limit) < math.inf:
                self.add(("llm", limit), "must be above 0")
        for cap in llm_checks.CAPS:
            if (given := getattr(made, cap)) is not None and not 0 <= given < math.inf:
                self.add(("llm", cap), "must be a number of at least 0, or left out")
        for path, message in llm_checks.problems(made):
            self.add(path, message)
        for i, provider in enumerate(made.providers):
            self.no_user(provider.base_url, ("llm", "providers", i, "base_url"))
        self.no_user(made.base_url, ("llm", "base_url"))
        return made

    def _site(self, value: Any) -> Site:
        site = self.typed(SiteSettings, value, ("site",)) or SiteSettings()
        if site.url and not http_url(site.url):
            self.add(("site", "url"), "must be an http(s) address such as https://digest.example")
        self.no_user(site.url, ("site", "url"))
        if not site.languages or len(set(site.languages)) < len(site.languages):
            self.add(("site", "languages"), "needs each language once, the one at the top first")
        if not re.fullmatch(AUTHORITY, site.authority):
            self.add(("site", "authority"), "must be a domain such as digest.example, in small letters")
        return Site(
            site.url.rstrip("/"), {**TITLE, **site.title}, site.languages or Site().languages, site.contact,
            site.authority, site.front_matter,
        )  # fmt: skip

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
            if own is None or any(
                key in (given or {}) and getattr(own, key) is None for key in ("title", "cadence", "rubric")
            ):
                continue  # what it is has been found wrong
            if slug not in known and not (own.title or own.cadence or own.rubric):
                self.unknown(path, str(slug), tuple(known), "issue")
                continue
            kind, wrong = kinds.kind_of(str(slug), own, known.get(slug), topics)
            for below, message in wrong:
                self.add((*path, *below), message)
            self._limits(kind or next(iter(known.values())), own, path)
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

    def _limits(self, kind: IssueKind, own: IssueSettings, path: Path) -> None:
        minimum = kind.minimum if own.minimum is None else own.minimum
        maximum = kind.maximum if own.maximum is None else own.maximum
        after = 0 if own.publish_after is None else own.publish_after
        catch_up = 1 if own.catch_up is None else own.catch_up
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


def _names(value: Mapping[str, Any]) -> list[str]:
    """The names of the channels, whatever else is wrong with them."""
    given = value.get("channels")
    return [str(name) for name in given] if isinstance(given, dict) else []


def _zone_exists(name: str) -> bool:
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True
