"""Exports: every format writes every event, and spreadsheets run nothing of them."""

import csv
import io
import json
from datetime import date

import pytest

from dashboard.exports import Export, all_exports
from dashboard.exports.formats.csv import cell
from dashboard.exports.rows import EVENT_KEYS, event_row
from dashboard.model import Article, DateBasis, Event, Modality, Span, When
from gazetteer.place import Place, PlaceKind

ARTICLE = Article(
    id="a", text="سيطر الجيش على البلدة.", source="=cmd()", published=date(2017, 11, 4)
)
PLACE = Place(
    id="sy-town",
    kind=PlaceKind.TOWN,
    name="البلدة",
    name_en="Town",
    lat=35.0,
    lon=40.0,
    radius_km=3,
)


def event(place: Place | None = PLACE) -> Event:
    return Event(
        id="e1",
        type="capture",
        place=place,
        actor="SAA",
        target="IS",
        when=When(first=date(2017, 11, 3), last=date(2017, 11, 3), basis=DateBasis.RELATIVE),
        modality=Modality.REPORTED,
        geo_precision=1,
        uncertainty_km=3,
        article="a",
        spans=(Span(0, 22),),
        quote=ARTICLE.text,
        confidence=0.8,
        reasons=("rule", "place"),
    )


def written(export: Export, *events: Event) -> bytes:
    out = io.BytesIO()
    export.write([(e, ARTICLE) for e in events], "capture, 2017", out)
    assert not out.closed
    return out.getvalue()


def test_the_formats_are_found_by_themselves() -> None:
    assert {"jsonl", "csv", "geojson"} <= {export.id for export in all_exports()}


@pytest.mark.parametrize("export", all_exports(), ids=lambda export: export.id)
def test_a_format_keeps_the_arabic_sentence(export: Export) -> None:
    assert "سيطر الجيش" in written(export, event()).decode("utf-8")


@pytest.mark.parametrize("export", all_exports(), ids=lambda export: export.id)
def test_a_format_stands_an_empty_choice(export: Export) -> None:
    assert isinstance(written(export), bytes)


def test_json_lines_hold_the_keys_that_scorers_read() -> None:
    jsonl = next(export for export in all_exports() if export.id == "jsonl")
    row = json.loads(written(jsonl, event()))
    assert (row["lat"], row["lon"], row["date_start"]) == (35.0, 40.0, "2017-11-03")
    assert (row["article"], row["type"], row["modality"]) == ("a", "capture", "reported")


def test_a_spreadsheet_opens_the_csv_as_utf8_and_runs_no_cell() -> None:
    table = next(export for export in all_exports() if export.id == "csv")
    data = written(table, event())
    assert data.startswith(b"\xef\xbb\xbf")
    row = next(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert row["source"] == "'=cmd()"
    assert row["query"] == "capture, 2017"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1"])
def test_cells_that_begin_like_a_formula_are_defused(text: str) -> None:
    assert cell(text) == "'" + text


def test_a_table_without_rows_keeps_its_columns() -> None:
    table = next(export for export in all_exports() if export.id == "csv")
    header = written(table).decode("utf-8-sig").strip().split(",")
    assert header == [*EVENT_KEYS, "query"]


def test_a_row_has_the_keys_that_are_told() -> None:
    assert tuple(event_row(event(), ARTICLE)) == EVENT_KEYS


def test_numbers_stay_numbers() -> None:
    assert cell(-1.5) == -1.5


def test_geojson_puts_longitude_first_and_leaves_the_unplaced_without_a_point() -> None:
    geojson = next(export for export in all_exports() if export.id == "geojson")
    shapes = json.loads(written(geojson, event(), event(place=None)))
    assert shapes["features"][0]["geometry"]["coordinates"] == [40.0, 35.0]
    assert shapes["features"][1]["geometry"] is None
