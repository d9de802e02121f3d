"""Gather clues to an article's day: each a set of days with a weight and a reason."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dashboard.extraction.date_calendar import DayRange, make_day
from dashboard.extraction.date_grammar import Captures
from dashboard.extraction.date_resolve import MONTHS, YEARS, NoReferenceError, one
from dashboard.extraction.date_tokens import date_data
from dashboard.extraction.dates import Expression

BEGIN = date(2011, 1, 1)
LINE = 1000  # characters of a line to either side of its date that are looked at
NEWS_DAYS = 31  # the latest day that a report names in full mostly lies within a month before it


@dataclass(frozen=True, slots=True, kw_only=True)
class Clue:
    """What one observation allows: days within one of `days`, and on `weekday` where it is told.

    `weight` says how much it counts against clues that contradict it; `exact` marks a clue that
    tells the day itself.
    """

    kind: str
    days: tuple[DayRange, ...]
    weight: float
    why: str
    weekday: int | None = None
    exact: bool = False

    def allows(self, day: date) -> bool:
        """Tell whether the article can be of a day, by this clue."""
        if self.weekday is not None and day.isoweekday() != self.weekday:
            return False
        return any(first <= day <= last for first, last in self.days)


OFFSETS = {"today": 0, "yesterday": -1, "before-yesterday": -2, "tomorrow": 1, "last-night": -1}


def weekday_clues(expressions: Sequence[Expression], end: date) -> list[Clue]:
    """Read the article's weekday off "today, Friday" and "yesterday, Thursday"."""
    told: dict[int, list[str]] = {}
    for expression in expressions:
        offset = OFFSETS.get(expression.reading.rule.id)
        weekday = one(expression.reading.captures, "weekday")
        if offset is None or weekday is None:
            continue
        told.setdefault((weekday - offset - 1) % 7 + 1, []).append(expression.surface)
    return [
        Clue(
            kind="weekday",
            days=((BEGIN, end),),
            weekday=weekday,
            weight=3 + 0.5 * (len(surfaces) - 1),
            why=f"«{surfaces[0]}» makes it a {_WEEKDAYS[weekday]}",
        )
        for weekday, surfaces in told.items()
    ]


