"""The place names of one text as they are being read, with the words around them."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from gazetteer.arabic import TO
from gazetteer.names import Entry, Scored
from gazetteer.place import Candidate, Place, PlaceKind, ToponymKind
from gazetteer.trie import Tokens
from gazetteer.words import Anaphor, KindWord, Phrases, Words


@dataclass(slots=True, kw_only=True)
class Mention:
    """A name, or a word that stands for one, being read; `first` and `last` are token numbers.

    `prefix` is the particle written together with the name; `kind_words` the kind word before it,
    at token `kind_at`. `accepted` turns true by a cue, `reading` says what it was read as.
    """

    start: int
    end: int
    first: int
    last: int
    key: str
    prefix: str
    entries: tuple[Entry, ...] = ()
    weak: bool = True  # all entries are weak
    reading: ToponymKind | None = None
    code: str | None = None  # of the country whose adjective it is
    anaphor: Anaphor | None = None
    kind_word: KindWord | None = None
    kind_at: int | None = None
    listed_after: "Mention | None" = None  # the name before it in a list
    accepted: bool = False
    metonym: bool = False
    doubtful: bool = False  # short, and split from a particle: likely another word
    near: bool = False
    why: list[str] = field(default_factory=list)
    scored: tuple[Scored, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    place: Place | None = None

    @property
    def is_name(self) -> bool:
        """Tell whether it can still be read as the name of a place."""
        return bool(self.entries) and self.reading is None

    @property
    def is_weak(self) -> bool:
        """Tell whether it needs a cue: it is an ordinary word too, or hardly known."""
        return self.doubtful or self.weak

    def has_kind(self, *kinds: PlaceKind) -> bool:
        """Tell whether any place of this name is of one of these kinds."""
        return any(entry.place.kind in kinds for entry in self.entries)


@dataclass(frozen=True, slots=True, kw_only=True)
class Relative:
    """A phrase with its computed place; `inside` are the mentions that it is reckoned from."""

    start: int
    end: int
    place: Place
    geo_precision: int
    confidence: float
    why: str
    inside: tuple[Mention, ...]


class Passage:
    """A text cut into words, with questions about the words before and after a mention."""

    def __init__(self, text: str, tokens: Tokens, words: Words) -> None:
        self.text = text
        self.tokens = tokens.units
        self.words = words
        self._bases = tokens.bases

    def start(self, number: int) -> int:
        """Give where in the text a word starts."""
        return self._bases[number] + self.tokens[number].start

    def end(self, number: int) -> int:
        """Give where in the text a word ends."""
        return self._bases[number] + self.tokens[number].end

    def token_at(self, position: int) -> int:
        """Give the number of the word that holds a position of the text."""
        number = max(0, bisect_right(self._bases, position) - 1)
        while number and self.start(number) > position:
            number -= 1
        return number

    def prefix(self, mention_start: int, number: int) -> str:
        """Give the particle that was split off the word where a mention starts, folded."""
        base, token = self._bases[number], self.tokens[number]
        for word, start in token.readings[1:]:
            if base + start == mention_start:
                cut = token.word.removesuffix(word)
                if cut != token.word:
                    return cut
                return (token.word[0] if token.word[0] != TO else "") + TO  # contracted "lil-"
        return ""

    def before(self, number: int, phrases: Phrases, *, most: int = 3) -> int | None:
        """Find a phrase that ends right before a word; give the number of its first word.

        The phrase may carry a particle ("وقرب"); nothing but blanks and quotes may stand between.
        """
        tokens = self.tokens
        first = number - 1
        if first < 0 or phrases.tails.isdisjoint(tokens[first].forms):
            return None
        tail = ""
        found = None
        for first in range(number - 1, max(-1, number - 1 - most), -1):
            token = tokens[first]
            if not token.runs_on:
                break
            for word in token.forms:
                if word + tail in phrases:
                    found = first
                    break
            tail = f" {token.word}{tail}"
        return found

    def after(self, number: int, phrases: Phrases, *, most: int = 3) -> int | None:
        """Find a phrase that starts right after a word; give the number of its last word."""
        tokens = self.tokens
        following = number + 1
        if following >= len(tokens) or not tokens[number].runs_on:
            return None
        if phrases.heads.isdisjoint(tokens[following].forms):
            return None
        found = None
        start = ""
        for last in range(following, min(len(tokens), following + most)):
            token = tokens[last]
            phrase = start + token.word
            if phrase in phrases or (not start and not phrases.isdisjoint(token.forms)):
                found = last
            if not token.runs_on:
                break
            start = phrase + " "
        return found

    def word(self, number: int) -> str:
        """Give a folded word by number, or nothing beyond the ends of the text."""
        return self.tokens[number].word if 0 <= number < len(self.tokens) else ""

    def runs_to(self, first: int, second: int) -> bool:
        """Tell whether nothing but blanks and quotes stands between two words."""
        tokens = self.tokens
        return all(tokens[number].runs_on for number in range(first, second))

    def kind_word_before(self, number: int) -> tuple[KindWord, int] | None:
        """Find the kind word right before a word; give it and its first word's number."""
        at = self.before(number, self.words.kind_phrases, most=2)
        if at is None:
            return None
        tail = "".join(f" {self.tokens[n].word}" for n in range(at + 1, number))
        for word in self.tokens[at].forms:
            if kind_word := self.words.kind_words.get(word + tail):
                return kind_word, at
        return None

    def phrase(self, first: int, end: int) -> tuple[int, str]:
        """Give where a word starts, and the text from there to `end` with single blanks."""
        start = self.start(first)
        return start, " ".join(self.text[start:end].split())

    def start_of(self, first: int, phrases: Phrases) -> int:
        """Give where in the text a phrase that begins at a word starts, past its particle."""
        return self._bases[first] + next(
            (start for word, start in self.tokens[first].readings if word in phrases.heads),
            self.tokens[first].start,
        )

    def pairs(self, mentions: list[Mention]) -> Iterator[tuple[Mention, Mention]]:
        """Give each two mentions that follow one another."""
        yield from pairwise(mentions)
