import sqlite3
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import inspect

from dashboard.store import Filters, StoreError, migrations, open_store, upkeep
from dashboard.store.columns import SCHEMA_VERSION, metadata
from tests.dashboard.store_samples import (
    COMPUTED,
    MAYADIN,
    MOSUL,
    days,
    make_article,
    make_event,
    parents,
)

OF_VERSION_1 = Path(__file__).with_name("store_v1.sql")
"""What version 1 of the schema wrote, by its own program."""

A = (
    make_event(origin=(MOSUL,), type="relocation", place=MAYADIN, fatalities=3),
    make_event("e2", place=None, when=None, actor=None, place_name="هناك"),
    make_event("e3", when=days(date(2014, 6, 10), date(2017, 10, 20)), geo_precision=2),
)
B = make_event(
    "b1", "b", place=COMPUTED, when=days(date(2017, 9, 28), date(2017, 10, 2)), type="air_strike"
)


@pytest.fixture
def old(tmp_path: Path) -> Path:
    path = tmp_path / "old.db"
    with sqlite3.connect(path) as connection:
        connection.executescript(OF_VERSION_1.read_text(encoding="utf-8"))
    connection.close()
    return path


def version_of(path: Path) -> str:
    with sqlite3.connect(path) as connection:
        (version,) = connection.execute("SELECT value FROM about").fetchone()
    return str(version)


def test_a_store_of_version_1_keeps_every_row(old: Path) -> None:
    assert version_of(old) == "1"
    store = open_store(str(old), parents=parents)
    assert version_of(old) == str(SCHEMA_VERSION)
    assert store.events_of("a") == A
    assert store.events_of("b") == (B,)
    assert store.article("a") == make_article()
    assert store.articles()[-1] == make_article("c", published=None, source=None, title=None)
    assert store.place(COMPUTED.id) == COMPUTED
    assert upkeep.check(store) == ()


def test_a_store_of_version_1_is_counted_as_one_written_now(old: Path) -> None:
    store, now = open_store(str(old), parents=parents), open_store(":memory:", parents=parents)
    now.save(make_article(), A)
    now.save(make_article("b", source="نهر", title="غارات على المَيادين"), [B])
    now.save(make_article("c", published=None, source=None, title=None), [])
    for filters in (
        Filters(),
        Filters(since=date(2017, 10, 1), until=date(2017, 10, 31)),
        Filters(places=("sy",)),
        Filters(types=("air_strike",)),
    ):
        assert store.totals(filters) == now.totals(filters)
        assert store.by_place(filters) == now.by_place(filters)
        assert store.by_month(filters) == now.by_month(filters)
    assert store.changes() == (), "the log began before there was one"
    assert store.save(make_article(), A) is False, "the same article was taken for another"
    assert store.save(make_article(), A[:1]) is True
    assert [(change.what, change.events) for change in store.changes()] == [("replaced", 1)]
    assert upkeep.check(store) == ()


def test_a_store_brought_up_has_the_tables_of_a_new_one(old: Path) -> None:
    store = open_store(str(old))
    with store.read() as connection:
        seen = inspect(connection)
        for table in metadata.sorted_tables:
            assert {c["name"] for c in seen.get_columns(table.name)} == set(table.c.keys())
            made = {index["name"] for index in seen.get_indexes(table.name)}
            assert {index.name for index in table.indexes} <= made


def test_a_migration_that_fails_leaves_the_store_as_it_was(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: object) -> None:
        raise StoreError("the power went")

    before = "\n".join(sqlite3.connect(old).iterdump())
    monkeypatch.setattr(migrations.rollups, "rebuild", fail)
    with pytest.raises(StoreError, match="the power went"):
        open_store(str(old))
    assert "\n".join(sqlite3.connect(old).iterdump()) == before
    monkeypatch.undo()
    assert open_store(str(old)).events_of("a") == A


def test_the_tables_of_version_1_are_brought_up_in_postgresql_too(
    postgres: Callable[[], str],
) -> None:
    address = postgres()
    store = open_store(address, parents=parents)
    store.save(make_article(), A)
    added = ("changes", "counts", "actor_counts", "article_counts", "steps", "readings", "clusters",
             "blocks", "removed", "words", "ledger")  # fmt: skip
    with store.write() as connection:
        connection.exec_driver_sql(f"DROP TABLE {', '.join(added)}")
        connection.exec_driver_sql("ALTER TABLE events DROP COLUMN cluster, DROP COLUMN tells")
        connection.exec_driver_sql("ALTER TABLE articles DROP COLUMN outlet, DROP COLUMN side")
        connection.exec_driver_sql("UPDATE about SET value = '1'")
    store.close()
    store = open_store(address, parents=parents)
    assert upkeep.check(store) == ()
    assert store.events_of("a") == A
    assert store.totals(Filters()).events == len(A)
    store.close()


def test_every_version_has_a_step_to_the_next() -> None:
    assert sorted(migrations.STEPS) == list(range(1, SCHEMA_VERSION))
