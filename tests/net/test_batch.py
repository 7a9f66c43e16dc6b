"""Many GETs at once: one worker a host, every tag exactly once, whatever happens."""

from __future__ import annotations

import threading
from collections import Counter

from tests.net.conftest import MakeDoor
from tests.servers.raw_http import Exchange, RawServer, answer, in_turn, redirect, reset

from digester.domain.sources import Request, Validator
from digester.net.http import Door
from digester.ports import Fetched, FetchError, NotModified


def test_every_tag_comes_back_exactly_once_errors_included(server: RawServer, replayed: Door) -> None:
    urls = [f"http://h{n % 5}.example/{n}" for n in range(40)]
    for n, url in enumerate(urls):
        server.script[url] = (answer(b"x"), answer(b"", 404), reset(), redirect("file:///"))[n % 4]
    urls += ["", "http://[::1", "ftp://x/", "http://127.0.0.1/", "http://a..b/"]
    batch = replayed.fetches()
    for n, url in enumerate(urls):
        batch.add(n, Request("r", url))
    assert Counter(tag for tag, _ in batch) == Counter(range(len(urls)))


def test_no_requests_is_an_empty_iteration(door: Door) -> None:
    assert list(door.fetches()) == []


def test_requests_may_be_added_while_iterating(server: RawServer, replayed: Door) -> None:
    for n in range(6):
        server.script[f"http://h{n % 2}.example/{n}"] = answer(str(n).encode())
    batch = replayed.fetches()
    batch.add(0, Request("r", "http://h0.example/0"))
    seen = []
    for tag, reply in batch:
        assert isinstance(reply, Fetched)
        seen.append((tag, reply.document.body))
        if tag < 5:
            batch.add(tag + 1, Request("r", f"http://h{(tag + 1) % 2}.example/{tag + 1}"))
    assert seen == [(n, str(n).encode()) for n in range(6)]


def test_validators_travel_with_their_request(server: RawServer, replayed: Door) -> None:
    server.script["http://a.example/"] = answer(b"", 304)
    batch = replayed.fetches()
    batch.add("t", Request("r", "http://a.example/"), Validator("http://a.example/", '"1"'))
    assert list(batch) == [("t", NotModified())]


def test_F22_one_worker_a_host_and_hosts_side_by_side(server: RawServer, replayed: Door) -> None:
    """Both hosts must be in flight at once to pass the barrier; no host may ever be twice."""
    lock, inside, most = threading.Lock(), Counter[str](), Counter[str]()
    both = threading.Barrier(2)

    def watched(x: Exchange) -> None:
        host = x.seen.path.split("/")[2]
        with lock:
            inside[host] += 1
            most[host] = max(most[host], inside[host])
        both.wait(10)
        with lock:
            inside[host] -= 1
        answer(b"x")(x)

    batch = replayed.fetches()
    for n in range(4):
        for host in ("a", "b"):
            url = f"http://{host}.example/{n}"
            server.script[url] = watched
            batch.add(url, Request("r", url))
    assert all(isinstance(reply, Fetched) for _, reply in batch)
    assert most == {"a.example": 1, "b.example": 1}


def test_more_hosts_than_workers_are_served_in_turn(server: RawServer, make_door: MakeDoor) -> None:
    door = make_door(allow=(), base=server.base, hosts_in_flight=1)
    batch = door.fetches()
    for n in range(8):
        server.script[f"http://h{n}.example/"] = answer(b"x")
        batch.add(n, Request("r", f"http://h{n}.example/"))
    assert sorted(tag for tag, _ in batch) == list(range(8))


def test_a_bug_in_the_door_comes_back_as_an_error_with_its_tag(door: Door) -> None:
    batch = door.fetches()
    batch.add("t", Request("r", "http://127.0.0.1:1/", accept=3))  # type: ignore[arg-type]
    ((tag, reply),) = list(batch)
    assert tag == "t"
    assert isinstance(reply, FetchError)
    assert reply.fault == "protocol"


def test_leaving_the_loop_early_ends_the_batch(server: RawServer, replayed: Door) -> None:
    batch = replayed.fetches()
    for n in range(5):
        server.script[f"http://h{n}.example/"] = in_turn(answer(b"x"))
        batch.add(n, Request("r", f"http://h{n}.example/"))
    for _ in batch:
        break


def test_the_same_host_is_asked_in_the_order_given(server: RawServer, replayed: Door) -> None:
    batch = replayed.fetches()
    for n in range(10):
        server.script[f"http://a.example/{n}"] = answer(b"x")
        batch.add(n, Request("r", f"http://a.example/{n}"))
    assert [tag for tag, _ in batch] == list(range(10))
    assert [s.path for s in server.seen] == [f"http://a.example/{n}" for n in range(10)]
