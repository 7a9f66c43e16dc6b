"""One pick as the page shows it, by the layout of its section: card, brief, post, repository, episode."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import get_args

from digester.domain import fragments
from digester.domain.issue import Pick
from digester.domain.model import Claim, EvidenceLevel
from digester.domain.text import fold
from digester.domain.urls import host_of
from digester.domain.words import ident
from digester.outputs import _format as fmt
from digester.outputs._lines import Block, Line, Ref, Refs, Said, blocks, safe, said
from digester.outputs._words import label, words

_AUTHORS_SHOWN = 3
_WORD = re.compile(r"\w+")
_ORDER = get_args(EvidenceLevel)


@dataclass(frozen=True, slots=True)
class Figure:
    metric: str
    value: str
    scope: str
    evidence: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of one evidence level; the level is named once and always."""

    evidence: str
    level: str
    items: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Anchor:
    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Field:
    """A line of a card: its sign ("" where signs are turned off), its name, what stands there, where it leads, and what
    stands behind a bar."""

    sign: str
    name: str
    said: Said
    url: str = ""
    more: str = ""


@dataclass(frozen=True, slots=True)
class PickView:
    ref: Ref
    rating: int
    stars: str
    headline: Said
    title: Said
    url: str
    organisations: tuple[str, ...]
    authors: str
    blocks: tuple[Block, ...]
    lines: tuple[Line, ...]
    figures: tuple[Figures, ...]
    links: tuple[Anchor, ...]
    rated: str
    reason: Said
    source: str
    origin: str
    level: str
    ident: str
    day: str
    date: date | None
    late: bool
    development: str
    name: str
    role: str
    topic: str
    repository: str
    code_language: str
    stars_total: str
    stars_today: str
    guest: str
    duration: str
    keywords: str = ""
    fields: tuple[Field, ...] = ()


def carded(pick: Pick, view: PickView, language: str, refs: Refs, signed: bool) -> PickView:
    """The pick as a card with a line a field: address with version, who, rating, why to read it and why it is rated so.
    The first sentence is the reason to read; the others stay below."""
    w = words(language)
    first = next((one for block in view.blocks for one in block.lines), None)
    kind, names = _from(pick, language, refs, signed)
    made = (
        ("\U0001f517", "fd_original", Said(original(pick)), original(pick), ""),
        ("\U0001f3f7\ufe0f", "fd_source", Said(kind), "", names),
        ("\u2b50", "fd_rating", Said(f"{view.stars}{w['open']}{view.rating}/5{w['close']}" if view.rating else ""), "", ""),
        ("\U0001f3af", "fd_why", Said(first.text, first.lang) if first else Said(""), first.source if first else "", ""),
        ("\U0001f4ca", "fd_rated", _reason(pick, view, language), "", ""),
    )  # fmt: skip
    fields = tuple(
        Field(f"{sign} " if signed else "", w[name], told, url, more)
        for sign, name, told, url, more in made
        if told.text
    )
    return replace(view, fields=fields, blocks=_without_first(view.blocks))


def original(pick: Pick) -> str:
    """The address of the version that was read: abs/2606.12345v2."""
    url, version = safe(pick.url), pick.facts.get("version", "")
    _, _, number = pick.work.partition(":")
    return f"{url}v{version}" if version.isdigit() and number and url.endswith(f"/{number}") else url


def _from(pick: Pick, language: str, refs: Refs, signed: bool) -> tuple[str, str]:
    """`🏭 Industry` and `Kuaishou`, `🎓 Academia` and `Fudan University`, names alone where the first of them is of a kind
    that no source states, or that nothing states any. The record has those of unknown kind before universities: a paper
    of a house that nobody knows here, with a university beside it, is no paper of academia."""
    w = words(language)
    kinds = [o.kind for o in pick.organisations]
    if "industry" not in kinds and kinds[:1] == ["unknown"]:
        return w["comma"].join(organisations(pick, language, refs)), ""
    for kind, sign in (("industry", "\U0001f3ed"), ("academia", "\U0001f393")):
        names = dict.fromkeys(refs.term(o.name, language) for o in pick.organisations if o.kind == kind)
        if names:
            return f"{f'{sign} ' if signed else ''}{w[f'fd_{kind}']}", w["comma"].join(names)
    return w["unnamed"], ""


def _reason(pick: Pick, view: PickView, language: str) -> Said:
    """Why it is rated so, and that only the abstract was read where that is so."""
    where = _level(pick, language) if pick.level == "abstract" else ""
    text = view.reason.text
    if where and text:
        w = words(language)
        text = f"{text}{w['open']}{w['fd_from_abstract']}{w['close']}"
    return Said(text, view.reason.lang)


