"""Slack: its limits, its escapes, and what its answers mean."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from tests.channels.editions import EDITIONS, SECRET, chat, edition, outcome_of, sent, with_items
from tests.outputs.issue_samples import weekly
from tests.servers.services import Answer, Service, reply, text

from digester.channels._brief import utf16
from digester.domain.delivery import Accepted, Edition, Failed, InDoubt, Later
from digester.domain.issue import Section
from digester.domain.urls import http_url

OK = text("ok")
LINK = re.compile(r"<(https?://[^<>|\s]+)\|([^<>\n]*)>")


def bodies(given: Edition, items: int = 20) -> list[Any]:
    with Service(OK) as service, chat("slack", service.url, items=items) as slack:
        assert all(isinstance(outcome, Accepted) for _, outcome in sent(slack, given))
        return [asked.json for asked in service.asked]


def texts(body: Any) -> list[str]:
    found = [block["text"]["text"] for block in body["blocks"] if "text" in block]
    return found + [e["text"] for block in body["blocks"] for e in block.get("elements", ())]


def kept(body: Any) -> None:
    """The limits of Slack, and that nothing but our links is markup."""
    assert len(body["blocks"]) <= 50
    assert sum(utf16(t) for t in texts(body)) <= 12_000
    assert utf16(body["text"]) <= 4000
    for block in body["blocks"]:
        assert block["type"] in ("header", "context", "divider", "section")
        if block["type"] == "header":
            assert block["text"]["type"] == "plain_text" and 0 < utf16(block["text"]["text"]) <= 150
        if block["type"] == "section":
            assert block["text"]["verbatim"] is True and 0 < utf16(block["text"]["text"]) <= 3000
    assert not re.search(r"[<>]", body["blocks"][0]["text"]["text"])  # plain text: nothing else is markup in it
    for shown in (*texts(body)[1:], body["text"]):
        assert not re.search(r"[<>]", LINK.sub("", shown)), shown
        assert "`" not in shown and not re.search(r"&(?!amp;|lt;|gt;)", shown)
        assert all(http_url(url.replace("&amp;", "&")) for url, _ in LINK.findall(shown))
        assert all("evil.example" not in url for url, _ in LINK.findall(shown))


@pytest.mark.parametrize("given", [e for _, e in EDITIONS], ids=[n for n, _ in EDITIONS])
def test_M19_limits_of_slack_are_kept_and_no_text_becomes_markup(given: Edition) -> None:
    for body in bodies(given, items=0):
        kept(body)


def test_a_message_is_a_header_a_context_and_sections() -> None:
    (body,) = bodies(edition())
    kinds = [block["type"] for block in body["blocks"]]
    assert kinds[:2] == ["header", "context"] and set(kinds[2:]) == {"section", "divider"}
    assert body["blocks"][0]["text"]["text"] == "RecSys Weekly 2026-W25" == body["text"]
    assert body["unfurl_links"] is False and body["unfurl_media"] is False


def test_papers_have_stars_links_and_organisations_once() -> None:
    shown = "\n".join(texts(bodies(edition())[0]))
    assert "• ★★★★★ <https://arxiv.example/abs/2606.90011v1|Velmarque: CODEWALK, beam search" in shown
    assert "(Velmarque)" not in shown  # the headline names it
    assert "*Long sequences in ads*\n• " in shown
    assert "• Valid-item decoding: from post-hoc filtering to constrained decoding" in shown


def test_a_chinese_edition_is_chinese() -> None:
    shown = "\n".join(texts(bodies(edition(language="zh"))[0]))
    assert "公布 2,616，范围内 52，收录 4" in shown and "阅读全文" in shown and "从post-hoc filtering走向" in shown


def test_many_small_sections_stay_below_fifty_blocks() -> None:
    issue = with_items(60)
    one_each = tuple(Section(f"s{n}", {"en": f"H{n}"}, (), (p,)) for n, p in enumerate(issue.picks()))
    for body in bodies(edition(replace(issue, sections=one_each)), items=0):
        kept(body)


ANSWERS: list[tuple[str, Answer, type, str]] = [
    ("ok", OK, Accepted, ""),
    ("ok with a line end", text("ok\n"), Accepted, ""),
    ("200 and nothing", text(""), InDoubt, "not that it took"),
    ("200 and a page", text("<html>sign in</html>"), InDoubt, "not that it took"),
    ("200 with an error word", text("invalid_payload"), Failed, "invalid_payload"),
    ("200 with a setting", text("no_service"), Later, "no_service"),
    ("400", text("invalid_payload", 400), Failed, "invalid_payload"),
    ("400 blocks", text("invalid_blocks", 400), Failed, "invalid_blocks"),
    ("400 user", text("user_not_found", 400), Later, "user_not_found"),
    ("403 word", text("action_prohibited", 403), Later, "action_prohibited"),
    ("403 token", text("invalid_token", 403), Later, "invalid_token"),
    ("404 word", text("no_service", 404), Later, "check the webhook"),
    ("410", text("channel_is_archived", 410), Later, "channel_is_archived"),
    ("410 unknown word", text("something_else", 410), Failed, "something_else"),
    ("500 rollup_error", text("rollup_error", 500), InDoubt, "rollup_error"),
    ("JSON instead of a word", reply({"ok": True}), InDoubt, "not that it took"),
    ("the secret repeated", text(f"no such hook: /hooks/T0/{SECRET}", 404), Later, "***"),
]


@pytest.mark.parametrize(("answer", "expected", "word"), [a[1:] for a in ANSWERS], ids=[a[0] for a in ANSWERS])
def test_M19_what_an_answer_of_slack_means(answer: Answer, expected: type, word: str) -> None:
    with Service(answer) as service, chat("slack", service.url) as slack:
        outcome = outcome_of(slack, edition())
    assert type(outcome) is expected, outcome
    assert word in getattr(outcome, "error", "") and SECRET not in repr(outcome)
    assert not isinstance(outcome, Later) or outcome.stop


def test_M19_a_rate_limit_waits_as_long_as_slack_says() -> None:
    with Service(text("rate_limited", 429, Retry_After="37")) as service, chat("slack", service.url) as slack:
        outcome = outcome_of(slack, edition())
    assert isinstance(outcome, Later) and outcome.wait == 37.0 and outcome.stop


def test_the_post_goes_to_the_address_of_the_webhook_as_json() -> None:
    with Service(OK) as service, chat("slack", service.url) as slack:
        sent(slack, edition(weekly()))
        (asked,) = service.asked
    assert (asked.method, asked.path) == ("POST", f"/hooks/T0/{SECRET}")
    assert asked.headers["content-type"].startswith("application/json")
