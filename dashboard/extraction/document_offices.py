"""Bound an article by who holds an office in it."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import NamedTuple

from dashboard.extraction.date_tokens import Scan, date_data, fold_word
from dashboard.extraction.document_clues import BEGIN, Clue
from dashboard.extraction.document_words import Marks, Way, Ways, anchored, read_way
from dashboard.model import Span
from dashboard.ontology.chronology import Term, load_chronology

BESIDE = 5  # words between a name and its title


class Holder(NamedTuple):
    """A name of who held an office, and the titles that must stand beside it."""

    name: Way
    titles: Ways
    term: Term


@cache
def _holders() -> Mapping[str, tuple[Holder, ...]]:
    found: dict[str, list[Holder]] = {}
    for term in load_chronology().terms:
        titles = Ways(read_way(title) for title in term.titles)
        for name in term.names:
            way = read_way(name)
            found.setdefault(way[0], []).append(Holder(way, titles, term))
    return {word: tuple(holders) for word, holders in found.items()}


_FORMER = Ways((fold_word(word),) for word in date_data()["document"]["not_in_office"])


@cache
def _marks() -> Marks:
    holders = [holder for of_word in _holders().values() for holder in of_word]
    titles = [title for holder in holders for title in holder.titles.all]
    return Marks([*(holder.name for holder in holders), *titles, *_FORMER.all], _holders())


def office_clues(scan: Scan, sentences: Sequence[Span], end: date) -> list[Clue]:
    """Bound the article by who holds an office in it."""
    clues = {}
    for stretch in anchored(scan, _marks().of(scan), sentences):
        window = stretch.window(scan)
        for word in sorted(stretch.anchors):
            for way, titles, term in _holders()[word]:
                for at in window.find(way):
                    if not window.near(titles, at, BESIDE) or window.near(_FORMER, at, BESIDE):
                        continue
                    if term.first > end:
                        continue
                    last = min(term.last, end)
                    clues[term.name, term.office] = Clue(
                        kind="office",
                        days=((max(BEGIN, term.first), last),),
                        weight=2,
                        why=f"{term.name} is in office ({term.office}), {term.first} to {last}",
                    )
    return list(clues.values())
