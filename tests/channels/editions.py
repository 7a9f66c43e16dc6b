"""Editions of invented issues, and what a channel may use: the real wire, a clock that only passes by sleeping."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from tests.outputs.hostile_samples import BAD_URLS, HOSTILE, hostile
from tests.outputs.issue_samples import daily, paper, say, weekly

from digester.channels.discord import Discord
from digester.channels.feishu import Feishu
from digester.channels.slack import Slack
from digester.channels.telegram import Telegram
from digester.domain.delivery import Delivery, Edition, Later, Outcome, marked
from digester.domain.issue import Issue, Section
from digester.net.wire import HttpWire
from digester.ports.delivery import Channel, ChannelPowers

NOW = datetime(2026, 6, 20, 7, 30, tzinfo=UTC)
WEB = "https://digest.example/article/rec-weekly-en-2026-W25.html"
SECRET = "xQ9verysecretpieceZ7"
TOKEN = f"700100200:AA{SECRET}"
NASTY = (
    *HOSTILE,
    "<!channel> <!here> <@U012AB3CD> <#C012|x> <https://evil.example|click> *bold* _em_ ~gone~ `code` ```all",
    "@everyone @here <@123456789012345678> <@&123> <#1> <:x:1> ||spoiler|| [a](https://evil.example) -# small",
    "@someone_else /start #tag $BTC t.me/joinchat https://evil.example/auto evil.example tg://user?id=1",
    '<a href="https://evil.example">x</a> <tg-spoiler>x</tg-spoiler> </b></a> &amp; &lt;b&gt; <b',
    "<at id=all></at> <at user_id=\"all\">all</at> <font color='red'>x</font> :OK: [x](https://evil.example)",
    "\u202eevil\u202c \u2066isolate\u2069 \ud800 half \x00 nul\r\nBcc: x\u2028line\u0085next",
    "שלום עולם, מאמר על המלצות",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467" * 300,
    "a" * 100_000,
    "&<>\"'`*_~|[]()\\" * 2000,
    "推荐系统，" * 20_000,
    "@a" * 5000,
    "a.b" * 5000,
    "   \n\t ",
)


# --------------------------------------------------------------------- issues
def edition(issue: Issue | None = None, language: str = "en", url: str = WEB) -> Edition:
    return Edition(issue or weekly(), language, "RecSys Weekly", {}, url)


def with_items(
    number: int, title: str = "An invented paper", url: str = "https://papers.example/{}", **more: object
) -> Issue:
    """The weekly with so many picks, in sections of seven."""
    picks = [
        paper(f"9{n:04}", f"{title} {n}", n % 5 + 1, f"{title} {n}", url=url.format(n),
              sentences=(say(f"s{n}", "report", f"Sentence of the paper {n}, which says a little more."),), **more)
        for n in range(1, number + 1)
    ]  # fmt: skip
    sections = tuple(
        Section(
            f"part-{start}", {"en": f"Section {start}", "zh": f"第 {start} 节"}, (), tuple(picks[start : start + 7])
        )
        for start in range(0, number, 7)
    )
    return replace(weekly(), sections=sections)


def nasty() -> Iterator[tuple[str, Issue]]:
    """Issues with a hostile text wherever text from outside stands, and with addresses that are none."""
    for text in NASTY:
        yield text[:40], hostile(text)
    for url in (
        *BAD_URLS,
        "https://user:pw@papers.example/",
        "https://papers.example/" + "x" * 9000,
        "https://a.example/" + "&" * 3000,
    ):
        yield url[:40], hostile("A plain title", url)


def bare() -> Issue:
    """Nothing in it, not even a summary."""
    return replace(weekly(), sections=(), threads=(), summary={}, notices=())


# ------------------------------------------------------------------- channels
class Clock:
    """Time that passes by sleeping only; what was slept is kept."""

    def __init__(self, start: datetime = NOW) -> None:
        self.start, self.slept = start, list[float]()

    def now(self) -> datetime:
        return self.start + timedelta(seconds=sum(self.slept))

    def monotonic(self) -> float:
        return sum(self.slept)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)


@contextmanager
def powers(secrets: Mapping[str, str], deadline: float = 5.0, clock: Clock | None = None) -> Iterator[ChannelPowers]:
    yield ChannelPowers(_wire(deadline), clock or Clock(), secrets.__getitem__, b"workspace key", Path("/nonexistent"))


@cache
def _wire(deadline: float) -> HttpWire:
    """One for all tests: making a client costs more than what is asked with it."""
    return HttpWire("digester-test/1", deadline)


KINDS = ("slack", "discord", "telegram", "feishu")


@contextmanager
def chat(kind: str, url: str, deadline: float = 5.0, clock: Clock | None = None, items: int = 20) -> Iterator[Channel]:
    """A chat of this kind whose service stands at an address."""
    address = f"{url}/hooks/T0/{SECRET}"
    secrets = {
        "SLACK_WEBHOOK_URL": address, "DISCORD_WEBHOOK_URL": address, "FEISHU_WEBHOOK_URL": address,
        "TELEGRAM_BOT_TOKEN": TOKEN, "FEISHU_SECRET": f"sign-{SECRET}",
    }  # fmt: skip
    with powers(secrets, deadline, clock) as given:
        match kind:
            case "slack":
                yield Slack("team", Slack.Params(items=items), given)
            case "discord":
                yield Discord("team", Discord.Params(items=items), given)
            case "telegram":
                yield Telegram("team", Telegram.Params(chat="@digest", server=url, items=items), given)
            case _:
                yield Feishu("team", Feishu.Params(signed=True, items=items), given)


def rows(channel: Channel, edition: Edition) -> list[Delivery]:
    """What the outbox queues for an edition."""
    issue = edition.issue
    return [
        Delivery(
            issue.id, edition.language, channel.name, part, issue.revision, "<x@digest.example>", "sending", NOW, NOW
        )
        for part in channel.parts(edition)
    ]


def sent(
    channel: Channel, edition: Edition, waiting: Sequence[Delivery] | None = None
) -> list[tuple[Delivery, Outcome]]:
    """One session over the rows that wait, in order, until the channel says stop: rows as they are after it."""
    made = []
    with channel.open() as session:
        for row in rows(channel, edition) if waiting is None else waiting:
            if made and (pause := getattr(session, "pause", None)):
                pause()
            outcome = session.deliver(edition, row)
            made.append((marked(row, outcome, NOW), outcome))
            if isinstance(outcome, Later) and outcome.stop:
                break
    return made


def outcome_of(channel: Channel, edition: Edition) -> Outcome:
    """What became of the first part."""
    return sent(channel, edition)[0][1]


def outcomes(channel: Channel, edition: Edition) -> list[str]:
    return [type(outcome).__name__ for _, outcome in sent(channel, edition)]


EVERY = (
    ("weekly", weekly()), ("weekly zh", weekly()), ("daily", daily()), ("daily zh", daily()), ("bare", bare()), ("bare zh", bare()),
    ("300 items", with_items(300)), ("300 zh", with_items(300)),
    *nasty(),
)  # fmt: skip
EDITIONS = tuple((name, edition(issue, "zh" if name.endswith("zh") else "en")) for name, issue in EVERY)
