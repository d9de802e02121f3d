import tomllib
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.model import Event, Mark, Modality, Role, Span
from dashboard.store import Filters, open_store
from dashboard.strongholds import Holding, Status, compare, holdings, rule_words
from dashboard.strongholds.compare import CHANGES
from dashboard.strongholds.effects import RULES
from dashboard.strongholds.parameters import change_parameters, default_parameters
from dashboard.strongholds.ribbon import month_ends
from dashboard.strongholds.status import effects_by_place, holding_on, statuses_on
from gazetteer import default_gazetteer
from gazetteer.place import Place, PlaceKind
from tests.dashboard.store_samples import days, make_article, make_event, make_place

CASES = tomllib.loads((Path(__file__).parents[1] / "cases/strongholds.toml").read_text("utf-8"))
TOWN, QUARTER = default_gazetteer()["iq-mosul"], default_gazetteer()["iq-mosul-east"]
PLACES = {
    "town": TOWN,
    "quarter": QUARTER,
    "other": make_place("other", lat=36.0),
    "desert": make_place("desert", kind=PlaceKind.DESERT, radius_km=150.0),
    "near": make_place("~near", kind=PlaceKind.SITE),
    "province": make_place("province", kind=PlaceKind.GOVERNORATE),
}


def read_event(line: str, number: int) -> Event:
    """Make an event of a line of a case; see the head of the file of cases."""
    when, kind, sides, *words = line.split()
    first, _, last = when.partition("..")
    actor, target = (None if side == "-" else side for side in sides.split(">"))
    more: dict[str, Any] = {"place": PLACES["town"], "confidence": 0.8}
    article = "a"
    quote = "كان عناصره في البلدة"
    for word in words:
        key, _, value = word.partition("=")
        if word in PLACES:
            more["place"] = PLACES[word]
        elif word == "rules":
            quote = "البلدة التي ويسيطر عليها"
            more["marks"] = (Mark(role=Role.TRIGGER, span=Span(12, 18)),)
        elif word == "part":
            quote = "سيطرت القوات على الجانب الأيسر من المدينة بالكامل"
        elif key == "c":
            more["confidence"] = float(value)
        elif key == "a":
            article = value
        elif key == "from":
            more["origin"] = (PLACES[value],)
        else:
            more["modality"] = Modality(word)
    return make_event(
        f"e{number}",
        article,
        type=kind,
        actor=actor,
        target=target,
        when=days(date.fromisoformat(first), date.fromisoformat(last or first)),
        quote=quote,
        **{"marks": (), **more},
    )


def status_of(case: dict[str, Any], events: list[Event]) -> Holding | None:
    place: Place = PLACES[case.get("of", "town")]
    found = holdings(events, on=case["on"])
    return next((holding for holding in found if holding.place == place), None)


@pytest.mark.parametrize("case", CASES["case"], ids=lambda case: str(case["name"]))
def test_events_make_a_status(case: dict[str, Any]) -> None:
    events = [read_event(line, number) for number, line in enumerate(case["events"], start=1)]
    for told in (events, events[::-1]):
        holding = status_of(case, told)
        if case["expect"] == "nothing":
            assert holding is None
            continue
        assert holding is not None
        assert f"{holding.status} {holding.rule}" == case["expect"]
        for name in ("first", "last", "faded", "confidence", "last_known"):
            if name in case:
                assert getattr(holding, name) == case[name], name
        if "because" in case:
            assert list(holding.because) == [f"e{number}" for number in case["because"]]


def test_every_rule_a_case_expects_has_words_and_every_rule_has_a_case() -> None:
    rules = tomllib.loads(RULES.read_text(encoding="utf-8"))["rules"]
    expected = {case["expect"].split()[-1] for case in CASES["case"]} - {"nothing"}
    assert expected == set(rules)
    for rule in rules:
        assert rule_words(rule, "en")
        assert rule_words(rule, "ar")


def test_a_decay_of_the_readers_choice_is_used() -> None:
    events = [read_event("2014-06-10 capture IS>ISF", 1)]
    on = date(2014, 7, 20)
    assert not holdings(events, on=on)[0].faded
    assert holdings(events, on=on, decay_days=30)[0].faded
    assert holdings(events, on=on, decay_days=10)[0].status is Status.UNKNOWN
    longer = change_parameters(["decay_days=10", "unknown_factor=6"])
    assert holdings(events, on=on, parameters=longer)[0].status is Status.CONTROL
    with pytest.raises(ValueError, match="decay_days is 0"):
        holdings(events, on=on, decay_days=0)


