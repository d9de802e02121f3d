"""Take a span of days apart into whole years and months, and the days left over at its ends."""

from dataclasses import dataclass
from datetime import date, timedelta

FIRST, LAST = "0000", "9999"
EARLIEST, LATEST = 1000, 9998
"""Years between which a span is taken apart; an end beyond them is open."""

ONE_DAY = timedelta(days=1)
Days = tuple[date | None, date | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """A span without an overlap between its parts; None is an end that is open.

    `months` are the first and last whole month (YYYY-MM) or None, `years` the whole years among
    them or None, `beside` the ranges of whole months that lie in none of these years, `edges` the
    ranges of days in no whole month. An open end is FIRST or LAST.
    """

    since: date | None
    until: date | None
    months: tuple[str, str] | None
    years: tuple[str, str] | None
    beside: tuple[tuple[str, str], ...]
    edges: tuple[Days, ...]


def split(since: date | None, until: date | None) -> Parts | None:
    """Take a span apart; both its ends belong to it. None where it ends before it begins."""
    since = None if since and since.year < EARLIEST else since
    until = None if until and until.year > LATEST else until
    if (since and since.year > LATEST) or (until and until.year < EARLIEST):
        return None
    if since and until and since > until:
        return None
    begin = _next_month(since - ONE_DAY) if since else None
    end = (until + ONE_DAY).replace(day=1) - ONE_DAY if until else None
    if begin and end and begin > end:
        return Parts(
            since=since, until=until, months=None, years=None, beside=(), edges=((since, until),)
        )
    edges: list[Days] = []
    if since and begin and since < begin:
        edges.append((since, begin - ONE_DAY))
    if until and end and end < until:
        edges.append((end + ONE_DAY, until))
    months = (f"{begin:%Y-%m}" if begin else FIRST, f"{end:%Y-%m}" if end else LAST)
    years, beside = _years(begin, end, months)
    return Parts(
        since=since, until=until, months=months, years=years, beside=beside, edges=tuple(edges)
    )


def _years(
    begin: date | None, end: date | None, months: tuple[str, str]
) -> tuple[tuple[str, str] | None, tuple[tuple[str, str], ...]]:
    first = begin.year + (begin.month > 1) if begin else None
    last = end.year - (end.month < 12) if end else None
    if first is not None and last is not None and first > last:
        return None, (months,)
    beside = []
    if begin and begin.month > 1:
        beside.append((months[0], f"{begin.year:04}-12"))
    if end and end.month < 12:
        beside.append((f"{end.year:04}-01", months[1]))
    return (_year(first, FIRST), _year(last, LAST)), tuple(beside)


def _year(year: int | None, open_end: str) -> str:
    return open_end if year is None else f"{year:04}"


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)
