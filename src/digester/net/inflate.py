"""Bodies are inflated here, with a ceiling: streaming clients still expand a bomb in one step."""

from __future__ import annotations

import zlib
from collections.abc import Iterable


class TooLarge(Exception):
    """More bytes than allowed, on the wire or inflated."""


class BadEncoding(Exception):
    """The body is not what Content-Encoding says."""


def read_body(chunks: Iterable[bytes], encoding: str, limit: int) -> bytes:
    """The inflated body. `limit` bounds the bytes on the wire and the bytes inflated, each.

    Raises TooLarge and BadEncoding. Encodings: identity, gzip, deflate (RFC 9110 8.4); stacked ones are
    refused, because nobody asks for them and each layer multiplies a bomb.
    """
    names = [n for n in (part.strip().lower() for part in encoding.split(",")) if n not in ("", "identity")]
    if not names:
        return _read_plain(chunks, limit)
    if len(names) > 1 or names[0] not in ("gzip", "x-gzip", "deflate"):
        raise BadEncoding(f"Content-Encoding {encoding[:60]!r} was not asked for")
    return _read_deflated(chunks, names[0], limit)


def _read_plain(chunks: Iterable[bytes], limit: int) -> bytes:
    body = bytearray()
    for chunk in chunks:
        body += chunk
        if len(body) > limit:
            raise TooLarge(f"more than {limit} bytes")
    return bytes(body)


def _read_deflated(chunks: Iterable[bytes], name: str, limit: int) -> bytes:
    inflater = None
    body, wire = bytearray(), 0
    try:
        for chunk in chunks:
            wire += len(chunk)
            while chunk:
                inflater = _next(inflater, name, chunk)
                body += inflater.decompress(chunk, limit + 1 - len(body))
                if len(body) > limit or wire > limit or inflater.unconsumed_tail:
                    raise TooLarge(f"more than {limit} bytes")
                chunk = inflater.unused_data
    except zlib.error as err:
        raise BadEncoding(f"not {name}: {err}") from err
    if inflater is None or not inflater.eof:
        raise BadEncoding(f"truncated {name}")
    return bytes(body)


def _next(inflater: zlib._Decompress | None, name: str, chunk: bytes) -> zlib._Decompress:
    """The same one, or at the start and after a gzip member (RFC 1952 2.2) a fresh one."""
    if inflater is not None and not inflater.eof:
        return inflater
    raw = name == "deflate" and chunk[0] & 0x0F != zlib.DEFLATED  # many send it without its zlib header
    return zlib.decompressobj(-zlib.MAX_WBITS if raw else zlib.MAX_WBITS | 32)  # 32: gzip or zlib header
