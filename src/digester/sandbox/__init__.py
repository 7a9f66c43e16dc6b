"""Untrusted bytes are parsed in a worker process with a time and a memory limit.

Feed and page parsers have known quadratic corners and C code beneath; in a process of their own a hang
or a crash costs one document. Pebble's pool kills a worker at its time limit, which the standard pool
cannot. The worker is spawned, not forked: it holds no socket and no database handle,
and its environment is emptied before it reads anything.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from concurrent.futures import TimeoutError as LimitReached
from multiprocessing.context import SpawnContext, SpawnProcess
from typing import Any, TypeVar

from digester.ports import SandboxFailure

T = TypeVar("T")
STARTING = (
    threading.Lock()
)  # held while a worker is started: whoever ends the process takes it, and leaves none half started


class _Worker(SpawnProcess):
    """A spawned process reads what it is to do from its parent, and complains when that ends in between."""

    def start(self) -> None:
        with STARTING:
            super().start()


class _Spawn(SpawnContext):
    Process = _Worker


def confine(max_bytes: int) -> None:
    """Empties the environment of this worker, which may hold secrets, and caps its address space (setrlimit(2));
    where there is no such call, no cap."""
    os.environ.clear()
    try:
        import resource
    except ImportError:  # not a POSIX system
        return
    resource.setrlimit(resource.RLIMIT_AS, (max_bytes, max_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def contained(function: Callable[..., T], *args: object) -> T | SandboxFailure:
    """Runs in the worker: exceptions become values there, because one that cannot be rebuilt on the other
    side of the pipe breaks the pool."""
    try:
        return function(*args)
    except MemoryError:
        return SandboxFailure("memory", "parser wanted more memory than allowed")
    except (Exception, SystemExit) as err:  # noqa: BLE001 - whatever hostile bytes made the parser raise
        return failure(err)


def failure(err: BaseException) -> SandboxFailure:
    return SandboxFailure("error", f"{type(err).__name__}: {' '.join(str(err).split())[:200]}")


class ProcessSandbox:
    """One worker; functions are given by reference and arguments by value. `seconds` a call."""

    def __init__(self, seconds: float = 20.0, max_bytes: int = 1_500_000_000) -> None:
        self._seconds, self._max_bytes = seconds, max_bytes
        self._pool: Any = None

    def run(self, function: Callable[..., T], *args: object) -> T | SandboxFailure:
        from pebble import ProcessExpired

        try:
            future = self._started().schedule(contained, args=(function, *args), timeout=self._seconds)
            return future.result()  # type: ignore[no-any-return]
        except LimitReached:
            return SandboxFailure("timeout", f"parser stopped after {self._seconds:g} s")
        except ProcessExpired as err:
            return SandboxFailure("crash", f"parser process ended: {err}")
        except Exception as err:  # noqa: BLE001 - what cannot travel to the worker or back
            return failure(err)

    def close(self) -> None:
        if self._pool is not None:
            self._pool.stop()
            self._pool.join()
            self._pool = None

    def _started(self) -> Any:
        if self._pool is not None and not self._pool.active:
            self.close()  # broken by something it could not read: a fresh one
        if self._pool is None:
            from pebble import ProcessPool

            self._pool = ProcessPool(
                max_workers=1, max_tasks=2_000, initializer=confine, initargs=[self._max_bytes],
                context=_Spawn(),
            )  # fmt: skip
        return self._pool


class InlineSandbox:
    """The same port in this process, for bytes of our own making (tests, one small document)."""

    def run(self, function: Callable[..., T], *args: object) -> T | SandboxFailure:
        return contained(function, *args)

    def close(self) -> None:
        return
