"""The second checker: one page, one workspace, all findings.

Written from the specification alone; nothing of the product's judgement is used to judge it. The rules:
`prose` (numbers, quotations, names, words of evidence), `fields` (cards and tables), `counts` (the issue's own counts),
`derived` (counting sentences) and `addresses` (links). Places that print no fact are named in SILENT; a place that no
rule knows is a finding.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

from tests.second_checker import addresses, counts, derived, fields, html, illustrations, markdown, prose, record
from tests.second_checker.case import Case, Finding, folded
from tests.second_checker.evidence import Evidence
from tests.second_checker.numerals import alike
from tests.second_checker.organisations import organisation
from tests.second_checker.printed import Page, Statement

from digester.domain.issue import Pick

SPOKEN = ("takeaway", "thread", "opener", "prose", "quote", "moment", "lead")
READING = ("reading", "watch")
COUNTED = ("title", "front.title", "front.slug", "front.date", "range", "census", "seen", "left_out", "coverage",
           "failed", "batch", "yield", "yield.label", "summary", "record", "notice", "online", "links", "contents")  # fmt: skip
SILENT = ("front.category", "front.lang", "front.tags", "heading", "topic", "method", "note")
OF_A_PICK: dict[str, Callable[[Case, Statement, Pick], None]] = {
    "headline": fields.headline, "original": fields.original, "stars": fields.stars, "badge": fields.badge,
    "figures": fields.figures, "reason": fields.reason, "meta": fields.meta, "quote.source": fields.source,
    "person": fields.person, "repository": fields.repository, "episode": fields.episode,
    "organisation": lambda case, s, pick: organisation(case, s, s.text, pick),
}  # fmt: skip


def check(output: str, text: str, evidence: Evidence) -> list[Finding]:
    """All findings on one rendered page; an empty list when everything on it is shown to stand in the store."""
    page = {"markdown": markdown.read, "html": html.read}[output](text)
    return judge(page, evidence)


def check_record(evidence: Evidence) -> list[Finding]:
    """All findings on the sentences, figures and organisations of the JSON record."""
    case = Case(record.page(evidence.issue), evidence)
    for s in case.page.statements:
        statement(case, s)
    for pick in evidence.picks:
        for claim in pick.claims:
            fields.claim_holds(case, Statement("figures", f"{claim.metric} of {pick.title}"), pick, claim)
    prose.amount(case)
    return case.findings


def judge(page: Page, evidence: Evidence) -> list[Finding]:
    case = Case(page, evidence)
    for s in page.statements:
        statement(case, s)
    for rule in (counts.titles, counts.ranges, counts.census, counts.tallies, counts.coverage, counts.notices, counts.nothing_lost,
                 fields.online, addresses.check, prose.amount, all_picks, once, summary, illustrations.numbered):  # fmt: skip
        rule(case)
    return case.findings


def statement(case: Case, s: Statement) -> None:
    if s.place in SPOKEN:
        spoken(case, s)
    elif s.place in READING:
        if s.place == "watch" and derived.check(case, s):
            return
        prose.numbers(case, s)
        prose.names(case, s)
        reading(case, s)
    elif s.place in OF_A_PICK:
        pick = case.pick(s)
        if pick is None:
            case.report("pick", s, "belongs to no pick of the record")
        else:
            OF_A_PICK[s.place](case, s, pick)
    elif s.place == "row":
        fields.row(case, s)
    elif s.place in ("figure", "credit"):
        (illustrations.figure if s.place == "figure" else illustrations.credit)(case, s)
    elif s.place == "thread.name":
        thread_name(case, s)
    elif s.place in SILENT:
        if re.search(r"\d", s.text) and not prose_free(case, s):
            case.report("number", s, "a number where none is expected")
    elif s.place not in COUNTED and s.place not in ("origin", "number", "front.summary"):
        case.report("unknown", s, "text in a place that no rule knows")


def reading(case: Case, s: Statement) -> None:
    """A conclusion rests on two items at least, and names each that it cites: its system, or how its title begins."""
    derived.conclusion(case, s)
    cited = [p for n in sorted(set(s.cites)) if (p := case.evidence.pick(n))]
    if len(cited) < 2:
        case.report("reading", s, "a conclusion rests on two items at least")
    for pick in cited:
        called = pick.facts.get("system") or " ".join(pick.title.split()[:3]).rstrip(":,")
        if folded(called) not in folded(s.text):
            case.report("reading", s, f"does not name {called}, which it cites")


def prose_free(case: Case, s: Statement) -> bool:
    """Headings and topics are names; digits in them (GPT-4) stand in the items below."""
    picks = [p for x in case.evidence.issue.sections if x.heading.get("en") == s.section for p in x.picks]
    words = " ".join(case.evidence.words(p.lead_item_id).lower() for p in picks)
    return all(w in words for w in re.findall(r"\S*\d\S*", alike(s.text).lower()))


def spoken(case: Case, s: Statement) -> None:
    """A sentence: one that counts, or one about items."""
    if s.place in ("lead", "thread", "opener") and derived.check(case, s):
        if s.place == "lead":
            prose.quotations(case, s)
        return
    text = derived.also_covered(case, s) if s.place == "prose" else s.text
    told = Statement(**{**s.__dict__, "text": text})
    if s.place in ("lead", "thread", "opener") and len(set(s.cites)) != 1:
        case.report("kind", s, "neither a count of the issue nor about one item")
    if s.place != "quote":
        prose.numbers(case, told)
        prose.names(case, told)
        prose.evidence(case, told)
    prose.quotations(case, told)
    pick = case.pick(s)
    if s.place == "moment" and pick:
        fields.moment(case, s, pick)


def thread_name(case: Case, s: Statement) -> None:
    """The name is a section's theme; the movement's two ends are told by a counting sentence of the thread."""
    name, _, movement = s.text.partition(" (from ")
    if not case.section(name):
        case.report("thread", s, "no section has this name")
    ends = movement.rstrip(")").split(" to ", 1)
    told = " ".join(x.text for x in case.page.of("thread") if x.section == s.section)
    if movement and not all(end in told for end in ends):
        case.report("thread", s, "the movement is not told in the thread")


def all_picks(case: Case) -> None:
    """Numbers run from one; each pick of the record stands on the page once."""
    told = [s.number for s in case.page.of("headline") if s.number]
    if told != sorted(set(told)) or any(n > len(case.evidence.picks) for n in told):
        case.report("numbering", str(told), "items are not numbered in order")
    for s in case.page.of("number"):
        if s.text != str(s.number):
            case.report("numbering", s, "shows another number than its place")
    shown = len(case.page.of("headline")) + len(case.page.of("person")) + len(case.page.of("repository"))
    if shown != len(case.evidence.picks):
        case.report("numbering", str(shown), f"the record has {len(case.evidence.picks)} picks")


def once(case: Case) -> None:
    """No story and no address is told in two places."""
    for kind, told in (
        ("story", [p.story_id for p in case.evidence.picks]),
        ("address", [s.url for s in case.page.of("headline", "person", "repository")]),
    ):
        for twice in sorted(x for x, n in Counter(told).items() if n > 1):
            case.report("once", twice, f"this {kind} is told twice")


def summary(case: Case) -> None:
    """The summary repeats the lead and the first sentence of each thread, cut at its end, in 280 characters; how ratings
    were lowered it leaves out."""
    firsts: dict[str, str] = {}
    for s in case.page.of("thread"):
        firsts.setdefault(s.section, s.text)
    lead = [s.text for s in case.page.of("lead") if not derived.readings("lowered", s.text)]
    whole = " ".join(lead + list(firsts.values()))
    for s in case.page.of("front.summary"):
        text = s.text.removesuffix("…").rstrip()
        if not text or not whole.startswith(text) or len(s.text) > 280:
            case.report("summary", s, "does not repeat what the overview says")
