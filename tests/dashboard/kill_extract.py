"""Kill `maaqil extract --workers` at random, any number of times, and look at what it left.

Run as `python -m tests.dashboard.kill_extract --times 20 [--store ADDRESS] [--workers 2]`. A run
reads articles into a store and is killed (SIGKILL) in the midst of that; the next one goes on,
until all are read, then it begins anew. After each kill the store must be sound, every article in
it as an undisturbed run leaves it, none lost that was there; no run may read what stood in the
store when it began, and no worker may outlive its run. Exit code 1: something was wrong.
"""

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import closing, nullcontext
from dataclasses import replace
from pathlib import Path

from dashboard import reading
from dashboard.model import Article, Event
from dashboard.sample import sample_folder
from dashboard.store import open_store, upkeep
from dashboard.store.sql import SqlStore
from dashboard.workers import here, pool
from gazetteer.place import Place
from tests.dashboard import counted_reads

LONGEST_SECONDS = 1.5
GONE_SECONDS = 10
ALL = 1_000_000
Whole = tuple[Article, tuple[Event, ...], str]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--store", help="an address, emptied; default: a file of its own")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    options = parser.parse_args()
    draw = random.Random(options.seed)  # noqa: S311 - when to kill
    kills = resumed = whole = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        articles = make_articles(folder / "articles.jsonl", options.articles)
        undisturbed = read_undisturbed(articles, str(folder / "undisturbed.db"))
        where = options.store or str(folder / "events.db")
        reads = folder / "reads"
        while kills < options.times:
            before = kept(where)
            reads.write_text("")  # a run that finds all stored reads nothing
            ended = run_and_kill(where, articles, reads, options.workers, len(before), draw)
            after = kept(where)
            read = [line.split() for line in reads.read_text().splitlines()]
            problems = wrong(where, before, after, undisturbed, {name for _, name in read})
            problems += outlived({int(process) for process, _ in read})
            if ended:
                whole += 1
                if after != undisturbed:
                    problems.append("the run that ended left another store than an undisturbed one")
                empty(where)
            else:
                kills += 1
                resumed += bool(before)
            if problems:
                print(f"seed {options.seed}, kill {kills}:", *problems, sep="\n", file=sys.stderr)
                return 1
        while kept(where) != undisturbed:  # what the last kill left is read to its end
            before = kept(where)
            if not run_and_kill(where, articles, reads, options.workers, ALL, draw):
                return 1
            whole += 1
            if kept(where) == before:
                print("the last run left another store than an undisturbed one", file=sys.stderr)
                return 1
    print(
        f"{kills} kills, {resumed} of runs that went on, {whole} runs to the end: nothing lost, "
        "nothing half, nothing read twice, every store as an undisturbed run leaves it"
    )
    return 0


def make_articles(path: Path, number: int) -> Path:
    """Write dispatches of the sample over and over, each with an id of its own."""
    texts = [file.read_text("utf-8") for file in sorted(sample_folder().glob("*.txt"))]
    with path.open("w", encoding="utf-8") as out:
        for n in range(number):
            row = {"id": f"{n:05}", "text": texts[n % len(texts)], "published": "2017-09-20"}
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
    return path


def read_undisturbed(articles: Path, where: str) -> dict[str, Whole]:
    silent = nullcontext(lambda **_: None)
    reading.read_events(
        (articles,), store=where, problem=print, progress=lambda _: silent, engine=here()
    )
    return kept(where)


def run_and_kill(
    where: str, articles: Path, reads: Path, workers: int, stored: int, draw: random.Random
) -> bool:
    """Start a run, kill it once it has stored more than before; True: it ended by itself."""
    command = [sys.executable, "-c", RUN, where, str(articles), str(workers)]
    environment = {**os.environ, counted_reads.READS: str(reads)}
    with closing(open_store(where)) as store:
        run = subprocess.Popen(command, env=environment)  # noqa: S603 - our own program
        while run.poll() is None and count(store) <= stored:
            time.sleep(0.02)
        until = time.monotonic() + draw.random() * LONGEST_SECONDS
        while run.poll() is None and time.monotonic() < until:
            time.sleep(0.005)
        if run.poll() is None:
            run.send_signal(signal.SIGKILL)
    if run.wait() not in (0, -signal.SIGKILL):
        raise RuntimeError(f"the run ended with {run.returncode}")
    return run.returncode == 0


RUN = "import sys; from tests.dashboard.kill_extract import run; run(*sys.argv[1:])"


def run(where: str, articles: str, workers: str) -> None:
    silent = nullcontext(lambda **_: None)
    with closing(pool(int(workers), read=counted_reads.counting)) as engine:
        reading.read_events(
            (Path(articles),),
            store=where,
            problem=lambda path, why: sys.exit(f"{path}: {why}"),
            progress=lambda _: silent,
            engine=engine,
        )


def count(store: SqlStore) -> int:
    return upkeep.stats(store).articles


def kept(where: str) -> dict[str, Whole]:
    """Give the articles of a store with their events and marks."""
    with closing(open_store(where)) as store:
        articles = store.articles(size=ALL)
        marks = store.marks([article.id for article in articles])
        return {a.id: (a, store.events_of(a.id), marks[a.id]) for a in articles}


def wrong(
    where: str,
    before: dict[str, Whole],
    after: dict[str, Whole],
    undisturbed: dict[str, Whole],
    read: set[str],
) -> list[str]:
    """Say what is not as it must be after a run."""
    with closing(open_store(where)) as store:
        problems = list(upkeep.check(store))
    problems += [f"{name} was lost" for name in before.keys() - after.keys()]
    problems += [
        f"{name} is not as an undisturbed run leaves it"
        for name, whole in after.items()
        if as_told(whole) != as_told(undisturbed[name])
    ]
    problems += [f"{name} was read though it was stored" for name in before.keys() & read]
    problems += [
        f"{name} was stored, and nobody read it" for name in after.keys() - before.keys() - read
    ]
    return problems


def as_told(whole: Whole) -> Whole:
    """Leave out how a computed place is called: so as the last article of it writes that."""
    article, events, mark = whole
    plain = (replace(event, place=bare(event.place)) for event in events)
    return article, tuple(plain), mark


def bare(place: Place | None) -> Place | None:
    return replace(place, name="") if place and place.id.startswith("~") else place


def outlived(processes: set[int]) -> list[str]:
    """Name the workers that are still there after a while."""
    until = time.monotonic() + GONE_SECONDS
    while there := [process for process in processes if runs(process)]:
        if time.monotonic() > until:
            return [f"worker {process} outlived its run" for process in there]
        time.sleep(0.05)
    return []


def runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def empty(where: str) -> None:
    with closing(open_store(where)) as store, store.write() as connection:
        connection.exec_driver_sql("DELETE FROM articles")
    with closing(open_store(where)) as store:
        upkeep.rebuild(store)


if __name__ == "__main__":
    sys.exit(main())
