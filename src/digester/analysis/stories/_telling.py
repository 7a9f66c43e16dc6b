"""What one text tells, as values that can be compared: words, names, amounts, editions, dates, turns, kinds of event.

The headline counts for more than the lead, and what only a headline says (`head_*`) decides about turns and editions.
What an outlet puts round a headline - its own name behind a bar, "UPDATE 1-" before it - is no part of it.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TypeVar

from digester.analysis.stories._acts import acts
from digester.analysis.stories._background import Background, is_ordinary
from digester.analysis.stories._editions import amounts, days, editions
from digester.analysis.stories._presented import Name, presented
from digester.analysis.stories._turns import turns
from digester.analysis.tokens import terms

Found = TypeVar("Found")
LEAD = 1_500  # characters of text that count as lead
TITLE = 300  # characters of a title that are read
HEAD = 150  # characters that stand for a headline where there is none
RUN = 7.0  # rarity of a name of two words
RELEASE = {"release", "open"}  # kinds of event that a headline which presents a product may tell of
MAIN = 5  # names that say whom a text is about
STEM = 5  # letters by which forms of a name are known
_SUFFIX = re.compile(r"(?:\s{1,9}[|•·\u2013\u2014-]\s{1,9}|\s{0,9}[|｜_]\s{0,9})[^|｜_•·\u2013\u2014-]{2,40}$")
_PREFIX = re.compile(
    r"^(?:update \d{1,2}\s?-|(?:update|breaking|exclusive|live|watch|report)\s?[:|]|[【\[][^】\]]{1,8}[】\]])\s{0,9}",
    re.IGNORECASE,
)
_NAME = re.compile(r"[A-Z][A-Za-z0-9]{0,40}(?:['’&.-][A-Za-z0-9]{1,40}){0,5}|[a-z]{1,20}+[A-Z\d][A-Za-z0-9]{0,40}")
_SMALL = re.compile(r"(?<![A-Za-z0-9-])[a-z]{2,40}(?![A-Za-z0-9])")
_RUN = re.compile(r"\b([A-Z][A-Za-z0-9]{1,20})(?= ([A-Z][A-Za-z0-9]{1,20}))")
_CAPITAL = re.compile(r"[A-Z]")
_HAN = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True)
class Telling:
    """`words`, `names` and `amounts` are vectors of length 1, `main` the heaviest names; `head` and `head_names` map terms of the headline to
    their rarity; the others are sets. `titled`: there is a headline, and not only a beginning; `opening`: its first two Han
    characters, which often are whom it is about;
    `cased`: names can be told by their capitals; `presents`: the edition of a product that it presents; `one_of_series`: the
    headline names an edition, a day or a name of two words, and so may contradict another."""

    whole: str
    words: Mapping[str, float]
    names: Mapping[str, float]
    main: tuple[str, ...]
    amounts: Mapping[str, float]
    days: frozenset[str]
    titled: bool
    headline: str
    han: bool
    cased: bool
    head: Mapping[str, float]
    head_sum: float
    opening: str
    head_names: Mapping[str, float]
    head_names_sum: float
    head_amounts: frozenset[str]
    head_runs: frozenset[str]
    head_editions: frozenset[tuple[str, str]]
    head_days: frozenset[str]
    head_turns: frozenset[str]
    head_acts: frozenset[str]
    presents: Name
    one_of_series: bool

    # Of the whole text, these are asked only where the headline of another text has some.
    @cached_property
    def stems(self) -> frozenset[str]:
        return frozenset(t[:STEM] for t in self.words.keys() | self.names.keys() if len(t) >= STEM)

    @cached_property
    def runs(self) -> frozenset[str]:
        return _found(runs(self.whole))

    @cached_property
    def editions(self) -> frozenset[tuple[str, str]]:
        return _found(editions(self.whole))

    @cached_property
    def turns(self) -> frozenset[str]:
        return _found(turns(self.whole))

    @cached_property
    def acts(self) -> frozenset[str]:
        return _found(acts(self.whole))


def headline(title: str) -> str:
    """A title without what its outlet puts before and behind it."""
    bare = _PREFIX.sub("", _plain(title[:TITLE]))
    short = _SUFFIX.sub("", bare)
    return short if len(short) >= 8 else bare


def lead_of(text: str) -> str:
    """What is read of a text."""
    return _plain(text[:LEAD])


def _plain(text: str) -> str:
    """With plain hyphens: some outlets write names with such as do not break."""
    return text.replace("\u2010", "-").replace("\u2011", "-")


def words_of(title: str, text: str) -> list[str]:
    """The terms that the archive counts and that tellings weigh; the headline's come twice."""
    head = terms(headline(title))
    return [*head, *head, *terms(lead_of(text))]


