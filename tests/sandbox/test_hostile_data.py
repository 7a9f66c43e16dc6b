"""Hostile documents through every parser, in the sandbox: each ends by itself within 2 s and 256 MB.

The limits are the sandbox's own: a parser that needs more is killed by them, and that fails a test here.
"""

from __future__ import annotations

import base64
import json
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.sandbox import parsers
from tests.servers.raw_http import RawServer, answer

from digester.ports import SandboxFailure
from digester.sandbox import ProcessSandbox

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="the address space is measured by proc(5)"),
]
SECONDS, GROWTH = 2.0, 256 * parsers.MEBIBYTE
SECRET = "canary-of-this-machine"


def warmed(box: ProcessSandbox) -> int:
    """Address space of a worker that has imported its parsers; that may itself take more than one try."""
    for _ in range(5):
        size = box.run(parsers.warm)
        if isinstance(size, int):
            return size
    raise AssertionError(size)


@pytest.fixture(scope="module")
def box() -> Iterator[ProcessSandbox]:
    """2 s, and 256 MB more than its imports take."""
    probe = ProcessSandbox(60.0)
    usual = warmed(probe)
    probe.close()
    tight = ProcessSandbox(SECONDS, usual + GROWTH)
    warmed(tight)
    yield tight
    tight.close()


def through(box: ProcessSandbox, how: str, body: bytes, media_type: str = "") -> str:
    """What the parser made of it; fails when the sandbox had to end it, or when it reached outside."""
    result = box.run(parsers.watched, how, body, media_type)
    if isinstance(result, SandboxFailure) and result.kind == "timeout":  # perhaps a new worker: its imports took long
        warmed(box)
        result = box.run(parsers.watched, how, body, media_type)
    assert not isinstance(result, SandboxFailure), (how, result, body[:200])
    made, reached = result
    assert reached == [], (how, body[:200])
    return made


def recorded(name: str) -> list[bytes]:
    folder = os.environ.get("DIGESTER_TEST_DATA")
    if not folder:
        pytest.skip("DIGESTER_TEST_DATA is not set")
    records = [json.loads(x) for x in (Path(folder) / "hostile" / f"{name}.jsonl").read_text("utf-8").splitlines()]
    return [_bytes(r["enc"], r["data"]) for r in records]


def _bytes(how: str, data: object) -> bytes:
    if how == "base64":
        return base64.b64decode(str(data))
    return (data if isinstance(data, str) else json.dumps(data)).encode("utf-8", "surrogatepass")


# ---------------------------------------------------------- the judges can see
def test_the_limits_are_real(box: ProcessSandbox) -> None:
    from tests.sandbox import misdeeds

    for act, args, kind in (
        (misdeeds.allocate, (300 * parsers.MEBIBYTE,), "memory"),
        (misdeeds.sleep, (9.0,), "timeout"),
    ):
        ended = box.run(act, *args)  # type: ignore[arg-type]
        assert isinstance(ended, SandboxFailure) and ended.kind == kind
    warmed(box)


def test_the_watch_sees_a_file_that_is_opened(box: ProcessSandbox, tmp_path: Path) -> None:
    """feedparser opens what it is given the name of; asked so, the judge must notice."""
    (tmp_path / "feed.xml").write_text("<rss/>")
    seen = box.run(parsers.watched_open, str(tmp_path / "feed.xml"))
    assert not isinstance(seen, SandboxFailure) and any("feed.xml" in s for s in seen)


# -------------------------------------------------------------------------- P01
ITEM = "<item><title>T</title><link>https://e.example/1</link><description>{0}</description></item>"
FEEDS = {
    "rss/feed": '{doctype}<rss version="2.0"><channel><title>x</title>' + ITEM + "</channel></rss>",
    "arxiv/listing:cs.IR": '{doctype}<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title><entry><id>oai:arXiv.org:2606.00001v1'
    "</id><title>{0}</title><summary>{0}</summary></entry></feed>",
    "arxiv/api": '{doctype}<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>http://arxiv.org/abs/2606.00001v1</id><title>{0}</title>'
    "<summary>{0}</summary><updated>2026-06-30T00:00:00Z</updated><published>2026-06-30T00:00:00Z</published></entry></feed>",
}  # fmt: skip
LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
ATTACKS = {
    "billion laughs": ('<!DOCTYPE x [\n<!ENTITY a0 "lol">' + LAUGHS + "]>", "&a9;"),
    "quadratic blow-up": (f'<!DOCTYPE x [\n<!ENTITY a "{"A" * 50_000}">]>', "&a;" * 20_000),
    "external file": ('<!DOCTYPE x [<!ENTITY a SYSTEM "file://{file}">]>', "&a;"),
    "external address": ('<!DOCTYPE x [<!ENTITY a SYSTEM "{url}">]>', "&a;"),
    "public id": ('<!DOCTYPE x [<!ENTITY a PUBLIC "-//x" "{url}">]>', "&a;"),
    "parameter entity": ('<!DOCTYPE x [<!ENTITY % p SYSTEM "{url}"> %p;]>', "&a;"),
    "parameter file": ('<!DOCTYPE x [<!ENTITY % p SYSTEM "file://{file}"> %p; <!ENTITY a "%p;">]>', "&a;"),
    "remote DTD": ('<!DOCTYPE x SYSTEM "{url}">', "&a;"),
    "file DTD": ('<!DOCTYPE x SYSTEM "file://{file}">', "&a;"),
    "XInclude": ("", '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file://{file}" parse="text"/>'),
    "XInclude address": ("", '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{url}"/>'),
    "XSLT": ('<?xml-stylesheet type="text/xsl" href="{url}"?>', "words"),
    "schema": ("", '<a xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="urn:x {url}">b</a>'),
    "a loop": ('<!DOCTYPE x [<!ENTITY a "&b;"><!ENTITY b "&a;">]>', "&a;"),
}


