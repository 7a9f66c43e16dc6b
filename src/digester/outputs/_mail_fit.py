"""A mail that no program cuts off: Gmail shows the first 102 kB of a message and hides the rest.

What is measured is the message as it is sent. When it is too long, items are left out: the lowest rated first, among equals
the last, never half of one. How many stay is found between a count that fits and one that does not, by the sizes measured
so far, so that a handful of renderings is enough. Issues whose fixed parts alone fill a mail have those shortened first.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from digester.domain.issue import Issue
from digester.domain.site import Site
from digester.outputs._mail_view import Mail, mail, only
from digester.outputs._view import page

LIMIT = 98_000  # octets: below 100,000 with the head and the lines that a channel adds
_MOST = 240  # items: more cannot fit, at 400 octets each
_SLACK = 1_500  # octets left free that are not worth another rendering
_SCALES = (1, 4, 16)


def fitted(issue: Issue, language: str, site: Site, render: Callable[[Mail], bytes]) -> bytes:
    """The message of at most LIMIT octets with as many items as fit."""
    view = page(issue, language)
    pairs = sorted(zip(view.refs, issue.picks(), strict=True), key=lambda p: (-p[1].rating, p[0].number))
    order = [ref.number for ref, _ in pairs]
    for scale in _SCALES:
        whole = mail(view, issue, site, scale, frozenset(order[:_MOST]))
        made = _maker(whole, order, render)
        long = made(min(len(order), _MOST))
        if len(long) <= LIMIT:
            break
        short = made(0)
        if len(short) <= LIMIT // 2 or scale == _SCALES[-1]:
            return _between(short, long, min(len(order), _MOST), made)
    return long


def _maker(whole: Mail, order: Sequence[int], render: Callable[[Mail], bytes]) -> Callable[[int], bytes]:
    """The message with so many items, the best ones."""
    return lambda count: render(only(whole, frozenset(order[:count]), len(order)))


def _between(short: bytes, long: bytes, high: int, made: Callable[[int], bytes]) -> bytes:
    """The longest message that fits, between one without items that does and one with `high` that does not."""
    low, tries, size = 0, 0, len(long)
    while high - low > 1 and LIMIT - len(short) > _SLACK:
        tries += 1
        share = (LIMIT - len(short)) / (size - len(short)) if tries % 3 else 0.5
        middle = min(high - 1, max(low + 1, low + int(share * (high - low))))
        body = made(middle)
        if len(body) <= LIMIT:
            low, short = middle, body
        else:
            high, size = middle, len(body)
    return short
