"""The papers and articles of an issue as BibTeX, for everybody who writes papers.

Keys are made of the work (`arxiv-2606.90011`), so they are the same in every issue and language. BibTeX counts braces
even when they are escaped: in values they are written by name. Addresses are not escaped, `url` wants them as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import ClassVar

from digester.domain.cut import octets
from digester.domain.ids import digest
from digester.domain.issue import Issue, Pick
from digester.outputs._lines import safe

_TEX = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}", "$": r"\$", "&": r"\&", "#": r"\#", "%": r"\%", "_": r"\_",
}  # fmt: skip
_SPECIAL = re.compile(r"[\\{}~^$&#%_]")
_NOT_TEXT = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\\s]+")
_NOT_KEY = re.compile(r"[^A-Za-z0-9.]+")
_NOT_URL = re.compile(r"[{}\\\s\"<>^`|]")
_JOINED = re.compile(r"\band\b|\bothers\b|,.*,.*,", re.IGNORECASE)  # what BibTeX reads as more than one name
_KINDS = ("paper", "article")


class Bibtex:
    name: ClassVar[str] = "bibtex"
    media_type: ClassVar[str] = "application/x-bibtex"
    extension: ClassVar[str] = "bib"

    def render(self, issue: Issue, language: str) -> bytes:
        """The same entries for every language: titles stand as their authors wrote them."""
        picks: dict[str, Pick] = {}
        for pick in issue.picks():
            if pick.kind in _KINDS:
                picks.setdefault(pick.work, pick)
        return octets("\n".join(map(_entry, picks.values())))


def _entry(pick: Pick) -> str:
    fields = "".join(f"  {name:13} = {{{value}}},\n" for name, value in _fields(pick) if value)
    return f"@misc{{{key(pick.work)},\n{fields}}}\n"


def _fields(pick: Pick) -> Iterable[tuple[str, str]]:
    scheme, _, number = pick.work.partition(":")
    when = pick.announced_at or pick.published_at
    yield "title", f"{{{escaped(pick.title)}}}"  # twice in braces: styles leave its capitals alone
    yield "author", " and ".join(_author(a) for a in pick.authors if a.strip())
    yield "year", f"{when.year:04}" if when else ""
    yield "eprint", escaped(number) if scheme == "arxiv" else ""
    yield "archivePrefix", "arXiv" if scheme == "arxiv" else ""
    yield "doi", _NOT_URL.sub(_percent, number) if scheme == "doi" else ""
    yield "url", _NOT_URL.sub(_percent, safe(pick.url))


def key(work: str) -> str:
    """`arxiv:2606.90011` -> `arxiv-2606.90011`; a work with other signs gets a hash that tells it from its likes."""
    scheme, _, rest = work.partition(":")
    plain = _NOT_KEY.sub("-", rest)
    if scheme.isascii() and scheme.isalnum() and plain == rest and 0 < len(rest) <= 60:
        return f"{scheme}-{rest}"
    return "-".join(part for part in (_NOT_KEY.sub("-", work)[:40].strip("-"), digest(work, size=4)) if part)


def escaped(text: str) -> str:
    """Text on one line in which TeX sees no command and BibTeX no brace."""
    return _SPECIAL.sub(lambda m: _TEX[m[0]], _NOT_TEXT.sub(" ", text).strip())


def _author(name: str) -> str:
    """A name; one that BibTeX would read as two stands in braces."""
    return f"{{{escaped(name)}}}" if _JOINED.search(name) else escaped(name)


def _percent(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode("utf-8", "replace"))
