"""Reckon the days of an expression from what its pattern took and the article's day."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from dashboard.extraction import date_calendar as cal
from dashboard.extraction.date_calendar import UNITS, DayRange
from dashboard.extraction.date_grammar import Captures
from dashboard.extraction.date_tokens import date_data
from dashboard.model import DateBasis


class Moment(NamedTuple):
    """The article's day, and whether the words before the expression speak of what is to come."""

    day: date
    future: bool


class Answer(NamedTuple):
    """The days of an expression, their basis and the reason."""

    first: date
    last: date
    basis: DateBasis
    why: str


class NoReferenceError(Exception):
    """The expression counts from the article's day, and the article has none."""


Resolver = Callable[[Captures, Mapping[str, Any], "Moment | None"], "Answer | None"]


def need(now: Moment | None) -> Moment:
    """Give the article's day or raise NoReferenceError."""
    if now is None:
        raise NoReferenceError
    return now


def one(captures: Captures, *categories: str) -> int | None:
    """Give the first value taken by any of the categories."""
    for category in categories:
        if category in captures:
            return captures[category][0]
    return None


def must(captures: Captures, *categories: str) -> int:
    """Give the value that one of the categories took; ValueError where the pattern holds none."""
    value = one(captures, *categories)
    if value is None:
        raise ValueError(f"date_words.toml: a pattern of this rule must hold one of {categories}")
    return value


MONTHS = ("any_month", "month", "strong_month", "month_english")
YEARS = ("year", "modern_year")


def relative(days: DayRange, why: str) -> Answer:
    """Make an answer that counts from the article's day."""
    return Answer(*days, DateBasis.RELATIVE, why)


def explicit(days: DayRange, why: str) -> Answer:
    """Make an answer that the words tell by themselves."""
    return Answer(*days, DateBasis.EXPLICIT, why)


def _day_offset(captures: Captures, settings: Mapping[str, Any], now: Moment | None) -> Answer:
    offset = int(settings["offset"])
    day = need(now).day + timedelta(days=offset)
    why = f"{offset:+d} days from the article's day" if offset else "the article's day"
    weekday = one(captures, "weekday")
    if weekday is not None and day.isoweekday() != weekday:
        why += f", though the text names another weekday than {day:%A}"
        nearest = day + timedelta(days=(weekday - day.isoweekday() + 3) % 7 - 3)
        return relative((nearest, nearest), f"{why}: the weekday wins")
    return relative((day, day), why)


def _night(captures: Captures, settings: Mapping[str, Any], now: Moment | None) -> Answer:
    answer = _day_offset(captures, settings, now)
    return answer._replace(last=answer.first + timedelta(days=1), why=answer.why + ", by night")


def _now(_: Captures, __: Mapping[str, Any], now: Moment | None) -> Answer:
    day = need(now).day
    return relative((day, day), "now is the article's day")


def _weekday(captures: Captures, settings: Mapping[str, Any], now: Moment | None) -> Answer:
    moment, weekday = need(now), must(captures, "weekday", "weekday_bare")
    shift = int(settings.get("shift", 0))
    if shift > 0 or (shift == 0 and moment.future):
        day = cal.next_weekday(weekday, moment.day)
        return relative((day, day), "the next such weekday after the article's day")
    if shift == 0:
        day = cal.latest_weekday(weekday, moment.day)
        return relative((day, day), "the latest such weekday not after the article's day")
    day = cal.latest_weekday(weekday, moment.day - timedelta(days=1))
    day += timedelta(days=7 * (shift + 1))
    return relative((day, day), f"weekday {-shift} back, before the article's day")


def _weekday_of_week(captures: Captures, settings: Mapping[str, Any], now: Moment | None) -> Answer:
    moment, weekday = need(now), must(captures, "weekday")
    monday = cal.latest_weekday(1, moment.day) + timedelta(days=7 * int(settings["shift"]))
    day = monday + timedelta(days=weekday - 1)
    return relative((day, day), "that weekday of the named week, from Monday")


def _two_weekdays(captures: Captures, _: Mapping[str, Any], now: Moment | None) -> Answer:
    moment, (first, second) = need(now), captures["weekday"][:2]
    if moment.future:
        begin = cal.next_weekday(first, moment.day)
        return relative((begin, cal.next_weekday(second, begin)), "the next such two weekdays")
    end = cal.latest_weekday(second, moment.day)
    if "last" in captures:
        end = cal.latest_weekday(second, moment.day - timedelta(days=1))
    begin = cal.latest_weekday(first, end)
    return relative((begin, end), "the latest such two weekdays")


def _weekday_day(captures: Captures, _: Mapping[str, Any], now: Moment | None) -> Answer | None:
    moment, weekday, number = need(now), captures["weekday"][0], captures["day"][0]
    months = [0, -1, *([1] if moment.future else []), *range(-2, -13, -1)]
    for back in months:
        month = cal.add_months(moment.day.replace(day=1), back)
        day = cal.make_day(month.year, month.month, number)
        if day and day.isoweekday() == weekday and (day <= moment.day or moment.future):
            return relative((day, day), "the latest day of that number on that weekday")
    return None


