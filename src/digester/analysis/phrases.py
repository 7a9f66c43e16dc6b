"""Key phrases: noun phrases of two to four words that several texts share. Themes are named by them."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from digester.analysis.tokens import STOP, stem, words

_GENERIC = frozenset(["experiment", "experiments", "extensive", "result", "results", "dataset", "datasets", "data", "paper", "work", "method", "methods", "approach", "approaches", "model", "models", "framework", "frameworks", "performance", "state", "art", "real", "world", "large", "scale", "novel", "existing", "propose", "proposed", "code", "publicly", "available", "significant", "significantly", "demonstrate", "demonstrates", "show", "shows", "improve", "improves", "improvement", "achieve", "achieves", "outperform", "outperforms", "baseline", "baselines", "problem", "problems", "challenge", "challenges", "task", "tasks", "study", "different", "various", "effective", "effectiveness", "efficient", "efficiency", "high", "low", "first", "second", "key", "address", "addresses", "online", "offline", "evaluation", "test", "tests", "testing", "system", "systems", "a/b", "ab", "however", "limitation", "limitations", "based", "across", "via", "including", "due", "require", "requires", "remain", "remains", "often", "rely", "lead", "leads", "enable", "enables", "introduce", "introduces", "present", "presents", "conduct", "conducted", "leverage", "leveraging", "capture", "captures", "ensure", "better", "strong", "ability", "time", "number", "set", "best", "better", "recent", "advances", "open", "source", "future", "research", "production", "deployed", "deploy", "millions", "million", "billion", "users", "user-facing", "industrial", "traditional", "conventional", "current", "prior", "standard", "common", "simple", "complex", "general", "single", "multiple", "diverse", "rich", "specific", "additional", "overall", "average", "further", "com", "http", "https", "url", "arxiv", "org", "year", "years", "day", "days", "week", "weeks", "month", "months", "today", "per", "use", "using"])  # fmt: skip
_GENERIC_PHRASE = frozenset({
    "recommender system", "recommendation system", "recommendation model", "language model", "large language", "large language model", "machine learning",
    "deep learning", "neural network", "user experience", "user behavior", "user behaviour", "user preference", "user interest", "user interaction", "user engagement", "user item", "training data", "learning rate",
    "artificial intelligence", "open source", "a/b test", "short video", "item embedding", "ranking model", "inference cost", "loss function", "feature interaction",
})  # fmt: skip
_BREAK = re.compile(r"[\s\-/]+")
_BAD_END = frozenset(
    {
        "into",
        "their",
        "end",
        "aware",
        "driven",
        "specific",
        "guided",
        "level",
        "enhanced",
        "oriented",
        "powered",
        "scale",
    }
)
# Words that are verbs wherever they open or close a run of content words: "rankers keep separate towers".
_VERBS = frozenset([
    "accelerate", "achieve", "adapt", "adopt", "alleviate", "allow", "apply", "assign", "assume", "avoid", "become",
    "bring", "build", "cause", "choose", "combine", "compute", "consider", "contain", "create", "decide", "degrade",
    "deliver", "depend", "discard", "employ", "encode", "enrich", "ensure", "exhibit", "explore", "extract", "face",
    "fail", "find", "generalize", "generate", "get", "give", "handle", "hinder", "hurt", "identify", "ignore",
    "incorporate", "incur", "infer", "integrate", "keep", "learn", "lose", "maintain", "make", "miss", "mitigate",
    "neglect", "obtain", "optimize", "overcome", "overlook", "perform", "preserve", "prevent", "produce", "prove",
    "provide", "reduce", "reformulate", "rely", "replace", "reuse", "see", "serve", "solve", "struggle", "suffer",
    "suppress", "tackle", "tend", "transform", "treat", "truncate", "underperform", "understand", "unify", "utilize",
    "vary",
])  # fmt: skip

# Subjects of the field under the many ways they are written: what a person would search for. A subject is
# found like any phrase, in the words of the texts; this table only says which spellings are one.
SUBJECTS: tuple[tuple[str, re.Pattern[str]], ...] = tuple((name, re.compile(rx, re.IGNORECASE)) for name, rx in (
    ("Generative Recommendation", r"\bgenerative (?:[\w-]{1,30} ){0,2}(?:recommend\w*|retriev\w+|search\b|rank(?:ing|ers?)\b|re-?rank\w+)"),
    ("Semantic IDs", r"\bsemantic[ -](?:IDs?|identifiers?|tokeni[sz]\w+|tokens?|codes?|indices)\b|\bSIDs?\b"),
    ("Long User Behaviour Sequences", r"\b(?:ultra-?)?long(?:er)?[ -](?:term )?(?:user |interaction |behaviou?r(?:al)? |range )*(?:sequences?|behaviou?rs?|behaviou?ral patterns|histor\w+|interests?)|\blifelong\b"),
    ("Retrieval and Candidate Generation", r"\bcandidate (?:generation|retrieval)|\b(?:item|two-tower|dense|embedding-based|multi-stage) retrieval|\bretrieval (?:stage|framework|model|paradigm)|\bindexing\b"),
    ("Scaling Ranking Models", r"\bscaling (?:laws?|up|potential)|\bscal(?:e|es|ing) (?:up )?(?:ranking|recommend)\w*|\blarge ranking models?"),
    ("Click-Through Rate Prediction", r"\bclick[ -]through[ -]rate|\bCTR\b"),
    ("Multi-Task and Multi-Objective Ranking", r"\bmulti-?(?:task|objective)\b"),
    ("LLM-Based Recommendation", r"\b(?:LLM|large language model)s?[ -](?:based|powered|enhanced|driven|augmented)\b[^.]{0,60}\brecommend|\brecommend[^.]{0,60}\b(?:LLMs?|large language models?)\b"),
    ("Advertising and Bidding", r"\badvertis\w+|\bads\b|\bbid(?:ding|s)?\b|\bad (?:auctions?|ranking|retrieval|delivery|allocation)|\bbudget pacing\b"),
    ("E-Commerce Search and Queries", r"\be-?commerce search|\bproduct search|\bsearch relevance|\bquery (?:auto-?completion|suggestion|rewriting|understanding|recommendation)|\bsearch engines?\b[^.]{0,80}\branking"),
    ("Cold Start", r"\bcold[ -]start"),
    ("Data Sets and Benchmarks", r"\b(?:introduce|present|release|construct|provide)\w*\b[^.]{0,60}\b(?:data ?set|benchmark)\b|^[^.]{0,160}\b(?:benchmark(?:ing)?|data ?set)\b"),
    ("Agents and Reasoning", r"\bagents?\b|\bagentic\b|\breasoning\b"),
    ("Reinforcement Learning and Preference Alignment", r"\breinforcement learning\b|\bRL\b|\bpreference (?:optimi[sz]ation|alignment)\b|\bDPO\b|\bGRPO\b|\bbandits?\b"),
    ("Serving Efficiency", r"\b(?:serving|inference|p99|tail) (?:latency|costs?|efficiency|throughput)\b|\bGPU (?:hours|memory)\b|\bquanti[sz]ation\b|\bcompress\w+\b|\bKV cache"),
    ("Cross-Domain Recommendation", r"\b(?:cross|multi)-(?:domain|scenario)\b"),
    ("Fairness, Bias and Users' Trust", r"\bfairness\b|\bpopularity bias\b|\bdebias\w*|\bprivacy\b|\bexplainab\w+"),
    ("Graph Methods", r"\bgraph (?:neural|convolution\w*|contrastive|collaborative)|\bknowledge graphs?\b"),
    ("Multimodal Content", r"\bmulti-?modal\w*|\bmultimodality\b|\bimages?\b[^.]{0,40}\btext"),
))  # fmt: skip


@dataclass(frozen=True)
class Phrase:
    """`key` is the folded form by which texts share it, `surface` the commonest way it is written."""

    key: str
    surface: str


def candidates(text: str, longest: int = 4) -> dict[str, Counter[str]]:
    """Folded phrase -> surfaces, of all runs of 2..`longest` content words without a break between them."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    run: list[tuple[str, int, int]] = []
    last_end = 0
    for word, start, end in [*words(text), ("", len(text), len(text))]:
        gap = text[last_end:start]
        if not word or word in STOP or word[0].isdigit() or (run and gap not in (" ", "-")):
            _take(text, run, found, longest)
            run = []
        if word and word not in STOP and not word[0].isdigit():
            run.append((word, start, end))
        last_end = end
    for name in subjects(text):
        found[subject_key(name)][name] += 1
    return found


