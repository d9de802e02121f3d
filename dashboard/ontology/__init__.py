"""What events, actors and known facts are, as data that can be read and mended."""

from dashboard.ontology.load import OntologyError, load_ontology, read_ontology, user_event_types
from dashboard.ontology.schema import Actor, EventType, Example, Ontology, Trigger

__all__ = [
    "Actor",
    "EventType",
    "Example",
    "Ontology",
    "OntologyError",
    "Trigger",
    "load_ontology",
    "read_ontology",
    "user_event_types",
]
