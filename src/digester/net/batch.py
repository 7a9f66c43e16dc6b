"""GETs in flight: one worker drives one host, so a slow host holds nobody else up."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any

from digester.domain.sources import Request, Validator
from digester.net.faults import host
from digester.ports import FetchError, Reply

if TYPE_CHECKING:
    from digester.net.http import Door

THROTTLED = frozenset({429, 503})
PATIENCE = 2  # requests to one host without an answer


class Batch:
    """GETs in flight, one worker a host. Tags come back with their replies as they arrive.

    A host that throttles, or does not answer twice in a row, is not asked again in this batch: the rest of its
    queue gets the same error at once, and the next run tries anew.
    """

    def __init__(self, door: Door) -> None:
        self._door, self._done = door, SimpleQueue[tuple[Any, Reply]]()
        self._pool = ThreadPoolExecutor(door.limits.hosts_in_flight, thread_name_prefix="fetch")
        self._queues: dict[str, deque[tuple[Any, Request, Validator | None]]] = {}
        self._given_up: dict[str, FetchError] = {}
        self._lock, self._open = threading.Lock(), 0
        self._stopped = threading.Event()

    def add(self, tag: Any, request: Request, validator: Validator | None = None) -> None:
        address = self._door.address(request)
        name = host(address if isinstance(address, str) else request.url)
        with self._lock:
            self._open += 1
            queue = self._queues.get(name)
            if queue is not None:
                queue.append((tag, request, validator))
                return
            self._queues[name] = deque([(tag, request, validator)])
        self._pool.submit(self._drain, name)

    def _drain(self, name: str) -> None:
        silent = 0
        while not self._stopped.is_set():
            with self._lock:
                queue = self._queues[name]
                if not queue:
                    del self._queues[name]
                    return
                tag, request, validator = queue.popleft()
            reply = self._given_up.get(name) or self._answer(request, validator)
            silent = silent + 1 if isinstance(reply, FetchError) and reply.fault in ("connect", "timeout", "dns") else 0
            if isinstance(reply, FetchError) and (reply.status in THROTTLED or silent >= PATIENCE):
                again = replace(reply, message=f"{reply.message}; not asked again in this run")
                self._given_up.setdefault(name, again)
            self._done.put((tag, reply))

    def _answer(self, request: Request, validator: Validator | None) -> Reply:
        try:
            return self._door.get(request, validator)
        except Exception as err:  # noqa: BLE001 - a thread must hand back its tag, or the run would wait for ever
            return FetchError("protocol", f"{host(request.url)}: {type(err).__name__}: {err}")

    def __iter__(self) -> Iterator[tuple[Any, Reply]]:
        try:
            while self._open:
                tag, reply = self._done.get()
                self._open -= 1
                yield tag, reply
        finally:
            self._stopped.set()  # workers end after the request they are at
            self._pool.shutdown(wait=False, cancel_futures=True)
