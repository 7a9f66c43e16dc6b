"""Translations by a model: sentences that hold already, into a language that no pattern has for them.

Figures without words are slots that code fills; the glossary's terms and the names of companies are given. A translation
is held against the sources like the sentence itself; what fails is asked for once more and then is missing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from digester.analysis import gate, lint
from digester.analysis.glossary import Glossary
from digester.domain.calls import Ask
from digester.domain.issue import Sentence
from digester.editors.answers import prose, rows_of
from digester.editors.rewording import LIMIT, Desk, Masked, masked
from digester.ports import Brief, Model, Unit

PER_CALL, TERMS, LONGEST = 40, 100, 4  # sentences a call, terms a call, words of a term
_NOT_EN = re.compile(
    r"\b(?:no|not|never|none|nothing|nor|neither|without|cannot|fail(?:s|ed)?|lacks?|un(?:able|changed|affected))\b|n['’]t\b",
    re.IGNORECASE,
)
_NOT_ZH = re.compile("[不没未无非否免缺]|失败|尚待|难以")
_NO_ZH = re.compile("没有|并未|未能|无法|并非|不(?:是|能|会|再|如|适用|显著)")
_HARD_STYLE = ("banned-word", "joint", "tone", "emoji")


def translated(
    model: Model, ask: Callable[[Mapping[int, Unit]], Ask], sentences: Sequence[Sentence], language: str,
    briefs: Sequence[Brief],
) -> dict[str, str]:  # fmt: skip
    """The sentences in `language`, by id."""
    desk = Desk({b.item.id: b for b in briefs})
    plans = {n: masked(s.text["en"], keep=_worded) for n, s in enumerate(sentences, 1)}
    units: dict[int, Unit] = {n: [("text", plan.text)] for n, plan in plans.items()}

    def take(n: int, row: Mapping[str, Any]) -> str | None:
        return _checked(row.get("text"), sentences[n - 1], plans[n], desk, language)

    got = rows_of(model, units, ask, take, PER_CALL, again=1)
    return {sentences[n - 1].id: text for n, text in got.made.items()}


def _worded(figure: str) -> bool:
    """Whether a figure has words (`3 billion users`), which are translated and then read again."""
    return any(c.isalpha() for c in figure)


def _checked(value: Any, s: Sentence, plan: Masked, desk: Desk, language: str) -> str | None:
    draft = prose(value, LIMIT, language)
    text = plan.filled(draft) if draft else ""
    if not text:
        return None
    if _turned(s.text["en"], text) or lint.of_languages(replace(s, text={**s.text, language: text})):
        return None
    alone = Sentence(s.id, s.kind, {language: text}, s.cites, s.supports, s.rule, s.inputs)
    if not gate.judge(alone, desk.grounds).holds:
        return None
    broken = lint.of_sentence(alone, language, desk.picks(s))
    return None if any(v.hard or v.check in _HARD_STYLE for v in broken) else text


def _turned(english: str, chinese: str) -> bool:
    """Whether one text denies something and the other denies nothing."""
    denies, denied = _NOT_EN.search(english), _NOT_ZH.search(chinese)
    return bool(denies and not denied) or bool(_NO_ZH.search(chinese) and not denies)


def terms(units: Mapping[int, Unit], glossary: Glossary, names: Mapping[str, str]) -> str:
    """`English = 中文`, a line each: the names and the terms of the glossary that stand in the units."""
    text = "\n".join(value for unit in units.values() for _, value in unit)
    found = {n: z for n, z in names.items() if n in text}
    words = re.findall(r"[A-Za-z][A-Za-z-]*", text)
    for size in range(LONGEST, 0, -1):
        for i in range(len(words) - size + 1):
            run = " ".join(words[i : i + size])
            if run not in found and (z := glossary.term(run)):
                found[run] = z
    return "\n".join(f"{e} = {z}" for e, z in list(found.items())[:TERMS]) or "(none)"
