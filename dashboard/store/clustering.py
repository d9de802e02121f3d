"""Keep the clusters of the stored events, in the transaction that changes an event."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from heapq import heappop, heappush
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    bindparam,
    case,
    delete,
    distinct,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)

from dashboard.store.base import Cluster
from dashboard.store.clusters import MOST_DAYS, Told, can_join, find_clusters, is_same, reach
from dashboard.store.columns import articles, clusters, events

Query = Select[*tuple[Any, ...]]
_e = events.c
_TOLD = (
    *(_e.id, _e.article, _e.type, _e.place, _e.lat, _e.lon, _e.actor, _e.target),
    *(_e.first_day, _e.last_day, _e.modality, _e.geo_precision, _e.cluster),
)
_IS_CENTRE = or_(_e.cluster.is_(None), _e.cluster == _e.id)
_CAN_JOIN = (_e.wide == 0, _e.place.is_not(None))
_AT_ONCE = 500  # ids in one query

# Made once: they are asked for every event that is saved.
_NEAR = select(*_TOLD).where(
    *_CAN_JOIN,
    _e.type == bindparam("type"),
    _e.first_day.between(bindparam("since"), bindparam("last")),
    _e.last_day >= bindparam("first"),
    _e.lat.between(bindparam("south"), bindparam("north")),
    _e.lon.between(bindparam("west"), bindparam("east")),
)
_NEAR_CENTRES = _NEAR.where(_IS_CENTRE)


@dataclass(slots=True)
class Wake:
    """What a change leaves to be settled anew: ids of events, and of clusters to be counted."""

    events: set[str] = field(default_factory=set)
    clusters: set[str] = field(default_factory=set)


def withdraw(connection: Connection, which: ColumnElement[bool], wake: Wake) -> None:
    """Note what depends on events that are about to be deleted or moved."""
    for event in _told(connection, which):
        if event.cluster:
            wake.clusters.add(event.cluster)
        if event.is_centre:
            wake.events |= {e.id for e in _neighbours(connection, event) if e.rank > event.rank}


def settle(connection: Connection, wake: Wake, new: Iterable[str]) -> None:
    """Settle the clusters around events that are `new`, and around those that went.

    An event is settled once those before it in the order are, and wakes those after it only where
    it begins or ceases to be a centre: so the outcome is that of settling all of them anew.
    """
    fresh = set(new)
    known = {event.id: event for event in _by_id(connection, wake.events | fresh)}
    waiting = sorted(event.rank for event in known.values())
    done: set[str] = set()
    while waiting:
        event = known[heappop(waiting)[-1]]
        if event.id in done:
            continue
        done.add(event.id)
        centres = _neighbours(connection, event, _NEAR_CENTRES)
        before = [other for other in centres if other.rank < event.rank]
        centre = min(before, key=lambda other: other.rank).id if before else None
        wake.clusters |= {name for name in (event.cluster, centre) if name}
        was_centre = event.is_centre and event.id not in fresh
        if (centre is None) != was_centre:
            for other in _neighbours(connection, event):
                if other.rank > event.rank and other.id not in done:
                    known.setdefault(other.id, other)
                    heappush(waiting, other.rank)
        if centre != event.cluster and not (centre is None and event.is_centre):
            change = update(events).where(_e.id == event.id)
            connection.execute(change.values(cluster=centre))
    _count(connection, sorted(wake.clusters))


def rebuild(connection: Connection) -> None:
    """Make all clusters anew from the events."""
    connection.execute(delete(clusters))
    together = update(events).where(_e.cluster.is_not(None))
    connection.execute(together.values(cluster=None))
    for kind in connection.execute(select(_e.type).distinct()).scalars().all():
        found = find_clusters(_told(connection, _e.type == kind))
        joined = [{"of": name, "to": centre} for name, centre in found.items() if centre != name]
        if joined:
            change = update(events).where(_e.id == bindparam("of"))
            connection.execute(change.values(cluster=bindparam("to")), joined)
        _count(connection, sorted({row["to"] for row in joined}))


def differences(connection: Connection) -> int:
    """Count the events whose cluster is not the one that all events together give."""
    wrong = 0
    for kind in connection.execute(select(_e.type).distinct()).scalars().all():
        told = list(_told(connection, _e.type == kind))
        found = find_clusters(told)
        wrong += sum((e.cluster or e.id) != found[e.id] for e in told)
    return wrong


def clusters_of(connection: Connection, event_ids: Sequence[str]) -> dict[str, Cluster]:
    """Give the clusters of events by the events' ids; one that is reported once has none."""
    query = select(_e.id.label("event"), *clusters.c).join(clusters, clusters.c.id == _e.cluster)
    return {
        row.event: Cluster(id=row.id, reports=row.reports, sources=row.sources, sides=row.sides)
        for part in _parts(event_ids)
        for row in connection.execute(query.where(_e.id.in_(part)))
    }


