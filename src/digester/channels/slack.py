"""Slack, by an incoming webhook (docs.slack.dev: "Sending messages using incoming webhooks", "Block Kit", "Formatting
message text", changelog 2016-05-17 for errors).

A message is a header, a context and sections: at most 50 blocks, 150 characters in a header, 3,000 in a section, and of our
own accord 12,000 in all. `&`, `<` and `>` are entities, so that no mention, link or date can be made; `verbatim` keeps
addresses in texts from becoming links; signs that would start code or strike out text become look-alikes, since mrkdwn has no
escape for them. Success is 200 with the body `ok`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from digester.channels._brief import Block, Brief, by_section, joined, packed, utf16
from digester.channels._chat import Chat, Message, Style, blocks, taken, titles
from digester.domain.delivery import Failed, Later, Outcome
from digester.ports.delivery import Answered

_FORBID = {"extra": "forbid"}
MESSAGE = 11_500  # of 12,000: header and context come to it
SECTION = 3000
SECTIONS = 23  # with a divider in front of each, below 50 blocks
_PLAIN = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "`": "ˋ", "*": "∗", "~": "∼"})
_ADDRESS = str.maketrans({"&": "&amp;", "|": "%7C", "<": "%3C", ">": "%3E"})
_HEADER = str.maketrans("<>", "‹›")
STYLE = Style(
    plain=lambda text: text.translate(_PLAIN), bold=lambda text: f"*{text}*",
    link=lambda text, url: f"<{url.translate(_ADDRESS)}|{text}>",
)  # fmt: skip
_SETTINGS = frozenset({
    "no_service", "no_service_id", "no_team", "team_disabled", "invalid_token", "no_active_hooks", "channel_not_found",
    "channel_is_archived", "action_prohibited", "posting_to_general_channel_denied", "user_not_found",
})  # fmt: skip
_OURS = frozenset({
    "invalid_payload", "invalid_blocks", "invalid_blocks_format", "no_text", "too_many_attachments", "msg_blocks_too_long",
    "missing_text_or_fallback_or_attachments",
})  # fmt: skip


@dataclass(frozen=True)
class Params:
    """`key` names the environment variable with the webhook's address; `items` shown at most, 0 for all."""

    __pydantic_config__ = _FORBID
    key: str = "SLACK_WEBHOOK_URL"
    items: int = 20


class Slack(Chat):
    kind: ClassVar[str] = "slack"
    doc: ClassVar[str] = "The issue in short, posted to a Slack channel by an incoming webhook."
    service: ClassVar[str] = "Slack"
    Params: ClassVar[type] = Params

    def made(self, view: Brief) -> list[Message]:
        messages = packed(blocks(view, STYLE, ()), MESSAGE, utf16) or [(Block("—"),)]
        heads = titles(view.title.translate(_HEADER), len(messages))
        return [
            _message(head, f"{view.period}\n{view.census}", content)
            for head, content in zip(heads, messages, strict=True)
        ]

    def read(self, answer: Answered, now: datetime) -> Outcome:
        word = answer.body[:1000].decode("utf-8", "replace").strip()
        if answer.status == 200 and word == "ok":
            return taken()
        if word in _SETTINGS:
            return Later(f"Slack answers {answer.status}: {word}; check the webhook and its channel")
        if word in _OURS:
            return Failed(f"Slack answers {answer.status}: {word}")
        return self.refused(answer, now, word)


def _message(head: str, context: str, content: Sequence[Block]) -> Message:
    made: list[dict[str, Any]] = [
        {"type": "header", "text": {"type": "plain_text", "text": head, "emoji": False}},
        {"type": "context", "elements": [_text(STYLE.plain(context))]},
    ]
    for section, opens in _sections(content):
        made += [{"type": "divider"}] if opens else []
        made.append({"type": "section", "text": _text(section), "expand": True})
    return {"text": STYLE.plain(head), "blocks": made, "unfurl_links": False, "unfurl_media": False}


def _sections(content: Sequence[Block]) -> list[tuple[str, bool]]:
    """Texts of sections, and whether a divider stands in front; many small ones are put together."""
    cut = [chunk for group in by_section(content) for chunk in packed(group, SECTION, utf16)]
    if len(cut) > SECTIONS:
        cut = packed(content, SECTION, utf16)
    return [(joined(chunk), chunk[0].opens) for chunk in cut]


def _text(text: str) -> dict[str, Any]:
    return {"type": "mrkdwn", "text": text, "verbatim": True}
