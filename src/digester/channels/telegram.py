"""Telegram, by the Bot API (core.telegram.org/bots/api: sendMessage, Formatting options, Making requests).

A text has at most 4,096 characters after its entities are parsed; only the first hundred entities count, and their
addresses together about 9,500 octets (tdlib/telegram-bot-api, issue 165): `size` keeps all three. parse_mode is HTML with
every text escaped. Text that would call somebody, run a command or become a link by itself is parted by a word joiner
(U+2060): a bot cannot switch that off. The token is part of the address. An answer is `{"ok": true, "result": ...}` or
`{"ok": false, "error_code", "description", "parameters"}`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from html import escape, unescape
from typing import Any, ClassVar
from urllib.parse import quote

from digester.channels._brief import Brief, joined, packed, utf16
from digester.channels._chat import Chat, Message, Style, blocks, fields, post, taken, titles, told_to_wait, whole
from digester.domain.delivery import Failed, Later, Outcome
from digester.ports.delivery import Answered, Call

_FORBID = {"extra": "forbid"}
TEXT = 4096
BODY = TEXT - 300  # the title comes to it
_ENTITY = 43  # units of the limit that one entity takes of it: 95 at most
_TAG = re.compile(r"<(/?)[^<>]{0,5000}>")  # of our own making: an address is never longer
_ADDRESS = re.compile(r'<a href="([^"]*)">')
_ACTIVE = re.compile(
    r"@(?=\w)|(?<!\w)[#$/](?=\w)|(?<=\w):(?=//)|(?<=\w)\.(?=[^\W\d_])"
)  # @name #tag /command a.example
_JOINER = "\u2060"


def _plain(text: str) -> str:
    return escape(_ACTIVE.sub(rf"\g<0>{_JOINER}", text), quote=True)


STYLE = Style(
    plain=_plain, bold=lambda text: f"<b>{text}</b>",
    link=lambda text, url: f'<a href="{escape(url, quote=True)}">{text}</a>',
)  # fmt: skip


@dataclass(frozen=True)
class Params:
    """`chat` the id of a chat or the @name of a public channel, `key` the environment variable with the bot's token;
    `items` shown at most, 0 for all; `server` another Bot API server."""

    __pydantic_config__ = _FORBID
    chat: str | int
    key: str = "TELEGRAM_BOT_TOKEN"
    items: int = 20
    server: str = "https://api.telegram.org"


class Telegram(Chat):
    kind: ClassVar[str] = "telegram"
    doc: ClassVar[str] = "The issue in short, sent to a Telegram chat or channel by a bot."
    service: ClassVar[str] = "Telegram"
    pause: ClassVar[float] = 3.0  # 20 messages a minute to a group
    Params: ClassVar[type] = Params

    def made(self, view: Brief) -> list[Message]:
        head = [STYLE.plain(view.period), STYLE.plain(view.census)]
        messages = packed(blocks(view, STYLE, head), BODY, size)
        names = titles(view.title, len(messages))
        return [
            self._message(f"{STYLE.bold(STYLE.plain(name))}\n\n{joined(content)}")
            for name, content in zip(names, messages, strict=True)
        ]

    def _message(self, text: str) -> Message:
        preview = {"is_disabled": True}
        return {"chat_id": str(self.params.chat), "text": text, "parse_mode": "HTML", "link_preview_options": preview}

    def call(self, message: Message, now: datetime) -> Call:
        return post(f"{self.params.server.rstrip('/')}/bot{quote(self._key, safe=':')}/sendMessage", message)

    def read(self, answer: Answered, now: datetime) -> Outcome:
        body = fields(answer)
        if answer.status == 200 and body.get("ok") is True:
            return taken(_part(body, "result").get("message_id", ""))
        if body.get("ok") is not False:
            return self.refused(answer, now)
        return self._refusal(answer, body, now)

    def _refusal(self, answer: Answered, body: Mapping[str, Any], now: datetime) -> Outcome:
        """It says itself that it did not take the message, and why."""
        code, why, more = whole(body.get("error_code")), body.get("description", ""), _part(body, "parameters")
        status = code if code is not None and 400 <= code < 600 else answer.status
        if (moved := whole(more.get("migrate_to_chat_id"))) is not None:
            return Later(f"Telegram answers {status}: the chat is now {moved}; name that one")
        if status == 400 and "chat not found" in str(why).lower():
            return Later(f"Telegram answers {status}: {self.repeated(why)}; check `chat`, and that the bot is in it")
        if status < 400:
            return Failed(f"Telegram does not take it: {self.repeated(why)}")
        return self.refused(told_to_wait(replace(answer, status=status), more.get("retry_after")), now, why)


def size(text: str) -> int:
    """How much of a message a text takes: by its characters, its entities or its addresses, whichever is most."""
    shown = utf16(unescape(_TAG.sub("", text)))
    entities = sum(1 for tag in _TAG.finditer(text) if not tag[1])
    addresses = sum(len(unescape(a[1]).encode()) for a in _ADDRESS.finditer(text))
    return max(shown, entities * _ENTITY, addresses // 2 + entities * 4)


def _part(body: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = body.get(key)
    return value if isinstance(value, dict) else {}
