"""The page that both Markdown and HTML print: the record in one language, in reading order.

Everything is decided here - what stands where, in which words, under which number - so that the two
formats cannot disagree and templates hold markup only. Mappings are read in sorted order: equal
records must be equal bytes whatever order their dictionaries were filled in.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import groupby

from digester.domain.issue import Issue, Section, Text, Thread
from digester.outputs import _format as fmt
from digester.outputs import _lines as ln
from digester.outputs._foreign import Foreign
from digester.outputs._illustrations import PictureView, picture_view
from digester.outputs._introduced import Introduction, names
from digester.outputs._lines import Block, Bullets, Ref, Refs, Said, blocks, said
from digester.outputs._picks import PickView, carded, pick_view
from digester.outputs._tables import (
    CoverageView,
    OnlineRow,
    RowView,
    complete_rows,
    coverage_view,
    online_rows,
)
from digester.outputs._words import html_lang, words

_LAYOUTS = {"posts": "posts", "trending": "trending", "podcasts": "podcasts", "more": "briefs", "releases": "briefs"}


@dataclass(frozen=True, slots=True)
class ThreadView:
    anchor: str
    name: Said
    movement: str
    refs: tuple[Ref, ...]
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Neighbouring picks under one topic; without topics there is one group with no heading."""

    topic: str
    picks: tuple[PickView, ...]


