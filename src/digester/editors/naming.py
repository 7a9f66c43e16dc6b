"""How a story, its figures and its evidence are called inside a sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from digester.analysis import metrics
from digester.analysis.rating import figure_text, unbound_figures
from digester.domain.model import Claim
from digester.domain.text import one_line
from digester.editors.patterns import listed
from digester.ports import Brief

LEVELS = {
    "online_ab": "online A/B",
    "deployed": "deployed",
    "offline": "offline",
    "simulated": "simulated",
    "stated": "as stated by its authors",
}


def short(brief: Brief) -> str:
    """How a story is called inside a sentence: its system, or its title cut at a word."""
    if brief.reading.system:
        return brief.reading.system
    title = brief.item.entry.title
    for rx in (r"(?<=\?) |:| -- | \u2013 | \u2014 ", r" (?:via|through|with|by|using|for) "):
        head = re.split(rx, title)[0].strip()
        if 2 <= len(head.split()) <= 8 and len(head) <= 70:
            return head
    return one_line(title, 60)


def organisation(brief: Brief) -> str:
    return next((o.name for o in brief.reading.organisations if o.kind == "industry"), "")


def at(brief: Brief) -> str:
    """` (Org)` when a company is named and the system's name does not hold it already."""
    org = organisation(brief)
    return f" ({org})" if org and org.lower() not in short(brief).lower() else ""


def live_claims(brief: Brief) -> list[Claim]:
    """Signed figures from live traffic; offline ones never."""
    return metrics.published(brief.reading.claims)


def is_live(brief: Brief) -> bool:
    """True when the text reports a test on users or a deployment of the work itself."""
    return bool(live_claims(brief)) or bool({"online_test", "deployed"} & set(brief.rating.features))


def has_ab(brief: Brief) -> bool:
    """True when a test on users is reported: by a figure, or in words."""
    return any(c.evidence == "online_ab" for c in live_claims(brief)) or "online_test" in brief.rating.features


def is_data(brief: Brief) -> bool:
    """True for a data set or a benchmark: it is used to test, not tested on users."""
    return "data_set" in brief.rating.features and brief.rating.rating >= 4 and not live_claims(brief)


def status(brief: Brief) -> str:
    """`tested online`, `deployed` or both: three things, three words."""
    features = brief.rating.features
    words = ["tested online"] * ("online_test" in features) + ["deployed"] * ("deployed" in features)
    return " and ".join(words)


def missing(brief: Brief) -> str:
    """Why no figure is printed: the text has none, or none that could be bound to a measure."""
    if unbound_figures(brief.evidence.passages):
        return "its figures are bound to no measure here"
    return "no figure in the text read here"


def evidence_words(brief: Brief) -> str:
    """The evidence of a work without a printed figure."""
    if status(brief):
        return f"{status(brief)} by its authors' account, {missing(brief)}"
    return "a data set of industrial size" if is_data(brief) else "offline evidence"


def figures(claims: Sequence[Claim], most: int = 2) -> str:
    """At most two figures a sentence, each with metric, sign, hedge and scope."""
    return listed(
        [
            figure_text(c)
            + (f" in {c.scope}" if c.scope and not re.search(r"traffic|users|days?|weeks?|months?", c.scope) else "")
            for c in claims[:most]
        ]
    )


def descriptor(brief: Brief) -> str:
    """What the title says behind the colon, as a phrase; the whole title where it has none."""
    head, colon, tail = brief.item.entry.title.partition(":")
    text = tail.strip() if colon and head.strip() == brief.reading.system else brief.item.entry.title
    return re.sub(r"^(?:An?|The) ", "", text).rstrip(".")


def headline(brief: Brief) -> str:
    """`Baidu: GRAB, LLM-inspired ... paradigm`; a news headline stays as it was written."""
    if brief.item.entry.kind != "paper":
        return brief.item.entry.title
    org, system = organisation(brief), brief.reading.system
    text = f"{system}, {descriptor(brief)}" if system and " " not in system else brief.item.entry.title
    return f"{org}: {text}" if org and not system.startswith(org) else text
