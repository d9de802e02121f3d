"""Keep the checked places in the user's cache, so that a start need not read every file again."""

import hashlib
import json
import os
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

from gazetteer.place import Place, PlaceKind

_FORM = 1  # raise when the form of the cache, or what the loader refuses, changes
_FIELDS = tuple(field.name for field in fields(Place))
_TUPLES = tuple(_FIELDS.index(n) for n in ("spellings", "latin", "kurdish", "former", "weak"))
_KIND = _FIELDS.index("kind")
_KINDS = {kind.value: kind for kind in PlaceKind}


def fingerprint(folders: Iterable[Path]) -> str:
    """Hash what the places of folders depend on: paths, sizes and times of their files."""
    digest = hashlib.sha256(f"{_FORM} {_FIELDS} {Path(__file__).parent}".encode())
    for folder in folders:
        for parent, _, names in sorted(os.walk(folder)):
            for name in sorted(names):
                if name.endswith((".toml", ".tsv")):
                    path = f"{parent}/{name}"
                    stat = Path(path).stat()
                    digest.update(f"{path} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def cache_file() -> Path:
    """Tell where the checked places are kept."""
    if sys.platform == "win32":
        home = os.environ.get("LOCALAPPDATA") or str(Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        home = str(Path.home() / "Library" / "Caches")
    else:
        home = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(home) / "maaqil" / "places.json"


def read_prebuilt(mark: str) -> tuple[list[Place], list[Place]] | None:
    """Read hand-kept and imported places from the cache; None where it is not of this mark."""
    try:
        stored = json.loads(cache_file().read_text(encoding="utf-8"))
        if stored["mark"] != mark:
            return None
        return [_place(row) for row in stored["hand"]], [_place(row) for row in stored["imported"]]
    except (OSError, ValueError, KeyError, TypeError, IndexError):
        return None  # a cache that cannot be read is written anew


def write_prebuilt(mark: str, hand: Sequence[Place], imported: Sequence[Place]) -> None:
    """Write the places to the cache; where that is not possible, the next start is slower."""
    file = cache_file()
    stored = {
        "mark": mark,
        "hand": [[getattr(place, name) for name in _FIELDS] for place in hand],
        "imported": [[getattr(place, name) for name in _FIELDS] for place in imported],
    }
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, part = tempfile.mkstemp(dir=file.parent, suffix=".part")
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            json.dump(stored, out, ensure_ascii=False)
        Path(part).replace(file)
    except OSError:
        return


def _place(row: list[Any]) -> Place:
    row[_KIND] = _KINDS[row[_KIND]]
    for number in _TUPLES:
        row[number] = tuple(row[number])
    return Place(**dict(zip(_FIELDS, row, strict=True)))
