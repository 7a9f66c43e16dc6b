"""Sentences chosen by role: the mechanism, the own result, the shared problem, the lead of a news text.

A chosen sentence is a slice of its passage. Openers ("However,", "To this end, we") are trimmed from the
front, never words from the middle. LexRank only breaks ties. Where `salience` says what sentences are worth, the one
that tells most (`telling`) stands before all roles; the rules only keep from it what cannot stand alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Literal

from digester.analysis import _quotable, compression, lexrank
from digester.analysis.claims import columns
from digester.analysis.tokens import sentences
from digester.domain.model import Passage, Quotation, Support
from digester.domain.text import opened

Role = Literal["mechanism", "result", "lead", "problem"]

_CUES: dict[Role, tuple[tuple[re.Pattern[str], float], ...]] = {
    "mechanism": (
        (re.compile(r"\bwe (?:propose|present|introduce|develop|design|build|describe|reformulate)\b|本文提出|我们提出", re.IGNORECASE), 3.0),
        (re.compile(r"\b(?:consists? of|comprises?|integrates?|incorporates?|leverag\w+|employs?|replaces?|combines?|uses? a|unif(?:y|ies)|rotates?|maps?|encodes?|generates?|predicts?|learns?|trains?|distil\w+|aligns?|compress\w*)\b|采用|引入|融合", re.IGNORECASE), 1.2),
        (re.compile(r"\b(?:framework|architecture|mechanism|module|objective|pipeline|tokeni[sz]er|attention)\b", re.IGNORECASE), 0.6),
        (re.compile(r"\b(?:outperform\w*|experiments? (?:on|show)|A/B|results (?:show|demonstrate)|data ?sets? (?:show|demonstrate))\b", re.IGNORECASE), -2.0),
        (re.compile(r"\b(?:however|existing|suffer\w*|prior work|challeng\w+|conventional)\b", re.IGNORECASE), -1.2),
    ),
    "result": (
        (re.compile(r"\bA/B\b|\bonline (?:experiment|test|deployment)\w*|\bdeploy(?:ed|ment)\b|\bin production\b|线上|部署", re.IGNORECASE), 2.0),
        (re.compile(r"(?<!\d)\d++(?:\.\d++)?\s?(?:%|x\b|×|pp\b|ms\b)|\b\d++(?:\.\d++)? (?:million|billion)\b"), 1.6),
        (re.compile(r"\b(?:outperform\w*|achiev\w+|improv\w+|reduc\w+|demonstrat\w+|increas\w+|yield\w*|surpass\w*|deliver\w*|lift\w*)\b|提升|降低", re.IGNORECASE), 1.2),
        (re.compile(r"\b(?:experiments?|results?|evaluation)\b", re.IGNORECASE), 0.5),
        (re.compile(r"\b(?:must|should|however|existing|suffer\w*|challeng\w+|struggl\w+|we (?:propose|introduce|present))\b", re.IGNORECASE), -1.5),
    ),
    "problem": (
        (re.compile(r"\b(?:existing|conventional|traditional|current(?:ly)?|prior|most|yet|however|but)\b|^(?:Existing|Conventional|Most)", re.IGNORECASE), 1.2),
        (re.compile(r"\b(?:suffer\w*|struggl\w+|fail\w*|limit\w+|challeng\w+|bottleneck\w*|overlook\w*|ignor\w+|lack\w*|misalign\w*|costly|remains?|hard)\b|现有|传统|受限|瓶颈", re.IGNORECASE), 1.5),
        (re.compile(r"\baddress(?:es|ing)? the (?:limitations?|challenges?)\b", re.IGNORECASE), -2.0),
        (re.compile(r"\bwe\b|\bour\b|\bthis (?:work|paper|study)\b|\bA/B\b|\boutperform", re.IGNORECASE), -2.0),
    ),
    "lead": (
        (re.compile(r"\d"), 0.6),
        (re.compile(r"\b(?:releas\w+|announc\w+|launch\w*|introduc\w+|publish\w+|acquir\w+|said|says|today|now)\b|发布|宣布|推出|开源", re.IGNORECASE), 1.2),
        (re.compile(r"\b(?:subscribe|newsletter|click here|read more|sign up|cookie|all rights reserved|advertisement|follow us)\b|点击|关注", re.IGNORECASE), -4.0),
        (re.compile(r"\?$|^(?:And|But|So|It|This|That|He|She|They)\b"), -1.0),
    ),
}  # fmt: skip
_SECTIONS = re.compile(r"^(?:\[?\d{1,2}[.)\]]?\s|Figure|Table|References|Keywords)", re.IGNORECASE)
_ROW = re.compile(r"[^:;]{1,120}: (?:up to )?[+\u2212-]?\d[^:;]{0,40}\Z")
_UNRESOLVED = re.compile(r"^(?:It|This|These|They|Those|Such|Each)\b|^.{0,60}\b(?:them|these|those)\b")  # who?
LONGEST = 330  # characters; a longer sentence is no quotation for a newsletter
LONGEST_PROPOSAL = 450  # but one that says what a work brings says most of it
SHORTEST = 30


FLOORS: dict[Role, float] = {"problem": 2.0, "mechanism": 1.0, "result": 1.0, "lead": 1.0}


Span = tuple[int, int]


def pick(
    role: Role,
    passages: Sequence[Passage],
    skip: frozenset[Span] = frozenset(),
    floor: float | None = None,
    system: str = "",
) -> Quotation | None:
    """The best sentence of the first passage that has one for this role, or None; `system` is what a paper presents."""
    for passage in passages:
        spans = [s for s in sentences(passage.text)[:80] if SHORTEST <= s[1] - s[0] <= LONGEST and s not in skip]
        if not spans:
            continue
        texts = [passage.text[a:b] for a, b in spans]
        central = lexrank.scores(texts)
        scored = [(score(role, t, i), c, -i) for i, (t, c) in enumerate(zip(texts, central, strict=True))]
        fit = [s for s in scored if s[0] >= (FLOORS[role] if floor is None else floor)]
        ranked = [(rank, *s) for s in fit if (rank := _rank(role, passage, spans[-s[2]], system)) is not None]
        if ranked:
            return quotation(role, passage, *spans[-max(ranked)[3]])
    return None


def _rank(role: Role, passage: Passage, span: Span, system: str) -> int | None:
    """What stands before the score of a sentence of a paper; None for one that is no quotation for this role."""
    if role == "lead":
        return 0
    text = passage.text[slice(*span)]
    said = _said(text)
    if not _quotable.whole(passage.text, *span) or (role != "result" and _quotable.dangles(said)):
        return None
    if role == "problem":
        return 0 if _quotable.faults(said) else None
    if role == "result":
        return 0 if _quotable.results(text, system) else None
    rank = _quotable.rank(text, said, system)
    return rank if rank >= _quotable.OWN or not _has_own(passage, system) else None


def _has_own(passage: Passage, system: str) -> bool:
    return any(_quotable.own(passage.text[a:b], system) for a, b in sentences(passage.text)[:80])


def telling(passage: Passage, worth: Mapping[Span, float], system: str = "") -> Quotation | None:
    """The sentence of most worth (`salience.scores`, by span) that can stand alone, as the first mechanism: among those
    that say something of the work itself, named `system`, if there are any.

    The cues of mechanism and result are no condition: they leave out half of the sentences that say what a paper is
    about ("We show that", "We study"), and what is worth most seldom plays no role at all.
    """
    texts = {s: passage.text[slice(*s)] for s in worth}
    ranks = {s: _quotable.rank(t, _said(t), system) for s, t in texts.items() if _stands(passage, s)}
    least = _quotable.OWN if _has_own(passage, system) else _quotable.OTHERS
    longest = {s: LONGEST_PROPOSAL if r == _quotable.CENTRAL else LONGEST for s, r in ranks.items()}
    fit = [s for s, r in ranks.items() if r >= least and len(_said(texts[s])) <= longest[s]]
    best = max(fit, key=lambda s: (ranks[s] > _quotable.BESIDE, worth[s], -s[0]), default=None)
    return quotation("mechanism", passage, *best) if best else None


def _stands(passage: Passage, span: Span) -> bool:
    """False for a problem, a line of a table or a reference, and what points back to a sentence before it."""
    sentence = passage.text[slice(*span)]
    plays = max(score("mechanism", sentence, 0), score("result", sentence, 0))
    alone = _quotable.whole(passage.text, *span) and not _quotable.dangles(_said(sentence))
    problem = score("problem", sentence, 0) >= FLOORS["problem"]
    return len(sentence) >= SHORTEST and plays > -9.0 and alone and not problem


def _said(sentence: str) -> str:
    """A sentence without its opener."""
    return sentence[compression.front(sentence) :]


def all_of(role: Role, passage: Passage, floor: float) -> str:
    """Every sentence of the passage that scores at least `floor` for the role, joined: for counting words."""
    texts = [passage.text[a:b] for a, b in sentences(passage.text)[:80]]
    return " ".join(t for i, t in enumerate(texts) if score(role, t, i) >= floor)


_EXISTING = re.compile(
    r"\b(?:existing|conventional|traditional|current|prior|most|today|usual)\b|现有|传统", re.IGNORECASE
)


def of_the_existing(passage: Passage) -> str:
    """The sentences that say what exists and what is wrong with it, joined: for counting words."""
    texts = [passage.text[a:b] for a, b in sentences(passage.text)[:80]]
    return " ".join(t for i, t in enumerate(texts) if _EXISTING.search(t) and score("problem", t, i) >= 1.2)


_OPENS = re.compile(
    r"(?:existing|conventional|traditional|current|prior|today's|usual|most (?:existing|current|prior|deployed))\b|现有|传统",
    re.IGNORECASE,
)


def problem_of(passage: Passage, longest: int, skip: int = 0) -> Quotation | None:
    """The sentence from `skip` on that says best what is wrong with what there is, of at most `longest` characters: one
    that plays the role, or one that opens with what exists."""
    fit: list[tuple[float, int, Quotation]] = []
    for i, (a, b) in enumerate(sentences(passage.text)[:80]):
        q = quotation("problem", passage, a, b)
        points = score("problem", passage.text[a:b], i)
        plays = points >= FLOORS["problem"] or (points >= 1.2 and bool(_OPENS.match(q.text)))
        if a >= skip and plays and SHORTEST <= len(q.text) <= longest and _rank("problem", passage, (a, b), "") == 0:
            fit.append((points, -i, q))
    return max(fit, key=lambda f: f[:2])[2] if fit else None


def score(role: Role, sentence: str, position: int) -> float:
    """How well a sentence plays a role by its words and its place; see FLOORS."""
    if _SECTIONS.match(sentence) or sentence.count("(") > 6 or (role != "lead" and _is_row(sentence)):
        return -9.0
    score = sum(points for rx, points in _CUES[role] if rx.search(sentence))
    if role == "lead":
        score += max(0.0, 3.0 - position)
    if role in ("mechanism", "result") and _UNRESOLVED.search(sentence):
        score -= 1.2
    if role in ("mechanism", "problem") and len(sentence) < 75:
        score -= 2.2  # "We propose X." says that there is something, not what
    return score - (0.4 if len(sentence) > 260 else 0.0)


def _is_row(sentence: str) -> bool:
    """A row of a table as the extractor tells it: `CTR: +1.2%.`, `Ours, CTR: +1.2%; GMV: +0.4%.`"""
    bare = sentence.rstrip(".")
    return bool(_ROW.match(bare)) or len(columns.parts(bare)) > 1


def quotation(role: Role, passage: Passage, start: int, end: int) -> Quotation:
    """The slice [start, end) without its opener, as a quotation with its place."""
    trimmed = start + compression.front(passage.text[start:end])
    text = passage.text[trimmed:end]
    return Quotation(role, text, Support(passage.id, trimmed, end, "quote"))


def printed(text: str) -> str:
    """A trimmed quotation begins with a capital when printed; the words stay."""
    return opened(text)