def telling(title: str, text: str, found: Sequence[str], rare: Background) -> Telling:
    """`found` are the `words_of` the same title and text."""
    head, lead = headline(title), lead_of(text)
    titled, head = bool(head), head or lead[:HEAD]
    whole, end = f"{head}. {lead}", len(head)
    turned, acted = _found(turns(head)), _found(acts(head))
    edited = _found(editions(head))
    presents = presented(head, lead) if titled and not turned and acted <= RELEASE else ()
    named, figures, top = names(whole), amounts(whole), terms(head)
    weighed = _unit((n for n, _ in named), rare)
    dates, two = days(whole), _found(runs(head))
    han = bool(_HAN.search(head))
    return Telling(
        whole=whole,
        words=_unit(found, rare),
        names=weighed,
        main=tuple(sorted(weighed, key=lambda n: (-weighed[n], n))[:MAIN]),
        amounts=_unit((f for f, _ in figures), rare),
        days=frozenset(d for d, _ in dates),
        titled=titled,
        headline=head,
        han=han,
        cased=not han and bool(_CAPITAL.search(whole)),
        head=(weights := _rarities(top, rare)),
        head_sum=sum(weights.values()) or 1.0,
        opening=next((x for x in top if _HAN.match(x)), "") if han else "",
        head_names=(own := _rarities(_before(named, end), rare)),
        head_names_sum=sum(own.values()) + RUN * len(two),
        head_amounts=frozenset(_before(figures, end)),
        head_runs=two,
        head_editions=edited,
        head_days=(dated := frozenset(_before(dates, end))),
        head_turns=turned,
        head_acts=acted,
        presents=presents,
        one_of_series=bool(two or edited or dated or presents),
    )


def _found(placed: Iterable[tuple[Found, int]]) -> frozenset[Found]:
    return frozenset(value for value, _ in placed)


def _before(found: Iterable[tuple[Found, int]], end: int) -> list[Found]:
    """What stands in the headline."""
    return [value for value, place in found if place < end]


def names(text: str) -> list[tuple[str, int]]:
    """Words with a capital or a digit that are no ordinary words and nowhere in the text written small, with their
    places."""
    small = set(_SMALL.findall(text))
    found = ((m[0], m.start()) for m in _NAME.finditer(text))
    return [(t, at) for word, at in found if word.lower() not in small for t in _of_name(word)]


@lru_cache(100_000)
def _of_name(word: str) -> tuple[str, ...]:
    return tuple(t for t in terms(word) if not is_ordinary(t))


def runs(text: str) -> list[tuple[str, int]]:
    """Names of two words ("agent kit"), of which one may be ordinary, with their places; none in a text that
    capitalises all."""
    if len(_SMALL.findall(text)) < 2:
        return []
    found = ((m[1].lower(), m[2].lower(), m.start()) for m in _RUN.finditer(text))
    return [(f"{a} {b}", at) for a, b, at in found if not (is_ordinary(a) and is_ordinary(b))]


def _unit(found: Iterable[str], rare: Background) -> dict[str, float]:
    raw = {t: (1.0 + math.log(c)) * rare.rarity(t) for t, c in Counter(found).items()}
    norm = math.sqrt(math.fsum(v * v for v in raw.values()))
    return {t: v / norm for t, v in raw.items()} if norm else {}


def _rarities(found: Iterable[str], rare: Background) -> dict[str, float]:
    return {t: rare.rarity(t) for t in dict.fromkeys(found)}
