"""Events by place: one mark a place, its size the number of events, its shape the main family."""

from collections import Counter

from dashboard.maps.colors import (
    AREA_COLOR,
    FAMILY_SHAPES,
    INK,
    SELECTED_COLOR,
    WHITE,
    family_colors,
    ink,
)
from dashboard.maps.layer import (
    VAGUE,
    Area,
    Drawing,
    Layer,
    Look,
    MapView,
    Mark,
    name,
    radius,
    rank,
)
from dashboard.maps.words import word
from dashboard.store.base import PlaceCount

REGIONS = ("desert", "region")
PLAIN = "#57534e"
LEAST_KM = 10.0  # less is not worth a line
TOLD_TYPES = 4  # lines of the tooltip; the panel beside the map tells the rest


def family_look(shape: str, color: str, *, vague: bool = False, selected: bool = False) -> Look:
    """Give the look of a family's mark; a place known only as a region is pale and dashed."""
    edge: dict[str, object] = {"stroke": WHITE, "weight": 1.2, "ink": ink(color)}
    if vague:
        edge = {"stroke": color, "weight": 1.6, "dash": [3, 3], "opacity": 0.22, "ink": INK}
    if selected:
        edge = {**edge, "stroke": SELECTED_COLOR, "weight": 2.5, "halo": True}
    return {"shape": shape, "fill": color, **edge}


def main_family(place: PlaceCount, view: MapView) -> str:
    """Give the family with most events at a place; the empty string where no type is known."""
    families: Counter[str] = Counter()
    for kind, events in place.types:
        if kind in view.types:
            families[view.types[kind].family] += events
    return families.most_common(1)[0][0] if families else ""


def rows(view: MapView, lang: str) -> Drawing:
    """Draw a mark a place and a hatched area for each desert or region."""
    area: Look = {"stroke": AREA_COLOR, "dash": [2, 5], "hatch": AREA_COLOR}
    looks: list[Look] = [area]
    marks, areas = [], []
    colors = family_colors(view.types)
    found = set()
    for place in sorted(view.places, key=lambda place: -place.events):
        family = main_family(place, view)
        found.add(family)
        look = family_look(
            FAMILY_SHAPES.get(family, "circle"),
            colors.get(family, PLAIN),
            vague=place.geo_precision >= 3,
            selected=place.place == view.selected,
        )
        if look not in looks:
            looks.append(look)
        level = rank(place.place, place.kind, place.geo_precision)
        told = [(label(kind, view, lang), events) for kind, events in place.types[:TOLD_TYPES]]
        wide = word("events.within", lang).format(km=round(place.radius_km))
        about = [(wide, None)] if level == VAGUE and place.radius_km >= LEAST_KM else []
        marks.append(
            Mark(
                place=place.place,
                lat=place.lat,
                lon=place.lon,
                radius=radius(place.events),
                look=looks.index(look),
                tip=name(place, lang),
                number=place.events,
                rank=level,
                counts=((word("events.count", lang), place.events), *told, *about),
            )
        )
        if place.kind in REGIONS:
            areas.append(Area(lat=place.lat, lon=place.lon, km=place.radius_km, look=0))
    legend = [
        (family_look(shape, colors[family]), word(f"family.{family}", lang))
        for family, shape in FAMILY_SHAPES.items()
        if family in found
    ]
    if any(place.geo_precision >= 3 for place in view.places):
        legend.append((family_look("circle", PLAIN, vague=True), word("events.near", lang)))
    if areas:
        legend.append((area, word("events.area", lang)))
    return Drawing(looks=tuple(looks), marks=tuple(marks), areas=tuple(areas), legend=tuple(legend))


def label(kind: str, view: MapView, lang: str) -> str:
    """Give an event type's label, or its id where the type is not known here."""
    if kind not in view.types:
        return kind
    return view.types[kind].label_ar if lang == "ar" else view.types[kind].label_en


layer = Layer(id="events", label="layer.events", rows=rows, order=50)
