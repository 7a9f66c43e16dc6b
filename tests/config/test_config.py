"""I01, I02: hostile YAML is a ConfigError with a line; all problems come at once; the environment wins."""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digester.config import Registries, Settings, load, yamlfile
from digester.domain.errors import ConfigError
from digester.domain.issue import IssueKind


@dataclass(frozen=True)
class Rss:
    __pydantic_config__: ClassVar = {"extra": "forbid"}
    url: str
    limit: int = 20


@dataclass(frozen=True)
class Arxiv:
    __pydantic_config__: ClassVar = {"extra": "forbid"}
    categories: tuple[str, ...]


KIND = IssueKind("ai_daily", {"en": "AI"}, {"en": "ai"}, "daily", "ai/1", {}, {})
KNOWN = Registries({"rss": Rss, "arxiv": Arxiv}, {"ai_daily": KIND}, ("markdown", "html", "json"))
LEAST = "sources:\n- {id: a, kind: rss, url: 'https://a.example/'}\n"


def settings(text: str, env: Mapping[str, str] | None = None) -> Settings:
    return load(text, env or {}, KNOWN)


def problems(text: str, env: Mapping[str, str] | None = None) -> list[tuple[int, str, str]]:
    with pytest.raises(ConfigError) as caught:
        settings(text, env)
    assert caught.value.exit_code == 5
    assert all(p.message and "\n" not in str(p) for p in caught.value.problems)
    return [(p.line, p.where, p.message) for p in caught.value.problems]


# -------------------------------------------------------------------- defaults
def test_the_least_file_has_all_defaults() -> None:
    found = settings(LEAST)
    assert (found.workspace.database, found.workspace.out) == ("digester.db", "out")
    assert (found.net.deadline, found.net.max_bytes, found.net.hosts_in_flight) == (30.0, 20_000_000, 16)
    assert (found.net.replay, found.net.allow_private_hosts) == (None, ())
    assert found.issues == {"ai_daily": KIND}
    (source,) = found.sources
    assert (source.id, source.name, source.params) == ("a", "a", Rss("https://a.example/"))
    assert (source.weight, source.core, source.enabled, source.language, source.tags) == (1.0, False, True, "en", ())


def test_a_full_file_is_read_as_it_stands() -> None:
    found = settings("""
version: 1
workspace: {database: my.db, out: site}
net:
  contact: me@example.com
  replay: http://127.0.0.1:8000
  allow_private_hosts: [intranet, "10.0.0.1:8080"]
  deadline: 5
issues:
  ai_daily: {timezone: Europe/Berlin, maximum: 9, outputs: [json]}
sources:
- {id: a, kind: rss, url: "https://a.example/", limit: 3, name: 中文, tags: [x, y], weight: 0.5, core: true, enabled: false, language: zh}
- {id: b, kind: arxiv, categories: [cs.IR]}
""")
    assert found.workspace.database == "my.db"
    assert (found.net.deadline, found.net.allow_private_hosts) == (5.0, ("intranet", "10.0.0.1:8080"))
    kind = found.issues["ai_daily"]
    assert (kind.timezone, kind.maximum, kind.minimum, kind.outputs) == ("Europe/Berlin", 9, 3, ("json",))
    a, b = found.sources
    assert (a.name, a.tags, a.weight, a.core, a.enabled, a.language, a.params.limit) == (
        "中文",
        ("x", "y"),
        0.5,
        True,
        False,
        "zh",
        3,
    )
    assert b.params == Arxiv(("cs.IR",))


# ----------------------------------------------------------------- environment
def test_the_environment_is_above_the_file_and_the_file_above_the_default() -> None:
    text = "net: {deadline: 5, max_bytes: 7}\nworkspace: {out: file}\n" + LEAST
    found = settings(text, {"DIGESTER_NET__DEADLINE": "9", "DIGESTER_WORKSPACE__OUT": "env", "DIGESTER_DATABASE_URL": "postgresql://x",
                            "DIGESTER_NET__ALLOW_PRIVATE_HOSTS": "a,b:1,"})  # fmt: skip
    assert (found.net.deadline, found.net.max_bytes, found.net.hosts_in_flight) == (9.0, 7, 16)
    assert (found.workspace.out, found.workspace.database) == ("env", "postgresql://x")
    assert found.net.allow_private_hosts == ("a", "b:1")


def test_variables_of_others_are_not_looked_at() -> None:
    env = {"NET__DEADLINE": "x", "DIGESTER_HOME": "/x", "DIGESTER_LLM__API_KEY": "secret", "PATH": "/bin", "DIGESTER_": "x",
           "DIGESTER_NET": "x", "DIGESTER_NET__": "x"}  # fmt: skip
    assert settings(LEAST, env) == settings(LEAST)


