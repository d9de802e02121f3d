"""maaqil strongholds, as a user types it, over the sample's gold."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from dashboard.cli import main
from dashboard.store import open_store
from dashboard.strongholds.text import MARK, width
from tests.dashboard.gold_events import sample_articles, sample_gold

Run = Callable[..., Result]


@pytest.fixture(scope="module")
def gold_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("gold") / "gold.db"
    store = open_store(str(path))
    for article in sample_articles():
        store.save(article, [e for e in sample_gold() if e.article == article.id])
    return path


@pytest.fixture
def run(gold_store: Path) -> Run:
    return lambda *words: CliRunner().invoke(
        main, ["strongholds", "--store", str(gold_store), *words]
    )


def as_json(result: Result) -> Any:
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_a_day_is_told_with_the_ids_behind_every_status(run: Run) -> None:
    told = as_json(run("--on", "2017-07-15", "--format", "json"))
    known = {event.id for event in sample_gold()}
    by_place = {row["place_id"]: row for row in told["places"]}
    assert by_place["iq-mosul"]["status"] == "lost"
    assert by_place["sy-raqqa"]["status"] == "contested"
    assert by_place["sy-raqqa"]["governorate_ar"] == "محافظة الرقة"
    for row in told["places"]:
        assert row["events"]
        assert set(row["events"]) <= known
    nineveh = next(r for r in told["governorates"] if r["governorate_id"].startswith("iq-nineveh"))
    assert (nineveh["status"], nineveh["rule"]) == ("contested", "divided")
    assert told["parameters"]["decay_days"] == 90


def test_sentences_give_the_words_and_the_source_of_every_id(run: Run) -> None:
    told = as_json(run("--on", "2017-07-15", "--format", "json", "--sentences"))
    for row in told["places"]:
        assert [one["event"] for one in row["sentences"]] == row["events"]
        assert all(one["sentence"] and one["source"] for one in row["sentences"])


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_text_stands_in_columns(run: Run, lang: str) -> None:
    places = as_json(run("--on", "2017-07-15", "--format", "json"))["places"]
    table = run("--on", "2017-07-15", "--language", lang).stdout.split("\n\n")[1].splitlines()
    lines = [line for line in table[1:] if not line.startswith("    ")]
    starts = set()
    for row, line in zip(places, lines, strict=True):
        english = line.index(row["place"])
        arabic = line.index(row["place_ar"] + MARK, english)
        starts.add((width(line[:english]), width(line[:arabic])))
    assert len(starts) == 1
    assert any("gold-037-01" in line for line in table)


def test_arabic_words_are_arabic(run: Run) -> None:
    out = run("--compare", "2017-01-01", "2018-01-01", "--language", "ar").stdout
    assert out.startswith("من 2017-01-01 إلى 2018-01-01: كسب 0، خسر 14")
    assert "أفيد بانتزاع المكان منه" in out


def test_two_days_are_compared(run: Run) -> None:
    told = as_json(run("--compare", "2017-01-01", "2018-01-01", "--format", "json"))
    changes = {row["place_id"]: row["change"] for row in told["places"]}
    assert changes["iq-mosul"] == changes["sy-abu-kamal"] == "lost"
    assert changes["sy-badia"] == "appeared"
    assert told["counts"]["lost"] == sum(kind == "lost" for kind in changes.values()) == 14
    assert told["counts"]["gained"] == 0


def test_csv_has_a_line_a_sentence_and_opens_in_a_spreadsheet(run: Run) -> None:
    plain = run("--on", "2017-07-15", "--format", "csv").stdout
    assert plain.startswith("\ufeffon,status")
    rows = list(csv.DictReader(io.StringIO(plain.lstrip("\ufeff"))))
    assert len({row["place_id"] for row in rows}) == len(rows)
    full = run("--on", "2017-07-15", "--format", "csv", "--sentences").stdout
    told = list(csv.DictReader(io.StringIO(full.lstrip("\ufeff"))))
    assert len(told) == sum(len(row["events"].split()) for row in rows)
    assert all(row["sentence"] and row["source"] for row in told)


def test_the_shift_is_told_in_both_languages_with_its_quarters(run: Run) -> None:
    told = as_json(run("--shift", "2016-10-01", "2017-12-31", "--format", "json"))
    assert "to the south, from near Al-Bab to near Al-Omar" in told["sentence"]["en"]
    assert "نحو \u2068الجنوب\u2069" in told["sentence"]["ar"]
    assert [row["quarter"] for row in told["quarters"]][-1] == "2017-Q4"
    again = as_json(run("--shift", "2016-10-01", "2017-12-31", "--format", "json"))
    assert told == again, "the bootstrap must repeat itself"
    other = as_json(
        run("--shift", "2016-10-01", "2017-12-31", "--format", "json", "--set", "seed=7")
    )
    bands = [[row["band_km"] for row in one["quarters"]] for one in (told, other)]
    assert bands[0] != bands[1]


def test_months_stand_over_the_articles_that_cover_them(run: Run) -> None:
    told = as_json(run("--months", "2017-01-01", "2017-12-31", "--format", "json"))
    assert len(told["months"]) == len(told["articles"]) == 12
    august = [a for a in sample_articles() if str(a.published)[:7] == "2017-08"]
    assert told["articles"][7] == len(august) > 0
    mosul = next(row for row in told["places"] if row["place_id"] == "iq-mosul")
    assert mosul["statuses"] == ["contested"] * 6 + ["lost"] * 6
    text = run("--months", "2016-11-01", "2017-12-31").stdout.splitlines()
    assert text[0] == "  |17"
    assert "xxxxxxxx------|  Mosul  الموصل" in text


def test_a_decay_and_a_parameter_change_what_is_told(run: Run) -> None:
    def statuses(*words: str) -> dict[str, str]:
        told = as_json(run("--on", "2014-12-31", "--format", "json", *words))
        return {row["place_id"]: row["status_words"] for row in told["places"]}

    assert statuses()["iq-sinjar"] == "control, last known"
    assert statuses("--decay", "30")["iq-sinjar"] == "unknown, was control"
    assert statuses("--set", "decay_days=200")["iq-sinjar"] == "control"


def test_without_a_day_the_last_of_the_store_is_told(run: Run) -> None:
    last = max(event.when.last for event in sample_gold() if event.when)
    assert as_json(run("--format", "json"))["on"] == last.isoformat()


def test_every_parameter_is_printed_with_its_source(run: Run) -> None:
    out = run("--parameters", "--decay", "45").stdout
    assert "decay_days = 45\n    days without a report" in out
    assert "codebook, ruling 2" in out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--on", "2017-07-15", "--compare", "2017-01-01", "2018-01-01"], "Give one of"),
        (["--compare", "2018-01-01", "2017-01-01"], "lies after the second"),
        (["--months", "2018-01-01", "2017-01-01"], "lies after the last"),
        (["--set", "decay=3"], "changes no parameter"),
        (["--decay", "0"], "decay_days is 0; give at least 1"),
        (["--on", "yesterday"], "does not match the format"),
    ],
)
def test_what_cannot_be_told_is_refused_in_a_line(run: Run, words: list[str], said: str) -> None:
    result = run(*words)
    assert result.exit_code != 0
    assert said in result.output
    assert "Traceback" not in result.output


def test_an_empty_store_says_how_to_fill_it(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["strongholds", "--store", str(tmp_path / "new.db")])
    assert result.exit_code == 1
    assert "maaqil extract PATHS" in result.output


def test_a_day_before_everything_says_that_nothing_can_be_told(run: Run) -> None:
    assert "No status can be told" in run("--on", "1999-01-01").stdout
    assert run("--on", "1999-01-01", "--format", "csv").stdout == ""
