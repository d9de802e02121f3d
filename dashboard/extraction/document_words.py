"""The words of a sentence by each way to read them, to look for runs of words in any order."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, chain
from typing import NamedTuple

from dashboard.extraction.date_lexicon import split_name
from dashboard.extraction.date_tokens import MEMO_LIMIT, Scan, Word
from dashboard.model import Span
from gazetteer.arabic import ARTICLE

Way = tuple[str, ...]


def read_way(text: str) -> Way:
    """Cut a wording of the chronology into folded words; `_` joins words that touch."""
    words: list[str] = []
    for part in text.split("_"):
        found = split_name(part.removesuffix("*"))
        words.extend((*found[:-1], found[-1] + "*") if part.endswith("*") else found)
    return tuple(words)


def _readings(word: Word) -> Iterator[str]:
    """Give the ways to read a word: without proclitics, and without the article."""
    for form in word.forms:
        yield form.word
        if form.word.startswith(ARTICLE) and len(form.word) > 4:
            yield form.word[2:]


class Mark(NamedTuple):
    """Of a word: its readings that begin a way, those that are anchors, the bits of its groups."""

    readings: tuple[str, ...]
    anchors: tuple[str, ...]
    groups: int


class Marks:
    """What each distinct word can begin, of the ways that are looked for: told once a word.

    `anchors` are the first words of what a sentence must hold; `groups` gives a number to sets of
    first words of which it must hold one.
    """

    def __init__(
        self,
        ways: Iterable[Way],
        anchors: Iterable[str],
        groups: Mapping[frozenset[str], int] | None = None,
    ) -> None:
        first = {way[0] for way in ways}
        self._open = tuple(word[:-1] for word in first if word.endswith("*"))
        self._first = frozenset(first)
        self._anchors = frozenset(anchors)
        self._groups = groups or {}
        self._known: dict[str, Mark | None] = {}

    def of(self, scan: Scan) -> list[tuple[int, Mark]]:
        """Give the words of a text that can begin something, and what."""
        known = self._known
        if len(known) > MEMO_LIMIT:
            known.clear()
        texts = [word.text for word in scan.words]
        for at, text in enumerate(texts):
            if text not in known:
                known[text] = self._mark(scan.words[at])
        return [(at, mark) for at, mark in enumerate(map(known.__getitem__, texts)) if mark]

    def _mark(self, word: Word) -> Mark | None:
        readings = tuple(
            reading
            for reading in _readings(word)
            if reading in self._first or reading.startswith(self._open)
        )
        if not readings:
            return None
        groups = (1 << n for group, n in self._groups.items() if not group.isdisjoint(readings))
        return Mark(readings, tuple(sorted(self._anchors.intersection(readings))), sum(groups))


class Ways:
    """The ways of one thing, each a run of words, by first words; `open` are those without."""

    def __init__(self, ways: Iterable[Way]) -> None:
        self.all = tuple(ways)
        self.open = tuple(way for way in self.all if way[0].endswith("*"))
        self.by_first: dict[str, list[Way]] = {}
        for way in self.all:
            if way not in self.open:
                self.by_first.setdefault(way[0], []).append(way)


class Window:
    """The words of one sentence, by each way to read them, and where they stand."""

    def __init__(self, scan: Scan, last: int, marks: Iterable[tuple[int, Mark]]) -> None:
        self.words = scan.words
        self.last = last
        self.places: dict[str, list[int]] = {}
        for at, mark in marks:
            for reading in mark.readings:
                self.places.setdefault(reading, []).append(at)

    def find(self, way: Way) -> Sequence[int]:
        """Find where a run of words begins."""
        word = way[0]
        if word.endswith("*"):
            opens = [
                at for w, found in self.places.items() if w.startswith(word[:-1]) for at in found
            ]
            return [at for at in opens if self._goes_on(way, at)]
        starts = self.places.get(word, ())
        if len(way) == 1 or not starts:
            return starts
        return [at for at in starts if self._goes_on(way, at)]

    def _goes_on(self, way: Way, at: int) -> bool:
        if at + len(way) > self.last:
            return False
        words = self.words
        return all(
            _fits(words[at + k].forms[0].word, part) for k, part in enumerate(way[1:], start=1)
        )

    def near(self, ways: Ways, at: int, reach: int) -> bool:
        """Tell whether one of the ways stands within so many words."""
        there = ways.by_first.keys() & self.places.keys()
        for way in chain(*[ways.by_first[word] for word in there], ways.open):
            for found in self.find(way):
                if abs(found - at) <= reach:
                    return True
        return False


def _fits(word: str, part: str) -> bool:
    return word.startswith(part[:-1]) if part.endswith("*") else word == part


class Stretch(NamedTuple):
    """A sentence up to word `last` that holds an anchor; `marks` are those of its words."""

    sentence: Span
    last: int
    marks: Sequence[tuple[int, Mark]]
    anchors: set[str]

    def window(self, scan: Scan) -> Window:
        """Give its words by each way to read them."""
        return Window(scan, self.last, self.marks)


def anchored(
    scan: Scan, marks: Sequence[tuple[int, Mark]], sentences: Sequence[Span]
) -> Iterator[Stretch]:
    """Give the sentences that hold an anchor: the words of the others need no look."""
    begins = scan.begins or list(accumulate((word.full for word in scan.words), initial=0))
    at_words = [at for at, _ in marks]
    for sentence in sentences:
        last = min(bisect_left(begins, sentence.end), len(scan.words))
        first = bisect_left(at_words, bisect_left(begins, sentence.start))
        inside = marks[first : bisect_left(at_words, last)]
        anchors: set[str] = set()
        for _, mark in inside:
            if mark.anchors:
                anchors.update(mark.anchors)
        if anchors:
            yield Stretch(sentence, last, inside, anchors)
