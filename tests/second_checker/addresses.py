"""Links: every address is one of an item of the database or its links, or a place on the page itself."""

from __future__ import annotations

from urllib.parse import unquote

from tests.second_checker.case import Case, folded
from tests.second_checker.numerals import alike, numerals
from tests.second_checker.printed import PICTURE, TERMS, Statement, bare
from tests.second_checker.prose import quoted, without_quotes


def check(case: Case) -> None:
    for problem in case.page.problems:
        case.report("markup", problem, "has no place on a page")
    for text, url in case.page.links:
        if url.startswith("#"):
            if url[1:] not in case.page.anchors:
                case.report("link", url, "leads to no place on the page")
        elif bare(url) not in case.evidence.addresses and url not in TERMS.values() and not PICTURE.fullmatch(url):
            case.report("link", f"{text}: {url}", "is no address of an item or its links")
    _definitions(case)
    _own(case)


def _definitions(case: Case) -> None:
    """Markdown: `[3]: address` is the third pick's; HTML: citations lead to the place of their number."""
    defined = dict(case.page.definitions)
    cited = {n for s in case.page.statements for n in s.cites}
    if case.page.output == "markdown":
        wanted = {n: p.url for n, p in enumerate(case.evidence.picks, 1)}
        for n in wanted.keys() | defined.keys() | cited:
            if n not in wanted or defined.get(n) != wanted[n]:
                case.report("link", f"[{n}]: {defined.get(n)}", f"item {n} is at {wanted.get(n)}")
    elif not cited <= set(range(1, len(case.evidence.picks) + 1)):
        case.report("link", str(sorted(cited)), "a citation does not lead to the item of its number")


def _own(case: Case) -> None:
    """Links of a statement lead to its own items, under the name of their source; text fragments to words of them."""
    for s in case.page.statements:
        if s.place in ("contents", "row", "repository", "headline", "credit"):
            continue
        pick = case.pick(s)
        owners = case.cited(s) if s.place == "online" else case.items(s)
        if pick and s.place in ("links", "origin", "meta"):
            owners += [i for ids in case.others(pick).values() for i in ids]
        own = {u for i in owners for u in case.evidence.own_addresses(case.evidence.items[i])}
        if pick and s.place == "prose":
            told = {p.url for n in s.cites if (p := case.evidence.pick(n))}
            if told - {link.url for link in pick.links}:
                case.report("link", s, "cites an item that does not tell this story")
        for text, url in s.links:
            if bare(url) not in own:
                case.report("link", s, f"{url} is no address of its items")
            elif s.place == "links":
                _named(case, s.text, text, url)
            _fragment(case, s, owners, url)


def _named(case: Case, statement: str, text: str, url: str) -> None:
    names = {case.evidence.source(case.evidence.items[i]) for i in case.evidence.by_url.get(bare(url), [])}
    if names and text not in names:
        case.report("link", statement, f"{text!r} leads to {sorted(names)}")


def _fragment(case: Case, s: Statement, owners: list[str], url: str) -> None:
    """The words between a text fragment's ends stand in a passage, and hold what the statement prints: its quotation
    or one of its figures."""
    marker = ":~:text="
    if marker not in url:
        return
    first, _, last = (folded(unquote(x)) for x in url.partition(marker)[2].partition(","))
    spans = [x for i in owners for p in case.evidence.read(i) for x in _between(folded(p.text), first, last)]
    if not spans:
        case.report("link", s, f"{first!r} ... {last!r} stands in no passage of its items")
        return
    parts = [folded(x) for x in ([s.text] if s.place == "quote" else quoted(s.text))]
    told = {n.value for n in numerals(alike(without_quotes(s.text)))} if s.place != "quote" else set()
    held = any(part in x or x in part for part in parts for x in spans)
    held = held or any(n.value in told for x in spans for n in numerals(x)) or not (parts or told)
    if not held:
        case.report("link", s, f"the words at {first!r} do not hold what is printed")


def _between(text: str, first: str, last: str) -> list[str]:
    start = text.find(first)
    if start < 0:
        return []
    if not last:
        return [first]
    end = text.find(last, start)
    return [text[start : end + len(last)]] if end >= 0 else []
