"""Tell the status of a governorate from what is known of its places, never from a report of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from dashboard.strongholds.effects import city_of, is_area
from dashboard.strongholds.holding import HELD, Holding, Status
from dashboard.strongholds.parameters import Parameters, default_parameters
from gazetteer.load import default_gazetteer
from gazetteer.place import Place, PlaceKind


@dataclass(frozen=True, slots=True, kw_only=True)
class GovernorateHolding:
    """A governorate's status, the rule behind it, and the holdings of its places, held ones first.

    `counts` numbers its towns and sites by status; regions and deserts in it are in `places` only.
    `because` are the event ids of the places that decided, `last` the last day of their reports.
    """

    governorate: Place
    status: Status
    rule: str
    counts: tuple[tuple[Status, int], ...]
    places: tuple[Holding, ...]
    because: tuple[str, ...]
    last: date | None


def governorate_of(place: Place) -> Place | None:
    """Give the governorate in which a place lies, or which it is; None where none is known."""
    gazetteer = default_gazetteer()
    above = gazetteer[place.within] if place.within and place.within in gazetteer else None
    line = (place, *((above, *gazetteer.parents(above)) if above else ()))
    return next((one for one in line if one.kind is PlaceKind.GOVERNORATE), None)


def governorates(
    holdings: Iterable[Holding], *, parameters: Parameters | None = None
) -> tuple[GovernorateHolding, ...]:
    """Give the status of every governorate in which something is known, by its id.

    It is held only where every town and site of it of which anything is known is held, and at least
    `least_places` are. Where some are held and others lost or fought over, it is contested; where
    fewer are held, or the group was only reported there, it is presence; where all are lost it is
    lost. Activity in its deserts or regions, or somewhere in it, is presence at most.
    """
    least = (parameters or default_parameters()).least_places
    found: dict[str, tuple[Place, list[Holding]]] = {}
    for holding in holdings:
        governorate = governorate_of(holding.place)
        if governorate and city_of(holding.place) is None:
            found.setdefault(governorate.id, (governorate, []))[1].append(holding)
    return tuple(_governorate(*found[name], least) for name in sorted(found))


def _governorate(place: Place, told: list[Holding], least: int) -> GovernorateHolding:
    order = list(Status)
    told = sorted(told, key=lambda h: (order.index(h.status), h.place.id))
    towns = [h for h in told if not is_area(h.place, 1)]
    status, rule = _status(towns, told, least)
    decided = [h for h in told if _decides(h.status, status)]
    days = [h.last for h in decided if h.last]
    return GovernorateHolding(
        governorate=place,
        status=status,
        rule=rule,
        counts=tuple((s, sum(h.status is s for h in towns)) for s in Status),
        places=tuple(told),
        because=tuple(dict.fromkeys(event for h in decided for event in h.because)),
        last=max(days, default=None),
    )


def _status(towns: list[Holding], told: list[Holding], least: int) -> tuple[Status, str]:
    known = [h.status for h in towns if h.status is not Status.UNKNOWN]
    ruled = [s for s in known if s in (Status.CONTROL, Status.CONTESTED)]
    if ruled and (Status.CONTESTED in known or Status.LOST in known):
        return Status.CONTESTED, "divided"
    if ruled and len(ruled) == len(known) >= least:
        return Status.CONTROL, "all_held"
    if ruled:
        return Status.PRESENCE, "held_in_part"
    if any(h.status in HELD for h in told):
        return Status.PRESENCE, "active_in_it"
    if known:
        return Status.LOST, "all_lost"
    return Status.UNKNOWN, "nothing_known"


def _decides(of_place: Status, of_all: Status) -> bool:
    if of_all is Status.CONTESTED:
        return of_place not in (Status.UNKNOWN, Status.PRESENCE)
    return of_place in HELD if of_all in HELD else of_place is of_all
