import math
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.model import Event, Modality
from dashboard.store import open_store
from dashboard.strongholds import shift, shift_sentence, spread
from dashboard.strongholds.parameters import change_parameters
from dashboard.strongholds.spread import Point
from gazetteer.place import Place, PlaceKind
from tests.dashboard.store_samples import (
    COMPUTED,
    MAYADIN,
    MOSUL,
    RAQQA,
    days,
    make_article,
    make_event,
    make_place,
)


def told(place: Place, first: date, number: int = 1, **more: Any) -> list[Event]:
    """Make events of one place, one a day from `first` on, all equally sure."""
    values: dict[str, Any] = {"confidence": 1.0, "uncertainty_km": 0.0, **more}
    return [
        make_event(
            f"{place.id}-{first}-{n}",
            place=place,
            when=values.pop("when", None) or days(first + timedelta(days=n)),
            **values,
        )
        for n in range(number)
    ]


def test_the_centre_moves_from_one_town_to_another() -> None:
    events = told(RAQQA, date(2017, 4, 1), 8) + told(MAYADIN, date(2017, 7, 1), 9)
    found = shift(events)
    assert [quarter.label for quarter in found.quarters] == ["2017-Q2", "2017-Q3"]
    one, two = found.quarters
    assert (one.lat, one.lon) == pytest.approx((RAQQA.lat, RAQQA.lon))
    assert (one.first, one.last) == (date(2017, 4, 1), date(2017, 6, 30))
    assert (one.events, two.events, two.articles) == (pytest.approx(8), pytest.approx(9), 1)
    (step,) = found.steps
    assert found.whole == step
    # By the haversine formula on a sphere of 6371 km, which is good to half a per cent.
    assert step.distance_km == pytest.approx(_haversine(RAQQA, MAYADIN), rel=0.005)
    assert step.bearing == pytest.approx(127.9, abs=0.5)
    assert step.sure
    assert (one.near, two.near) == (RAQQA, MAYADIN)


def _haversine(one: Place, two: Place) -> float:
    a, b = math.radians(one.lat), math.radians(two.lat)
    turn = math.radians(two.lon - one.lon)
    h = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(turn / 2) ** 2
    return 2 * 6371 * math.asin(math.sqrt(h))


def test_an_interval_over_two_quarters_counts_in_each_by_its_days() -> None:
    when = days(date(2017, 6, 21), date(2017, 7, 10))
    first, second = shift(told(RAQQA, date(2017, 6, 21), when=when)).quarters
    assert (first.events, second.events) == (pytest.approx(0.5), pytest.approx(0.5))


def test_a_year_counts_in_its_four_quarters_and_those_of_the_next() -> None:
    when = days(date(2016, 12, 1), date(2018, 1, 31))
    quarters = shift(told(RAQQA, date(2016, 12, 1), when=when)).quarters
    labels = ["2016-Q4", "2017-Q1", "2017-Q2", "2017-Q3", "2017-Q4", "2018-Q1"]
    assert [quarter.label for quarter in quarters] == labels
    assert sum(quarter.events for quarter in quarters) == pytest.approx(1)


def test_what_is_surer_and_more_exact_weighs_more() -> None:
    day = date(2017, 4, 1)
    even = told(RAQQA, day) + told(MAYADIN, day)
    surer = told(RAQQA, day) + told(MAYADIN, day, confidence=0.5)
    vaguer = told(RAQQA, day) + told(MAYADIN, day, uncertainty_km=25.0)
    lats = [shift(events).quarters[0].lat for events in (even, surer, vaguer)]
    assert lats[0] == pytest.approx((RAQQA.lat + MAYADIN.lat) / 2, abs=0.02)
    assert lats[1] == pytest.approx(lats[2])
    assert lats[1] == pytest.approx((2 * RAQQA.lat + MAYADIN.lat) / 3, abs=0.02)


