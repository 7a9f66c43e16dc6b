"""Single papers by name: the stored one, else its record fetched from where its kind of source keeps it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from digester.domain.entries import to_item
from digester.domain.errors import DigesterError, NotFound, Offline
from digester.domain.ids import item_id
from digester.domain.model import Item
from digester.domain.sources import FetchState, Parsed, Request, Source
from digester.domain.urls import ref_of, refs_in_text
from digester.ports import Fetched, FetchError, Gathering, Http, Reply, Sandbox, SandboxFailure, SourceKind, Store

_VERSION = re.compile(r"v([0-9]{1,3})(?:\.pdf)?/?$")
_WORK = re.compile(r"(?:arxiv|doi|url|github|entry):\S+")
_AWAY = frozenset({"dns", "connect", "timeout", "not_configured"})
HINT = "name an arXiv id or address, a work such as arxiv:2606.12345, or an item of `digester items list`"


def work_of(name: str) -> str:
    """The work that a name means: an address, an arXiv id in any form, or a work as it is written; "" for none of these."""
    if name.startswith(("http://", "https://")):
        return ref_of(name) or ""
    if named := refs_in_text(name):
        return named[0]
    if _WORK.fullmatch(name):
        return name
    found = ref_of(f"https://arxiv.org/abs/{name}") or ""
    return found if found.startswith("arxiv:") else ""


def version_of(name: str) -> int:
    """The version that a name asks for, 0 where it asks for none."""
    m = _VERSION.search(name)
    return int(m[1]) if m else 0


def item(store: Store, name: str) -> Item | None:
    """The item of this name: its own id, or a work or address in any form, of which the paper stands before what points
    to it; a listed one before one that was only named, then the earliest seen."""
    return store.item(name) or _first(store, work_of(name))


def stored(store: Store, name: str) -> Item | None:
    """The paper of this name; an item may be a post that points to the paper."""
    named = item(store, name)
    found = _first(store, named.work) if named else None
    return found if found and found.entry.kind == "paper" else None


def _first(store: Store, work: str) -> Item | None:
    order = {"paper": 0, "article": 1}  # what the work is, before posts about it
    return min(
        store.items_about([work]) if work else (),
        key=lambda i: (order.get(i.entry.kind, 2), i.entry.announced_at is None, i.first_seen_at, i.id), default=None,
    )  # fmt: skip


def fetched(
    work: str, source: Source, kind: SourceKind, requests: Sequence[Request], http: Http, sandbox: Sandbox, store: Store,
    now: datetime,
) -> Item:  # fmt: skip
    """The paper as the answer to `requests` has it, stored as an item of the source; what is remembered of the source's
    own visits is left as it is. Raises Offline, NotFound, DigesterError."""
    wanted = work.partition(":")[2]
    fetches = http.fetches()
    for request in requests:
        fetches.add(request, request)
    for _, reply in fetches:
        parsed = _parsed(work, source, kind, reply, sandbox)
        entry = next((e for e in parsed.entries if e.external_id == wanted), None)
        if entry is not None:
            item = to_item(source.id, entry, store.item(item_id(source.id, wanted)), now, first_visit=False)
            state = store.fetch_states().get(source.id, FetchState(source.id))
            store.save_gathering(Gathering(state, (item,), (), (), ()), now)
            return item
    raise NotFound(f"{source.name} knows no paper {wanted}", subject=work, hint=HINT)


def _parsed(work: str, source: Source, kind: SourceKind, reply: Reply, sandbox: Sandbox) -> Parsed:
    if isinstance(reply, FetchError):
        told = f"{work} is not stored, and its record cannot be fetched: {reply.message}"
        raise (Offline if reply.fault in _AWAY else DigesterError)(
            told, subject=work, hint="the same command later tries again; what is stored needs no network"
        )
    if not isinstance(reply, Fetched):
        raise DigesterError(f"{work}: the server answered 304 to an unconditional request", subject=work)
    parsed = sandbox.run(kind.parse, source, reply.document)
    if isinstance(parsed, SandboxFailure):
        raise NotFound(
            f"{source.name} knows no paper {work.partition(':')[2]}: {parsed.message}", subject=work, hint=HINT
        )
    return parsed
