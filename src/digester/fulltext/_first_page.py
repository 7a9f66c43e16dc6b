"""The author block of a printed paper: what stands above its abstract, and the footnotes of its first page.

Where marks tie names to organisations the block is read as LaTeXML's are (`_authors`), from the first line
that has one: above it is the title. Elsewhere print tells a name from an organisation by its place only,
so what is taken is a line that names an organisation by a word for one, as a company that is known by name,
or as the mail address below it does; the author of such a row is left empty, because a guess would be a false
statement. A footnote counts that is an affiliation or tells of a stay, and so does ACM's list of contacts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from digester.analysis import affiliations, houses
from digester.domain.model import Affiliation
from digester.domain.text import plain
from digester.fulltext import _authors
from digester.fulltext._pages import Line, Style
from digester.fulltext._raised import CLOSE, OPEN

MAX_LINES = 120
_WORD_FOR_ONE = re.compile(
    r"universit|institut|college|\bschool\b|academy|laborator|\blabs?\b|\bresearch\b|polytechn|hochschule|école|"
    r"\b(?:inc|corp|ltd|llc|gmbh|co\.|technolog(?:y|ies)|department|group)\b|大学|学院|研究|公司|集团",
    re.IGNORECASE,
)
_EMAIL = re.compile(r"(?:\{[^{}@]{1,300}\}|[\w.+-]{1,64})@([A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,5})")
_SIGNED = re.compile(rf"(?:{OPEN}([^{CLOSE}]{{1,9}}){CLOSE}|([∗*†‡§¶♦♠♣]{{1,3}}))\s?(?=[A-Z\u4e00-\u9fff])")
_CONTACTS = re.compile(r"authors?[’'] (?:contact information|addresses)\s?:\s?", re.IGNORECASE)
_ENDS = re.compile(r"permission to make|©|acm reference|ccs concepts|\d{4}-\d{4}/", re.IGNORECASE)


def author_block(lines: list[Line], notes: list[str]) -> tuple[Affiliation, ...]:
    """One row an author and organisation, or an organisation; empty where the page names none."""
    lines = lines[:MAX_LINES]
    first = next((n for n, line in enumerate(lines) if re.search(rf"[^\W\d_]\W?{OPEN}", line.text)), None)
    signed = [n for n in notes if not _CONTACTS.match(n)]
    marked = () if first is None else _authors.of_lines([*(line.text for line in lines[first:]), *signed])
    rows = [*marked, *_contacts(notes)]
    if not any(row.organisation for row in rows):
        rows = [*_organisations(_below_title(lines)), *rows]
    told = {row.organisation for row in rows}
    stays = [Affiliation("", text) for n in signed if (text := _unsigned(n)) and text not in told]
    return tuple(dict.fromkeys([*rows, *stays]))


def footnotes(lines: list[Line], body: Style) -> list[str]:
    """Notes below the abstract of the first page that say where its authors are, each as one line that begins
    with its mark between OPEN and CLOSE, and the list of contacts."""
    notes: list[str] = []
    open_note = False
    for line in lines:
        text = " ".join(line.text.split())
        begun = _SIGNED.match(text)
        if _CONTACTS.match(text) or (begun and line.style[1] < body[1]):
            notes.append(f"{OPEN}{begun[1] or begun[2]}{CLOSE}{text[begun.end() :]}" if begun else text)
            open_note = True
        elif open_note and line.style[1] < body[1] and not _ENDS.search(text) and len(notes[-1]) < 3_000:
            notes[-1] += f" {text}"
        else:
            open_note = False
    return [n for n in notes if _CONTACTS.match(n) or _says_place(_unsigned(n))]


def _says_place(note: str) -> bool:
    """Notes of the running text stand among those of the authors, so one without a stay must name an organisation."""
    named = bool(_WORD_FOR_ONE.search(note)) or _is_known(note)
    return affiliations.tells_of_stay(note) or (named and _authors.says_place(note))


def _unsigned(note: str) -> str:
    """A note without its mark and mail addresses."""
    return plain(_EMAIL.sub("", note.partition(CLOSE)[2] or note)).strip(" .,;")


def _contacts(notes: list[str]) -> Iterator[Affiliation]:
    """`Ada Marlow, Kestrelo, Osterfjord, ada@kestrelo.example; Bo Linde, ...`: a row a person."""
    for note in notes:
        if (begun := _CONTACTS.match(note)) is None:
            continue
        for entry in note[begun.end() :].split(";")[:300]:
            name, _, rest = entry.partition(",")
            mail = _EMAIL.search(rest)
            place = re.sub(r"(?:\s?,){2,}", ",", _EMAIL.sub("", rest)).strip(" ,.")
            if place or mail:
                yield Affiliation(plain(name)[:80], plain(place)[:300], mail.group() if mail else "")


def _below_title(lines: list[Line]) -> list[str]:
    """The lines that are not in the largest letters."""
    largest = max((line.style[1] for line in lines), default=0.0)
    return [plain(line.text) for line in lines if line.style[1] < largest]


def _organisations(texts: list[str]) -> Iterator[Affiliation]:
    hosts: set[str] = set()
    for text, below in pairwise([*texts, ""]):
        if mail := _EMAIL.search(text):
            if mail[1] not in hosts:
                hosts.add(mail[1])
                yield Affiliation("", "", _first(mail))
        elif len(text) < 200 and (_WORD_FOR_ONE.search(text) or _is_known(text) or _in_address(text, below)):
            yield Affiliation("", text)


def _first(mail: re.Match[str]) -> str:
    """The first address of `{ada,bo}@kestrelo.example`."""
    local = mail.group().rpartition("@")[0].strip("{}")
    return f"{local.partition(',')[0].strip()}@{mail[1]}"


def _is_known(text: str) -> bool:
    """True for a line that begins with a company that is known by name."""
    return any(n.start == 0 and houses.house_of(n.name) for n in affiliations.organisations(text))


def _in_address(text: str, below: str) -> bool:
    """True when a mail address of the next line is at a host that carries a word of the text."""
    words = re.findall(r"[a-z]{4,}", text.casefold())
    return any(word in host.casefold() for host in _EMAIL.findall(below) for word in words)