def subjects(text: str) -> tuple[str, ...]:
    """The subjects of a text that opens with its title: those of the title first, then those it names most.

    Said once in passing is not what a text is about.
    """
    title = text.split(". ", 1)[0]
    hits = [(bool(rx.search(title)), sum(1 for _ in rx.finditer(text)), name) for name, rx in SUBJECTS]
    told = sorted((h for h in hits if h[0] or h[1] >= 2), key=lambda h: (not h[0], -h[1]))
    return tuple(name for _, _, name in told)


def subject_key(name: str) -> str:
    """Keys of subjects hold a colon, which no folded phrase does."""
    return f"subject:{name}"


def holds(key: str, text: str) -> bool:
    """True when the text has the phrase or speaks of the subject."""
    if key.startswith("subject:"):
        return any(rx.search(text) for name, rx in SUBJECTS if subject_key(name) == key)
    return f" {key} " in f" {fold(' '.join(w for w, _, _ in words(text)))} "


def _take(text: str, run: Sequence[tuple[str, int, int]], found: dict[str, Counter[str]], longest: int) -> None:
    for i in range(len(run)):
        for j in range(i + 2, min(i + longest, len(run)) + 1):
            part = run[i:j]
            key = fold(" ".join(w for w, _, _ in part))
            if _useful(key):
                found[key][text[part[0][1] : part[-1][2]]] += 1


