"""How fast the store answers, beside DuckDB in the same run.

MAAQIL_BENCHMARK_EVENTS sets how many events are kept (100,000 unless said otherwise).
MAAQIL_BENCHMARK_STORE names an empty store to keep them in instead of a file, or one that this
program has filled before: ten million take some ten minutes to make.
"""

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from dashboard.store import Filters, open_store
from dashboard.store.sql import SqlStore
from dashboard.strongholds import holdings
from tests.benchmarks import duck
from tests.benchmarks.made_up_events import busiest, load, rare_word
from tests.dashboard.store_samples import make_article, make_event

EVENTS = int(os.environ.get("MAAQIL_BENCHMARK_EVENTS", "100000"))
AN_ARTICLE = 10
ROUNDS = 7
DEEP = 2000  # the page's number, where there are so many
ASKED = (
    "open",
    "month",
    "type",
    "place",
    "governorate",
    "span",
    "type_and_span",
    "actor",
    "actor_and_span",
    "source",
    "precision",
    "confidence",
    "word",
    "rare_word",
)
PARTS_OF_THE_PAGE = (
    "totals",
    "by_place",
    "by_month",
    "movements",
    "page_size",
    "page",
    "deep_page",
    "tray_size",
)
SIDES = ("store", "duckdb")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    file: Path = tmp_path_factory.mktemp("store") / "events.db"
    return os.environ.get("MAAQIL_BENCHMARK_STORE", str(file))


@pytest.fixture(scope="module")
def store(address: str) -> Iterator[SqlStore]:
    opened = open_store(address)
    if not opened.totals(Filters()).all_events:
        load(opened, EVENTS)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def beside(
    store: SqlStore, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[duckdb.DuckDBPyConnection]:
    connection = duck.fill(store, tmp_path_factory.mktemp("duck") / "events.duckdb")
    yield connection
    connection.close()


@pytest.fixture(scope="module")
def filters(store: SqlStore) -> dict[str, Filters]:
    """Give the filters asked for; the busiest type, place and governorate are the slowest."""
    kind, place, governorate = busiest(store)
    span = {"since": date(2014, 6, 10), "until": date(2017, 10, 17)}
    return {
        "open": Filters(),
        "month": Filters(since=date(2017, 10, 1), until=date(2017, 10, 31)),
        "type": Filters(types=(kind,)),
        "place": Filters(places=(place,)),
        "governorate": Filters(places=(governorate,)),
        "span": Filters(**span),
        "type_and_span": Filters(types=(kind,), **span),
        "actor": Filters(actors=("SDF",)),
        "actor_and_span": Filters(actors=("SDF",), **span),
        "source": Filters(sources=("source 1", "source 2")),
        "precision": Filters(precision=1),
        "confidence": Filters(confidence=0.5),
        "word": Filters(text="الرقة"),
        "rare_word": Filters(text=rare_word()),
    }


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("asked", ASKED)
@pytest.mark.parametrize("part", PARTS_OF_THE_PAGE)
def test_a_part_of_the_page(
    store: SqlStore,
    beside: duckdb.DuckDBPyConnection,
    filters: dict[str, Filters],
    part: str,
    asked: str,
    side: str,
    benchmark: BenchmarkFixture,
) -> None:
    benchmark.group = f"{part} {asked}"
    chosen = filters[asked]
    number = max(1, min(DEEP, store.page_size(chosen) // 50)) if part == "deep_page" else 1
    question = part.removeprefix("deep_")
    if side == "duckdb":
        args = (beside, question, chosen, (number - 1) * 50)
        benchmark.pedantic(duck.ask, args=args, rounds=ROUNDS, warmup_rounds=1)
    else:
        more = {"number": number} if question == "page" else {}
        ask = getattr(store, question)
        benchmark.pedantic(ask, args=(chosen,), kwargs=more, rounds=ROUNDS, warmup_rounds=1)


@pytest.mark.parametrize("part", ["totals", "by_place", "by_month"])
def test_both_sides_count_the_same(
    store: SqlStore,
    beside: duckdb.DuckDBPyConnection,
    filters: dict[str, Filters],
    part: str,
    benchmark: BenchmarkFixture,
) -> None:
    def compare() -> None:
        for chosen in filters.values():
            ours, theirs = getattr(store, part)(chosen), duck.ask(beside, part, chosen)
            if part == "totals":
                assert theirs == [(ours.events, ours.articles)]
            else:
                assert sum(row.events for row in ours) == sum(row[2] for row in theirs)

    benchmark.pedantic(compare, rounds=1)


@pytest.mark.usefixtures("store")
def test_the_first_question_of_a_process(address: str, benchmark: BenchmarkFixture) -> None:
    def ask() -> object:
        return open_store(address).by_place(Filters(actors=("SDF",)))

    assert benchmark.pedantic(ask, rounds=3)


def test_articles_by_month(store: SqlStore, benchmark: BenchmarkFixture) -> None:
    assert benchmark.pedantic(store.articles_by_month, args=(Filters(),), rounds=ROUNDS)


def test_the_days(store: SqlStore, benchmark: BenchmarkFixture) -> None:
    assert benchmark.pedantic(store.first_and_last_day, rounds=ROUNDS)


@pytest.mark.parametrize("on", [date(2014, 9, 1), date(2017, 10, 31), date(2025, 1, 1)])
def test_a_status_of_every_place(store: SqlStore, on: date, benchmark: BenchmarkFixture) -> None:
    def ask() -> object:
        return holdings(store, on=on)

    assert benchmark.pedantic(ask, rounds=3, warmup_rounds=1)


def test_saving_an_article(tmp_path: Path, benchmark: BenchmarkFixture) -> None:
    opened = open_store(str(tmp_path / "events.db"), parents=lambda _: [])
    numbers = iter(range(10_000))

    def save() -> bool:
        name = f"s{next(numbers)}"
        own = [make_event(f"{name}-{k}", name) for k in range(AN_ARTICLE)]
        return opened.save(make_article(name), own)

    assert benchmark.pedantic(save, rounds=200)
