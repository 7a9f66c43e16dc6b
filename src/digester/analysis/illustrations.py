"""Which figure of a paper shows how its system works, and what its caption says of it.

A reader of an issue is helped by a drawing of the parts and how they hang together; a plot needs the text around it, and says
in pixels what the issue says in signed figures.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from digester.analysis.tokens import sentences
from digester.domain.pictures import TextPicture

SHORTEST, LONGEST = 3, 40  # words of a caption's first sentence
_NUMBER = re.compile(r"(?:Figure|Fig\.?)\s{0,3}[A-Z]?\d{1,3}[a-z]?\s{0,3}[:.|\u2013\u2014-]?\s{0,3}", re.IGNORECASE)
_DRAWN = re.compile(
    r"\b(?:architectures?|framework|overview|overall|pipeline|workflow|structure|schematic|system design|diagram|data flow"
    r"|illustrations? of (?:the|our)|how \w{2,30} works)\b",
    re.IGNORECASE,
)
_PLOTTED = re.compile(
    r"\b(?:vs\.?|versus|results?|performance|comparisons?|compar(?:es?|ing)|ablations?|distributions?|curves?|losses|accuracy|recall|auc"
    r"|latency|t-sne|visuali[sz]ations?|sensitivity|histograms?|heat ?maps?|trends?|scaling|impact|effects?|case stud(?:y|ies))\b",
    re.IGNORECASE,
)


def best(pictures: Sequence[TextPicture]) -> TextPicture | None:
    """The first figure whose caption speaks of the whole and not of results; None where there is none."""
    return next((p for p in pictures if _shows_the_whole(caption_of(p))), None)


def caption_of(picture: TextPicture) -> str:
    """The first sentence of a caption, without the number that the figure has in its paper; a slice of the caption."""
    text = picture.caption
    start = m.end() if (m := _NUMBER.match(text)) else 0
    first = next(((a, b) for a, b in sentences(text[start:])), (0, 0))
    return text[start + first[0] : start + first[1]]


def _shows_the_whole(caption: str) -> bool:
    words = len(caption.split())
    return SHORTEST <= words <= LONGEST and bool(_DRAWN.search(caption)) and not _PLOTTED.search(caption)
