"""Releases of named repositories on GitHub, from the Atom feed of each (docs.github.com, "Viewing your project's
releases and tags"): no key, no rate limit of the API.

The feed names tag, title, notes and the time of the last edit. Drafts are not in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from digester.domain.errors import ParseError
from digester.domain.sources import Document, FetchState, Parsed, Request, Source
from digester.sources import _api, _feed, _github, rss
from digester.sources._kind import Kind
from digester.sources._releases import PRERELEASE, release


@dataclass(frozen=True)
class Params:
    """`repositories` as owner/name; with `prereleases` these come too, marked by their category."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}
    repositories: tuple[str, ...]
    prereleases: bool = False
    site: str = "github.com"

    def __post_init__(self) -> None:
        if wrong := [r for r in self.repositories if not _github.REPOSITORY.fullmatch(r)]:
            raise ValueError(f"repositories: {wrong[0][:80]!r} is not owner/name")


class GithubReleases(Kind):
    name: ClassVar[str] = "github_releases"
    doc: ClassVar[str] = "Releases of repositories on GitHub, with their notes; prereleases only when asked for."
    Params: ClassVar[type] = Params

    def first(self, source: Source, state: FetchState, now: datetime) -> Sequence[Request]:
        p = source.params
        return tuple(Request("feed", f"https://{p.site}/{r}/releases.atom", rss.ACCEPT) for r in p.repositories)

    def parse(self, source: Source, document: Document) -> Parsed:
        """Releases in feed order; a repository without any is no error. Raises ParseError for what is no feed."""
        feed = _feed.load(document)
        as_rss = rss.Params(document.url)
        found = [r for e in feed.entries if (r := release(rss.entry(as_rss, document, e), e))]
        if feed.entries and not found:
            raise ParseError(f"none of {len(feed.entries)} entries is a release: no feed of releases")
        kept = [r for r in found if source.params.prereleases or PRERELEASE not in r.categories]
        left = _api.notes(
            prereleases=len(found) - len(kept), entries_that_are_no_release=len(feed.entries) - len(found)
        )
        return Parsed(_api.distinct(kept), notes=left)
