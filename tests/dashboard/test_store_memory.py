"""What is counted in memory follows every save, whichever blocks the events came to lie in."""

from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.model import Event
from dashboard.store import Filters, open_store, packing, scanning, searching, upkeep
from dashboard.store.sql import SqlStore
from tests.dashboard.store_samples import TEXT, any_event, make_article, make_event, parents
from tests.dashboard.test_store_filters import FILTERS_OF_ANY_KIND, hold, passes

NAMES = ("a", "b", "c")
A_SAVE = st.sampled_from(NAMES).flatmap(
    lambda name: st.tuples(
        st.just(name), st.integers(0, 4).flatmap(
            lambda count: st.tuples(*(any_event(number, name) for number in range(count)))
        )
    )
)  # fmt: skip


@pytest.fixture
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (packing, scanning, searching):
        for name, value in (("BLOCK", 4), ("A_PART", 8), ("A_PIECE", 2)):
            if hasattr(module, name):
                monkeypatch.setattr(module, name, value)


@pytest.mark.usefixtures("small_blocks")
@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(
    st.lists(st.tuples(A_SAVE, st.booleans()), max_size=9), st.integers(0, 9), FILTERS_OF_ANY_KIND
)
def test_memory_follows_saves_into_any_blocks(
    saves: list[tuple[tuple[str, tuple[Event, ...]], bool]], rebuilt_after: int, filters: Filters
) -> None:
    kept: dict[str, tuple[Event, ...]] = {}
    with closing(open_store(":memory:", parents=parents)) as store:
        for number, ((name, told), asked) in enumerate(saves):
            if kept.get(name) != told:
                kept.pop(name, None)
                kept[name] = told  # saved anew, it comes last in the order of saving
            store.save(make_article(name), told)
            if number == rebuilt_after:
                upkeep.rebuild(store)
            if asked or number == len(saves) - 1:
                left = [
                    event
                    for article, events in kept.items()
                    for event in events
                    if passes(event, make_article(article), filters)
                ]
                hold(store, left, filters)
        assert upkeep.check(store) == ()


@pytest.mark.usefixtures("small_blocks")
def test_a_second_process_sees_what_the_first_saves_and_replaces(where: str) -> None:
    with (
        closing(open_store(where, parents=parents)) as writer,
        closing(open_store(where, parents=parents)) as reader,
    ):
        for number in range(20):
            name = f"n{number}"
            writer.save(make_article(name), [make_event(f"{name}-{k}", name) for k in range(3)])
            assert reader.totals(Filters()).events == 3 * (number + 1)
        for number in range(0, 20, 2):
            writer.save(make_article(f"n{number}", title="آخر"), [])
        assert reader.totals(Filters()).events == 30
        assert reader.totals(Filters(text="المدينة الرقة")).events == 0
        assert reader.totals(Filters(text="مدينة الرقة")).events == 30
        upkeep.rebuild(writer)
        assert reader.totals(Filters(actors=("SDF",))).articles == 10
        assert len(reader.page(Filters(), number=3, size=7)) == 7


@pytest.mark.usefixtures("small_blocks")
def test_a_very_long_word_is_found_by_any_part_of_it(where: str) -> None:
    word = "".join(chr(ord("ب") + n % 7) for n in range(1000))
    own = [make_event(f"e{n}", quote=word if n == 2 else TEXT[:28]) for n in range(9)]
    with closing(open_store(where, parents=parents)) as store:
        store.save(make_article(), own)
        for length in (5, 150, 151, 400, 1000):
            for start in (0, 77, 149, 150, 600, 1000 - length):
                term = word[start : start + length]
                assert store.totals(Filters(text=term)).events == 1, (start, length)
        assert store.totals(Filters(text=word + "ب")).events == 0


@pytest.mark.usefixtures("small_blocks")
def test_a_block_that_is_wrong_is_found_and_made_anew(where: str) -> None:
    with closing(open_store(where, parents=parents)) as store:
        store.save(make_article(), [make_event(f"e{n}") for n in range(9)])
        store.save(make_article(title="آخر"), [make_event(f"e{n}") for n in range(5)])
        assert upkeep.check(store) == ()
        with store.write() as connection:
            connection.exec_driver_sql("DELETE FROM blocks WHERE block = 2")
        (problem,) = upkeep.check(store)
        assert "blocks differ from the events in" in problem
        upkeep.rebuild(store)
        assert upkeep.check(store) == ()
        assert store.totals(Filters()).events == 5


@pytest.mark.usefixtures("small_blocks")
def test_a_vacuum_leaves_out_of_the_blocks_what_was_replaced(where: str) -> None:
    with closing(open_store(where, parents=parents)) as store:
        for title in ("1", "2", "3"):
            store.save(make_article(title=title), [make_event(f"e{n}") for n in range(9)])
        upkeep.vacuum(store)
        with store.read() as connection:
            assert connection.exec_driver_sql("SELECT count(*) FROM removed").scalar() == 0
        assert store.totals(Filters()).events == 9
        assert upkeep.check(store) == ()


def test_a_number_is_never_given_twice(where: str) -> None:
    with closing(open_store(where, parents=parents)) as store:
        given: set[int] = set()
        for number in range(4):
            store.save(make_article(title=str(number)), [make_event(), make_event("e2")])
            with store.read() as connection:
                now = set(connection.exec_driver_sql("SELECT number FROM events").scalars())
            assert not now & given
            given |= now


def test_a_deep_page_is_that_of_plain_sorting(tmp_path: Path) -> None:
    store = open_store(str(tmp_path / "events.db"), parents=parents)
    own = [
        make_event(f"e{n:03}", when=make_event().when if n % 3 else None, place=make_event().place)
        for n in range(300)
    ]
    store.save(make_article(), own)
    whole = [event.id for event in own if event.when]
    for number in (1, 2, 9, 28, 29, 30):
        told = [event.id for event in store.page(Filters(), number=number, size=7)]
        assert told == whole[(number - 1) * 7 : number * 7]


def ask_everything(store: SqlStore, filters: Filters) -> tuple[object, ...]:
    return (
        store.totals(filters),
        store.by_place(filters),
        store.by_month(filters),
        store.movements(filters),
        store.page(filters),
        store.tray(filters),
        store.tray_size(filters),
    )


def test_both_back_ends_give_the_same_answers(tmp_path: Path, postgres: Callable[[], str]) -> None:
    stores = [open_store(where, parents=parents) for where in (str(tmp_path / "e.db"), postgres())]
    for store in stores:
        for name in NAMES:
            own = [
                make_event(f"{name}{k}", name, type="relocation", origin=(make_event().place,))
                for k in range(5)
            ]
            store.save(make_article(name), own)
    for filters in (Filters(), Filters(text="الرقة"), Filters(since=date(2017, 10, 17))):
        one, other = (ask_everything(store, filters) for store in stores)
        assert one == other
    for store in stores:
        store.close()
