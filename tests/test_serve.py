"""The server behind links to unsubscribe, over real sockets. M14 and M17 of the list of faults."""

from __future__ import annotations

import http.client
import json
import os
import re
import select
import signal
import socket
import subprocess
import sys
import threading
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from email import message_from_bytes
from email.policy import SMTP
from hashlib import sha256
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import urlsplit

import pytest
from tests.outputs.issue_samples import weekly
from tests.servers.mailing import reader
from tests.servers.newsroom import Desk, environment

import digester.cli.serve  # noqa: F401 - importing registers the command
from digester import app, delivery, people, scheduler
from digester.channels._letter import Letter
from digester.channels._tokens import token_of, unsubscribe_url
from digester.channels.smtp import Smtp
from digester.domain.delivery import Accepted, Delivery, Edition, Outcome
from digester.domain.errors import DigesterError
from digester.domain.mail import message
from digester.domain.subscribers import key_of
from digester.net.replay import SystemClock
from digester.net.wire import HttpWire
from digester.pipeline import send
from digester.ports.delivery import ChannelPowers
from digester.serve import BODY, Server, asgi, listening

CLICK = b"List-Unsubscribe=One-Click"
FORM = "application/x-www-form-urlencoded"
CHANNELS = """sources:
- {id: one, kind: hacker_news, queries: [LLM]}
recipients:
- rob@mail.example
channels:
  mail: {kind: smtp, sender: news@digest.example, unsubscribe: "https://leave.example"}
"""


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    text: str


@dataclass
class House:
    """A workspace with a server before it; `now` is what its clock says."""

    desk: Desk
    workspace: app.Workspace
    store: Any
    key: bytes
    port: int
    now: datetime

    def ask(self, method: str, path: str, body: bytes | None = None, **headers: str) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        given = {"Content-Type": FORM} if body is not None else {}
        connection.request(method, path, body, given | {k.replace("_", "-"): v for k, v in headers.items()})
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return Answer(answer.status, {k.lower(): v for k, v in answer.getheaders()}, text)

    def path(self, address: str) -> str:
        return urlsplit(unsubscribe_url("https://leave.example/", self.key, key_of(address))).path

    def standing(self) -> dict[str, str]:
        return {s.address: s.why or s.standing for s in people.listed(self.store)}


@contextmanager
def served(workspace: app.Workspace, store: Any, now: Any) -> Iterator[int]:
    stop = threading.Event()
    with listening("127.0.0.1", 0) as listener:
        server = Server(asgi(workspace, store, now), stop.is_set)
        thread = threading.Thread(target=server.run, args=([listener],))
        thread.start()
        try:
            yield listener.getsockname()[1]
        finally:
            stop.set()
            thread.join(20)
            assert not thread.is_alive()


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    desk = Desk(tmp_path / "home")
    desk.home.mkdir()
    desk.write(CHANNELS)
    workspace = desk.workspace()
    with app.open_store(workspace) as store:
        key = delivery.workspace_key(store)
        for address, languages in (("ana@mail.example", ("en",)), ("li@mail.example", ("zh", "en"))):
            people.add(store, key, address, languages, workspace.now)
        made = House(desk, workspace, store, key, 0, workspace.now)
        with served(workspace, store, lambda: made.now) as made.port:
            yield made


# ---------------------------------------------------------------------- M14
@pytest.mark.parametrize("headers", [{}, {"Purpose": "prefetch", "Sec_Purpose": "prefetch"}, {"User_Agent": "SafeLinks scanner"}], ids=["plain", "prefetch", "scanner"])  # fmt: skip
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_M14_looking_at_the_page_changes_nothing(house: House, method: str, headers: dict[str, str]) -> None:
    for address in ("ana@mail.example", "li@mail.example", "rob@mail.example", "tester@mail.example"):
        for path in (house.path(address), house.path(address) + "?List-Unsubscribe=One-Click"):
            answer = house.ask(method, path, **headers)
            assert answer.status == 200
            assert ("<form" in answer.text, answer.text == "") == ((True, False) if method == "GET" else (False, True))
    assert house.standing() == {"ana@mail.example": "active", "li@mail.example": "active"}


