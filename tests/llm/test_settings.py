"""Settings of models: from file and environment, checked by line; keys are named and never shown (I03, I04, L03)."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from tests.llm.asking import KEY
from tests.llm.conftest import START
from tests.servers.model import ModelServer
from tests.servers.newsroom import Desk, Web, serve

from digester import app, models
from digester.config import Llm, Settings, load
from digester.config.settings import PriceLine, ProviderLine
from digester.domain.errors import ConfigError
from digester.editors.extractive import ExtractiveEditor
from digester.editors.llm import LlmEditor
from digester.llm.client import OPENAI
from digester.net.replay import VirtualClock

LEAST = "sources:\n- {id: a, kind: rss, url: 'https://a.example/'}\n"
FORMS = (KEY, quote(KEY), base64.b64encode(KEY.encode()).decode(), KEY.encode().hex(), "canary")
LOCAL = "http://127.0.0.1:11434/v1"
NAMED = {"DIGESTER_LLM__FAST": "small"}


def settings(text: str, env: Mapping[str, str] | None = None) -> Settings:
    return load(text + LEAST, env or {}, app.registries())


def problems(text: str, env: Mapping[str, str] | None = None) -> list[tuple[int, str, str]]:
    with pytest.raises(ConfigError) as caught:
        settings(text, env)
    return [(p.line, p.where, p.message) for p in caught.value.problems]


# ------------------------------------------------------------------- as written
def test_without_settings_no_model_is_named() -> None:
    assert settings("").llm == Llm()
    assert models.providers(Llm(), {"OPENAI_API_KEY": KEY}) == []
    assert models.missing(Llm(), {}) == ""


def test_a_full_file_is_read_as_it_stands() -> None:
    found = settings("""
llm:
  fast: small
  strong: large
  base_url: http://127.0.0.1:11434/v1
  key: MY_KEY
  providers:
  - {name: backup, base_url: "https://models.example/v1", fast: reserve, key: BACKUP_KEY}
  prices:
    small: {input: 0.1, output: 0.4, cached: 0.025}
    large: {input: 1, output: 4}
    reserve: {input: 0, output: 0}
  usd_per_month: 20
  tokens_per_run: 500000
  deadline: 30
  footer: true