def reports_of(connection: Connection, event_id: str) -> Sequence[str]:
    """Give the ids of all reports of an event, first published first; KeyError: there is none."""
    row = connection.execute(select(_e.cluster).where(_e.id == event_id)).first()
    if row is None:
        raise KeyError(event_id)
    day = articles.c.published
    query = select(_e.id).join(articles, articles.c.id == _e.article)
    query = query.where(_e.cluster == row.cluster if row.cluster else _e.id == event_id)
    ids = connection.execute(query.order_by(day.is_(None), day, _e.id))
    return ids.scalars().all()


def _count(connection: Connection, names: Sequence[str]) -> None:
    """Count the reports of clusters anew; one that has come down to its centre is none."""
    other = events.alias()
    has_others = exists().where(other.c.cluster == _e.id, other.c.id != _e.id)
    for part in _parts(names):
        connection.execute(delete(clusters).where(clusters.c.id.in_(part)))
        centres = update(events).where(_e.id.in_(part), _IS_CENTRE)
        connection.execute(centres.values(cluster=case((has_others, _e.id))))
        told = select(
            _e.cluster,
            func.count(distinct(_e.article)),
            func.count(distinct(articles.c.outlet)),
            func.count(distinct(articles.c.side)),
        )
        told = told.join(articles, articles.c.id == _e.article).where(_e.cluster.in_(part))
        columns = ["id", "reports", "sources", "sides"]
        connection.execute(insert(clusters).from_select(columns, told.group_by(_e.cluster)))


def _neighbours(connection: Connection, event: Told, query: Query = _NEAR) -> list[Told]:
    """Give the events of other articles that can be the same as one."""
    tall, wide = reach(event.lat)
    values = {
        "type": event.type,
        "since": event.first - timedelta(days=MOST_DAYS),
        "first": event.first,
        "last": event.last,
        "south": event.lat - tall,
        "north": event.lat + tall,
        "west": event.lon - wide,
        "east": event.lon + wide,
    }
    found = _read(connection.execute(query, values))
    return [other for other in found if is_same(event, other)]


def _by_id(connection: Connection, names: Iterable[str]) -> Iterator[Told]:
    for part in _parts(sorted(names)):
        yield from _told(connection, _e.id.in_(part))


def _told(connection: Connection, which: ColumnElement[bool]) -> Iterator[Told]:
    """Give the events that can be joined to others, of those that are meant."""
    yield from _read(connection.execute(select(*_TOLD).where(*_CAN_JOIN, which)))


def _read(found: Iterable[Any]) -> Iterator[Told]:
    for row in found:
        if can_join(row.first_day, row.last_day):
            yield Told(
                id=row.id,
                article=row.article,
                type=row.type,
                place=row.place,
                lat=row.lat,
                lon=row.lon,
                actor=row.actor,
                target=row.target,
                first=row.first_day,
                last=row.last_day,
                modality=row.modality,
                geo_precision=row.geo_precision,
                cluster=row.cluster,
            )


def _parts(names: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(names), _AT_ONCE):
        yield names[start : start + _AT_ONCE]