def test_M14_one_POST_of_a_mail_program_is_enough_without_a_cookie(house: House) -> None:
    answer = house.ask("POST", house.path("ana@mail.example"), CLICK)
    assert (answer.status, "You are unsubscribed" in answer.text) == (200, True)
    assert "set-cookie" not in answer.headers and "location" not in answer.headers
    assert house.standing() == {"ana@mail.example": "unsubscribed", "li@mail.example": "active"}


def test_M14_a_POST_as_multipart_form_is_as_good(house: House) -> None:
    body = b'--b\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--b--\r\n'
    answer = house.ask("POST", house.path("li@mail.example"), body, Content_Type="multipart/form-data; boundary=b")
    assert (answer.status, "您已退订" in answer.text) == (200, True)
    assert house.standing()["li@mail.example"] == "unsubscribed"


def test_M14_the_button_of_the_page_does_the_same(house: House) -> None:
    shown = house.ask("GET", house.path("ana@mail.example")).text
    assert re.search(r'<form method="post">', shown)
    (name, value), = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]+)">', shown)  # fmt: skip
    assert house.ask("POST", house.path("ana@mail.example"), f"{name}={value}".encode()).status == 200
    assert house.standing()["ana@mail.example"] == "unsubscribed"


def test_M14_replays_change_nothing_more(house: House) -> None:
    path = house.path("ana@mail.example")
    first = house.ask("POST", path, CLICK)
    house.now += timedelta(days=400)
    again = [house.ask("POST", path, CLICK) for _ in range(3)]
    assert {(a.status, a.text) for a in again} == {(200, first.text)}
    assert house.store.subscriber("ana@mail.example").since == house.workspace.now


def test_M14_who_left_by_other_ways_or_was_erased_gets_the_same_pages(house: House) -> None:
    people.suppress(house.store, house.key, "ana@mail.example", "bounced", house.now)
    people.erase(house.store, house.key, "old@mail.example", house.now)
    for address in ("ana@mail.example", "old@mail.example"):
        assert "<form" in house.ask("GET", house.path(address)).text
        assert house.ask("POST", house.path(address), CLICK).status == 200
    assert house.standing() == {"ana@mail.example": "bounced", "li@mail.example": "active", "": "erased"}


def test_M14_who_is_mailed_without_being_on_the_list_can_leave(house: House) -> None:
    assert house.ask("POST", house.path("rob@mail.example"), CLICK).status == 200
    assert house.standing()["rob@mail.example"] == "unsubscribed"
    assert [p.standing for p in delivery.people(house.workspace, house.store, house.key) if p.address == "rob@mail.example"] == ["suppressed"]  # fmt: skip


