"""What is told twice is one event; what only looks alike stays apart."""

from dataclasses import replace
from datetime import date

import pytest

from dashboard.extraction.merge import absorb, distance_km, merge
from dashboard.model import DateBasis, Event, Modality, Span, When
from gazetteer import default_gazetteer

PLACES = default_gazetteer()
DAY = date(2017, 10, 27)


def make(name: str, **changes: object) -> Event:
    event = Event(
        id=name,
        type="air_strike",
        place=PLACES["sy-mayadin"],
        actor="COALITION",
        target="IS",
        when=When(first=DAY, last=DAY, basis=DateBasis.EXPLICIT),
        modality=Modality.REPORTED,
        geo_precision=1,
        uncertainty_km=6.0,
        article="a",
        spans=(Span(0, 10),),
        quote="",
        confidence=0.8,
        reasons=("r",),
    )
    return replace(event, **changes)


def merged(*events: Event, backed_off: frozenset[str] = frozenset()) -> list[Event]:
    return merge(events, PLACES, backed_off)


def test_the_same_told_twice_is_one_event_with_both_spans_and_the_number() -> None:
    (event,) = merged(make("1"), make("2", spans=(Span(20, 30),), fatalities=7, actor="USA"))
    assert event.spans == (Span(0, 10), Span(20, 30))
    assert event.fatalities == 7


@pytest.mark.parametrize(
    "changes",
    [
        {"type": "shelling"},
        {"place": PLACES["sy-raqqa"]},
        {"actor": "RUSSIA"},
        {"modality": Modality.DENIED},
        {"modality": Modality.PLANNED},
        {"when": When(first=date(2017, 11, 9), last=date(2017, 11, 9), basis=DateBasis.EXPLICIT)},
    ],
)
def test_another_type_place_actor_mood_or_day_is_another_event(changes: dict[str, object]) -> None:
    assert len(merged(make("1"), make("2", **changes))) == 2


def test_a_telling_without_a_day_joins_the_one_that_has_it_where_it_is_news() -> None:
    later = When(first=date(2017, 10, 28), last=date(2017, 10, 28), basis=DateBasis.PUBLICATION)
    (event,) = merged(make("1"), make("2", when=later, confidence=0.5))
    assert event.when is not None
    assert event.when.basis is DateBasis.EXPLICIT
    old = When(first=date(2018, 10, 28), last=date(2018, 10, 28), basis=DateBasis.PUBLICATION)
    assert len(merged(make("1"), make("2", when=old))) == 2


def test_a_place_from_a_headline_joins_the_place_within_it() -> None:
    wide = make("2", place=PLACES["sy-deir-ez-zor-governorate"], confidence=0.9)
    (event,) = merged(make("1"), wide, backed_off=frozenset({"2"}))
    assert event.place is not None
    assert event.place.id == "sy-mayadin"


def test_a_second_toll_stays_among_the_reasons() -> None:
    (event,) = merged(make("1", fatalities=7), make("2", fatalities=9, confidence=0.5))
    assert event.fatalities == 7
    assert any("9" in reason for reason in event.reasons)


def test_the_operation_of_the_day_is_part_of_the_capture_and_leaves_it_its_toll() -> None:
    taken = make("1", type="capture")
    fight = make("2", type="clash", fatalities=12, spans=(Span(20, 30),))
    (event,) = absorb((taken, fight), {"capture": ("clash",), "clash": ()})
    assert (event.type, event.fatalities) == ("capture", 12)


def test_an_operation_of_another_day_stands_apart() -> None:
    launch = When(first=date(2017, 10, 1), last=date(2017, 10, 1), basis=DateBasis.EXPLICIT)
    events = (make("1", type="capture"), make("2", type="offensive", when=launch))
    assert len(absorb(events, {"capture": ("offensive",), "offensive": ()})) == 2


def test_distances_are_great_circles_in_km() -> None:
    assert distance_km(33.315, 44.366, 36.335, 43.119) == pytest.approx(354, abs=3)
