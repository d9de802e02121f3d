"""How much faster two processes read articles of some 4 kB than one, in the same run.

Told twice: by the clock, which is judged where nothing else runs on this machine, and by the time
of cores that each process took. From the latter follows how long two free cores would need: as long
as the busier worker, and at least half of what the workers and the process that asks them take.
"""

import os
from contextlib import closing
from multiprocessing import active_children
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import pytest

from dashboard.extraction.article_files import RawArticle, find_raw
from dashboard.workers import Engine, here, pool, read_in_order
from tests.benchmarks.test_extraction_speed import make_articles

psutil = pytest.importorskip("psutil", reason="psutil comes with Dask")
TIMES_FASTER = 1.8
COPIES = 8
ROUNDS = 3
FREE = 0.5
"""The load of a machine on which nothing else runs, before the reading itself adds to it."""


def make_files(folder: Path) -> tuple[RawArticle, ...]:
    for copy in range(COPIES):
        for article in make_articles():
            (folder / f"{copy}-{article.id}.txt").write_text(article.text, encoding="utf-8")
    return tuple(find_raw(folder, problem=print))


def read(engine: Engine, raws: tuple[RawArticle, ...]) -> int:
    return sum(len(found.events) for _, found in read_in_order(engine, raws, note=pytest.fail))


def workers_time() -> list[float]:
    """Give the seconds of a core that each worker has taken."""
    times = (psutil.Process(worker.pid).cpu_times() for worker in active_children())
    return [taken.user + taken.system for taken in times]


@pytest.mark.skipif((os.cpu_count() or 1) < 2, reason="there is one core here")
def test_two_workers_read_four_fifths_faster_than_one_process(
    benchmark: Any, tmp_path: Path
) -> None:
    free = os.getloadavg()[0] <= FREE
    raws = make_files(tmp_path)
    alone: list[float] = []
    of_cores: list[float] = []
    with closing(here()) as one, closing(pool(2)) as both:
        read(both, raws[:64])  # both have started and loaded the rules
        expected = read(one, raws[:64]) and read(one, raws)

        def time_alone() -> None:  # before each round, so that what else runs is shared fairly
            clock, taken = perf_counter(), process_time()
            read(one, raws)
            alone.append(perf_counter() - clock)
            of_cores.append(process_time() - taken)

        ideal: list[float] = []

        def read_in_both() -> int:
            before, asking = workers_time(), process_time()
            found = read(both, raws)
            asking = process_time() - asking
            taken = [after - b for after, b in zip(workers_time(), before, strict=True)]
            ideal.append(max(*taken, (sum(taken) + asking) / 2))
            return found

        found = benchmark.pedantic(read_in_both, setup=time_alone, rounds=ROUNDS)
    assert found == expected
    by_clock = min(alone) / benchmark.stats["min"]
    by_cores = min(of_cores) / min(ideal)
    benchmark.extra_info["times_one_process_by_the_clock"] = round(by_clock, 2)
    benchmark.extra_info["times_one_process_by_time_of_cores"] = round(by_cores, 2)
    benchmark.extra_info["nothing_else_ran"] = free
    benchmark.extra_info["articles_per_second"] = round(len(raws) / benchmark.stats["min"])
    assert by_cores >= TIMES_FASTER
    assert by_clock >= TIMES_FASTER or not free
