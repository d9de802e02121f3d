"""Answer the page's questions in SQL, from roll-ups and indexes: in stores beyond memory."""

from collections.abc import Sequence

from sqlalchemy import Connection, and_, func, select, union_all

from dashboard.store import counting, rows
from dashboard.store.base import Filters, MonthCount, Movement, PlaceCount, Totals
from dashboard.store.columns import events, ledger, origins, places
from dashboard.store.counting import DATED, PLACED
from dashboard.store.filters import conditions, conditions_of_few, dated_branches


class InTables:
    """What `SqlStore` asks of the events, answered by the database."""

    def totals(self, connection: Connection, filters: Filters) -> Totals:
        """Count the events and articles that the filters leave, and all."""
        return Totals(
            events=counting.count_events(connection, filters),
            articles=counting.count_articles(connection, filters),
            all_events=counting.count_events(connection, Filters()),
            all_articles=int(connection.execute(select(ledger.c.articles)).scalar_one()),
        )

    def by_place(self, connection: Connection, filters: Filters) -> tuple[PlaceCount, ...]:
        """Count the dated and placed events a place, most first."""
        query = counting.count_by_place(filters, dialect=connection.dialect.name)
        marks = list(map(rows.read_place_count, connection.execute(query).all()))
        return tuple(sorted(marks, key=lambda mark: (-mark.events, mark.place)))

    def by_month(self, connection: Connection, filters: Filters) -> tuple[MonthCount, ...]:
        """Count dated events a month and type, in order of time."""
        found = connection.execute(counting.count_by_month(filters))
        return tuple(MonthCount(month=m, type=t, events=n) for m, t, n in sorted(found))

    def movements(self, connection: Connection, filters: Filters) -> tuple[Movement, ...]:
        """Count dated relocations an origin and destination, most first."""
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
        found = connection.execute(query).all()
        return tuple(
            Movement(
                origin=a, place=b, origin_lat=a_lat, origin_lon=a_lon, lat=lat, lon=lon, events=n
            )
            for a, b, a_lat, a_lon, lat, lon, n in found
        )

    def page(
        self, connection: Connection, filters: Filters, start: int, size: int
    ) -> tuple[int, ...]:
        """Give the numbers of dated and placed events, latest first, from a place in that order."""
        day, number = events.c.first_day, events.c.number
        parts = [
            select(number, day)
            .where(*branch, PLACED)
            .order_by(day.desc(), number)
            .limit(start + size)
            .subquery()
            for branch in dated_branches(filters)
        ]
        both = union_all(*(select(part) for part in parts)).subquery()
        latest = select(both.c.number).order_by(both.c.first_day.desc(), both.c.number)
        return tuple(connection.execute(latest.limit(size).offset(start)).scalars())

    def page_size(self, connection: Connection, filters: Filters) -> int:
        """Count the dated and placed events."""
        return counting.count_events(connection, filters, whole=True)

    def tray(
        self, connection: Connection, filters: Filters, start: int, size: int
    ) -> tuple[int, ...]:
        """Give the numbers of events without a day or a place, as they were saved."""
        query = select(events.c.number).where(*conditions(filters), ~and_(DATED, PLACED))
        page = query.order_by(events.c.number).limit(size).offset(start)
        return tuple(connection.execute(page).scalars())

    def in_columns(
        self, _connection: Connection, _filters: Filters, _columns: Sequence[str]
    ) -> None:
        """Give nothing: there are too many events to be reckoned with in memory."""

    def tray_size(self, connection: Connection, filters: Filters) -> int:
        """Count the events without a day or a place."""
        told = counting.count_events(connection, filters)
        return told - counting.count_events(connection, filters, whole=True)
