"""The quantities of a sentence that may be figures of a measure, with what must travel with them.

Shares of traffic, two levels (`from 9% to 11%`) and confidence are none. A range (`18-24%`, `ranging from
0.5% to 2.9%`) is one figure: its low end, hedged `at least`.
"""

from __future__ import annotations

import re
from dataclasses import replace

from digester.analysis import evidence, figures, metrics
from digester.analysis.claims import words
from digester.analysis.figures import Quantity
from digester.analysis.metrics import Metric
from digester.analysis.searching import has
from digester.domain.model import SCOPE_JOINT

_TRAFFIC = re.compile(
    r"(?:(?<!\d)\d++(?:\.\d++)?%|half|full|all) of (?:the |our |all |its )?(?:[a-z]{1,30} ){0,2}(?:traffic|users|spend)(?: (?:for|over|and) \w{1,30}[ -](?:days?|weeks?|months?))?",
    re.IGNORECASE,
)
_NUMERAL = r"\d{1,9}(?:\.\d{1,6})?"
_LEVELS = re.compile(
    rf"\bfrom (?:about |over )?{_NUMERAL}\s?%? (?:up |down )?to (?:about |over )?{_NUMERAL}\s?%", re.IGNORECASE
)
_RANGING = re.compile(r"(?:rang(?:ing|es?|ed)|var(?:ying|ies|y)|spanning|anywhere) $", re.IGNORECASE)
_CONFIDENCE = re.compile(
    r"\s?(?:\w{1,30} )?(?:confidence|CIs?\b|credible|significance|level\b|percentile|sparsity|quantile)", re.IGNORECASE
)
_DASHES = ("-", "\u2013", "\u2212")
_TO = re.compile(r"\s?(?:[-\u2013~～至]|\bto\b|\band\b)\s?\+?\Z")
_LOW_END = re.compile(
    rf"(?<![\w.])(?P<sign>[+\-\u2212]?)(?P<low>{_NUMERAL})\s?%?\s?(?:[-\u2013~～至]|to |and )\s?\+?\Z"
)
_AT_MOST = re.compile(r"(?:up to|as much as|at most) ?\Z", re.IGNORECASE)
_PLACE = re.compile(
    r"^(?:In|On|For|At|Among|Within) (?P<scope>(?!an? |the (?:online|A/B|test)|addition|contrast|total|particular|production|our|this|these|practice|all|both|terms|(?:the )?(?:same|equal)\b)[^,%()]{3,50}),"
)
_BEHIND = re.compile(
    r"\s?(?:in|on|for|across|among|at) (?P<scope>(?:the )?[\w'/-]{1,30}(?: (?!and\b|while\b|compared\b|with\b|by\b|over\b|in\b|on\b|during\b|relative\b|respectively\b)[\w'/-]{1,30}){0,3})(?=[,.;:)(]| and | while | compared | with | during | over | in | on |$)"
)
_MORE = re.compile(
    r"(?:, [A-Z][\w'/-]{1,30}(?: [A-Z][\w'/-]{1,30}){0,2}){0,3},? and (?:the )?(?!\d)[\w'/-]{2,30}(?: (?!\d)[\w'/-]{2,30}){0,2}(?=[;)]|[.,](?!\d)|$)"
)
_IN_BRACKET = r"\((?P<scope>[A-Za-z][\w'/ -]{1,30})\)"
_BRACKET = re.compile(rf"\s?{_IN_BRACKET}")
_BRACKETS = re.compile(rf"% ?{_IN_BRACKET}")
_NO_PLACE = re.compile(
    r"(?:A/B|online|test|experiment|offline|(?:instance|example|fact|scale|summary|brief|short|parallel|turn|response|conclusion|contrast)\Z|average|total|both|all\b|(?:the )?(?:same|equal)\b|production$|deployment|comparison|terms|this|that|which|our|its|practice|evaluation|\A(?:the )?(?:top|end|treatment|control)\b|(?:serving|inference|training|run) ?time\Z|fairness\Z|data ?set|compared|respectively|\d)",
    re.IGNORECASE,
)
_DAYS = re.compile(
    r"(?:for|over|during|ran|in) (?:an? )?(?!(?:the|these|those|this|past|recent)\b)\w{1,12}(?: (?:days?|weeks?|months?)\b(?!-)|-(?:days?|weeks?|months?)\b(?! \w))",
    re.IGNORECASE,
)
_TEST_DAYS = re.compile(
    r"(?P<n>\b\w{1,12})-(?P<unit>day|week|month) (?:\w{1,12} )?(?:A/B|online|test|experiment)", re.IGNORECASE
)
_SHARED_DAYS = re.compile(r" and \w{1,12} (?:days?|weeks?|months?)\Z", re.IGNORECASE)
_EXTENT_NEEDS = ("traffic", "users", "spend", "day", "week", "month")
_CAPTION_DAYS = re.compile(r"(?:\A|[,;:] )(?P<days>\w{1,12} (?:days?|weeks?|months?))\b(?=[,;.)]|\Z)", re.IGNORECASE)
_EQUAL = re.compile(
    r"(?: [\w/-]{1,20}){0,3}?,? (?P<scope>at (?:the same|an? equal|equal|a constant|constant|a fixed|fixed) (?:[\w-]{2,20} of )?[\w-]{2,20})\b"
)
LIST_JOINT = re.compile(r"(?:C{1,2}|S)[DAY]{0,3}")  # `2% and 1%`
NAMED_BETWEEN = re.compile(r"[wm]{1,7}C{1,2}[DAY]{0,3}")  # `2% CTR and 1% CVR gains`
_SPREADS = ("up to", "as much as", "at most", "no more than", "about", "around", "approximately", "roughly", "nearly", "almost", "over", "more than", "above", "at least", "average")  # fmt: skip
_CLAUSE = re.compile(r"[;,]|\band\b|\bbut\b")
_MARK = re.compile(r"([>≥<≤~≈])\s?[+\-]?\Z")
_MARKS = {">": "over", "≥": "at least", "<": "under", "≤": "at most", "~": "about", "≈": "about"}
_SAID = {  # what is printed for the hedge as it stands
    "an average of": "average", "on average": "average", "averaging": "average", "less than": "under", "fewer than": "under",
    "below": "under", "within": "at most", "not more than": "no more than", "no less than": "at least", "not less than": "at least",
    "不到": "under", "低于": "under", "不超过": "at most",
}  # fmt: skip
_CHANCE = re.compile(r"[^;()%]{0,12}\bp(?:-value)? ?[=>] ?0?(\.\d{1,6})", re.IGNORECASE)  # the one of this figure alone
_CHANGE = r"(?:increase|gain|lift|improvement|uplift|rise|boost|reduction|decrease|saving|growth|drop)s?"
_AVERAGE = re.compile(
    rf"\baverag(?:e|ing)(?: (?:[\w@-]{{1,20}} ){{0,3}}{_CHANGE}(?: in [\w@-]{{1,20}})?)? ?(?:of|by)? ?\Z", re.IGNORECASE
)
_MAXIMUM = re.compile(
    rf"\bmax(?:imum|imal)? (?:[\w@-]{{1,20}} ){{0,3}}{_CHANGE}(?: in [\w@-]{{1,20}})? of \Z", re.IGNORECASE
)
_DEGREE_BEHIND = re.compile(
    rf"(?: (?:relative|absolute|overall))? (?P<degree>average|mean|max(?:imum|imal)?) (?:[\w@-]{{1,20}} ){{0,3}}{_CHANGE}\b",
    re.IGNORECASE,
)
_ANOTHER_CLAUSE = re.compile(r" (?:but|while|whereas|yet)\b|, (?:with )?no\b", re.IGNORECASE)
_ALIKE = re.compile(r"\b(?:both|all)\b|%[)\]]{0,2},? (?:(?:statistically )?not|were|are)\b")


