"""Read chunks on a Dask cluster; README.md beside this module tells how to run on a real one."""

from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Executor
from contextlib import closing, contextmanager
from time import monotonic
from typing import Any

from dashboard.workers.chunks import read_chunk
from dashboard.workers.engines import AHEAD, Engine, Read

CHUNK = 16
"""Articles a chunk: more than on one machine, since each goes over the network."""
CONNECT_SECONDS = 10
WORKERS_SECONDS = 60
"""How long to wait for the scheduler to answer, and then for its first worker."""
COUNTED_SECONDS = 5
"""How often the workers are counted, so that one that joins is given work."""
RUNNING = "running"
"""The state of a Dask client that is connected to its scheduler."""


class ClusterError(ValueError):
    """A cluster that cannot be used; says which, why and what to do."""


@contextmanager
def cluster_engine(address: str, *, read: Read = read_chunk) -> Iterator[Engine]:
    """Open the engine of the Dask cluster whose scheduler is at `address` (tcp://host:port).

    Raises ClusterError where Dask is not installed, nobody answers, or no worker comes.
    """
    try:
        from distributed import Client, KilledWorker
    except ImportError as error:
        raise ClusterError(
            f"--cluster needs Dask, which is not here ({error}); install maaqil[cluster]"
        ) from error
    try:
        client = Client(address, timeout=CONNECT_SECONDS, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        raise ClusterError(
            f"{address}: no Dask scheduler answers there ({error}); give the address that "
            "`dask scheduler` prints, as tcp://host:8786"
        ) from error
    with closing(client):
        try:
            client.wait_for_workers(1, timeout=WORKERS_SECONDS)
        except TimeoutError as error:
            raise ClusterError(
                f"{address}: the scheduler has no workers; start `dask worker {address}`"
            ) from error
        engine = Engine(
            make=lambda: client.get_executor(pure=False),
            shut=_cancel,
            check=lambda: _check(client),
            ahead=_ahead(client),
            size=CHUNK,
            read=read,
            # A scheduler gives a chunk to other workers before it tells that one killed it.
            deaths=(KilledWorker, CancelledError),
            tries=1,
        )
        try:
            yield engine
        finally:
            if client.status == RUNNING:
                engine.close()


def _check(client: Any) -> None:
    if client.status != RUNNING:
        raise ClusterError(
            "the scheduler of the cluster is gone, or the network to it; what was kept is kept: "
            "start it again, and give the same command"
        )


def _cancel(executor: Executor) -> None:
    executor.shutdown(wait=False)


def _ahead(client: Any) -> Callable[[], int]:
    """Give how many chunks may be in flight: by the threads of all workers that are there now."""
    threads, counted = 0, float("-inf")

    def ahead() -> int:
        nonlocal threads, counted
        if monotonic() - counted > COUNTED_SECONDS:
            threads, counted = sum(client.nthreads().values()), monotonic()
        return AHEAD * max(threads, 1)

    return ahead
