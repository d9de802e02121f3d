"""Read many articles at once: in this process, in a pool of processes, or on a cluster."""

from dashboard.workers.chunks import Chunk, ReadArticle, read_chunk
from dashboard.workers.engines import Engine, here, pool
from dashboard.workers.in_order import read_in_order
from dashboard.workers.opening import open_engine

__all__ = [
    "Chunk",
    "Engine",
    "ReadArticle",
    "here",
    "open_engine",
    "pool",
    "read_chunk",
    "read_in_order",
]