SIGNIFICANT = 0.05  # above this chance a difference counts as none, by the usual convention


def of(sentence: str) -> list[Quantity]:
    """The quantities that may be figures, in order."""
    if not (found := figures.quantities(sentence)):
        return []
    shares = [m.span() for m in _TRAFFIC.finditer(sentence)]
    levels = [m.span() for m in _LEVELS.finditer(sentence) if not _RANGING.search(sentence[: m.start()][-12:])]
    values: list[Quantity] = []
    for q in found:
        if any(a <= q.start < b for a, b in (*shares, *levels)) or _CONFIDENCE.match(sentence, q.end):
            continue
        if values and _is_end_of(sentence, values[-1], q):
            low = values[-1]
            most = low.hedge == "up to"
            values[-1] = replace(
                low, value=(q if most else low).value, hedge=low.hedge if most else "at least", end=q.end
            )
        else:
            values.append(_with_low_end(sentence, q))
    return values


def _is_end_of(sentence: str, low: Quantity, high: Quantity) -> bool:
    between = sentence[low.end : high.start + (sentence[high.start : high.start + 1] in _DASHES)]
    if len(between) > 6 or low.unit != high.unit or not _TO.match(between):
        return False
    return "and" not in between or bool(re.search(r"\bbetween (?:about )?[+\-]?\Z", sentence[: low.start][-16:]))


