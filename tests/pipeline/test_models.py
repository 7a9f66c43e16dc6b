"""Whole issues with a language model behind the editor: honest, down, out of budget, hostile. The issue always appears,
says how it was made, and holds nothing that its sources do not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import text
from tests.servers.model import Call, ModelServer, Reply, Script, completion, error
from tests.servers.newsroom import DAILY, WEEKLY, Desk
from tests.servers.personalities import PERSONALITIES, honest

HOSTILE = (
    "attacker",
    "<script",
    "onerror",
    "track.example",
    "arxlv",
    "githud",
    "Globex",
    "12.7",
    "previous instructions",
    "word word",
    "Task: ",
)


@pytest.fixture
def served() -> Iterator[Callable[[Desk, Script], ModelServer]]:
    """Sets a desk's model to a scripted server."""
    running: list[ModelServer] = []

    def begin(desk: Desk, script: Script, **env: str) -> ModelServer:
        server = ModelServer(script).__enter__()
        running.append(server)
        desk.env = {"DIGESTER_LLM__FAST": "small", "DIGESTER_LLM__STRONG": "big", "DIGESTER_LLM__BASE_URL": server.url,
                    "DIGESTER_LLM__DEADLINE": "2", **env}  # fmt: skip
        return server

    yield begin
    for server in running:
        server.__exit__(None, None, None)


def run(desk: Desk, kind: str, period: str) -> int:
    done = desk("run", kind, "--date", period)
    assert "Traceback" not in done.said, done.said
    return done.code


def clean(desk: Desk, kind: str, period: str) -> None:
    """Nothing that an issue prints is unsupported, against the standard, or from a hostile answer."""
    assert desk.json("lint", kind, "--date", period)["hard"] == 0
    assert desk.json("verify", kind, "--date", period)["findings"] == []
    for name, body in desk.files().items():
        if name.startswith(kind):
            said = body.decode()
            assert [w for w in HOSTILE if w in said] == [], name


def forget(desk: Desk) -> None:
    """Everything that was made of the items; what was asked of models stays in the ledger."""
    with desk.store() as store, store.engine.begin() as c:
        for table in ("issues", "artifacts", "told", "ratings", "readings", "stories"):
            c.execute(text(f"DELETE FROM {table}"))


@pytest.mark.parametrize(("kind", "period"), [DAILY, WEEKLY])
def test_an_issue_of_an_honest_model_says_so_and_an_identical_run_asks_nothing(
    kind: str, period: str, collected: Desk, served: Callable[[Desk, Script], ModelServer]
) -> None:
    server = served(collected, honest)
    assert run(collected, kind, period) == 0
    clean(collected, kind, period)
    record, files, asked = collected.issue(kind, period), collected.files(), len(server.calls)
    assert record.editor.startswith("llm-") and "language model" in record.method["en"]
    assert not [n for n in record.notices if "model" in n["en"]]
    assert any(s.rule == "written:read" for s in record.sentences())
    assert record.languages == ("en", "zh")
    forget(collected)
    assert run(collected, kind, period) == 0
    assert len(server.calls) == asked, "the same questions are answered from the ledger"
    assert collected.files() == files, "and the same issue is made of the same answers"


@pytest.mark.parametrize("name", sorted(PERSONALITIES))
def test_L19_the_issue_of_a_hostile_model_appears_and_holds_nothing_of_it(
    name: str, collected: Desk, served: Callable[[Desk, Script], ModelServer]
) -> None:
    served(collected, PERSONALITIES[name])
    assert run(collected, *DAILY) in (0, 3)
    clean(collected, *DAILY)
    assert len(collected.issue(*DAILY).picks()) >= 30


@pytest.mark.parametrize("name", ["inventing_figures", "mixing"])
def test_L19_so_does_the_weekly_in_both_languages(
    name: str, collected: Desk, served: Callable[[Desk, Script], ModelServer]
) -> None:
    served(collected, PERSONALITIES[name])
    assert run(collected, *WEEKLY) in (0, 3)
    clean(collected, *WEEKLY)


