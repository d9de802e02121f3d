"""The two back ends of the store: the tests that take `where` or `store` run on both."""

import os
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from dashboard.store.sql import SqlStore
from tests.postgres import server


@pytest.fixture(scope="session")
def postgres() -> Iterator[Callable[[], str]]:
    """Give what makes an empty database in a PostgreSQL with PostGIS and gives its address."""
    missing = server.missing()
    if missing and os.environ.get("CI") == "true":
        pytest.fail(missing)
    if missing:
        pytest.skip(missing)
    from sqlalchemy import create_engine

    numbers = count()
    with server.running() as address:
        engine = create_engine(
            address.replace("postgresql:", "postgresql+pg8000:") + "postgres",
            isolation_level="AUTOCOMMIT",
        )

        def make() -> str:
            name = f"store_{next(numbers)}"
            with engine.connect() as connection:
                connection.exec_driver_sql(f"CREATE DATABASE {name}")
            return address + name

        yield make
        engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Give the address of a store that is not there yet: a file, then a database."""
    if request.param == "sqlite":
        return str(tmp_path / "events.db")
    return str(request.getfixturevalue("postgres")())


@pytest.fixture
def store(where: str) -> Iterator[SqlStore]:
    """Give an empty store on either back end."""
    from dashboard.store import open_store
    from tests.dashboard.store_samples import parents

    opened = open_store(where, parents=parents)
    yield opened
    opened.close()
