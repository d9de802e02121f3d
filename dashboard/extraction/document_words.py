"""The words of a sentence by each way to read them, to look for runs of words in any order."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import accumulate

from dashboard.extraction.date_lexicon import split_name
from dashboard.extraction.date_tokens import Scan
from dashboard.model import Span
from gazetteer.arabic import ARTICLE


def read_way(text: str) -> tuple[str, ...]:
    """Cut a wording of the chronology into folded words; `_` joins words that touch."""
    words: list[str] = []
    for part in text.split("_"):
        found = split_name(part.removesuffix("*"))
        words.extend((*found[:-1], found[-1] + "*") if part.endswith("*") else found)
    return tuple(words)


class Window:
    """The words of one sentence, by each way to read them, and where they stand."""

    def __init__(self, scan: Scan, first: int, last: int) -> None:
        self.words = scan.words
        self.last = last
        self.places: dict[str, list[int]] = {}
        for at in range(first, last):
            for form in scan.words[at].forms:
                self.places.setdefault(form.word, []).append(at)
                if form.word.startswith(ARTICLE) and len(form.word) > 4:
                    self.places.setdefault(form.word[2:], []).append(at)

    def find(self, way: tuple[str, ...]) -> Iterator[int]:
        """Find where a run of words begins."""
        for at in self._starts(way[0]):
            if at + len(way) <= self.last and all(
                _fits(self.words[at + k].forms[0].word, part)
                for k, part in enumerate(way[1:], start=1)
            ):
                yield at

    def _starts(self, word: str) -> Iterator[int]:
        if not word.endswith("*"):
            yield from self.places.get(word, ())
            return
        for other, places in self.places.items():
            if other.startswith(word[:-1]):
                yield from places

    def near(self, ways: Sequence[tuple[str, ...]], at: int, reach: int) -> bool:
        """Tell whether one of the ways stands within so many words."""
        return any(abs(found - at) <= reach for way in ways for found in self.find(way))


def _fits(word: str, part: str) -> bool:
    return word.startswith(part[:-1]) if part.endswith("*") else word == part


def windows(scan: Scan, sentences: Sequence[Span]) -> Iterator[tuple[Span, Window]]:
    """Give the words of each sentence."""
    begins = scan.begins or list(accumulate((word.full for word in scan.words), initial=0))
    for sentence in sentences:
        first = bisect_left(begins, sentence.start)
        last = min(bisect_left(begins, sentence.end), len(scan.words))
        if first < last:
            yield sentence, Window(scan, first, last)
