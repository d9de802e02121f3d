"""Open a store: a file of this machine, or a database by its address."""

import sqlite3
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, insert, inspect, select, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError
from sqlalchemy.pool import StaticPool

from dashboard.store import packing
from dashboard.store.base import StoreError
from dashboard.store.columns import SCHEMA_VERSION, about, metadata
from dashboard.store.errors import never_make_again, tell_errors
from dashboard.store.migrations import migrate
from dashboard.store.sql import SqlStore
from gazetteer.load import default_gazetteer
from gazetteer.place import Place

MEMORY = ":memory:"
BUSY_SECONDS = 30
"""How long a writer waits for another one before it gives up."""

_PRAGMAS = (
    f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}",
    "PRAGMA journal_mode=wal",  # readers and a writer do not block one another
    "PRAGMA synchronous=normal",
    "PRAGMA foreign_keys=on",
)
_LOCK = 0x6D6161  # of PostgreSQL's advisory locks, the one that our writers take
_OF_VERSION = select(about.c.value).where(about.c.key == "schema_version")
_HAS_POSTGIS = text("SELECT count(*) FROM pg_available_extensions WHERE name = 'postgis'")
_MAP_OF_EVENTS = """
CREATE OR REPLACE VIEW event_points AS
SELECT id, article, type, actor, target, place, first_day, last_day, modality, geo_precision,
       confidence, ST_SetSRID(ST_MakePoint(lon, lat), 4326) AS point
FROM events WHERE place IS NOT NULL
"""


def open_store(
    where: str,
    *,
    parents: Callable[[Place], Iterable[Place]] | None = None,
    new: bool = True,
) -> SqlStore:
    """Open the store `where`: a file's path, ":memory:", or an address with "://" in it.

    A file that is not there is made, or with `new` False refused; a store of an earlier version is
    brought to this one. `parents` gives what holds a place, from near to wide; the default asks the
    default gazetteer. Raises StoreError where the store cannot be opened, is none, or was written
    by a newer version.
    """
    engine = _engine(where)
    name = engine.url.render_as_string(hide_password=True) if "://" in where else where
    file = engine.url.database if engine.dialect.name == "sqlite" else None
    if not new and file and not Path(file).is_file():
        raise StoreError(f"{where}: there is no store; give the path of one that is there")
    tell_errors(engine, name)
    try:
        with engine.connect() as connection:
            version = _check_version(connection, name)
        if version != SCHEMA_VERSION:
            with engine.execution_options(writes=True).begin() as connection:
                _make(connection, name)
    except StoreError:
        engine.dispose()
        raise
    if file and file != MEMORY:
        never_make_again(engine, name)
    return SqlStore(engine, parents=parents or _parents)


def default_store() -> str:
    """Give the path of the user's own store, its folder made."""
    import platformdirs

    return str(platformdirs.user_data_path("maaqil", ensure_exists=True) / "events.db")


def _parents(place: Place) -> Iterable[Place]:
    return default_gazetteer().parents(place)


def _engine(where: str) -> Engine:
    if "://" in where:
        try:
            url = make_url(where)
            if url.drivername == "postgresql":
                url = url.set(drivername="postgresql+pg8000")
            engine = create_engine(url, **_pool(url))
        except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as error:
            wrong = (
                f"the address cannot be used: {error}; write it as postgresql://user@host/name "
                "and install maaqil[postgres]"
            )
            raise StoreError(wrong) from error
        if url.get_backend_name() == "postgresql":
            event.listen(engine, "begin", _begin_postgresql)
            return engine
        if url.get_backend_name() != "sqlite":
            kind = where.split("://")[0]
            raise StoreError(
                f"the address cannot be used: no store is kept in {kind}; take postgresql or a file"
            )
    elif where == MEMORY:
        engine = create_engine(
            "sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False}
        )
    else:
        path = Path(where)
        if path.is_dir() or not path.absolute().parent.is_dir():
            raise StoreError(f"{where}: is no file in a folder that exists; give another path")
        engine = create_engine(URL.create("sqlite", database=str(path)))
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _pool(url: URL) -> dict[str, Any]:
    if url.get_backend_name() != "postgresql":
        return {}
    # What one question asks in several queries is of one moment, as in SQLite.
    return {"isolation_level": "REPEATABLE READ", "pool_pre_ping": True}


def _prepare(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # transactions are begun below, not by the driver
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        _set(cursor, pragma)
    cursor.close()


def _set(cursor: sqlite3.Cursor, pragma: str) -> None:
    """Set a pragma; where another process makes the same file, wait as long as writers do.

    SQLite does not call its busy handler for the switch to WAL, so that the wait is ours.
    """
    until = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            cursor.execute(pragma)
        except sqlite3.OperationalError:
            if time.monotonic() > until:
                raise
            time.sleep(0.02)
        else:
            return


def _begin(connection: Connection) -> None:
    # A writer takes its lock at once: one that began as a reader could not wait for another.
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _begin_postgresql(connection: Connection) -> None:
    # One writer at a time here too, for all add to the same roll-ups; readers wait for none.
    if connection.get_execution_options().get("writes", False):
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL READ COMMITTED")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")


def _check_version(connection: Connection, name: str) -> int | None:
    """Give the version of the tables, None: there are none; refuse a newer one or other tables."""
    tables = set(inspect(connection).get_table_names()) - {"spatial_ref_sys"}  # that is PostGIS's
    if about.name not in tables:
        if tables:
            raise StoreError(f"{name}: is a database of another program; give a new file")
        return None
    version = connection.execute(_OF_VERSION).scalar()
    if version is not None and int(version) > SCHEMA_VERSION:
        raise StoreError(
            f"{name}: was written by a newer version (schema {version}, this one knows "
            f"{SCHEMA_VERSION}); update maaqil or give another store"
        )
    return int(version) if version is not None else None


def _make(connection: Connection, name: str) -> None:
    """Make the tables or bring them to this version, unless another process was faster."""
    version = _check_version(connection, name)
    if version is None:
        metadata.create_all(connection)
        row = {"key": "schema_version", "value": str(SCHEMA_VERSION)}
        connection.execute(insert(about), row)
        packing.start(connection)
    elif version < SCHEMA_VERSION:
        migrate(connection, version)
    if connection.dialect.name == "postgresql" and connection.execute(_HAS_POSTGIS).scalar():
        connection.exec_driver_sql("CREATE EXTENSION IF NOT EXISTS postgis")
        connection.exec_driver_sql(_MAP_OF_EVENTS)
