"""What the record of a news story proves, as far as a reading over two stories may lean on it.

Only what a story prints counts: its headline and the sentences quoted of it. A word somewhere in its text ("the online
feature store", "published weights") proves nothing about the story.
"""

from __future__ import annotations

import re

from digester.analysis import claims, evidence, metrics, newsworth
from digester.domain.model import Claim, Support
from digester.ports import Brief

_RUN = re.compile(r"\btests?\b|\bA/B\b|\bweeks\b", re.IGNORECASE)
_TERMS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("licence", re.compile(
        r"\b(?:Apache|MIT|BSD|GPL|LGPL|MPL)(?:[- ]\d\.\d)?[- ]licen[cs]e|\bApache[- ]2\.0\b|\bunder (?:an? |the )?(?:[\w.-]{1,30} ){0,3}licen[cs]e\b|(?:采用|以|遵循).{0,20}许可", re.IGNORECASE)),
    ("price", re.compile(
        r"[$€£]\d[\d.,]{0,12}[^.;]{0,40}\b(?:per|an?) (?!cent\b)[a-z]|\b(?:costs?|price[ds]?|charges?)\b[^.;]{0,60}[$€£]\d|每(?:百万|千|小时|月|年).{0,24}(?:美元|元)", re.IGNORECASE)),
    ("availability", re.compile(
        r"\bgeneral(?:ly)? availab\w+|\bcan be downloaded\b|\bavailable (?:today|now|to (?:all|everyone))\b|正式可用|开放下载|全面开放|现已可用", re.IGNORECASE)),
)  # fmt: skip


def by_its_maker(b: Brief) -> bool:
    """True where the source tells of its own work; a round-up never does."""
    return "primary" in b.rating.features and not b.evidence.newsletter


def online(b: Brief) -> list[Claim]:
    """The figures of an online test that a quoted sentence of the story gives, what a business is run by first."""
    spans = [q.support for q in b.reading.quotations]
    texts = [p for p in b.evidence.passages if any(q.passage_id == p.id for q in spans)]
    found = metrics.published(c for c, _ in claims.claims_of(texts) if c.evidence == "online_ab")
    return [c for c in found if any(_within(s, q) for s in c.supports for q in spans)]


def _within(inner: Support, outer: Support) -> bool:
    return inner.passage_id == outer.passage_id and outer.start <= inner.start and inner.end <= outer.end


def printable(b: Brief) -> list[Claim]:
    """Those whose measure is a name of one, and not the words that lead to it."""
    return [c for c in online(b) if not _RUN.search(c.metric)]


def tested(b: Brief) -> bool:
    """Its maker reports an online test with a figure: bound to a measure, or in the sentence that names the test."""
    named = (q.text for q in b.reading.quotations if evidence.level_of(q.text) == "online_ab")
    return by_its_maker(b) and (bool(online(b)) or any(map(newsworth.measured, named)))


def measured(b: Brief) -> bool:
    """Its maker reports a measurement; what something costs or how many use it is none."""
    return by_its_maker(b) and any(newsworth.measured(q.text) for q in b.reading.quotations)


def terms(b: Brief) -> tuple[str, ...]:
    """`licence`, `price`, `availability`: those that the story states. A rule, a ruling or an end of service has none."""
    if b.rating.features.keys() & {"law", "court", "ends", "reported", "draft"}:
        return ()
    said = [b.item.entry.title, *(q.text for q in b.reading.quotations)]
    return tuple(name for name, rx in _TERMS if any(rx.search(s) for s in said))
