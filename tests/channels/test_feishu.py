"""Feishu and Lark: their limits, their escapes, their signature, and what their answers mean."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from typing import Any

import pytest
from tests.channels.editions import EDITIONS, NOW, SECRET, Clock, chat, edition, outcome_of, powers, sent, with_items
from tests.servers.services import Answer, Asked, Service, reply, text

from digester.channels.feishu import Feishu, sign
from digester.domain.delivery import Accepted, Edition, Failed, InDoubt, Later

OK = reply({"code": 0, "data": {}, "msg": "success"})
LINK = re.compile(r"\[([^\[\]]*)\]\((https?://[^()\[\]\s]+)\)")


def posts(given: Edition, items: int = 20, clock: Clock | None = None) -> list[Asked]:
    with Service(OK) as service, chat("feishu", service.url, items=items, clock=clock) as feishu:
        assert all(isinstance(outcome, Accepted) for _, outcome in sent(feishu, given))
        return service.asked


def texts(body: Any) -> list[str]:
    return [e["text"]["content"] for e in body["card"]["elements"] if e["tag"] == "div"]


def kept(asked: Asked) -> None:
    """The limits of Feishu, and that nothing but our links and headings is markup."""
    assert len(asked.body) <= 20_000
    body = asked.json
    assert body["msg_type"] == "interactive" and body["card"]["header"]["title"]["tag"] == "plain_text"
    assert texts(body) and all(texts(body))
    for shown in texts(body):
        assert all("evil.example" not in url for _, url in LINK.findall(shown))
        bare = re.sub(r"^\*\*|\*\*$", "", LINK.sub(r"\1", shown), flags=re.MULTILINE)
        assert not re.search(r"[<>*~`\[\]\\]|&(?!#\d+;)", bare), bare


@pytest.mark.parametrize("given", [e for _, e in EDITIONS], ids=[n for n, _ in EDITIONS])
def test_M19_limits_of_feishu_are_kept_and_no_text_becomes_markup(given: Edition) -> None:
    for asked in posts(given, items=0):
        kept(asked)


def test_a_card_has_the_title_and_a_line_between_sections() -> None:
    body = posts(edition(language="zh"))[0].json
    assert body["card"]["header"]["title"]["content"] == "推荐周报 2026-W25"
    assert [e["tag"] for e in body["card"]["elements"]].count("hr") == 5  # threads, three sections, the web copy
    assert "[阅读全文](https://digest.example/" in texts(body)[-1]


def test_the_signature_is_over_nothing_with_time_and_secret_as_its_key() -> None:
    body = posts(edition())[0].json
    at = str(int(NOW.timestamp()))
    expected = hmac.new(f"{at}\nsign-{SECRET}".encode(), digestmod=hashlib.sha256).digest()
    assert body["timestamp"] == at and body["sign"] == base64.b64encode(expected).decode() == sign(at, f"sign-{SECRET}")


def test_a_bot_without_signature_gets_none_and_needs_no_secret() -> None:
    assert Feishu.secrets(Feishu.Params()) == ("FEISHU_WEBHOOK_URL",)
    assert Feishu.secrets(Feishu.Params(signed=True)) == ("FEISHU_WEBHOOK_URL", "FEISHU_SECRET")
    with Service(OK) as service, powers({"FEISHU_WEBHOOK_URL": service.url}) as given:
        outcome_of(Feishu("f", Feishu.Params(), given), edition())
        assert "sign" not in service.asked[0].json


def test_M19_parts_are_paced_below_a_hundred_a_minute_and_signed_anew() -> None:
    clock = Clock()
    made = posts(edition(with_items(300)), items=0, clock=clock)
    assert len(made) > 3 and len(clock.slept) == len(made) - 1
    assert all(60 / slept < 100 and slept > 0.2 for slept in clock.slept)
    assert int(made[-1].json["timestamp"]) > int(made[0].json["timestamp"])


ANSWERS: list[tuple[str, Answer, type, str]] = [
    ("success", OK, Accepted, ""),
    ("success as it was", reply({"Extra": None, "StatusCode": 0, "StatusMessage": "success"}), Accepted, ""),
    ("both", reply({"StatusCode": 0, "StatusMessage": "success", "code": 0, "msg": "success"}), Accepted, ""),
    ("200 and a page", text("<html>"), InDoubt, "not that it took"),
    ("200 and nothing", text(""), InDoubt, "not that it took"),
    ("200 and no code", reply({"msg": "success"}), InDoubt, "not that it took"),
    ("200 and a text as code", reply({"code": "0"}), InDoubt, "not that it took"),
    ("200 and false as code", reply({"code": False}), InDoubt, "not that it took"),
    ("limit", reply({"code": 11232, "msg": "frequency limited psm"}), Later, "too many messages"),
    ("limit as 400", reply({"code": 11232, "msg": "frequency limited psm"}, 400), Later, "11232"),
    ("signature", reply({"code": 19021, "msg": "sign match fail or timestamp is not within one hour"}), Later, "19021"),
    ("address", reply({"code": 19001, "msg": "param invalid: incoming webhook access token invalid"}), Later, "19001"),
    ("allow list", reply({"code": 19022, "msg": "Ip Not Allowed"}), Later, "list"),
    ("keyword", reply({"code": 19024, "msg": "Key Words Not Found"}), Failed, "19024: Key Words Not Found"),
    ("bad request", reply({"code": 9499, "msg": "Bad Request", "data": {}}), Failed, "9499"),
    ("bad request as 400", reply({"code": 9499, "msg": "Bad Request"}, 400), Failed, "9499"),
    ("old failure", reply({"StatusCode": 19024, "StatusMessage": "Key Words Not Found"}), Failed, "Key Words"),
    ("unknown code", reply({"code": 4, "msg": "x"}), Failed, "4: x"),
    ("500 with a code", reply({"code": 2200, "msg": "internal error"}, 500), InDoubt, "500"),
    ("429 with a code", reply({"code": 99991400, "msg": "request trigger frequency limit"}, 429), Later, "429"),
    ("success in a 500", reply({"code": 0}, 500), InDoubt, "500"),
    ("odd types", reply({"code": [1], "msg": {"x": 1}}, 400), Failed, "400"),
    ("the secret repeated", reply({"code": 19001, "msg": f"no bot {SECRET}"}), Later, "***"),
]


@pytest.mark.parametrize(("answer", "expected", "word"), [a[1:] for a in ANSWERS], ids=[a[0] for a in ANSWERS])
def test_M19_what_an_answer_of_feishu_means(answer: Answer, expected: type, word: str) -> None:
    with Service(answer) as service, chat("feishu", service.url) as feishu:
        outcome = outcome_of(feishu, edition())
    assert type(outcome) is expected, outcome
    assert word in getattr(outcome, "error", "") and SECRET not in repr(outcome)
    assert not isinstance(outcome, Later) or outcome.stop
