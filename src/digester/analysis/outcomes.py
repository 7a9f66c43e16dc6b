"""What figures say beside a gain: that something else was paid for it, or that a measure did not move.

A direction is called bad only where no business wants it: more latency, fewer orders. What may be meant (fewer clicks,
fewer impressions, less spend) is left alone, and so is a fall that its source welcomes.
"""

from __future__ import annotations

import re

from digester.analysis import metrics
from digester.domain.model import Claim

FLAT = "not significant"
_COST = re.compile(
    r"\b(?:latency|response time|(?:GPU|CPU|machine|compute|training) (?:hours?|time|usage|days?)|(?:serving|inference|training|compute|"
    r"computational|infrastructure|hardware|GPU|storage|electricity) costs?|costs? of (?:serving|inference|training)|(?:GPU |table |index )?memory"
    r"(?: usage| footprint)?|energy (?:use|consumption)|FLOPs|(?:serving |retrieval |ranking )?machines)\b",
    re.IGNORECASE,
)
_HARM = re.compile(
    r"\b(?:complaints?|unsubscribes?|unsubscribe rates?|churn(?: rates?)?|negative feedback|skip rates?|bounce rates?|cancell?ations?|cancellation rates?|"
    r"refunds?|refund rates?|hides?|hide rates?|dislikes?|dislike rates?|report rates?|reports of (?:low|bad|mis|spam|harm|offens|abus)[\w -]{1,30}|"
    r"(?:no|zero)-result rates?|exit rates?|uninstalls?)\b",
    re.IGNORECASE,
)
_RATIO = re.compile(r"^(?:cost|number|time|share|amount|variance|errors?) (?:to|of|per|in|for|until)\b", re.IGNORECASE)
_WANTED = re.compile(  # fewer of these is no business's wish; qualifiers are a closed list, for `returned orders` are orders
    r"(?:(?:total|overall|average|mean|median|daily|weekly|monthly|user|net|gross|confirmed|paid|completed|ad|advertising|video|platform|buyer|"
    r"long-term|next-day|\w{1,8}-day|day-\d{1,2}) ){0,3}"
    r"(?:CTR|CVR|GMV|click-through rates?|conversion rates?|conversions|revenues?|orders?(?: volume)?|purchases?(?: rate)?|sales(?: volume)?|"
    r"bookings?|transactions?|retention(?: rate)?|active (?:users|days|time)|user active days|DAU|MAU|lifetime value|LTV|"
    r"(?:watch|dwell|listening|viewing|reading|play|stay|session|usage)[ -]?(?:time|duration)s?|time spent|"
    r"time (?:in|on|spent (?:in|on)) (?:the )?(?:app|site|platform|product|service)|comments|likes|shares|follows|subscriptions?|user satisfaction|"
    r"satisfaction(?: score)?|advertiser value|throughput|QPS)(?: per [a-z]{3,12})?",
    re.IGNORECASE,
)
_WELCOME = re.compile(
    r"\b(?:welcom\w{0,3}|intend(?:ed)?|intention\w{0,4}|on purpose|by design|deliberate(?:ly)?|desired|wanted|as (?:planned|hoped)|good sign|"
    r"sooner|faster decisions)\b",
    re.IGNORECASE,
)
DIGITS = {
    w: str(n) for n, w in enumerate(("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"), 1)
}
_WORD = re.compile(r"[^\W_]+")


def is_price(claim: Claim, said: str = "") -> bool:
    """True for a significant figure that nobody wants; `said` is the sentence of its source, which may welcome a fall."""
    if is_flat(claim):
        return False
    if claim.sign == "+":
        return not _RATIO.match(claim.metric) and bool(_COST.search(claim.metric) or _HARM.search(claim.metric))
    return claim.sign == "-" and bool(_WANTED.fullmatch(claim.metric)) and not _WELCOME.search(said)


def is_flat(claim: Claim) -> bool:
    """True for a measure that a test did not move."""
    return claim.hedge == FLAT


def differ(a: Claim, b: Claim) -> bool:
    """True for one measure that moved in one work and not, or the other way, in another."""
    if (a.unit, a.evidence) != (b.unit, b.evidence) or _measure(a) != _measure(b):
        return False
    return is_flat(a) != is_flat(b) or (not is_flat(a) and a.sign != b.sign)


def _measure(claim: Claim) -> str:
    """One spelling of a measure: `seven-day retention` is `7-day retention`."""
    words = [DIGITS.get(w, w) for w in _WORD.findall(claim.metric.lower().replace("-", " "))]
    return metrics.plain_name(" ".join(words))
