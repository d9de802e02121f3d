"""From a name to a place: look up and find the place names of Arabic news."""

from gazetteer.arabic import fold
from gazetteer.index import Gazetteer
from gazetteer.load import default_gazetteer, load_gazetteer, lookup
from gazetteer.place import Candidate, Found, Place, PlaceKind, Toponym, ToponymKind
from gazetteer.toponyms import read_toponyms

__all__ = [
    "Candidate",
    "Found",
    "Gazetteer",
    "Place",
    "PlaceKind",
    "Toponym",
    "ToponymKind",
    "default_gazetteer",
    "fold",
    "load_gazetteer",
    "lookup",
    "read_toponyms",
]
