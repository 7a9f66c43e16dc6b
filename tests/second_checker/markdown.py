"""Reads an issue's Markdown into statements. Line by line: the format has no nesting that matters here."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace

from tests.second_checker.printed import (
    COVERAGE,
    METHOD,
    ONLINE,
    OVERVIEW,
    PASSAGE,
    PICTURE,
    READING,
    TABLE,
    TAKEAWAYS,
    WATCH,
    Page,
    Statement,
)

LINK = re.compile(r"(?<!\\)\[((?:\\.|[^\[\]\\])*)\]\(((?:[^()\s]|\([^()\s]*\))*)\)")
CITES = re.compile(r" ?(?<!\\)\[(\d+)\](?![(\d:])(?:–(?<!\\)\[(\d+)\])?")
DEFINED = re.compile(r"^\[(p?\d+)\]: (\S+)$")
ARROW = re.compile(r" ?\[↗\]\[(p\d+)\]")
NUMBERED = re.compile(r"^### (?:(\d+)\. (.*)|(\[.*\]\(.*\)))$")  # an episode has no number
IMAGE = re.compile(rf"!\[[^\[\]]+\]\({PICTURE.pattern}\)")
STARS = re.compile(r"^[★☆]{5} \d/5")
RAW = re.compile(r"<[A-Za-z/!?]|(?<!\\)!\[")


def plain(text: str) -> str:
    """Escapes and entities undone, emphasis off, links as their text, arrows dropped."""
    text = LINK.sub(lambda m: "" if m[1] == PASSAGE else m[1], text)
    text = re.sub(r"(?<![\\*])\*{1,2}(?=\S)|(?<=\S)(?<!\\)\*{1,2}", "", text)
    text = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text)
    return text.replace("&lt;", "<").replace("&amp;", "&").strip()


def _inner(url: str) -> str:
    return re.sub(r"[()\s]", lambda m: f"%{ord(m[0]):02X}", url)


def links(text: str) -> tuple[tuple[str, str], ...]:
    return tuple((plain(m[1]), m[2]) for m in LINK.finditer(text))


def statements(place: str, text: str, like: Statement) -> list[Statement]:
    """The text cut behind each run of citations."""
    made: list[Statement] = []
    start, cited = 0, []
    marks = list(CITES.finditer(text))
    for i, m in enumerate(marks):
        cited += range(int(m[1]), int(m[2] or m[1]) + 1)
        if i + 1 == len(marks) or text[m.end() : marks[i + 1].start()].strip():
            words = text[start : marks[i - len(_run(marks, text, i)) + 1].start()]
            made.append(replace(like, place=place, text=plain(words), cites=tuple(cited), links=links(words)))
            start, cited = m.end(), []
    if text[start:].strip():
        made.append(replace(like, place=place, text=plain(text[start:]), links=links(text[start:])))
    return made


def _run(marks: list[re.Match[str]], text: str, last: int) -> list[re.Match[str]]:
    """The marks that stand side by side up to this one."""
    first = last
    while first and not text[marks[first - 1].end() : marks[first].start()].strip():
        first -= 1
    return marks[first : last + 1]


def cells(line: str) -> list[str]:
    return [c.strip() for c in re.split(r"(?<!\\)\|", line)[1:-1]]


def read(text: str) -> Page:
    """Raises ValueError for a page without front matter."""
    _, head, body = re.split(r"^---$", text, maxsplit=2, flags=re.MULTILINE)
    found = list(_front(head))
    lines = body.strip().split("\n")
    marks = {m[1]: m[2] for line in lines if (m := DEFINED.match(line))}
    defined = tuple((int(name), url) for name, url in marks.items() if name.isdigit())
    # an arrow becomes a link of its own, so that it stays with its sentence
    shown = [ARROW.sub(lambda m: f"[↗]({_inner(marks.get(m[1], ''))})", x) for x in lines if not DEFINED.match(x)]
    found += _body(shown)
    problems = tuple(line for line in shown if RAW.search(line) and not IMAGE.fullmatch(line))
    autolinked = tuple(line for line in shown if re.search(r"https?://|www\.\w|(?<!\\)\]\(", LINK.sub("", line)))
    every = tuple(pair for line in shown for pair in links(line)) + tuple(marks.items())
    return Page("markdown", tuple(found), every, frozenset(), defined, problems + autolinked)


def _front(head: str) -> Iterator[Statement]:
    for line in head.strip().split("\n"):
        key, _, value = line.partition(": ")
        shown = json.loads(value) if value[:1] in '"[' else value
        yield Statement(f"front.{key}", ", ".join(shown) if isinstance(shown, list) else shown)


def _body(lines: list[str]) -> Iterator[Statement]:
    """One part of the page (a second-level heading) after the other."""
    part: list[str] = []
    heading = ""
    for line in [*lines, "## "]:
        if line.startswith("## "):
            yield from _part(heading, part)
            heading, part = plain(line[3:]), []
            if heading:
                yield Statement("heading", heading, heading)
        else:
            part.append(line)


def _part(heading: str, lines: list[str]) -> Iterator[Statement]:
    reader = {
        "": _top, TAKEAWAYS: _bullets, WATCH: _bullets, OVERVIEW: _overview, ONLINE: _table, TABLE: _table,
        COVERAGE: _coverage, METHOD: _method,
    }.get(heading, _section)  # fmt: skip
    yield from reader(heading, lines)


def _top(_: str, lines: list[str]) -> Iterator[Statement]:
    for line in filter(None, lines):
        if line.startswith("# "):
            yield Statement("title", plain(line[2:]))
        elif line.startswith("> **"):
            yield Statement("notice", plain(line[2:]).partition(": ")[2])
        elif line.startswith("**"):
            yield Statement("census", plain(line))
        elif line.startswith("Seen: "):
            yield Statement("seen", plain(line[6:]))
        else:
            yield Statement("range", plain(line))


def _bullets(heading: str, lines: list[str]) -> Iterator[Statement]:
    place = "takeaway" if heading == TAKEAWAYS else "watch"
    for line in filter(None, lines):
        if line.startswith("- "):
            yield from statements(place, line[2:].removeprefix(f"*{READING}:* "), Statement("", "", heading))
        elif plain(line) != f"{READING}:":
            yield Statement("unknown", plain(line), heading)


def _prose(line: str, place: str, like: Statement) -> list[Statement]:
    label = f"*{READING}:* "
    if line.startswith(label):
        return statements("reading", line[len(label) :], like)
    return statements(place, line, like)


def _overview(heading: str, lines: list[str]) -> Iterator[Statement]:
    like, place = Statement("", "", heading), "lead"
    for line in filter(None, lines):
        if line.startswith("### "):
            like, place = Statement("", "", plain(line[4:])), "thread"
            yield replace(like, place="thread.name", text=plain(line[4:]))
        else:
            yield from _prose(line, place, like)


def _table(heading: str, lines: list[str]) -> Iterator[Statement]:
    place = "online" if heading == ONLINE else "row"
    rows = [line for line in lines if line.startswith("|")]
    for line in filter(None, lines):
        if line not in rows:
            yield Statement("note", plain(line), heading)
    for line in rows[2:]:
        inside = cells(line)
        cited = tuple(int(m[1]) for m in CITES.finditer(inside[-1]))
        shown = tuple(plain(CITES.sub("", c)) for c in inside)
        yield Statement(place, " | ".join(shown), heading, cites=cited, links=links(line), cells=shown)


def _coverage(heading: str, lines: list[str]) -> Iterator[Statement]:
    table = [line for line in lines if line.startswith("|")]
    for line in filter(None, lines):
        text = plain(line.removeprefix("- "))
        if line in table:
            continue
        place = "failed" if line.startswith("- ") else "left_out" if text.startswith("Left out: ") else "coverage"
        yield Statement(place, text, heading)
    for line in table[2:]:
        yield Statement("batch", line, heading, cells=tuple(plain(c) for c in cells(line)))


def _method(heading: str, lines: list[str]) -> Iterator[Statement]:
    for line in filter(None, lines):
        yield Statement("record" if line.startswith("Record ") else "method", plain(line).replace("`", ""), heading)


# ------------------------------------------------------------------ sections
def _section(heading: str, lines: list[str]) -> Iterator[Statement]:
    like, place, block = Statement("", "", heading), "opener", list[str]()
    table = [line for line in lines if line.startswith("|")]
    for line in [*lines, "### "]:
        m = NUMBERED.match(line)
        if m or line.startswith("### "):
            yield from _pick(like, place, block)
            block = []
            if m:
                title = m[2] or m[3] or ""
                ((words, url),) = links(title) or ((plain(title), ""),)
                like, place = Statement("", "", heading, int(m[1] or 0), url), "pick"
                yield replace(like, place="headline", text=words, links=links(title))
            elif len(line) > 4:
                like, place = Statement("", "", heading), "opener"
                yield replace(like, place="topic", text=plain(line[4:]))
        elif line in table:
            if table.index(line) > 1:
                yield from _repository(line, heading)
        elif line:
            block.append(line)


def _pick(like: Statement, place: str, block: list[str]) -> Iterator[Statement]:
    if place == "opener":
        file = ""
        for line in block:
            if m := IMAGE.fullmatch(line):
                file = m[1]
            elif line.startswith("**Figure "):
                yield from _picture(line, file, like)
            elif line.startswith("- "):
                yield from _brief(line[2:], like) if line[2:3] in "★[" else _post(line[2:], like)
            else:
                yield from _prose(line, "opener", like)
    elif block and any(line.startswith("- **") for line in block):
        yield from _episode(block, like)
    else:
        yield from _card(block, like)


def _picture(line: str, file: str, like: Statement) -> Iterator[Statement]:
    """A figure of a paper: what stands below it, and behind its number who drew it."""
    mark = next(CITES.finditer(line))
    own = replace(like, cites=(int(mark[1]),))
    told, credit = line[: mark.start()], line[mark.end() :]
    yield replace(own, place="figure", text=plain(told), links=links(told), cells=(file,))
    yield replace(own, place="credit", text=plain(credit), links=links(credit))


def _card(block: list[str], like: Statement) -> Iterator[Statement]:
    last = len(block) - 1 - block[-1].startswith("Links: ")
    for i, line in enumerate(block):
        at = replace(like, links=links(line))
        if line.startswith("Links: "):
            yield replace(at, place="links", text=plain(line[7:]))
        elif i == last:
            yield replace(at, place="meta", text=plain(line))
        elif STARS.match(line):
            stars, _, rest = line.partition(" · ")
            yield replace(at, place="stars", text=stars)
            for name in filter(None, rest.split(", ")):
                if name != "late arrival":
                    yield replace(at, place="organisation", text=plain(name))
        elif line.startswith("> — "):
            yield replace(at, place="quote.source", text=plain(line[4:]))
        elif line.startswith(">"):
            if line[2:]:
                yield from statements("quote", line[2:], like)
        elif line.startswith("- "):
            yield replace(at, place="figures", text=plain(line[2:]))
        elif line.startswith("Rated "):
            yield replace(at, place="reason", text=plain(line))
        elif re.fullmatch(r"\*[^*].*[^*\\]\*", line):
            yield replace(at, place="original", text=plain(line))
        else:
            yield from _prose(line, "prose", like)


def _brief(line: str, like: Statement) -> Iterator[Statement]:
    m = re.match(r"(?:([★☆]{5}) )?" + LINK.pattern + r" \(([^()]*(?:\([^()]*\)[^()]*)*)\)(?:: )?", line)
    if not m:
        yield replace(like, place="unknown", text=plain(line))
        return
    at = replace(like, url=m[3], links=links(m[0]))
    yield replace(at, place="headline", text=plain(m[2]))
    if m[1]:
        yield replace(at, place="stars", text=m[1])
    yield replace(at, place="meta", text=plain(m[4]))
    yield from statements("prose", line[m.end() :], replace(at, links=()))


def _post(line: str, like: Statement) -> Iterator[Statement]:
    found = links(line)
    url = found[-1][1] if found else ""
    m = re.match(r"\*\*(.*?)\*\*(?: \((.*?)\))?: (?=“|[^(])", line)
    if not m:
        yield replace(like, place="unknown", text=plain(line))
        return
    at = replace(like, url=url)
    yield replace(at, place="person", text=plain(m[1]), cells=(plain(m[2] or ""),))
    words = line[m.end() : line.rfind("[")] if found else line[m.end() :]
    yield from statements("prose", words.strip(), at)
    yield replace(at, place="origin", text=found[-1][0] if found else "", links=found[-1:])


def _repository(line: str, heading: str) -> Iterator[Statement]:
    inside = cells(line)
    found = links(inside[0])
    at = Statement("", "", heading, url=found[0][1] if found else "")
    yield replace(at, place="repository", text=plain(line), links=found, cells=tuple(plain(c) for c in inside[:4]))
    yield from statements("prose", inside[4], at)


def _episode(block: list[str], like: Statement) -> Iterator[Statement]:
    for line in block:
        m = re.match(r"- \*\*([\d:]+)\*\* (.*)$", line)
        if m:
            yield from statements("moment", m[2], replace(like, cells=(m[1],)))
        elif line.startswith("- "):
            yield from statements("prose", line[2:], like)
        else:
            yield replace(like, place="episode", text=plain(line))
