"""Readings that write down what they read, or die of an article: for tests of the workers.

Spawned workers find them here by name; what they write goes to the file READS names.
"""

import os
import signal

from dashboard.workers import Chunk, ReadArticle, read_chunk

READS = "MAAQIL_TEST_READS"
KILLER = "killer"


def counting(chunk: Chunk) -> tuple[ReadArticle, ...]:
    """Read a chunk, and append a line for each article: the process and the article's id."""
    lines = "".join(f"{os.getpid()} {raw.id}\n" for raw in chunk.articles)
    handle = os.open(os.environ[READS], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.write(handle, lines.encode())
    os.close(handle)
    return read_chunk(chunk)


def dying(chunk: Chunk) -> tuple[ReadArticle, ...]:
    """Read a chunk, but die, as by want of memory, where KILLER is among its articles."""
    if any(raw.id == KILLER for raw in chunk.articles):
        os.kill(os.getpid(), signal.SIGKILL)
    return read_chunk(chunk)


def dying_always(_: Chunk) -> tuple[ReadArticle, ...]:
    os.kill(os.getpid(), signal.SIGKILL)
    return ()


def dying_once(chunk: Chunk) -> tuple[ReadArticle, ...]:
    """Die the first time only: whoever makes the file first."""
    try:
        os.close(os.open(os.environ[READS] + ".died", os.O_CREAT | os.O_EXCL))
    except FileExistsError:
        return read_chunk(chunk)
    os.kill(os.getpid(), signal.SIGKILL)
    return ()
