"""Look after a store: check it, tell its size, tidy it, copy it to another one."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, Table, except_, func, select, text, true

from dashboard.store import clustering, packing, rollups
from dashboard.store.base import Change, Filters
from dashboard.store.columns import SCHEMA_VERSION, articles, clusters, events, evidence, steps
from dashboard.store.sql import SqlStore

COPY_SIZE = 200
_BYTES = {
    "sqlite": text("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"),
    "postgresql": text("SELECT pg_database_size(current_database())"),
}
Query = Select[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stats:
    """What a store holds; `size` in bytes, `days` of the dated events, `last` the last change.

    `clusters` counts the events that several articles report, `reports` how often these do.
    """

    back_end: str
    version: int
    size: int
    articles: int
    events: int
    undated: int
    unplaced: int
    sources: int
    clusters: int
    reports: int
    days: tuple[date, date] | None
    last: Change | None


def stats(store: SqlStore) -> Stats:
    """Count what a store holds."""
    with store.read() as connection:
        back_end = connection.dialect.name
        size = int(connection.execute(_BYTES[back_end]).scalar_one())
        undated = _count(connection, select(events).where(events.c.month.is_(None)))
        together = _count(connection, select(clusters))
        reports = _count(connection, select(events).where(events.c.cluster.is_not(None)))
        unplaced = _count(connection, select(events).where(events.c.place.is_(None)))
    totals = store.totals(Filters())
    return Stats(
        back_end=back_end,
        version=SCHEMA_VERSION,
        size=size,
        articles=totals.all_articles,
        events=totals.all_events,
        undated=undated,
        unplaced=unplaced,
        sources=len(store.sources()),
        clusters=together,
        reports=reports,
        days=store.first_and_last_day(),
        last=next(iter(store.changes(size=1)), None),
    )


def check(store: SqlStore) -> tuple[str, ...]:
    """Look for what is wrong in a store and say what to do; nothing is changed."""
    with store.read() as connection:
        found = list(_of_the_file(connection))
        if not found:  # in a file that is damaged the rest would only say so again
            found += [*_of_evidence(connection), *_of_rollups(connection)]
            found += _of_clusters(connection)
            if wrong := packing.differences(connection):
                found.append(
                    f"the blocks differ from the events in {wrong} numbers; "
                    "run maaqil db check --rebuild"
                )
    return tuple(found)


def rebuild(store: SqlStore) -> None:
    """Make the roll-ups, the clusters and the blocks anew from the events."""
    with store.write() as connection:
        rollups.rebuild(connection)
        clustering.rebuild(connection)
        packing.rebuild(connection)


def vacuum(store: SqlStore) -> tuple[int, int]:
    """Give unused room back and let the database look at its tables; bytes before and after."""
    before = stats(store)
    with store.write() as connection:
        packing.rebuild(connection)  # what was replaced is left out
    store.run_alone(*_VACUUM[before.back_end])
    return before.size, stats(store).size


_VACUUM = {
    "sqlite": ("VACUUM", "ANALYZE", "PRAGMA wal_checkpoint(TRUNCATE)"),
    "postgresql": ("VACUUM (ANALYZE)",),
}


def copy(source: SqlStore, target: SqlStore) -> Iterator[bool]:
    """Save each article of a store with its events in another one, in order of their ids.

    Gives for each article whether that changed something: what the other one holds already is left,
    so that a copy broken off goes on where it stopped.
    """
    last = ""
    while True:
        query = select(articles.c.id).where(articles.c.id > last)
        with source.read() as connection:
            ids = connection.execute(query.order_by(articles.c.id).limit(COPY_SIZE)).scalars()
            names = ids.all()
        if not names:
            return
        marks = source.marks(names)
        for name in names:
            told = source.events_of(name)
            yield target.save(source.article(name), told, mark=marks.get(name))
        last = names[-1]


def _of_the_file(connection: Connection) -> Iterator[str]:
    if connection.dialect.name != "sqlite":
        return
    for (said,) in connection.exec_driver_sql("PRAGMA integrity_check(20)").all():
        if said != "ok":
            yield f"the file is damaged: {said}; go back to a copy of it"
    for row in connection.exec_driver_sql("PRAGMA foreign_key_check").all()[:20]:
        yield f"row {row[1]} of {row[0]} belongs to nothing in {row[2]}; go back to a copy"


def _of_evidence(connection: Connection) -> Iterator[str]:
    query = select(events.c.id, events.c.article, evidence.c.rest)
    whole = query.outerjoin(evidence, evidence.c.event == events.c.id)
    rows = connection.execution_options(yield_per=1000).execute(whole)
    for name, article, rest in rows:
        if not _readable(rest):
            yield f"event {name} has no readable evidence; read article {article} again"


def _readable(rest: str | None) -> bool:
    try:
        return isinstance(json.loads(rest or ""), dict)
    except ValueError:
        return False


def _of_rollups(connection: Connection) -> Iterator[str]:
    for table in (*rollups.ROLLUPS, steps):
        told, kept = rollups.told(table, true()), _not_zero(table)
        more = _count(connection, select(except_(told, kept).subquery()))
        less = _count(connection, select(except_(kept, told).subquery()))
        if more or less:
            yield (
                f"the roll-up {table.name} differs from the events in {max(more, less)} rows; "
                "run maaqil db check --rebuild"
            )


def _of_clusters(connection: Connection) -> Iterator[str]:
    if wrong := clustering.differences(connection):
        yield f"{wrong} events are in a cluster that is not theirs; run maaqil db check --rebuild"


def _not_zero(table: Table) -> Query:
    numbers = [column for column in table.c if column.name in ("n", "n_1", "n_2", "n_3")]
    if not numbers:
        return select(table)
    total = numbers[0]
    return select(table).where(sum(numbers[1:], start=total) != 0)


def _count(connection: Connection, query: Query) -> int:
    return int(connection.execute(select(func.count()).select_from(query.subquery())).scalar_one())
