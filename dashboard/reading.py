"""Carry articles through the reading into a store or to whoever asked: what the commands share."""

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

from dashboard.exports import all_exports
from dashboard.exports.rows import event_row
from dashboard.extraction import extract_events, read_articles
from dashboard.extraction.articles import count_files
from dashboard.model import Article, Event
from dashboard.ontology import load_ontology
from dashboard.store import Filters, open_store
from dashboard.store.filters import describe

Problem = Callable[[Path, str], None]
Tell = Callable[[Event, Article], None]
Progress = Callable[[int], AbstractContextManager[Callable[[], None]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a reading gave: how many articles and events, and what could not be read."""

    articles: int
    events: int
    changed: int
    problems: tuple[tuple[Path, str], ...]
    kept: bool

    def summary(self) -> str:
        """Say in one line what was read."""
        line = f"{self.articles} articles, {self.events} events"
        if self.kept:
            line += f", {self.changed} articles new or changed in the store"
        return line + (f", {len(self.problems)} not read" if self.problems else "")


def each_article(paths: Iterable[Path], *, problem: Problem) -> Iterator[Article]:
    """Read the articles of files and folders; what cannot be read goes to `problem`."""
    for path in paths:
        yield from read_articles(path, problem=problem)


def read_events(
    paths: Iterable[Path],
    *,
    store: str | None,
    problem: Problem,
    progress: Progress,
    tell: Tell | None = None,
) -> Outcome:
    """Read articles one by one, extract their events, keep them with `store`, and `tell` each.

    Nothing is gathered, so that memory does not grow with the number of articles; what is stored
    already is replaced article by article, never lost.
    """
    paths = tuple(paths)
    problems: list[tuple[Path, str]] = []

    def note(path: Path, reason: str) -> None:
        problems.append((path, reason))
        problem(path, reason)

    keep = open_store(store) if store else None
    articles = changed = number = 0
    with progress(sum(count_files(path) for path in paths)) as step:
        for article in each_article(paths, problem=note):
            events = extract_events(article)
            articles += 1
            if keep is not None:
                changed += keep.save(article, events)
            number += len(events)
            if tell is not None:
                for event in events:
                    tell(event, article)
            step()
    return Outcome(
        articles=articles,
        events=number,
        changed=changed,
        problems=tuple(problems),
        kept=keep is not None,
    )


def json_line(event: Event, article: Article) -> str:
    """Give an event as one line of JSON."""
    return json.dumps(event_row(event, article), ensure_ascii=False)


def table_line(event: Event, article: Article) -> str:
    """Give an event as one line for people."""
    del article  # the sentence stands for it
    when = f"{event.when.first}..{event.when.last}" if event.when else "undated"
    place = event.place.name_en if event.place else f"unplaced ({event.place_name or 'not named'})"
    who = event.actor or "-"
    return (
        f"{when:22}  {event.type:16} {event.modality.value:9} {place:28} {who:10} "
        f"{event.confidence:.2f}  {event.quote}"
    )


def existing_store(store: str) -> str:
    """Give the store back if it is there; ValueError where its file is not: none is made."""
    if "://" not in store and not Path(store).is_file():
        raise ValueError(
            f"{store}: there is no such store; `maaqil extract FOLDER --store {store}` makes one"
        )
    return store


def check_filters(filters: Filters) -> None:
    """Refuse types that the codebook has not, and days that end before they begin (ValueError)."""
    known = load_ontology().event_types
    if unknown := [name for name in filters.types if name not in known]:
        raise ValueError(f"no event type {', '.join(unknown)}; the types are {', '.join(known)}")
    if filters.since and filters.until and filters.since > filters.until:
        raise ValueError(f"{filters.since} to {filters.until}: the days end before they begin")


def export(store: str, form: str, filters: Filters, out: BinaryIO) -> None:
    """Write the events that `filters` leave in the format `form`.

    Raises ValueError where there is no such format.
    """
    formats = {export.id: export for export in all_exports()}
    if form not in formats:
        raise ValueError(f"there is no format {form!r}; take one of {', '.join(sorted(formats))}")
    keep = open_store(store)
    article = lru_cache(maxsize=1000)(keep.article)  # its events follow one another closely
    told = ((event, article(event.article)) for event in keep.each(filters))
    formats[form].write(told, describe(filters, "en"), out)
