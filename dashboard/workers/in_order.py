"""Run chunks through an engine, few at a time, and give their results in order."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future

from dashboard.extraction.article_files import RawArticle
from dashboard.workers.chunks import Chunk, ReadArticle, cut
from dashboard.workers.engines import Engine, Result

Pair = tuple[RawArticle, ReadArticle]
DEAD_IN_A_ROW = 3
"""After so many articles in a row that no worker survived, the fault is not the articles'."""


class WorkersDieError(ValueError):
    """Workers that die whatever they read; says what to look at."""


def read_in_order(
    engine: Engine, articles: Iterable[RawArticle], *, note: Callable[[str], None]
) -> Iterator[Pair]:
    """Read articles on an engine and give each with its result, in the order they came in.

    At most `engine.ahead()` chunks are read or wait to be taken at any time, and no article is
    asked for earlier than that needs: memory does not grow with their number. Where a worker dies,
    `note` is told, the articles that it may have had are read again one by one, and one that
    kills its worker each time is given with that reason. Raises WorkersDieError where all do.
    """
    waiting: deque[tuple[Chunk, Future[Result]]] = deque()
    alone = _Alone(engine, note)
    for chunk in cut(articles, size=engine.size):
        waiting.append((chunk, engine.submit(chunk)))
        while len(waiting) >= engine.ahead():
            yield from _take(*waiting.popleft(), alone)
    while waiting:
        yield from _take(*waiting.popleft(), alone)


def _take(chunk: Chunk, future: Future[Result], alone: "_Alone") -> Iterator[Pair]:
    try:
        results = alone.engine.wait(future)
    except alone.engine.deaths:
        yield from alone.read(chunk)
        return
    yield from zip(chunk.articles, results, strict=True)


class _Alone:
    """Reads articles one by one, to find the one that kills its worker."""

    def __init__(self, engine: Engine, note: Callable[[str], None]) -> None:
        self.engine = engine
        self._note = note
        self._dead = 0

    def read(self, chunk: Chunk) -> Iterator[Pair]:
        self._note(
            f"a worker died; {len(chunk.articles)} articles that it may have had are read again, "
            "one by one"
        )
        for raw in chunk.articles:
            yield raw, self._read_one(Chunk(rules=chunk.rules, articles=(raw,)))

    def _read_one(self, chunk: Chunk) -> ReadArticle:
        for _ in range(self.engine.tries):
            try:
                (result,) = self.engine.wait(self.engine.submit(chunk))
            except self.engine.deaths:
                continue
            self._dead = 0
            return result
        self._dead += 1
        if self._dead == DEAD_IN_A_ROW:
            raise WorkersDieError(
                f"workers die whatever they read ({DEAD_IN_A_ROW} articles in a row, the last "
                f"{chunk.articles[0].file}): look whether memory is short; what was kept is kept"
            )
        return ReadArticle(
            wrong="the worker that read it died each time: it may need more memory than there is"
        )
