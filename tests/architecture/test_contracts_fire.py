"""Each import contract is broken on purpose, in a copy, to see it fire."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LINT = Path(sys.executable).with_name("lint-imports")

BREACHES = {
    "the gazetteer imports the dashboard": ("gazetteer/place.py", "import dashboard.model"),
    "the model imports the store": ("dashboard/model.py", "import dashboard.store.base"),
    "the extraction imports the store": (
        "dashboard/extraction/articles.py",
        "import dashboard.store.base",
    ),
    "a map imports the screen": ("dashboard/maps/draw.py", "import dashboard.ui"),
    "a map speaks Streamlit": ("dashboard/maps/draw.py", "import streamlit"),
    "the reading speaks to a database": ("dashboard/extraction/articles.py", "import sqlalchemy"),
    "the reading needs data frames": ("dashboard/extraction/articles.py", "import pandas"),
    "the reading speaks to Dask": ("dashboard/reading.py", "import distributed"),
    "the screen speaks to a database": ("dashboard/ui/__init__.py", "import sqlalchemy"),
    "the gazetteer needs a library": ("gazetteer/index.py", "import numpy"),
    "a layer knows another": (
        "dashboard/maps/layers/events.py",
        "import dashboard.maps.layers.strongholds",
    ),
    "a format knows another": (
        "dashboard/exports/formats/csv.py",
        "import dashboard.exports.formats.jsonl",
    ),
    "siblings form a cycle": (
        "dashboard/exports/export.py",
        "import dashboard.exports.formats.csv",
    ),
    "a module has no place in the layers": ("dashboard/newcomer.py", ""),
}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    copy = tmp_path_factory.mktemp("house")
    for name in ("dashboard", "gazetteer"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", copy)
    return copy


def lint(house: Path) -> subprocess.CompletedProcess[str]:
    # Run by `-c`, so that the copy and not the checkout is found first on the path.
    run = "import sys; sys.path.insert(0, '.'); from importlinter import cli; "
    run += "cli.lint_imports_command()"
    return subprocess.run(  # noqa: S603 - the arguments are fixed
        [sys.executable, "-c", run, "--no-cache"],
        cwd=house,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_house_as_it_stands_keeps_every_contract(house: Path) -> None:
    result = lint(house)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize("breach", BREACHES)
def test_a_breach_is_seen(house: Path, breach: str) -> None:
    name, line = BREACHES[breach]
    path = house / name
    before = path.read_text(encoding="utf-8") if path.exists() else None
    path.write_text((before or '"""A module."""\n') + "\n" + line + "\n", encoding="utf-8")
    try:
        result = lint(house)
        assert result.returncode != 0, f"no contract fired when {breach}"
        assert (
            "BROKEN" in result.stdout
            or "Missing layer" in result.stdout
            or "not listed" in (result.stdout + result.stderr)
        ), result.stdout + result.stderr
    finally:
        if before is None:
            path.unlink()
        else:
            path.write_text(before, encoding="utf-8")
