"""Let writers and readers work on one store at once, and tell how long the readers waited.

Run as `python -m tests.dashboard.store_traffic --seconds 10 [--store ADDRESS]`. Each reader asks in
turn for what the page asks, first alone, then beside the writers. An error in any process, or a
count that no moment of the store had, gives exit code 1. The times are told, not judged.
"""

import argparse
import statistics
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from multiprocessing import get_context
from pathlib import Path

from dashboard.store import Filters, open_store, upkeep
from tests.dashboard.store_samples import make_article, make_event, parents

EVENTS = 3
MONTH = Filters(since=date(2017, 10, 1), until=date(2017, 10, 31))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=4.0)
    parser.add_argument("--writers", type=int, default=2)
    parser.add_argument("--readers", type=int, default=4)
    parser.add_argument("--store", help="an address; default: a file in a temporary folder")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        where = options.store or str(Path(folder) / "events.db")
        store = open_store(where, parents=parents)
        for n in range(200):
            save(store, f"first{n}")
        workers = options.writers + options.readers
        with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
            for writers in (0, options.writers):
                seconds = (
                    options.seconds
                )  # of each from its own start: a busy machine starts slowly
                writing = [pool.submit(write, where, f"w{n}", seconds) for n in range(writers)]
                reading = [pool.submit(read, where, seconds) for _ in range(options.readers)]
                saved = sum(future.result() for future in writing)
                waits = [wait for future in reading for wait in future.result()]
                print(
                    f"{options.readers} readers, {writers} writers: {len(waits)} questions, "
                    f"median {statistics.median(waits) * 1000:.1f} ms, "
                    f"99 % {statistics.quantiles(waits, n=100)[98] * 1000:.1f} ms, "
                    f"longest {max(waits) * 1000:.1f} ms; {saved} articles saved"
                )
        problems = upkeep.check(store)
        store.close()
    print(*problems, sep="\n", file=sys.stderr)
    return bool(problems)


def save(store: object, name: str) -> None:
    told = [make_event(f"{name}-{k}", name) for k in range(EVENTS)]
    store.save(make_article(name), told)


def write(where: str, name: str, seconds: float) -> int:
    store = open_store(where, parents=parents)
    number, until = 0, time.time() + seconds
    while time.time() < until:
        save(store, f"{name}-{number}")
        number += 1
    return number


def read(where: str, seconds: float) -> list[float]:
    store = open_store(where, parents=parents)
    questions = (store.totals, store.by_place, store.by_month, store.page)
    for ask in questions:  # the first time a query is compiled, which is no waiting
        for filters in (Filters(), MONTH):
            ask(filters)
    waits: list[float] = []
    until = time.time() + seconds
    while not waits or time.time() < until:
        for ask in questions:
            for filters in (Filters(), MONTH):
                start = time.perf_counter()
                answer = ask(filters)
                waits.append(time.perf_counter() - start)
                if ask == store.totals and answer.events != EVENTS * answer.articles:
                    raise AssertionError(f"half an article was seen: {answer}")
    return waits


if __name__ == "__main__":
    sys.exit(main())
