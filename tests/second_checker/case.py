"""One page held against one workspace: findings, and which items a statement speaks of."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from tests.second_checker.evidence import Evidence, Passage
from tests.second_checker.numerals import alike
from tests.second_checker.printed import Page, Statement, bare

from digester.domain.issue import Pick, Section

# A test on users, and a running system, in the words of papers and posts.
ONLINE = re.compile(
    r"\ba/b\b|\bab[- ]test|\bonline (?:[\w-]+ ){0,2}(?:test|experiment|evaluation|deployment|result|gain|metric|setting|"
    r"improvement|validation)|\bonline, |(?:live|real|production|search|online) (?:user )?traffic|"
    r"\b\d+ ?% of (?:[\w-]+ ){0,2}(?:traffic|users)|"
    r"\boffline and online\b|\bin (?:a|the) online\b|线上|在线实验|a/b 实验|全流量",
    re.IGNORECASE,
)
DEPLOYED = re.compile(
    r"deploy|in production|production (?:system|ranker|model|environment|traffic)|\blaunch|rolled out|roll-?out|"
    r"\bserv(?:es|ing|ed)\b|\bonline\b|\bin service\b|\bruns (?:on|in|for)\b|replac|\blive\b|上线|部署|全量|落地",
    re.IGNORECASE,
)
NOT_LIVE = re.compile(r"\boffline\b|simulat|synthetic|counterfactual|replayed logs|离线|仿真|模拟", re.IGNORECASE)


@dataclass(frozen=True)
class Finding:
    rule: str
    output: str
    statement: str
    why: str


@dataclass
class Case:
    page: Page
    evidence: Evidence
    findings: list[Finding] = field(default_factory=list)

    def report(self, rule: str, statement: Statement | str, why: str) -> None:
        text = (
            statement if isinstance(statement, str) else f"{statement.place} {statement.number or ''}: {statement.text}"
        )
        self.findings.append(Finding(rule, self.page.output, text, why))

    def section(self, heading: str) -> Section | None:
        return next((s for s in self.evidence.issue.sections if s.heading.get("en") == heading), None)

    def pick(self, statement: Statement) -> Pick | None:
        """The pick that a statement stands in, by number, else by section and address."""
        if statement.number:
            return self.evidence.pick(statement.number)
        section = self.section(statement.section)
        return next((p for p in section.picks if p.url == bare(statement.url)), None) if section else None

    def cited(self, statement: Statement) -> list[str]:
        """Ids of the cited items; a number without a pick is reported by the rule of links."""
        return [p.lead_item_id for n in statement.cites if (p := self.evidence.pick(n))]

    def others(self, pick: Pick) -> dict[str, list[str]]:
        """Source name -> items, of the other addresses of a story."""
        found: dict[str, list[str]] = {}
        for link in pick.links:
            for item in self.evidence.by_url.get(link.url, []):
                found.setdefault(self.evidence.source(self.evidence.items[item]), []).append(item)
        return found

    def items(self, statement: Statement) -> list[str]:
        """What a statement cites, its own pick first, and the items of sources that it names."""
        found = self.cited(statement)
        pick = self.pick(statement)
        if pick:
            named = [i for name, ids in self.others(pick).items() if name in statement.text for i in ids]
            found = [pick.lead_item_id, *found, *named]
        return list(dict.fromkeys(found))

    def passages(self, statement: Statement) -> list[Passage]:
        return [p for i in self.items(statement) for p in self.evidence.read(i)]

    def stored(self, statement: Statement) -> str:
        """All words stored of a statement's items."""
        return "\n".join(self.evidence.words(i) for i in self.items(statement))


def folded(text: str) -> str:
    """For comparing phrases: one case, one kind of quote and dash."""
    return alike(text).lower().strip(" .")
