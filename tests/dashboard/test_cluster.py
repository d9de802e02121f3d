"""The same reading on a Dask cluster of two processes on this machine."""

import shutil
import socket
from collections.abc import Iterator
from contextlib import closing, nullcontext
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dashboard.cli import main
from dashboard.sample import sample_folder
from dashboard.store import Filters, open_store
from dashboard.workers import chunks, cluster, here
from tests.dashboard import counted_reads
from tests.dashboard.test_workers import Told

distributed = pytest.importorskip("distributed", reason="Dask comes with maaqil[cluster]")
SOME = 40


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Give the address of a scheduler with two workers, none of it open to other machines."""
    from dask import config

    # A killer article is blamed by its first worker, not its fourth: starting one takes seconds.
    with (
        config.set({"distributed.scheduler.allowed-failures": 0}),
        distributed.LocalCluster(
            n_workers=2,
            threads_per_worker=1,
            processes=True,
            host="127.0.0.1",
            dashboard_address="127.0.0.1:0",
        ) as running,
    ):
        yield running.scheduler_address


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("articles")
    for path in sorted(sample_folder().glob("*.txt"))[:SOME]:
        shutil.copy(path, folder)
    shutil.copy(sample_folder() / "manifest.csv", folder)
    (folder / "010_broken.txt").write_bytes(b"text \x81\xff")
    return folder


def extract(*words: str | Path) -> Result:
    return CliRunner().invoke(main, ["extract", *map(str, words)])


def test_a_cluster_gives_what_one_process_gives(address: str, folder: Path) -> None:
    alone = extract(folder, "--format", "jsonl")
    spread = extract(folder, "--format", "jsonl", "--cluster", address)
    assert spread.stdout == alone.stdout
    assert spread.stderr == alone.stderr
    assert (alone.exit_code, spread.exit_code) == (3, 3)
    assert f"{SOME} articles" in spread.stderr


def test_one_writer_keeps_what_a_cluster_read(address: str, folder: Path, tmp_path: Path) -> None:
    stores = str(tmp_path / "spread.db"), str(tmp_path / "alone.db")
    extract(folder, "--store", stores[0], "--cluster", address)
    extract(folder, "--store", stores[1])
    with closing(open_store(stores[0])) as spread, closing(open_store(stores[1])) as alone:
        assert list(spread.each(Filters())) == list(alone.each(Filters()))
        assert spread.articles(size=SOME) == alone.articles(size=SOME)
    again = extract(folder, "--store", stores[0], "--cluster", address)
    assert f"{SOME} read before" in again.stderr


def test_an_article_that_kills_its_worker_is_named_and_stops_nothing(
    address: str, folder: Path, tmp_path: Path
) -> None:
    copy = Path(shutil.copytree(folder, tmp_path / "articles"))
    shutil.copy(sample_folder() / "071_desert_undated.txt", copy / "killer.txt")
    told = Told()
    with cluster.cluster_engine(address, read=counted_reads.dying) as engine:
        outcome = told.read(copy, engine)
    assert dict(told.problems)["killer.txt"].startswith("the worker that read it died each time")
    assert (outcome.articles, outcome.problems) == (SOME, 2)


def test_a_worker_with_other_rules_ends_the_run_with_what_to_do(
    address: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chunks, "rules_version", lambda: "of tomorrow")  # here, not at the workers
    result = extract(folder, "--cluster", address)
    assert result.exit_code == 1
    assert "reads by other rules" in result.stderr
    assert "install the same version of maaqil there" in result.stderr


def test_a_scheduler_that_is_not_there_is_said_so(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "CONNECT_SECONDS", 1)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        nobody = f"tcp://127.0.0.1:{probe.getsockname()[1]}"
        result = extract(folder, "--cluster", nobody)
    assert result.exit_code == 1
    assert f"{nobody}: no Dask scheduler answers there" in result.stderr


def test_a_scheduler_without_workers_is_said_so(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "WORKERS_SECONDS", 1)
    with distributed.LocalCluster(
        n_workers=0, processes=True, host="127.0.0.1", dashboard_address="127.0.0.1:0"
    ) as empty:
        result = extract(folder, "--cluster", empty.scheduler_address)
    assert result.exit_code == 1
    assert "the scheduler has no workers; start `dask worker" in result.stderr


def test_a_scheduler_that_goes_ends_the_run_with_what_was_kept_kept(
    folder: Path, tmp_path: Path
) -> None:
    store, told = str(tmp_path / "events.db"), Told()
    running = distributed.LocalCluster(
        n_workers=1,
        threads_per_worker=1,
        processes=True,
        host="127.0.0.1",
        dashboard_address="127.0.0.1:0",
    )
    with cluster.cluster_engine(running.scheduler_address) as engine:
        engine.size = 1
        done = 0

        def step() -> None:
            nonlocal done
            done += 1
            if done == 6:
                running.close()

        with pytest.raises(ValueError, match="what was kept is kept"):
            told.read(folder, engine, store=store, progress=lambda _: nullcontext(step))
    with closing(open_store(store)) as kept:
        assert 5 <= kept.totals(Filters()).all_articles < 12
    rest = Told().read(folder, here(), store=store)
    assert rest.articles + rest.skipped == SOME
    assert rest.skipped >= 5
