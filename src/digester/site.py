"""Composition of the site: the store's frozen issues, as cards, to the collections and into a folder.

Cards are kept beside the folder (`.site/cards.json`), so that a build loads the records of changed issues only. They are
nothing but a cache: what is missing, broken or of another version is made again from the record. Each card has a second
line with its mentions: few pages print them, so few are read.
"""

from __future__ import annotations

import gc
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from digester import app
from digester.domain.errors import DigesterError, NotFound, Problem
from digester.domain.ids import digest
from digester.domain.issue import Issue
from digester.domain.notes import NoteRecord
from digester.domain.posts import Post
from digester.domain.site import Card, Mention, Site, card_of
from digester.ports import Collection, Leaf, Shelf
from digester.posts import FOLDER as POSTS
from digester.posts import load_posts
from digester.tree import Further, Tree, Written

CARDS = "cards.json"
_Kept = tuple[Card, tuple[bytes, bytes]]  # a card, and its lines
_UNUSED = ("pagefind-component-ui", "pagefind-modular-ui", "pagefind-highlight")


def folder(workspace: app.Workspace) -> Path:
    return workspace.out / "site"


def without_address(site: Site) -> str:
    """What the site lacks where nobody named its address, and what to do about it; "" where one is set."""
    if site.url:
        return ""
    return (
        "site.url is not set: pages name no canonical address and no hreflang, there is no sitemap, and feeds lead to "
        "no page; set it in sources.yaml before the site is published"
    )


def unread(workspace: app.Workspace) -> tuple[Problem, ...]:
    """What is wrong with files of essays: what cannot be used of them, and which are left out."""
    return load_posts(workspace.home / POSTS)[1]


def build(workspace: app.Workspace, store: Any, out: Path, search: bool = False) -> Written:
    """The site of all frozen issues, notes and essays in `out`; nothing is written when nothing changed. With `search` an index for the
    browser is made of the pages; raises DigesterError without pagefind."""
    own, made_with = workspace.home / "templates", app.made_with(workspace.home)
    essays, _ = load_posts(workspace.home / POSTS)
    kinds = collections(own if own.is_dir() else None, made_with, search)
    index = search_index() if search else None
    with _named():
        return write(
            Tree(out),
            workspace.settings.site,
            listed(store),
            store.issue,
            kinds,
            made_with,
            essays,
            store.notes_all(),
            index,
            store.picture_data,
        )


@contextmanager
def _named() -> Iterator[None]:
    """What is wrong in a template of the workspace is named; the site stays as it was."""
    from jinja2 import TemplateError

    try:
        yield
    except TemplateError as err:
        raise app.template_problem(err, "template of the site") from err


def collections(overlay: Path | None, made_with: str, search: bool = False) -> tuple[Collection, ...]:
    """What is published, the site itself last: it links to what the others write."""
    from digester.outputs import collections as outputs
    from digester.outputs.site import SitePages

    return (*outputs(overlay).values(), SitePages(overlay, made_with, search))


def search_index() -> Further:
    """What makes pagefind's index of finished pages. Raises DigesterError where pagefind is not installed."""
    if find_spec("pagefind") is None:
        raise DigesterError(
            "pagefind is not installed", hint='pip install "digester[search]", or build without --search'
        )
    return _indexed


def _indexed(pages: Path) -> dict[str, bytes]:
    """The files of the index below `pagefind/`, without the interfaces that the site does not use."""
    with tempfile.TemporaryDirectory() as folder:
        words = [sys.executable, "-m", "pagefind", "--site", str(pages), "--output-path", folder, "--silent"]
        done = subprocess.run(words, capture_output=True, text=True, check=False)  # noqa: S603 - our own interpreter
        if done.returncode:
            raise DigesterError(f"pagefind failed: {done.stderr.strip()[-500:]}", hint="build without --search")
        found = {p.relative_to(folder).as_posix(): p for p in sorted(Path(folder).rglob("*")) if p.is_file()}
        used = {name: p for name, p in found.items() if not name.startswith(_UNUSED)}
        return {f"pagefind/{name}": p.read_bytes() for name, p in used.items()}


@dataclass(frozen=True)
class Listed:
    """An issue in the store: its latest frozen revision by stamp, and when the first was frozen, None when it is that."""

    id: str
    stamp: str
    published_at: datetime | None = None


def listed(store: Any) -> list[Listed]:
    """The frozen issues, newest window first."""
    rows: dict[str, list[tuple[int, datetime]]] = {}
    for id_, revision, state, frozen_at in store.issues():
        if state == "frozen":
            rows.setdefault(id_, []).append((revision, frozen_at))
    return [
        Listed(id_, f"{id_}@{found[0][0]} frozen {found[0][1].isoformat()}", found[-1][1] if len(found) > 1 else None)
        for id_, found in rows.items()
    ]


