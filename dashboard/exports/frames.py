"""Events as tables with typed columns, for the formats that GDAL writes through pyogrio."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import geopandas
import pandas
import pyogrio

from dashboard.exports.cells import cell, flat, xml_text
from dashboard.exports.code_tables import Table
from dashboard.exports.export import Told
from dashboard.exports.rows import ROW_KEYS, told_row

NUMBERS = ("lat", "lon", "uncertainty_km", "confidence")
COUNTS = ("geo_precision", "fatalities", "detained", "n_reports", "n_sources", "n_sides")


Value = Callable[[object], object]


def frame(told: Iterable[Told], *, value: Value = flat) -> Any:
    """Give events as a data frame: a column a key of a row, numbers as numbers, the rest text.

    `value` makes of a value of a row what stands in the file: `cell` for spreadsheets.
    """
    rows = [told_row(one) for one in told]
    columns = {}
    for key in ROW_KEYS:
        values = [clean(value(row[key])) for row in rows]
        kind = "float64" if key in NUMBERS else "Int64" if key in COUNTS else "object"
        columns[key] = pandas.Series(values, dtype=kind)
    return pandas.DataFrame(columns)


def with_points(table: Any) -> Any:
    """Give events as points in WGS84; one without a place has no point."""
    points = geopandas.points_from_xy(table["lon"], table["lat"])
    placed = table["lat"].notna()
    points = [point if there else None for point, there in zip(points, placed, strict=True)]
    return geopandas.GeoDataFrame(table, geometry=points, crs="EPSG:4326")


def clean(value: object) -> object:
    """Give a value without the characters that a sheet, which is XML, cannot hold."""
    return xml_text(value) if isinstance(value, str) else value


def write_layer(
    table: Any, path: Path, layer: str, driver: str, *, append: bool, **more: object
) -> None:
    """Write a data frame as one layer of a file, beside those that it holds."""
    pyogrio.write_dataframe(table, path, layer=layer, driver=driver, append=append, **more)


def write_tables(tables: dict[str, Table], path: Path, driver: str) -> None:
    """Write tables of text as layers without points beside those that the file holds."""
    for name, rows in tables.items():
        keys: Sequence[str] = tuple(rows[0])
        values = {key: [clean(cell(row[key])) for row in rows] for key in keys}
        write_layer(pandas.DataFrame(values, dtype="object"), path, name, driver, append=True)
