"""How alike is enough depends on how crowded a batch is; announcements of their own stay apart."""

from __future__ import annotations

from digester.analysis.stories import SETTINGS, Background, grouped, words_of
from digester.analysis.stories._likeness import crowded, enough, likeness, rare
from digester.analysis.stories._linkage import candidates
from digester.analysis.stories._telling import Telling, telling

FEED = [
    (f"Town {n} opens hall number {n * 7}", f"The hall of place{n} has room for craft{n} and music{n}.")
    for n in range(40)
]
CROWD = [
    (f"{name} ships board {k}", f"The board of {name} reads sensor{k} and {name.lower()} words.")
    for name in ("Tarnwick", "Ostbury", "Quellard") for k in range(14)
]  # fmt: skip


def told(texts: list[tuple[str, str]]) -> list[Telling]:
    found = [words_of(*t) for t in texts]
    rarity = Background().plus(found)
    return [telling(*t, f, rarity) for t, f in zip(texts, found, strict=True)]


def crowd(texts: list[tuple[str, str]]) -> float:
    read = told(texts)
    return crowded(read, candidates([t.words for t in read], SETTINGS.floor, 200))


def test_less_likeness_is_enough_in_a_crowded_batch() -> None:
    few, many = crowd([*FEED[:10], ("A fair is over", "Rain ended it.")]), crowd(CROWD)
    assert few < many
    assert SETTINGS.least_alike <= enough(many, SETTINGS) < enough(few, SETTINGS) <= SETTINGS.alike


def test_a_small_batch_says_little_about_how_crowded_it_is() -> None:
    assert enough(crowd(CROWD[:2]), SETTINGS) > enough(crowd(CROWD), SETTINGS)


def test_names_of_both_raise_likeness_only_when_each_headline_names_what_the_other_tells() -> None:
    launch = ("Garnwick unveils Tessel 4", "Garnwick released Tessel 4, which scores 61.8 on Ravel.")
    retold = ("Tessel 4 by Garnwick is out", "The model scores 61.8 on Ravel, Garnwick says.")
    listing = ("All scores of this month", "Tessel 4 of Garnwick stands at 61.8 on Ravel.")
    a, b, c = told([launch, retold, listing])
    names = rare([a, b, c])
    words = likeness(a, c, frozenset())
    assert likeness(a, b, names) > likeness(a, b, frozenset())
    assert likeness(a, c, names) == words


def test_announcements_of_two_companies_in_the_same_words_stay_apart() -> None:
    first = ("Hollin to buy chip maker Ferrant", "Hollin has agreed to acquire Ferrant.")
    second = ("Ostby to buy chip maker Quarle", "Ostby has agreed to acquire Quarle.")
    assert len(grouped([first, second])) == 2
