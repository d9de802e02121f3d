"""What the page lets a reader take away: what the filters leave, in every format."""

import json
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.exports import Export, all_exports
from dashboard.store import Filters, open_store
from dashboard.ui import downloads
from dashboard.ui.downloads import PICTURES, command, file_name, painter, writer
from dashboard.ui.state import View
from dashboard.ui.words import LANGUAGES, word

APP = Path(__file__).parents[2] / "dashboard/app.py"
YEAR = Filters(since=date(2017, 1, 1), until=date(2017, 12, 31), types=("capture",))


def named(name: str) -> Export:
    return next(export for export in all_exports() if export.id == name)


def opened(store: Path, monkeypatch: pytest.MonkeyPatch, lang: str) -> AppTest:
    monkeypatch.setenv("MAAQIL_STORE", str(store))
    page = AppTest.from_file(str(APP), default_timeout=60)
    page.query_params["lang"] = lang
    page.run()
    assert not page.exception
    return page


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_offers_every_format_there_is(
    sample_store: Path, monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    labels = [
        one.proto.label for one in opened(sample_store, monkeypatch, lang).get("download_button")
    ]
    pictures = [word(f"download.{key}", lang) for key in PICTURES.values()]
    assert labels == pictures + [
        one.label_ar if lang == "ar" else one.label_en for one in all_exports()
    ]


def test_a_download_holds_the_events_that_the_filters_leave(sample_store: Path) -> None:
    lines = writer(str(sample_store), YEAR, named("jsonl"), "en")().decode().splitlines()
    rows = [json.loads(line) for line in lines]
    store = open_store(str(sample_store))
    assert len(rows) == store.totals(YEAR).events > 5
    store.close()
    assert {row["type"] for row in rows} == {"capture"}
    assert all(
        row["date_start"] <= "2017-12-31" and row["date_end"] >= "2017-01-01" for row in rows
    )


def test_a_download_repeats_the_query_in_the_language_of_the_page(sample_store: Path) -> None:
    told = json.loads(writer(str(sample_store), YEAR, named("geojson"), "ar")())
    assert "سيطرة" in told["query"]
    told = json.loads(writer(str(sample_store), YEAR, named("geojson"), "en")())
    assert told["query"] == "from 2017-01-01 to 2017-12-31; types: Capture"


def test_a_file_is_named_by_its_days() -> None:
    days = (date(2017, 1, 1), date(2017, 12, 31))
    assert file_name(days, named("csv")) == "maaqil_2017-01-01_2017-12-31.csv"


def test_a_selection_too_large_for_the_page_is_sent_to_the_command(
    sample_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(downloads, "AT_MOST", 10)
    page = opened(sample_store, monkeypatch, "en")
    assert len(page.get("download_button")) == len(PICTURES)
    said = next(one.value for one in page.caption if "more than this page writes" in one.value)
    assert "(10)" in said
    assert page.code[0].value == "maaqil export --store sample.db --format csv events.csv"


def test_the_command_tells_days_and_types_and_no_password() -> None:
    address = "postgresql://somebody:secret@host/name"
    assert command(address, YEAR) == (
        "maaqil export --store STORE --format csv --since 2017-01-01 --until 2017-12-31 "
        "--type capture events.csv"
    )


def test_a_picture_is_drawn_of_the_view(sample_store: Path) -> None:
    view = View(lang="ar", filters=YEAR)
    picture = painter(str(sample_store), view, "16:9", link="http://127.0.0.1/?v=1", decay=90)()
    assert picture.startswith(b"\x89PNG")
