"""Reckon the days of months, seasons, quarters, decades and Hijri dates."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from dashboard.extraction import date_calendar as cal
from dashboard.extraction.date_calendar import DayRange
from dashboard.extraction.date_grammar import Captures
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
)
from dashboard.extraction.date_tokens import date_data


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
    elif shift == -1:
        chosen, why = day.year - 1, "of the year before the article's"
    elif shift == 1 or (moment.future and month > day.month):
        chosen, why = (day.year if month > day.month else day.year + 1), "the next such month"
    elif shift == -2 or (last and month == day.month):
        chosen, why = (chosen - 1), "such a month before the latest one"
    first, end = cal.month_range(chosen, month)
    if first <= day < end and not moment.future and shift is None:
        end, why = day, why + ", up to that day"
    return (first, end), why


def part_of_period(captures: Captures, days: DayRange) -> DayRange:
    """Cut the part that the words name out of a period."""
    low, high = date_data()["part_of_period"][str(must(captures, "part"))]
    return cal.part_of(days, int(low), int(high))


def up_to(days: DayRange, now: Moment | None) -> DayRange:
    """Cut off what lies after the article's day, where the words do not look ahead."""
    if now is None or now.future or not days[0] <= now.day < days[1]:
        return days
    return days[0], now.day


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
        return explicit(days, why) if named else relative(up_to(days, now), why)

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
        nearest = min(seasons, key=lambda days: max(days[0] - moment.day, moment.day - days[1]))
        return relative(up_to(nearest, moment), "this season: the nearest")
    if shift == -1:
        return relative(cal.season_range(season, moment.day.year - 1), "a season of last year")
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
            days = part_of_period(captures, days) if "part" in captures else days
            return explicit(up_to(days, moment), f"the latest such Hijri date, {why}")
    return None


PERIODS: Mapping[str, Resolver] = {
    "quarter": _piece_of_year(1, 3),
    "half": _piece_of_year(1, 6),
    "season": _season,
    "decade": _decade,
    "hijri": _hijri,
}
