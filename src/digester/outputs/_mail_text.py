"""Plain text for terminals and text-only mail programs: paragraphs wrapped at 72 columns.

Han characters and full-width signs are two columns wide (UAX #11) and a line may break between any two of them, but not
before a closing or after an opening sign (a small part of JLREQ 3.1). A word or an address that is longer than a line stays
whole on its own: nothing is ever cut here. `> ` and `- ` at the beginning of a paragraph are carried on or indented.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

COLUMNS = 72
_OPEN = "（「『《〈【〔"
_CLOSE = "）」』》〉】〕，。、；：？！…"
_HAN = "\u3005-\u3007\u3041-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd"
_MARK = "\u3099\u309a\ufe00-\ufe0f\U000e0100-\U000e01ef"
_UNIT = re.compile(rf"\s+|[{_OPEN}]*(?:[{_HAN}][{_MARK}]*|[^\s{_HAN}{_OPEN}{_CLOSE}]+)[{_CLOSE}]*|[{_OPEN}{_CLOSE}]+")
_HANG = re.compile(r"> |- ")
_BLANKS = re.compile(r"\n{3,}")


def width(text: str) -> int:
    """Columns of a terminal."""
    return len(text) if text.isascii() else sum(map(_columns, text))


@lru_cache(maxsize=1 << 12)
def _columns(sign: str) -> int:
    if unicodedata.combining(sign) or unicodedata.category(sign) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(sign) in "WF" else 1


def rule(title: str, sign: str) -> str:
    """A line as long as the title."""
    return sign * min(width(title), COLUMNS)


def wrapped(text: str) -> str:
    """Each line of the text as lines of at most 72 columns; several empty lines are one."""
    lines = (line for paragraph in text.split("\n") for line in _wrapped(paragraph.strip()))
    return f"{_BLANKS.sub(chr(10) * 2, chr(10).join(lines)).strip()}\n"


@lru_cache(maxsize=1 << 10)  # a mail that is too long is put together several times (`_mail_fit`)
def _wrapped(text: str) -> tuple[str, ...]:
    return tuple(_paragraph(text))


def _paragraph(text: str) -> list[str]:
    hang = _HANG.match(text)
    first = hang[0] if hang else ""
    rest = first if first == "> " else " " * len(first)
    if width(text) <= COLUMNS:
        return [text]
    return [f"{first if n == 0 else rest}{line}" for n, line in enumerate(_filled(text[len(first) :], len(first)))]


def _filled(text: str, indent: int) -> list[str]:
    made, line, used, space = [], "", 0, ""
    for unit in _UNIT.findall(text):
        if unit.isspace():
            space = " "
            continue
        wide = width(unit)
        if line and used + len(space) + wide > COLUMNS - indent:
            made.append(line)
            line, used, space = "", 0, ""
        line, used, space = f"{line}{space}{unit}", used + len(space) + wide, ""
    return [*made, line]
