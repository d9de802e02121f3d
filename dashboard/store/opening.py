"""Open a store: a file of this machine, or a database by its address."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, insert, inspect, select
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.pool import StaticPool

from dashboard.store.base import EventStore, StoreError
from dashboard.store.columns import SCHEMA_VERSION, about, metadata
from dashboard.store.sql import SqlStore
from gazetteer.load import default_gazetteer
from gazetteer.place import Place

MEMORY = ":memory:"
BUSY_SECONDS = 30
"""How long a writer waits for another one before it gives up."""

_PRAGMAS = (
    "PRAGMA journal_mode=wal",  # readers and a writer do not block one another
    "PRAGMA synchronous=normal",
    f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}",
    "PRAGMA foreign_keys=on",
)
_OF_VERSION = select(about.c.value).where(about.c.key == "schema_version")


def open_store(
    where: str, *, parents: Callable[[Place], Iterable[Place]] | None = None
) -> EventStore:
    """Open the store `where`: a file's path, ":memory:", or an address with "://" in it.

    A file that is not there is made. `parents` gives what holds a place, from near to wide; the
    default asks the default gazetteer. Raises StoreError where the store cannot be opened, is none,
    or was written by a newer version.
    """
    engine = _engine(where)
    name = engine.url.render_as_string(hide_password=True) if "://" in where else where
    try:
        with engine.connect() as connection:
            made = _check_version(connection, name)
        if not made:
            with engine.execution_options(writes=True).begin() as connection:
                _make(connection)
    except DBAPIError as error:
        raise StoreError(f"{name}: {error.orig}; give a store of maaqil or a new file") from error
    return SqlStore(engine, parents=parents or _parents)


def _parents(place: Place) -> Iterable[Place]:
    return default_gazetteer().parents(place)


def _engine(where: str) -> Engine:
    if "://" in where:
        try:
            url = make_url(where)
            engine = create_engine(url)
        except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as error:
            wrong = (
                f"the address cannot be used: {error}; write it as postgresql+psycopg://host/name"
            )
            raise StoreError(wrong) from error
        if url.get_backend_name() != "sqlite":
            return engine
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


def _prepare(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # transactions are begun below, not by the driver
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def _begin(connection: Connection) -> None:
    # A writer takes its lock at once: one that began as a reader could not wait for another.
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _check_version(connection: Connection, name: str) -> bool:
    """Tell whether the tables are there; refuse those of a newer version or another program."""
    tables = inspect(connection).get_table_names()
    if about.name not in tables:
        if tables:
            raise StoreError(f"{name}: is a database of another program; give a new file")
        return False
    version = connection.execute(_OF_VERSION).scalar()
    if version is not None and int(version) > SCHEMA_VERSION:
        raise StoreError(
            f"{name}: was written by a newer version (schema {version}, this one knows "
            f"{SCHEMA_VERSION}); update maaqil or give another store"
        )
    return version is not None


def _make(connection: Connection) -> None:
    metadata.create_all(connection)
    if connection.execute(_OF_VERSION).scalar() is None:  # no other process was faster
        row = {"key": "schema_version", "value": str(SCHEMA_VERSION)}
        connection.execute(insert(about), row)
