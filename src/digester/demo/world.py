"""The demo world as values: `load` reads the YAML files beside this module into frozen dataclasses.

The schema is `data/README.md`; everything in it is invented. The dataclasses are that schema: the loader
converts by their annotations, a field with a default is optional, and an unknown key is an error (mostly an
optional key, mistyped). It is strict where YAML guesses (an unquoted `2606.90010` is a number that has lost
its last digit): a slip is a `ValueError` that names file, entry and field, not a strange figure much later.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")

ANNOUNCEMENTS = ("new", "cross", "replace")
FORMATS = ("rss2", "atom", "rdf", "jsonfeed")
_NAMES = ("id", "handle", "slug", "repo", "name", "title")  # what an entry is called in a complaint


@dataclass(frozen=True)
class Link:
    text: str
    url: str


@dataclass(frozen=True)
class Table:
    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Drawing:
    """A figure that is one picture; `file` stands beside the YAML."""

    file: str
    caption: str


@dataclass(frozen=True)
class Section:
    title: str
    paragraphs: tuple[str, ...]
    table: Table | None = None
    drawing: Drawing | None = None


@dataclass(frozen=True)
class Author:
    name: str
    affiliation: str
    email: str | None = None


@dataclass(frozen=True)
class FullTextPage:
    """The HTML full text of a paper: its author block and its sections. `licence` as arXiv's pages name it."""

    authors: tuple[Author, ...]
    sections: tuple[Section, ...]
    licence: str = "arXiv.org perpetual non-exclusive license"

    @property
    def drawings(self) -> tuple[Drawing, ...]:
        """Its figures, in their order."""
        return tuple(s.drawing for s in self.sections if s.drawing)


@dataclass(frozen=True)
class Paper:
    """One announcement of one version of a paper; the same id may be announced on several days."""

    id: str
    day: date
    announcement: str
    version: int
    primary: str
    categories: tuple[str, ...]
    title: str
    authors: tuple[str, ...]
    submitted: datetime
    abstract: str
    comment: str | None = None
    html: FullTextPage | None = None

    def __post_init__(self) -> None:
        _one_of("announcement", self.announcement, ANNOUNCEMENTS)
        if self.categories[:1] != (self.primary,):
            raise ValueError(f"categories: the primary category {self.primary} comes first")

    @property
    def ref(self) -> str:
        """Id and version, `2606.90001v1`."""
        return f"{self.id}v{self.version}"


@dataclass(frozen=True)
class FeedEntry:
    slug: str
    title: str
    published: datetime
    author: str
    summary: str
    paragraphs: tuple[str, ...]
    links: tuple[Link, ...] = ()


@dataclass(frozen=True)
class Site:
    """What a blog and a podcast share: a feed at `url` whose entries have pages on the same host."""

    id: str
    host: str
    path: str
    title: str
    language: str

    def __post_init__(self) -> None:
        if not self.host.endswith(".example"):  # RFC 2606: such a name can belong to nobody
            raise ValueError(f"host: a name under .example is expected, got {self.host!r}")

    @property
    def url(self) -> str:
        return f"https://{self.host}{self.path}"

    def page_url(self, slug: str) -> str:
        return f"https://{self.host}/{slug}"


@dataclass(frozen=True)
class Feed(Site):
    format: str
    tags: tuple[str, ...]
    weight: float
    full_content: bool
    entries: tuple[FeedEntry, ...]

    def __post_init__(self) -> None:
        super().__post_init__()
        _one_of("format", self.format, FORMATS)


@dataclass(frozen=True)
class Post:
    id: str
    published: datetime
    text: str
    links: tuple[str, ...] = ()


@dataclass(frozen=True)
class Person:
    handle: str
    name: str
    role: str
    language: str
    posts: tuple[Post, ...]

    @property
    def url(self) -> str:
        return f"https://social.example/@{self.handle}"


@dataclass(frozen=True)
class Repo:
    """A row of a trending list; `today` counts the stars of the list's period."""

    repo: str
    description: str
    language: str
    stars: int
    forks: int
    today: int


@dataclass(frozen=True)
class Cue:
    start: str  # `HH:MM:SS.mmm`, as WebVTT writes it
    end: str
    speaker: str
    text: str


@dataclass(frozen=True)
class Episode:
    slug: str
    title: str
    published: datetime
    duration: str
    summary: str
    guest: str = ""
    transcript: tuple[Cue, ...] = ()


