import tomllib
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from dashboard.strongholds import (
    Holding,
    Status,
    about_parameters,
    change_parameters,
    default_parameters,
    governorate_of,
    governorates,
    ribbon,
    rule_words,
)
from dashboard.strongholds.effects import RULES
from dashboard.strongholds.parameters import FILE
from dashboard.strongholds.ribbon import month_ends
from gazetteer import default_gazetteer
from gazetteer.place import Place, PlaceKind
from tests.dashboard.store_samples import days, make_event, make_place

CASES = tomllib.loads(
    (Path(__file__).parents[1] / "cases/strongholds_governorates.toml").read_text("utf-8")
)
ANBAR = "iq-anbar-governorate"
ON = date(2017, 7, 15)


def town(name: str) -> Place:
    return make_place(name, within=ANBAR)


def held(place: Place, status: str) -> Holding:
    return Holding(
        place=place,
        status=Status(status),
        first=ON,
        last=ON,
        because=(f"event-{place.id}",),
        rule="held",
        confidence=0.9,
    )


@pytest.mark.parametrize("case", CASES["case"], ids=lambda case: str(case["name"]))
def test_places_make_a_governorate(case: dict[str, Any]) -> None:
    told = [
        held(town(f"town-{number}"), status)
        for number, status in zip(count(), case["towns"], strict=False)
    ]
    if "area" in case:
        told.append(held(make_place("waste", within=ANBAR, kind=PlaceKind.DESERT), case["area"]))
    (found,) = governorates(told)
    assert found.governorate.id == ANBAR
    assert f"{found.status} {found.rule}" == case["expect"]
    assert dict(found.counts) == {s: case["towns"].count(s.value) for s in Status}
    assert found.because
    assert len(found.places) == len(told)


def test_every_rule_of_governorates_has_words_and_a_case() -> None:
    rules = tomllib.loads(RULES.read_text(encoding="utf-8"))["rules_of_governorates"]
    assert {case["expect"].split()[1] for case in CASES["case"]} == set(rules)
    for rule in rules:
        assert rule_words(rule, "en")
        assert rule_words(rule, "ar")


def test_a_place_outside_any_governorate_makes_none() -> None:
    assert governorates([held(make_place("sea", within=None), "control")]) == ()
    assert governorate_of(make_place("far", within="no-such-place")) is None


def test_a_report_of_the_governorate_itself_is_presence_at_most() -> None:
    (found,) = governorates([held(default_gazetteer()[ANBAR], "presence")])
    assert (found.status, found.rule) == (Status.PRESENCE, "active_in_it")


def test_a_quarter_is_not_counted_beside_its_city() -> None:
    city, bank = default_gazetteer()["iq-mosul"], default_gazetteer()["iq-mosul-east"]
    (found,) = governorates([held(city, "control"), held(bank, "lost")])
    assert [h.place for h in found.places] == [city]


def test_the_ribbon_tells_a_status_a_month_in_the_order_of_their_taking() -> None:
    one, two = town("one"), town("two")
    events = [
        make_event("e1", place=two, actor="IS", target="ISF", when=days(date(2014, 8, 3))),
        make_event("e2", place=one, actor="IS", target="ISF", when=days(date(2014, 6, 10))),
        make_event("e3", place=one, actor="ISF", target="IS", when=days(date(2014, 9, 1))),
    ]
    told = ribbon(events, since=date(2014, 5, 20), until=date(2014, 9, 10))
    assert told.months == ("2014-05", "2014-06", "2014-07", "2014-08", "2014-09")
    assert [row.place for row in told.rows] == [one, two]
    first, second = (row.statuses for row in told.rows)
    assert first == (None, *[Status.CONTROL] * 3, Status.LOST)
    assert second == (None, None, None, Status.CONTROL, Status.CONTROL)


def test_the_ribbon_shows_the_places_held_longest() -> None:
    events = [
        make_event(f"e{n}", place=town(f"t{n}"), actor="IS", target="ISF",
                   when=days(date(2014, n, 1)))
        for n in range(1, 7)
    ]  # fmt: skip
    few = change_parameters(["leading=2"])
    told = ribbon(events, since=date(2014, 1, 1), until=date(2014, 6, 30), parameters=few)
    assert [row.place.id for row in told.rows] == ["t1", "t2"]


def test_a_place_never_held_and_an_area_are_not_in_the_ribbon() -> None:
    events = [
        make_event("e1", place=town("lost"), actor="ISF", target="IS", when=days(ON)),
        make_event("e2", type="presence", place=make_place("waste", kind=PlaceKind.DESERT),
                   actor="IS", target=None, when=days(ON)),
    ]  # fmt: skip
    assert ribbon(events, since=ON, until=ON).rows == ()


def test_the_last_month_of_a_ribbon_ends_on_its_last_day() -> None:
    ends = month_ends(date(2015, 12, 31), date(2016, 2, 3))
    assert ends == (date(2015, 12, 31), date(2016, 1, 31), date(2016, 2, 3))
    with pytest.raises(ValueError, match="lies after the last"):
        ribbon([], since=date(2016, 2, 3), until=date(2015, 12, 31))


def test_every_parameter_says_what_it_means_and_where_it_is_from() -> None:
    entries = tomllib.loads(FILE.read_text(encoding="utf-8"))
    for lang in ("en", "ar"):
        told = about_parameters(default_parameters(), lang)
        assert [about.name for about in told] == list(entries)
        assert all(about.meaning and about.source for about in told)
    assert {about.name: about.value for about in told} == {
        n: e["value"] for n, e in entries.items()
    }


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("decay_days", "changes no parameter"),
        ("decay=60", "changes no parameter"),
        ("decay_days=soon", "decay_days takes a whole number, not 'soon'"),
        ("decay_days=0", "decay_days is 0; give at least 1"),
        ("weakened=1.5", "weakened is 1.5; give at least 0 and at most 1"),
    ],
)
def test_a_change_that_cannot_be_is_refused_by_name(change: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        change_parameters([change])


def test_changes_change_only_what_they_name() -> None:
    told = change_parameters(["decay_days=60", "weakened=0.5"])
    assert (told.decay_days, told.weakened, told.unknown_days) == (60, 0.5, 120)
    assert told.least_reports == default_parameters().least_reports
