"""The author block of a LaTeXML page: who works where, as printed.

Papers write it in three ways, and LaTeXML keeps each: contacts under every creator (acmart, revtex), names
and a legend joined by marks ("Ada^1, Alan^2 / ^1 Lab / ^2 University": most conference styles, llncs), or
plain lines (name, then organisation, then mail). Marks are made visible first, then lines are read by
where their marks stand: behind a text it is a name, before a text it is the legend. A footnote of an author
that names a place, or a stay at one ("Work done during an internship at X"), is a row like others, as printed;
other remarks are left out. A mail address that is nobody's for sure is a row of its own, one a host.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from digester.analysis import affiliations
from digester.domain.model import Affiliation
from digester.domain.text import plain
from digester.fulltext import _raised, _tree
from digester.fulltext._raised import CLOSE, LAST_NOTE, NOTE, OPEN

MAX_PEOPLE, MAX_LINE = 300, 6_000
_MARKED = re.compile(f"{OPEN}([^{CLOSE}]{{0,60}}){CLOSE}")
_MARK = re.compile(r"\d+|[a-z]|[^\w\s,;.{}()^\\]")
_EMAIL = re.compile(r"(?:\{[^{}@]{1,300}\}|[\w.+-]{1,64})@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,5}")
_LABEL = re.compile(r"^(?:affiliations?|address|institutions?|e-?mails?|organi[sz]ations?)\s?[:：]\s?", re.IGNORECASE)
_NO_PLACE = re.compile(
    r"equal(?:ly)? contribut|contribut\w{1,9} equally|correspond|work (?:was )?(?:done|performed|conducted)|"
    r"intern(?:ship)?\b|project lead|these authors|^(?:e-?mail|orcid|https?:)",
    re.IGNORECASE,
)
_PROSE = re.compile(
    r"\b(?:we|our|this|these|thanks?|thank|support\w{0,3}|grants?|funded|code|available|version|accepted|published|copyright|see)\b|https?:",
    re.IGNORECASE,
)
_NOTE_SIGN = re.compile(f"[{chr(NOTE)}-{chr(LAST_NOTE)}]")
_TITLES = frozenset(("ieee", "fellow", "senior member", "member", "student member", "phd", "ph.d.", "jr.", "authors"))
_SEPARATORS = re.compile(r"\s{0,20}(?:[,;&、]|\band\b)\s{0,20}")


@dataclass
class Person:
    """An author while the block is read."""

    name: str
    marks: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    email: str = ""
    notes: list[str] = field(default_factory=list)


def author_block(root: Any) -> tuple[Affiliation, ...]:
    """One Affiliation an author and organisation, in the paper's order."""
    legend: dict[str, str] = {}
    notes: dict[str, str] = {}
    groups = [_creator(c, legend, notes) for c in _creators(root, notes)]
    _read_legend(root, legend)
    _share(groups)
    return tuple(row for people in groups for person in people for row in _rows(person, legend))[:MAX_PEOPLE]


def of_lines(lines: Iterable[str]) -> tuple[Affiliation, ...]:
    """The same of printed lines in which marks stand between OPEN and CLOSE."""
    legend: dict[str, str] = {}
    people = _read_lines(lines, legend, bare=False)
    rows = tuple(row for person in people for row in _rows(person, legend))
    return rows[:MAX_PEOPLE] if any(row.organisation for row in rows) else ()


def _creators(root: Any, notes: dict[str, str]) -> Iterator[Any]:
    """Copies of the creators with marks and line ends made visible; a block without creators is one."""
    for block in _tree.with_class(root, "ltx_authors")[:3]:
        found = _tree.with_class(block, "ltx_creator")
        for element in found[:MAX_PEOPLE] or [block]:
            yield _raised.visible(element, notes)


def says_place(note: str) -> bool:
    """True for a footnote that is an affiliation or tells of a stay, not for thanks and remarks."""
    if affiliations.tells_of_stay(note):
        return True
    return len(note) < 200 and not _NO_PLACE.search(note) and not _PROSE.search(note) and note[:1].isupper()


