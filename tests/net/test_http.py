"""One GET: what comes back, what is an error, and that nothing is ever raised for what the network did."""

from __future__ import annotations

import gzip
import socket
import ssl
import subprocess
import zlib
from pathlib import Path
from shutil import which

import pytest
from tests.net.conftest import NOW, MakeDoor
from tests.servers.raw_http import (
    Behaviour,
    RawServer,
    answer,
    drip,
    endless,
    head,
    in_turn,
    raw,
    redirect,
    reset,
    stall,
    truncate,
)

from digester.domain.sources import Request, Validator
from digester.net.http import MAX_HOPS, TRIES, Door
from digester.ports import Fetched, FetchError, NotModified, Reply


def get(door: Door, url: str, validator: Validator | None = None) -> Reply:
    return door.get(Request("r", url), validator)


def body_of(reply: Reply) -> bytes:
    assert isinstance(reply, Fetched), reply
    return reply.document.body


def fault_of(reply: Reply) -> str:
    assert isinstance(reply, FetchError), reply
    assert "\n" not in reply.message
    return reply.fault


def packed(data: bytes) -> bytes:
    """As gzip, the same bytes whenever it is asked: what a test is called must not depend on the clock."""
    return gzip.compress(data, mtime=0)


def compressed(data: bytes, wbits: int) -> bytes:
    deflater = zlib.compressobj(9, zlib.DEFLATED, wbits)
    return deflater.compress(data) + deflater.flush()


# ------------------------------------------------------------------------- 200
def test_a_document_comes_with_its_validators_and_the_time_of_the_clock(server: RawServer, door: Door) -> None:
    url = server.url(
        "/feed", answer(b"<x/>", Content_Type="Text/XML; charset=utf-8", ETag='W/"1"', Last_Modified="Sat")
    )
    reply = door.get(Request("r", url, accept="text/xml"))
    assert isinstance(reply, Fetched)
    assert (reply.document.body, reply.document.media_type, reply.document.url) == (
        b"<x/>",
        "text/xml; charset=utf-8",
        url,
    )
    assert reply.document.fetched_at == NOW
    assert (reply.etag, reply.last_modified, reply.moved_to) == ('W/"1"', "Sat", None)
    assert server.seen[0].headers["accept"] == "text/xml"


def test_the_request_says_who_asks_and_which_encodings_it_takes(server: RawServer, door: Door) -> None:
    get(door, server.url("/", answer()))
    assert server.seen[0].headers["user-agent"] == "digester-test/1"
    assert server.seen[0].headers["accept-encoding"] == "gzip, deflate"
    assert not {"cookie", "authorization", "referer", "if-none-match", "if-modified-since"} & set(
        server.seen[0].headers
    )


def test_requests_are_counted_with_their_redirects(server: RawServer, door: Door) -> None:
    server.url("/b", answer(b"b"))
    get(door, server.url("/a", redirect("/b")))
    assert door.requests == 2