def _with_low_end(sentence: str, q: Quantity) -> Quantity:
    """`18-24%`: the unit stands behind the high end only."""
    m = _LOW_END.search(sentence, max(0, q.start - 24), q.start)
    if m is None or (m[0].rstrip(" +").endswith("and") and not sentence[: m.start()].endswith("between ")):
        return q
    if _AT_MOST.search(sentence[: m.start()][-12:]):
        return replace(q, hedge="up to", start=m.start("low"))
    return replace(q, value=m["low"], hedge="at least", start=m.start("low"))


def hedge(sentence: str, q: Quantity, metric: str = "") -> str | None:
    """`not significant` where the words up to the next figure say so, or those of its clause in front of it."""
    behind = _ANOTHER_CLAUSE.split(sentence[q.end : q.end + 60].split(";")[0])[0]
    others = figures.quantities(behind)
    following = next((f.start for f in others), len(behind))
    alike = _ALIKE.search(behind) is not None and len(others) == 1 and "(" not in behind[:following]
    behind = behind if alike else behind[:following].partition(" and ")[0]
    clause = _CLAUSE.split(sentence[max(0, q.start - 60) : q.start])[-1]
    chance = _CHANCE.match(behind)
    if chance and float(chance[1]) > SIGNIFICANT:
        return "not significant"
    none_at_all = re.match(r"No (?:statistically )?significant", sentence)
    if none_at_all or figures.not_significant(behind) or figures.not_significant(clause):
        return "not significant"
    if q.hedge is None and (degree := _degree(sentence, q, clause, behind)):
        return None if degree in metric.lower() else degree
    if q.hedge is None and (mark := _MARK.search(sentence, max(0, q.start - 3), q.start)):
        return _MARKS[mark[1]]
    return _SAID.get(q.hedge or "", q.hedge)


def _degree(sentence: str, q: Quantity, clause: str, behind: str) -> str:
    """`average` or `up to` where the words beside a figure say so: `an average gain of 2%`, `a 5% maximum gain`."""
    beside = _DEGREE_BEHIND.match(sentence, q.end)
    if beside or _MAXIMUM.search(clause):
        return "average" if beside and beside["degree"].lower() in ("average", "mean") else "up to"
    return "average" if _AVERAGE.search(clause) or re.match(r"[^,;.%]{0,40}\bon average\b", behind) else ""


def holds_for_list(sentence: str, q: Quantity) -> bool:
    """Whether the hedge of a figure may hold for those that follow it in a list; that of a range is its own."""
    return hedge(sentence, q) in _SPREADS and len(re.findall(_NUMERAL, sentence[q.start : q.end])) == 1


