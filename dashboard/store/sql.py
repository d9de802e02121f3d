"""Keep articles and events in SQL, and count there: SQLite and PostgreSQL alike."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Select, func, select

from dashboard.model import Article, Event
from dashboard.store import clustering, counting, rows
from dashboard.store.base import (
    Change,
    Cluster,
    Filters,
    MonthCount,
    Movement,
    PlaceCount,
    Totals,
)
from dashboard.store.choosing import Choice
from dashboard.store.columns import articles, changes, events, evidence, ledger, origins, places
from dashboard.store.errors import refuse
from dashboard.store.filters import conditions
from dashboard.store.in_memory import InMemory
from dashboard.store.in_tables import InTables
from dashboard.store.saving import Parents, marks, save
from gazetteer.place import Place

EACH_SIZE = 1000
MOST_IN_MEMORY = 40_000_000
"""Numbers of events up to which questions are answered in memory: some 1.6 GB of columns."""

_WHOLE = select(events, evidence.c.rest).join(evidence, evidence.c.event == events.c.id)
Query = Select[*tuple[Any, ...]]


class SqlStore:
    """An `EventStore` in a database; made by `open_store`."""

    most_in_memory = MOST_IN_MEMORY

    def __init__(self, engine: Engine, *, parents: Parents) -> None:
        self._engine = engine
        self._parents = parents
        self._in_memory, self._in_tables = InMemory(), InTables()

    def close(self) -> None:
        """Give up all connections."""
        self._engine.dispose()

    def same_as(self, other: "SqlStore") -> bool:
        """Tell whether both are one file or database."""
        one, two = self._engine.url, other._engine.url
        if one.get_backend_name() == two.get_backend_name() == "sqlite":
            return Path(one.database or "").resolve() == Path(two.database or "").resolve()
        names = [(u.get_backend_name(), u.host, u.port, u.database) for u in (one, two)]
        return names[0] == names[1]

    def read(self) -> AbstractContextManager[Connection]:
        """Give a connection that sees the store as it is at one moment."""
        return self._engine.connect()

    def write(self) -> AbstractContextManager[Connection]:
        """Give a connection in a transaction of its own; other writers wait."""
        return self._engine.execution_options(writes=True).begin()

    def run_alone(self, *commands: str) -> None:
        """Run commands that a database takes outside of a transaction only."""
        connection = self._engine.raw_connection()
        driver: Any = connection.driver_connection
        try:
            driver.rollback()
            if self._engine.dialect.name == "postgresql":
                driver.autocommit = True
            for command in commands:
                driver.cursor().execute(command)
        except self._engine.dialect.loaded_dbapi.Error as error:
            refuse(commands[0], error)
        finally:
            connection.invalidate()  # it is not set as the others of the pool are
            connection.close()

    def save(
        self, article: Article, events_of: Sequence[Event], *, mark: str | None = None
    ) -> bool:
        """Keep an article and replace its events in one transaction; False: nothing changed."""
        return save(self._engine, article, events_of, parents=self._parents, mark=mark)

    def marks(self, article_ids: Sequence[str]) -> dict[str, str]:
        """Give the marks of the articles that have one."""
        return marks(self._engine, article_ids)

    def totals(self, filters: Filters) -> Totals:
        """Count what the filters leave."""
        with self._asking() as (connection, answers):
            return answers.totals(connection, filters)

    def first_and_last_day(self) -> tuple[date, date] | None:
        """Give the first and last day of all dated events."""
        with self._engine.connect() as connection:
            return counting.first_and_last_day(connection)

    def by_place(self, filters: Filters) -> tuple[PlaceCount, ...]:
        """Count the dated and placed events a place, most first: as many as `page` shows there."""
        with self._asking() as (connection, answers):
            return answers.by_place(connection, filters)

    def by_month(self, filters: Filters) -> tuple[MonthCount, ...]:
        """Count dated events a month and type, in order of time."""
        with self._asking() as (connection, answers):
            return answers.by_month(connection, filters)

    def articles_by_month(self, filters: Filters) -> tuple[tuple[str, int], ...]:
        """Count articles a month of publication (YYYY-MM)."""
        month = articles.c.month
        query = select(month, func.count()).where(month.is_not(None))
        if filters.sources:
            query = query.where(articles.c.source.in_(filters.sources))
        if filters.since:
            query = query.where(month >= f"{filters.since:%Y-%m}")
        if filters.until:
            query = query.where(month <= f"{filters.until:%Y-%m}")
        with self._engine.connect() as connection:
            found = connection.execute(query.group_by(month).order_by(month))
            return tuple((m, n) for m, n in found)

    def movements(self, filters: Filters) -> tuple[Movement, ...]:
        """Count dated relocations an origin and destination."""
        with self._asking() as (connection, answers):
            return answers.movements(connection, filters)

    def page(self, filters: Filters, *, number: int = 1, size: int = 50) -> tuple[Event, ...]:
        """Give the n-th page (from 1) of dated and placed events, latest first."""
        start = _start(number, size)
        with self._asking() as (connection, answers):
            numbers = answers.page(connection, filters, start, size)
        return self._numbered(numbers)

    def page_size(self, filters: Filters) -> int:
        """Count the dated and placed events that `page` runs through."""
        with self._asking() as (connection, answers):
            return answers.page_size(connection, filters)

    def tray(self, filters: Filters, *, number: int = 1, size: int = 50) -> tuple[Event, ...]:
        """Give the n-th page of events without a day or without a place."""
        start = _start(number, size)
        with self._asking() as (connection, answers):
            numbers = answers.tray(connection, filters, start, size)
        return self._numbered(numbers)

    def tray_size(self, filters: Filters) -> int:
        """Count the events without a day or without a place."""
        with self._asking() as (connection, answers):
            return answers.tray_size(connection, filters)

    def in_columns(self, filters: Filters, columns: Sequence[str]) -> Choice | None:
        """Choose dated events to be reckoned with, in columns; None: there are too many."""
        with self._asking() as (connection, answers):
            return answers.in_columns(connection, filters, columns)

    def places(self) -> dict[str, Place]:
        """Give all places that events name, by id."""
        query = select(places.c.id, places.c.whole)
        with self._engine.connect() as connection:
            return {row.id: rows.read_place(row.whole) for row in connection.execute(query)}

    def event(self, event_id: str) -> Event:
        """Give one event whole; KeyError where there is none."""
        found = self._events(_WHOLE.where(events.c.id == event_id))
        if not found:
            raise KeyError(event_id)
        return found[0]

    def clusters(self, event_ids: Sequence[str]) -> dict[str, Cluster]:
        """Give the clusters of events by the events' ids; one that is reported once has none."""
        with self._engine.connect() as connection:
            return clustering.clusters_of(connection, event_ids)

    def reports(self, event_id: str) -> tuple[Event, ...]:
        """Give all reports of the event that this one reports, itself among them, by day."""
        with self._engine.connect() as connection:
            return self._in_order(clustering.reports_of(connection, event_id))

    def article(self, article_id: str) -> Article:
        """Give one article whole; KeyError where there is none."""
        query = select(articles).where(articles.c.id == article_id)
        with self._engine.connect() as connection:
            row = connection.execute(query).mappings().one_or_none()
        if row is None:
            raise KeyError(article_id)
        return rows.read_article(row)

    def place(self, place_id: str) -> Place:
        """Give a place that some event names, computed ones too; KeyError where none does."""
        query = select(places.c.whole).where(places.c.id == place_id)
        with self._engine.connect() as connection:
            whole = connection.execute(query).scalar()
        if whole is None:
            raise KeyError(place_id)
        return rows.read_place(whole)

    def articles(self, *, number: int = 1, size: int = 50) -> tuple[Article, ...]:
        """Give the n-th page of articles, latest published first, undated ones last."""
        day = articles.c.published
        query = select(articles).order_by(day.is_(None), day.desc(), articles.c.id)
        with self._engine.connect() as connection:
            found = connection.execute(_page(query, number, size)).mappings().all()
        return tuple(map(rows.read_article, found))

    def events_of(self, article_id: str) -> tuple[Event, ...]:
        """Give all events of one article, in order of their evidence."""
        query = _WHOLE.where(events.c.article == article_id)
        return self._events(query.order_by(events.c.ordinal))

    def sources(self) -> tuple[str, ...]:
        """List the sources of the articles kept."""
        source = articles.c.source
        query = select(source).where(source.is_not(None)).distinct()
        with self._engine.connect() as connection:
            return tuple(sorted(connection.execute(query).scalars()))

    def changes(self, *, number: int = 1, size: int = 50) -> tuple[Change, ...]:
        """Give the n-th page of the log of changes, latest first."""
        log = changes.c
        query = select(log.at, log.article, log.what, log.events)
        with self._engine.connect() as connection:
            found = connection.execute(_page(query.order_by(log.number.desc()), number, size))
            return tuple(Change(**row) for row in found.mappings())

    def each(self, filters: Filters) -> Iterator[Event]:
        """Run through all events the filters leave, in pages."""
        day = events.c.first_day
        query = select(events.c.id).where(*conditions(filters))
        with self._engine.connect() as connection:
            ordered = connection.execute(query.order_by(day.is_(None), day, events.c.id))
            ids = ordered.scalars().all()
        for start in range(0, len(ids), EACH_SIZE):
            yield from self._in_order(ids[start : start + EACH_SIZE])

    @contextmanager
    def _asking(self) -> Iterator[tuple[Connection, InMemory | InTables]]:
        """Give a connection, and what answers: memory, but for a store too large for it."""
        with self._engine.connect() as connection:
            held = connection.execute(select(ledger.c.next_number)).scalar_one()
            yield connection, self._in_memory if held <= self.most_in_memory else self._in_tables

    def _numbered(self, numbers: Sequence[int]) -> tuple[Event, ...]:
        """Fetch events by their numbers; those that were replaced meanwhile are left out."""
        with self._engine.connect() as connection:
            query = select(events.c.number, events.c.id).where(events.c.number.in_(numbers))
            ids = {row.number: row.id for row in connection.execute(query)}
        return self._in_order([ids[number] for number in numbers if number in ids])

    def _in_order(self, ids: Sequence[str]) -> tuple[Event, ...]:
        """Fetch events by their ids; those that were deleted meanwhile are left out."""
        found = {event.id: event for event in self._events(_WHOLE.where(events.c.id.in_(ids)))}
        return tuple(found[name] for name in ids if name in found)

    def _events(self, query: Query) -> tuple[Event, ...]:
        """Fetch events whole: their rows, then in one go their places and origins."""
        with self._engine.connect() as connection:
            found = connection.execute(query).mappings().all()
            ids = [row["id"] for row in found]
            named = {row["place"] for row in found if row["place"]}
            origin: dict[str, list[str]] = {}
            of_these = select(origins).where(origins.c.event.in_(ids))
            for row in connection.execute(of_these.order_by(origins.c.ordinal)).mappings():
                origin.setdefault(row["event"], []).append(row["place"])
                named.add(row["place"])
            wholes = select(places.c.id, places.c.whole).where(places.c.id.in_(named))
            known = {name: rows.read_place(whole) for name, whole in connection.execute(wholes)}
        return tuple(
            rows.read_event(
                row,
                known.get(row["place"]),
                tuple(known[name] for name in origin.get(row["id"], ())),
            )
            for row in found
        )


def _page(query: Query, number: int, size: int) -> Query:
    return query.limit(size).offset(_start(number, size))


def _start(number: int, size: int) -> int:
    if number < 1 or size < 1:
        raise ValueError(f"there is no page {number} of {size}; pages and sizes begin at 1")
    return (number - 1) * size
