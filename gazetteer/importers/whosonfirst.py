"""Import localities from tables of Who's On First (CSV)."""

import csv
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from gazetteer.importers.mended import mend_names
from gazetteer.importers.spellings import is_arabic, sort_arabic
from gazetteer.place import Place, PlaceKind

_COLUMNS = {"wof_id", "country", "placetype", "name", "names_ar", "lat", "lon"}
_NO = (None, "", "0", "false")
_RADII = {PlaceKind.CITY: 5.0, PlaceKind.TOWN: 3.0, PlaceKind.VILLAGE: 2.0}


def read_whosonfirst(paths: Sequence[Path], progress: Callable[[str], None]) -> Iterator[Place]:
    """Read the localities and quarters that have an Arabic name.

    The columns wof_id, country, placetype, name, names_ar (parted by |), lat, lon are needed,
    population and deprecated are used. Raises ValueError naming file, line and what is wrong.
    """
    if not paths:
        raise ValueError("whosonfirst: give the path of a table (CSV) of Who's On First")
    for path in paths:
        progress(f"reading {path}")
        with path.open(encoding="utf-8", newline="") as file:
            rows = csv.DictReader(file)
            if missing := _COLUMNS - set(rows.fieldnames or ()):
                raise ValueError(f"{path}: the column {sorted(missing)[0]!r} is missing")
            for row in rows:
                try:
                    place = _place(row)
                except ValueError as error:
                    raise ValueError(f"{path}: line {rows.line_num}: {error}") from None
                if place is not None:
                    yield place


def _place(row: dict[str, str]) -> Place | None:
    kinds = {"locality": PlaceKind.VILLAGE, "neighbourhood": PlaceKind.NEIGHBOURHOOD}
    kind = kinds.get(row["placetype"])
    given = [*row["names_ar"].split("|"), row["name"]]
    number = int(row.get("geonames_id") or 0)
    names = mend_names(number, sort_arabic(given, row["name"]))
    if kind is None or not names or row.get("deprecated") not in _NO:
        return None
    population = int(float(row.get("population") or 0))
    if kind is PlaceKind.VILLAGE and population >= 5_000:
        kind = PlaceKind.CITY if population >= 100_000 else PlaceKind.TOWN
    return Place(
        id=f"{row['country'].lower()}-wof{int(row['wof_id'])}",
        kind=kind,
        name=names[0],
        name_en=row["name"] if not is_arabic(row["name"]) else names[0],
        lat=float(row["lat"]),
        lon=float(row["lon"]),
        radius_km=_RADII.get(kind, 2.0),
        spellings=tuple(names[1:]),
        population=population or None,
        source="Who's On First",
    )
