"""Read and check the files of places; load the gazetteer that ships, with the user's layer."""

import os
import sys
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, get_type_hints

from gazetteer import arabic
from gazetteer.geometry import distance_km
from gazetteer.index import Gazetteer
from gazetteer.place import Candidate, Place, PlaceKind
from gazetteer.prebuilt import fingerprint, read_prebuilt, write_prebuilt
from gazetteer.tables import read_table

DATA = Path(__file__).parent / "data"
_SHIPPED = (DATA / "places", DATA / "regions", DATA / "imported")
_MENDED = DATA / "imported" / "mended.toml"  # names, not places
_LISTS = ("spellings", "latin", "kurdish", "former", "weak")
_NEEDED = ("id", "kind", "name", "name_en", "lat", "lon", "radius_km", "source")
_KEYS = frozenset(get_type_hints(Place))


def load_gazetteer(*folders: str | Path) -> Gazetteer:
    """Load the places of folders: *.toml are kept by hand, *.tsv are imported.

    Hand-kept places win over imported ones of the same name at the same spot. Raises ValueError
    naming the file, the entry, what is wrong with it and what to do.
    """
    return Gazetteer(*_read_folders(map(Path, folders)))


def _read_folders(folders: Iterable[Path]) -> tuple[list[Place], list[Place]]:
    hand: dict[str, Place] = {}
    files: dict[str, Path] = {}
    imported: list[Place] = []
    for folder in folders:
        if not folder.is_dir():
            raise ValueError(f"{folder}: there is no such folder of places; create it or leave out")
        for path in sorted(folder.rglob("*.toml")):
            if path == _MENDED:
                continue
            for place in read_places(path):
                if place.id in hand:
                    raise ValueError(
                        f"{path}: {place.id}: the id stands already in {files[place.id]}; an id is "
                        "unique and never reused, so give the new place another"
                    )
                hand[place.id] = place
                files[place.id] = path
        for path in sorted(folder.rglob("*.tsv")):
            imported.extend(read_table(path))
    _check_parents(hand, files)
    return list(hand.values()), imported


@cache
def default_gazetteer() -> Gazetteer:
    """Load, once, the places that ship and the user's own layer where there is one.

    The user's layer is the folder that the variable MAAQIL_PLACES names, else the folder `places`
    in the platform's data folder of `maaqil`. The checked places are kept in the user's cache
    until a file changes.
    """
    layer = user_folder()
    if not layer.is_dir() and "MAAQIL_PLACES" in os.environ:
        raise ValueError(f"{layer}: MAAQIL_PLACES names no folder; create it or unset it")
    folders = [*_SHIPPED, *([layer] if layer.is_dir() else [])]
    mark = fingerprint(folders)
    places = read_prebuilt(mark)
    if places is None:
        places = _read_folders(folders)
        write_prebuilt(mark, *places)
    return Gazetteer(*places)


def lookup(name: str, *, within: str | None = None) -> list[Candidate]:
    """Look up a name in the default gazetteer; see `Gazetteer.lookup`."""
    return default_gazetteer().lookup(name, within=within)


def user_folder() -> Path:
    """Tell which folder holds the user's own layer of places."""
    if named := os.environ.get("MAAQIL_PLACES"):
        return Path(named)
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA") or str(Path.home() / "AppData" / "Local")
        return Path(local) / "maaqil" / "maaqil" / "places"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "maaqil" / "places"
    data = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Path(data) / "maaqil" / "places"


def read_places(path: Path) -> Iterator[Place]:
    """Read one hand-kept file; raise ValueError where an entry is not as CONTRIBUTING tells."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ValueError(f"{path}: not a TOML file in UTF-8: {error}") from None
    if extra := set(data) - {"place"}:
        raise ValueError(f"{path}: {extra.pop()}: a file of places holds only [[place]] tables")
    for number, entry in enumerate(data.get("place", ()), start=1):
        where = f"{path}: {entry.get('id', f'place {number}')}"
        yield _place(entry, where)


def _place(entry: dict[str, Any], where: str) -> Place:
    if unknown := set(entry) - _KEYS:
        raise ValueError(f"{where}: unknown key {unknown.pop()!r}; the keys are {sorted(_KEYS)}")
    if missing := [key for key in _NEEDED if key not in entry]:
        raise ValueError(f"{where}: the key {missing[0]!r} is missing; add it")
    for key in _LISTS:
        value = entry.get(key, [])
        if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
            raise ValueError(f"{where}: {key} must be a list of names in quotes")
    for key in ("lat", "lon", "radius_km"):
        if isinstance(entry[key], bool) or not isinstance(entry[key], int | float):
            raise ValueError(f"{where}: {key} must be a number, not {entry[key]!r}")
    kinds = [kind.value for kind in PlaceKind]
    if entry["kind"] not in kinds:
        raise ValueError(f"{where}: unknown kind {entry['kind']!r}; the kinds are {kinds}")
    if not (-90 <= entry["lat"] <= 90 and -180 <= entry["lon"] <= 180):
        raise ValueError(f"{where}: {entry['lat']}, {entry['lon']} is no point in WGS84 degrees")
    if entry["radius_km"] <= 0:
        raise ValueError(f"{where}: radius_km must be above 0; a village has 1 or 2")
    names = [entry["name"], *entry.get("spellings", ()), *entry.get("former", ())]
    _check_names(entry, names, where)
    lists = {key: tuple(entry.get(key, ())) for key in _LISTS}
    return Place(**{**entry, "kind": PlaceKind(entry["kind"]), **lists})


def _check_names(entry: dict[str, Any], names: list[str], where: str) -> None:
    for name in names:
        if wrong := arabic.foreign_letters(name):
            raise ValueError(
                f"{where}: {name!r} has the letter {wrong[0]!r} (U+{ord(wrong[0]):04X}), which "
                "Arabic does not use; type its Arabic look-alike, or list the name under kurdish"
            )
    seen: dict[str, str] = {}
    for name in names:
        key = arabic.fold_name(name)
        if not key:
            raise ValueError(f"{where}: {name!r} has no letters; leave it out")
        if key in seen:
            raise ValueError(
                f"{where}: {name!r} folds to the same as {seen[key]!r}; leave it out, it is "
                "understood already"
            )
        seen[key] = name
    others = (entry["name_en"], *entry.get("latin", ()), *entry.get("kurdish", ()))
    known = {*seen, *map(arabic.fold_name, others)}
    known |= {rest for key in seen if (rest := key.partition(" ")[2])}
    for name in entry.get("weak", ()):
        if arabic.fold_name(name) not in known:
            raise ValueError(
                f"{where}: weak: {name!r} is not among the names of the place; add it to "
                "spellings, or mend it"
            )


def _check_parents(places: dict[str, Place], files: dict[str, Path]) -> None:
    for place in places.values():
        where = f"{files[place.id]}: {place.id}"
        for key, other in (("within", place.within), ("retired_to", place.retired_to)):
            if other is not None and other not in places:
                raise ValueError(f"{where}: {key} names {other!r}, which no file holds; mend it")
        seen = {place.id}
        parent = places.get(place.within or "")
        if parent is not None:
            apart = distance_km(place.lat, place.lon, parent.lat, parent.lon)
            if apart > parent.radius_km:
                raise ValueError(
                    f"{where}: lies {apart:.0f} km from {parent.id}, whose radius is "
                    f"{parent.radius_km:g} km; mend the point, or the parent"
                )
        while parent is not None:
            if parent.id in seen:
                raise ValueError(f"{where}: lies within itself, by way of {parent.id}; mend within")
            seen.add(parent.id)
            parent = places.get(parent.within or "")
