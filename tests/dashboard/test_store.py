import sqlite3
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from dashboard.model import Article, Event
from dashboard.store import EventStore, Filters, StoreError, open_store, upkeep
from dashboard.store.base import Change, Movement
from tests.dashboard.store_samples import (
    COMPUTED,
    MAYADIN,
    MOSUL,
    RAQQA,
    days,
    make_article,
    make_event,
    make_place,
    parents,
)


def keep(store: EventStore, *events: Event, article: Article | None = None) -> None:
    store.save(article or make_article(), events)


def test_what_is_saved_comes_back_whole(store: EventStore) -> None:
    event = make_event(place=COMPUTED, origin=(RAQQA, MOSUL), fatalities=3, place_name="هناك")
    bare = make_event("e2", place=None, when=None, actor=None, target=None, marks=())
    keep(store, event, bare)
    assert store.event("e1") == event
    assert store.events_of("a") == (event, bare)
    assert store.article("a") == make_article()
    assert store.place(COMPUTED.id) == COMPUTED


def test_what_is_not_there_is_a_key_error(store: EventStore) -> None:
    for ask in (store.event, store.article, store.place):
        with pytest.raises(KeyError):
            ask("nothing")


def test_saving_the_same_twice_changes_nothing(store: EventStore) -> None:
    assert store.save(make_article(), [make_event()]) is True
    assert store.save(make_article(), [make_event()]) is False
    assert store.totals(Filters()).events == 1


def test_saving_again_replaces_the_events_of_that_article_only(store: EventStore) -> None:
    keep(store, make_event(), make_event("e2", origin=(MOSUL,)))
    keep(store, make_event("e3", "b"), article=make_article("b"))
    assert store.save(make_article(title="آخر"), [make_event("e4")]) is True
    assert [event.id for event in store.each(Filters())] == ["e3", "e4"]
    assert store.article("a").title == "آخر"


def test_the_mark_of_a_reading_is_kept_with_its_article(store: EventStore) -> None:
    store.save(make_article(), [make_event()], mark="rules 1")
    store.save(make_article("b"), [])
    assert store.marks(["a", "b", "c"]) == {"a": "rules 1"}
    assert store.save(make_article(), [make_event()], mark="rules 2") is False, "only the mark"
    assert store.marks(["a"]) == {"a": "rules 2"}
    assert [change.what for change in store.changes()] == ["saved", "saved"]
    assert store.save(make_article(), [make_event()]) is False
    assert store.marks(["a"]) == {"a": "rules 2"}, "the same events are those of that reading"
    assert store.save(make_article(), []) is True
    assert store.marks(["a"]) == {}, "nobody knows of what these were read"


def test_a_save_that_fails_leaves_everything_as_it_was(store: EventStore) -> None:
    keep(store, make_event())
    with pytest.raises(StoreError, match="event id e1 is that of an event of article a"):
        keep(store, make_event("e1", "b"), article=make_article("b"))
    with pytest.raises(StoreError, match="is of article b"):
        keep(store, make_event("e2", "b"))
    with pytest.raises(StoreError, match="two events have one id"):
        keep(store, make_event("e2"), make_event("e2"))
    assert [event.id for event in store.events_of("a")] == ["e1"]
    assert store.totals(Filters()).all_articles == 1


def test_totals_count_events_and_their_articles(store: EventStore) -> None:
    keep(store, make_event(), make_event("e2", type="clash"))
    keep(store, article=make_article("b"))
    totals = store.totals(Filters(types=("clash",)))
    counted = (totals.events, totals.articles, totals.all_events, totals.all_articles)
    assert counted == (1, 1, 2, 2)


def test_first_and_last_day_are_those_of_all_dated_events(store: EventStore) -> None:
    assert store.first_and_last_day() is None
    keep(store, make_event(when=days(date(2014, 1, 1), date(2019, 3, 23))), make_event("e2"))
    assert store.first_and_last_day() == (date(2014, 1, 1), date(2019, 3, 23))


