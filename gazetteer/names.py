"""All names of all places, as they are looked up and found: the index behind the gazetteer."""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from gazetteer.arabic import fold_name
from gazetteer.geometry import distance_km
from gazetteer.place import Place, PlaceKind
from gazetteer.words import Words

# How sure a name means its place, by how the place has it.
SCORES = {"name": 1.0, "spelling": 0.97, "latin": 0.97, "kurdish": 0.95, "former": 0.9}
SCORES |= {"bare": 0.99}  # "الرقة" for "محافظة الرقة"
# Which of several places of one name is meant where nothing else tells.
KIND_PRIORS = dict.fromkeys(PlaceKind, 0.9) | {
    PlaceKind.COUNTRY: 1.0,
    PlaceKind.CITY: 1.0,
    PlaceKind.GOVERNORATE: 0.97,
    PlaceKind.TOWN: 0.95,
    PlaceKind.RIVER: 0.95,
    PlaceKind.REGION: 0.93,
    PlaceKind.DESERT: 0.93,
    PlaceKind.NEIGHBOURHOOD: 0.8,
    PlaceKind.VILLAGE: 0.85,
    PlaceKind.DISTRICT: 0.75,
    PlaceKind.CROSSING: 0.85,
}
IMPORTED = 0.8
_AREAS = frozenset({PlaceKind.GOVERNORATE, PlaceKind.DISTRICT, PlaceKind.REGION})
NEAR = ("sy", "iq")  # of equal names, the one in the countries that the reports are about
_APARTS = 500_000  # distances kept, some 60 MB
WELL_KNOWN = 100_000  # inhabitants from which an imported name needs no cue


class Entry(NamedTuple):
    """One name of one place.

    `needs`: the section of kind words without which it is no name. `vouches`: the place was
    entered by hand, so that finding its name says something of the names beside it.
    """

    place: Place
    how: str
    score: float
    weak: bool
    needs: str | None
    vouches: bool = True


class Reading(NamedTuple):
    """A place that a name can mean after a kind word or without, as far as no context tells.

    `weighed` is the place whose surroundings count: of a governorate, its seat of the same name.
    """

    place: Place
    weighed: Place
    holders: tuple[str, ...]  # what `weighed` lies in, but for its country
    score: float
    why: tuple[str, ...]
    layer: tuple[str, ...]


class Scored(NamedTuple):
    """A reading weighed in its context; its reasons become words where it is given.

    `adjective`: the country's whose adjective follows; `named`: -1 not weighed, 0 nothing that
    holds it is named, 1 it is, 2 beside it; `near`: whether nearness was weighed.
    """

    score: float
    place: Place
    reading: Reading
    adjective: str | None
    named: int
    near: bool


def has_arabic(name: str) -> bool:
    """Tell whether a name is written in Arabic letters."""
    return any("\u0600" <= letter <= "\u06ff" for letter in name)


