"""The second transport: another address, the same checks, the same URLs in what comes back."""

from __future__ import annotations

import pytest
from tests.servers.raw_http import RawServer, answer, redirect

from digester.domain.sources import Request
from digester.net.http import Door
from digester.net.replay import base_host
from digester.net.replay import replayed as address_of
from digester.ports import Fetched


def test_the_original_url_goes_as_one_quoted_parameter() -> None:
    url = "https://a.example/x?q=1&r=ü#f"
    assert address_of("http://127.0.0.1:8000/", url) == (
        "http://127.0.0.1:8000/__by_url?u=https%3A%2F%2Fa.example%2Fx%3Fq%3D1%26r%3D%C3%BC%23f"
    )


@pytest.mark.parametrize(("base", "host"), [("http://127.0.0.1:8000", "127.0.0.1:8000"), ("http://h/", "h:80"),
                                            ("https://h", "h:443"), ("http://[::1]:9", "::1:9")])  # fmt: skip
def test_the_exempt_address_is_host_and_port(base: str, host: str) -> None:
    assert base_host(base) == host


def test_documents_keep_the_original_url(server: RawServer, replayed: Door) -> None:
    server.script["https://a.example/feed?x=1&y=2"] = answer(b"x", ETag='"1"')
    reply = replayed.get(Request("r", "https://a.example/feed?x=1&y=2"))
    assert isinstance(reply, Fetched)
    assert (reply.document.url, reply.etag) == ("https://a.example/feed?x=1&y=2", '"1"')
    assert server.seen[0].raw.startswith(b"GET /__by_url?u=https%3A%2F%2Fa.example%2Ffeed%3Fx%3D1%26y%3D2 HTTP/1.1\r\n")
    assert server.seen[0].headers["host"] == f"127.0.0.1:{server.port}"


def test_redirects_are_followed_in_the_original_space(server: RawServer, replayed: Door) -> None:
    server.script["https://a.example/x/feed"] = redirect("../y", 301)
    server.script["https://a.example/y"] = answer(b"y")
    reply = replayed.get(Request("r", "https://a.example/x/feed"))
    assert isinstance(reply, Fetched)
    assert (reply.document.url, reply.moved_to) == ("https://a.example/y", "https://a.example/y")


def test_caps_and_pace_run_unchanged(server: RawServer, replayed: Door) -> None:
    server.script["https://arxiv.org/a"] = answer(b"x")
    for _ in range(3):
        replayed.get(Request("r", "https://arxiv.org/a"))
    assert replayed.pace.waited == 30.0  # computed on the virtual clock, not slept
