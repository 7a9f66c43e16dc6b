"""What channels over HTTP share: reading an answer, and what its status means for a delivery.

A request that is harmless to repeat (`again`: it carries an idempotency key, or finds what it made before) is put off when
nobody knows what became of it; any other is in doubt then, and a person decides.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any

from digester.domain.cut import cut, line
from digester.domain.delivery import Failed, InDoubt, Later, Outcome
from digester.ports.delivery import Answered, Unanswered

SAID = 200  # code points of what a service says that are repeated
_PIECE = 12  # characters of a secret; what is shorter between two delimiters is not worth hiding
_UNKNOWN = (500, 502, 504)  # the request may have been worked on


def json_of(answer: Answered) -> Any:
    """The body as JSON, None when it is none."""
    with suppress(ValueError, RecursionError):
        return json.loads(answer.body)
    return None


def said(value: object) -> str:
    """A service's own words as one short line."""
    return cut(line(str(value)), SAID)


class Hidden:
    """A service's own words as one short line, without the addresses and tokens that it was asked with: some repeat them."""

    def __init__(self, *secrets: str) -> None:
        pieces = {p for s in secrets for p in re.split(r"[/:?=&@\s]", s) if len(p) >= _PIECE}
        self._pieces = sorted(({s.strip() for s in secrets} | pieces) - {""}, key=len, reverse=True)

    def __call__(self, words: object) -> str:
        text = str(words)[:2000]
        for piece in self._pieces:
            text = text.replace(piece, "***")
        return said(text)


def refusal(
    service: str, answer: Answered | Unanswered, now: datetime, *, again: bool, why: object = ""
) -> Outcome | None:
    """What an answer other than 2xx, or none, means; None for 2xx. `why` is what the service says about it."""
    if isinstance(answer, Unanswered):
        if answer.sent and not again:
            return InDoubt(f"{service}: {answer.message}; it may have been read")
        return Later(f"{service}: {answer.message}", stop=not answer.sent)
    if 200 <= answer.status < 300:
        return None
    told = f"{service} answers {answer.status}" + (f": {said(why)}" if why else "")
    if answer.status == 429 or answer.status == 503:
        return Later(told, wait_of(answer.headers, now), stop=True)
    if answer.status in (401, 403, 404):
        return Later(f"{told}; check the key and the address of the channel", stop=True)
    if answer.status in (408, 425) or answer.status >= 500:
        return Later(told) if again or answer.status not in _UNKNOWN else InDoubt(f"{told}; it may have been read")
    if 300 <= answer.status < 400:
        return Later(f"{told}: it points elsewhere; name that address", stop=True)
    return Failed(told)


def wait_of(headers: Mapping[str, str], now: datetime) -> float | None:
    """Seconds of a Retry-After (RFC 9110, 10.2.3), a number or a date."""
    text = headers.get("retry-after", "").strip()
    with suppress(ValueError, OverflowError):
        seconds = float(text)
        return seconds if 0 <= seconds < 1e9 else None
    with suppress(ValueError, TypeError, OverflowError):
        return max((parsedate_to_datetime(text) - now).total_seconds(), 0.0)
    return None
