"""Know the words of the reading: one memo a distinct word, one trie of lemmas for all phrases."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from itertools import accumulate
from typing import NamedTuple

from dashboard.extraction.inflection import Form, Tense, noun_forms, verb_forms
from gazetteer import fold

WORD = re.compile(r"[^\W_]+(?:[\u0640\u064b-\u065f\u0670]+[^\W_]*)*")
_PIECES = re.compile(f"({WORD.pattern})")
MEMO_LIMIT = 300_000
"""Distinct words remembered at most, some 100 MB."""

NONE: frozenset[str] = frozenset()
_CONJUNCTIONS = ("", "و", "ف")
_NOMINAL = ("ال", "بال", "لل", "كال", "ب", "ل", "ك")


class Sense(NamedTuple):
    """One way to take a word: the lemma, the verb's tense, what was stripped before it."""

    lemma: int
    tense: Tense
    pronoun: bool
    joined: bool
    prefix: str


class Token(NamedTuple):
    """A word of a sentence; offsets are the article's; `gap` is what stands before it."""

    form: str
    start: int
    end: int
    gap: str
    word: "Word"

    @property
    def senses(self) -> tuple[Sense, ...]:
        """All ways to take the word."""
        return self.word.senses


class Hit(NamedTuple):
    """An entry found at tokens [first, last); `sense` is that of its first word."""

    first: int
    last: int
    entry: object
    sense: Sense


class Word(NamedTuple):
    """All that is known of a distinct word: its senses, its classes, the entries it can begin.

    `starts` gives for each sense that begins an entry the entries of this word alone, and the node
    from which longer ones go on, if any do.
    """

    form: str
    senses: tuple[Sense, ...]
    classes: frozenset[str]
    lemmas: frozenset[int]
    starts: tuple[tuple[Sense, tuple[object, ...], "_Node | None"], ...]


class _Node:
    __slots__ = ("entries", "next")

    def __init__(self) -> None:
        self.next: dict[int, _Node] = {}
        self.entries: list[tuple[object, str, bool]] = []


@lru_cache(maxsize=50_000)
def simplify(word: str) -> str:
    """Fold a word's spelling, but keep ة: folded to ه it would look like a pronoun."""
    return "ة".join(fold(part) if part else "" for part in word.split("ة"))


class _Memo(dict[str, Word]):
    """Every distinct word looked at once, at the speed of a plain look-up afterwards."""

    def __init__(self, lexicon: "Lexicon") -> None:
        super().__init__()
        self._lexicon = lexicon

    def __missing__(self, raw: str) -> Word:
        if len(self) > MEMO_LIMIT:
            self.clear()
        word = self[raw] = self._lexicon.read(raw)
        return word


_hit = partial(tuple.__new__, Hit)
_token = partial(tuple.__new__, Token)  # a Token of its five parts, made without a call of ours


