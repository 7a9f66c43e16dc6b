"""Composed sentences about one story: its line, its quotations, what the figures are and where they hold."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Literal

from digester.analysis import roles
from digester.analysis.rating import figure_text
from digester.analysis.tokens import sentences, terms
from digester.domain.ids import digest
from digester.domain.issue import Sentence, SentenceKind
from digester.domain.model import Claim, Quotation, Support
from digester.domain.text import one_line
from digester.editors.patterns import Patterns, listed
from digester.ports import Brief

LIVE = ("online_ab", "deployed")
LEVELS = {
    "online_ab": "online A/B",
    "deployed": "deployed",
    "offline": "offline",
    "simulated": "simulated",
    "stated": "as stated by its authors",
}
POST_WORDS = 25


def sentence(
    kind: SentenceKind,
    text: str,
    cites: Sequence[str],
    supports: Sequence[Support] = (),
    rule: str = "",
    inputs: Mapping[str, object] | None = None,
) -> Sentence:
    text = text.strip()
    return Sentence(
        digest(kind, text, *cites, size=6), kind, {"en": text}, tuple(dict.fromkeys(cites)), tuple(supports), rule,
        {k: str(v) for k, v in sorted((inputs or {}).items())},
    )  # fmt: skip


def quote(q: Quotation, item_id: str, language: str = "en") -> Sentence:
    """A verbatim sentence; only its first letter may become a capital after an opener was cut."""
    text = roles.printed(q.text)
    return Sentence(
        digest("quote", text, item_id, size=6),
        "quote",
        {language: text, "en": text},
        (item_id,),
        (q.support,),
        "verbatim",
        {"role": q.role},
    )


def short(brief: Brief) -> str:
    """How a story is called inside a sentence: its system, or its title cut at a word."""
    if brief.reading.system:
        return brief.reading.system
    title = brief.item.entry.title
    for rx in (r"[:?]| -- | \u2013 | \u2014 ", r" (?:via|through|with|by|using|for) "):
        head = re.split(rx, title)[0].strip()
        if 2 <= len(head.split()) <= 8 and len(head) <= 70:
            return head
    return one_line(title, 60)


def organisation(brief: Brief) -> str:
    return next((o.name for o in brief.reading.organisations if o.kind == "industry"), "")


def at(brief: Brief) -> str:
    """` (Org)` when a company is named and the system's name does not hold it already."""
    org = organisation(brief)
    return f" ({org})" if org and org.lower() not in short(brief).lower() else ""


def live_claims(brief: Brief) -> list[Claim]:
    """Signed figures from live traffic, business metrics as the text orders them; offline ones never."""
    seen: set[tuple[str, str, str]] = set()
    found = []
    for c in brief.reading.claims:
        key = (c.value, c.unit, c.sign)
        if c.evidence in LIVE and c.sign and key not in seen:
            seen.add(key)
            found.append(c)
    return found


def figures(claims: Sequence[Claim], most: int = 2) -> str:
    """At most two figures a sentence, each with metric, sign, hedge and scope."""
    return listed(
        [
            figure_text(c)
            + (f" in {c.scope}" if c.scope and not re.search(r"traffic|users|days?|weeks?|months?", c.scope) else "")
            for c in claims[:most]
        ]
    )


def descriptor(brief: Brief) -> str:
    """What the title says behind the colon, as a phrase; the whole title where it has none."""
    head, colon, tail = brief.item.entry.title.partition(":")
    text = tail.strip() if colon and head.strip() == brief.reading.system else brief.item.entry.title
    return re.sub(r"^(?:An?|The) ", "", text).rstrip(".")


def headline(brief: Brief) -> str:
    """`Baidu: GRAB, LLM-inspired ... paradigm`; a news headline stays as it was written."""
    if brief.item.entry.kind != "paper":
        return brief.item.entry.title
    org, system = organisation(brief), brief.reading.system
    text = f"{system}, {descriptor(brief)}" if system and " " not in system else brief.item.entry.title
    return f"{org}: {text}" if org and not system.startswith(org) else text


