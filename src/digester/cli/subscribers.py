"""subscribers: who gets mail, and what other mail servers say about it."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from digester.cli._shell import PARTIAL, app, emit, no_dry_run, options, out, table, there, workspace
from digester.domain.errors import DigesterError, UsageError
from digester.domain.subscribers import NoAddress, address_of

if TYPE_CHECKING:
    from digester.app import Workspace
    from digester.domain.subscribers import Subscriber
    from digester.people import Imported

subscribers_app = typer.Typer(no_args_is_help=True, help="The people who get mail.")
app.add_typer(subscribers_app, name="subscribers")
SHOWN = 20  # lines of one sort
LARGEST = 100_000_000  # bytes of a file

Address = Annotated[str, typer.Argument(metavar="ADDRESS", help="An address alone, such as me@mail.example.")]
Languages = Annotated[
    list[str] | None, typer.Option("--lang", metavar="en|zh", help="Language of their mail; may be given twice.")
]


@contextmanager
def _list(command: str, locked: bool = True, write: bool = True) -> Iterator[tuple[Workspace, Any, bytes]]:
    """Workspace, store and its key; under the lock of a run where rows of the outbox change, or a key is made."""
    from digester import app as house
    from digester.delivery import KEY, workspace_key

    if write:
        no_dry_run(f"subscribers {command}")
    ws = workspace()
    with ExitStack() as stack:
        store = stack.enter_context(house.open_store(ws, make=write))
        if write and (locked or store.kept(KEY) is None):
            stack.enter_context(house.one_run(ws, store))
        yield ws, store, workspace_key(store, make=write)


# ------------------------------------------------------------------------- on
@subscribers_app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE|-", help="CSV with addresses; - reads standard input.")],
    lang: Languages = None,
) -> None:
    """Put the people of a CSV file onto the list: address, and languages where it has them. Who has left stays away."""
    from digester import people
    from digester.people.table import table as read

    languages = _languages(lang)
    entries, refused = read(_bytes(file))
    with _list("import", write=not options.dry_run) as (ws, store, key):
        done = people.take(store, key, entries, languages, ws.now, dry=options.dry_run)
    done.refused = refused
    _say(done)
    if refused:
        raise typer.Exit(PARTIAL)


def _say(done: Imported) -> None:
    verb = "would import" if options.dry_run else "imported"
    head = f"{verb} {len(done.taken)}, known {done.known}, left before {len(done.left)}, refused {len(done.refused)}"
    lines = [*_some([str(r) for r in done.refused]), *_some([f"left before: {a}" for a in done.left])]
    data = {"imported": len(done.taken), "known": done.known, "left_before": done.left,
            "refused": [{"line": r.line, "text": r.text, "reason": r.reason} for r in done.refused]}  # fmt: skip
    emit(data, [head, *lines])


def _some(lines: Sequence[str]) -> list[str]:
    more = len(lines) - SHOWN
    return [*lines[:SHOWN], *([f"and {more} more; --json has them"] if more > 0 else [])]


@subscribers_app.command()
def add(address: Address, lang: Languages = None) -> None:
    """Put one address onto the list, also one that has left: for when its owner asks for it."""
    from digester import people

    one, languages = _address(address), _languages(lang)
    with _list("add") as (ws, store, key):
        outcome = people.add(store, key, one, languages, ws.now)
    _told(one, outcome)


# ------------------------------------------------------------------------ off
@subscribers_app.command()
def suppress(
    address: Address, why: Annotated[str, typer.Option("--why", metavar="WORD", help="Who wished so.")] = "by hand"
) -> None:
    """Mail nothing more to an address, whether it is on the list or not; a run under way is not waited for."""
    from digester import people
    from digester.domain.cut import cut, line

    one = _address(address)
    with _list("suppress", locked=False) as (ws, store, key):
        new = people.suppress(store, key, one, cut(line(why), 60) or "by hand", ws.now)
    _told(one, "suppressed" if new else "suppressed before")


@subscribers_app.command()
def erase(address: Address) -> None:
    """Forget an address, and mail nothing more to it; only a keyed hash stays, so that no import brings it back."""
    from digester import people
    from digester.domain.subscribers import key_of

    one = _address(address)
    with _list("erase") as (ws, store, key):
        rows = people.erase(store, key, one, ws.now)
        still = any(key_of(line.address) == key_of(one) for line in ws.settings.recipients)
    lines = [f"erased, and in {rows} rows of the outbox"]
    lines += ["it stands in sources.yaml under recipients: take it out there"] if still else []
    emit({"outcome": "erased", "rows": rows, "in_sources_yaml": still}, lines)


# ---------------------------------------------------------------------- lists
@subscribers_app.command("list")
def list_(
    suppressed: Annotated[bool, typer.Option("--suppressed", help="Only who is not mailed.")] = False,
) -> None:
    """Who is on the list, in which languages, and who has left and why."""
    from digester import people

    with _list("list", write=False) as (_, store, _key):
        rows = people.listed(store, suppressed)
    lines = table(
        [[s.address or "(erased)", " ".join(s.languages) or "first", s.standing, f"{s.since:%Y-%m-%d}", s.why] for s in rows],
        ["address", "languages", "standing", "since", "why"],
    )  # fmt: skip
    emit([_data(s) for s in rows], lines if rows else ["nobody"])


@subscribers_app.command()
def export(
    to: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="A file, readable by you only.")] = None,
) -> None:
    """The list as CSV, who has left included; `import` reads it."""
    from digester import people
    from digester.files import write
    from digester.outputs.csv import body

    with _list("export", write=False) as (_, store, _key):
        rows, text = people.listed(store), people.exported(store)
    if to is not None:
        no_dry_run("subscribers export")
        write(to, body(text), private=True)
        return emit({"file": str(to), "people": sum(bool(s.address) for s in rows)}, [str(to)])
    return emit([_data(s) for s in rows if s.address], []) if options.as_json else out(text.removesuffix("\r\n"))


def _data(s: Subscriber) -> dict[str, Any]:
    return {"address": s.address, "languages": list(s.languages), "standing": s.standing, "since": s.since.isoformat(),
            "why": s.why}  # fmt: skip


# -------------------------------------------------------------------- bounces
@subscribers_app.command()
def bounces(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Messages, an mbox, folders; - reads one.")],
) -> None:
    """Read bounces and complaints: who does not exist, bounces in two issues, or complains, is mailed no more."""
    from dataclasses import asdict

    from digester.domain.bounces import messages
    from digester.people import reports

    with _list("bounces") as (ws, store, key):
        mails = (mail for path in files for file in _files(path) for mail in messages(_bytes(file)))
        told = reports.take(store, key, mails, ws.now)
    head = f"read {told.read}: {told.bounced} bounced, {told.delayed} delayed, {told.complained} complained"
    other = f"left alone: {told.not_ours} about no message of ours, {told.no_report} no report"
    emit(asdict(told), [head, other, *_some([f"mailed no more: {a}" for a in told.left])])


def _files(path: Path) -> list[Path]:
    """The file, or the files of a folder such as a Maildir's `new`."""
    return sorted(f for f in path.rglob("*") if f.is_file()) if path.is_dir() else [path]


# ------------------------------------------------------------------ arguments
def _bytes(file: Path) -> bytes:
    try:
        if str(file) == "-":
            read = sys.stdin.buffer.read(LARGEST + 1)
        else:
            with there(file, "name a CSV file, or - for standard input").open("rb") as opened:
                read = opened.read(LARGEST + 1)
    except OSError as problem:
        raise DigesterError(
            f"cannot read {file}: {problem.strerror}", hint="check the file and its permissions"
        ) from problem
    if len(read) > LARGEST:
        raise DigesterError(f"{file} is larger than {LARGEST} bytes", hint="split it")
    return read


def _address(text: str) -> str:
    try:
        return address_of(text)
    except NoAddress as problem:
        raise UsageError(f"{text[:80]!r} {problem}", hint="an address alone, such as me@mail.example") from problem


def _languages(given: list[str] | None) -> tuple[str, ...]:
    from digester.people.table import languages_of

    try:
        return languages_of(" ".join(given or ()))
    except NoAddress as problem:
        raise UsageError(f"--lang {problem}", hint="--lang en --lang zh") from problem


def _told(address: str, outcome: str) -> None:
    emit({"address": address, "outcome": outcome}, [f"{address}: {outcome}"])
