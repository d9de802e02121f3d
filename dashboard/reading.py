"""Carry articles through the reading into a store or to whoever asked: what the commands share."""

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack, closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from dashboard.exports import all_exports, gather
from dashboard.exports.rows import event_row
from dashboard.extraction import read_articles
from dashboard.extraction.article_files import RawArticle, count_files, find_raw
from dashboard.extraction.articles import told_twice
from dashboard.extraction.rules_version import rules_version
from dashboard.model import Article, Event
from dashboard.ontology import load_ontology
from dashboard.store import EventStore, Filters, open_store
from dashboard.store.filters import describe
from dashboard.workers import Engine, here, read_in_order

Problem = Callable[[Path, str], None]
Tell = Callable[[Event, Article], None]
Step = Callable[..., None]
Progress = Callable[[int], AbstractContextManager[Step]]

LOOKED_UP = 64
"""Articles whose marks are looked up at once, to leave out what was read already."""


@dataclass(slots=True, kw_only=True)
class Outcome:
    """What a reading gave so far: articles and events, and how much could not be read.

    `articles` were read now; `skipped` were read before by the same rules and are as they were.
    """

    kept: bool
    articles: int = 0
    events: int = 0
    changed: int = 0
    skipped: int = 0
    problems: int = 0

    def summary(self) -> str:
        """Say in one line what was read."""
        line = f"{self.articles} articles, {self.events} events"
        if self.kept:
            line += f", {self.changed} articles new or changed in the store"
        if self.skipped:
            line += f", {self.skipped} read before (--again reads them too)"
        return line + (f", {self.problems} not read" if self.problems else "")


class StoppedError(KeyboardInterrupt):
    """A reading that was told to stop; `outcome` tells what it gave until then."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__()
        self.outcome = outcome


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
    engine: Engine | None = None,
    again: bool = False,
    note: Callable[[str], None] = lambda _: None,
) -> Outcome:
    """Read articles on an engine (default: here), keep their events with `store`, `tell` each.

    Nothing is gathered, so that memory does not grow with what the articles hold. Only this process
    writes, article by article in the order of the paths, so that any engine gives the same. What is
    stored is replaced, never lost; an article that the store has of the same bytes and rules is
    skipped, unless `again`. Raises StoppedError at Ctrl-C: what was stored until then is kept.
    """
    paths = tuple(paths)
    outcome = Outcome(kept=store is not None)

    def refuse(path: Path, reason: str) -> None:
        outcome.problems += 1
        problem(path, reason)

    with ExitStack() as stack:
        keep = stack.enter_context(closing(open_store(store))) if store else None
        try:
            step = stack.enter_context(progress(sum(count_files(path) for path in paths)))
            raws: Iterator[RawArticle] = (
                raw for path in paths for raw in find_raw(path, problem=refuse)
            )
            ids: set[tuple[Path, str]] = set()
            if keep is not None and not again:
                raws = _left_to_read(raws, keep, ids, outcome, step)
            for raw, read in read_in_order(engine or here(), raws, note=note):
                article = read.article
                if article is None:
                    refuse(raw.path, read.wrong)
                elif (raw.root, article.id) in ids:
                    refuse(raw.path, told_twice(article.id))
                else:
                    ids.add((raw.root, article.id))
                    if keep is not None:
                        outcome.changed += keep.save(article, read.events, mark=_mark(raw))
                    outcome.articles += 1
                    outcome.events += len(read.events)
                    if tell is not None:
                        for event in read.events:
                            tell(event, article)
                step()
        except KeyboardInterrupt:
            raise StoppedError(outcome) from None
    return outcome


def _left_to_read(
    raws: Iterable[RawArticle],
    keep: EventStore,
    ids: set[tuple[Path, str]],
    outcome: Outcome,
    step: Step,
) -> Iterator[RawArticle]:
    """Leave out the articles that the store holds of the same bytes and rules."""
    rest = iter(raws)
    while some := tuple(islice(rest, LOOKED_UP)):
        marks = keep.marks([raw.id for raw in some])
        for raw in some:
            if marks.get(raw.id) == _mark(raw):
                outcome.skipped += 1
                ids.add((raw.root, raw.id))
                step(skipped=True)
            else:
                yield raw


def _mark(raw: RawArticle) -> str:
    """Give what changes when the article, or the rules that read it, change."""
    return f"{rules_version()[:20]} {raw.digest()[:32]}"


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
    with closing(open_store(store)) as keep:
        formats[form].write(gather(keep, filters), describe(filters, "en"), out)
