"""Read a sentence once into tokens, entries and the cost of crossing from clause to clause."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from operator import itemgetter

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
from dashboard.extraction.lexicon import MEMO_LIMIT, Hit, Token
from dashboard.model import Sentence

COMMA = 2
OPENER = 3
COLON = 4
STOP = 6
"""What it costs to cross a boundary, in words of distance: a mention beyond it is less likely
meant. The order matters, the figures were tried on sentences of our own."""

ASIDE = 5
"""Words that an aside of time between two commas has at most."""

TOPIC = 12
"""Words from "as for" (أما) to the verb that takes its topic up with ف."""

_END = itemgetter(Token._fields.index("end"))

ONE_CLAUSE = 2
"""A crossing up to this cost stays in the clause: one comma."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Parse:
    """A sentence with its tokens and the entries found in them."""

    sentence: Sentence
    tokens: tuple[Token, ...]
    hits: tuple[Hit, ...]
    costs: tuple[int, ...]
    words: dict[str, list[Hit]] = field(default_factory=dict)
    cues: dict[int, list[int]] = field(default_factory=dict)
    classes: tuple[frozenset[str], ...] = ()
    present: frozenset[str] = frozenset()
    kinds: dict[type, list[Hit]] = field(default_factory=dict)

    def crossing(self, one: int, other: int) -> int:
        """Give the cost of the boundaries between two tokens."""
        return abs(self.costs[one] - self.costs[other])

    def at(self, start: int, end: int) -> tuple[int, int]:
        """Give the tokens [first, last) that a stretch of the article touches."""
        tokens = self.tokens
        first = min(bisect_right(tokens, start, key=_END), len(tokens) - 1)
        last = first + 1
        while last < len(tokens) and tokens[last].start < end:
            last += 1
        return first, last

    def has(self, name: str, positions: Iterable[int]) -> bool:
        """Tell whether a word of a class stands at one of some tokens."""
        if name not in self.present:
            return False
        classes = self.classes
        return any(name in classes[at] for at in positions)

    def near(self, name: str, position: int, before: int, crossing: int = ONE_CLAUSE) -> Hit | None:
        """Give the nearest word of a class that ends up to `before` tokens before a position."""
        found = None
        if name not in self.words:
            return None
        for hit in self.words[name]:
            if hit.last <= position and position - hit.last < before:
                if self.crossing(hit.first, position) <= crossing:
                    found = hit
            elif hit.first >= position:
                break
        return found

    def entries(self, kind: type) -> Sequence[Hit]:
        """Give the hits whose entry is of a kind."""
        return self.kinds.get(kind, ())


def parse(sentence: Sentence, grammar: Grammar) -> Parse:
    """Read a sentence's words; offsets are the article's."""
    tokens = grammar.lexicon.tokens(sentence.text, sentence.span.start)
    hits = tuple(grammar.lexicon.find(tokens))
    words: dict[str, list[Hit]] = {}
    cues: dict[int, list[int]] = {}
    kinds: dict[type, list[Hit]] = {}
    verbs = set()
    for hit in hits:
        first, _, entry, sense = hit
        kind = type(entry)
        if kind in kinds:
            kinds[kind].append(hit)
        else:
            kinds[kind] = [hit]
        if isinstance(entry, WordEntry):
            words.setdefault(entry.name, []).append(hit)
        elif isinstance(entry, CueEntry):
            cues.setdefault(entry.id, []).append(first)
        if sense.joined and sense.tense is not Tense.NONE:
            verbs.add(first)
    classes = tuple([token.word.classes for token in tokens])
    steps = list(map(_GAPS.__getitem__, [token.gap for token in tokens]))
    if steps:
        steps[0] = 0
    present = frozenset().union(*classes)
    verbs -= {hit.first for hit in words.get("place_noun", ()) if not hit.sense.joined}  # وادي
    openers = verbs
    if "opener" in present:
        openers = verbs.union(i for i, names in enumerate(classes) if "opener" in names)
    if "while_time" in present:
        openers = openers.union(i for i in range(1, len(tokens)) if _opens_while(classes, i))
    for i in openers:
        if i and not _runs_on(tokens, classes, i):
            steps[i] += OPENER
    if "time_aside" in present:
        _join_asides(tokens, classes, steps)
    return Parse(
        sentence=sentence,
        tokens=tokens,
        hits=hits,
        costs=tuple(accumulate(steps)),
        words=words,
        cues=cues,
        classes=classes,
        present=present,
        kinds=kinds,
    )


class _GapCosts(dict[str, int]):
    """What it costs to cross what stands between two words, by the marks in it."""

    def __missing__(self, gap: str) -> int:
        if len(self) > MEMO_LIMIT:
            self.clear()
        cost = self[gap] = _gap_cost(gap)
        return cost


_GAPS = _GapCosts({" ": 0})


def _gap_cost(gap: str) -> int:
    if any(mark in gap for mark in ".!?؟…\n؛;"):
        return STOP
    if ":" in gap:
        return COLON
    if any(mark in gap for mark in "،,") or " - " in gap or "–" in gap:
        return COMMA
    return 0


def _join_asides(
    tokens: tuple[Token, ...], classes: tuple[frozenset[str], ...], steps: list[int]
) -> None:
    """Take the cost off a pair of commas about words of time: they part nothing.

    So the press writes when: "the army shelled, on Saturday, with guns, posts of the group".
    """
    for i in range(1, len(tokens)):
        if "time_aside" not in classes[i] or not _has_comma(tokens[i].gap):
            continue
        end = next(
            (j for j in range(i + 1, min(i + ASIDE + 1, len(tokens))) if _has_comma(tokens[j].gap)),
            None,
        )
        if end is None:
            continue
        second = tokens[i + 1].form
        timely = second.startswith("ال") or second[0].isdigit() or "time_aside" in classes[i + 1]
        if end == i + 1 or timely:
            steps[i] = 0
            steps[end] -= COMMA


def _has_comma(gap: str) -> bool:
    return _GAPS[gap] == COMMA


def _opens_while(classes: tuple[frozenset[str], ...], i: int) -> bool:
    """Tell whether a word of time opens a clause: "at a time when", not "at an earlier time"."""
    after = classes[i + 1] if i + 1 < len(classes) else frozenset()
    return (
        "while_time" in classes[i] and "before_noun" in classes[i - 1] and "other_time" not in after
    )


def _runs_on(tokens: tuple[Token, ...], classes: tuple[frozenset[str], ...], i: int) -> bool:
    """Tell whether what looks like a new clause is not: من قبل ("by"), أما X فيفعل."""
    if "by" in classes[i] and "out_of" in classes[i - 1]:
        return True
    if i + 1 < len(tokens) and "that_time" in classes[i + 1]:
        return "earlier" in classes[i] or "after" in classes[i]  # "the day before that"
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
