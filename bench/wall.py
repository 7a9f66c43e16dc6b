"""200 feeds at 100 ms each: the wall time of one collection beside that of its slowest host alone.

One worker drives one host and keeps the gap between requests, so the slowest host is the floor; the ratio says
what the others add. Real sockets on loopback through `net.replay`; the parser is the sandbox's.
"""

from __future__ import annotations

import sys
import threading
import time
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from digester.domain.sources import Source
from digester.net.http import Door
from digester.net.replay import SystemClock
from digester.pipeline import collect
from digester.sandbox import ProcessSandbox
from digester.sources import KINDS
from digester.store.engine import make_engine, migrate
from digester.store.sql import SqlStore

FEEDS, HOSTS, SLOWEST, LATENCY = 200, 60, 12, 0.1


class Server(ThreadingHTTPServer):
    daemon_threads, request_queue_size = True, 256


class Feed(BaseHTTPRequestHandler):
    """A feed of one entry, after LATENCY seconds; no robots.txt."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        url = parse_qs(urlsplit(self.path).query)["u"][0]
        time.sleep(LATENCY)
        row = f"<item><guid>{url}</guid><title>News of {url}</title><link>{url}</link></item>"
        body = f'<rss version="2.0"><channel><title>t</title>{row}</channel></rss>'.encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/rss+xml")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        return


def sources(of: range) -> list[Source]:
    """The first SLOWEST feeds stand on one host, the others on HOSTS."""
    hosts = {n: "slowest" if n < SLOWEST else f"h{n % HOSTS}" for n in of}
    return [Source(f"s{n}", "rss", f"S{n}", KINDS["rss"].Params(url=f"https://{hosts[n]}.example/{n}")) for n in of]


def wall(base: str, asked: list[Source]) -> float:
    engine = make_engine("sqlite://")
    migrate(engine)
    door, box = Door(clock=SystemClock(), agent="digester-bench", base=base), ProcessSandbox()
    box.run(len, "warm")  # the worker's start is not the network's
    try:
        began = time.perf_counter()
        report = collect.run(asked, KINDS, door, box, SqlStore(engine), datetime.now(UTC), lambda event: None)
        took = time.perf_counter() - began
    finally:
        box.close()
        door.close()
        engine.dispose()
    if report.failures or report.extra["new"] != len(asked):
        raise SystemExit(f"the collection failed: {report.failures[:3]}")
    return took


def measured() -> tuple[float, float]:
    """Seconds of the slowest host alone, and of all feeds."""
    with Server(("127.0.0.1", 0), Feed) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        base = f"http://127.0.0.1:{server.server_port}"
        slowest, everything = wall(base, sources(range(SLOWEST))), wall(base, sources(range(FEEDS)))
        server.shutdown()
    return slowest, everything


def main() -> int:
    slowest, everything = measured()
    sys.stdout.write(
        f"{everything / slowest:8.3f}  wall of {FEEDS} feeds / wall of the slowest host ({SLOWEST} feeds) alone\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