def test_a_place_is_one_mark_with_its_types_and_best_precision(store: EventStore) -> None:
    keep(
        store,
        make_event("e1", geo_precision=2),
        make_event("e2", type="clash"),
        make_event("e3", geo_precision=3),
        make_event("e4", place=MAYADIN),
        make_event("e5", place=None),
    )
    first, second = store.by_place(Filters())
    assert (first.place, first.events, first.geo_precision) == ("sy-raqqa", 3, 1)
    assert first.types == (("capture", 2), ("clash", 1))
    assert (second.place, second.kind, second.name) == ("sy-mayadin", "city", "الميادين")


def test_months_are_counted_by_type_in_order_of_time(store: EventStore) -> None:
    keep(
        store,
        make_event("e1", when=days(date(2017, 10, 31), date(2017, 11, 2))),
        make_event("e2", when=days(date(2016, 1, 1))),
        make_event("e3", when=None),
        make_event("e4", type="clash"),
    )
    months = [(m.month, m.type, m.events) for m in store.by_month(Filters())]
    assert months == [("2016-01", "capture", 1), ("2017-10", "capture", 1), ("2017-10", "clash", 1)]


def test_an_article_without_a_day_counts_in_the_month_of_its_latest_event(
    store: EventStore,
) -> None:
    keep(store, article=make_article("b", source="ب", published=date(2017, 9, 1)))
    events = [make_event("e1"), make_event("e2", when=days(date(2014, 6, 10)))]
    keep(store, *events, article=make_article(published=None))
    assert store.articles_by_month(Filters()) == (("2017-09", 1), ("2017-10", 1))
    assert store.articles_by_month(Filters(sources=("ب",))) == (("2017-09", 1),)
    assert store.articles_by_month(Filters(since=date(2017, 9, 20))) == (
        ("2017-09", 1),
        ("2017-10", 1),
    )
    assert store.articles_by_month(Filters(until=date(2017, 9, 20))) == (("2017-09", 1),)


def test_each_origin_of_a_relocation_is_a_movement(store: EventStore) -> None:
    moved = {"type": "relocation", "place": MAYADIN}
    keep(
        store,
        make_event("e1", origin=(RAQQA, MOSUL), **moved),
        make_event("e2", origin=(RAQQA,), **moved),
        make_event("e3", origin=(RAQQA,), type="relocation", place=None),
    )
    first, second = store.movements(Filters())
    assert first == Movement(
        origin="sy-raqqa", origin_lat=35.95, origin_lon=39.01, place="sy-mayadin", lat=35.02,
        lon=40.45, events=2,
    )  # fmt: skip
    assert (second.origin, second.events) == ("iq-mosul", 1)


def test_pages_run_from_the_latest_to_the_first(store: EventStore) -> None:
    told = [make_event(f"e{n}", when=days(date(2017, 1, n))) for n in range(1, 8)]
    keep(store, *told, make_event("x", when=None), make_event("y", place=None))
    pages = [store.page(Filters(), number=n, size=3) for n in (1, 2, 3, 4)]
    ids = [[event.id for event in page] for page in pages]
    assert ids == [["e7", "e6", "e5"], ["e4", "e3", "e2"], ["e1"], []]
    assert store.page_size(Filters()) == 7
    with pytest.raises(ValueError, match="page 0"):
        store.page(Filters(), number=0)


def test_the_tray_holds_what_has_no_day_or_no_place(store: EventStore) -> None:
    keep(store, make_event(), make_event("e2", when=None), make_event("e3", place=None))
    assert [event.id for event in store.tray(Filters())] == ["e2", "e3"]
    assert [event.id for event in store.tray(Filters(), number=2, size=1)] == ["e3"]
    assert store.tray_size(Filters()) == 2


def test_every_change_is_logged_latest_first(store: EventStore) -> None:
    keep(store, make_event(), make_event("e2"))
    keep(store, make_event(), make_event("e2"))
    keep(store, make_event())
    keep(store, article=make_article("b"))
    logged = store.changes()
    assert [(change.article, change.what, change.events) for change in logged] == [
        ("b", "saved", 0), ("a", "replaced", 1), ("a", "saved", 2),
    ]  # fmt: skip
    assert all(datetime.fromisoformat(change.at).tzinfo == UTC for change in logged)
    assert store.changes(number=2, size=1) == (logged[1],)
    assert isinstance(logged[0], Change)