def write(
    tree: Tree,
    site: Site,
    issues: Sequence[Listed],
    load: Callable[[str], Issue | None],
    kinds: Sequence[Collection],
    made_with: str,
    posts: Sequence[Post] = (),
    notes: Sequence[NoteRecord] = (),
    further: Further | None = None,
    picture: Callable[[str], bytes | None] = lambda name: None,
) -> Written:
    """`issues` newest first; `load` reads a record and `picture` the bytes of one, and both are called for few."""

    @lru_cache(maxsize=2)  # the pages of an issue come one after another
    def record(id_: str) -> Issue:
        issue = load(id_)
        if issue is None:
            raise NotFound(f"the record of {id_} is gone", hint="see `digester issues list`")
        return issue

    with _kept_alive() as planned:
        cards, cache = _cards(tree, issues, record, made_with)
        leaves: list[Leaf] = []
        for kind in kinds:
            others = frozenset(leaf.path for leaf in leaves)
            shelf = Shelf(site, cards, record, others, posts, newest(notes), picture)
            leaves += kind.leaves(shelf)
        planned()
        done = tree.write(leaves, further, digest(made_with, size=8))
    if cache is not None:
        _keep(tree, cache)
    return done


@contextmanager
def _kept_alive() -> Iterator[Callable[[], None]]:
    """What is made before the call lives until the end, so the collector need not walk it again and again: hundreds of
    thousands of values for a thousand issues, a third of the time of a build without changes."""
    collecting = gc.isenabled()
    gc.disable()

    def planned() -> None:
        gc.freeze()
        if collecting:
            gc.enable()

    try:
        yield planned
    finally:
        gc.unfreeze()
        if collecting:
            gc.enable()


def newest(notes: Sequence[NoteRecord]) -> list[NoteRecord]:
    """One note a paper and language: of its newest version, and of several on that one the latest."""
    found = {(n.note.work, n.note.language): n for n in sorted(notes, key=lambda n: (n.note.revision, n.made_at))}
    return list(found.values())


def _cards(
    tree: Tree, issues: Sequence[Listed], record: Callable[[str], Issue], made_with: str
) -> tuple[list[Card], bytes | None]:
    """The cards in order, from the cache where their stamps are still right; and the cache anew when any was made."""
    known = _cached(tree, record, made_with)
    kept = [known.get(i.stamp) or _made(_card(record(i.id), i)) for i in issues]
    cards = [card for card, _ in kept]
    if [c.stamp for c in cards] == list(known):
        return cards, None
    return cards, b"\n".join([json.dumps(_version(made_with)).encode(), *(line for _, lines in kept for line in lines)])


def _card(issue: Issue, listed: Listed) -> Card:
    from digester.analysis.ledger import rows_of

    return replace(card_of(issue, listed.published_at), results=rows_of(issue))


def _made(card: Card) -> _Kept:
    cards, mentions = _adapters()
    return card, (cards.dump_json(card, exclude={"mentions"}), mentions.dump_json(card.mentions))


@lru_cache(maxsize=1)
def _adapters() -> tuple[Any, Any]:
    """Of a card, and of its mentions."""
    from pydantic import TypeAdapter

    return TypeAdapter(Card), TypeAdapter(tuple[Mention, ...])


@dataclass(frozen=True)
class _Mentions:
    """Those of a card from its line, read when a page prints them; of a broken line they are made again."""

    line: bytes
    id: str
    record: Callable[[str], Issue]

    def __iter__(self) -> Iterator[Mention]:
        try:
            return iter(_adapters()[1].validate_json(self.line, strict=False))
        except ValueError:
            return iter(card_of(self.record(self.id)).mentions)


def _version(made_with: str) -> str:
    """Of the code that makes cards: cards of another one are not believed."""
    return digest(next((p for p in made_with.split(";") if p.startswith("code=")), made_with))


def _cached(tree: Tree, record: Callable[[str], Issue], made_with: str) -> dict[str, _Kept]:
    """By stamp."""
    try:
        head, *lines = (tree.private / CARDS).read_bytes().split(b"\n")
        if json.loads(head) != _version(made_with):
            return {}
        known, (cards, _) = {}, _adapters()
        for line, mentions in zip(lines[::2], lines[1::2], strict=True):
            card = cards.validate_json(line, strict=False)
            card = replace(card, mentions=_Mentions(mentions, card.id, record))
            known[card.stamp] = card, (line, mentions)
        return known
    except (OSError, ValueError):
        return {}


def _keep(tree: Tree, body: bytes) -> None:
    temporary = tree.private / f".{CARDS}.tmp"
    temporary.write_bytes(body)
    temporary.replace(tree.private / CARDS)
