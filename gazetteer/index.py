"""The gazetteer: get a place by id, look up a name, find the names in a text."""

from collections.abc import Iterable, Iterator, Sequence

from gazetteer.arabic import (
    ARTICLE,
    fold_name,
    likeness,
    loosen,
    skeletonise,
    strip_proclitics,
)
from gazetteer.computed import is_border
from gazetteer.names import Entry, NameIndex
from gazetteer.place import Candidate, Found, Place, PlaceKind, Toponym, ToponymKind
from gazetteer.resolve import Reader
from gazetteer.words import load_words

_SKELETON = 4  # consonants below which a name spelt by ear is not guessed
_ALIKE = 0.8  # how alike, letter by letter, a guess must be
_HOW = {
    "name": "the name as the press writes it",
    "spelling": "another spelling",
    "former": "a former or imposed name",
    "latin": "a Latin spelling",
    "kurdish": "a Kurdish name",
    "bare": "the name without its kind word",
}


class Gazetteer:
    """Places, found by id, by name and in text. Made by `load_gazetteer`; never changes."""

    def __init__(self, hand: Iterable[Place], imported: Iterable[Place] = ()) -> None:
        self.names = NameIndex(hand, imported, load_words())
        self.reader = Reader(self.names)

    def __getitem__(self, place_id: str) -> Place:
        """Get a place by its id, following a retired one; raise KeyError where there is none."""
        place = self.names.places[place_id]
        return self[place.retired_to] if place.retired_to else place

    def __iter__(self) -> Iterator[Place]:
        return iter(self.names.places.values())

    def __len__(self) -> int:
        return len(self.names.places)

    def __contains__(self, place_id: object) -> bool:
        return place_id in self.names.places

    def parents(self, place: Place) -> tuple[Place, ...]:
        """Give what holds a place, from the nearest (a district) to the widest (a country)."""
        return tuple(self.names.parents(place))

    def is_hand_kept(self, place: Place) -> bool:
        """Tell whether a place was entered by hand, not imported by program."""
        return place.id in self.names.places and place.id not in self.names.imported

    def find(self, text: str) -> list[Found]:
        """Find the place names of a text, in order, each with what it can mean, best first.

        Parts of organisations, demonyms, capitals that act, and words that only look like a name
        are left out; so are words that stand for a place ("there"). The names are read in the
        context of the whole text, as `read_toponyms` does.
        """
        return [
            Found(
                start=toponym.start,
                end=toponym.end,
                surface=toponym.surface,
                candidates=toponym.candidates,
            )
            for toponym in self.read(text, nested=True)
            if toponym.kind is ToponymKind.LITERAL or is_border(toponym.place)
        ]

    def read(
        self,
        text: str,
        *,
        sentences: Sequence[tuple[int, int]] | None = None,
        nested: bool = False,
    ) -> list[Toponym]:
        """Read the toponyms of a text; see `gazetteer.read_toponyms`."""
        return self.reader.read(text, sentences=sentences, nested=nested)

    def lookup(self, name: str, *, within: str | None = None) -> list[Candidate]:
        """Look up a name, as a user would type it: all places it can mean, best first.

        `within` is the id or a name of a place that must hold them (or be them). A kind word
        before the name ("مدينة", "محافظة") prefers places of that kind. Spellings are folded; a
        name that nobody listed so is compared loosely, at a lower score. Unknown names give an
        empty list.
        """
        holders: set[str] | None = None
        if within is not None:
            named = {c.place.id for c in self._candidates(within)}
            holders = {within} if within in self.names.places else named
        candidates = self._candidates(name)
        if holders is not None:
            candidates = [
                candidate
                for candidate in candidates
                if any(self.names.is_within(candidate.place, holder) for holder in holders)
            ]
        return candidates

    def _candidates(self, name: str) -> list[Candidate]:
        key = fold_name(name)
        best: dict[str, Candidate] = {}
        if not key:
            return []
        for other, factor, kinds, why in self._readings(key):
            if best and factor < 0.9:
                break
            for entry in self.names.entries.get(other, ()):
                self._offer(best, entry, factor, kinds, why)
        if not best:
            for reading, factor, kinds, why in self._readings(key):
                if factor < 0.7:
                    continue  # two doubts at once are a guess
                for entry in self.names.loose.get(loosen(reading), ()):
                    likeness = f"spelt much like {entry.place.name}"
                    self._offer(best, entry, factor * 0.7, kinds, (*why, likeness))
        if not best:
            self._read_as_text(name, best)
        if not best:
            self._guess(key, best)
        return sorted(best.values(), key=lambda candidate: (-candidate.score, candidate.place.id))

    def _offer(
        self,
        best: dict[str, Candidate],
        entry: Entry,
        factor: float,
        kinds: frozenset[PlaceKind] | None,
        why: tuple[str, ...],
    ) -> None:
        place = self[entry.place.id]
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

    def _readings(
        self, key: str
    ) -> Iterator[tuple[str, float, frozenset[PlaceKind] | None, tuple[str, ...]]]:
        """Give the ways to read a name: as it is, without kind word, demonym, clitic, article."""
        yield key, 1.0, None, ()
        head, _, rest = key.partition(" ")
        kind_word = self.names.words.kind_words.get(head)
        if kind_word is not None and rest:
            known = any(entry.needs is None for entry in self.names.entries.get(key, ()))
            yield rest, 0.9 if known else 1.0, kind_word.kinds, ()
        words = key.split(" ")
        if words[0] in self.names.words.lists["countryside.words"] and rest:
            yield rest, 0.95, frozenset({PlaceKind.GOVERNORATE}), ("the countryside of it",)
        if len(words) > 1 and words[-1] in self.reader.demonyms:
            yield " ".join(words[:-1]), 0.93, None, ("without the adjective of a country",)
        if key.startswith(ARTICLE):
            yield key[len(ARTICLE) :], 0.85, None, ("without the article",)
        else:
            yield ARTICLE + key, 0.88, None, ("with the article",)
        if rest and head in self.names.words.lists["facility.words"]:
            yield rest, 0.6, None, ("something at or named after it",)
        qualifiers = self.names.words.lists["facility.qualifiers"]
        if len(words) > 1 and words[-1] in qualifiers:
            yield " ".join(words[:-1]), 0.65, None, ("without what tells it from its namesakes",)
        for qualifier in sorted(qualifiers):
            yield f"{key} {qualifier}", 0.65, None, ("with what tells it from its namesakes",)
        for bare, letters in strip_proclitics(key):
            yield bare, 0.75 - letters / 100, None, ("without a particle before it",)

    def _guess(self, key: str, best: dict[str, Candidate]) -> None:
        """Offer the names with the same consonants that differ in few letters."""
        skeleton = skeletonise(key)
        if len(skeleton) < _SKELETON:
            return
        for other in self.names.skeletons.get(skeleton, ()):
            alike = likeness(key, other)
            if alike >= _ALIKE:
                for entry in self.names.entries[other]:
                    why = f"sounds like {entry.place.name}"
                    self._offer(best, entry, 0.55 * alike, None, (why,))

    def _read_as_text(self, name: str, best: dict[str, Candidate]) -> None:
        for toponym in self.reader.read(name):
            if toponym.place is not None:
                best[toponym.place.id] = Candidate(
                    place=toponym.place,
                    score=round(0.7 * toponym.confidence, 4),
                    why=("read as a phrase", *toponym.why),
                )
