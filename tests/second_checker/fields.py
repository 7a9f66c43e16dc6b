"""Rules over cards and tables: headline, stars, figures, authors, dates, repositories, episodes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from tests.second_checker import prose
from tests.second_checker.case import ONLINE, Case, folded
from tests.second_checker.counts import days_in, judged
from tests.second_checker.numerals import alike, direction, numerals
from tests.second_checker.organisations import organisation, span_of
from tests.second_checker.printed import LEVELS, Statement

from digester.domain.issue import Pick
from digester.domain.model import Claim


# -------------------------------------------------------------------- figures
def shown(claim: Claim) -> str:
    return re.sub(r"\s", "", f"{claim.sign}{claim.value}{claim.unit}")


def claim_holds(case: Case, s: Statement, pick: Pick, claim: Claim) -> None:
    """The value, its unit and direction stand in a support's span, together with a word of the metric."""
    for x in claim.supports:
        span = alike(span_of(case, pick, x.passage_id, x.start, x.end))
        # the heading of a table may stand right before the span's sentence
        value = numerals(alike(f"{claim.sign}{claim.value} {claim.unit}"))
        for q in numerals(span):
            same = value and q.value == value[0].value and (not value[0].units or value[0].units & (q.units | {""}))
            words = re.findall(r"[a-z]{2,}|[\u3400-\u9fff]{2,}", claim.metric.lower())
            if same and direction(span, q) in (claim.sign, "") and any(w[:5] in span.lower() for w in words):
                return
    case.report("claim", s, f"{claim.metric} {claim.sign}{claim.value}{claim.unit} does not stand in its support")


def figures(case: Case, s: Statement, pick: Pick) -> None:
    """A line of a card: exactly the record's claims of that evidence level that its sentences do not say, in order, each
    held in its support."""
    label, _, rest = s.text.partition(": ")
    level = LEVELS.get(label, "")
    said = " ".join(x.text["en"] for x in pick.sentences if x.kind == "report")
    claims = [c for c in pick.claims if c.evidence == level and not (
        folded(c.metric) in folded(said) and f"{c.sign}{c.value}" in said)]  # fmt: skip
    if not claims:
        case.report("figures", s, f"the record has no figure with evidence {label!r}")
    wanted = ", ".join(_written(c) for c in claims)
    if rest.rstrip(".") != wanted:
        case.report("figures", s, f"the record's figures are: {wanted}")
    for claim in claims:
        claim_holds(case, s, pick, claim)
    if level == "online_ab":
        _online(case, s, pick, claims)


def _online(case: Case, s: Statement, pick: Pick, claims: list[Claim]) -> None:
    prose.speaks(case, s, pick.lead_item_id, "online A/B", ONLINE)
    for c in claims:
        prose.not_offline(case, s, pick.lead_item_id, f"{c.value} {c.unit}", c.metric)


def _written(c: Claim) -> str:
    return f"{c.metric} {_value(c)}" + (f" ({c.scope})" if c.scope else "")


def _value(c: Claim) -> str:
    unit = c.unit if c.unit in ("%", "x", "") else f" {c.unit}"
    value = f"{c.sign}{c.value}{unit}"
    if not c.hedge:
        return value
    return f"{value}, {c.hedge}" if c.hedge == "not significant" else f"{c.hedge} {value}"


def online(case: Case) -> None:
    """The A/B table: its rows are the record's claims from live traffic, no more and no less."""
    rows, wanted = case.page.of("online"), []
    for number, pick in enumerate(case.evidence.picks, 1):
        for c in pick.claims:
            if c.evidence in ("online_ab", "deployed"):
                level = next(k for k, v in LEVELS.items() if v == c.evidence)
                wanted.append((number, folded(c.metric), _value(c), c.scope or "", level))
    told = [(s.cites[0] if s.cites else 0, folded(s.cells[2]), s.cells[3], s.cells[4], s.cells[5]) for s in rows]
    for row in set(told) ^ set(wanted):
        case.report("online", str(row), "is in the table alone" if row in told else "is in the record alone")
    if len(told) != len(wanted):
        case.report("online", "Online results", f"{len(told)} rows, {len(wanted)} figures")
    for s in rows:
        pick = case.evidence.pick(s.cites[0]) if s.cites else None
        if pick is None:
            case.report("online", s, "belongs to no paper")
            continue
        _online_row(case, s, pick)


