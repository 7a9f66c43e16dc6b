"""Feishu and Lark, by a custom bot (open.feishu.cn, open.larksuite.com: "Custom bot usage guide", "Card JSON structure").

A body has at most 20 KB, a bot 100 messages a minute and 5 a second. The message is an interactive card; texts in lark_md
have their signs as entities. A bot with signature verification wants `timestamp` (seconds, an hour at most off) and `sign`:
base64 of HMAC-SHA256 over nothing, its key `timestamp`, a line end and the secret. The status is 200 also for failures:
`code` (in old answers `StatusCode`) says what became of it.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from digester.channels._brief import Block, Brief, by_section, joined, packed
from digester.channels._chat import Chat, Message, Style, blocks, fields, post, taken, titles, whole
from digester.domain.delivery import Failed, Later, Outcome
from digester.ports.delivery import Answered, Call

_FORBID = {"extra": "forbid"}
MESSAGE = 18_500  # octets of 20,000: title, signature and what is around a card come to it
_ELEMENT = 90  # octets of an element around its text, with a line in front
_PLAIN = str.maketrans({sign: f"&#{ord(sign)};" for sign in "&<>*~`[]\\"})
_ADDRESS = str.maketrans({"(": "%28", ")": "%29", "[": "%5B", "]": "%5D", "\\": "%5C", "*": "%2A", "~": "%7E"})
STYLE = Style(
    plain=lambda text: text.translate(_PLAIN), bold=lambda text: f"**{text}**",
    link=lambda text, url: f"[{text}]({url.translate(_ADDRESS)})",
)  # fmt: skip
_LATER = {
    11232: "too many messages at once",
    19001: "check the address of the bot",
    19021: "check the secret of the bot (signed, secret) and the clock of this machine",
    19022: "this machine's address is not on the bot's list",
}


@dataclass(frozen=True)
class Params:
    """`key` names the environment variable with the bot's address; with `signed` messages are signed with the secret in
    the variable `secret`. `items` shown at most, 0 for all."""

    __pydantic_config__ = _FORBID
    key: str = "FEISHU_WEBHOOK_URL"
    signed: bool = False
    secret: str = "FEISHU_SECRET"  # noqa: S105 - the name of a variable
    items: int = 20


class Feishu(Chat):
    kind: ClassVar[str] = "feishu"
    doc: ClassVar[str] = "The issue in short as a card, posted to a Feishu or Lark group by a custom bot."
    service: ClassVar[str] = "Feishu"
    pause: ClassVar[float] = 0.7
    Params: ClassVar[type] = Params

    @staticmethod
    def secrets(params: Any) -> Sequence[str]:
        return (params.key, params.secret) if params.signed else (params.key,)

    def made(self, view: Brief) -> list[Message]:
        head = [STYLE.plain(view.period), STYLE.plain(view.census)]
        messages = packed(blocks(view, STYLE, head), MESSAGE, size)
        names = titles(view.title, len(messages))
        return [_card(name, content) for name, content in zip(names, messages, strict=True)]

    def call(self, message: Message, now: datetime) -> Call:
        if self.params.signed:
            at = str(int(now.timestamp()))
            message = {"timestamp": at, "sign": sign(at, self.powers.secret(self.params.secret).strip()), **message}
        return post(self._key, message)

    def read(self, answer: Answered, now: datetime) -> Outcome:
        body = fields(answer)
        code = whole(body.get("code", body.get("StatusCode")))
        if code == 0 and answer.status == 200:
            return taken()
        why = body.get("msg") or body.get("StatusMessage") or ""
        if not code or answer.status >= 500:
            return self.refused(answer, now, why)
        told = f"Feishu answers {code}: {self.repeated(why)}"
        if code in _LATER:
            return Later(f"{told}; {_LATER[code]}")
        return Failed(told) if answer.status in (200, 400) else self.refused(answer, now, f"{code} {why}")


def sign(at: str, secret: str) -> str:
    """The signature at a time in seconds since 1970."""
    return b64encode(hmac.new(f"{at}\n{secret}".encode(), b"", hashlib.sha256).digest()).decode()


def size(text: str) -> int:
    """Octets of a text in a body, each block counted as an element of its own."""
    return len(json.dumps(text, ensure_ascii=False).encode()) + _ELEMENT * (text.count("\n\n") + 1)


def _card(title: str, content: Sequence[Block]) -> Message:
    elements: list[dict[str, Any]] = []
    for number, group in enumerate(by_section(content)):
        elements += [{"tag": "hr"}] if number else []
        elements.append({"tag": "div", "text": {"tag": "lark_md", "content": joined(group)}})
    head = {"title": {"tag": "plain_text", "content": title}, "template": "blue"}
    return {
        "msg_type": "interactive",
        "card": {"config": {"wide_screen_mode": True}, "header": head, "elements": elements},
    }
