"""The composition root: settings to adapters. The only file (with demo) that names concrete ones.

Heavy libraries are imported by the adapters' own functions, so importing this module stays cheap.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from digester import __version__, config
from digester.domain.errors import ConfigError, NotFound, Problem
from digester.domain.issue import Artifact, Issue, IssueKind
from digester.domain.site import Site
from digester.files import data_file, in_force, read_text, secret, words, write
from digester.ports import Clock, Editor, Output, Sandbox

if TYPE_CHECKING:
    from digester.pipeline.run import Powers

CONFIG = "sources.yaml"


def registries() -> config.Registries:
    from digester.channels import KINDS as CHANNELS
    from digester.issues import KINDS as ISSUES
    from digester.outputs import OUTPUTS
    from digester.sources import KINDS

    return config.Registries({name: kind.Params for name, kind in KINDS.items()}, ISSUES, tuple(OUTPUTS), CHANNELS)


@dataclass(frozen=True)
class Workspace:
    """One folder with its settings. `now` was read once; `env` is the environment as a value."""

    home: Path
    settings: config.Settings
    now: datetime
    env: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def out(self) -> Path:
        return self.home / self.settings.workspace.out

    @property
    def database(self) -> str:
        name = self.settings.workspace.database
        return name if "://" in name else f"sqlite:///{(self.home / name).resolve()}"

    def kind(self, slug: str) -> IssueKind:
        kinds = self.settings.issues
        if slug not in kinds:
            raise NotFound(f"there is no issue called {slug!r}", hint=f"known: {', '.join(sorted(kinds))}")
        return kinds[slug]


def open_workspace(path: Path | None, env: Mapping[str, str], now: datetime) -> Workspace:
    """The workspace of --config, else of DIGESTER_HOME, else of the current folder."""
    if "DIGESTER_DATABASE_URL" not in env and (url := secret(env, "DIGESTER_DATABASE_URL")):
        env = {**env, "DIGESTER_DATABASE_URL": url}
    home = Path(env.get("DIGESTER_HOME") or ".")
    file = path or home / CONFIG
    _check_secrets(env)
    text = read_text(file, "`digester init` writes one, `digester demo` needs none")
    settings = config.load(text, env, registries(), str(file))
    return Workspace(file.parent if path else home, settings, now, env)


def _check_secrets(env: Mapping[str, str]) -> None:
    """A secret that cannot be meant is named, never shown, before any work."""
    value = env.get("DIGESTER_DATABASE_URL")
    if value is None:
        return
    wrong = "is empty; unset it or give an address" if not value.strip() else ""
    wrong = wrong or ("holds white space, perhaps a line end" if re.search(r"\s", value) else "")
    wrong = wrong or ("is a placeholder" if re.search(r"(?i)\$[{(]|<[^>]{0,200}>|change_?me", value) else "")
    wrong = wrong or ("is no address: scheme:// is missing" if "://" not in value else "")
    if wrong:
        raise ConfigError((Problem(0, "DIGESTER_DATABASE_URL", wrong),), subject="environment")


@contextmanager
def open_store(workspace: Workspace, make: bool = True) -> Iterator[Any]:
    """The store, migrated; disposed of at the end. With `make` false a missing file stays missing."""
    from digester.store.engine import make_engine, migrate
    from digester.store.sql import SqlStore

    url = workspace.database
    absent = url.startswith("sqlite:///") and not Path(url.removeprefix("sqlite:///")).exists()
    engine = make_engine("sqlite://" if absent and not make else url)
    try:
        migrate(engine)
        yield SqlStore(engine)
    finally:
        engine.dispose()


@contextmanager
def one_run(workspace: Workspace, store: Any) -> Iterator[None]:
    """The workspace's lock for the length of a run."""
    from digester.store.engine import one_run as lock

    with lock(store.engine, workspace.home):
        yield


def note_interrupted(workspace: Workspace) -> None:
    """Closes the run that this process holds the lock for, through a connection of its own."""
    with open_store(workspace, make=False) as store:
        store.close_open_runs("interrupted", workspace.now)


def editor(overlay: Path | None = None) -> Editor:
    """The embedded editor with its words and weights: patterns in both languages, the glossary, what a rating's features
    count, and what sentences are judged by; as shipped or overlaid."""
    from digester.analysis.glossary import Glossary
    from digester.analysis.rating_weights import weights_of
    from digester.config.weights import sentences
    from digester.editors.chinese import Chinese
    from digester.editors.english import English
    from digester.editors.extractive import ExtractiveEditor
    from digester.editors.patterns import Patterns

    def said(language: str) -> Patterns:
        file = words(f"prompts/patterns.{language}.yaml", overlay)
        return Patterns({k: v for k, v in file.value.items() if k != "version"}, file.subject, language)

    glossary, points = words("prompts/glossary.yaml", overlay), words("prompts/weights/rating.json", overlay)
    with glossary.named():
        voices = English(said("en")), Chinese(said("zh"), Glossary.of(glossary.value))
    trees = in_force("prompts/weights/sentences.json", overlay)
    model = sentences(read_text(trees, "reinstall digester"), str(trees))
    return ExtractiveEditor(voices, weights_of(points.value, points.subject), model)


