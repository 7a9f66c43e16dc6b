"""What a page prints, whatever its format: statements, each with the place and the pick it belongs to.

`markdown.py` and `html.py` read their format into this shape and know nothing of how it was written.
Text that stands in no known place becomes a statement of place `unknown`, which the checker refuses.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

# The chrome of an English page, as EDITORIAL and the pages name it.
TAKEAWAYS, OVERVIEW, ONLINE, WATCH = "In brief", "Overview", "Online results", "What to watch"
TABLE, COVERAGE, METHOD, READING = "Complete table", "Coverage", "How this issue was made", "Editor’s reading"
PASSAGE = "↗"  # leads to the words of the source by a text fragment
LEVELS = {
    "online A/B": "online_ab", "deployed": "deployed", "offline": "offline", "simulated": "simulated",
    "as stated": "stated",
}  # fmt: skip
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
TERMS = {  # under which figures of papers may be shown
    "CC BY 4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC BY-SA 4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
    "CC0 1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
}
PICTURE = re.compile(r"pictures/([0-9a-f]{32}\.(?:png|jpg))")  # the one kind of file that a page asks for
DAY = re.compile(rf"(\d{{1,2}}) ({'|'.join(MONTHS)}) (\d{{4}})")


@dataclass(frozen=True)
class Statement:
    """`number` is the printed number of the pick it stands in, 0 outside of picks; `url` the pick's own address, for
    layouts without numbers; `cites` are numbers of picks; `links` are (text, address)."""

    place: str
    text: str
    section: str = ""
    number: int = 0
    url: str = ""
    cites: tuple[int, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    cells: tuple[str, ...] = ()


@dataclass(frozen=True)
class Page:
    """`links` are all of a page with their text; `problems` what no page may hold (scripts, raw HTML)."""

    output: str
    statements: tuple[Statement, ...]
    links: tuple[tuple[str, str], ...]
    anchors: frozenset[str] = frozenset()
    definitions: tuple[tuple[int, str], ...] = ()
    problems: tuple[str, ...] = ()

    def of(self, *places: str) -> list[Statement]:
        return [s for s in self.statements if s.place in places]


def bare(url: str) -> str:
    """An address without its fragment: a text fragment leads to words of the same page."""
    return url.partition("#")[0]
