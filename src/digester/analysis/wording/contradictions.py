"""What a sentence says against its source: denials, opposites, exchanged roles, narrowed claims, contrasts.

What no check here can see: a word exchanged for another that the source has in a place like it (one plan's name for
another's), and knowledge of the world.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from digester.analysis.wording.align import REACH, Aligned, opposites
from digester.analysis.wording.closed import CONTRAST, DENYING, EXCLUSIVE, NEGATIONS, REVERSERS
from digester.analysis.wording.finding import Finding, at
from digester.analysis.wording.lexicon import ALTERNATIVE, GROUPS
from digester.analysis.wording.words import Word, root

REVERSING = frozenset(root(w) for w in REVERSERS)
REVERSING_VERBS = frozenset(
    root(w)
    for w in (
        "avoid",
        "prevent",
        "fail",
        "refuse",
        "decline",
        "stop",
        "cease",
        "deny",
        "prohibit",
        "forbid",
        "ban",
        "reject",
        "oppose",
        "hinder",
    )
)
_NO: frozenset[str] = frozenset()
_NONE: frozenset[int] = frozenset()
SCOPE = 3  # content words that a negation is taken to deny


def negation(of: Aligned) -> Iterator[Finding]:
    """A negation of what the source does not deny, and verbs that deny as much: avoid, prevent, fail."""
    for i, word in enumerate(of.words):
        denies = word.low in NEGATIONS or (word.root in REVERSING_VERBS and not of.stands(i))
        if denies and not _idle(of, i) and not _denied(of, i):
            yield at("negation", word, f"the source does not deny this: {word.text}")


def _idle(of: Aligned, i: int) -> bool:
    """Negations that deny nothing: whether or not, not only, no matter, no longer."""
    before = of.words[i - 1].low if i else ""
    after = of.words[i + 1].low if i + 1 < len(of.words) else ""
    return before == "or" or after in {"only", "just", "merely", "matter", "longer"}


def _denied(of: Aligned, i: int) -> bool:
    """True when the source negates the first of the next content words that it has, or says its contrary."""
    scope = [j for j in range(i + 1, min(len(of.words), i + 8)) if of.content(j)][:SCOPE]
    here = {w.root for w in of.words}
    for j in scope:
        if opposites(of.words[j]) & of.said:
            return True
        if places := of.meanings(j):
            after = [of.source.at(place + 1) for place in places]
            before = {w for place in places for w in of.source.before(place, 6)}
            if any(w and w.low == "free" for w in after):
                return True
            return any(w.low in NEGATIONS or (w.root in REVERSING and w.root not in here) for w in before)
    return not scope


def denials(of: Aligned) -> Iterator[Finding]:
    """What the source only ever denies, in a sentence that denies nothing in any way."""
    if any(w.low in NEGATIONS | DENYING or w.root in REVERSING | REVERSING_VERBS for w in of.words):
        return
    for i in of.contents:
        places = () if of.words[i].numeric else of.places[i]
        if places and all(_negated(of, p) for p in places):
            yield at("negation", of.words[i], f"the source denies this: {of.words[i].text}")


def _negated(of: Aligned, place: int) -> bool:
    """`not`, but `no` only right before: "no screen" is often said otherwise ("a screen was ruled out")."""
    before = [w.low for w in of.source.before(place, 3)]
    return before[-1:] == ["no"] or not {"not", "n't", "never", "cannot"}.isdisjoint(before)


def _in_negation(words: Sequence[Word], i: int) -> bool:
    return any(w.low in NEGATIONS for w in words[max(0, i - 3) : i])


def antonyms(of: Aligned) -> Iterator[Finding]:
    """The contrary of a word of the source: in its very place (antonym), or in the sentences this rests on (opposite)."""
    for i in of.contents:
        word = of.words[i]
        contrary = opposites(word) if not _in_negation(of.words, i) else _NO
        if not contrary or (not of.places[i] and of.stands(i)):
            continue
        there = (w for w in of.instead(i) if w.low in contrary or w.stem in contrary)
        said = next((w for w in there if not _turned(of, w)), None)
        if said and not any(_alike(w, word) for w in of.beside(i)):
            yield at("antonym", word, f"the source says {said.text} where this says {word.text}")
        elif not of.places[i] and (other := ALTERNATIVE.get(word.low, _NO) & of.said):
            yield at("antonym", word, f"the source says {min(other)}, not {word.text}")
        elif not of.places[i] and contrary & of.said:
            yield at("opposite", word, f"the source has the contrary of {word.text}")


def _alike(a: Word, b: Word) -> bool:
    return a.stem == b.stem or bool(GROUPS.get(a.root, _NONE) & GROUPS.get(b.root, _NONE))


def _turned(of: Aligned, said: Word) -> bool:
    """True when the source denies or turns round that word itself."""
    place = of.source.by_form[said.low][0]
    return any(w.low in NEGATIONS or w.root in REVERSING for w in of.source.before(place, 3))


_SWITCHES = {
    "over": "under", "under": "over", "before": "after", "after": "before", "more": "less", "less": "more", "most": "least",
    "least": "most", "first": "last", "last": "first", "with": "without", "above": "below", "below": "above", "up": "down", "down": "up",
    "all": "none", "always": "never", "fewer": "more", "in": "out", "out": "in", "on": "off", "off": "on", "inside": "outside", "outside": "inside",
}  # fmt: skip


_AMOUNTS = frozenset({"more", "less"})


def comparisons(of: Aligned) -> Iterator[Finding]:
    """Small words that turn a comparison or an order round, and words that shut out more than the source does."""
    for i, word in enumerate(of.words):
        other = _SWITCHES.get(word.low)
        if other and _switched(of, i, other):
            yield at("comparison", word, f"the source says {other} where this says {word.text}")
        elif word.low in EXCLUSIVE and not _said(of, word.low):
            yield at("comparison", word, f"the source does not say {word.text}")


_ONLY = frozenset({"only", "solely", "exclusively", "merely", "just", "sole", "alone"})
_ALL = frozenset({"all", "every", "each", "any", "always", "whole", "entire", "entirely", "everyone", "everything"})


def _said(of: Aligned, word: str) -> bool:
    """`only` must stand in the sentences this rests on, `all` somewhere: a summary gathers."""
    return bool(_ONLY & of.said) if word in _ONLY else any(w in of.source.by_form for w in _ALL)


def _switched(of: Aligned, i: int, other: str) -> bool:
    """True when before the next content word the source has the other word and never this one; of amounts, also behind."""
    near = range(max(0, i - 2) if other in _AMOUNTS else i, min(len(of.words), i + 3))
    for j in (j for j in near if of.content(j)):
        places = of.source.by_stem.get(of.words[j].stem, ())
        forms = {w.low for place in places for w in of.source.span(place, -2 if j > i else 2)}
        if of.words[i].low in forms:
            return False
        if other in forms:
            return True
    return False


def contrasts(of: Aligned) -> Iterator[Finding]:
    """`but ...` where the source sets nothing against anything around the words that follow."""
    for i, word in enumerate(of.words):
        if word.low not in CONTRAST:
            continue
        following = [j for j in range(i + 1, min(len(of.words), i + 8)) if of.content(j)][:SCOPE]
        places = [p for j in following for p in of.meanings(j)]
        if not any(w.low in CONTRAST for p in places for w in of.source.near(p, 8)):
            yield at("contrast", word, f"the source draws no contrast here: {word.text}")


_PERSONS = ({"he", "him", "his", "himself", "mr"}, {"she", "her", "hers", "herself", "ms", "mrs"})


def persons(of: Aligned) -> Iterator[Finding]:
    for word in of.words:
        for one, other in (_PERSONS, _PERSONS[::-1]):
            if (
                word.low in one
                and not any(w in of.source.by_form for w in one)
                and any(w in of.source.by_form for w in other)
            ):
                yield at("person", word, f"the source does not say {word.text} of anyone")


def roles(of: Aligned) -> Iterator[Finding]:
    """Two names around a verb, exchanged: the source has them around it only the other way."""
    named = [i for i, w in enumerate(of.words) if w.text[0].isupper() and _names(of, i)]
    for a, b in pairwise(named):
        verb = next((j for j in range(a + 1, b) if of.content(j) and of.meanings(j) and not _names(of, j)), None)
        if verb is None or b - a > 2 * REACH or of.words[a].root == of.words[b].root or _as_told(of, a, verb, b):
            continue
        one, other = of.words[a].root, of.words[b].root
        if _passive(of.words[verb:b]):
            one, other = other, one
        ways = {_way(of, place, one, other) for place in of.meanings(verb)} - {""}
        if ways == {"turned"}:
            text = f"the source has {of.words[a].text} and {of.words[b].text} the other way round"
            yield at("role", of.words[verb], text)


def _as_told(of: Aligned, a: int, verb: int, b: int) -> bool:
    """True where the source has the words from one name to the other just so."""
    own = [w.low for w in of.words[a : b + 1]]
    starts = (place - (verb - a) for place in of.places[verb])
    return any(own == [w.low for w in of.source.words[max(0, s) : s + len(own)]] for s in starts)


def _names(of: Aligned, i: int) -> bool:
    return any(of.source.words[p].named for p in of.places[i])


def _passive(words: Sequence[Word]) -> bool:
    """`by` soon behind a verb and in front of who does it; `by 1.24%` and `by up to 36%` say how much."""
    return any(
        w.low == "by" and i + 1 < len(words) and not any(n.numeric for n in words[i + 1 : i + 5])
        for i, w in enumerate(words[:4])
    )


def _way(of: Aligned, place: int, a: str, b: str) -> str:
    """Whether the source has `a` do this to `b` ("same") or the reverse ("turned"); empty when neither is told."""
    start, end = of.source.spans[of.source.sentence[place]]
    behind = of.source.words[place + 1 : min(end, place + 1 + 2 * REACH)]
    sides = [{w.root for w in of.source.words[max(start, place - 2 * REACH) : place]}, {w.root for w in behind}]
    before, after = sides[::-1] if _passive(behind) else sides
    if a in before and b in after:
        return "same"
    return "turned" if b in before and a in after else ""