# ------------------------------------------------------------ one creator
def _creator(creator: Any, legend: dict[str, str], notes: dict[str, str]) -> list[Person]:
    """The people of one creator element; what it says of marks goes into `legend`, `notes` are its footnotes."""
    places, mails = _contacts(creator)
    names = _tree.with_class(creator, "ltx_personname")
    text = "\n".join(_tree.raw_text(n) for n in names) if names else _tree.raw_text(creator)
    people = _read_lines(_NOTE_SIGN.sub("", text).splitlines(), legend, bare=bool(places))
    for place in places:
        if not _legend_line(place, legend):
            for person in people:
                person.places.append(_clean(place))
    _give_mails(people, mails)
    _give_notes(people, text, notes)
    return people


def _give_notes(people: list[Person], text: str, notes: dict[str, str]) -> None:
    """A footnote that says a place belongs to those whom it names, else to the person it stands behind."""
    for sign in _NOTE_SIGN.finditer(text):
        note = notes.get(sign.group(), "")
        if not says_place(note):
            continue
        named = [p for p in people if any(w in note for w in re.findall(r"[^\W\d_]{3,}", p.name)[-1:])]
        before = _names(_NOTE_SIGN.sub("", text[: sign.start()].rpartition("\n")[2]))[-1:]
        for person in named or [p for p in people if [p.name] == before] or people[-1:]:
            person.notes.append(_clean(_EMAIL.sub("", note)))


def _contacts(creator: Any) -> tuple[list[str], list[str]]:
    """Organisations and mail addresses in contact elements, which are taken out of the creator."""
    places: list[str] = []
    mails: list[str] = []
    for contact in _tree.with_class(creator, "ltx_contact"):
        text = " ".join(_tree.raw_text(contact).split())[:MAX_LINE]
        mails += _mails(text)
        if _tree.has_class(
            contact, "ltx_role_affiliation", "ltx_role_address", "ltx_role_institution", "ltx_role_institute"
        ):
            places.append(_EMAIL.sub("", text))
    for element in [
        *_tree.with_class(creator, "ltx_contact"),
        *_tree.with_class(creator, "ltx_author_notes"),
    ]:
        _tree.drop(element)
    return [p for p in places if re.search(r"\w{2}", _clean(p))], mails


def _read_lines(lines: Iterable[str], legend: dict[str, str], bare: bool) -> list[Person]:
    """Names, legend, organisations and mails from lines; `bare`: the organisations stand elsewhere."""
    people: list[Person] = []
    mails: list[str] = []
    places: list[str] = []
    for raw in lines:
        line = " ".join(raw.split())[:MAX_LINE]
        mails += _mails(line)
        line = _EMAIL.sub("", line).strip(" ,;")
        if not re.search(r"\w", line) or _legend_line(line, legend):
            continue
        if OPEN in line:
            people += _marked_names(line, legend)
        elif not people or bare:
            people += [Person(n) for n in _names(line)]
        else:
            places.append(_clean(line))
    for person in people:
        person.places += [", ".join(places)] if places and not person.marks else []
    _give_mails(people, mails)
    return people


def _marked_names(line: str, legend: dict[str, str]) -> list[Person]:
    """`Ada^1, Alan^2`; a mark that was seen and stands before a text on its own opens the legend."""
    people: list[Person] = []
    parts = _MARKED.split(line)
    for i in range(0, len(parts) - 1, 2):
        names, marks = _names(parts[i]), _MARK.findall(parts[i + 1])
        if names:
            people += [Person(n) for n in names[:-1]] + [Person(names[-1], marks)]
        elif (
            people
            and parts[i].isspace()
            and re.search(r"\w{2}", parts[i + 2])
            and any(m in p.marks for p in people for m in marks)
        ):
            _legend_line("".join(_again(parts, i + 1)), legend)
            return people
        elif people:
            people[-1].marks += marks
    return people + [Person(n) for n in _names(parts[-1])]


def _again(parts: list[str], start: int) -> Iterator[str]:
    """The rest of a split line with its marks put back."""
    for i, part in enumerate(parts[start:], start):
        yield f"{OPEN}{part}{CLOSE}" if i % 2 else part


