"""Keep articles and events in SQL, and count there: SQLite and PostgreSQL alike."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    RowMapping,
    Select,
    and_,
    distinct,
    func,
    or_,
    select,
)

from dashboard.model import Article, Event
from dashboard.store import rows
from dashboard.store.base import (
    Filters,
    MonthCount,
    Movement,
    PlaceCount,
    Totals,
)
from dashboard.store.columns import articles, events, origins, places
from dashboard.store.filters import conditions
from dashboard.store.saving import Parents, save
from gazetteer.place import Place

EACH_SIZE = 1000
_DATED = events.c.first_day.is_not(None)
_PLACED = events.c.place.is_not(None)
Query = Select[*tuple[Any, ...]]


class SqlStore:
    """An `EventStore` in a database; made by `open_store`."""

    def __init__(self, engine: Engine, *, parents: Parents) -> None:
        self._engine = engine
        self._parents = parents

    def close(self) -> None:
        """Give up all connections."""
        self._engine.dispose()

    def save(self, article: Article, events_of: Sequence[Event]) -> bool:
        """Keep an article and replace its events in one transaction; False: nothing changed."""
        return save(self._engine, article, events_of, parents=self._parents)

    def totals(self, filters: Filters) -> Totals:
        """Count what the filters leave."""
        left = select(func.count(), func.count(distinct(events.c.article)))
        with self._engine.connect() as connection:
            counted = connection.execute(_left(left.select_from(events), filters)).one()
            return Totals(
                events=counted[0],
                articles=counted[1],
                all_events=_count(connection, select(func.count()).select_from(events)),
                all_articles=_count(connection, select(func.count()).select_from(articles)),
            )

    def first_and_last_day(self) -> tuple[date, date] | None:
        """Give the first and last day of all dated events."""
        ends = select(func.min(events.c.first_day), func.max(events.c.last_day))
        with self._engine.connect() as connection:
            first, last = connection.execute(ends).one()
        return (first, last) if first else None

    def by_place(self, filters: Filters) -> tuple[PlaceCount, ...]:
        """Count events a place, most first; unplaced events are left out."""
        number = func.count().label("number")
        best = func.min(events.c.geo_precision).label("best")
        counted = (
            _left(select(events.c.place, events.c.type, number, best), filters, _PLACED)
            .group_by(events.c.place, events.c.type)
            .subquery()
        )
        query = select(counted, places).join(places, places.c.id == counted.c.place)
        found: dict[str, list[RowMapping]] = {}
        with self._engine.connect() as connection:
            for row in connection.execute(query).mappings():
                found.setdefault(row["place"], []).append(row)
        marks = [_place_count(of_place) for of_place in found.values()]
        return tuple(sorted(marks, key=lambda mark: (-mark.events, mark.place)))

    def by_month(self, filters: Filters) -> tuple[MonthCount, ...]:
        """Count dated events a month and type, in order of time."""
        columns = (events.c.month, events.c.type)
        query = _left(select(*columns, func.count()), filters, _DATED)
        with self._engine.connect() as connection:
            found = connection.execute(query.group_by(*columns).order_by(*columns)).all()
        return tuple(MonthCount(month=m, type=t, events=n) for m, t, n in found)

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
            found = connection.execute(query.group_by(month).order_by(month)).all()
        return tuple((m, n) for m, n in found)

    def movements(self, filters: Filters) -> tuple[Movement, ...]:
        """Count relocations an origin and destination."""
        start, end = places.alias("start"), places.alias("end")
        ids = (start.c.id, end.c.id)
        columns = (*ids, start.c.lat, start.c.lon, end.c.lat, end.c.lon)
        query = (
            _left(select(*columns, func.count()), filters)
            .select_from(events)
            .join(origins, origins.c.event == events.c.number)
            .join(start, start.c.id == origins.c.place)
            .join(end, end.c.id == events.c.place)
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
        query = _left(select(events), filters, _DATED, _PLACED)
        query = query.order_by(events.c.first_day.desc(), events.c.id)
        return self._events(_page(query, number, size))

    def page_size(self, filters: Filters) -> int:
        """Count the dated and placed events that `page` runs through."""
        query = select(func.count()).select_from(events)
        with self._engine.connect() as connection:
            return _count(connection, _left(query, filters, _DATED, _PLACED))

    def tray(self, filters: Filters, *, number: int = 1, size: int = 50) -> tuple[Event, ...]:
        """Give the n-th page of events without a day or without a place."""
        query = _left(select(events), filters, ~and_(_DATED, _PLACED))
        return self._events(_page(query.order_by(events.c.article, events.c.ordinal), number, size))

    def tray_size(self, filters: Filters) -> int:
        """Count the events without a day or without a place."""
        query = select(func.count()).select_from(events)
        with self._engine.connect() as connection:
            return _count(connection, _left(query, filters, ~and_(_DATED, _PLACED)))

    def event(self, event_id: str) -> Event:
        """Give one event whole; KeyError where there is none."""
        found = self._events(select(events).where(events.c.id == event_id))
        if not found:
            raise KeyError(event_id)
        return found[0]

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
        query = select(events).where(events.c.article == article_id)
        return self._events(query.order_by(events.c.ordinal))

    def sources(self) -> tuple[str, ...]:
        """List the sources of the articles kept."""
        source = articles.c.source
        query = select(source).where(source.is_not(None)).distinct().order_by(source)
        with self._engine.connect() as connection:
            return tuple(connection.execute(query).scalars())

    def each(self, filters: Filters) -> Iterator[Event]:
        """Run through all events the filters leave, in pages."""
        day, number = events.c.first_day, events.c.id
        for dated in (True, False):
            query = _left(select(events), filters, _DATED if dated else ~_DATED)
            query = query.order_by(*((day, number) if dated else (number,))).limit(EACH_SIZE)
            page = self._events(query)
            while page:
                yield from page
                after: ColumnElement[bool] = number > page[-1].id
                if page[-1].when:
                    first = page[-1].when.first
                    after = or_(day > first, and_(day == first, after))
                page = self._events(query.where(after))

    def _events(self, query: Query) -> tuple[Event, ...]:
        """Fetch events whole: their rows, then in one go their places and origins."""
        with self._engine.connect() as connection:
            found = connection.execute(query).mappings().all()
            numbers = [row["number"] for row in found]
            named = {row["place"] for row in found if row["place"]}
            origin: dict[int, list[str]] = {}
            of_these = select(origins).where(origins.c.event.in_(numbers))
            for row in connection.execute(of_these.order_by(origins.c.ordinal)).mappings():
                origin.setdefault(row["event"], []).append(row["place"])
                named.add(row["place"])
            wholes = select(places.c.id, places.c.whole).where(places.c.id.in_(named))
            known = {name: rows.read_place(whole) for name, whole in connection.execute(wholes)}
        return tuple(
            rows.read_event(
                row,
                known.get(row["place"]),
                tuple(known[name] for name in origin.get(row["number"], ())),
            )
            for row in found
        )


def _left(query: Query, filters: Filters, *more: ColumnElement[bool]) -> Query:
    return query.where(*conditions(filters), *more)


def _count(connection: Connection, query: Query) -> int:
    return int(connection.execute(query).scalar_one())


def _page(query: Query, number: int, size: int) -> Query:
    if number < 1 or size < 1:
        raise ValueError(f"there is no page {number} of {size}; pages and sizes begin at 1")
    return query.limit(size).offset((number - 1) * size)


def _place_count(of_place: Sequence[RowMapping]) -> PlaceCount:
    place = of_place[0]
    types = sorted(((row["type"], row["number"]) for row in of_place), key=lambda t: (-t[1], t[0]))
    return PlaceCount(
        place=place["place"],
        kind=place["kind"],
        name=place["name"],
        name_en=place["name_en"],
        lat=place["lat"],
        lon=place["lon"],
        radius_km=place["radius_km"],
        geo_precision=min(row["best"] for row in of_place),
        events=sum(n for _, n in types),
        types=tuple(types),
    )
