"""export: an issue in the format of a newsletter service, or one of its stored files. Reads only."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from digester.cli._shell import app, emit, err, no_dry_run, options, out, shown, workspace
from digester.cli.explain import frozen
from digester.cli.steps import Date, IssueName
from digester.domain.errors import NotFound

if TYPE_CHECKING:
    from digester.app import Workspace
    from digester.domain.issue import Issue
    from digester.ports import Output

Format = Literal["eml", "html", "md", "json", "wechat-mp", "zhihu", "substack", "mailchimp"]
STORED: Mapping[str, str] = {"eml": "email", "html": "html", "md": "markdown", "json": "json"}


@dataclass(frozen=True)
class _Made:
    """`stored` says that the octets are those of the issue as it was published; `fields` are for boxes of the service."""

    body: bytes
    media_type: str
    stored: bool = False
    fields: Mapping[str, str] = field(default_factory=dict)


@app.command()
def export(
    issue: IssueName,
    format_: Annotated[Format, typer.Option("--format", help="The issue's own file, or what a service takes.")],
    date: Date = None,
    lang: Annotated[
        str | None, typer.Option("--lang", metavar="LANG", help="en or zh; default: the issue's first.")
    ] = None,
    file: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="A file instead of stdout.")] = None,
) -> None:
    """Print a frozen issue for a newsletter service: mail, page, Markdown, JSON, WeChat, Zhihu, Substack, Mailchimp."""
    from digester import app as house
    from digester.files import write

    no_dry_run("export")
    ws = workspace()
    with house.open_store(ws, make=False) as store:
        record = frozen(ws, store, issue, date)
        language = _language(record, lang)
        made = _stored(store, record, format_, language) or _rendered(ws, record, format_, language)
    if file is not None:
        write(file, made.body)
    _show(record, format_, language, made, file)


def _language(record: Issue, asked: str | None) -> str:
    if asked is None:
        return record.languages[0]
    if asked not in record.languages:
        raise NotFound(f"{record.id} has no edition {asked}", hint=f"it has: {', '.join(record.languages)}")
    return asked


def _stored(store: Any, record: Issue, name: str, language: str) -> _Made | None:
    """The issue's own file as it was published; the JSON is one for all languages."""
    wanted = (STORED.get(name), "" if name == "json" else language)
    for artifact in store.artifacts(record.id):
        if (artifact.output, artifact.language) == wanted and artifact.revision == record.revision:
            return _Made(artifact.body, artifact.media_type, stored=True)
    return None


def _rendered(ws: Workspace, record: Issue, name: str, language: str) -> _Made:
    """Made of the record, with the workspace's own templates."""
    from jinja2 import TemplateError

    from digester import app as house
    from digester.outputs.export import exports

    if name in STORED:
        output: Output = house.outputs(ws.home, ws.settings.site)[STORED[name]]
        return _Made(output.render(record, language), output.media_type)
    own = ws.home / "templates"
    exporter = exports(own if own.is_dir() else None, ws.settings.site)[name]
    try:
        body = exporter.render(record, language)
    except TemplateError as problem:
        raise house.template_problem(problem, f"template of {name}") from problem
    return _Made(body, exporter.media_type, fields=exporter.fields(record, language))


def _show(record: Issue, name: str, language: str, made: _Made, file: Path | None) -> None:
    """The text on stdout, or where it is; on stderr what the service asks for beside it."""
    if options.as_json:
        place = {"file": str(file)} if file else {"body": made.body.decode()}
        told = {"issue": record.id, "revision": record.revision, "format": name, "language": language, "stored": made.stored,
                "media_type": made.media_type, "bytes": len(made.body), "fields": dict(made.fields), **place}  # fmt: skip
        return emit(told, [])
    for key, text in made.fields.items():
        err(f"{key}: {text}")
    return out(str(file)) if file else _print(made.body)


def _print(body: bytes) -> None:
    """The octets as they are; a terminal gets its lines without what could move it."""
    text = body.decode()
    if sys.stdout.isatty():
        return out("\n".join(shown(line.rstrip("\r")) for line in text.removesuffix("\n").split("\n")))
    if reconfigure := getattr(sys.stdout, "reconfigure", None):
        reconfigure(encoding="utf-8", errors="strict", newline="")
    return out(text.removesuffix("\n"))
