"""The mail as a value: the page of an issue, shorter, in reading order; HTML part and text part print the same words.

Every pick is one `Item` whatever its section's layout, so that two templates of one page each are enough. Texts from
outside are one line each, formulas are Unicode, and each place has a budget of code points: one item of ten megabytes takes
its own place and no more. What is cut says so with an ellipsis. `scale` divides the budgets of what is no item; the mail of an
issue whose overview alone is a book is still a mail.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import quote

from digester.domain.cut import cut, line
from digester.domain.issue import Issue
from digester.domain.site import Site
from digester.outputs import _format as fmt
from digester.outputs._formulas import unicode
from digester.outputs._lines import Block, Bullets, Line, Ref, Said, safe
from digester.outputs._picks import Anchor, Field, Figure, Figures, PickView
from digester.outputs._tables import CoverageView
from digester.outputs._view import Page, SectionView, ThreadView

_NAME, _HEADING, _REASON, _SENTENCE, _ITEM = 80, 200, 300, 900, 2400  # code points
_FEW, _MANY = 8, 24  # entries of a list
_FIGURES = 16
_PARTS = 8000  # takeaways, overview, a thread, what to watch: each
_OPENER = 1500
_CARDS = ("cards", "digest")
_LEAST = 40  # below this no sentence is begun
_ASCII = "".join(map(chr, range(33, 127)))
_LONGEST_LINK = 1500  # a longer address is no link in a mail


@dataclass(frozen=True, slots=True)
class Item:
    """A pick: heading, `rating` 0 without one, what is known of it, what is said of it."""

    number: int
    rating: int
    stars: str
    heading: Said
    url: str
    facts: tuple[str, ...]
    title: Said
    blocks: tuple[Block, ...]
    quoted: str
    figures: tuple[Figures, ...]
    rated: str
    reason: Said
    meta: tuple[str, ...]
    links: tuple[Anchor, ...]
    fields: tuple[Field, ...] = ()  # of a digest's card: then rating, organisations and reason stand in these


@dataclass(frozen=True, slots=True)
class Part:
    """A section: items by topic, one topic "" where there are none."""

    heading: Said
    opener: tuple[Block, ...]
    groups: tuple[tuple[str, tuple[Item, ...]], ...]


@dataclass(frozen=True, slots=True)
class Mail:
    words: Mapping[str, str]
    language: str
    lang: str
    title: str
    period: str  # the end of the title that is not broken
    summary: str
    web: str
    notices: tuple[str, ...]
    range: str
    census: str
    seen: str
    brief: str  # what the takeaways are called
    takeaways: Bullets
    overview: tuple[Block, ...]
    threads: tuple[ThreadView, ...]
    parts: tuple[Part, ...]
    watch: Bullets
    coverage: tuple[str, ...]
    method: Said
    record: str
    left_out: str = ""
    elsewhere: tuple[Ref, ...] = field(default=())


def mail(page: Page, issue: Issue, site: Site, scale: int, among: Collection[int]) -> Mail:
    """The mail with the picks that have one of these numbers."""
    w = page.words
    room = _PARTS // scale
    return Mail(
        words=w, language=page.language, lang=page.lang, title=_text(page.title, _HEADING),
        period=_period(page), summary=_text(page.summary, _REASON),
        web=_web(issue, page.language, site), notices=tuple(_text(n, _REASON) for n in page.notices[:_FEW]),
        range=_text(page.range, _REASON), census=_text(page.census, _REASON), seen=_text(page.seen, _REASON),
        brief=w["trends" if page.layout else "takeaways"],
        takeaways=_bullets(page.takeaways, room, page.signs[1]), overview=_blocks(page.overview, room),
        threads=tuple(_thread(t, room, page.signs[0]) for t in page.threads[:_FEW]),
        parts=tuple(_part(s, w, scale, among) for s in page.sections), watch=_bullets(page.watch, room),
        coverage=_coverage(page.coverage, w), method=_said(page.method, _SENTENCE),
        record=w["mail_record"].format(_text(issue.id, _NAME), issue.revision, fmt.moment(issue.frozen_at, page.language)),
    )  # fmt: skip


def _period(page: Page) -> str:
    """What the title ends with, "" when the title is too long to end with it here."""
    period = _text(page.title_parts[3], _NAME)
    return period if _text(page.title, _HEADING).endswith(period) else ""


def only(mail: Mail, kept: Collection[int], total: int) -> Mail:
    """The mail with these items alone, which says how many it leaves out, and what it cites of them."""
    if len(kept) == total:
        return mail
    parts = tuple(part for p in mail.parts if (part := _only(p, kept)).groups)
    cited = {ref.number: ref for block in _prose(mail, parts) for one in block for ref in one.refs}
    cited |= {ref.number: ref for thread in mail.threads for ref in thread.refs}
    elsewhere = tuple(_ref(ref) for number, ref in sorted(cited.items()) if number not in kept)
    w = mail.words
    said = w["mail_left_out"].format(fmt.count(total - len(kept)), fmt.count(total))
    return replace(
        mail, parts=parts, left_out=said + w["space"] + w["mail_more" if mail.web else "mail_no_web"],
        elsewhere=elsewhere[:_MANY],
    )  # fmt: skip


def _only(part: Part, kept: Collection[int]) -> Part:
    groups = ((topic, tuple(i for i in items if i.number in kept)) for topic, items in part.groups)
    return replace(part, groups=tuple((topic, items) for topic, items in groups if items))


def _prose(mail: Mail, parts: Iterable[Part]) -> Iterable[tuple[Line, ...]]:
    yield from (mail.takeaways.lines, mail.watch.lines, *(b.lines for b in mail.overview))
    for thread in mail.threads:
        yield from (b.lines for b in thread.blocks)
    for part in parts:
        yield from (b.lines for b in part.opener)
        yield from (b.lines for _, items in part.groups for item in items for b in item.blocks)


def _ref(ref: Ref) -> Ref:
    return replace(ref, title=_text(ref.title, _HEADING), url=_link(ref.url))


def _text(text: str, limit: int) -> str:
    """One line of at most `limit` code points, formulas as Unicode; what is far too long is cut before it is read."""
    return cut(unicode(line(cut(text, 4 * limit))), limit) if text else ""


def _said(given: Said, limit: int) -> Said:
    return Said(_text(given.text, limit), _text(given.lang, 20))


def _link(url: str) -> str:
    """The address in ASCII, so that no line of text breaks in it; "" when it is too long."""
    url = quote(url, safe=_ASCII)
    return url if len(url) <= _LONGEST_LINK else ""


def _texts(given: Iterable[str], limit: int) -> tuple[str, ...]:
    return tuple(text for one in given if (text := _text(one, limit)))


def _lines(lines: Iterable[Line], room: int) -> tuple[Line, ...]:
    made: list[Line] = []
    for one in lines:
        if room < _LEAST:
            break
        text = _text(one.text, min(room, _SENTENCE))
        room -= len(text)
        lang, at = _text(one.lang, 20), _text(one.at, 12)
        made.append(Line(text, lang, one.kind, one.cites[:_FEW], one.refs, at, one.source))
    return tuple(made)


def _blocks(blocks: Iterable[Block], room: int) -> tuple[Block, ...]:
    made: list[Block] = []
    for block in blocks:
        if lines := _lines(block.lines, room):
            made.append(Block(block.kind, lines, block.folded))
        room -= sum(len(one.text) for one in lines)
    return tuple(made)


def _bullets(given: Bullets, room: int, sign: str = "") -> Bullets:
    lines = _lines(given.lines[:_MANY], room)
    return replace(given, lines=tuple(replace(one, text=sign + one.text) for one in lines))


def _thread(thread: ThreadView, room: int, sign: str) -> ThreadView:
    name = _said(thread.name, _HEADING)
    return replace(
        thread, name=replace(name, text=sign + name.text), movement=_text(thread.movement, _HEADING),
        blocks=_blocks(thread.blocks, room), refs=thread.refs[:_MANY],
    )  # fmt: skip


def _part(section: SectionView, w: Mapping[str, str], scale: int, among: Collection[int]) -> Part:
    groups = (
        (_text(g.topic, _HEADING), tuple(_item(p, section.layout, w) for p in g.picks if p.ref.number in among))
        for g in section.groups
    )
    return Part(_said(section.heading, _HEADING), _blocks(section.opener, _OPENER // scale), tuple(groups))


def _item(pick: PickView, layout: str, w: Mapping[str, str]) -> Item:
    card = layout in _CARDS
    told = card and not pick.fields  # in lines of their own, else in fields
    blocks = _told(pick, layout)
    heading = {"posts": Said(pick.name), "trending": Said(pick.repository)}.get(layout, pick.headline)
    return Item(
        number=pick.ref.number, rating=pick.rating if told or layout == "briefs" else 0, stars=pick.stars,
        heading=_said(heading, _HEADING), url=_link(pick.url), facts=_texts(_facts(pick, layout, w), _NAME),
        title=_said(pick.title, _HEADING) if card else Said(""), blocks=_blocks(blocks, _ITEM),
        quoted=_text(f"{pick.source} · {pick.level}", _NAME), figures=_figures(pick.figures),
        rated=pick.rated if told else "", reason=_said(pick.reason if told else Said(""), _REASON),
        meta=_texts(_meta(pick, layout), _HEADING),
        links=tuple(Anchor(_text(a.text, _NAME), _link(a.url)) for a in pick.links[:_FEW]),
        fields=tuple(_field(f) for f in pick.fields),
    )  # fmt: skip


def _field(f: Field) -> Field:
    """A line of the card. Only an address is a link; the words that a sentence rests on are linked on the web."""
    url = _link(f.url) if f.url == f.said.text else ""
    text = Said(url) if url else _said(f.said, _SENTENCE)
    return replace(f, said=text, url=url, more=_text(f.more, _REASON))


def _told(pick: PickView, layout: str) -> tuple[Block, ...]:
    """What is said of a pick; a digest's card has the first sentence in a field."""
    if layout in _CARDS:
        return pick.blocks
    return (Block("list" if layout == "podcasts" else "text", pick.lines),)


