"""What every command shares: global options, printing, progress, exit codes."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TextIO

import typer

from digester.domain.dates import parse_now
from digester.domain.errors import DigesterError, NotFound, UsageError

if TYPE_CHECKING:
    from digester.app import Workspace

PARTIAL = 3
LONGEST_EVENT = 2_000  # characters of one value in an event: a storm of errors stays readable
_CONTROL = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")  # moves a terminal or forges a line
_PASSWORD = re.compile(r"(?<=://)([^\s/:@\"']*):[^\s/@\"']+@")

app = typer.Typer(
    name="digester", no_args_is_help=True, add_completion=True, pretty_exceptions_enable=False, rich_markup_mode=None,
    help="A newsroom in a box for AI and recommender-systems news. `digester demo` shows it without key or network.",
)  # fmt: skip


@dataclass
class Options:
    """Global options of this invocation."""

    config: Path | None = None
    now: str | None = None
    as_json: bool = False
    quiet: bool = False
    verbose: int = 0
    dry_run: bool = False

    def moment(self) -> datetime:
        """The present, read once."""
        return parse_now(self.now) if self.now else datetime.now(UTC)


options = Options()


def _version(value: bool) -> None:
    if value:
        from digester import __version__

        out(f"digester {__version__}")
        raise typer.Exit


@app.callback()
def _globals(
    config: Annotated[
        Path | None, typer.Option("--config", help="sources.yaml to use; its folder is the workspace.")
    ] = None,
    now: Annotated[
        str | None, typer.Option("--now", metavar="ISO8601", help="Act as if it were this moment (UTC without zone).")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print data as JSON on stdout.")] = False,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="No progress, only errors.")] = False,
    verbose: Annotated[int, typer.Option("-v", "--verbose", count=True, help="Structured events on stderr.")] = 0,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be asked and made; ask and write nothing.")
    ] = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    options.config, options.now, options.as_json = config, now, as_json
    options.quiet, options.verbose, options.dry_run = quiet, verbose, dry_run


def workspace() -> Workspace:
    from digester.app import open_workspace

    return open_workspace(options.config, dict(os.environ), options.moment())


def no_dry_run(command: str) -> None:
    """Refuses --dry-run where it is not known what would be done: it promises that nothing is written."""
    if options.dry_run:
        raise UsageError(f"{command} has no --dry-run", hint="`run`, `collect`, `tick`, `send` and imports have")


def there(file: Path, hint: str) -> Path:
    """The file that a person named. Raises NotFound for one that is not there."""
    if not file.exists():
        raise NotFound(f"there is no file {file}", hint=hint)
    return file


# -------------------------------------------------------------------- writing
def open_streams() -> None:
    """Closed standard streams become /dev/null, so that no file is opened in their place; what the terminal's
    encoding lacks is written as an escape."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # the lowest free number, which is this one
        if getattr(sys, name) is None:
            setattr(sys, name, open(number, "w" if number else "r", encoding="utf-8", closefd=False))  # noqa: SIM115
    if reconfigure := getattr(sys.stdout, "reconfigure", None):
        reconfigure(errors="backslashreplace")


def out(text: str) -> None:
    """A line of data on stdout. A reader that has gone (`| head`) ends nothing; a full disk is an error."""
    try:
        _write(sys.stdout, text)
    except OSError as problem:
        raise DigesterError(f"cannot write the output: {problem.strerror}") from problem


def err(text: str) -> None:
    """A line for people on stderr, unless --quiet."""
    if not options.quiet:
        complain(text)


def complain(*lines: str) -> None:
    """Lines on stderr whatever the options: with -v as one event, like everything else there."""
    lines = tuple(shown(line) for line in lines)
    text = json.dumps({"event": "message", "text": "\n".join(lines)}) if options.verbose else "\n".join(lines)
    with suppress(OSError):
        _write(sys.stderr, text)


def explain_error(err: DigesterError) -> None:
    """What is wrong, all of it, and what to do."""
    problems = getattr(err, "problems", ())
    head = f"error: {err.subject}: " if err.subject and problems else "error: "
    lines = (
        [f"{head}{len(problems)} problem{'s' * (len(problems) != 1)}", *(f"  {p}" for p in problems)]
        if problems
        else [f"{head}{err}"]
    )
    complain(*lines, *([f"  hint: {err.hint}"] if err.hint else []))


def _write(stream: TextIO, text: str) -> None:
    try:
        stream.write(text + "\n")
        stream.flush()
    except OSError as problem:  # what is still buffered must not fail again at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        if not isinstance(problem, BrokenPipeError):
            raise


def shown(text: str) -> str:
    """A line from anywhere as one harmless line: no control character, no password of an address."""
    return _CONTROL.sub(lambda m: f"\\x{ord(m[0]):02x}", masked(text))


def masked(text: str) -> str:
    """`scheme://user:password@host` without the password."""
    return _PASSWORD.sub(r"\1:***@", text)


def as_json(data: Any) -> str:
    """JSON that every terminal's encoding can carry."""
    plain = "utf" not in str(getattr(sys.stdout, "encoding", None) or "utf-8").lower()
    return masked(json.dumps(data, ensure_ascii=plain, indent=1, default=_plain))


def _plain(value: object) -> str:
    """Times and days in ISO 8601, everything else as it prints."""
    return value.isoformat() if isinstance(value, date) else str(value)


def emit(data: Any, lines: Sequence[str]) -> None:
    """The same data for programs (--json) or people."""
    out(as_json(data) if options.as_json else "\n".join(shown(line) for line in lines))


def table(rows: Sequence[Sequence[object]], head: Sequence[str]) -> list[str]:
    """Columns aligned for people; widths in characters."""
    cells = [[str(c) for c in row] for row in [head, *rows]]
    widths = [max(len(r[i]) for r in cells) for i in range(len(head))]
    return ["  ".join(c.ljust(w) for c, w in zip(r, widths, strict=True)).rstrip() for r in cells]


@contextmanager
def progress(title: str) -> Iterator[Callable[[Mapping[str, object]], None]]:
    """`tell` for steps: a bar on a terminal, JSON events with -v, silence otherwise."""
    if options.verbose:
        yield _events()
    elif sys.stderr.isatty() and not options.quiet:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

        columns = (
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[last]}", markup=False),
        )
        with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task(title, total=None, last="")
            yield lambda event: bar.update(
                task, advance=1, last=str(event.get("source") or event.get("subject") or "")[:60]
            )
    else:
        yield lambda event: None


def _events() -> Callable[[Mapping[str, object]], None]:
    """One canonical JSON line a subject and step (structlog)."""
    import structlog

    structlog.configure(
        processors=[
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(ensure_ascii=True),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    log = structlog.get_logger().bind(run=_run_id())
    return lambda event: log.info(
        str(event.get("event", "")), **{k: _value(v) for k, v in event.items() if k != "event" and v is not None}
    )


def _value(value: object) -> object:
    return masked(value)[:LONGEST_EVENT] if isinstance(value, str) else value


def _run_id() -> str:
    import uuid

    return uuid.uuid4().hex[:12]