def scope(sentence: str, metric: Metric, q: Quantity, phrase_end: int, before: str = "", place: str = "") -> str | None:
    """Where the figure holds: the surface or group behind or before it, and the traffic share and days of its sentence
    (`before`: of the test that it goes on about); `; ` between the two. `place` is one that is known already."""
    where = place or _place(sentence, metric, q, phrase_end)
    return SCOPE_JOINT.join(filter(None, (where, _extent(sentence, before)))) or None


def _extent(sentence: str, before: str) -> str:
    """That of the sentence; days alone may be those of its measure (`retention over seven days`) where a test is known."""
    return before if before and not _TRAFFIC.search(sentence) else extent_of(sentence)


def _place(sentence: str, metric: Metric, q: Quantity, phrase_end: int) -> str:
    if equal := _EQUAL.match(sentence, q.end):
        return equal["scope"]
    place = _PLACE.match(sentence)
    if place and not evidence.mentions_online(place[0]) and not _NO_PLACE.match(place["scope"]):
        return place["scope"]
    if bracket := _in_bracket(sentence, q):
        return bracket
    found = (_BEHIND.match(sentence, at) for at in (max(phrase_end, q.end), max(metric.end, q.end), q.end))
    m = next((m for m in found if m), None)
    if m and not metrics.find(m["scope"]) and not _NO_PLACE.search(m["scope"]) and m["scope"] not in metric.name:
        return "" if _TRAFFIC.search(m["scope"]) else m["scope"] + _more_places(sentence, m.end())
    return ""


def _more_places(sentence: str, end: int) -> str:
    """What a list of places goes on with: `on Home` ` and Search`, ` , Reels and Stories`; "" where it is no place."""
    m = _MORE.match(sentence, end)
    if m is None or metrics.find(m[0]):
        return ""
    known = (words.kind(w) for w in re.findall(r"[\w'-]+", m[0]) if w not in ("and", "the"))
    return m[0] if all(kind in ("w", "") for kind in known) else ""


def _in_bracket(sentence: str, q: Quantity) -> str:
    """`2% (new users) and 1% (old users)`: brackets behind two figures at least that name no measure."""
    own = _BRACKET.match(sentence, q.end)
    if (
        own is None
        or len(_BRACKETS.findall(sentence)) < 2
        or metrics.find(own["scope"])
        or _NO_PLACE.search(own["scope"])
    ):
        return ""
    return own["scope"] if all(words.kind(w) == "w" for w in own["scope"].split()) else ""


def extent_of(sentence: str) -> str:
    """On how many users or on how much traffic a test ran, and for how long; "" where a sentence says neither."""
    if not has(sentence, _EXTENT_NEEDS):  # as most
        return ""
    traffic, days, test = _TRAFFIC.search(sentence), _DAYS.search(sentence), _TEST_DAYS.search(sentence)
    if test and not days:
        many = "" if test["n"].lower() in ("one", "1", "a") else "s"
        return " ".join(filter(None, (traffic and traffic[0], f"for {test['n']} {test['unit']}{many}")))
    if traffic and days and not traffic.start() <= days.start() < traffic.end():
        return f"{traffic[0]} {days[0]}"
    return traffic[0] if traffic else days[0] if days else ""


def of_test(before: str, now: str) -> str:
    """What is known of the size of a test after another sentence: what it says, unless only the one before names a
    share. Nothing is put together from two sentences: neither says it."""
    return before if before and _TRAFFIC.search(before) and not _TRAFFIC.search(now) else now or before


def says_both(extent: str) -> bool:
    """Whether it says how many and for how long."""
    return bool(_TRAFFIC.search(extent) and (_DAYS.search(extent) or _SHARED_DAYS.search(extent)))


def extent_of_caption(caption: str) -> str:
    """The same of a caption, which joins them by commas: `A/B test, 21 days, 10% of traffic`."""
    traffic, days = _TRAFFIC.search(caption), _CAPTION_DAYS.search(caption)
    return " ".join(filter(None, (traffic and traffic[0], days and f"for {days['days']}")))
