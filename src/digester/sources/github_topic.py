"""Repositories of topics of GitHub, from its search API (see `_github`): a topic has no feed.

Asked for are those with some stars into which somebody pushed of late, the most starred first: a topic holds
thousands of exercises and abandoned ones. The search knows no day on which a repository joined a topic or won its
stars, so a repository has no date; it is new when it is first seen. Stars are a total and no gain: they never
make a repository trend.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import ClassVar

from digester.domain.sources import Document, FetchState, Parsed, Request, Source
from digester.sources import _api, _github
from digester.sources._kind import Kind

TOPIC = re.compile("[a-z0-9][a-z0-9-]{0,49}")  # docs.github.com, "Classifying your repository with topics"


@dataclass(frozen=True)
class Params:
    """`topics` as in github.com/topics/NAME; repositories with at least `stars`, pushed to in the last `days`. `token`
    names an environment variable with a token, which GitHub does not need."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}
    topics: tuple[str, ...]
    stars: int = 10
    days: int = 7
    token: str = ""
    site: str = "github.com"

    def __post_init__(self) -> None:
        if wrong := [t for t in self.topics if not TOPIC.fullmatch(t)]:
            raise ValueError(f"topics: {wrong[0][:80]!r} is no name of a topic: small letters, digits and hyphens")
        if self.stars < 0 or not 1 <= self.days <= 3650:
            raise ValueError("stars cannot be negative, and days must be 1 to 3650")


class GithubTopic(Kind):
    name: ClassVar[str] = "github_topic"
    doc: ClassVar[str] = "Repositories of topics on GitHub that have stars and are worked on."
    Params: ClassVar[type] = Params

    def first(self, source: Source, state: FetchState, now: datetime) -> Sequence[Request]:
        p = source.params
        lately = f"pushed:>={now - timedelta(days=p.days):%Y-%m-%d} stars:>={p.stars}"
        return tuple(
            _github.search("topic", p.site, f"topic:{t} {lately}", _github.MAX_ROWS, p.token) for t in p.topics
        )

    def parse(self, source: Source, document: Document) -> Parsed:
        """Repositories, the most starred first. Raises ParseError for what is no search answer."""
        said = _github.answer(document)
        parsed = _github.found(said, source.params.site)
        beyond = int(_api.number(said.get("total_count")) or 0) - _github.MAX_ROWS
        return replace(parsed, notes=(*parsed.notes, *_api.notes(repositories_with_fewer_stars=max(beyond, 0))))
