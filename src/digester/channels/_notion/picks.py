"""One pick of an issue as blocks, by the layout of its section: card, card with fields, brief, post, episode."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import get_args

from digester.channels._notion.blocks import Block, bullets, heading, paragraph, table
from digester.channels._notion.reader import Reader, joined
from digester.channels._notion.rich import Cell, Piece, address, plain, told
from digester.channels._notion.words import label
from digester.domain.issue import Pick
from digester.domain.model import Claim, EvidenceLevel
from digester.domain.text import fold
from digester.domain.urls import host_of
from digester.domain.words import figure, ident

TITLE = 400  # code points of a headline or title
CELL = 300  # of a table's cell
_ORDER = get_args(EvidenceLevel)
_AUTHORS = 3


# ---------------------------------------------------------------------- cards
def card(pick: Pick, number: int, r: Reader, fields: bool = False, signed: bool = False) -> list[Block]:
    """Headline, who, what is said, the figures by evidence, why it is rated so, and where it comes from."""
    made = _headed(pick, number, r)
    sentences = pick.sentences
    if fields:
        made += _fields(pick, r, signed)
        sentences = pick.sentences[1:]
    else:
        made += paragraph(joined([stars(pick.rating), names(pick, r), r.words["late"] if pick.late else ""]))
    if keywords := fact(pick, "keywords", r):
        made += r.pair("keywords", told(keywords))
    made += r.prose(sentences, pick, f"{pick.source} · {_level(pick, r)}")
    made += figures(pick.claims, r)
    if not fields:
        made += _rated(pick, r)
    made += paragraph(
        joined([_authors(pick, r), "" if fields else pick.source, ident(pick.work), day(pick), _development(pick, r)])
    )
    return [*made, *_links(pick, r)]


def _headed(pick: Pick, number: int, r: Reader) -> list[Block]:
    """`3. Headline`, linked, and the source's own title where the headline does not say it."""
    title = headline(pick, r)
    made = heading(3, [*plain(f"{number}. "), *told(title, pick.url, TITLE)])
    if fold(pick.title) not in fold(title):
        made += paragraph(told(pick.title, limit=TITLE, italic=True))
    return made


def _fields(pick: Pick, r: Reader, signed: bool) -> list[Block]:
    """A line a field: address with version, who, rating, why to read it, why it is rated so."""
    reason = r.said(pick.reason)
    if reason and pick.level == "abstract":
        reason = f"{reason}{r.words['open']}{r.words['from_abstract']}{r.words['close']}"
    url = _original(pick)
    made: list[Block] = []
    for sign, name, pieces in (
        ("\U0001f517", "fd_original", told(url, url) if url else []),
        ("\U0001f3f7\ufe0f", "fd_source", told(_from(pick, r, signed))),
        ("\u2b50", "fd_rating", told(stars(pick.rating))),
        ("\U0001f3af", "fd_why", r.line(pick.sentences[0], pick) if pick.sentences else []),
        ("\U0001f4ca", "fd_rated", told(reason)),
    ):
        if pieces:
            shown = f"{sign} " if signed else ""
            made += bullets([*plain(f"{shown}{r.words[name]}{r.words['colon']}", bold=True), *pieces])
    return made


def _from(pick: Pick, r: Reader, signed: bool) -> str:
    """`Industry | Some house`, or that nothing states it."""
    for kind, sign in (("industry", "\U0001f3ed "), ("academia", "\U0001f393 ")):
        known = dict.fromkeys(r.term(o.name) for o in pick.organisations if o.kind == kind)
        if known:
            return f"{sign if signed else ''}{r.words[f'fd_{kind}']} | {r.words['comma'].join(known)}"
    return r.words["unnamed"]


def _original(pick: Pick) -> str:
    """The address of the version that was read."""
    url, version = address(pick.url), pick.facts.get("version", "")
    _, _, number = pick.work.partition(":")
    return f"{url}v{version}" if version.isdigit() and number and url.endswith(f"/{number}") else url


# -------------------------------------------------------------------- figures
def figures(claims: Iterable[Claim], r: Reader) -> list[Block]:
    """Figures under the level of evidence, which is named once and always; the strongest first."""
    made: list[Block] = []
    ordered = sorted(claims, key=lambda c: _ORDER.index(c.evidence) if c.evidence in _ORDER else len(_ORDER))
    for level, group in groupby(ordered, lambda c: c.evidence):
        inner = [b for c in group for b in bullets(_figure(c, r))]
        made += bullets(told(label("ev", level, r.language), bold=True), inner)
    return made


def _figure(claim: Claim, r: Reader) -> list[Piece]:
    scope = f"{r.words['open']}{r.term(claim.scope)}{r.words['close']}" if claim.scope else ""
    return [*told(f"{r.term(claim.metric)} {amount(claim, r)}{scope}", limit=TITLE), *r.passage(claim.supports)]


def amount(claim: Claim, r: Reader) -> str:
    return figure(claim.sign, claim.value, claim.unit, claim.hedge, r.language)


# ------------------------------------------------------- the shorter layouts
def brief(pick: Pick, r: Reader) -> list[Block]:
    more = joined([pick.source, day(pick), fact(pick, "keywords", r), _development(pick, r)])
    said = r.lines(pick.sentences, pick)
    front = plain(f"{'★' * max(0, min(5, pick.rating))} ") if pick.rating > 0 else []
    line = [*front, *told(headline(pick, r), pick.url, TITLE), *plain(" ("), *more, *plain(")")]
    return bullets([*line, *(plain(r.words["colon"]) if said else ()), *said], _flat(pick, r))


