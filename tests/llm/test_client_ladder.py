"""What servers understand of structured answers (dependencies N5.1): the ladder, the cap's name, and what is remembered."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest
from tests.llm.asking import GOOD, ROW, asking, client, fault, provider, text
from tests.servers.model import Call, ModelServer, Reply, Script, completion, error, gone, raw, rungs, sequence
from tests.servers.personalities import honest

from digester.llm.client import OPENAI, Client
from digester.llm.ladder import CAPS, RUNGS, body, schema
from digester.net.endpoint import Endpoint
from digester.net.replay import VirtualClock


@pytest.fixture
def asked(server: ModelServer, wire: Endpoint, clock: VirtualClock) -> Iterator[Client]:
    yield client(server.url, wire, clock)


def used(server: ModelServer) -> list[str]:
    return [c.rung for c in server.calls]


# -------------------------------------------------------------------- profiles
PROFILES: dict[str, tuple[Script, str]] = {
    "OpenAI, Ollama, vLLM, OpenRouter": (honest, "json_schema"),
    "llama.cpp accepts a schema and ignores it": (
        completion(f"Sure! Here it is:\n```json\n{GOOD}\n```"),
        "json_schema",
    ),
    "LM Studio": (rungs({"json_schema", "tool", "plain"}, honest), "json_schema"),
    "DeepSeek": (rungs({"tool", "json_object", "plain"}, honest), "tool"),
    "Qwen before the newest": (rungs({"json_object", "plain"}, honest), "json_object"),
    "Qwen takes a demanded tool as a choice": (rungs({"tool"}, completion(GOOD)), "tool"),
    "an old server": (rungs({"plain"}, honest), "plain"),
}


@pytest.mark.parametrize("name", PROFILES)
def test_a_server_is_asked_in_the_strictest_form_it_takes_and_that_is_remembered(
    server: ModelServer, asked: Client, name: str
) -> None:
    server.script, rung = PROFILES[name]
    first, second = asked.call(asking(4)), asked.call(asking(5))
    assert GOOD in text(first)
    assert second.reply is not None
    way = list(RUNGS[: RUNGS.index(rung) + 1])
    assert used(server) == [*way, rung]
    assert (asked.rung, first.lost) == (rung, 0)  # a refused form costs nothing


@pytest.mark.parametrize("status", [400, 404, 415, 422])
def test_a_form_is_refused_with_any_of_these(server: ModelServer, asked: Client, status: int) -> None:
    server.script = rungs({"json_object"}, honest, status)
    assert text(asked.call(asking())) == GOOD
    assert used(server) == ["json_schema", "tool", "json_object"]


@pytest.mark.parametrize("status", [401, 402, 403, 429, 500])
def test_no_form_is_left_for_what_is_no_fault_of_it(server: ModelServer, asked: Client, status: int) -> None:
    server.script = sequence(error(status, "insufficient_quota", "response_format json_schema tools"), honest)
    asked.call(asking())
    assert set(used(server)) == {"json_schema"}
    assert asked.rung == "json_schema"


def test_a_server_that_refuses_every_form_is_left_and_keeps_its_rung(server: ModelServer, asked: Client) -> None:
    server.script = error(400, None, "Bad request.")
    made = asked.call(asking())
    assert (fault(made).kind, made.lost) == ("request", 0)
    assert "llm try" in fault(made).message
    assert used(server) == list(RUNGS)
    server.script = honest
    assert text(asked.call(asking())) == GOOD
    assert asked.rung == "json_schema"


@pytest.mark.parametrize(("kept", "first"), [("json_object", "json_object"), ("plain", "plain"), ("gone", "json_schema"),
                                             ("", "json_schema"), (None, "json_schema")])  # fmt: skip
def test_a_client_begins_where_it_was_left(
    server: ModelServer, wire: Endpoint, clock: VirtualClock, kept: str | None, first: str
) -> None:
    assert text(client(server.url, wire, clock, rung=kept).call(asking())) == GOOD
    assert used(server) == [first]


def test_an_outage_on_the_way_down_is_tried_again_on_its_rung(server: ModelServer, asked: Client) -> None:
    server.script = rungs({"json_object"}, sequence(raw(b"", 503), gone(), honest))
    made = asked.call(asking())
    assert (text(made), made.lost) == (GOOD, 1)
    assert used(server) == ["json_schema", "tool", *["json_object"] * 3]


# ------------------------------------------------------------------- the cap
def caps(server: ModelServer) -> list[str]:
    (found,) = zip(*[[c for c in CAPS if c in call.body] for call in server.calls], strict=True)
    return list(found)


def only(cap: str, then: Script = honest) -> Script:
    """Takes one name of the cap and refuses the other, as OpenAI's reasoning models and old servers do."""

    def run(call: Call) -> Reply:
        other = next((c for c in CAPS if c in call.body and c != cap), None)
        return (
            error(400, "unsupported_parameter", f"Unsupported parameter: {other!r}. Use {cap!r}.")
            if other
            else then(call)
        )

    return run


