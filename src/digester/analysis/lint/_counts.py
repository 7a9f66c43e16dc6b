"""Printed counts are rendered counts, in each language alike; and the limits of each kind of issue.

Counts are hard, limits advice but for the length of an overview. Lower bounds hold for a weekly only where twenty full texts were read.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator

from digester.analysis.figures import read
from digester.analysis.lint._lengths import lengths
from digester.analysis.lint._limits import limits
from digester.analysis.lint._lines import Violation
from digester.domain.issue import Issue, Pick, Section, Sentence

_PERIOD = re.compile(r"(?<![\w-])\d{4}-(?:W\d{2}|\d{2}-\d{2})(?![\w-])")  # the name of an issue counts nothing
_QUOTED = re.compile("「([^「」]{1,600})」|\u201c([^\u201c\u201d]{1,600})\u201d")

__all__ = ["check", "lengths"]


def check(issue: Issue) -> Iterator[Violation]:
    yield from _census(issue)
    yield from _derived(issue)
    for where, sentence in _placed(issue):
        yield from alike(where, sentence)
    yield from limits(issue)


def _wrong(check: str, where: str, words: object, reason: str) -> Violation:
    return Violation(check, True, "", where, str(words)[:80], reason)


# ---------------------------------------------------------------- the census
def told_picks(issue: Issue) -> tuple[Pick, ...]:
    """The picks that the census counts: of a daily the stories, else all papers."""
    news = [p for s in issue.sections if s.slug in ("featured", "more") for p in s.picks]
    return tuple(news) or tuple(p for p in issue.picks() if p.kind in ("paper", "article"))


def _census(issue: Issue) -> Iterator[Violation]:
    c, picks = issue.census, told_picks(issue)
    ratings = Counter(str(p.rating) for p in picks)
    expected: dict[str, tuple[int, int]] = {"published": (c.published, len(picks))}
    expected |= {f"rated {r}": (n, ratings[r]) for r, n in sorted(c.by_rating.items())}
    if any(p.kind == "paper" for p in picks):
        industrial = sum(any(o.kind == "industry" for o in p.organisations) for p in picks)
        expected |= {
            "industrial": (c.industrial, industrial),
            "with online A/B": (c.with_online_ab, sum(_has_ab(p) for p in picks)),
            "rated from the abstract": (c.from_abstract, sum(p.level == "abstract" for p in picks)),
            "rows of the table": (len(issue.rows), sum(p.kind == "paper" for p in issue.picks())),
        }
    for name, (printed, rendered) in expected.items():
        if printed != rendered:
            yield _wrong("census", "census", f"{name}: {printed}", f"{rendered} are rendered")
    if sum(c.by_rating.values()) != c.published:
        yield _wrong("census", "census", sum(c.by_rating.values()), f"the ratings do not add up to {c.published}")
    if c.announced and not c.published <= c.in_scope <= c.announced:
        yield _wrong("census", "census", c.in_scope, "in scope lies between published and announced")


def _has_ab(p: Pick) -> bool:
    return any(c.evidence == "online_ab" and c.sign for c in p.claims) or p.facts.get("evidence") == "online_ab"


# ---------------------------------------------------- counts inside sentences
def _derived(issue: Issue) -> Iterator[Violation]:
    """The inputs of computed sentences, where they count what the record shows."""
    whole = {"published": issue.census.published, "in_scope": issue.census.in_scope, "total": issue.census.published}
    themes = {s.theme or "": s for s in issue.sections}
    for s in (*issue.overview, *(s for t in issue.threads for s in t.sentences)):
        theme = themes.get(s.inputs.get("theme", "\0"))
        yield from _inputs(s, whole | (_counted(theme) if theme else {}), "overview")
    for section in issue.sections:
        for s in section.opener:
            yield from _inputs(s, whole | _counted(section), f"opener of {section.slug}")


def _counted(section: Section) -> dict[str, int]:
    ratings = Counter(p.rating for p in section.picks)
    return {"n": len(section.picks), **{f"r{r}": ratings[r] for r in (5, 4, 3)}}


def _inputs(s: Sentence, known: dict[str, int], where: str) -> Iterator[Violation]:
    if s.kind != "derived" or not s.rule.startswith("computed:"):
        return
    for name, value in sorted(s.inputs.items()):
        if name in known and value.isdigit() and int(value) != known[name]:
            yield _wrong("derived-count", where, f"{name} = {value}", f"{known[name]} are rendered")


def _placed(issue: Issue) -> Iterator[tuple[str, Sentence]]:
    for n, s in enumerate(issue.sentences(), 1):
        yield f"sentence {n}", s


_COUNTS = ("", "week")  # `12 earlier weeks` has no unit to a reader of numbers, 此前 12 周 has


def alike(where: str, s: Sentence) -> Iterator[Violation]:
    """The same counts and percentages in every language. One is left out: "a", "one" and 一 are often no
    number; so is nought, which English writes "none"."""
    if s.kind == "quote" or len(texts := {k: t for k, t in sorted(s.text.items()) if t}) < 2:
        return
    found = {k: _values(_without_names(_shared(t, texts.values()), s), s.kind == "derived") for k, t in texts.items()}
    first, *others = found
    for other in others:
        if different := found[first] ^ found[other]:
            value, unit = min(different)
            reason = f"stands in {first if (value, unit) in found[first] else other} alone"
            yield Violation("counts-alike", True, other, where, f"{value}{unit}", reason)


def _shared(text: str, texts: Collection[str]) -> str:
    """Without the quotations that another language has in words of its own: each quotes and calls a story by its own."""
    return _QUOTED.sub(lambda m: m[0] if all((m[1] or m[2]) in t for t in texts) else "", text)


def _without_names(text: str, s: Sentence) -> str:
    """A computed sentence without the names it was filled with: `two-tower retrieval` counts nothing, 双塔召回 neither."""
    for value in s.inputs.values() if s.kind == "derived" else ():
        if value and not any(c.isdigit() for c in value):
            text = re.sub(re.escape(value), " ", text, flags=re.IGNORECASE)
    return text


def _values(text: str, counts: bool) -> set[tuple[str, str]]:
    found = [f for f in read(_PERIOD.sub(" ", text)) if f.kind == "quantity" and f.value not in (0, 1)]
    shares = {(f"{f.value.normalize():f}", f.unit) for f in found if f.unit in ("%", "pp")}
    counted = {(f"{f.value.normalize():f}", "") for f in found if f.unit in _COUNTS}
    return shares | counted if counts else shares
