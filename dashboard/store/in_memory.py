"""Answer the page's questions from the columns in memory: any filters, millions of events."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, select

from dashboard.store import tallies
from dashboard.store.base import Filters, MonthCount, Movement, PlaceCount, Totals
from dashboard.store.choosing import Choice, Memory, choose
from dashboard.store.columns import ledger, places
from dashboard.store.counting import PLACE_COLUMNS
from dashboard.store.scanning import Array, Part

_SAVED = select(ledger.c.generation, ledger.c.next_number, ledger.c.removals)


class InMemory:
    """What `SqlStore` asks of the events, answered in memory."""

    def __init__(self) -> None:
        self._memory = Memory()
        self._places: tuple[object, dict[str, Any]] = (None, {})

    def totals(self, connection: Connection, filters: Filters) -> Totals:
        """Count the events and articles that the filters leave, and all."""
        choice = choose(connection, self._memory, filters, ("article",))
        return Totals(
            events=tallies.count_events(choice),
            articles=tallies.count_articles(choice),
            all_events=sum(map(_alive, choice.parts)),
            all_articles=int(connection.execute(select(ledger.c.articles)).scalar_one()),
        )

    def by_place(self, connection: Connection, filters: Filters) -> tuple[PlaceCount, ...]:
        """Count the dated and placed events a place, most first."""
        wanted = ("place", "type", "precision")
        told = tallies.by_place(self._dated_and_placed(connection, filters, *wanted))
        ranked = sorted(told, key=lambda row: (-row[2], row[0]))
        known = self._known_places(connection)
        return tuple(
            PlaceCount(
                place=place,
                kind=kind,
                name=name,
                name_en=name_en,
                lat=lat,
                lon=lon,
                radius_km=radius_km,
                geo_precision=best,
                events=number,
                types=types,
            )
            for place, best, number, types in ranked
            for _, kind, name, name_en, lat, lon, radius_km in (known[place],)
        )

    def by_month(self, connection: Connection, filters: Filters) -> tuple[MonthCount, ...]:
        """Count dated events a month and type, in order of time."""
        choice = choose(connection, self._memory, filters, ("first", "type"), dated=True)
        told = tallies.by_month(choice)
        return tuple(MonthCount(month=m, type=t, events=n) for m, t, n in sorted(told))

    def movements(self, connection: Connection, filters: Filters) -> tuple[Movement, ...]:
        """Count dated relocations an origin and destination, most first."""
        wanted = ("place", "number", "origin", "origin_of")
        choice = self._dated_and_placed(connection, filters, *wanted)
        told = sorted(tallies.movements(choice), key=lambda row: (-row[2], row[0], row[1]))
        rows = connection.execute(select(places.c.id, places.c.lat, places.c.lon))
        at = {place: (lat, lon) for place, lat, lon in rows} if told else {}
        return tuple(
            Movement(
                origin=origin,
                place=place,
                origin_lat=at[origin][0],
                origin_lon=at[origin][1],
                lat=at[place][0],
                lon=at[place][1],
                events=number,
            )
            for origin, place, number in told
        )

    def page(
        self, connection: Connection, filters: Filters, start: int, size: int
    ) -> tuple[int, ...]:
        """Give the numbers of dated and placed events, latest first, from a place in that order."""
        choice = self._dated_and_placed(connection, filters, "first", "number")
        return tuple(tallies.page(choice, start, size))

    def page_size(self, connection: Connection, filters: Filters) -> int:
        """Count the dated and placed events."""
        return tallies.count_events(self._dated_and_placed(connection, filters, "article"))

    def tray(
        self, connection: Connection, filters: Filters, start: int, size: int
    ) -> tuple[int, ...]:
        """Give the numbers of events without a day or a place, as they were saved."""
        choice = choose(
            connection, self._memory, filters, ("first", "place", "number"), tests=(_homeless,)
        )
        return tuple(tallies.numbers(choice, start, size))

    def tray_size(self, connection: Connection, filters: Filters) -> int:
        """Count the events without a day or a place."""
        choice = choose(
            connection, self._memory, filters, ("first", "place", "article"), tests=(_homeless,)
        )
        return tallies.count_events(choice)

    def in_columns(
        self, connection: Connection, filters: Filters, columns: Sequence[str]
    ) -> Choice:
        """Choose dated events, with the columns asked for."""
        return choose(connection, self._memory, filters, columns, dated=True)

    def _known_places(self, connection: Connection) -> dict[str, Any]:
        """Give the columns of all places, asked again only where events were saved since."""
        now = connection.execute(_SAVED).one()
        since, known = self._places
        if since != now:
            columns = [places.c[name] for name in PLACE_COLUMNS]
            known = {row[0]: row for row in connection.execute(select(*columns)).all()}
            self._places = (now, known)
        return known

    def _dated_and_placed(self, connection: Connection, filters: Filters, *wanted: str) -> Choice:
        return choose(connection, self._memory, filters, wanted, dated=True, placed=True)


def _homeless(part: Part) -> Array:
    homeless: Array = (part.columns["first"] == 0) | (part.columns["place"] == 0)
    return homeless


def _alive(part: Part) -> int:
    return part.count() if part.alive is None else int(part.alive.sum())