def _online_row(case: Case, s: Statement, pick: Pick) -> None:
    card = [x.text for x in case.page.of("organisation") if x.number == s.cites[0]]
    if s.cells[0] != (", ".join(card) or "not stated"):
        case.report("online", s, f"the card names {card}")
    for name in card:
        organisation(case, s, name, pick)
    if alike(s.cells[1]).lower() not in case.evidence.words(pick.lead_item_id).lower():
        case.report("online", s, "the system's name stands in no passage of the paper")
    for c in pick.claims:
        if folded(c.metric) == folded(s.cells[2]) and _value(c) == s.cells[3]:
            claim_holds(case, s, pick, c)
            if c.evidence == "online_ab":
                _online(case, s, pick, [c])


def row(case: Case, s: Statement) -> None:
    """A line of the complete table against the database and the paper's card."""
    rating, title, organisations, level, section, when = s.cells
    m = re.search(r"^(.*) arXiv:(\S+)$", title)
    pick = next((p for p in case.evidence.picks if m and p.work == f"arxiv:{m[2]}"), None)
    if not m or pick is None:
        case.report("row", s, "is no paper of this issue")
        return
    item = case.evidence.items[pick.lead_item_id]
    number = case.evidence.picks.index(pick) + 1
    stars = next((x.text.count("★") for x in case.page.of("stars") if x.number == number), 0)
    card = [x.text for x in case.page.of("organisation") if x.number == number]
    heading = next((x.section for x in case.page.of("headline") if x.number == number), "")
    wanted = (str(stars), folded(item["entry"]["title"]), ", ".join(card), heading, item["entry"]["announced_at"])
    if (rating, folded(m[1]), organisations, section, when) != wanted:
        case.report("row", s, f"the card and the database say {wanted}")
    if not s.links or s.links[0][1].partition("#")[0] != item["entry"]["url"]:
        case.report("link", s, f"the paper is at {item['entry']['url']}")
    for name in filter(None, organisations.split(", ")):
        if name not in card:
            organisation(case, s, name, pick)
    if level == "online A/B":
        prose.speaks(case, s, pick.lead_item_id, level, ONLINE)
    if level == "deployed":
        prose.speaks(case, s, pick.lead_item_id, level, prose.DEPLOYED)
    _level(case, s, pick, LEVELS.get(level, level))


def _level(case: Case, s: Statement, pick: Pick, level: str) -> None:
    """The strongest evidence among its figures, else what its rating rests on."""
    order = list(LEVELS.values())
    held = sorted((c.evidence for c in pick.claims), key=order.index)
    strongest = held[0] if held else pick.facts.get("evidence", "offline")
    if level != strongest:
        case.report("row", s, f"the paper's evidence is {strongest}")


