"""The lines of a PDF, page by page, through pypdf: what a page prints, in the order of its content stream.

pypdf only logs what is wrong with a file and raises whatever its parser ran into, so the first bytes are
looked at here, its log is silenced and each page may fail alone. Its limits are set far below its own
defaults. The position of each piece of text is kept for one reason: a small raised digit is an exponent or a
mark, and must never be read as a digit of the number before it (10^6 is not 106).
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from digester.domain.errors import ParseError
from digester.fulltext._ink import Ink
from digester.fulltext._raised import CLOSE, OPEN

MAX_PAGES, MAX_CHARACTERS = 80, 1_000_000
LIMITS: dict[str, Any] = {
    "maximum_declared_stream_length": 30_000_000, "array_based_stream_maximum_output_length": 30_000_000,
    "zlib_maximum_output_length": 30_000_000, "lzw_maximum_output_length": 30_000_000,
    "run_length_maximum_output_length": 30_000_000, "zlib_maximum_recovery_input_length": 500_000,
    "stream_decoding_work_maximum_length": 60_000_000, "stream_parsing_work_maximum_count": 500_000,
    "page_tree_maximum_entries": 10_000, "xform_maximum_invocations_per_extraction": 500,
}  # fmt: skip
LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
_NONE = str.maketrans("", "", OPEN + CLOSE)
Style = tuple[str, float]  # name of the font, size in points


@dataclass
class Line:
    """A printed line; raised text stands between OPEN and CLOSE."""

    text: str = ""
    styles: Counter[Style] = field(default_factory=Counter)

    @property
    def style(self) -> Style:
        """The font that most of its characters are in."""
        return self.styles.most_common(1)[0][0] if self.styles else ("", 0.0)


def read(body: bytes) -> list[list[Line]] | None:
    """Lines by page, at most MAX_PAGES of them; None for an encrypted file. Raises ParseError for bytes that
    are no PDF (ISO 32000-2, 7.5) or of which more pages fail than can be read."""
    from pypdf import PdfReader, apply_configuration
    from pypdf.errors import DependencyError

    if b"%PDF-" not in body[:1024]:
        raise ParseError("not a PDF: it does not begin like one")
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        with apply_configuration(**LIMITS):
            reader = PdfReader(_stream(body))
            return None if reader.is_encrypted else list(_pages(reader))
    except DependencyError:  # a cipher that is not installed
        return None
    except (MemoryError, ParseError):
        raise
    except Exception as err:  # noqa: BLE001 - whatever hostile bytes make the library raise is one named error
        raise _unreadable(err) from None


def _stream(body: bytes) -> Any:
    from io import BytesIO

    return BytesIO(body)


def _unreadable(err: Exception) -> ParseError:
    return ParseError(f"PDF that cannot be read: {type(err).__name__}: {' '.join(str(err).split())[:120]}")


def _pages(reader: Any) -> Iterator[list[Line]]:
    errors: list[Exception] = []
    size, count = 0, min(len(reader.pages), MAX_PAGES)
    for number in range(count):
        try:
            lines = _lines(reader.pages[number])
        except MemoryError:
            raise
        except Exception as err:  # noqa: BLE001 - as above; one page costs itself
            errors.append(err)
            continue
        size += sum(len(line.text) for line in lines)
        if size > MAX_CHARACTERS:
            break
        yield lines
    if len(errors) * 2 > count:
        raise _unreadable(errors[0])


def _lines(page: Any) -> list[Line]:
    """The upright text of a page (margin stamps and labels of axes are turned), or all of it where none is."""
    for upright in (True, False):
        orientations = (0,) if upright else (0, 90, 180, 270)
        lines = _written(page, orientations)
        if lines:
            return lines
    return []


def _written(page: Any, orientations: tuple[int, ...]) -> list[Line]:
    """What is seen; all of it where most is not, as behind the picture of a scanned page."""
    for ink in (Ink(), None):
        writer = _Writer(ink)
        page.extract_text(
            orientations=orientations, visitor_text=writer.piece, visitor_operand_before=ink and ink.operator
        )
        if writer.unseen <= writer.seen:
            break
    return [x for x in writer.lines if x.text.strip()]


class _Writer:
    """Puts the pieces that pypdf reports together to lines."""

    def __init__(self, ink: Ink | None) -> None:
        self.lines, self._ink = [Line()], ink
        self.seen = self.unseen = 0  # characters; what is unseen stands in no line
        self._height, self._size = 0.0, 0.0  # of the last piece on the base line
        self._leads = False  # that piece is the first of its line

    def piece(self, text: str, cm: list[float], tm: list[float], font: Any, size: float) -> None:
        if not text:
            return
        height = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
        points = abs(size * (tm[3] or 1.0) * (cm[3] or 1.0))
        count = len(text.strip())
        if self._ink and self._ink.hid(points) and count:
            self.unseen += count
            text = "\n" * text.count("\n")
        else:
            self.seen += count
        style = (str((font or {}).get("/BaseFont", "")), round(points, 1))
        for number, part in enumerate(text.translate(_NONE).translate(LIGATURES).split("\n")):
            if number:
                self.lines.append(Line())
                self._leads = False
            self._add(part, height, points, style)

    def _add(self, text: str, height: float, points: float, style: Style) -> None:
        line = self.lines[-1]
        if line.text and text.strip() and self._above(height, points):
            line.text = (line.text + OPEN + text.strip() + CLOSE).replace(CLOSE + OPEN, "")
            line.text += " " * text.endswith(" ")
            return
        if self._leads and text.strip() and self._below(height, points):
            line.text, self._leads = OPEN + line.text.strip() + CLOSE, False
        if text.strip():
            self._leads = not line.text.strip()
            self._height, self._size = height, points
        line.text += text
        line.styles[style] += len(text.strip())

    def _above(self, height: float, points: float) -> bool:
        """True for what is smaller and higher than the piece before it."""
        return points < 0.85 * self._size and height > self._height + 0.15 * self._size

    def _below(self, height: float, points: float) -> bool:
        """True for what shows that the line's first piece was raised."""
        return self._size < 0.85 * points and height < self._height - 0.15 * points
