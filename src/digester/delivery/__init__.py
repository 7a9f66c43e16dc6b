"""Composition of delivery: settings, environment and store to channels, people and editions.

A secret that is missing is a normal condition: the channel is named with the reason, its rows wait. `hold` knows when nothing
may be sent, `by_hand` what a person asks for: one address, a test, a forecast.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from digester import __version__, app
from digester.delivery import hold
from digester.domain.dates import window
from digester.domain.delivery import Delivery, Edition
from digester.domain.ids import issue_id
from digester.domain.issue import Issue, IssueKind
from digester.domain.runs import Failure, StepReport
from digester.domain.site import in_language
from digester.domain.subscribers import Subscriber, key_of
from digester.files import secret
from digester.ports import Tell

if TYPE_CHECKING:
    from digester.pipeline.send import Line, Sending
    from digester.ports.delivery import Wire

KEY = "outbox.key"  # of the workspace: what message ids and links to unsubscribe are made with
HOPS = 3  # requests after which a web copy that leads from address to address is not there
NO_DOMAIN = "digester.invalid"  # of ids that stand in no mail


# ------------------------------------------------------------------ secrets
def workspace_key(store: Any, make: bool = True) -> bytes:
    """Made once and kept (with `make` false it is not kept); a new one ends every link to unsubscribe."""
    if (key := store.kept(KEY)) is None:
        key = secrets.token_hex(32)
        if make:
            store.keep(KEY, key)
    return bytes.fromhex(key)


# ----------------------------------------------------------------- channels
@dataclass(frozen=True)
class Channels:
    """Those that work, and why others do not, by name."""

    lines: Sequence[Line]
    absent: Mapping[str, str]
    wire: Wire
    key: bytes


@contextmanager
def open_channels(workspace: app.Workspace, store: Any, force: bool = False, dry: bool = False) -> Iterator[Channels]:
    """The channels of the workspace; with `dry` not even a key is made."""
    from digester.channels import KINDS
    from digester.net.wire import HttpWire
    from digester.pipeline.send import Line
    from digester.ports.delivery import ChannelPowers

    wire = HttpWire(f"digester/{__version__}")
    env = workspace.env
    key = workspace_key(store, make=not dry)
    powers = ChannelPowers(wire, app.clock_of(workspace), lambda name: secret(env, name), key, str(workspace.out))
    lines, absent = [], {}
    for line in workspace.settings.channels:
        kind = KINDS[line.kind]
        if missing := [n for n in kind.secrets(line.params) if not secret(env, n)]:
            absent[line.name] = f"{' and '.join(missing)} {'is' if len(missing) == 1 else 'are'} not set"
            continue
        try:
            channel = kind(line.name, line.params, powers)
        except ValueError as err:  # what a variable holds is not what the channel needs; it says so without showing it
            absent[line.name] = f"{', '.join(kind.secrets(line.params))}: {err}"
            continue
        if force and hasattr(channel, "force"):
            channel.force = True
        lines.append(Line(channel, line.languages))
    try:
        yield Channels(lines, absent, wire, key)
    finally:
        wire.close()


def people(workspace: app.Workspace, store: Any, key: bytes) -> list[Subscriber]:
    """Who gets mail: subscribers, and the recipients of sources.yaml; one row a person, suppressed ones say so."""
    from digester.channels._tokens import person_id

    found = {s.key: s for s in store.subscribers()}
    marks = {s.id for s in found.values() if not s.address}  # who was erased, or left without being on the list
    for line in workspace.settings.recipients:
        k = key_of(line.address)
        made = Subscriber(k, line.address, person_id(key, k), line.languages, "active", workspace.now, "sources.yaml")
        found.setdefault(k, replace(made, standing="suppressed") if made.id in marks else made)
    return [found[k] for k in sorted(found)]


# ----------------------------------------------------------------- editions
def editions_of(workspace: app.Workspace, store: Any) -> Callable[[Issue, str], Edition]:
    """Issues in a language with what is stored of them; the last ones are kept at hand."""

    @lru_cache(maxsize=4)
    def stored(id_: str, revision: int) -> Any:
        return [a for a in store.artifacts(id_) if a.revision == revision]

    def edition(issue: Issue, language: str) -> Edition:
        mine = {a.output: a for a in stored(issue.id, issue.revision) if a.language in (language, "")}
        site = workspace.settings.site
        kind = workspace.settings.issues.get(issue.kind)
        series = in_language(kind.titles, language).replace("{period}", "").strip(" -:·：") if kind else issue.kind
        return Edition(issue, language, series, mine, site.address(site.article(issue.slug, language)))

    return edition


def sending(workspace: app.Workspace, store: Any, channels: Channels, stopping: Callable[[], bool]) -> Sending:
    from digester.pipeline.send import Sending

    return Sending(
        store, channels.lines, lru_cache(maxsize=4)(store.issue), workspace.settings.issues,
        editions_of(workspace, store), lru_cache(maxsize=64)(lambda url: _unread(channels.wire, url)),
        people(workspace, store, channels.key), stopping,
    )  # fmt: skip


def _unread(wire: Wire, url: str) -> str:
    """Why the web copy cannot be read yet; "" when it answers 200, perhaps elsewhere on its host: some take off `.html`."""
    from digester.ports.delivery import Call, Unanswered

    place, why = url, ""
    for _ in range(HOPS):
        answer = wire.ask(Call("GET", place))
        if isinstance(answer, Unanswered):
            return f"{url}: {answer.message}"
        if answer.status == 200:
            return ""
        why = f"{url} answers {answer.status}"
        place = urljoin(place, answer.headers.get("location", ""))
        if answer.status not in (301, 302, 303, 307, 308) or urlsplit(place).hostname != urlsplit(url).hostname:
            break
    return why


def unqueued(workspace: app.Workspace, store: Any) -> dict[str, set[str]]:
    """Issues that should be in the outbox of channels and are not, by issue id. By itself only the latest issue of a kind
    goes out, so that nothing made up for later, or made again, is mailed unasked."""
    from digester.pipeline.due import latest

    frozen: dict[str, int] = {}
    for id_, revision, state, _ in store.issues():  # newest revision first
        if state == "frozen":
            frozen.setdefault(id_, revision)
    found: dict[str, set[str]] = {}
    for slug, kind in workspace.settings.issues.items():
        id_ = issue_id(slug, latest(kind, workspace.now))
        if id_ in frozen and not _before_restore(workspace, store, kind, id_):
            names = [c.name for c in workspace.settings.channels if kind.channels is None or c.name in kind.channels]
            if missing := {n for n in names if store.kept(_queued(n, slug)) != f"{id_}@{frozen[id_]}"}:
                found[id_] = missing
    return found


def planned(
    workspace: app.Workspace, store: Any, channels: Channels, issue: Issue, names: Collection[str],
    kind: IssueKind | None = None, readers: Sequence[Subscriber] | None = None,
) -> list[Delivery]:  # fmt: skip
    """Every row that an issue has in channels that work, by name; `kind` and `readers` in the place of the workspace's."""
    from digester.pipeline import send

    lines = [x for x in channels.lines if x.channel.name in names]
    whom = people(workspace, store, channels.key) if readers is None else readers
    return send.planned(issue, kind or workspace.kind(issue.kind), lines, whom, editions_of(workspace, store),
                        message_ids(channels), workspace.now)  # fmt: skip


