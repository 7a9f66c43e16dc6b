"""What hostile bytes make a parser do. Functions of a module: the worker imports them by name."""

from __future__ import annotations

import ctypes
import os
import sys
import time
from pathlib import Path


def double(text: str) -> str:
    return text * 2


def process_id() -> int:
    return os.getpid()


def sleep(seconds: float) -> str:
    time.sleep(seconds)
    return "woke"


def spin() -> None:
    while True:
        pass


def swallow(_: int = 0) -> None:
    """Catches everything, as greedy parsers do: only a kill ends it."""
    while True:
        try:
            time.sleep(10)
        except BaseException:  # noqa: BLE001
            continue


def allocate(size: int) -> int:
    return len(bytearray(size))


def leave(code: int) -> None:
    os._exit(code)


def segfault() -> None:
    ctypes.string_at(0)


def system_exit() -> None:
    sys.exit(3)


def recurse() -> None:
    recurse()


class OddError(Exception):
    """Cannot be built again on the other side of the pipe."""

    def __init__(self, one: int, two: int) -> None:
        super().__init__(f"{one}{two}")


def raise_odd() -> None:
    raise OddError(1, 2)


def raise_long() -> None:
    raise ValueError("x" * 10_000 + "\n")


def unpicklable() -> object:
    return lambda: None


def environment() -> list[str]:
    return sorted(os.environ)


def open_files() -> list[str]:
    return [str(p.readlink()) for p in Path("/proc/self/fd").iterdir() if p.is_symlink()]
