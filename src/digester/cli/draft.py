"""A draft of one's own and the texts it draws on, read for `verify --file`."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

from digester.domain.errors import DigesterError, NotFound
from digester.domain.ids import passage_id
from digester.domain.model import Extracted, Passage
from digester.domain.sources import Document, Request
from digester.domain.text import plain
from digester.ports import Sandbox

_PAGES = {".html": ("html", "text/html"), ".htm": ("html", "text/html"), ".pdf": ("pdf", "application/pdf")}
_TEXTS = (".txt", ".md")
_URL = re.compile(r"https?://[^\s<>\"')\]]{1,2000}")
LARGEST = 20_000_000  # bytes of a source


def sources(folder: Path) -> tuple[list[Passage], frozenset[str]]:
    """The texts of a folder's .txt, .md, .html and .pdf files, and every address that stands in them.

    Raises NotFound when there is none, DigesterError when a file cannot be read."""
    found = sorted(p for p in folder.glob("*") if p.suffix.lower() in (*_PAGES, *_TEXTS))
    if not found:
        raise NotFound(f"no source in {folder}", hint="save what the draft draws on as .txt, .md, .html or .pdf")
    from digester.app import open_sandbox

    texts, links = [], set()
    with open_sandbox() as sandbox:
        for path in found:
            body = _bytes(path)
            links |= {u.rstrip(".,;:") for u in _URL.findall(body.decode("utf-8", "replace"))}
            texts.append(_text(path, body, sandbox))
    return [Passage(passage_id(t), p.name, "full_text", t) for p, t in zip(found, texts, strict=True)], frozenset(links)


def _bytes(path: Path) -> bytes:
    try:
        body = path.read_bytes() if path.stat().st_size <= LARGEST else None
    except OSError as err:
        raise DigesterError(f"cannot read {path}: {err.strerror}") from err
    if body is None:
        raise DigesterError(f"{path} is larger than {LARGEST} bytes")
    return body


def _document(path: Path, route: str, media_type: str, body: bytes) -> Document:
    url = path.resolve().as_uri()
    return Document(Request(route, url), url, media_type, body, datetime.fromtimestamp(path.stat().st_mtime, UTC))


def _text(path: Path, body: bytes, sandbox: Sandbox) -> str:
    """Pages and PDFs go through the sandbox like every page that is fetched."""
    kind = _PAGES.get(path.suffix.lower())
    if kind is None:
        return plain(body.decode("utf-8-sig", "replace"))
    from digester.fulltext import EXTRACTORS

    found = sandbox.run(EXTRACTORS[kind[0]], _document(path, *kind, body))
    if not isinstance(found, Extracted) or found.outcome != "ok":
        reason = found.outcome if isinstance(found, Extracted) else found.message
        raise DigesterError(f"no text in {path}: {reason}", hint="save it as .txt")
    return found.text