@dataclass(frozen=True, slots=True)
class SectionView:
    """`name` is the heading without the first pick's headline where it tells that too, which is then `subject`."""

    anchor: str
    layout: str
    heading: Said
    name: str
    subject: Said
    opener: tuple[Block, ...]
    picks: tuple[PickView, ...]
    groups: tuple[Group, ...]
    picture: PictureView | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the table of contents."""

    anchor: str
    text: str


@dataclass(frozen=True, slots=True)
class Page:
    words: Mapping[str, str]
    language: str
    lang: str
    kind: str
    layout: str
    signs: tuple[str, str]  # in front of a trend, and of a line beside the trends
    title: str
    title_parts: tuple[str, str, str, str]
    slug: str
    summary: str
    tags: tuple[str, ...]
    category: str
    date: date
    notices: tuple[str, ...]
    range: str
    census: str
    seen: str
    left_out: str
    takeaways: Bullets
    overview: tuple[Block, ...]
    threads: tuple[ThreadView, ...]
    sections: tuple[SectionView, ...]
    online: tuple[OnlineRow, ...]
    watch: Bullets
    rows: tuple[RowView, ...]
    coverage: CoverageView
    method: Said
    record: str
    commands: tuple[str, ...]
    refs: tuple[Ref, ...]
    contents: tuple[Entry, ...]
    foreign: Foreign


@dataclass(frozen=True, eq=False)
class _Same:
    """An issue as a key: only itself is equal to it. Records are never changed."""

    issue: Issue

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.issue is self.issue

    def __hash__(self) -> int:
        return id(self.issue)


def page(issue: Issue, language: str) -> Page:
    """The view of an issue in one language. It is made once for the forms that are printed one after the other."""
    return _page(_Same(issue), language)


@lru_cache(maxsize=2)  # languages
def _page(same: _Same, language: str) -> Page:
    issue = same.issue
    refs, numbered = ln.references(issue, language)
    w = words(language)
    sections = _sections(issue, language, refs, numbered)
    online = online_rows(issue, language, numbered, refs)
    title = said(issue.title, language).text
    view = Page(
        words=w,
        language=language,
        lang=html_lang(language),
        kind=issue.kind,
        layout=issue.layout,
        signs=("\U0001f525 ", "\U0001f4a1 ") if issue.layout == "signed" else ("", ""),
        title=title,
        title_parts=title_parts(title, issue.period),
        slug=said(issue.slug, language).text,
        summary=said(issue.summary, language).text,
        tags=_tags(issue, language),
        category=said(issue.category, language).text,
        date=issue.window.end.date(),
        notices=_notices(issue, w, language),
        range=fmt.window_line(issue.window, language),
        census=fmt.census_line(issue.census, language),
        seen=_seen(issue, language),
        left_out=fmt.left_out(issue.census.left_out, language),
        takeaways=ln.bullets(issue.takeaways, language, refs),
        overview=blocks(issue.overview, language, refs),
        threads=tuple(_thread(t, n, language, refs) for n, t in enumerate(issue.threads, 1)),
        sections=sections,
        online=online,
        watch=ln.bullets(issue.watch, language, refs),
        rows=complete_rows(issue, language, refs),
        coverage=coverage_view(issue.coverage, language),
        method=said(issue.method, language),
        record=w["record"].format(issue.id, issue.revision, f"{fmt.moment(issue.frozen_at, language)} UTC"),
        commands=(f"digester regenerate {issue.kind} --date {issue.period}",),
        refs=numbered,
        contents=(),
        foreign=Foreign(issue, language),
    )
    return replace(_introduced(view, issue), contents=_contents(view))


def _introduced(view: Page, issue: Issue) -> Page:
    """The page with the English names of its themes at their first mention, where it is in other letters."""
    if not (english := names(issue, view.language)):
        return view
    to = Introduction(english)
    return replace(
        view,
        takeaways=replace(view.takeaways, lines=to.lines(view.takeaways.lines)),
        overview=to.blocks(view.overview),
        threads=tuple(replace(t, blocks=to.blocks(t.blocks)) for t in view.threads),
        sections=tuple(replace(s, opener=to.blocks(s.opener)) for s in view.sections),
        watch=replace(view.watch, lines=to.lines(view.watch.lines)),
    )


def _seen(issue: Issue, language: str) -> str:
    """What came in; not said again when it is just what was announced."""
    seen = issue.census.seen
    return "" if list(seen.values()) == [issue.census.announced] else fmt.tally(seen, language)


def title_parts(title: str, period: str) -> tuple[str, str, str, str]:
    """`AI Tech Daily`, ` -`, ` `, `2026-06-20`: so that the period can be set apart; together the whole title."""
    name, there, rest = title.rpartition(period) if period else (title, "", "")
    if not there or rest:
        return title, "", "", ""
    bare = name.rstrip(" -")
    joint = name.rstrip()[len(bare) :]
    return bare, joint, name[len(bare) + len(joint) :], period


def _tags(issue: Issue, language: str) -> tuple[str, ...]:
    return issue.tags.get(language) or issue.tags.get("en", ())


def _notices(issue: Issue, w: Mapping[str, str], language: str) -> tuple[str, ...]:
    state = w.get(f"state_{issue.state}", "")
    return (*([state] if state else []), *(text for n in issue.notices if (text := _notice(n, language))))


def _notice(notice: Text, language: str) -> str:
    """A notice that only concerns another language is none here."""
    return notice.get(language) or notice.get("en", "")


def _thread(thread: Thread, number: int, language: str, refs: Refs) -> ThreadView:
    pair = thread.from_ and thread.to
    shown = blocks(thread.sentences, language, refs)
    cited = {ref for block in shown for one in block.lines for ref in one.refs}
    ends = (refs.term(thread.from_, language), refs.term(thread.to, language))
    movement = words(language)["from_to"].format(*ends) if pair else ""
    return ThreadView(
        f"thread-{number}", said(thread.name, language), movement,
        tuple(ref for ref in ln.resolve(thread.picks, refs) if ref not in cited), shown,
    )  # fmt: skip


def _sections(issue: Issue, language: str, refs: Refs, numbered: tuple[Ref, ...]) -> tuple[SectionView, ...]:
    views: list[SectionView] = []
    place, pictures = 0, 0
    for number, section in enumerate(issue.sections, 1):
        own = numbered[place : place + len(section.picks)]
        place += len(section.picks)
        if section.picks or section.opener:
            picture = picture_view(section.illustration, section.picks, pictures + 1, language, refs)
            pictures += picture is not None
            views.append(replace(_section(section, number, own, language, refs, issue.layout), picture=picture))
    return tuple(views)


def _section(
    section: Section, number: int, own: tuple[Ref, ...], language: str, refs: Refs, layout: str
) -> SectionView:  # fmt: skip
    picks = tuple(pick_view(p, r, language, refs) for p, r in zip(section.picks, own, strict=True))
    if layout:
        signed = layout == "signed"
        picks = tuple(carded(p, v, language, refs, signed) for p, v in zip(section.picks, picks, strict=True))
    heading = said(section.heading, language)
    name, subject = _parted(heading, picks, words(language)["colon"])
    slug = re.sub(r"[^a-z0-9]+", "-", section.slug.lower()).strip("-")
    return SectionView(
        f"section-{number}{'-' if slug else ''}{slug}", "digest" if layout else _LAYOUTS.get(section.slug, "cards"),
        heading, name, subject, blocks(section.opener, language, refs), picks,
        _groups(picks, words(language)["no_topic"]),
    )  # fmt: skip


def _parted(heading: Said, picks: tuple[PickView, ...], colon: str) -> tuple[str, Said]:
    """`Models: Some release` of a section that opens with that release: `Models`, and the release in its language."""
    first = picks[0].headline if picks else Said("")
    name = heading.text.removesuffix(f"{colon}{first.text}") if first.text else heading.text
    return (name, first) if name and name != heading.text else (heading.text, Said(""))


def _groups(picks: tuple[PickView, ...], other: str) -> tuple[Group, ...]:
    """Picks by topic, topics in order of first appearance, those without one last."""
    topics = list(dict.fromkeys(p.topic for p in picks))
    if topics in ([], [""]):
        return (Group("", picks),) if picks else ()
    topics.sort(key=lambda topic: topic == "")
    order = sorted(picks, key=lambda p: topics.index(p.topic))
    return tuple(Group(topic or other, tuple(same)) for topic, same in groupby(order, lambda p: p.topic))


def _contents(page: Page) -> tuple[Entry, ...]:
    """What stands on the page, in its order."""
    w, takeaways = page.words, bool(page.takeaways.lines)
    trends = bool(page.layout and (takeaways or page.threads))
    entries = [
        ("trends", w["trends"], trends),
        ("takeaways", w["takeaways"], takeaways and not trends),
        ("overview", w["overview"], bool(page.overview or page.threads) and not trends),
        *((s.anchor, s.name, True) for s in page.sections),
        ("online-results", w["ab_results"], bool(page.online)),
        ("watch", w["watch"], bool(page.watch.lines)),
        ("table", w["table"], bool(page.rows)),
        ("coverage", w["coverage"], True),
        ("method", w["method"], True),
    ]
    return tuple(Entry(anchor, text) for anchor, text, there in entries if there)
