"""What a paper is about, in the Chinese words of the field: terms of its title and of the sentence that proposes it.

A term is a noun phrase that ends where the English one ends: of `structured user priors` the first two words say nothing.
Words that any paper of the field could have (推荐系统, 训练目标) are no keywords, and what is only measured is no subject.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from digester.analysis import phrases
from digester.analysis.glossary import Glossary
from digester.analysis.tokens import STOP, sentences
from digester.editors import naming
from digester.ports import Brief

LEAST = 3  # Han characters of a keyword
_OPEN = re.compile(
    r"^model+ing[ -]|(?:^|[ -])(?:multi|cross|fine|coarse|large)-[\w-]+\Z", re.IGNORECASE
)  # a verb, an adjective
_PLURAL = re.compile(r"(?<![sui])s\Z")  # where a noun phrase ends: what follows `sequences` is a verb
_HANZI = re.compile(r"[\u3400-\u9fff]")
_NEXT = re.compile(r"[ -](?P<word>[^\W\d_][\w'\u2019]{0,30})")
_BEARING = frozenset(  # nouns that carry what stands before them: `a ranking framework`
    ["algorithm", "approach", "architecture", "framework", "method", "model", "paradigm", "pipeline", "system", "task"]
)
_PROPOSES = re.compile(
    r"\b(?:we|paper|work|article|report)\b[^.;:]{0,40}\b(?:propose|present|introduce|develop|design|describe|study|explore)(?:s|d|ed)?\b",
    re.IGNORECASE,
)
_COMMON = frozenset([
    "recommendation", "recommender", "system", "model", "modeling", "method", "framework", "algorithm", "architecture",
    "pipeline", "process", "objective", "target", "task", "training", "inference", "data", "online", "offline", "experiment",
    "relevant", "context", "quality", "efficiency", "complexity", "user", "item", "behavior", "interest", "preference",
    "interaction", "history", "pattern", "sequence", "language", "natural", "large", "deep", "machine", "learning", "neural",
    "network", "information", "retrieval", "understanding", "prediction", "representation", "feature", "content", "service",
    "serving", "optimization", "evaluation", "generation", "generative", "performance", "paradigm", "scenario", "domain",
    "platform", "stage", "personalized", "human", "semantic", "search", "computation", "computational", "knowledge", "supervision", "strategy",
])  # fmt: skip
_TELLING = frozenset(["generative recommendation", "generative retrieval", "semantic search", "user representation"])
# what most papers measure: a subject only of those that are named for it, or propose to predict it
_CTR, _SERVING = "Click-Through Rate Prediction", "Serving Efficiency"
_PREDICTED = re.compile(
    r"\b(?:CTR|click[ -]through[ -]rates?)(?: \(CTR\))?[ -](?:predict|model|estimat|rank)|(?<=[A-Za-z-])CTR\b",
    re.IGNORECASE,
)
_SERVED = re.compile(r"\b(?:serving|inference|latency|throughput|accelerat|compress|efficien)", re.IGNORECASE)


def proposal(brief: Brief) -> str:
    """The sentences that say what is proposed: those quoted for it, else the first of the abstract that says so."""
    told = " ".join(q.text for q in brief.reading.quotations if q.role == "mechanism")
    text = brief.evidence.passages[0].text
    stated = next((text[a:b] for a, b in sentences(text) if _PROPOSES.search(text, a, b)), "")
    return told if stated in told else f"{told} {stated}".strip()


def subjects(brief: Brief) -> list[str]:
    """The subjects of the work: those that its title or its proposal names, else those it speaks of often; what a
    paper measures only where these name it."""
    found = naming.subjects(brief)
    if brief.evidence.topics:
        return found
    title, told = brief.item.entry.title, proposal(brief)
    named = {name for name, rx in phrases.SUBJECTS if rx.search(title) or rx.search(told)}
    treated = [s for s in found if _treats(s, title, told)]
    return [s for s in treated if s in named] or treated


def _treats(subject: str, title: str, told: str) -> bool:
    if subject == _CTR:
        return bool(_PREDICTED.search(f"{title}. {told}"))
    return subject != _SERVING or bool(_SERVED.search(title))


def terms(brief: Brief, glossary: Glossary) -> list[str]:
    """The known terms of its title and of its proposal; where these have none, those that the abstract has twice."""
    title, text = brief.item.entry.title, brief.evidence.passages[0].text
    found = known([*headed(title), *headed(proposal(brief))], glossary)
    if not found:
        often = Counter(phrases.fold(name) for name in headed(text))
        found = known([name for name in headed(text) if often[phrases.fold(name)] > 1], glossary)
    return found


def known(names: Iterable[str], glossary: Glossary) -> list[str]:
    """The Chinese of those that have some length and say something, each once and none inside another."""
    told = dict.fromkeys(z for n in names if not _common(n) and (z := glossary.theme(n)) != n)
    han = [z for z in told if len(_HANZI.findall(z)) >= LEAST]
    return [z for z in han if not any(z != other and z in other for other in han)]


def _common(name: str) -> bool:
    folded = phrases.fold(name)
    return folded not in _TELLING and all(w in _COMMON for w in folded.split())


def headed(text: str) -> list[str]:
    """The phrases of a text, the longest first of those that begin together, each to the end of its noun phrase."""
    found = {surface for key, surfaces in phrases.candidates(text).items() if ":" not in key for surface in surfaces}
    placed = sorted(
        (m.start(), -len(s), s) for s in found for m in re.finditer(rf"(?<![\w-]){re.escape(s)}(?!\w)", text)
    )
    return list(dict.fromkeys(name for at, _, s in placed for name in _whole(text, at, at + len(s))))


def _whole(text: str, start: int, end: int) -> Iterator[str]:
    """[start, end), or with the noun that bears it, where its noun phrase ends there: at a plural, or where no noun
    follows."""
    following = _NEXT.match(text, end)
    if following and phrases.fold(following["word"]) in _BEARING:
        end, following = following.end(), _NEXT.match(text, following.end())
    if _OPEN.search(text[start:end]) or any(_PLURAL.search(word) for word in text[start:end].split()[:-1]):
        return
    if _PLURAL.search(text[start:end]) or following is None or following["word"].lower() in STOP:
        yield text[start:end]
