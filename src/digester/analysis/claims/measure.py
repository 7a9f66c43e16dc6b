"""What a noun phrase is called as a measure, or that it is none.

A measure of the table is taken with the words around it that belong to its name; a phrase that no table knows
is taken as written, unless its head says who, where or with what. `number of orders` and `cost per click` are
one name; `accuracy of the model` is accuracy.
"""

from __future__ import annotations

import re
from dataclasses import replace

from digester.analysis.claims.reading import Reading
from digester.analysis.metrics import Metric

_NO_MEASURE = re.compile(  # heads of phrases that say who, where or with what: nothing is measured by them
    r"(?:users|user|traffic|days?|weeks?|months?|years?|quarters?|hours?|minutes?|periods?|experiments?|experimentation|settings?|scenarios?|tests?|testing|categor(?:y|ies)|"
    r"cit(?:y|ies)|markets?|data ?sets?|data|production|baselines?|models?|methods?|approach(?:es)?|systems?|frameworks?|platforms?|groups?|variants?|arms?|"
    r"control|evaluations?|benchmarks?|results?|performance|performances|terms|comparison|total|particular|general|addition|practice|state-of-the-art|sota|"
    r"counterparts?|competitors?|deployment|scale|stage|module|regions?|countries|simulations?|confidence|significance|ci|level|impact|"
    r"business|customers|members|people|online|offline|metrics?|indicators?|which|both|cases?|respectively|surfaces?|domains?|tasks?|others?|ones?|cost of|ours|maximum|average)",
    re.IGNORECASE,
)
_ASKED = frozenset(
    ("what", "how", "who", "where", "whether")
)  # `a 3% reduction in what it takes`: a clause, no measure
_NAMED_MEASURE = re.compile(
    r"\b(?:active|new|paying|returning|retained|engaged|unique|churned) (?:users|customers|members)$|\b(?:watch|listening|viewing|usage|play|reading|streaming|total) (?:hours|minutes)$|"
    r"\b(?:business|north-?star|core|engagement|satisfaction|revenue|primary|top-?line|key|guardrail|conversion|consumption|quality|commercial) (?:[\w-]+ )?(?:metrics?|indicators?)$", re.IGNORECASE
)  # fmt: skip
_CALLED_METRIC = re.compile(r"\b[A-Z][a-z]+(?:Rate|Ratio|Score|Time|Index|Value|Count) (?:metrics?|indicators?)$")
_AVERAGE = re.compile(r"average (?!.{0,40}\b(?:value|time|size|duration)s?\b)", re.IGNORECASE)
_LEADING = re.compile(
    r"(?:highest|lowest|best|online|our|key|significant|statistically|observed|new|same|other|following|additional)\Z",
    re.IGNORECASE,
)
_PROPER = re.compile(r"\A(?=[A-Z][\w-]*[a-z])[\w-]++\Z")
_CAMEL = re.compile(r"\A(?>[A-Z][\w-]*?(?:[a-z][A-Z]|\d))(?=[\w.-]*[a-z])[\w.-]++\Z")
_ADJECTIVE = re.compile(r"\A[a-z-]+(?:ive|ent|ant|ous|able|ible|ful|ic|al|ed|ly|ate)\Z")
_PARTICIPLE = re.compile(r"\A[a-z]{2,}(?:ing|ed)\Z")
_TAIL = re.compile(
    r"(?:rates?|ratios?|times?|counts?|volumes?|values?|scores?|numbers?|depths?|lengths?|durations?|frequency|hours|minutes|metrics?|per|user|users|session|device|day|efficiency|costs?|share)\Z",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"(?:numbers?|volumes?|rates?|shares?|ratios?|amounts?|counts?|totals?|frequency|probability|lengths?|durations?|proportion|percentage|cost|time|lifetime)\Z",
    re.IGNORECASE,
)
_MODIFIER = re.compile(
    r"\A(?:[A-Z]|[^-]*-|(?:user|users|total|average|daily|weekly|monthly|paid|ad|order|item|page|video|search|session|overall|organic|gross|net|new|unique|effective|core|main|target|host|guest|seller|buyer|creator|advertiser|merchant|customer|app|podcast|music|product|content|cart|checkout|booking|live|short|long|valid|active|first|next|confirmed|completed|successful|answered|qualified|finished|saved|repeat|returning|verified)\Z)"
)
_NUMBERING = re.compile(r"(?:\d|[IVX]{1,3})\Z")  # `Satisfaction Metric 2`
_DONE = re.compile(r"(?:ed|en|ing)\Z|\A(?:only|driven|led|shown|made|also)\Z", re.IGNORECASE)  # `followed by CTR`
_ALONE = re.compile(
    r"(?:time|values?|rates?|shares?|numbers?|changes?|amounts?|sizes?|totals?|percent(?:age)?)\Z", re.IGNORECASE
)
_NO_LETTER = re.compile(r"[^a-zA-Z\u3400-\u9fff]")
_TO = re.compile(r" (?:to (?:first )?|(?:in|on) (?:the )?)[a-z-]{2,20}\b")  # `time to insight`, `time in the app`
_DEGREE = ("average", "net", "mean", "median", "incremental")  # read as degree, part of the name in front of a measure


def named(r: Reading, first: int, last: int, *, open_left: bool = False, averaged: bool = False) -> Metric | None:
    """The measure that tokens first..last-1 name. `open_left`: an unknown verb may stand in front of the name;
    `averaged`: a noun of direction follows, so that an `average` in front is of the change (`average CTR gain`)."""
    metric = _named(r, first, last, open_left)
    if metric is None or not averaged or not (m := _AVERAGE.match(metric.name)):
        return metric
    return replace(metric, name=metric.name[m.end() :], start=metric.start + m.end())