class Lexicon:
    """Lemmas with their forms, and entries that are sequences of lemmas; classes of exact forms.

    Proclitics (و ف, ب ل ك, ال, the future's س) are stripped once a distinct word and kept in the
    sense. Matching gives every entry at every token; who reads them chooses.
    """

    def __init__(self, classes: Mapping[str, frozenset[str]] | None = None) -> None:
        self._classes = classes or {}
        self._lemmas: dict[tuple[str, str], int] = {}
        self._forms: dict[str, list[tuple[int, Tense, bool]]] = {}
        self._root = _Node()
        self._known = _Memo(self)

    def add(
        self, phrase: str, entry: object, *, verb: bool = False, tense: str = "", name: bool = False
    ) -> None:
        """Add an entry under a phrase whose first word is a verb or not; the rest are nouns.

        A `name` of one word with the article is not found without it.
        """
        node = self._root
        for position, word in enumerate(phrase.split()):
            lemma = self._lemma(word, verb and position == 0, adjective=position > 0)
            node = node.next.setdefault(lemma, _Node())
        # "القاعدة" is a name, "قاعدة" a base: a name of one word keeps its article.
        definite = phrase.startswith("ال") and " " not in phrase and len(phrase) > 4 and name
        node.entries.append((entry, tense, definite))
        self._known.clear()

    def _lemma(self, word: str, verb: bool, *, adjective: bool) -> int:
        if not verb and word.startswith("ال") and len(word) > 4:
            word = word[2:]
        key = ("verb" if verb else "adjective" if adjective else "noun", word)
        lemma = self._lemmas.get(key)
        if lemma is None:
            lemma = self._lemmas[key] = len(self._lemmas)
            forms: Iterable[Form] = (
                verb_forms(word) if verb else noun_forms(word, adjective=adjective)
            )
            for form in forms:
                known = self._forms.setdefault(simplify(form.text), [])
                if (lemma, form.tense, form.pronoun) not in known:
                    known.append((lemma, form.tense, form.pronoun))
        return lemma

    def read(self, raw: str) -> Word:
        """Read a word: its simplified form, all ways to take it, what it can begin."""
        form = simplify(raw)
        senses = tuple(dict.fromkeys(self._analyse(form)))
        if not senses and form.endswith("ه"):
            senses = tuple(dict.fromkeys(self._analyse(form[:-1] + "ة")))
        starts = []
        for sense in senses:
            node = self._root.next.get(sense.lemma)
            if node is not None:
                own = tuple(_entries(node, sense))
                starts.append((sense, own, node if node.next else None))
        lemmas = frozenset(sense.lemma for sense in senses)
        return Word(form, senses, self.classes(form), lemmas, tuple(starts))

    def classes(self, form: str) -> frozenset[str]:
        """Give the classes of an exact form, with or without و or ف before it."""
        known = self._classes.get(form)
        if known is None and form[:1] in ("و", "ف"):
            known = self._classes.get(form[1:])
        return known or NONE

    def _analyse(self, form: str) -> Iterator[Sense]:
        for conjunction in _CONJUNCTIONS:
            if not form.startswith(conjunction):
                continue
            rest = form[len(conjunction) :]
            joined = bool(conjunction)
            for lemma, tense, pronoun in self._forms.get(rest, ()):
                yield Sense(lemma, tense, pronoun, joined, "")
            if rest.startswith("س"):
                for lemma, tense, pronoun in self._forms.get(rest[1:], ()):
                    if tense is Tense.PRESENT:
                        yield Sense(lemma, Tense.FUTURE, pronoun, joined, "س")
            for prefix in _NOMINAL:
                if not rest.startswith(prefix) or len(rest) - len(prefix) < 2:
                    continue
                bare = rest[len(prefix) :]
                for lemma, tense, pronoun in self._forms.get(bare, ()):
                    if tense is Tense.NONE and not (pronoun and prefix.endswith(("ال", "لل"))):
                        yield Sense(lemma, tense, pronoun, joined, prefix)
                    elif tense is Tense.PRESENT and prefix == "ل":
                        yield Sense(lemma, Tense.FUTURE, pronoun, joined, prefix)

    def tokens(self, text: str, offset: int = 0) -> tuple[Token, ...]:
        """Split a text into words with their senses; `offset` is added to every position."""
        pieces = _PIECES.split(text)
        words = list(map(self._known.__getitem__, pieces[1::2]))
        edges = list(accumulate(map(len, pieces), initial=offset))
        forms = [word.form for word in words]
        return tuple(
            map(_token, zip(forms, edges[1::2], edges[2::2], pieces[::2], words, strict=False))
        )

    def find(self, tokens: Sequence[Token]) -> list[Hit]:
        """Find every entry, at every token, in order of their first token."""
        hits: list[Hit] = []
        last = len(tokens) - 1
        for first, token in enumerate(tokens):
            for sense, own, node in token.word.starts:
                if own:
                    hits += [_hit((first, first + 1, entry, sense)) for entry in own]
                if node is not None and first < last:
                    following = tokens[first + 1].word.lemmas
                    if not node.next.keys().isdisjoint(following):
                        self._walk(tokens, first, first + 1, node, sense, hits)
        return hits

    def _walk(
        self,
        tokens: Sequence[Token],
        first: int,
        last: int,
        node: _Node,
        sense: Sense,
        hits: list[Hit],
    ) -> None:
        """Follow a phrase from its word before `last` on."""
        if last < len(tokens):
            for following in tokens[last].word.senses:
                onward = node.next.get(following.lemma)
                if onward is not None:
                    for entry in _entries(onward, sense):
                        hits.append(Hit(first, last + 1, entry, sense))
                    self._walk(tokens, first, last + 1, onward, sense, hits)


def _entries(node: _Node, sense: Sense) -> Iterator[object]:
    """Give the entries that end at a node and whose first word can be taken in this sense."""
    for entry, tense, definite in node.entries:
        if definite and not sense.prefix.endswith(("ال", "لل")):
            continue
        if not tense or sense.tense == tense:
            yield entry
