"""Give imported places a governorate: that of the nearest place kept by hand."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from gazetteer.geometry import distance_km
from gazetteer.index import Gazetteer
from gazetteer.place import Place, PlaceKind

_CELL = 0.1  # degrees
_FAR_KM = 60
_CELL_KM = 8.5  # the narrower side of a cell, up to 40 degrees north
_Cells = dict[tuple[int, int], list[tuple[Place, str]]]
_RINGS = range(1, int(_FAR_KM / _CELL_KM) + 2)


def assign_parents(places: Iterable[Place], gazetteer: Gazetteer) -> Iterator[Place]:
    """Set `within` of places that have none to the governorate, else the country, around them."""
    cells: _Cells = defaultdict(list)
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
        apart, governorate = _nearest(place, cells)
        holder = governorate if apart <= _FAR_KM else countries.get(place.id[:2])
        yield replace(place, within=holder)


def _cell(place: Place) -> tuple[int, int]:
    return int(place.lat // _CELL), int(place.lon // _CELL)


def _nearest(place: Place, cells: _Cells) -> tuple[float, str]:
    """Find the nearest place in the cells around one, ever wider; give km and its governorate."""
    row, column = _cell(place)
    near: list[tuple[float, str]] = []
    for ring in _RINGS:
        for r in range(row - ring, row + ring + 1):
            whole = ring == 1 or abs(r - row) == ring
            for c in range(column - ring, column + ring + 1, 1 if whole else 2 * ring):
                near += [
                    (distance_km(place.lat, place.lon, other.lat, other.lon), governorate)
                    for other, governorate in cells.get((r, c), ())
                    if other.id[:2] == place.id[:2]
                ]
        # What lies beyond the ring is farther than this.
        if near and min(near)[0] <= ring * _CELL_KM:
            break
    return min(near, default=(_FAR_KM + 1.0, ""))
