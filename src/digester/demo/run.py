"""`digester demo`: two issues out of the invented web, through the same door, parsers, store and renderers
as a live run. The week is collected day by day, as a scheduler would, then the issues are made.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from digester import app, delivery, notes, site
from digester.demo import world as worlds
from digester.demo.mailbox import Mailbox, Received
from digester.demo.server import DemoServer
from digester.domain.errors import DigesterError, UsageError
from digester.files import write
from digester.pipeline import collect
from digester.pipeline.run import Result, collect_now, whole
from digester.ports import Tell

DAYS = ("2026-06-15", "2026-06-16", "2026-06-17", "2026-06-18", "2026-06-19")
MORNING, EVENING = "2026-06-20T07:05:00+00:00", "2026-06-20T22:05:00+00:00"
ISSUES = (  # kind, period, and when it is made
    ("rec-daily", "2026-06-18", MORNING),
    ("ai-daily", "2026-06-20", MORNING),
    ("rec-weekly", "2026-W25", MORNING),
    ("ai-weekly", "2026-W25", EVENING),
)
MARK = "workspace: {database: demo.db, out: .}"  # the line by which a folder is known as a demo's
MAIL = "mail"  # the folder of what the demo's readers got
READERS = """channels:
  mail: {kind: smtp, sender: "Digester demo <news@digester.example>", unsubscribe_mail: leave@digester.example}
recipients:
  - ann@reader.example
  - {address: li@reader.example, languages: [zh]}
"""
NOTICE = {
    "en": "Demo world: every person, company, paper, repository and figure on this page is invented.",
    "zh": "演示世界：本页所有人物、公司、论文、仓库与数字均为虚构。",
}


@dataclass(frozen=True)
class Made:
    """What the demo leaves: results, files, requests that were answered, seconds it took."""

    results: tuple[Result, ...]
    files: tuple[Path, ...]
    requests: int
    items: int
    mails: int
    seconds: float


def world_folder() -> Path:
    return Path(__file__).parent / "data"


def sources_yaml(base: str, world: worlds.World) -> str:
    """The demo's sources.yaml: what a user would write, with `net.replay` pointing to the loopback server."""
    lines = [
        "version: 1",
        MARK,
        f'net: {{replay: "{base}", contact: demo@digester.example}}',
        "sources:",
    ]
    lines += [
        '  - {id: arxiv, kind: arxiv, name: arXiv, site: arxiv.example, categories: [cs.IR, cs.LG, cs.AI, cs.CL], core: true, weight: 3}',
        "  - {id: trending, kind: github_trending, name: GitHub trending, site: github.example, since: daily}",
    ]  # fmt: skip
    for feed in world.feeds:
        lines.append(
            f'  - {{id: {feed.id}, kind: rss, name: {_quoted(feed.title)}, url: "{feed.url}", tags: [{", ".join(feed.tags)}], language: {feed.language}, weight: {feed.weight}}}'
        )
    for person in world.people:
        lines.append(
            f'  - {{id: post-{person.handle}, kind: rss, name: {_quoted(person.name)}, url: "{person.url}/rss", entry_kind: post, person: {_quoted(person.name)}, role: {_quoted(person.role)}, language: {person.language}, weight: 0.5}}'
        )
    for show in world.podcasts:
        lines.append(
            f'  - {{id: {show.id}, kind: rss, name: {_quoted(show.title)}, url: "{show.url}", entry_kind: episode, language: {show.language}}}'
        )
    lines += [
        '  - {id: gone-quiet, kind: rss, name: Dead Letter Office, url: "https://dead.example/feed.xml", weight: 0.5}',
        '  - {id: garbled, kind: rss, name: Garbled Gazette, url: "https://broken.example/feed.xml", weight: 0.5}',
    ]  # fmt: skip
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def run(out: Path, tell: Tell, say: Callable[[str], None]) -> Made:
    """Builds both issues and their site into `out`, which is emptied of a former demo first."""
    began = time.monotonic()
    _clear(out)
    world = worlds.load(world_folder())
    with DemoServer(world, _at(f"{DAYS[0]}T12:00:00+00:00")) as server:
        (out / app.CONFIG).write_text(sources_yaml(server.base, world) + READERS, "utf-8")
        results, items = _week(out, server, tell, say)
        requests = len(server.log)
    workspace = app.open_workspace(out / app.CONFIG, {}, _at(MORNING))
    with app.open_store(workspace) as store:
        files = [f for r in results for f in app.write_artifacts(out, store.artifacts(r.issue.id))]
        kinds = [workspace.kind(r.issue.kind) for r in results]
        told = [n for r, kind in zip(results, kinds, strict=True) for n in notes.of_issue(store, r.issue, kind)]
        files += notes.write_notes(workspace, told)
        site.build(workspace, store, site.folder(workspace))
        files.insert(0, site.folder(workspace) / "index.html")
    mails = _mailed(out, tell, say)
    return Made(tuple(results), (*files, *mails), requests, items, len(mails), time.monotonic() - began)


