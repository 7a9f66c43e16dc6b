"""Figures of a news text that can be checked: no dates, and no numbers of versions."""

from __future__ import annotations

import re

_NO_UNIT = r"(?! ?(?:%|x\b|×|ms|[KMGT]?B\b|million|billion|percent|points|times|[\u3400-\u9fff]))"
SPECIFIC = re.compile(
    r"(?<![A-Za-z0-9_.])\$?\d[\d.,]*\d|(?<![A-Za-z0-9_.])\d(?= ?(?:%|x|×|B|M|K|GB|TB|ms|亿|万|倍|毫秒|元))|(?<![A-Za-z0-9_.])\$\d",
    re.IGNORECASE,
)
NUMBERED = re.compile(
    rf"(?<=[A-Za-z] )\d{{1,3}}\.\d[\d.]*+{_NO_UNIT}"
)  # 0.15.2: the name of a version says nothing of it
_MONTH = r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
DATE = re.compile(
    rf"\b{_MONTH}\.? \d{{1,2}}\b(?:, \d{{4}})?|\b\d{{1,2}} {_MONTH}\b|\b\d{{4}}[/-]\d{{1,2}}[/-]\d{{1,2}}\b|\d{{1,2}} ?月 ?\d{{1,2}} ?[日号]|\b\d{{1,2}}:\d\d\b"
)
_NO_FIGURE = re.compile(
    rf"{DATE.pattern}|(?<!Apache-)(?<!GPL-)(?<!BY-)(?<!SA-)(?<=[A-Za-z]-)\d[\d.]*+{_NO_UNIT}|\b(?!Apache|GPL|LGPL|AGPL|CC|BY)[A-Z][\w-]{{1,30}} 1?\d\.\d{{1,2}}\b{_NO_UNIT}"
)


def specifics(text: str, rx: re.Pattern[str] = SPECIFIC) -> dict[str, tuple[int, int]]:
    """Figures that can be checked, each once, where it stands first; a year or another date is none, nor the number of a version."""
    found: dict[str, tuple[int, int]] = {}
    none = [m.span() for m in _NO_FIGURE.finditer(text)] if rx is SPECIFIC else []
    for m in rx.finditer(text):
        figure = m[0].rstrip(".,")
        if not re.fullmatch(r"(?:19|20)\d\d", figure) and not any(a <= m.start() < b for a, b in none):
            found.setdefault(figure, (m.start(), m.start() + len(figure)))
    return found
