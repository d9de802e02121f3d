"""Find many names in a text at once: a trie over words, with a memo for each distinct word."""

import re
from collections.abc import Callable, Iterable
from itertools import accumulate, chain, compress, repeat
from typing import Any, Generic, NamedTuple, TypeVar

from gazetteer import arabic

Payload = TypeVar("Payload")

# A name does not run on over these.
_BREAK = re.compile(r"[.،,;؛:!؟?…|]|\n\s*\n")
_MEMO_LIMIT = 300_000  # distinct words, some 40 MB

Node = dict[Any, Any]  # children by word; payloads under the key None


class Unit(NamedTuple):
    """A word of a chunk of text between blanks, cut once for all texts.

    `start` and `end` count from the chunk. `readings` are folded forms, the whole word first, then
    without some proclitics, and where each starts; `forms` are these without where they start.
    """

    start: int
    end: int
    word: str
    readings: tuple[tuple[str, int], ...]
    forms: tuple[str, ...]
    runs_on: bool  # no comma, full stop or the like stands between it and the next word
    flagged: bool  # one of its forms is among those that the trie was asked to flag


# A word of a chunk that starts a name: its number, its start, its readings' nodes and starts.
Starter = tuple[int, int, tuple[tuple[Node, int], ...]]


class Tokens(NamedTuple):
    """The words of a text, and for each where its chunk starts in the text."""

    units: list[Unit]
    bases: list[int]


class _Memo(dict[str, Any]):
    """A dict that computes what it lacks, once, at the speed of a plain look-up afterwards."""

    def __init__(self, compute: Callable[[str], Any]) -> None:
        super().__init__()
        self.compute = compute

    def __missing__(self, key: str) -> Any:
        value = self[key] = self.compute(key)
        return value


class TokenTrie(Generic[Payload]):
    """Names, each a sequence of words, with what they stand for.

    Words are compared folded (`gazetteer.fold`). A text is cut at blanks, and each distinct piece
    is folded, cut at punctuation and rid of its proclitics once in the life of the trie: scanning
    is then one look-up a word. Matches are leftmost-longest and do not overlap.
    """

    def __init__(
        self, names: Iterable[tuple[str, Payload]] = (), *, flags: frozenset[str] = frozenset()
    ) -> None:
        self._flags = flags
        self._root: Node = {}
        self._units = _Memo(self._cut)
        self._starters = _Memo(self._find_starters)
        for name, payload in names:
            self.insert(name, payload)

    def insert(self, words: str | Iterable[str], payload: Payload) -> None:
        """Add a name, given as a string or word by word; a name may have several payloads."""
        if not isinstance(words, str):
            words = " ".join(words)
        self.insert_folded(arabic.split_words(words), payload)

    def insert_folded(self, words: Iterable[str], payload: Payload) -> None:
        """Add a name whose words are folded already."""
        node = self._root
        for word in words:
            node = node.setdefault(word, {})
        if node is self._root:
            raise ValueError(f"a name without a letter cannot be found: {payload!r}")
        node[None] = (*node.get(None, ()), payload)
        if self._starters:
            self._starters.clear()

    def find(self, text: str) -> list[tuple[int, int, Payload]]:
        """Find the names in a text: start and end (half-open, without proclitics), payload."""
        return [
            (start, end, payload)
            for start, end, payloads in self.find_all(text)
            for payload in payloads
        ]

    def find_all(self, text: str) -> list[tuple[int, int, tuple[Payload, ...]]]:
        """Find the names in a text, each once, with all its payloads."""
        if len(self._starters) > _MEMO_LIMIT:
            self._starters.clear()
            self._units.clear()
        chunks = text.split(" ")
        starters = list(map(self._starters.__getitem__, chunks))
        hits = list(compress(range(len(chunks)), starters))
        if not hits:
            return []
        ends = [0, *accumulate(map(len, chunks))]
        found: list[tuple[int, int, tuple[Payload, ...]]] = []
        done = 0
        for at in hits:
            base = ends[at] + at
            for number, start, nodes in starters[at]:
                if base + start < done:
                    continue
                best = None
                for node, shift in nodes:
                    walked = self._walk(node, chunks, at, number, base)
                    if walked is not None and (best is None or walked[0] > best[1]):
                        best = (base + shift, *walked)
                if best is not None:
                    found.append(best)
                    done = best[1]
        return found

    def find_tokens(self, text: str) -> Tokens:
        """Cut a text into its words; blanks and signs between them are told by `runs_on`."""
        chunks = text.split(" ")
        cuts = list(map(self._units.__getitem__, chunks))
        units = list(chain.from_iterable(cuts))
        starts = accumulate(map(len, chunks), lambda at, length: at + length + 1, initial=0)
        bases = list(chain.from_iterable(map(repeat, starts, map(len, cuts))))
        if () in cuts:  # a chunk without words: a dash, a full stop after a blank, two blanks
            before = -1
            for chunk, cut in zip(chunks, cuts, strict=True):
                if not cut and before >= 0 and _BREAK.search(chunk):
                    units[before] = units[before]._replace(runs_on=False)
                before += len(cut)
        return Tokens(units, bases)

    def _walk(
        self, node: Node, chunks: list[str], at: int, number: int, base: int
    ) -> tuple[int, tuple[Payload, ...]] | None:
        """Follow a name through the words after its first; give the end of the longest."""
        units = self._units[chunks[at]]
        payloads = node.get(None)
        best = None if payloads is None else (base + units[number].end, payloads)
        while len(node) > (None in node) and units[number].runs_on:
            number += 1
            while number == len(units):
                base += len(chunks[at]) + 1
                at += 1
                number = 0
                if at == len(chunks):
                    return best
                units = self._units[chunks[at]]
                if not units and _BREAK.search(chunks[at]):
                    return best
            following: Node | None = node.get(units[number].word)
            if following is None:
                return best
            node = following
            if None in node:
                best = (base + units[number].end, node[None])
        return best

    def _cut(self, chunk: str) -> tuple[Unit, ...]:
        spans = list(arabic.find_words(chunk))
        units: list[Unit] = []
        for number, (start, end) in enumerate(spans):
            surface = chunk[start:end]
            whole = arabic.fold(surface)
            if not whole:
                continue
            readings = [(whole, start)]
            for rest, letters in arabic.strip_proclitics(whole):
                readings.append((rest, start + arabic.skip_letters(surface, letters)))
            after = chunk[end : spans[number + 1][0] if number + 1 < len(spans) else len(chunk)]
            forms = tuple(word for word, _ in readings)
            runs_on = _BREAK.search(after) is None
            flagged = not self._flags.isdisjoint(forms)
            units.append(Unit(start, end, whole, tuple(readings), forms, runs_on, flagged))
        return tuple(units)

    def _find_starters(self, chunk: str) -> tuple[Starter, ...]:
        """Give the words of a chunk that start a name, each with the nodes where they lead."""
        starters: list[Starter] = []
        for number, unit in enumerate(self._cut(chunk)):
            if nodes := tuple(
                (self._root[word], shift) for word, shift in unit.readings if word in self._root
            ):
                starters.append((number, unit.start, nodes))
        return tuple(starters)
