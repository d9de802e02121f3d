"""Bring a store of an earlier version to this one, in one transaction and without losing a row."""

from collections.abc import Callable

from sqlalchemy import Connection, Index, select, update

from dashboard.store import clustering, packing, rollups
from dashboard.store.columns import (
    SCHEMA_VERSION,
    about,
    actor_counts,
    article_counts,
    articles,
    blocks,
    changes,
    clusters,
    counts,
    events,
    ledger,
    readings,
    removed,
    steps,
    words,
)
from dashboard.store.rows import outlet_columns


def migrate(connection: Connection, version: int) -> None:
    """Bring the tables from `version` to SCHEMA_VERSION, step by step."""
    for earlier in range(version, SCHEMA_VERSION):
        STEPS[earlier](connection)
    now = update(about).where(about.c.key == "schema_version")
    connection.execute(now.values(value=str(SCHEMA_VERSION)))


def _from_1(connection: Connection) -> None:
    """Add the log of changes, which begins here, and the roll-ups."""
    for table in (changes, counts, actor_counts, article_counts, steps):
        table.create(connection, checkfirst=True)
    for index in sorted(events.indexes, key=_name):
        if "cluster" not in index.columns:  # that column comes later
            index.create(connection, checkfirst=True)
    rollups.rebuild(connection)


def _from_2(connection: Connection) -> None:
    """Add the marks of readings: none is known, so that each article is read once more."""
    readings.create(connection, checkfirst=True)


def _from_3(connection: Connection) -> None:
    """Add outlets, their sides and the clusters, made of the articles and events that are there."""
    for column in ("outlet", "side"):
        more = f"ALTER TABLE articles ADD COLUMN {column} VARCHAR NOT NULL DEFAULT ''"
        connection.exec_driver_sql(more)
    told = select(articles.c.id, articles.c.source, articles.c.url, articles.c.published)
    for row in connection.execute(told).all():
        values = outlet_columns(row.source, row.url, row.published, row.id)
        connection.execute(update(articles).where(articles.c.id == row.id).values(**values))
    connection.exec_driver_sql("ALTER TABLE events ADD COLUMN cluster VARCHAR")
    clusters.create(connection, checkfirst=True)
    for index in sorted(events.indexes, key=_name):
        index.create(connection, checkfirst=True)
    clustering.rebuild(connection)


def _from_4(connection: Connection) -> None:
    """Add the blocks, and to each event what its words tell."""
    connection.exec_driver_sql("ALTER TABLE events ADD COLUMN tells INTEGER DEFAULT 0 NOT NULL")
    for table in (blocks, removed, words, ledger):
        table.create(connection, checkfirst=True)
    packing.rebuild(connection)


def _from_5(connection: Connection) -> None:
    """Read what the words of events tell, and keep the ids of events in the blocks too."""
    packing.rebuild(connection)


def _name(index: Index) -> str:
    return str(index.name)


STEPS: dict[int, Callable[[Connection], None]] = {
    1: _from_1,
    2: _from_2,
    3: _from_3,
    4: _from_4,
    5: _from_5,
}
"""What leads from a version to the next one."""