def test_a_wrong_variable_is_a_problem_like_one_in_the_file() -> None:
    found = problems(LEAST, {"DIGESTER_NET__DEADLINE": "soon", "DIGESTER_NET__MAX_BITES": "5"})
    assert [(line, where) for line, where, _ in found] == [
        (0, "DIGESTER_NET__DEADLINE"),
        (0, "DIGESTER_NET__MAX_BITES"),
    ]
    assert "did you mean 'max_bytes'?" in found[1][2]


def test_a_section_without_keys_takes_the_environment_s() -> None:
    assert settings("net:\n" + LEAST, {"DIGESTER_NET__DEADLINE": "9"}).net.deadline == 9.0


def test_the_file_is_not_changed_by_the_environment() -> None:
    value = {"net": {"deadline": 5}}
    yaml = yamlfile.read("net: {deadline: 5}\n" + LEAST)
    settings("net: {deadline: 5}\n" + LEAST, {"DIGESTER_NET__DEADLINE": "9"})
    assert yaml.value["net"] == value["net"]


# ------------------------------------------------------------------ I02, at once
def test_I02_all_problems_come_at_once_with_their_lines() -> None:
    text = """version: 2
colour: blue
net:
  dealine: 5
  max_bytes: -1
recipients: {}
sources:
- {id: a, kind: rss, url: "https://a.example/"}
- id: a
  kind: rss
  url: javascript:alert(1)
  weight: heavy
  limitt: 3
- id: "b c"
  kind: arxv
- kind: rss
- just text
issues:
  ai_dayly: {}
  ai_daily: {timezone: Mars/Base, outputs: [pdf], maximum: -5}
"""
    found = problems(text)
    assert [(line, where) for line, where, _ in found] == [
        (1, "version"), (2, "colour"), (4, "net.dealine"), (5, "net.max_bytes"), (6, "recipients"),
        (9, "sources[1].id"), (11, "sources[1].url"), (12, "sources[1].weight"), (13, "sources[1].limitt"),
        (14, "sources[2].id"), (15, "sources[2].kind"), (16, "sources[3].id"), (16, "sources[3].url"), (17, "sources[4]"),
        (19, "issues.ai_dayly"), (20, "issues.ai_daily.maximum"), (20, "issues.ai_daily.outputs"), (20, "issues.ai_daily.timezone"),
    ]  # fmt: skip
    said = {where: message for _, where, message in found}
    assert "'deadline'" in said["net.dealine"]
    assert "'arxiv'" in said["sources[2].kind"]
    assert "'limit'" in said["sources[1].limitt"]
    assert "'ai_daily'" in said["issues.ai_dayly"]
    assert "two sources are called 'a'" in said["sources[1].id"]


@pytest.mark.parametrize(
    ("net", "where"),
    [("deadline: -1", "deadline"), ("deadline: 0", "deadline"), ("max_bytes: -5", "max_bytes"), ("hosts_in_flight: 0", "hosts_in_flight"),
     ("deadline: inf", "deadline"), ("deadline: nan", "deadline"), ("deadline: '-1'", "deadline"), ("max_bytes: 1.5", "max_bytes"),
     ("replay: file:///x", "replay"), ("replay: [x]", "replay"), ("contact: [x]", "contact"), ("allow_private_hosts: 5", "allow_private_hosts")],
)  # fmt: skip
def test_I02_a_limit_that_means_nothing(net: str, where: str) -> None:
    ((line, place, _),) = problems(f"net:\n  {net}\n" + LEAST)
    assert (line, place) == (2, f"net.{where}")


@pytest.mark.parametrize("weight", ["0", "-1", "11", "nan", "inf", "[1]"])
def test_I02_weights_have_bounds(weight: str) -> None:
    ((line, where, _),) = problems(f"sources:\n- id: a\n  kind: rss\n  weight: {weight}\n  url: http://a.example\n")
    assert (line, where) == (4, "sources[0].weight")


@pytest.mark.parametrize("zone", ["''", "'../../etc/passwd'", "/etc/passwd", "UTC+1", "'a\\0b'", "Nowhere/City"])
def test_I02_a_time_zone_that_does_not_exist(zone: str) -> None:
    ((_, where, _),) = problems(f"issues: {{ai_daily: {{timezone: {zone}}}}}\n" + LEAST)
    assert where == "issues.ai_daily.timezone"


@pytest.mark.parametrize("name", ["''", "a b", "a/b", "../x", "ä", "'a\\nb'", "5", "null", "[a]", "true"])
def test_I02_ids_are_plain(name: str) -> None:
    found = problems(f"sources:\n- id: {name}\n  kind: rss\n  url: https://a.example\n")
    assert [where.split("[")[0] for _, where, _ in found] == ["sources"]


