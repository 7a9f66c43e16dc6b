"""An entry of a feed that is a release on GitHub: its repository, tag and notes, wherever the feed was found.

Which release is a prerelease the tag says, where it follows a convention (semver.org 2.0.0 section 9, PEP 440):
`v2.0.0-rc.1`, `1.4b2`, `nightly`. A prerelease whose tag reads like a release passes for one.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any
from urllib.parse import unquote

from digester.domain.model import Entry
from digester.domain.text import plain
from digester.sources import _feed, _github

PRERELEASE = "prerelease"
_RELEASE = re.compile(f"/({_github.OWNER})/({_github.NAME})/releases/tag/([^?#]{{1,300}})$")
_STAGE = re.compile(
    r"(?:^|\d|[-._/])(?:a|b|c|rc|alpha|beta|pre|preview|dev|nightly|canary|snapshot)[-._]?\d{0,14}(?:$|[-.+_])",
    re.IGNORECASE,
)
_BUILD = re.compile(r"[ab]\d+", re.IGNORECASE)  # `b4567`: a numbered build, no stage
_ENDS = '.!?:;\u3002\uff01\uff1f\uff1a\uff1b\u2026"\u201d\u2019'
_NOTHING = frozenset({"", "No content."})  # what the feed says for a release without notes


def release(entry: Entry, e: Any) -> Entry | None:
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
