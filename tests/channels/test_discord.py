"""Discord: its limits, its escapes, and what its answers mean."""

from __future__ import annotations

import re
from typing import Any

import pytest
from tests.channels.editions import EDITIONS, SECRET, chat, edition, outcome_of, powers, sent
from tests.outputs.hostile_samples import hostile
from tests.servers.services import Answer, Service, reply, text

from digester.channels._brief import utf16
from digester.channels.discord import Discord
from digester.domain.delivery import Accepted, Edition, Failed, InDoubt, Later

OK = reply({"id": "1386000000000000001", "type": 0})
LINK = re.compile(r"(?<!\\)\[((?:\\.|[^\]\\])*)\]\((https?://[^()\[\]\\\s]+)\)")
OURS = re.compile(r"^\*\*|\*\*$|\((?:from the abstract|仅据摘要)\)", re.MULTILINE)
SIGN = re.compile(r"(?<!\\)(?:\\\\)*[`*_~|\[\]<>#@]")


def bodies(given: Edition, items: int = 20) -> list[Any]:
    with Service(OK) as service, chat("discord", service.url, items=items) as discord:
        assert all(isinstance(outcome, Accepted) for _, outcome in sent(discord, given))
        return [asked.json for asked in service.asked]


def kept(body: Any) -> None:
    """The limits of Discord, and that nothing but our links and headings is markup."""
    embeds = body["embeds"]
    assert 0 < len(embeds) <= 10
    assert sum(utf16(e.get("title", "")) + utf16(e["description"]) for e in embeds) <= 6000
    assert all(0 < utf16(e["description"]) <= 4096 and utf16(e.get("title", "")) <= 256 for e in embeds)
    assert body["allowed_mentions"] == {"parse": []} and "content" not in body
    for shown in (embeds[0]["title"], *(e["description"] for e in embeds)):
        assert all("evil.example" not in url for _, url in LINK.findall(shown))
        bare = OURS.sub("", LINK.sub(r"\1", shown))
        assert not SIGN.search(bare), SIGN.search(bare)
        assert not re.search(r"(?<!\\)://", bare)


@pytest.mark.parametrize("given", [e for _, e in EDITIONS], ids=[n for n, _ in EDITIONS])
def test_M19_limits_of_discord_are_kept_and_no_text_becomes_markup(given: Edition) -> None:
    for body in bodies(given, items=0):
        kept(body)


def test_M19_nobody_is_called() -> None:
    assert bodies(edition())[0]["allowed_mentions"] == {"parse": []}


def test_the_title_leads_to_the_web_copy() -> None:
    embed = bodies(edition())[0]["embeds"][0]
    assert embed["title"] == "RecSys Weekly 2026\\-W25" and embed["url"].startswith("https://digest.example/")
    assert "url" not in bodies(edition(url=""))[0]["embeds"][0]


def test_addresses_keep_their_brackets_encoded() -> None:
    shown = bodies(edition(hostile("A title", "https://papers.example/a(b)[c]")))[0]["embeds"][0]["description"]
    assert "[A title](https://papers.example/a%28b%29%5Bc%5D)" in shown


def test_it_waits_for_the_message_also_in_a_thread() -> None:
    with Service(OK) as service, chat("discord", service.url) as discord:
        sent(discord, edition())
        assert service.asked[0].path == f"/hooks/T0/{SECRET}?wait=true"
    with Service(OK) as service, powers({"DISCORD_WEBHOOK_URL": f"{service.url}/x?thread_id=7\n"}) as given:
        assert isinstance(outcome_of(Discord("d", Discord.Params(), given), edition()), Accepted)
        assert service.asked[0].path == "/x?thread_id=7&wait=true"


ANSWERS: list[tuple[str, Answer, type, str]] = [
    ("a message", OK, Accepted, ""),
    ("204", (204, {}, b""), Accepted, ""),
    ("200 and a page", text("<html>"), InDoubt, "not that it took"),
    ("200 with an error", reply({"code": 50035, "message": "Invalid Form Body"}), InDoubt, "not that it took"),
    ("200 with a list", reply([1]), InDoubt, "not that it took"),
    ("200 with a number as id", reply({"id": 5}), InDoubt, "not that it took"),
    ("400", reply({"code": 50035, "message": "Invalid Form Body"}, 400), Failed, "50035 Invalid Form Body"),
    ("401", reply({"code": 50027, "message": "Invalid Webhook Token"}, 401), Later, "50027"),
    ("404", reply({"code": 10015, "message": "Unknown Webhook"}, 404), Later, "Unknown Webhook"),
    ("403 page", text("error code: 1010", 403), Later, "403"),
    ("500", reply({"message": "500: Internal Server Error", "code": 0}, 500), InDoubt, "500"),
    ("the secret repeated", reply({"message": f"no hook /T0/{SECRET}"}, 404), Later, "***"),
    ("odd types", reply({"code": {"a": []}, "message": ["x"]}, 400), Failed, "400"),
]


@pytest.mark.parametrize(("answer", "expected", "word"), [a[1:] for a in ANSWERS], ids=[a[0] for a in ANSWERS])
def test_M19_what_an_answer_of_discord_means(answer: Answer, expected: type, word: str) -> None:
    with Service(answer) as service, chat("discord", service.url) as discord:
        outcome = outcome_of(discord, edition())
    assert type(outcome) is expected, outcome
    assert word in getattr(outcome, "error", "") and SECRET not in repr(outcome)


def test_the_id_of_the_message_is_kept() -> None:
    with Service(OK) as service, chat("discord", service.url) as discord:
        assert outcome_of(discord, edition()) == Accepted("1386000000000000001")


@pytest.mark.parametrize(
    ("answer", "wait"),
    [
        (reply({"message": "You are being rate limited.", "retry_after": 64.57, "global": False}, 429), 64.57),
        (reply({"retry_after": 3}, 429, Retry_After="65"), 3.0),
        (text("error code: 1015", 429, Retry_After="65"), 65.0),
        (reply({"retry_after": "soon"}, 429), None),
        (reply({"retry_after": -5}, 429), None),
        (reply({"retry_after": True}, 429), None),
        (reply({"retry_after": 1e300}, 429), None),
        ((429, {}, b'{"retry_after": NaN}'), None),
        ((429, {}, b'{"retry_after": Infinity}'), None),
        ((429, {}, b'{"retry_after": ' + b"9" * 10_000 + b"}"), None),
    ],
)
def test_M19_a_rate_limit_waits_as_long_as_discord_says(answer: Answer, wait: float | None) -> None:
    with Service(answer) as service, chat("discord", service.url) as discord:
        outcome = outcome_of(discord, edition())
    assert isinstance(outcome, Later) and outcome.wait == wait and outcome.stop
