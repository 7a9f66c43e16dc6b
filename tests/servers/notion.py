"""A small Notion on loopback: one database in memory, the limits of the real one, and the faults that a test names.

It refuses with 400 what Notion refuses (lengths, array sizes, nesting, unknown properties, options with commas), with 429
what comes faster than three requests in a second of the test's clock, and keeps pages, blocks and who edited them last.
A fault stands for the request of a number: played instead of it (`Fault(said)`) or after it was carried out
(`Fault(said, after=True)`, a reply that is lost).
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.servers.notion_limits import Bad, check_children, check_rich, len16, read
from tests.servers.services import Asked, Said, Service, reply

from digester.ports import Clock

DATABASE, SOURCE = "a" * 32, str(uuid.UUID(int=0xD5))
BOT, PERSON = str(uuid.UUID(int=0xB07)), str(uuid.UUID(int=0x9E2))
VERSION = "2025-09-03"
TOKEN = "ntn_canary-token"
TEN = {"title": "title", "type": "select", "status": "select", "date": "date", "slug": "rich_text", "summary": "rich_text",
       "tags": "multi_select", "category": "select", "icon": "rich_text", "password": "rich_text", "priority": "rich_text"}  # fmt: skip

Json = dict[str, Any]


@dataclass
class Page:
    id: str
    properties: Json
    edited: str
    editor: str = BOT
    children: list[Json] = field(default_factory=list)
    in_trash: bool = False

    def plain(self, name: str) -> str:
        return _plain(self.properties.get(name))


@dataclass(frozen=True)
class Fault:
    said: Said
    after: bool = False


class Notion:
    """`asked` are method and path of every request; `pages` what there is, by id."""

    def __init__(self, clock: Clock, types: Json | None = None) -> None:
        self.clock = clock
        self.types: Json = dict(TEN if types is None else types)
        self.options: dict[str, list[str]] = {}
        self.sources: list[Json] = [{"id": SOURCE, "name": "Posts"}]
        self.pages: dict[str, Page] = {}
        self.asked: list[tuple[str, str]] = []
        self.at: list[float] = []
        self.faults: dict[int, Fault] = {}
        self.refused: list[str] = []
        self.erases = True
        self.watch: Callable[[], None] = lambda: None
        self._blocks: dict[str, Json] = {}

    def service(self) -> Service:
        return Service(default=self)

    def __call__(self, asked: Asked) -> Said:
        number = len(self.asked)
        self.asked.append((asked.method, urlsplit(asked.path).path))
        fault = self.faults.get(number)
        if fault is not None and not fault.after:
            return fault.said
        said = self._answer(asked)
        self.watch()
        return said if fault is None else fault.said

    # -------------------------------------------------------------- requests
    def _answer(self, asked: Asked) -> Said:
        if asked.headers.get("authorization") != f"Bearer {TOKEN}":
            return error(401, "unauthorized", "API token is invalid.")
        self.at.append(self.clock.monotonic())
        if len(self.at) > 3 and self.at[-1] - self.at[-4] < 1.0:
            self.refused.append("too fast")
            return error(429, "rate_limited", "slow down", Retry_After="1")
        try:
            if asked.headers.get("notion-version") != VERSION:
                raise Bad("Notion-Version")
            return reply(self._route(asked))
        except Bad as err:
            self.refused.append(str(err))
            return error(400, "validation_error", f"body failed validation: {err}")
        except KeyError as err:
            return error(404, "object_not_found", f"Could not find {err}")

    def _route(self, asked: Asked) -> Json:
        parts = urlsplit(asked.path)
        body = _body(asked)
        match [asked.method, *parts.path.strip("/").split("/")[1:]]:
            case ["GET", "users", "me"]:
                return {"object": "user", "id": BOT, "type": "bot"}
            case ["GET", "databases", id_] if id_ == DATABASE:
                return {"object": "database", "id": DATABASE, "data_sources": self.sources}
            case ["GET", "data_sources", id_] if id_ == SOURCE:
                return {"object": "data_source", "id": SOURCE, "properties": {n: self._property(n) for n in self.types}}
            case ["POST", "data_sources", id_, "query"] if id_ == SOURCE:
                return self._query(body)
            case ["POST", "pages"]:
                return self._create(body)
            case ["GET", "pages", id_]:
                return self._page(self.pages[id_])
            case ["PATCH", "pages", id_]:
                return self._update(self.pages[id_], body)
            case ["PATCH", "blocks", id_, "children"]:
                return self._append(self.pages[id_], body)
            case ["GET", "blocks", id_, "children"]:
                return _listed(self.pages[id_].children, parse_qs(parts.query))
            case ["DELETE", "blocks", id_]:
                return self._delete(id_)
        raise KeyError(parts.path)

    def _property(self, name: str) -> Json:
        kind = self.types[name]
        there = {"options": [{"name": o} for o in self.options.get(name, [])]} if kind in ("select", "status") else {}
        return {"id": name[:2], "name": name, "type": kind, kind: there}

    def _query(self, body: Json) -> Json:
        asked = body["filter"]
        if self.types.get(asked["property"]) != "rich_text" or "rich_text" not in asked:
            raise Bad("filter")
        found = [p for p in self.pages.values() if not p.in_trash]
        fit = [p for p in found if p.plain(asked["property"]) == asked["rich_text"]["equals"]]
        return {"object": "list", "results": [self._page(p) for p in fit], "has_more": False, "next_cursor": None}

    def _create(self, body: Json) -> Json:
        if body.get("parent") != {"type": "data_source_id", "data_source_id": SOURCE}:
            raise Bad("parent")
        page = Page(str(uuid.uuid4()), {}, "")
        self._set(page, body["properties"])
        self.pages[page.id] = page
        return self._page(page)

    def _update(self, page: Page, body: Json) -> Json:
        if set(body) - {"properties", "erase_content"}:
            raise Bad("body")
        self._set(page, body.get("properties", {}))
        if body.get("erase_content") and self.erases:
            page.children = []
        return self._page(page)

    def _set(self, page: Page, values: Json) -> None:
        for name, value in values.items():
            kind = self.types.get(name)
            if kind is None or set(value) != {kind}:
                raise Bad(f"{name} is not a property that exists")
            self._check(name, kind, value[kind])
        page.properties = {**page.properties, **json.loads(json.dumps(values))}
        self.touch(page)

    def _check(self, name: str, kind: str, value: Any) -> None:
        if kind in ("title", "rich_text"):
            check_rich(value)
        chosen = value if kind == "multi_select" else [value] if kind in ("select", "status") and value else []
        if len(chosen) > 100 or any("," in o["name"] or not 0 < len16(o["name"]) <= 100 for o in chosen):
            raise Bad(f"{name} options")
        if kind == "status" and any(o["name"] not in self.options.get(name, []) for o in chosen):
            raise Bad(f"{name} has no such option")

    def _append(self, page: Page, body: Json) -> Json:
        if set(body) != {"children"}:
            raise Bad("body")
        check_children(body["children"])
        made = [{**block, "id": str(uuid.uuid4())} for block in body["children"]]
        page.children = [*page.children, *made]
        self.touch(page)
        return {"object": "list", "results": made, "has_more": False}

    def _delete(self, id_: str) -> Json:
        for page in self.pages.values():
            if any(block["id"] == id_ for block in page.children):
                page.children = [block for block in page.children if block["id"] != id_]
                self.touch(page)
                return {"object": "block", "id": id_, "in_trash": True}
        raise KeyError(id_)

    # ----------------------------------------------------------------- state
    def touch(self, page: Page, editor: str = BOT) -> None:
        page.editor, page.edited = editor, f"{self.clock.now():%Y-%m-%dT%H:%M}:00.000Z"

    def _page(self, page: Page) -> Json:
        shown = {n: {"type": self.types[n], **v, **_with_plain(self.types[n], v)} for n, v in page.properties.items()}
        return {"object": "page", "id": page.id, "in_trash": page.in_trash, "archived": page.in_trash,
                "last_edited_time": page.edited, "last_edited_by": {"object": "user", "id": page.editor},
                "properties": shown}  # fmt: skip

    def by_slug(self, slug: str) -> list[Page]:
        return [page for page in self.pages.values() if page.plain("slug") == slug]


def error(status: int, code: str, message: str, **headers: str) -> Said:
    return reply({"object": "error", "status": status, "code": code, "message": message}, status, **headers)


# ----------------------------------------------------------------------- parts
def _body(asked: Asked) -> Json:
    if len(asked.body) > 500_000:
        raise Bad("payload")
    found = json.loads(asked.body) if asked.body else {}
    if not isinstance(found, dict):
        raise Bad("body")
    return found


def _listed(children: list[Json], query: dict[str, list[str]]) -> Json:
    size = int(query.get("page_size", ["100"])[0])
    cursor = query.get("start_cursor", [""])[0]
    start = next((n for n, block in enumerate(children) if block["id"] == cursor), 0)
    following = children[start + size]["id"] if start + size < len(children) else None
    shown = [
        {k: v for k, v in block.items() if k in ("id", "object", "type")} for block in children[start : start + size]
    ]
    return {"object": "list", "results": shown, "has_more": following is not None, "next_cursor": following}


def _plain(value: Any) -> str:
    if not value:
        return ""
    kind, inner = next(iter(value.items()))
    if kind in ("title", "rich_text"):
        return read(inner)
    if kind in ("select", "status"):
        return inner["name"] if inner else ""
    if kind == "multi_select":
        return "/".join(o["name"] for o in inner)
    return str((inner or {}).get("start", "")) if kind == "date" else str(inner)


def _with_plain(kind: str, value: Json) -> Json:
    if kind not in ("title", "rich_text"):
        return {}
    return {kind: [{**piece, "plain_text": read([piece])} for piece in value[kind]]}
