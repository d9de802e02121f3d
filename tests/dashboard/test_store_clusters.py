from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.model import Event, Modality
from dashboard.store import Filters, open_store, upkeep
from dashboard.store.clusters import Told, find_clusters, is_same
from dashboard.store.sql import SqlStore
from tests.dashboard.store_samples import (
    MAYADIN,
    RAQQA,
    days,
    make_article,
    make_event,
    make_place,
    parents,
)

DAY = date(2017, 10, 17)
NEAR = make_place("sy-near", name="قريب", name_en="Near", lat=35.99, lon=39.05)
FAR = make_place("sy-far", name="بعيد", name_en="Far", lat=36.05, lon=39.01)


def told(name: str, article: str, /, **more: object) -> Told:
    values: dict[str, object] = {
        "id": name,
        "article": article,
        "type": "capture",
        "place": "sy-raqqa",
        "lat": 35.95,
        "lon": 39.01,
        "actor": "SDF",
        "target": "IS",
        "first": DAY,
        "last": DAY,
        "modality": "reported",
        "geo_precision": 1,
        **more,
    }
    return Told(**values)  # type: ignore[arg-type]  # a test names the fields it means


@pytest.mark.parametrize(
    "other",
    [
        {"first": DAY - timedelta(days=1)},
        {"actor": None},
        {"actor": "UNKNOWN", "target": None},
        {"target": "CIVILIANS"},
        {"place": "sy-near", "lat": 35.99, "lon": 39.05},
        {"modality": "denied"},
        {"modality": "ongoing"},
    ],
)
def test_two_reports_of_one_event_are_the_same(other: dict[str, object]) -> None:
    assert is_same(told("a", "x"), told("b", "y", **other))
    assert is_same(told("b", "y", **other), told("a", "x"))


@pytest.mark.parametrize(
    "other",
    [
        {"first": DAY + timedelta(days=1), "last": DAY + timedelta(days=1)},
        {"actor": "TURKEY"},
        {"target": "SDF"},
        {"type": "offensive"},
        {"place": "sy-far", "lat": 36.05, "lon": 39.01},
        {"place": "sy-raqqa-governorate", "geo_precision": 3},
        {"modality": "planned"},
        {"article": "x"},
    ],
)
def test_what_differs_in_kind_place_day_side_or_intent_is_another_event(
    other: dict[str, object],
) -> None:
    values = {"article": "y", **other}
    assert not is_same(told("a", "x"), replace(told("b", "y"), **values))


def test_allies_count_as_one_side_and_a_clash_has_no_direction() -> None:
    assert is_same(
        told("a", "x", type="air_strike", actor="USA"),
        told("b", "y", type="air_strike", actor="COALITION"),
    )
    one, other = (
        told("a", "x", type="clash"),
        told("b", "y", type="clash", actor="IS", target="SDF"),
    )
    assert is_same(one, other)


def test_a_vague_report_joins_no_cluster() -> None:
    events = [told("a", "x"), told("b", "y", first=DAY - timedelta(days=20))]
    assert find_clusters(events) == {"a": "a"}


def test_days_do_not_chain() -> None:
    """Each report overlaps the next one; the first and the last have no day in common."""
    events = [
        told(f"e{n}", f"a{n}", first=DAY + timedelta(days=n), last=DAY + timedelta(days=n + 1))
        for n in range(10)
    ]
    found = find_clusters(events)
    for centre in set(found.values()):
        firsts = [e.first for e in events if found[e.id] == centre]
        assert max(firsts) - min(firsts) <= timedelta(days=2)


PLACES = (RAQQA, NEAR, FAR, MAYADIN)


@st.composite
def saves(draw: st.DrawFn) -> list[tuple[str, tuple[Event, ...]]]:
    """Make articles saved one after the other, some of them again with other events."""
    made = []
    for number in range(draw(st.integers(1, 9))):
        article = draw(st.sampled_from("abcdefg"))
        events = tuple(
            make_event(
                f"{article}-{number}-{n}",
                article,
                type=draw(st.sampled_from(["capture", "clash"])),
                place=draw(st.sampled_from([*PLACES, None])),
                actor=draw(st.sampled_from(["IS", "SDF", "USA", None])),
                target=draw(st.sampled_from(["IS", "CIVILIANS", None])),
                when=draw(
                    st.none()
                    | st.builds(
                        lambda day, more: days(
                            DAY + timedelta(days=day), DAY + timedelta(days=day + more)
                        ),
                        st.integers(0, 6),
                        st.sampled_from([0, 0, 1, 3, 4, 40]),
                    )
                ),
                modality=draw(st.sampled_from(list(Modality))),
                geo_precision=draw(st.sampled_from([1, 2, 3])),
            )
            for n in range(draw(st.integers(0, 3)))
        )
        made.append((article, events))
    return made


