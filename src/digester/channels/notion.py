"""Pages of a Notion database, one for each language of an issue (developers.notion.com, API reference, 2025-09-03).

The database is one that NotionNext reads: ten properties by name, the page found by its slug. A page is written from the
frozen record, as a draft until it is complete; a correction is written over the same page, unless somebody edited it by
hand and `force` is not set. See `_notion/upsert.py` for what happens when it breaks off.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, ClassVar

from digester.channels._notion.api import Api, Stopped
from digester.channels._notion.page import page
from digester.channels._notion.properties import values
from digester.channels._notion.upsert import Draft, Kept, Place, Upsert, place
from digester.domain.cut import line
from digester.domain.delivery import Delivery, Edition, Failed, Outcome
from digester.ports.delivery import ChannelPowers

_FORBID = {"extra": "forbid"}
_SLUG = 200  # characters


@dataclass(frozen=True)
class Params:
    """`database` is its id or its address, `source` one of its data sources where it has several (name or id). `status` is
    what a finished page gets, `draft` what a page has until then; `icon` and `priority` are written where they are set.
    `key` names the variable with the integration's token, `server` is for tests."""

    __pydantic_config__ = _FORBID
    database: str
    source: str = ""
    status: str = "Published"
    draft: str = "Draft"
    icon: str = ""
    priority: str = ""
    key: str = "NOTION_TOKEN"
    server: str = "https://api.notion.com"


class Notion:
    kind: ClassVar[str] = "notion"
    doc: ClassVar[str] = "A page for each language in a Notion database, as NotionNext reads it."
    personal: ClassVar[bool] = False
    updates: ClassVar[bool] = True
    daily = 0
    Params: ClassVar[type] = Params

    def __init__(self, name: str, params: Any, powers: ChannelPowers) -> None:
        self.name, self._params = name, params
        self.force: bool = False  # writes over what was edited by hand
        self._api = Api(params.server, powers.secret(params.key), powers)

    @staticmethod
    def secrets(params: Any) -> Sequence[str]:
        return (params.key,)

    def parts(self, edition: Edition) -> Sequence[str]:
        return ("",)

    @contextmanager
    def open(self) -> Iterator[Writing]:
        yield Writing(self._api, self._params, self.force)


class Writing:
    """The channel while it is open: what the database is like is asked once."""

    def __init__(self, api: Api, params: Params, force: bool) -> None:
        self._api, self._params, self._force = api, params, force
        self._place: Place | None = None

    def deliver(self, edition: Edition, row: Delivery) -> Outcome:
        if fault := _fault(edition):
            return Failed(fault)
        try:
            return Upsert(self._api, self._where(), self._draft(edition), Kept.of(row.remote), self._force).run()
        except Stopped as stopped:
            return stopped.outcome

    def _where(self) -> Place:
        if self._place is None:
            p = self._params
            self._place = place(self._api, p.database, p.source, (p.status, p.draft))
        return self._place

    def _draft(self, edition: Edition) -> Draft:
        """Only a frozen issue is published: a withdrawn one becomes a draft again."""
        p = self._params
        slug = line(edition.issue.slug[edition.language])
        status = p.status if edition.issue.state == "frozen" else p.draft
        there = values(edition, slug, status, {"icon": p.icon, "priority": p.priority})
        return Draft(slug, there, page(edition), p.draft)


def _fault(edition: Edition) -> str:
    """Why an edition can have no page of its own."""
    issue, language = edition.issue, edition.language
    slugs = {other: line(slug) for other, slug in issue.slug.items()}
    own = slugs.get(language, "")
    if not own or len(own) > _SLUG:
        return f"{issue.id} has no slug in {language} by which its page could be found"
    same = [other for other in issue.languages if other != language and slugs.get(other) == own]
    return (
        f"{issue.id} has one slug for {language} and {same[0]}: their pages would overwrite each other" if same else ""
    )
