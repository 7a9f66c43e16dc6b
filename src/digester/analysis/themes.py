"""Themes: groups of works named by a phrase they share. Found, not configured.

A theme fits a work by how telling its phrase is (rare in the background, a subject of the field rather than chance
words, long and standing for itself) and by whether it stands in the title. Themes are added one by one, each time the
one that raises the sum of best fits most (greedy facility location, Nemhauser et al. 1978), and each work belongs to
the theme that fits it best, so that an early theme does not keep what a later one describes better. No theme holds
fewer than `minimum` works. What no phrase covers is a leftover group and is not called a theme.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from digester.analysis.phrases import Phrase, candidates, fold, holds, overlap, shared, subjects, termhood, title_case

SUBJECT = 2.0  # how much more a subject of the field says than a phrase that works happen to share
TITLES = 2  # of its works that name a phrase in the title before it can name a theme
SHARING = 2  # works of a theme that hold a phrase of a title before its work may join them
BROAD, FEW = 0.6, 8  # a phrase in more than this share of works (when there are more than FEW) divides nothing

Fits = Mapping[Phrase, Mapping[str, float]]


@dataclass(frozen=True)
class Group:
    """Members in the order given; `phrase` None for the leftover group."""

    phrase: Phrase | None
    members: tuple[str, ...]

    @property
    def name(self) -> str:
        return title_case(self.phrase.surface) if self.phrase else ""


def group(
    texts: Mapping[str, str], titles: Mapping[str, str], weights: Mapping[str, float], background: Mapping[str, int], total: int,
    most: int = 5, minimum: int = 3,
) -> list[Group]:  # fmt: skip
    """At most `most` themes of at least `minimum` members, largest first, and the leftover group last.

    `weights` say how much each member counts (ratings); `background` is in how many of `total` texts of
    the field a folded phrase stands, so that what everybody writes names nothing.
    """
    fits = _fits(texts, titles, background, total, minimum)
    named: list[Phrase] = []
    while len(named) < most and (best := _next(named, fits, weights, minimum)):
        named.append(best)
    owned = _owned(named, fits)
    _adopt(owned, texts, titles)
    left = set(texts) - {m for members in owned.values() for m in members}
    groups = [Group(p, tuple(m for m in texts if m in owned[p])) for p in named]
    groups.sort(key=lambda g: (-len(g.members), g.name))
    rest = tuple(m for m in texts if m in left)
    return [*groups, Group(None, rest)] if rest else groups


def _fits(
    texts: Mapping[str, str], titles: Mapping[str, str], background: Mapping[str, int], total: int, minimum: int
) -> Fits:
    """Phrase -> member -> how well it names that member; in order of the phrases' keys."""
    held = shared(texts, minimum)
    terms = termhood(held)
    found: dict[Phrase, Mapping[str, float]] = {}
    for p, members in sorted(held.items(), key=lambda kv: kv[0].key):
        in_titles = {m for m in members if holds(p.key, titles[m])}
        if (len(members) > BROAD * len(texts) and len(texts) > FEW) or not _searched(p, in_titles):
            continue
        rarity = math.log((2 + total) / (1 + min(total, background.get(p.key, 0))))
        telling = rarity * (SUBJECT if p.key.startswith("subject:") else terms[p])
        if telling > 0:
            found[p] = {m: telling * (2 if m in in_titles else 1) for m in sorted(members)}
    return found


def _searched(p: Phrase, in_titles: Collection[str]) -> bool:
    """True for what a person would search for: a subject of the field, else a phrase that authors put into titles and
    that is no spelling of a subject."""
    return p.key.startswith("subject:") or (len(in_titles) >= TITLES and not subjects(p.surface))


def _next(named: Sequence[Phrase], fits: Fits, weights: Mapping[str, float], minimum: int) -> Phrase | None:
    """The theme that names most of what is not named as well; every theme keeps its minimum."""
    best: tuple[float, Phrase] | None = None
    now = {m: fits[p][m] for p, members in _owned(named, fits).items() for m in members}
    for p, members in fits.items():
        gain = math.fsum(weights[m] * max(0.0, fit - now.get(m, 0.0)) for m, fit in members.items())
        if gain <= (best[0] if best else 0.0) or any(_alike(p, n) for n in named):
            continue
        if all(len(owned) >= minimum for owned in _owned([*named, p], fits).values()):
            best = (gain, p)
    return best[1] if best else None


def _owned(named: Sequence[Phrase], fits: Fits) -> dict[Phrase, set[str]]:
    """Each member by the theme that fits it best; of equals by the one found first."""
    owner: dict[str, Phrase] = {}
    for p in named:
        for m, fit in fits[p].items():
            if m not in owner or fit > fits[owner[m]][m]:
                owner[m] = p
    return {p: {m for m, own in owner.items() if own == p} for p in named}


def _alike(a: Phrase, b: Phrase) -> bool:
    return overlap(fold(a.surface).split(), fold(b.surface).split()) >= 0.99


def _adopt(owned: Mapping[Phrase, set[str]], texts: Mapping[str, str], titles: Mapping[str, str]) -> None:
    """Leftovers join a theme whose phrase words they all hold, in any order (`IDs ... semantic`), or that they name once
    and share a phrase of their title with."""
    first = {p: frozenset(members) for p, members in owned.items()}
    for name in sorted(set(texts) - {m for members in first.values() for m in members}):
        held = set(fold(texts[name]).split())
        spelled = (p for p in owned if not p.key.startswith("subject:") and set(fold(p.surface).split()) <= held)
        if joined := next(spelled, None) or _sharing(name, first, texts, titles):
            owned[joined].add(name)


def _sharing(
    name: str, owned: Mapping[Phrase, frozenset[str]], texts: Mapping[str, str], titles: Mapping[str, str]
) -> Phrase | None:
    """The theme that most shares a phrase of this work's title, of those that the work names: one mention in passing puts
    a paper where nobody looks for it, a phrase in common with several papers there does not."""
    written = [k for k in candidates(titles[name]) if not k.startswith("subject:")]
    most = 0
    best: Phrase | None = None
    for p, members in owned.items():
        if not holds(p.key, texts[name]):
            continue
        shares = max((sum(holds(k, texts[m]) for m in members) for k in written), default=0)
        if shares >= SHARING and shares > most:
            most, best = shares, p
    return best
