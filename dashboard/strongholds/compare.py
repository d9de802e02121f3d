"""Compare two days: what the group gained, lost, kept, and what is not known."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from dashboard.model import Event
from dashboard.store.base import EventStore
from dashboard.strongholds.holding import HELD, Holding, Status
from dashboard.strongholds.parameters import Parameters
from dashboard.strongholds.status import chosen_parameters, holdings
from gazetteer.place import Place

CHANGES = ("gained", "lost", "unchanged", "appeared", "unknown")
"""The kinds of change, each a field of `Comparison`."""
RULED = (Status.CONTROL, Status.CONTESTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceChange:
    """A place on two days; None: nothing had been reported of the group there."""

    place: Place
    before: Holding | None
    after: Holding | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What changed from one day to another, each by place id.

    `gained`: held or contested on the second day, and not on the first. `lost`: reported there up
    to the first day or between the two, and reported lost by the second. `unchanged`: reported
    there on both, be it that control became contested. `appeared`: only told of there, on the
    second day and not on the first, as in a desert: nothing was gained by that. `unknown`: one of
    the two days is not known.
    """

    first: date
    second: date
    gained: tuple[PlaceChange, ...]
    lost: tuple[PlaceChange, ...]
    unchanged: tuple[PlaceChange, ...]
    appeared: tuple[PlaceChange, ...]
    unknown: tuple[PlaceChange, ...]


def compare(
    events: EventStore | Iterable[Event],
    a: date,
    b: date,
    *,
    group: str = "IS",
    decay_days: int | None = None,
    parameters: Parameters | None = None,
) -> Comparison:
    """Compare the holdings of the days `a` and `b`; `a` must not come after `b`.

    Places lost before `a`, and those not known on either day, are left out. Raises ValueError where
    the days stand the wrong way round.
    """
    if a > b:
        raise ValueError(f"the first day, {a}, lies after the second, {b}; give them in order")
    told = tuple(events) if isinstance(events, Iterable) else events
    chosen = chosen_parameters(parameters, decay_days)
    before, after = (
        {h.place.id: h for h in holdings(told, on=day, group=group, parameters=chosen)}
        for day in (a, b)
    )
    found: dict[str, list[PlaceChange]] = {kind: [] for kind in CHANGES}
    for name in sorted(before.keys() | after.keys()):
        one, two = before.get(name), after.get(name)
        kind = _kind(one, two)
        place = two.place if two else one.place if one else None
        if kind and place:
            found[kind].append(PlaceChange(place=place, before=one, after=two))
    return Comparison(first=a, second=b, **{kind: tuple(rows) for kind, rows in found.items()})


def _kind(before: Holding | None, after: Holding | None) -> str | None:
    was = before.status if before else None
    now = after.status if after else None
    if now in HELD:
        if was is Status.UNKNOWN:
            return "unknown"
        if now is Status.PRESENCE:
            return "unchanged" if was in HELD else "appeared"
        return "unchanged" if was in RULED else "gained"
    if now is Status.LOST:
        return None if was is Status.LOST and _same_loss(before, after) else "lost"
    return None if was is Status.UNKNOWN else "unknown"


def _same_loss(before: Holding | None, after: Holding | None) -> bool:
    return bool(before and after and before.first == after.first)
