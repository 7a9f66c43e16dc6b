"""Inflating with a ceiling: any chunking gives the same body, any bytes give a body or one of two errors."""

from __future__ import annotations

import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digester.net.inflate import BadEncoding, TooLarge, read_body


def chunked(data: bytes, size: int) -> list[bytes]:
    return [data[i : i + size] for i in range(0, len(data), size)]


@given(st.lists(st.binary(max_size=300), min_size=1, max_size=3), st.integers(1, 50))
def test_gzip_members_come_back_whatever_the_chunks(parts: list[bytes], size: int) -> None:
    wire = b"".join(gzip.compress(part) for part in parts)
    assert read_body(chunked(wire, size), "gzip", 10_000) == b"".join(parts)


@given(st.binary(max_size=300), st.integers(1, 50), st.sampled_from([zlib.MAX_WBITS, -zlib.MAX_WBITS]))
def test_deflate_comes_back_with_and_without_its_header(data: bytes, size: int, wbits: int) -> None:
    deflater = zlib.compressobj(wbits=wbits)
    wire = deflater.compress(data) + deflater.flush()
    assert read_body(chunked(wire, size), "deflate", 10_000) == data


@given(
    st.one_of(st.binary(max_size=200), st.binary(max_size=60).map(lambda b: gzip.compress(b)[:-3] + b)),
    st.sampled_from(["gzip", "deflate", "", "identity", "br", "gzip, br"]),
    st.integers(1, 40),
)
def test_F08_any_bytes_are_a_body_or_an_error_of_ours(data: bytes, encoding: str, size: int) -> None:
    try:
        assert len(read_body(chunked(data, size), encoding, 100)) <= 100
    except (BadEncoding, TooLarge):
        return


@given(st.binary(min_size=1, max_size=300), st.integers(1, 50))
def test_F08_every_cut_of_a_gzip_body_is_an_error(data: bytes, cut: int) -> None:
    with pytest.raises(BadEncoding):
        read_body([gzip.compress(data)[:-cut]], "gzip", 10_000)


@pytest.mark.parametrize("encoding", ["", "gzip"])
def test_the_cap_is_exact(encoding: str) -> None:
    body = bytes(1000)
    wire = gzip.compress(body) if encoding else body
    assert read_body([wire], encoding, 1000) == body
    with pytest.raises(TooLarge):
        read_body([wire], encoding, 999)


def test_F07_bytes_on_the_wire_are_capped_too() -> None:
    empty_members = gzip.compress(b"") * 100
    with pytest.raises(TooLarge):
        read_body(chunked(empty_members, 64), "gzip", 1000)


def test_F07_a_bomb_is_not_inflated_beyond_the_cap() -> None:
    """The generator says how far it was read: a capped reader stops after the first chunk."""
    bomb = gzip.compress(bytes(50_000_000))
    read = []

    def chunks() -> object:
        for chunk in chunked(bomb, 4096):
            read.append(len(chunk))
            yield chunk

    with pytest.raises(TooLarge):
        read_body(chunks(), "gzip", 100_000)  # type: ignore[arg-type]
    assert len(read) == 1
