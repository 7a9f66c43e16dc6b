"""Shared by kinds that read a person's posts: threads become one entry.

A thread is its first post and the author's own replies to it within one answer. The entry has the first
post's id, address, date and counts, so it stays the same entry while the thread grows. A reply whose
beginning is not in the answer is left out and counted: as an entry of its own it would come twice, once
within its thread and once when the thread's beginning has left the page.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from digester.domain.model import Entry, Link
from digester.domain.sources import Parsed
from digester.domain.text import language_of, one_line, plain
from digester.sources import _api

MAX_ROWS = 200  # no service gives more on one page
MAX_LINKS = 50
_LANGUAGES = ("en", "zh")
_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Post:
    """One post as a service gives it. `owner` is who wrote it, `parent` the id it replies to."""

    id: str
    owner: str
    url: str
    text: str
    name: str = ""
    parent: str = ""
    at: datetime | None = None
    language: str | None = None
    links: tuple[Link, ...] = ()
    signals: Mapping[str, float] = field(default_factory=dict)


def parsed(posts: Sequence[Post], person: str, reposts: int, unread: int) -> Parsed:
    """One entry a thread, in the order of the answer; notes count what was left out."""
    by_id: dict[str, Post] = {}
    for post in posts:
        by_id.setdefault(post.id, post)
    threads: dict[str, list[Post]] = {}
    astray = 0
    for post in reversed(by_id.values()):  # pages are newest first, threads are read from their beginning
        if root := _root(post, by_id):
            threads.setdefault(root.id, []).append(post)
        else:
            astray += 1
    entries = [e for i in by_id if i in threads and (e := _entry(by_id[i], threads[i], person))]
    left = _api.notes(reposts=reposts, replies_to_others_or_to_posts_not_in_the_answer=astray,
                      posts_without_words=len(threads) - len(entries), rows_that_cannot_be_read=unread)  # fmt: skip
    return Parsed(tuple(entries), notes=left)


def _root(post: Post, by_id: Mapping[str, Post]) -> Post | None:
    """The first post of its thread; None when that is missing, another's, or a circle."""
    for _ in range(len(by_id)):
        if not post.parent:
            return post
        above = by_id.get(post.parent)
        if above is None or above.owner != post.owner:
            return None
        post = above
    return None


def _entry(root: Post, thread: Sequence[Post], person: str) -> Entry | None:
    """None for a thread without a word."""
    rest = sorted((p for p in thread if p is not root), key=lambda p: p.at or root.at or _NEVER)
    text = plain("\n".join(p.text for p in (root, *rest) if p.text))
    if not text:
        return None
    author = person or root.name
    links = {link.url: link for p in (root, *rest) for link in p.links if link.url != root.url}
    return Entry(
        external_id=root.id, kind="post", url=root.url, title=one_line(root.text or text, 120), text=text,
        authors=(author,) if author else (), published_at=root.at, language=root.language or language_of(text),
        links=tuple(links.values())[:MAX_LINKS], signals=root.signals,
    )  # fmt: skip


def declared(codes: Sequence[object]) -> str | None:
    """The one language a post is declared in, if it is one of ours: `zh-CN` is `zh`."""
    found = {_api.string(c).lower().split("-")[0] for c in codes[:5]}
    return found.pop() if len(found) == 1 and found <= set(_LANGUAGES) else None
