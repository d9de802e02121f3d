import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dashboard.cli import main
from dashboard.store import Filters, open_store
from dashboard.store.columns import SCHEMA_VERSION
from tests.dashboard.store_samples import COMPUTED, MOSUL, make_article, make_event, parents


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["db", *words])


@pytest.fixture
def filled(where: str) -> str:
    """Give the address of a store with two articles and four events."""
    store = open_store(where, parents=parents)
    told = [make_event(), make_event("e2", place=None), make_event("e3", when=None)]
    store.save(make_article(), told, mark="rules 1")
    store.save(
        make_article("b", source="نهر"), [make_event("b1", "b", place=COMPUTED, origin=(MOSUL,))]
    )
    store.close()
    return where


def test_stats_tell_what_a_store_holds(filled: str) -> None:
    told = run("stats", filled)
    assert told.exit_code == 0, told.output
    lines = dict(line.split(maxsplit=1) for line in told.stdout.splitlines() if line[0] != "l")
    assert lines["articles"] == "2 of 2 sources"
    assert lines["events"] == "4, 1 without a day, 1 without a place"
    assert lines["clusters"] == "0 told by several articles, 0 events in them"
    assert lines["days"] == "2017-10-17 to 2017-10-17"
    assert f"schema {SCHEMA_VERSION}" in lines["database"]
    assert "b saved, 1 events" in told.stdout


def test_stats_tell_how_many_events_several_articles_report(filled: str) -> None:
    store = open_store(filled, parents=parents)
    store.save(make_article("c"), [make_event("c1", "c")])
    store.close()
    assert "1 told by several articles, 2 events in them" in run("stats", filled).stdout


def test_a_sound_store_is_said_to_be_sound(filled: str) -> None:
    told = run("check", filled)
    assert (told.exit_code, told.stdout) == (0, f"{filled}: nothing is wrong, 4 events\n")


def test_an_event_without_evidence_is_named_with_its_article(filled: str) -> None:
    store = open_store(filled)
    with store.write() as connection:
        connection.exec_driver_sql("DELETE FROM evidence WHERE event = 'e2'")
    store.close()
    told = run("check", filled)
    assert told.exit_code == 1
    assert told.stdout == "event e2 has no readable evidence; read article a again\n"


def test_wrong_counts_are_told_and_counted_anew_when_asked(filled: str) -> None:
    store = open_store(filled)
    with store.write() as connection:
        connection.exec_driver_sql("UPDATE counts SET n_1 = n_1 + 1 WHERE grain = 'type'")
    store.close()
    told = run("check", filled)
    assert told.exit_code == 1
    assert "the roll-up counts differs from the events in 1 rows" in told.stdout
    assert run("check", "--rebuild", filled).exit_code == 0
    assert run("check", filled).exit_code == 0


def test_a_damaged_file_is_said_to_be_damaged(tmp_path: Path) -> None:
    path = tmp_path / "events.db"
    store = open_store(str(path), parents=parents)
    for n in range(60):
        store.save(make_article(f"a{n}"), [make_event(f"e{n}", f"a{n}")])
    store.close()
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    whole = path.read_bytes()
    middle = len(whole) // 2
    path.write_bytes(whole[:middle] + b"\xa5" * 8192 + whole[middle + 8192 :])
    told = run("check", str(path))
    assert told.exit_code == 1
    assert "damaged" in told.output or "malformed" in told.output
    assert "Traceback" not in told.output


def test_vacuum_gives_room_back_and_loses_nothing(tmp_path: Path) -> None:
    path = tmp_path / "events.db"
    store = open_store(str(path), parents=parents)
    long = make_article("long", text="خبر " * 200_000)
    store.save(long, [make_event("l1", "long")])
    store.save(make_article("long"), [])
    store.save(make_article(), [make_event()])
    before = store.events_of("a")
    store.close()
    told = run("vacuum", str(path))
    assert told.exit_code == 0, told.output
    assert path.stat().st_size < 500_000
    assert open_store(str(path)).events_of("a") == before


def test_vacuum_runs_in_a_database_too(filled: str) -> None:
    told = run("vacuum", filled)
    assert told.exit_code == 0, told.output
    assert told.stdout.count("MB") == 2
    assert run("check", filled).exit_code == 0


def test_a_copy_holds_all_that_the_store_holds(
    filled: str, tmp_path: Path, postgres: Callable[[], str]
) -> None:
    for target in (str(tmp_path / "copy.db"), postgres()):
        told = run("copy", filled, target)
        assert told.exit_code == 0, told.output
        assert told.stdout == f"2 articles, 2 of them new or changed in {target}\n"
        old, new = open_store(filled), open_store(target)
        assert list(new.each(Filters())) == list(old.each(Filters()))
        assert new.articles() == old.articles()
        assert new.marks(["a", "b"]) == old.marks(["a", "b"]) == {"a": "rules 1"}
        assert new.totals(Filters()) == old.totals(Filters())
        old.close()
        new.close()
        assert run("check", target).exit_code == 0
        again = run("copy", filled, target)
        assert again.stdout == f"2 articles, 0 of them new or changed in {target}\n"


def test_a_store_is_not_copied_into_itself(filled: str) -> None:
    told = run("copy", filled, filled)
    assert told.exit_code == 1
    assert "is the store to copy from; give another one" in told.output


@pytest.mark.parametrize("words", [("check",), ("vacuum",), ("stats",), ("copy",)])
def test_a_store_that_is_not_there_is_not_made(words: tuple[str, ...], tmp_path: Path) -> None:
    more = (str(tmp_path / "to.db"),) if words == ("copy",) else ()
    told = run(*words, str(tmp_path / "no.db"), *more)
    assert told.exit_code == 1
    assert "no.db: there is no store; give the path of one that is there" in told.output
    assert not list(tmp_path.iterdir())
