"""Words of a statement and of a source, folded so that forms of one word meet.

`stem` takes inflection off, `root` derivation too; neither yields a printable word. Both are rules over endings,
not a dictionary, and err towards keeping words apart. Linear: each token is folded once, bounded in length. Characters of
scripts without spaces are passed over: of Chinese text only its figures and the Latin words in it are looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

# A prefix that turns a word round stays with it: non-negligible is one word, nonnegligible
_PREFIX = r"(?:(?:non|anti|pre|post|multi|inter|intra|sub|over|under|mis|dis|un|in|co)[-\u2010\u2011](?=[a-z]))?"
_LETTER = r"[^\W_\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af]"
_TOKEN = re.compile(
    rf"{_PREFIX}{_LETTER}{{1,60}}(?:[.,]\d{_LETTER}{{0,30}}){{0,4}}(?:['\u2019](?:t|s|re|ve|ll|d|m)(?!\w))?",
    re.IGNORECASE,
)
_FORMS = """
say said; tell told; give gave given; take took taken; make made; get got gotten; buy bought; sell sold; go went gone goes; come came;
find found; hold held; keep kept; lead led; leave left; lose lost; meet met; pay paid; see saw seen; send sent; speak spoke spoken;
teach taught; think thought; understand understood; win won; write wrote written; begin began begun; build built; choose chose chosen;
draw drew drawn; fall fell fallen; grow grew grown; know knew known; rise rose risen; run ran; show shown; spend spent; feel felt;
stand stood; steal stole stolen; throw threw thrown; wear wore worn; bring brought; seek sought; fight fought; catch caught;
break broke broken; drive drove driven; eat ate eaten; forget forgot forgotten; hide hid hidden; die died dying; lie lay lying;
mean meant; hear heard; become became; shoot shot; sink sank sunk; swear swore sworn; lend lent; deal dealt; slay slew slain;
child children; man men; woman women; wife wives; life lives; half halves; foot feet; be is are was were been being am; have has had;
do does did done doing; analysis analyses; datum data; bad worse worst; index indices; criterion criteria; basis bases
"""
_IRREGULAR = {form: group.split()[0] for group in _FORMS.split(";") for form in group.split()[1:]}
_ENDINGS = (
    "ization", "isation", "iveness", "fulness", "ically", "ively", "ations", "ation", "ition", "ement", "ment", "ness", "ance", "ence", "ancy", "ency",
    "able", "ible", "ably", "ibly", "ity", "ion", "ive", "ize", "ise", "ist", "ism", "ical", "ial", "al", "ic", "ous", "ant", "ent", "ary", "ory", "er", "est", "or",
    "ate", "ful", "ly", "y",
)  # fmt: skip
_VOWEL = re.compile(r"[aeiouy]")


@dataclass(frozen=True)
class Word:
    """One token: as printed, in lower case, its stem and root; [start, end) in its text; `first` of its sentence."""

    text: str
    low: str
    stem: str
    root: str
    start: int
    end: int
    first: bool = False

    @property
    def named(self) -> bool:
        """Written as a name or code: a capital not owed to the sentence's beginning, or capitals inside."""
        inner = self.text[1:]
        return any(c.isupper() for c in inner) or (self.text[0].isupper() and not self.first)

    @property
    def numeric(self) -> bool:
        return self.text[0].isdigit()


def words(text: str, start: int, end: int) -> Iterator[Word]:
    """The words of text[start:end]; compounds with hyphens yield their parts, `doesn't` does and n't."""
    first = True
    for m in _TOKEN.finditer(text, start, end):
        token, at = m[0], m.start()
        bare, mark, tail = token.replace("\u2019", "'").partition("'")
        if mark and tail == "t" and bare.lower().endswith("n"):
            bare = bare[:-1] if bare.lower() != "can" else bare
            yield _word(bare, at, at + len(bare), first)
            yield Word(token[len(bare) :], "n't", "n't", "n't", at + len(bare), m.end())
        else:
            yield _word(bare, at, at + len(bare), first)
        first = False


def _word(text: str, start: int, end: int, first: bool) -> Word:
    low = text.lower().replace("-", "").replace("\u2010", "").replace("\u2011", "")
    return Word(text, low, stem(low), root(low), start, end, first)


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """`word` in lower case without inflection: offers, offered, offering -> offer; created -> creat."""
    word = _IRREGULAR.get(word, word)
    if len(word) < 4 or not word.isalpha():
        return word
    if word.endswith(("ies", "ied")):
        return word[:-2].removesuffix("i") + "i" if len(word) > 4 else word[:-1]
    if word.endswith(("sses", "ches", "shes", "xes", "zes")):
        word = word[:-2]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in ("ing", "ed"):
        base = word.removesuffix(ending)
        if base != word and len(base) > 2 and _VOWEL.search(base) and not (ending == "ed" and base.endswith("e")):
            double = len(base) > 3 and base[-1] == base[-2] and base[-1] not in "lsz"
            word = base[:-1] if double else base
            break
    word = word[:-1] if word.endswith("e") and len(word) > 3 else word
    return word[:-1] + "i" if word.endswith("y") and len(word) > 3 else word


@lru_cache(maxsize=65536)
def root(word: str) -> str:
    """`word` without derivation: automation, automated, automatic -> autom. Keeps four letters; -less stays."""
    base = stem(word)
    if not base.isalpha() or not base.isascii():
        return base
    base = base[:-1] + "y" if base.endswith("i") else base
    for _ in range(3):
        shorter = _without_ending(base)
        if shorter == base:
            break
        base = shorter
    if len(base) > 4 and base[-1] == base[-2] and base[-1] not in "s":
        base = base[:-1]
    return base.removesuffix("e") if len(base) > 3 else base


def _without_ending(word: str) -> str:
    for ending in _ENDINGS:
        for form in (ending, ending.removesuffix("e")):
            if len(form) > 1 or form == "y":
                base = word.removesuffix(form)
                if base != word and len(base) >= max(4, len(form)) and _VOWEL.search(base):
                    return base
    return word
