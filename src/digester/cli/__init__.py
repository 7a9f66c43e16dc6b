"""Arguments to app to a printed report: the command line.

stdout carries data, stderr progress and messages. Commands import what they need when they run, so that
`--help` and completion load no SDK, parser, database or template engine.
"""

from __future__ import annotations

import sys
from typing import NoReturn

from digester.cli._interrupt import interruptible
from digester.cli._shell import app, complain, explain_error, open_streams
from digester.domain.errors import DigesterError


def main() -> NoReturn:
    """Runs the command line; every expected error is a message and its documented exit code."""
    from digester.cli import (  # noqa: F401 - importing registers the commands
        ab,
        copies,
        demo,
        explain,
        export,
        items,
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
        explain_error(err)
        code = err.exit_code
    except Exception as err:  # noqa: BLE001 - typer's own errors have no common public base; others are raised again
        code = _usage(err)
    sys.exit(code)


def _command() -> int:
    return app(standalone_mode=False) or 0


def _farewell() -> None:
    complain("interrupted; what was done is kept, the same command goes on from there")


def _usage(err: Exception) -> int:
    """Typer's own errors (wrong option, missing argument) as message and exit code 2; others are ours to fix."""
    show, code = getattr(err, "show", None), getattr(err, "exit_code", None)
    if isinstance(code, int):
        if callable(show):
            show()
        return code
    raise err
