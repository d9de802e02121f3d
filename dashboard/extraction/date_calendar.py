"""Reckon with days: months, weeks, seasons, parts of a period, the Hijri calendar."""

from calendar import monthrange
from datetime import date, timedelta

from hijridate import Hijri

DayRange = tuple[date, date]
UNITS = {1: "hour", 2: "day", 3: "week", 4: "month", 5: "year", 6: "decade"}


def month_range(year: int, month: int) -> DayRange:
    """Give the first and last day of a month."""
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def year_range(year: int) -> DayRange:
    """Give the first and last day of a year."""
    return date(year, 1, 1), date(year, 12, 31)


def add_months(day: date, months: int) -> date:
    """Move a day by months, to the month's last day where it has no such day."""
    count = day.year * 12 + day.month - 1 + months
    year, month = max(1, count // 12), count % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def add(day: date, count: int, unit: int) -> date:
    """Move a day by so many units (1 hour ... 6 decade); hours round to days."""
    if unit == 1:
        return day + timedelta(days=round(count / 24))
    if unit in (2, 3):
        return day + timedelta(days=count * (1 if unit == 2 else 7))
    return add_months(day, count * {4: 1, 5: 12, 6: 120}[unit])


def make_day(year: int, month: int, day: int) -> date | None:
    """Give a day, or None where the calendar has no such day."""
    if 1 <= year <= 9999 and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]:
        return date(year, month, day)
    return None


def latest_weekday(weekday: int, day: date) -> date:
    """Give the latest such weekday (1 Monday ... 7 Sunday) not after a day."""
    return day - timedelta(days=(day.isoweekday() - weekday) % 7)


def next_weekday(weekday: int, day: date) -> date:
    """Give the first such weekday after a day."""
    return day + timedelta(days=(weekday - day.isoweekday() - 1) % 7 + 1)


def week_of(day: date, shift: int) -> DayRange:
    """Give the week `shift` weeks on, as wide as weeks from Saturday, Sunday and Monday make it.

    The press of the region counts weeks from any of the three; the text does not tell which.
    """
    starts = [latest_weekday(first, day) + timedelta(days=7 * shift) for first in (6, 7, 1)]
    return min(starts), max(starts) + timedelta(days=6)


def part_of(period: DayRange, low: int, high: int) -> DayRange:
    """Cut a stretch, in hundredths, out of a period."""
    first, last = period
    days = (last - first).days
    return first + timedelta(days=days * low // 100), first + timedelta(days=days * high // 100)


def season_range(season: int, year: int) -> DayRange:
    """Give a season's days as the press means them (1 spring ... 4 winter).

    A winter of one year can be that which ends in it or that which begins in it.
    """
    if season == 4:
        return date(year - 1, 12, 1), month_range(year, 2)[1]
    first = {1: 3, 2: 6, 3: 9}[season]
    return date(year, first, 1), month_range(year, first + 2)[1]


def hijri_range(year: int, month: int | None, day: int | None) -> DayRange | None:
    """Give the days of a Hijri day, month or year by the Umm al-Qura calendar (hijridate).

    A day seen by the moon can differ by one; None where the calendar has no such day.
    """
    try:
        if month is None:
            first, last = Hijri(year, 1, 1), Hijri(year, 12, 1)
            return first.to_gregorian(), last.to_gregorian() + timedelta(
                days=last.month_length() - 1
            )
        if day is None:
            start = Hijri(year, month, 1)
            begins = start.to_gregorian()
            return begins, begins + timedelta(days=start.month_length() - 1)
        exact = Hijri(year, month, day).to_gregorian()
        return exact, exact
    except (ValueError, OverflowError):
        return None


def hijri_year_of(day: date) -> int:
    """Give the Hijri year in which a day lies, reckoned so that no range limits it."""
    return int((day.year - 622) * 33 / 32) + 2
