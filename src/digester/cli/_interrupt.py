"""Ctrl-C ends a command between two instructions of ours, not inside somebody's lock.

Python raises KeyboardInterrupt wherever the main thread happens to be. Inside `Condition.wait` or a half
started process pool that leaves a lock taken or turns into another exception, and the end never comes. So a
command works in a thread of its own, which no signal reaches; the main thread waits for either. Nothing of
the command is unwound: it can be killed at any point anyhow, because a step is stored whole or not at all.
"""

from __future__ import annotations

import atexit
import os
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import suppress

INTERRUPTED = 130
TERMINATED = 143
PATIENCE = 5.0  # seconds for saying that a run was interrupted, while its last transaction ends
DRAIN = 8.0  # seconds for the message under way; a container engine kills after ten


class Watch:
    """What is to be said of the work when it is interrupted."""

    note: Callable[[], None] | None = None
    drains = False  # the work ends by itself soon after `stop`, between two messages
    stop = threading.Event()


watch = Watch()


def interruptible(command: Callable[[], int], farewell: Callable[[], None]) -> int:
    """The exit code of `command`, or its exception. On SIGINT `watch.note` and `farewell` are called and the
    process ends with 130, on SIGTERM with 143; a second signal does not wait for them. Called from another than the main thread, which
    gets no signals, it just runs the command."""
    if threading.current_thread() is not threading.main_thread():
        return command()
    ended: list[int | BaseException] = []
    stop, got = watch.stop, [signal.SIGINT]
    stop.clear()

    def work() -> None:
        if hasattr(signal, "pthread_sigmask"):  # POSIX; what this thread starts inherits it
            signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
        try:
            ended.append(command())
        except BaseException as err:  # noqa: BLE001 - raised again below, in the main thread
            ended.append(err)

    def heard(number: int, _frame: object) -> None:
        code = TERMINATED if number == signal.SIGTERM else INTERRUPTED
        if stop.is_set():
            os._exit(code)
        got[0] = signal.Signals(number)
        stop.set()

    before = {number: signal.signal(number, heard) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        thread = threading.Thread(target=work, name="command", daemon=True)
        thread.start()
        while thread.is_alive():
            thread.join(0.1)
            if stop.is_set():
                if watch.drains:
                    thread.join(DRAIN)
                if thread.is_alive():
                    _leave(farewell, TERMINATED if got[0] == signal.SIGTERM else INTERRUPTED)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    if isinstance(ended[0], BaseException):
        raise ended[0]
    return ended[0]


def _leave(farewell: Callable[[], None], code: int = INTERRUPTED) -> None:
    """Ends the process. Threads that wait for a server would hold the door for a whole deadline: they are left;
    child processes end and give back their semaphores, which multiprocessing does at exit."""
    from digester.sandbox import STARTING

    if sys.stderr.isatty():
        sys.stderr.write("\x1b[?25h")  # a progress bar hid the cursor
    _within(PATIENCE, watch.note)
    STARTING.acquire(timeout=PATIENCE)  # from here on no worker is started
    _within(PATIENCE, atexit._run_exitfuncs)
    farewell()
    os._exit(code)


def _within(seconds: float, call: Callable[[], object] | None) -> None:
    def quietly() -> None:
        with suppress(Exception):  # the run is then closed as killed at the next start
            if call is not None:
                call()

    thread = threading.Thread(target=quietly, daemon=True)
    thread.start()
    thread.join(seconds)
