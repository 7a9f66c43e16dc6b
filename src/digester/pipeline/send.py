"""send: rows of the outbox to their channels, each once.

Rows are queued once for an issue, a language and a channel, in one transaction, so whoever subscribes later gets the next
issue. A row says `sending` before its message leaves and what became of it after: a run that dies in between leaves one row
in doubt, which no later run sends by itself. Rows are claimed one by one, so that even two senders at once, whose lock was
lost with a connection to the database, do not send the same one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from digester.domain.delivery import KEPT_TRYING, Accepted, Delivery, Edition, Failed, Later, Outcome, counted, marked
from digester.domain.errors import DigesterError
from digester.domain.issue import Issue, IssueKind
from digester.domain.runs import Failure, StepReport
from digester.domain.subscribers import Subscriber, key_of
from digester.ports import Tell
from digester.ports.delivery import Channel, Outbox

DAY = timedelta(days=1)
GIVEN_UP = "not accepted within {} days; the last answer: {}"
LEFT = "has left the list"
_PART = re.compile("(?:[0-9]+/[0-9]+)?")  # of a post; what else a channel without readers names are several places


@dataclass(frozen=True)
class Line:
    """A channel that works, and the languages that it sends (all of an issue when none are named)."""

    channel: Channel
    languages: tuple[str, ...] = ()

    def of(self, issue: Issue) -> tuple[str, ...]:
        return tuple(x for x in issue.languages if not self.languages or x in self.languages)


Editions = Callable[[Issue, str], Edition]
MessageId = Callable[[str, str, str, str], str]  # issue id, language, channel, recipient


def lines_of(kind: IssueKind, lines: Sequence[Line]) -> list[Line]:
    """The channels that issues of the kind go to."""
    return [x for x in lines if kind.channels is None or x.channel.name in kind.channels]


def readers(issue: Issue, line: Line, language: str, people: Iterable[Subscriber]) -> list[str]:
    """Addresses that get this language through this channel: those who asked for it, and who asked for none get the first."""
    first = line.of(issue)[:1]
    return [p.address for p in people if p.standing == "active" and language in (p.languages or first)]


def planned(
    issue: Issue, kind: IssueKind, lines: Sequence[Line], people: Sequence[Subscriber], editions: Editions,
    message_id: MessageId, now: datetime,
) -> list[Delivery]:  # fmt: skip
    """Every row that the issue has when it is queued whole."""
    rows = []
    for line in lines_of(kind, lines):
        for language in line.of(issue):
            name = line.channel.name
            to = (
                readers(issue, line, language, people)
                if line.channel.personal
                else line.channel.parts(editions(issue, language))
            )
            rows += [
                Delivery(issue.id, language, name, one, issue.revision, message_id(issue.id, language, name, one),
                         "pending", now, now)
                for one in to
            ]  # fmt: skip
    return rows


def queue(box: Outbox, rows: Sequence[Delivery], lines: Sequence[Line], now: datetime) -> int:
    """Does what `unsent` says. How many rows are to be sent because of it."""
    fresh, again = unsent(box, rows, lines, now)
    for row in again:
        box.mark(row)
    return box.queue(fresh) + len(again)


def unsent(
    box: Outbox, rows: Sequence[Delivery], lines: Sequence[Line], now: datetime
) -> tuple[list[Delivery], list[Delivery]]:
    """Rows of issue, language and channel that have none yet; and rows that are there and due again, since a further
    revision is sent over what was sent before on channels that can."""
    updating = {x.channel.name for x in lines if x.channel.updates}
    known: dict[str, Sequence[Delivery]] = {i: box.deliveries(i) for i in {r.issue_id for r in rows}}
    groups = {(r.issue_id, r.language, r.channel) for found in known.values() for r in found if not r.extra}
    before = {(r.issue_id, r.language, r.channel, r.recipient): r for found in known.values() for r in found}
    fresh, again = [], []
    for row in rows:
        old = before.get((row.issue_id, row.language, row.channel, row.recipient))
        if old is None and (row.issue_id, row.language, row.channel) not in groups:
            fresh.append(row)
        elif old and row.channel in updating and old.revision < row.revision and old.state in ("accepted", "failed"):
            again.append(replace(old, revision=row.revision, state="pending", queued_at=now, changed_at=now,
                                 attempts=0, next_at=None))  # fmt: skip
    return fresh, again


@dataclass(frozen=True)
class Sending:
    """What sending may use. `published` says why the web copy cannot be read yet ("" when it can, or there is none);
    `stopping` whether the process was asked to end."""

    box: Outbox
    lines: Sequence[Line]
    issue: Callable[[str], Issue | None]
    kinds: Mapping[str, IssueKind]
    editions: Editions
    published: Callable[[str], str]
    people: Sequence[Subscriber]
    stopping: Callable[[], bool] = lambda: False


def todo(box: Outbox, now: datetime, issue_id: str | None = None, channel: str | None = None,
         at_once: bool = False) -> list[Delivery]:  # fmt: skip
    """Rows that wait and are due, oldest first."""
    rows = [r for r in box.deliveries(issue_id, ("pending",), channel) if at_once or not r.next_at or r.next_at <= now]
    return sorted(rows, key=lambda r: (r.queued_at, r.issue_id, r.channel, r.language))


def run(powers: Sending, rows: Sequence[Delivery], now: datetime, tell: Tell) -> StepReport:
    """Tries every row once; those of one issue, language and channel one after another over one connection."""
    by_name = {x.channel.name: x.channel for x in powers.lines}
    groups: dict[tuple[str, str, str], list[Delivery]] = {}
    for row in rows:
        groups.setdefault((row.issue_id, row.language, row.channel), []).append(row)
    failures, stopped = [], set[str]()
    mailed = {p.key for p in powers.people if p.standing == "active"}
    for (issue_id, language, name), mine in groups.items():
        issue, channel = powers.issue(issue_id), by_name.get(name)
        if name in stopped or powers.stopping():
            continue
        alive = [r for r in mine if not _over(powers, r, mailed, now)]
        if issue is None or channel is None:
            continue
        edition = powers.editions(issue, language)
        if edition.url and alive and (why := powers.published(edition.url)):
            failures.append(Failure(f"{name} {issue_id} {language}", f"waits for its web copy: {why}"))
            continue
        if not channel.personal and (fault := _earlier_part(powers.box, alive, now)):
            failures.append(Failure(f"{name} {issue_id} {language}", fault))
            continue
        if fault := _serve(powers, channel, edition, alive, now, tell):
            failures.append(Failure(f"{name} {issue_id} {language}", fault))
            stopped.add(name)
    return _report(powers.box, rows, failures)


def _over(powers: Sending, row: Delivery, mailed: set[str], now: datetime) -> bool:
    """Marks and leaves out what is not sent any more: who left since it was queued, and what waited too long, be it for a
    channel that is gone."""
    kind = powers.kinds.get(row.issue_id.partition("/")[0])
    limit = KEPT_TRYING[kind.cadence if kind else "weekly"]
    outcome: Outcome | None = None
    if "@" in row.recipient and not row.extra and key_of(row.recipient) not in mailed:
        outcome = Failed(LEFT)
    elif now - row.queued_at > limit:
        outcome = Failed(GIVEN_UP.format(limit.days, row.last_error or "none"))
    if outcome:
        powers.box.mark(replace(marked(row, outcome, now), attempts=row.attempts))
    return outcome is not None


def _earlier_part(box: Outbox, rows: Sequence[Delivery], now: datetime) -> str:
    """Why the parts of a post cannot follow yet: one before them was not taken. After a refusal they never will."""
    if not rows or not _PART.fullmatch(rows[0].recipient):
        return ""
    first = min(r.recipient for r in rows)
    of = box.deliveries(rows[0].issue_id, channel=rows[0].channel)
    before = [r for r in of if r.language == rows[0].language and r.recipient < first and r.state != "accepted"]
    if refused := next((r for r in before if r.state == "failed"), None):
        for row in rows:
            box.mark(marked(row, Failed(f"part {refused.recipient} was refused"), now))
    return f"part {before[0].recipient} comes first: {before[0].last_error}" if before else ""


def _serve(
    powers: Sending, channel: Channel, edition: Edition, rows: Sequence[Delivery], now: datetime, tell: Tell
) -> str:
    """Sends rows through one open channel; why it stopped before the last of them, "" when it did not."""
    left = _allowance(powers.box, channel, now)
    if not rows:
        return ""
    tried: list[Delivery] = []
    with channel.open() as session, closing(_Notes(powers.box)) as notes:
        pause = getattr(session, "pause", None)  # between two messages, of channels that keep a pace
        for row in rows:
            if pause and notes.last:
                notes.close()
                pause()
            if powers.stopping():
                return "the process was asked to end"
            if left is not None and left <= 0:
                return f"{channel.daily} messages a day were reached; the rest follows"
            sending = replace(row, state="sending", revision=edition.issue.revision, changed_at=now)
            if _left(powers.box, row, now) or not notes.claim(sending):
                continue
            left = None if left is None else left - 1
            try:
                outcome = session.deliver(edition, sending)
            except DigesterError as err:  # a library or a key is missing: nothing was sent
                outcome = Later(f"{err}{f'; {err.hint}' if err.hint else ''}", stop=True)
            notes.last = marked(sending, outcome, now)
            _say(notes.last, tell)
            if isinstance(outcome, Later) and outcome.stop:
                for one in tried[len(tried) - outcome.before :]:
                    powers.box.mark(again := marked(one, outcome, now))
                    _say(again, tell)
                return outcome.error
            tried.append(sending)
            if not channel.personal and _PART.fullmatch(row.recipient) and not isinstance(outcome, Accepted):
                return outcome.error  # the parts of a post follow one another
    return ""


def _say(row: Delivery, tell: Tell) -> None:
    tell({"event": "delivery", "subject": f"{row.issue_id} {row.language}", "channel": row.channel,
          "state": row.state, "error": row.last_error or None})  # fmt: skip


class _Notes:
    """What became of the last message is noted together with the claim of the next one, which halves the waiting for the
    disk: there is one row that says `sending` all the time, so a run that dies leaves no more in doubt than one."""

    def __init__(self, box: Outbox) -> None:
        self._box = box
        self.last: Delivery | None = None

    def claim(self, row: Delivery) -> bool:
        claimed, self.last = self._box.claim(row, self.last), None
        return claimed

    def close(self) -> None:
        if self.last:
            self._box.mark(self.last)
        self.last = None


def _left(box: Outbox, row: Delivery, now: datetime) -> bool:
    """Whether its reader has left, perhaps a moment ago: then it is marked so."""
    reader = box.subscriber(key_of(row.recipient)) if "@" in row.recipient else None
    if gone := reader is not None and reader.standing == "suppressed":
        box.mark(replace(row, state="failed", changed_at=now, last_error=LEFT, next_at=None))
    return gone


def _allowance(box: Outbox, channel: Channel, now: datetime) -> int | None:
    """How many more may be sent today; None for any number."""
    return max(channel.daily - box.sent_since(channel.name, now - DAY), 0) if channel.daily else None


def _report(box: Outbox, rows: Sequence[Delivery], failures: Sequence[Failure]) -> StepReport:
    tried = {(r.issue_id, r.language, r.channel) for r in rows}
    after = [r for i in sorted({r.issue_id for r in rows}) for r in box.deliveries(i)]
    after = [r for r in after if (r.issue_id, r.language, r.channel) in tried]
    states = [r.state for r in after]
    mine = {(r.issue_id, r.language, r.channel, r.recipient) for r in rows}
    done = sum(r.state == "accepted" for r in after if (r.issue_id, r.language, r.channel, r.recipient) in mine)
    extra = {s: states.count(s) for s in ("failed", "in_doubt", "pending")}
    notes = tuple(str(c) for c in counted(after))
    return StepReport("send", len(rows), done, len(rows) - done, tuple(failures), extra=extra, notes=notes)