@pytest.mark.parametrize("text", ["", "# nothing\n", "null", "5", "text", "[]", "- a", "{}", "sources:", "sources: []", "sources: {}",
                                  "sources: text", "sources: [null]", "net: 5\n" + LEAST, "net: [1]\n" + LEAST, "workspace: x\n" + LEAST,
                                  "issues: [x]\n" + LEAST, "issues: {ai_daily: 5}\n" + LEAST, "issues: {null: {}}\n" + LEAST])  # fmt: skip
def test_I02_a_file_of_the_wrong_shape(text: str) -> None:
    assert problems(text)
    assert problems(text, {"DIGESTER_NET__DEADLINE": "soon", "DIGESTER_WORKSPACE__OUT": "x"})


def test_a_secret_in_a_wrong_place_is_not_repeated() -> None:
    found = problems("net: {deadline: sk-secret-value}\n" + LEAST)
    assert "sk-secret" not in str(found)


# -------------------------------------------------------------------- I01, YAML
@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: 1\nb: !!python/object/apply:os.system ['true']\n", 2),
        ("a: !!python/name:os.system\n", 1),
        ("a: !local x\n", 1),
        ("a: !<tag:example.com,2000:x> y\n", 1),
        ("a: 1\nb: 2\na: 3\n", 3),
        ("a:\n\tb: 1\n", 2),
        ("a: &x [*x]\n", 1),
        ("a: &x {b: *x}\n", 1),
        ("a: &x 1\nb: {<<: {c: 1}}\n", 2),
        ("? [a, b]\n: c\n", 1),
        ("a: *nowhere\n", 1),
        ("a: [\n", 2),
        ("--- {}\n--- {}\n", 2),
        ("a: 'x\n", 2),
        ("%YAML 9.9\n---\na: 1\n", 1),
    ],
)
def test_I01_hostile_yaml_is_a_problem_with_its_line(text: str, line: int) -> None:
    assert problems(text)[0][0] == line


@pytest.mark.parametrize("text", ["a: \x01", "a: \x00", "\ud800", "a: \x7f", "\ufffe"])
def test_I01_characters_that_yaml_does_not_take(text: str) -> None:
    assert problems(text)


def test_I01_a_byte_order_mark_is_no_key() -> None:
    assert settings("\ufeff" + LEAST) == settings(LEAST)


@pytest.mark.parametrize(
    ("text", "value"),
    [("NO", "NO"), ("no", "no"), ("yes", "yes"), ("on", "on"), ("True", "True"), ("true", True), ("false", False), ("~", None), ("", None),
     ("null", None), ("0o17", "0o17"), ("017", "017"), ("0x1f", "0x1f"), ("12:30:45", "12:30:45"), ("1_000", "1_000"), ("2026-06-20", "2026-06-20"),
     ("1e3", "1e3"), ("1.5", 1.5), ("-3", -3), ("'5'", "5"), ("\"true\"", "true"), (".inf", ".inf"), ("9" * 30, "9" * 30), ("=", "=")],
)  # fmt: skip
def test_I01_plain_words_stay_words(text: str, value: object) -> None:
    found = yamlfile.read(f"a: {text}\n")
    assert found.problems == ()
    assert found.value == {"a": value}
    assert type(found.value["a"]) is type(value)


def test_I01_ten_megabytes_are_refused_before_they_are_parsed() -> None:
    ((line, _, message),) = problems("a: " + "x" * 10_000_000)
    assert line == 0
    assert "larger" in message


