"""Reckon the days of what is named by the calendar: days, months, years and their ranges."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from dashboard.extraction import date_calendar as cal
from dashboard.extraction.date_grammar import Captures
from dashboard.extraction.date_numeric import unpack
from dashboard.extraction.date_periods import month_of, part_of_period, up_to
from dashboard.extraction.date_resolve import (
    MONTHS,
    YEARS,
    Answer,
    Moment,
    Resolver,
    explicit,
    must,
    need,
    one,
    relative,
    shifted,
)
from dashboard.extraction.date_tokens import date_data

NEWS_DAYS = 10
"""A day in figures that is no older than this is rather meant than one of a year ago."""


def _calendar(captures: Captures, settings: Mapping[str, Any], now: Moment | None) -> Answer | None:
    month, day = must(captures, *MONTHS), must(captures, "day")
    return _day_of(one(captures, *YEARS), month, day, captures, settings, now)


def _day_of(
    year: int | None,
    month: int,
    day: int,
    captures: Captures,
    settings: Mapping[str, Any],
    now: Moment | None,
) -> Answer | None:
    weekday = one(captures, "weekday")
    if year is not None:
        exact = cal.make_day(year, month, day)
        if exact is None:
            return None
        why = "a day named in full"
        if weekday is not None and exact.isoweekday() != weekday:
            why += f"; it was a {exact:%A}, though the text names another weekday"
        return explicit((exact, exact), why)
    moment = need(now)
    found = _choose_year(month, day, weekday, settings, moment, "last" in captures)
    return None if found is None else explicit((found[0], found[0]), found[1])


def _choose_year(
    month: int,
    day: int,
    weekday: int | None,
    settings: Mapping[str, Any],
    moment: Moment,
    last: bool,
) -> tuple[date, str] | None:
    """Choose the year of a day and month: the latest not after the article, but for cues."""
    ahead = date_data()["look_ahead"]
    future = moment.future or settings.get("shift") == 1
    limit = int(ahead["days_with_cue"] if future else ahead["days_without_cue"])
    bound = moment.day + timedelta(days=limit)
    if last:
        bound = moment.day - timedelta(days=1)
    reach = 9 if (month, day) == (2, 29) else 4
    years = range(moment.day.year + 1, moment.day.year - reach, -1)
    days = [found for year in years if (found := cal.make_day(year, month, day))]
    if settings.get("shift") == 0:
        same = [found for found in days if found.year == moment.day.year]
        return (same[0], "of the article's year") if same else None
    if settings.get("shift") == -1:
        before = [found for found in days if found.year == moment.day.year - 1]
        return (before[0], "of the year before the article's") if before else None
    past = [found for found in days if found <= bound]
    if not past:
        return None
    if future and (coming := [found for found in past if found > moment.day]):
        return coming[-1], "the next such day, as the words speak of what is to come"
    if weekday is not None:
        near = [found for found in days if abs((found - past[0]).days) < 1100]
        fits = [found for found in near if found.isoweekday() == weekday and found <= bound]
        if fits:
            return fits[0], "the latest such day on that weekday not after the article's day"
        return past[0], "the latest such day not after the article's day; the weekday disagrees"
    return past[0], "the latest such day not after the article's day"


def _figures(captures: Captures, settings: Mapping[str, Any], now: Moment | None) -> Answer | None:
    if "figures" in captures:
        year, month, day = _two_figures(captures["figures"][0], now)
    else:
        year, month, day = unpack(must(captures, "numeric", "short"))
        if not year and now is not None and _is_month_first(day, month, now):
            month, day = day, month
    return _day_of(year or one(captures, *YEARS), month, day, captures, settings, now)


def _is_month_first(day: int, month: int, now: Moment) -> bool:
    """Tell whether day and month in figures are days old only where the month stands first."""

    def is_news(month: int, day: int) -> bool:
        found = cal.make_day(now.day.year, month, day)
        return found is not None and timedelta(0) <= now.day - found <= timedelta(days=NEWS_DAYS)

    return is_news(day, month) and not is_news(month, day)


def _two_figures(value: int, now: Moment | None) -> tuple[int, int, int]:
    """Read 18-9-15 day first, or year first where day first is no day or lies well ahead."""
    first, second, third = unpack(value)
    limit = now.day + timedelta(days=366) if now else date(2100, 1, 1)
    for year, month, day in ((2000 + third, second, first), (2000 + first, second, third)):
        found = cal.make_day(year, month, day)
        if found and found <= limit:
            return year, month, day
    return 2000 + third, first, second


def _days_range(
    captures: Captures, settings: Mapping[str, Any], now: Moment | None
) -> Answer | None:
    days, months = captures["day"], captures["any_month"]
    years = [year for category in YEARS for year in captures.get(category, ())]
    end = _day_of(years[-1] if years else None, months[-1], days[-1], {}, settings, now)
    if end is None:
        return None
    year = years[0] if len(years) > 1 else end.first.year
    first = cal.make_day(year, months[0], days[0])
    if first and first > end.last and len(years) < 2:
        first = cal.make_day(year - 1, months[0], days[0])
    if first is None or first > end.last:
        return None
    return explicit((first, end.last), f"from day to day; the last is {end.why}")


def _figures_range(captures: Captures, _: Mapping[str, Any], __: Moment | None) -> Answer | None:
    found = [cal.make_day(*unpack(value)) for value in captures["numeric"]]
    first, last = found[0], found[-1]
    if first is None or last is None or first > last:
        return None
    return explicit((first, last), "from day to day, in figures")


def _month(captures: Captures, settings: Mapping[str, Any], now: Moment | None) -> Answer:
    year = one(captures, *YEARS)
    days, why = month_of(must(captures, *MONTHS), year, settings, now, "last" in captures)
    return explicit(days, why)


def _months_range(
    captures: Captures, settings: Mapping[str, Any], now: Moment | None
) -> Answer | None:
    months = [value for name in MONTHS for value in captures.get(name, ())]
    years = [year for category in YEARS for year in captures.get(category, ())]
    end, why = month_of(months[-1], years[-1] if years else None, settings, now, False)
    year = years[0] if len(years) > 1 else end[1].year
    if len(years) < 2 and months[0] > months[-1]:
        year -= 1
    first = cal.month_range(year, months[0])[0]
    return (
        explicit((first, end[1]), f"from month to month; the last is {why}")
        if first <= end[1]
        else None
    )


def _part_of_month(captures: Captures, settings: Mapping[str, Any], now: Moment | None) -> Answer:
    year = one(captures, *YEARS)
    settings = {**settings, "shift": settings.get("shift")}
    days, why = month_of(must(captures, *MONTHS), year, settings, now, "last" in captures)
    whole = cal.month_range(days[0].year, days[0].month)
    part = part_of_period(captures, whole)
    if year is None and now and not now.future and part[0] > now.day:
        whole = cal.month_range(days[0].year - 1, days[0].month)
        part = part_of_period(captures, whole)
    return explicit(up_to(part, now if year is None else None), f"part of a month: {why}")


def _part_of_year(captures: Captures, _: Mapping[str, Any], __: Moment | None) -> Answer:
    return explicit(
        part_of_period(captures, cal.year_range(must(captures, *YEARS))), "part of a named year"
    )


def _part_of_shifted(captures: Captures, settings: Mapping[str, Any], now: Moment | None) -> Answer:
    days = shifted(need(now).day, must(captures, "the_unit"), int(settings["shift"]))
    part = part_of_period(captures, days)
    cut = up_to(part, now) if settings["shift"] == 0 else part
    return relative(cut, "part of a period counted from the article's day")


def _year(captures: Captures, _: Mapping[str, Any], __: Moment | None) -> Answer:
    return explicit(cal.year_range(must(captures, *YEARS)), "a named year")


def _years_range(captures: Captures, _: Mapping[str, Any], __: Moment | None) -> Answer | None:
    first, last = captures["modern_year"][0], captures["modern_year"][-1]
    if first > last:
        return None
    return explicit((date(first, 1, 1), date(last, 12, 31)), "from year to year")


def _day_of_shifted(
    captures: Captures, settings: Mapping[str, Any], now: Moment | None
) -> Answer | None:
    month = cal.add_months(need(now).day.replace(day=1), int(settings["shift"]))
    day = cal.make_day(month.year, month.month, captures["day"][0])
    return (
        None if day is None else relative((day, day), "a day of a month counted from the article's")
    )


def _counted_weekday(captures: Captures, _: Mapping[str, Any], now: Moment | None) -> Answer | None:
    number, weekday = (
        must(captures, "ordinal", "numberword"),
        must(captures, "weekday_bare", "weekday"),
    )
    if any(name in captures for name in MONTHS):
        found, why = month_of(must(captures, *MONTHS), one(captures, *YEARS), {}, now, False)
    else:
        day = need(now).day
        found, why = cal.month_range(day.year, day.month), "of the article's month"
    first = cal.next_weekday(weekday, found[0] - timedelta(days=1))
    day = first + timedelta(days=7 * (number - 1))
    return (
        explicit((day, day), f"weekday number {number} of a month: {why}")
        if day.month == first.month
        else None
    )


NAMED: Mapping[str, Resolver] = {
    "calendar": _calendar,
    "figures": _figures,
    "figures_vouched": _figures,
    "days_range": _days_range,
    "figures_range": _figures_range,
    "months_range": _months_range,
    "years_range": _years_range,
    "month": _month,
    "part_of_month": _part_of_month,
    "part_of_year": _part_of_year,
    "part_of_shifted": _part_of_shifted,
    "year": _year,
    "year_vouched": _year,
    "day_of_shifted": _day_of_shifted,
    "counted_weekday": _counted_weekday,
}
