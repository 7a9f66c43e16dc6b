"""Bounces and complaints against the list.

Anybody can write such a report, so it counts only when it brings back a Message-ID that was given out (nobody can guess
one), and a bounce only when it names the very recipient that it was given out for. The rule: who does not exist (5.1.1) is
mailed no more; so is who bounced for good in two issues within 90 days, unless the message or its sender was the reason;
so is who complains. What is not delivered is marked as failed in the outbox, which is where bounces are counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from digester.domain.bounces import Finding, findings
from digester.domain.cut import cut, line
from digester.domain.delivery import Delivery
from digester.domain.subscribers import NoAddress, address_of, key_of
from digester.people import suppress

BOUNCED = "bounced: "
REMEMBERED = timedelta(days=90)  # how long a bounce counts; a Message-ID of an older issue is looked for no more
ISSUES = 2  # issues whose mail came back before a person is mailed no more
_OURS = re.compile(r"<[0-9a-f]{32}@[^<>\s]+>")


@dataclass
class Told:
    """What became of messages that were read: bounces for good, delays, complaints, those of no message of ours, those that
    are no report; and who is mailed no more."""

    read: int = 0
    bounced: int = 0
    delayed: int = 0
    complained: int = 0
    not_ours: int = 0
    no_report: int = 0
    left: list[str] = field(default_factory=list)


def take(store: Any, key: bytes, mails: Iterable[bytes], now: datetime) -> Told:
    """Reads messages and acts on those that count. The same one twice changes nothing."""
    told, found = Told(), list[Finding]()
    for mail in mails:
        told.read += 1
        mine = findings(mail)
        told.no_report += not mine
        found += mine
    rows = _given_out(store, {f.message_id for f in found if _OURS.fullmatch(f.message_id)}, now - REMEMBERED)
    for finding in found:
        row = rows.get(finding.message_id)
        if row is None or not _names(finding, row):
            told.not_ours += 1
        elif finding.kind == "delay":
            told.delayed += 1
        else:
            rows[finding.message_id] = _act(store, key, finding, row, now, told)
    return told


def _given_out(store: Any, ids: set[str], since: datetime) -> dict[str, Delivery]:
    """Rows by their Message-ID, looked for in the newest issues first."""
    found: dict[str, Delivery] = {}
    for issue in dict.fromkeys(id_ for id_, _, _, at in store.issues() if at >= since):
        if len(found) == len(ids):
            break
        found |= {r.message_id: r for r in store.deliveries(issue) if r.message_id in ids}
    return found


def _names(finding: Finding, row: Delivery) -> bool:
    """Whether the report is about the recipient of the row; complaints do not say, and are the recipient's own."""
    return finding.kind == "complaint" or key_of(row.recipient) in {_key(a) for a in finding.recipients}


def _key(address: str) -> str:
    try:
        return key_of(address_of(address))
    except NoAddress:
        return ""


def _act(store: Any, key: bytes, finding: Finding, row: Delivery, now: datetime, told: Told) -> Delivery:
    """The row as it stands now."""
    if finding.kind == "complaint":
        told.complained += 1
        _leaves(store, key, row, "complained", now, told)
        return row
    told.bounced += 1
    if not row.last_error.startswith(BOUNCED):
        error = cut(line(f"{BOUNCED}{finding.status or 'without a status'} {finding.said}"), 250)
        row = replace(row, state="failed", changed_at=now, last_error=error, next_at=None)
        store.mark(row)
    if finding.unknown or (finding.lasting and _issues(store, row, now) >= ISSUES):
        _leaves(store, key, row, "bounced", now, told)
    return row


def _leaves(store: Any, key: bytes, row: Delivery, why: str, now: datetime, told: Told) -> None:
    if suppress(store, key, row.recipient, why, now):
        told.left.append(row.recipient)


def _issues(store: Any, row: Delivery, now: datetime) -> int:
    """In how many issues mail to this person came back for good, since they were (last) added to the list."""
    person = key_of(row.recipient)
    known = store.subscriber(person)
    since = max(now - REMEMBERED, known.since) if known else now - REMEMBERED
    return len({
        r.issue_id for r in store.deliveries(states=("failed",))
        if since <= r.changed_at and "@" in r.recipient and key_of(r.recipient) == person and _lasting(r.last_error)
    })  # fmt: skip


def _lasting(error: str) -> bool:
    status = error.removeprefix(BOUNCED).partition(" ")[0]
    return error.startswith(BOUNCED) and Finding("bounce", "", status=status).lasting
