"""Read "five days after the fall of X": how long before the rest of its sentence a deed was."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from dashboard.extraction.clauses import NumberEntry, Parse
from dashboard.extraction.numbers import is_count
from dashboard.model import DateBasis, When

REACH = 10
"""Words behind "after N days of" in which the deed is told."""

MOST = 60
"""A larger number is no count of days that news reckons by."""

UNITS = {
    "an_hour": (0, 1),
    "a_day": (1, 0),
    "a_week": (7, 1),
    "a_month": (30, 5),
    "a_year": (365, 30),
}
"""Days in a unit of time, and by how many its count may be out."""

TWICE = {"two_hours": 0, "two_days": 2, "two_weeks": 14, "two_months": 60, "two_years": 730}


@dataclass(frozen=True, slots=True, kw_only=True)
class After:
    """The deed told at tokens [first, last) was `days` before the rest, give or take `slack`."""

    first: int
    last: int
    days: int
    slack: int

    def shift(self, when: When, words: str) -> When:
        """Give the days of the deed from those of the rest of its sentence."""
        out = timedelta(days=self.slack)
        back = timedelta(days=self.days)
        return When(
            first=when.first - back - out,
            last=when.last - back + out,
            basis=DateBasis.RELATIVE,
            why=(f"{words}: {self.days} days before",),
        )


def find_afters(parse: Parse) -> Iterator[After]:
    """Find the stretches of a sentence that tell what the rest came so long after."""
    if "after" not in parse.present or "of_what" not in parse.present:
        return
    numbers = {
        hit.first: (hit.last, hit.entry.value)
        for hit in parse.entries(NumberEntry)
        if isinstance(hit.entry, NumberEntry)
    }
    for at, classes in enumerate(parse.classes):
        if "after" not in classes:
            continue
        step = at + 1
        while step < len(parse.tokens) and "about" in parse.classes[step]:
            step += 1
        count, unit = 1, step
        if step in numbers:
            unit, count = numbers[step]
        elif step < len(parse.tokens) and is_count(parse.tokens[step].form):
            unit, count = step + 1, int(parse.tokens[step].form)
        length = length_of(parse, unit, count)
        more = length_of(parse, unit + 1, 1) if length is not None else None
        if length is not None and more is not None and parse.tokens[unit + 1].form[0] == "و":
            unit, length = unit + 1, (length[0] + more[0], length[1] + more[1])
        if length is None or count > MOST or unit + 1 >= len(parse.tokens):
            continue
        if "of_what" in parse.classes[unit + 1]:
            last = unit + 2
            while (
                last < len(parse.tokens) and last - unit < REACH and not parse.crossing(unit, last)
            ):
                last += 1
            yield After(first=unit + 1, last=last, days=length[0], slack=length[1])


def length_of(parse: Parse, unit: int, count: int) -> tuple[int, int] | None:
    """Give the days in a count of the unit at a token, and by how many it may be out."""
    if unit >= len(parse.tokens):
        return None
    classes = parse.classes[unit]
    for name, days in TWICE.items():
        if name in classes:
            return days, days // 20
    for name, (days, slack) in UNITS.items():
        if name in classes:
            return days * count, slack * count
    return None
