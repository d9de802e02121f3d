"""Check the data that ships and the user's own, file by file; no loader takes what is wrong."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import gazetteer
from dashboard.exports import all_exports
from dashboard.extraction import extract_events
from dashboard.model import Article
from dashboard.ontology import EventType, Example, Ontology, load_ontology, user_event_types
from dashboard.ontology.chronology import load_chronology
from gazetteer.load import user_folder

EXAMPLES_READ_ON = date(2017, 9, 20)


def check_data() -> Iterator[str]:
    """Load all data files strictly, read every example, and say how much each file holds.

    Raises ValueError, naming file and entry, at the first that is wrong.
    """
    places = gazetteer.default_gazetteer()
    yield f"places: {len(places)}" + _own(user_folder())
    ontology = load_ontology()
    kinds = ontology.event_types.values()
    triggers, examples = (sum(len(x) for x in xs) for xs in zip(*map(_rules, kinds), strict=True))
    yield (
        f"event types: {len(kinds)}, with {triggers} triggers and {examples} examples"
        + _own(user_event_types())
    )
    yield f"actors: {len(ontology.actors)}"
    chronology = load_chronology()
    yield f"chronology: {len(chronology.facts)} facts, {len(chronology.terms)} terms of office"
    yield f"formats: {', '.join(export.id for export in all_exports())}"
    if wrong := tuple(wrong_examples(ontology)):
        raise ValueError("\n".join(wrong))
    yield "every example tells its types and no other"


def wrong_examples(ontology: Ontology) -> Iterator[str]:
    """Read the examples of all types, and say of each that tells other types what it tells."""
    for kind in ontology.event_types.values():
        for example in kind.examples:
            told = types_told(example)
            if told != set(example.types):
                yield (
                    f"{kind.id}: «{example.text}» must tell {_list(set(example.types))} and tells "
                    f"{_list(told)}; see why by maaqil extract --explain on a file with this text"
                )


def types_told(example: Example) -> set[str]:
    """Give the types of the events that an example tells, read as an article of its own."""
    article = Article(id="example", text=example.text, published=EXAMPLES_READ_ON)
    return {event.type for event in extract_events(article)}


def _rules(kind: EventType) -> tuple[tuple[object, ...], tuple[object, ...]]:
    return kind.triggers, kind.examples


def _list(types: set[str]) -> str:
    return " and ".join(sorted(types)) or "nothing"


def _own(folder: Path) -> str:
    number = sum(1 for _ in folder.rglob("*.toml")) if folder.is_dir() else 0
    return f"; files of your own: {number}, in {folder}"
