"""A mail that no program cuts off: Gmail shows the first 102 kB of a message and hides the rest.

What is measured is the message as it is sent. When it is too long, items are left out: the lowest rated first, among equals
the last, never half of one; as many stay as fit. How many that may be is judged by the items' texts, and what these weigh in a
message is learned from each one that is put together: three or four are enough, and of items that cannot fit none is rendered.
Issues whose fixed parts alone fill a mail have those shortened first.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Callable, Sequence
from itertools import accumulate

from digester.domain.cut import octets
from digester.domain.issue import Issue
from digester.domain.site import Site
from digester.outputs._mail_view import Item, Mail, mail, only
from digester.outputs._view import page

LIMIT = 98_000  # octets: below 100,000 with the head and the lines that a channel adds
_MOST = 240  # items: more cannot fit, at 400 octets each
_SCALES = (1, 4, 16)
_GUESSES = 6  # afterwards the middle is tried
_TAGS = 20  # octets around a text
_GROWTH = 2.5  # octets in a message for one of an item's weight, as long as none was made


def fitted(issue: Issue, language: str, site: Site, render: Callable[[Mail], bytes]) -> bytes:
    """The message of at most LIMIT octets with as many items as fit."""
    view = page(issue, language)
    pairs = sorted(zip(view.refs, issue.picks(), strict=True), key=lambda p: (-p[1].rating, p[0].number))
    order = [ref.number for ref, _ in pairs]
    for scale in _SCALES:
        whole = mail(view, issue, site, scale, frozenset(order[:_MOST]))
        made = _maker(whole, order, render)
        weights = _weights(whole, order)
        likely = sum(weights) * _GROWTH <= LIMIT  # all of them fit
        short = b"" if likely else made(0)
        if likely or len(short) > LIMIT // 2:
            if len(body := made(len(weights))) <= LIMIT:
                return body
            short = short or made(0)
        if len(short) <= LIMIT // 2:
            break
    return _between(short, weights, made)


def _maker(whole: Mail, order: Sequence[int], render: Callable[[Mail], bytes]) -> Callable[[int], bytes]:
    """The message with so many items, the best ones."""
    return lambda count: render(only(whole, frozenset(order[:count]), len(order)))


def _weights(whole: Mail, order: Sequence[int]) -> list[int]:
    """What the items of a mail weigh, in the order in which they would stay."""
    found = {item.number: _weight(item) for part in whole.parts for _, items in part.groups for item in items}
    return [found[number] for number in order[:_MOST]]


def _weight(item: Item) -> int:
    """Octets of an item's texts, and something for what stands around each."""
    texts = [
        item.heading.text, item.url, *item.facts, item.title.text, item.rated, item.reason.text, *item.meta,
        *(line.text for block in item.blocks for line in block.lines),
        *(text for group in item.figures for f in group.items for text in (f.metric, f.value, f.scope)),
        *(text for link in item.links for text in (link.text, link.url)),
    ]  # fmt: skip
    return len(octets("".join(texts))) + _TAGS * len(texts)


def _between(short: bytes, weights: Sequence[int], made: Callable[[int], bytes]) -> bytes:
    """The longest message that fits: between one without items, and one more than there are."""
    sums = list(accumulate(weights))
    low, high, tries = 0, len(weights) + 1, 0
    best, growth = short, _GROWTH
    while high - low > 1:
        tries += 1
        count = bisect(sums, (LIMIT - len(short)) / growth) if tries <= _GUESSES else (low + high) // 2
        count = min(high - 1, max(low + 1, count))
        body = made(count)
        growth = max(0.01, (len(body) - len(short)) / sums[count - 1])
        if len(body) <= LIMIT:
            low, best = count, body
        else:
            high = count
    return best
