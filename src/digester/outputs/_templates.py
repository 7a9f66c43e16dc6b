"""Where templates come from: the workspace's overlay first, then the packaged ones.

A workspace is trusted as configuration is, not as code: its templates run in Jinja's sandbox (ours need none, and it
costs as much as everything else), a missing value is an error rather than an empty place in an issue, and every value is escaped for its format
unless the format itself made it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup


def folder() -> Path:
    """The packaged templates: inside an installed wheel, else at the top of the source tree."""
    installed = Path(str(files("digester"))) / "_data" / "templates"
    return installed if installed.is_dir() else Path(__file__).parents[3] / "templates"


@lru_cache(maxsize=1)
def markup() -> type[Markup]:
    """The type of what is not escaped; asked for each value that is printed."""
    from markupsafe import Markup

    return Markup


@lru_cache(maxsize=16)
def environment(overlay: Path | None = None, escape: Callable[[object], Markup] | None = None) -> Environment:
    """The engine. Autoescape is on in every format; `escape` replaces HTML's escaping for another one
    and must answer with markupsafe.Markup."""
    from jinja2 import FileSystemLoader, StrictUndefined

    from digester.outputs._engine import Engine, Sandbox, html

    roots = [overlay, folder()] if overlay else [folder()]
    engine = (Sandbox if overlay else Engine)(
        loader=FileSystemLoader(roots),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=escape,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    engine.inert = escape or html
    return engine
