"""The seams to what is printed: an issue in one form, and files about many issues."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Protocol

from digester.domain.issue import Issue
from digester.domain.notes import NoteRecord
from digester.domain.posts import Post
from digester.domain.site import Card, Site


class Output(Protocol):
    """One issue in one language to bytes; deterministic, asks nobody."""

    name: ClassVar[str]
    media_type: ClassVar[str]
    extension: ClassVar[str]

    def render(self, issue: Issue, language: str) -> bytes: ...


@dataclass(frozen=True)
class Leaf:
    """A file of a collection: its path below the collection's folder, a hash of everything that its bytes depend on, and
    how they are made. `body` is called only when `key` is not the one of the last build."""

    path: str
    key: str
    body: Callable[[], bytes]


@dataclass(frozen=True)
class Shelf:
    """Everything that a collection may show: cards of the issues, newest first, and the record of one when it is needed.
    `others` are the paths that further collections write beside it; `posts` the essays, `notes` one a paper and language;
    `picture` has the bytes of a stored picture by its name, None where it is not stored any more."""

    site: Site
    cards: Sequence[Card]
    issue: Callable[[str], Issue]
    others: frozenset[str] = frozenset()
    posts: Sequence[Post] = ()
    notes: Sequence[NoteRecord] = ()
    picture: Callable[[str], bytes | None] = lambda name: None


class Collection(Protocol):
    """Files about many issues (a site, feeds); deterministic, asks nobody."""

    name: ClassVar[str]

    def leaves(self, shelf: Shelf) -> Iterable[Leaf]: ...
