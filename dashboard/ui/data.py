"""Ask the store, and keep the answers a moment: a rerun with the same filters asks nothing."""

import os
from datetime import date
from functools import partial

import streamlit as st

from dashboard.model import Article, Event
from dashboard.store import EventStore, Filters, default_store, open_store
from dashboard.store.base import Cluster, MonthCount, Movement, PlaceCount, Totals
from dashboard.strongholds import Holding, holdings
from gazetteer import default_gazetteer
from gazetteer.place import Place

KEEP_SECONDS = 30
"""How long an answer is kept: what another process writes is seen after at most this."""

_cached = partial(
    st.cache_data,
    ttl=KEEP_SECONDS,
    max_entries=256,
    show_spinner=False,
    hash_funcs={Filters: repr},
)


def store_address() -> str:
    """Give the store that `maaqil serve` named; a page started otherwise uses the user's own."""
    return os.environ.get("MAAQIL_STORE") or default_store()


@st.cache_resource(show_spinner=False)
def store(where: str) -> EventStore:
    """Open a store once a process."""
    return open_store(where)


@_cached
def first_and_last_day(where: str) -> tuple[date, date] | None:
    """Give the first and last day of all dated events."""
    return store(where).first_and_last_day()


@_cached
def totals(where: str, filters: Filters) -> Totals:
    """Count what the filters leave."""
    return store(where).totals(filters)


@_cached
def by_place(where: str, filters: Filters) -> tuple[PlaceCount, ...]:
    """Count events a place."""
    return store(where).by_place(filters)


@_cached
def by_month(where: str, filters: Filters) -> tuple[MonthCount, ...]:
    """Count events a month and type."""
    return store(where).by_month(filters)


@_cached
def articles_by_month(where: str, filters: Filters) -> tuple[tuple[str, int], ...]:
    """Count articles a month."""
    return store(where).articles_by_month(filters)


@_cached
def movements(where: str, filters: Filters) -> tuple[Movement, ...]:
    """Count relocations an origin and destination."""
    return store(where).movements(filters)


@_cached
def page_size(where: str, filters: Filters) -> int:
    """Count the dated and placed events."""
    return store(where).page_size(filters)


@_cached
def page(where: str, filters: Filters, number: int, size: int) -> tuple[Event, ...]:
    """Give a page of dated and placed events."""
    return store(where).page(filters, number=number, size=size)


@_cached
def tray(where: str, filters: Filters, number: int, size: int) -> tuple[Event, ...]:
    """Give a page of undated or unplaced events."""
    return store(where).tray(filters, number=number, size=size)


@_cached
def tray_size(where: str, filters: Filters) -> int:
    """Count the undated or unplaced events."""
    return store(where).tray_size(filters)


@_cached
def article(where: str, article_id: str) -> Article | None:
    """Give an article whole; None where it went a moment ago."""
    try:
        return store(where).article(article_id)
    except KeyError:
        return None


@_cached
def sources(where: str) -> tuple[str, ...]:
    """List the sources of the articles kept."""
    return store(where).sources()


@_cached
def place_names(
    where: str, places: tuple[PlaceCount, ...], selected: str | None
) -> dict[str, tuple[str, str, int]]:
    """Give Arabic and English name and number of events a place, the selected one among them.

    A place selected by an old address can have no event under the filters: it keeps its name.
    """
    names = {place.place: (place.name, place.name_en, place.events) for place in places}
    if selected and selected not in names:
        place = find_place(where, selected)
        names[selected] = (place.name, place.name_en, 0) if place else (selected, selected, 0)
    return names


@_cached
def find_place(where: str, place_id: str) -> Place | None:
    """Give a place of the store or of the gazetteer; None where neither has it."""
    try:
        return store(where).place(place_id)
    except KeyError:
        known = place_id in default_gazetteer()
        return default_gazetteer()[place_id] if known else None


@_cached
def event(where: str, event_id: str) -> Event | None:
    """Give one event whole; None where it was replaced a moment ago."""
    try:
        return store(where).event(event_id)
    except KeyError:
        return None


@_cached
def clusters(where: str, event_ids: tuple[str, ...]) -> dict[str, Cluster]:
    """Give the clusters of events that several articles report."""
    return store(where).clusters(event_ids)


@_cached
def reports(where: str, event_id: str) -> tuple[Event, ...]:
    """Give all reports of an event; none where it was replaced a moment ago."""
    try:
        return store(where).reports(event_id)
    except KeyError:
        return ()


@_cached
def statuses(where: str, on: date, decay_days: int) -> tuple[Holding, ...]:
    """Give the status of every place on a day."""
    return holdings(store(where), on=on, decay_days=decay_days)
