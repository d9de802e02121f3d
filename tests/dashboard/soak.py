"""Kill ingests and let writers and readers loose, for as long as one likes, on both back ends.

Run as `make soak`, or `python -m tests.dashboard.soak --kills 1000 --runs 20 --seconds 60`; 0
leaves a script out, and the tests run the same ones for seconds. PostgreSQL is left out, by name,
where it is not installed. Exit code 1: something was lost, half, read twice, or an error.
"""

import argparse
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from tests.postgres import server


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=1000, help="of an ingest")
    parser.add_argument("--runs", type=int, default=20, help="of maaqil extract, killed")
    parser.add_argument("--seconds", type=float, default=60, help="of writers beside readers")
    parser.add_argument("--only", choices=("sqlite", "postgresql"))
    options = parser.parse_args()
    failed = 0
    for name in ("sqlite", "postgresql"):
        if options.only in (None, name):
            with back_end(name) as databases:
                if databases is None:
                    print(f"{name}: left out, {server.missing()}")
                    continue
                for script, option, number in (
                    ("kill_ingest", "--times", options.kills),
                    ("kill_extract", "--times", options.runs),
                    ("store_traffic", "--seconds", options.seconds),
                ):
                    if not number:
                        continue
                    print(f"{name}: {script} {option} {number}", flush=True)
                    command = [sys.executable, "-m", f"tests.dashboard.{script}"]
                    command += [option, str(number)]
                    command += databases(script)
                    failed += bool(subprocess.run(command, check=False).returncode)  # noqa: S603 - our own scripts
    return bool(failed)


@contextmanager
def back_end(name: str) -> Iterator[object]:
    """Give what gives the options for a new database; None: there is no such server here."""
    if name == "sqlite":
        yield lambda _: []  # each script makes a file of its own
    elif server.missing():
        yield None
    else:
        from sqlalchemy import create_engine

        with server.running() as address:
            driver = address.replace("postgresql:", "postgresql+pg8000:") + "postgres"
            engine = create_engine(driver, isolation_level="AUTOCOMMIT")

            def make(script: str) -> list[str]:
                with engine.connect() as connection:
                    connection.exec_driver_sql(f"CREATE DATABASE {script}")
                return ["--store", address + script]

            yield make
            engine.dispose()


if __name__ == "__main__":
    sys.exit(main())