def fold(phrase: str) -> str:
    """`Semantic IDs` -> `semantic id`: lower case, hyphens opened, plurals and British spellings folded."""
    return " ".join(_folded(w) for w in _BREAK.split(phrase.lower()) if w)


@lru_cache(maxsize=1 << 14)
def _folded(word: str) -> str:
    """One spelling for singular and plural and for both sides of the Atlantic, for comparison only."""
    return stem(word.replace("behaviour", "behavior").replace("modelling", "modeling").replace("isation", "ization"))


def _useful(key: str) -> bool:
    parts = key.split()
    if not 2 <= len(parts) <= 4 or key in _GENERIC_PHRASE:
        return False
    generic = [p in _GENERIC or (p in STOP and p != "two") or len(p) < 2 for p in parts]  # two-tower
    return (
        not generic[0]
        and not generic[-1]
        and sum(generic) == 0
        and parts[-1] not in _BAD_END
        and not {parts[0], parts[-1]} & _VERBS
        and len(set(parts)) == len(parts)
    )


def shared(texts: Mapping[str, str], minimum: int = 2) -> dict[Phrase, frozenset[str]]:
    """Phrase -> keys of the texts that hold it, for phrases in at least `minimum` texts.

    A phrase that lives only inside a longer one (same texts) is left out.
    """
    holders: dict[str, set[str]] = defaultdict(set)
    surfaces: dict[str, Counter[str]] = defaultdict(Counter)
    for name in sorted(texts):
        for key, written in candidates(texts[name]).items():
            holders[key].add(name)
            surfaces[key] += written
    kept = {k: frozenset(v) for k, v in holders.items() if len(v) >= minimum}
    inner = {k for other in kept for k in _inside(other) if k in kept and len(kept[k]) <= len(kept[other])}
    return {Phrase(k, _surface(surfaces[k])): v for k, v in sorted(kept.items()) if k not in inner}


def _inside(key: str) -> list[str]:
    """The shorter phrases (of two words or more) that stand in a folded phrase."""
    parts = key.split()
    runs = [" ".join(parts[i:j]) for i in range(len(parts)) for j in range(i + 2, len(parts) + 1)]
    return runs[:0] if key.startswith("subject:") else [r for r in runs if r != key]


def termhood(found: Mapping[Phrase, frozenset[str]]) -> dict[Phrase, float]:
    """How much of a term each phrase is by itself: C-value (Frantzi et al. 2000) over the number of texts, so that it
    does not depend on how many there are. log2 of the length, less the share of texts that only hold it in a longer
    phrase; subjects are terms by definition (1)."""
    longer: dict[str, list[int]] = defaultdict(list)
    for p, ids in found.items():
        for inner in set(_inside(p.key)):
            longer[inner].append(len(ids))
    return {p: _termhood(p, len(ids), longer.get(p.key, [])) for p, ids in found.items()}


def _termhood(p: Phrase, texts: int, longer: Sequence[int]) -> float:
    if p.key.startswith("subject:"):
        return 1.0
    nested = sum(longer) / len(longer) if longer else 0.0
    return math.log2(len(p.key.split())) * max(0.0, 1 - nested / texts)


def _surface(written: Counter[str]) -> str:
    """The commonest spelling; of equals the one with fewer capitals, then the shorter."""
    return min(written, key=lambda s: (-written[s], sum(c.isupper() for c in s), len(s), s))


def title_case(surface: str) -> str:
    """A heading: words capitalised unless written with inner capitals already (`Semantic IDs`, `CTR`)."""
    small = {"and", "of", "for", "in", "on", "the", "to", "with"}
    return " ".join(
        w if w in small or any(c.isupper() for c in w[1:]) else w[:1].upper() + w[1:] for w in surface.split()
    )


def overlap(a: Iterable[str], b: Iterable[str]) -> float:
    x, y = set(a), set(b)
    return len(x & y) / max(1, min(len(x), len(y)))
