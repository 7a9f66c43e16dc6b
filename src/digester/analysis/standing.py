"""Whether a sentence can stand alone, and whether the sentence before it can do without it.

What opens with a pronoun or counts on what went before ("It helped", "About half comes from") says something else, or
nothing, where it stands alone. What turns the sentence before it around ("Not worth it.", "但…") must not be cut off.
"""

from __future__ import annotations

import re

_BACK = re.compile(
    r"^(?:(?:It|Its|This|That|These|Those|They|Them|Their|He|She|His|Her|Both|Neither|Either|Such|Each|Another|Others?|Some|Half|"
    r"There|Then|Here|So|And|But|Yet|Or|Nor|Also|Instead|Otherwise|Still|Most of|Two of|One of|None of|We then|"
    r"(?:About|Almost|Nearly|Roughly|Around|Over|Only) (?:half|all|(?:a|one|two) (?:thirds?|quarters?|tenths?|fifths?))|"
    r"At (?:one|two|three|four|half)|(?:In|For|With|At|By|From|On|Of|To|As|While|When|Because|If|Since|Although|Though|Once|Until) (?:it|they|this|that|these|those|them|both|each)|"
    r"The (?:former|latter|same|other|others|rest|remaining|second|third|result|reason|cause|difference|first version|move|announcement|decision|investigation))\b(?!-)|"
    r"(?:它|他们?|她们?|这|那|此|其|该|两者|二者|前者|后者|上述|但|不过|然而|而且|所以|因此|另外|也|还|同时|再|代价|原因|结果|差别|更新))"
)
_LEFT_OPEN = re.compile(
    r"\b(?:about|of|from|for|with|than|to|like|in|on|by|do|does|did) (?:that|this|these|those|them)(?=[,.;:!?]|$)"
)
_TURN = re.compile(
    r"^(?:(?:But|However|Yet|Still|Except|Though|Although|Only|Not|No|Never|Nobody|None|Nothing|Neither|Nor|Unfortunately|Instead|"
    r"Sadly|On the other hand|By contrast|In contrast)\b|但|不过|然而|可惜|只是|却|不|没|并非|并不|未必|尚未)"
)
_DENIES = re.compile(
    r"\b(?:not?|never|nobody|none|nothing|neither|nor|without|cannot|still|only)\b|n[\u2019']t\b|[不没未无非]",
    re.IGNORECASE,
)
SHORT = 8  # words of a sentence that denies and belongs to the one before it


def points_back(sentence: str) -> bool:
    """True for a sentence that counts on one before it."""
    return bool(_BACK.match(sentence) or _LEFT_OPEN.search(sentence))


def turns(sentence: str, words: int) -> bool:
    """True for a sentence of so many words that takes back or turns around what was said before it."""
    return bool(_TURN.match(sentence) or (words <= SHORT and _DENIES.search(sentence)))
