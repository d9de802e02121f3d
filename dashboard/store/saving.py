"""Keep an article with its events and their places in one transaction."""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Engine, delete, insert, select, update

from dashboard.model import Article, Event
from dashboard.store import clustering, packing, rollups, rows
from dashboard.store.base import StoreError
from dashboard.store.columns import (
    ancestors,
    articles,
    changes,
    events,
    evidence,
    origins,
    places,
    readings,
)
from gazetteer.place import Place

Parents = Callable[[Place], Iterable[Place]]


def save(
    engine: Engine,
    article: Article,
    own: Sequence[Event],
    *,
    parents: Parents,
    mark: str | None = None,
) -> bool:
    """Keep an article and replace its events; False: nothing changed.

    `mark` tells of what and by which rules they were read. Where only that is new, it is kept, and
    False is given. Raises StoreError where an event is another article's or its id is taken.
    """
    _check_events(article, own)
    digest = rows.digest(article, own)
    same = select(articles.c.digest, readings.c.mark).select_from(articles.outerjoin(readings))
    same = same.where(articles.c.id == article.id)
    with engine.connect() as connection:
        if _stands(connection.execute(same).first(), digest, mark):
            return False
    with engine.execution_options(writes=True).begin() as connection:
        before = connection.execute(same).first()
        if _stands(before, digest, mark):  # another process was faster
            return False
        changed = before is None or before.digest != digest
        if changed:
            _replace(connection, article, own, parents, digest, new=before is None)
        if mark is not None:
            connection.execute(delete(readings).where(readings.c.article == article.id))
            connection.execute(insert(readings), {"article": article.id, "mark": mark})
    return changed


def marks(engine: Engine, names: Sequence[str]) -> dict[str, str]:
    """Give the marks with which articles were saved; one saved without has none."""
    query = select(readings.c.article, readings.c.mark).where(readings.c.article.in_(names))
    with engine.connect() as connection:
        return {row.article: row.mark for row in connection.execute(query)}


def _stands(before: Any, digest: str, mark: str | None) -> bool:
    return before is not None and before.digest == digest and mark in (None, before.mark)


def _replace(
    connection: Connection,
    article: Article,
    own: Sequence[Event],
    parents: Parents,
    digest: str,
    *,
    new: bool,
) -> None:
    _refuse_taken(connection, article, own)
    wake = clustering.Wake()
    gone: Sequence[int] = ()
    if not new:
        of_it = select(events.c.number).where(events.c.article == article.id)
        gone = connection.execute(of_it).scalars().all()
        clustering.withdraw(connection, events.c.article == article.id, wake)
        rollups.add(connection, article.id, sign=-1)
        connection.execute(delete(articles).where(articles.c.id == article.id))
    connection.execute(insert(articles), rows.article_row(article, own, known=digest))
    moved = _save_places(connection, own, parents, wake)
    numbers = packing.give_numbers(connection, len(own))
    if own:
        told = [
            {**rows.event_row(event, ordinal), "number": number}
            for ordinal, (event, number) in enumerate(zip(own, numbers, strict=True))
        ]
        connection.execute(insert(events), told)
        connection.execute(insert(evidence), [rows.evidence_row(event, article) for event in own])
    origin = [
        {"event": event.id, "ordinal": n, "place": place.id}
        for event in own
        for n, place in enumerate(event.origin)
    ]
    if origin:
        connection.execute(insert(origins), origin)
    rollups.add(connection, article.id)
    clustering.settle(connection, wake, {event.id for event in own} | moved)
    packing.settle(connection, numbers, gone=gone, articles=int(new))
    change = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "article": article.id,
        "what": "saved" if new else "replaced",
        "events": len(own),
    }
    connection.execute(insert(changes), change)


def _save_places(
    connection: Connection, own: Sequence[Event], parents: Parents, wake: clustering.Wake
) -> set[str]:
    """Keep the places of events as they are now, with what holds them; give the events moved."""
    moved: set[str] = set()
    named = {p.id: p for e in own for p in (e.place, *e.origin) if p is not None}
    query = select(places.c.id, places.c.whole).where(places.c.id.in_(named))
    kept = {row.id: row.whole for row in connection.execute(query)}
    held: dict[str, set[str]] = {}
    above = select(ancestors).where(ancestors.c.place.in_(named))
    for row in connection.execute(above):
        held.setdefault(row.place, set()).add(row.ancestor)
    for name, place in named.items():
        row_now = rows.place_row(place)
        if name not in kept:
            connection.execute(insert(places), row_now)
        elif kept[name] != row_now["whole"]:
            connection.execute(update(places).where(places.c.id == name).values(**row_now))
            moved |= _move(connection, place, wake)
        else:
            continue
        now = {name, *(parent.id for parent in parents(place))}
        now |= {place.within} if place.within else set()
        if now != held.get(name):
            _hold(connection, name, now)
    return moved


def _move(connection: Connection, place: Place, wake: clustering.Wake) -> set[str]:
    """Let the events at a place follow where it lies now; give their ids where it has moved."""
    here = events.c.place == place.id
    elsewhere = here & ((events.c.lat != place.lat) | (events.c.lon != place.lon))
    moved = set(connection.execute(select(events.c.id).where(elsewhere)).scalars())
    clustering.withdraw(connection, elsewhere, wake)
    connection.execute(
        update(events).where(elsewhere).values(lat=place.lat, lon=place.lon, cluster=None)
    )
    return moved


def _hold(connection: Connection, place: str, above: set[str]) -> None:
    """Keep what holds a place, and let the counts follow."""
    rollups.add_articles_of_place(connection, place, sign=-1)
    connection.execute(delete(ancestors).where(ancestors.c.place == place))
    pairs = [{"place": place, "ancestor": ancestor} for ancestor in sorted(above)]
    connection.execute(insert(ancestors), pairs)
    rollups.add_articles_of_place(connection, place, sign=1)


def _refuse_taken(connection: Connection, article: Article, own: Sequence[Event]) -> None:
    ids = [event.id for event in own]
    query = select(events.c.id, events.c.article)
    query = query.where(events.c.id.in_(ids), events.c.article != article.id)
    taken = connection.execute(query).first()
    if taken:
        raise StoreError(
            f"article {article.id}: the event id {taken.id} is that of an event of article "
            f"{taken.article}; make ids of the article's id too"
        )


def _check_events(article: Article, own: Sequence[Event]) -> None:
    strange = next((event for event in own if event.article != article.id), None)
    if strange:
        raise StoreError(
            f"article {article.id}: event {strange.id} is of article {strange.article}; "
            "save it with that article"
        )
    if len({event.id for event in own}) < len(own):
        raise StoreError(f"article {article.id}: two events have one id; merge them first")