""").llm
    assert (found.fast, found.strong, found.base_url, found.key) == ("small", "large", LOCAL, "MY_KEY")
    assert found.providers == (ProviderLine("backup", "https://models.example/v1", "reserve", "", "BACKUP_KEY"),)
    assert found.prices["small"] == PriceLine(0.1, 0.4, 0.025)
    assert (found.usd_per_month, found.usd_per_day, found.tokens_per_run, found.tokens_per_day) == (
        20,
        None,
        500_000,
        3_000_000,
    )
    assert (found.deadline, found.patience, found.in_flight, found.footer, found.prefilter) == (30, 300, 8, True, False)


def test_the_environment_is_above_the_file() -> None:
    env = {"DIGESTER_LLM__FAST": "other", "DIGESTER_LLM__IN_FLIGHT": "2", "DIGESTER_LLM__USD_PER_RUN": "0.5",
           "DIGESTER_LLM__FOOTER": "true", "DIGESTER_LLM__TOKENS_PER_DAY": "7"}  # fmt: skip
    found = settings("llm: {fast: small, in_flight: 9, prices: {other: {input: 1, output: 1}}}\n", env).llm
    assert (found.fast, found.in_flight, found.usd_per_run, found.footer, found.tokens_per_day) == (
        "other",
        2,
        0.5,
        True,
        7,
    )


@pytest.mark.parametrize(
    ("text", "env", "url"),
    [
        ("", {"OPENAI_BASE_URL": LOCAL}, LOCAL),
        ("llm: {base_url: 'http://127.0.0.1:1/v1'}\n", {"OPENAI_BASE_URL": LOCAL}, LOCAL),
        ("", {"OPENAI_BASE_URL": "http://127.0.0.1:1/v1", "DIGESTER_LLM__BASE_URL": LOCAL}, LOCAL),
        (f"llm: {{base_url: '{LOCAL}'}}\n", {"OPENAI_BASE_URL": ""}, LOCAL),
        ("", {}, OPENAI),
    ],
)
def test_where_models_are_asked(text: str, env: dict[str, str], url: str) -> None:
    (one,) = models.providers(settings(text, {**NAMED, **env}).llm, env)
    assert one.base_url == url


def test_providers_come_in_the_order_they_are_asked_each_with_its_own_key() -> None:
    llm = Llm(fast="small", strong="large", base_url=LOCAL, providers=(
        ProviderLine("b", "http://127.0.0.1:2/v1", "x", "y", "B_KEY"), ProviderLine("c", "http://127.0.0.1:3/v1", "z")))  # fmt: skip
    found = models.providers(llm, {"OPENAI_API_KEY": "sk-a", "B_KEY": "sk-b", "DIGESTER_HOME": "/"})
    assert [(p.name, p.models["fast"], p.models["strong"], p.key_name, p.key) for p in found] == [
        ("default", "small", "large", "OPENAI_API_KEY", "sk-a"), ("b", "x", "y", "B_KEY", "sk-b"), ("c", "z", "z", "none", "")]  # fmt: skip


def test_our_own_variable_for_the_key_is_above_the_common_one() -> None:
    env = {"OPENAI_API_KEY": "sk-common", "DIGESTER_LLM__API_KEY": "sk-own"}
    (one,) = models.providers(Llm(fast="small"), env)
    assert (one.key, one.key_name) == ("sk-own", "DIGESTER_LLM__API_KEY")


# ---------------------------------------------------------------- what is wrong
@pytest.mark.parametrize(
    ("text", "line", "where", "told"),
    [
        ("llm:\n  fast: small\n  base_url: localhost:1\n", 3, "llm.base_url", "http(s) address"),
        ("llm:\n  base_url: https://ana:pw@x.example/v1\n", 2, "llm.base_url", "not shown"),
        (f"llm:\n  fast: small\n  key: {KEY}\n", 3, "llm.key", "never the key itself"),
        ("llm:\n  strong: large\n", 1, "llm.fast", "no model is asked"),
        ("llm:\n  fats: small\n", 2, "llm.fats", "did you mean 'fast'"),
        (f"llm:\n  api_key: {KEY}\n", 2, "llm.api_key", "unknown key"),
        ("llm:\n  in_flight: 0\n", 2, "llm.in_flight", "above 0"),
        ("llm:\n  deadline: -1\n", 2, "llm.deadline", "above 0"),
        ("llm:\n  patience: inf\n", 2, "llm.patience", "above 0"),
        ("llm:\n  in_flight: many\n", 2, "llm.in_flight", "integer"),
        ("llm:\n  tokens_per_day: -1\n", 2, "llm.tokens_per_day", "at least 0"),
        ("llm:\n  usd_per_run: nan\n", 2, "llm.usd_per_run", "at least 0"),
        ("llm:\n  fast: small\n  usd_per_run: 1\n", 1, "llm.prices", "needs the price of 'small'"),
        ("llm:\n  prices:\n    small: {input: -1, output: 1}\n", 3, "llm.prices.small", "at least 0"),
        ("llm:\n  prices:\n    small: {input: 1}\n", 3, "llm.prices.small.output", "required"),
        ("llm:\n  prices:\n    small: {in: 1, input: 1, output: 1}\n", 3, "llm.prices.small.in", "unknown key"),
        ("llm:\n  providers:\n  - {name: b, base_url: ftp://x, fast: y}\n", 3, "llm.providers[0].base_url", "http(s)"),
        (
            f"llm:\n  providers:\n  - {{name: b, base_url: '{LOCAL}', fast: y, key: {KEY}}}\n",
            3,
            "llm.providers[0].key",
            "never the key",
        ),
        (f"llm:\n  providers:\n  - {{name: b, base_url: '{LOCAL}'}}\n", 3, "llm.providers[0].fast", "required"),
        (
            f"llm:\n  providers:\n  - {{name: default, base_url: '{LOCAL}', fast: y}}\n",
            3,
            "llm.providers[0].name",
            "two providers",
        ),
        (
            "llm:\n  providers:\n  - {name: b, base_url: 'https://ana:pw@x/v1', fast: y}\n",
            3,
            "llm.providers[0].base_url",
            "not shown",
        ),
        ("llm: [fast]\n", 1, "llm", ""),
    ],
)
def test_what_cannot_be_meant_is_said_with_its_line(text: str, line: int, where: str, told: str) -> None:
    found = problems(text)
    assert any((n, w.startswith(where), told in m) == (line, True, True) for n, w, m in found), found
    assert not any(secret in str(found) for secret in (*FORMS, "ana", "pw@"))


@pytest.mark.parametrize("price", ["nan", "inf"])
@pytest.mark.parametrize("which", ["input", "output", "cached"])
def test_L11_a_price_that_is_no_number_would_switch_a_cap_off(which: str, price: str) -> None:
    """Every comparison with it is false: the cap in US dollars would never be reached."""
    line = {"input": "1", "output": "1", which: price}
    text = "llm:\n  fast: small\n  usd_per_day: 1\n  prices:\n    small: {%s}\n"
    found = problems(text % ", ".join(f"{k}: {v}" for k, v in line.items()))
    assert [where for _, where, _ in found] == ["llm.prices.small"]


def test_providers_alone_are_not_passed_over_in_silence() -> None:
    """Without `fast` a run asks no model at all, although one is named."""
    text = f"llm:\n  providers:\n  - {{name: b, base_url: '{LOCAL}', fast: x}}\n"
    assert [where for _, where, _ in problems(text)] == ["llm.fast"]


def test_everything_that_is_wrong_is_said_at_once() -> None:
    found = problems("llm:\n  strong: large\n  base_url: x\n  deadline: 0\n  usd_per_day: 1\nnet: {deadline: 0}\n")
    assert [where for _, where, _ in found] == [
        "llm.fast",
        "llm.prices",
        "llm.base_url",
        "llm.deadline",
        "net.deadline",
    ]


@pytest.mark.parametrize(
    ("name", "value"),
    [("DIGESTER_LLM__KEY", KEY), ("DIGESTER_LLM__Api_Key", KEY), ("DIGESTER_LLM__BASE_URL", f"https://ana:{KEY}@x.example/v1"),
     ("OPENAI_BASE_URL", f"https://ana:{KEY}@x.example/v1"), ("DIGESTER_LLM__DEADLINE", KEY), ("DIGESTER_LLM__PROVIDERS", KEY)],
)  # fmt: skip
def test_a_wrong_variable_is_named_and_its_value_not_shown(name: str, value: str) -> None:
    found = problems("", {name: value})
    assert {(line, where) for line, where, _ in found} <= {(0, name), (0, f"{name}"), (0, "llm.api_key")}
    assert not any(form in str(found) for form in FORMS)


def test_every_used_model_needs_a_price_where_money_is_capped() -> None:
    text = f"llm:\n  fast: a\n  strong: b\n  usd_per_day: 1\n  providers:\n  - {{name: p, base_url: '{LOCAL}', fast: c, strong: d}}\n"
    assert [m.split("'")[1] for _, _, m in problems(text)] == ["a", "b", "c", "d"]
    priced = "  prices: {" + ", ".join(f"{m}: {{input: 1, output: 1}}" for m in "abcd") + "}\n"
    assert settings(text + priced).llm.usd_per_day == 1


# ------------------------------------------------------------------------- keys
WRONG_KEYS = [
    ("", "empty"), ("   ", "empty"), (f"{KEY}\n", "line end"), (f"{KEY} x", "white space"), (f"\t{KEY}", "white space"),
    (f"{KEY}\u00e9", "ASCII"), (f"{KEY}\x7f", "ASCII"), (f"<{KEY}>", "placeholder"), (f"${{{KEY}}}", "placeholder"),
    ("changeme", "placeholder"), ("your-key", "placeholder"),
]  # fmt: skip


@pytest.mark.parametrize(("value", "told"), WRONG_KEYS)
@pytest.mark.parametrize("name", ["OPENAI_API_KEY", "DIGESTER_LLM__API_KEY", "BACKUP_KEY"])
def test_I03_a_key_that_cannot_be_meant_is_named_and_never_shown(name: str, value: str, told: str) -> None:
    llm = Llm(fast="small", base_url=LOCAL, providers=(ProviderLine("b", LOCAL, "x", "", "BACKUP_KEY"),))
    for ask in (models.providers, models.missing):
        with pytest.raises(ConfigError) as caught:
            ask(llm, {name: value})
        (problem,) = caught.value.problems
        assert (problem.where, caught.value.subject, caught.value.exit_code) == (name, "environment", 5)
        assert told in problem.message
        assert not any(form in str(caught.value) for form in FORMS)


# ---------------------------------------------------------------- without a key
@pytest.mark.parametrize("url", ["", OPENAI, f"{OPENAI}/"])
def test_without_a_key_openai_is_not_asked_and_it_is_said(url: str) -> None:
    llm = Llm(fast="small", base_url=url)
    why = models.missing(llm, {})
    assert "'small'" in why
    assert "OPENAI_API_KEY is not set" in why
    with models.open_model(llm, {}, None, VirtualClock(START), "run") as made:  # type: ignore[arg-type]
        assert made is None
    assert models.counting(llm, {}, None) is None  # type: ignore[arg-type]
    embedded = app.editor()
    assert models.editor_of(embedded, None, Path()) is embedded
    assert models.missing(llm, {"OPENAI_API_KEY": KEY}) == ""


def test_a_server_of_ones_own_needs_no_key() -> None:
    assert models.missing(Llm(fast="small", base_url=LOCAL), {}) == ""
    (one,) = models.providers(Llm(fast="small", base_url=LOCAL), {})
    assert one.key == ""


def test_one_provider_that_can_be_asked_is_enough() -> None:
    llm = Llm(fast="small", providers=(ProviderLine("own", LOCAL, "x"),))
    assert models.missing(llm, {}) == ""


# ------------------------------------------------------------------ never shown
@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with Web() as web, ModelServer(lambda call: pytest.fail("asked")) as server:
        made = serve(Desk(tmp_path), web)
        made.env = {"DIGESTER_LLM__API_KEY": KEY, "OPENAI_API_KEY": KEY, "DIGESTER_LLM__BASE_URL": server.url,
                    "DIGESTER_LLM__FAST": "small"}  # fmt: skip
        yield made


@pytest.mark.parametrize("words", [("config", "show"), ("--json", "config", "show"), ("doctor",), ("--json", "doctor"), ("status",),
                                   ("cost",), ("--json", "cost"), ("-v", "--dry-run", "run", "ai-daily", "--date", "2026-06-20")])  # fmt: skip
def test_I04_the_key_is_in_no_output(desk: Desk, words: tuple[str, ...]) -> None:
    done = desk(*words)
    assert done.code == 0, done.said
    assert not any(form in done.said for form in FORMS)


def test_I04_the_key_is_in_no_repr(desk: Desk) -> None:
    ws = desk.workspace()
    shown = [repr(x) for x in (ws, ws.settings, models.providers(ws.settings.llm, ws.env), ws.settings.llm)]
    assert "small" in shown[0]
    assert not any(form in text for form in FORMS for text in shown)


def test_the_settings_in_force_are_shown(desk: Desk) -> None:
    llm: dict[str, Any] = desk.json("config", "show")["llm"]
    assert (llm["fast"], llm["base_url"], llm["key"]) == ("small", desk.env["DIGESTER_LLM__BASE_URL"], "OPENAI_API_KEY")


def test_a_run_has_the_editor_that_its_settings_name(desk: Desk) -> None:
    ws = desk.workspace()
    with desk.store() as store:
        with app.open_powers(ws, store, "run-1") as powers:
            assert isinstance(powers.editor, LlmEditor)
            assert isinstance(powers.editor.embedded, ExtractiveEditor)
        with app.open_powers(ws, store) as powers:  # nothing that only looks may ask
            assert isinstance(powers.editor, ExtractiveEditor)
