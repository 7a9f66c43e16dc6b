"""What a configuration may hold: the keys of sources.yaml as values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from digester.domain.issue import IssueKind
from digester.domain.sources import Source

_FORBID = {"extra": "forbid"}


@dataclass(frozen=True)
class Workspace:
    """`database` an SQLAlchemy URL or a file below the workspace; `out` the folder for issues."""

    __pydantic_config__ = _FORBID
    database: str = "digester.db"
    out: str = "out"


@dataclass(frozen=True)
class Net:
    """`contact` is an address or URL of yours and stands in the user agent; `replay` an address that answers for the
    whole web (tests, the demo); `allow_private_hosts` of bridges in your own network; `deadline` seconds a request;
    `max_bytes` a body; `hosts_in_flight` asked at once."""

    __pydantic_config__ = _FORBID
    contact: str = ""
    replay: str | None = None
    allow_private_hosts: tuple[str, ...] = ()
    deadline: float = 30.0
    max_bytes: int = 20_000_000
    hosts_in_flight: int = 16


@dataclass(frozen=True)
class Bridges:
    """Servers that make feeds for sites without one: addresses of RSSHub, Nitter and WeWe-RSS instances."""

    __pydantic_config__ = _FORBID
    rsshub: str = ""
    nitter: str = ""
    wewe: str = ""


@dataclass(frozen=True)
class IssueSettings:
    """What a workspace may change about a shipped issue. `timezone` such as Europe/Berlin; `minimum` and `maximum`
    of picks; `outputs` written."""

    __pydantic_config__ = _FORBID
    timezone: str | None = None
    maximum: int | None = None
    minimum: int | None = None
    outputs: tuple[str, ...] | None = None


@dataclass(frozen=True)
class SourceLine:
    """What every source has. `id` is its own, of letters, digits, `-`, `_` and `.`; `kind` decides which other keys
    there are; `name` is printed; `tags` group; `weight` is how much it counts, above 0 and at most 10; `core` sources
    raise an alarm when they fail; `enabled: false` keeps a line for later; `language` of most entries. `evidence` is
    how the address is known: `recorded` (an answer of it is in the test data), `cited(page, date)` or `unverified`."""

    __pydantic_config__ = _FORBID
    id: str
    kind: str
    name: str = ""
    tags: tuple[str, ...] = ()
    weight: float = 1.0
    core: bool = False
    enabled: bool = True
    language: Literal["en", "zh"] = "en"
    evidence: str = "unverified"


@dataclass(frozen=True)
class Settings:
    workspace: Workspace = field(default_factory=Workspace)
    net: Net = field(default_factory=Net)
    bridges: Bridges = field(default_factory=Bridges)
    sources: tuple[Source, ...] = ()
    issues: Mapping[str, IssueKind] = field(default_factory=dict)


@dataclass(frozen=True)
class Registries:
    """What is known: source kinds by name (their Params types), issue kinds by slug, outputs by name."""

    params: Mapping[str, type]
    issues: Mapping[str, IssueKind]
    outputs: Sequence[str]
