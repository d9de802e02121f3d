"""Read the place names of a text: find them, sort out what is none, choose among the rest."""

from collections.abc import Sequence

from gazetteer.arabic import split_words
from gazetteer.names import NameIndex
from gazetteer.place import Candidate, Toponym, ToponymKind
from gazetteer.trie import TokenTrie


class Reader:
    """Reads texts with one set of places. Building its trie waits for the first text."""

    def __init__(self, names: NameIndex) -> None:
        self.names = names
        self.demonyms: dict[str, str] = {}
        self._trie: TokenTrie[str] | None = None

    @property
    def trie(self) -> TokenTrie[str]:
        """The trie of all names in Arabic letters."""
        if self._trie is None:
            self._trie = TokenTrie()
            for key in self.names.entries:
                self._trie.insert_folded(split_words(key), key)
        return self._trie

    def read(
        self,
        text: str,
        *,
        sentences: Sequence[tuple[int, int]] | None = None,
        nested: bool = False,
    ) -> list[Toponym]:
        """Read the toponyms of a text, in order."""
        toponyms = []
        for start, end, key in self.trie.find(text):
            candidates = tuple(
                Candidate(place=e.place, score=e.score, why=(e.how,))
                for e in sorted(self.names.entries[key], key=lambda e: -e.score)
                if e.needs is None and not e.weak
            )
            if candidates:
                place = candidates[0].place
                toponyms.append(
                    Toponym(
                        start=start,
                        end=end,
                        surface=text[start:end],
                        kind=ToponymKind.LITERAL,
                        place=place,
                        candidates=candidates,
                        geo_precision=1,
                        uncertainty_km=place.radius_km,
                        confidence=candidates[0].score,
                        why=candidates[0].why,
                    )
                )
        return toponyms
