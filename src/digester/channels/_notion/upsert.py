"""One page for one slug: found or made, written as a draft, published when it is complete.

Whatever is lost on the way - an answer, the process, the network - the next attempt finds the page by its slug and writes
it from the start, so there are never two; and a page under way has the status of a draft, so half a page never looks
complete. Before it is published its blocks are counted against what was sent.

Nobody's work is written over: a page whose last editor is not the integration itself, or that was moved away, is refused
without `force`. An unfinished page of ours has us as its last editor, so an attempt that broke off is no obstacle.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import Any

from digester.channels._http import said
from digester.channels._notion import properties as pr
from digester.channels._notion.api import Api, Stopped, Unreadable, settings
from digester.channels._notion.blocks import Block, encoded, requests
from digester.channels._notion.properties import Schema, Value
from digester.domain.delivery import Accepted, Failed, Later, Outcome

_ID = re.compile(r"[0-9a-fA-F]{32}|[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_IN_ADDRESS = re.compile(r"(?i)(?:^|[/-])([0-9a-f]{32})(?:$|[?#])")
_LISTED = 100_000  # blocks of a page at most
_CHILD_PAGES = ("child_page", "child_database")


@dataclass(frozen=True)
class Place:
    """Where pages are written, and who we are there."""

    source: str
    schema: Schema
    bot: str


@dataclass(frozen=True)
class Kept:
    """What the outbox keeps of a page: its id, the time of its last edit by us, and a hash of what it says."""

    page: str = ""
    edited: str = ""
    hash: str = ""

    @classmethod
    def of(cls, remote: str) -> Kept:
        with suppress(ValueError, RecursionError):
            found = json.loads(remote)
            if isinstance(found, dict) and _ID.fullmatch(str(found.get("page", ""))):
                return cls(str(found["page"]), str(found.get("edited", "")), str(found.get("hash", "")))
        return cls()

    def __str__(self) -> str:
        return json.dumps(asdict(self))


@dataclass(frozen=True)
class Draft:
    """What a page is to say; `unfinished` is the status that it has until then."""

    slug: str
    values: Mapping[str, Value]
    blocks: list[Block]
    unfinished: str

    def hash(self) -> str:
        return hashlib.sha256(encoded([self.values, self.blocks])).hexdigest()[:16]


# ---------------------------------------------------------------------- place
def place(api: Api, database: str, source: str, statuses: tuple[str, ...]) -> Place:
    """The data source of a database, checked; Stopped when the channel cannot work with it."""
    try:
        found = _source(api.get(f"/v1/databases/{_database(database)}"), source)
        schema = Schema.of(api.get(f"/v1/data_sources/{found}"))
        bot = id_of(api.get("/v1/users/me"))
    except Unreadable:
        raise
    except Stopped as stopped:
        raise settings(stopped) from None
    if fault := schema.fault(statuses):
        raise Stopped(Later(f"Notion: {fault}", stop=True))
    return Place(found, schema, bot)


def _database(text: str) -> str:
    """The id of a database, from the id or its address."""
    given = text.strip()
    found = _IN_ADDRESS.search(given)
    if _ID.fullmatch(given) or found:
        return found[1] if found else given
    raise Stopped(Later("`database` is not the id of a Notion database, 32 hexadecimal digits", stop=True))


def _source(answer: Mapping[str, Any], wanted: str) -> str:
    there = answer.get("data_sources")
    known = [one for one in there if isinstance(one, dict)] if isinstance(there, list) else []
    fit = [one for one in known if not wanted or wanted in (one.get("id"), one.get("name"))]
    if len(fit) == 1:
        return id_of(fit[0])
    if not known:
        raise Unreadable
    names = said(", ".join(str(one.get("name", "")) for one in known))
    raise Stopped(Later(f"Notion: the database has these data sources: {names}; name one as `source`", stop=True))


# --------------------------------------------------------------------- upsert
@dataclass(frozen=True)
class Upsert:
    """One delivery."""

    api: Api
    place: Place
    draft: Draft
    kept: Kept
    force: bool = False

    def run(self) -> Outcome:
        found = self._found()
        if len(found) > 1:
            ids = ", ".join(sorted(id_of(page) for page in found)[:5])
            return Failed(f"Notion has {len(found)} pages with the slug {said(self.draft.slug)}: {ids}; keep one")
        page = found[0] if found else self._strayed()
        if page is None:
            return self._written(self._created(), new=True)
        if not self.force and _editor(page) != self.place.bot:
            return Failed(f"the Notion page {id_of(page)} was edited by hand; send with --force to write over it")
        if not self.force and self._same(page):
            return Accepted(str(self.kept))
        return self._written(self._emptied(page), new=False)

    def _found(self) -> list[dict[str, Any]]:
        slug = self.place.schema.known["slug"]
        body = {"filter": {"property": slug.name, "rich_text": {"equals": self.draft.slug}}, "page_size": 10}
        answer = self.api.ask("POST", f"/v1/data_sources/{self.place.source}/query", body)
        return [page for page in _results(answer) if not page.get("in_trash")]

    def _strayed(self) -> dict[str, Any] | None:
        """The page that was written before and is not found any more, when it is to be written again."""
        if not self.kept.page:
            return None
        try:
            page = self.api.get(f"/v1/pages/{self.kept.page}")
        except Stopped as stopped:
            if stopped.status != 404:
                raise
            page = {"in_trash": True}
        gone = page.get("in_trash") or page.get("archived")
        if not gone and pr.text_of(page, self.place.schema.known["slug"]) == self.draft.slug:
            return page  # the query does not know it yet
        if self.force:
            return None if gone else page
        what = "was moved to the trash" if gone else "has another slug now"
        raise Stopped(Failed(f"the Notion page {self.kept.page} {what}; send with --force to write it again"))

    def _same(self, page: Mapping[str, Any]) -> bool:
        """Whether the page already says this: nothing is written then."""
        status = pr.text_of(page, self.place.schema.known["status"])
        there = Kept(id_of(page), str(page.get("last_edited_time", "")), self.draft.hash())
        return bool(there.edited) and there == self.kept and status == self.draft.values["status"]

    # ----------------------------------------------------------------- writing
    def _created(self) -> str:
        values = {**self.draft.values, "status": self.draft.unfinished}
        parent = {"type": "data_source_id", "data_source_id": self.place.source}
        body = {"parent": parent, "properties": self.place.schema.rendered(values)}
        return id_of(self.api.ask("POST", "/v1/pages", body, again=False))

    def _emptied(self, page: Mapping[str, Any]) -> str:
        """The page as a draft without content. What an erased page still holds is deleted block by block."""
        id_ = id_of(page)
        status = self.place.schema.rendered({"status": self.draft.unfinished})
        self.api.ask("PATCH", f"/v1/pages/{id_}", {"properties": status, "erase_content": True}, read=False)
        for block in self._children(id_):
            if block.get("type") not in _CHILD_PAGES:
                self._deleted(id_of(block))
        return id_

    def _deleted(self, block: str) -> None:
        try:
            self.api.ask("DELETE", f"/v1/blocks/{block}", read=False)
        except Stopped as stopped:
            if stopped.status != 404:  # gone meanwhile
                raise

    def _written(self, id_: str, new: bool) -> Outcome:
        for some in requests(self.draft.blocks):
            self.api.ask("PATCH", f"/v1/blocks/{id_}/children", {"children": some}, again=False, read=False)
        there = [kind for block in self._children(id_) if (kind := block.get("type")) not in _CHILD_PAGES]
        if there != [block["type"] for block in self.draft.blocks]:
            return Later(
                f"the Notion page {id_} holds {len(there)} of {len(self.draft.blocks)} blocks; it stays a draft"
            )
        values = self.draft.values if new else pr.rewritten(self.draft.values)
        page = self.api.ask("PATCH", f"/v1/pages/{id_}", {"properties": self.place.schema.rendered(values)}, read=False)
        return Accepted(str(Kept(id_, str(page.get("last_edited_time", "")), self.draft.hash())))

    def _children(self, id_: str) -> list[dict[str, Any]]:
        """The blocks of a page; in shorter lists where an answer is longer than is kept of one."""
        try:
            return self._listed(id_, 100)
        except Unreadable:
            return self._listed(id_, 10)

    def _listed(self, id_: str, size: int) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        cursor = ""
        for _ in range(_LISTED // size):
            answer = self.api.get(f"/v1/blocks/{id_}/children?page_size={size}{cursor}")
            found += _results(answer)
            following = answer.get("next_cursor")
            if not answer.get("has_more") or not isinstance(following, str):
                break
            cursor = f"&start_cursor={_checked(following)}"
        return found


def _results(answer: Mapping[str, Any]) -> list[dict[str, Any]]:
    there = answer.get("results")
    if not isinstance(there, list) or not all(isinstance(one, dict) for one in there):
        raise Unreadable
    return there


def id_of(thing: Mapping[str, Any]) -> str:
    return _checked(thing.get("id"))


def _checked(value: object) -> str:
    """An id as it may stand in an address: nothing else that a service says gets there."""
    if isinstance(value, str) and _ID.fullmatch(value):
        return value
    raise Unreadable


def _editor(page: Mapping[str, Any]) -> str:
    who = page.get("last_edited_by")
    return id_of(who) if isinstance(who, dict) else _checked(None)
