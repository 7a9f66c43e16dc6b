"""The gate, first version: what is printed stands in its source.

A quotation is a verbatim slice of its passage; every number of a sentence or headline occurs in the texts it
cites, or, for what digester counted, in the values it was computed from; words in quotation marks stand in
what is cited. Links are made from the addresses of items, never from prose, so they need no check here.
The answer is a list of refusals in words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from digester.analysis.figures import numbers
from digester.domain.issue import Sentence
from digester.domain.model import Passage
from digester.domain.text import fold

_QUOTED = re.compile(r"[\u201c\"]([^\u201c\u201d\"]{4,400})[\u201d\"]|「([^」]{2,400})」")


def refusals(sentence: Sentence, passages: Mapping[str, Passage], sources: Sequence[str]) -> list[str]:
    """Why the sentence must not be printed; empty when it may. `sources` are the texts of what it cites."""
    if sentence.kind == "derived" and not sentence.rule.startswith("computed:"):
        return ["a derived sentence without its rule"]
    known = [*sources, *sentence.inputs.values()] if sentence.kind == "derived" else [*sources]
    found = []
    for language, text in sorted(sentence.text.items()):
        if sentence.kind == "quote" and not _verbatim(sentence, text, passages):
            found.append(f"{language}: not verbatim in its source")
        if sentence.kind == "synthesis" and len(sentence.cites) < 2:
            found.append(f"{language}: a conclusion over fewer than two picks")
        found += [f"{language}: {reason}" for reason in unsupported(text, known)]
    return found


def unsupported(text: str, sources: Sequence[str]) -> list[str]:
    """The numbers and the quotations of `text` that none of `sources` holds, as refusals."""
    found = []
    if missing := numbers(text) - frozenset().union(*(numbers(s) for s in sources)):
        found.append(f"numbers without a source: {', '.join(sorted(missing))}")
    folded = [fold(s) for s in sources]
    for a, b in _QUOTED.findall(text):
        if not any(fold(a or b) in s for s in folded):
            found.append(f"quotation without a source: {(a or b)[:60]}")
    return found


def _verbatim(sentence: Sentence, text: str, passages: Mapping[str, Passage]) -> bool:
    for support in sentence.supports:
        passage = passages.get(support.passage_id)
        if passage and fold(passage.text[support.start : support.end]) == fold(text):
            return True
    return False
