"""Settle what an article tells in two ways of which only one can stand."""

from collections.abc import Sequence

from dashboard.extraction.merge import combine, days_overlap, has_own_day
from dashboard.model import Event, Modality
from gazetteer.geometry import distance_km

HAPPENED = (Modality.REPORTED, Modality.ONGOING)
SUMMED_UP = ("capture", "withdrawal", "offensive")
"""Types that a wide region sums up which the text tells place by place."""

WIDE_KM = 20.0
EXACT_KM = 10.0


def settle_rivals(events: Sequence[Event], nouns: frozenset[str]) -> list[Event]:
    """Drop what another telling of the article overrides, and keep its evidence.

    A denial is not reported besides (ruling 9). An operation that a noun names by the way has not
    begun where the article tells it as planned; `nouns` are ids of events told by a noun alone. A
    region that only sums up places told one by one is no event besides theirs.
    """
    kept = {event.id: event for event in events}
    for event in events:
        for other in events:
            if event.id == other.id or event.id not in kept or other.id not in kept:
                continue
            if event.type == other.type and _overrides(event, other, nouns):
                kept[event.id] = combine(kept[event.id], kept.pop(other.id))
    return list(kept.values())


def _overrides(event: Event, other: Event, nouns: frozenset[str]) -> bool:
    if event.place is None or other.place is None or other.modality not in HAPPENED:
        return False
    here = event.place.id == other.place.id
    if event.modality is Modality.DENIED:
        return here and event.actor == other.actor and days_overlap(event, other)
    if event.modality is Modality.PLANNED:
        by_the_way = other.id in nouns and not has_own_day(other)
        return here and event.type == "offensive" and by_the_way
    return _is_summed_up(event, other)


def _is_summed_up(exact: Event, wide: Event) -> bool:
    """Tell whether one event's region only sums up what the other tells of a place in it."""
    if exact.type not in SUMMED_UP or exact.actor != wide.actor or not days_overlap(exact, wide):
        return False
    if exact.place is None or wide.place is None:
        return False
    if wide.uncertainty_km < WIDE_KM or exact.uncertainty_km > EXACT_KM:
        return False
    apart = distance_km(exact.place.lat, exact.place.lon, wide.place.lat, wide.place.lon)
    return apart <= wide.uncertainty_km
