"""How fast the store answers; run with `pytest tests/benchmarks --benchmark-only`.

MAAQIL_BENCHMARK_EVENTS sets how many events are kept (100,000 unless said otherwise).
"""

import os
import random
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from dashboard.model import Modality
from dashboard.store import EventStore, Filters, open_store
from dashboard.store.columns import articles, events, evidence, places
from dashboard.store.rows import article_row, event_row, evidence_row, place_row
from dashboard.strongholds import holdings
from tests.dashboard.store_samples import days, make_article, make_event, make_place

EVENTS = int(os.environ.get("MAAQIL_BENCHMARK_EVENTS", "100000"))
AN_ARTICLE = 10
PLACES = [
    make_place(f"p{n}", lat=31 + n % 60 / 10, lon=36 + n / 160, within=f"g{n % 33}")
    for n in range(2000)
]
TYPES = ("capture", "presence", "clash", "air_strike", "relocation", "offensive", "arrest", "raid")
MONTH = Filters(since=date(2017, 10, 1), until=date(2017, 10, 31))
ONE_TYPE = Filters(types=("capture",), confidence=0.5)
OPEN = Filters()
Row = dict[str, object]


def rows_of(number: int, draw: random.Random) -> Iterator[tuple[Row, list[tuple[Row, Row]]]]:
    """Make articles with their events, as rows of the tables."""
    first_day = date(2014, 1, 1)
    for n in range(number // AN_ARTICLE):
        article = make_article(f"a{n}")
        told = []
        for k in range(AN_ARTICLE):
            day = first_day + timedelta(days=draw.randrange(3650))
            length = 400 if draw.random() < 0.02 else draw.choice((0, 0, 0, 1, 6, 29))
            event = make_event(
                f"a{n}-{k}",
                article.id,
                type=draw.choice(TYPES),
                place=PLACES[min(int(draw.expovariate(1 / 200)), len(PLACES) - 1)],
                when=days(day, day + timedelta(days=length)),
                confidence=draw.random(),
                modality=draw.choice((Modality.REPORTED, Modality.REPORTED, Modality.ONGOING)),
                geo_precision=draw.randint(1, 3),
            )
            told.append((event_row(event, k), evidence_row(event, article)))
        yield article_row(article, ()), told


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> EventStore:
    path: Path = tmp_path_factory.mktemp("store") / "events.db"
    opened = open_store(str(path), parents=lambda _: [])
    draw = random.Random(1)  # noqa: S311 - events made up, the same each time
    # Straight into the tables: a benchmark of a million events should not wait for its own making.
    with opened._engine.execution_options(writes=True).begin() as connection:
        connection.execute(places.insert(), [place_row(place) for place in PLACES])
        made = rows_of(EVENTS, draw)
        while batch := list(islice(made, 1000)):
            connection.execute(articles.insert(), [article for article, _ in batch])
            pairs = [pair for _, told in batch for pair in told]
            connection.execute(events.insert(), [event for event, _ in pairs])
            connection.execute(evidence.insert(), [rest for _, rest in pairs])
        connection.exec_driver_sql("ANALYZE")
    return opened


@pytest.mark.parametrize("filters", [OPEN, MONTH, ONE_TYPE], ids=["open", "month", "type"])
@pytest.mark.parametrize("ask", ["totals", "by_place", "by_month", "page", "page_size"])
def test_an_aggregate(
    store: EventStore, ask: str, filters: Filters, benchmark: BenchmarkFixture
) -> None:
    assert benchmark.pedantic(getattr(store, ask), args=(filters,), rounds=3)


def test_a_search(store: EventStore, benchmark: BenchmarkFixture) -> None:
    found = benchmark.pedantic(store.totals, args=(Filters(text="المستحيل"),), rounds=3)
    assert found.events == 0


def test_the_days(store: EventStore, benchmark: BenchmarkFixture) -> None:
    assert benchmark.pedantic(store.first_and_last_day, rounds=3)


def test_a_status_of_every_place(store: EventStore, benchmark: BenchmarkFixture) -> None:
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
