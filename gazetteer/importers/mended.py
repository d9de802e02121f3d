"""Mend the names that GeoNames, and all who took them over, are known to have wrong."""

import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from gazetteer.arabic import fold_name

MENDED = Path(__file__).parents[1] / "data" / "imported" / "mended.toml"


@cache
def _entries() -> dict[int, dict[str, Any]]:
    with MENDED.open("rb") as file:
        return {entry["geonameid"]: entry for entry in tomllib.load(file)["mend"]}


def mend_names(number: int | None, names: Iterable[str]) -> list[str]:
    """Mend the Arabic names of the place with this GeoNames number, the usual one first."""
    entry = _entries().get(number or 0, {})
    wrong = {fold_name(name) for name in entry.get("wrong", ())}
    right = [entry["name"]] if "name" in entry else []
    wrong |= {fold_name(name) for name in right}
    return [*right, *(name for name in names if fold_name(name) not in wrong)]
