"""Exports: every format writes every event, and spreadsheets run nothing of them."""

import csv
import io
import json
from datetime import date
from pathlib import Path

import pytest

from dashboard.exports import Export, Told, all_exports, gather
from dashboard.exports.formats.csv import cell
from dashboard.exports.gather import PAGE
from dashboard.exports.rows import CLUSTER_KEYS, EVENT_KEYS, ROW_KEYS, event_row, told_row
from dashboard.model import Article, DateBasis, Event, Modality, Span, When
from dashboard.store import Filters, open_store
from dashboard.store.base import Cluster
from gazetteer.place import Place, PlaceKind
from tests.dashboard.store_samples import make_article, make_event, parents

ARTICLE = Article(
    id="a", text="سيطر الجيش على البلدة.", source="=cmd()", published=date(2017, 11, 4)
)
CLUSTER = Cluster(id="e0", reports=4, sources=3, sides=2)
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
    export.write(
        [Told(event=e, article=ARTICLE, cluster=CLUSTER) for e in events], "capture, 2017", out
    )
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
    assert header == [*ROW_KEYS, "query"]


def test_a_row_has_the_keys_that_are_told() -> None:
    assert tuple(event_row(event(), ARTICLE)) == EVENT_KEYS
    assert tuple(told_row(Told(event=event(), article=ARTICLE))) == ROW_KEYS


def test_a_row_tells_how_many_report_its_event() -> None:
    row = told_row(Told(event=event(), article=ARTICLE, cluster=CLUSTER))
    assert [row[key] for key in CLUSTER_KEYS] == ["e0", 4, 3, 2]
    alone = told_row(Told(event=event(), article=ARTICLE))
    assert [alone[key] for key in CLUSTER_KEYS] == [None, 1, 1, 1]


@pytest.mark.parametrize("name", ["csv", "jsonl", "geojson"])
def test_the_formats_carry_the_cluster(name: str) -> None:
    export = next(export for export in all_exports() if export.id == name)
    text = written(export, event()).decode("utf-8-sig")
    if name == "csv":
        row = dict(next(csv.DictReader(io.StringIO(text))))
    else:
        row = json.loads(text)
        row = row["features"][0]["properties"] if name == "geojson" else row
    assert [str(row[key]) for key in CLUSTER_KEYS] == ["e0", "4", "3", "2"]


def test_numbers_stay_numbers() -> None:
    assert cell(-1.5) == -1.5


def test_geojson_puts_longitude_first_and_leaves_the_unplaced_without_a_point() -> None:
    geojson = next(export for export in all_exports() if export.id == "geojson")
    shapes = json.loads(written(geojson, event(), event(place=None)))
    assert shapes["features"][0]["geometry"]["coordinates"] == [40.0, 35.0]
    assert shapes["features"][1]["geometry"] is None


def test_clusters_are_fetched_a_page_of_events_at_a_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = open_store(str(tmp_path / "events.db"), parents=parents)
    for name in ("a", "b"):
        told = [make_event(f"{name}-{n}", name, fatalities=n) for n in range(PAGE)]
        store.save(make_article(name), told[:1] if name == "b" else told)
    asked: list[int] = []
    clusters = store.clusters
    monkeypatch.setattr(store, "clusters", lambda ids: asked.append(len(ids)) or clusters(ids))
    rows = [told_row(told) for told in gather(store, Filters())]
    store.close()
    assert asked == [PAGE, 1]
    assert {row["n_reports"] for row in rows if row["article"] == "b"} == {2}
    assert all(row["title"] for row in rows)