def _mailed(out: Path, tell: Tell, say: Callable[[str], None]) -> list[Path]:
    """The latest issues to the demo's readers, through the outbox and a mail server on this machine; what came there."""
    with Mailbox() as box:
        workspace = app.open_workspace(out / app.CONFIG, {"SMTP_URL": box.url}, _at(EVENING))
        with app.open_store(workspace) as store:
            report = delivery.deliver(workspace, store, tell, lambda: False)
    for line in report.notes if report else ():
        say(line)
    return [write(out / MAIL / _name(mail), mail.octets) for mail in box.received]


def _name(mail: Received) -> str:
    """`rec-weekly.ann.eml`: the list and who reads it."""
    series = mail.octets.partition(b"List-Id: <")[2].partition(b".")[0].decode()
    return f"{series}.{mail.recipient.partition('@')[0]}.eml"


def _week(out: Path, server: DemoServer, tell: Tell, say: Callable[[str], None]) -> tuple[list[Result], int]:
    results = []
    for day in DAYS:
        server.at = now = _at(f"{day}T12:00:00+00:00")
        workspace = app.open_workspace(out / app.CONFIG, {}, now)
        with app.open_store(workspace) as store, app.open_powers(workspace, store) as powers:
            sources = collect.todo(workspace.settings.sources)
            report = collect_now(powers, sources, now, tell)
            say(f"{day}  {report.extra['new']} new items from {report.done} of {report.seen} sources")
    for slug, period, moment in ISSUES:
        server.at = now = _at(moment)
        workspace = app.open_workspace(out / app.CONFIG, {}, now)
        with app.open_store(workspace) as store, app.open_powers(workspace, store) as powers:
            kind, lines = workspace.kind(slug), workspace.settings.sources
            results.append(whole(powers, kind, period, lines, now, tell, (NOTICE,)))
            items = store.counts()["items"]
        say(f"{slug} {period}: {len(results[-1].issue.picks())} stories")
    return results, items


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _clear(out: Path) -> None:
    """Removes what a former demo left in `out`, and nothing else: a workspace of someone's own is refused."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        probe = out / app.CONFIG
        foreign = probe.exists() and MARK not in probe.read_text("utf-8", "replace")
    except OSError as err:
        raise DigesterError(f"cannot use {out}: {err.strerror}", hint="name another folder with --out") from err
    if foreign:
        raise UsageError(f"{out} holds a workspace of its own", hint="name another folder with --out")
    was_demo = probe.exists()
    for name in ("demo.db", "demo.db-wal", "demo.db-shm", "digester.lock", "digester.sent", app.CONFIG):
        (out / name).unlink(missing_ok=True)
    for name in (*(slug for slug, _, _ in ISSUES), notes.FOLDER, MAIL, ".site") if was_demo else ():
        shutil.rmtree(out / name, ignore_errors=True)
    if was_demo and (out / "site").is_symlink():
        (out / "site").unlink()
