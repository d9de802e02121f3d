"""Reckon days that count from what was told last: the day before that, the 26th of that month."""

import functools
import tomllib
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

from dashboard.extraction.afterwards import length_of
from dashboard.extraction.clauses import COMMA, OPENER, NumberEntry, Parse
from dashboard.extraction.date_calendar import month_range
from dashboard.extraction.dates import find_dates
from dashboard.model import DateBasis, When

FILE = Path(__file__).with_name("anaphora.toml")

FAR = OPENER + COMMA
"""A crossing up to which such words date a deed."""

CLOSE = timedelta(days=40)
"""What was told last must be known this closely for a day to count from it."""

DAY_WORDS = 5
"""Words before "the same month" in which the day stands."""


class Reference(NamedTuple):
    """Days that the words at token `at` reckon from what was told last."""

    at: int
    when: When


def find_references(parse: Parse, told: When | None) -> Iterator[Reference]:
    """Find the words of a sentence that count from the days of what was told last."""
    if told is None or told.last - told.first > CLOSE:
        return
    if not parse.present & {"that_time", "same_time", "next_time"}:
        return
    for at, classes in enumerate(parse.classes):
        if not at:
            continue
        earlier = parse.classes[at - 1]
        shift: tuple[int, int] | None = None
        if "that_time" in classes and ("after" in earlier or "earlier" in earlier):
            length = _length(parse, at + 1)
            if length is not None:
                days, slack = length
                shift = (days if "after" in earlier else -days, slack)
        elif "the_day" in earlier and "same_time" in classes:
            shift = (0, 0)
        elif "the_day" in earlier and "next_time" in classes:
            shift = (1, 0)
        elif "the_month" in earlier and "same_time" in classes:
            when = _day_of_month(parse, at - 1, told)
            if when is not None:
                yield Reference(at, when)
        if shift is not None:
            step, out = timedelta(days=shift[0]), timedelta(days=shift[1])
            why = f"{shift[0]} days from what was told last"
            first, last = told.first + step - out, told.last + step + out
            when = When(first=first, last=last, basis=DateBasis.RELATIVE, why=(why,))
            yield Reference(at, when)


def _length(parse: Parse, unit: int) -> tuple[int, int] | None:
    while unit < len(parse.tokens) and "about" in parse.classes[unit]:
        unit += 1
    for hit in parse.entries(NumberEntry):
        if hit.first == unit and isinstance(hit.entry, NumberEntry):
            return length_of(parse, hit.last, hit.entry.value)
    return length_of(parse, unit, 1)


def _day_of_month(parse: Parse, month: int, told: When) -> When | None:
    """Read "the 26th of the same month" as a day of the month of what was told last."""
    offset = parse.sentence.span.start
    start = parse.tokens[max(0, month - DAY_WORDS)].start - offset
    upto = parse.sentence.text[start : parse.tokens[month].start - offset]
    text = upto + _this_month()
    last = month_range(told.first.year, told.first.month)[1]
    found = [m for m in find_dates(text, published=last) if m.span.end == len(text)]
    when = found[-1].when if found else None
    if when is None or when.first != when.last:
        return None
    return When(first=when.first, last=when.last, basis=DateBasis.RELATIVE, why=("that month",))


@functools.cache
def _this_month() -> str:
    return str(tomllib.loads(FILE.read_text(encoding="utf-8"))["this_month"]["words"])
