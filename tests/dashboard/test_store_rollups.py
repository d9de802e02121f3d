from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from dashboard.store import Filters, counting, open_store, upkeep
from dashboard.store.spans import Parts, split
from dashboard.store.sql import SqlStore
from tests.dashboard.store_samples import (
    ANY_DAY,
    COMPUTED,
    MOSUL,
    any_event,
    days,
    make_article,
    make_event,
    make_place,
    parents,
)

DAYS = st.dates(date(2013, 11, 1), date(2018, 3, 1))


def days_of(parts: Parts) -> Iterator[date]:
    """Run through the days that the parts of a span hold, within four years."""
    day = date(2013, 1, 1)
    while day < date(2019, 1, 1):
        year, month = f"{day:%Y}", f"{day:%Y-%m}"
        for first, last in (*([parts.years] if parts.years else []), *parts.beside):
            whole = year if len(first) == len(last) == 4 and parts.years == (first, last) else month
            if first <= whole <= last:
                yield day
        for first, last in parts.edges:
            if (first or day) <= day <= (last or day):
                yield day
        day += timedelta(days=1)


@settings(deadline=None)
@given(st.none() | DAYS, st.none() | DAYS)
def test_the_parts_of_a_span_hold_each_of_its_days_once(
    since: date | None, until: date | None
) -> None:
    parts = split(since, until)
    if since and until and since > until:
        assert parts is None
        return
    assert parts
    held = list(days_of(parts))
    assert len(held) == len(set(held))
    first, last = since or date(2013, 1, 1), until or date(2018, 12, 31)
    assert set(held) == {first + timedelta(days=n) for n in range((last - first).days + 1)}


@pytest.mark.parametrize(
    ("since", "until"),
    [(date.min, None), (None, date.max), (date.min, date.max), (date.max, date.min),
     (date.max, None), (None, date.min), (date(999, 5, 5), date(9999, 5, 5))],
)  # fmt: skip
def test_a_span_beyond_all_calendars_is_answered(since: date | None, until: date | None) -> None:
    store = open_store(":memory:", parents=parents)
    store.save(make_article(), [make_event()])
    open_ended = (since is None or since.year < 2000) and (until is None or until.year > 2000)
    assert store.totals(Filters(since=since, until=until)).events == open_ended


SAVES = st.lists(
    st.sampled_from(["a", "b", "c"]).flatmap(
        lambda name: st.tuples(
            st.just(name), st.tuples(*(any_event(n, name) for n in range(3))) | st.just(())
        )
    ),
    max_size=6,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(SAVES, ANY_DAY)
def test_the_rollups_follow_every_save(
    saves: list[tuple[str, tuple[object, ...]]], day: date
) -> None:
    store = open_store(":memory:", parents=parents)
    for name, told in saves:
        store.save(make_article(name), told)
    assert upkeep.check(store) == ()
    month = Filters(since=day, until=day + timedelta(days=40))
    articles = {event.article for event in store.each(month)}
    assert store.totals(month).articles == len(articles)
    store.close()


def test_the_rollups_follow_a_place_that_comes_to_lie_elsewhere(store: SqlStore) -> None:
    store.save(make_article(), [make_event(), make_event("e2", place=MOSUL)])
    store.save(make_article("b"), [make_event("b1", "b")])
    moved = make_place(within="elsewhere")
    store.save(make_article("c"), [make_event("c1", "c", place=moved)])
    assert store.totals(Filters(places=("elsewhere",))).articles == 3
    assert upkeep.check(store) == ()


def test_a_rollup_that_is_wrong_is_found_and_made_anew(store: SqlStore) -> None:
    when = days(date(2017, 9, 28), date(2017, 10, 2))
    store.save(make_article(), [make_event(), make_event("e2", place=COMPUTED, when=when)])
    for table in ("counts", "actor_counts", "article_counts", "steps"):
        with store.write() as connection:
            connection.exec_driver_sql(f"DELETE FROM {table}")  # noqa: S608 - a name of ours
        (problem,) = upkeep.check(store)
        assert problem.startswith(f"the roll-up {table} differs from the events")
        assert "db check --rebuild" in problem
        upkeep.rebuild(store)
        assert upkeep.check(store) == ()


@pytest.mark.parametrize(
    ("filters", "index"),
    [
        (Filters(), "counts_by_period"),
        (Filters(since=date(2014, 6, 10), until=date(2017, 10, 17)), "counts_by_period"),
        (Filters(places=("sy",)), "PRIMARY KEY (grain=? AND place=?"),
    ],
)
def test_a_timeline_is_read_by_the_index_that_fits_it(filters: Filters, index: str) -> None:
    # Without statistics, as a store is that nobody vacuumed, SQLite would read all of a roll-up.
    store = open_store(":memory:", parents=parents)
    with store.read() as connection:
        asked = []
        event.listen(connection, "before_cursor_execute", lambda *a: asked.append(a[2:4]))
        connection.execute(counting.count_by_month(filters))
        query, values = asked[-1]
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}", values).all()
    (line,) = (row[3] for row in plan if "SEARCH counts" in row[3])
    assert index in line
