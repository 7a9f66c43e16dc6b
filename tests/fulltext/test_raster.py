"""A picture is passed on with its pixels and nothing else, or not at all."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.fulltext.drawn import chunk, jpeg, png, segment

from digester.domain.errors import ParseError
from digester.domain.pictures import Raster
from digester.domain.sources import Document, Request
from digester.fulltext import raster

SECRET = b"taken by Ada at 59.91 N"


def read(body: bytes) -> Raster:
    request = Request("picture", "https://arxiv.example/html/2606.90001v1/x1.png")
    return raster.read(Document(request, request.url, "image/png", body, datetime(2026, 6, 20, tzinfo=UTC)))


def test_a_png_keeps_its_size_and_its_bytes() -> None:
    assert read(png(400, 200)) == Raster("image/png", 400, 200, png(400, 200))


def test_a_jpeg_keeps_its_size_and_its_bytes() -> None:
    assert read(jpeg(640, 240, scans=3)) == Raster("image/jpeg", 640, 240, jpeg(640, 240, scans=3))


@pytest.mark.parametrize("kind", [b"tEXt", b"iTXt", b"eXIf", b"zzZz", b"acTL"])
def test_what_a_png_carries_beside_its_pixels_is_left_out(kind: bytes) -> None:
    assert read(png(400, 200, chunk(kind, SECRET))).body == png(400, 200)


@pytest.mark.parametrize("marker", [0xE1, 0xE2, 0xED, 0xFE])
def test_what_a_jpeg_carries_beside_its_pixels_is_left_out(marker: int) -> None:
    assert read(jpeg(400, 200, segment(marker, SECRET))).body == jpeg(400, 200)


@pytest.mark.parametrize("body", [png(), jpeg()], ids=["png", "jpeg"])
def test_what_stands_behind_the_end_of_a_picture_is_left_out(body: bytes) -> None:
    assert read(body + b"<html><script>alert(1)</script>").body == body


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "neither PNG nor JPEG"),
        (b"", "neither PNG nor JPEG"),
        (b"GIF89a" + bytes(40), "neither PNG nor JPEG"),
        (png()[:-4], "without an end"),
        (png().replace(b"IDAT", b"IDAU"), "broken chunk"),
        (png()[:8] + chunk(b"IDAT", b"x") + chunk(b"IEND"), "without head"),
        (png()[:8] + chunk(b"IHDR", bytes(12)) + chunk(b"IEND"), "without head"),
        (jpeg()[:-2], "without an end"),
        (jpeg()[:60], "broken segment"),
        (b"\xff\xd8\xff\xc0\x00\x01" + bytes(20), "broken segment"),
        (b"\xff\xd8\xff\xd9" + bytes(20), "without a frame"),
        (png(120, 200), "too small"),
        (png(400, 40), "too small"),
        (png(9_000, 100), "too large"),
        (jpeg(7_000, 7_000), "too large"),
        (png(400, 200) + bytes(raster.MAX_BYTES), "more than 2 MB"),
    ],
)
def test_what_is_no_picture_to_show_is_refused_with_the_reason(body: bytes, why: str) -> None:
    with pytest.raises(ParseError, match=why):
        read(body)


@given(st.sampled_from([png(), jpeg(), jpeg(scans=3)]), st.data())
def test_a_picture_with_changed_bytes_is_read_or_refused(body: bytes, data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(body)))
    changed = body[:cut] + data.draw(st.binary(max_size=12)) + body[data.draw(st.integers(cut, len(body))) :]
    with suppress(ParseError):
        made = read(changed)
        assert made.body.startswith((b"\x89PNG", b"\xff\xd8")) and len(made.body) <= len(changed) + 2
        assert read(made.body) == made  # nothing is left to leave out
