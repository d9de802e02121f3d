"""Give quarters of one town, told together, as the town."""

import functools
from collections.abc import Mapping, Sequence

from dashboard.extraction.asides import FoundPlace
from dashboard.extraction.places import TOWNS
from gazetteer import Gazetteer
from gazetteer.place import Place, PlaceKind

QUARTERS = (PlaceKind.NEIGHBOURHOOD,)


def fold_quarters(places: Sequence[FoundPlace], gazetteer: Gazetteer) -> tuple[Place, ...]:
    """Give the places of one group: quarters of one city are the city, others stand alone."""
    by_city: dict[str, dict[str, Place]] = {}
    out: dict[str, Place] = {}
    for found in places:
        city = _city(found.place, gazetteer) if found.place.kind in QUARTERS else None
        if city is None:
            out[found.place.id] = found.place
        else:
            by_city.setdefault(city.id, {})[found.place.id] = found.place
    for name, quarters in by_city.items():
        whole = {name: gazetteer[name]}
        out |= whole if len(quarters) > 1 or name in out else quarters
    return tuple(out.values())


@functools.lru_cache(maxsize=4)
def _towns(gazetteer: Gazetteer) -> Mapping[str, Sequence[Place]]:
    """Give the towns by what holds them."""
    found: dict[str, list[Place]] = {}
    for place in gazetteer:
        if place.kind in TOWNS and place.within is not None:
            found.setdefault(place.within, []).append(place)
    return found


def _city(quarter: Place, gazetteer: Gazetteer) -> Place | None:
    """Give the town of a quarter: of what holds it, or the nearest town of its district."""
    parents = gazetteer.parents(quarter)
    for parent in parents:
        if parent.kind in TOWNS:
            return parent
    beside = _towns(gazetteer).get(quarter.within or "", ())
    if not parents or not beside:
        return None
    return min(beside, key=lambda p: (p.lat - quarter.lat) ** 2 + (p.lon - quarter.lon) ** 2)
