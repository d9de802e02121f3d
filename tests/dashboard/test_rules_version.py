import subprocess
import sys
from pathlib import Path

import pytest

from dashboard.extraction.rules_version import rules_version

PRINT = "from dashboard.extraction.rules_version import rules_version; print(rules_version())"
PLACE = """
[[place]]
id = "sy-nowhere"
kind = "village"
name = "لامكان"
name_en = "Nowhere"
lat = 35.0
lon = 40.0
radius_km = 2
source = "made up"
"""


def elsewhere() -> str:
    run = [sys.executable, "-c", PRINT]
    return subprocess.run(run, capture_output=True, text=True, check=True).stdout.strip()  # noqa: S603 - our own


def test_the_version_is_that_of_another_process_and_changes_with_the_users_places(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert elsewhere() == rules_version()
    monkeypatch.setenv("MAAQIL_PLACES", str(tmp_path))
    assert elsewhere() == rules_version(), "an empty layer changes nothing"
    (tmp_path / "mine.toml").write_text(PLACE, encoding="utf-8")
    assert elsewhere() != rules_version()
