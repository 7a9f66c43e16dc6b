"""Windows, ISO weeks and the arXiv calendar. Pure: `now` is always a parameter.

Windows are half-open and tile the time line in the issue's zone. A week is labelled by the ISO week
of its window's Wednesday; arXiv papers belong to the listing days Monday to Friday of that week.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from digester.domain.errors import UsageError
from digester.domain.issue import IssueKind, Window

_WEEK = re.compile(r"([0-9]{4})-W([0-9]{2})")
_DAY = re.compile(r"([0-9]{4})-[0-9]{2}-[0-9]{2}")
_YEARS = range(1970, 2200)  # windows beyond it mean nothing and end where datetime ends
_NOON = timedelta(hours=12)
_WEDNESDAY = 2  # a week has the label of its window's Wednesday (date.weekday)

# Days without an arXiv announcement (info.arxiv.org, availability: holidays of 2026); the listing itself
# always wins, this is only the fallback where no listing was seen.
ARXIV_HOLIDAYS = frozenset(
    date.fromisoformat(d)
    for d in ("2026-01-01", "2026-01-19", "2026-06-19", "2026-07-03", "2026-09-07",
              "2026-11-26", "2026-11-27", "2026-12-24", "2026-12-25", "2026-12-28", "2026-12-29",
              "2026-12-30", "2026-12-31", "2027-01-01")
)  # fmt: skip


def parse_now(text: str) -> datetime:
    """`2026-02-07T07:05Z`, any ISO 8601; without a zone it is UTC."""
    try:
        moment = datetime.fromisoformat(text)
        if moment.year not in _YEARS:
            raise ValueError(text)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError) as err:
        raise UsageError(
            f"--now {text!r} is not an ISO 8601 time of 1970 to 2199", hint="try 2026-06-20T07:05Z"
        ) from err


def week_label(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def week_days(label: str) -> tuple[date, ...]:
    """Monday to Friday of an ISO week label. Raises UsageError for a week that does not exist."""
    m = _WEEK.fullmatch(label)
    try:
        if not m or int(m[1]) not in _YEARS:
            raise ValueError(label)
        monday = date.fromisocalendar(int(m[1]), int(m[2]), 1)
    except ValueError as err:
        raise UsageError(f"{label!r} is not a week", hint="try 2026-W25") from err
    return tuple(monday + timedelta(days=i) for i in range(5))


def ordinal(period: str) -> int:
    """The number of a day or a week in the row of all days or weeks: neighbours differ by one. Raises ValueError for
    what is neither."""
    if m := _WEEK.fullmatch(period):
        return date.fromisocalendar(int(m[1]), int(m[2]), 1).toordinal() // 7
    return date.fromisoformat(period).toordinal()


def _at(day: date, kind: IssueKind) -> datetime:
    """The moment the window turns on `day`, in UTC; a zone's DST decides what that is."""
    local = datetime.combine(day, time()) + kind.turn
    return local.replace(tzinfo=ZoneInfo(kind.timezone)).astimezone(UTC)


def window(kind: IssueKind, period: str) -> Window:
    """The window of a period label (`2026-06-20` daily, `2026-W25` weekly)."""
    if kind.cadence == "daily":
        day = parse_day(period)
        days = (day,) if kind.papers else ()
        return Window(_at(day - timedelta(days=1), kind), _at(day, kind), days)
    listed = week_days(period)
    end = listed[_WEDNESDAY] + timedelta(days=_behind(kind))
    return Window(_at(end - timedelta(days=7), kind), _at(end, kind), listed if kind.papers else ())


def _behind(kind: IssueKind) -> int:
    """Days from the Wednesday that gives a week its label to the end of its window, 1 to 7."""
    return (kind.weekday - _WEDNESDAY - 1) % 7 + 1


def parse_day(text: str, example: str = "2026-06-20") -> date:
    try:
        m = _DAY.fullmatch(text)
        if not m or int(m[1]) not in _YEARS:
            raise ValueError(text)
        return date.fromisoformat(text)
    except ValueError as err:
        raise UsageError(f"{text!r} is not a date", hint=f"try {example}") from err


def period_of(kind: IssueKind, when: str | None, now: datetime) -> str:
    """The period that `--date` means for this kind: a day, a week, `yesterday`, `today` or nothing
    (the latest window that has ended)."""
    if when is None:
        return _latest(kind, now)
    if when in ("today", "yesterday"):
        when = (now.astimezone(ZoneInfo(kind.timezone)).date() - timedelta(days=when == "yesterday")).isoformat()
    if kind.cadence == "daily":
        return parse_day(when).isoformat()
    if _WEEK.fullmatch(when):
        week_days(when)
        return when
    # a day names the week whose window holds its noon
    day = parse_day(when, "2026-W25, or a day of it such as 2026-06-17")
    since_turn = (day.weekday() - kind.weekday) % 7 or (7 if kind.turn > _NOON else 0)
    wednesday = 7 - _behind(kind)  # days behind the turn
    return week_label(day - timedelta(days=since_turn) + timedelta(days=wednesday))


def _latest(kind: IssueKind, now: datetime) -> str:
    day = now.astimezone(ZoneInfo(kind.timezone)).date() + timedelta(days=1)
    for back in range(15):
        d = day - timedelta(days=back)
        period = d.isoformat() if kind.cadence == "daily" else week_label(d)
        if window(kind, period).end <= now and not (kind.papers and kind.cadence == "daily" and d.weekday() > 4):
            return period  # no list of papers comes out on a weekend
    raise AssertionError("a window of two weeks holds a period end")


def period_before(kind: IssueKind, period: str) -> str:
    """The period whose window ends where this one's begins."""
    if kind.cadence == "daily":
        return (parse_day(period) - timedelta(days=1)).isoformat()
    return week_label(week_days(period)[0] - timedelta(days=7))


def listing_day(submitted: datetime) -> date:
    """arXiv's calendar for a submission time: cut-off 14:00 US Eastern Monday to Friday, announced in an
    evening and listed the next day, Monday to Friday (info.arxiv.org/help/availability). So Friday
    afternoon and the weekend wait for Monday's cut-off and are listed on Tuesday."""
    local = submitted.astimezone(ZoneInfo("America/New_York"))
    day = local.date() + timedelta(days=local.hour >= 14)
    while day.weekday() > 4:
        day += timedelta(days=1)
    day += timedelta(days=1)
    while day.weekday() > 4 or day in ARXIV_HOLIDAYS:
        day += timedelta(days=1)
    return day


_EASTERN = ZoneInfo("America/New_York")


def is_listing_day(day: date) -> bool:
    return day.weekday() < 5 and day not in ARXIV_HOLIDAYS


def submission_window(day: date) -> tuple[datetime, datetime]:
    """[start, end) in UTC of the submissions that arXiv's calendar lists on `day`, a listing day. Raises ValueError
    for a day without a list."""
    cuts = [datetime.combine(day - timedelta(days=n), time(14), _EASTERN) for n in range(15, 0, -1)]
    mine = [c for c in cuts[:-1] if listing_day(c) == day]
    if not mine:
        raise ValueError(f"{day} has no arXiv list")
    return mine[0].astimezone(UTC), cuts[cuts.index(mine[-1]) + 1].astimezone(UTC)


def listing_in_force(now: datetime) -> date:
    """The day of the list that the feed shows at `now`: it turns at midnight US Eastern."""
    day = now.astimezone(_EASTERN).date()
    while not is_listing_day(day):
        day -= timedelta(days=1)
    return day
