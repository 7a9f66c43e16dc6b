"""Essays: a Markdown file with front matter as a value, and what is wrong with it as values with line numbers.

Keys: title, date, slug, summary, tags, category, language (en, zh), pinned (true or a number, higher first). All may be
missing: the title is then the first heading, the slug the file's name, the language that of most letters. The ten
properties of a NotionNext page are understood too, also as Notion exports them. A draft and a page with a password are
no posts: publishing them by mistake cannot be taken back.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from digester.domain.errors import Problem
from digester.domain.text import fold, language_of, printable

KEYS = ("title", "date", "slug", "summary", "tags", "category", "language", "pinned")
NOTION = ("type", "status", "date", "slug", "summary", "tags", "category", "icon", "password", "priority")
_OTHERS = (*NOTION, "lang", "draft", "published")  # read, or looked at before anything is published
_FENCE = re.compile(r" {0,3}(?:```|~~~)")
_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(.*)")
_MARKS = re.compile(r"\*\*|__|`")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NOTION_DAYS = ("%b %d, %Y", "%B %d, %Y", "%Y/%m/%d", "%Y年%m月%d日")
_LINE = re.compile(r"([A-Za-z]{3,10})[ \t]*[:：][ \t]*(.*)")
_CELLS = re.compile(r"\|(.*?)(?<!\\)\|(.*?)(?<!\\)\|?[ \t]*")
_LONGEST = 4_000  # characters of a property; a text of Notion ends at 2,000
_RULE = re.compile(r"[|: -]+")  # and a hyphen somewhere


@dataclass(frozen=True)
class Post:
    """`name` is the file's name without its ending; `summary` is "" when none is given; `pinned` 0 for a post that is not."""

    name: str
    title: str
    slug: str
    language: str
    body: str
    date: date | None = None
    summary: str = ""
    tags: tuple[str, ...] = ()
    category: str = ""
    pinned: int = 0


def parted(text: str) -> tuple[str | None, str]:
    """Front matter (None without) and the rest; a first `---` without its partner is a rule of the text."""
    found = re.match(r"---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", text, re.DOTALL | re.MULTILINE)
    return (found[1], text[found.end() :]) if found else (None, text)


def properties(text: str) -> tuple[Mapping[str, str], Mapping[str, int], str]:
    """The properties that Notion writes below the title, as a table or a line each: values, their lines, the text without
    them. Empty without at least two of the ten."""
    lines = text.split("\n")
    start = next((n for n, line in enumerate(lines) if line.strip() and not line.startswith("# ")), len(lines))
    found: dict[str, str] = {}
    places: dict[str, int] = {}
    end = start
    for number, line in enumerate(lines[start:], start):
        line = line.strip()[:_LONGEST]
        pair = _CELLS.fullmatch(line) or _LINE.fullmatch(line)
        key = pair[1].strip().strip("*").lower() if pair else ""
        if pair and key in NOTION:
            found.setdefault(key, pair[2].strip().replace("\\|", "|"))
            places.setdefault(key, number + 1)
        elif not ((pair and number == start and line.startswith("|")) or ("-" in line and _RULE.fullmatch(line))):
            break  # neither the table's head nor its rule
        end = number + 1
    return (found, places, "\n".join([*lines[:start], *lines[end:]])) if len(found) > 1 else ({}, {}, text)


def post_of(
    name: str, values: Mapping[str, Any], line: Callable[[str], int], body: str
) -> tuple[Post | None, tuple[Problem, ...]]:
    """The post of a file's values and text. Problems do not keep it from being one, except those that say so."""
    reader = _Reader(values, line)
    if why := reader.refusal() or ("" if body.strip() else "there is no text"):
        return None, (Problem(0, "", f"{why}: not published"),)
    title, body = _titled(reader.text("title"), body, name)
    language = reader.language() or language_of(f"{title}\n{body[:4000]}")
    post = Post(
        name, title, reader.text("slug") or name, language, body.strip("\n") + "\n", reader.day(), reader.text("summary"),
        reader.tags(), reader.text("category"), reader.pinned(),
    )  # fmt: skip
    return post, (*reader.problems, *reader.unknown())


