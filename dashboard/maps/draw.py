"""Draw the map: a constant figure, and over it the layers that change with what is shown."""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

import folium
from branca.element import MacroElement
from jinja2 import Template

from dashboard.maps.assets import OfflineMap
from dashboard.maps.layer import (
    GROWTH,
    LARGEST,
    SMALLEST,
    Drawing,
    Layer,
    MapView,
    Mark,
    all_layers,
)
from dashboard.maps.words import LANGUAGES, word, words

CENTRE = (34.9, 40.6)  # between Raqqa and Mosul
ZOOM = 6
WEST, SOUTH, EAST, NORTH = 25.0, 27.0, 52.0, 40.0  # the region of the base map
HOST = r"(\{s\}\.)?[A-Za-z0-9.-]+(:\d+)?"
RETURNED = ("last_object_clicked_popup", "last_object_clicked_count")
"""What the page asks back from the map: with these, panning and zooming send nothing."""


class _Call(MacroElement):
    """Call one function of `maaqil` on the map, or on the map and a feature group, with JSON."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "{% if this.grouped %}"
        "maaqil.{{ this.function }}({{ this._parent._parent.get_name() }}, "
        "{{ this._parent.get_name() }}, {{ this.json }});"
        "{% else %}"
        "maaqil.{{ this.function }}({{ this._parent.get_name() }}, {{ this.json }});"
        "{% endif %}{% endmacro %}"
    )

    def __init__(self, function: str, value: object, *, grouped: bool) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # branca leaves it untyped
        self._name = "Call"
        self.function = function
        self.grouped = grouped
        self.json = to_script(value)


def to_script(value: object) -> str:
    """Write a value as JSON that is safe inside a script, whatever text it holds."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029`$":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def draw_map(*, lang: str = "en", online_tiles: str | None = None) -> folium.Map:
    """Draw the base map: the same figure at every call for a language, so that nothing flickers.

    `online_tiles` is the address of a tile server with {z}, {x} and {y}, drawn in place of our own
    base map; its host must be allowed by the server too. Raises ValueError for an unknown language
    or an address that is none.
    """
    check_language(lang)
    figure = OfflineMap(
        location=CENTRE,
        zoom_start=ZOOM,
        tiles=None,
        zoom_control=False,
        prefer_canvas=True,
        world_copy_jump=False,
    )
    if online_tiles:
        folium.TileLayer(
            online_tiles,
            attr=credit(tile_host(online_tiles)),
            max_zoom=19,
            control=False,
            referrer_policy="strict-origin-when-cross-origin",  # tile servers refuse without one
        ).add_to(figure)
    settings = {
        "lang": lang,
        "words": words("map", lang),
        "tiles": bool(online_tiles),
        "zooms": [3, 19 if online_tiles else 12],
    }
    _Call("base", settings, grouped=False).add_to(figure)
    return figure


def draw_layers(view: MapView, lang: str = "en", *, fit: str = "") -> list[folium.FeatureGroup]:
    """Draw the layers of a view, for st_folium's `feature_group_to_add`.

    The map moves to the bounds of the data once for every new `fit` (any text: what the reader
    would take for other data), and stays where the reader put it otherwise.
    """
    check_language(lang)
    group = folium.FeatureGroup(name="maaqil", control=False)
    drawn = [(layer, layer.rows(view, lang)) for layer in all_layers() if layer.id in view.shown]
    for layer, drawing in drawn:
        _Call(layer.template, encode(drawing, lang), grouped=True).add_to(group)
    _Call("furnish", surroundings(drawn, lang, fit, view.selected), grouped=True).add_to(group)
    return [group]


def surroundings(
    drawn: list[tuple[Layer, Drawing]], lang: str, fit: str, selected: str | None = None
) -> dict[str, Any]:
    """Give what stands around the marks: the legend, words of tooltips, the bounds of the data."""
    bounds = bounds_of([mark for _, drawing in drawn for mark in drawing.marks])
    parts = [
        {"title": word(layer.label, lang), "rows": [list(row) for row in drawing.legend]}
        for layer, drawing in sorted(drawn, key=lambda pair: -pair[0].order)
    ]
    token = hashlib.sha256(fit.encode()).hexdigest()[:12]
    return {
        "lang": lang,
        "title": word("map.legend", lang),
        "places": word("map.places", lang),
        "legend": parts,
        "bounds": bounds,
        "token": token,
        "words": words("tip", lang),
        "sizes": [SMALLEST, GROWTH, LARGEST],
        "selected": selected,
    }


def bounds_of(marks: Sequence[Mark]) -> list[list[float]] | None:
    """Give the south-west and north-east corner of the marks, None where there are none.

    Where most events lie in the region of the base map, so do the bounds: one report from another
    continent would make all the others a single spot.
    """
    near = [m for m in marks if SOUTH <= m.lat <= NORTH and WEST <= m.lon <= EAST]
    told, told_near = (sum(m.number or 1 for m in some) for some in (marks, near))
    meant = near if told_near > told / 2 else marks
    if not meant:
        return None
    lats, lons = [m.lat for m in meant], [m.lon for m in meant]
    return [[min(lats), min(lons)], [max(lats), max(lons)]]


def encode(drawing: Drawing, lang: str) -> dict[str, Any]:
    """Write a drawing as short rows; words that recur are sent once, degrees to some 10 m."""
    places: dict[str, int] = {}

    def told(counts: tuple[tuple[str, int | None], ...]) -> list[list[int | None]]:
        return [[places.setdefault(text, len(places)), number] for text, number in counts]

    marks = [
        [
            m.place,
            round(m.lat, 4),
            round(m.lon, 4),
            m.radius,
            m.look,
            m.tip,
            m.number,
            told(m.counts),
            m.rank,
        ]
        for m in drawing.marks
    ]
    areas = [[round(a.lat, 4), round(a.lon, 4), a.km, a.look, a.zoom] for a in drawing.areas]
    arrows = [
        [
            round(a.from_lat, 4), round(a.from_lon, 4), round(a.lat, 4), round(a.lon, 4),
            a.weight, a.place, a.look, a.tip, told(a.counts),
        ]
        for a in drawing.arrows
    ]  # fmt: skip
    return {
        "lang": lang, "looks": list(drawing.looks), "words": list(places),
        "marks": marks, "areas": areas, "arrows": arrows,
    }  # fmt: skip


def clicked_place(returned: Mapping[str, Any] | None) -> str | None:
    """Read from st_folium's answer the id of the place last clicked, None before any click."""
    place = (returned or {}).get("last_object_clicked_popup")
    return str(place) if place else None


def tile_host(address: str) -> str:
    """Give the origin of a tile server's address; ValueError where it is not usable."""
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not re.fullmatch(HOST, parts.netloc):
        raise ValueError(
            f"{address!r} is no tile address: give one like https://host/{{z}}/{{x}}/{{y}}.png"
        )
    missing = [name for name in ("{z}", "{x}", "{y}") if name not in address]
    if missing:
        raise ValueError(f"{address!r} lacks {', '.join(missing)}")
    return parts.netloc


def credit(host: str) -> str:
    """Give the credit of a tile server, as text that is safe in HTML."""
    if host.split(":")[0].endswith("openstreetmap.org"):
        return "© OpenStreetMap contributors"
    return "".join(sign for sign in host if sign.isalnum() or sign in ".-:")


def check_language(lang: str) -> None:
    """Refuse a language that the map does not speak."""
    if lang not in LANGUAGES:
        raise ValueError(
            f"{lang!r} is no language of the map: choose one of {', '.join(LANGUAGES)}"
        )
