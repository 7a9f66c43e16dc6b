"""A page of Markdown that collects notes by topic, written by the program and by people.

Every note stands between two comments, `<!-- note arxiv:2606.12345 -->` and `<!-- /note -->`. What is between them is
the program's and is replaced when the note is; everything else is a person's and stays as it is, blank
lines at the seam aside. A new note goes
to the end of its topic, which is a heading of the second level; a topic that is not there yet is begun at the end.
"""

from __future__ import annotations

import re

from digester.domain.errors import DigesterError
from digester.domain.ids import digest
from digester.domain.text import fold
from digester.outputs.markdown import escape

END = "<!-- /note -->"
_MARK = re.compile(r"<!-- (?:note ([^\s<>]{1,300})|/note) -->")
_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9.:/_-]{0,200}")
_HEADING = re.compile(r"^##[ \t]{1,9}(\S[^\n]{0,500})$", re.MULTILINE)
_FENCE = re.compile(r" {0,3}(`{3,100}|~{3,100})")
_ESCAPED = re.compile(r"\\(?=[^\w\s])")


def placed(page: str, topic: str, work: str, entry: str) -> str:
    """The page with the entry of a work: where it stands already, else at the end of its topic.

    Raises DigesterError for a page on which marks have lost their partners: nothing is guessed there.
    """
    newline = "\r\n" if "\r\n" in page else "\n"
    key = _key(work)
    block = f"<!-- note {key} -->\n{_inert(entry)}\n{END}".replace("\n", newline)
    if spans := [(a, b) for name, a, b in _marked(page) if name == key]:
        for a, b in reversed(spans):
            page = page[:a] + block + page[b:]
        return page
    return _appended(page, topic, block, newline)


def _key(work: str) -> str:
    return work if _KEY.fullmatch(work) and "--" not in work else f"work:{digest(work)}"


def _inert(entry: str) -> str:
    """No line of an entry can be taken for a mark; escaping has made that impossible, this makes it certain."""
    return entry.replace("<!--", "&lt;!--")


def _marked(page: str) -> list[tuple[str, int, int]]:
    """(key, start, end) of every note on the page."""
    found: list[tuple[str, int, int]] = []
    opened: re.Match[str] | None = None
    for m in _MARK.finditer(page):
        if bool(m[1]) == (opened is not None):
            raise DigesterError(
                f"line {page.count(chr(10), 0, m.start()) + 1}: {m[0]} has no partner",
                hint=f"put a `{END}` behind every `<!-- note ... -->`, or take out the one that is left over",
            )
        if opened is not None:
            found.append((opened[1], opened.start(), m.end()))
        opened = m if m[1] else None
    if opened is not None:
        line = page.count("\n", 0, opened.start()) + 1
        raise DigesterError(f"line {line}: {opened[0]} has no end", hint=f"put `{END}` where the note ends")
    return found


def _appended(page: str, topic: str, block: str, newline: str) -> str:
    taken = [*((a, b) for _, a, b in _marked(page)), *_code(page)]
    heads = [m for m in _HEADING.finditer(page) if not any(a <= m.start() < b for a, b in taken)]
    here = next((i for i, m in enumerate(heads) if _same(m[1], topic)), None)
    if here is None:
        heading = f"## {escape(topic)}"
        parts = (
            [page.rstrip("\r\n"), heading, block]
            if page.strip("\ufeff\r\n")
            else [page.rstrip("\r\n") + heading, block]
        )
        return (newline * 2).join(parts) + newline
    end = heads[here + 1].start() if here + 1 < len(heads) else len(page)
    before, after = page[:end].rstrip("\r\n"), page[end:]
    return f"{before}{newline * 2}{block}{newline}{newline if after else ''}{after}"


def _code(page: str) -> list[tuple[int, int]]:
    """Where blocks of code stand: a line of a person's that looks like a heading is none there."""
    found: list[tuple[int, int]] = []
    fence, start, at = "", 0, 0
    for line in page.splitlines(keepends=True):
        mark = _FENCE.match(line)
        if mark and not fence:
            fence, start = mark[1], at
        elif mark and mark[1].startswith(fence) and not line[mark.end() :].strip():
            found.append((start, at + len(line)))
            fence = ""
        at += len(line)
    return [*found, (start, at)] if fence else found


def _same(heading: str, topic: str) -> bool:
    """A heading as it is read: without the escapes and the closing signs of Markdown."""
    return fold(_ESCAPED.sub("", heading.strip().rstrip("#"))) == fold(topic)