def _titled(given: str, body: str, name: str) -> tuple[str, str]:
    """The title, and the text without the heading that only repeats it."""
    lines, fenced = body.split("\n"), False
    for number, line in enumerate(lines):
        fenced ^= _FENCE.match(line) is not None
        found = None if fenced else _HEADING.fullmatch(line)
        if found is None:
            continue
        said = _one_line(_MARKS.sub("", found[2].rstrip(" \t#")))
        first = len(found[1]) == 1 and not "".join(lines[:number]).strip()
        if first and (not given or fold(said) == fold(given)):
            return given or said or name, "\n".join(lines[number + 1 :])
        return given or said or name, body
    return given or name, body


class _Reader:
    """Values of one front matter; what cannot be used is noted with its line."""

    def __init__(self, values: Mapping[str, Any], line: Callable[[str], int]) -> None:
        self._values, self._line = values, line
        self.problems: list[Problem] = []

    def refusal(self) -> str:
        """Why this must not be published, "" when it may."""
        kind, status = self._word("type"), self._word("status")
        if self._values.get("password") not in (None, ""):
            return "it has a password"
        if self._values.get("draft") not in (None, False, "") or self._values.get("published") not in (None, True, ""):
            return "it is a draft"
        if status not in ("", "published"):
            return f"its status is {status!r}, not published"
        return f"its type is {kind!r}, not post" if kind not in ("", "post") else ""

    def text(self, key: str) -> str:
        value = self._values.get(key)
        if isinstance(value, list | dict | bool):
            self._note(key, "must be text")
            return ""
        return _one_line(str(value)) if value is not None else ""

    def tags(self) -> tuple[str, ...]:
        value = self._values.get("tags")
        found = value if isinstance(value, list) else re.split("[,，]", str(value or ""))
        if isinstance(value, dict) or any(isinstance(one, list | dict) for one in found):
            self._note("tags", "must be a list of words")
            return ()
        return tuple(dict.fromkeys(tag for one in found if one is not None and (tag := _one_line(str(one)))))

    def day(self) -> date | None:
        value = self.text("date")
        made = _day(value)
        if value and made is None:
            self._note("date", f"{value[:40]!r} is no day such as 2026-06-20")
        return made

    def language(self) -> str:
        key = "language" if self._values.get("language") else "lang"
        code = self._word(key).partition("-")[0]
        if code in ("", "en", "zh"):
            return code
        self._note(key, f"{code[:40]!r} is not known; en and zh are")
        return ""

    def pinned(self) -> int:
        key = "pinned" if self._values.get("pinned") is not None else "priority"
        value = self._values.get(key)
        if value is None or value == "" or isinstance(value, bool):
            return int(value is True)
        if isinstance(value, int) or re.fullmatch(r"-?[0-9]{1,9}", str(value)):
            return max(0, int(value))
        self._note(key, "must be true or a whole number, higher first")
        return 0

    def unknown(self) -> tuple[Problem, ...]:
        keys = [key for key in self._values if key not in KEYS and key not in _OTHERS]
        return tuple(Problem(self._line(k), k, f"is not used; known: {', '.join(KEYS)}") for k in keys)

    def _word(self, key: str) -> str:
        value = self._values.get(key)
        return str(value).strip().lower() if value is not None else ""

    def _note(self, key: str, message: str) -> None:
        self.problems.append(Problem(self._line(key), key, message))


def _day(text: str) -> date | None:
    """A day in ISO 8601 (a time behind it is left out) or as Notion writes it: `Jun 20, 2026 07:02`."""
    text = re.sub(r"[ T][0-9]{1,2}:[0-9]{2}.*", "", text).strip(" T")
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        return None
    for form in _NOTION_DAYS:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 -- a day has no zone
        except ValueError:
            continue
    return None


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", printable(text)).strip()
