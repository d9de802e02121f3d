"""Bound an article by who holds an office in it."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache

from dashboard.extraction.date_tokens import Scan, date_data, fold_word
from dashboard.extraction.document_clues import BEGIN, Clue
from dashboard.extraction.document_words import read_way, windows
from dashboard.model import Span
from dashboard.ontology.chronology import Term, load_chronology

BESIDE = 5  # words between a name and its title


@cache
def _terms() -> Mapping[str, tuple[tuple[tuple[str, ...], Term], ...]]:
    found: dict[str, list[tuple[tuple[str, ...], Term]]] = {}
    for term in load_chronology().terms:
        for name in term.names:
            way = read_way(name)
            found.setdefault(way[0], []).append((way, term))
    return {word: tuple(terms) for word, terms in found.items()}


_FORMER = tuple((fold_word(word),) for word in date_data()["document"]["not_in_office"])


def office_clues(scan: Scan, sentences: Sequence[Span], end: date) -> list[Clue]:
    """Bound the article by who holds an office in it."""
    index, clues = _terms(), {}
    for _, window in windows(scan, sentences):
        for word in sorted(window.places.keys() & index.keys()):
            for way, term in index[word]:
                titles = [read_way(title) for title in term.titles]
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
