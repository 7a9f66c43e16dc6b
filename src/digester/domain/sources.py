"""What is asked and what comes back: a line of sources.yaml, its state, requests, documents and what a kind parsed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from digester.domain.model import Batch, Entry


@dataclass(frozen=True)
class Source:
    """One line of sources.yaml. `params` is the checked parameter object of its kind."""

    id: str
    kind: str
    name: str
    params: Any
    tags: tuple[str, ...] = ()
    weight: float = 1.0
    core: bool = False
    enabled: bool = True
    language: str = "en"
    evidence: str = "unverified"


@dataclass(frozen=True)
class FetchState:
    """What we remember of a source between runs. `cursor` is opaque JSON that only the kind reads; `entries` counts
    those of the last documents that were parsed; `gone` is the address that answered 410."""

    source_id: str
    cursor: Mapping[str, Any] = field(default_factory=dict)
    checked_at: datetime | None = None
    succeeded_at: datetime | None = None
    failures: int = 0
    last_error: str | None = None
    next_check_at: datetime | None = None
    entries: int | None = None
    gone: str = ""
    moved_to: str | None = None
    moved_at: datetime | None = None


@dataclass(frozen=True)
class Validator:
    """What a conditional GET needs to know about one URL, and the fingerprint of what was parsed.

    `sighted` are the items that the page ranked: while it does not change they are seen again.
    """

    url: str
    etag: str | None = None
    last_modified: str | None = None
    fingerprint: str | None = None
    sighted: tuple[str, ...] = ()


@dataclass(frozen=True)
class Request:
    """A GET a kind asks for. `route` tells its own `parse` what the answer is.

    `otherwise` is asked instead, one after the other, when this one fails or cannot be parsed; `bearer` names the
    environment variable whose token is sent along.
    """

    route: str
    url: str
    accept: str = "*/*"
    page: bool = False  # a page for people: robots.txt applies; feeds and APIs are made for programs
    bearer: str = ""
    otherwise: tuple[Request, ...] = ()


@dataclass(frozen=True)
class Document:
    """Bytes that came back for a request. `url` is the address after redirects."""

    request: Request
    url: str
    media_type: str
    body: bytes
    fetched_at: datetime


@dataclass(frozen=True)
class Parsed:
    """A kind's reading of one document. `notes` name what was skipped and why; `ttl` (seconds) and `skip_hours`
    (0-23, GMT) say when the source wants to be left alone."""

    entries: tuple[Entry, ...] = ()
    batches: tuple[Batch, ...] = ()
    next_requests: tuple[Request, ...] = ()
    cursor: Mapping[str, Any] | None = None
    notes: tuple[str, ...] = ()
    ttl: float | None = None
    skip_hours: tuple[int, ...] = ()
