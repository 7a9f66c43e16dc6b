"""Telegram: its limits, its escapes, and what its answers mean."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

import pytest
from tests.channels.editions import EDITIONS, SECRET, TOKEN, chat, edition, outcome_of, powers, sent, with_items
from tests.servers.services import Answer, Service, reply, text

from digester.channels._brief import utf16
from digester.channels.telegram import Telegram
from digester.domain.delivery import Accepted, Edition, Failed, InDoubt, Later

OK = reply({"ok": True, "result": {"message_id": 4711, "date": 1781938800}})


class Parsed(HTMLParser):
    """What the Bot API makes of a text: characters, entities, addresses."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.text, self.entities, self.links, self.open = "", 0, list[str](), list[str]()
        self.feed(source)
        self.close()
        assert not self.open, self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in ("b", "a") and tag not in self.open, tag
        assert [name for name, _ in attrs] == (["href"] if tag == "a" else [])
        self.open.append(tag)
        self.entities += 1
        self.links += [value or "" for _, value in attrs]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)


def bodies(given: Edition, items: int = 20) -> list[Any]:
    with Service(OK) as service, chat("telegram", service.url, items=items) as telegram:
        assert all(isinstance(outcome, Accepted) for _, outcome in sent(telegram, given))
        return [asked.json for asked in service.asked]


def kept(body: Any) -> None:
    """The limits of Telegram, and that nothing but our links and headings is markup."""
    parsed = Parsed(body["text"])
    assert 0 < utf16(parsed.text) <= 4096
    assert parsed.entities <= 100 and sum(len(link.encode()) for link in parsed.links) <= 9000
    assert all(re.match(r"https?://", link) and "evil.example" not in link for link in parsed.links)
    assert not re.search(r"@\w|(?<!\w)[#/$]\w|\w://|evil\.example", parsed.text)
    assert body["parse_mode"] == "HTML" and body["link_preview_options"] == {"is_disabled": True}


@pytest.mark.parametrize("given", [e for _, e in EDITIONS], ids=[n for n, _ in EDITIONS])
def test_M19_limits_of_telegram_are_kept_and_no_text_becomes_markup(given: Edition) -> None:
    for body in bodies(given, items=0):
        kept(body)


def test_hundreds_of_short_items_keep_their_links() -> None:
    made = bodies(edition(with_items(300, "x")), items=0)
    assert sum(Parsed(body["text"]).links.count("https://papers.example/7") for body in made) == 1
    assert sum(len(Parsed(body["text"]).links) for body in made) == 301  # and the web copy's


def test_the_title_stands_in_bold_over_every_part() -> None:
    made = bodies(edition(with_items(60)), items=0)
    n = len(made)
    assert n > 1
    assert [b["text"].split("\n")[0] for b in made] == [
        f"<b>RecSys Weekly 2026-W25 ({i}/{n})</b>" for i in range(1, n + 1)
    ]


def test_figures_hold_no_hidden_characters() -> None:
    assert "CTR +1.24%" in bodies(edition())[0]["text"]


def test_the_token_is_part_of_the_address_and_the_chat_of_the_body() -> None:
    with Service(OK) as service, chat("telegram", service.url) as telegram:
        sent(telegram, edition())
        (asked,) = service.asked
    assert asked.path == f"/bot{TOKEN}/sendMessage" and asked.json["chat_id"] == "@digest"


def test_a_chat_may_be_a_number_and_a_token_never_another_path() -> None:
    with Service(OK) as service, powers({"TELEGRAM_BOT_TOKEN": "1:a/../b?c\n"}) as given:
        telegram = Telegram("t", Telegram.Params(chat=-100123, server=service.url + "/"), given)
        assert isinstance(outcome_of(telegram, edition()), Accepted)
        assert service.asked[0].path == "/bot1:a%2F..%2Fb%3Fc/sendMessage"
        assert service.asked[0].json["chat_id"] == "-100123"


def no(code: object, description: str, status: int, **parameters: object) -> Answer:
    body = {"ok": False, "error_code": code, "description": description}
    return reply(body | ({"parameters": parameters} if parameters else {}), status)


ANSWERS: list[tuple[str, Answer, type, str]] = [
    ("a message", OK, Accepted, ""),
    ("200 without a message", reply({"ok": True}), Accepted, ""),
    ("200 and a page", text("<html>"), InDoubt, "not that it took"),
    ("200 and ok as a text", reply({"ok": "true"}), InDoubt, "not that it took"),
    ("200 with an error", no(400, "Bad Request: message is too long", 200), Failed, "message is too long"),
    ("200 with a limit", no(429, "Too Many Requests", 200, retry_after=9), Later, "429"),
    ("200 without a code", reply({"ok": False, "description": "no"}), Failed, "does not take it: no"),
    ("400", no(400, "Bad Request: can't parse entities", 400), Failed, "can't parse entities"),
    ("400 chat", no(400, "Bad Request: chat not found", 400), Later, "check `chat`"),
    ("400 moved", no(400, "Bad Request: group chat was upgraded", 400, migrate_to_chat_id=-1009), Later, "-1009"),
    ("401", no(401, "Unauthorized", 401), Later, "check the key"),
    ("403", no(403, "Forbidden: bot was blocked by the user", 403), Later, "blocked"),
    ("404", no(404, "Not Found", 404), Later, "check the key"),
    ("413", no(413, "Request Entity Too Large", 413), Failed, "413"),
    ("500", no(500, "Internal Server Error", 500), InDoubt, "500"),
    ("502 page", text("<html>bad gateway", 502), InDoubt, "502"),
    ("odd types", no({"a": 1}, ["x"], 400, retry_after=[]), Failed, "400"),  # type: ignore[arg-type]
    ("the secret repeated", no(404, f"no bot {TOKEN}", 404), Later, "***"),
]


@pytest.mark.parametrize(("answer", "expected", "word"), [a[1:] for a in ANSWERS], ids=[a[0] for a in ANSWERS])
def test_M19_what_an_answer_of_telegram_means(answer: Answer, expected: type, word: str) -> None:
    with Service(answer) as service, chat("telegram", service.url) as telegram:
        outcome = outcome_of(telegram, edition())
    assert type(outcome) is expected, outcome
    assert word in getattr(outcome, "error", "") and SECRET not in repr(outcome)
    assert not isinstance(outcome, Later) or outcome.stop


def test_the_id_of_the_message_is_kept() -> None:
    with Service(OK) as service, chat("telegram", service.url) as telegram:
        assert outcome_of(telegram, edition()) == Accepted("4711")


@pytest.mark.parametrize(("told", "wait"), [(13, 13.0), (0, 0.0), (-1, None), ("13", None), (None, None)])
def test_M19_a_rate_limit_waits_as_long_as_telegram_says(told: object, wait: float | None) -> None:
    answer = no(429, "Too Many Requests: retry later", 429, retry_after=told)
    with Service(answer) as service, chat("telegram", service.url) as telegram:
        outcome = outcome_of(telegram, edition())
    assert isinstance(outcome, Later) and outcome.wait == wait and outcome.stop