def _facts(pick: PickView, layout: str, w: Mapping[str, str]) -> list[str]:
    """What stands below the heading."""
    late = w["late"] if pick.late else ""
    if pick.fields:
        return [late]
    names = [*pick.organisations[:_FEW], late]
    if layout == "posts":
        return [pick.role, pick.origin]
    if layout == "trending":
        counts = (("stars", pick.stars_total), ("today", pick.stars_today))
        return [pick.code_language, *(f"{w[k]}{w['colon']}{n}" for k, n in counts if n), pick.development]
    if layout == "podcasts":
        told = (("guest", pick.guest), ("duration", pick.duration))
        return [pick.source, *(f"{w[k]}{w['colon']}{text}" for k, text in told if text)]
    return names if layout in _CARDS else [*names, pick.source, pick.day, pick.development]


def _meta(pick: PickView, layout: str) -> list[str]:
    """What stands at the end, in small type."""
    if layout in _CARDS:
        return [pick.authors, "" if pick.fields else pick.source, pick.ident, pick.day, pick.development]
    return [pick.day] if layout == "podcasts" else []


def _figures(groups: Iterable[Figures]) -> tuple[Figures, ...]:
    made = []
    room = _FIGURES
    for group in groups:
        if items := tuple(_figure(f) for f in group.items[:room]):
            made.append(Figures(group.evidence, group.level, items))
        room -= len(items)
    return tuple(made)


def _figure(figure: Figure) -> Figure:
    metric, value, scope = (_text(text, _NAME) for text in (figure.metric, figure.value, figure.scope))
    return Figure(metric, value, scope, figure.evidence, figure.source)


def _coverage(given: CoverageView, w: Mapping[str, str]) -> tuple[str, ...]:
    """How many sources answered, whether everything announced was seen, and which sources did not answer."""
    missing = sum(len(b.missing) for b in given.batches)
    said = [given.line, w["complete"] if given.complete else ""]
    said.append(w["mail_missing"].format(fmt.count(missing)) if missing else "")
    failed = [_text(name, _NAME) for name, _ in given.failed[:_MANY]]
    if failed:
        said.append(
            f"{w['failed']}{w['colon']}{w['comma'].join(failed)}{'…' if len(given.failed) > _MANY else w['stop']}"
        )
    return tuple(one for one in said if one)


def _web(issue: Issue, language: str, site: Site) -> str:
    """The address of the issue's page on the site, "" when it has none in this language."""
    if language not in site.languages or not issue.slug.get(language):
        return ""
    return _link(safe(site.address(site.article(issue.slug, language))))
