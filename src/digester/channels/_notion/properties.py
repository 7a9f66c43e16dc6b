"""The ten properties of a NotionNext database, as the database at hand has them.

Names and values are those of NotionNext: type, status, date, slug, summary, tags, category, icon, password, priority;
the title is whichever property is the title. Types are read from the data source: a value is written as the type that its
property has, and what is not there is left out. `slug` and `status` must be there: by the one a page is found again, by
the other an unfinished page is told from a finished one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from digester.channels._notion.rich import short, units
from digester.domain.cut import line
from digester.domain.delivery import Edition
from digester.domain.posts import NOTION

BY_HAND = ("icon", "password", "priority")  # what an editor sets stays when a page is written again
OPTION = 100  # characters of the name of an option, and options of a property
_SUMMARY = 2_000

Value = str | tuple[str, ...]
Properties = dict[str, Any]


@dataclass(frozen=True)
class Property:
    """Its own name, its type, and the options that it has."""

    name: str
    type: str
    options: tuple[str, ...] = ()


@dataclass(frozen=True)
class Schema:
    """The properties that are used, by our names; `title` is one of them."""

    known: Mapping[str, Property]

    @classmethod
    def of(cls, answer: Mapping[str, Any]) -> Schema:
        """From the object of a data source; whatever it holds."""
        known: dict[str, Property] = {}
        there = answer.get("properties")
        for name, one in there.items() if isinstance(there, dict) else ():
            kind = one.get("type") if isinstance(one, dict) else None
            if not isinstance(kind, str):
                continue
            if kind == "title":
                known["title"] = Property(name, kind)
            ours = name.strip().casefold()
            if ours in NOTION and (ours not in known or name == ours):
                known[ours] = Property(name, kind, _options(one.get(kind)))
        return cls(known)

    def fault(self, statuses: tuple[str, ...]) -> str:
        """What the database lacks for this channel, "" when it will do."""
        slug, status = self.known.get("slug"), self.known.get("status")
        if "title" not in self.known:
            return "the answer of Notion names no title property"
        if slug is None or slug.type != "rich_text":
            return "the database needs a text property named slug"
        if status is None or status.type not in ("select", "status"):
            return "the database needs a select property named status"
        lacking = [s for s in statuses if status.type == "status" and s not in status.options]
        return f"the property status has no option {lacking[0]}" if lacking else ""

    def rendered(self, values: Mapping[str, Value]) -> Properties:
        made: Properties = {}
        for ours, value in values.items():
            one = self.known.get(ours)
            if one is not None and one.type in _WRITTEN:
                made[one.name] = {one.type: _WRITTEN[one.type](value)}
        return made


def values(edition: Edition, slug: str, status: str, more: Mapping[str, str]) -> dict[str, Value]:
    """Title and properties of an edition; `more` are icon and priority of the channel."""
    issue, language = edition.issue, edition.language
    said = {n: text.get(language) or text.get("en", "") for n, text in (
        ("title", issue.title), ("summary", issue.summary), ("category", issue.category))}  # fmt: skip
    return {
        "title": said["title"], "type": "Post", "status": status, "date": issue.window.end.date().isoformat(),
        "slug": slug, "summary": said["summary"], "tags": issue.tags.get(language) or issue.tags.get("en", ()),
        "category": said["category"], "icon": more.get("icon", ""), "password": "", "priority": more.get("priority", ""),
    }  # fmt: skip


def rewritten(there: Mapping[str, Value]) -> dict[str, Value]:
    """What is written over a page that was there before: empty values do not wipe out what an editor set."""
    return {name: value for name, value in there.items() if value or name not in BY_HAND}


def text_of(page: Mapping[str, Any], one: Property) -> str:
    """The plain text of a property of a page, or the name of its option."""
    there = page.get("properties")
    value = there.get(one.name) if isinstance(there, dict) else None
    inner = value.get(one.type) if isinstance(value, dict) else None
    if isinstance(inner, dict):
        return str(inner.get("name", ""))
    if isinstance(inner, list):
        return "".join(str(p.get("plain_text", "")) for p in inner if isinstance(p, dict))
    return inner if isinstance(inner, str) else ""


# ---------------------------------------------------------------------- types
def _text(value: Value) -> str:
    return value if isinstance(value, str) else ", ".join(value)


def _rich(value: Value) -> list[dict[str, Any]]:
    text = short(_text(value), _SUMMARY)
    return [{"type": "text", "text": {"content": text}}] if text else []


def _option(value: Value) -> dict[str, str] | None:
    names = _named([value] if isinstance(value, str) else list(value))
    return {"name": names[0]} if names else None


def _many(value: Value) -> list[dict[str, str]]:
    return [{"name": name} for name in _named([value] if isinstance(value, str) else list(value))]


def _named(given: list[str]) -> list[str]:
    """Names of options: no commas, at most 100 characters, each once."""
    clean = (short(line(text).replace(",", ";"), OPTION) for text in given)
    return list(dict.fromkeys(name for name in clean if name))[:OPTION]


def _number(value: Value) -> float | None:
    try:
        number = float(_text(value))
    except ValueError:
        return None
    return number if abs(number) < 1e15 else None  # also false for what is no number


def _url(value: Value) -> str | None:
    text = line(_text(value))
    return text if text and units(text) <= _SUMMARY else None


_WRITTEN: Mapping[str, Callable[[Value], Any]] = {
    "title": _rich, "rich_text": _rich, "select": _option, "status": _option, "multi_select": _many,
    "date": lambda value: {"start": _text(value)} if _text(value) else None, "number": _number, "url": _url,
}  # fmt: skip


def _options(inner: object) -> tuple[str, ...]:
    there = inner.get("options") if isinstance(inner, dict) else None
    return (
        tuple(str(o["name"]) for o in there if isinstance(o, dict) and "name" in o) if isinstance(there, list) else ()
    )
