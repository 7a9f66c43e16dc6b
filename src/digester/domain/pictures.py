"""Figures of papers: as a text names them, as a file that was read, and as they are stored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class TextPicture:
    """A figure of a paper that is one picture: its caption as the text prints it, and where the picture is."""

    caption: str
    url: str


@dataclass(frozen=True)
class Raster:
    """A picture that was read: PNG or JPEG with nothing in it but what is drawn. `width` and `height` in pixels."""

    media_type: Literal["image/png", "image/jpeg"]
    width: int
    height: int
    body: bytes


@dataclass(frozen=True)
class Picture:
    """A stored figure of a paper, under an open licence. `name` is the file's: the hash of its bytes and an ending."""

    name: str
    work: str
    url: str
    caption: str
    licence: str
    media_type: str
    width: int
    height: int