# ----------------------------------------------------------------------- cards
def headline(case: Case, s: Statement, pick: Pick) -> None:
    """Its words are those of the title, after organisation and system; its link leads to the item."""
    item = case.evidence.items[pick.lead_item_id]
    if [u.partition("#")[0] for _, u in s.links] != [item["entry"]["url"]]:
        case.report("link", s, f"the item is at {item['entry']['url']}")
    text = alike(s.text)
    for o in pick.organisations:  # `Kestrelo's SIDLoom: ...`, or `... (Kestrelo)` behind a title
        for lead, tail in ((f"{alike(o.name)}'s ", ""), ("", f" ({alike(o.name)})")):
            if text.startswith(lead) and text.endswith(tail) and lead + tail:
                organisation(case, s, alike(o.name), pick)
                text = text[len(lead) : len(text) - len(tail)]
        text = text.replace(f", {alike(o.name)})", ")")
    head, colon, rest = text.partition(": ")
    if colon and any(head == alike(o.name) for o in pick.organisations):
        organisation(case, s, head, pick)
        text = rest
    words = re.findall(r"\w+", folded(case.evidence.title(pick.lead_item_id)))
    system, comma, rest = text.partition(", ")
    if comma and folded(system) in folded(case.evidence.words(pick.lead_item_id)) and " " not in system:
        text = rest  # the system's name, which the paper uses and its title may not
    behind = re.fullmatch(r"(.*) \((\S+)\)", text)
    if behind and folded(behind[2]) in folded(case.evidence.words(pick.lead_item_id)):
        text = behind[1]
    strange = [w for w in re.findall(r"\w+", folded(text)) if w not in words]
    if strange:
        case.report("headline", s, f"{strange} do not stand in the title")
    held = numerals(case.evidence.title(pick.lead_item_id))
    for n in numerals(text):
        if not n.named and not any((q.value, q.sign, q.units) == (n.value, n.sign, n.units) for q in held):
            case.report("headline", s, f"the title does not say {n.sign}{n.value}")


def original(case: Case, s: Statement, pick: Pick) -> None:
    if folded(s.text) != folded(case.evidence.title(pick.lead_item_id)):
        case.report("headline", s, "is not the title")


def stars(case: Case, s: Statement, pick: Pick) -> None:
    """The rating is the stored one; a 5 may be printed as 4 when the reason says so."""
    told = s.text.count("★")
    if s.text.count("☆") != 5 - told or (s.text.endswith("/5") and s.text[-3:] != f"{told}/5"):
        case.report("stars", s, "stars and number differ")
    stored = judged(case.evidence).get(pick.work) or judged(case.evidence).get(f"item:{pick.lead_item_id}")
    kept = stored is not None and stored["rating"] == told
    few = stored is not None and stored["rating"] == 5 and told == 4 and "a 5 by its evidence" in pick.reason["en"]
    if not kept and not few:
        case.report("stars", s, f"the stored rating is {stored['rating'] if stored else 'none'}")


def badge(case: Case, s: Statement, pick: Pick) -> None:
    shown_stars = [x.text.count("★") for x in case.page.of("stars") if x.number == s.number]
    if [int(n) for n in re.findall(r"\d", s.text)] != [*shown_stars[:1], 5]:
        case.report("stars", s, "says another rating than the stars")


def reason(case: Case, s: Statement, pick: Pick) -> None:
    """`Rated 4 from the abstract: ...`: the rating, the level, and figures and names of the item."""
    head, _, rest = s.text.partition(": ")
    m = re.fullmatch(r"Rated (\d)( from the abstract)?", head)
    shown_stars = [x.text.count("★") for x in case.page.of("stars") if x.number == s.number]
    if not m or [int(m[1])] != shown_stars:
        case.report("reason", s, "does not name the rating of the card")
    elif pick.kind == "paper" and bool(m[2]) == any(
        p.level == "full_text" for p in case.evidence.read(pick.lead_item_id)
    ):
        case.report("reason", s, "what was read is not what it says")
    rest = rest.replace("a 5 by its evidence", "")
    if "by its evidence" in rest:
        case.report("reason", s, "only a 5 is lowered")
    prose.numbers(case, s, rest)
    prose.evidence(case, s)
    for m in re.finditer(r"\b(?:at|in production at) ([A-Z][\w.&' -]*?)(?= with|;|,|$)", rest):
        organisation(case, s, m[1], pick)


