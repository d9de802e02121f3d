"""Places that no file holds, computed from a phrase: how they are named and where they lie."""

from gazetteer.geometry import distance_km, midpoint, move
from gazetteer.place import Place, PlaceKind
from gazetteer.words import Direction

_WIDE = frozenset({PlaceKind.COUNTRY, PlaceKind.GOVERNORATE, PlaceKind.DISTRICT, PlaceKind.REGION})
_WIDE |= {PlaceKind.DESERT, PlaceKind.RIVER, PlaceKind.MOUNTAIN, PlaceKind.VALLEY, PlaceKind.LAKE}
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
    if is_wide(place):
        far = wide = place.radius_km / 2
    else:
        far = wide = place.radius_km + 8
    lat, lon = move(place.lat, place.lon, direction.bearing, far)
    return Place(
        id=f"~{direction.name_en}-of-{place.id.lstrip('~')}",
        kind=PlaceKind.REGION,
        name=name or f"{direction.name} {place.name}",
        name_en=f"{direction.name_en.capitalize()} of {place.name_en}",
        lat=lat,
        lon=lon,
        radius_km=wide,
        within=place.id if is_wide(place) else place.within,
        source=_SOURCE,
    )


def near_to(place: Place) -> Place:
    """Give the neighbourhood of a place, for what lies at it and is not known itself."""
    return Place(
        id=f"~near-{place.id}",
        kind=PlaceKind.REGION,
        name=place.name,
        name_en=f"Near {place.name_en}",
        lat=place.lat,
        lon=place.lon,
        radius_km=place.radius_km + 5,
        within=place.id,
        source=_SOURCE,
    )


def countryside(place: Place, direction: Direction | None, word: str) -> Place:
    """Compute the countryside of a governorate or town, or its part towards a direction."""
    if is_wide(place):
        wide = place.radius_km / 2 if direction else place.radius_km
        far = place.radius_km * 0.45
    else:
        wide, far = 20.0, 15.0
    lat, lon = place.lat, place.lon
    if direction is not None:
        lat, lon = move(lat, lon, direction.bearing, far)
    towards = f"{direction.name_en}-" if direction else ""
    named = f"{word} {place.name}" + (f" ({direction.name})" if direction else "")
    english = f"{direction.name_en} countryside" if direction else "countryside"
    return Place(
        id=f"~{towards}countryside-of-{place.id}",
        kind=PlaceKind.REGION,
        name=named,
        name_en=f"{english.capitalize()} of {place.name_en}",
        lat=lat,
        lon=lon,
        radius_km=wide,
        within=place.id if is_wide(place) else place.within,
        source=_SOURCE,
    )


def at_distance(place: Place, km: float, direction: Direction | None, written: str) -> Place:
    """Compute the point some km from a place; without a direction, the circle of that radius."""
    lat, lon = place.lat, place.lon
    wide = place.radius_km + km
    if direction is not None:
        lat, lon = move(lat, lon, direction.bearing, km)
        # "South-east" is an eighth of the circle: the point lies within 22.5 degrees either side.
        wide = max(3.0, place.radius_km + 0.4 * km)
    towards = f"-{direction.name_en}" if direction else ""
    return Place(
        id=f"~{km:g}km{towards}-of-{place.id}",
        kind=PlaceKind.SITE,
        name=written,
        name_en=f"{km:g} km {direction.name_en + ' of' if direction else 'from'} {place.name_en}",
        lat=lat,
        lon=lon,
        radius_km=wide,
        within=place.within,
        source=_SOURCE,
    )


def between(first: Place, second: Place, written: str) -> Place:
    """Compute the middle of two places; the radius takes in both."""
    lat, lon = midpoint(first.lat, first.lon, second.lat, second.lon)
    apart = distance_km(first.lat, first.lon, second.lat, second.lon)
    return Place(
        id=f"~between-{first.id}-and-{second.id}",
        kind=PlaceKind.REGION,
        name=written,
        name_en=f"Between {first.name_en} and {second.name_en}",
        lat=lat,
        lon=lon,
        radius_km=max(5.0, apart / 2),
        within=first.within if first.within == second.within else None,
        source=_SOURCE,
    )


def is_border(place: Place | None) -> bool:
    """Tell whether a place is a computed frontier."""
    return place is not None and place.id.startswith(_BORDER)


def border(codes: frozenset[str], point: tuple[float, float, float], written: str) -> Place:
    """Give the frontier of two countries as a place."""
    lat, lon, radius = point
    pair = "-".join(sorted(codes))
    return Place(
        id=_BORDER + pair,
        kind=PlaceKind.REGION,
        name=written,
        name_en=f"Border {pair.upper()}",
        lat=lat,
        lon=lon,
        radius_km=radius,
        source=_SOURCE,
    )