@dataclass(frozen=True)
class Podcast(Site):
    entries: tuple[Episode, ...]


@dataclass(frozen=True)
class Trending:
    daily: tuple[Repo, ...]
    weekly: tuple[Repo, ...]


@dataclass(frozen=True)
class World:
    papers: tuple[Paper, ...]
    feeds: tuple[Feed, ...]
    people: tuple[Person, ...]
    trending: Trending
    podcasts: tuple[Podcast, ...]


def _one_of(key: str, value: str, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise ValueError(f"{key}: one of {', '.join(allowed)} is expected, got {value!r}")


_PLAIN: dict[object, tuple[str, tuple[type, ...]]] = {
    str: ("text (quoted if it looks like a number or a time)", (str,)),
    int: ("a whole number", (int,)),
    float: ("a number", (int, float)),
    bool: ("true or false", (bool,)),
}


def _plain(kind: object, value: object) -> object:
    words, allowed = _PLAIN[kind]
    if type(value) not in allowed:  # not isinstance: True is no number
        raise ValueError(f"{words} is expected, got {value!r:.60}")
    return value.strip() if isinstance(value, str) else value


def _day(value: object) -> date:
    return value if type(value) is date else date.fromisoformat(str(_plain(str, value)))


def _moment(value: object) -> datetime:
    """An aware UTC time: YAML gives a datetime (naive or aware) or, when quoted, text."""
    when = value if isinstance(value, datetime) else datetime.fromisoformat(str(_plain(str, value)))
    return when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)


def _convert(kind: object, value: object, where: str) -> object:
    """`value` as the annotation `kind` wants it: a scalar, `X | None`, `tuple[X, ...]` or a dataclass."""
    if isinstance(kind, types.UnionType):
        return _convert(kind.__args__[0], value, where)
    if typing.get_origin(kind) is tuple:
        return _list(typing.get_args(kind)[0], value, where)
    try:
        if kind is date or kind is datetime:
            return _day(value) if kind is date else _moment(value)
        if kind in _PLAIN:
            return _plain(kind, value)
    except ValueError as error:
        raise ValueError(f"{where}: {error}") from None
    return _build(typing.cast("Callable[..., object]", kind), value, where)


def _list(kind: object, value: object, where: str) -> tuple[object, ...]:
    if not isinstance(value, list):
        raise ValueError(f"{where}: a list is expected, got {value!r:.60}")
    if kind is str:  # numbers pass here, because the cells of a table are written unquoted
        value = [str(item) if type(item) in (int, float) else item for item in value]
    return tuple(_convert(kind, item, f"{where}[{index}]") for index, item in enumerate(value))


def _build(make: Callable[..., T], value: object, where: str) -> T:
    """A dataclass from a YAML mapping."""
    if not isinstance(value, Mapping):
        raise ValueError(f"{where}: a mapping is expected, got {value!r:.60}")
    where = next((f"{where} ({value[key]!s:.60})" for key in _NAMES if key in value), where)
    kinds = typing.get_type_hints(make)
    if unknown := sorted(str(key) for key in value if key not in kinds):
        raise ValueError(f"{where}: unknown field: {', '.join(unknown)}")
    given = {key: item for key, item in value.items() if item not in (None, "")}
    values = {key: _convert(kinds[key], item, f"{where}: {key}") for key, item in given.items()}
    try:
        return make(**values)
    except (TypeError, ValueError) as error:  # a field is missing, or a dataclass refuses its values
        raise ValueError(f"{where}: {error}") from None


def _read(path: Path) -> object:
    import yaml

    try:
        return yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        raise ValueError(f"{path.name}: {error}") from None


def _rows(path: Path, make: Callable[..., T]) -> tuple[T, ...]:
    return typing.cast("tuple[T, ...]", _list(make, _read(path), path.name))


def load(directory: Path) -> World:
    """The world in `papers-*.yaml`, `feeds.yaml`, `posts.yaml`, `trending.yaml` and `podcasts.yaml`."""
    papers = [paper for path in sorted(directory.glob("papers-*.yaml")) for paper in _rows(path, Paper)]
    return World(
        papers=tuple(papers),
        feeds=_rows(directory / "feeds.yaml", Feed),
        people=_rows(directory / "posts.yaml", Person),
        trending=_build(Trending, _read(directory / "trending.yaml"), "trending.yaml"),
        podcasts=_rows(directory / "podcasts.yaml", Podcast),
    )
