"""Import places from the country dumps of GeoNames, from files or by download."""

import csv
import io
import tempfile
import urllib.error
import urllib.request
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from gazetteer.importers.mended import mend_names
from gazetteer.importers.spellings import sort_arabic
from gazetteer.place import Place, PlaceKind

ADDRESS = "https://download.geonames.org/export/dump/"  # GeoNames' own, CC BY 4.0
COUNTRIES = ("SY", "IQ", "LB")
_TIMEOUT = 60  # seconds
_PIECE = 1 << 18
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
    country: str, folder: Path, progress: Callable[[str], None], *, address: str = ADDRESS
) -> Path:
    """Download the dump of a country (its two-letter code) into a folder; return its path."""
    url = f"{address}{country}.zip"
    path = folder / f"{country}.zip"
    try:
        # The scheme is that of a constant or of a test's own server.
        with urllib.request.urlopen(url, timeout=_TIMEOUT) as answer, path.open("wb") as file:  # noqa: S310
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
    """Read the places with an Arabic name of one dump."""
    progress(f"reading {path}")
    if path.suffix == ".zip":
        try:
            with zipfile.ZipFile(path) as archive:
                name = next((n for n in archive.namelist() if n == f"{path.stem}.txt"), None)
                if name is None:
                    raise ValueError(f"{path}: holds no {path.stem}.txt; give a dump of GeoNames")
                with archive.open(name) as raw:
                    lines = io.TextIOWrapper(raw, encoding="utf-8", newline="")
                    yield from _read_rows(lines, path)
        except zipfile.BadZipFile:
            raise ValueError(f"{path}: not a zip file; download it again") from None
    else:
        with path.open(encoding="utf-8", newline="") as rows:
            yield from _read_rows(rows, path)


def _read_rows(lines: Iterable[str], path: Path) -> Iterator[Place]:
    for number, row in enumerate(
        csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE), start=1
    ):
        try:
            place = _place(row)
        except (ValueError, IndexError):
            raise ValueError(
                f"{path}: line {number}: not a line of a GeoNames dump (19 columns parted by tabs)"
            ) from None
        if place is not None:
            yield place


def _place(row: list[str]) -> Place | None:
    number, latin, alternates = int(row[0]), row[1], row[3].split(",")
    feature, code, country = row[6], row[7], row[8]
    population = int(row[14] or 0)
    kind = _CODES.get(code)
    if feature == "P" and code not in _GONE and kind is None:
        kind = PlaceKind.TOWN if population >= 5_000 else PlaceKind.VILLAGE
    names = mend_names(number, sort_arabic(alternates, latin))
    if kind is None or not names:
        return None
    return Place(
        id=f"{country.lower()}-gn{number}",
        kind=kind,
        name=names[0],
        name_en=latin,
        lat=float(row[4]),
        lon=float(row[5]),
        radius_km=_RADII.get(kind, 2.0),
        spellings=tuple(names[1:]),
        population=population or None,
        source="GeoNames, CC BY 4.0",
    )