@pytest.mark.parametrize(
    "script", [error(401, "invalid_api_key", "no"), error(503, "down", "no"), error(429, "insufficient_quota", "no")]
)
def test_L01_without_a_model_the_issue_goes_out_marked_and_the_exit_code_says_so(
    script: Script, collected: Desk, served: Callable[[Desk, Script], ModelServer]
) -> None:
    server = served(collected, script)
    assert run(collected, *DAILY) == 3
    clean(collected, *DAILY)
    record = collected.issue(*DAILY)
    assert any("Made without the language model" in n["en"] for n in record.notices)
    assert len(server.calls) <= 24, "a server that cannot work is left alone"


def test_L01_what_a_model_did_not_do_is_done_by_the_next_run(
    collected: Desk, served: Callable[[Desk, Script], ModelServer]
) -> None:
    server = served(collected, error(503, "down", "no"))
    for step in ("screen", "enrich", "assess"):
        assert collected(step, *DAILY[:1], "--date", DAILY[1]).code == 0
    server.script = honest
    server.log.clear()
    assert run(collected, *DAILY) == 0
    assert Counter(c.task for c in server.calls)["rate-ai"] >= 1
    assert not [n for n in collected.issue(*DAILY).notices if "model" in n["en"]]


def test_L12_a_budget_that_is_reached_leaves_the_rest_to_the_embedded_editor(
    collected: Desk, served: Callable[..., ModelServer]
) -> None:
    server = served(collected, honest, DIGESTER_LLM__TOKENS_PER_RUN="12000")
    assert run(collected, *DAILY) == 0
    clean(collected, *DAILY)
    assert 1 <= len(server.calls) <= 4
    assert any("budget" in n["en"] for n in collected.issue(*DAILY).notices)


def test_L13_a_run_that_dies_behind_the_replies_pays_for_none_of_them_again(
    collected: Desk, served: Callable[[Desk, Script], ModelServer]
) -> None:
    server = served(collected, honest)
    assert run(collected, *DAILY) == 0
    asked = len(server.calls)
    with collected.store() as store, store.engine.begin() as c:  # as if killed before anything was made of the replies
        for table in ("issues", "artifacts", "told"):
            c.execute(text(f"DELETE FROM {table}"))
        c.execute(text("DELETE FROM ratings WHERE editor LIKE 'llm%'"))
        c.execute(text("DELETE FROM readings WHERE editor LIKE 'llm%'"))
    assert run(collected, *DAILY) == 0
    assert len(server.calls) == asked


def test_L22_no_key_and_no_address_stands_in_any_question(collected: Desk, served: Callable[..., ModelServer]) -> None:
    server = served(collected, honest, DIGESTER_LLM__API_KEY="sk-canary-31415926")
    for kind, period in (DAILY, WEEKLY):
        assert run(collected, kind, period) == 0
    sent = "\n".join(f"{c.system}\n{c.data}" for c in server.calls)
    assert "sk-canary" not in sent and "http" not in sent.replace("https?", "")
    assert {c.headers["authorization"] for c in server.calls} == {"Bearer sk-canary-31415926"}
    with collected.store() as store:
        authors = {a for i in store.items_in(collected.issue(*WEEKLY).window) for a in i.entry.authors if "@" in a}
    assert not [a for a in authors if a in sent]
    assert "sk-canary" not in "".join(b.decode() for b in collected.files().values())


def test_an_edition_that_cannot_be_translated_is_missing_and_the_other_goes_out_with_its_cost(
    collected: Desk, served: Callable[..., ModelServer]
) -> None:
    def silent(call: Call) -> Reply:
        return completion('{"rows": []}') if call.task == "translate" else honest(call)

    served(collected, silent, DIGESTER_LLM__FOOTER="true")
    assert run(collected, *WEEKLY) == 3
    clean(collected, *WEEKLY)
    record = collected.issue(*WEEKLY)
    assert record.languages == ("en",)
    assert not [name for name in collected.files() if ".zh." in name]
    told = [n["en"] for n in record.notices]
    assert any("edition in language 'zh' is missing" in t for t in told)
    assert any(t.startswith("Language model: ") and "cost unknown" in t for t in told)
