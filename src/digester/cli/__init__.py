"""Arguments to app to a printed report: the command line.

stdout carries data, stderr progress and messages. Commands import what they need when they run, so that
`--help` and completion load no SDK, parser, database or template engine.
"""

from __future__ import annotations

import sys
from typing import NoReturn

from digester.cli._interrupt import interruptible
from digester.cli._shell import app, complain, open_streams
from digester.domain.errors import DigesterError


def main() -> NoReturn:
    """Runs the command line; every expected error is a message and its documented exit code."""
    from digester.cli import (  # noqa: F401 - importing registers the commands
        ab,
        copies,
        demo,
        explain,
        export,
        lint,
        lists,
        lists_coverage,
        lists_trends,
        models,
        notes,
        posts,
        schedule,
        search,
        send,
        serve,
        single,
        site,
        sources_add,
        sources_check,
        sources_opml,
        steps,
        subscribers,
        workspace,
    )

    open_streams()
    try:
        code = interruptible(_command, _farewell)
    except DigesterError as err:
        code = _explain(err)
    except Exception as err:  # noqa: BLE001 - typer's own errors have no common public base; others are raised again
        code = _usage(err)
    sys.exit(code)


def _command() -> int:
    return app(standalone_mode=False) or 0


def _farewell() -> None:
    complain("interrupted; what was done is kept, the same command goes on from there")


def _explain(err: DigesterError) -> int:
    problems = getattr(err, "problems", ())
    head = f"error: {err.subject}: " if err.subject and problems else "error: "
    lines = (
        [f"{head}{len(problems)} problem{'s' * (len(problems) != 1)}", *(f"  {p}" for p in problems)]
        if problems
        else [f"{head}{err}"]
    )
    if err.hint:
        lines.append(f"  hint: {err.hint}")
    complain(*lines)
    return err.exit_code


def _usage(err: Exception) -> int:
    """Typer's own errors (wrong option, missing argument) as message and exit code 2; others are ours to fix."""
    show, code = getattr(err, "show", None), getattr(err, "exit_code", None)
    if isinstance(code, int):
        if callable(show):
            show()
        return code
    raise err
