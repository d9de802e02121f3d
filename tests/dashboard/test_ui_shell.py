"""What the page says of its own filters."""

from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.store import Filters
from dashboard.ui.shell import query_words

APP = Path(__file__).parents[2] / "dashboard/app.py"
IGNORING = ("strongholds", "compare", "shift")


def warnings(store: Path, monkeypatch: pytest.MonkeyPatch, **query: str) -> list[str]:
    monkeypatch.setenv("MAAQIL_STORE", str(store))
    page = AppTest.from_file(str(APP), default_timeout=60)
    for key, value in query.items():
        page.query_params[key] = value
    page.run()
    assert not page.exception
    return [one.value for one in page.warning]


@pytest.mark.parametrize("panel", IGNORING)
def test_a_panel_names_the_filters_that_it_leaves_aside(
    sample_store: Path, monkeypatch: pytest.MonkeyPatch, panel: str
) -> None:
    (said,) = warnings(sample_store, monkeypatch, panel=panel, types="capture", precision="1")
    assert said.endswith("other filters: types: Capture; places known exactly.")
    (said,) = warnings(sample_store, monkeypatch, panel=panel, types="capture", lang="ar")
    assert said.endswith("شروطك: الأنواع: \u2068سيطرة\u2069.")


@pytest.mark.parametrize("panel", IGNORING)
def test_a_panel_that_leaves_nothing_aside_says_nothing(
    sample_store: Path, monkeypatch: pytest.MonkeyPatch, panel: str
) -> None:
    days = {"from": "2017-01-01", "to": "2017-12-31"}
    assert warnings(sample_store, monkeypatch, panel=panel, **days) == []


def test_a_panel_that_heeds_all_filters_says_nothing(
    sample_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert warnings(sample_store, monkeypatch, panel="places", types="capture") == []


@pytest.mark.parametrize(
    ("filters", "english", "arabic"),
    [
        (Filters(), "All events", "كل الأحداث"),
        (Filters(since=date(2017, 6, 6)), "from 6 June 2017 on", "منذ 6 حزيران 2017"),
        (Filters(until=date(2017, 6, 6)), "up to 6 June 2017", "حتى 6 حزيران 2017"),
        (
            Filters(since=date(2017, 6, 6), until=date(2017, 10, 20), types=("capture",)),
            "6 June 2017 to 20 October 2017; types: Capture",
            "من 6 حزيران 2017 إلى 20 تشرين الأول 2017؛ الأنواع: سيطرة",
        ),
    ],
)
def test_days_are_written_as_the_language_does(filters: Filters, english: str, arabic: str) -> None:
    bare = dict.fromkeys((0x2068, 0x2069))
    assert query_words(filters, "en").translate(bare) == english
    assert query_words(filters, "ar").translate(bare) == arabic
