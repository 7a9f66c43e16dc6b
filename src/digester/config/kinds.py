"""Entries of `issues:` to IssueKind values: an issue of one's own, or a shipped one that is changed.

Pure: what is wrong comes back as problems, each with the path of its key, and the kind as far as it can be made.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from digester.analysis.rating import RUBRICS
from digester.config.settings import IssueSettings
from digester.domain.ids import digest
from digester.domain.issue import SATURDAY, Corner, IssueKind, Text

SLUG = r"[a-z0-9][a-z0-9-]{0,39}"
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_WINDOW = re.compile(r"(?:(?P<day>[A-Za-z]{3}) )?(?P<hour>[01][0-9]|2[0-3]):(?P<minute>[0-5][0-9])")
_LISTING = re.compile(r"[a-z-]{2,12}(?:\.[A-Za-z-]{2,4})?")
_TOPICS = "lines of work"  # what topics are to a rating; another meaning makes other ratings
Topics = Mapping[str, tuple[str, ...]]  # name -> phrases
Found = list[tuple[tuple[str | int, ...], str]]  # path below the issue, what is wrong


@dataclass(frozen=True)
class Window:
    turn: timedelta
    weekday: int


def kind_of(slug: str, own: IssueSettings, shipped: IssueKind | None, topics: Topics) -> tuple[IssueKind | None, Found]:
    """The kind that an entry describes, None when what it needs is missing, and everything that is wrong with it."""
    wrong: Found = []
    base = shipped or _new(slug, own, wrong)
    if shipped is not None:
        for key in ("cadence", "rubric"):
            if getattr(own, key) is not None:
                wrong.append(
                    ((key,), "of a shipped issue stays as it is; declare an issue of your own under another name")
                )
    if base is None:
        return None, wrong
    changes: dict[str, Any] = {}
    for key in (
        "languages",
        "timezone",
        "maximum",
        "minimum",
        "outputs",
        "tags",
        "emoji",
        "channels",
        "enabled",
        "catch_up",
    ):
        if (value := getattr(own, key)) is not None:
            changes[key] = value
    if shipped is not None and own.title is not None:
        changes["titles"] = _titles(own.title, wrong)
    if own.category is not None:
        changes["categories"] = _text(own.category)
    if own.publish_after is not None:
        changes["publish_after"] = timedelta(minutes=own.publish_after)
    if own.window is not None and (window := _window(own.window, base, wrong)):
        changes |= {"turn": window.turn, "weekday": window.weekday}
    _languages(own, wrong)
    return _about(replace(base, **changes), own, topics, wrong), wrong


def _new(slug: str, own: IssueSettings, wrong: Found) -> IssueKind | None:
    """An issue of one's own before its options: named by its title, without tags."""
    if not re.fullmatch(SLUG, slug):
        wrong.append(((), "names of issues are made of small letters, digits and '-', at most 40"))
    missing = [key for key in ("title", "cadence", "rubric") if getattr(own, key) is None]
    if missing:
        wrong.append(((), f"is no shipped issue; one of your own needs {', '.join(missing)}"))
    if own.title is None or own.cadence is None or own.rubric is None:
        return None
    titles = _titles(own.title, wrong)
    names = {k: t.replace("{period}", "").strip(" -") for k, t in titles.items()}
    slugs = {"en": f"{slug}-en-{{period}}", "zh": f"{slug}-{{period}}"}
    tags = {k: (name,) for k, name in names.items()}
    return IssueKind(
        slug, titles, slugs, own.cadence, RUBRICS[own.rubric], names, tags, papers=own.rubric == "papers", minimum=1
    )


def _about(kind: IssueKind, own: IssueSettings, topics: Topics, wrong: Found) -> IssueKind:
    """The kind with its topics, sections and listings; topics of its own make ratings of their own."""
    phrases = _phrases(own.topics or (), topics, ("topics",), wrong)
    corners = tuple(
        Corner(_text(line.heading), _phrases(line.topics, topics, ("sections", i, "topics"), wrong))
        for i, line in enumerate(own.sections or ())
    )
    if corners and kind.cadence == "daily":
        wrong.append((("sections",), "a daily has its own sections; weeklies take these"))
    for i, name in enumerate(own.listings or ()):
        if not _LISTING.fullmatch(name):
            wrong.append((("listings", i), f"{name!r} is no arXiv category such as cs.DC"))
    if own.listings and not kind.papers:
        wrong.append((("listings",), "belong to issues of papers"))
    rubric = f"{kind.rubric}:{digest(_TOPICS, *phrases, size=4)}" if phrases else kind.rubric
    return replace(kind, topics=phrases, rubric=rubric, corners=corners, listings=tuple(own.listings or kind.listings))


def _phrases(names: Sequence[str], topics: Topics, path: tuple[str | int, ...], wrong: Found) -> tuple[str, ...]:
    for i, name in enumerate(names):
        if name not in topics:
            known = f"known: {', '.join(sorted(topics))}" if topics else "there is no top key `topics`"
            wrong.append(((*path, i), f"unknown topic {name!r}; {known}"))
    return tuple(dict.fromkeys(p for name in names for p in topics.get(name, ())))


def _titles(title: str | Mapping[str, str], wrong: Found) -> Text:
    titles = _text(title)
    for language, text in titles.items():
        if text.count("{period}") != 1 or re.search(r"[{}]", text.replace("{period}", "")):
            wrong.append((("title",), f"needs {{period}} once and no other braces ({language}: {text!r})"))
            return dict.fromkeys(titles, "{period}")
    return titles


def _text(value: str | Mapping[str, str]) -> Text:
    """A text by language; what has one for a single language has it for both."""
    if isinstance(value, str):
        return {"en": value, "zh": value}
    first = value.get("en") or next(iter(value.values()), "")
    return {"en": first, "zh": value.get("zh") or first}


def _window(text: str, kind: IssueKind, wrong: Found) -> Window | None:
    m = _WINDOW.fullmatch(text)
    day = m and m["day"] and m["day"].capitalize()
    if m is None or (day and day not in DAYS) or bool(day) != (kind.cadence == "weekly"):
        example = "Sat 07:00" if kind.cadence == "weekly" else "07:00"
        wrong.append(
            (("window",), f"must be a {'day and a ' if kind.cadence == 'weekly' else ''}time such as {example}")
        )
        return None
    weekday = DAYS.index(day) if day else SATURDAY
    if kind.papers and kind.cadence == "weekly" and weekday in (3, 4):
        wrong.append((("window",), "ends before Friday's list is out; Saturday to Wednesday are possible"))
    return Window(timedelta(hours=int(m["hour"]), minutes=int(m["minute"])), weekday)


def _languages(own: IssueSettings, wrong: Found) -> None:
    if own.languages is not None and (not own.languages or len(set(own.languages)) < len(own.languages)):
        wrong.append((("languages",), "needs each language once"))
