"""Read and write tables of imported places (TSV, one place a line)."""

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path

from gazetteer.place import Place, PlaceKind

# The Arabic columns stand last, so that the rows read in order in an editor.
COLUMNS = "id kind lat lon radius_km within population name_en latin source name spellings weak"
_HEADER = COLUMNS.split()


def read_table(path: Path) -> Iterator[Place]:
    """Read a table of places; raise ValueError naming file, line and what is wrong."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        if next(rows, None) != _HEADER:
            raise ValueError(f"{path}: the first line must be the columns {_HEADER}; import again")
        for row in rows:
            where = f"{path}: line {rows.line_num}"
            if len(row) != len(_HEADER):
                raise ValueError(f"{where}: {len(row)} columns, not {len(_HEADER)}; import again")
            try:
                yield Place(
                    id=row[0],
                    kind=PlaceKind(row[1]),
                    lat=float(row[2]),
                    lon=float(row[3]),
                    radius_km=float(row[4]),
                    within=row[5] or None,
                    population=int(row[6]) if row[6] else None,
                    name_en=row[7],
                    latin=_split(row[8]),
                    source=row[9],
                    name=row[10],
                    spellings=_split(row[11]),
                    weak=_split(row[12]),
                )
            except ValueError as error:
                raise ValueError(f"{where}: {row[0]}: {error}; import again") from None


def write_table(places: Iterable[Place], path: Path) -> int:
    """Write places as a table that `read_table` reads, in one step; return how many.

    Where writing fails half way, the table that stood there before stays as it was.
    """
    count = 0
    part = path.with_suffix(".part")
    try:
        with part.open("w", encoding="utf-8", newline="") as file:
            form = csv.writer(
                file, delimiter="\t", quoting=csv.QUOTE_NONE, quotechar=None, lineterminator="\n"
            )
            form.writerow(_HEADER)
            for place in places:
                values = (
                    *(place.id, place.kind.value, f"{place.lat:.5f}", f"{place.lon:.5f}"),
                    *(f"{place.radius_km:g}", place.within or "", str(place.population or "")),
                    *(place.name_en, "|".join(place.latin), place.source, place.name),
                    *("|".join(place.spellings), "|".join(place.weak)),
                )
                form.writerow([" ".join(value.split()) for value in values])
                count += 1
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return count


def _split(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("|")) if cell else ()