def test_F23_proxy_variables_are_not_obeyed(
    server: RawServer, make_door: MakeDoor, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    assert body_of(get(make_door(), server.url("/", answer(b"direct")))) == b"direct"


@pytest.mark.parametrize("status", [201, 204, 206, 400, 401, 402, 404, 410, 451, 599])
def test_F16_any_other_status_is_an_error_that_names_it(server: RawServer, door: Door, status: int) -> None:
    reply = get(door, server.url("/", answer(b"", status)))
    assert isinstance(reply, FetchError)
    assert (reply.fault, reply.status) == ("status", status)
    assert str(status) in reply.message
    assert len(server.seen) == 1  # none of these is asked again


# ------------------------------------------------------------ conditional GET
def test_F17_304_is_believed_only_for_validators_of_our_own(server: RawServer, door: Door) -> None:
    url = server.url("/", answer(b"", 304))
    assert isinstance(get(door, url, Validator(url, etag='"1"')), NotModified)
    assert fault_of(get(door, url)) == "status"


def test_F17_304_to_a_validator_that_was_not_sendable_is_an_error(server: RawServer, door: Door) -> None:
    url = server.url("/", answer(b"", 304))
    assert fault_of(get(door, url, Validator(url, fingerprint="f"))) == "status"
    assert fault_of(get(door, url, Validator(url, etag='"\n"'))) == "status"


def test_both_validators_are_sent_as_they_came(server: RawServer, door: Door) -> None:
    url = server.url("/", answer(b"x"))
    get(door, url, Validator(url, 'W/"a b"', "Sat, 20 Jun 2026 07:00:00 GMT"))
    assert server.seen[0].headers["if-none-match"] == 'W/"a b"'
    assert server.seen[0].headers["if-modified-since"] == "Sat, 20 Jun 2026 07:00:00 GMT"


@pytest.mark.parametrize("etag", ['"1"\r\nX-Evil: 1', '"1"\nX-Evil: 1', '"\x00"', '"中"', '"\x85X-Evil: 1"'])
def test_F19_a_stored_etag_cannot_inject_a_header(server: RawServer, door: Door, etag: str) -> None:
    url = server.url("/", answer(b"x"))
    assert body_of(get(door, url, Validator(url, etag, "Sat"))) == b"x"
    assert b"Evil" not in server.seen[0].raw
    assert "if-none-match" not in server.seen[0].headers


@pytest.mark.parametrize("path", ["/a\r\nX-Evil: 1", "/a HTTP/1.1\r\nX-Evil: 1\r\n", "/\x00", "/a b", "/\\evil"])
def test_F19_a_url_cannot_inject_a_header(server: RawServer, door: Door, path: str) -> None:
    assert isinstance(get(door, server.base + path), FetchError)
    assert not any("x-evil" in seen.headers for seen in server.seen)


@pytest.mark.parametrize("url", ["", "no url", "http://", "http://[::1", "http://a:99999/", "file:///etc/passwd", "ftp://a/",
                                 "gopher://a/", "data:text/plain,x", "javascript:alert(1)", "http://\ud800/", "//a/b"])  # fmt: skip
def test_F19_what_is_no_http_address_is_a_protocol_error(replayed: Door, server: RawServer, url: str) -> None:
    assert fault_of(get(replayed, url)) == "protocol"
    assert fault_of(replayed.get(Request("r", url, page=True))) == "protocol"
    assert server.seen == []


# ------------------------------------------------------------------- encodings
@pytest.mark.parametrize(
    ("encoding", "wire"),
    [
        ("gzip", packed(b"hello")),
        ("x-gzip", packed(b"hello")),
        ("GZip", packed(b"hello")),
        ("gzip", packed(b"hel") + packed(b"lo")),
        ("gzip", packed(b"hello") + packed(b"")),
        ("deflate", compressed(b"hello", zlib.MAX_WBITS)),
        ("deflate", compressed(b"hello", -zlib.MAX_WBITS)),
        ("identity", b"hello"),
        ("", b"hello"),
    ],
)
def test_encodings_are_inflated(server: RawServer, door: Door, encoding: str, wire: bytes) -> None:
    assert body_of(get(door, server.url("/", answer(wire, Content_Encoding=encoding)))) == b"hello"


@pytest.mark.parametrize(
    ("encoding", "wire"),
    [
        ("gzip", packed(b"hello" * 100)[:-12]),
        ("gzip", packed(b"hello")[:-8] + b"\0" * 8),  # wrong CRC
        ("gzip", packed(b"hello") + b"rubbish"),
        ("gzip", packed(b"hello") + packed(b"more")[:-6]),
        ("gzip", b"plain text"),
        ("gzip", b""),
        ("deflate", b"\xff\xff\xff"),
        ("deflate", compressed(b"hello" * 100, zlib.MAX_WBITS)[:-5]),
        ("br", b"hello"),
        ("zstd", b"hello"),
        ("gzip, gzip", packed(packed(b"hello"))),
        ("gzip,gzip,gzip,gzip,gzip,gzip,gzip,gzip,gzip,gzip", b"hello"),
        ("../../etc/passwd", b"hello"),
    ],
)
def test_F08_lying_truncated_and_stacked_encodings_are_errors(
    server: RawServer, door: Door, encoding: str, wire: bytes
) -> None:
    assert fault_of(get(door, server.url("/", answer(wire, Content_Encoding=encoding)))) == "encoding"


def test_F08_double_gzip_is_inflated_once_as_declared(server: RawServer, door: Door) -> None:
    inner = gzip.compress(b"hello")
    assert body_of(get(door, server.url("/", answer(gzip.compress(inner), Content_Encoding="gzip")))) == inner


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_F07_a_bomb_is_cut_at_the_cap(server: RawServer, make_door: MakeDoor, encoding: str) -> None:
    zeros = bytes(5_000_000)
    bomb = gzip.compress(zeros) if encoding == "gzip" else compressed(zeros, zlib.MAX_WBITS)
    assert len(bomb) < 6_000
    door = make_door(max_bytes=100_000)
    assert fault_of(get(door, server.url("/", answer(bomb, Content_Encoding=encoding)))) == "too_large"


def test_F07_a_bomb_of_many_gzip_members_is_cut_at_the_cap(server: RawServer, make_door: MakeDoor) -> None:
    bomb = gzip.compress(bytes(60_000)) * 3
    assert (
        fault_of(get(make_door(max_bytes=100_000), server.url("/", answer(bomb, Content_Encoding="gzip"))))
        == "too_large"
    )


def test_F07_the_body_of_a_redirect_is_not_read(server: RawServer, door: Door) -> None:
    server.url("/b", answer(b"b"))
    bomb = answer(gzip.compress(bytes(5_000_000)), 302, Content_Encoding="gzip", Location="/b")
    assert body_of(get(door, server.url("/a", bomb))) == b"b"


# ----------------------------------------------------------------------- size
CHUNK = b"2000\r\n" + b"x" * 0x2000 + b"\r\n"


@pytest.mark.parametrize(
    "behaviour",
    [
        endless(head(200), b"x" * 8192),
        endless(head(200, [("Transfer-Encoding", "chunked")]), CHUNK),
        endless(head(200, [("Content-Encoding", "gzip")]) + gzip.compress(b"")[:10], b"\x00\xff\x1f\x00\xe0" + b"x" * 0x1FFF),
        answer(b"", Content_Length="100001"),
        answer(b"", Content_Length="9" * 19),
        answer(b"x" * 100_001),
    ],
    ids=["until close", "chunked", "gzip", "declared", "declared huge", "just above"],
)  # fmt: skip
def test_F06_a_body_above_the_cap_is_cut(server: RawServer, make_door: MakeDoor, behaviour: Behaviour) -> None:
    door = make_door(max_bytes=100_000)
    assert fault_of(get(door, server.url("/", behaviour))) == "too_large"


def test_a_body_at_the_cap_is_taken(server: RawServer, make_door: MakeDoor) -> None:
    assert len(body_of(get(make_door(max_bytes=1000), server.url("/", answer(b"x" * 1000))))) == 1000


@pytest.mark.parametrize(
    "behaviour",
    [
        endless(b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n"),
        endless(b"HTTP/1.1 200 OK\r\nX-A: ", b"b" * 8192),
        raw(b"HTTP/1.1 200 OK\r\n" + b"X-A: b\r\n" * 100_000 + b"\r\n"),
    ],
    ids=["endless headers", "endless header", "100,000 headers"],
)
def test_F06_endless_headers_are_an_error(server: RawServer, door: Door, behaviour: Behaviour) -> None:
    assert isinstance(get(door, server.url("/", behaviour)), FetchError)


# ------------------------------------------------------------------- deadline
@pytest.mark.parametrize(
    "behaviour",
    [
        drip(b"X-A: b\r\n", b"HTTP/1.1 200 OK\r\n"),
        drip(b"x", head(200)),
        drip(b"5\r\nhello\r\n", head(200, [("Transfer-Encoding", "chunked")])),
        stall(head(200, length=10) + b"x"),
        stall(),
    ],
    ids=["headers", "body", "chunks", "stall after 200", "silence"],
)
def test_F05_slowloris_ends_at_the_overall_deadline(
    server: RawServer, make_door: MakeDoor, behaviour: Behaviour
) -> None:
    reply = get(make_door(deadline=0.3), server.url("/", behaviour))
    assert fault_of(reply) == "timeout"
    assert len(server.seen) == 1


def test_F05_the_deadline_is_one_for_all_hops(server: RawServer, make_door: MakeDoor) -> None:
    """Each hop alone is in time; the chain is not. A deadline a hop would answer with the last document."""

    def slow(then: Behaviour) -> Behaviour:
        return lambda x: None if x.wait(0.2) else then(x)

    for n in range(5):
        server.url(f"/{n}", slow(redirect(f"/{n + 1}")))
    server.url("/5", slow(answer(b"arrived")))
    assert fault_of(get(make_door(deadline=0.5), server.base + "/0")) == "timeout"


def test_polite_waiting_does_not_count_against_the_deadline(
    server: RawServer, make_door: MakeDoor, clock: object
) -> None:
    door = make_door(deadline=5.0)
    door.pace.gaps = {"127.0.0.1": 15.0}
    server.url("/b", answer(b"b"))
    assert body_of(get(door, server.url("/a", redirect("/b")))) == b"b"
    assert door.pace.waited == 15.0


# ------------------------------------------------------------------ connection
def test_F01_refused_is_a_connect_error_after_three_tries(door: Door) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound, not listening
        reply = get(door, f"http://127.0.0.1:{taken.getsockname()[1]}/")
    assert fault_of(reply) == "connect"
    assert door.requests == TRIES


@pytest.mark.parametrize(
    "behaviour",
    [
        reset(),
        reset(b"HTTP/1.1 200 OK\r\nX-A"),
        reset(head(200, length=100) + b"half"),
        raw(b""),
        truncate(b"half", 100),
    ],
    ids=["at once", "in headers", "in body", "closed", "short body"],
)
def test_F01_a_broken_connection_discards_what_came_and_is_tried_again(
    server: RawServer, door: Door, behaviour: Behaviour
) -> None:
    assert fault_of(get(door, server.url("/bad", behaviour))) == "connect"
    assert len(server.asked("/bad")) == TRIES
    assert body_of(get(door, server.url("/better", in_turn(behaviour, answer(b"whole"))))) == b"whole"


@pytest.mark.parametrize("data", [b"rubbish\r\n\r\n", b"HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
                                  b"HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n", b"\x16\x03\x01\x02\x00",
                                  b"HTTP/1.1 200 OK\r\nContent-Length: \xb2\r\n\r\nab"])  # fmt: skip
def test_an_answer_that_is_not_http_is_an_error(server: RawServer, door: Door, data: bytes) -> None:
    assert isinstance(get(door, server.url("/", raw(data))), FetchError)


def test_F02_a_name_that_cannot_be_resolved_is_a_dns_error(door: Door) -> None:
    reply = get(door, "http://a..b/")  # no resolver is asked for an empty label
    assert fault_of(reply) == "dns"


@pytest.mark.skipif(which("openssl") is None, reason="needs the openssl program to make a certificate")
def test_F04_an_unknown_certificate_is_refused(tmp_path: Path, door: Door) -> None:
    key, cert = tmp_path / "key.pem", tmp_path / "cert.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
         "-keyout", str(key), "-out", str(cert), "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"],
        check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    with RawServer(context) as server:
        reply = get(door, server.url("/", answer(b"secret")))
        assert fault_of(reply) == "connect"
        assert server.seen == []  # no request was sent, least of all unverified


# ------------------------------------------------------------------- redirects
@pytest.mark.parametrize("location", ["/b", "b", "./b?x=1#frag", "//127.0.0.1:{port}/b", "http://127.0.0.1:{port}/b"])
def test_redirects_are_followed_relative_or_absolute(server: RawServer, door: Door, location: str) -> None:
    server.url("/b", answer(b"there"))
    server.url("/b?x=1", answer(b"there"))
    reply = get(door, server.url("/a", redirect(location.format(port=server.port))))
    assert body_of(reply) == b"there"
    assert isinstance(reply, Fetched)
    assert reply.document.url.startswith(f"{server.base}/b")
    assert reply.moved_to is None


@pytest.mark.parametrize("location", ["file:///etc/passwd", "gopher://127.0.0.1/", "ftp://127.0.0.1/x", "data:text/plain,x",
                                      "javascript:alert(1)", "http://[bad", "http://a b/"])  # fmt: skip
def test_F09_a_redirect_to_anything_but_http_is_an_error(server: RawServer, door: Door, location: str) -> None:
    assert fault_of(get(door, server.url("/", redirect(location)))) == "redirects"
    assert len(server.seen) == 1


@pytest.mark.parametrize("location", ["", "http://", "\xff\xfe", "/" + "x" * 9000])
def test_F09_an_empty_binary_or_giant_location_is_an_error(server: RawServer, door: Door, location: str) -> None:
    assert isinstance(get(door, server.url("/", redirect(location))), FetchError)


def test_F09_a_loop_and_a_long_chain_end_at_the_hop_limit(server: RawServer, door: Door) -> None:
    assert fault_of(get(door, server.url("/loop", redirect("/loop")))) == "redirects"
    assert len(server.asked("/loop")) == MAX_HOPS + 1
    for n in range(100):
        server.url(f"/{n}", redirect(f"/{n + 1}"))
    assert fault_of(get(door, server.base + "/0")) == "redirects"


def test_a_redirect_without_location_is_a_status_error(server: RawServer, door: Door) -> None:
    assert fault_of(get(door, server.url("/", answer(b"", 302)))) == "status"


def test_F18_a_redirect_takes_neither_validators_nor_credentials_along(server: RawServer, replayed: Door) -> None:
    server.script["http://user:secret@a.example/"] = redirect("http://b.example/")
    server.script["http://a.example/"] = redirect("http://b.example/")
    server.script["http://b.example/"] = answer(b"b", ETag='"of b"', Last_Modified="Sat")
    for url in ("http://a.example/", "http://user:secret@a.example/"):
        reply = get(replayed, url, Validator(url, '"of a"'))
        assert isinstance(reply, Fetched)
        assert (reply.etag, reply.last_modified) == (None, None)  # of b: must not be sent to a
    at_b = server.asked("http://b.example/")
    assert len(at_b) == 2
    assert not any({"if-none-match", "authorization", "cookie"} & set(s.headers) for s in at_b)


def test_F18_user_info_of_a_redirect_is_dropped(server: RawServer, replayed: Door) -> None:
    server.script["http://a.example/"] = redirect("http://user:secret@b.example/")
    server.script["http://b.example/"] = answer(b"b")
    assert body_of(get(replayed, "http://a.example/")) == b"b"
    assert "authorization" not in server.seen[-1].headers


def test_F18_no_cookie_is_kept_for_this_or_another_host(server: RawServer, replayed: Door) -> None:
    for host in ("a", "b"):
        server.script[f"http://{host}.example/"] = answer(host.encode(), Set_Cookie="id=1; Path=/")
    for host in ("a", "b", "a"):
        get(replayed, f"http://{host}.example/")
    assert len(server.seen) == 3
    assert not any("cookie" in s.headers for s in server.seen)


@pytest.mark.parametrize(
    ("statuses", "moved"),
    [([301], 1), ([308], 1), ([302], None), ([307], None), ([301, 308], 2), ([301, 302], 1), ([302, 301], None),
     ([301, 302, 301], 1)],
)  # fmt: skip
def test_F13_a_permanent_move_is_reported_as_far_as_it_is_permanent(
    server: RawServer, door: Door, statuses: list[int], moved: int | None
) -> None:
    for n, status in enumerate(statuses):
        server.url(f"/{n}", redirect(f"/{n + 1}", status))
    server.url(f"/{len(statuses)}", answer(b"there"))
    reply = get(door, server.base + "/0")
    assert isinstance(reply, Fetched)
    assert reply.moved_to == (None if moved is None else f"{server.base}/{moved}")
