"""Superscripts and footnotes of an author block made readable: marks tie names to organisations.

LaTeXML writes a mark as `<sup>`, as a formula (`{}^{1,\\dagger}`) or as a note; in a copy of the block each
becomes text between two private-use characters, and line breaks become line ends.
"""

from __future__ import annotations

import copy
import re
from typing import Any

from digester.domain.text import plain
from digester.fulltext import _tree

OPEN, CLOSE = "\ue000", "\ue001"  # private use: around a mark
NOTE, LAST_NOTE = 0xE100, 0xE1FF  # private use: where a footnote stood
_TEX_SUPER = re.compile(r"\s{0,9}(?:\{\s{0,9}\}\s{0,9})?\^\s{0,9}(?:\{(.{0,60})\}|(\S))\s{0,9}", re.DOTALL)
_TEX_MARK = {
    r"\ast": "*", r"\star": "⋆", r"\dagger": "†", r"\ddagger": "‡", r"\S": "§", r"\P": "¶",
    r"\diamondsuit": "♢", r"\diamond": "⋄", r"\heartsuit": "♡", r"\spadesuit": "♠", r"\clubsuit": "♣",
    r"\sharp": "♯",
}  # fmt: skip


def visible(element: Any, notes: dict[str, str] | None = None) -> Any:
    """A copy whose superscripts stand between OPEN and CLOSE and whose line breaks are line ends. Footnotes are
    taken out; into `notes`, where given, go their texts by the character that is left in their place."""
    twin = copy.deepcopy(element)
    twin.tail = None
    for note in _tree.with_class(twin, "ltx_note"):
        _take_note(note, notes)
    for node in list(twin.iter("math", "sup", "br")):
        _show(node)
    for node in twin.iter():
        if isinstance(node.tag, str) and str(node.get("class") or "").find("ltx_affiliation_") >= 0:
            node.tail = ", " + (node.tail or "")
        elif node.tag in ("p", "div", "tr", "li"):
            node.tail = "\n" + (node.tail or "")
        elif node.tag == "td":
            node.tail = " " + (node.tail or "")
    return twin


def _take_note(note: Any, notes: dict[str, str] | None) -> None:
    own = notes is not None and _tree.has_class(note, "ltx_role_thanks", "ltx_role_footnote")
    text = note_text(note) if own else ""
    if notes is None or not text or NOTE + len(notes) > LAST_NOTE:
        _tree.drop(note)
        return
    sign, tail = chr(NOTE + len(notes)), note.tail
    notes[sign] = text
    note.clear()
    note.text, note.tail = sign, tail


def _show(node: Any) -> None:
    """Turns one `math`, `sup` or `br` into text in place."""
    tail, raw = node.tail, "\n"
    if node.tag == "sup":
        raw = f"{OPEN}{_tree.raw_text(node).strip()[:60]}{CLOSE}"
    elif node.tag == "math":
        tex = node.get("alttext") or _tree.raw_text(node)
        raised = _TEX_SUPER.fullmatch(tex[:200])
        raw = f"{OPEN}{_symbols(raised[1] or raised[2] or '')}{CLOSE}" if raised else tex
    node.clear()
    node.text, node.tail = raw, tail


def _symbols(tex: str) -> str:
    for name, symbol in _TEX_MARK.items():
        tex = tex.replace(name, symbol)
    return re.sub(r"\\(?:text(?:rm|bf|it|sc)?|math(?:rm|bf|it|sf|normal))|\\[, ]", "", tex)


def note_text(note: Any) -> str:
    """What a footnote says, without its mark and its label."""
    twin = copy.deepcopy(note)
    twin.tail = None
    contents = _tree.with_class(twin, "ltx_note_content")
    twin = contents[0] if contents else twin
    twin.tail = None
    for part in list(twin.iter()):
        if (
            isinstance(part.tag, str)
            and part is not twin
            and _tree.has_class(part, "ltx_note_mark", "ltx_tag_note", "ltx_note_type")
        ):
            _tree.drop(part)
    return plain(_tree.raw_text(twin))