def test_articles_come_in_pages_latest_first(store: EventStore) -> None:
    keep(store, article=make_article("a", published=None))
    keep(store, article=make_article("b", published=date(2017, 1, 1)))
    keep(store, article=make_article("c", published=date(2018, 1, 1), source=None))
    assert [article.id for article in store.articles(size=2)] == ["c", "b"]
    assert [article.id for article in store.articles(number=2, size=2)] == ["a"]
    assert store.sources() == ("صدى",)


def test_a_place_that_the_gazetteer_moved_moves_its_old_events_too(store: EventStore) -> None:
    keep(store, make_event())
    moved = make_place(lat=36.0, within="elsewhere")
    keep(store, make_event("e2", "b", place=moved), article=make_article("b"))
    assert store.event("e1").place == moved
    assert store.by_place(Filters(box=(39.0, 35.99, 39.1, 36.01)))[0].events == 2
    assert store.totals(Filters(places=("elsewhere",))).events == 2


def test_each_runs_through_more_events_than_a_page_once(
    store: EventStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dashboard.store.sql.EACH_SIZE", 2)
    told = [make_event(f"e{n}", when=days(date(2017, 1, 9 - n // 2))) for n in range(9)]
    keep(store, *told, *(make_event(f"u{n}", when=None) for n in range(3)))
    ids = [event.id for event in store.each(Filters())]
    assert ids == ["e8", "e6", "e7", "e4", "e5", "e2", "e3", "e0", "e1", "u0", "u1", "u2"]


def test_a_store_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "events.db"
    open_store(str(path)).close()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE about SET value = '99' WHERE key = 'schema_version'")
    with pytest.raises(StoreError, match=r"events\.db: was written by a newer version \(schema 99"):
        open_store(str(path))


def test_what_is_no_store_is_refused_and_left_alone(tmp_path: Path) -> None:
    text = tmp_path / "notes.txt"
    text.write_text("these are notes, long enough to be no database header at all", "utf-8")
    other = tmp_path / "other.db"
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE things (id)")
    for path in (text, other, tmp_path, tmp_path / "no folder/events.db"):
        with pytest.raises(StoreError, match=path.name):
            open_store(str(path))
    assert text.read_text("utf-8").startswith("these are notes")
    with pytest.raises(StoreError, match="address cannot be used"):
        open_store("nothing://host/name")


def test_a_file_is_kept_in_wal_mode_and_found_again(tmp_path: Path) -> None:
    path = tmp_path / "أحداث 1.db"
    store = open_store(str(path), parents=parents)
    keep(store, make_event())
    store.close()
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert open_store(str(path), parents=parents).event("e1") == make_event()


WRITER = """
import sys
from tests.dashboard.store_samples import make_article, make_event, parents
from dashboard.store import open_store
store = open_store(sys.argv[1], parents=parents)
for n in range(int(sys.argv[3]), int(sys.argv[4])):
    name = f"{sys.argv[2]}{n}"
    store.save(make_article(name), [make_event("e" + name, name)])
    if n == 0:
        print("writing", flush=True)
"""


def start_writer(where: str, name: str, number: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WRITER, where, name, "0", str(number)]
    root = Path(__file__).parents[2]
    return subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own program


def test_a_reader_works_beside_a_writer_in_another_process(where: str) -> None:
    store = open_store(where, parents=parents)
    with start_writer(where, "w", 150) as writer:
        assert writer.stdout
        assert writer.stdout.readline() == "writing\n"
        seen = [store.totals(Filters()).all_events]
        while writer.poll() is None:
            totals = store.totals(Filters())
            assert totals.all_events == totals.all_articles, "half an article was seen"
            seen.append(totals.all_events)
    assert writer.returncode == 0
    assert seen == sorted(seen)
    assert store.totals(Filters()).all_events == 150


def test_two_writers_wait_for_each_other(where: str) -> None:
    with start_writer(where, "v", 40) as one, start_writer(where, "w", 40) as two:
        one.communicate()
        two.communicate()
    assert (one.returncode, two.returncode) == (0, 0)
    store = open_store(where)
    assert store.totals(Filters()).all_events == 80
    assert upkeep.check(store) == ()
