"""Text of any length and content as one harmless line of at most so many code points.

Mail headers, text parts and table cells hold one line: CR, LF, NUL, U+0085, U+2028 and their kin become a space or nothing,
and so does what hides or turns text (Unicode categories Cc, Cf, Cs); the joiners of Indic scripts and emoji stay.
Whatever is cut is cut at the end of a sentence, else of a word, else between two graphemes (UAX #29; the boundaries found
here are some of those, so that no data file is needed), and says so with an ellipsis.
"""

from __future__ import annotations

import re
import unicodedata

_HALF = re.compile("[\ud800-\udfff]")
_BLANK_LINES = re.compile(r"\n\s*\n+")
_HIDDEN = ("Cc", "Cf", "Cs")
_JOINERS = "\u200c\u200d"
_ODD = re.compile("[^ -~\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027\u3001-\u9fff]")
_SENTENCE = re.compile(r"(?:[.!?][\"'”’)]?(?= )|[。！？][」』”）]?)")
_EXTENDING = ("Mn", "Mc", "Me", "Cn")  # Cn: what this Python does not know yet may be any of them
_TONES = "\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff"
_PREPENDED = "\u0d4e\U000111c2\U000111c3\U0001193f\U00011941\U00011a3a\U00011d46"
_FLAGS = "".join(chr(c) for c in range(0x1F1E6, 0x1F200))


def whole(text: str) -> str:
    """The text with U+FFFD for half a character (a lone surrogate): that has no octets in UTF-8."""
    return _HALF.sub("\ufffd", text)


def octets(text: str) -> bytes:
    """Any text in UTF-8."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        return whole(text).encode()


def squeezed(text: str) -> str:
    """What a template rendered, without the blank lines that its tags leave."""
    return _BLANK_LINES.sub("\n", text).strip()


def line(text: str) -> str:
    """The text on one line, space folded, without what could act or hide."""
    text = " ".join(text.split())
    return " ".join(_ODD.sub(_visible, text).split()) if _ODD.search(text) else text


def _visible(found: re.Match[str]) -> str:
    sign = found[0]
    return "" if unicodedata.category(sign) in _HIDDEN and sign not in _JOINERS else sign


def cut(text: str, limit: int) -> str:
    """At most `limit` code points of the text; itself when it is no longer. Idempotent."""
    if len(text) <= limit:
        return text
    head = text[: _boundary(text, limit - 1)]
    ends = [m.end() for m in _SENTENCE.finditer(text[: len(head) + 1]) if m.end() <= len(head)]
    if ends and ends[-1] >= limit // 2:
        return head[: ends[-1]]
    place = _word_end(text, len(head))
    return f"{head[: place if place >= limit // 2 else len(head)].rstrip(' ,;:，；：、')}…"


def _word_end(text: str, place: int) -> int:
    """Where the last whole word before `place` ends; between two Han characters any place is one."""
    while place and _latin(text[place - 1]) and _latin(text[place]):
        place -= 1
    return place


def _latin(sign: str) -> bool:
    return not sign.isspace() and unicodedata.east_asian_width(sign) not in "WF" and sign not in "、。"


def _boundary(text: str, place: int) -> int:
    """The last place at or before `place` that no grapheme straddles."""
    while place > 0 and _joined(text, place):
        place -= 1
    return place


def _joined(text: str, place: int) -> bool:
    """Whether what stands before and after `place` may be one grapheme."""
    before, after = text[place - 1], text[place]
    if before.isascii() and after.isascii():
        return before == "\r" and after == "\n"
    if unicodedata.category(after) in _EXTENDING or after in _JOINERS or after in _TONES or before in _JOINERS:
        return True
    if "\U000e0000" <= after <= "\U000e0fff":  # tags of flags
        return True
    if _flag(before) and _flag(after):
        return (len(text[:place]) - len(text[:place].rstrip(_FLAGS))) % 2 == 1
    if _jamo(after) and (_jamo(before) or "\uac00" <= before <= "\ud7a3"):
        return True
    if (_jamo(before) and "\uac00" <= after <= "\ud7a3") or after in "\u0e33\u0eb3" or before in _PREPENDED:
        return True
    return unicodedata.category(before) in ("Cf", "Cn") or _conjunct(text, place)


def _conjunct(text: str, place: int) -> bool:
    """Whether a virama among the marks before `place` binds the next consonant (GB9c)."""
    while place > 0 and (unicodedata.category(text[place - 1])[0] == "M" or text[place - 1] in _JOINERS):
        place -= 1
        if unicodedata.combining(text[place]) == 9:
            return True
    return False


def _flag(sign: str) -> bool:
    return sign in _FLAGS


def _jamo(sign: str) -> bool:
    return "\u1100" <= sign <= "\u11ff" or "\ua960" <= sign <= "\ua97f" or "\ud7b0" <= sign <= "\ud7ff"