def clock_of(workspace: Workspace) -> Clock:
    from digester.net.replay import SystemClock, VirtualClock

    return VirtualClock(workspace.now) if workspace.settings.net.replay else SystemClock()


def outputs(overlay: Path, site: Site) -> Mapping[str, Output]:
    from digester.outputs import outputs as registry

    own = overlay / "templates"
    kinds: dict[str, Any] = {n: _Named(o) for n, o in registry(own if own.is_dir() else None, site).items()}
    return kinds


@dataclass(frozen=True)
class _Named:
    """An output whose templates a workspace may change: what is wrong in one is named, not a traceback."""

    output: Output

    def __getattr__(self, name: str) -> Any:
        return getattr(self.output, name)

    def render(self, issue: Issue, language: str) -> bytes:
        from jinja2 import TemplateError

        try:
            return self.output.render(issue, language)
        except TemplateError as err:
            raise template_problem(err, f"template of {self.output.name}") from err


def template_problem(err: Any, subject: str) -> ConfigError:
    """What Jinja found wrong, as a problem of the file it stands in."""
    file, line = getattr(err, "filename", None), getattr(err, "lineno", None)
    return ConfigError((Problem(line or 0, "", f"{type(err).__name__}: {err.message}"),), subject=file or subject,
                       hint="mend the workspace's templates folder or remove the file")  # fmt: skip


def check_templates(home: Path) -> None:
    """Raises ConfigError for a template of the workspace that does not parse."""
    from jinja2 import Environment, TemplateError

    for path in sorted((home / "templates").rglob("*.j2")):
        try:
            Environment(autoescape=True).parse(read_text(path, ""), filename=str(path))
        except TemplateError as err:
            raise template_problem(err, str(path)) from err


def made_with(overlay: Path) -> str:
    """What renders an issue, as hashes: the templates in force, the code of the outputs, the libraries' versions."""
    from importlib.metadata import version

    from digester.domain.ids import digest

    own = overlay / "templates"
    folders = [data_file("templates"), *([own] if own.is_dir() else [])]
    code = [Path(__file__).parent / "outputs", Path(__file__).parent / "domain"]
    libraries = ("jinja2", "markupsafe", "pydantic", "css-inline", "pylatexenc")
    parts = {
        "templates": _tree(folders),
        "code": _tree(code, "*.py"),
        "dependencies": digest(*(f"{name} {version(name)}" for name in libraries), size=6),
    }
    return ";".join(f"{name}={value}" for name, value in parts.items())


def _tree(folders: Iterable[Path], pattern: str = "*") -> str:
    """A hash over the files below folders, by relative name and content."""
    from digester.domain.ids import checksum, digest

    files_ = [(f.relative_to(d).as_posix(), f) for d in folders for f in sorted(d.rglob(pattern)) if f.is_file()]
    return digest(
        *(part for name, f in files_ if "__pycache__" not in name for part in (name, checksum(f.read_bytes()))), size=6
    )


@contextmanager
def open_sandbox() -> Iterator[Sandbox]:
    from digester.sandbox import ProcessSandbox

    sandbox = ProcessSandbox()
    try:
        yield sandbox
    finally:
        sandbox.close()


@contextmanager
def open_powers(workspace: Workspace, store: Any, run_id: str = "", batch: bool = False) -> Iterator[Powers]:
    """Everything a run needs, closed at its end; only a run with an id may ask models, with `batch` by a batch."""
    from digester.fulltext import EXTRACTORS, PICTURES
    from digester.net.http import Door, Limits
    from digester.net.routes import Routes
    from digester.pipeline.run import Powers
    from digester.sources import KINDS

    net = workspace.settings.net
    contact = f"; {net.contact}" if net.contact else ""
    with ExitStack() as stack:
        door = Door(
            clock=clock_of(workspace), agent=f"digester/{__version__} (news digest{contact})", base=net.replay,
            routes=Routes(asdict(workspace.settings.bridges), dict(os.environ)),
            allow=net.allow_private_hosts, limits=Limits(net.deadline, net.max_bytes, net.hosts_in_flight),
        )  # fmt: skip
        stack.callback(door.close)
        sandbox = stack.enter_context(open_sandbox())
        desk, model, judge = editor(workspace.home), None, None
        llm = workspace.settings.llm
        if run_id and (llm.fast or llm.embedding):
            from digester import models

            model = stack.enter_context(
                models.open_model(llm, workspace.env, store, clock_of(workspace), run_id, batch)
            )
            desk, judge = models.desk_of(llm, workspace.env, desk, model, workspace.home)
        yield Powers(
            store,
            door,
            sandbox,
            desk,
            KINDS,
            EXTRACTORS,
            PICTURES,
            outputs(workspace.home, workspace.settings.site),
            made_with(workspace.home),
            llm.footer,
            model if batch else None,  # type: ignore[arg-type]
            llm.prefilter,
            judge,
        )


def write_artifacts(out: Path, artifacts: Iterable[Artifact]) -> list[Path]:
    """Stored bytes to files, each complete or not at all; names are made of kind, period and language."""
    return [write(out / a.filename, a.body) for a in artifacts]
