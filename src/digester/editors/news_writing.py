"""A news story: what happened in the words of its sources, each language's own where one tells it, and who else does."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from digester.analysis import newsworth, roles
from digester.domain.issue import Sentence
from digester.domain.model import Quotation
from digester.editors.composing import Voices, quote, sentence
from digester.editors.naming import language
from digester.editors.voice import Slots, Voice, say
from digester.ports import Brief, Telling

NAMED = 4  # other sources of a story that are named
FIRST, DEEP, FAR = 1.3, 1.0, 1000  # what the first quotation is ahead by; what a place so far down costs


def news(voices: Voices, brief: Brief, length: Literal["long", "medium", "line"]) -> tuple[Sentence, ...]:
    """What happened, for a featured story also what others add, and who else tells it."""
    item = brief.item
    parts = _happened(voices, brief, length)
    if length == "long":
        parts += _added(voices, brief, len(parts))
    told = [(n, i) for n, i, _ in brief.also if n != brief.source and n not in item.entry.authors]
    names = list(dict.fromkeys(n for n, _ in told))
    if names and length != "line":
        shown = names[:NAMED]
        parts.append(
            sentence(
                "derived",
                say(voices, "also", item.id, 0, _also(shown)),
                [item.id, *(i for n, i in told if n in shown)],  # nobody who is not named
                rule="computed:also_covered",
                inputs={"sources": len(names)},
            )
        )
    return tuple(parts)


def _happened(voices: Voices, brief: Brief, length: str) -> list[Sentence]:
    """The quotations of the story; one alone when it is told in short. A page gets those of an article in its own
    language; a featured story in English keeps its quotations where others are quoted besides, the Chinese ones among
    them."""
    own, said = brief.reading.quotations[:2], {lang: t for lang, t in brief.tellings.items() if t.quotations}
    if length == "long":
        if not said or (language(brief) == "en" and brief.others):
            return [quote(q, brief.item.id, language(brief)) for q in own]
        return [_told(voices, brief, q, i, {lang: t.quotations[i] for lang, t in said.items() if i < len(t.quotations)}) for i, q in enumerate(own)]  # fmt: skip
    if not own:
        return []
    best = _best(brief.item.entry.title, own)
    if not said:
        return [quote(best, brief.item.id, language(brief))]
    return [_told(voices, brief, best, 0, {lang: _best(t.title, t.quotations) for lang, t in said.items()})]


def _told(voices: Voices, brief: Brief, own: Quotation, turn: int, others: dict[str, Quotation]) -> Sentence:
    """One sentence that quotes in each language an article of that language, by name where it is not the story's own."""
    foreign = {v.language for v in voices} & set(others)

    def words(v: Voice) -> str:
        if v.language not in foreign:
            return v.quoted(roles.printed(own.text))
        q, t = others[v.language], brief.tellings[v.language]
        return v.fill("tells", brief.item.id, turn, name=t.source, quote=roles.printed(q.text))

    mine = {lang: others[lang].support for lang in sorted(foreign)}
    return sentence(
        "report",
        {v.language: words(v) for v in voices},
        [brief.item.id, *(brief.tellings[lang].item_id for lang in mine)],
        [own.support, *mine.values()],
        "quoted",
        {f"passage.{v.language}": mine.get(v.language, own.support).passage_id for v in voices},
    )


def _added(voices: Voices, brief: Brief, turn: int) -> list[Sentence]:
    """What other articles have besides. Where one of these is in a page's language, that one is quoted there first."""
    made: list[Sentence] = []
    chinese = brief.tellings.get("zh") if language(brief) == "en" else None
    for i, (name, other, q) in enumerate(brief.others):
        if chinese and i < len(chinese.quotations):
            made.append(_added_in_both(voices, brief, turn + i, (name, other, q), (chinese, chinese.quotations[i])))
        else:
            text = say(voices, "adds", brief.item.id, turn + i, _adds(name, q))
            made.append(sentence("report", text, [other], [q.support], "quoted"))
    return made


def _added_in_both(
    voices: Voices, brief: Brief, turn: int, first: tuple[str, str, Quotation], second: tuple[Telling, Quotation]
) -> Sentence:
    (name, other, q), (telling, own) = first, second
    given: dict[str, tuple[str, Quotation]] = {
        v.language: (telling.source, own) if v.language == "zh" else (name, q) for v in voices
    }
    text = say(voices, "adds", brief.item.id, turn, lambda v: _adds(*given[v.language])(v))
    return sentence(
        "report", text, [other, telling.item_id], [q.support, own.support], "quoted",
        {f"passage.{lang}": said.support.passage_id for lang, (_, said) in given.items()},
    )  # fmt: skip


def _adds(name: str, q: Quotation) -> Slots:
    return lambda v: {"name": name, "quote": roles.printed(q.text)}


def _best(title: str, quotations: Sequence[Quotation]) -> Quotation:
    return max(quotations, key=lambda q: _alone(title, q, q is quotations[0]))


def _also(names: Sequence[str]) -> Slots:
    one = len(names) == 1
    verbs = {"also_have": "has" if one else "have", "report_v": "reports" if one else "report"}
    return lambda v: {"names": v.listed(names), **verbs}


def _alone(title: str, q: Quotation, first: bool) -> float:
    """What a sentence is worth as the only one under its headline, which need not be said twice."""
    deep = DEEP * min(1.0, q.support.start / FAR)
    return newsworth.worth(q.text) + FIRST * first - newsworth.TOLD * newsworth.told_by(title, q.text) - deep
