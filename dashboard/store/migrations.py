"""Bring a store of an earlier version to this one, in one transaction and without losing a row."""

from collections.abc import Callable

from sqlalchemy import Connection, Index, update

from dashboard.store import rollups
from dashboard.store.columns import (
    SCHEMA_VERSION,
    about,
    actor_counts,
    article_counts,
    changes,
    counts,
    events,
    readings,
    steps,
)


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
        index.create(connection, checkfirst=True)
    rollups.rebuild(connection)


def _from_2(connection: Connection) -> None:
    """Add the marks of readings: none is known, so that each article is read once more."""
    readings.create(connection, checkfirst=True)


def _name(index: Index) -> str:
    return str(index.name)


STEPS: dict[int, Callable[[Connection], None]] = {1: _from_1, 2: _from_2}
"""What leads from a version to the next one."""
