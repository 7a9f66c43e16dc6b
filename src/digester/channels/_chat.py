"""What the four chats share: an edition in short, laid out in the markup of each, in numbered parts.

No service of these knows an idempotency key for what is posted this way: an attempt without an answer is in doubt. A part
that is put off stops the channel, so that what follows it is not read before it. Addresses and tokens are secrets, also
where a service repeats them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, ClassVar

from digester.channels._brief import Block, Brief, Group, Item, brief, fitted, utf16, words
from digester.channels._http import Hidden, json_of, refusal, said
from digester.domain.delivery import Accepted, Delivery, Edition, Failed, InDoubt, Later, Outcome
from digester.ports.delivery import Answered, Call, ChannelPowers, Unanswered

Message = dict[str, Any]
LONGEST_LINK = 1000  # in UTF-16 units of markup; a longer address is not linked, the headline stays


# --------------------------------------------------------------------- layout
@dataclass(frozen=True)
class Style:
    """The markup of a chat: `plain` makes any text harmless, the others take what is."""

    plain: Callable[[str], str]
    bold: Callable[[str], str]
    link: Callable[[str, str], str]

    def fit(self, text: str, limit: int) -> str:
        """Text from outside, harmless, within so many units of markup."""
        return self.plain(fitted(text, limit, lambda t: utf16(self.plain(t))))

    def linked(self, text: str, url: str) -> str:
        """The text as a link, where there is an address that is not too long."""
        made = self.link(text, url) if url else ""
        return made if made and utf16(made) - utf16(text) <= LONGEST_LINK else text


def blocks(view: Brief, style: Style, head: Sequence[str]) -> Iterator[Block]:
    """An edition from top to bottom; `head` are the lines that a chat has no place of its own for. No block is longer
    than 2,900 units, and no line begins with text from outside: nothing in it can be a list, a heading or a quotation."""
    if head:
        yield Block("\n".join(head))
    for notice in view.notices:
        yield Block(f"⚠ {style.fit(notice, 1200)}")
    if view.summary:
        label, _, rest = words("summary", view.language).partition("{}")
        yield Block(f"{label}{style.fit(view.summary, 1000)}{rest}")
    for number, thread in enumerate(view.threads):
        yield _headed(words("threads", view.language) if not number else "", f"• {style.fit(thread, 600)}", style)
    for group in view.groups:
        yield from _group(group, view.language, style)
    if end := _end(view, style):
        yield Block(end, opens=True)


def _group(group: Group, language: str, style: Style) -> Iterator[Block]:
    for number, item in enumerate(group.items):
        yield _headed(group.heading if not number else "", _item(item, language, style), style)


def _headed(heading: str, text: str, style: Style) -> Block:
    """A heading stays with what it stands over."""
    return Block(f"{style.bold(style.fit(heading, 240))}\n{text}", opens=True) if heading else Block(text)


def _item(item: Item, language: str, style: Style) -> str:
    first = f"• {f'{item.stars} ' if item.stars else ''}{style.linked(style.fit(item.headline, 440), item.url)}"
    if item.names:
        first += words("named", language).format(style.fit(words("comma", language).join(item.names), 300))
    return f"{first}\n— {style.fit(item.text, 600)}" if item.text else first


def _end(view: Brief, style: Style) -> str:
    link = style.linked(style.plain(words("whole", view.language)), view.url)
    return " ".join(part for part in (view.left, link if view.url else "") if part)


def titles(title: str, number: int) -> list[str]:
    """The title of each of so many messages, numbered when there are several."""
    return [title] if number == 1 else [f"{title} ({n}/{number})" for n in range(1, number + 1)]


# ------------------------------------------------------------------- channels
class Chat:
    """`pause` are the seconds between two messages that the service wants."""

    kind: ClassVar[str]
    doc: ClassVar[str]
    personal: ClassVar[bool] = False
    updates: ClassVar[bool] = False
    daily = 0
    service: ClassVar[str]
    pause: ClassVar[float] = 1.0

    def __init__(self, name: str, params: Any, powers: ChannelPowers) -> None:
        self.name, self.params, self.powers = name, params, powers
        self.repeated = Hidden(*(powers.secret(variable) for variable in self.secrets(params)))
        self._key = powers.secret(params.key).strip()
        self._kept: tuple[Edition, list[Message]] | None = None

    @staticmethod
    def secrets(params: Any) -> Sequence[str]:
        return (params.key,)

    def parts(self, edition: Edition) -> Sequence[str]:
        number = len(self.messages(edition))
        digits = len(str(number))  # 02/12, so that the names of parts are in order as texts, too
        return ("",) if number == 1 else tuple(f"{n:0{digits}}/{number}" for n in range(1, number + 1))

    @contextmanager
    def open(self) -> Iterator[Talk]:
        yield Talk(self)

    def messages(self, edition: Edition) -> list[Message]:
        """Built once for an edition."""
        if self._kept is None or self._kept[0] is not edition:
            self._kept = (edition, self.made(brief(edition, self.params.items)))
        return self._kept[1]

    def made(self, view: Brief) -> list[Message]:
        """The bodies of an edition's messages, at least one."""
        raise NotImplementedError

    def call(self, message: Message, now: datetime) -> Call:
        return post(self._key, message)

    def read(self, answer: Answered, now: datetime) -> Outcome:
        """What an answer of the service means."""
        raise NotImplementedError

    def judged(self, answer: Answered | Unanswered, now: datetime) -> Outcome:
        outcome = self.read(answer, now) if isinstance(answer, Answered) else self.refused(answer, now)
        return replace(outcome, stop=True) if isinstance(outcome, Later) else outcome

    def refused(self, answer: Answered | Unanswered, now: datetime, why: object = "") -> Outcome:
        """What the status means; a success that does not say what a success says is none, and no failure either."""
        outcome = refusal(self.service, answer, now, again=False, why=self.repeated(why))
        return outcome or InDoubt(f"{self.service} answers {_status(answer)}, but not that it took the message")


