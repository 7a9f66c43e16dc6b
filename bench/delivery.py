"""Mail to ten thousand recipients over a bad server, and messages a second beside bare smtplib, in one run.

The first part counts: 5 % of the recipients are put off once with 450, 1 % are refused with 550, and the server hangs up at
every 37th message, in turn before its answer to MAIL, RCPT and DATA and behind its 250. Sends are repeated past `next_at`
until nothing waits; then everybody but the refused must have been taken exactly once, by the server's own count.

The second part takes time: the whole step (outbox, message for each recipient, dialogue) over a good server, beside smtplib
sending the same octets over one connection: bare, which forgets all when it dies, and with one line written and waited for
(fsync) before each message, which is the least that whoever wants to know what was sent must do. The server is another
process of this machine, the store an SQLite file. A commit is timed alone, waiting for the disk (FULL) and not (NORMAL).

A third part does the same with a server that takes 5 ms for each answer, as a relay nearby does.

    python -m bench.delivery
"""

from __future__ import annotations

import json
import os
import smtplib
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from tests.servers.mailing import NOW, Post, channel, edition, people, row, store_in
from tests.servers.raw_smtp import At, RawSmtp, Say

from digester.channels._letter import Letter
from digester.domain.subscribers import key_of

RECIPIENTS, TIMED, NEAR, ROUNDS = 10_000, 2_000, 300, 3
PUT_OFF, REFUSED, HANG_UP = 20, 100, 37  # every so many recipients, and messages
GOAL = 1.5  # times as long as bare smtplib where an answer takes 5 ms
PLACES = ("MAIL", "RCPT", "DATA", "taken")


# ------------------------------------------------------------------ the server
class Faults:
    """What the bad server says; recipients are numbered by their address."""

    def __init__(self) -> None:
        self._seen: set[str] = set()
        self._messages = 0

    def __call__(self, at: At) -> Say | None:
        if at.stage == "MAIL":
            self._messages += 1
        turn, place = divmod(self._messages, HANG_UP)
        if place == 0 and at.stage == PLACES[turn % len(PLACES)]:
            self._messages += at.stage != "MAIL"  # once
            return Say(b"250 taken" if at.stage == "taken" else b"", hang_up=True)
        number = int(at.recipient[1:].partition("@")[0]) if at.recipient else 1
        if at.stage != "RCPT":
            return None
        if number % REFUSED == 50:
            return Say(b"550 5.1.1 no such user")
        if number % PUT_OFF == 7 and at.recipient not in self._seen:
            self._seen.add(at.recipient)
            return Say(b"450 4.2.0 come back later")
        return None


def serve(word: str) -> None:
    """Until the standard input ends; then how often each recipient's message was taken."""
    with RawSmtp() as server:
        if word == "bad":
            server.choose = Faults()
        if word == "near":
            server.choose = lambda at: Say(before=lambda: time.sleep(0.005))
        sys.stdout.write(f"{server.url}\n")
        sys.stdout.flush()
        sys.stdin.read()
        sys.stdout.write(json.dumps({"taken": server.acceptances(), "connections": server.connections}))


@contextmanager
def server(word: str) -> Iterator[tuple[str, Callable[[], Any]]]:
    """The address of a server in another process, and what it counted; asking ends it."""
    command = [sys.executable, "-m", "bench.delivery", word]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:  # noqa: S603
        assert child.stdin and child.stdout  # noqa: S101 - both are pipes
        url = child.stdout.readline().strip()

        def counted() -> Any:
            return json.loads(child.communicate()[0])

        try:
            yield url, counted
        finally:
            child.kill()


# -------------------------------------------------------------------- counting
def bad_peer(folder: Path) -> bool:
    everybody = people(RECIPIENTS)
    refused = set(everybody[50::REFUSED])
    with server("bad") as (url, counted), store_in(folder) as store:
        post = Post(store, channel(url)).queue(everybody)
        start, runs = time.perf_counter(), 1
        post.send()
        while post.in_state("pending") and runs < 50:
            post.later(minutes=30)
            runs += 1
        took = time.perf_counter() - start
        states = {s: len(post.in_state(s)) for s in ("accepted", "failed", "in_doubt", "pending")}
        seen = counted()
    taken = seen["taken"]
    missed = sum(not taken.get(r) for r in everybody if r not in refused)
    doubled, unwanted = sum(n > 1 for n in taken.values()), len(refused & set(taken))
    say(f"{len(taken):8}  of {RECIPIENTS - len(refused)} deliverable recipients taken by the server, {doubled} twice, {missed} missed, {unwanted} refused ones")  # fmt: skip
    say(
        f"{runs:8}  sends, {seen['connections']} connections, {RECIPIENTS / took:.0f} messages a second; outbox: {states}"
    )
    return not (doubled or missed or unwanted or states["pending"] or states["in_doubt"])


