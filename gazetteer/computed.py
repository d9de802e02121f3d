"""Places that no file holds, computed from a phrase: how they are named and where they lie."""

import re

from gazetteer.geometry import distance_km, midpoint, move
from gazetteer.place import Place, PlaceKind
from gazetteer.words import Direction, Frontier

_GOVERNED = frozenset({PlaceKind.GOVERNORATE, PlaceKind.DISTRICT})
_NATURAL = frozenset({PlaceKind.DESERT, PlaceKind.MOUNTAIN, PlaceKind.VALLEY, PlaceKind.LAKE})
_AREAS = _GOVERNED | _NATURAL | {PlaceKind.COUNTRY, PlaceKind.REGION}
_WIDE = _AREAS | {PlaceKind.RIVER}
_BORDER = "~border-"
_SOURCE = "computed from the text"


def is_wide(place: Place) -> bool:
    """Tell whether a place is an area, of which a part can be told, not a spot."""
    return place.kind in _WIDE


def part_of(place: Place, direction: Direction, *, name: str | None = None) -> Place:
    """Compute the part of an area, or the neighbourhood of a spot, towards a direction.

    Of an area: half its radius from its middle, half its radius wide. Of a spot: 10 km from it, and
    10 km wide.
    """
    wide = place.radius_km / 2 if is_wide(place) else place.radius_km + 8
    english = english_name(place)
    if place.kind in _AREAS:
        # "The east of Iraq" lies in it; what lies east of a town or a river does not.
        told = f"{direction.adjective_en.capitalize()} {english.removeprefix('the ')}"
    else:
        told = f"{direction.name_en.capitalize()} of {english}"
    return _compute(
        place,
        f"~{direction.name_en}-of-{place.id.lstrip('~')}",
        name=name or f"{direction.name} {place.name}",
        name_en=told,
        direction=direction,
        far_km=wide,
        radius_km=wide,
    )


def near_to(place: Place, word: str) -> Place:
    """Give the neighbourhood of a place, for what lies at it and is not known itself.

    `word` is how the neighbourhood is called, before the name of the place.
    """
    return _compute(
        place,
        f"~near-{place.id}",
        name=f"{word} {place.name}",
        name_en=f"Near {english_name(place)}",
        radius_km=place.radius_km + 5,
        within=place.id,
    )


def countryside(place: Place, direction: Direction | None, word: str) -> Place:
    """Compute the countryside of a governorate or town, or its part towards a direction.

    `word` is how a countryside is called, before the name of the place.
    """
    if is_wide(place):
        wide = place.radius_km / 2 if direction else place.radius_km
        far = place.radius_km * 0.45
    else:
        wide, far = 20.0, 15.0
    arabic, english = place.name, english_name(place)
    if place.kind in _GOVERNED:  # "the countryside of Raqqa", not "of the governorate of Raqqa"
        arabic = arabic.partition(" ")[2] or arabic
        english = english.removesuffix(" Governorate").removesuffix(" District")
    side = f"{direction.adjective_en} " if direction else ""
    return _compute(
        place,
        f"~{_towards(direction, after='-')}countryside-of-{place.id}",
        name=f"{word} {arabic}" + (f" {direction.adjective}" if direction else ""),
        name_en=f"{side}countryside of {english}",
        direction=direction,
        far_km=far,
        radius_km=wide,
    )


def at_distance(place: Place, km: float, direction: Direction | None, written: str) -> Place:
    """Compute the point some km from a place; without a direction, the circle of that radius."""
    wide = place.radius_km + km
    if direction is not None:
        # "South-east" is an eighth of the circle: the point lies within 22.5 degrees either side.
        wide = max(3.0, place.radius_km + 0.4 * km)
    side = f"{direction.name_en} of" if direction else "from"
    return _compute(
        place,
        f"~{km:g}km{_towards(direction, before='-')}-of-{place.id}",
        kind=PlaceKind.SITE,
        name=written,
        name_en=f"{round(km, 1 if km < 10 else None):g} km {side} {english_name(place)}",
        direction=direction,
        far_km=km,
        radius_km=wide,
        within=place.within,
    )


def between(first: Place, second: Place, written: str) -> Place:
    """Compute the middle of two places; the radius takes in both."""
    lat, lon = midpoint(first.lat, first.lon, second.lat, second.lon)
    apart = distance_km(first.lat, first.lon, second.lat, second.lon)
    return Place(
        id=f"~between-{first.id}-and-{second.id}",
        kind=PlaceKind.REGION,
        name=written,
        name_en=f"Between {english_name(first)} and {english_name(second)}",
        lat=lat,
        lon=lon,
        radius_km=max(5.0, apart / 2),
        within=first.within if first.within == second.within else None,
        source=_SOURCE,
    )


def bank(river: Place, direction: Direction | None, written: str) -> Place:
    """Give a bank of a river, or both, as long as the river."""
    side = f"{direction.name_en} bank" if direction else "banks"
    return _compute(
        river,
        f"~{_towards(direction, after='-')}bank-of-{river.id}",
        name=written,
        name_en=f"{side} of {english_name(river)}",
        radius_km=river.radius_km,
        within=river.within,
    )


def is_border(place: Place | None) -> bool:
    """Tell whether a place is a computed frontier."""
    return place is not None and place.id.startswith(_BORDER)


def border(codes: frozenset[str], frontier: Frontier) -> Place:
    """Give the frontier of two countries as a place; it is called alike however it was written."""
    return Place(
        id=_BORDER + "-".join(sorted(codes)),
        kind=PlaceKind.REGION,
        name=frontier.name,
        name_en=frontier.name_en,
        lat=frontier.lat,
        lon=frontier.lon,
        radius_km=frontier.radius_km,
        source=_SOURCE,
    )


def english_name(place: Place) -> str:
    """Give the English name as it stands within a phrase: no second name, "the" before a river."""
    name = re.sub(r" \([^()]*\)", "", place.name_en)
    return f"the {name}" if place.kind is PlaceKind.RIVER else name


def _towards(direction: Direction | None, *, before: str = "", after: str = "") -> str:
    return f"{before}{direction.name_en}{after}" if direction else ""


def _compute(
    place: Place,
    place_id: str,
    *,
    name: str,
    name_en: str,
    radius_km: float,
    kind: PlaceKind = PlaceKind.REGION,
    direction: Direction | None = None,
    far_km: float = 0.0,
    within: str | None = None,
) -> Place:
    """Make a place that is told by another one, `far_km` from it where a direction is given.

    It lies within what `within` names, by default within that place if that is an area.
    """
    lat, lon = place.lat, place.lon
    if direction is not None:
        lat, lon = move(lat, lon, direction.bearing, far_km)
    return Place(
        id=place_id,
        kind=kind,
        name=name,
        name_en=name_en[:1].upper() + name_en[1:],
        lat=lat,
        lon=lon,
        radius_km=radius_km,
        within=within or (place.id if is_wide(place) else place.within),
        source=_SOURCE,
    )
