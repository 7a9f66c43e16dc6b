"""send: what is queued to its channels, and what a person decides about it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from digester.cli._sending import draining, left_over
from digester.cli._shell import PARTIAL, app, emit, options, workspace
from digester.cli.steps import Date, as_data, step_lines, target, unmade, working
from digester.domain.errors import NotFound, UsageError
from digester.domain.ids import issue_id

if TYPE_CHECKING:
    from digester.domain.delivery import Delivery
    from digester.domain.issue import Issue

Issues = Annotated[
    str | None,
    typer.Argument(metavar="[ISSUE]", help="An issue, also as rec-weekly/2026-W25; default: all that waits."),
]
LISTED = 20  # rows that a dry run and the rows in doubt are shown by


@app.command()
def send(
    issue: Issues = None,
    date: Date = None,
    channel: Annotated[str | None, typer.Option("--channel", metavar="C", help="Only this channel.")] = None,
    to: Annotated[str | None, typer.Option("--to", metavar="ADDRESS", help="To this address, too, once.")] = None,
    test: Annotated[str | None, typer.Option("--test", metavar="ADDRESS", help="A test mail to yourself; nothing is noted.")] = None,
    resolve: Annotated[str | None, typer.Option("--resolve", metavar="sent|again", help="Decide about what is in doubt: it was sent, or send it again.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Try again what a channel refused, mail aside; overwrite pages that were edited by hand.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be sent; send and note nothing.")] = False,
) -> None:  # fmt: skip
    """Send what waits: each message once. 3 when something is left, failed or in doubt."""
    if issue is None and (to or test):
        raise UsageError(
            "--to and --test need an ISSUE", hint="such as `digester send rec-weekly --test me@mail.example`"
        )
    if resolve not in (None, "sent", "again"):
        raise UsageError(f"--resolve {resolve!r} means nothing", hint="`sent`: it was sent; `again`: send it again")
    known = [c.name for c in workspace().settings.channels]
    if not known:
        raise NotFound("no channel is set", hint="name one under `channels:` in sources.yaml; see docs/delivery.md")
    if channel not in (None, *known):
        raise NotFound(f"there is no channel called {channel!r}", hint=f"known: {', '.join(known)}")
    if dry_run or options.dry_run:
        if resolve:
            raise UsageError("--resolve has no --dry-run", hint="`digester status` says what is in doubt")
        return _dry(issue, date, channel, test or to, bool(test))
    if test:
        return _test(issue or "", date, channel, test)
    return _send(issue, date, channel, to, resolve, force)  # type: ignore[arg-type]


def _send(
    issue: str | None,
    date: str | None,
    channel: str | None,
    to: str | None,
    resolve: Literal["sent", "again"] | None,
    force: bool,
) -> None:
    from digester import delivery
    from digester.delivery import by_hand, hold

    with working("send", *_named(issue, date)) as (ws, powers, tell, note):
        record = _record(powers.store, issue, date)
        if resolve:
            delivery.died(ws, powers.store)
            changed = hold.resolve(ws, powers.store, resolve == "again", record.id if record else None, channel)
        with draining() as stopping:
            report = (
                by_hand.one_more(ws, powers.store, record, channel, to, tell, stopping)
                if to and record
                else delivery.deliver(ws, powers.store, tell, stopping, only=record, channel=channel, force=force)
            )
        assert report is not None  # noqa: S101 - there are channels
        note((report,))
        doubtful = powers.store.deliveries(record.id if record else None, ("in_doubt",))
        waiting = powers.store.deliveries(record.id if record else None, ("pending",))
    lines = [f"resolved  {changed} messages"] if resolve else []
    emit(
        {**as_data(report), "in_doubt": [_data(r) for r in doubtful], "waiting": len(waiting)},
        [*lines, *step_lines(report), *(f"in doubt  {line}" for line in _rows(doubtful)), *_put_off(waiting)],
    )
    if left_over(report) or doubtful or waiting:
        raise typer.Exit(PARTIAL)


def _named(issue: str | None, date: str | None) -> tuple[str, str]:
    if issue is None:
        return "", ""
    kind, period = target(workspace(), issue, date)
    return kind.slug, period


def _record(store: Any, issue: str | None, date: str | None) -> Issue | None:
    if issue is None:
        return None
    kind, period = target(workspace(), issue, date)
    record: Issue | None = store.issue(issue_id(kind.slug, period))
    if record is None:
        raise unmade(kind, period)
    return record


def _test(issue: str, date: str | None, channel: str | None, to: str) -> None:
    """One mail a language to the operator; no row, no record of a run."""
    from digester import app as house
    from digester.delivery import by_hand

    ws = workspace()
    with house.open_store(ws, make=False) as store:
        record = _record(store, issue, date)
        assert record is not None  # noqa: S101 - an issue was named
        outcomes = by_hand.try_out(ws, store, record, channel, to)
    emit([{"message": m, "outcome": o} for m, o in outcomes], [f"{m}: {o}" for m, o in outcomes])
    if any(o != "accepted" for _, o in outcomes):
        raise typer.Exit(PARTIAL)


def _dry(issue: str | None, date: str | None, channel: str | None, address: str | None, test: bool) -> None:
    from digester import app as house
    from digester.delivery import by_hand

    ws = workspace()
    with house.open_store(ws, make=False) as store:
        record = _record(store, issue, date)
        rows, absent = (
            (by_hand.forecast_to(ws, store, record, channel, address, test), {})
            if record and address
            else by_hand.forecast(ws, store, record, channel)
        )
    data = {"messages": [_data(r) for r in rows], "absent": dict(absent)}
    lines = [f"{len(rows)} messages would be sent", *_rows(rows), *(f"{name}: {why}" for name, why in absent.items())]
    emit(data, lines)


def _put_off(rows: Sequence[Delivery]) -> list[str]:
    moments = [r.next_at for r in rows if r.next_at]
    return [f"waiting   {len(rows)} messages, the next attempt {min(moments):%Y-%m-%d %H:%M} UTC"] if moments else []


def _data(row: Delivery) -> dict[str, Any]:
    names = ("issue_id", "language", "channel", "recipient", "state", "attempts", "last_error")
    return {name: getattr(row, name) for name in names}


def _rows(rows: Sequence[Delivery]) -> list[str]:
    told = [f"{r.issue_id} {r.language} {r.channel} {r.recipient} {r.last_error}".rstrip() for r in rows[:LISTED]]
    return told + ([f"and {len(rows) - LISTED} more; --json has them"] if len(rows) > LISTED else [])
