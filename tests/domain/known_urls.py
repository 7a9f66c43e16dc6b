"""The lines of urls.tsv: an address, what is canonical for it, what it refers to."""

from __future__ import annotations

import re
from pathlib import Path

Line = tuple[str, str | None, str | None]


def lines() -> list[Line]:
    """Given, canonical, reference; None for refused."""
    found: list[Line] = []
    for line in (Path(__file__).parent / "urls.tsv").read_text("utf-8").split("\n")[1:]:
        if not line or line.startswith("# "):
            continue
        given_, clean, ref = line.split("\t")
        url = re.sub(r"\\u([0-9a-f]{4})", lambda m: chr(int(m[1], 16)), given_)
        wanted = None if clean == "-" else clean
        found.append((url, wanted, None if ref == "-" else f"url:{wanted}" if ref == "=" else ref))
    return found


LINES = lines()
