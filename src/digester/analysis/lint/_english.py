"""English, rules 1 to 10 (figures are `_figures`, organisations `_organisations`).

Not checked: whether a sentence holds one idea (4), tense (5), and whether what is unknown is said (10).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from digester.analysis import houses
from digester.analysis.lint._lines import NAME, Line, Violation
from digester.analysis.tokens import sentences
from digester.domain.issue import Issue

LONGEST = 28  # words of a sentence
BANNED = re.compile(
    r"\b(?:bombshells?|inflection points?|game[- ]changer?s?|game[- ]changing|dominated by|landscapes?|the big trend|exploding(?! gradients?\b))\b",
    re.IGNORECASE,
)
_JOINT = re.compile(r"(?:^|[.;:\u2013\u2014] )(Meanwhile|Additionally|Along the same lines?)\b", re.IGNORECASE)
_NO_ACTOR = re.compile(
    r"(?:There (?:is|are|was|were|has|have)|It (?:is|was)|In order|With|For|Of|Out of|Under|On|In|At|After|By|From|To)\b"
)
_RELATIVE = re.compile(
    r"\b(?:today|yesterday|tomorrow|tonight|(?<!least )(?<!most )recently|this (?:morning|afternoon|evening)|"
    r"(?:last|next) (?:week|weekend|month|quarter|year|night|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)|"
    r"(?:days?|weeks?|months?|years?) ago)\b",
    re.IGNORECASE,
)
_REPORTEDLY = re.compile(r"\breportedly\b", re.IGNORECASE)
_OUTLET = re.compile(r"\b(?:according to|told|as reported by|by) (?:the )?[A-Z\ufffc]")
EMOJI = re.compile("[\U0001f1e6-\U0001faff\u2600-\u2604\u2607-\u27bf\u2b50\ufe0f]")
_ACRONYM = re.compile(r"(?<![\w/.-])[A-Z][A-Z0-9]{1,7}s?(?![\w/-]|\.\w)")
_KNOWN = frozenset(  # acronyms that every reader knows
    re.findall(
        r"\w+",
        "AI ML IR LLM GPU TPU CPU API AB CTR CVR GMV ID AUC NDCG HR MRR RAG RL GNN SQL HTTP URL PDF JSON USD EUR "
        "RMB CEO CTO US EU UK UTC KV MLP DNN CNN ASIC FP8 FP16 BF16 INT8 INT4 MIT BSD GB TB MB QA NLP SDK OS UI "
        "CC NEW I A ",
    )
)


def check(told: Sequence[Line], issue: Issue) -> Iterator[Violation]:
    for line in told:
        if line.own:
            yield from of_line(line)
    yield from _acronyms(told, issue)


def of_line(line: Line) -> Iterator[Violation]:
    yield from words(line)
    yield from _tone(line)
    if not line.is_head:
        yield from _sentences(line)
    yield from _spelling(line)


def words(line: Line) -> Iterator[Violation]:
    """Banned words and joints."""
    for m in BANNED.finditer(line.bare):
        yield line.violation("banned-word", m[0], "a banned word", hard=True)
    for m in _JOINT.finditer(line.bare):
        yield line.violation("joint", m[1], "a joint that names no relation", hard=True)
    if relative := _RELATIVE.search(line.bare):
        yield line.violation("relative-date", relative[0], "dates are absolute")
    if (rumour := _REPORTEDLY.search(line.bare)) and not _named(line):
        yield line.violation("reportedly", rumour[0], "only with the outlet")


def _named(line: Line) -> bool:
    return bool(_OUTLET.search(line.bare)) or any(p.source and p.source in line.own for p in line.picks)


def _tone(line: Line) -> Iterator[Violation]:
    for mark, reason in (("!", "no exclamation"), ("?", "no question")):
        if (at := line.bare.find(mark)) >= 0:
            yield line.violation("tone", line.bare[max(0, at - 40) : at + 1].replace(NAME, "\u2026"), reason)
    if m := EMOJI.search(line.bare):
        yield line.violation("emoji", m[0], "no emoji in prose")


def _sentences(line: Line) -> Iterator[Violation]:
    for a, b in sentences(line.own):
        text = line.own[a:b]
        if (n := count(text)) > LONGEST:
            yield line.violation("sentence-length", text, f"{n} words, at most {LONGEST}")
    if line.kind == "report" and (m := _NO_ACTOR.match(line.bare)):
        yield line.violation("actor-first", line.own, f"opens with \u201c{m[0]}\u201d, not with who did it")


def count(text: str) -> int:
    """Words of English: what stands between spaces and holds a letter or a digit."""
    return sum(any(c.isalnum() for c in word) for word in text.split())


def _spelling(line: Line) -> Iterator[Violation]:
    """Names as their makers write them; only names that are no ordinary words can be told."""
    for p in line.picks:
        system = p.facts.get("system", "")
        if len(system) > 2 and any(not c.islower() for c in system[1:]):
            found = re.finditer(rf"(?<!\w){re.escape(system)}(?!\w)", line.own, re.IGNORECASE)
            for m in (m for m in found if m[0] != system):
                yield line.violation("spelling", m[0], f"its makers write {system}")


def _acronyms(told: Sequence[Line], issue: Issue) -> Iterator[Violation]:
    """Acronyms of our prose that nothing on the page spells out, each once, where it stands first."""
    page = "\n".join(line.text for line in told)
    names = {w for p in issue.picks() for w in re.findall(r"\w+", f"{p.title} {p.source} {' '.join(p.facts.values())}")}
    names |= {w for p in issue.picks() for o in p.organisations for w in re.findall(r"\w+", o.name)}
    seen: set[str] = set()
    for line in told:
        for m in _ACRONYM.finditer(line.bare if not line.is_head else ""):
            word = m[0].rstrip("s")
            if word in seen | _KNOWN | names or houses.is_name(word) or any(c.isdigit() for c in word):
                continue
            seen.add(word)
            if f"({word}" not in page and f"{word} (" not in page:
                yield line.violation("acronym", word, "expanded nowhere in the issue")
