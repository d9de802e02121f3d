"""The base map that is committed: whole, small, in the region, named in both languages."""

import json
import math
import tomllib
from pathlib import Path

import pytest
from shapely.geometry import LineString, Point, shape

from dashboard.maps import draw
from dashboard.maps.basemap import make, rivers

FOLDER = Path(make.__file__).parent
FILES = ("countries", "borders", "elsewhere", "governorates", "rivers", "lakes")


def features(name: str) -> list[dict]:
    text = (FOLDER / "data" / f"{name}.geojson").read_text(encoding="utf-8")
    return json.loads(text)["features"]


def toml(name: str) -> dict:
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))


def test_the_base_map_is_small() -> None:
    total = sum((FOLDER / "data" / f"{name}.geojson").stat().st_size for name in FILES)
    assert total < 250 * 1024


@pytest.mark.parametrize("name", FILES)
def test_no_collection_is_left_by_the_clip_and_all_lies_in_the_region(name: str) -> None:
    for feature in features(name):
        geometry = shape(feature["geometry"])
        assert geometry.geom_type in {"Polygon", "MultiPolygon", "LineString", "MultiLineString"}
        assert not geometry.is_empty
        if name != "elsewhere":
            assert geometry.within(make.REGION.buffer(0.01))


def test_the_region_is_the_one_that_the_map_is_fitted_to() -> None:
    assert make.REGION.bounds == (draw.WEST, draw.SOUTH, draw.EAST, draw.NORTH)


def test_the_edge_of_the_region_is_not_drawn_as_a_border() -> None:
    (borders,) = (shape(feature["geometry"]) for feature in features("borders"))
    assert borders.intersection(make.REGION.boundary.buffer(0.005)).length < 0.5
    assert borders.distance(Point(38.8, 33.37)) < 0.02  # the corner of Syria, Iraq and Jordan


def test_syria_and_iraq_are_whole() -> None:
    shapes = {f["properties"].get("id"): shape(f["geometry"]) for f in features("countries")}
    degree = 111.2**2 * math.cos(math.radians(34))
    assert shapes["760"].area * degree == pytest.approx(185_000, rel=0.03)
    assert shapes["368"].area * degree == pytest.approx(437_000, rel=0.03)


@pytest.mark.parametrize(
    ("river", "towns"),
    [
        ("euphrates", [(39.01, 35.94), (40.15, 35.34), (40.46, 35.02), (40.93, 34.46)]),
        ("tigris", [(43.13, 36.34), (43.69, 34.61), (43.87, 34.20), (44.40, 33.34)]),
        ("khabur", [(40.75, 36.51), (40.73, 36.06), (40.07, 36.85)]),
    ],
)  # fmt: skip
def test_a_river_passes_the_towns_on_its_banks(river: str, towns: list) -> None:
    (line,) = (shape(f["geometry"]) for f in features("rivers") if f["properties"]["id"] == river)
    assert [town for town in towns if line.distance(Point(town)) > 0.03] == []


def test_the_lakes_of_the_story_are_there() -> None:
    lakes = {f["properties"]["id"]: shape(f["geometry"]) for f in features("lakes")}
    assert lakes["assad"].distance(Point(38.30, 35.95)) < 0.03
    assert lakes["tharthar"].contains(Point(43.25, 33.95))
    assert all(lake.is_valid for lake in lakes.values())


def test_all_governorates_of_syria_and_iraq_are_named_in_both_languages() -> None:
    entries = toml("names.toml")["governorate"]
    assert (
        len(entries) == 13 + 18
    )  # Damascus stands as a city; Halabja is part of Sulaymaniyah there
    for entry in [*entries, *toml("names.toml")["country"], *toml("cities.toml")["city"]]:
        assert any("\u0600" <= sign <= "\u06ff" for sign in entry["name"]), entry
        assert entry["name_en"].isascii(), entry
        assert make.REGION.covers(Point(entry["at"])), entry


def test_every_country_that_is_named_is_drawn() -> None:
    drawn = {f["properties"].get("id") for f in features("countries")}
    assert {entry["number"] for entry in toml("names.toml")["country"]} <= drawn


def test_the_licence_of_every_file_stands_beside_it() -> None:
    text = (FOLDER / "LICENCES.md").read_text(encoding="utf-8")
    data = [path.name for path in (FOLDER / "data").iterdir()] + [
        p.name for p in FOLDER.glob("*.toml")
    ]
    assert [name for name in data if name not in text] == []


def test_a_bent_river_passes_its_points_and_keeps_its_ends() -> None:
    straight = LineString([(0, 0), (1, 0), (2, 0)])
    bent = rivers.bend(straight, [(0.5, 0.1), (1.5, -0.1)])
    assert bent.distance(Point(0.5, 0.1)) < 0.01
    assert bent.distance(Point(1.5, -0.1)) < 0.01
    assert Point(bent.coords[0]).distance(Point(0, 0.1)) < 0.01


def test_a_river_given_upstream_is_turned() -> None:
    bent = rivers.bend(LineString([(2, 0), (0, 0)]), [(0.5, 0.1), (1.5, -0.1)])
    assert bent.coords[0][0] < bent.coords[-1][0]


def test_a_folder_without_the_sources_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"countries-10m\.json"):
        make.make(tmp_path)


def test_land_beyond_the_180th_meridian_is_not_turned_inside_out() -> None:
    (land,) = (shape(feature["geometry"]) for feature in features("elsewhere"))
    siberia, sea = Point(100, 65), Point(-170, 45)
    assert land.contains(siberia)
    assert not land.contains(sea)
