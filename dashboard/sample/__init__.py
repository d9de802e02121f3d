"""Our own Arabic dispatches, for trying the map without any other article."""

from importlib.resources import files
from pathlib import Path


def sample_folder() -> Path:
    """Return the folder that holds the dispatches (`NNN_slug.txt`) and their `manifest.csv`."""
    return Path(str(files("dashboard.sample").joinpath("articles")))
