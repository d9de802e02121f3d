"""GeoPackage (OGC): a layer of points for GIS programs, the tables of its codes beside it."""

from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from dashboard.exports.code_tables import code_tables
from dashboard.exports.export import Export, Told
from dashboard.exports.frames import frame, with_points, write_layer, write_tables

AT_ONCE = 5000
"""Events held in memory at a time."""


def write(told: Iterable[Told], query: str, out: BinaryIO) -> None:
    """Write the layer `events` in WGS84 and the tables `about`, `types` and `actors`."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "events.gpkg"
        rest, some = iter(told), True
        while some:
            page = list(islice(rest, AT_ONCE))
            if page or not path.exists():
                points = with_points(frame(page))
                write_layer(
                    points, path, "events", "GPKG", append=path.exists(), geometry_type="Point"
                )
            some = len(page) == AT_ONCE
        write_tables(code_tables(query), path, "GPKG")
        out.write(path.read_bytes())


export = Export(
    id="gpkg",
    label_en="GeoPackage",
    label_ar="حزمة GeoPackage",
    suffix=".gpkg",
    mime="application/geopackage+sqlite3",
    write=write,
)