class Talk:
    """One session: paced, part by part."""

    def __init__(self, chat: Chat) -> None:
        self._chat = chat

    def pause(self) -> None:
        """Between two messages, while no row says that it is being sent."""
        self._chat.powers.clock.sleep(self._chat.pause)

    def deliver(self, edition: Edition, row: Delivery) -> Outcome:
        chat, clock = self._chat, self._chat.powers.clock
        names = list(chat.parts(edition))
        if row.recipient not in names:
            part, now = row.recipient or "1/1", len(names)
            return Failed(f"there is no part {part} any more: {row.issue_id} is now sent in {now}")
        call = chat.call(chat.messages(edition)[names.index(row.recipient)], clock.now())
        return chat.judged(chat.powers.wire.ask(call), clock.now())


def post(url: str, message: Mapping[str, Any]) -> Call:
    body = json.dumps(message, ensure_ascii=False).encode()
    return Call("POST", url, {"Content-Type": "application/json; charset=utf-8"}, body)


# -------------------------------------------------------------------- answers
def fields(answer: Answered) -> Mapping[str, Any]:
    """The body as a JSON object, an empty one when it is none."""
    value = json_of(answer)
    return value if isinstance(value, dict) else {}


def whole(value: object) -> int | None:
    """A JSON number that is an integer."""
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def seconds(value: object) -> float | None:
    """A time to wait as a service gives it, None when it gives none."""
    if isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value < 1e9:
        return float(value)
    return None


def told_to_wait(answer: Answered, value: object) -> Answered:
    """The answer with a time to wait that stands in its body, as if it stood in its header."""
    wait = seconds(value)
    return answer if wait is None else replace(answer, headers={**answer.headers, "retry-after": str(wait)})


def taken(remote: object = "") -> Accepted:
    return Accepted(said(remote))


def _status(answer: Answered | Unanswered) -> str:
    return str(answer.status) if isinstance(answer, Answered) else "nothing"
