"""Give imported places a governorate: that of the nearest place kept by hand."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from gazetteer.geometry import distance_km
from gazetteer.index import Gazetteer
from gazetteer.place import Place, PlaceKind

_CELL = 0.25  # degrees, some 25 km
_FAR_KM = 60


def assign_parents(places: Iterable[Place], gazetteer: Gazetteer) -> Iterator[Place]:
    """Set `within` of places that have none to the governorate, else the country, around them."""
    cells: dict[tuple[int, int], list[tuple[Place, str]]] = defaultdict(list)
    countries: dict[str, str] = {}
    for place in gazetteer:
        if place.kind is PlaceKind.COUNTRY:
            countries[place.id[:2]] = place.id
        if not gazetteer.is_hand_kept(place) or place.radius_km > 20:
            continue
        for parent in gazetteer.parents(place):
            if parent.kind is PlaceKind.GOVERNORATE:
                cells[_cell(place)].append((place, parent.id))
    for place in places:
        if place.within is not None:
            yield place
            continue
        row, column = _cell(place)
        near = [
            (distance_km(place.lat, place.lon, other.lat, other.lon), governorate)
            for r in range(row - 2, row + 3)
            for c in range(column - 2, column + 3)
            for other, governorate in cells.get((r, c), ())
            if other.id[:2] == place.id[:2]
        ]
        apart, governorate = min(near, default=(_FAR_KM + 1.0, ""))
        holder = governorate if apart <= _FAR_KM else countries.get(place.id[:2])
        yield replace(place, within=holder)


def _cell(place: Place) -> tuple[int, int]:
    return int(place.lat // _CELL), int(place.lon // _CELL)
