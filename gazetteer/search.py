"""Look up a name as people write it in tables and headlines."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from math import exp

from gazetteer import cells
from gazetteer.arabic import ARTICLE, fold_name, loosen, strip_proclitics
from gazetteer.computed import is_wide, near_to
from gazetteer.geometry import distance_km
from gazetteer.names import Entry, NameIndex
from gazetteer.place import Candidate, Place, PlaceKind, ToponymKind
from gazetteer.prominence import Prominence
from gazetteer.resolve import Reader
from gazetteer.spelt import NearSpellings

_HOW = {
    "name": "the name as the press writes it",
    "spelling": "another spelling",
    "former": "a former or imposed name",
    "latin": "a Latin spelling",
    "kurdish": "a Kurdish name",
    "bare": "the name without its kind word",
}
_CLOSE_KM = 25  # within which nearness does not tell one place from another
_BESIDE_KM = 60  # within which a place behind a name is its context
_APART_KM = 80  # beyond which a village is not the one meant beside its context
_HEAD = 4  # letters from which the head of a name can be looked up alone
_MANY = 12  # places above which a name told in part says nothing
_SEATS = frozenset({PlaceKind.CITY, PlaceKind.TOWN, PlaceKind.GOVERNORATE, PlaceKind.DISTRICT})
_HOLDERS = frozenset({PlaceKind.COUNTRY, PlaceKind.GOVERNORATE, PlaceKind.DISTRICT})

Best = dict[str, Candidate]
Reading = tuple[str, float, frozenset[PlaceKind] | None, tuple[str, ...]]


class NameSearch:
    """Looks up names, the strictest way first; each candidate tells how it was found."""

    def __init__(self, names: NameIndex, reader: Reader) -> None:
        self.names = names
        self.words = names.words
        self.reader = reader
        self.spelt = NearSpellings(names)
        self.prominence = Prominence(names)
        facilities = self.words.lists["facility.words"]
        self.generic = facilities | self.words.lists["facility.heads"] | set(self.words.kind_words)
        self.links = self.words.lists["facility.links"] | self.words.lists["after.links"]

    def candidates(self, name: str) -> list[Candidate]:
        """Give the places that a name can mean, best first.

        In order, each only where those before found nothing: the name strictly; cut at signs or
        words into a place and its context; loosely; as a part of a longer name; with a letter
        wrong; by its context alone.
        """
        return self._ranked(self._find(name))

    def _find(self, name: str) -> Best:
        key = cells.halve(fold_name(name))
        best = self._strict(key) if key else {}
        if key and not best:
            cut = cells.cut_at_signs(name)
            best = self._in_context(cut) if cut.around else self._unparted(name, key)
        return best

    def _unparted(self, name: str, key: str) -> Best:
        for cut in cells.cut_at_words(key, self.links):
            if self._strict(cut.around[0]) and (found := self._in_context(cut)):
                return found
        return (
            self._before_a_seat(key, self._strict)
            or self._near_spellings(key)
            or self._before_a_seat(key, self._near_spellings)
            or self._read_as_text(name)
            or self._by_head(key)
        )

    def _before_a_seat(self, key: str, find: Callable[[str], Best]) -> Best:
        """Look up "X Y", of a place and the town or district that it lies at."""
        for cut in cells.cut_anywhere(key):
            if cut.head in self.generic:
                continue
            around = self._strict(cut.around[0])
            seats = {i: c for i, c in around.items() if c.place.kind in _SEATS}
            if seats and (near := self._beside(find(cut.head), seats, _BESIDE_KM)):
                return near
        return {}

    def _in_context(self, cut: cells.Cell) -> Best:
        """Look up a place beside those around it; without it, where it lies is the answer."""
        around: Best = {}
        for key in cut.around:
            found = self._strict(key)
            if not found and len(cut.around) == 1:
                found = self._find(key)
            for place_id, candidate in found.items():
                around.setdefault(place_id, candidate)
        generic = cut.head in self.generic or cut.head in self.words.lists["facility.near"]
        head = {} if generic else self._strict(cut.head) or self._find(cut.head)
        if not around or not head:
            return head or self._near_named(cut.head, around)
        first, second = self._ranked(head)[0].place, self._ranked(around)[0].place
        if first.kind in _HOLDERS and self.names.is_within(second, first.id):
            held = {i: c for i, c in around.items() if self.names.is_within(c.place, first.id)}
            head, around = held, head  # "محافظة X، Y": the second lies in the first
        equals = cut.joined or first.kind in _SEATS
        best = self._beside(head, around, None if equals else _APART_KM)
        if not best:
            best, around = self._near_named(cut.head, around), {**head, **around}
        lowest = min(candidate.score for candidate in best.values())
        for place_id, candidate in around.items():
            if place_id not in best:
                factor = 0.8 if cut.joined else 0.5
                best[place_id] = _told(candidate, lowest * factor * candidate.score, "named beside")
        return best

    def _near_named(self, head: str, around: Best) -> Best:
        """Give the places around for a name that no place beside them is known by."""
        why = f"{head} is not known there: near what is named beside it, geo_precision 2"
        return {c.place.id: c for c in self._near(self._ranked(around)[:3], 0.6, why)}

    def _beside(self, head: Best, around: Best, most: float | None) -> Best:
        """Weigh candidates by how far they lie from any place around, in km; drop beyond `most`."""
        weighed: Best = {}
        aparts: dict[str, float] = {}
        for place_id, candidate in head.items():
            apart = min(
                (self._apart(candidate.place, c.place) for c in around.values()), default=None
            )
            if apart is not None and (most is None or apart <= most):
                aparts[place_id] = apart
        # What holds the place beside it is not for that meant rather than its town of that name.
        spots = [apart for i, apart in aparts.items() if not is_wide(head[i].place)]
        for place_id, apart in aparts.items():
            far = max(apart, min(spots, default=0.0)) if is_wide(head[place_id].place) else apart
            factor = 0.35 + 0.6 * exp(-max(0.0, far - _CLOSE_KM) / 40)
            why = f"{apart:.0f} km from what is named beside it"
            candidate = head[place_id]
            weighed[place_id] = _told(candidate, candidate.score * factor, why)
        return weighed

    def _apart(self, place: Place, other: Place) -> float:
        if self.names.is_within(place, other.id) and other.kind is not PlaceKind.COUNTRY:
            return 0.0
        apart = distance_km(place.lat, place.lon, other.lat, other.lon)
        return max(0.0, apart - (other.radius_km if is_wide(other) else 0.0))

    def _strict(self, key: str) -> Best:
        best: Best = {}
        for other, factor, kinds, why in self._readings(key):
            if best and factor < 0.9:
                break
            for entry in self.names.entries.get(other, ()):
                self._offer(best, entry, factor, kinds, why)
            for entry in self.names.also.get(other, ()):
                self._offer(best, entry, factor, kinds, why)
        if best:
            return best
        head, _, rest = key.partition(" ")
        sites = self.words.lists["facility.words"] - self.words.lists["facility.heads"]
        if rest and head in sites:
            found = self._ranked(self._strict(rest))
            told = f"{head} at or named after it: geo_precision 2"
            best = {c.place.id: c for c in self._near(found, 0.6, told)}
        return best

    def _near(self, found: list[Candidate], factor: float, why: str) -> Iterator[Candidate]:
        """Give what lies near the places found: their points, with a larger radius."""
        for candidate in found:
            place = candidate.place
            if not place.id.startswith("~"):
                place = near_to(place, self.words.surroundings)
            yield Candidate(
                place=place, score=round(candidate.score * factor, 4), why=(*candidate.why, why)
            )

    def _near_spellings(self, key: str) -> Best:
        best: Best = {}
        readings = [reading for reading in self._readings(key) if reading[1] >= 0.85]
        for reading, factor, kinds, why in readings:
            for entry in self.spelt.loose.get(loosen(reading), ()):
                like = f"spelt much like {entry.place.name}"
                self._offer(best, entry, factor * 0.7, kinds, (*why, like))
        unlike = not best
        for reading, factor, kinds, why in readings[:2] if unlike else []:
            longer = self.spelt.longer_names(reading, self.generic)
            entries = [entry for other in longer for entry in self.names.entries[other]]
            if len({entry.place.id for entry in entries}) <= _MANY:
                for entry in entries:
                    part = f"part of the name {entry.place.name}"
                    self._offer(best, entry, factor * 0.45, kinds, (*why, part))
        for reading, factor, kinds, why in readings if unlike else []:
            for other, alike in self.spelt.sounding_like(reading):
                for entry in self.names.entries[other]:
                    sound = f"sounds like {entry.place.name}"
                    self._offer(best, entry, factor * 0.55 * alike, kinds, (*why, sound))
            for other, wrong in self.spelt.misspelt(reading):
                share = factor * 0.5 * (1 - 0.4 * wrong)
                for entry in self.names.entries[other]:
                    section = self.words.kind_words.get(key.partition(" ")[0])
                    if entry.needs is None or (section and entry.needs == section.section):
                        slip = f"a letter or two from {entry.place.name}"
                        self._offer(best, entry, share, kinds, (*why, slip))
        return best

    def _by_head(self, key: str) -> Best:
        """Look up the words of a name but its last, which no place is known by."""
        rest, _, _ = key.rpartition(" ")
        best: Best = {}
        if len(rest) >= _HEAD and rest not in self.generic:
            for entry in self.names.entries.get(rest, ()):
                if entry.needs is None:
                    self._offer(best, entry, 0.45, None, ("with a word it is not known by",))
        return best

    def _offer(
        self,
        best: Best,
        entry: Entry,
        factor: float,
        kinds: frozenset[PlaceKind] | None,
        why: tuple[str, ...],
    ) -> None:
        place = self.names.places[entry.place.id]
        while place.retired_to:
            place = self.names.places[place.retired_to]
        score = entry.score * factor
        if kinds is not None:
            fits = place.kind in kinds
            score = min(1.0, score * (1.05 if fits else 0.6))
            why = (*why, f"the kind word {'fits' if fits else 'does not fit'} a {place.kind}")
        elif entry.needs is not None:
            score *= 0.8
        if place.id in best and best[place.id].score >= score:
            return
        layer = "imported" if place.id in self.names.imported else "hand-kept"
        best[place.id] = Candidate(
            place=place, score=round(score, 4), why=(_HOW[entry.how], *why, layer)
        )

    def _readings(self, key: str) -> Iterator[Reading]:
        """Give the ways to read a name: as it is, without kind word, demonym, clitic, article."""
        yield key, 1.0, None, ()
        head, _, rest = key.partition(" ")
        kind_word = self.words.kind_words.get(head)
        if kind_word is not None and rest:
            known = any(entry.needs is None for entry in self.names.entries.get(key, ()))
            yield rest, 0.9 if known else 1.0, kind_word.kinds, ()
        words = key.split(" ")
        if words[0] in self.words.lists["countryside.words"] and rest:
            yield rest, 0.95, frozenset({PlaceKind.GOVERNORATE}), ("the countryside of it",)
        if len(words) > 1 and words[-1] in self.reader.demonyms:
            yield " ".join(words[:-1]), 0.93, None, ("without the adjective of a country",)
        if key.startswith(ARTICLE):
            yield key[len(ARTICLE) :], 0.85, None, ("without the article",)
        else:
            yield ARTICLE + key, 0.88, None, ("with the article",)
        qualifiers = self.words.lists["facility.qualifiers"]
        if len(words) > 1 and words[-1] in qualifiers:
            yield " ".join(words[:-1]), 0.65, None, ("without what tells it from its namesakes",)
        for qualifier in sorted(qualifiers):
            yield f"{key} {qualifier}", 0.65, None, ("with what tells it from its namesakes",)
        for bare, letters in strip_proclitics(key):
            yield bare, 0.75 - letters / 100, None, ("without a particle before it",)

    def _read_as_text(self, name: str) -> Best:
        best: Best = {}
        for toponym in self.reader.read(name):
            place = toponym.place
            if place is None:
                continue
            why = ("read as a phrase", *toponym.why)
            before = fold_name(name[: toponym.start]).split(" ")[-1]
            if toponym.kind is ToponymKind.LITERAL and before and before not in self.generic:
                place = near_to(place, self.words.surroundings)
                why = (*why, "behind a name that is not known: geo_precision 2")
            best.setdefault(
                place.id, Candidate(place=place, score=round(0.7 * toponym.confidence, 4), why=why)
            )
        return best

    def _ranked(self, best: Best) -> list[Candidate]:
        """Sort candidates, namesakes by how near they are to the heart of the reporting."""
        found = list(best.values())
        if len(found) > 1:
            weights = [self.prominence.weigh(candidate.place) for candidate in found]
            found = [
                _told(candidate, candidate.score * weight, why)
                for candidate, (weight, why) in zip(found, weights, strict=True)
            ]
        return sorted(found, key=lambda candidate: (-candidate.score, candidate.place.id))


def _told(candidate: Candidate, score: float, why: str) -> Candidate:
    return replace(candidate, score=round(score, 4), why=(*candidate.why, why))
