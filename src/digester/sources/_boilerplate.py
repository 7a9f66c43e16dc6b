"""What platforms put into an entry's text that nobody wrote: counts, invitations to read on, where it appeared first.

Such words would be quoted as the news, and their numbers counted as its facts. Only what stands at the end of a text is
taken off, and what a text consists of altogether; what a person says in between stays.
"""

from __future__ import annotations

import re

from digester.domain.text import BREAK, plain

TAIL = 600  # characters at the end of a text in which this is looked for
ROUNDS = 4  # several may follow each other
_PAIR = r"(?:# ?)?[A-Z][A-Za-z]{1,15}(?: (?:URL|By))?: ?(?:https?\\?://\S{1,500}|[\w.,@/+-]{1,60})"
_COUNT = r"[\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]\ufe0f? ?[\w.,+#-]{1,20}(?: [a-z]{1,12}){0,2}"
# `Score: 12 Comments: 3 By: ann`, and the same with signs for words: a value each, one of them a number or an address
_GAP = rf"(?:\s(?:{BREAK}\s)?|$)"
_DATA = re.compile(rf"(?:^|\s)(?:{_PAIR}{_GAP}){{2,40}}\s*$|(?:^|\s)(?:{_COUNT}{_GAP}){{2,20}}\s*$")
_BYLINE = re.compile(rf"^[^.!?{BREAK}]{{1,60}}\(@\w{{1,30}}\) {BREAK} ")  # who posts, over the post
_CHECKED = re.compile(r"\d|https?\\?://")
_ENDS = re.compile(
    r"(?:^|(?<=[.!?\u2026\])\u3002\uff01\uff1f\"\u201d ]))\s?(?:"
    r"(?:Read|See|View) (?:the )?(?:full|whole|entire|rest of (?:the|this)|original|complete) (?:story|article|post|piece|text)[^.!?\n]{0,80}[.!]?|"
    r"(?:See|View|Open|Read)(?: (?:this|the|original|full))?(?: (?:post|tweet|thread))? on (?:X|Twitter|Bluesky|Mastodon|Threads|LinkedIn|Instagram)(?: ?\u2192)?|"
    r"(?:Read|Continue|Keep) (?:more|reading)(?: (?:at|on|in|this|the|about)\b[^.!?\n]{0,80})?(?:[.!\u2026\u2192\u00bb]|\.\.\.)*|"
    r"The post .{1,300}? (?:first appeared|appeared first) on [^!?\n]{1,120}?|"
    r"(?:Reply|Comment) (?:via (?:e-?mail|mail)|to this post|on this (?:post|article))[.!]?|"
    r"Subscribe to (?:my|our|the|this) [^.!?\n]{1,60}[.!]?|"
    r"\[?(?:\u2026|\.\.\.)\]|\u9605\u8bfb(?:\u5168\u6587|\u539f\u6587|\u66f4\u591a)[^\u3002]{0,20}|\u70b9\u51fb(?:\u67e5\u770b|\u9605\u8bfb)[^\u3002]{0,20}"
    r")\s?$",
    re.IGNORECASE,
)
_STARS = {
    "stars": re.compile(r"(?<![\d,.])(\d[\d,]{0,11}) stars?(?! (?:today|this))"),
    "stars_daily": re.compile(r"(?<![\d,.])(\d[\d,]{0,11}) stars? today"),
    "forks": re.compile(r"(?<![\d,.])(\d[\d,]{0,11}) forks?"),
}
_ROBOT = re.compile(r"\[bot\]$|^(?:github-actions|dependabot|renovate|semantic-release|web-flow)$", re.IGNORECASE)


def said(text: str) -> str:
    """The text without what a platform added to it; "" where that is all."""
    text = _BYLINE.sub("", text)
    for _ in range(ROUNDS):
        head, tail = text[:-TAIL], text[-TAIL:]
        data = _DATA.search(tail)
        found = data if data and _CHECKED.search(data[0]) else _ENDS.search(tail)
        if not found:
            return text
        text = plain(head + tail[: found.start()]).rstrip(f" {BREAK}")
    return text


def stars(text: str) -> dict[str, float]:
    """What a feed of repositories counts of one: all its stars, those of the day, forks."""
    found = {name: rx.search(text[-TAIL:]) for name, rx in _STARS.items()}
    return {name: float(m[1].replace(",", "")) for name, m in found.items() if m}


def people(names: tuple[str, ...]) -> tuple[str, ...]:
    """Authors that are no robots."""
    return tuple(n for n in names if not _ROBOT.search(n.strip()))
