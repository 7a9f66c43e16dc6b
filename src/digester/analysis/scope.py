"""The scope gate of the RecSys issues: by topic, not by category (EDITORIAL, Scope).

In: recommendation, advertising, CTR/CVR, bidding, feed and search ranking, item retrieval and indexing,
user modelling, and the training and serving of these; RAG or QA only where a production search or
recommender is the subject.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from digester.analysis import evidence
from digester.analysis.searching import alternatives, any_of
from digester.analysis.tokens import sentences

_CORE = any_of(
    r"\brecommend(?:er|ers|ation|ations|ing)?\b|\bcollaborative filtering\b|\bclick[- ]through\b|\bCTR\b|\bCVR\b|\bconversion (?:rate|prediction)|\badvertis\w+|\bad (?:auctions?|ranking|retrieval|creative|allocation|delivery|targeting)\b|"
    r"\b(?:auto-?bidding|real-time bidding|bid (?:optimi[sz]ation|shading)|budget pacing)\b|\bsequential recommend\w*|\buser (?:behaviou?r|interest|preference|interaction|engagement|satisfaction) (?:sequence|model|histor|signal|prediction)\w*|\buser modell?ing\b|"
    r"\blong[- ]sequence (?:user|behaviou?r)|\b(?:generative|sequential|session-based) recommend|\bSemantic IDs?\b|\bitem (?:retrieval|tokeni[sz]ation|embeddings?|IDs?|ranking)\b|\bcandidate (?:generation|retrieval)\b|\btwo-tower\b|"
    r"\b(?:news ?feed|feed) ranking\b|\bre-?ranking\b[^.]{0,60}\b(?:user|item|feed|click)|\b(?:e-?commerce|product|marketplace|job|hotel|travel|app store) (?:search|retrieval|ranking)\b|\bsearch relevance\b|\bsearch\b[^.]{0,60}\be-?commerce\b|\bquery (?:auto-?completion|suggestion|recommendation)|\bquery understanding\b|"
    r"\bsearch (?:ads|advertising|ranking)\b|\brecsys\b|\bmulti-?(?:task|objective) rank\w+|\bgenerative retrieval\b|\b(?:community|home|news|video|content) feeds?\b|\bexpert towers\b|\btransformer ranking\b|\bcold[- ]start (?:item|user|recommend|problem)|\bplaylist continuation|\buplift model|\bcreator[- ]side|\bprovider[- ](?:side )?fairness|\bexposure fairness|\bpopularity bias\b|\blifelong (?:user|sequence|behaviou?r)|"
    r"\bclick models?\b|\bclick prediction\b|\buser representation learning\b|\bembedding-based retrieval\b|\b(?:watch|dwell|viewing)[- ]time (?:prediction|regression|model)\w*|\blifetime value (?:prediction|model)\w*|\bLTV\b|"
    r"\bquery auto-?complete\b|\bpush notifications?\b|\b(?:live[- ]?stream(?:ing)?|feed) (?:ranking|retrieval)\b|\b(?:affiliate|performance) marketing\b|\btwo-sided marketplaces?\b|\baudience expansion\b|\be-?commerce (?:visual search|image search|relevance)\b|"
    r"推荐|广告|点击率|召回|精排|出价",
)
_SURFACE = any_of(  # where people search, read and buy: puts in scope only what was tested online or deployed
    r"\bsearch (?:engines?|systems?|relevance|quer(?:y|ies)|results?|platforms?|services?|scenarios?)\b|\b(?:web|video|image|visual|people|local) search\b|"
    r"\b(?:ranking|query|item) relevance\b|\brelevance model\w*|\bquery (?:re-?writ\w+|reformulat\w+|intents?)\b|"
    r"\buser (?:representation|embedding)s?\b|\b(?:news|home|social|member|video) ?feeds?\b|\b(?:item|product|home|landing|detail) ?pages?\b",
)
# Core terms of document retrieval as well: they need another one beside them
_SHARED = frozenset({"generative retrieval", "candidate generation", "candidate retrieval", "query understanding"})
_PRODUCTION_SEARCH = re.compile(
    r"\b(?:search engine|ranking|retrieval|search)\b[^.]{0,160}\b(?:production|deployed|A/B|billions? of (?:users|queries|documents))|\b(?:production|deployed|A/B)\b[^.]{0,160}\b(?:search engine|ranking|retrieval system)",
    re.IGNORECASE,
)
_RANKING_FAIRNESS = re.compile(
    r"\bproviders?\b[^.]{0,120}\b(?:exposure|ranking)|\branking fairness\b|\bfair(?:ness)? (?:in|of) ranking",
    re.IGNORECASE,
)
_OUTS = (
    r"bibliometric|scientometric|systematic (?:literature )?review|digital librar|legal (?:case )?retrieval|patent|clinical|biomedical|medical (?:question|retrieval)|genom|medication|chemistr|molecul|drug|protein|code generation|theorem|"
    r"citation recommendation|knowledge tracing|statutes?\b|regret bounds?|search engine optimi[sz]ation|generative engines?(?: optimi[sz]ation)?|treatment recommend\w*|policy recommendations|clinical recommend\w*|(?:methods and|speed|policy|design) recommendations?|recommendations for (?:practitioners|green|researchers|future|policy|the)|we recommend (?:that|using)|best practices|peer review"
)
_NO_PLURALS = frozenset({"news", "series", "species", "lens", "kubernetes"})
# other words in -ics name a field
_COUNTED = re.compile(r"(?:metr|top|clin|crit|heurist|characterist)ics$", re.IGNORECASE)
_OUT = any_of(*(rf"\b{words}\b" for words in alternatives(_OUTS)))


@dataclass(frozen=True)
class Scope:
    """`inside` with the words that decided it, as spans of "title. abstract"."""

    inside: bool
    reason: str
    spans: tuple[tuple[int, int], ...] = ()


def scope_of(title: str, abstract: str) -> Scope:
    """Decides on the words of title and abstract alone. Spans point into f"{title}. {abstract}"."""
    text = f"{title}. {abstract}"
    hits = list(_CORE.finditer(text))
    in_title = [m for m in hits if m.start() < len(title)]
    outs = list(_OUT.finditer(text))
    kinds = {m[0].lower().rstrip("s") for m in hits}
    strong = len(in_title) * 3 + min(len(hits), 6) + len(kinds) - 2 * len(outs)
    if strong >= 4 and not kinds <= _SHARED and (in_title or len(kinds) >= 2 or len(hits) > 2):
        words = ", ".join(dict.fromkeys(m[0] for m in (in_title or hits)[:2]))
        return Scope(True, f"about {words}", tuple(m.span() for m in (in_title or hits)[:3]))
    if not outs and (named := next(iter(hits), None) or _SURFACE.search(text)) and _live(abstract):
        return Scope(True, f"about {named[0]}, tested online or deployed", (named.span(),))
    production = _PRODUCTION_SEARCH.search(text)
    if production and not outs and re.search(r"search|rank", title, re.IGNORECASE):
        return Scope(True, "production search or ranking", (production.span(),))
    if (fair := _RANKING_FAIRNESS.search(text)) and "ranking" in title.lower():
        return Scope(True, "ranking for users and providers", (fair.span(),))
    return Scope(False, "not about recommendation, advertising or search ranking")


def _live(abstract: str) -> bool:
    """True when a sentence reports a test on users or a deployment of the work; the first tells what others run."""
    said = (abstract[a:b] for a, b in sentences(abstract)[1:])
    return any(evidence.mentions_online(s) or evidence.mentions_deployment(s) for s in said)


def about(topics: Sequence[str], title: str, text: str) -> Scope:
    """The gate of an issue with topics of its own: one of them stands in the title, or two mentions in the text. Spans
    point into f"{title}. {text}"."""
    whole = f"{title}. {text}" if title else text
    spans = mentions(topics, whole)
    if any(start < len(title) for start, _ in spans) or len(spans) > 1:
        words = ", ".join(dict.fromkeys(whole[a:b].lower() for a, b in spans[:2]))
        return Scope(True, f"about {words}", spans[:3])
    return Scope(False, "speaks of none of the issue's topics")


def mentions(topics: Sequence[str], text: str) -> tuple[tuple[int, int], ...]:
    """Where a text names one of the topics, in any case, in the singular or plural, with or without hyphen."""
    return tuple(m.span() for m in _names(tuple(topics)).finditer(text)) if topics else ()


def named(topics: Sequence[str], text: str) -> list[str]:
    """The topics that a text names, in the order and the spelling in which it first does: `LLM Agents` and `LLM agent` are
    one."""
    found: dict[str, str] = {}
    for start, end in mentions(topics, text):
        words = text[start:end]
        topic = next((t for t in topics if _names((t,)).fullmatch(words)), words)
        found.setdefault(topic, words)
    return list(found.values())


@lru_cache(maxsize=64)
def _names(topics: tuple[str, ...]) -> re.Pattern[str]:
    """Longer topics first, so that `KV cache` does not hide `KV cache compression`."""
    words = sorted({" ".join(t.split()) for t in topics if t.strip()}, key=lambda t: (-len(t), t))
    return re.compile("|".join(_name(t) for t in words), re.IGNORECASE)


def _name(topic: str) -> str:
    *before, last = [p for p in re.split(r"[\s-]+", topic) if p] or [topic]
    parts = r"[\s-]{1,3}".join((*(re.escape(p) for p in before), _either(last)))
    edges = (
        r"\b" if topic[:1].isascii() and topic[:1].isalnum() else "",
        r"\b" if topic[-1:].isascii() and topic[-1:].isalnum() else "",
    )
    return f"{edges[0]}{parts}{edges[1]}"


def _either(word: str) -> str:
    """The word as it is written and in its other number: `agents` and `agent`, `query` and `queries`. What ends in s and
    is no plural keeps it: CVS is more than a CV, semantics are not semantic."""
    if not (word[-1:].isascii() and word[-1:].isalnum()):
        return re.escape(word)
    if len(word) > 4 and word.endswith("ies") and word.lower() not in _NO_PLURALS:
        return f"{re.escape(word[:-3])}(?:y|ies?)"
    if len(word) > 4 and re.search(r"(?:ch|sh|s|x|z)es$", word):
        return f"{re.escape(word[:-2])}(?:es?)?"
    if word.endswith("s") and _is_plural(word):
        return f"{re.escape(word[:-1])}s?"
    if re.search(r"[a-z][^aeiou\W\d_]y$", word):
        return f"{re.escape(word[:-1])}(?:y|ies)"
    return f"{re.escape(word)}(?:s|es)?" if re.search(r"(?:ch|sh|s|x|z)$", word) else f"{re.escape(word)}s?"


def _is_plural(word: str) -> bool:
    """Of a word that ends in a small s; the s of an abbreviation in capitals, as in CVS, is a capital."""
    if len(word) < 3 or word.endswith(("ss", "us", "is", "as")) or word.lower() in _NO_PLURALS:
        return False
    return not word.endswith("ics") or bool(_COUNTED.search(word))