LEFT_OUT: dict[str, dict[str, Any]] = {
    "planned": {"modality": Modality.PLANNED},
    "denied": {"modality": Modality.DENIED},
    "other actors": {"actor": "SAA", "target": "HTS"},
    "a country": {"place": make_place("sy", kind=PlaceKind.COUNTRY)},
    "another continent": {"place": make_place("far", lat=48.9, lon=2.3)},
    "no place": {"place": None},
    "no day": {"when": None},
}


@pytest.mark.parametrize("what", LEFT_OUT)
def test_what_tells_nothing_of_the_centre_is_left_out(what: str) -> None:
    assert shift([make_event(**LEFT_OUT[what])]).quarters == ()


def test_a_quarter_with_few_reports_is_shown_but_no_step_leads_there() -> None:
    events = told(RAQQA, date(2017, 1, 1), 6) + told(MOSUL, date(2017, 4, 1), 2)
    events += told(MAYADIN, date(2017, 7, 1), 6)
    found = shift(events)
    assert [quarter.enough for quarter in found.quarters] == [True, False, True]
    assert [(s.origin.label, s.to.label) for s in found.steps] == [("2017-Q1", "2017-Q3")]
    assert len(shift(events, parameters=change_parameters(["least_reports=1"])).steps) == 2


def test_a_store_gives_what_its_events_give() -> None:
    events = told(RAQQA, date(2017, 4, 1), 6) + told(MAYADIN, date(2017, 7, 1), 6)
    store = open_store(":memory:", parents=lambda _: [])
    store.save(make_article(), events)
    assert shift(store) == shift(events)


def test_the_shift_is_said_in_english() -> None:
    events = told(RAQQA, date(2017, 4, 1), 8) + told(MAYADIN, date(2017, 7, 1), 9)
    assert shift_sentence(shift(events), "en") == (
        "Between the second quarter of 2017 and the third quarter of 2017 the centre of reported "
        "activity shifted 166 km to the south-east, from near Raqqa to near Mayadin (8 and 9 "
        "reports; half of them lay within 0 and 0 km of it). It tells where events were reported, "
        "not how fighters moved."
    )


def test_the_shift_is_said_in_arabic() -> None:
    events = told(RAQQA, date(2017, 4, 1), 8) + told(MAYADIN, date(2017, 7, 1), 9)
    words = shift_sentence(shift(events), "ar").replace("\u2068", "").replace("\u2069", "")
    assert words.startswith(
        "انتقل مركز النشاط المبلغ عنه بين الربع الثاني من عام 2017 والربع الثالث من عام 2017 "
        "مسافة 166 كم نحو الجنوب الشرقي، من جوار الرقة إلى جوار الميادين"
    )


def test_a_shift_within_chance_is_called_none() -> None:
    here = told(RAQQA, date(2017, 4, 1), 5) + told(MAYADIN, date(2017, 4, 1), 4)
    then = told(RAQQA, date(2017, 7, 1), 4) + told(MAYADIN, date(2017, 7, 1), 5)
    found = shift(here + then)
    assert found.whole
    assert not found.whole.sure
    assert "stayed near" in shift_sentence(found, "en")
    assert "بقي مركز النشاط" in shift_sentence(found, "ar")


def test_too_little_is_said_to_be_too_little() -> None:
    assert "two quarters of at least 5" in shift_sentence(shift([]), "en")
    assert shift_sentence(shift([]), "ar")
    with pytest.raises(ValueError, match="not in 'fr'"):
        shift_sentence(shift([]), "fr")


def test_a_computed_place_lends_the_centre_no_name_where_another_can() -> None:
    events = told(COMPUTED, date(2017, 4, 1), 5) + told(MOSUL, date(2017, 4, 2))
    assert shift(events).quarters[0].near == MOSUL
    assert shift(told(COMPUTED, date(2017, 4, 1), 5)).quarters[0].near == COMPUTED


