"""Kill an ingest at random, any number of times, and look for what was lost or left half.

Run as `python -m tests.dashboard.kill_ingest --times 1000 [--store ADDRESS]`. A process saves
articles, new ones and changed ones, and acknowledges each once `save` has returned; it is killed
(SIGKILL) in the midst of that. Then every acknowledged article must be there in its last version or
in the next one, which was under way, each article must have the events of one version, and the
store must be sound. Exit code 1: something was lost.
"""

import argparse
import os
import random
import signal
import sys
import tempfile
import time
from pathlib import Path

from dashboard.model import Event
from dashboard.store import Filters, open_store, upkeep
from tests.dashboard.store_samples import PLACES, make_article, make_event, parents

ARTICLES = 40
LONGEST_SECONDS = 0.08


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=50)
    parser.add_argument("--store", help="an address; default: a file in a temporary folder")
    parser.add_argument("--seed", type=int, default=int(time.time()))
    options = parser.parse_args()
    draw = random.Random(options.seed)  # noqa: S311 - when to kill
    acknowledged: dict[str, int] = {}
    saves = 0
    with tempfile.TemporaryDirectory() as folder:
        where = options.store or str(Path(folder) / "events.db")
        open_store(where, parents=parents).close()
        for number in range(options.times):
            before = dict(acknowledged)
            told = kill_one(where, acknowledged, draw)
            saves += len(told)
            acknowledged.update(told)
            if problems := lost(where, acknowledged):
                print(f"seed {options.seed}, kill {number}: {problems}", file=sys.stderr)
                return 1
            if len(told) == 0 and before:
                print(f"kill {number} came before a save", file=sys.stderr)
    print(f"{options.times} kills, {saves} acknowledged saves, nothing lost, nothing half")
    return 0


def kill_one(where: str, known: dict[str, int], draw: random.Random) -> list[tuple[str, int]]:
    """Start an ingest, kill it, and give what it acknowledged."""
    reading, writing = os.pipe()
    start = draw.randrange(ARTICLES)
    child = os.fork()
    if not child:
        os.close(reading)
        try:
            ingest(where, dict(known), start, writing)
        finally:
            os._exit(2)  # an ingest never ends by itself
    os.close(writing)
    with os.fdopen(reading, "rb") as acknowledgements:
        first = acknowledgements.readline()  # it is at work
        time.sleep(draw.random() * LONGEST_SECONDS)
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        rest = acknowledgements.read()
    if not os.WIFSIGNALED(status):
        raise RuntimeError("the ingest ended before it was killed")
    lines = (first + rest).decode().splitlines()
    return [(name, int(version)) for name, version in (line.split() for line in lines)]


def ingest(where: str, known: dict[str, int], start: int, acknowledge: int) -> None:
    store = open_store(where, parents=parents)
    for n in range(start, sys.maxsize):
        name = f"a{n % ARTICLES}"
        version = known.get(name, 0) + 1
        # What a killed ingest had under way can be there already: then this changes nothing.
        store.save(make_article(name, title=f"v{version}"), events_of(name, version))
        known[name] = version
        os.write(acknowledge, f"{name} {version}\n".encode())


def events_of(name: str, version: int) -> list[Event]:
    place = PLACES[version % len(PLACES)]
    number = 1 + (version + len(name)) % 5
    return [make_event(f"{name}-{version}-{k}", name, place=place) for k in range(number)]


def lost(where: str, acknowledged: dict[str, int]) -> list[str]:
    """Say what is not as it was acknowledged."""
    store = open_store(where, parents=parents)
    problems = list(upkeep.check(store))
    for name, version in acknowledged.items():
        kept = int(str(store.article(name).title)[1:])
        if kept not in (version, version + 1):
            problems.append(f"{name} is of version {kept}, acknowledged was {version}")
    for article in store.articles(size=10 * ARTICLES):
        version = int(str(article.title)[1:])
        if store.events_of(article.id) != tuple(events_of(article.id, version)):
            problems.append(f"{article.id} has events of another version")
    every = sum(len(store.events_of(article.id)) for article in store.articles(size=10 * ARTICLES))
    if store.totals(Filters()).all_events != every:
        problems.append("there are events of no article")
    store.close()
    return problems


if __name__ == "__main__":
    sys.exit(main())