def queue(workspace: app.Workspace, store: Any, channels: Channels, issue: Issue, names: Collection[str]) -> None:
    """Rows of an issue for channels that work, by name, and that it was done."""
    from digester.pipeline import send

    rows = planned(workspace, store, channels, issue, names)
    send.queue(store, rows, channels.lines, workspace.now)
    for name in {x.channel.name for x in channels.lines} & set(names):
        store.keep(_queued(name, issue.kind), f"{issue.id}@{issue.revision}")


def _queued(channel: str, kind: str) -> str:
    """The name under which the newest issue of a kind that a channel was given is kept."""
    return f"outbox.queued.{channel}.{kind}"


def _before_restore(workspace: app.Workspace, store: Any, kind: IssueKind, id_: str) -> bool:
    until = store.kept(hold.UNTIL)
    return bool(until) and window(kind, id_.partition("/")[2]).end <= datetime.fromisoformat(until)


def message_ids(channels: Channels) -> Callable[[str, str, str, str], str]:
    """Message-ID of a row: the same whenever it is asked for, in any revision, and nobody can guess it."""
    from digester.channels._tokens import person_id

    names = {x.channel.name: getattr(getattr(x.channel, "sender", None), "domain", NO_DOMAIN) for x in channels.lines}
    return lambda *parts: f"<{person_id(channels.key, '|'.join(parts))}@{names[parts[2]]}>"


