"""Tell which events of different articles are reports of one event: the clusters.

A cluster is a star (Aslam, Pelekhov and Rus, "The star clustering algorithm", 2004): a centre and
the reports that agree with it. Nothing is chained from report to report over days or towns, so two
members lie at most two steps apart. Which events are centres is settled in one fixed order, the
best told first: an event is a centre unless a centre before it agrees with it. So the clusters
depend on the events alone, not on the order in which they were read, and a new event changes only
what lies around it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from math import cos, floor, radians

from dashboard.model import Modality
from dashboard.ontology import load_ontology
from gazetteer.geometry import distance_km

NEAR_KM = 10.0
"""How far apart two reports may put one event (the codebook's bound for joining)."""

MOST_DAYS = 4
"""An event that the report dates no closer than this is not joined to others."""

MUTUAL = ("clash",)
"""Types in which actor and target may change places."""

ANYBODY = (None, "UNKNOWN", "OTHER")
BYSTANDERS = ("CIVILIANS",)
"""Whom one report may name as struck where another names the enemy."""

_KM_A_DEGREE = 110.5  # of latitude, at its least
_EXACT = 2  # the coarsest geo_precision at which two different places may be one


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What of an event says whether another one is the same; `cluster` the id of its centre."""

    id: str
    article: str
    type: str
    place: str
    lat: float
    lon: float
    actor: str | None
    target: str | None
    first: date
    last: date
    modality: str
    geo_precision: int
    cluster: str | None = None

    @property
    def is_centre(self) -> bool:
        """Tell whether the event is a centre, alone or with others."""
        return self.cluster is None or self.cluster == self.id

    @property
    def rank(self) -> tuple[int, int, int, str]:
        """Give the place in the order in which centres are settled: the best told come first."""
        unknown = sum(who in ANYBODY for who in (self.actor, self.target))
        return unknown, (self.last - self.first).days, self.geo_precision, self.id


def can_join(first: date, last: date) -> bool:
    """Tell whether an event of these days is told closely enough to be joined to others."""
    return (last - first).days < MOST_DAYS


def is_same(one: Told, other: Told) -> bool:
    """Tell whether two events of different articles can be one that both report."""
    return (
        one.type == other.type
        and one.article != other.article
        and one.first <= other.last
        and other.first <= one.last
        and (one.modality == Modality.PLANNED) == (other.modality == Modality.PLANNED)
        and _is_near(one, other)
        and _agree(one, other)
    )


def reach(lat: float) -> tuple[float, float]:
    """Give NEAR_KM in degrees of latitude and of longitude at a latitude, rounded up."""
    tall = NEAR_KM / _KM_A_DEGREE
    return tall, tall / max(0.01, cos(radians(min(89.0, abs(lat) + tall))))


def find_clusters(events: Iterable[Told]) -> dict[str, str]:
    """Give each event that can be joined the id of its cluster's centre, its own where it is one.

    Takes time in proportion to the events and the centres near each.
    """
    centres: dict[tuple[str, int, int, date], list[Told]] = {}
    found: dict[str, str] = {}
    for event in sorted((e for e in events if can_join(e.first, e.last)), key=lambda e: e.rank):
        near = (c for cell in _cells_around(event) for c in centres.get(cell, ()))
        same = [centre for centre in near if is_same(event, centre)]
        if same:
            found[event.id] = min(same, key=lambda centre: centre.rank).id
            continue
        found[event.id] = event.id
        for day in _days(event):
            centres.setdefault((event.type, *_cell(event.lat, event.lon), day), []).append(event)
    return found


_CELL = 0.125  # degrees: longer than `reach` of latitude


def _cell(lat: float, lon: float) -> tuple[int, int]:
    return floor(lat / _CELL), floor(lon / _CELL)


def _cells_around(event: Told) -> Iterator[tuple[str, int, int, date]]:
    tall, wide = reach(event.lat)
    south, west = _cell(event.lat - tall, event.lon - wide)
    north, east = _cell(event.lat + tall, event.lon + wide)
    for day in _days(event):
        for row in range(south, north + 1):
            for column in range(west, east + 1):
                yield event.type, row, column, day


def _days(event: Told) -> Iterator[date]:
    for n in range((event.last - event.first).days + 1):
        yield event.first + timedelta(days=n)


def _is_near(one: Told, other: Told) -> bool:
    if one.place == other.place:
        return True
    if max(one.geo_precision, other.geo_precision) > _EXACT:
        return False  # a governorate would else join the towns of it that different reports name
    return distance_km(one.lat, one.lon, other.lat, other.lon) <= NEAR_KM


def _agree(one: Told, other: Told) -> bool:
    """Tell whether those who act, and those who are acted upon, can be the same."""
    straight = _one_side(one.actor, other.actor) and _one_target(one.target, other.target)
    if straight or one.type not in MUTUAL:
        return straight
    return _one_side(one.actor, other.target) and _one_side(one.target, other.actor)


def _one_target(one: str | None, other: str | None) -> bool:
    return one in BYSTANDERS or other in BYSTANDERS or _one_side(one, other)


def _one_side(one: str | None, other: str | None) -> bool:
    if one == other or one in ANYBODY or other in ANYBODY:
        return True
    side = _sides().get(str(one), "other")
    return side != "other" and side == _sides().get(str(other))


@cache
def _sides() -> dict[str, str]:
    return {name: actor.side for name, actor in load_ontology().actors.items()}
