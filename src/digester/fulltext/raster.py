"""Pictures as files: PNG (W3C, Portable Network Graphics) and JPEG (ITU-T T.81), with nothing left in them but what is drawn.

Names, places and whatever else a file carries beside its pixels are left out, and so is what stands behind its end: a file
that is a picture to one program and a page to another is passed on as the picture alone. Pixels are not touched.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from digester.domain.errors import ParseError
from digester.domain.pictures import Raster
from digester.domain.sources import Document

MAX_BYTES = 2_000_000
LEAST, MOST, PIXELS = (240, 90), 8_000, 30_000_000  # width and height in pixels, and both together
_PNG, _JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
_CHUNKS = (b"IHDR", b"PLTE", b"tRNS", b"gAMA", b"sRGB", b"IDAT", b"IEND")
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # SOF0 to SOF15 without tables
_KEPT = _FRAMES | {0xC4, 0xCC, 0xDB, 0xDD, 0xDA, 0xE0, 0xEE}  # ... with tables, scans, JFIF and Adobe's colours


def read(document: Document) -> Raster:
    """The picture. Raises ParseError for what is neither PNG nor JPEG, is broken, too small to be read or too large."""
    body = document.body
    if len(body) > MAX_BYTES:
        raise ParseError(f"picture of more than {MAX_BYTES // 1_000_000} MB")
    if body.startswith(_PNG):
        return _png(body)
    if body.startswith(_JPEG):
        return _jpeg(body)
    raise ParseError("neither PNG nor JPEG")


def _png(body: bytes) -> Raster:
    chunks = [(kind, data) for kind, data in _chunks(body) if kind in _CHUNKS]
    if not chunks or chunks[0][0] != b"IHDR" or len(chunks[0][1]) != 13 or chunks[-1][0] != b"IEND":
        raise ParseError("PNG without head or end")
    head = chunks[0][1]
    made = b"".join(_chunk(kind, data) for kind, data in chunks)
    size = int.from_bytes(head[:4]), int.from_bytes(head[4:8])
    return Raster("image/png", *_fitting(size), _PNG + made)


def _chunks(body: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Kind and data of each chunk up to the end, each with the right sum."""
    at = len(_PNG)
    while at + 12 <= len(body):
        length, kind = int.from_bytes(body[at : at + 4]), body[at + 4 : at + 8]
        data, end = body[at + 8 : at + 8 + length], at + 12 + length
        if end > len(body) or zlib.crc32(kind + data) != int.from_bytes(body[end - 4 : end]):
            raise ParseError("PNG with a broken chunk")
        yield kind, data
        if kind == b"IEND":
            return
        at = end
    raise ParseError("PNG without an end")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return len(data).to_bytes(4) + kind + data + zlib.crc32(kind + data).to_bytes(4)


def _jpeg(body: bytes) -> Raster:
    made, size = bytearray(body[:2]), None
    for marker, segment in _segments(body):
        if marker in _KEPT:
            made += segment
        if marker in _FRAMES and size is None and len(segment) >= 9:
            size = int.from_bytes(segment[7:9]), int.from_bytes(segment[5:7])
    if size is None:
        raise ParseError("JPEG without a frame")
    return Raster("image/jpeg", *_fitting(size), bytes(made) + b"\xff\xd9")


def _segments(body: bytes) -> Iterator[tuple[int, bytes]]:
    """Marker and bytes of each segment up to the end of the image; a scan has its data with it."""
    at = 2
    while at + 4 <= len(body):
        if body[at] != 0xFF:
            raise ParseError("JPEG with a broken segment")
        marker = body[at + 1]
        if marker == 0xFF:  # a fill byte
            at += 1
            continue
        if marker == 0xD9:
            return
        length = int.from_bytes(body[at + 2 : at + 4])
        end = at + 2 + length
        if length < 2 or end > len(body) or marker < 0xC0 or 0xD0 <= marker <= 0xD8:
            raise ParseError("JPEG with a broken segment")
        if marker == 0xDA:
            end = _scanned(body, end)
        yield marker, body[at:end]
        at = end
    if body[at : at + 2] != b"\xff\xd9":
        raise ParseError("JPEG without an end")


def _scanned(body: bytes, at: int) -> int:
    """Where the data of a scan that begins at `at` ends: before the next marker that is no restart."""
    while (at := body.find(b"\xff", at)) != -1:
        following = body[at + 1 : at + 2]
        if following and following != b"\x00" and not 0xD0 <= following[0] <= 0xD7:
            return at
        at += 2
    raise ParseError("JPEG without an end")


def _fitting(size: tuple[int, int]) -> tuple[int, int]:
    width, height = size
    if width < LEAST[0] or height < LEAST[1]:
        raise ParseError(f"picture of {width} x {height} pixels is too small to be read")
    if max(size) > MOST or width * height > PIXELS:
        raise ParseError(f"picture of {width} x {height} pixels is too large")
    return size
