"""Whether the text of a PDF is seen: not in white, not in rendering mode 3 (ISO 32000-2, 8.6.8 and 9.3.6), not tiny.

pypdf reports operators as it meets them, and text when a line or font ends. A piece of text is unseen when all that
was shown for it was. What lies behind it is not known: white on a black bar counts as unseen.
"""

from __future__ import annotations

from typing import Any

TINY = 2.0  # points
_SHOWING = frozenset({b"Tj", b"TJ", b"'", b'"'})
_COLOURS = frozenset({b"g", b"rg", b"k", b"sc", b"scn"})
_BLACK, _INVISIBLE = (False, 0), 3
_DEEPEST = 100  # of saved states


class Ink:
    """The state of one page: fill colour and rendering mode."""

    def __init__(self) -> None:
        self._white, self._mode = _BLACK
        self._saved: list[tuple[bool, int]] = []
        self._seen = self._unseen = False  # what was shown since the last piece

    def operator(self, name: bytes, values: list[Any], cm: list[float], tm: list[float]) -> None:
        if name in _SHOWING:
            hidden = self._white or self._mode == _INVISIBLE
            self._unseen, self._seen = self._unseen or hidden, self._seen or not hidden
        elif name in _COLOURS:
            self._white = _is_white(values)
        elif name == b"cs":
            self._white = False
        elif name == b"Tr" and values:
            self._mode = int(values[0]) if isinstance(values[0], (int, float)) else 0
        elif name == b"q" and len(self._saved) < _DEEPEST:
            self._saved.append((self._white, self._mode))
        elif name == b"Q":
            self._white, self._mode = self._saved.pop() if self._saved else _BLACK

    def hid(self, points: float) -> bool:
        """Whether the piece that just ended, in letters of that size, is unseen."""
        unseen = self._unseen and not self._seen
        self._unseen = self._seen = False
        return unseen or 0 < points < TINY


def _is_white(values: list[Any]) -> bool:
    """Of grey, RGB or CMYK; a colour of another space is taken as seen."""
    parts = [float(v) for v in values if isinstance(v, (int, float))]
    return len(parts) == len(values) and (parts in ([1.0], [1.0, 1.0, 1.0]) or parts == [0.0, 0.0, 0.0, 0.0])