def test_I01_an_anchor_bomb_is_stopped() -> None:
    text = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [{','.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(12)
    )
    assert any("too many" in message for _, _, message in problems(text))


@pytest.mark.parametrize("text", ["[" * 100_000, "{a: " * 50_000, "- " * 100_000, "[" * 500 + "]" * 500, "a: " + "[" * 25 + "]" * 25,
                                  "? " * 50_000, "&a " * 50_000, "!" * 100_000])  # fmt: skip
def test_I01_depth_is_bounded(text: str) -> None:
    assert problems(text)


def _recorded() -> list[Any]:
    folder = os.environ.get("DIGESTER_TEST_DATA")
    if not folder:
        return []
    lines = (Path(folder) / "hostile" / "yaml.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.mark.recorded
def test_I01_the_recorded_hostile_yaml_raises_nothing_but_config_errors() -> None:
    records = _recorded()
    if not records:
        pytest.skip("DIGESTER_TEST_DATA is not set")
    for record in records:
        data = record["data"]
        text = base64.b64decode(data).decode("utf-8", "replace") if record["enc"] == "base64" else str(data)
        assert "!!python/" not in text or yamlfile.read(text).problems, record["src"]
        for whole in (text, LEAST + "net:\n" + "\n".join("  " + line for line in text.splitlines())):
            try:
                settings(whole)
            except ConfigError as err:
                assert err.problems


# ------------------------------------------------------------------ properties
yaml_ish = st.lists(
    st.one_of(
        st.sampled_from(["sources:", "net:", "issues:", "workspace:", "- ", "  ", "\n", ": ", "id: a", "kind: rss", "{", "}", "[", "]", "*a",
                         "&a ", "!!str ", "!!python/none ", "<<: ", "'", '"', "|", ">", "\t", "deadline: ", "-1", "nan", "url: ", "? ", "#", "---"]),
        st.text(max_size=5),
    ),
    max_size=40,
).map("".join)  # fmt: skip


@given(st.one_of(st.text(), yaml_ish, yaml_ish.map(lambda t: LEAST + t)))
def test_I01_any_text_is_settings_or_a_config_error(text: str) -> None:
    try:
        assert isinstance(settings(text), Settings)
    except ConfigError as err:
        assert err.problems


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
keys = st.sampled_from(["version", "workspace", "net", "sources", "issues", "topics", "x"])
lines = st.dictionaries(st.sampled_from(["id", "kind", "url", "weight", "tags", "core", "language", "limit", "categories", "x"]),
                        st.one_of(values, st.sampled_from(["rss", "arxiv", "a", "https://a.example", 1, -1])), max_size=6)  # fmt: skip
files = st.dictionaries(
    keys, st.one_of(values, st.lists(lines, max_size=3), st.just({"ai_daily": {"timezone": ""}})), max_size=5
)


@given(
    files,
    st.dictionaries(
        st.sampled_from(["DIGESTER_NET__DEADLINE", "DIGESTER_NET__X", "DIGESTER_DATABASE_URL"]), st.text(max_size=5)
    ),
)
def test_I02_any_shape_is_settings_or_a_config_error(value: object, env: dict[str, str]) -> None:
    try:
        assert isinstance(settings(json.dumps(value), env), Settings)
    except ConfigError as err:
        assert err.problems


# -------------------------------------------------------------------- bridges
def test_bridges_are_addresses_without_users() -> None:
    found = settings(
        "bridges: {rsshub: 'https://hub.example'}\n" + LEAST.replace("https://a.example/", "rsshub://36kr/news")
    )
    assert (found.bridges.rsshub, found.bridges.nitter) == ("https://hub.example", "")
    assert found.sources[0].params.url == "rsshub://36kr/news"
    wrong = problems("bridges: {rsshub: 'hub', nitter: 'https://u:p@n.example', rsshup: x}\n" + LEAST)
    assert {where for _, where, _ in wrong} == {"bridges.rsshub", "bridges.nitter", "bridges.rsshup"}
    assert any("did you mean 'rsshub'" in message for _, _, message in wrong)
    assert all("u:p" not in message for _, _, message in wrong)


def test_an_address_of_a_bridge_that_is_none_is_refused() -> None:
    assert problems(LEAST.replace("https://a.example/", "gopher://36kr/news"))


# -------------------------------------------------------------------- evidence
def with_evidence(told: str) -> str:
    return "sources:\n- {id: a, kind: rss, url: 'https://a.example/', evidence: " + json.dumps(told) + "}\n"


@pytest.mark.parametrize("told", ["recorded", "unverified", "cited(https://a.example/feeds, 2026-02-01)",
                                  "cited(RFC 4287, 2005-12-01)", "cited(a page (old), with commas, 2026-02-01)"])  # fmt: skip
def test_evidence_is_recorded_cited_or_unverified(told: str) -> None:
    assert settings(with_evidence(told)).sources[0].evidence == told


@pytest.mark.parametrize("told", ["", "yes", "Recorded", "cited", "cited()", "cited(a page)", "cited(, 2026-02-01)",
                                  "cited(a page, 2026-02-30)", "cited(a page, Feb 2026)", "recorded\nunverified"])  # fmt: skip
def test_another_evidence_is_refused_with_what_is_allowed(told: str) -> None:
    allowed = "must be recorded, unverified or cited(page, YYYY-MM-DD)"
    assert problems(with_evidence(told)) == [(2, "sources[0].evidence", allowed)]


def test_a_user_may_enable_an_unverified_source() -> None:
    (source,) = settings(LEAST).sources
    assert (source.enabled, source.evidence) == (True, "unverified")


def test_words_where_a_list_is_wanted_are_told_how_one_is_written() -> None:
    ((line, where, said),) = problems(
        "sources:\n- id: a\n  kind: rss\n  tags: labs general\n  url: https://a.example\n"
    )
    assert (line, where, said) == (4, "sources[0].tags", "a list is wanted: [one, two]")
