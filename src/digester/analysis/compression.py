"""Shorter by deletion only: what is left stands in the source, in its order.

Cut are words that join a sentence to the one before it ("However,", "To this end,", "In this paper,"), citations in
brackets, and glosses in brackets that begin with "i.e." or "e.g.". Nothing is cut that holds a negation, a hedge or a
number other than that of a citation or of a list, and never half of a sentence or more.

A quotation is one slice of its passage, so only `front` shortens quotations. Cuts from the middle (`compressed`) are
for measuring and for texts that are nobody's words.
"""

from __future__ import annotations

import re

_JOINT = (
    r"However|Moreover|Furthermore|Additionally|In addition|Specifically|Concretely|Therefore|Thus|Hence|Consequently|"
    r"Notably|Meanwhile|Besides|Finally|Lastly|First(?:ly)?|Second(?:ly)?|Third(?:ly)?|Also|Then|Here|Overall|Interestingly|"
    r"Unfortunately|Nevertheless|Nonetheless|Similarly|Accordingly|Ultimately|"
    r"In particular|More (?:specifically|precisely|concretely|importantly)|In summary|In short|To summarize|In other words|"
    r"As a result|By contrast|In contrast|On the other hand|Importantly|Crucially|"
    r"As such|Instead|On this background|Against this background|In response"
)
_THAT = r"(?:this|these|those|the (?:above|aforementioned))"
_SOLVE = r"(?:address|break|bridge|fill|close|overcome|tackle|mitigate|solve|resolve|alleviate)"
_REASON = (
    rf"To this end|(?:(?:Inspired|Motivated|Driven) by|Based on|Buil(?:ding|t) (?:up)?on|In response to) {_THAT}(?: [\w-]+){{0,2}}|"
    # without its first word where arXiv has taken that for part of an address
    rf"(?:To )?{_SOLVE} (?:{_THAT}(?: [\w-]+){{0,3}}|the (?:(?:first|second|third|latter) )?(?:challenge|gap|issue|limitation|problem)s?)"
)
# more words than that may be a list, unless the subject follows
_LONG_REASON = rf"(?:To )?{_SOLVE} {_THAT}(?: [\w,-]+){{1,14}}, (?=(?:we|this (?:paper|work|study))\b)"
_HERE = r"In this (?:paper|work|study|article)"
_SHOWN = r"(?:Extensive experiments|Experimental results) (?:show|demonstrate) that"
# a joint is one when a comma or the subject follows: "Thus far" and "In addition to speed" are none
_OPENER = re.compile(
    rf"\(\d\) |{_LONG_REASON}|(?:{_JOINT}|{_REASON})(?:, |,? (?=(?:we|our|{_HERE})\b))|{_HERE}(?:, | (?=(?:we|an?|the)\b))|{_SHOWN},? |"
    r"(?:然而|但是|此外|另外|为此|因此|具体来说|具体而言|首先|其次|最后|在?本文中)[，,]"
)
_LISTED = re.compile(r"\(\d\) ")
_KEPT = re.compile(
    r"\d|n[\u2019']t\b|\b(?:not?|none|never|neither|nor|cannot|without|hardly|only|unless|except|if|may|might|could|can|would|should|"
    r"perhaps|possibl[ey]|probabl[ey]|likely|suggests?|seems?|appears?|about|approximately|almost|nearly|up to|at (?:least|most)|"
    r"some|most|many|few)\b|[不没未无非仅可或约]",
    re.IGNORECASE,
)
_NAME = r"[A-Z][\w.\u2019'-]{0,30}+"
_AUTHORS = rf"{_NAME}(?:(?: et al\.?| and {_NAME}| & {_NAME}|, {_NAME}){{0,3}}),? (?:19|20)\d\d[a-z]?"
_ASIDE = re.compile(
    rf"(?: ?\((?:e\.g\.,? |see (?:also )?)?{_AUTHORS}(?:; {_AUTHORS}){{0,5}}\)| ?\[\d{{1,3}}(?:(?:, ?|\u2013|-)\d{{1,3}}){{0,8}}\]|"
    r"(?P<gloss> \((?:i\.e\.|e\.g\.),? [^()]{1,80}\)))(?!\w)"
)

Cut = tuple[int, int]


def front(text: str) -> int:
    """How many characters of openers a sentence can lose: what follows says the same without what went before."""
    cut = 0
    while (m := _OPENER.match(text, cut)) and not _KEPT.search(_LISTED.sub("", m[0])):
        cut = m.end()
    return cut if cut < len(text) // 2 else 0


def cuts(text: str) -> list[Cut]:
    """What can go, as [start, end) in order and without overlap; `compressed` is the text without it."""
    begun = front(text)
    found = [(0, begun)] if begun else []
    asides = (m for m in _ASIDE.finditer(text, begun) if m.start())
    found += [m.span() for m in asides if not (m["gloss"] and _KEPT.search(m["gloss"]))]
    return found if sum(b - a for a, b in found) < len(text) / 2 else []


def compressed(text: str) -> str:
    """A subsequence of the text: without its openers, citations and glosses."""
    parts, at = [], 0
    for start, end in cuts(text):
        parts.append(text[at:start])
        at = end
    return "".join((*parts, text[at:]))
