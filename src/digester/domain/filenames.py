"""File names from names of things: slugs, tags, organisations and themes may hold anything, files may not.

A plain name stays as it is, so that addresses can be read and typed; every other one gets a hash of the whole name
behind what can be read of it. So two names never share a file, not even on a disk that takes `A` for `a`, and a name has
the same file for ever, whatever other names come.
"""

from __future__ import annotations

import re
import unicodedata

from digester.domain.ids import digest

LONGEST = 100  # bytes: with an ending below the 120 of every archive format, and far below the 255 of file systems
_WORD = r"(?:W[0-9]{2}|(?!w[0-9]{2}(?![0-9a-z\u4e00-\u9fff]))[0-9a-z\u4e00-\u9fff]+)"  # W25 is a week, w25 its twin
_PLAIN = re.compile(rf"{_WORD}(?:[ -]{_WORD})*")
_HASHED = re.compile(r"[0-9a-f]{10}\Z")
_OTHER = re.compile(r"[^0-9a-z\u4e00-\u9fff]+")
_DEVICES = frozenset(["con", "prn", "aux", "nul", *(f"{d}{n}" for d in ("com", "lpt") for n in range(10))])
_READABLE = 60  # bytes of a name before its hash


def file_name(name: str) -> str:
    """A file name without ending for `name`: one path segment of digits, small Latin letters (and the W of weeks), Han
    characters, `-` and `_` (for a space); no device of Windows; at most 100 bytes; different names have different
    ones, also where case does not count."""
    if _PLAIN.fullmatch(name) and len(name.encode()) <= LONGEST and not _taken(name):
        return name.replace(" ", "_")
    readable = _OTHER.sub("-", unicodedata.normalize("NFKC", name[:LONGEST]).lower()).encode("utf-8", "ignore")[
        :_READABLE
    ]
    return "-".join(filter(None, (readable.decode("utf-8", "ignore").strip("-"), digest(name, size=5))))


def _taken(name: str) -> bool:
    """A plain name that is a device, or could be another name with its hash."""
    return name in _DEVICES or bool(_HASHED.match(re.split("[ -]", name)[-1]))