def deliver(
    workspace: app.Workspace, store: Any, tell: Tell, stopping: Callable[[], bool],
    only: Issue | None = None, channel: str | None = None, force: bool = False,
) -> StepReport | None:  # fmt: skip
    """Queues what should be sent and sends what waits; None in a workspace without channels. `only` is an issue that a
    person named: it is queued whatever its age, and nothing else is sent, but also what was put off. Raises Refused while
    the outbox is on hold."""
    from digester.pipeline import send

    if not workspace.settings.channels:
        return None
    hold.check(workspace, store)
    with open_channels(workspace, store, force) as channels:
        died(workspace, store)
        queue_due(workspace, store, channels, only, channel)
        if force and only is not None:
            _refused_again(store, channels, only, channel, workspace.now)
        rows = send.todo(store, workspace.now, only.id if only else None, channel, at_once=only is not None)
        report = send_rows(workspace, store, channels, rows, tell, stopping)
    gone = {r.channel for r in rows} - {c.name for c in workspace.settings.channels}
    absent = {**channels.absent, **dict.fromkeys(sorted(gone), "there is no such channel in sources.yaml")}
    waiting = {r.channel for r in send.todo(store, workspace.now, None, None, at_once=True)}
    told = [
        Failure(name, f"{why}; its messages wait" if name in waiting else why)
        for name, why in absent.items()
        if channel in (None, name)
    ]
    return replace(report, failures=(*report.failures, *told))


def died(workspace: app.Workspace, store: Any) -> None:
    """What was being sent when a run died is in doubt, or waits again where sending twice does no harm. For the holder of
    the lock."""
    from digester.channels import KINDS

    store.doubt(workspace.now, {c.name for c in workspace.settings.channels if KINDS[c.kind].updates})


def send_rows(
    workspace: app.Workspace, store: Any, channels: Channels, rows: Sequence[Delivery], tell: Tell,
    stopping: Callable[[], bool],
) -> StepReport:  # fmt: skip
    """Sends rows, and counts on before and after."""
    from digester.pipeline import send

    if rows:
        hold.count_on(workspace, store)
    report = send.run(sending(workspace, store, channels, stopping), rows, workspace.now, tell)
    if rows:
        hold.count_on(workspace, store)
    return report


def _refused_again(store: Any, channels: Channels, issue: Issue, channel: str | None, now: datetime) -> None:
    """What channels without recipients refused waits again: a setting was wrong, or a page is now to be written over."""
    posting = {x.channel.name for x in channels.lines if not x.channel.personal}
    for row in store.deliveries(issue.id, ("failed",), channel):
        if row.channel in posting:
            store.mark(replace(row, state="pending", queued_at=now, changed_at=now, attempts=0, next_at=None))


def queue_due(
    workspace: app.Workspace, store: Any, channels: Channels, only: Issue | None = None, channel: str | None = None
) -> None:
    """Fills the outbox: an issue that a person named, else every one that is not in it and should be."""
    if only is not None:
        queue(
            workspace,
            store,
            channels,
            only,
            {x.channel.name for x in channels.lines if channel in (None, x.channel.name)},
        )
        return
    for id_, names in unqueued(workspace, store).items():
        if (issue := store.issue(id_)) is not None:
            queue(workspace, store, channels, issue, names)


def to_send(workspace: app.Workspace, store: Any) -> int:
    """How many messages and issues wait for channels that could take them now."""
    from digester.channels import KINDS
    from digester.pipeline import send

    env = workspace.env
    able = {c.name for c in workspace.settings.channels if all(secret(env, n) for n in KINDS[c.kind].secrets(c.params))}
    rows = [r for r in send.todo(store, workspace.now) if r.channel in able]
    return len(rows) + sum(bool(names & able) for names in unqueued(workspace, store).values())
