"""The commands, as a user types them."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dashboard.cli import main
from dashboard.sample import sample_folder
from dashboard.store import open_store, upkeep
from tests.dashboard.kill_extract import make_articles

CAPTURE = (
    "القوات العراقية تستعيد تلعفر\n"
    "أعلن رئيس الوزراء العراقي أن القوات العراقية استعادت مدينة تلعفر من تنظيم داعش أمس الخميس.\n"
)


def maaqil(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "tal_afar.txt").write_text(CAPTURE, encoding="utf-8")
    (tmp_path / "manifest.csv").write_text(
        "file,published,title,source,url\ntal_afar.txt,2017-09-01,استعادة تلعفر,عينة,\n",
        encoding="utf-8",
    )
    return tmp_path


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("الميادين", "sy-mayadin"),
        ("البو كمال", "sy-abu-kamal"),
        ("دير الزور", "sy-deir-ez-zor"),
        ("قاعدة حميميم", "sy-hmeimim-air-base"),
        ("البادية السورية", "sy-badia"),
    ],
)
def test_lookup_puts_the_place_meant_first(name: str, place: str) -> None:
    result = maaqil("lookup", name, "--json")
    assert result.exit_code == 0
    best = json.loads(result.stdout)[0]
    assert best["id"] == place
    assert best["why"]
    assert best["radius_km"] > 0


def test_lookup_prints_coordinates_kind_radius_and_reasons() -> None:
    text = maaqil("lookup", "الميادين").stdout
    assert "35.02" in text
    assert "within" in text
    assert "   - " in text


def test_lookup_of_a_name_that_no_place_has_says_so() -> None:
    result = maaqil("lookup", "نارنيا")
    assert result.exit_code == 1
    assert "No place is known by the name" in result.stderr


def test_lookup_marks_the_names_of_an_article(folder: Path) -> None:
    result = maaqil("lookup", "--in", folder / "tal_afar.txt")
    assert result.exit_code == 0
    assert "iq-tal-afar" in result.stdout


def test_extract_prints_an_event_a_line(folder: Path) -> None:
    result = maaqil("extract", folder, "--format", "jsonl")
    assert result.exit_code == 0
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    row = next(row for row in rows if row["type"] == "capture")
    assert (row["article"], row["actor"], row["target"]) == ("tal_afar", "ISF", "IS")
    assert (row["date_start"], row["date_end"]) == ("2017-08-31", "2017-08-31")
    assert row["quote"] in CAPTURE


def test_extract_twice_changes_nothing(folder: Path, tmp_path: Path) -> None:
    store = tmp_path / "events.db"
    first = maaqil("extract", folder, "--store", store)
    second = maaqil("extract", folder, "--store", store)
    assert "1 articles new or changed" in first.stderr
    assert "0 articles new or changed" in second.stderr


def test_a_file_that_cannot_be_read_is_named_and_stops_nothing(folder: Path) -> None:
    (folder / "broken.txt").write_bytes(b"text \x81\xff")
    (folder / "empty.txt").write_text("", encoding="utf-8")
    result = maaqil("extract", folder, "--format", "jsonl")
    assert result.exit_code == 3, "whoever runs it by a script learns that not all was read"
    assert "broken.txt" in result.stderr
    assert "empty.txt" in result.stderr
    assert "capture" in result.stdout


def test_a_folder_of_which_nothing_can_be_read_fails(tmp_path: Path) -> None:
    (tmp_path / "broken.txt").write_bytes(b"text \x81\xff")
    assert maaqil("extract", tmp_path).exit_code == 1


def test_workers_and_a_cluster_are_not_asked_for_at_once(folder: Path) -> None:
    result = maaqil("extract", folder, "--workers", "2", "--cluster", "tcp://127.0.0.1:1")
    assert result.exit_code == 2
    assert "not both" in result.stderr


def test_ctrl_c_ends_cleanly_and_keeps_what_is_stored(tmp_path: Path) -> None:
    articles = make_articles(tmp_path / "articles.jsonl", 400)
    where = str(tmp_path / "events.db")
    program = [sys.executable, "-m", "dashboard.cli", "extract", str(articles), "--workers", "2"]
    run = subprocess.Popen(  # noqa: S603 - our own program
        [*program, "--store", where], stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    with closing(open_store(where)) as store:
        while run.poll() is None and upkeep.stats(store).articles < 10:
            time.sleep(0.02)
        os.killpg(run.pid, signal.SIGINT)  # as a terminal does: to the workers too
        _, told = run.communicate(timeout=60)
        kept = upkeep.stats(store).articles
        assert upkeep.check(store) == ()
    assert run.returncode == 130, told
    assert "Traceback" not in told
    said = re.search(r"stopped: \d+ articles, \d+ events, (\d+) articles new", told)
    assert said, told
    assert int(said[1]) in (kept - 1, kept)  # it can be stopped between keeping and counting
    assert "goes on from there" in told
    assert 10 <= kept < 400


def test_explain_shows_the_stages(folder: Path) -> None:
    text = maaqil("extract", folder / "tal_afar.txt", "--explain").stdout
    assert "capture" in text
    assert "iq-tal-afar" in text


def test_export_writes_what_the_options_leave(folder: Path, tmp_path: Path) -> None:
    store, out = tmp_path / "events.db", tmp_path / "out.geojson"
    maaqil("extract", folder, "--store", store)
    result = maaqil("export", "--store", store, "--format", "geojson", "--type", "capture", out)
    assert result.exit_code == 0
    shapes = json.loads(out.read_text(encoding="utf-8"))["features"]
    assert {shape["properties"]["type"] for shape in shapes} == {"capture"}
    later = maaqil("export", "--store", store, "--format", "jsonl", "--since", "2018-01-01")
    assert later.stdout == ""


@pytest.mark.parametrize("command", ["export", "serve"])
def test_a_store_that_is_not_there_is_not_made(tmp_path: Path, command: str) -> None:
    result = maaqil(command, "--store", tmp_path / "mistyped.db")
    assert result.exit_code == 1
    assert "there is no such store" in result.stderr
    assert not (tmp_path / "mistyped.db").exists()


def test_what_is_no_store_is_said_before_the_page_opens(tmp_path: Path) -> None:
    (tmp_path / "text.db").write_text("not a database at all, but text")
    result = maaqil("serve", "--store", tmp_path / "text.db")
    assert result.exit_code == 1
    assert "text.db" in result.stderr


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--type", "party"], "no event type party"),
        (["--since", "2018-01-01", "--until", "2017-01-01"], "end before they begin"),
    ],
)
def test_a_choice_that_means_nothing_is_refused(
    folder: Path, tmp_path: Path, options: list[str], says: str
) -> None:
    maaqil("extract", folder, "--store", tmp_path / "events.db")
    result = maaqil("export", "--store", tmp_path / "events.db", *options)
    assert result.exit_code == 1
    assert says in result.stderr


def test_a_format_that_is_not_there_is_refused_by_name(folder: Path, tmp_path: Path) -> None:
    maaqil("extract", folder, "--store", tmp_path / "new.db")
    result = maaqil("export", "--store", tmp_path / "new.db", "--format", "shp")
    assert result.exit_code == 1
    assert "'shp'" in result.stderr
    assert "csv" in result.stderr


def test_evaluate_prints_the_scores(folder: Path, tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    row = {
        "article": "tal_afar", "type": "capture", "lat": 36.379, "lon": 42.448, "radius_km": 6,
        "date_start": "2017-08-31", "date_end": "2017-08-31", "date_basis": "relative",
        "modality": "reported",
    }  # fmt: skip
    gold.write_text(json.dumps(row), encoding="utf-8")
    result = maaqil("evaluate", "--gold", gold, folder)
    assert result.exit_code == 0
    assert "strict   precision" in result.stdout
    assert "recall 1.000" in result.stdout


def test_check_counts_the_data_that_ships() -> None:
    result = maaqil("check")
    assert result.exit_code == 0, result.output
    assert "event types: 19" in result.stdout


def test_import_places_needs_what_it_reads(tmp_path: Path) -> None:
    result = maaqil("import-places", "whosonfirst", "--to", tmp_path)
    assert result.exit_code == 1
    assert result.stderr


def test_the_sample_is_found_where_the_package_lies() -> None:
    assert (sample_folder() / "manifest.csv").exists()
