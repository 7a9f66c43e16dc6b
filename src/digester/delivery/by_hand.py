"""What a person asks for: mail to one address, a test, and what would be sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, NoReturn

from digester import app
from digester.delivery import (
    Channels,
    editions_of,
    hold,
    message_ids,
    open_channels,
    people,
    planned,
    send_rows,
    unqueued,
)
from digester.domain.delivery import Accepted, Delivery
from digester.domain.errors import DigesterError, NotFound, Refused, UsageError
from digester.domain.issue import Issue
from digester.domain.runs import StepReport
from digester.domain.subscribers import NoAddress, Subscriber, address_of, key_of
from digester.ports import Tell


def person(workspace: app.Workspace, store: Any, channels: Channels, address: str) -> Subscriber:
    """Whose address it is. Raises UsageError for no address, Refused for who has left."""
    from digester.channels._tokens import person_id

    try:
        address = address_of(address)
    except NoAddress as err:
        raise UsageError(f"{address!r} {err}", hint="an address such as me@mail.example") from err
    key = key_of(address)
    listed = next((p for p in people(workspace, store, channels.key) if p.key == key), None)
    known = listed or store.subscriber_by_id(person_id(channels.key, key))
    if known and known.standing == "suppressed":
        raise Refused(f"{address} is not mailed: {known.why or 'suppressed'}", subject=address,
                      hint="`digester subscribers add` takes it back when its owner asks for it")  # fmt: skip
    return known or Subscriber(key, address, person_id(channels.key, key), (), "active", workspace.now, "--to")


def rows_to(
    workspace: app.Workspace, store: Any, channels: Channels, issue: Issue, channel: str | None, address: str
) -> list[Delivery]:
    """Rows for one address in every channel that mails, or in one of them, at least one."""
    one = person(workspace, store, channels, address)
    names = [x.channel.name for x in channels.lines if x.channel.personal and channel in (None, x.channel.name)]
    kind = replace(workspace.kind(issue.kind), channels=None)
    rows = [replace(r, extra=True) for r in planned(workspace, store, channels, issue, names, kind, [one])]
    return rows or _nobody(channels, channel, address)


def trials(
    workspace: app.Workspace, store: Any, channels: Channels, issue: Issue, channel: str | None, address: str
) -> list[Delivery]:
    """A test mail in each language of each channel that mails, at least one, as rows that nobody keeps."""
    one, ids, now = person(workspace, store, channels, address), message_ids(channels), workspace.now
    rows = [
        Delivery(issue.id, language, name, one.address, issue.revision,
                 ids(issue.id, language, name, f"test {now.isoformat()}"), "pending", now, now)
        for line in channels.lines if line.channel.personal and channel in (None, name := line.channel.name)
        for language in line.of(issue)
    ]  # fmt: skip
    return rows or _nobody(channels, channel, address)


def _nobody(channels: Channels, channel: str | None, address: str) -> NoReturn:
    why = [f"{name}: {why}" for name, why in channels.absent.items() if channel in (None, name)]
    if why:
        raise DigesterError(
            f"nothing was sent to {address}: {'; '.join(why)}", hint="`digester doctor` looks at the channels"
        )
    hint = "it needs a channel of kind smtp in a language of the issue"
    raise NotFound(f"no channel mails this issue to {address}", hint=hint)


def one_more(
    workspace: app.Workspace, store: Any, issue: Issue, channel: str | None, address: str, tell: Tell,
    stopping: Callable[[], bool],
) -> StepReport:  # fmt: skip
    """One copy to one address and to nobody else. Who has it already, or may have it, gets no second one, and the report
    says so; whose mail was refused gets another try."""
    hold.check(workspace, store)
    with open_channels(workspace, store) as channels:
        rows = rows_to(workspace, store, channels, issue, channel, address)
        store.queue(rows)
        found = [r for row in rows if (r := store.delivery(row.issue_id, row.language, row.channel, row.recipient))]
        again = [
            replace(r, state="pending", queued_at=workspace.now, next_at=None) for r in found if r.state == "failed"
        ]
        for row in again:
            store.mark(row)
        mine = [r for r in found if r.state == "pending"] + again
        report = send_rows(workspace, store, channels, mine, tell, stopping)
    there = [f"{r.channel} {r.language.upper()} {r.recipient}: {r.state.replace('_', ' ')} before"
             for r in found if r.state not in ("pending", "failed")]  # fmt: skip
    return replace(report, notes=(*report.notes, *there))


def try_out(
    workspace: app.Workspace, store: Any, issue: Issue, channel: str | None, address: str
) -> list[tuple[str, str]]:
    """(message, outcome) of a mail in each language to one address; nothing is noted."""
    told = []
    with open_channels(workspace, store) as channels:
        editions = editions_of(workspace, store)
        for row in trials(workspace, store, channels, issue, channel, address):
            line = next(x for x in channels.lines if x.channel.name == row.channel)
            with line.channel.open() as session:
                outcome = session.deliver(editions(issue, row.language), row)
            word = "accepted" if isinstance(outcome, Accepted) else outcome.error
            told.append((f"{row.channel} {row.language.upper()} to {row.recipient}", word))
    return told


def forecast(
    workspace: app.Workspace, store: Any, issue: Issue | None, channel: str | None
) -> tuple[list[Delivery], Mapping[str, str]]:
    """Rows that `delivery.deliver` would send now, and why channels do not work; nothing is asked or written. Raises
    Refused while the outbox is on hold."""
    from digester.pipeline import send

    hold.check(workspace, store, dry=True)
    with open_channels(workspace, store, dry=True) as channels:
        able = {x.channel.name for x in channels.lines if channel in (None, x.channel.name)}
        due = send.todo(store, workspace.now, issue.id if issue else None, channel, at_once=issue is not None)
        rows = [r for r in due if r.channel in able]
        new = {issue.id: able} if issue else {id_: names & able for id_, names in unqueued(workspace, store).items()}
        for id_, names in new.items():
            if names and (record := issue or store.issue(id_)) is not None:
                wanted = planned(workspace, store, channels, record, names)
                for some in send.unsent(store, wanted, channels.lines, workspace.now):
                    rows += some
    return rows, {name: why for name, why in channels.absent.items() if channel in (None, name)}


def forecast_to(
    workspace: app.Workspace, store: Any, issue: Issue, channel: str | None, address: str, test: bool
) -> list[Delivery]:
    """Rows that `try_out`, or without `test` `one_more`, would send."""
    if not test:
        hold.check(workspace, store, dry=True)
    with open_channels(workspace, store, dry=True) as channels:
        if test:
            return trials(workspace, store, channels, issue, channel, address)
        rows = rows_to(workspace, store, channels, issue, channel, address)
        known = [store.delivery(r.issue_id, r.language, r.channel, r.recipient) for r in rows]
    return [r for r, old in zip(rows, known, strict=True) if old is None or old.state in ("pending", "failed")]