@pytest.mark.parametrize("cap", CAPS)
def test_the_name_of_the_cap_is_learnt_once(server: ModelServer, asked: Client, cap: str) -> None:
    server.script = only(cap)
    assert [text(asked.call(asking())) for _ in range(2)] == [GOOD] * 2
    assert caps(server) == [*dict.fromkeys(["max_tokens", cap]), cap]
    assert set(used(server)) == {"json_schema"}


def test_the_cap_and_the_form_are_learnt_together(server: ModelServer, asked: Client) -> None:
    server.script = only(CAPS[0], rungs({"json_object"}, honest))
    assert [text(asked.call(asking())) for _ in range(2)] == [GOOD] * 2
    assert used(server) == ["json_schema", "json_schema", "tool", "json_object", "json_object"]


def test_a_server_that_takes_neither_name_is_left(server: ModelServer, asked: Client) -> None:
    server.script = error(400, None, "max_tokens and max_completion_tokens are unknown")
    assert fault(asked.call(asking())).kind == "request"
    assert len(server.calls) == len(RUNGS) + 1


def test_what_another_thread_learnt_meanwhile_is_no_other_fault(server: ModelServer, asked: Client) -> None:
    """Both began with the old name; the second is refused when the first has learnt the new one already."""
    held, go = threading.Event(), threading.Event()
    plain = only(CAPS[0])

    def script(call: Call) -> Reply:
        if "title: B" in call.data and not held.is_set():
            held.set()
            assert go.wait(30)
        return plain(call)

    server.script = script
    late = asking(5, data=asking(5).data.replace("title: A", "title: B"))
    found: list[str] = []
    thread = threading.Thread(target=lambda: found.append(text(asked.call(late))))
    thread.start()
    assert held.wait(30)
    assert text(asked.call(asking())) == GOOD
    go.set()
    thread.join(30)
    assert found == [GOOD.replace("4", "5")]
    assert set(used(server)) == {"json_schema"}


@pytest.mark.parametrize(
    ("url", "cap"), [(OPENAI, CAPS[0]), (f"{OPENAI}/", CAPS[0]), ("http://127.0.0.1:1/v1", CAPS[1])]
)
def test_openai_itself_is_asked_with_its_own_name(url: str, cap: str, wire: Endpoint, clock: VirtualClock) -> None:
    assert client(url, wire, clock).cap == cap


# -------------------------------------------------------------------- requests
def test_every_rung_asks_for_the_same_rows(server: ModelServer, asked: Client) -> None:
    server.script = rungs({"plain"}, honest)
    asked.call(asking())
    by_rung = {c.rung: c.body for c in server.calls}
    wanted = by_rung["json_schema"]["response_format"]["json_schema"]
    assert (wanted["name"], wanted["strict"]) == ("rate_ai", True)
    assert wanted["schema"] == schema(asking())
    (tool,) = by_rung["tool"]["tools"]
    assert tool["function"] == {"name": "rate_ai", "parameters": wanted["schema"]}
    assert by_rung["tool"]["tool_choice"]["function"]["name"] == "rate_ai"
    assert by_rung["json_object"]["response_format"] == {"type": "json_object"}
    assert "response_format" not in by_rung["plain"]
    assert {str(b["messages"]) for b in by_rung.values()} == {str(body(asking(), "m", "plain", CAPS[0])["messages"])}


def test_a_schema_is_closed_at_every_level_and_optional_fields_are_not_demanded() -> None:
    claims = {"type": "array", "items": {"type": "object", "properties": {"value": {"type": "string"}}}}
    made = schema(asking(row={**ROW, "claims": claims, "q": {"type": "string"}}, optional=("q",)))
    row = made["properties"]["rows"]["items"]
    inner = row["properties"]["claims"]["items"]
    assert row["required"] == ["n", "r", "claims"]
    assert inner["required"] == ["value"]
    assert [x["additionalProperties"] for x in (made, row, inner)] == [False] * 3


def test_a_schema_with_optional_fields_is_not_called_strict() -> None:
    """OpenAI's strict mode demands that every property is required."""
    loose = asking(row={**ROW, "q": {"type": "string"}}, optional=("q",))
    assert body(loose, "m", "json_schema", CAPS[0])["response_format"]["json_schema"]["strict"] is False


def test_the_tier_chooses_the_model(server: ModelServer, wire: Endpoint, clock: VirtualClock) -> None:
    both = client(server.url, wire, clock)
    one = Client(replace(provider(server.url), models={"fast": "same", "strong": "same"}), wire, clock)
    for made in (both, one):
        for tier in ("fast", "strong"):
            assert text(made.call(asking(tier=tier))) == GOOD
    assert [c.body["model"] for c in server.calls] == ["small", "large", "same", "same"]
