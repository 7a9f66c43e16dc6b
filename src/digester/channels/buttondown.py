"""The issue's e-mail as an e-mail of Buttondown.

Facts: docs.buttondown.com, pages api-emails-create, -list, -update and -status, api-idempotency-keys, api-versioning,
editor-modes and using-templating, and the OpenAPI description (buttondown/openapi); API version 2026-04-01. It is always made
as a draft, and sending is a second request that sets `about_to_send`: whatever becomes of an answer, a second one is at
worst a second draft. Before anything is made, what the API made since the issue's time is looked through for the issue's
mark in `metadata` (no filter finds it); slug and idempotency key are the issue's own, too, for when that says nothing.

The body begins with the mode it is meant for. Body and subject are Django templates there: the openings of tags in them are
taken apart (see `listmonk`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, ClassVar
from urllib.parse import urlencode, urlsplit

from digester.channels._http import Hidden, json_of, refusal, said
from digester.channels._newsletter import DRAFT, Content, Stopped, apart, content_of, mark_of
from digester.domain.cut import line
from digester.domain.delivery import Accepted, Delivery, Edition, Failed, InDoubt, Later, Outcome
from digester.domain.ids import digest
from digester.ports.delivery import Answered, Call, ChannelPowers, Unanswered

_FORBID = {"extra": "forbid"}
VERSION = "2026-04-01"
PAGES = 20  # of a list that are looked through
MODE = "<!-- buttondown-editor-mode: fancy -->"
SEND = "about_to_send"
_STANDS = (SEND, "scheduled", "in_flight", "throttled", "resending", "paused", "sent")  # decided; never touched
_ENDED = ("deleted", "errored", "suppressed")
_RANK = {**dict.fromkeys(_STANDS, 0), DRAFT: 2, **dict.fromkeys(_ENDED, 3)}
_THERE = ("email_duplicate", "slug_invalid")  # what a second one is refused with
_ID = re.compile(r"[A-Za-z0-9_-]{1,80}")
_NO_SLUG = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True)
class Params:
    """`key` names the environment variable with the API key. Without `send` the e-mail stays a draft that a person sends.
    `server` is Buttondown's own, for tests."""

    __pydantic_config__ = _FORBID
    key: str = "BUTTONDOWN_API_KEY"
    send: bool = False
    server: str = "https://api.buttondown.com"


@dataclass(frozen=True)
class _Email:
    id: str
    status: str

    @classmethod
    def of(cls, value: Any) -> _Email | None:
        """From what the service says, None when that is no e-mail."""
        name, status = (value.get("id"), value.get("status")) if isinstance(value, dict) else (None, None)
        if isinstance(name, str) and _ID.fullmatch(name) and isinstance(status, str):
            return cls(name, status)
        return None

    def standing(self) -> Outcome:
        """What it means that it is there and is no draft."""
        if self.status in _STANDS:
            return Accepted(self.id)
        if self.status in _ENDED:
            return Failed(f"e-mail {self.id} is {self.status} at Buttondown")
        return InDoubt(f"e-mail {self.id} is {said(self.status)!r} at Buttondown")


