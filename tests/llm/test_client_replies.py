"""Odd replies of a provider that answers: L06, L11, L18, bodies that are no replies, and where a key may not go."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.llm.asking import GOOD, asking, client, fault, text
from tests.servers.model import ModelServer, Reply, completion, dumps, raw, sequence
from tests.servers.personalities import honest

from digester.domain.calls import Usage
from digester.llm.client import Client
from digester.llm.faults import Verdict
from digester.llm.received import Reply as Made
from digester.llm.received import read
from digester.llm.usage import SLACK, at_most
from digester.net.endpoint import Endpoint
from digester.net.replay import VirtualClock


@pytest.fixture
def asked(server: ModelServer, wire: Endpoint, clock: VirtualClock) -> Iterator[Client]:
    yield client(server.url, wire, clock)


def body(**changes: Any) -> dict[str, Any]:
    """A chat completion as plain values, to be changed at its top."""
    message = {"role": "assistant", "content": GOOD}
    return {"model": "small", "choices": [{"index": 0, "message": message, "finish_reason": "stop"}], **changes}


def saying(message: Any, finish: Any = "stop") -> Reply:
    return raw(dumps(body(choices=[{"message": message, "finish_reason": finish}])).encode())


# ---------------------------------------------------------------------- L06
@pytest.mark.parametrize("finish", ["stop", "length", "content_filter", "tool_calls", "function_call", "odd" * 50])
def test_L06_why_an_answer_ended_is_kept_with_it(server: ModelServer, asked: Client, finish: str) -> None:
    server.script = completion(GOOD, finish=finish)
    made = asked.call(asking()).reply
    assert made is not None
    assert (made.text, made.finish) == (GOOD, finish[:40])
    assert len(server.calls) == 1


@pytest.mark.parametrize("choice", [{"finish_reason": None}, {}, {"finish_reason": 0}, {"finish_reason": []}])
def test_L06_an_answer_may_not_say_why_it_ended(server: ModelServer, asked: Client, choice: dict[str, Any]) -> None:
    server.script = raw(dumps(body(choices=[{"message": {"content": GOOD}, **choice}])).encode())
    made = asked.call(asking()).reply
    assert made is not None
    assert (made.text, made.finish) == (GOOD, "")


@pytest.mark.parametrize("finish", ["content_filter", "length"])
def test_L06_a_blank_answer_that_says_why_is_an_answer(server: ModelServer, asked: Client, finish: str) -> None:
    server.script = completion("", finish=finish)
    made = asked.call(asking())
    assert made.reply is not None
    assert (made.reply.text, made.reply.finish, made.lost, len(server.calls)) == ("", finish, 0, 1)


def test_L06_a_refusal_is_an_answer_without_text(server: ModelServer, asked: Client) -> None:
    server.script = completion("I may not.", refusal="I may not.")
    made = asked.call(asking())
    assert made.reply is not None
    assert (made.reply.text, made.reply.finish, len(server.calls)) == ("", "refusal", 1)


@pytest.mark.parametrize("blank", ["", "  \n\t", None])
def test_L06_a_blank_answer_is_asked_for_once_more_in_a_plainer_form(
    server: ModelServer, asked: Client, blank: str | None
) -> None:
    server.script = sequence(completion(blank), honest)
    made = asked.call(asking())
    assert (text(made), made.lost) == (GOOD, 1)
    assert [c.rung for c in server.calls] == ["json_schema", "tool"]


@pytest.mark.parametrize("rung", [None, "plain"])
def test_L06_blank_again_and_again_is_a_fault_and_paid_twice_at_most(
    server: ModelServer, wire: Endpoint, clock: VirtualClock, rung: str | None
) -> None:
    server.script = completion(" ")
    made = client(server.url, wire, clock, rung=rung).call(asking())
    assert fault(made).kind == "unreadable"
    assert 1 <= len(server.calls) == made.lost <= 2


def test_L06_a_tool_that_nobody_offered_is_not_called(server: ModelServer, asked: Client) -> None:
    server.script = completion('{"to": "someone"}', tool="send_mail", finish="tool_calls")
    made = asked.call(asking())
    assert fault(made).kind == "unreadable"
    assert len(server.calls) == made.lost == 2


@pytest.mark.parametrize(
    "message",
    [
        {"content": GOOD, "tool_calls": [{"function": {"name": "send_mail", "arguments": "{}"}}]},
        {"content": [{"type": "text", "text": GOOD[:9]}, {"type": "text", "text": GOOD[9:]}]},
        {"content": [{"type": "thinking"}, "odd", {"type": "text", "text": GOOD}, None]},
        {"content": None, "tool_calls": [None, {}, {"function": {"name": "rate_ai", "arguments": GOOD}}]},
        {"content": "", "reasoning_content": GOOD},
        {"content": None, "reasoning": GOOD},
        {"content": " ", "tool_calls": 5, "reasoning_content": ["no"], "reasoning": GOOD},
        {"content": {"text": "no"}, "tool_calls": {}, "reasoning_content": GOOD},
    ],
)
def test_the_text_is_found_where_a_server_puts_it(server: ModelServer, asked: Client, message: dict[str, Any]) -> None:
    server.script = saying(message)
    assert text(asked.call(asking())) == GOOD
    assert len(server.calls) == 1


def test_content_stands_before_what_was_thought(server: ModelServer, asked: Client) -> None:
    server.script = completion(GOOD, reasoning='{"rows": []}')
    assert text(asked.call(asking())) == GOOD


# ---------------------------------------------------------------------- L11
ABSURD: list[Any] = [
    None, {}, [], "usage", 7, {"prompt_tokens": 0, "completion_tokens": 0},
    {"prompt_tokens": -1, "completion_tokens": -1}, {"prompt_tokens": 10**9, "completion_tokens": 5},
    {"prompt_tokens": 30, "completion_tokens": 10**9}, {"prompt_tokens": 30}, {"completion_tokens": 5},
    {"prompt_tokens": "30", "completion_tokens": "5"}, {"prompt_tokens": 30.5, "completion_tokens": 5.5},
    {"prompt_tokens": True, "completion_tokens": True}, {"prompt_tokens": None, "completion_tokens": None},
]  # fmt: skip


@pytest.mark.parametrize("usage", ABSURD)
def test_L11_tokens_that_cannot_be_are_estimated_and_marked(server: ModelServer, asked: Client, usage: Any) -> None:
    server.script = completion(GOOD, usage=usage)
    made = asked.call(asking()).reply
    assert made is not None
    sent = asking().system + asking().data
    assert made.usage.estimated
    assert made.usage.cached == 0
    assert len(sent) / 4 <= made.usage.input <= len(sent)  # rather too many
    assert len(GOOD) / 4 <= made.usage.output <= len(GOOD)


@pytest.mark.parametrize(
    ("usage", "expected"),
    [
        ({"prompt_tokens": 30, "completion_tokens": 5}, Usage(30, 0, 5)),
        ({"prompt_tokens": 30, "completion_tokens": 5, "prompt_tokens_details": {"cached_tokens": 20}}, Usage(30, 20, 5)),
        ({"prompt_tokens": 30, "completion_tokens": 5, "prompt_cache_hit_tokens": 12}, Usage(30, 12, 5)),
        ({"prompt_tokens": 30, "completion_tokens": 5, "prompt_cache_hit_tokens": 10**9}, Usage(30, 30, 5)),
        ({"prompt_tokens": 30, "completion_tokens": 5, "prompt_cache_hit_tokens": -9}, Usage(30, 0, 5)),
        ({"prompt_tokens": 30, "completion_tokens": 5, "prompt_tokens_details": None}, Usage(30, 0, 5)),
        ({"prompt_tokens": 30, "completion_tokens": 1_500}, Usage(30, 0, 1_500)),  # what was thought before counts
    ],
)  # fmt: skip
def test_L11_tokens_that_can_be_are_believed(
    server: ModelServer, asked: Client, usage: dict[str, Any], expected: Usage
) -> None:
    server.script = completion(GOOD, usage=usage)
    made = asked.call(asking()).reply
    assert made is not None
    assert made.usage == expected


@pytest.mark.parametrize(
    ("cost", "expected"),
    [(0.0125, 0.0125), (0, 0.0), (2, 2.0), (-1, None), (10**9, None), ("1", None), (True, None), (None, None)],
)
def test_L11_a_price_that_the_provider_names(
    server: ModelServer, asked: Client, cost: Any, expected: float | None
) -> None:
    server.script = completion(GOOD, usage={"prompt_tokens": 30, "completion_tokens": 5, "cost": cost})
    made = asked.call(asking()).reply
    assert made is not None
    assert made.cost == expected


def test_L11_a_reservation_covers_what_is_believed(server: ModelServer, asked: Client) -> None:
    """Whatever a provider counts, a call is settled within its reservation and the slack."""
    most = at_most(asking())
    server.script = completion(GOOD, usage={"prompt_tokens": 10**7, "completion_tokens": asking().most + SLACK + 1})
    made = asked.call(asking()).reply
    assert made is not None
    assert made.usage.input <= most.input
    assert made.usage.output <= most.output


# ---------------------------------------------------------------------- L18
@pytest.mark.parametrize(("name", "kept"), [("gpt-other-2026", "gpt-other-2026"), ("x" * 500, "x" * 120), ("", "")])
def test_L18_the_model_that_really_answered_is_recorded(
    server: ModelServer, asked: Client, name: str, kept: str
) -> None:
    server.script = completion(GOOD, model=name)
    made = asked.call(asking()).reply
    assert made is not None
    assert made.model == kept
    assert server.calls[0].body["model"] == "small"


# ------------------------------------------------------- what is no reply at all
@pytest.mark.parametrize(
    "content",
    [
        b"", b"<h1>Welcome</h1>", b"null", b"[]", b'"text"', b"{}", b'{"choices": []}', b'{"choices": null}',
        b'{"choices": [null]}', b'{"choices": [[]]}', b'{"choices": [{}]}', b'{"choices": [{"message": null}]}',
        b'{"choices": [{"message": "text"}]}', b'{"error": {"message": "overloaded"}}', b'{"choices"', b"[" * 100_000,
        b'{"a":' * 100_000, b"9" * 10_000, dumps(body()).encode().replace(b"rows", b"\xff\xfe"),
    ],
)  # fmt: skip
def test_a_body_that_is_no_reply_is_lost(server: ModelServer, asked: Client, content: bytes) -> None:
    server.script = raw(content)
    made = asked.call(asking())
    assert (fault(made).kind, len(server.calls), made.lost) == ("unreadable", 1, 1)


def test_half_a_character_is_replaced(server: ModelServer, asked: Client) -> None:
    """What was cut inside a pair of surrogates could not be stored."""
    server.script = raw(json.dumps(body(model="a\ud83d")).replace("rows", "\\ud83d rows \\ude00").encode())
    made = asked.call(asking()).reply
    assert made is not None
    assert "\ufffd rows \ufffd" in made.text
    assert made.model == "a\ufffd"


@pytest.mark.parametrize("charset", ["hex", "rot13", "utf-16", "zlib", "nothing", "unicode_escape"])
@pytest.mark.parametrize("status", [200, 500])
def test_a_charset_changes_nothing(server: ModelServer, asked: Client, charset: str, status: int) -> None:
    server.script = raw(dumps(body()).encode(), status, f"application/json; charset={charset}")
    made = asked.call(asking())
    assert text(made) == GOOD if status == 200 else fault(made).kind == "unreachable"


@pytest.mark.parametrize("packing", ["gzip", "br", "deflate", "zstd", "identity, gzip"])
def test_a_packed_body_is_refused(server: ModelServer, asked: Client, packing: str) -> None:
    server.script = Reply(b"x" * 100, headers={"Content-Encoding": packing})
    assert fault(asked.call(asking())).kind == "unreachable"
    assert {c.headers["accept-encoding"] for c in server.calls} == {"identity"}


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed_because_the_key_would_travel(
    server: ModelServer, asked: Client, status: int
) -> None:
    with ModelServer(honest) as other:
        server.script = Reply(b"", status, {"Location": f"{other.url}/chat/completions"})
        told = fault(asked.call(asking()))
        assert (told.kind, "llm.base_url" in told.message) == ("model", True)
        assert other.log == []
    assert len(server.calls) == 1


def test_nothing_but_the_question_is_sent(server: ModelServer, asked: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")
    asked.call(asking())
    (call,) = server.calls
    assert set(call.body) == {"model", "messages", "max_tokens", "response_format"}
    assert [m["role"] for m in call.body["messages"]] == ["system", "user"]
    assert (call.system, call.data) == (asking().system, asking().data)


def test_what_the_environment_holds_for_openai_goes_to_nobody_else(
    server: ModelServer, asked: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The SDK reads these by itself."""
    for name in ("ORG_ID", "PROJECT_ID", "ADMIN_KEY", "API_KEY", "WEBHOOK_SECRET"):
        monkeypatch.setenv(f"OPENAI_{name}", "canary-of-openai")
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", "X-Own: canary-of-openai")
    asked.call(asking())
    assert "canary-of-openai" not in str(server.calls[0].headers)


# ------------------------------------------------------------------ any values
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(exclude_categories=()), max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["text", "function", "name"]), inner),
    max_leaves=5,
)
PARTS = ("content", "tool_calls", "reasoning_content", "reasoning", "refusal")


@given(
    message=JSON | st.dictionaries(st.sampled_from(PARTS), JSON), finish=JSON, usage=JSON | st.dictionaries(
        st.sampled_from(["prompt_tokens", "completion_tokens", "prompt_tokens_details", "cost"]), JSON), model=JSON
)  # fmt: skip
def test_any_values_are_a_reply_that_can_be_stored_or_a_verdict(
    message: Any, finish: Any, usage: Any, model: Any
) -> None:
    whole = body(choices=[{"message": message, "finish_reason": finish}], usage=usage, model=model)
    made = read(replace(asking(), most=10), json.dumps(whole).encode(), 0.0, "default")
    assert isinstance(made, Verdict | Made)
    if isinstance(made, Made):
        assert (made.text + made.finish + made.model).encode()
        assert 0 < made.usage.input < 10_000
        assert 0 <= made.usage.cached <= made.usage.input
        assert made.usage.output > 0
