"""Quotations stand verbatim in a passage after space, case and quotation marks are made alike; links are an item's."""

from __future__ import annotations

import re

from digester.analysis.grounding._ground import Ground
from digester.analysis.grounding._verdict import Refusal, Verdict
from digester.domain.model import Support
from digester.domain.text import fold

QUOTED = re.compile(r"[\u201c\"]([^\u201c\u201d\"]{4,600})[\u201d\"]|\u300c([^\u300c\u300d]{2,400})\u300d")
_CUT = re.compile(r"\[(?:\.\.\.|\u2026)\]|\.\.\.|\u2026")
_URL = re.compile(r"(?i)\b(?:https?://|www\.)[^\s<>\"\u201d\u300d\]]{1,2000}")


def check(statement: str, ground: Ground) -> Verdict:
    return Verdict.of(verbatim(m[1] or m[2], ground) for m in QUOTED.finditer(statement))


def verbatim(words: str, ground: Ground, cut: bool = True) -> Verdict:
    """The quoted words in one passage; what an ellipsis leaves out (`cut`) may lie between its parts, in order."""
    parts = [p for p in (fold(part).rstrip(",.;") for part in (_CUT.split(words) if cut else [words])) if p]
    for passage, text in ground.folded:
        at = first = -1
        for part in parts:
            at = text.find(part, max(at, 0))
            if at < 0:
                break
            first, at = (at if first < 0 else first), at + len(part)
        if at >= 0 and parts:
            start, end = _unfolded(passage.text, parts, first, at)
            return Verdict((Support(passage.id, start, end, "quotation"),))
    return Verdict(refusals=(Refusal("quotation", words[:80], "no passage has these words"),))


def _unfolded(text: str, parts: list[str], first: int, end: int) -> tuple[int, int]:
    """Code points of a folded span: equal where folding keeps the length, else by searching the words again."""
    if fold(text[first:end]).rstrip(",.;") == fold(text)[first:end].rstrip(",.;"):
        return first, end
    start = text.find(parts[0][:40])
    return (start, min(len(text), start + end - first)) if start >= 0 else (0, len(text))


def links(statement: str, ground: Ground) -> Verdict:
    """Addresses in prose are those of items, to the letter."""
    verdict = Verdict()
    for m in _URL.finditer(statement):
        url = m[0].rstrip(".,;:!?'*_)")
        if url not in ground.links:
            verdict += Verdict(refusals=(Refusal("link", url[:120], "no cited item has this address"),))
    return verdict


def without_links(statement: str) -> str:
    return _URL.sub(" ", statement)