def test_another_actors_holds_can_be_asked_for() -> None:
    events = [read_event("2017-07-10 capture ISF>IS", 1)]
    assert holdings(events, on=date(2017, 7, 11), group="ISF")[0].status is Status.CONTROL


def test_unsure_events_can_be_left_out() -> None:
    events = [read_event("2014-06-10 capture IS>ISF c=0.4", 1)]
    sure = change_parameters(["least_confidence=0.5"])
    assert holdings(events, on=date(2014, 6, 11), parameters=sure) == ()


def test_undated_and_unplaced_events_change_nothing() -> None:
    events = [make_event(when=None), make_event("e2", place=None)]
    assert holdings(events, on=date(2020, 1, 1)) == ()


def test_a_store_gives_what_its_events_give() -> None:
    events = [
        read_event("2014-06-10 capture IS>ISF", 1),
        read_event("2017-06-01 base_established IS>- other", 2),
        read_event("2017-07-10 capture ISF>IS", 3),
        read_event("2017-07-11 killing IS>- other", 4),
    ]
    store = open_store(":memory:", parents=lambda _: [])
    store.save(make_article(), events)
    on = date(2017, 7, 20)
    told = holdings(store, on=on)
    assert {h.place.id: h.status for h in told} == {"other": Status.CONTROL, TOWN.id: Status.LOST}
    assert told == holdings(events, on=on) == holdings(store.each(Filters(until=on)), on=on)


SIDES = ["IS>SDF", "SDF>IS", "IS>- rules", "SDF>-", "ISF>IS part", "IS>-", "SDF>IS planned"]
AT = ["", "desert", "quarter", "near", "other", "from=other", "from=quarter other"]
KINDS_OF_EVENT = ["capture", "presence", "clash", "withdrawal", "offensive", "relocation", "siege",
                  "base_established", "killing"]  # fmt: skip
ANY_LINE = st.builds(
    lambda start, length, kind, sides, at, c, a: (
        f"{start}..{start + timedelta(days=length)} {kind} {sides} {at} c={c} a={a}"
    ),
    st.dates(date(2016, 1, 1), date(2018, 12, 31)),
    st.sampled_from([0, 0, 0, 1, 10, 100]),
    st.sampled_from(KINDS_OF_EVENT),
    st.sampled_from(SIDES),
    st.sampled_from(AT),
    st.sampled_from([0.3, 0.8]),
    st.just("a"),
)


@pytest.mark.parametrize("recent", [0, 60, 500])
@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    lines=st.lists(ANY_LINE, max_size=30),
    on=st.dates(date(2016, 6, 1), date(2019, 6, 1)),
    least=st.sampled_from([0.0, 0.5]),
    settling=st.sampled_from([0, 14]),
)
def test_the_columns_of_a_store_tell_what_its_events_tell(
    monkeypatch: pytest.MonkeyPatch,
    recent: int,
    lines: list[str],
    on: date,
    least: float,
    settling: int,
) -> None:
    monkeypatch.setattr("dashboard.strongholds.reports.RECENT_DAYS", recent)
    events = [read_event(line, number) for number, line in enumerate(lines)]
    chosen = change_parameters([f"least_confidence={least}", f"settling_days={settling}"])
    with closing(open_store(":memory:", parents=lambda _: [])) as store:
        store.save(make_article(), events)
        assert holdings(store, on=on, parameters=chosen) == holdings(
            events, on=on, parameters=chosen
        )
        store.most_in_memory = 0
        assert holdings(store, on=on, parameters=chosen) == holdings(
            events, on=on, parameters=chosen
        )


def test_a_long_receipt_keeps_its_first_and_its_latest() -> None:
    start = date(2014, 6, 10)
    events = [read_event(f"{start} capture IS>ISF", 0)]
    for number in range(1, 41):
        events.append(read_event(f"{start + timedelta(days=number)} presence IS>-", number))
    because = holdings(events, on=date(2014, 8, 1))[0].because
    assert len(because) == 24
    assert (because[0], because[1], because[-1]) == ("e0", "e18", "e40")


EVENT_LINES = st.builds(
    "2017-{:02}-{:02} {} {}".format,
    st.integers(1, 12),
    st.integers(1, 28),
    st.sampled_from(["capture", "presence", "clash", "withdrawal", "offensive", "relocation"]),
    st.sampled_from(["IS>SDF", "SDF>IS", "IS>- rules", "SDF>-", "IS>- desert", "SDF>IS planned"]),
)


