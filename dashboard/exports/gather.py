"""Gather what exports write: events of a store with their articles and clusters, page by page."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from dashboard.exports.export import Told
from dashboard.store import EventStore, Filters

PAGE = 500
"""Events whose clusters are fetched at once."""


def gather(store: EventStore, filters: Filters) -> Iterator[Told]:
    """Run through the events that the filters leave, those with a day first, in order of days.

    Memory does not grow with their number.
    """
    article = lru_cache(maxsize=1000)(store.article)  # its events follow one another closely
    events = store.each(filters)
    while page := tuple(islice(events, PAGE)):
        clusters = store.clusters([event.id for event in page])
        for event in page:
            yield Told(event=event, article=article(event.article), cluster=clusters.get(event.id))
