"""Podcast transcripts: WebVTT (w3.org/TR/webvtt1), SubRip, and the podcast namespace's JSON and HTML.

Cues are two seconds long and cut sentences anywhere; about a minute of them is one section, ended at a
sentence end where there is one, headed by its start time, with the speaker named at each change. So a
quotation can be followed to its minute.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from digester.domain.errors import ParseError
from digester.domain.model import Extracted, TextSection
from digester.domain.sources import Document
from digester.domain.text import plain
from digester.fulltext import _tree

MINUTE, PATIENCE, MAX_CUES = 60.0, 90.0, 100_000
_TIME = re.compile(r"(?:(\d{1,4}):)?(\d{1,2}):(\d{2})(?:[.,](\d{1,3}))?")
_VOICE = re.compile(r"<v(?:\.[^\s>]{0,60})?\s([^>]{0,120})>")
_TAG = re.compile(r"<[^<>]{0,200}>")
_SPEAKER = re.compile(r"(?:>>\s?)?([^\W\d_][\w.'’ -]{0,38}[\w.)])\s?[:：](?=\s)\s?")
_ENDS = (".", "!", "?", "…", '."', '?"', "。", "！", "？", "”")


@dataclass(frozen=True)
class Cue:
    """`speaker` is empty where the format names none: then the last one goes on."""

    start: float
    speaker: str
    text: str


def extract(document: Document) -> Extracted:
    """Sections of about a minute each, or `unsupported` for bytes in no transcript format."""
    text = _tree.decode(document.body[: _tree.MAX_BYTES], document.media_type).lstrip("\ufeff \t\r\n")
    cues = _cues(text, document)
    if cues is None:
        return Extracted("unsupported")
    sections = tuple(_sections(cues[:MAX_CUES]))
    whole = plain(" ".join(s.text for s in sections))
    return Extracted("ok", whole, sections) if whole else Extracted("too_short")


def _cues(text: str, document: Document) -> list[Cue] | None:
    if text[:1] in ("{", "["):
        rows = _json_rows(text)
        return None if rows is None else list(_json_cues(rows))
    if text[:1] == "<":
        return list(_html_cues(document))
    return list(_timed_cues(text)) if "-->" in text else None


# ------------------------------------------------------------- WebVTT, SRT
def _timed_cues(text: str) -> Iterator[Cue]:
    """Blocks apart by blank lines; the lines behind the `-->` line are the words."""
    start: float | None = None
    words: list[str] = []
    for line in [*text.splitlines(), ""]:
        if "-->" in line:
            start, words = _seconds(line.partition("-->")[0]), []
        elif line.strip() and start is not None:
            words.append(line)
        elif start is not None:
            yield from _voices(start, " ".join(words))
            start = None


def _voices(start: float, words: str) -> Iterator[Cue]:
    """`<v Name>` spans, each its own cue; else a leading `Name:`."""
    parts = _VOICE.split(words)
    yield _spoken(start, "", _bare(parts[0]))
    for name, said in zip(parts[1::2], parts[2::2], strict=True):
        yield _spoken(start, plain(html.unescape(name)), _bare(said))


def _bare(markup: str) -> str:
    return plain(html.unescape(_TAG.sub("", markup)))


def _spoken(start: float, speaker: str, text: str) -> Cue:
    named = None if speaker else _SPEAKER.match(text + " ")
    return Cue(start, named[1], text[named.end() :].strip()) if named else Cue(start, speaker, text)


def _seconds(stamp: str) -> float:
    m = _TIME.search(stamp[:60])
    if m is None:
        return 0.0
    return int(m[1] or 0) * 3600 + int(m[2]) * 60 + int(m[3]) + int((m[4] or "0").ljust(3, "0")) / 1000


# -------------------------------------------------------------- JSON, HTML
def _json_rows(text: str) -> list[Any] | None:
    """The segments of podcast namespace JSON, or None for JSON of another kind."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as err:
        raise ParseError(f"not a transcript: JSON that does not parse ({type(err).__name__})") from None
    rows = found.get("segments") if isinstance(found, dict) else found
    return rows if isinstance(rows, list) else None


def _json_cues(rows: list[Any]) -> Iterator[Cue]:
    """Rows of "startTime", "body" and "speaker"; what is none is passed over."""
    for row in rows:
        if isinstance(row, dict):
            start = _number(row.get("startTime", row.get("start")))
            words = plain(str(row.get("body") or row.get("text") or ""))
            yield Cue(start, plain(str(row.get("speaker") or ""))[:120], words)


def _number(value: object) -> float:
    if isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value < 1e7:
        return float(value)
    return _seconds(value) if isinstance(value, str) else 0.0


def _html_cues(document: Document) -> Iterator[Cue]:
    """<cite>Name:</cite> <time>0:00</time> <p>words</p>, as the podcast namespace's example has it."""
    tree = _tree.parse(document.body, document.media_type)
    _tree.tidy(tree)
    start, speaker = 0.0, ""
    for element in tree.iter("cite", "time", "p"):
        words = plain(_tree.raw_text(element))
        if element.tag == "time":
            start = _seconds(words)
        elif element.tag == "cite":
            speaker = words.rstrip(":： ")[:120]
        elif words:
            yield _spoken(start, speaker, words)
            speaker = ""


# ---------------------------------------------------------------- sections
def _sections(cues: Iterable[Cue]) -> Iterator[TextSection]:
    group: list[Cue] = []
    speaker = ""
    for cue in cues:
        if not cue.text or (group and cue == group[-1]):
            continue
        if group and _full(group, cue):
            yield _section(group)
            group = []
        speaker = cue.speaker or speaker
        group.append(Cue(cue.start, speaker, cue.text))
    if group:
        yield _section(group)


def _full(group: list[Cue], cue: Cue) -> bool:
    span = cue.start - group[0].start
    return span >= PATIENCE or (span >= MINUTE and group[-1].text.endswith(_ENDS))


def _section(group: list[Cue]) -> TextSection:
    said: list[str] = []
    speaker: Any = None
    for cue in group:
        if cue.speaker != speaker and cue.speaker:
            said.append(f"{cue.speaker}:")
        speaker = cue.speaker
        said.append(cue.text)
    at = int(group[0].start)
    return TextSection(f"{at // 3600:02}:{at // 60 % 60:02}:{at % 60:02}", plain(" ".join(said)))
