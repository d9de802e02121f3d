from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.model import Article, Event, Modality
from dashboard.ontology import load_ontology
from dashboard.store import Filters, columns, open_store, packing
from dashboard.store.filters import FILTERS, describe
from dashboard.store.sql import MOST_IN_MEMORY, SqlStore
from gazetteer import fold
from tests.dashboard.store_samples import (
    ABOVE,
    ANY_DAY,
    TEXT,
    any_event,
    make_article,
    make_event,
    parents,
)

ARTICLES = (
    make_article("a"),
    make_article("b", source="نهر", title="غارات على المَيادين"),
    make_article("c", source=None, title=None),
)
EVENTS = st.tuples(
    *(
        st.tuples(*(any_event(n, article.id) for n in range(3))) | st.just(())
        for article in ARTICLES
    )
)
SUBSETS = {
    "types": ["capture", "air_strike", "siege"],
    "places": ["sy-raqqa", "sy-mayadin", "sy", "iq-nineveh", "nowhere"],
    "actors": ["IS", "SDF", "USA"],
    "sources": ["صدى", "نهر", "none"],
    "modality": [modality.value for modality in Modality],
}
FILTERS_OF_ANY_KIND = st.builds(
    Filters,
    since=st.none() | ANY_DAY | st.just(date.min),
    until=st.none() | ANY_DAY | st.just(date.max),
    precision=st.none() | st.integers(1, 3),
    confidence=st.none() | st.sampled_from([0.0, 0.5, 0.9]),
    box=st.none() | st.sampled_from([(39.0, 34.0, 41.0, 36.0), (40.0, 34.0, 44.0, 37.0)]),
    text=st.none()
    | st.sampled_from(["", "الميادين", "الميادين القادة", "100%", "A_B", "_", "الرقّه"]),
    **{
        name: st.lists(st.sampled_from(values), max_size=2).map(tuple)
        for name, values in SUBSETS.items()
    },
)


def passes(event: Event, article: Article, filters: Filters) -> bool:
    """Tell by plain reading of the protocol whether the filters let an event through."""
    place, when = event.place, event.when
    above = {place.id, place.within, *ABOVE[place.id]} if place else set()
    searched = [event.quote, *(TEXT[slice(*span)] for span in event.spans), article.title or ""]
    west, south, east, north = filters.box or (-180, -90, 180, 90)
    checks = (
        not filters.since or (when is not None and when.last >= filters.since),
        not filters.until or (when is not None and when.first <= filters.until),
        not filters.types or event.type in filters.types,
        not filters.places or bool(above & set(filters.places)),
        not filters.actors or bool({event.actor, event.target} & set(filters.actors)),
        not filters.sources or article.source in filters.sources,
        not filters.modality or event.modality.value in filters.modality,
        filters.precision is None or event.geo_precision <= filters.precision,
        filters.confidence is None or event.confidence >= filters.confidence,
        not filters.box
        or (place is not None and west <= place.lon <= east and south <= place.lat <= north),
        all(any(word in fold(part) for part in searched)
            for word in fold(filters.text or "").split()),
    )  # fmt: skip
    return all(checks)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(EVENTS, FILTERS_OF_ANY_KIND)
def test_the_store_lets_through_what_plain_reading_lets_through(
    told: tuple[tuple[Event, ...], ...], filters: Filters
) -> None:
    with closing(open_store(":memory:", parents=parents)) as store:
        compare(store, told, filters)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(told=EVENTS, filters=FILTERS_OF_ANY_KIND)
def test_postgresql_lets_through_what_plain_reading_lets_through(
    emptied: Callable[[], SqlStore], told: tuple[tuple[Event, ...], ...], filters: Filters
) -> None:
    compare(emptied(), told, filters)


@pytest.fixture(scope="module")
def emptied(postgres: Callable[[], str]) -> Iterator[Callable[[], SqlStore]]:
    """Give what empties a store in PostgreSQL and gives it."""
    store = open_store(postgres(), parents=parents)

    def empty() -> SqlStore:
        with store.write() as connection:
            for table in reversed(columns.metadata.sorted_tables):
                if table not in (columns.about, columns.ledger):
                    connection.execute(table.delete())
            packing.rebuild(connection)
        return store

    yield empty
    store.close()


def compare(store: SqlStore, told: tuple[tuple[Event, ...], ...], filters: Filters) -> None:
    """Hold what the store tells against plain reading, from memory and from its tables."""
    left = []
    for article, events in zip(ARTICLES, told, strict=True):
        store.save(article, events)
        left += [event for event in events if passes(event, article, filters)]
    for most_in_memory in (MOST_IN_MEMORY, 0):
        store.most_in_memory = most_in_memory
        hold(store, left, filters)
    store.most_in_memory = MOST_IN_MEMORY


