"""What one request leaves for the next: connections, descriptors, and the private net it must never reach."""

from __future__ import annotations

import base64
import gzip
import json
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest
from tests.net.conftest import MakeDoor
from tests.servers.raw_http import (
    Exchange,
    RawServer,
    Seen,
    _read_request,
    answer,
    head,
    raw,
    redirect,
    reset,
    stall,
    truncate,
)

from digester.domain.sources import Request, Validator
from digester.net.http import Door
from digester.ports import Fetched, FetchError, NotModified, Reply


def get(door: Door, url: str, validator: Validator | None = None, *, page: bool = False) -> Reply:
    return door.get(Request("r", url, page=page), validator)


# ------------------------------------------------------------------------- F07
BOMB = """
import gzip, resource, sys, zlib
from digester.net.inflate import BadEncoding, TooLarge, read_body
size = 300_000_000
deflater = zlib.compressobj(9)
bombs = {"gzip": b"".join(gzip.compress(bytes(1_000_000)) for _ in range(3)) * 100, "deflate": b""}
bombs["deflate"] = b"".join(deflater.compress(bytes(1_000_000)) for _ in range(300)) + deflater.flush()
used = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (used + 64_000_000, used + 64_000_000))
for encoding, bomb in bombs.items():
    try:
        sys.exit(f"{encoding}: {len(read_body([bomb], encoding, 20_000_000))}")
    except TooLarge:
        pass
for encoding in ("br", "zstd", ", ".join(["gzip"] * 10)):
    try:
        sys.exit(f"{encoding}: {len(read_body([bombs['gzip']], encoding, 20_000_000))}")
    except BadEncoding:
        pass
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the address space is measured by proc(5)")
def test_F07_bombs_of_every_encoding_stay_below_64_mb() -> None:
    """300 MB behind 300 kB, a cap of 20 MB: inflating more than that would be a MemoryError."""
    done = subprocess.run([sys.executable, "-c", BOMB], capture_output=True, text=True, timeout=30)
    assert (done.returncode, done.stderr) == (0, "")


# ------------------------------------------------------------------------- F10
@pytest.mark.recorded
def test_F10_no_recorded_address_leads_a_door_into_the_private_net(make_door: MakeDoor) -> None:
    """Every name resolves to loopback here: a connection would be refused or served, and be no `forbidden`."""
    folder = os.environ.get("DIGESTER_TEST_DATA")
    if not folder:
        pytest.skip("DIGESTER_TEST_DATA is not set")
    door = make_door(allow=(), resolve=lambda host, port: ["127.0.0.1"])
    faults: dict[str, int] = {}
    for name in ("urls", "injection_lines", "xss_lines"):
        for line in (Path(folder) / "hostile" / f"{name}.jsonl").read_text("utf-8").splitlines():
            record = json.loads(line)
            data = base64.b64decode(record["data"]) if record["enc"] == "base64" else record["data"]
            text = data.decode("utf-8", "replace") if isinstance(data, bytes) else data
            url = str(text.get("input") if isinstance(text, dict) else text)
            for each in (url, f"http://{url}", f"https://user@{url}"):
                reply = get(door, each)
                assert isinstance(reply, FetchError), each
                faults[reply.fault] = faults.get(reply.fault, 0) + 1
    assert set(faults) == {"forbidden", "protocol"}
    assert faults["forbidden"] > 1_000


@pytest.mark.parametrize(
    "host", ["meta.internal", "a.example.", "xn--bcher-kva.example", "169.254.169.254.nip.example"]
)
def test_F10_a_redirect_to_a_name_that_leads_inside_is_refused(
    server: RawServer, make_door: MakeDoor, host: str
) -> None:
    door = make_door(resolve=lambda host, port: ["169.254.169.254"])
    reply = get(door, server.url("/", redirect(f"http://{host}/latest/meta-data/")))
    assert isinstance(reply, FetchError) and reply.fault == "forbidden"
    assert host.strip(".") in reply.message


# ------------------------------------------------------------------------- F17
POISON = b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\npoison"
FRAMES = {
    "a length": (b"Content-Length: %d\r\n" % len(POISON), POISON),
    "a shorter length": (b"Content-Length: 3\r\n", b"abc" + POISON),
    "length zero": (b"Content-Length: 0\r\n", POISON),
    "chunks": (b"Transfer-Encoding: chunked\r\n", b"%x\r\n" % len(POISON) + POISON + b"\r\n0\r\n\r\n"),
    "nothing": (b"", POISON),
}


@pytest.mark.parametrize("when", ["at once", "before the next answer"])
@pytest.mark.parametrize("frame", FRAMES)
def test_F17_what_is_sent_with_a_304_is_not_read_as_the_next_answer(
    server: RawServer, door: Door, frame: str, when: str
) -> None:
    """The server keeps the connection open and sends an answer that nobody asked for, announced as the body of its
    304 or not. The door closes that connection: the next question comes on another."""
    announced, body = FRAMES[frame]
    again: list[Seen | None] = []

    def not_modified(x: Exchange) -> None:
        x.send(b"HTTP/1.1 304 Not Modified\r\n" + announced + b"\r\n" + (body if when == "at once" else b""))
        again.append(_read_request(x.connection))
        x.send(body)

    url = server.url("/feed", not_modified)
    assert isinstance(get(door, url, Validator(url, 'W/"1"')), NotModified)
    reply = get(door, server.url("/other", answer(b"clean")))
    assert isinstance(reply, Fetched) and reply.document.body == b"clean"
    assert again in ([], [None]) and len(server.asked("/other")) == 1


def test_F17_304_to_a_question_without_condition_is_asked_once_and_poisons_nothing(
    server: RawServer, door: Door
) -> None:
    url = server.url("/feed", raw(b"HTTP/1.1 304 Not Modified\r\nContent-Length: %d\r\n\r\n" % len(POISON) + POISON))
    reply = get(door, url)
    assert isinstance(reply, FetchError) and reply.status == 304
    clean = get(door, server.url("/other", answer(b"clean")))
    assert isinstance(clean, Fetched) and clean.document.body == b"clean"
    assert len(server.asked("/feed")) == 1


# ------------------------------------------------------------------------- F20
@pytest.mark.parametrize(
    ("value", "kept"),
    [("text/html", "text/html"), ("Text/HTML; Charset=GB2312", "text/html; charset=gb2312"), ('text/html;charset="utf-8"; x=y', "text/html; charset=utf-8"),
     ("text/html; charset=", "text/html"), ("text/html; charset=../../etc", "text/html; charset=.."), ("; charset=utf-8", "; charset=utf-8"), ("", "")],
)  # fmt: skip
def test_F20_the_charset_of_the_header_reaches_the_document(
    server: RawServer, door: Door, value: str, kept: str
) -> None:
    reply = get(door, server.url("/", answer(b"x", Content_Type=value)))
    assert isinstance(reply, Fetched) and reply.document.media_type == kept


# ------------------------------------------------------------------------- F21
def test_F21_a_robots_txt_that_hangs_allows_after_the_deadline(server: RawServer, make_door: MakeDoor) -> None:
    server.url("/robots.txt", stall(head(200, length=100)))
    door = make_door(deadline=0.3)
    assert isinstance(get(door, server.url("/page", answer(b"x")), page=True), Fetched)
    assert isinstance(get(door, server.base + "/page", page=True), Fetched)
    assert len(server.asked("/robots.txt")) == 1  # and it hangs once a run


# ------------------------------------------------------------------------- F24
def descriptors() -> int:
    return sum(1 for _ in Path("/proc/self/fd").iterdir())


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="counts descriptors by proc(5)")
def test_F24_a_thousand_requests_of_every_outcome_leak_no_descriptor(
    make_door: MakeDoor, replayed: Door, server: RawServer
) -> None:
    outcomes = (answer(b"x"), answer(b"", 404), redirect("/x"), truncate(b"x", 9), reset(), reset(head(200, length=9)),
                answer(b"bad", Content_Encoding="gzip"), answer(gzip.compress(bytes(99_000)), Content_Encoding="gzip"))  # fmt: skip
    for n, outcome in enumerate(outcomes):
        server.url(f"/{n}", outcome)
    door = make_door(max_bytes=50_000)
    get(door, server.base + "/0")
    before = descriptors()
    for n in range(1_000):
        get(door, f"{server.base}/{n % len(outcomes)}")
    assert descriptors() <= before + 5  # some answers of the server are still being closed


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="counts descriptors by proc(5)")
def test_F24_without_descriptors_a_request_fails_and_the_next_one_works(server: RawServer, door: Door) -> None:
    url = server.url("/", answer(b"x"))
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, hard))  # what is open stays open
    try:
        reply = get(door, url)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    assert isinstance(reply, FetchError) and reply.fault == "connect"
    assert isinstance(get(door, url), Fetched)