_WEEKDAYS = ("", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def named_clues(expressions: Sequence[Expression], lead: str, end: date) -> list[Clue]:
    """Bound the article by the latest day or year that it names in full and looks back on."""
    clues = [clue for expression in expressions if (clue := _today_clue(expression, end))]
    days: list[tuple[DayRange, str]] = []
    years: list[tuple[DayRange, str]] = []
    for expression in expressions:
        if expression.future or not _named_in_full(expression.reading.captures):
            continue
        answer = _days_without_reference(expression)
        if answer is None or not date(2003, 1, 1) <= answer[0] <= end:
            continue
        wide = (answer[1] - answer[0]).days
        (days if wide <= 31 else years).append((answer, expression.surface))
    if days:
        (first, last), surface = max(days)
        clues.append(_after(first, end, 2, f"it names {first} («{surface}») as past"))
        if first == last and surface in lead:
            clues.append(
                Clue(
                    kind="named",
                    days=((first, last + timedelta(days=NEWS_DAYS)),),
                    weight=1,
                    why=f"{first} («{surface}»), the latest day that it names, stands in its lead",
                )
            )
    if years:
        (first, _), surface = max(years)
        clues.append(_after(first, end, 1, f"it names «{surface}»"))
    return clues


def _after(first: date, end: date, weight: float, why: str) -> Clue:
    return Clue(kind="named", days=((first, max(first, end)),), weight=weight, why=why)


def _named_in_full(captures: Captures) -> bool:
    return any(name in captures for name in (*YEARS, "numeric", "figures", "hijri_year"))


def _days_without_reference(expression: Expression) -> DayRange | None:
    try:
        answer = expression.days(None)
    except (NoReferenceError, ValueError, OverflowError):
        return None
    return None if answer is None else (answer.first, answer.last)


def _today_clue(expression: Expression, end: date) -> Clue | None:
    """Read the day off "today, Friday 27 October", with or without a year."""
    after = {"today-full": 0, "today-figures": 0, "yesterday-full": 1}
    if expression.reading.rule.id not in after:
        return None
    later = timedelta(days=after[expression.reading.rule.id])
    captures = expression.reading.captures
    exact = _days_without_reference(expression)
    if exact is not None:
        why = f"«{expression.surface}» tells the day"
        return Clue(
            kind="today",
            days=((exact[0] + later, exact[1] + later),),
            weight=6,
            why=why,
            exact=True,
        )
    day, month = one(captures, "day"), one(captures, *MONTHS)
    if day is None or month is None:
        return None
    days = tuple((a + later, b + later) for a, b in any_year(day, month, end))
    why = f"«{expression.surface}» tells day and month"
    weekday = one(captures, "weekday")
    weekday = None if weekday is None else (weekday - 1 + later.days) % 7 + 1
    return Clue(kind="today", days=days, weight=4, why=why, weekday=weekday)


def any_year(day: int, month: int, end: date) -> Iterable[DayRange]:
    """Give a day and month in each year that comes into question."""
    for year in range(BEGIN.year, end.year + 1):
        found = make_day(year, month, day)
        if found:
            yield found, found


def line_clues(text: str, expressions: Sequence[Expression], end: date) -> list[Clue]:
    """Read the day off a dateline, a line that is a date, or a line that tells the publication."""
    clues = []
    for expression in expressions:
        if expression.reading.rule.id not in ("day-month", "month-day", "figures", "hijri-day"):
            continue
        begin = text.rfind("\n", 0, expression.span.start) + 1
        line_end = text.find("\n", expression.span.end)
        line_end = len(text) if line_end < 0 else line_end
        if expression.span.start - begin > LINE:
            continue  # deep in a paragraph: no line of its own
        line_end = min(line_end, expression.span.end + LINE)
        before, after = text[begin : expression.span.start], text[expression.span.end : line_end]
        if before.lstrip().startswith(("—", "–", "-")) or "@" in before:
            continue  # the signature of an embedded post
        where = _line_kind(text[:begin], before, after)
        if where is None:
            continue
        exact = _days_without_reference(expression)
        captures = expression.reading.captures
        day, month = one(captures, "day"), one(captures, *MONTHS)
        if exact is not None:
            days: tuple[DayRange, ...] = (exact,)
        elif day is not None and month is not None:
            days = tuple(any_year(day, month, end))
        else:
            continue
        why = f"the {where} «{expression.surface}»"
        weight = 6 if exact else 4
        clues.append(Clue(kind="line", days=days, weight=weight, why=why, exact=exact is not None))
        break
    return clues


def _line_kind(above: str, before: str, after: str) -> str | None:
    """Tell what kind of line holds a date: a dateline, a date alone, a line of publication."""
    words = date_data()["document"]
    lead = before.strip(" \t:|-–—*()[]")
    if any(cue in before for cue in words["published"]):
        return "line of publication"
    top = above.count("\n") <= int(words["top_lines"]) and len(above) <= int(
        words["top_characters"]
    )
    if not top or any(word in lead for word in words["not_dateline"]):
        return None
    rest = after.strip(" \t:|-–—*()[].،,")
    if len(lead.split()) <= 3 and len(rest.split()) <= 4 and not _speaks(lead):
        return "line that is a date"
    signs = tuple(words["dateline_signs"])
    framed = after.lstrip().startswith(signs) or (lead and before.rstrip().endswith(signs))
    if framed and len(lead.split()) <= 5 and not _speaks(lead):
        return "dateline"
    return None


def _speaks(lead: str) -> bool:
    """Tell whether the words before a date are those of a sentence, not of a dateline."""
    words = lead.split()
    return any(word in date_data()["document"]["sentence_words"] for word in words)
