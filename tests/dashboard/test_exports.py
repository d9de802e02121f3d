"""Exports: every format writes every event, and spreadsheets run nothing of them."""

import csv
import io
import json
import sqlite3
import struct
import zipfile
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest

from dashboard.exports import Export, Told, all_exports, gather
from dashboard.exports.cells import cell
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


def text_of(export: Export, data: bytes) -> str:
    """Give all that a file says; a sheet is a zip of XML, a GeoPackage holds its text bare."""
    if export.id == "xlsx":
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            return "".join(parts.read(name).decode() for name in parts.namelist())
    return data.decode("utf-8", errors="ignore" if export.id == "gpkg" else "strict")


def named(name: str) -> Export:
    return next(export for export in all_exports() if export.id == name)


def test_the_formats_are_found_by_themselves() -> None:
    found = {export.id for export in all_exports()}
    assert {"csv", "geojson", "gpkg", "jsonl", "kml", "xlsx"} <= found


@pytest.mark.parametrize("export", all_exports(), ids=lambda export: export.id)
def test_a_format_keeps_the_arabic_sentence(export: Export) -> None:
    assert "سيطر الجيش" in text_of(export, written(export, event()))


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


HOSTILE = Article(
    id="a", text="<b>&]]> \x0b\x00 سيطر", title="=HYPERLINK(1)", source="+cmd|' /C calc'!A0"
)


def hostile(export: Export) -> bytes:
    out = io.BytesIO()
    told = Told(event=replace(event(), quote=HOSTILE.text), article=HOSTILE, cluster=CLUSTER)
    export.write([told, Told(event=event(place=None), article=HOSTILE)], "=1 & <2>", out)
    return out.getvalue()


def test_kml_is_read_by_an_xml_parser_with_points_days_and_hostile_text() -> None:
    ns = {"k": "http://www.opengis.net/kml/2.2"}
    document = ElementTree.fromstring(hostile(named("kml")))[0]  # noqa: S314 - written just above
    assert document.findtext("k:description", namespaces=ns) == "=1 & <2>"
    first, second = document.findall("k:Placemark", ns)
    assert first.findtext("k:Point/k:coordinates", namespaces=ns) == "40.0,35.0"
    assert first.findtext("k:TimeSpan/k:begin", namespaces=ns) == "2017-11-03"
    assert str(first.findtext("k:description", namespaces=ns)).startswith("<b>&]]>  سيطر")
    values = {data.get("name"): data[0].text for data in first.findall(".//k:Data", ns)}
    assert values["title"] == "=HYPERLINK(1)"
    assert values["n_reports"] == "4"
    assert second.find("k:Point", ns) is None


def test_a_geopackage_is_read_by_sqlite_with_points_and_tables_of_codes(tmp_path: Path) -> None:
    path = tmp_path / "events.gpkg"
    path.write_bytes(hostile(named("gpkg")))
    with closing(sqlite3.connect(path)) as database:
        rows = database.execute(
            "SELECT id, lat, fatalities, n_sources, title, geom FROM events ORDER BY fid"
        ).fetchall()
        about = dict(database.execute("SELECT key, value FROM about").fetchall())
        (crs,) = database.execute("SELECT srs_id FROM gpkg_geometry_columns").fetchone()
        types = dict(database.execute("SELECT id, label_ar FROM types").fetchall())
        actors = database.execute("SELECT count(*) FROM actors").fetchone()
    assert [row[:5] for row in rows] == [
        ("e1", 35.0, None, 3, "=HYPERLINK(1)"), ("e1", None, None, 1, "=HYPERLINK(1)"),
    ]  # fmt: skip
    assert struct.unpack("<dd", rows[0][5][-16:]) == (40.0, 35.0)
    assert rows[1][5] is None
    assert crs == 4326
    assert about["query"] == "'=1 & <2>"
    assert types["capture"] == "سيطرة"
    assert actors[0] > 10


def test_a_sheet_is_read_as_xml_and_holds_no_formula() -> None:
    ns = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
    with zipfile.ZipFile(io.BytesIO(hostile(named("xlsx")))) as parts:
        read = {
            name: ElementTree.fromstring(parts.read(name))  # noqa: S314 - written just above
            for name in parts.namelist()
            if name.endswith(".xml")
        }
    names = [sheet.get("name") for sheet in read["xl/workbook.xml"].findall(".//m:sheet", ns)]
    assert names == ["events", "about", "types", "actors"]
    sheets = {name: sheet for name, sheet in read.items() if "worksheets/" in name}
    assert not [name for name, sheet in sheets.items() if sheet.findall(".//m:f", ns)]
    texts = [text.text or "" for text in read["xl/sharedStrings.xml"].findall(".//m:t", ns)]
    assert {"'=HYPERLINK(1)", "'+cmd|' /C calc'!A0", "'=1 & <2>"} <= set(texts)
    assert not [text for text in texts if text.startswith(("=", "+", "@"))]
    cells = sheets["xl/worksheets/sheet1.xml"].findall(".//m:row", ns)[1].findall("m:c", ns)
    numbers = [c.findtext("m:v", namespaces=ns) for c in cells if c.get("t") != "s"]
    assert {"35", "40", "4", "3", "2"} <= set(numbers)


def test_more_events_than_a_sheet_has_rows_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    from dashboard.exports.formats import xlsx

    monkeypatch.setattr(xlsx, "MOST_ROWS", 1)
    with pytest.raises(ValueError, match="take csv or gpkg"):
        written(named("xlsx"), event(), event())


def test_a_geopackage_of_several_pages_holds_each_event_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dashboard.exports.formats import gpkg

    monkeypatch.setattr(gpkg, "AT_ONCE", 2)
    for number in (0, 2, 3):
        path = tmp_path / f"{number}.gpkg"
        events = [replace(event(), id=f"e{n}", fatalities=n or None) for n in range(number)]
        path.write_bytes(written(named("gpkg"), *events))
        with closing(sqlite3.connect(path)) as database:
            rows = database.execute("SELECT id, fatalities FROM events").fetchall()
        assert rows == [(e.id, e.fatalities) for e in events]
