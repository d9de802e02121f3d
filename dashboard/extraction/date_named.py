"""Reckon the days of what is named by the calendar: days, months, years, seasons, Hijri dates."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from dashboard.extraction import date_calendar as cal
from dashboard.extraction.date_calendar import DayRange
from dashboard.extraction.date_grammar import Captures
from dashboard.extraction.date_numeric import unpack
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
    years = range(moment.day.year + 1, moment.day.year - 9, -1)
    days = [found for year in years if (found := cal.make_day(year, month, day))]
    if settings.get("shift") == 0:
        same = [found for found in days if found.year == moment.day.year]
        return (same[0], "of the article's year") if same else None
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
    return _day_of(year or one(captures, *YEARS), month, day, captures, settings, now)


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


def month_of(
    month: int, year: int | None, settings: Mapping[str, Any], now: Moment | None, last: bool
) -> tuple[DayRange, str]:
    """Choose the year of a month: the latest begun, but for the words around it."""
    if year is not None:
        return cal.month_range(year, month), "a month of a named year"
    moment = need(now)
    day, shift = moment.day, settings.get("shift")
    chosen = day.year if month <= day.month else day.year - 1
    why = "the latest such month not after the article's day"
    if shift == 0:
        chosen, why = day.year, "of the article's year"
    elif shift == 1 or (moment.future and month > day.month):
        chosen, why = (day.year if month > day.month else day.year + 1), "the next such month"
    elif shift == -2 or (last and month == day.month):
        chosen, why = (chosen - 1), "such a month before the latest one"
    first, end = cal.month_range(chosen, month)
    if first <= day < end and not moment.future and shift is None:
        end, why = day, why + ", up to that day"
    return (first, end), why


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


def _part(captures: Captures, days: DayRange) -> DayRange:
    low, high = date_data()["part_of_period"][str(must(captures, "part"))]
    return cal.part_of(days, int(low), int(high))


def _up_to(days: DayRange, now: Moment | None) -> DayRange:
    """Cut off what lies after the article's day, where the words do not look ahead."""
    if now is None or now.future or not days[0] <= now.day < days[1]:
        return days
    return days[0], now.day


def _part_of_month(captures: Captures, settings: Mapping[str, Any], now: Moment | None) -> Answer:
    year = one(captures, *YEARS)
    settings = {**settings, "shift": settings.get("shift")}
    days, why = month_of(must(captures, *MONTHS), year, settings, now, "last" in captures)
    whole = cal.month_range(days[0].year, days[0].month)
    part = _part(captures, whole)
    if year is None and now and not now.future and part[0] > now.day:
        whole = cal.month_range(days[0].year - 1, days[0].month)
        part = _part(captures, whole)
    return explicit(_up_to(part, now if year is None else None), f"part of a month: {why}")


def _part_of_year(captures: Captures, _: Mapping[str, Any], __: Moment | None) -> Answer:
    return explicit(_part(captures, cal.year_range(must(captures, *YEARS))), "part of a named year")


def _part_of_shifted(captures: Captures, settings: Mapping[str, Any], now: Moment | None) -> Answer:
    days = shifted(need(now).day, must(captures, "the_unit"), int(settings["shift"]))
    part = _part(captures, days)
    cut = _up_to(part, now) if settings["shift"] == 0 else part
    return relative(cut, "part of a period counted from the article's day")


def _year(captures: Captures, _: Mapping[str, Any], __: Moment | None) -> Answer:
    return explicit(cal.year_range(must(captures, *YEARS)), "a named year")


def _years_range(captures: Captures, _: Mapping[str, Any], __: Moment | None) -> Answer | None:
    first, last = captures["modern_year"][0], captures["modern_year"][-1]
    if first > last:
        return None
    return explicit((date(first, 1, 1), date(last, 12, 31)), "from year to year")


def _piece_of_year(first: int, months: int) -> Resolver:
    def resolve(captures: Captures, settings: Mapping[str, Any], now: Moment | None) -> Answer:
        number = must(captures, "quarter", "half")
        if months == 6 and any(name in captures for name in MONTHS):
            found, why = month_of(must(captures, *MONTHS), one(captures, *YEARS), {}, now, False)
            whole = cal.month_range(found[0].year, found[0].month)
            middle = whole[0] + timedelta(days=14)
            half = (whole[0], middle) if number == 1 else (middle + timedelta(days=1), whole[1])
            return explicit(half, f"half of a month: {why}")
        year = one(captures, *YEARS)
        named = year is not None
        if year is None:
            year = need(now).day.year + int(settings.get("shift", 0))
        begin = first + (number - 1) * months
        days = (date(year, begin, 1), cal.month_range(year, begin + months - 1)[1])
        why = "part of a year, by its months"
        return explicit(days, why) if named else relative(_up_to(days, now), why)

    return resolve


def _season(captures: Captures, settings: Mapping[str, Any], now: Moment | None) -> Answer:
    season = must(captures, "season", "the_season")
    year = one(captures, *YEARS)
    if year is not None:
        days = cal.season_range(season, year)
        if season == 4:  # the winter that ends in the year or begins in it
            days = (days[0], date(year, 12, 31))
        return explicit(days, "a season of a named year, by its months")
    moment, shift = need(now), settings.get("shift")
    seasons = [cal.season_range(season, moment.day.year + step) for step in (1, 0, -1, -2)]
    if shift == 1:
        coming = [days for days in seasons if days[0] > moment.day]
        return relative(coming[-1], "the next such season")
    if shift == 0:
        begun = [days for days in seasons if days[0] <= moment.day]
        return relative(_up_to(begun[0], moment), "this season")
    over = [days for days in seasons if days[1] < moment.day]
    return relative(over[0], "the latest such season that is over")


def _decade(captures: Captures, _: Mapping[str, Any], __: Moment | None) -> Answer:
    first = (2000 if captures["decade"][0] == 20 else 1900) + captures["decade"][0]
    return explicit((date(first, 1, 1), date(first + 9, 12, 31)), "a decade")


def _hijri(captures: Captures, _: Mapping[str, Any], now: Moment | None) -> Answer | None:
    month, day = one(captures, "hijri_month", "month_hijri"), one(captures, "day")
    year = one(captures, "hijri_year")
    why = "by the Umm al-Qura calendar; the moon as seen can differ by a day"
    if year is not None:
        days = cal.hijri_range(year, month, day)
        return None if days is None else explicit(days, f"a Hijri date, {why}")
    moment = need(now)
    around = cal.hijri_year_of(moment.day)
    for back in range(around, around - 4, -1):
        days = cal.hijri_range(back, month, day)
        if days and days[0] <= moment.day:
            days = _part(captures, days) if "part" in captures else days
            return explicit(_up_to(days, moment), f"the latest such Hijri date, {why}")
    return None


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
    "quarter": _piece_of_year(1, 3),
    "half": _piece_of_year(1, 6),
    "season": _season,
    "decade": _decade,
    "hijri": _hijri,
    "day_of_shifted": _day_of_shifted,
    "counted_weekday": _counted_weekday,
}
