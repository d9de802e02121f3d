import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def run(script: str, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", f"tests.dashboard.{script}", *options]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603 - our own scripts


def test_an_ingest_killed_50_times_loses_nothing_acknowledged_and_leaves_nothing_half(
    where: str,
) -> None:
    done = run("kill_ingest", "--times", "50", "--seed", "7", "--store", where)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("50 kills, ")


def test_a_reading_killed_in_the_midst_goes_on_and_reads_nothing_twice(tmp_path: Path) -> None:
    store = tmp_path / "events.db"
    done = run("kill_extract", "--times", "2", "--articles", "40", "--store", str(store))
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("2 kills, ")


def test_two_writers_and_four_readers_work_at_once_without_an_error(where: str) -> None:
    done = run("store_traffic", "--seconds", "3", "--store", where)
    assert done.returncode == 0, done.stderr
    alone, beside = done.stdout.splitlines()
    assert alone.startswith("4 readers, 0 writers")
    assert beside.startswith("4 readers, 2 writers")
    assert not beside.endswith("; 0 articles saved")
    print(done.stdout)


def test_the_soak_runs_every_script() -> None:
    done = run("soak", "--kills", "1", "--runs", "0", "--seconds", "0.5", "--only", "sqlite")
    assert done.returncode == 0, done.stderr
    for line in ("1 kills, ", "4 readers, 2 writers"):
        assert line in done.stdout