def _ago(captures: Captures, settings: Mapping[str, Any], now: Moment | None) -> Answer:
    moment, sign = need(now), int(settings.get("sign", -1))
    counts = _counts(captures)
    day = moment.day
    for count, unit in counts:
        day = cal.add(day, sign * count, unit)
    largest = counts[0][1] if len(counts) == 1 else 2
    tolerance = int(date_data()["tolerance_days"][UNITS[largest]])
    if "about" in captures:
        about = date_data()["about_tolerance"]
        tolerance = max(int(about["days"]), tolerance * int(about["factor"]))
    first, last = day - timedelta(days=tolerance), day + timedelta(days=tolerance)
    if counts == [(counts[0][0], 1)] and day == moment.day:
        first = day - timedelta(days=1)
    if sign < 0:
        last = min(last, moment.day)
    told = " and ".join(f"{count} {UNITS[unit]}s" for count, unit in counts)
    way = "before" if sign < 0 else "after"
    more = f", give or take {tolerance} days" if tolerance else ""
    return relative((first, last), f"{told} {way} the article's day{more}")


def _from_now(captures: Captures, _: Mapping[str, Any], now: Moment | None) -> Answer:
    return _ago(captures, {"sign": 1 if need(now).future else -1}, now)


def _ahead(captures: Captures, __: Mapping[str, Any], now: Moment | None) -> Answer:
    return _ago(captures, {"sign": 1}, now)


def _counts(captures: Captures) -> list[tuple[int, int]]:
    """List what is counted, as (count, unit)."""
    found = [(2, unit) for unit in captures.get("dual", ()) + captures.get("the_dual", ())]
    numbers = captures.get("n", ())
    found += list(zip(numbers, captures.get("unit", captures.get("the_units", ())), strict=False))
    found += [(1, unit) for unit in captures.get("one", ())]
    if not found:
        raise ValueError("date_words.toml: a pattern that counts must hold {n} {unit} or {dual}")
    return sorted(found, key=lambda pair: -pair[1])


def _ago_some(captures: Captures, _: Mapping[str, Any], now: Moment | None) -> Answer:
    moment, unit = need(now), must(captures, "units", "the_units")
    table = "few_number" if captures.get("few") == (1,) else "vague_number"
    least, most = date_data()[table][UNITS[unit]]
    first, last = cal.add(moment.day, -most, unit), cal.add(moment.day, -least, unit)
    return relative((first, last), f"{least} to {most} {UNITS[unit]}s before the article's day")


def _recent_span(captures: Captures, _: Mapping[str, Any], now: Moment | None) -> Answer:
    moment = need(now)
    if "n" in captures or "the_dual" in captures:
        count, unit = _counts(captures)[0]
    else:
        unit = must(captures, "the_units")
        table = "recent_few_span" if captures.get("few") == (1,) else "recent_span"
        count = int(date_data()[table][UNITS[unit]])
    first = min(cal.add(moment.day, -count, unit), moment.day - timedelta(days=1))
    return relative((first, moment.day), f"the last {count} {UNITS[unit]}s up to the article's day")


def _coming_span(captures: Captures, _: Mapping[str, Any], now: Moment | None) -> Answer:
    moment = need(now)
    if "n" in captures or "the_dual" in captures:
        count, unit = _counts(captures)[0]
    else:
        unit = must(captures, "the_units")
        count = int(date_data()["recent_span"][UNITS[unit]])
    last = cal.add(moment.day, count, unit)
    return relative((moment.day, last), f"the next {count} {UNITS[unit]}s from the article's day")


def _lasted(captures: Captures, _: Mapping[str, Any], now: Moment | None) -> Answer | None:
    if "units" in captures:
        unit = captures["units"][0]
        count = int(date_data()["vague_number"][UNITS[unit]][1])
    else:
        count, unit = _counts(captures)[0]
    moment = need(now)
    first = cal.add(moment.day, -count, unit)
    if (moment.day - first).days > 366:
        return None
    return relative((first, moment.day), "what lasted so long began so long before the article")


def _unit_shift(
    captures: Captures, settings: Mapping[str, Any], now: Moment | None
) -> Answer | None:
    moment, unit, shift = need(now), must(captures, "the_unit"), int(settings["shift"])
    if unit == 2 and shift == 1 and not moment.future:
        return None  # "the next day" of what is told, not of the article
    days = shifted(moment.day, unit, shift)
    if shift == 0 and unit > 2:
        days = (moment.day, days[1]) if moment.future else (days[0], moment.day)
    name = {**UNITS, 7: "century"}[unit]
    return relative(
        days, f"{name} {shift:+d} from the article's" if shift else f"the article's {name}"
    )


def shifted(day: date, unit: int, shift: int) -> DayRange:
    """Give the day, week, month, year, decade or century `shift` units on."""
    if unit == 2:
        moved = day + timedelta(days=shift)
        return moved, moved
    if unit == 3:
        first, last = cal.week_of(day, shift)
        return (first, min(last, day)) if shift < 0 else (max(first, day) if shift else first, last)
    if unit == 4:
        moved = cal.add_months(day.replace(day=1), shift)
        return cal.month_range(moved.year, moved.month)
    size = {5: 1, 6: 10, 7: 100}[unit]
    year = (day.year // size + shift) * size
    return date(year, 1, 1), date(year + size - 1, 12, 31)


def _vague(_: Captures, __: Mapping[str, Any], ___: Moment | None) -> None:
    return None


RELATIVE: Mapping[str, Resolver] = {
    "day_offset": _day_offset,
    "night": _night,
    "now": _now,
    "weekday": _weekday,
    "weekday_of_week": _weekday_of_week,
    "two_weekdays": _two_weekdays,
    "weekday_day": _weekday_day,
    "ago": _ago,
    "ahead": _ahead,
    "from_now": _from_now,
    "ago_some": _ago_some,
    "recent_span": _recent_span,
    "coming_span": _coming_span,
    "lasted": _lasted,
    "unit_shift": _unit_shift,
    "vague": _vague,
}
