"""Keep an article with its events and their places in one transaction."""

from collections.abc import Callable, Iterable, Sequence

from sqlalchemy import Connection, Engine, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from dashboard.model import Article, Event
from dashboard.store import rows
from dashboard.store.base import StoreError
from dashboard.store.columns import ancestors, articles, events, evidence, origins, places
from gazetteer.place import Place

TRIES = 3
"""How often a save is tried where another process writes the same new place meanwhile."""

Parents = Callable[[Place], Iterable[Place]]


def save(engine: Engine, article: Article, own: Sequence[Event], *, parents: Parents) -> bool:
    """Keep an article and replace its events; False: nothing changed, and nothing was written.

    Raises StoreError where an event is another article's or its id is taken.
    """
    _check_events(article, own)
    digest = rows.digest(article, own)
    same = select(articles.c.digest).where(articles.c.id == article.id)
    with engine.connect() as connection:
        if connection.execute(same).scalar() == digest:
            return False
    for tries_left in reversed(range(TRIES)):
        try:
            with engine.execution_options(writes=True).begin() as connection:
                if connection.execute(same).scalar() == digest:  # another process was faster
                    return False
                _replace(connection, article, own, parents)
            return True
        except IntegrityError as error:  # on PostgreSQL, where writers do not wait for each other
            if not tries_left:
                raise StoreError(f"article {article.id}: {error.orig}; save it again") from error
    return False


def _replace(
    connection: Connection, article: Article, own: Sequence[Event], parents: Parents
) -> None:
    _refuse_taken(connection, article, own)
    connection.execute(delete(articles).where(articles.c.id == article.id))
    connection.execute(insert(articles), rows.article_row(article, own))
    _save_places(connection, own, parents)
    if own:
        told = [rows.event_row(event, ordinal) for ordinal, event in enumerate(own)]
        connection.execute(insert(events), told)
        connection.execute(insert(evidence), [rows.evidence_row(event, article) for event in own])
    origin = [
        {"event": event.id, "ordinal": n, "place": place.id}
        for event in own
        for n, place in enumerate(event.origin)
    ]
    if origin:
        connection.execute(insert(origins), origin)


def _save_places(connection: Connection, own: Sequence[Event], parents: Parents) -> None:
    """Keep the places of events as they are now, with what holds them."""
    named = {p.id: p for e in own for p in (e.place, *e.origin) if p is not None}
    query = select(places.c.id, places.c.whole).where(places.c.id.in_(named))
    kept = {row.id: row.whole for row in connection.execute(query)}
    for name, place in named.items():
        row = rows.place_row(place)
        if name not in kept:
            connection.execute(insert(places), row)
        elif kept[name] != row["whole"]:
            connection.execute(update(places).where(places.c.id == name).values(**row))
            moved = update(events).where(events.c.place == name)
            connection.execute(moved.values(lat=place.lat, lon=place.lon))
        else:
            continue
        above = {name, *(parent.id for parent in parents(place))}
        above |= {place.within} if place.within else set()
        connection.execute(delete(ancestors).where(ancestors.c.place == name))
        pairs = [{"place": name, "ancestor": ancestor} for ancestor in sorted(above)]
        connection.execute(insert(ancestors), pairs)


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
