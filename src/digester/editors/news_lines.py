"""A story of a week of news in one sentence: who did what, by which account, and the figures of its online test.

Who did what is the headline, else actor and verb of the first quoted sentence; a page tells a story by the article that
tells it in its language. What is said verbatim and holds a figure stands in quotation marks.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from digester.analysis import grounding, headings, newsworth, roles, scope_ai, standing
from digester.analysis.figures import read
from digester.analysis.tokens import STOP
from digester.domain.issue import Sentence
from digester.domain.model import Claim, Quotation
from digester.domain.urls import host_of
from digester.editors import news_evidence
from digester.editors.composing import Voices, sentence, told
from digester.editors.voice import Voice, say
from digester.ports import Brief

FIGURES, LONGEST = 2, 200  # figures of a sentence; characters of a quoted one
_GLUED = re.compile(r"\b[A-Z][\w.-]{0,30}[ -]$")  # `Ostrelith 3`, `Umbrafell-2`
SHARED = ("huggingface.co", "modelscope.cn", "together.ai", "nvidia.com")  # sites on which many makers publish
_COMMON = frozenset(
    [
        "Users",
        "Developers",
        "Researchers",
        "Models",
        "People",
        "Companies",
        "Open",
        "Leaders",
        "Customers",
        "Agents",
        "Scientists",
        "Lawmakers",
        "Publishers",
        "Artists",
        "Workers",
        "Teams",
        "Regulators",
        "Courts",
    ]
)
_QUOTED = re.compile("\u201c[^\u201c\u201d]*\u201d|\u300c[^\u300c\u300d]*\u300d")


def event(b: Brief, language: str) -> str:
    """What happened, as a heading says it; "" where no headline or first sentence does in this language."""
    title, said = _telling(b, language)
    return headings.event(title, [q.text for q in said], language)


def _introduced(b: Brief, language: str) -> str:
    """Which maker introduces what, told on its own site; "" elsewhere: where others show their models, too, it need not be
    the maker's."""
    url = b.item.entry.url
    if language in b.tellings or not b.evidence.primary or not scope_ai.of_maker(url) or host_of(url).endswith(SHARED):
        return ""
    return headings.event(headings.introduced(b.item.entry.title, b.source), (), language)


def briefly(voices: Voices, b: Brief) -> dict[str, str]:
    """What happened, as short as it can be said to stand in a list; by its headline where a language has no such words, or
    where its figures are not those of the others."""
    said = {v.language: _introduced(b, v.language) or headings.brief(event(b, v.language)) for v in voices}
    told_as = {v.language: _inside(said[v.language]) or v.called(b) for v in voices}
    alike = len({_quantities(t) for t in told_as.values()}) == 1
    return told_as if alike else {v.language: v.called(b) for v in voices}


def line(voices: Voices, place: str, turn: int, b: Brief) -> Sentence:
    """The report of one story."""
    figures, wordings = _bound(voices, b), _wordings(voices, b)
    quoted = {} if figures or any(_quantities(what) for what, _ in wordings.values()) else _figures(voices, b)

    def slots(v: Voice) -> Mapping[str, object]:
        what, name = wordings[v.language]
        more = told(v, b, figures) if figures else {"quote": roles.printed(quoted[v.language].text)} if quoted else {}
        return {"event": what, "name": name, **more}

    cites = [b.item.id, *(b.tellings[v.language].item_id for v in voices if v.language in b.tellings)]
    supports = [s for c in figures for s in c.supports] + [q.support for q in quoted.values()]
    text = say(voices, "story_figures" if figures else "story_quote" if quoted else "story_line", place, turn, slots)
    return sentence("report", text, cites, supports, "composed:story")


def _bound(voices: Voices, b: Brief) -> list[Claim]:
    """The figures of its online test that every language can say as the text binds them: a measure's name may hold a
    number that its text has not."""
    found, ground = news_evidence.printable(b), grounding.Ground(b.evidence.passages)
    for n in range(min(FIGURES, len(found)), 0, -1):
        said = [f"{s['level']}: {s['figures']}." for v in voices for s in [told(v, b, found[:n])]]
        if all(grounding.supported(t, ground).holds for t in said):
            return found[:n]
    return []


def _figures(voices: Voices, b: Brief) -> dict[str, Quotation]:
    """By language the quoted sentence that has a figure, of the article that tells the story there; {} where a language
    has none."""
    found = {}
    for v in voices:
        _, said = _telling(b, v.language)
        fit = [
            q for q in said if len(q.text) <= LONGEST and newsworth.result(q.text) and not standing.points_back(q.text)
        ]
        if not fit:
            return {}
        found[v.language] = fit[-1]
    return found


def _wordings(voices: Voices, b: Brief) -> dict[str, tuple[str, str]]:
    """By language what happened and who says so. A figure outside of quotation marks stands in all languages or in none."""
    for word in (_plain, _verbatim, _titled):
        found = {v.language: word(v, b) for v in voices}
        if len({_quantities(_QUOTED.sub("", what)) for what, _ in found.values()}) == 1:
            break
    return found


def _quantities(text: str) -> frozenset[tuple[Decimal, str]]:
    """Its figures; the number of a version is part of a name."""
    return frozenset(
        (f.value, f.unit) for f in read(text) if f.kind == "quantity" and not _GLUED.search(text[: f.start])
    )


def _plain(v: Voice, b: Brief) -> tuple[str, str]:
    """Actor and verb in our own sentence, and in which article; a headline that says both speaks for itself, in
    quotation marks where it has a figure."""
    title, _ = _telling(b, v.language)
    happened = event(b, v.language)
    if title.startswith(happened) and not _quantities(title) and happened:
        return happened, _source(v, b)
    if not _says_more(happened, title, b):
        return _titled(v, b)
    head, *tail = re.split("[:：]", title, maxsplit=1)
    if tail and head in happened:  # its name is said: what is said of it stands behind
        return v.joined(happened, v.quoted(tail[0].strip())), _source(v, b)
    if not tail and " ".join(title.split()[:2]) in happened and not _quantities(title):
        return happened, _source(v, b)
    return happened, v.within(_source(v, b), v.quoted(title))


def _verbatim(v: Voice, b: Brief) -> tuple[str, str]:
    """The same with actor and verb in quotation marks, where they are the words of the text."""
    title, said = _telling(b, v.language)
    happened = event(b, v.language)
    if not any(happened in q.text for q in said) or not _says_more(happened, title, b):
        return _titled(v, b)
    return v.quoted(happened), v.within(_source(v, b), v.quoted(title))


def _says_more(happened: str, title: str, b: Brief) -> bool:
    """Whether actor and verb say what neither the headline nor the name of the source does."""
    return bool(happened) and happened.casefold() not in title.casefold() and b.source not in happened


def _titled(v: Voice, b: Brief) -> tuple[str, str]:
    title, _ = _telling(b, v.language)
    return v.quoted(title), _source(v, b)


def _telling(b: Brief, language: str) -> tuple[str, Sequence[Quotation]]:
    """Headline and quotations of the article that tells the story in the language, else of its own."""
    other = b.tellings.get(language)
    title, said = (other.title, other.quotations) if other else (b.item.entry.title, b.reading.quotations)
    return title.rstrip(".\u3002"), said


def _source(v: Voice, b: Brief) -> str:
    other = b.tellings.get(v.language)
    return other.source if other else b.source


def _inside(text: str) -> str:
    """As it stands inside a sentence: `the European Rule is in force`."""
    first = text.partition(" ")[0]
    return text[:1].lower() + text[1:] if (first.lower() in STOP or first in _COMMON) and first[1:].islower() else text
