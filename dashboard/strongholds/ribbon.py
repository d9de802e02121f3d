"""Tell the leading strongholds month by month: the status of each at the month's end."""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from dashboard.model import Event
from dashboard.store.base import EventStore
from dashboard.strongholds.effects import Effect, city_of, is_area
from dashboard.strongholds.holding import HELD, Status
from dashboard.strongholds.parameters import Parameters
from dashboard.strongholds.status import (
    chosen_parameters,
    effects_by_place,
    relevant,
    statuses_on,
)
from gazetteer.place import Place

WEIGHTS = {Status.CONTROL: 3, Status.CONTESTED: 2, Status.PRESENCE: 1}
"""What a month of a status counts for in the choice of the leading places."""
CANDIDATES = 5
"""So many times the places wanted are looked into: those with the most reports."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RibbonRow:
    """A place and its status at the end of each month of the ribbon; None: nothing told yet."""

    place: Place
    statuses: tuple[Status | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ribbon:
    """Months (YYYY-MM) and the leading places, in the order in which they came to be held."""

    months: tuple[str, ...]
    rows: tuple[RibbonRow, ...]


def ribbon(
    events: EventStore | Iterable[Event],
    *,
    since: date,
    until: date,
    group: str = "IS",
    decay_days: int | None = None,
    parameters: Parameters | None = None,
) -> Ribbon:
    """Give the status at each month's end of the towns and sites held longest in a span of days.

    A month counts by WEIGHTS, a last-known status not at all. The last month is told on `until`.
    How many places are shown is the parameter `leading`. Raises ValueError where `since` lies after
    `until`.
    """
    if since > until:
        raise ValueError(
            f"the first day, {since}, lies after the last, {until}; give them in order"
        )
    chosen = chosen_parameters(parameters, decay_days)
    told = events if isinstance(events, Iterable) else events.each(relevant(until))
    by_place = effects_by_place(told, group=group, parameters=chosen)
    towns = [e for e in by_place.values() if not is_area(e[0].place, 1) and not city_of(e[0].place)]
    towns.sort(key=lambda e: (-len(e), e[0].place.id))
    ends = month_ends(since, until)
    rows = []
    for of_place in towns[: CANDIDATES * chosen.leading]:
        statuses, weight = _row(of_place, ends, chosen)
        if weight:
            rows.append((weight, RibbonRow(place=of_place[0].place, statuses=statuses)))
    rows.sort(key=lambda row: (-row[0], row[1].place.id))
    leading = sorted((row for _, row in rows[: chosen.leading]), key=_came)
    return Ribbon(months=tuple(f"{end:%Y-%m}" for end in ends), rows=tuple(leading))


def month_ends(since: date, until: date) -> tuple[date, ...]:
    """Give the last day of every month that a span of days touches; of the last month `until`."""
    ends = []
    for number in range(since.year * 12 + since.month - 1, until.year * 12 + until.month):
        year, month = number // 12, number % 12 + 1
        ends.append(min(until, date(year, month, calendar.monthrange(year, month)[1])))
    return tuple(ends)


def _row(
    told: list[Effect], ends: tuple[date, ...], parameters: Parameters
) -> tuple[tuple[Status | None, ...], int]:
    statuses: list[Status | None] = []
    weight = 0
    for status, faded in statuses_on(ends, told, parameters):
        statuses.append(status)
        if status and not faded:
            weight += WEIGHTS.get(status, 0)
    return tuple(statuses), weight


def _came(row: RibbonRow) -> tuple[int, str]:
    first = next(n for n, status in enumerate(row.statuses) if status in HELD)
    return first, row.place.id