def test_M14_the_link_of_a_mail_is_one_that_this_server_takes(house: House) -> None:
    line = house.workspace.settings.channels[0]
    powers = ChannelPowers(HttpWire("test"), SystemClock(), lambda name: "smtp+plain://127.0.0.1:25", house.key, "")
    octets = message([("Subject", "RecSys Weekly")], "mark", "text", "<html><body>page</body></html>")
    issue, to = weekly(), "Ana+news@mail.example"
    sent = Smtp("mail", line.params, powers).message(
        Letter.of(octets, "RecSys Weekly", "en"),
        Edition(issue, "en", "RecSys Weekly"),
        to,
        "<1@digest.example>",
        key_of(to),
    )
    read = message_from_bytes(sent, policy=SMTP)
    assert read["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    (link,) = re.findall(r"<https://leave\.example(/[^>]*)>", read["List-Unsubscribe"])
    assert house.ask("POST", link, read["List-Unsubscribe-Post"].encode()).status == 200
    assert house.standing()["ana@mail.example"] == "unsubscribed"


def forged(house: House) -> list[str]:
    ana, li = (token_of(house.key, a) for a in ("ana@mail.example", "li@mail.example"))
    (ana_id, ana_mark), (li_id, li_mark) = ana.split("."), li.split(".")
    return [
        f"{ana_id}.{li_mark}",  # one's own mark on another person
        f"{li_id}.{ana_mark}",
        f"{ana_id}.{'0' * 32}",
        token_of(b"another workspace's key", "ana@mail.example"),
        ana[:-1],
        f"{ana}0",
        ana.upper(),
        f"{ana}%0A",
        ana_id,
        "ana@mail.example",
        "%00",
        "'%20OR%201=1--",
        "..%2f..%2fetc",
        "x" * 250,
        "x" * 5000,
    ]


def test_M14_a_token_that_is_not_ours_says_nothing_and_does_nothing(house: House) -> None:
    tokens = forged(house)
    answers = [
        house.ask(m, f"/unsubscribe/{t}", CLICK if m == "POST" else None) for t in tokens for m in ("GET", "POST")
    ]
    assert {(a.status, a.text) for a in answers} == {(404, house.ask("GET", "/nowhere").text)}
    assert "<form" not in answers[0].text
    assert house.standing() == {"ana@mail.example": "active", "li@mail.example": "active"}


def test_M14_before_the_first_mail_no_token_is_ours(house: House) -> None:
    house.store.keep(delivery.KEY, "")
    assert house.ask("POST", house.path("ana@mail.example"), CLICK).status == 404
    assert house.ask("POST", f"/unsubscribe/{token_of(b'', 'ana@mail.example')}", CLICK).status == 404


@pytest.mark.parametrize("body", [b"", b"x=1", b"List-Unsubscribe=", b"One-Click", b"List-Unsubscribe=&x=One-Click"])
def test_M14_a_POST_that_does_not_say_so_does_not_unsubscribe(house: House, body: bytes) -> None:
    assert house.ask("POST", house.path("ana@mail.example"), body).status == 400
    assert house.standing()["ana@mail.example"] == "active"


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND"])
def test_M14_other_methods_are_refused(house: House, method: str) -> None:
    answer = house.ask(method, house.path("ana@mail.example"), CLICK)
    assert answer.status == 405
    assert {m.strip() for m in answer.headers["allow"].split(",")} == {"GET", "HEAD", "POST"}
    assert house.standing()["ana@mail.example"] == "active"


def test_M14_no_address_leads_on_and_no_page_gives_the_link_away(house: House) -> None:
    path = house.path("ana@mail.example")
    ways = [("GET", path), ("POST", path), ("GET", path + "/"), ("GET", "/"), ("GET", "/health"), ("GET", "/health/"), ("PUT", path), ("GET", "/" + "x" * 400)]  # fmt: skip
    for method, where in ways:
        answer = house.ask(method, where, CLICK if method == "POST" else None)
        assert answer.status not in range(300, 400)
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-robots-tag"].startswith("noindex")
        assert not {"set-cookie", "location", "server"} & set(answer.headers)
        assert path.rpartition("/")[2] not in answer.text and "mail.example" not in answer.text
        assert not re.search(r"https?:|src=|href=|<script", answer.text)
        policy = answer.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'") and "form-action 'self'" in policy
        for style in re.findall(r"<style>(.*?)</style>", answer.text, re.DOTALL):
            assert f"'sha256-{b64encode(sha256(style.encode()).digest()).decode()}'" in policy


def test_pages_are_in_the_persons_language_else_in_the_browsers(house: House) -> None:
    assert 'lang="zh"' in house.ask("GET", house.path("li@mail.example"), Accept_Language="en").text
    assert 'lang="en"' in house.ask("GET", house.path("ana@mail.example"), Accept_Language="zh").text
    assert 'lang="zh"' in house.ask("GET", house.path("rob@mail.example"), Accept_Language="fr, zh-CN;q=0.8, en").text
    assert 'lang="en"' in house.ask("GET", house.path("rob@mail.example"), Accept_Language="fr").text
    assert 'lang="zh"' in house.ask("GET", "/unsubscribe/none", Accept_Language="zh-TW").text


# ---------------------------------------------------------------- bad clients
def raw(port: int, octets: bytes) -> bytes:
    """What comes back until the connection ends."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        connection.sendall(octets)
        found = b""
        try:
            while piece := connection.recv(65536):
                found += piece
        except ConnectionResetError:
            pass
        return found


def test_a_large_body_is_not_read(house: House) -> None:
    path = house.path("ana@mail.example")
    assert house.ask("POST", path, CLICK + b"&" + b"x" * (BODY + 1)).status == 413
    chunked = f"POST {path} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n".encode()
    assert raw(
        house.port, chunked + b"2000\r\n" + b"x" * 0x2000 + b"\r\n2000\r\n" + b"x" * 0x2000 + b"\r\n"
    ).startswith(b"HTTP/1.1 413")
    assert house.standing()["ana@mail.example"] == "active"


@pytest.mark.parametrize(
    "octets",
    [b"\x16\x03\x01\x02\x00", b"GET\r\n\r\n", b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"x" * 20_000,
     b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", b"GET /\xff HTTP/1.1\r\nHost: x\r\n\r\n"],
    ids=["TLS", "no version", "two hosts", "long head", "two lengths", "odd path"],
)  # fmt: skip
def test_what_is_no_request_is_refused_and_the_next_one_answered(house: House, octets: bytes) -> None:
    assert re.match(rb"HTTP/1.1 4\d\d ", raw(house.port, octets))
    assert house.ask("GET", "/health").status == 200


def test_a_connection_carries_one_request(house: House) -> None:
    one = f"GET {house.path('ana@mail.example')} HTTP/1.1\r\nHost: x\r\n\r\n".encode()
    assert raw(house.port, one * 3).count(b"HTTP/1.1 200") == 1


# --------------------------------------------------------------------- health
def test_health_says_when_a_scheduler_was_last_alive(house: House) -> None:
    assert json.loads(house.ask("GET", "/health").text) == {"ok": True, "last_tick": None, "seconds_ago": None}
    scheduler.beat(house.workspace, house.store)
    house.now += timedelta(hours=1)
    answer = house.ask("GET", "/health")
    assert json.loads(answer.text) == {"ok": True, "last_tick": house.workspace.now.isoformat(), "seconds_ago": 3600}
    for odd in ("", "soon", "2026-06-20T07:05:00"):
        house.store.keep(scheduler.HEARTBEAT, odd)
        assert json.loads(house.ask("GET", "/health").text)["seconds_ago"] is None
    assert house.ask("POST", "/health", b"").status == 405


def test_a_store_that_cannot_be_used_is_a_503_and_nothing_is_promised(house: House) -> None:
    with house.store.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE subscribers RENAME TO gone")
    answer = house.ask("POST", house.path("ana@mail.example"), CLICK)
    assert (answer.status, answer.headers["retry-after"]) == (503, "300")
    assert "unsubscribed" not in answer.text and "referrer-policy" in answer.headers
    with house.store.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE kept RENAME TO gone2")
    assert (house.ask("GET", "/health").status, house.ask("GET", "/health").text) == (503, '{"ok": false}')


def test_people_leave_while_a_run_holds_the_workspace(house: House) -> None:
    with app.open_store(house.workspace) as other, app.one_run(house.workspace, other):
        assert house.ask("POST", house.path("ana@mail.example"), CLICK).status == 200
        assert other.subscriber("ana@mail.example").standing == "suppressed"


def test_many_leave_at_once(house: House) -> None:
    addresses = [f"u{n}@mail.example" for n in range(40)]
    for address in addresses:
        people.add(house.store, house.key, address, (), house.now)
    statuses: list[int] = []
    threads = [
        threading.Thread(target=lambda a=a: statuses.append(house.ask("POST", house.path(a), CLICK).status)) for a in addresses
    ]  # fmt: skip
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == [200] * 40
    assert {s for a, s in house.standing().items() if a in addresses} == {"unsubscribed"}


# ------------------------------------------------------------------------ M17
class Notebook:
    """A channel that notes whom it was to mail."""

    name, kind, daily = "mail", "notebook", 0
    personal: ClassVar[bool] = True
    updates: ClassVar[bool] = False

    def __init__(self) -> None:
        self.mailed: list[str] = []

    def parts(self, edition: Edition) -> tuple[str, ...]:
        return ()

    @contextmanager
    def open(self) -> Iterator[Notebook]:
        yield self

    def deliver(self, edition: Edition, row: Delivery) -> Outcome:
        self.mailed.append(row.recipient)
        return Accepted()


def test_M17_who_leaves_between_compose_and_send_is_not_mailed(house: House) -> None:
    issue, book = weekly(), Notebook()
    house.store.freeze(issue)
    house.store.queue(
        Delivery(issue.id, "en", "mail", to, 1, f"<{to}>", "pending", house.now, house.now)
        for to in ("ana@mail.example", "Li+news@mail.example", "rob@mail.example", "bo@mail.example")
    )
    for address in ("ana@mail.example", "li@mail.example", "rob@mail.example"):
        assert house.ask("POST", house.path(address), CLICK).status == 200
    powers = send.Sending(
        house.store, [send.Line(book)], house.store.issue, house.workspace.settings.issues,
        lambda i, language: Edition(i, language, ""), lambda url: "",
        [*delivery.people(house.workspace, house.store, house.key), reader("bo@mail.example")],
    )  # fmt: skip
    send.run(powers, send.todo(house.store, house.now), house.now, lambda event: None)
    assert book.mailed == ["bo@mail.example"]
    told = {r.recipient: (r.state, r.last_error) for r in house.store.deliveries() if r.recipient != "bo@mail.example"}
    assert set(told.values()) == {("failed", send.LEFT)} and len(told) == 3


# -------------------------------------------------------------------- process
def test_M14_the_process_keeps_no_token_in_what_it_writes_and_ends_on_SIGTERM(house: House) -> None:
    """Also with -v, for links that are followed, refused, and broken off, with and without a referrer."""
    words = [
        sys.executable,
        "-c",
        "from digester.cli import main, serve; main()",
        "-v",
        "--config",
        str(house.desk.config),
    ]
    process = subprocess.Popen(
        [*words, "serve", "--port", "0"], env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stderr is not None
    assert select.select([process.stderr], [], [], 60)[0]
    first = os.read(process.stderr.fileno(), 65536)
    address = re.search(rb"http://127\.0\.0\.1:(\d+)", first)
    assert address, first
    house.port, path = int(address[1]), house.path("ana@mail.example")
    token = path.rpartition("/")[2]
    assert house.ask("GET", path, Referer=f"https://mail.example{path}").status == 200
    assert house.ask("POST", path, b"x" * BODY * 2).status == 413
    assert house.ask("POST", path, CLICK).status == 200
    assert house.ask("GET", path + "0").status == 404
    raw(house.port, f"GET {path} HTTP/9.9\r\n\r\n".encode())
    process.send_signal(signal.SIGTERM)
    out, rest = process.communicate(timeout=30)
    assert process.returncode == 0
    said = (out + first + rest).decode()
    assert not any(part in said for part in (*token.split("."), "ana@", "Traceback")), said
    assert house.standing()["ana@mail.example"] == "unsubscribed"


def test_a_port_that_is_taken_is_named(house: House) -> None:
    done = house.desk("serve", "--port", str(house.port))
    assert (done.code, f"cannot listen on 127.0.0.1:{house.port}" in done.err) == (1, True)
    with pytest.raises(DigesterError):
        listening("no host", 0)


def test_D04_without_its_extra_it_says_what_to_install(house: House) -> None:
    code = "import sys; sys.modules['uvicorn'] = None; from digester.cli import main, serve; main()"
    words = [sys.executable, "-c", code, "--config", str(house.desk.config), "serve"]
    done = subprocess.run(words, env=environment(), capture_output=True, timeout=60, check=False)
    assert (done.returncode, b'pip install "digester[serve]"' in done.stderr) == (1, True)
    assert b"Traceback" not in done.stderr


def test_M17_who_leaves_while_others_are_mailed_is_not(house: House) -> None:
    issue, book = weekly(), Notebook()
    house.store.freeze(issue)
    house.store.queue(
        Delivery(issue.id, "en", "mail", to, 1, f"<{to}>", "pending", house.now, house.now)
        for to in ("ana@mail.example", "li@mail.example")
    )
    first = book.deliver

    def deliver(edition: Edition, row: Delivery) -> Outcome:
        assert house.ask("POST", house.path("li@mail.example"), CLICK).status == 200
        return first(edition, row)

    book.deliver = deliver  # type: ignore[method-assign]
    powers = send.Sending(
        house.store, [send.Line(book)], house.store.issue, house.workspace.settings.issues,
        lambda i, language: Edition(i, language, ""), lambda url: "",
        [reader(to) for to in ("ana@mail.example", "li@mail.example")],
    )  # fmt: skip
    send.run(powers, send.todo(house.store, house.now), house.now, lambda event: None)
    assert book.mailed == ["ana@mail.example"]
