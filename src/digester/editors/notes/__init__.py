"""Reading notes: what one paper is about, how it works, what came of it, and what it does differently.

Two editors write them. The embedded one quotes (`_plain`): sentences of the reading first, then those of the whole text
that play the part best, in the order of the text; figures are composed as everywhere else. The other one asks a model
once a paper (`_written`), takes its answer sentence by sentence, and falls back part by part. Nothing stands in a note
that the gate would refuse, and every report points to where it rests (`_page`).
"""

from __future__ import annotations

from collections.abc import Mapping

from digester.domain.entries import subject_of
from digester.domain.notes import Note, Sections
from digester.editors import naming
from digester.editors.notes._plain import plain_sections
from digester.editors.notes._written import written
from digester.ports import Brief

__all__ = ["note", "plain_sections", "subject", "written"]


def note(brief: Brief, language: str, topics: Mapping[str, str], sections: Sections) -> Note | None:
    """The note with these sections; None when they tell neither a method nor a result: never a stub."""
    if not sections.method and not sections.results:
        return None
    topic = topics.get(language, "")
    return Note(subject_of(brief.item), brief.item.entry.version or 1, language, topic, sections)


def subject(brief: Brief) -> str:
    """The subject of the field that a paper is about, by its English name; "" for none."""
    return next(iter(naming.subjects(brief)), "")
