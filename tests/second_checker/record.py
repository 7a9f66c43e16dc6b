"""The JSON record as statements: what its sentences say is held against the same passages as the pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tests.second_checker.printed import Page, Statement

from digester.domain.issue import Issue, Sentence


def page(issue: Issue) -> Page:
    return Page("json", tuple(_statements(issue)), ())


def _statements(issue: Issue) -> Iterator[Statement]:
    numbers = {p.lead_item_id: n for n, p in enumerate(issue.picks(), 1)}
    for thread in issue.threads:
        yield Statement("thread.name", thread.name["en"], thread.name["en"])
    yield from _told(issue.overview, "lead", Statement("", ""), numbers)
    yield from _told(issue.takeaways, "takeaway", Statement("", ""), numbers)
    for thread in issue.threads:
        yield from _told(thread.sentences, "thread", Statement("", "", thread.name["en"]), numbers)
    number = 0
    for section in issue.sections:
        like = Statement("", "", section.heading["en"])
        yield from _told(section.opener, "opener", like, numbers)
        for pick in section.picks:
            number += 1
            own = Statement("", "", section.heading["en"], number, pick.url)
            place = "moment" if pick.kind == "episode" else "prose"
            yield from _told(pick.sentences, place, own, numbers)
            for o in pick.organisations:
                yield Statement("organisation", o.name, own.section, number)
    yield from _told(issue.watch, "watch", Statement("", ""), numbers)


def _told(sentences: Iterable[Sentence], place: str, like: Statement, numbers: dict[str, int]) -> Iterator[Statement]:
    for s in sentences:
        own = "reading" if s.kind == "synthesis" and place != "watch" else place
        kind = "quote" if s.kind == "quote" and place == "prose" else own
        text = f"“{s.text['en']}”" if s.kind == "quote" and kind != "quote" else s.text["en"]
        at = s.inputs.get("at", "")
        cited = tuple(sorted({numbers[c] for c in s.cites if c in numbers} - ({like.number} if like.number else set())))
        yield Statement(kind, text, like.section, like.number, like.url, cited, (), (at,) if at else ())
