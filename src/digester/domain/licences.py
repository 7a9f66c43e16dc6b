"""Licences under which a picture of a paper may be shown by others, as arXiv names them
(https://info.arxiv.org/help/license/index.html), by name and by address."""

from __future__ import annotations

import re

OPEN = {
    "CC BY 4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC BY-SA 4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
    "CC0 1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
}
LONGEST = 100  # code points of a licence's name
_ADDRESS = re.compile(r"//(?:www\.)?creativecommons\.org/(licenses/[a-z-]{2,8}|publicdomain/zero)/(\d\.\d)(?:/|$)")
_ZERO = re.compile(r"CC[ -]?(?:0|Zero)(?: 1\.0)?", re.IGNORECASE)


def named(stated: str) -> str:
    """The licence that a page states by name or by address, as `OPEN` writes it; what is none of these stays as stated."""
    text = " ".join(stated.split()).removeprefix("License:").removeprefix("Licence:").strip()
    if match := _ADDRESS.search(text):
        kind = match[1].removeprefix("licenses/")
        text = f"CC {kind.upper()} {match[2]}" if kind != match[1] else f"CC0 {match[2]}"
    return ("CC0 1.0" if _ZERO.fullmatch(text) else text)[:LONGEST]


def is_open(licence: str) -> bool:
    """Whether others may show what stands under it, also where money is made: with the author's name, or without."""
    return licence in OPEN