class NameIndex:
    """Places by id and by folded name."""

    def __init__(self, hand: Iterable[Place], imported: Iterable[Place], words: Words) -> None:
        self.words = words
        self._adjectives = words.lists["ordinary.adjectival"]
        self.places = {place.id: place for place in hand}
        kept = list(self.places.values())
        self.entries: dict[str, list[Entry]] = {}
        for place in kept:
            self._add(place, imported=False)
        self._spread_weakness()
        self.imported: set[str] = set()
        self.readings: dict[tuple[str, str | None], tuple[Reading, ...]] = {}
        self._aparts: dict[tuple[str, str], float] = {}
        self.also: dict[str, list[Entry]] = {}  # further spellings, to look up, not to find
        for place in imported:
            if place.id in self.places:
                continue
            known = self._known(place)
            if known is None:
                self.places[place.id] = place
                self.imported.add(place.id)
                self._add(place, imported=True)
            else:
                self._add_spellings(known, (place.name, *place.spellings))

    def _add_spellings(self, known: Place, names: Iterable[str]) -> None:
        """Add the spellings that a source has of a place known already: below its own."""
        score = SCORES["former"] * KIND_PRIORS[known.kind] * IMPORTED
        for name in names:
            key = fold_name(name)
            entries = self.also.setdefault(key, [])
            if key and all(e.place is not known for e in (*entries, *self.entries.get(key, ()))):
                entries.append(Entry(known, "spelling", score, True, None, False))

    def _known(self, place: Place) -> Place | None:
        """Give the place of this name that stands here already, so that the first is kept."""
        known: list[tuple[bool, float, str]] = []
        for name in (place.name, *place.spellings, place.name_en):
            for entry in self.entries.get(fold_name(name), ()):
                other = entry.place
                apart = distance_km(place.lat, place.lon, other.lat, other.lon)
                same_country = other.id[:2] == place.id[:2]
                if apart <= 5 or (same_country and apart <= other.radius_km):
                    known.append((other.kind in _AREAS, apart, other.id))
        return self.places[min(known)[2]] if known else None

    def _add(self, place: Place, *, imported: bool) -> None:
        # Capitals are weak in the data because they act; reading tells that by another rule.
        weak = {fold_name(name) for name in place.weak} - self.words.lists["metonym.capitals"]
        weak |= self._adjectives
        small = imported and (place.population or 0) < WELL_KNOWN
        prior = (IMPORTED if imported else 1.0) * KIND_PRIORS[place.kind]
        prior *= 1 if place.id[:2] in NEAR or place.kind is PlaceKind.COUNTRY else 0.97
        prior *= 1 + min(place.population or 0, 5_000_000) / 5_000_000 * 0.02
        seen: set[str] = set()
        later: list[tuple[str, str, str]] = []
        for how, names in (
            ("name", (place.name,)),
            ("spelling", place.spellings),
            ("kurdish", place.kurdish),
            ("former", place.former),
            ("latin", (place.name_en, *place.latin)),
        ):
            for name in names:
                key = fold_name(name)
                if not key or key in seen or (imported and key in self.words.kind_words):
                    continue
                seen.add(key)
                score = min(1.0, SCORES[how] * prior)
                entry = Entry(place, how, score, key in weak or small, None, not imported)
                head, _, rest = key.partition(" ")
                kind_word = self.words.kind_words.get(head)
                if kind_word is None or not rest or how == "latin":
                    self.entries.setdefault(key, []).append(entry)
                    continue
                if kind_word.shown:
                    self.entries.setdefault(key, []).append(entry._replace(weak=False))
                later.append((rest, how, kind_word.section))
        for rest, how, section in later:
            if rest in seen:
                continue
            seen.add(rest)
            bare = place.kind in (PlaceKind.GOVERNORATE, PlaceKind.DISTRICT) and how != "former"
            score = min(1.0, SCORES["bare" if bare else how] * prior)
            self.entries.setdefault(rest, []).append(
                Entry(
                    place,
                    "bare",
                    score,
                    rest in weak or small,
                    None if bare else section,
                    not imported,
                )
            )

    def _spread_weakness(self) -> None:
        """Make a name without its kind word weak where the same name is weak of another place."""
        for entries in self.entries.values():
            if len(entries) > 1 and any(entry.weak for entry in entries):
                entries[:] = [e._replace(weak=e.weak or e.how == "bare") for e in entries]

    @cache  # noqa: B019 - one index lives as long as its gazetteer
    def airfields(self, word: str) -> tuple[Place, ...]:
        """Give the airfields, and what else has a name that begins with this word."""
        return tuple(
            place
            for place in self.places.values()
            if place.kind is PlaceKind.AIRFIELD or fold_name(place.name).startswith(word)
        )

    def apart_km(self, place: Place, other: Place) -> float:
        """Measure the distance of two places in km, once for each two."""
        pair = (place.id, other.id)
        if (apart := self._aparts.get(pair)) is None:
            if len(self._aparts) > _APARTS:
                self._aparts.clear()
            apart = distance_km(place.lat, place.lon, other.lat, other.lon)
            self._aparts[pair] = apart
        return apart

    @cache  # noqa: B019 - one index lives as long as its gazetteer
    def holder_ids(self, place_id: str) -> tuple[str, ...]:
        """Give the ids of what holds a place, but for its country, the nearest first."""
        parents = self.parents(self.places[place_id])
        return tuple(p.id for p in parents if p.kind is not PlaceKind.COUNTRY)

    @cache  # noqa: B019 - one index lives as long as its gazetteer
    def above(self, place_id: str | None) -> tuple[str, ...]:
        """Give the id of a place and of all that holds it, the nearest first; () for none."""
        if place_id is None or place_id not in self.places:
            return ()
        return (place_id, *self.above(self.places[place_id].within))

    def parents(self, place: Place) -> Iterator[Place]:
        """Walk from a place to what holds it: district, governorate, country."""
        while place.within is not None and place.within in self.places:
            place = self.places[place.within]
            yield place

    def is_within(self, place: Place, holder_id: str) -> bool:
        """Tell whether a place is, or lies in, the one with this id."""
        return place.id == holder_id or any(p.id == holder_id for p in self.parents(place))
