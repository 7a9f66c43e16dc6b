"""Secrets are named and never shown: I03, I04 of the list of faults."""

from __future__ import annotations

import base64
from pathlib import Path
from urllib.parse import quote

import pytest
from tests.servers.newsroom import Desk, Done, Web, digester, serve

from digester.demo.server import Reply

CANARY = "c4n4ry/S3cret"
FORMS = (
    CANARY,
    quote(CANARY, safe=""),
    base64.b64encode(CANARY.encode()).decode(),
    CANARY.encode().hex(),
    "c4n4ry",
    "S3cret",
)


def clean(done: Done) -> bool:
    return not any(form in done.said for form in FORMS)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("", "empty"),
        ("   ", "empty"),
        (f"postgresql+psycopg://news:{CANARY}@db.example/news\n", "white space"),
        ("postgresql+psycopg://news:${PASSWORD}@db.example/news", "placeholder"),
        ("postgresql+psycopg://news:<password>@db.example/news", "placeholder"),
        ("postgresql+psycopg://news:changeme@db.example/news", "placeholder"),
        (f"news:{CANARY}@db.example/news", "scheme"),
    ],
)
def test_I03_a_secret_that_cannot_be_meant_is_named_before_any_work(empty: Desk, value: str, said: str) -> None:
    empty.env = {"DIGESTER_DATABASE_URL": value}
    for words in (("status",), ("collect",), ("config", "show")):
        done = empty(*words)
        assert done.code == 5
        assert "DIGESTER_DATABASE_URL" in done.err
        assert said in done.err
        assert clean(done)
    assert sorted(p.name for p in empty.home.iterdir()) == ["sources.yaml"]


ADDRESSES = [
    f"postgresql+psycopg://news:{quote(CANARY, safe='')}@127.0.0.1:1/news",
    f"postgresql+psycopg://news:{CANARY}@127.0.0.1:1/news",
    f"postgresql+psycopg://127.0.0.1:1/news?user=news&password={quote(CANARY, safe='')}",
    f"postgresql+psycopg://news:{quote(CANARY, safe='')}@127.0.0.1:notaport/news",
    f"nodialect://news:{quote(CANARY, safe='')}@127.0.0.1/news",
    f"oracle://news:{quote(CANARY, safe='')}@127.0.0.1/news",
    f"sqlite://news:{quote(CANARY, safe='')}@host/x.db",
    f"postgresql+psycopg://news:{quote(CANARY, safe='')}@[::1/news",
]


@pytest.mark.parametrize("url", ADDRESSES)
def test_I04_the_database_password_is_in_no_output(empty: Desk, url: str) -> None:
    empty.env = {"DIGESTER_DATABASE_URL": url}
    for words in (
        ("config", "show"),
        ("--json", "config", "show"),
        ("doctor",),
        ("status",),
        ("-v", "collect", "garbled"),
    ):
        done = digester(*empty.words, *words, env=empty.env)
        assert clean(done), words
        assert "Traceback" not in done.err
        if words[-1] in ("status", "doctor"):
            assert done.code == 1, done.said
    assert not Path("x.db").exists()  # an address with a host is no file


WITH_USER = [
    f"https://user:{quote(CANARY, safe='')}@eng.velmarque.example/feed.xml",
    f"https://{quote(CANARY, safe='')}@eng.velmarque.example/feed.xml",
    f"HTTPS://user:{quote(CANARY, safe='')}@eng.velmarque.example",
    rf"https:\\user:{quote(CANARY, safe='')}@eng.velmarque.example/",
]


@pytest.mark.parametrize("url", WITH_USER)
def test_I04_user_info_of_an_address_is_refused_and_appears_nowhere(made: Desk, url: str) -> None:
    made.write(made.config.read_text("utf-8") + f"  - {{id: secret, kind: rss, name: Secret, url: '{url}'}}\n")
    for words in (("--dry-run", "collect", "secret"), ("--json", "sources", "list"), ("sources", "try", "secret"), ("doctor",),
                  ("-v", "collect", "secret"), ("-v", "run", "ai-daily", "--date", "2026-06-20"), ("config", "show")):  # fmt: skip
        done = made(*words)
        assert done.code == (1 if words == ("doctor",) else 5), words
        assert "sources[" in done.said
        assert clean(done), words
    for path in made.home.rglob("*"):
        assert path == made.config or path.is_dir() or not any(f.encode() in path.read_bytes() for f in FORMS), path


def test_I04_user_info_of_the_replay_address_is_refused_and_not_shown(empty: Desk) -> None:
    empty.env = {"DIGESTER_NET__REPLAY": f"http://user:{quote(CANARY, safe='')}@127.0.0.1:1"}
    for words in (("config", "show"), ("--json", "config", "show"), ("-v", "collect"), ("sources", "try", "garbled")):
        done = empty(*words)
        assert done.code == 5
        assert clean(done), words


@pytest.mark.slow
def test_I04_what_a_hostile_server_sends_with_user_info_is_not_kept(collected: Desk) -> None:
    """Links, redirects and guids with a password: no output, file or stored row of ours holds it."""
    secret = f"https://user:{quote(CANARY, safe='')}@eng.velmarque.example"
    item = (f"<item><guid>{secret}/1</guid><link>{secret}/1</link><title>Release of Vell 2, a model with 12B parameters</title>"
            f"<description>&lt;a href='{secret}/2'>x&lt;/a> text</description><pubDate>Fri, 19 Jun 2026 10:00:00 GMT</pubDate></item>")  # fmt: skip
    with Web() as web:
        serve(collected, web)
        body = f'<?xml version="1.0"?><rss version="2.0"><channel><title>x</title>{item}</channel></rss>'.encode()
        web.special["https://odd.example/feed"] = Reply(200, "application/rss+xml", body)
        collected.write(
            collected.config.read_text("utf-8") + "  - {id: odd, kind: rss, url: 'https://odd.example/feed'}\n"
        )
        done = collected("-v", "run", "ai-daily", "--date", "2026-06-20")
        assert done.code == 0, done.said
        assert clean(done)
        assert clean(collected("sources", "try", "odd"))
        assert clean(collected("--json", "items", "list", "--date", "2026-06-20"))
    for path in (p for p in collected.home.rglob("*") if p.is_file() and "demo.db" not in p.name):
        assert not any(f.encode() in path.read_bytes() for f in FORMS), path
