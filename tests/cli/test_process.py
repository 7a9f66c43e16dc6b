"""What only a process has: streams, signals, locale, imports. I07 of the list of faults."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from tests.servers.newsroom import Desk, Web, command, digester, environment, process, stalls

HEAVY = (
    "openai",
    "sqlalchemy",
    "pydantic",
    "httpx2",
    "feedparser",
    "trafilatura",
    "jinja2",
    "lxml",
    "yaml",
    "apscheduler",
)
LIST = ("items", "list", "--date", "2026-06-20")
pytestmark = pytest.mark.slow


def test_I07_broken_pipe_is_no_traceback_and_no_failure(made: Desk) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    for words in (("--json", *LIST), ("run", "ai-daily", "--date", "2026-06-20")):
        done = process(*made.words, *words, stdout=writing)
        assert (done.returncode, done.stderr) == (0, b""), words
    os.close(writing)


def test_I07_broken_pipe_keeps_the_exit_code_of_the_run(made: Desk) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = process(*made.words, "sources", "try", "gone-quiet", stdout=writing, stderr=writing)
    os.close(writing)
    assert done.returncode == 1


def test_I07_a_full_disk_under_stdout_is_named(made: Desk) -> None:
    with Path("/dev/full").open("wb") as full:
        done = process(*made.words, "status", stdout=full)
    assert done.returncode == 1
    assert done.stderr == b"error: cannot write the output: No space left on device\n"


def test_I07_closed_standard_streams_end_nothing(made: Desk) -> None:
    run, missing = ("run", "ai-daily", "--date", "2026-06-20"), ("issues", "show", "ai-daily", "--date", "2026-01-01")
    cases = [(closed, words) for closed in ("<&-", ">&-", "2>&-", "<&- >&- 2>&-") for words in (("status",), missing)]
    with ThreadPoolExecutor(2) as pool:
        ended = list(pool.map(lambda case: process_in_shell(case[0], *made.words, *case[1]), cases))
    ended.append(process_in_shell("<&- >&- 2>&-", *made.words, *run))
    for done, (closed, words) in zip(ended, [*cases, ("all", run)], strict=True):
        assert done.returncode == (4 if words == missing else 0), (closed, words, done.stderr)
        assert b"Traceback" not in done.stdout + done.stderr
    with made.store() as store:
        assert store.counts()["items"] > 200


def process_in_shell(redirection: str, *words: str) -> subprocess.CompletedProcess[bytes]:
    shell = ["/bin/sh", "-c", f'exec "$@" {redirection}', "sh", *map(str, command(*words))]
    return subprocess.run(shell, env=environment(), capture_output=True, timeout=60, check=False)


@pytest.mark.parametrize("env", [{"LANG": "C"}, {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}, {"PYTHONIOENCODING": "ascii"}])  # fmt: skip
def test_I07_any_locale_can_print_everything(made: Desk, env: dict[str, str]) -> None:
    if "PYTHONIOENCODING" not in env:
        listed = process(*made.words, *LIST, env=env)
        assert (listed.returncode, listed.stderr) == (0, b"")
    shown = process(*made.words, "--json", "issues", "show", "ai-daily", "--date", "2026-06-20", env=env)
    assert (shown.returncode, shown.stderr) == (0, b"")
    assert json.loads(shown.stdout) == json.loads((made.home / "ai-daily/2026-06-20.json").read_bytes())


def test_I07_an_argument_that_is_not_utf8(made: Desk) -> None:
    odd = b"\xff\xfe"
    for words, code in (
        ((*made.words, "items", "show", odd), 4),
        ((*made.words, "run", odd), 4),
        ((*made.words, "collect", odd), 4),
        ((*made.words, odd), 2),
        (("--config", b"/tmp/" + odd, "status"), 5),
        (("--now", odd, "status"), 2),
    ):
        done = digester(*map(os.fsdecode, words))
        assert done.code == code, (words, done.said)
        assert done.err.encode("utf-8", "backslashreplace")
    done = process(*made.words, "run", odd, "--date", odd)
    assert (done.returncode, b"Traceback" in done.stderr) == (4, False)


def test_I07_a_workspace_path_that_is_not_utf8(tmp_path: Path) -> None:
    home = os.fsencode(tmp_path) + b"/w\xff\xfe"
    done = process("init", home)
    assert done.returncode == 0, done.stderr
    for words in (("--json", "config", "show"), ("doctor",)):
        done = process("--config", home + b"/sources.yaml", *words)
        assert b"Traceback" not in done.stderr
        assert done.returncode in (0, 1), done.stderr
        if words[0] == "--json" and done.returncode == 0:
            json.loads(done.stdout)


def test_I07_without_a_terminal_there_is_no_bar_and_with_one_there_is(collected: Desk) -> None:
    plain = process(*collected.words, "collect", "garbled", "trending")
    assert (plain.returncode, plain.stderr) == (0, b"")
    leader, follower = pty.openpty()
    done = process(*collected.words, "collect", "garbled", "trending", stderr=follower, env={"TERM": "xterm"})
    os.close(follower)
    drawn = os.read(leader, 100_000)
    os.close(leader)
    assert done.returncode == 0
    assert b"collect" in drawn
    assert b"\x1b[" not in done.stdout


def test_130_on_SIGINT_and_the_same_command_goes_on(empty: Desk) -> None:
    with Web() as web:
        empty.change("net: {", "net: {deadline: 20, ")
        empty.write(empty.config.read_text("utf-8").replace(_base(empty), web.base))
        web.special["https://dead.example/feed.xml"] = stalls
        running = subprocess.Popen(
            command(*empty.words, "-v", "collect"), env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            start_new_session=True,
        )  # fmt: skip
        assert running.stderr is not None
        first = running.stderr.readline()  # the run is under way
        os.killpg(running.pid, signal.SIGINT)  # as a terminal does: the workers get it too
        out, err = running.communicate(timeout=60)
    assert json.loads(first)["event"] == "collect"
    assert running.returncode == 130, err
    assert b"Traceback" not in err
    assert "interrupted" in json.loads(err.splitlines()[-1])["text"]
    assert out == b""
    with empty.store() as store:
        assert store.runs(1)[0].outcome == "interrupted"
    with Web() as web:
        empty.write(empty.config.read_text("utf-8").replace(_base(empty), web.base))
        assert empty("collect").code == 0


def _base(desk: Desk) -> str:
    return desk.config.read_text("utf-8").split('replay: "')[1].split('"')[0]


def test_a_killed_run_is_closed_as_killed_at_the_next_start(empty: Desk) -> None:
    with Web() as web:
        empty.write(empty.config.read_text("utf-8").replace(_base(empty), web.base))
        web.special["https://dead.example/feed.xml"] = stalls
        running = subprocess.Popen(command(*empty.words, "-v", "collect"), env=environment(), stderr=subprocess.PIPE)
        assert running.stderr is not None
        running.stderr.readline()
        running.kill()
        running.communicate(timeout=60)
        assert empty("collect", "trending").code == 0
    with empty.store() as store:
        assert [r.outcome for r in store.runs(5)].count("killed") == 1


@pytest.mark.parametrize(
    ("words", "allowed"),
    # typer 0.29 itself loads pydantic to read the parameters of a command
    [(("--help",), set()), (("--version",), set()), (("run", "--help"), {"pydantic"}), (("nope",), {"pydantic"})],
)
def test_help_imports_no_sdk_parser_database_or_template_engine(words: tuple[str, ...], allowed: set[str]) -> None:
    loaded = {name.split(".")[0] for name in loaded_by(*words)}
    assert "digester" in loaded
    assert loaded & set(HEAVY) <= allowed


def test_what_sends_nothing_loads_neither_a_mail_client_nor_channels_that_are_not_set(empty: Desk) -> None:
    empty.write(empty.config.read_text("utf-8") + "channels: {mail: {kind: smtp, sender: news@digest.example}}\n")
    loaded = loaded_by(*empty.words, "status")
    assert "sqlalchemy" in loaded
    assert "smtplib" not in loaded
    assert {m for m in loaded if m.startswith("digester.channels.") and "._" not in m} == {"digester.channels.smtp"}


def loaded_by(*words: str) -> set[str]:
    """The modules that a command has imported when it ends."""
    code = (
        "import sys\nfrom digester.__main__ import main\nsys.argv = ['digester', *sys.argv[1:]]\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "print('MODULES', *sorted(sys.modules))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *words], env=environment(), capture_output=True, text=True, check=True
    )
    return set(done.stdout.rsplit("MODULES", 1)[1].split())


def test_a_command_called_from_another_thread_just_runs(made: Desk) -> None:
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(made, "status").result().code == 0
