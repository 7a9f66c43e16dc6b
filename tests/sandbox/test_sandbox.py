"""Untrusted bytes cost one document: every way a parser can end becomes a value, and the worker goes on."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator

import pytest
from tests.sandbox import misdeeds

from digester.ports import Sandbox, SandboxFailure
from digester.sandbox import InlineSandbox, ProcessSandbox

pytestmark = pytest.mark.slow  # each worker is a new interpreter


@pytest.fixture(scope="module")
def sandbox() -> Iterator[ProcessSandbox]:
    """One for all tests but the impatient: what a misdeed leaves behind is part of the test."""
    box = ProcessSandbox(seconds=30.0, max_bytes=1_000_000_000)
    yield box
    box.close()


@pytest.fixture(scope="module")
def impatient() -> Iterator[ProcessSandbox]:
    box = ProcessSandbox(seconds=0.3)
    yield box
    box.close()


def kind_of(result: object) -> str:
    assert isinstance(result, SandboxFailure), result
    assert "\n" not in result.message
    assert len(result.message) < 400
    return result.kind


def test_results_come_back(sandbox: ProcessSandbox) -> None:
    assert sandbox.run(misdeeds.double, "中") == "中中"
    assert len(sandbox.run(misdeeds.double, "x" * 5_000_000)) == 10_000_000  # type: ignore[arg-type]


def test_it_is_another_process_and_the_same_one_again(sandbox: ProcessSandbox) -> None:
    first, second = sandbox.run(misdeeds.process_id), sandbox.run(misdeeds.process_id)
    assert first == second != os.getpid()


@pytest.mark.parametrize("act", [misdeeds.spin, misdeeds.swallow])
def test_the_time_limit_kills(impatient: ProcessSandbox, act: Callable[[], None]) -> None:
    assert kind_of(impatient.run(act)) == "timeout"
    assert impatient.run(misdeeds.double, "a") == "aa"


def test_P22_the_memory_limit_holds(sandbox: ProcessSandbox) -> None:
    assert kind_of(sandbox.run(misdeeds.allocate, 2_000_000_000)) == "memory"
    assert sandbox.run(misdeeds.allocate, 1_000_000) == 1_000_000


def test_P22_a_process_that_leaves_is_a_crash(sandbox: ProcessSandbox) -> None:
    assert kind_of(sandbox.run(misdeeds.leave, 7)) == "crash"
    assert sandbox.run(misdeeds.double, "a") == "aa"


def test_P22_a_segmentation_fault_is_a_crash(sandbox: ProcessSandbox) -> None:
    assert kind_of(sandbox.run(misdeeds.segfault)) == "crash"
    assert sandbox.run(misdeeds.double, "a") == "aa"


@pytest.mark.parametrize("act", [misdeeds.raise_long, misdeeds.raise_odd, misdeeds.recurse, misdeeds.unpicklable])
def test_an_exception_becomes_a_value(sandbox: ProcessSandbox, act: Callable[[], object]) -> None:
    assert kind_of(sandbox.run(act)) in ("error", "crash")
    assert sandbox.run(misdeeds.double, "a") == "aa"


def test_an_exit_of_the_parser_becomes_a_value(sandbox: ProcessSandbox) -> None:
    assert kind_of(sandbox.run(misdeeds.system_exit)) in ("error", "crash")
    assert sandbox.run(misdeeds.double, "a") == "aa"


def test_arguments_that_cannot_travel_are_a_value(sandbox: ProcessSandbox) -> None:
    assert kind_of(sandbox.run(misdeeds.double, lambda: None)) == "error"
    assert kind_of(sandbox.run(lambda: None)) == "error"
    assert sandbox.run(misdeeds.double, "a") == "aa"


def test_the_worker_holds_no_socket_of_ours(sandbox: ProcessSandbox) -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as ours:
        inode = os.fstat(ours.fileno()).st_ino
        box = ProcessSandbox()
        files = box.run(misdeeds.open_files)
        box.close()
    assert not isinstance(files, SandboxFailure)
    assert f"socket:[{inode}]" not in files


def test_close_leaves_no_process_and_the_sandbox_may_be_used_again() -> None:
    before = {p.pid for p in multiprocessing.active_children()}
    box = ProcessSandbox()
    pid = box.run(misdeeds.process_id)
    assert isinstance(pid, int)
    box.close()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    assert {p.pid for p in multiprocessing.active_children()} <= before
    box.close()  # closing twice is closing
    assert box.run(misdeeds.double, "a") == "aa"
    box.close()


def test_closing_what_was_never_used_starts_nothing() -> None:
    before = len(multiprocessing.active_children())
    ProcessSandbox().close()
    assert len(multiprocessing.active_children()) == before


def test_the_inline_sandbox_keeps_the_same_contract() -> None:
    box: Sandbox = InlineSandbox()
    assert box.run(misdeeds.double, "a") == "aa"
    assert kind_of(box.run(misdeeds.raise_long)) == "error"
    InlineSandbox().close()
