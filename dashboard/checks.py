"""Check the data that ships, file by file; every loader refuses what it cannot stand by."""

from collections.abc import Iterator

import gazetteer
from dashboard.exports import all_exports
from dashboard.ontology import load_ontology
from dashboard.ontology.chronology import load_chronology


def check_data() -> Iterator[str]:
    """Load all data files strictly and say how much each holds.

    Raises ValueError, naming file and entry, at the first that is wrong.
    """
    places = gazetteer.default_gazetteer()
    yield f"places: {len(places)}"
    ontology = load_ontology()
    examples = sum(len(kind.examples) for kind in ontology.event_types.values())
    yield f"event types: {len(ontology.event_types)}, with {examples} examples"
    yield f"actors: {len(ontology.actors)}"
    chronology = load_chronology()
    yield f"chronology: {len(chronology.facts)} facts, {len(chronology.terms)} terms of office"
    yield f"formats: {', '.join(export.id for export in all_exports())}"