def _names(text: str) -> list[str]:
    found = (plain(part).strip(" .*∗†‡§¶:") for part in _SEPARATORS.split(_MARKED.sub("", text)))
    return [n for n in found if re.search(r"[^\W\d_]{2}", n) and n.lower() not in _TITLES and len(n) <= 80]


# ----------------------------------------------------------------- legend
def _read_legend(root: Any, legend: dict[str, str]) -> None:
    """Legends outside the creators: the date line, and institute notes before the first section."""
    for element in _tree.with_class(root, "ltx_dates")[:2]:
        for line in _tree.raw_text(_raised.visible(element)).splitlines():
            _legend_line(" ".join(line.split()).strip(" ()"), legend)
    for note in _tree.outermost(
        root, lambda e: _tree.has_class(e, "ltx_note"), lambda e: _tree.has_class(e, "ltx_section", "ltx_p")
    ):
        marks = [_tree.raw_text(m) for m in _tree.with_class(note, "ltx_note_mark")[:1]]
        if marks and (text := _raised.note_text(note)):
            for mark in _MARK.findall(marks[0]):
                legend.setdefault(mark, _clean(text))


def _legend_line(line: str, legend: dict[str, str]) -> bool:
    """Takes `^1 Lab, ^2 University` into the legend; False when the line does not begin with a mark."""
    if not line.lstrip().startswith(OPEN):
        return False
    parts = _MARKED.split(line.lstrip())
    for marks, text in zip(parts[1::2], parts[2::2], strict=False):
        if re.search(r"[^\W\d_]{2}", text):
            for mark in _MARK.findall(marks):
                legend.setdefault(mark, _clean(_EMAIL.sub("", text)))
    return True


def _clean(text: str) -> str:
    text = _LABEL.sub("", plain(_MARKED.sub(" ", text)))
    return re.sub(r"(?:\s?[,;]){2,}", ",", text).replace(" ,", ",").strip(" ,;:&")


# ------------------------------------------------------------------- ends
def _mails(text: str) -> list[str]:
    """Addresses of a text; `{ada,alan}@x.edu` is two."""
    found: list[str] = []
    for whole in _EMAIL.findall(text):
        local, _, host = whole.rpartition("@")
        found += [f"{name.strip()}@{host}" for name in local.strip("{}").split(",") if name.strip()]
    return found


def _give_mails(people: list[Person], mails: list[str]) -> None:
    """One mail and one person belong together; among several, a mail goes to whom its local part names. One of
    each host that nobody has stays, as a person without a name."""
    if len(people) == len(mails) == 1:
        people[0].email = people[0].email or mails[0]
    for mail in mails:
        local = re.sub(r"[^a-z]", "", mail.partition("@")[0].lower())
        named = [p for p in people if any(w in local for w in re.findall(r"[a-z]{3,}", p.name.lower()))]
        if len(named) == 1:
            named[0].email = named[0].email or mail
    hosts = {p.email.rpartition("@")[2] for p in people}
    for mail in mails:
        host = mail.rpartition("@")[2]
        if people and host not in hosts:
            hosts.add(host)
            people.append(Person("", email=mail))


def _share(groups: list[list[Person]]) -> None:
    """Creators that state no place share that of the next one that does: acmart and elsarticle print so."""
    following: list[str] = []
    for people in reversed(groups):
        own = [place for person in people for place in person.places]
        if not own and not any(person.marks for person in people):
            for person in people:
                person.places += following if person.name else []
        elif own:
            following = list(dict.fromkeys(own))


def _rows(person: Person, legend: dict[str, str]) -> Iterator[Affiliation]:
    places = person.places + [legend[m] for m in person.marks if m in legend] + person.notes
    kept = [p for p in dict.fromkeys(places) if p and (not _NO_PLACE.search(p) or affiliations.tells_of_stay(p))]
    for place in kept or ([""] if person.email else []):
        yield Affiliation(person.name, place[:300], person.email)
