"""Keep articles and events in SQL, and count there: SQLite and PostgreSQL alike."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Select, and_, func, select, union_all

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
from dashboard.store.columns import articles, changes, events, evidence, origins, places
from dashboard.store.counting import DATED, PLACED
from dashboard.store.errors import refuse
from dashboard.store.filters import conditions, conditions_of_few, dated_branches
from dashboard.store.saving import Parents, marks, save
from gazetteer.place import Place

EACH_SIZE = 1000
_WHOLE = select(events, evidence.c.rest).join(evidence, evidence.c.event == events.c.id)
Query = Select[*tuple[Any, ...]]


class SqlStore:
    """An `EventStore` in a database; made by `open_store`."""

    def __init__(self, engine: Engine, *, parents: Parents) -> None:
        self._engine = engine
        self._parents = parents

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
        with self._engine.connect() as connection:
            return Totals(
                events=counting.count_events(connection, filters),
                articles=counting.count_articles(connection, filters),
                all_events=counting.count_events(connection, Filters()),
                all_articles=_count(connection, select(func.count()).select_from(articles)),
            )

    def first_and_last_day(self) -> tuple[date, date] | None:
        """Give the first and last day of all dated events."""
        with self._engine.connect() as connection:
            return counting.first_and_last_day(connection)

    def by_place(self, filters: Filters) -> tuple[PlaceCount, ...]:
        """Count the dated and placed events a place, most first: as many as `page` shows there."""
        with self._engine.connect() as connection:
            query = counting.count_by_place(filters, dialect=connection.dialect.name)
            marks = list(map(rows.read_place_count, connection.execute(query).all()))
        return tuple(sorted(marks, key=lambda mark: (-mark.events, mark.place)))

    def by_month(self, filters: Filters) -> tuple[MonthCount, ...]:
        """Count dated events a month and type, in order of time."""
        with self._engine.connect() as connection:
            found = connection.execute(counting.count_by_month(filters))
            return tuple(MonthCount(month=m, type=t, events=n) for m, t, n in sorted(found))

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
        start, end = places.alias("start"), places.alias("end")
        ids = (start.c.id, end.c.id)
        columns = (*ids, start.c.lat, start.c.lon, end.c.lat, end.c.lon)
        query = (
            select(*columns, func.count())
            .select_from(events)
            .join(origins, origins.c.event == events.c.id)
            .join(start, start.c.id == origins.c.place)
            .join(end, end.c.id == events.c.place)
            .where(*conditions_of_few(filters), DATED)
            .group_by(*columns)
            .order_by(func.count().desc(), *ids)
        )
        with self._engine.connect() as connection:
            found = connection.execute(query).all()
        return tuple(
            Movement(
                origin=a, place=b, origin_lat=a_lat, origin_lon=a_lon, lat=lat, lon=lon, events=n
            )
            for a, b, a_lat, a_lon, lat, lon, n in found
        )

    def page(self, filters: Filters, *, number: int = 1, size: int = 50) -> tuple[Event, ...]:
        """Give the n-th page (from 1) of dated and placed events, latest first."""
        _check_page(number, size)
        day, name = events.c.first_day, events.c.id
        parts = [
            select(name, day)
            .where(*branch, PLACED)
            .order_by(day.desc(), name)
            .limit(number * size)
            .subquery()
            for branch in dated_branches(filters)
        ]
        both = union_all(*(select(part) for part in parts)).subquery()
        latest = select(both.c.id).order_by(both.c.first_day.desc(), both.c.id)
        with self._engine.connect() as connection:
            ids = connection.execute(_page(latest, number, size)).scalars().all()
        return self._in_order(ids)

    def page_size(self, filters: Filters) -> int:
        """Count the dated and placed events that `page` runs through."""
        with self._engine.connect() as connection:
            return counting.count_events(connection, filters, whole=True)

    def tray(self, filters: Filters, *, number: int = 1, size: int = 50) -> tuple[Event, ...]:
        """Give the n-th page of events without a day or without a place."""
        query = _WHOLE.where(*conditions(filters), ~and_(DATED, PLACED))
        return self._events(_page(query.order_by(events.c.article, events.c.ordinal), number, size))

    def tray_size(self, filters: Filters) -> int:
        """Count the events without a day or without a place."""
        with self._engine.connect() as connection:
            told = counting.count_events(connection, filters)
            return told - counting.count_events(connection, filters, whole=True)

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


def _count(connection: Connection, query: Query) -> int:
    return int(connection.execute(query).scalar_one())


def _page(query: Query, number: int, size: int) -> Query:
    _check_page(number, size)
    return query.limit(size).offset((number - 1) * size)


def _check_page(number: int, size: int) -> None:
    if number < 1 or size < 1:
        raise ValueError(f"there is no page {number} of {size}; pages and sizes begin at 1")
