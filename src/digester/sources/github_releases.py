"""Releases of named repositories on GitHub, from the Atom feed of each (docs.github.com, "Viewing your project's
releases and tags"): no key, no rate limit of the API.

The feed names tag, title, notes and the time of the last edit. Drafts are not in it, and it does not say which
release is a prerelease; the tag does, where it follows a convention (semver.org 2.0.0 section 9, PEP 440):
`v2.0.0-rc.1`, `1.4b2`, `nightly`. A prerelease whose tag reads like a release passes for one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, ClassVar
from urllib.parse import unquote

from digester.domain.errors import ParseError
from digester.domain.model import Entry
from digester.domain.sources import Document, FetchState, Parsed, Request, Source
from digester.domain.text import plain
from digester.sources import _api, _feed, _github, rss
from digester.sources._kind import Kind

PRERELEASE = "prerelease"
_RELEASE = re.compile(f"/({_github.OWNER})/({_github.NAME})/releases/tag/([^?#]{{1,300}})$")
_STAGE = re.compile(
    r"(?:^|\d|[-._/])(?:a|b|c|rc|alpha|beta|pre|preview|dev|nightly|canary|snapshot)[-._]?\d{0,14}(?:$|[-.+_])",
    re.IGNORECASE,
)
_BUILD = re.compile(r"[ab]\d+", re.IGNORECASE)  # `b4567`: a numbered build, no stage
_ENDS = '.!?:;\u3002\uff01\uff1f\uff1a\uff1b\u2026"\u201d\u2019'
_NOTHING = frozenset({"", "No content."})  # what the feed says for a release without notes


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
        found = [r for e in feed.entries if (r := _release(rss.entry(as_rss, document, e), e))]
        if feed.entries and not found:
            raise ParseError(f"none of {len(feed.entries)} entries is a release: no feed of releases")
        kept = [r for r in found if source.params.prereleases or PRERELEASE not in r.categories]
        left = _api.notes(
            prereleases=len(found) - len(kept), entries_that_are_no_release=len(feed.entries) - len(found)
        )
        return Parsed(_api.distinct(kept), notes=left)


def _release(entry: Entry, e: Any) -> Entry | None:
    """None for an entry that links to no release. The repository is the one in the link: names change. The
    account that published it, often a robot's, is no author."""
    m = _RELEASE.search(entry.url)
    if m is None:
        return None
    name, tag = f"{m[1]}/{m[2]}", plain(unquote(m[3]))
    said = _feed.title_text(e) or tag
    title = said if m[2].lower() in said.lower() else f"{m[2]} {said}"
    return replace(
        entry, kind="release", external_id=f"{name.lower()}@{tag}", title=title,
        text="" if entry.text in _NOTHING else _notes(_feed.markup(e)), authors=(), categories=(PRERELEASE,) if is_prerelease(tag) else (),
    )  # fmt: skip


def _notes(markup: str) -> str:
    """Blocks, each with a full stop: notes are lists and headings, which would run into each other."""
    return " ".join(t if t[-1] in _ENDS else t + "." for t in _feed.blocks(markup))


def is_prerelease(tag: str) -> bool:
    """By the conventions for tags; packages of one repository stand before a `/` or `@`."""
    version = re.split(r"[/@]", tag)[-1]
    return not _BUILD.fullmatch(version) and _STAGE.search(version) is not None