@given(st.lists(EVENT_LINES, max_size=8), st.dates(date(2016, 12, 1), date(2018, 12, 31)))
def test_a_status_rests_on_events_of_its_place_and_before_its_day(
    lines: list[str], on: date
) -> None:
    events = {f"e{n}": read_event(line, n) for n, line in enumerate(lines)}
    for holding in holdings(events.values(), on=on):
        told = [events[name] for name in holding.because]
        assert told
        assert all(e.place == holding.place and e.when and e.when.first <= on for e in told)
        assert all(e.modality is not Modality.PLANNED for e in told)
        assert 0 < holding.confidence <= 1
        assert holding.last is not None
        assert holding.first <= holding.last <= on
        losing = any(e.type in ("capture", "withdrawal") for e in told)
        assert holding.status is not Status.LOST or losing, "lost because not mentioned"


@given(st.lists(EVENT_LINES | st.just("2017-02-01..2017-11-04 capture SDF>IS"), max_size=8))
def test_one_pass_over_months_tells_what_each_day_tells_alone(lines: list[str]) -> None:
    events = [read_event(line, number) for number, line in enumerate(lines)]
    ends = month_ends(date(2016, 12, 1), date(2018, 6, 30))
    chosen = default_parameters()
    for told in effects_by_place(events, group="IS", parameters=chosen).values():
        alone = [holding_on(end, told, chosen) for end in ends]
        assert list(statuses_on(ends, told, chosen)) == [
            (holding.status, holding.faded) if holding else (None, False) for holding in alone
        ]


HISTORY = (
    "2014-06-10 capture IS>ISF",
    "2017-07-10 capture ISF>IS",
    "2017-06-01 base_established IS>- other",
)


def kinds(a: date, b: date, lines: tuple[str, ...] = HISTORY) -> dict[str, list[str]]:
    events = [read_event(line, number) for number, line in enumerate(lines)]
    told = compare(events, a, b)
    return {n: [c.place.id for c in getattr(told, n)] for n in CHANGES if getattr(told, n)}


def test_two_days_are_compared() -> None:
    assert kinds(date(2014, 6, 1), date(2014, 7, 1)) == {"gained": [TOWN.id]}
    assert kinds(date(2014, 6, 11), date(2014, 7, 1)) == {"unchanged": [TOWN.id]}
    assert kinds(date(2014, 7, 1), date(2015, 7, 1)) == {"unknown": [TOWN.id]}
    assert kinds(date(2014, 7, 1), date(2017, 7, 12)) == {"gained": ["other"], "lost": [TOWN.id]}
    assert kinds(date(2016, 7, 1), date(2017, 7, 12)) == {"gained": ["other"], "lost": [TOWN.id]}
    assert kinds(date(2017, 7, 11), date(2017, 7, 12)) == {"unchanged": ["other"]}
    assert kinds(date(2018, 7, 11), date(2019, 7, 12)) == {}


def test_a_place_lost_taken_and_lost_again_between_two_days_is_lost() -> None:
    lines = (HISTORY[1], "2018-01-01 capture IS>ISF", "2018-02-01 capture ISF>IS")
    assert kinds(date(2017, 8, 1), date(2018, 3, 1), lines) == {"lost": [TOWN.id]}


def test_a_place_only_told_of_is_not_called_gained() -> None:
    lines = ("2017-06-01 presence IS>- desert", "2017-06-10 presence IS>-")
    assert kinds(date(2017, 5, 1), date(2017, 6, 11), lines) == {"appeared": ["desert", TOWN.id]}
    taken = (*lines, "2017-06-20 capture IS>ISF")
    told = kinds(date(2017, 6, 11), date(2017, 6, 21), taken)
    assert told == {"gained": [TOWN.id], "unchanged": ["desert"]}


def test_a_place_known_again_after_silence_is_not_called_gained() -> None:
    lines = (HISTORY[0], "2015-06-01 presence IS>-")
    assert kinds(date(2015, 5, 1), date(2015, 6, 2), lines) == {"unknown": [TOWN.id]}


def test_days_in_the_wrong_order_are_refused() -> None:
    with pytest.raises(ValueError, match="lies after the second"):
        compare([], date(2018, 1, 1), date(2017, 1, 1))
