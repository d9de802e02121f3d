import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.store import Filters, StoreError, open_store
from dashboard.store.base import EventStore
from dashboard.store.errors import ADVICE
from dashboard.ui.words import LANGUAGES, word
from tests.dashboard.store_samples import make_article, make_event, parents

PAGE = Path(__file__).parents[2] / "dashboard/app.py"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "events.db"
    store = open_store(str(path), parents=parents)
    store.save(make_article(), [make_event()])
    store.close()
    return path


def test_a_file_that_went_away_is_said_so_and_not_made_again(file: Path) -> None:
    store = open_store(str(file))
    store.close()
    file.unlink()
    for ask in (lambda: store.totals(Filters()), lambda: store.save(make_article("b"), [])):
        with pytest.raises(StoreError, match=r"events\.db: .* put the file back") as caught:
            ask()
        assert caught.value.kind == "gone"
    assert not file.exists()


def test_a_store_that_another_program_keeps_locked_is_said_so(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dashboard.store.opening._PRAGMAS", ("PRAGMA busy_timeout=50",))
    store = open_store(str(file), parents=parents)
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreError, match="wait until that has finished") as caught:
        store.save(make_article("b"), [])
    assert caught.value.kind == "locked"
    other.execute("ROLLBACK")
    assert store.save(make_article("b"), [])


def test_a_full_disk_is_said_so_and_nothing_kept_is_lost(file: Path) -> None:
    store = open_store(str(file), parents=parents)
    with store.read() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")
    # The pool hands out the connection that was told to grow no more.
    with pytest.raises(StoreError, match="disk is full; make room") as caught:
        store.save(make_article("b", text="ا" * 100_000), [])
    assert caught.value.kind == "full"
    assert store.totals(Filters()).all_articles == 1


def test_a_damaged_file_is_said_so(file: Path) -> None:
    data = file.read_bytes()
    file.write_bytes(data[:4096] + b"\xff" * (len(data) - 4096))
    with pytest.raises(StoreError, match="go back to a copy") as caught:
        open_store(str(file)).totals(Filters())
    assert caught.value.kind == "damaged"


def test_a_database_without_its_tables_is_said_so(store: EventStore) -> None:
    with store.write() as connection:  # type: ignore[attr-defined]  # a store in SQL
        connection.exec_driver_sql("DROP TABLE ledger")
    with pytest.raises(StoreError, match="ledger") as caught:
        store.totals(Filters())
    assert caught.value.kind == "gone"


def test_a_server_that_went_away_is_said_so(postgres: Callable[[], str]) -> None:
    address = postgres()
    store = open_store(address, parents=parents)
    other = open_store(address, parents=parents)
    with store.read() as held, other.read() as killer:
        (number,) = held.exec_driver_sql("SELECT pg_backend_pid()").one()
        killer.exec_driver_sql(f"SELECT pg_terminate_backend({number})")
        with pytest.raises(StoreError) as caught:
            held.exec_driver_sql("SELECT 1")
    assert caught.value.kind == "away"
    assert store.totals(Filters()).all_events == 0, "the pool finds a new connection"
    store.close()
    other.close()


def test_every_kind_of_trouble_has_words_in_both_languages() -> None:
    for kind in ADVICE:
        for lang in LANGUAGES:
            assert word(f"store_error.{kind}", lang)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_says_in_words_that_its_store_is_gone(
    file: Path, monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    monkeypatch.setenv("MAAQIL_STORE", str(file))
    at = AppTest.from_file(str(PAGE), default_timeout=60)
    at.query_params["lang"] = lang

    def gone(*_: object) -> None:
        raise StoreError(f"{file}: gone", kind="gone")

    monkeypatch.setattr("dashboard.store.sql.SqlStore.first_and_last_day", gone)
    at.run()
    assert not at.exception
    assert [error.value for error in at.error] == [word("store_error.gone", lang)]
    assert str(file) in at.code[0].value
