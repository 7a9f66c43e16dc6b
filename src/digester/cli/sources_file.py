"""The workspace's sources.yaml as a file that is added to: all lines or none, and never an invalid file."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from digester.cli._shell import options, workspace
from digester.domain.errors import DigesterError
from digester.domain.sources import FetchState, Source
from digester.domain.urls import canonical, host_of

if TYPE_CHECKING:
    from digester.app import Workspace

_EXACT = ("rss", "podcast", "sitemap")  # their addresses are the publisher's own, with capitals that may matter


def path_of(ws: Workspace) -> Path:
    from digester.app import CONFIG

    return options.config or ws.home / CONFIG


def whole_text(path: Path) -> str:
    """The file with its own line ends and mark: `workspace()` has read it already, so it is UTF-8."""
    try:
        return path.read_bytes().decode("utf-8")
    except OSError as err:
        raise DigesterError(f"cannot read {path}: {err.strerror}") from err


def append(ws: Workspace, lines: Sequence[Mapping[str, Any]]) -> None:
    """Adds `lines` and reads the whole configuration again; when it is not valid the file is put back as it was."""
    from digester.config.append import appended, line_of

    path = path_of(ws)
    text = whole_text(path)
    by_hand = (
        f"add it by hand: - {line_of(lines[0])}" if len(lines) == 1 else "--dry-run prints the lines to add by hand"
    )
    _put(path, appended(text, lines, str(path), by_hand))
    try:
        workspace()
    except DigesterError:
        _put(path, text)
        raise


def _put(path: Path, text: str) -> None:
    """Complete or not at all, with the file's own mode, and through a link to the file itself."""
    real = path.resolve()
    temporary = real.with_name(f".{real.name}.tmp")
    try:
        temporary.write_bytes(text.encode("utf-8"))
        shutil.copymode(real, temporary)
        temporary.replace(real)
    except OSError as err:
        temporary.unlink(missing_ok=True)
        raise DigesterError(f"cannot write {path}: {err.strerror}", hint="check the file and its folder") from err


# ------------------------------------------------------------ names and doubles
def free_id(name: str, url: str, taken: Iterable[str]) -> str:
    """An id made of the name, or of the host for a name without Latin letters, that is not taken."""
    known = set(taken)
    slug = _slug(name) or _slug(host_of(url)) or "source"
    return next(i for i in (slug, *(f"{slug}-{n}" for n in range(2, len(known) + 3))) if i not in known)


def _slug(text: str) -> str:
    words = re.sub(r"[^a-z0-9]+", "-", text.lower()) if text.isascii() else ""
    return words.strip("-")[:40].strip("-")


def addresses(source: Source, ws: Workspace) -> frozenset[str]:
    """What the source asks first, so that two lines for one thing are seen to be one, whatever their kinds."""
    from digester.sources import KINDS

    asks = KINDS[source.kind].first(source, FetchState(source.id), ws.now)
    return frozenset(_key(r.url, source.kind) for ask in asks for r in (ask, *ask.otherwise))


def _key(url: str, kind: str) -> str:
    key = canonical(url) or url
    return key if kind in _EXACT and host_of(key) != "github.com" else key.casefold()


def same(source: Source, ws: Workspace) -> Source | None:
    """The source of the workspace that asks the same address."""
    return known_at(ws, addresses(source, ws))


def known_at(ws: Workspace, wanted: frozenset[str]) -> Source | None:
    return next((s for s in ws.settings.sources if wanted & addresses(s, ws)), None)
