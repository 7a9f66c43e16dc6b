"""Extractors: bytes of a page to the text that is quoted, one file a format.

Each is a pure function `extract(document) -> Extracted`, run inside the Sandbox: what a page is (paywall,
consent wall, too short) is an outcome, a value; only bytes that are not what they claim to be raise
ParseError. Texts have passed `domain.text.plain`, so positions of quotations are positions in them.
Modules here import no parser at module level: the registry is read by every command.
"""

from __future__ import annotations

from collections.abc import Mapping

from digester.fulltext import _pictures, arxiv_html, html, pdf, raster, transcript
from digester.ports import Extractor, PictureReaders

EXTRACTORS: Mapping[str, Extractor] = {
    "html": html.extract,
    "arxiv_html": arxiv_html.extract,
    "pdf": pdf.extract,
    "transcript": transcript.extract,
}
PICTURES = PictureReaders(raster.read, _pictures.stated)
