"""The engines that read chunks: this process, or an Executor that runs them elsewhere."""

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from dataclasses import dataclass, field

from dashboard.workers.chunks import Chunk, ReadArticle, read_chunk

Result = tuple[ReadArticle, ...]
Read = Callable[[Chunk], Result]

POOL_CHUNK = 8
"""Articles a chunk: few enough that a kill costs little work, enough to pay for sending them."""
PATIENCE_SECONDS = 1.0
"""How long to wait for a result before asking whether the engine is still there."""
AHEAD = 2
"""Chunks in flight a worker: one that it reads, one that waits, so that it never idles."""


def _shut(executor: Executor) -> None:
    executor.shutdown(wait=True, cancel_futures=True)


def _no_check() -> None:
    """Of this machine's own processes the Executor tells itself when they are gone."""


@dataclass(slots=True, kw_only=True)
class Engine:
    """Where chunks are read.

    `make` gives an Executor (None: they are read here, at once) and `shut` lets go of it. At most
    `ahead()` chunks of `size` articles are in flight. `deaths` are the errors of a future whose
    worker died; an article is blamed for that once it did so `tries` times alone. `check` raises
    what ends the reading: an engine that is gone as a whole.
    """

    make: Callable[[], Executor] | None = None
    ahead: Callable[[], int] = lambda: 1
    size: int = 1
    read: Read = read_chunk
    shut: Callable[[Executor], None] = _shut
    deaths: tuple[type[BaseException], ...] = (BrokenExecutor,)
    tries: int = 2
    check: Callable[[], None] = _no_check
    _executor: Executor | None = field(default=None, init=False)

    def submit(self, chunk: Chunk) -> Future[Result]:
        """Have a chunk read; a pool of which a worker died is made anew."""
        if self.make is None:
            done: Future[Result] = Future()
            done.set_result(self.read(chunk))
            return done
        self.check()
        if self._executor is None:
            self._executor = self.make()
        try:
            return self._executor.submit(self.read, chunk)
        except BrokenExecutor:
            self.close()
            self._executor = self.make()
            return self._executor.submit(self.read, chunk)

    def wait(self, future: Future[Result]) -> Result:
        """Wait for what a chunk gave; raises one of `deaths` where its worker died."""
        while True:
            try:
                return future.result(PATIENCE_SECONDS)
            except TimeoutError:
                if future.done():  # it is the reading's own
                    raise
                self.check()
            except self.deaths:
                self.check()
                raise

    def close(self) -> None:
        """Let go of what was not begun, and wait for what was."""
        if self._executor is not None:
            self.shut(self._executor)
            self._executor = None


def here(*, read: Read = read_chunk) -> Engine:
    """Give the engine that reads in this process."""
    return Engine(read=read)


def pool(workers: int, *, read: Read = read_chunk) -> Engine:
    """Give the engine of `workers` processes of this machine.

    They are spawned, not forked: threads and open databases of this process are not theirs.
    """

    def make() -> Executor:
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(workers, mp_context=context, initializer=_prepare_worker)

    return Engine(make=make, ahead=lambda: AHEAD * workers, size=POOL_CHUNK, read=read)


def _prepare_worker() -> None:
    """Leave Ctrl-C to the process that started this one, and end with it however it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()

    def follow() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)  # nobody is left to take a result; without this a killed run leaves us

    threading.Thread(target=follow, daemon=True).start()
