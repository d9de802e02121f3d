"""Tell which refinery, dam or field a town's "the refinery" is, and whose a far-off quarter is."""

import functools
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from dashboard.extraction.asides import FoundPlace
from dashboard.extraction.clauses import Parse
from dashboard.extraction.focus import Focus, mention_of
from dashboard.extraction.lexicon import simplify
from dashboard.extraction.places import TOWNS
from dashboard.model import PlaceMention
from gazetteer import Gazetteer
from gazetteer.geometry import distance_km
from gazetteer.place import Place, PlaceKind, ToponymKind

FILE = Path(__file__).with_name("anaphora.toml")

NEAR_KM = 30.0
"""How far from a town lies what is called its own."""

STRAY_KM = 40.0
"""A quarter farther than this from every place that the article names is another town's."""

TOWNS_TRIED = 6


@functools.cache
def facilities() -> Mapping[str, tuple[str, ...]]:
    """Read the definite nouns that stand for a town's facility, with what its names begin with."""
    data = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {
        simplify(form): tuple(simplify(name) + " " for name in entry["names"])
        for entry in data["facility"]
        for form in entry["forms"]
    }


def find_facilities(
    parse: Parse,
    mentions: Sequence[PlaceMention],
    places: Sequence[FoundPlace],
    focus: Focus,
    gazetteer: Gazetteer,
) -> Iterator[PlaceMention]:
    """Give the facilities told by their noun alone, where one lies at a town spoken of."""
    known = facilities()
    spots = [at for at, token in enumerate(parse.tokens) if token.form.lstrip("وف") in known]
    if not spots:
        return
    named = [parse.at(*mention.span) for mention in mentions]
    for at in spots:
        if any(first - 1 <= at < last for first, last in named):
            continue  # "the field of X" is named
        begins = known[parse.tokens[at].form.lstrip("وف")]
        here = [place.place for place in reversed(places) if place.last <= at]
        spoken = sorted(focus.places.values(), key=focus.weight, reverse=True)
        for place in dict.fromkeys((*here, *spoken)):
            if simplify(place.name).startswith(begins):
                yield mention_of(parse, at, at + 1, place, "stands for what is spoken of")
                break
            own = _at_town(gazetteer, begins, place.id) if place.kind in TOWNS else None
            if own is not None:
                yield mention_of(parse, at, at + 1, own, f"that of {place.name}")
                break


@functools.lru_cache(maxsize=1024)
def _at_town(gazetteer: Gazetteer, begins: tuple[str, ...], town_id: str) -> Place | None:
    """Give the one facility at a town whose name begins so: that which bears the town's name."""
    town = gazetteer[town_id]
    near = [
        place
        for place in gazetteer
        if abs(place.lat - town.lat) < 1
        and simplify(place.name).startswith(begins)
        and distance_km(place.lat, place.lon, town.lat, town.lon) <= NEAR_KM
    ]
    named = [place for place in near if simplify(town.name) in simplify(place.name)]
    near = named or near
    return near[0] if len(near) == 1 else None


def recall_quarters(
    parse: Parse, mentions: Sequence[PlaceMention], places: Sequence[FoundPlace], focus: Focus
) -> tuple[PlaceMention, ...]:
    """Take a quarter far from every place of the article for one of the town spoken of."""
    return tuple(_recall(parse, mention, places, focus) for mention in mentions)


def _recall(
    parse: Parse, mention: PlaceMention, places: Sequence[FoundPlace], focus: Focus
) -> PlaceMention:
    quarter = mention.place
    if quarter is None or quarter.kind is not PlaceKind.NEIGHBOURHOOD:
        return mention
    if mention.kind is ToponymKind.ANAPHOR:
        return mention
    others = [place.place for place in places if place.place.kind in TOWNS]
    others += [place for place in focus.places.values() if place.kind in TOWNS]
    if not others or any(
        distance_km(quarter.lat, quarter.lon, town.lat, town.lon) <= STRAY_KM for town in others
    ):
        return mention
    first, last = parse.at(*mention.span)
    best = focus.best(frozenset(TOWNS), [place for place in places if place.last <= first])
    town = best[0] if best is not None else others[0]
    return mention_of(parse, first, last, town, "a quarter of what is spoken of")
