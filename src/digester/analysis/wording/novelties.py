"""What a sentence brings that its source does not have: names, things in the place of others, runs of new words.

A single new word says little, for a paraphrase is full of them. It says something as a name, before a word that the
source qualifies otherwise, in a row with others, or when the source is no more than a title.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from digester.analysis.wording.align import Aligned
from digester.analysis.wording.closed import COUNTS, FORMERS, FUNCTION
from digester.analysis.wording.finding import Finding, Kind, at
from digester.analysis.wording.lexicon import CLASSES
from digester.analysis.wording.words import Word

STUB = 25  # words; a shorter source is a title or a stub
FREE = 0.25  # share of new words above which a sentence is a free rendering
FOREIGN = 0.4  # share of new words above which it is about something else
RUN = 3  # new content words in a row that are no turn of phrase any more
# How words end that are no names when they begin a sentence.
_ENDINGS = ("s", "ing", "ed", "ly", "ion", "ment", "ness", "ity", "er", "or", "al", "ive", "ful", "ous", "able", "ence", "ance")  # fmt: skip


def names(of: Aligned) -> Iterator[Finding]:
    """Names and codes of which the source has not even the letters."""
    for i in of.novel:
        word = of.words[i]
        known = word.low in of.source.characters or of.source.abbreviates(word) or word.root in CLASSES
        if _naming(of, word) and not word.numeric and not known:
            yield at("name", word, f"the source does not name {word.text}")


def _naming(of: Aligned, word: Word) -> bool:
    """In a line that capitalises its words, only capitals inside a word make a name; a first word may be a name."""
    if word.first and word.text[0].isupper() and not of.titled:
        return word.text.isalpha() and not word.low.endswith(_ENDINGS)
    return word.named and (not of.titled or not word.text[1:].islower())


def substitutions(of: Aligned) -> Iterator[Finding]:
    """A new word before one that the source qualifies otherwise: `dental plan` for `health plan`."""
    if len(of.new) > FREE * len(of.contents):
        return
    for i in of.new:
        word = of.words[i]
        if _is_thing(word) and word.low not in FORMERS and (instead := _instead(of, i)):
            yield at("substitution", word, f"the source says {instead.text} where this says {word.text}")


def _is_thing(word: Word) -> bool:
    """It tells something of its own, unlike the words that any summary is made of."""
    return not word.numeric and word.low not in COUNTS and CLASSES.get(word.root, "thing") == "thing"


def _instead(of: Aligned, i: int) -> Word | None:
    """What the source has before the next word, and the statement nowhere."""
    here = {w.root for w in of.words}
    for place in of.places[i + 1] if i + 1 < len(of.words) else ():
        for found in of.source.before(place, 1):
            if found.low not in FUNCTION and found.root not in here:
                return found
    return None


def new_words(of: Aligned) -> Iterator[Finding]:
    """Words that the source has nothing for; over a stub, such as a title, those that tell some thing (detail)."""
    for i in of.new:
        word = of.words[i]
        if not word.numeric and word.low not in COUNTS and not of.source.abbreviates(word):
            kind: Kind = "detail" if _is_thing(word) and len(of.source.words) < STUB else "word"
            yield at(kind, word, f"the source has neither {word.text} nor a word for it")


def insertions(of: Aligned) -> Iterator[Finding]:
    """Content words in a row of which the source has nothing, and sentences of mostly such words.

    A run is told from a free rendering by its length: RUN words, and one more for each RUN new words elsewhere.
    """
    new = frozenset(of.new)
    if len(new) > max(RUN, FOREIGN * len(of.contents)):
        yield _span(of, of.contents[0], of.contents[-1], "the source has next to nothing of this")
        return
    for is_new, group in groupby(of.contents, new.__contains__):
        run = list(group)
        if is_new and len(run) >= RUN + (len(new) - len(run)) // RUN:
            yield _span(of, run[0], run[-1], "the source has nothing of this")


def _span(of: Aligned, first: int, last: int, reason: str) -> Finding:
    start, end = of.words[first].start, of.words[last].end
    return Finding("insertion", start, end, of.text[start:end], reason)
