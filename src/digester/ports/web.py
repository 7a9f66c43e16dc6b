"""The seams to the network and to code that reads what came from it: clock, HTTP, sandbox, sources, extractors."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Generic, Literal, Protocol, TypeVar

from digester.domain.model import Entry, Extracted
from digester.domain.pictures import Raster
from digester.domain.sources import Document, FetchState, Parsed, Request, Source, Validator

T = TypeVar("T")
Tag = TypeVar("Tag")


class Clock(Protocol):
    def now(self) -> datetime: ...
    def monotonic(self) -> float: ...
    def sleep(self, seconds: float) -> None: ...


@dataclass(frozen=True)
class Fetched:
    """200: the document and the validators for the next conditional GET. `moved_to` after a 301/308; `fresh_for`
    the seconds that the server says it keeps."""

    document: Document
    etag: str | None = None
    last_modified: str | None = None
    moved_to: str | None = None
    fresh_for: float | None = None


@dataclass(frozen=True)
class NotModified:
    """304 to our own validators."""


FetchFault = Literal[
    "dns", "connect", "timeout", "too_large", "status", "redirects", "forbidden", "robots", "protocol", "encoding", "not_configured",
]  # fmt: skip


@dataclass(frozen=True)
class FetchError:
    """Why there is no document. `message` is one line for people and names no secret."""

    fault: FetchFault
    message: str
    status: int | None = None
    retry_after: float | None = None


Reply = Fetched | NotModified | FetchError


class Fetches(Protocol, Generic[Tag]):
    """A batch of GETs in flight. `add` may be called while iterating; iteration ends when none is left."""

    def add(self, tag: Tag, request: Request, validator: Validator | None = None) -> None: ...
    def __iter__(self) -> Iterator[tuple[Tag, Reply]]: ...


class Http(Protocol):
    def fetches(self) -> Fetches[Any]: ...


@dataclass(frozen=True)
class SandboxFailure:
    """Untrusted bytes made the parser fail: crash, time limit, memory limit or an exception."""

    kind: Literal["timeout", "memory", "crash", "error"]
    message: str


class Sandbox(Protocol):
    def run(self, function: Callable[..., T], *args: object) -> T | SandboxFailure: ...


class SourceKind(Protocol):
    """Two pure functions, and `given` for entries that stand in the configuration itself; see sources/__init__.py for
    the registry and the base of all kinds, and `digester sources kinds`."""

    name: ClassVar[str]
    doc: ClassVar[str]
    Params: ClassVar[type]
    papers: ClassVar[bool]  # yields papers: counts for issues of papers, else for issues of news
    dates_are_changes: ClassVar[bool]  # its dates say when a page was changed, not when it came

    def given(self, source: Source) -> Sequence[Entry]: ...
    def first(self, source: Source, state: FetchState, now: datetime) -> Sequence[Request]: ...
    def parse(self, source: Source, document: Document) -> Parsed: ...
    def fingerprint(self, document: Document) -> str: ...


class Extractor(Protocol):
    """bytes -> text; run inside the Sandbox."""

    def __call__(self, document: Document) -> Extracted: ...


@dataclass(frozen=True)
class PictureReaders:
    """What reads a picture's bytes, and the licence that an abstract page states ("" for none); run inside the Sandbox.
    Both raise ParseError."""

    raster: Callable[[Document], Raster]
    licence: Callable[[Document], str]
