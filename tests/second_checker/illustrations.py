"""Rules over figures of papers: what the caption says, whose it is, which file is shown, who drew it and what lets us show it."""

from __future__ import annotations

import re

from tests.second_checker import prose
from tests.second_checker.case import Case, folded
from tests.second_checker.organisations import organisation
from tests.second_checker.printed import TERMS, Statement

from digester.domain.issue import Pick

_TOLD = re.compile(r"Figure (\d+): “(.+)” - (.+) \(arXiv:([\d.]+)\)")
_CREDIT = re.compile(r"Figure by (.+), unchanged, under (.+)")


def figure(case: Case, s: Statement) -> None:
    """`Figure 1: “...” - Org System (arXiv:...)`: of a paper of its section, in the words of its caption, with its file."""
    m, pick, section = _TOLD.fullmatch(s.text), _of(case, s), case.section(s.section)
    shown = section.illustration if section else None
    if not (m and pick and section and shown and pick in section.picks):
        case.report("figure", s, "is no figure of a paper of its section")
        return
    system = str(pick.facts.get("system") or pick.title.partition(":")[0])
    if f"arxiv:{m[4]}" != pick.work or shown.picture.work != pick.work or s.cells != (shown.picture.name,):
        case.report("figure", s, "shows another paper's figure, or another file")
    if folded(m[2]) not in folded(shown.picture.caption):
        case.report("figure", s, "is not what the caption says")
    if not m[3].endswith(system):
        case.report("figure", s, f"does not name {system}")
    elif name := m[3].removesuffix(system).strip():
        organisation(case, s, name, pick)
    prose.quotations(case, s)


def credit(case: Case, s: Statement) -> None:
    """`Figure by A, B, C et al., unchanged, under CC BY 4.0`: the paper's authors, and a licence with its address."""
    m, pick, section = _CREDIT.fullmatch(s.text), _of(case, s), case.section(s.section)
    shown = section.illustration if section else None
    if not (m and pick and shown):
        case.report("credit", s, "names no figure of its section")
        return
    wanted = ", ".join(pick.authors[:3]) + (" et al." if len(pick.authors) > 3 else "")
    if m[1] != wanted:
        case.report("author", s, f"the authors are {wanted}")
    if m[2] != shown.picture.licence or (m[2], TERMS.get(m[2], "")) not in s.links:
        case.report("credit", s, f"the licence is {shown.picture.licence}, at {TERMS.get(shown.picture.licence)}")


def numbered(case: Case) -> None:
    """Figures are numbered through the issue, and each of the record's stands on the page."""
    told = [m[1] for s in case.page.of("figure") if (m := _TOLD.fullmatch(s.text))]
    wanted = sum(x.illustration is not None for x in case.evidence.issue.sections)
    if told != [str(n) for n in range(1, wanted + 1)] or len(case.page.of("credit")) != wanted:
        case.report("figure", str(told), f"the record has {wanted} figures")


def _of(case: Case, s: Statement) -> Pick | None:
    return case.evidence.pick(s.cites[0]) if len(s.cites) == 1 else None
