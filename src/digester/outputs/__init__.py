"""Outputs of one issue: one file each, one line in this registry.

An output turns the frozen record into bytes and asks nobody: no clock, no store, no network, no model.
Template engine and pydantic are imported at the first rendering, so that reading the registry is free.
`outputs(overlay, site)` gives the same registry over a workspace's own templates folder and its site.
`collections(overlay)` are those of many issues: feeds and the like, made of cards and records alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from digester.domain.site import Site
from digester.outputs.bibtex import Bibtex
from digester.outputs.csv import Csv
from digester.outputs.email import Email
from digester.outputs.feed import Feed
from digester.outputs.html import Html
from digester.outputs.json import Json
from digester.outputs.markdown import Markdown
from digester.ports import Collection, Output

NOWHERE = Site()


def outputs(overlay: Path | None = None, site: Site = NOWHERE) -> Mapping[str, Output]:
    """The registry; files found in `overlay` (a workspace's `templates/`) replace the packaged ones. `site` is where the
    issues are published, for outputs that link to their web copy."""
    kinds: tuple[Output, ...] = (
        Json(), Markdown(overlay, site.front_matter), Html(overlay), Email(overlay, site), Csv(), Bibtex()
    )  # fmt: skip
    return {kind.name: kind for kind in kinds}


OUTPUTS: Mapping[str, Output] = outputs()


def collections(overlay: Path | None = None) -> Mapping[str, Collection]:
    """The registry of collections, over the same templates folder."""
    kinds: tuple[Collection, ...] = (
        Feed(overlay),
    )  # fmt: skip
    return {kind.name: kind for kind in kinds}
