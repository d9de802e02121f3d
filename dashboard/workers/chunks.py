"""Cut articles into chunks, and read a chunk: the pure function that every engine runs."""

import platform
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dashboard.extraction import extract_events
from dashboard.extraction.article_files import RawArticle
from dashboard.extraction.articles import read_raw
from dashboard.extraction.rules_version import rules_version
from dashboard.model import Article, Event

CHUNK_BYTES = 256_000
"""A chunk is not added to once it holds so many bytes of files: pages are larger than texts."""


class RulesDifferError(ValueError):
    """A worker that would read otherwise than the process that asked it; says which."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """Some articles, and the version of the rules to read them by: all that a worker is sent."""

    rules: str
    articles: tuple[RawArticle, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadArticle:
    """What reading one article gave: the article and its events, or why there is none."""

    article: Article | None = None
    events: tuple[Event, ...] = ()
    wrong: str = ""


def cut(articles: Iterable[RawArticle], *, size: int) -> Iterator[Chunk]:
    """Cut articles into chunks of at most `size`, in order and no earlier than they are asked for.

    A chunk ends early where it has reached CHUNK_BYTES.
    """
    rules = rules_version()
    chunk: list[RawArticle] = []
    length = 0
    for raw in articles:
        chunk.append(raw)
        length += len(raw.data)
        if len(chunk) == size or length >= CHUNK_BYTES:
            yield Chunk(rules=rules, articles=tuple(chunk))
            chunk, length = [], 0
    if chunk:
        yield Chunk(rules=rules, articles=tuple(chunk))


def read_chunk(chunk: Chunk) -> tuple[ReadArticle, ...]:
    """Read the articles of a chunk: pure, and the same in every process of one version.

    An article that cannot be read is given with the reason and does not stop the others. Raises
    RulesDifferError where the rules here are not those asked for.
    """
    if chunk.rules != rules_version():
        raise RulesDifferError(
            f"{platform.node() or 'a worker'} reads by other rules ({rules_version()[:12]}, here "
            f"{chunk.rules[:12]}): install the same version of maaqil there, with the same layers "
            "of your own, and start its workers again"
        )
    return tuple(map(read_one, chunk.articles))


def read_one(raw: RawArticle) -> ReadArticle:
    """Read one article; whatever goes wrong is told in `wrong`."""
    try:
        article = read_raw(raw)
    except (ValueError, RecursionError) as error:
        return ReadArticle(wrong=str(error))
    try:
        return ReadArticle(article=article, events=tuple(extract_events(article)))
    except Exception as error:  # a fault in the rules for one article must not stop the others
        where = f"line {raw.line}: " if raw.line else ""
        return ReadArticle(wrong=f"{where}the rules fail on it: {type(error).__name__}: {error}")
