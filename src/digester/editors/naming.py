"""What a record holds of a story: its name, its company, its live figures and how far it was tested."""

from __future__ import annotations

import re
from collections.abc import Sequence

from digester.analysis import evidence, metrics, scope
from digester.analysis.phrases import candidates
from digester.analysis.tokens import sentences
from digester.domain.model import Claim
from digester.domain.text import language_of, one_line
from digester.ports import Brief


def short(brief: Brief) -> str:
    """How a story is called for short: its system, or its title cut at a word."""
    return brief.reading.system or head(brief.item.entry.title)


def head(title: str) -> str:
    """A title up to where it turns, else cut at a word. Half a title is no subject: it neither speaks nor measures."""
    for rx in (r"(?<=\?) |:| -- | \u2013 | \u2014 ", r" (?:via|through|with|by|using|for) "):
        head = re.split(rx, title)[0].strip()
        if 2 <= len(head.split()) <= 8 and len(head) <= 70:
            return head
    return one_line(title, 60)


def language(brief: Brief) -> str:
    return brief.item.entry.language or "en"


def told_title(brief: Brief, wanted: str) -> str:
    """The headline of a story in a language: its own, or that of an article that tells it there; "" for none."""
    if telling := brief.tellings.get(wanted):
        return telling.title
    title = brief.item.entry.title
    return title if language_of(title) == wanted else ""


def organisation(brief: Brief) -> str:
    return next((o.name for o in brief.reading.organisations if o.kind == "industry"), "")


def live_claims(brief: Brief) -> list[Claim]:
    """Signed figures from live traffic; offline ones never."""
    return metrics.published(brief.reading.claims)


def is_live(brief: Brief) -> bool:
    """True when the text reports a test on users or a deployment of the work itself."""
    return bool(live_claims(brief)) or bool({"online_test", "deployed"} & set(brief.rating.features))


def is_data(brief: Brief) -> bool:
    """True for a data set or a benchmark: it is used to test, not tested on users."""
    return "data_set" in brief.rating.features and brief.rating.rating >= 4 and not live_claims(brief)


def subjects(brief: Brief) -> list[str]:
    """The subjects of the field that a work is about, in the table's order; of an issue with topics these."""
    text = brief.evidence.passages[0].text
    if brief.evidence.topics:
        return scope.named(brief.evidence.topics, text)
    found = candidates(text)
    return [key.partition(":")[2] for key in found if key.startswith("subject:")]


def tried(brief: Brief) -> tuple[str, ...]:
    """`online_test`, `deployed`, both or neither, in this order."""
    return tuple(f for f in ("online_test", "deployed") if f in brief.rating.features)


def span(claims: Sequence[Claim]) -> str:
    """The first scope that says on how many users or for how long, as the source writes it."""
    return next((c.extent for c in claims if c.extent), "")


def opens(brief: Brief) -> bool:
    """True when the title is `System: what it is`."""
    head, colon, _ = brief.item.entry.title.partition(":")
    return bool(colon) and head.strip() == brief.reading.system != ""


def level(brief: Brief, claim: Claim) -> str:
    """The evidence of a figure as it is called: a test on users whose text runs it as a switchback is named so."""
    if claim.evidence != "online_ab":
        return claim.evidence
    places = {s.passage_id for s in claim.supports}
    return "switchback" if any(_switched(p.text) for p in brief.evidence.passages if p.id in places) else "online_ab"


def _switched(text: str) -> bool:
    if "switchback" not in text.lower():
        return False
    told = (text[a:b] for a, b in sentences(text) if "switchback" in text[a:b].lower())
    return any(evidence.mentions_online(s) and "A/B" not in s for s in told)
