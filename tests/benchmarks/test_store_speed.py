"""How fast the store answers; run with `pytest tests/benchmarks --benchmark-only`.

MAAQIL_BENCHMARK_EVENTS sets how many events are kept (100,000 unless said otherwise).
MAAQIL_BENCHMARK_STORE names an empty database to keep them in instead of a file.
"""

import os
from datetime import date
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from dashboard.store import Filters, open_store
from dashboard.store.sql import SqlStore
from dashboard.strongholds import holdings
from tests.benchmarks.made_up_events import busiest, load
from tests.dashboard.store_samples import make_article, make_event

EVENTS = int(os.environ.get("MAAQIL_BENCHMARK_EVENTS", "100000"))
AN_ARTICLE = 10
ROUNDS = 9
ASKED = (
    "open",
    "month",
    "type",
    "place",
    "governorate",
    "span",
    "type_and_span",
    "actor",
    "confidence",
)
PARTS_OF_THE_PAGE = (
    "totals",
    "by_place",
    "by_month",
    "articles_by_month",
    "movements",
    "page_size",
    "page",
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> SqlStore:
    file: Path = tmp_path_factory.mktemp("store") / "events.db"
    opened = open_store(os.environ.get("MAAQIL_BENCHMARK_STORE", str(file)))
    load(opened, EVENTS)
    return opened


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
        "confidence": Filters(confidence=0.5),
    }


@pytest.mark.parametrize("asked", ASKED)
@pytest.mark.parametrize("part", PARTS_OF_THE_PAGE)
def test_a_part_of_the_page(
    store: SqlStore, filters: dict[str, Filters], part: str, asked: str, benchmark: BenchmarkFixture
) -> None:
    ask = getattr(store, part)
    benchmark.pedantic(ask, args=(filters[asked],), rounds=ROUNDS, warmup_rounds=1)


def test_a_search(store: SqlStore, benchmark: BenchmarkFixture) -> None:
    found = benchmark.pedantic(store.totals, args=(Filters(text="المستحيل"),), rounds=3)
    assert found.events == 0


def test_the_days(store: SqlStore, benchmark: BenchmarkFixture) -> None:
    assert benchmark.pedantic(store.first_and_last_day, rounds=3)


def test_a_status_of_every_place(store: SqlStore, benchmark: BenchmarkFixture) -> None:
    def ask() -> object:
        return holdings(store, on=date(2017, 10, 31))

    assert benchmark.pedantic(ask, rounds=1)


def test_saving_an_article(tmp_path: Path, benchmark: BenchmarkFixture) -> None:
    opened = open_store(str(tmp_path / "events.db"), parents=lambda _: [])
    numbers = iter(range(10_000))

    def save() -> bool:
        name = f"s{next(numbers)}"
        own = [make_event(f"{name}-{k}", name) for k in range(AN_ARTICLE)]
        return opened.save(make_article(name), own)

    assert benchmark.pedantic(save, rounds=200)