SOURCES = {"a": "سانا", "b": "رويترز", "c": "وكالة رويترز", "d": None, "e": "صدى", "f": "واع"}


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(saves())
def test_clusters_kept_save_by_save_are_those_of_all_events_together(
    made: list[tuple[str, tuple[Event, ...]]],
) -> None:
    store = open_store(":memory:", parents=parents)
    for article, events in made:
        store.save(make_article(article, source=SOURCES.get(article)), events)
    assert upkeep.check(store) == ()
    kept = clusters_by_event(store)
    upkeep.rebuild(store)
    assert clusters_by_event(store) == kept
    store.close()


def clusters_by_event(store: SqlStore) -> dict[str, object]:
    ids = [event.id for event in store.each(Filters())]
    return dict(store.clusters(ids))


def test_the_order_of_reading_does_not_matter(store: SqlStore) -> None:
    made = {
        name: (make_event(f"{name}-0", name, place=place, actor=actor),)
        for name, place, actor in [
            ("a", RAQQA, None), ("b", NEAR, "SDF"), ("c", RAQQA, "SDF"), ("d", RAQQA, "TURKEY")
        ]
    }  # fmt: skip
    for name in "abcd":
        store.save(make_article(name, source=name), made[name])
    first = clusters_by_event(store)
    other = open_store(":memory:", parents=parents)
    for name in "dcba":
        other.save(make_article(name, source=name), made[name])
    assert clusters_by_event(other) == first
    assert set(first) == {"a-0", "b-0", "c-0"}


def test_reports_sources_and_sides_are_counted(store: SqlStore) -> None:
    """Reuters under two names is one source; SANA speaks for Damascus, Reuters for no side."""
    for name, source in (("a", "سانا"), ("b", "رويترز"), ("c", "وكالة رويترز")):
        published = DAY + timedelta(days="cba".index(name))
        article = make_article(name, source=source, published=published)
        store.save(article, [make_event(f"{name}-0", name, fatalities=ord(name))])
    cluster = store.clusters(["a-0"])["a-0"]
    assert (cluster.reports, cluster.sources, cluster.sides) == (3, 2, 2)
    told = store.reports("b-0")
    assert [event.id for event in told] == ["c-0", "b-0", "a-0"]
    assert [event.fatalities for event in told] == [99, 98, 97]  # rival tolls stand side by side


def test_one_that_is_told_once_has_no_cluster(store: SqlStore) -> None:
    store.save(make_article(), [make_event()])
    assert store.clusters(["e1"]) == {}
    assert [event.id for event in store.reports("e1")] == ["e1"]
    with pytest.raises(KeyError):
        store.reports("nothing")


def test_a_report_that_is_read_otherwise_leaves_its_cluster(store: SqlStore) -> None:
    for name in "ab":
        store.save(make_article(name, source=name), [make_event(f"{name}-0", name)])
    assert store.clusters(["a-0", "b-0"]).keys() == {"a-0", "b-0"}
    store.save(make_article("b", source="b"), [make_event("b-0", "b", place=MAYADIN)])
    assert store.clusters(["a-0", "b-0"]) == {}


def test_events_follow_a_place_that_moves_into_other_clusters(store: SqlStore) -> None:
    store.save(make_article("a"), [make_event("a-0", "a")])
    store.save(make_article("b"), [make_event("b-0", "b", place=FAR)])
    assert store.clusters(["a-0", "b-0"]) == {}
    moved = make_place("sy-far", name="بعيد", name_en="Far", lat=35.96, lon=39.01)
    store.save(make_article("c"), [make_event("c-0", "c", place=moved, type="siege")])
    assert store.clusters(["a-0", "b-0"]).keys() == {"a-0", "b-0"}
    assert upkeep.check(store) == ()


def test_events_can_be_asked_for_by_how_many_sources_tell_of_them(store: SqlStore) -> None:
    for name in "abc":
        store.save(
            make_article(name, source=name),
            [make_event(f"{name}-0", name), make_event(f"{name}-1", name, type=f"type_{name}")],
        )
    assert store.totals(Filters(told_by=1)).events == 6
    assert store.totals(Filters(told_by=2)).events == 3
    assert store.totals(Filters(told_by=4)).events == 0
    assert {event.type for event in store.page(Filters(told_by=3))} == {"capture"}


def test_events_can_be_asked_for_by_the_side_of_those_who_tell_them(store: SqlStore) -> None:
    for name, source in (("a", "سانا"), ("b", "رويترز"), ("c", None)):
        store.save(make_article(name, source=source), [make_event(f"{name}-0", name)])
    assert [event.article for event in store.page(Filters(sides=("damascus",)))] == ["a"]
    assert {event.article for event in store.page(Filters(sides=("",)))} == {"b", "c"}
