"""The panels Compare and Shift of the page, over the sample's gold."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboard.store import open_store
from dashboard.strongholds import Quarter, ribbon, shift
from dashboard.strongholds.spread import distance_and_bearing
from dashboard.ui.compare_panel import status_words
from dashboard.ui.ribbon_charts import coverage_chart, ribbon_chart
from dashboard.ui.shift_map import shift_map
from dashboard.ui.shift_panel import quarter_columns, quotes
from tests.dashboard.gold_events import sample_articles, sample_gold

PAGE = Path(__file__).parents[2] / "dashboard/app.py"
SPAN = {"from": "2017-01-01", "to": "2018-01-01"}
DAYS = (date(2016, 1, 1), date(2017, 12, 31))


@pytest.fixture(scope="module")
def gold_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("gold") / "gold.db"
    store = open_store(str(path))
    for article in sample_articles():
        store.save(article, [e for e in sample_gold() if e.article == article.id])
    return path


@pytest.fixture
def page(gold_store: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    monkeypatch.setenv("MAAQIL_STORE", str(gold_store))

    def open_page(**query: str) -> AppTest:
        at = AppTest.from_file(str(PAGE), default_timeout=60)
        for key, value in {**SPAN, **query}.items():
            at.query_params[key] = value
        at.run()
        assert not at.exception
        return at

    yield open_page
    st.cache_data.clear()
    st.cache_resource.clear()


def text_of(at: AppTest) -> str:
    return "\n".join(block.proto.body for block in at.get("html"))


def test_compare_counts_the_changes_of_the_span(page: Any) -> None:
    at = page(panel="compare")
    assert at.subheader[0].value == "From 1 January 2017 to 1 January 2018"
    options = at.button_group(key="change").options
    assert options[:2] == ["Gained: 0", "Lost: 14"]
    table = at.dataframe[0].value
    assert len(table) == sum(int(option.split(": ")[1]) for option in options)
    mosul = table[table["Place"] == "Mosul"].iloc[0]
    assert (mosul["Change"], mosul["First day"], mosul["Last day"]) == ("lost", "contested", "lost")


def test_a_count_chosen_lists_only_its_places(page: Any) -> None:
    at = page(panel="compare")
    at.button_group(key="change").set_value("lost").run()
    assert not at.exception
    table = at.dataframe[0].value
    assert len(table) == 14
    assert "Change" not in table
    assert set(table["Last day"]) == {"lost"}


def test_a_count_of_nothing_shows_no_table(page: Any) -> None:
    at = page(panel="compare")
    at.button_group(key="change").set_value("gained").run()
    assert not at.exception
    assert not at.dataframe


def test_compare_in_arabic(page: Any) -> None:
    at = page(panel="compare", lang="ar")
    assert at.button_group(key="change").options[1] == "خسره: 14"
    table = at.dataframe[0].value
    assert "الموصل" in set(table["المكان"])
    assert "غير معروف (كان: سيطرة)" in set(table["أول يوم"])


def test_two_days_without_a_change_say_so(page: Any) -> None:
    first = min(event.when.first for event in sample_gold() if event.when)
    at = page(panel="compare", **{"from": first.isoformat(), "to": first.isoformat()})
    assert "Nothing changed" in at.info[0].value


@pytest.mark.parametrize(
    ("lang", "words"), [("en", "the centre of reported activity"), ("ar", "مركز النشاط المبلغ عنه")]
)
def test_shift_shows_the_sentence_and_the_quarters_of_the_span(
    page: Any, lang: str, words: str
) -> None:
    at = page(panel="shift", lang=lang)
    figure = text_of(at).split("maaqil-quote")[1]
    assert words in figure.split("</p>")[0]
    assert figure.index(f"lang='{lang}'") < figure.index(f"lang='{'ar' if lang == 'en' else 'en'}'")
    quarters = list(at.dataframe[0].value.iloc[:, 0])
    assert [label for label in quarters if label < "2018"] == [f"2017-Q{n}" for n in range(1, 5)]


def test_the_table_tells_what_is_within_chance() -> None:
    told = shift(sample_gold(), since=DAYS[0], until=DAYS[1])
    table = quarter_columns(told, "en")
    moved = dict(zip(table["Quarter"], table["Moved"], strict=True))
    assert moved["2016-Q1"] == "–"
    assert moved["2017-Q4"].endswith("km south-west")
    steps = {step.to.label: step for step in told.steps}
    for label, words in moved.items():
        if label in steps:
            assert words.endswith("within chance") is not steps[label].sure


def test_a_sentence_from_data_is_escaped() -> None:
    told = shift(sample_gold(), since=DAYS[0], until=DAYS[1])
    assert told.whole
    assert "<script>" not in quotes(told, "en")
    assert quotes(told, "ar").count("<p ") == 2


def test_the_small_map_draws_bands_of_their_true_size_and_every_quarter() -> None:
    told = shift(sample_gold(), since=DAYS[0], until=DAYS[1])
    chart = shift_map(told, "en").to_dict()
    points = values_of(chart, "near")
    assert {row["quarter"] for row in points} == {quarter.label for quarter in told.quarters}
    enough = [quarter for quarter in told.quarters if quarter.enough]
    rings = [
        feature["geometry"]["coordinates"][0]
        for feature in values_of(chart, "geometry")
        if feature["geometry"]["type"] == "Polygon"
    ]
    assert len(rings) == len(enough) + 2, "a band a quarter, and the two ellipses"
    for quarter, ring in zip(enough, rings, strict=False):
        assert radii(quarter, ring) == pytest.approx([quarter.band_km] * len(ring), rel=0.01)
        assert area(ring) < 0, "d3 wants the outside of a polygon clockwise"


def values_of(chart: dict[str, Any], key: str) -> list[dict[str, Any]]:
    """Give the rows with a key of every layer of a chart, in order of drawing."""
    layers = chart.get("layer", [chart])
    rows = [
        row
        for layer in layers
        for row in chart["datasets"].get(layer.get("data", {}).get("name"), [])
    ]
    return [row for row in rows if key in row]


def radii(quarter: Quarter, ring: list[list[float]]) -> list[float]:
    return [distance_and_bearing(quarter.lat, quarter.lon, lat, lon)[0] for lon, lat in ring]


def area(ring: list[list[float]]) -> float:
    """Give twice the signed area of a ring, east and north positive: below 0 where clockwise."""
    pairs = pairwise(ring)
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs)


def test_ribbon_and_coverage_have_the_same_months() -> None:
    told = ribbon(sample_gold(), since=DAYS[0], until=DAYS[1])
    upper, lower = (
        ribbon_chart(told, "en").to_dict(),
        coverage_chart(told.months, {}, "en").to_dict(),
    )
    scales = [chart["encoding"]["x"]["scale"]["domain"] for chart in (upper, lower)]
    assert scales[0] == scales[1] == ["2016-01-01T00:00:00", "2018-01-01T00:00:00"]
    assert len(values_of(lower, "articles")) == 24
    order = upper["encoding"]["y"]["sort"]
    assert order == [row.place.name_en for row in told.rows]


@pytest.mark.parametrize("day", ["2017-07-10", "2021-04-01"])
def test_a_day_with_too_little_to_tell_still_opens(page: Any, day: str) -> None:
    at = page(panel="shift", **{"from": day, "to": day})
    assert "too few dated and placed reports" in text_of(at)


def test_a_status_that_is_not_told_is_said_to_be_so() -> None:
    assert status_words(None, "en") == "nothing told"
    assert status_words(None, "ar") == "لم يُذكر"
