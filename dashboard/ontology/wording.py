"""Tell from an event's words what its type does not say: that only a part fell, that it rules."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from dashboard.model import Event, Role
from dashboard.ontology.load import load_ontology
from gazetteer.arabic import split_words, strip_proclitics

FILE = Path(__file__).with_name("wording.toml")

PART, CONTROL = 1, 2
"""Bits of `tells`: a capture tells that only a part changed hands; presence tells control."""

PART_WITHIN = 8
"""Words after the trigger in which a part of the place is looked for, where no place follows."""

Marks = Sequence[tuple[Role, int, int]]
"""Roles, with where they start and end in the quote."""


def tells(event: Event) -> int:
    """Give the bits of what an event's words tell."""
    start = event.spans[0].start if event.spans else 0
    return tells_of(
        event.type,
        event.quote,
        [(mark.role, mark.span.start - start, mark.span.end - start) for mark in event.marks],
    )


def tells_of(kind: str, quote: str, marks: Marks) -> int:
    """Give the bits of what the words of an event of some type tell."""
    if kind not in worded_types():
        return 0
    inside = [mark for mark in marks if 0 <= mark[1] < len(quote)]
    if kind == "capture":
        return PART if _tells_part(quote, inside) else 0
    return CONTROL if _tells_control(quote, inside) else 0


@cache
def worded_types() -> frozenset[str]:
    """Give the event types of which the words matter."""
    types = load_ontology().event_types.items()
    return frozenset(name for name, kind in types if kind.effect == "hold" or name == "capture")


def _tells_part(quote: str, marks: Marks) -> bool:
    """Tell whether a capture's words say that only a part of the place changed hands.

    A quarter's capture is told at its city (codebook, ruling 11), which is not lost with it. What
    is read runs from the trigger to the name of the place, or PART_WITHIN words, at most up to a
    word like "after": what follows that tells of something else.
    """
    words = split_words(_from_trigger_to_place(quote, marks))
    table = _part_words()
    for number, word in enumerate(words):
        readings = {word, *(reading for reading, _ in strip_proclitics(word))}
        if (word,) in table["ends"]:
            return False
        for part in table["parts"]:
            if part[0] in readings and words[number + 1 : number + len(part)] == part[1:]:
                return not (number and (words[number - 1],) in table["wholes"])
    return False


def _from_trigger_to_place(quote: str, marks: Marks) -> str:
    triggers = [start for role, start, _ in marks if role is Role.TRIGGER]
    if not triggers:
        return quote
    begin = min(triggers)
    ends = [end for role, start, end in marks if role is Role.PLACE and start > begin]
    return quote[begin : min(ends)] if ends else " ".join(quote[begin:].split()[:PART_WITHIN])


def _tells_control(quote: str, marks: Marks) -> bool:
    """Tell whether the words that tell of presence, or else its sentence, tell of control."""
    triggers = [quote[start:end] for role, start, end in marks if role is Role.TRIGGER]
    words = {word for text in triggers or [quote] for word in split_words(text)}
    return bool((words | _bare(words)) & _control_words())


def _bare(words: Iterable[str]) -> set[str]:
    return {reading for word in words for reading, _ in strip_proclitics(word)}


@cache
def _words() -> Mapping[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


@cache
def _control_words() -> frozenset[str]:
    return frozenset(word for entry in _words()["control_words"] for word in split_words(entry))


@cache
def _part_words() -> dict[str, frozenset[tuple[str, ...]]]:
    return {
        name: frozenset(split_words(entry) for entry in entries)
        for name, entries in _words()["part_words"].items()
    }
