"""What a person asks for: mail to one address, a test, and what would be sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from digester import app
from digester.delivery import Channels, editions_of, hold, message_ids, open_channels, people, send_rows
from digester.domain.delivery import Accepted, Delivery
from digester.domain.errors import NotFound, Refused, UsageError
from digester.domain.issue import Issue
from digester.domain.runs import StepReport
from digester.domain.subscribers import NoAddress, Subscriber, address_of, key_of
from digester.ports import Tell


def rows_to(workspace: app.Workspace, store: Any, channels: Channels, issue: Issue, address: str) -> list[Delivery]:
    """Rows for one address in every channel that mails. Raises UsageError for no address, Refused for who has left."""
    from digester.channels._tokens import person_id
    from digester.pipeline import send

    try:
        address = address_of(address)
    except NoAddress as err:
        raise UsageError(f"--to {address!r} {err}", hint="an address such as me@mail.example") from err
    key = key_of(address)
    listed = next((p for p in people(workspace, store, channels.key) if p.key == key), None)
    known = listed or store.subscriber_by_id(person_id(channels.key, key))
    if known and known.standing == "suppressed":
        raise Refused(f"{address} is not mailed: {known.why or 'suppressed'}", subject=address,
                      hint="`digester subscribers add` takes it back when its owner asks for it")  # fmt: skip
    one = known or Subscriber(key, address, person_id(channels.key, key), (), "active", workspace.now, "--to")
    lines = [x for x in channels.lines if x.channel.personal]
    kind = replace(workspace.kind(issue.kind), channels=None)
    ids, editions = message_ids(channels), editions_of(workspace, store)
    rows = send.planned(issue, kind, lines, [one], editions, ids, workspace.now)
    return [replace(r, extra=True) for r in rows]


def one_more(
    workspace: app.Workspace, store: Any, issue: Issue, channel: str | None, address: str, tell: Tell,
    stopping: Callable[[], bool],
) -> StepReport:  # fmt: skip
    """One copy to one address and to nobody else; who has it already gets no second one."""
    from digester.pipeline import send

    hold.check(workspace, store)
    with open_channels(workspace, store) as channels:
        rows = [r for r in rows_to(workspace, store, channels, issue, address) if channel in (None, r.channel)]
        if not rows:
            raise NotFound(f"no channel mails to {address}", hint="--to needs a channel of kind smtp that is set up")
        store.queue(rows)
        names = {r.recipient for r in rows}
        mine = [r for r in send.todo(store, workspace.now, issue.id, channel, at_once=True) if r.recipient in names]
        return send_rows(workspace, store, channels, mine, tell, stopping)


def try_out(
    workspace: app.Workspace, store: Any, issue: Issue, channel: str | None, address: str
) -> list[tuple[str, str]]:
    """(message, outcome) of a mail in each language to one address; nothing is noted."""
    told = []
    with open_channels(workspace, store) as channels:
        rows = rows_to(workspace, store, channels, issue, address)
        editions, ids = editions_of(workspace, store), message_ids(channels)
        for row in {r.channel: r for r in rows}.values():
            line = next(x for x in channels.lines if x.channel.name == row.channel)
            if channel not in (None, row.channel):
                continue
            for language in line.of(issue):
                id_ = ids(issue.id, language, f"{row.channel}", f"test {workspace.now.isoformat()}")
                with line.channel.open() as session:
                    outcome = session.deliver(
                        editions(issue, language), replace(row, language=language, message_id=id_)
                    )
                word = "accepted" if isinstance(outcome, Accepted) else outcome.error
                told.append((f"{row.channel} {language.upper()} to {row.recipient}", word))
    return told


def forecast(
    workspace: app.Workspace, store: Any, issue: Issue | None, channel: str | None
) -> tuple[list[Delivery], Mapping[str, str]]:
    """Rows that would be sent now, and channels that do not work; nothing is asked or written."""
    from digester.pipeline import send

    with open_channels(workspace, store, dry=True) as channels:
        waiting = send.todo(store, workspace.now, issue.id if issue else None, channel, at_once=issue is not None)
        if issue is not None:
            known = {(r.language, r.channel) for r in store.deliveries(issue.id)}
            fresh = send.planned(issue, workspace.kind(issue.kind), channels.lines, people(workspace, store, channels.key),
                                 editions_of(workspace, store), message_ids(channels), workspace.now)  # fmt: skip
            waiting += [r for r in fresh if (r.language, r.channel) not in known and channel in (None, r.channel)]
    return waiting, channels.absent
