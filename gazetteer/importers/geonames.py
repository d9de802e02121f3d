"""Import places from the country dumps of GeoNames, from files or by download."""

import csv
import io
import re
import tempfile
import urllib.error
import urllib.request
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from gazetteer.importers.mended import mend_names
from gazetteer.importers.spellings import is_arabic, sort_arabic
from gazetteer.place import Place, PlaceKind

ADDRESS = "https://download.geonames.org/export/dump/"  # GeoNames' own, CC BY 4.0
COUNTRIES = ("SY", "IQ", "LB")
_TIMEOUT = 60  # seconds
_PIECE = 1 << 18
_COLUMNS = 19
_TAKEN = "taken"
_CODES = {
    **{"PPLC": PlaceKind.CITY, "PPLA": PlaceKind.CITY, "PPLA2": PlaceKind.TOWN},
    **{"PPLA3": PlaceKind.TOWN, "PPLX": PlaceKind.NEIGHBOURHOOD, "AIRB": PlaceKind.AIRFIELD},
    **{"AIRP": PlaceKind.AIRFIELD, "AIRF": PlaceKind.AIRFIELD, "DAM": PlaceKind.DAM},
    **{"OILF": PlaceKind.OIL_FIELD, "MT": PlaceKind.MOUNTAIN, "MTS": PlaceKind.MOUNTAIN},
    **{"WAD": PlaceKind.VALLEY, "LK": PlaceKind.LAKE, "STM": PlaceKind.RIVER},
    **{"INSM": PlaceKind.BASE, "PRN": PlaceKind.PRISON, "REFC": PlaceKind.CAMP},
}
_GONE = frozenset({"PPLH", "PPLQ", "PPLW", "PPLCH"})  # historical, abandoned, destroyed
_RADII = {PlaceKind.CITY: 5.0, PlaceKind.TOWN: 3.0, PlaceKind.RIVER: 30.0}
_RADII |= {PlaceKind.VALLEY: 15.0, PlaceKind.MOUNTAIN: 8.0, PlaceKind.OIL_FIELD: 6.0}


def read_geonames(paths: Sequence[Path], progress: Callable[[str], None]) -> Iterator[Place]:
    """Read the places with an Arabic name from dumps (SY.zip or SY.txt), by path or downloaded.

    Without paths, the dumps of Syria, Iraq and Lebanon are downloaded from GeoNames. Raises
    ValueError for a file that is no dump, ConnectionError where a download fails.
    """
    if paths:
        for path in paths:
            yield from read_dump(path, progress)
        return
    with tempfile.TemporaryDirectory() as folder:
        for country in COUNTRIES:
            yield from read_dump(download(country, Path(folder), progress), progress)


def download(
    country: str, folder: Path, progress: Callable[[str], None], *, address: str | None = None
) -> Path:
    """Download the dump of a country (its two-letter code) into a folder; return its path."""
    url = f"{address or ADDRESS}{country}.zip"
    path = folder / f"{country}.zip"
    try:
        opened = urllib.request.urlopen(url, timeout=_TIMEOUT)  # noqa: S310 - our constant's scheme
        with opened as answer, path.open("wb") as file:
            total = int(answer.headers.get("Content-Length") or 0)
            done = 0
            while piece := answer.read(_PIECE):
                file.write(piece)
                done += len(piece)
                share = f" of {total / 1e6:.1f}" if total else ""
                progress(f"{country}.zip: {done / 1e6:.1f}{share} MB")
    except (urllib.error.URLError, TimeoutError, OSError) as error:
        raise ConnectionError(
            f"{url} could not be downloaded ({error}); download {country}.zip from GeoNames on a "
            "machine with a network and give its path"
        ) from error
    return path


def read_dump(path: Path, progress: Callable[[str], None]) -> Iterator[Place]:
    """Read the places with an Arabic name of one dump; tell what was taken and left out."""
    progress(f"reading {path}")
    counts: Counter[str] = Counter()
    try:
        if path.suffix == ".zip":
            with zipfile.ZipFile(path) as archive, archive.open(_table_of(archive, path)) as raw:
                table = io.TextIOWrapper(raw, encoding="utf-8", newline="")
                yield from _read_rows(table, path, counts)
        else:
            with path.open(encoding="utf-8", newline="") as lines:
                yield from _read_rows(lines, path, counts)
    except UnicodeDecodeError as error:
        raise ValueError(f"{path}: not text in UTF-8 ({error}); download it again") from None
    except (zipfile.BadZipFile, zlib.error, EOFError):
        with path.open("rb") as file:
            page = file.read(200).lstrip().startswith(b"<")
        what = "a web page, not a zip file" if page else "not a zip file, or a broken one"
        raise ValueError(f"{path}: {what}; download it again from {ADDRESS}") from None
    taken = counts.pop(_TAKEN, 0)
    out = "; ".join(f"{count} {why}" for why, count in counts.most_common()) or "none"
    progress(f"{path.name}: {taken} places taken; left out: {out}")


def _table_of(archive: zipfile.ZipFile, path: Path) -> str:
    """Give the name of the table in a dump, also where the dump was renamed ("SY (1).zip")."""
    names = archive.namelist()
    countries = [name for name in names if re.fullmatch(r"[A-Z]{2}\.txt", name)]
    if f"{path.stem}.txt" in names:
        return f"{path.stem}.txt"
    if len(countries) == 1:
        return countries[0]
    raise ValueError(f"{path}: holds no {path.stem}.txt; give a country's dump of GeoNames")


def _read_rows(lines: Iterable[str], path: Path, counts: Counter[str]) -> Iterator[Place]:
    seen: set[str] = set()
    rows = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    wrong = "not a line of a GeoNames dump (19 columns parted by tabs)"
    while True:
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            raise ValueError(f"{path}: line {rows.line_num}: {wrong}: {error}") from None
        if not row:
            continue
        if len(row) != _COLUMNS:
            raise ValueError(f"{path}: line {rows.line_num}: {wrong}, but {len(row)}")
        if row[0] in seen:
            counts["told twice"] += 1
            continue
        seen.add(row[0])
        try:
            place = _place(row)
        except ValueError as error:
            raise ValueError(f"{path}: line {rows.line_num}: {wrong}: {error}") from None
        if isinstance(place, Place):
            counts[_TAKEN] += 1
            yield place
        else:
            counts[place] += 1


def _place(row: list[str]) -> Place | str:
    """Make a place of a row, or tell why it is left out."""
    number, latin, alternates = int(row[0]), row[1] or row[2], row[3].split(",")
    lat, lon = float(row[4]), float(row[5])
    feature, code, country = row[6], row[7], row[8]
    population = int(row[14] or 0)
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise ValueError(f"{lat}, {lon} is no point in degrees")
    if code in _GONE:
        return "gone (historical, abandoned or destroyed)"
    kind = _CODES.get(code)
    if feature == "P" and kind is None:
        kind = PlaceKind.TOWN if population >= 5_000 else PlaceKind.VILLAGE
    if kind is None:
        return "of kinds that are not used"
    if not country:
        return "of no country"
    names = mend_names(number, sort_arabic([latin, *alternates], latin))
    if not names:
        return "without an Arabic name"
    return Place(
        id=f"{country.lower()}-gn{number}",
        kind=kind,
        name=names[0],
        name_en=names[0] if is_arabic(latin) else latin,
        lat=lat,
        lon=lon,
        radius_km=_RADII.get(kind, 2.0),
        spellings=tuple(names[1:]),
        population=population or None,
        source="GeoNames, CC BY 4.0",
    )