class Buttondown:
    kind: ClassVar[str] = "buttondown"
    doc: ClassVar[str] = "An e-mail at Buttondown, a draft unless you say send."
    personal: ClassVar[bool] = False
    updates: ClassVar[bool] = True
    daily = 0
    Params: ClassVar[type] = Params

    def __init__(self, name: str, params: Any, powers: ChannelPowers) -> None:
        self.name, self._params, self._powers = name, params, powers
        self._server, self._key = params.server.rstrip("/"), powers.secret(params.key)
        self._said = Hidden(self._key)

    @staticmethod
    def secrets(params: Any) -> Sequence[str]:
        return (params.key,)

    def parts(self, edition: Edition) -> Sequence[str]:
        return ("",)

    @contextmanager
    def open(self) -> Iterator[Buttondown]:
        yield self

    def deliver(self, edition: Edition, row: Delivery) -> Outcome:
        artifact = edition.artifacts.get("email")
        if artifact is None:
            return Failed(f"{row.issue_id} has no e-mail output; add email to its outputs")
        content = content_of(artifact.body, edition.language, styled=False)
        try:
            return self._settled(edition, mark_of(row), _fields(edition, content))
        except Stopped as stop:
            return stop.outcome

    def _settled(self, edition: Edition, mark: str, fields: Mapping[str, Any]) -> Outcome:
        email = self._find(edition, mark)
        if email is not None and email.status != DRAFT:
            return email.standing()
        change: Mapping[str, Any] = {}
        if email is None:
            email = self._made(edition, mark, fields)
        else:
            change = fields
        if email.status == DRAFT and (change or self._params.send):
            return self._changed(edition, mark, email, {**change, "status": SEND if self._params.send else DRAFT})
        return Accepted(email.id) if email.status == DRAFT else email.standing()

    def _made(self, edition: Edition, mark: str, fields: Mapping[str, Any]) -> _Email:
        """A new draft, or the e-mail that is there already when a second one is refused."""
        asked = {**fields, "status": DRAFT, "slug": _slug(edition, mark), "metadata": {"digester": mark}}
        answer = self._ask("POST", "", asked, once=mark)
        if _refused(answer) and _word(answer, "code") in _THERE:
            found = self._find(edition, mark)
            if found is None:
                raise Stopped(
                    InDoubt(f"Buttondown has an e-mail of this issue and does not list it: {self._why(answer)}")
                )
            return found
        email = _Email.of(json_of(self._taken(answer)))
        if email is None:  # it may be there all the same: the next attempt looks
            raise Stopped(Later("Buttondown says it made an e-mail and names none"))
        return email

    def _changed(self, edition: Edition, mark: str, email: _Email, fields: Mapping[str, Any]) -> Outcome:
        """The draft with these fields; what a person has sent since stands."""
        answer = self._ask("PATCH", f"/{email.id}", fields)
        told = None if _refused(answer) else _Email.of(json_of(self._taken(answer)))
        if told is not None and (told.status in _STANDS or fields["status"] == DRAFT == told.status):
            return Accepted(email.id)
        found = self._find(edition, mark)
        if found is not None and found.status != DRAFT:
            return found.standing()
        self._taken(answer)
        if found is not None and fields["status"] == DRAFT:
            return Accepted(email.id)
        return Later(f"Buttondown was told to send e-mail {email.id} and did not")

    # ------------------------------------------------------------------ requests
    def _find(self, edition: Edition, mark: str) -> _Email | None:
        mine: list[_Email] = []
        for page in range(1, PAGES + 1):
            results, more = self._listed(edition, page)
            mine += [e for value in results if _bears(value, mark) and (e := _Email.of(value))]
            if not more:
                return min(mine, key=lambda e: _RANK.get(e.status, 1), default=None)
        raise Stopped(
            InDoubt(f"more e-mails at Buttondown than {PAGES} pages: look there whether this issue is among them")
        )

    def _listed(self, edition: Edition, page: int) -> tuple[list[Any], bool]:
        """A page, and whether there are more; the address of the next one is never followed, the key goes with it."""
        issue = edition.issue
        since = min(issue.window.end, issue.frozen_at) - timedelta(days=1)
        asked = [("creation_date__start", since.date().isoformat()), ("ordering", "creation_date")]
        asked += [("source", "api"), ("excluded_fields", "body"), ("page", str(page))]
        asked += [("status", status) for status in (DRAFT, *_STANDS, *_ENDED)]
        answer = self._ask("GET", f"?{urlencode(asked)}")
        if _refused(answer):  # says nothing about this issue
            raise Stopped(Later(f"Buttondown lists nothing: {answer.status} {self._why(answer)}".strip(), stop=True))
        read = json_of(self._taken(answer))
        results = read.get("results") if isinstance(read, dict) else None
        if not isinstance(results, list):
            raise Stopped(
                Later(
                    f"{urlsplit(self._server).hostname or 'the server'} lists no e-mails; check the address of the channel",
                    stop=True,
                )
            )
        return results, bool(read.get("next"))

    def _ask(self, method: str, path: str, fields: Mapping[str, Any] | None = None, once: str = "") -> Answered:
        """An answer; raises Stopped for none. `once` makes a key of the request, with what it holds."""
        body = b"" if fields is None else json.dumps(fields).encode()
        headers = {"Authorization": f"Token {self._key}", "Accept": "application/json", "X-API-Version": VERSION}
        if fields is not None:
            headers["Content-Type"] = "application/json"
        if once:
            headers["X-Idempotency-Key"] = digest(once, body.decode())
        answer = self._powers.wire.ask(Call(method, f"{self._server}/v1/emails{path}", headers, body))
        if isinstance(answer, Unanswered):
            now = self._powers.clock.now()
            raise Stopped(refusal("Buttondown", answer, now, again=True) or Later("Buttondown gave no answer"))
        return answer

    def _taken(self, answer: Answered) -> Answered:
        """The answer when it is 2xx; raises Stopped for any other."""
        if answer.status == 409:  # the same request is being worked on
            raise Stopped(Later(f"Buttondown answers 409: {self._why(answer)}"))
        outcome = refusal("Buttondown", answer, self._powers.clock.now(), again=True, why=self._why(answer))
        if outcome is not None:
            raise Stopped(outcome)
        return answer

    def _why(self, answer: Answered) -> str:
        return self._said(" ".join(filter(None, (_word(answer, "code"), _word(answer, "detail")))))


def _fields(edition: Edition, content: Content) -> dict[str, Any]:
    return {"subject": content.subject or apart(line(edition.series)), "body": f"{MODE}\n{content.page}"}


def _slug(edition: Edition, mark: str) -> str:
    """Part of the address of its page in the archive: rec-weekly-2026-w25-en and some of the mark."""
    told = _NO_SLUG.sub("-", f"{edition.issue.id} {edition.language}".lower()).strip("-")
    return f"{told[:80]}-{mark[-8:]}"


def _bears(value: Any, mark: str) -> bool:
    metadata = value.get("metadata") if isinstance(value, dict) else None
    return isinstance(metadata, dict) and metadata.get("digester") == mark


def _refused(answer: Answered) -> bool:
    """For what was asked, not for who asks or how often."""
    return answer.status in (400, 422)


def _word(answer: Answered, name: str) -> str:
    value = json_of(answer)
    word = value.get(name) if isinstance(value, dict) else None
    return word if isinstance(word, str) else ""
