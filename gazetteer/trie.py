"""Find many names in a text at once: a trie over words, with a memo for each distinct word."""

import re
from collections.abc import Callable, Iterable
from itertools import accumulate, compress
from typing import Any, Generic, NamedTuple, TypeVar

from gazetteer import arabic

Payload = TypeVar("Payload")

# A name does not run on over these.
_BREAK = re.compile(r"[.،,;؛:!؟?…|]|\n\s*\n")
_MEMO_LIMIT = 300_000  # distinct words, some 40 MB

# A word of a chunk: start and end in it; its readings, each a folded word and where it starts;
# whether a name can run on past it.
Unit = tuple[int, int, tuple[tuple[str, int], ...], bool]
Node = dict[Any, Any]  # children by word; payloads under the key None


class Token(NamedTuple):
    """A word of a text. `readings`: folded forms, and where each starts, counted from `base`."""

    start: int
    end: int
    word: str
    readings: tuple[tuple[str, int], ...]
    base: int
    runs_on: bool  # no comma, full stop or the like stands between it and the next word


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

    def __init__(self, names: Iterable[tuple[str, Payload]] = ()) -> None:
        self._root: Node = {}
        self._units = _Memo(self._cut)
        self._starters = _Memo(self._starts_a_name)
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
        hits = list(compress(range(len(chunks)), map(self._starters.__getitem__, chunks)))
        if not hits:
            return []
        ends = [0, *accumulate(map(len, chunks))]
        units = self._units
        found: list[tuple[int, int, tuple[Payload, ...]]] = []
        done = 0
        for at in hits:
            base = ends[at] + at
            for number, (start, _, readings, _) in enumerate(units[chunks[at]]):
                if base + start < done:
                    continue
                best = None
                for word, shift in readings:
                    node = self._root.get(word)
                    if node is None:
                        continue
                    walked = self._walk(node, chunks, at, number, base)
                    if walked is not None and (best is None or walked[0] > best[1]):
                        best = (base + shift, *walked)
                if best is not None:
                    found.append(best)
                    done = best[1]
        return found

    def find_tokens(self, text: str) -> list[Token]:
        """Cut a text into its words: start, end, readings (whole first), whether it runs on.

        A reading is a folded word, without some proclitics, and where it starts in the text.
        """
        tokens: list[Token] = []
        base = 0
        units = self._units
        for chunk in text.split(" "):
            if cut := units[chunk]:
                tokens.extend(
                    Token(
                        base + start,
                        base + end,
                        readings[0][0],
                        readings,
                        base,
                        runs_on,
                    )
                    for start, end, readings, runs_on in cut
                )
            elif tokens and _BREAK.search(chunk):
                tokens[-1] = tokens[-1]._replace(runs_on=False)
            base += len(chunk) + 1
        return tokens

    def _walk(
        self, node: Node, chunks: list[str], at: int, number: int, base: int
    ) -> tuple[int, tuple[Payload, ...]] | None:
        """Follow a name through the words after its first; give the end of the longest."""
        units = self._units[chunks[at]]
        payloads = node.get(None)
        best = None if payloads is None else (base + units[number][1], payloads)
        while len(node) > (None in node) and units[number][3]:
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
            following: Node | None = node.get(units[number][2][0][0])
            if following is None:
                return best
            node = following
            if None in node:
                best = (base + units[number][1], node[None])
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
            units.append((start, end, tuple(readings), _BREAK.search(after) is None))
        return tuple(units)

    def _starts_a_name(self, chunk: str) -> bool:
        root = self._root
        return any(word in root for unit in self._cut(chunk) for word, _ in unit[2])
