"""Composition of the site: the store's frozen issues, as cards, to the collections and into a folder.

Cards are kept beside the folder (`.site/cards.json`), so that a build loads the records of changed issues only. They are
nothing but a cache: what is missing, broken or of another version is made again from the record.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from digester import app
from digester.domain.errors import NotFound
from digester.domain.ids import digest
from digester.domain.issue import Issue
from digester.domain.site import Card, Pinned, Site, card_of
from digester.ports import Collection, Leaf, Shelf
from digester.tree import Tree, Written

CARDS = "cards.json"


def folder(workspace: app.Workspace) -> Path:
    return workspace.out / "site"


def build(workspace: app.Workspace, store: Any, out: Path) -> Written:
    """The site of all frozen issues in `out`; nothing is written when nothing changed."""
    own, made_with = workspace.home / "templates", app.made_with(workspace.home)
    kinds = collections(own if own.is_dir() else None, made_with)
    with _named():
        return write(Tree(out), workspace.settings.site, stamps(store), store.issue, kinds, made_with)


@contextmanager
def _named() -> Iterator[None]:
    """What is wrong in a template of the workspace is named; the site stays as it was."""
    from jinja2 import TemplateError

    try:
        yield
    except TemplateError as err:
        raise app.template_problem(err, "template of the site") from err


def collections(overlay: Path | None, made_with: str) -> tuple[Collection, ...]:
    """What is published, the site itself last: it links to what the others write."""
    from digester.outputs.site import SitePages

    return (SitePages(overlay, made_with),)


def stamps(store: Any) -> list[tuple[str, str]]:
    """(id, stamp) of the latest frozen revision of each issue, newest window first."""
    found: dict[str, str] = {}
    for id_, revision, state, frozen_at in store.issues():
        if state == "frozen":
            found.setdefault(id_, f"{id_}@{revision} {state} {frozen_at.isoformat()}")
    return list(found.items())


def write(
    tree: Tree,
    site: Site,
    issues: Sequence[tuple[str, str]],
    load: Callable[[str], Issue | None],
    kinds: Sequence[Collection],
    made_with: str,
    pinned: Sequence[Pinned] = (),
) -> Written:
    """`issues` are (id, stamp), newest first; `load` reads a record and is called for few."""

    @lru_cache(maxsize=2)  # the pages of an issue come one after another
    def record(id_: str) -> Issue:
        issue = load(id_)
        if issue is None:
            raise NotFound(f"the record of {id_} is gone", hint="see `digester issues list`")
        return issue

    cards, changed = _cards(tree, issues, record, made_with)
    leaves: list[Leaf] = []
    for kind in kinds:
        shelf = Shelf(site, cards, record, frozenset(leaf.path for leaf in leaves), pinned)
        leaves += kind.leaves(shelf)
    done = tree.write(leaves)
    if changed:
        _keep(tree, cards, made_with)
    return done


def _cards(
    tree: Tree, issues: Sequence[tuple[str, str]], record: Callable[[str], Issue], made_with: str
) -> tuple[list[Card], bool]:
    """The cards in order, from the cache where their stamps are still right, and whether any was made."""
    known = {card.stamp: card for card in _cached(tree, made_with)}
    cards = [known.get(stamp) or card_of(record(id_)) for id_, stamp in issues]
    return cards, [c.stamp for c in cards] != list(known)


@lru_cache(maxsize=1)
def _adapter() -> Any:
    from pydantic import TypeAdapter

    return TypeAdapter(list[Card])


def _version(made_with: str) -> str:
    """Of the code that makes cards: cards of another one are not believed."""
    return digest(next((p for p in made_with.split(";") if p.startswith("code=")), made_with))


def _cached(tree: Tree, made_with: str) -> list[Card]:
    try:
        head, _, body = (tree.private / CARDS).read_bytes().partition(b"\n")
        if json.loads(head) != _version(made_with):
            return []
        return list(_adapter().validate_json(body, strict=False))
    except (OSError, ValueError):
        return []


def _keep(tree: Tree, cards: Sequence[Card], made_with: str) -> None:
    temporary = tree.private / f".{CARDS}.tmp"
    temporary.write_bytes(json.dumps(_version(made_with)).encode() + b"\n" + _adapter().dump_json(list(cards)))
    temporary.replace(tree.private / CARDS)