def _flat(pick: Pick, r: Reader) -> list[Block]:
    """Figures one level down, each with its evidence: a brief has no further level."""
    return [
        b for c in pick.claims
        for b in bullets([*told(f"{label('ev', c.evidence, r.language)}{r.words['colon']}"), *_figure(c, r)])
    ]  # fmt: skip


def posts(picks: Sequence[Pick], r: Reader) -> list[Block]:
    """Posts by topic, topics in order of first appearance, those without one last."""
    known: dict[str, list[Pick]] = {}
    for pick in picks:
        known.setdefault(fact(pick, "topic", r), []).append(pick)
    made: list[Block] = []
    for topic in sorted(known, key=lambda topic: topic == ""):
        if set(known) != {""}:
            made += heading(3, told(topic or r.words["no_topic"], limit=TITLE))
        made += [b for p in known[topic] for b in _post(p, r)]
    return made


def _post(pick: Pick, r: Reader) -> list[Block]:
    name = fact(pick, "person", r) or next(iter(pick.authors), pick.source)
    role = fact(pick, "role", r)
    origin = pick.source if pick.source and fold(pick.source) != fold(name) else host_of(pick.url)
    who = [*told(name, bold=True), *_spaced(f"({role})" if role else ""), *plain(r.words["colon"])]
    return bullets([*who, *r.lines(pick.sentences, pick), *plain(" "), *told(origin, pick.url)])


def episode(pick: Pick, number: int, r: Reader) -> list[Block]:
    w = r.words
    named = [f"{w[k]}{w['colon']}{value}" if (value := fact(pick, k, r)) else "" for k in ("guest", "duration")]
    made = [*heading(3, [*plain(f"{number}. "), *told(headline(pick, r), pick.url, TITLE)])]
    return [
        *made,
        *paragraph(joined([pick.source, *named])),
        *(b for s in pick.sentences for b in bullets(r.line(s, pick))),
    ]


def trending(picks: Sequence[Pick], r: Reader) -> list[Block]:
    """Repositories as a table."""
    w = r.words
    header = [w["repository"], w["language"], w["stars"], w["today"], w["what"]]
    return table(header, [_repository(pick, r) for pick in picks])


def _repository(pick: Pick, r: Reader) -> list[Cell]:
    name = fact(pick, "repository", r) or pick.title
    said = " ".join(text for s in pick.sentences if (text := r.said(s.text)))
    told_ = [*told(said, limit=CELL), *_spaced(_development(pick, r))]
    return [told(name, pick.url, CELL), told(fact(pick, "language", r), limit=CELL),
            told(_signal(pick, "stars"), limit=CELL), told(_signal(pick, "stars_daily"), limit=CELL), told_]  # fmt: skip


# ---------------------------------------------------------------------- parts
def _spaced(text: str) -> list[Piece]:
    """A value behind another one."""
    return [*plain(" "), *told(text, limit=TITLE)] if text else []


def headline(pick: Pick, r: Reader) -> str:
    return r.said(pick.headline) or pick.title


def names(pick: Pick, r: Reader) -> str:
    return r.words["comma"].join(dict.fromkeys(r.term(o.name) for o in pick.organisations))


def stars(rating: int) -> str:
    """`★★★★☆ 4/5`; a rating of 0 is none."""
    full = max(0, min(5, rating))
    return f"{'★' * full}{'☆' * (5 - full)} {rating}/5" if rating else ""


def fact(pick: Pick, key: str, r: Reader) -> str:
    return pick.facts.get(f"{key}.{r.language}") or pick.facts.get(key, "")


def day(pick: Pick) -> str:
    when = pick.announced_at or (pick.published_at.date() if pick.published_at else None)
    return when.isoformat() if when else ""


def _rated(pick: Pick, r: Reader) -> list[Block]:
    """`Rated 4: ...`, and that only the abstract was read where that is so."""
    abstract = pick.kind == "paper" and pick.level == "abstract"
    if not pick.rating or not (pick.reason or abstract):
        return []
    text = r.words["rated_abstract" if abstract else "rated"].format(pick.rating)
    reason = r.said(pick.reason)
    return paragraph(told(f"{text}{r.words['colon']}{reason}" if reason else text))


def _authors(pick: Pick, r: Reader) -> str:
    some = ", ".join(pick.authors[:_AUTHORS])
    return f"{some} {r.words['authors_more']}" if len(pick.authors) > _AUTHORS else some


def _development(pick: Pick, r: Reader) -> str:
    return r.words["development"].format(pick.told, label("dv", pick.new, r.language)) if pick.told else ""


def _links(pick: Pick, r: Reader) -> list[Block]:
    """The other addresses of the story, each once and without the headline's own."""
    found: dict[str, str] = {}
    for link in pick.links:
        url = address(link.url)
        if url and url != address(pick.url):
            found.setdefault(url, link.text or host_of(url))
    pieces: list[Piece] = []
    for url, text in found.items():
        pieces += [*(plain(" · ") if pieces else ()), *told(text, url, TITLE)]
    return r.pair("links", pieces)


def _level(pick: Pick, r: Reader) -> str:
    """Only papers have abstracts; of other things the feed gave a text."""
    return label("lv", "feed" if pick.level == "abstract" and pick.kind != "paper" else pick.level, r.language)


def _signal(pick: Pick, key: str) -> str:
    return f"{int(pick.signals[key]):,}" if key in pick.signals else pick.facts.get(key, "")