# ---------------------------------------------------------------------- timing
def ours(url: str, folder: Path, number: int) -> tuple[float, float]:
    """Seconds by the clock, and of this process's CPU."""
    with store_in(folder) as store:
        post = Post(store, channel(url, batch=number)).queue(people(number))
        took = timed(post.send)
        assert len(post.in_state("accepted")) == number  # noqa: S101
    return took


def bare(url: str, messages: list[tuple[str, bytes]], note: Path | None = None) -> tuple[float, float]:
    """smtplib over one connection; with `note` each recipient is on the disk before the message leaves."""
    host, port = url.rpartition("/")[2].split(":")

    def send() -> None:
        with smtplib.SMTP(host, int(port)) as client, (note or Path(os.devnull)).open("ab") as file:
            for to, octets in messages:
                if note:
                    file.write(f"{to}\n".encode())
                    file.flush()
                    os.fsync(file.fileno())
                client.sendmail("news@digest.example", [to], octets)

    return timed(send)


def timed(act: Callable[[], object]) -> tuple[float, float]:
    start, cpu = time.perf_counter(), time.process_time()
    act()
    return time.perf_counter() - start, time.process_time() - cpu


def same_octets(url: str, number: int) -> list[tuple[str, bytes]]:
    """The messages that the channel sends, made beforehand."""
    made, one = channel(url), edition()
    letter = Letter.of(one.artifacts["email"].body, one.series, "en")
    return [(to, made.message(letter, one, to, row(to).message_id, key_of(to))) for to in people(number)]


def raced(word: str, folder: Path, number: int) -> tuple[dict[str, float], dict[str, float]]:
    """Seconds by the clock and milliseconds of CPU a message, of each side: in turn, the median of several rounds."""
    runs: dict[str, list[tuple[float, float]]] = {"ours": [], "bare": [], "noted": []}
    with server(word) as (url, counted):
        messages = same_octets(url, number)
        for _ in range(ROUNDS):
            runs["ours"].append(ours(url, folder, number))
            runs["bare"].append(bare(url, messages))
            runs["noted"].append(bare(url, messages, folder / "sent.txt"))
        assert set(counted()["taken"].values()) == {3 * ROUNDS}  # noqa: S101 - all sent all
    wall = {name: statistics.median(w for w, _ in took) for name, took in runs.items()}
    return wall, {name: statistics.median(c for _, c in took) / number * 1000 for name, took in runs.items()}


def speed(folder: Path) -> bool:
    wall, cpu = raced("good", folder, TIMED)
    _, made = timed(lambda: same_octets("smtp+plain://127.0.0.1:25", TIMED))
    say(f"{TIMED / wall['ours']:8.0f}  messages a second with outbox, {cpu['ours']:.2f} ms of CPU each, {made / TIMED * 1000:.2f} of them to make the message")  # fmt: skip
    say(f"{TIMED / wall['bare']:8.0f}  by bare smtplib, {cpu['bare']:.2f} ms of CPU each; {TIMED / wall['noted']:.0f} by smtplib that notes each on the disk")  # fmt: skip
    say(f"{wall['ours'] / wall['bare']:8.2f}  times as long as bare smtplib, {wall['ours'] / wall['noted']:.2f} times as long as with notes")  # fmt: skip
    wall, _ = raced("near", folder, NEAR)
    ratio = wall["ours"] / wall["bare"]
    say(f"{ratio:8.2f}  times as long as bare smtplib where an answer takes 5 ms: {NEAR / wall['ours']:.0f} and {NEAR / wall['bare']:.0f} messages a second (goal {GOAL:g}{'' if ratio <= GOAL else ', missed'})")  # fmt: skip
    return ratio <= GOAL


def commits(folder: Path) -> None:
    """What one row marked costs, waiting for the disk or not."""
    with store_in(folder) as store:
        store.queue([row("one@mail.example")])
        full = min(timed(lambda: marks(store))[0] for _ in range(3)) / 200
        write = store._write
        store._write = lambda lasting=False: write()
        normal = min(timed(lambda: marks(store))[0] for _ in range(3)) / 200
    say(f"{full * 1000:8.2f}  ms to mark a row that lasts a power cut (synchronous=FULL), {normal * 1000:.2f} without (NORMAL)")  # fmt: skip


def marks(store: Any) -> None:
    for n in range(200):
        store.mark(replace(row("one@mail.example"), changed_at=NOW + timedelta(seconds=n)))


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main(word: str = "") -> int:
    if word in ("good", "bad", "near"):
        serve(word)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        right = bad_peer(Path(folder)) if word != "speed" else True
        right &= speed(Path(folder))
        commits(Path(folder))
    return 0 if right else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