def test_spread_is_known_for_two_points() -> None:
    # One degree of longitude at the equator is 111.32 km.
    points = [Point(lat=0.0, lon=-1.0, weight=1.0), Point(lat=0.0, lon=1.0, weight=1.0)]
    assert spread.centre(points) == pytest.approx((0.0, 0.0))
    assert spread.standard_distance(0.0, 0.0, points) == pytest.approx(111.32, abs=0.01)
    assert spread.median_distance(0.0, 0.0, points) == pytest.approx(111.32, abs=0.01)
    found = spread.ellipse(0.0, 0.0, points)
    assert found.major_km == pytest.approx(111.32, abs=0.01)
    assert found.minor_km == pytest.approx(0.0, abs=1e-6)
    assert found.bearing == pytest.approx(90.0)


def test_the_ellipse_lies_along_the_points() -> None:
    points = [Point(lat=35 + n / 10, lon=40 + n / 10, weight=1.0) for n in range(-5, 6)]
    found = spread.ellipse(*spread.centre(points), points)
    # A tenth of a degree is 11.1 km north and 9.1 km east there, so the line runs at 39 degrees.
    assert found.bearing == pytest.approx(39.4, abs=0.5)
    assert found.major_km > 20 * found.minor_km


def test_the_band_narrows_as_reports_grow_and_repeats_itself() -> None:
    def of(number: int) -> float:
        points = [Point(lat=lat, lon=40.0, weight=number, number=number) for lat in (34.0, 36.0)]
        return spread.band(35.0, 40.0, points, seed=0, repeats=200, share=0.9)

    assert of(10) == of(10)
    # The middle of n draws from two ends is off by 111 km / sqrt(2n); nine of ten lie within 1.645.
    assert of(100) == pytest.approx(1.645 * 111 / math.sqrt(200), rel=0.25)
    assert of(10_000) == pytest.approx(of(100) / 10, rel=0.3)
    one = [Point(lat=34.0, lon=40.0, weight=9.0, number=9.0)]
    assert spread.band(34.0, 40.0, one, seed=0, repeats=200, share=0.9) == 0.0


def test_only_the_days_of_the_span_count() -> None:
    events = told(RAQQA, date(2017, 6, 21), when=days(date(2017, 6, 21), date(2017, 7, 10)))
    (quarter,) = shift(events, since=date(2017, 6, 26), until=date(2017, 6, 30)).quarters
    assert quarter.label == "2017-Q2"
    assert quarter.events == pytest.approx(0.25)
    assert shift(events, since=date(2017, 8, 1)).quarters == ()


def test_the_centre_lies_near_a_town_rather_than_a_province() -> None:
    province = make_place("province", kind=PlaceKind.GOVERNORATE, lat=35.1, lon=40.4)
    events = told(province, date(2017, 4, 1), 9) + told(MAYADIN, date(2017, 4, 1))
    assert shift(events).quarters[0].near == MAYADIN
    vague = told(province, date(2017, 7, 1), 9)
    assert shift(vague).quarters[0].near == province
    assert shift(events + vague).quarters[1].near == MAYADIN, "a town of another quarter"


@given(
    st.lists(
        st.builds(Point, lat=st.floats(30, 37), lon=st.floats(36, 48), weight=st.floats(0.01, 1)),
        min_size=1,
        max_size=8,
    )
)
def test_the_axes_of_the_ellipse_agree_with_the_standard_distance(points: list[Point]) -> None:
    lat, lon = spread.centre(points)
    found = spread.ellipse(lat, lon, points)
    assert found.major_km >= found.minor_km >= 0
    assert math.hypot(found.major_km, found.minor_km) == pytest.approx(
        spread.standard_distance(lat, lon, points), abs=1e-6, rel=1e-9
    )
    assert 0 <= found.bearing < 180


def test_a_centre_is_no_more_exact_than_its_places() -> None:
    one_place = told(RAQQA, date(2017, 4, 1), 9, uncertainty_km=40.0)
    assert shift(one_place).quarters[0].band_km == pytest.approx(40.0)