def paper(patterns: Patterns, brief: Brief, length: Literal["long", "medium", "line"]) -> tuple[Sentence, ...]:
    """A paper's paragraph: composed line, mechanism, own result; for the best also problem and more figures."""
    parts = [_line(brief)]
    by_role: dict[str, list[Quotation]] = {}
    for q in brief.reading.quotations:
        by_role.setdefault(q.role, []).append(q)
    item = brief.item.id
    if length == "line":
        return (_one_line(brief, by_role) or parts[0],)
    if length == "long" and by_role.get("problem"):
        q = by_role["problem"][0]
        text = patterns.fill("problem", item, system=short(brief), quote=roles.printed(q.text))
        parts.append(sentence("report", text, [item], [q.support], "quoted"))
    parts += [
        quote(q, item)
        for role in ("mechanism", "result")
        for q in by_role.get(role, [])[: 1 if length == "medium" else 2]
    ]
    if length == "long":
        parts += _more_figures(brief)
    return tuple(parts)


def _one_line(brief: Brief, by_role: dict[str, list[Quotation]]) -> Sentence | None:
    """The whole of a paper rated 3: its name, its evidence, and what it does in its own words."""
    candidates = by_role.get("mechanism") or by_role.get("result")
    if not candidates:
        return None
    found = candidates[0]
    text = f"{short(brief)} ({_evidence_words(brief)}): \u201c{roles.printed(found.text)}\u201d"
    return sentence("report", text, [brief.item.id], [found.support], "quoted")


def _line(brief: Brief) -> Sentence:
    """`Org: System; online A/B: CTR +1.24% and GMV +0.87%.` with the evidence named in any case."""
    claims = live_claims(brief)
    best = claims[0].evidence if claims else None
    chosen = [c for c in claims if c.evidence == best]
    org = organisation(brief)
    subject = f"{org}: {short(brief)}" if org and not short(brief).startswith(org) else short(brief)
    supports = [s for c in chosen[:2] for s in c.supports] + [
        o.support for o in brief.reading.organisations if o.name == org
    ]
    if chosen:
        text = f"{subject}; {LEVELS[str(best)]}: {figures(chosen)}{_where(chosen)}."
    else:
        text = f"{subject}; {_evidence_words(brief)}."
    return sentence("report", text, [brief.item.id], supports, "composed:line")


def _where(claims: Sequence[Claim]) -> str:
    scopes = [c.scope for c in claims if c.scope and re.search(r"traffic|users|days?|weeks?|months?", c.scope)]
    return f" ({scopes[0]})" if scopes else ""


def _evidence_words(brief: Brief) -> str:
    features = brief.rating.features
    if "online_test" in features or "deployed" in features:
        word = "tested online" if "online_test" in features else "deployed"
        both = "tested online and deployed" if {"online_test", "deployed"} <= set(features) else word
        return f"{both} by its authors' account, no figure in the text read here"
    if "data_set" in features and brief.rating.rating >= 4:
        return "a data set of industrial size"
    return "offline evidence"


def _more_figures(brief: Brief) -> list[Sentence]:
    """The live figures beyond the first two, two a sentence, at most two sentences."""
    rest = live_claims(brief)[2:6]
    made = []
    for i in range(0, len(rest), 2):
        pair = [c for c in rest[i : i + 2] if c.evidence == rest[i].evidence]
        text = f"Further {LEVELS[pair[0].evidence]} figures: {figures(pair)}{_where(pair)}."
        made.append(
            sentence("report", text, [brief.item.id], [s for c in pair for s in c.supports], "composed:figures")
        )
    return made


