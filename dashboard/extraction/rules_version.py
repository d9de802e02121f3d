"""Tell which rules read an article: a hash of the code and data that the reading depends on."""

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import dashboard.model
import dashboard.ontology
import gazetteer
from gazetteer.load import user_folder

_ENDINGS = (".py", ".toml", ".tsv")
_LIBRARIES = ("hijridate", "htmldate", "trafilatura")
"""What reads pages and dates beside our own code; another version of it may read otherwise."""


@cache
def rules_version() -> str:
    """Give what differs where an article could be read otherwise, the same on every machine.

    It hashes this package, the ontology and the gazetteer with their data, the user's own layers
    and the versions of the libraries that parse pages and dates.
    """
    digest = hashlib.sha256()
    for name in _LIBRARIES:
        digest.update(f"{name} {_version(name)}\n".encode())
    for name, path in _files():
        data = path.read_bytes()
        digest.update(f"{name} {len(data)}\n".encode() + data)
    return digest.hexdigest()


def _files() -> Iterator[tuple[str, Path]]:
    """Give the files in order of name, each named from its own folder, not from the machine's."""
    here = Path(__file__).parent
    yield "model.py", Path(dashboard.model.__file__)
    folders = {
        "extraction": here,
        "ontology": Path(dashboard.ontology.__file__).parent,
        "gazetteer": Path(gazetteer.__file__).parent,
        "places of the user": user_folder(),
        "event types of the user": dashboard.ontology.user_event_types(),
    }
    for folder, path in folders.items():
        inside = (file for file in path.rglob("*") if file.suffix in _ENDINGS)
        named = sorted((file.relative_to(path).as_posix(), file) for file in inside)
        yield from ((f"{folder}/{name}", file) for name, file in named)


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return "not installed"
