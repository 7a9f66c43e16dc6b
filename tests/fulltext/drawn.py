"""Pictures made byte by byte, so that a test can say what stands in them."""

from __future__ import annotations

import zlib

PNG, JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8"


def chunk(kind: bytes, data: bytes = b"") -> bytes:
    return len(data).to_bytes(4) + kind + data + zlib.crc32(kind + data).to_bytes(4)


def png(width: int = 400, height: int = 200, *more: bytes) -> bytes:
    """A white picture in greys; `more` are chunks between its head and its data."""
    head = width.to_bytes(4) + height.to_bytes(4) + bytes((8, 0, 0, 0, 0))
    rows = zlib.compress((b"\x00" + b"\xff" * width) * height)
    return PNG + chunk(b"IHDR", head) + b"".join(more) + chunk(b"IDAT", rows) + chunk(b"IEND")


def segment(marker: int, data: bytes) -> bytes:
    return bytes((0xFF, marker)) + (len(data) + 2).to_bytes(2) + data


def jpeg(width: int = 400, height: int = 200, *more: bytes, scans: int = 1) -> bytes:
    """What a reader of segments sees of a JPEG; the data of its scans is no picture."""
    frame = segment(0xC2, bytes((8,)) + height.to_bytes(2) + width.to_bytes(2) + bytes((1, 1, 0x11, 0)))
    tables = segment(0xDB, bytes(65)) + segment(0xC4, bytes(19))
    scan = segment(0xDA, bytes((1, 1, 0, 0, 63, 0))) + b"\x12\xff\x00\x34\xff\xd0\x56"
    start = JPEG + segment(0xE0, b"JFIF\x00\x01\x02\x00\x00\x01\x00\x01\x00\x00")
    return start + b"".join(more) + tables + frame + scan * scans + b"\xff\xd9"