# ------------------------------------------------------------------- news
def news(patterns: Patterns, brief: Brief, length: Literal["long", "medium", "line"]) -> tuple[Sentence, ...]:
    """A news story: what happened in the source's words, and who else tells it."""
    item, language = brief.item, brief.item.entry.language or "en"
    quotations = brief.reading.quotations[:2]
    if length != "long":
        quotations = (
            quotations[:1]
            if len(quotations) < 2
            else (min(quotations, key=lambda q: _told_by(item.entry.title, q.text)),)
        )
    parts = [quote(q, item.id, language) for q in quotations]
    if length == "long":
        for name, other, q in brief.others:
            text = patterns.fill("adds", item.id + other, name=name, quote=roles.printed(q.text))
            parts.append(sentence("report", text, [other], [q.support], "quoted"))
    names = list(dict.fromkeys(n for n, _, _ in brief.also if n != brief.source))
    if names and length != "line":
        many = len(names) > 1
        text = patterns.fill(
            "also",
            item.id,
            names=listed(names[:4]),
            also_have="have" if many else "has",
            report_v="report" if many else "reports",
        )
        parts.append(
            sentence(
                "derived",
                text,
                [item.id, *(i for _, i, _ in brief.also)],
                rule="computed:also_covered",
                inputs={"sources": len(names)},
            )
        )
    return tuple(parts)


def _told_by(title: str, text: str) -> float:
    """How much of a sentence its headline says already: the share of its words."""
    words = terms(text)
    return len(set(words) & set(terms(title))) / max(1, len(set(words)))


def post(brief: Brief) -> tuple[Sentence, ...]:
    """A person's post: one sentence or a quotation of at most 25 words, cut at a clause, never inside one."""
    passage = brief.evidence.passages[0]
    for start, end in sentences(passage.text):
        text = passage.text[start:end]
        if 4 <= _length(text) <= POST_WORDS and not text.startswith("http"):
            q = roles.quotation("lead", passage, start, end)
            return (quote(q, brief.item.id, brief.item.entry.language or "en"),)
    return ()


def _length(text: str) -> int:
    """Words; two Han characters count as one."""
    return len(re.findall(r"[A-Za-z0-9$%'’.,-]+", text)) + len(re.findall(r"[\u3400-\u9fff]", text)) // 2


def episode(brief: Brief) -> tuple[Sentence, ...]:
    """Three time-stamped takeaways from the transcript: the sentences with most facts, in order."""
    found: list[tuple[float, int, Quotation, str]] = []
    sections = brief.evidence.full_text.sections if brief.evidence.full_text else ()
    passages = [p for p in brief.evidence.passages if p.level == "transcript"]
    for i, (section, passage) in enumerate(zip(sections, passages, strict=False)):
        short_ones = frozenset(s for s in sentences(passage.text) if _length(passage.text[s[0] : s[1]]) < 8)
        q = roles.pick("lead", [passage], short_ones, floor=0.5)
        if q:
            facts = min(len(re.findall(r"\d+", q.text)), 3)
            found.append((facts + 0.02 * min(len(q.text.split()), 30), i, q, section.heading))
    best = sorted(sorted(found, key=lambda f: (-f[0], f[1]))[:3], key=lambda f: f[1])
    return tuple(_stamped(q, brief, heading) for _, _, q, heading in best)


def _stamped(q: Quotation, brief: Brief, heading: str) -> Sentence:
    made = quote(
        Quotation(q.role, _without_speaker(q.text), _shifted(q)), brief.item.id, brief.item.entry.language or "en"
    )
    return Sentence(made.id, made.kind, made.text, made.cites, made.supports, made.rule, {**made.inputs, "at": heading})


def _without_speaker(text: str) -> str:
    m = re.match(r"[A-Z][\w.' -]{1,40}: ", text)
    return text[m.end() :] if m else text


def _shifted(q: Quotation) -> Support:
    cut = len(q.text) - len(_without_speaker(q.text))
    return Support(q.support.passage_id, q.support.start + cut, q.support.end, q.support.rule)