def meta(case: Case, s: Statement, pick: Pick) -> None:
    """Authors, source, identifier and day are the database's."""
    item = case.evidence.items[pick.lead_item_id]
    entry = item["entry"]
    names = [alike(a) for a in entry["authors"]]
    short = f"{', '.join(names[:3])} et al." if len(names) > 3 else ", ".join(names)
    known = {short, alike(case.evidence.source(item)), *in_chinese(case, item)}
    for part in map(alike, s.text.split(" · ")):
        when = days_in(part)
        if when:
            stored = entry["announced_at"] or (entry["published_at"] or "")[:10]
            if when != [stored]:
                case.report("date", s, f"the database has {stored}")
        elif part.startswith("arXiv:"):
            if f"arxiv:{part[6:]}" != item["work"]:
                case.report("meta", s, f"the work is {item['work']}")
        elif m := re.fullmatch(r"Told in (\S+); since then: .+", part):
            if not case.evidence.told(m[1], pick):
                case.report("meta", s, f"{m[1]} did not print this story")
        elif part not in known:
            case.report("meta", s, f"{part!r} is neither the authors nor the source of the item")


def in_chinese(case: Case, item: Mapping[str, Any]) -> list[str]:
    """What an English page calls the source of an article in Chinese, beside its name."""
    entry = item["entry"]
    foreign = entry["kind"] == "article" and entry["language"] == "zh"
    return [alike(f"{case.evidence.source(item)} (in Chinese)")] if foreign else []


def source(case: Case, s: Statement, pick: Pick) -> None:
    """`arXiv · full text` under a quotation."""
    name, _, level = s.text.rpartition(" · ")
    levels = {p.level for p in case.evidence.read(pick.lead_item_id)}
    needs = {"full text": "full_text", "abstract": "abstract", "feed text": "abstract", "transcript": "transcript"}
    item = case.evidence.items[pick.lead_item_id]
    if name not in (case.evidence.source(item), *in_chinese(case, item)) or needs.get(level, level) not in levels:
        case.report("source", s, f"the item was read as {sorted(levels)}")


# ------------------------------------------------- people, repositories, shows
def person(case: Case, s: Statement, pick: Pick) -> None:
    wanted = case.evidence.person(case.evidence.items[pick.lead_item_id])
    if (s.text, s.cells[0]) != wanted:
        case.report("person", s, f"the source says {wanted}")


def repository(case: Case, s: Statement, pick: Pick) -> None:
    name, language, *counts = s.cells
    item = case.evidence.items[pick.lead_item_id]
    sighted = [x["signals"] for x in case.evidence.sightings if x["item_id"] == pick.lead_item_id]
    told = tuple(int(n.replace(",", "")) for n in counts)
    if told not in [(int(x["stars"]), int(x["stars_daily"])) for x in sighted]:
        case.report("repository", s, "no sighting has these stars")
    if name != item["entry"]["title"] or [language] != item["entry"]["categories"][:1]:
        case.report("repository", s, "another name or language is stored")
    if [u for _, u in s.links] != [item["entry"]["url"]]:
        case.report("link", s, f"the repository is at {item['entry']['url']}")


def episode(case: Case, s: Statement, pick: Pick) -> None:
    entry = case.evidence.items[pick.lead_item_id]["entry"]
    known = {case.evidence.source(case.evidence.items[pick.lead_item_id])}
    known |= {f"Duration: {e['duration']}" for e in entry["enclosures"]} | {f"Guest: {', '.join(entry['guests'][:4])}"}
    for part in s.text.split(" · "):
        if part not in known:
            case.report("episode", s, f"{part!r} is not stored")


def moment(case: Case, s: Statement, pick: Pick) -> None:
    """What was said stands in the part of the transcript that begins at the printed time."""
    work = case.evidence.items[pick.lead_item_id]
    text = case.evidence.full_texts.get(f"item:{work['id']}") or case.evidence.full_texts.get(work["work"]) or {}
    parts = [x["text"] for x in text.get("sections", []) if x["heading"] == s.cells[0]]
    for part in prose.quoted(s.text):
        if not any(prose.verbatim(part, alike(x)) for x in parts):
            case.report("moment", s, f"{part[:60]!r} was not said at {s.cells[0]}")