@pytest.fixture
def canary(tmp_path: Path) -> Path:
    path = tmp_path / "canary.txt"
    path.write_text(SECRET)
    return path


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("how", FEEDS)
def test_P01_an_xml_attack_reaches_nothing_and_expands_nothing(
    box: ProcessSandbox, server: RawServer, canary: Path, how: str, attack: str
) -> None:
    url = server.url("/x", answer(SECRET.encode()))
    doctype, inner = (part.replace("{file}", str(canary)).replace("{url}", url) for part in ATTACKS[attack])
    body = FEEDS[how].replace("{doctype}", doctype).replace("{0}", inner)
    made = through(box, how, body.encode())
    assert SECRET not in made
    assert server.seen == []
    assert len(made) < 3 * len(inner) + 2_000  # a field may stand in title and text: no entity came in between
    assert "lollol" not in made and "A" * 100 not in made


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-32"])
def test_P01_entities_in_a_wide_encoding_are_refused(box: ProcessSandbox, encoding: str) -> None:
    doctype, inner = ATTACKS["quadratic blow-up"]
    body = FEEDS["rss/feed"].replace("{doctype}", doctype).replace("{0}", inner).encode(encoding)
    assert "entities of its own" in through(box, "rss/feed", body)


@pytest.mark.recorded
@pytest.mark.parametrize("name", ["xml_attacks", "xml_attack_lines", "svg"])
def test_P01_the_recorded_attacks_reach_nothing_and_expand_nothing(
    box: ProcessSandbox, server: RawServer, canary: Path, name: str
) -> None:
    """Their addresses are turned to a server of ours and to a file of ours, so that reaching them would show."""
    url = server.url("/x", answer(SECRET.encode())).encode()
    for body in recorded(name):
        ours = re.sub(rb"file:/{1,3}[^\"'\s>]+", b"file://" + str(canary).encode(), body)
        ours = re.sub(rb"(?:https?|ftp)://(?!www\.w3\.org)[^\"'\s>]+", url, ours)
        inside = FEEDS["rss/feed"].replace("{doctype}", "").encode().replace(b"{0}", ours)
        for how in parsers.MARKUP:
            for each in (ours, inside):
                made = through(box, how, each)
                assert SECRET not in made and "root:x:" not in made
                assert len(made) < 12 * len(each) + 2_000
    assert server.seen == []


# --------------------------------------------------------------- ill-formed, P10
@pytest.mark.recorded
@pytest.mark.parametrize("name", ["feeds_illformed", "feeds_sanitize", "feeds_w3c"])
def test_P10_the_recorded_broken_feeds_end_in_entries_or_a_named_error(box: ProcessSandbox, name: str) -> None:
    read = 0
    for body in recorded(name):
        made = through(box, "rss/feed", body)
        read += not made.startswith("'ParseError")
        assert "<script" not in made.lower() or b"&lt;script" in body.lower() or b"CDATA" in body
    assert read > 20


@pytest.mark.recorded
@pytest.mark.parametrize("name", ["html_tree", "xss_bleach"])
def test_P10_the_recorded_pages_end_in_an_outcome(box: ProcessSandbox, name: str) -> None:
    readers = ("text/html", "text/arxiv_html", "github_trending/daily")
    for n, body in enumerate(recorded(name)):
        through(box, readers[n % 3], body)


@pytest.mark.recorded
def test_P15_the_recorded_json_ends_in_entries_or_a_named_error(box: ProcessSandbox) -> None:
    feed = b'{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "a", "title": "T", "x": %s}]}'
    for body in recorded("json"):
        for how in parsers.JSON:
            through(box, how, body, "application/json")
        through(box, "rss/feed", feed.replace(b"%s", body), "application/json")


@pytest.mark.recorded
def test_F19_the_recorded_addresses_as_links_are_http_or_gone(box: ProcessSandbox) -> None:
    links = [json.loads(body) for body in recorded("urls")]
    items = "".join(ITEM.format("").replace("https://e.example/1", escaped(str(x["input"]))) for x in links)
    made = through(
        box, "rss/feed", FEEDS["rss/feed"].replace("{doctype}", "").replace(ITEM, items).encode("utf-8", "replace")
    )
    found = re.findall(r"\burl='([^']*)'", made)
    assert len(found) > 300
    assert all(u.startswith(("http://", "https://")) for u in found)


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
