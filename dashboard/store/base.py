"""What a store of events can do, and the filters that choose events."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from dashboard.model import Article, Event
from gazetteer.place import Place


class StoreError(ValueError):
    """A store that cannot be opened or used; says which, why and what to do.

    `kind` is the kind of trouble, of errors.ADVICE, for what says it in words of its own.
    """

    def __init__(self, said: str, *, kind: str = "other") -> None:
        super().__init__(said)
        self.kind = kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Which events are meant; an empty tuple or None leaves that field open.

    An event lies between `since` and `until` (both included) where its interval overlaps them.
    `places` holds place ids (an event in a place within one of them counts), `actors` those who act
    or are the target, `precision` the largest geo_precision let through, `confidence` the smallest,
    `box` west, south, east, north in WGS84 degrees. `text` is searched in evidence and titles,
    folded; of several words each must stand there. `told_by` is the least number of sources that
    tell of the event, `sides` for whom these speak (an id of outlets.toml, "" for nobody).
    """

    since: date | None = None
    until: date | None = None
    types: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    modality: tuple[str, ...] = ()
    precision: int | None = None
    confidence: float | None = None
    box: tuple[float, float, float, float] | None = None
    text: str | None = None
    told_by: int | None = None
    sides: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """How many events and articles a filter leaves, of how many there are."""

    events: int
    articles: int
    all_events: int
    all_articles: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceCount:
    """One mark of the map: a place, its events by type, the best precision among them."""

    place: str
    kind: str
    name: str
    name_en: str
    lat: float
    lon: float
    radius_km: float
    geo_precision: int
    events: int
    types: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthCount:
    """Events of one type that can have begun in a month (`month` is YYYY-MM)."""

    month: str
    type: str
    events: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """Relocations between two places, counted: one arrow of the map."""

    origin: str
    origin_lat: float
    origin_lon: float
    place: str
    lat: float
    lon: float
    events: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """An event that several articles report: `id` is that of the report at its centre.

    `sources` counts the outlets, `sides` the sides of the war for which these speak (those of no
    side are one).
    """

    id: str
    reports: int
    sources: int
    sides: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One entry of the log: `at` in UTC, `what` saved or replaced, with how many events."""

    at: str
    article: str
    what: str
    events: int


class EventStore(Protocol):
    """Articles and their events; only aggregates, pages and single events leave it."""

    def save(self, article: Article, events: Sequence[Event], *, mark: str | None = None) -> bool:
        """Keep an article and replace its events in one transaction; False: nothing changed.

        `mark` tells of what and by which rules the events were read; `marks` gives it back. Raises
        StoreError where an event is another article's or its id is taken.
        """
        ...

    def marks(self, article_ids: Sequence[str]) -> dict[str, str]:
        """Give the marks with which these articles were saved; one saved without has none."""
        ...

    def totals(self, filters: Filters) -> Totals:
        """Count what the filters leave."""
        ...

    def first_and_last_day(self) -> tuple[date, date] | None:
        """Give the first and last day of all dated events."""
        ...

    def by_place(self, filters: Filters) -> tuple[PlaceCount, ...]:
        """Count the dated and placed events a place, most first: as many as `page` shows there."""
        ...

    def by_month(self, filters: Filters) -> tuple[MonthCount, ...]:
        """Count dated events a month and type, in order of time."""
        ...

    def articles_by_month(self, filters: Filters) -> tuple[tuple[str, int], ...]:
        """Count articles a month of publication (YYYY-MM): how well a month is covered.

        Of the filters only `sources` and the months of `since` and `until` count. An article that
        shows no day counts in the month of the latest event that it tells.
        """
        ...

    def movements(self, filters: Filters) -> tuple[Movement, ...]:
        """Count relocations an origin and destination."""
        ...

    def page(self, filters: Filters, *, number: int = 1, size: int = 50) -> tuple[Event, ...]:
        """Give the n-th page (from 1) of dated and placed events, latest first."""
        ...

    def page_size(self, filters: Filters) -> int:
        """Count the dated and placed events that `page` runs through."""
        ...

    def tray(self, filters: Filters, *, number: int = 1, size: int = 50) -> tuple[Event, ...]:
        """Give the n-th page of events without a day or without a place."""
        ...

    def tray_size(self, filters: Filters) -> int:
        """Count the events without a day or without a place."""
        ...

    def in_columns(self, filters: Filters, columns: Sequence[str]) -> Any:
        """Choose dated events to be reckoned with: a choosing.Choice; None: there are too many."""
        ...

    def places(self) -> Mapping[str, Place]:
        """Give all places that events name, by id."""
        ...

    def event(self, event_id: str) -> Event:
        """Give one event whole; KeyError where there is none."""
        ...

    def clusters(self, event_ids: Sequence[str]) -> dict[str, Cluster]:
        """Give the clusters of events by the events' ids; one that is reported once has none."""
        ...

    def reports(self, event_id: str) -> tuple[Event, ...]:
        """Give all reports of the event that this one reports, itself among them.

        The first published come first, undated ones last. KeyError where there is no such event.
        """
        ...

    def article(self, article_id: str) -> Article:
        """Give one article whole; KeyError where there is none."""
        ...

    def place(self, place_id: str) -> Place:
        """Give a place that some event names, computed ones too; KeyError where none does."""
        ...

    def articles(self, *, number: int = 1, size: int = 50) -> tuple[Article, ...]:
        """Give the n-th page of articles, latest published first, undated ones last."""
        ...

    def events_of(self, article_id: str) -> tuple[Event, ...]:
        """Give all events of one article, in order of their evidence."""
        ...

    def sources(self) -> tuple[str, ...]:
        """List the sources of the articles kept."""
        ...

    def each(self, filters: Filters) -> Iterator[Event]:
        """Run through all events the filters leave, in pages: for exports and strongholds.

        Dated events come first, in order of their first day. What another process writes
        meanwhile may or may not be among them, but no event comes twice.
        """
        ...

    def changes(self, *, number: int = 1, size: int = 50) -> tuple[Change, ...]:
        """Give the n-th page of the log of changes, latest first."""
        ...
