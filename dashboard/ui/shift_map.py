"""Draw the shift on a small map: a line of centres, their bands, and the ends' ellipses."""

import json
import math
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import altair

from dashboard.strongholds import Quarter, Shift
from dashboard.strongholds.spread import GEOD
from dashboard.ui.words import word

LINE = "#5b2a86"
PALE = "#b79fce"
GROUND = "#c9bfae"
WATER = "#9dbdd1"
MAP_PX = 320
LEAST_WIDTH = 340.0
LEAST_DEGREES = 3.0
TOWNS_TO_ZOOM = 6
TOWN = "#6b645a"
NEIGHBOURS = ("SYR", "IRQ", "760", "368")  # Syria and Iraq by their ISO 3166 letters and numbers
RIVERS = ("euphrates", "tigris")
TURN = 24  # corners of a drawn ellipse


def shift_map(told: Shift, lang: str) -> Any:
    """Draw a dot a quarter with its band, a line through those with enough reports, two ellipses.

    Centres are WGS84 degrees; bands and ellipses are geodesics of their true size.
    """
    enough = [quarter for quarter in told.quarters if quarter.enough]
    ends = [enough[0], enough[-1]] if len(enough) > 1 else enough
    ellipses = [_ellipse(quarter) for quarter in ends]
    bands = [_ring(quarter, quarter.band_km, quarter.band_km, 0.0) for quarter in enough]
    frame = _frame([*ellipses, *bands], told.quarters)
    layers = [
        _shapes(_ground("countries")).mark_geoshape(
            filled=False, stroke=GROUND, strokeWidth=1.6, clip=True
        ),
        _shapes(_ground("governorates")).mark_geoshape(
            filled=False, stroke=GROUND, strokeWidth=0.6, strokeDash=[3, 2], clip=True
        ),
        _shapes(_ground("rivers")).mark_geoshape(
            filled=False, stroke=WATER, strokeWidth=1.2, clip=True
        ),
        _towns(frame, lang),
        _shapes(bands).mark_geoshape(
            filled=False,
            stroke=LINE,
            strokeWidth=0.7,
            strokeOpacity=0.45,
            strokeDash=[2, 2],
            clip=True,
        ),
    ]
    for ellipse, color in zip(ellipses, (PALE, LINE)[2 - len(ends) :], strict=True):
        layers.append(
            _shapes([ellipse]).mark_geoshape(
                fill=color, fillOpacity=0.13, stroke=color, strokeWidth=1.2, clip=True
            )
        )
    layers += _marks(told, enough, lang)
    return (
        altair.layer(*layers)
        .project("mercator", center=frame.centre, scale=frame.scale)
        .properties(height=MAP_PX)
        .configure_view(fill="#f6f3ec", stroke="#e4ded4")
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Frame:
    """What the small map shows: west, south, east, north; its centre, and pixels a radian."""

    box: tuple[float, float, float, float]
    centre: list[float]
    scale: float


def _frame(shapes: Sequence[Mapping[str, Any]], quarters: Sequence[Quarter]) -> _Frame:
    """Frame what is drawn, never closer than LEAST_DEGREES, in a box of MAP_PX by LEAST_WIDTH."""
    corners = [corner for shape in shapes for corner in shape["geometry"]["coordinates"][0]]
    corners += [[quarter.lon, quarter.lat] for quarter in quarters]
    lons, lats = [lon for lon, _ in corners], [lat for _, lat in corners]
    lon, lat = (min(lons) + max(lons)) / 2, (min(lats) + max(lats)) / 2
    half_lon = max(max(lons) - min(lons), LEAST_DEGREES) / 2 + 0.4
    half_lat = max(max(lats) - min(lats), LEAST_DEGREES) / 2 + 0.4
    tall = _mercator(lat + half_lat) - _mercator(lat - half_lat)
    scale = min(MAP_PX / tall, LEAST_WIDTH / math.radians(2 * half_lon))
    box = (lon - 2 * half_lon, lat - half_lat, lon + 2 * half_lon, lat + half_lat)
    return _Frame(box=box, centre=[lon, lat], scale=scale)


def _mercator(lat: float) -> float:
    return math.log(math.tan(math.pi / 4 + math.radians(lat) / 2))


def _towns(frame: _Frame, lang: str) -> Any:
    """Name the towns of the base map that lie in the frame: they make the line readable."""
    west, south, east, north = frame.box
    rows = [
        {"lon": lon, "lat": lat, "name": city["name" if lang == "ar" else "name_en"]}
        for city in _cities()
        for lon, lat in [city["at"]]
        if west < lon < east and south < lat < north and city["zoom"] <= TOWNS_TO_ZOOM
    ]
    at = altair.Chart({"values": rows}).encode(longitude="lon:Q", latitude="lat:Q")
    dots = at.mark_circle(size=9, color=TOWN, opacity=1, clip=True)
    names = at.mark_text(
        align="left", dx=5, fontSize=10, color=TOWN, clip=True, stroke="#f6f3ec", strokeWidth=0
    ).encode(text="name:N")
    return dots + names


def _marks(told: Shift, enough: Sequence[Quarter], lang: str) -> list[Any]:
    rows = [
        {
            "quarter": quarter.label,
            "lat": quarter.lat,
            "lon": quarter.lon,
            "reports": round(quarter.events, 1),
            "near": quarter.near.name if lang == "ar" else quarter.near.name_en,
            "enough": quarter.enough,
            "size": 20 + 9 * math.sqrt(quarter.events) ** 1.6,
        }
        for quarter in told.quarters
    ]
    points = altair.Chart({"values": rows}).encode(longitude="lon:Q", latitude="lat:Q")
    tooltip = [
        altair.Tooltip("quarter:N", title=word("shift.column_quarter", lang)),
        altair.Tooltip("near:N", title=word("shift.column_near", lang)),
        altair.Tooltip("reports:Q", title=word("shift.column_reports", lang)),
    ]
    line = altair.Chart({"values": [row for row in rows if row["enough"]]}).encode(
        longitude="lon:Q", latitude="lat:Q", order="quarter:N"
    )
    labels = []
    for quarter in dict.fromkeys((enough[0], enough[-1]) if enough else ()):
        # The southern one of the two is named below its dot, so that the names part.
        below = quarter.lat < max(enough[0].lat, enough[-1].lat)
        at = altair.Chart({"values": [row for row in rows if row["quarter"] == quarter.label]})
        at = at.encode(longitude="lon:Q", latitude="lat:Q", text="quarter:N")
        dy = 17 if below else -15
        halo = at.mark_text(dy=dy, fontSize=12, fontWeight=600, stroke="#fff", strokeWidth=4)
        labels += [halo, at.mark_text(dy=dy, fontSize=12, fontWeight=600, color="#2b2a27")]
    return [
        line.mark_line(color=LINE, strokeWidth=1.6, strokeOpacity=0.75),
        points.mark_circle(color="#ffffff", stroke=LINE, strokeWidth=1.5, opacity=1).encode(
            size=altair.Size("size:Q", scale=None),
            fill=altair.condition("datum.enough", altair.value(LINE), altair.value("#ffffff")),
            tooltip=tooltip,
        ),
        *labels,
    ]


def _shapes(features: Sequence[Mapping[str, Any]]) -> Any:
    return altair.Chart({"values": list(features)})


def _ellipse(quarter: Quarter) -> dict[str, Any]:
    shape = quarter.ellipse
    return _ring(quarter, shape.major_km, max(shape.minor_km, 1.0), shape.bearing)


def _ring(quarter: Quarter, major_km: float, minor_km: float, bearing: float) -> dict[str, Any]:
    """Give an ellipse about a centre as a polygon that runs clockwise, as d3 wants its outsides."""
    ring = []
    for corner in range(TURN + 1):
        turn = 2 * math.pi * (corner % TURN) / TURN
        along, across = major_km * math.cos(turn), minor_km * math.sin(turn)
        towards = bearing + math.degrees(math.atan2(across, along))
        lon, lat, _ = GEOD.fwd(quarter.lon, quarter.lat, towards, 1000 * math.hypot(along, across))
        ring.append([round(lon, 4), round(lat, 4)])
    return {
        "type": "Feature",
        "geometry": {"type": "Polygon", "coordinates": [ring]},
        "properties": {},
    }


@cache
def _cities() -> list[dict[str, Any]]:
    path = files("dashboard.maps.basemap").joinpath("cities.toml")
    return list(tomllib.loads(path.read_text(encoding="utf-8"))["city"])


@cache
def _ground(name: str) -> tuple[dict[str, Any], ...]:
    """Give the outlines of Syria and Iraq, of their governorates, or their rivers, as lines."""
    path = files("dashboard.maps.basemap").joinpath(f"data/{name}.geojson")
    told = json.loads(path.read_text(encoding="utf-8"))["features"]
    found = []
    for feature in told:
        known, geometry = feature["properties"], feature["geometry"]
        if name == "rivers" and known.get("id") not in RIVERS:
            continue
        if name != "rivers" and known.get("id", known.get("country")) not in NEIGHBOURS:
            continue
        if geometry["type"] in ("Polygon", "MultiPolygon"):
            geometry = {"type": "MultiLineString", "coordinates": _rings(geometry)}
        found.append({"type": "Feature", "geometry": geometry, "properties": {}})
    return tuple(found)


def _rings(geometry: Mapping[str, Any]) -> list[Any]:
    shapes = geometry["coordinates"]
    return shapes if geometry["type"] == "Polygon" else [ring for shape in shapes for ring in shape]
