"""Read a sentence once into tokens, entries and the cost of crossing from clause to clause."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate

from dashboard.extraction.grammar import (
    CueEntry,
    ForceEntry,
    Grammar,
    NationEntry,
    NumberEntry,
    TriggerEntry,
    WordEntry,
)
from dashboard.extraction.inflection import Tense
from dashboard.extraction.lexicon import Hit, Token
from dashboard.model import Sentence

COMMA = 2
OPENER = 3
COLON = 4
STOP = 6
"""What it costs to cross a boundary, in words of distance: a mention beyond it is less likely
meant. The order matters, the figures were tried on sentences of our own."""

TOPIC = 12
"""Words from "as for" (أما) to the verb that takes its topic up with ف."""

ONE_CLAUSE = 2
"""A crossing up to this cost stays in the clause: one comma."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parse:
    """A sentence with its tokens and the entries found in them."""

    sentence: Sentence
    tokens: tuple[Token, ...]
    hits: tuple[Hit, ...]
    costs: tuple[int, ...]
    words: dict[str, list[Hit]] = field(default_factory=dict)
    cues: dict[int, list[int]] = field(default_factory=dict)
    classes: tuple[frozenset[str], ...] = ()

    def crossing(self, one: int, other: int) -> int:
        """Give the cost of the boundaries between two tokens."""
        return abs(self.costs[one] - self.costs[other])

    def at(self, start: int, end: int) -> tuple[int, int]:
        """Give the tokens [first, last) that a stretch of the article touches."""
        first = next((i for i, t in enumerate(self.tokens) if t.end > start), len(self.tokens) - 1)
        last = first + 1
        while last < len(self.tokens) and self.tokens[last].start < end:
            last += 1
        return first, last

    def near(self, name: str, position: int, before: int, crossing: int = ONE_CLAUSE) -> Hit | None:
        """Give the nearest word of a class that ends up to `before` tokens before a position."""
        found = None
        for hit in self.words.get(name, ()):
            if hit.last <= position and position - hit.last < before:
                if self.crossing(hit.first, position) <= crossing:
                    found = hit
            elif hit.first >= position:
                break
        return found

    def entries(self, kind: type) -> Iterator[Hit]:
        """Give the hits whose entry is of a kind."""
        return (hit for hit in self.hits if type(hit.entry) is kind)


def parse(sentence: Sentence, grammar: Grammar) -> Parse:
    """Read a sentence's words; offsets are the article's."""
    tokens = grammar.lexicon.tokens(sentence.text, sentence.span.start)
    hits = tuple(grammar.lexicon.find(tokens))
    words: dict[str, list[Hit]] = {}
    cues: dict[int, list[int]] = {}
    verbs = set()
    for hit in hits:
        entry = hit.entry
        if type(entry) is WordEntry:
            words.setdefault(entry.name, []).append(hit)
        elif type(entry) is CueEntry:
            cues.setdefault(entry.id, []).append(hit.first)
        if hit.sense.tense is not Tense.NONE and hit.sense.joined:
            verbs.add(hit.first)
    classes = tuple(grammar.classes(token.form) for token in tokens)
    steps = [_step(tokens, classes, verbs, i) for i in range(len(tokens))]
    return Parse(
        sentence=sentence,
        tokens=tokens,
        hits=hits,
        costs=tuple(accumulate(steps)),
        words=words,
        cues=cues,
        classes=classes,
    )


def _step(
    tokens: tuple[Token, ...], classes: tuple[frozenset[str], ...], verbs: set[int], i: int
) -> int:
    gap = tokens[i].gap
    if i == 0 or gap == " ":
        cost = 0
    elif any(mark in gap for mark in ".!?؟…\n؛;"):
        cost = STOP
    elif ":" in gap:
        cost = COLON
    elif any(mark in gap for mark in "،,") or " - " in gap or "–" in gap:
        cost = COMMA
    else:
        cost = 0
    if i and ("opener" in classes[i] or i in verbs) and not _runs_on(tokens, classes, i):
        cost += OPENER
    return cost


def _runs_on(tokens: tuple[Token, ...], classes: tuple[frozenset[str], ...], i: int) -> bool:
    """Tell whether what looks like a new clause is not: من قبل ("by"), أما X فيفعل."""
    if "by" in classes[i] and "out_of" in classes[i - 1]:
        return True
    if not tokens[i].form.startswith("ف"):
        return False
    early = range(max(0, i - TOPIC), i)
    return any("topic" in classes[at] for at in early)


__all__ = [
    "COMMA",
    "ONE_CLAUSE",
    "ForceEntry",
    "NationEntry",
    "NumberEntry",
    "Parse",
    "TriggerEntry",
    "parse",
]