def _named(r: Reading, first: int, last: int, open_left: bool) -> Metric | None:
    stop = _find(r, "(", first, last)
    of = _find(r, "O", first, stop)
    metric = _head(r, first, of, last if of == stop else of, open_left)
    if metric is None or of == stop:
        of_what = (
            metric and metric.family == "other" and _ALONE.match(metric.name) and r.kinds[first - 1 : first] != "R"
        )  # `more time` says it
        return None if of_what else metric
    if _NO_MEASURE.fullmatch(r.word(stop - 1)):
        return None if _COUNTED.match(r.word(of - 1)) else metric
    end = r.tokens[stop - 1].end
    return replace(metric, name=r.text[metric.start : end], end=end)


def of_doer(r: Reading, first: int, metric: Metric) -> Metric:
    """`Removals by moderators`: what a doer behind `by` is said of is the doing."""
    at = first - 2
    if at < 0 or r.kinds[at:first] != "wY" or _DONE.search(r.word(at)):
        return metric
    while at > 0 and r.kinds[at - 1] == "w" and first - at < 5:
        at -= 1
    start = r.tokens[at].start
    return Metric(r.text[start : metric.end], "other", start, metric.end)


def looks_like_one(word: str) -> bool:
    """True for the last word of a phrase that is a rate, a count ... or an acronym."""
    return bool(_TAIL.match(word)) or (word.isupper() and len(word) > 1)


def _find(r: Reading, kind: str, first: int, last: int) -> int:
    at = r.kinds.find(kind, first, last)
    return last if at < 0 else at


def _head(r: Reading, first: int, stop: int, last: int, open_left: bool) -> Metric | None:
    known = [i for i in range(first, stop) if i in r.measures]
    bounded = known and known[0] - first < 2 and r.kinds[first - 1 : first] in tuple("DBOV")
    open_left = open_left and not bounded  # one word between `the`, `that` or `of` and a measure is no verb
    if known and _ends_name(r, known[-1] + 1, stop):
        return _of_table(r, first, stop, last, known, open_left)
    return _as_written(r, first, stop, last, open_left)


def _ends_name(r: Reading, i: int, stop: int) -> bool:
    """True when the measure that ends before token i is the head: `exposure contamination` is no exposure."""
    return (
        i >= stop
        or bool(_PARTICIPLE.match(r.word(i)))
        or any(_TAIL.match(r.word(j)) for j in range(i, min(stop, i + 3)))
    )


def _of_table(r: Reading, first: int, stop: int, last: int, known: list[int], open_left: bool) -> Metric:
    start, end = known[0], known[-1] + 1
    end = next((i + 1 for i in range(min(stop, end + 3) - 1, end - 1, -1) if _TAIL.match(r.word(i))), end)
    if known[-1] + 1 < end < stop and _NUMBERING.match(r.word(end)):
        end += 1
    while start > first and known[0] - start < 3 and _modifies(r.word(start - 1), open_left):
        start -= 1
    return _called(r, start, end, last if end == stop else end, r.measures[known[-1]].family)


def _modifies(word: str, open_left: bool) -> bool:
    return not _LEADING.match(word) and (not open_left or bool(_MODIFIER.match(word)))


def _as_written(r: Reading, first: int, stop: int, last: int, open_left: bool) -> Metric | None:
    while first < stop and _LEADING.match(r.word(first)):
        first += 1
    first = max(first, stop - 4) if open_left else first
    if first >= stop or r.word(first) in _ASKED:
        return None
    name = r.text[r.tokens[first].start : r.tokens[stop - 1].end]
    called = _CALLED_METRIC.search(name)
    if not called and r.kinds[first - 1 : first] in ("I", "R") and _is_no_quantity(r, first, stop):
        return None
    head = name.partition(" per ")[0]
    if len(_NO_LETTER.sub("", name)) < 2 or (
        _NO_MEASURE.fullmatch(head.rpartition(" ")[2]) and not (_NAMED_MEASURE.search(head) or called)
    ):
        return None
    return _called(r, first, stop, last, "other")


def _is_no_quantity(r: Reading, first: int, stop: int) -> bool:
    """A name behind `in`, `on`, `for` (`gains on Douyin`, `in WeChat Moments`) or an adjective behind `more`."""
    words = [r.word(i) for i in range(first, stop)]
    if r.kinds[first - 1] == "R":
        return len(words) == 1 and bool(_ADJECTIVE.match(words[0]))
    alone = len(words) == 1 and bool(_PROPER.match(words[0]))
    capitals = all(w[0].isupper() for w in words) and not _TAIL.match(words[-1]) and not words[-1].isupper()
    return alone or bool(_CAMEL.match(words[0])) or (capitals and r.word(first - 1).lower() != "in")


def _called(r: Reading, first: int, stop: int, last: int, family: str) -> Metric:
    first -= first > 0 and r.word(first - 1).lower() in _DEGREE
    until = _TO.match(r.text, r.tokens[stop - 1].end) if r.word(stop - 1).lower() == "time" else None
    end = (
        until.end()
        if until
        else r.tokens[last - 1].end
        if last > stop and r.kinds[stop] == "("
        else r.tokens[stop - 1].end
    )
    start = r.tokens[first].start
    return Metric(r.text[start:end], family, start, end)
