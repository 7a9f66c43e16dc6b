"""The issue as signed JSON to an address of the operator's: Standard Webhooks (standardwebhooks.com, spec 1.0).

The body is `{"type": "issue.published", "timestamp", "data"}` with the issue's stored JSON; the signature is HMAC-SHA256
over `id.timestamp.body`, in the header `webhook-signature` as `v1,` and base64. `webhook-id` stays the same in every
attempt, so that a receiver knows what it has: an attempt without an answer is therefore made again.
"""

from __future__ import annotations

import binascii
import hashlib
import hmac
import json
from base64 import b64decode, b64encode
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, ClassVar

from digester.channels._http import Hidden, refusal
from digester.domain.delivery import Accepted, Delivery, Edition, Later, Outcome
from digester.ports.delivery import Answered, Call, ChannelPowers

_FORBID = {"extra": "forbid"}


@dataclass(frozen=True)
class Params:
    """`url` names the environment variable with the address, `key` the one with the secret that signs: `whsec_` and base64,
    or any text."""

    __pydantic_config__ = _FORBID
    url: str = "WEBHOOK_URL"
    key: str = "WEBHOOK_SECRET"


class Webhook:
    kind: ClassVar[str] = "webhook"
    doc: ClassVar[str] = "The issue as signed JSON, posted to an address."
    personal: ClassVar[bool] = False
    updates: ClassVar[bool] = True
    daily = 0
    Params: ClassVar[type] = Params

    def __init__(self, name: str, params: Any, powers: ChannelPowers) -> None:
        self.name, self._powers = name, powers
        self._url, self._secret = powers.secret(params.url), _key(powers.secret(params.key))
        self._said = Hidden(self._url, powers.secret(params.key))

    @staticmethod
    def secrets(params: Any) -> Sequence[str]:
        return (params.url, params.key)

    def parts(self, edition: Edition) -> Sequence[str]:
        return ("",)

    @contextmanager
    def open(self) -> Iterator[Webhook]:
        yield self

    def deliver(self, edition: Edition, row: Delivery) -> Outcome:
        artifact = edition.artifacts.get("json")
        if artifact is None:
            return Later(f"{row.issue_id} has no JSON output; add json to its outputs", stop=True)
        now = self._powers.clock.now()
        body = body_of(edition, artifact.body)
        id_ = f"{row.message_id.strip('<>')}.{row.revision}"
        headers = signed(self._secret, id_, int(now.timestamp()), body)
        answer = self._powers.wire.ask(Call("POST", self._url, headers, body))
        why = self._said(answer.body[:1000].decode("utf-8", "replace")) if isinstance(answer, Answered) else ""
        return refusal("the webhook", answer, now, again=True, why=why) or Accepted(id_)


def body_of(edition: Edition, record: bytes) -> bytes:
    issue = edition.issue
    head = {
        "type": "issue.published" if issue.revision == 1 else "issue.corrected",
        "timestamp": issue.frozen_at.isoformat(),
    }
    data = {"language": edition.language, "url": edition.url, "issue": json.loads(record)}
    return json.dumps({**head, "data": data}, ensure_ascii=False).encode()


def signed(secret: bytes, id_: str, at: int, body: bytes) -> dict[str, str]:
    """The headers of a signed request; `at` in seconds since 1970."""
    mark = hmac.new(secret, f"{id_}.{at}.".encode() + body, hashlib.sha256).digest()
    return {
        "Content-Type": "application/json",
        "webhook-id": id_,
        "webhook-timestamp": str(at),
        "webhook-signature": f"v1,{b64encode(mark).decode()}",
    }


def _key(text: str) -> bytes:
    try:
        return b64decode(text.removeprefix("whsec_"), validate=True) if text.startswith("whsec_") else text.encode()
    except binascii.Error:
        return text.encode()
