"""Open the engine that a command asks for."""

from collections.abc import Iterator
from contextlib import closing, contextmanager

from dashboard.workers.engines import Engine, here, pool


@contextmanager
def open_engine(*, workers: int = 1, cluster: str | None = None) -> Iterator[Engine]:
    """Open the engine asked for: the cluster at an address, or so many processes here."""
    if cluster is not None:
        from dashboard.workers.cluster import cluster_engine

        with cluster_engine(cluster) as engine:
            yield engine
        return
    with closing(here() if workers == 1 else pool(workers)) as engine:
        yield engine
