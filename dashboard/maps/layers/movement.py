"""Relocations: an arrow from where people left to where they went; nothing else moves."""

import math

from dashboard.maps.colors import ARROW_COLOR
from dashboard.maps.layer import Arrow, Drawing, Layer, Look, MapView, name
from dashboard.maps.words import word
from gazetteer import default_gazetteer

LOOK: Look = {"shape": "arrow", "stroke": ARROW_COLOR}


def rows(view: MapView, lang: str) -> Drawing:
    """Draw an arrow a pair of places, wider the more relocations are told."""
    known = {place.place: name(place, lang) for place in view.places}
    arrows = tuple(
        Arrow(
            from_lat=move.origin_lat,
            from_lon=move.origin_lon,
            lat=move.lat,
            lon=move.lon,
            place=move.place,
            weight=round(min(6.0, 1.8 + math.log2(move.events)), 1),
            look=0,
            tip=way(move.origin, move.place, known, lang),
            counts=((word("movement.count", lang), move.events),),
        )
        for move in view.movements
        if (move.origin_lat, move.origin_lon) != (move.lat, move.lon)
    )
    legend = ((LOOK, word("movement.arrow", lang)),) if arrows else ()
    return Drawing(looks=(LOOK,), arrows=arrows, legend=legend)


def way(origin: str, place: str, known: dict[str, str], lang: str) -> str:
    """Write "from -> to" with the arrow pointing in the direction of reading."""
    sign = "←" if lang == "ar" else "→"
    return f"{place_name(origin, known, lang)} {sign} {place_name(place, known, lang)}"


def place_name(place: str, known: dict[str, str], lang: str) -> str:
    """Name a place by the rows shown, else by the gazetteer, else by its id."""
    if place in known:
        return known[place]
    try:
        return name(default_gazetteer()[place], lang)
    except KeyError:
        return place


layer = Layer(id="movement", label="layer.movement", rows=rows, order=30)
