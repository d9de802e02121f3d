"""A small page around the map, for the tests in this folder: rows of our own, no store."""

from datetime import date
from types import SimpleNamespace

import streamlit as st
from streamlit_folium import st_folium

from dashboard.maps import RETURNED, MapView, clicked_place, draw_layers, draw_map
from dashboard.ontology.schema import EventType
from dashboard.store.base import Movement, PlaceCount
from gazetteer.place import Place, PlaceKind

FAMILIES = {
    "base_established": ("stronghold", "#882255"),
    "capture": ("territory", "#0072b2"),
    "air_strike": ("violence", "#c44601"),
    "raid": ("security", "#117733"),
    "threat": ("posture", "#6b6b00"),
}
TYPES = {
    id_: EventType(
        id=id_, family=family, label_en=id_.replace("_", " "), label_ar="نوع: " + id_, color=color,
        effect="none", acled="", plover="", definition="",
    )
    for id_, (family, color) in FAMILIES.items()
}  # fmt: skip
PLACES = (
    ("iq-mosul", "city", "الموصل", "Mosul", 36.34, 43.13, 12, 1, 140, "capture"),
    ("sy-raqqa", "city", "الرقة", "Raqqa", 35.952, 39.01, 8, 1, 96, "base_established"),
    ("sy-mayadin", "town", "الميادين", "Mayadin", 35.018, 40.453, 4, 1, 41, "air_strike"),
    ("sy-bukamal", "town", "البوكمال", "Abu Kamal", 34.452, 40.92, 4, 1, 33, "capture"),
    ("sy-hajin", "town", "هجين", "Hajin", 34.69, 40.83, 3, 1, 9, "raid"),
    ("sy-baghuz", "village", "الباغوز", "Baghuz", 34.45, 40.958, 2, 1, 12, "air_strike"),
    ("iq-hawija", "town", "الحويجة", "Hawija", 35.326, 43.771, 4, 1, 15, "raid"),
    ("sy-badiya", "desert", "البادية السورية", "Syrian desert", 34.2, 38.6, 110, 3, 22, "raid"),
    ("iq-anbar", "governorate", "الأنبار", "Anbar", 33.0, 41.6, 150, 3, 7, "threat"),
    ("sy-palmyra", "city", "تدمر", "Palmyra", 34.56, 38.27, 5, 1, 1, "threat"),
    ("iq-hamrin", "mountain", "جبال حمرين", "Hamrin", 34.75, 44.3, 40, 2, 6, "base_established"),
)
HOSTILE = "<img src=x onerror=window.top.HACKED=1>${window.top.HACKED=1}`</script>"


def place_count(row: tuple, month: int, *, hostile: bool = False) -> PlaceCount:
    id_, kind, name, name_en, lat, lon, km, precision, events, main = row
    events = max(1, round(events * month / 12))
    return PlaceCount(
        place=id_,
        kind=kind,
        name=HOSTILE if hostile else name,
        name_en=HOSTILE if hostile else name_en,
        lat=lat,
        lon=lon,
        radius_km=km,
        geo_precision=precision,
        events=events,
        types=((main, events), ("threat", 1)),
    )


def town(i: int, month: int) -> PlaceCount:
    lat, lon = 32 + (i * 0.618) % 5, 37 + (i * 0.317) % 8
    return place_count((f"x-{i}", "town", "", f"T {i}", lat, lon, 2, 1, i % 40, "raid"), month)


def movement(origin: str, place: str, events: int) -> Movement:
    start, end = (next(row for row in PLACES if row[0] == id_) for id_ in (origin, place))
    return Movement(
        origin=origin,
        origin_lat=start[4],
        origin_lon=start[5],
        place=place,
        lat=end[4],
        lon=end[5],
        events=events,
    )


def held(id_: str, status: str, *, hostile: bool = False) -> SimpleNamespace:
    row = next(row for row in PLACES if row[0] == id_)
    place = Place(
        id=id_,
        kind=PlaceKind.CITY,
        name=HOSTILE if hostile else row[2],
        name_en=HOSTILE if hostile else row[3],
        lat=row[4],
        lon=row[5],
        radius_km=5,
    )
    return SimpleNamespace(
        place=place, status=status, first=date(2014, 6, 10), last=date(2017, 7, 9)
    )


lang = st.query_params.get("lang", "en")
st.set_page_config(page_title="map", layout="wide")
month = st.slider("month", 1, 12, 12)
hostile = st.query_params.get("hostile") == "1"
many = int(st.query_params.get("many", "0"))
selected = clicked_place(st.session_state.get("map"))
places = tuple(place_count(row, month, hostile=hostile) for row in PLACES[: 6 + month])
places += tuple(town(i, month) for i in range(many))
view = MapView(
    places=places,
    holdings=(
        held("iq-mosul", "contested", hostile=hostile),
        held("sy-raqqa", "control"),
        held("sy-mayadin", "presence"),
        held("sy-palmyra", "lost"),
        held("iq-hawija", "unknown"),
    ),
    movements=(movement("iq-mosul", "sy-raqqa", 3), movement("sy-raqqa", "sy-mayadin", 9)),
    types=TYPES,
    selected=selected,
)  # fmt: skip
st_folium(
    draw_map(lang=lang),
    key="map",
    height=560,
    use_container_width=True,
    returned_objects=list(RETURNED),
    feature_group_to_add=draw_layers(view, lang, fit=lang),
)
st.html(f"<p id='chosen'>chosen: {selected} month {month}</p>")
