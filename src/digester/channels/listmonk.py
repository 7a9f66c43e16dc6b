"""The issue's e-mail as a campaign of listmonk, the mailing-list server that the operator runs.

Facts: listmonk.app/docs/apis/campaigns and .../apis/apis (authorization `token user:token`), versions 5 and 6. A campaign is
made as a draft, and sending is a second request, `PUT /api/campaigns/{id}/status` with `running`. Each issue has a mark of
its own, as tag and in the campaign's name; every attempt looks for it first, so that an attempt whose answer was lost is
made again without harm: a draft that is there is changed, and what a person or an earlier attempt has started stays as it is.

Subject, page and text are Go templates there, and `https://...@TrackLink` is a short form of one. Titles come from
anywhere, so the openings of a template are taken apart with a space: an entity would not do, because editors turn it back.
What closes a template means nothing alone and stays (`}}` is common in TeX).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, ClassVar
from urllib.parse import urlencode, urlsplit

from digester.channels._http import Hidden, json_of, refusal, said
from digester.channels._newsletter import DRAFT, Content, Stopped, apart, content_of, mark_of
from digester.domain.cut import line
from digester.domain.delivery import Accepted, Delivery, Edition, Failed, InDoubt, Later, Outcome
from digester.ports.delivery import Answered, Call, ChannelPowers, Unanswered

_FORBID = {"extra": "forbid"}
_STANDS = ("scheduled", "running", "paused", "finished")  # somebody has decided; never touched
_RANK = {**dict.fromkeys(_STANDS, 0), DRAFT: 2, "cancelled": 3}  # of several, as a person may have copied one


@dataclass(frozen=True)
class Params:
    """`url` of your server, such as https://lists.example, and the numbers of its `lists`. `key` names the environment
    variable with `user:token` of an API user. `template` and `sender` when they are not the server's own. Without
    `send` the campaign stays a draft that a person starts."""

    __pydantic_config__ = _FORBID
    url: str
    lists: tuple[int, ...]
    key: str = "LISTMONK_TOKEN"
    template: int = 0
    sender: str = ""
    send: bool = False

    def __post_init__(self) -> None:
        if urlsplit(self.url).scheme not in ("http", "https"):
            raise ValueError("url is no address such as https://lists.example")
        if not self.lists:
            raise ValueError("lists names no list")


@dataclass(frozen=True)
class _Campaign:
    id: int
    status: str

    @classmethod
    def of(cls, value: Any) -> _Campaign | None:
        """From what the server says, None when that is no campaign."""
        number, status = (value.get("id"), value.get("status")) if isinstance(value, dict) else (None, None)
        return cls(number, status) if type(number) is int and number > 0 and isinstance(status, str) else None

    def standing(self) -> Outcome:
        """What it means that it is there and is no draft."""
        if self.status in _STANDS:
            return Accepted(str(self.id))
        if self.status == "cancelled":
            return Failed(f"campaign {self.id} was cancelled in listmonk")
        return InDoubt(f"campaign {self.id} is {said(self.status)!r} in listmonk")


class Listmonk:
    kind: ClassVar[str] = "listmonk"
    doc: ClassVar[str] = "A campaign of your listmonk server, a draft unless you say send."
    personal: ClassVar[bool] = False
    updates: ClassVar[bool] = True
    daily = 0
    Params: ClassVar[type] = Params

    def __init__(self, name: str, params: Any, powers: ChannelPowers) -> None:
        self.name, self._params, self._powers = name, params, powers
        self._server, self._token = params.url.rstrip("/"), powers.secret(params.key)
        self._said = Hidden(self._token)

    @staticmethod
    def secrets(params: Any) -> Sequence[str]:
        return (params.key,)

    def parts(self, edition: Edition) -> Sequence[str]:
        return ("",)

    @contextmanager
    def open(self) -> Iterator[Listmonk]:
        yield self

    def deliver(self, edition: Edition, row: Delivery) -> Outcome:
        artifact = edition.artifacts.get("email")
        if artifact is None:
            return Failed(f"{row.issue_id} has no e-mail output; add email to its outputs")
        mark = mark_of(row)
        content = content_of(artifact.body, edition.language, styled=True)
        try:
            return self._settled(mark, self._fields(edition, mark, content))
        except Stopped as stop:
            return stop.outcome

    def _fields(self, edition: Edition, mark: str, content: Content) -> dict[str, Any]:
        given = {"template_id": self._params.template, "from_email": self._params.sender}
        return {
            "name": apart(f"{line(edition.issue.id)} {line(edition.language)} {mark}"),
            "subject": content.subject or apart(line(edition.series)),
            "lists": list(self._params.lists),
            "type": "regular",
            "content_type": "html",
            "body": content.page,
            "altbody": content.text,
            "tags": ["digester", mark],
            **{name: value for name, value in given.items() if value},
        }

    def _settled(self, mark: str, fields: Mapping[str, Any]) -> Outcome:
        campaign = self._find(mark)
        if campaign is not None and campaign.status != DRAFT:
            return campaign.standing()
        if campaign is None:
            campaign = self._made(fields)
        else:
            self._changed(mark, f"/{campaign.id}", fields)
        return self._started(mark, campaign.id) if self._params.send else Accepted(str(campaign.id))

    def _made(self, fields: Mapping[str, Any]) -> _Campaign:
        campaign = _Campaign.of(_data(self._ask("POST", "", fields)))
        if campaign is None:  # it may be there all the same: the next attempt looks
            raise Stopped(Later("listmonk says it made a campaign and names none"))
        return campaign

    def _started(self, mark: str, number: int) -> Outcome:
        told = _Campaign.of(_data(self._changed(mark, f"/{number}/status", {"status": "running"})))
        if told is not None and told.status in _STANDS:
            return Accepted(str(number))
        self._look_again(mark)
        return Later(f"listmonk was told to start campaign {number} and did not")

    def _changed(self, mark: str, path: str, fields: Mapping[str, Any]) -> Answered:
        """A change of a draft. It is refused when somebody has started it since: then it stands."""
        try:
            return self._ask("PUT", path, fields)
        except Stopped as stop:
            if isinstance(stop.outcome, Failed):
                self._look_again(mark)
            raise

    def _look_again(self, mark: str) -> None:
        campaign = self._find(mark)
        if campaign is not None and campaign.status != DRAFT:
            raise Stopped(campaign.standing())

    # ------------------------------------------------------------------ requests
    def _find(self, mark: str) -> _Campaign | None:
        """By its tag, then by its name: servers differ in what they call the one, and people change either."""
        for asked in ({"tag": mark, "tags": mark}, {"query": mark}):
            mine = [c for value in self._listed(asked) if _bears(value, mark) and (c := _Campaign.of(value))]
            if mine:
                return min(mine, key=_rank)
        return None

    def _listed(self, asked: Mapping[str, str]) -> list[Any]:
        """Few to a page, so that the answer is read whole even by a server that filters nothing."""
        try:
            answer = self._ask("GET", f"?{urlencode({**asked, 'no_body': 'true', 'per_page': '10'})}")
        except Stopped as stop:
            if isinstance(stop.outcome, Failed):  # a question that is refused says nothing about this issue
                raise Stopped(Later(stop.outcome.error, stop=True)) from None
            raise
        data = _data(answer)
        results = data.get("results") if isinstance(data, dict) else None
        if not isinstance(results, list):
            raise Stopped(
                Later(
                    f"{urlsplit(self._server).hostname or 'the server'} lists no campaigns; check the address of the channel",
                    stop=True,
                )
            )
        return results

    def _ask(self, method: str, path: str, fields: Mapping[str, Any] | None = None) -> Answered:
        """An answer 2xx; raises Stopped for any other and for none."""
        headers = {"Authorization": f"token {self._token}", "Accept": "application/json"}
        if fields is not None:
            headers["Content-Type"] = "application/json"
        body = b"" if fields is None else json.dumps(fields).encode()
        answer = self._powers.wire.ask(Call(method, f"{self._server}/api/campaigns{path}", headers, body))
        outcome = refusal("listmonk", answer, self._powers.clock.now(), again=True, why=self._said(_message(answer)))
        if outcome is not None or isinstance(answer, Unanswered):
            raise Stopped(outcome or Later("listmonk gave no answer"))
        return answer


def _bears(value: Any, mark: str) -> bool:
    """Whether a campaign is ours: an unknown filter is no filter, so the answer is not trusted."""
    tags, name = (value.get("tags"), value.get("name")) if isinstance(value, dict) else (None, None)
    return (isinstance(tags, list) and mark in tags) or (isinstance(name, str) and mark in name)


def _rank(campaign: _Campaign) -> tuple[int, int]:
    """What is sent before what is not, a state nobody knows before a draft."""
    return _RANK.get(campaign.status, 1), campaign.id


def _data(answer: Answered) -> Any:
    value = json_of(answer)
    return value.get("data") if isinstance(value, dict) else None


def _message(answer: Answered | Unanswered) -> object:
    value = json_of(answer) if isinstance(answer, Answered) else None
    return value.get("message", "") if isinstance(value, dict) else ""