def _without_first(told: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks without their first line."""
    if not told:
        return ()
    rest = replace(told[0], lines=told[0].lines[1:])
    return (*([rest] if rest.lines else []), *told[1:])


def pick_view(pick: Pick, ref: Ref, language: str, refs: Refs) -> PickView:
    headline, title = _named(pick, language)
    when = pick.announced_at or (pick.published_at.date() if pick.published_at else None)
    told = blocks(pick.sentences, language, refs, pick)
    return PickView(
        ref=ref, rating=pick.rating, stars=fmt.stars(pick.rating), headline=headline,
        title=title, url=ref.url,
        organisations=organisations(pick, language, refs),
        authors=authors(pick.authors, language), lines=tuple(one for block in told for one in block.lines),
        blocks=told, figures=figures(untold(pick), language, refs),
        links=_links(pick, ref.url), rated=_rated(pick, language), reason=said(pick.reason, language), source=_source(pick, language),
        level=_level(pick, language),
        origin=_origin(pick, language), ident=ident(pick.work),
        day=fmt.day(when, language) if when else "", date=when, late=pick.late, development=_development(pick, language),
        name=_person(pick, language),
        role=fact(pick, "role", language), topic=fact(pick, "topic", language),
        repository=fact(pick, "repository", language) or pick.title,
        code_language=fact(pick, "language", language),
        stars_total=_signal(pick, "stars"), stars_today=_signal(pick, "stars_daily"),
        guest=fact(pick, "guest", language), duration=fact(pick, "duration", language), keywords=fact(pick, "keywords", language),
    )  # fmt: skip


def _named(pick: Pick, language: str) -> tuple[Said, Said]:
    """The headline, and the source's own title unless the headline says all of it."""
    headline = said(pick.headline, language)
    title = Said(pick.title, "" if pick.language == language else pick.language)
    told, own = fold(headline.text), fold(pick.title)
    if told in ("", own):
        return title, Said("")  # the source's words in the source's language
    return headline, Said("") if _bare(own) in _bare(told) else title


def _bare(folded: str) -> str:
    """Its words alone, for comparison."""
    return " ".join(["", *_WORD.findall(folded), ""])


def _development(pick: Pick, language: str) -> str:
    """`Told in ai-daily/2026-06-19; since then: new figures`, for a story that comes back."""
    return words(language)["development"].format(pick.told, label("dv", pick.new, language)) if pick.told else ""


def _rated(pick: Pick, language: str) -> str:
    """`Rated 4`, and that the full text was not read, which readers must know. Rating 0 is none."""
    abstract = pick.kind == "paper" and pick.level == "abstract"
    if not pick.rating or not (pick.reason or abstract):
        return ""
    return words(language)["rated_abstract" if abstract else "rated"].format(pick.rating)


def organisations(pick: Pick, language: str, refs: Refs) -> tuple[str, ...]:
    return tuple(dict.fromkeys(refs.term(o.name, language) for o in pick.organisations))


def _links(pick: Pick, own: str) -> tuple[Anchor, ...]:
    """The other addresses of the story, each once and without the headline's own."""
    found: dict[str, Anchor] = {}
    for link in pick.links:
        url = safe(link.url)
        if url and url != own:
            found.setdefault(url, Anchor(link.text or host_of(url), url))
    return tuple(found.values())


def fact(pick: Pick, key: str, language: str) -> str:
    return pick.facts.get(f"{key}.{language}") or pick.facts.get(key, "")


def _source(pick: Pick, language: str) -> str:
    """Its name, and for an article in another language in which one, where the page's readers need to be told."""
    foreign = pick.kind == "article" and pick.language == "zh"
    return words(language)["in_chinese"].format(pick.source) if foreign else pick.source


def _person(pick: Pick, language: str) -> str:
    return fact(pick, "person", language) or next(iter(pick.authors), pick.source)


def _origin(pick: Pick, language: str) -> str:
    """What a post's link is called: its source, or the host where the source is the person."""
    same = fold(pick.source) == fold(_person(pick, language))
    return host_of(pick.url) if same or not pick.source else pick.source


def _level(pick: Pick, language: str) -> str:
    """Only papers have abstracts; of other things the feed gave a text."""
    level = "feed" if pick.level == "abstract" and pick.kind != "paper" else pick.level
    return label("lv", level, language)


def _signal(pick: Pick, key: str) -> str:
    """A count from the signals, else as the page printed it in the facts."""
    return fmt.count(pick.signals[key]) if key in pick.signals else pick.facts.get(key, "")


def authors(names: tuple[str, ...], language: str) -> str:
    if len(names) <= _AUTHORS_SHOWN:
        return ", ".join(names)
    return f"{', '.join(names[:_AUTHORS_SHOWN])} {words(language)['authors_more']}"


def untold(pick: Pick) -> list[Claim]:
    """The figures of a pick that its own lines do not say: the list adds, it does not repeat."""
    told = " ".join(s.text.get("en", "") for s in pick.sentences if s.rule.startswith("composed:")).casefold()
    return [c for c in pick.claims if f"{c.metric} ".casefold() not in told or f"{c.sign}{c.value}" not in told]


def figures(claims: Iterable[Claim], language: str, refs: Refs) -> tuple[Figures, ...]:
    """Claims by evidence level, the strongest first, in the record's order within one."""
    ordered = sorted(claims, key=lambda c: _ORDER.index(c.evidence))
    return tuple(
        Figures(label("ev", level, language), level, tuple(figure(c, language, refs) for c in group))
        for level, group in groupby(ordered, lambda c: c.evidence)
    )


def figure(claim: Claim, language: str, refs: Refs) -> Figure:
    return Figure(
        refs.term(claim.metric, language), fmt.figure(claim, language), refs.term(claim.scope or "", language), label("ev", claim.evidence, language),
        fragments.of(claim.supports, refs.places),
    )  # fmt: skip
