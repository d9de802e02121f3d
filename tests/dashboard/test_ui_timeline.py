"""Time on the page: spans within their bounds, steps by months, brushes of whole months."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as some

from dashboard.store.base import MonthCount
from dashboard.ui.timeline import CHAPTERS, brushed, clamp, histogram, step

BOUNDS = (date(2013, 3, 5), date(2025, 12, 20))
days = some.dates(date(2000, 1, 1), date(2040, 12, 31))


def ms(*parts: int) -> float:
    return datetime(*parts, tzinfo=UTC).timestamp() * 1000


@given(days, days)
def test_a_span_is_brought_within_the_days_there_are(a: date, b: date) -> None:
    since, until = clamp((min(a, b), max(a, b)), BOUNDS)
    assert BOUNDS[0] <= since <= until <= BOUNDS[1]


@given(some.dates(*BOUNDS), some.integers(0, 400), some.integers(-24, 24))
def test_a_step_stays_within_the_bounds(start: date, length: int, months: int) -> None:
    since, until = step(
        clamp((start, date.fromordinal(start.toordinal() + length)), BOUNDS), months, BOUNDS
    )
    assert BOUNDS[0] <= since <= until <= BOUNDS[1]


def test_a_step_keeps_the_length_in_days() -> None:
    moved = step((date(2017, 1, 31), date(2017, 3, 1)), 1, BOUNDS)
    assert moved == (date(2017, 2, 28), date(2017, 3, 29))


def test_a_brush_means_whole_months() -> None:
    chosen = {"utcyearmonth_month": [ms(2017, 6, 11), ms(2017, 10, 2)]}
    assert brushed(chosen) == (date(2017, 6, 1), date(2017, 10, 31))


def test_a_brush_drawn_backwards_means_the_same() -> None:
    chosen = {"any name": [ms(2017, 10, 2), ms(2017, 6, 11)]}
    assert brushed(chosen) == (date(2017, 6, 1), date(2017, 10, 31))


@pytest.mark.parametrize("selection", [{}, {"month": []}])
def test_no_brush_means_nothing(selection: dict[str, list[float]]) -> None:
    assert brushed(selection) is None


def test_the_histogram_covers_the_days_of_the_slider() -> None:
    months = [MonthCount(month="2017-06", type="capture", events=3)]
    chart = histogram(months, BOUNDS, BOUNDS, "en").to_dict()
    first, after = chart["encoding"]["x"]["scale"]["domain"]
    assert (first["year"], first["month"], first["utc"]) == (2013, 3, True)
    assert (after["year"], after["month"]) == (2026, 1)


@pytest.mark.parametrize("turned", [True, False])
def test_the_histogram_runs_as_the_slider_does(turned: bool) -> None:
    chart = histogram([], BOUNDS, BOUNDS, "ar", turned=turned).to_dict()
    assert chart["encoding"]["x"]["scale"]["reverse"] is turned


def test_the_chapters_begin_before_they_end() -> None:
    assert all(first < last for first, last in CHAPTERS.values())