def hold(store: SqlStore, left: list[Event], filters: Filters) -> None:
    """Hold what the store tells against the events that are left."""
    assert {e.id: e for e in store.each(filters)} == {e.id: e for e in left}
    totals = store.totals(filters)
    assert (totals.events, totals.articles) == (len(left), len({e.article for e in left}))
    whole = [e for e in left if e.when and e.place]
    latest = sorted((e for e in whole if e.when), key=lambda e: e.when.first, reverse=True)
    assert [e.id for e in store.page(filters)] == [e.id for e in latest]
    assert [e for n in (1, 2) for e in store.page(filters, number=n, size=2)] == latest[:4]
    assert store.page_size(filters) == len(whole)
    assert {e.id for e in store.tray(filters)} == {e.id for e in left} - {e.id for e in whole}
    assert store.tray_size(filters) == len(left) - len(whole)
    assert sum(mark.events for mark in store.by_place(filters)) == len(whole)
    assert sum(month.events for month in store.by_month(filters)) == sum(1 for e in left if e.when)
    moves = sum(len(e.origin) for e in whole)
    assert sum(move.events for move in store.movements(filters)) == moves
    for mark in store.by_place(filters):
        of_place = [e for e in whole if e.place.id == mark.place]
        number = Counter(e.type for e in of_place)
        assert mark.types == tuple(sorted(number.items(), key=lambda t: (-t[1], t[0])))
        assert mark.geo_precision == min(e.geo_precision for e in of_place)
    by_month = Counter((f"{e.when.first:%Y-%m}", e.type) for e in left if e.when)
    assert [((m.month, m.type), m.events) for m in store.by_month(filters)] == sorted(
        by_month.items()
    )


ONE_OF_EACH = Filters(
    since=date(2017, 1, 1),
    until=date(2017, 12, 31),
    types=("capture", "siege"),
    places=("~computed",),
    actors=("IS",),
    sources=("Echo",),
    sides=("russia",),
    modality=("reported", "ongoing"),
    told_by=3,
    precision=2,
    confidence=0.5,
    box=(39.0, 34.0, 41.0, 36.0),
    text=" الميادين ",
)


def test_every_field_of_the_filters_has_a_condition_and_words() -> None:
    assert not [one.name for one in FILTERS if one.is_open(ONE_OF_EACH)]
    assert not [one.name for one in FILTERS if not one.is_open(Filters())]
    covered = {"since", "until"} | {one.name for one in FILTERS} - {"days"}
    assert covered == set(Filters.__dataclass_fields__)


def test_filters_are_said_in_english() -> None:
    types = load_ontology().event_types
    labels = f"{types['capture'].label_en}, {types['siege'].label_en}"
    group = load_ontology().actors["IS"].label_en
    assert describe(ONE_OF_EACH, "en") == (
        f"from 2017-01-01 to 2017-12-31; types: {labels}; in: ~computed; "
        f"acting or struck: {group}; sources: Echo; "
        "from media that speak for: Russia; told as: having happened, going on; "
        "places known exactly or nearly; confidence at least 0.50; told by at least 3 sources; "
        "between 34.00 and 36.00 N, 39.00 and 41.00 E; with the words “الميادين”"
    )


def test_filters_are_said_in_arabic_with_what_is_not_arabic_isolated() -> None:
    words = describe(replace(ONE_OF_EACH, places=("iq-mosul",)), "ar")
    assert words.startswith("من \u20682017-01-01\u2069 إلى \u20682017-12-31\u2069؛ الأنواع: ")
    assert words.count("\u2068") == words.count("\u2069") == 15
    assert words.count("؛") == len(FILTERS) - 1


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_open_filters_are_all_events(lang: str) -> None:
    assert describe(Filters(), lang) in ("All events", "كل الأحداث")
    assert describe(Filters(text="  "), lang) == describe(Filters(), lang)
    assert describe(Filters(since=date(2017, 1, 1)), lang) != describe(Filters(), lang)
    assert describe(Filters(modality=("odd",), precision=9), lang)


def test_another_language_is_refused() -> None:
    with pytest.raises(ValueError, match="not in 'fr'"):
        describe(Filters(), "fr")


def test_a_tashkeel_or_spelling_does_not_hide_a_place_from_a_search() -> None:
    store = open_store(":memory:", parents=parents)
    store.save(make_article(title=None), [make_event(quote="في المَيادِين")])
    assert store.totals(Filters(text="الميادين")).events == 1
    assert store.totals(Filters(text="الرقه")).events == 1
    assert store.totals(Filters(text="الموصل")).events == 0
