"""The seams: what a step may ask of the world. Adapters are named in app.py only.

Failure is a value: `Http` answers with a Reply, `Sandbox` with a result or a `SandboxFailure`. Only a
programming error or one of domain.errors is raised.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from digester.ports.editing import Brief, Editor, Evidence, Outline, PairJudge, Telling, ThreadOutline, Told
from digester.ports.models import Heard, Ledger, Model, Prompts, Queue, Unit, nobody
from digester.ports.publishing import Collection, Leaf, Output, Shelf
from digester.ports.storing import Gathering, Saved, Store
from digester.ports.web import (
    Clock,
    Extractor,
    Fetched,
    FetchError,
    Fetches,
    FetchFault,
    Http,
    NotModified,
    PictureReaders,
    Reply,
    Sandbox,
    SandboxFailure,
    SourceKind,
)

Event = Mapping[str, object]
Tell = Callable[[Event], None]

__all__ = [
    "Brief",
    "Clock",
    "Collection",
    "Editor",
    "Event",
    "Evidence",
    "Extractor",
    "FetchError",
    "FetchFault",
    "Fetched",
    "Fetches",
    "Gathering",
    "Heard",
    "Http",
    "Leaf",
    "Ledger",
    "Model",
    "NotModified",
    "Outline",
    "Output",
    "PairJudge",
    "PictureReaders",
    "Prompts",
    "Queue",
    "Reply",
    "Sandbox",
    "SandboxFailure",
    "Saved",
    "Shelf",
    "SourceKind",
    "Store",
    "Tell",
    "Telling",
    "ThreadOutline",
    "Told",
    "Unit",
    "nobody",
]
