"""The gazetteer: get a place by id, look up a name, find the names in a text."""

from collections.abc import Iterable, Iterator, Sequence

from gazetteer.computed import is_border
from gazetteer.names import NameIndex
from gazetteer.place import Candidate, Found, Place, Toponym, ToponymKind
from gazetteer.resolve import Reader
from gazetteer.search import NameSearch
from gazetteer.words import load_words


class Gazetteer:
    """Places, found by id, by name and in text. Made by `load_gazetteer`; never changes."""

    def __init__(self, hand: Iterable[Place], imported: Iterable[Place] = ()) -> None:
        self.names = NameIndex(hand, imported, load_words())
        self.reader = Reader(self.names)
        self.search = NameSearch(self.names, self.reader)

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

    def holders(self, place: Place) -> tuple[str, ...]:
        """Give the ids of what holds a place, from the nearest to the widest: looked up once."""
        return self.names.above(place.within)

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
        name that nobody listed so is compared loosely, then letter by letter, at lower scores.
        What stands behind a name ("شيخ الحديد، عفرين") is what it lies in or near; of what is
        not known but lies at a place that is, that place is given with a larger radius, under an
        id that begins with `~near-`. Unknown names give an empty list.
        """
        holders: set[str] | None = None
        if within is not None:
            named = {c.place.id for c in self.search.candidates(within)}
            holders = {within} if within in self.names.places else named
        candidates = self.search.candidates(name)
        if holders is not None:
            candidates = [
                candidate
                for candidate in candidates
                if any(self.names.is_within(candidate.place, holder) for holder in holders)
            ]
        return candidates
