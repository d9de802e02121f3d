"""The files that a map needs, all from this machine: where they lie and by what address."""

import functools
import json
import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any, Self

import folium
from branca.element import Element
from xstatic.pkg import jquery, leaflet

PREFIX = "map-assets"
BASE = f"../../{PREFIX}"  # the map's iframe lies two levels down, under any base path
HERE = Path(str(files("dashboard.maps")))

SCRIPTS = (
    "leaflet/leaflet.js",
    "jquery/jquery.min.js",
    "static/boot.js",
    "static/base.js",
    "static/marks.js",
    "static/places.js",
    "static/furniture.js",
)
STYLES = ("leaflet/leaflet.css", "static/map.css")


def asset_folders() -> dict[str, Path]:
    """Give the folder behind each first part of an asset's address."""
    return {
        "leaflet": Path(leaflet.BASE_DIR),
        "jquery": Path(jquery.BASE_DIR),
        "static": HERE / "static",
        "fonts": HERE / "fonts",
        "basemap": HERE / "basemap" / "data",
    }


def asset_file(address: str) -> Path:
    """Give the file behind an address that begins with BASE; ValueError where there is none."""
    folder, _, name = address.removeprefix(f"{BASE}/").partition("/")
    path = asset_folders().get(folder, HERE / "nowhere") / name
    if not address.startswith(f"{BASE}/") or not path.is_file():
        raise ValueError(f"{address}: no such file of the map; see SCRIPTS and STYLES in assets.py")
    return path


@functools.cache
def names_json() -> bytes:
    """Give the names on the base map as JSON, the most important first (they are drawn in turn)."""
    folder = HERE / "basemap"
    names = tomllib.loads((folder / "names.toml").read_text(encoding="utf-8"))
    cities = tomllib.loads((folder / "cities.toml").read_text(encoding="utf-8"))["city"]
    water = tomllib.loads((folder / "water.toml").read_text(encoding="utf-8"))
    rows = [_name("country", entry) for entry in names["country"]]
    rows += [_name("city", entry) for entry in sorted(cities, key=lambda entry: entry["zoom"])]
    rows += [
        _name("water", {**entry, "at": at})
        for entry in (*water["lake"], *water["river"])
        for at in entry.get("named_at", ())
    ]
    rows += [_name("governorate", entry) for entry in names["governorate"]]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode()


def _name(kind: str, entry: dict[str, Any]) -> dict[str, Any]:
    lon, lat = entry["at"]
    row = {"kind": kind, "name": entry["name"], "name_en": entry["name_en"], "lat": lat, "lon": lon}
    if "also" in entry:
        row["also"] = [[lat, lon] for lon, lat in entry["also"]]
    return row | ({"zoom": entry["zoom"]} if "zoom" in entry else {})


class OfflineMap(folium.Map):
    """A folium map whose scripts and styles lie on this machine, without what we do not use.

    Bootstrap, Font Awesome and glyphicons serve folium's Icon only, which we do not draw.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.default_js = [(name, f"{BASE}/{name}") for name in SCRIPTS]
        self.default_css = [(name, f"{BASE}/{name}") for name in STYLES]

    def add_child(self, child: Element, name: str | None = None, index: int | None = None) -> Self:
        """Add a child; a feature group learns of its map without becoming a part of it.

        streamlit-folium adds what changes to the figure that it was given; were it kept there, the
        figure would differ at the next run and the browser would build the map anew.
        """
        if isinstance(child, folium.FeatureGroup):
            child._parent = self
            return self
        super().add_child(child, name=name, index=index)
        return self
