"""Discord, by a webhook (docs.discord.com: "Webhook Resource", Execute Webhook; "Message Resource", Embed Limits, Allowed
Mentions; "Rate Limits").

A message has at most 10 embeds with 6,000 characters in all, 256 in a title, 4,096 in a description; here it has up to
three. `allowed_mentions` without a kind lets nobody be called, whatever a text says. Markdown's signs are escaped one by
one, the colon too, so that no address in a text becomes a link. With `wait=true` the answer is the message, and its id is
kept.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from digester.channels._brief import Block, Brief, joined, packed, utf16
from digester.channels._chat import Chat, Message, Style, blocks, fields, post, taken, titles, told_to_wait
from digester.domain.delivery import Outcome
from digester.ports.delivery import Answered, Call

_FORBID = {"extra": "forbid"}
MESSAGE = 5700  # of 6,000: the title comes to it
DESCRIPTION = 4096
TITLE = 256
_SIGNS = re.compile(r"[\\`*_~|\[\]()<>#:@&+-]")
_ADDRESS = str.maketrans({"(": "%28", ")": "%29", "[": "%5B", "]": "%5D", "\\": "%5C", "*": "%2A", "|": "%7C"})


def _plain(text: str) -> str:
    return _SIGNS.sub(r"\\\g<0>", text)


STYLE = Style(
    plain=_plain, bold=lambda text: f"**{text}**", link=lambda text, url: f"[{text}]({url.translate(_ADDRESS)})"
)


@dataclass(frozen=True)
class Params:
    """`key` names the environment variable with the webhook's address (with `?thread_id=` for a thread); `items` shown at
    most, 0 for all."""

    __pydantic_config__ = _FORBID
    key: str = "DISCORD_WEBHOOK_URL"
    items: int = 20


class Discord(Chat):
    kind: ClassVar[str] = "discord"
    doc: ClassVar[str] = "The issue in short, posted to a Discord channel by a webhook."
    service: ClassVar[str] = "Discord"
    pause: ClassVar[float] = 2.0  # 30 messages a minute to a webhook
    Params: ClassVar[type] = Params

    def made(self, view: Brief) -> list[Message]:
        head = [STYLE.plain(view.period), STYLE.plain(view.census)]
        messages = packed(blocks(view, STYLE, head), MESSAGE, utf16)
        names = titles(STYLE.fit(view.title, TITLE - 16), len(messages))
        return [_message(name, view.url, content) for name, content in zip(names, messages, strict=True)]

    def call(self, message: Message, now: datetime) -> Call:
        return post(f"{self._key}{'&' if '?' in self._key else '?'}wait=true", message)

    def read(self, answer: Answered, now: datetime) -> Outcome:
        body = fields(answer)
        if answer.status == 204:
            return taken()
        if answer.status == 200 and isinstance(body.get("id"), str):
            return taken(body["id"])
        why = " ".join(str(body[key]) for key in ("code", "message") if key in body)
        return self.refused(told_to_wait(answer, body.get("retry_after")), now, why)


def _message(title: str, url: str, content: tuple[Block, ...]) -> Message:
    embeds: list[dict[str, Any]] = [{"description": joined(c)} for c in packed(content, DESCRIPTION, utf16)]
    embeds[0] = {"title": title, **({"url": url} if 0 < len(url) <= 2000 else {}), **embeds[0]}
    return {"embeds": embeds, "allowed_mentions": {"parse": []}}
