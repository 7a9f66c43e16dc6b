"""Readings by a model: of works rated 4 and 5 a headline, a few sentences and figures, five works a question.

What comes back is held against the work itself before it is stored: a sentence that the gate would refuse is left out,
a figure needs its verbatim words. A row of which too little holds is asked for once more alone, so that no work's text
depends on what stands beside it; what then fails is read by the embedded editor.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from digester.analysis import evidence as levels
from digester.analysis import gate, grounding, metrics, promotion
from digester.analysis.figures import numbers
from digester.analysis.grounding import Ground
from digester.analysis.tokens import sentences
from digester.domain.calls import Ask
from digester.domain.issue import Sentence
from digester.domain.model import Claim, Passage, Reading
from digester.domain.text import language_of, one_line
from digester.editors.answers import Inquiry, ask_all, prose
from digester.ports import Evidence, Model, Unit

PER_CALL = 5
READ_FROM = 4  # ratings that a model reads for
TEXT, MORE = 1_800, 2_200  # characters: with title and organisations about 1,200 tokens a work
SENTENCE, HEADLINE, FEWEST = 260, 110, 2
RULE = "written:read"
UNITS = ("%", "x", "pp", "ms", "s", "")
_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})*(?:\.\d{1,6})?|\d{1,12}(?:\.\d{1,6})?")


@dataclass(frozen=True)
class Read:
    headline: str
    summary: tuple[str, ...]
    claims: tuple[Claim, ...]


def read(
    model: Model, ask: Callable[[str, Mapping[int, Unit], str], Ask], subjects: Sequence[tuple[Evidence, int]],
    embedded: Callable[[Evidence], Reading], editor: str, meanwhile: Iterable[None] = (),
) -> list[Reading]:  # fmt: skip
    """A reading for each subject in order: with the model's sentences under `editor`, or the embedded one under its own
    name where the model had no answer that holds. `meanwhile` is what else there is to do while answers are awaited."""
    grounds = [gate.citable(e.item, e.texts) for e, _ in subjects]
    spoken = [_language(e) for e, _ in subjects]
    first: dict[int, Reading] = {}

    def inquiry(language: str) -> Inquiry[Read]:
        def units() -> Iterator[tuple[int, Unit]]:
            for n in (n for n, own in enumerate(spoken) if own == language):
                first[n] = embedded(subjects[n][0])
                yield n, _unit(*subjects[n], first[n])

        def take(n: int, row: Mapping[str, Any]) -> Read | None:
            return _taken(row, subjects[n][0], first[n], grounds[n], language)

        return Inquiry(units(), lambda u: ask("read", u, language), take, PER_CALL, alone=True)

    def idle() -> Iterator[None]:
        for ground in grounds:  # what the answers will be held against
            ground.prepare()
            yield
        yield from meanwhile

    inquiries = [inquiry(language) for language in sorted(set(spoken))]
    ask_all(model, inquiries, idle())
    made = {n: (r, q.rows.calls[n]) for q in inquiries for n, r in q.rows.made.items()}
    return [_merged(r, *made[n], editor) if n in made else r for n, r in sorted(first.items())]


def wanted(e: Evidence, rating: int) -> bool:
    """Whether a model reads this work: it is rated high, and has a text to read."""
    return rating >= READ_FROM and e.item.entry.kind in ("paper", "article") and len(e.passages[-1].text) > 200


def _language(e: Evidence) -> str:
    return language_of(" ".join(p.text[:2_000] for p in e.passages[:2]))


def _merged(first: Reading, got: Read, call: str, editor: str) -> Reading:
    known = {(c.value, c.unit, c.sign, c.evidence) for c in first.claims}
    more = tuple(c for c in got.claims if (c.value, c.unit, c.sign, c.evidence) not in known)
    return replace(first, editor=editor, headline=got.headline, summary=got.summary, claims=(*first.claims, *more),
                   call_id=call)  # fmt: skip


# ---------------------------------------------------------------- what is sent
def _unit(e: Evidence, rating: int, first: Reading) -> Unit:
    entry = e.item.entry
    texts = promotion.readable(entry.title, e.passages)
    body = texts[0].text
    body = body[len(entry.title) + 1 :].strip() if body.startswith(entry.title) else body
    if entry.kind != "paper" and len(texts) > 1:
        body, texts = texts[-1].text, texts[:1]
    title = "" if promotion.addresses(entry.title) else entry.title
    named = "; ".join(o.name for o in first.organisations)
    return [("title", title), ("text", one_line(body, TEXT if entry.kind == "paper" else TEXT + MORE)),
            ("more", _more(texts[1:], first)), ("authors_of", named), ("rubric", str(rating))]  # fmt: skip


def _more(passages: Sequence[Passage], first: Reading) -> str:
    """Sentences of the whole text that tell most, in its order: what was quoted from it, tests on users, figures."""
    quoted = {(q.support.passage_id, q.support.start) for q in first.quotations}
    cited = {(s.passage_id, s.start) for c in first.claims for s in c.supports}
    ranked: list[tuple[int, int, str]] = []
    for p in passages:
        for a, b in sentences(p.text):
            text = p.text[a:b]
            inside = any(i == p.id and a <= at < b for i, at in quoted | cited)
            worth = 3 * inside + 2 * (levels.level_of(text) in metrics.LIVE) + ("%" in text)
            if worth and 40 <= b - a <= 500:
                ranked.append((-worth, len(ranked), text))
    chosen, room = [], MORE
    for _, place, text in sorted(ranked):
        if len(text) < room:
            chosen.append((place, text))
            room -= len(text) + 1
    return " ".join(text for _, text in sorted(chosen))


# ------------------------------------------------------------- what comes back
def _taken(row: Mapping[str, Any], e: Evidence, first: Reading, ground: Ground, language: str) -> Read | None:
    given = row.get("summary")
    told = [prose(t, SENTENCE, language) for t in given[:8]] if isinstance(given, list) else []
    kept = tuple(dict.fromkeys(t for t in told if t and holds(t, e, ground)))[:6]
    if len(kept) < FEWEST or len(kept) * 2 < len(told):
        return None
    headline = prose(row.get("headline"), HEADLINE, language)
    headline = (
        headline if headline and not headline.endswith("…") and grounding.supported(headline, ground).holds else ""
    )
    rows = row.get("claims")
    claims = tuple(c for r in (rows[:6] if isinstance(rows, list) else []) if (c := _claim(r, ground)))
    return Read(headline.rstrip("."), kept, claims)


def holds(text: str, e: Evidence, ground: Ground) -> bool:
    """Whether the gate lets a sentence about this work pass."""
    s = Sentence("", "report", {"": text}, (e.item.id,), rule=RULE)
    return gate.judge(s, {e.item.id: ground}).holds


def _claim(row: Any, ground: Ground) -> Claim | None:
    """A figure of an answer with the words it stands in; None for one that they do not hold."""
    if not isinstance(row, Mapping) or not isinstance(row.get("quote"), str) or len(row["quote"]) > 700:
        return None
    value, unit, sign = (str(row.get(k) or "").strip() for k in ("value", "unit", "sign"))
    metric, level = prose(row.get("metric"), 60, "en"), row.get("evidence")
    if not metric or not _NUMBER.fullmatch(value) or unit not in UNITS or sign not in ("+", "-", ""):
        return None
    if level not in ("online_ab", "deployed", "offline", "simulated", "stated") or value not in numbers(row["quote"]):
        return None
    found = grounding.verbatim(row["quote"], ground, cut=False)
    if not found.holds:
        return None
    made = Claim(metric, value, unit, sign, level, tuple(replace(s, rule="claim") for s in found.supports))  # type: ignore[arg-type]
    return made if gate.claim(made, ground).holds else None
