"""Writes a PDF from a few lines of markup, so that every printed page of these tests can be read as text.

A line is `STYLE|words`: `T` title, `H` heading (bold), none body, `s` small, `r` turned by 90 degrees.
`^{1}` is raised, `===` ends a page. Objects are plain and uncompressed; see ISO 32000-2, 7.5.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

STYLES = {"T": ("F2", 16), "H": ("F2", 12), "": ("F1", 10), "s": ("F1", 8), "r": ("F1", 20)}
GLYPHS = {"ﬁ": "fi", "ﬂ": "fl", "ﬀ": "ff", "ﬃ": "ffi", "†": "dagger", "‡": "daggerdbl", "—": "emdash"}
CODES = {glyph: f"\\{number:03o}" for number, glyph in enumerate(GLYPHS, 1)}


def pdf(markup: str) -> bytes:
    """The PDF of a text with one page between each two `===`."""
    return document([content(page.strip("\n").split("\n")) for page in markup.split("===\n")])


def content(lines: Iterable[str]) -> bytes:
    """A content stream with one line below the other."""
    drawn = []
    for number, line in enumerate(lines):
        style, bar, words = line.partition("|")
        font, size = STYLES[style if bar else ""]
        turn = "0 1 -1 0 20 300" if style == "r" else f"1 0 0 1 72 {760 - 14 * number}"
        drawn.append(f"BT /{font} {size} Tf {turn} Tm {shown(words if bar else line, font, size)} ET")
    return "\n".join(drawn).encode("latin-1")


def shown(words: str, font: str, size: int) -> str:
    parts = re.split(r"\^\{(.*?)\}", words)
    small, rise = size * 0.7, size * 0.36
    text = [f"({escaped(part)}) Tj" for part in parts]
    for i in range(1, len(parts), 2):
        before = len("".join(parts[:i])) * size * 0.5
        text[i] = f"/{font} {small:g} Tf {before:g} {rise:g} Td {text[i]} /{font} {size} Tf {-before:g} {-rise:g} Td"
    return " ".join(text)


def escaped(words: str) -> str:
    words = re.sub(r"([\\()])", r"\\\1", words)
    return "".join(CODES.get(c, c) for c in words)


def document(pages: list[bytes], trailer: str = "", **more: str) -> bytes:
    """The objects of a document of these content streams; `more` are entries of the first one."""
    names = " ".join(f"{n} /{name}" for n, name in enumerate(GLYPHS.values(), 1))
    encoding = f"/Encoding << /Type /Encoding /BaseEncoding /WinAnsiEncoding /Differences [{names}] >>"
    fonts = [
        f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} {encoding} >>" for name in ("Times-Roman", "Times-Bold")
    ]
    kids = " ".join(f"{5 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] /MediaBox [0 0 612 792] >>", *fonts,
    ]  # fmt: skip
    entries = "".join(f" /{name} {value}" for name, value in more.items())
    made = [o.encode() for o in objects]
    for number, stream in enumerate(pages):
        resources = "/Resources << /Font << /F1 3 0 R /F2 4 0 R >> >>"
        made.append(f"<< /Type /Page /Parent 2 0 R {resources} /Contents {6 + 2 * number} 0 R >>".encode())
        made.append(f"<< /Length {len(stream)}{entries} >>\nstream\n".encode() + stream + b"\nendstream")
        entries = ""
    return file(made, trailer)


def file(objects: list[bytes], trailer: str = "") -> bytes:
    """Numbered objects, their cross-reference table and a trailer; object 1 is the catalogue."""
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{len(out)}\n%%EOF\n"
    return out + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table + end.encode()
