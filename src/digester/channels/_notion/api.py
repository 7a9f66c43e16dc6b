"""Notion's HTTP API, version 2025-09-03: one request after another, about three a second, and what a refusal means.

That version asks data sources instead of databases (developers.notion.com, Upgrade guide 2025-09-03); nothing that is sent
or read here differs in 2026-03-11. Status codes and their meaning: developers.notion.com, Status codes; the pace and
Retry-After: Request limits. Short waits are waited for here, and what is harmless to repeat is repeated a few times; the
rest stops the delivery, which is tried again as a whole because it finds its page by the slug.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from digester.channels._http import Hidden, json_of, refusal, wait_of
from digester.channels._notion.blocks import encoded
from digester.domain.delivery import Failed, InDoubt, Later, Outcome
from digester.ports.delivery import Answered, Call, ChannelPowers, Unanswered

VERSION = "2025-09-03"
GAP = 0.34  # seconds between requests: three a second on average
TRIES = 4
PATIENCE = 60.0  # seconds; longer waits are left to the outbox
_UNREADABLE = "Notion gives an answer that cannot be read"
_TODO = {
    401: "it does not know the key: check the variable with the token of the integration",
    403: "the integration may not do this: give it the capabilities to read, update and insert content",
    404: "share the database with the integration (in its menu, Connections), and check the id",
}


class Stopped(Exception):
    """This delivery ends here with an outcome; `status` is that of the answer, 0 without one."""

    def __init__(self, outcome: Outcome, status: int = 0) -> None:
        super().__init__(type(outcome).__name__)
        self.outcome, self.status = outcome, status


class Unreadable(Stopped):
    """An answer that is no JSON object, or longer than is kept of an answer."""

    def __init__(self) -> None:
        super().__init__(Later(_UNREADABLE))


class Api:
    def __init__(self, server: str, token: str, powers: ChannelPowers) -> None:
        self._server, self._token, self._powers = server.rstrip("/"), token, powers
        self._said = Hidden(token)
        self._last: float | None = None

    def get(self, path: str) -> dict[str, Any]:
        return self.ask("GET", path)

    def ask(
        self, method: str, path: str, body: object = None, *, again: bool = True, read: bool = True
    ) -> dict[str, Any]:
        """The object that Notion answers, or Stopped. `again` when the request is harmless to repeat; without `read`
        what stands in the answer does not matter."""
        call = self._call(method, path, body)
        for number in range(TRIES):
            self._pace()
            answer = self._powers.wire.ask(call)
            outcome = self._judged(answer)
            if outcome is None:
                return _object(answer, read)
            wait = None if number == TRIES - 1 else self._wait(answer, again, number)
            if wait is None:
                break
            self._powers.clock.sleep(wait)
        raise Stopped(outcome or Later(_UNREADABLE), answer.status if isinstance(answer, Answered) else 0)

    def _call(self, method: str, path: str, body: object) -> Call:
        headers = {"Authorization": f"Bearer {self._token}", "Notion-Version": VERSION}
        if body is None:
            return Call(method, f"{self._server}{path}", headers)
        return Call(method, f"{self._server}{path}", {**headers, "Content-Type": "application/json"}, encoded(body))

    def _pace(self) -> None:
        now = self._powers.clock.monotonic()
        if self._last is not None and self._last + GAP > now:
            self._powers.clock.sleep(self._last + GAP - now)
        self._last = self._powers.clock.monotonic()

    def _judged(self, answer: Answered | Unanswered) -> Outcome | None:
        """What anything but success means; an error that comes with status 200 is one, too."""
        known: Mapping[str, Any] = {}
        if isinstance(answer, Answered):
            found = json_of(answer)
            known = found if isinstance(found, dict) else {}
            if known.get("object") == "error" and 200 <= answer.status < 300:
                answer = replace(answer, status=_status(known.get("status")))
        return judged(answer, self._powers, self._said(known.get("message") or ""))

    def _wait(self, answer: Answered | Unanswered, again: bool, number: int) -> float | None:
        """Seconds until the request is made again, None when it is not."""
        if isinstance(answer, Unanswered):
            return float(1 << number) if again and answer.sent else None
        asked = wait_of(answer.headers, self._powers.clock.now())
        wait = float(1 << number) if asked is None else asked
        busy = answer.status == 429 or (again and (answer.status in (409, 529) or answer.status >= 500))
        return wait if busy and wait <= PATIENCE else None


def judged(answer: Answered | Unanswered, powers: ChannelPowers, why: str) -> Outcome | None:
    """The outcome of a request without success. Delivering again is harmless, so nothing is ever in doubt."""
    if isinstance(answer, Answered) and answer.status in _TODO:
        return Later(f"Notion answers {answer.status}: {_TODO[answer.status]}{f' ({why})' if why else ''}", stop=True)
    if isinstance(answer, Answered) and answer.status == 409:
        return Later(f"Notion answers 409: {why or 'a conflict'}")
    if isinstance(answer, Answered) and answer.status == 529:  # overloaded: like 503
        answer = replace(answer, status=503)
    outcome = refusal("Notion", answer, powers.clock.now(), again=True, why=why)
    return Later(outcome.error) if isinstance(outcome, InDoubt) else outcome


def settings(stopped: Stopped) -> Stopped:
    """A refusal of what stands in the configuration is nothing that a delivery could be given up for."""
    outcome = stopped.outcome
    return Stopped(Later(outcome.error, stop=True), stopped.status) if isinstance(outcome, Failed) else stopped


def _object(answer: Answered | Unanswered, read: bool) -> dict[str, Any]:
    found = json_of(answer) if isinstance(answer, Answered) else None
    if isinstance(found, dict):
        return found
    if read:
        raise Unreadable
    return {}


def _status(value: object) -> int:
    return value if isinstance(value, int) and 400 <= value < 600 else 500
