"""What is known to have happened comes out of the sample: of its gold, and of it as it is read."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import cache

import pytest

from dashboard.model import Event
from dashboard.strongholds import Status, compare, governorate_of, governorates, holdings, shift
from tests.dashboard.gold_events import sample_articles, sample_gold

MOSUL, RAQQA, MAYADIN, BUKAMAL = "iq-mosul", "sy-raqqa", "sy-mayadin", "sy-abu-kamal"
RULED = (Status.CONTROL, Status.CONTESTED)


@cache
def read_events() -> tuple[Event, ...]:
    from dashboard.extraction import extract_events

    return tuple(event for article in sample_articles() for event in extract_events(article))


@cache
def gold_events() -> tuple[Event, ...]:
    return tuple(sample_gold())


@pytest.fixture(params=["gold", "read"])
def events(request: pytest.FixtureRequest) -> Iterable[Event]:
    if request.param == "gold":
        return gold_events()
    return read_events()


def status(events: Iterable[Event], place: str, on: date) -> Status | None:
    return next((h.status for h in holdings(events, on=on) if h.place.id == place), None)


def every_fortnight(first: date, last: date) -> Iterator[date]:
    for number in range((last - first).days // 14 + 1):
        yield first + timedelta(days=14 * number)


def first_lost(events: Iterable[Event], place: str) -> date:
    (found,) = (h for h in holdings(events, on=date(2019, 3, 1)) if h.place.id == place)
    assert found.status is Status.LOST
    return found.first


def test_mosul_is_held_by_the_end_of_june_2014(events: Iterable[Event]) -> None:
    assert status(events, MOSUL, date(2014, 6, 9)) is not Status.CONTROL
    assert status(events, MOSUL, date(2014, 6, 30)) is Status.CONTROL


def test_mosul_is_contested_in_the_spring_of_2017(events: Iterable[Event]) -> None:
    for day in every_fortnight(date(2017, 2, 1), date(2017, 5, 31)):
        assert status(events, MOSUL, day) is Status.CONTESTED, day


def test_mosul_is_lost_in_july_2017(events: Iterable[Event]) -> None:
    assert status(events, MOSUL, date(2017, 7, 9)) is Status.CONTESTED
    for day in every_fortnight(date(2017, 7, 10), date(2017, 12, 31)):
        assert status(events, MOSUL, day) is Status.LOST, day


def test_raqqa_is_contested_in_the_summer_of_2017_and_lost_in_october(
    events: Iterable[Event],
) -> None:
    assert status(events, RAQQA, date(2014, 1, 31)) is Status.CONTROL
    for day in every_fortnight(date(2017, 6, 7), date(2017, 10, 1)):
        assert status(events, RAQQA, day) is Status.CONTESTED, day
    assert date(2017, 10, 15) <= first_lost(events, RAQQA) <= date(2017, 10, 20)


def test_mayadin_is_the_stronghold_of_summer_2017_and_lost_by_november(
    events: Iterable[Event],
) -> None:
    for day in every_fortnight(date(2017, 5, 1), date(2017, 10, 1)):
        assert status(events, MAYADIN, day) in RULED, day
    assert first_lost(events, MAYADIN) == date(2017, 10, 14)


def test_bukamal_falls_is_retaken_and_falls_last(events: Iterable[Event]) -> None:
    assert status(events, BUKAMAL, date(2017, 11, 10)) is Status.LOST
    assert status(events, BUKAMAL, date(2017, 11, 11)) in RULED
    assert status(events, BUKAMAL, date(2017, 12, 31)) is Status.LOST
    falls = [first_lost(events, place) for place in (MOSUL, MAYADIN, RAQQA, BUKAMAL)]
    assert falls == sorted(falls)
    assert falls[-1] == date(2017, 11, 19)


def test_after_april_2019_nothing_is_controlled(events: Iterable[Event]) -> None:
    for day in every_fortnight(date(2019, 4, 1), date(2025, 12, 31)):
        controlled = [h for h in holdings(events, on=day) if h.status is Status.CONTROL]
        assert not controlled, (day, [(h.place.id, h.because) for h in controlled])


def test_after_april_2019_the_desert_has_presence(events: Iterable[Event]) -> None:
    found = {
        held.place.kind.value
        for day in every_fortnight(date(2019, 4, 1), date(2024, 12, 31))
        for held in holdings(events, on=day)
        if held.status is Status.PRESENCE
    }
    assert found & {"desert", "region"}
    assert found & {"mountain", "valley"}


@pytest.mark.parametrize("since", [date(2016, 1, 1), date(2016, 10, 1)])
def test_the_centre_moves_south_east_from_2016_to_the_end_of_2017(
    events: Iterable[Event], since: date
) -> None:
    told = shift(events, since=since, until=date(2017, 12, 31))
    assert told.whole
    assert told.whole.origin.first == since
    assert told.whole.to.label == "2017-Q4"
    assert told.whole.sure
    assert told.whole.to.lat < told.whole.origin.lat
    assert told.whole.to.lon > told.whole.origin.lon
    governorate = governorate_of(told.whole.to.near)
    assert governorate
    assert governorate.id == "sy-deir-ez-zor-governorate"


def test_2017_is_the_year_in_which_the_cities_were_lost(events: Iterable[Event]) -> None:
    told = compare(events, date(2017, 1, 1), date(2018, 1, 1))
    lost = {change.place.id for change in told.lost}
    assert lost >= {MOSUL, RAQQA, MAYADIN, BUKAMAL, "iq-tal-afar", "iq-hawija"}
    assert not {change.place.id for change in told.gained} & lost


def test_nineveh_is_contested_while_mosul_is_fought_over_and_lost_with_tal_afar(
    events: Iterable[Event],
) -> None:
    def nineveh(on: date) -> Status:
        told = governorates(holdings(events, on=on))
        return next(h.status for h in told if h.governorate.id == "iq-nineveh-governorate")

    assert nineveh(date(2017, 3, 1)) is Status.CONTESTED
    assert nineveh(date(2017, 7, 15)) is Status.CONTESTED
    assert nineveh(date(2017, 9, 1)) is Status.LOST
