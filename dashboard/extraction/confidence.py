"""Weigh an event: each part of its confidence has a name and a reason.

The factors were set so that what is claimed is right as often: on three sets of annotated reports,
our sample, our second set and reports of the press, by the log loss of the product, then rounded
and set a little lower, for reports that nobody has seen are read worse. `maaqil evaluate` prints
the reliability and its error.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from math import prod
from typing import NamedTuple

from dashboard.extraction.asides import FoundPlace
from dashboard.extraction.clauses import Parse
from dashboard.extraction.modality import Told
from dashboard.extraction.roles import Frame
from dashboard.model import Event
from dashboard.model import Part as Speech

LEVELS = {
    "clause": 1.0,
    "sentence": 0.88,
    "paragraph": 0.82,
    "headline": 0.8,
    "article": 0.75,
    "none": 0.68,
}
"""How far off the place was found."""

DATES = {"clause": 1.0, "sentence": 1.0, "article": 0.94, "none": 1.0}
"""Where the day was found: an event of no day at all claims none."""

BASE = 1.0
CAP = 0.95
"""What a reading of which all is told nearby is worth, and more than which nothing is."""

WORDS, NAME = 0.4, 0.25
"""Powers that soften the weight of a trigger's words and of a place's name: they are no shares."""

GUESSED, UNTOLD = 0.96, 0.94
WIDE = 0.8
SHARED = 0.95
BACKGROUND = 0.85

MIXED_UP = 0.88
KINDS = ("offensive", "clash", "raid", "siege", "withdrawal", "deployment")
"""Types that are mixed up with others most often."""

AGAIN = 0.65
MOST_AGAIN = 2
"""What is left of the doubt by each further telling, and how many tellings count."""

REGION = 3
"""The precision of a region, as the codebook has it."""


class Part(NamedTuple):
    """One part of a confidence, a factor from 0 to 1."""

    name: str
    factor: float


def find_parts(
    parse: Parse,
    frame: Frame,
    told: Told,
    found: FoundPlace | None,
    *,
    date_level: str,
    precision: int,
    actor: str | None,
) -> tuple[Part, ...]:
    """Give the parts of what one sentence tells: its words, place, day, actor and mood."""
    parts = [
        Part("words", frame.trigger.trigger.weight**WORDS),
        Part(f"place in {frame.level}", LEVELS[frame.level]),
        Part(f"date of {date_level}", DATES[date_level]),
        Part("mood", told.factor),
    ]
    if found is not None:
        parts.append(Part("place name", found.mention.confidence**NAME))
    if precision == REGION:
        parts.append(Part("a wide place", WIDE))
    if not frame.sure_actor:
        parts.append(Part("actor guessed", GUESSED))
    if actor == "UNKNOWN":
        parts.append(Part("actor untold", UNTOLD))
    if told.type in KINDS:
        parts.append(Part("a kind often mixed up", MIXED_UP))
    if _is_background(parse, frame):
        parts.append(Part("told as background", BACKGROUND))
    return tuple(parts)


def _is_background(parse: Parse, frame: Frame) -> bool:
    """Tell whether a noun only says since, after or before when something was."""
    if frame.trigger.trigger.part != Speech.VERBAL_NOUN:
        return False
    early = range(max(0, frame.trigger.first - 2), frame.trigger.first)
    return any(parse.has(name, early) for name in ("since", "after", "before"))


def weigh(parts: tuple[Part, ...]) -> tuple[float, str]:
    """Give the product of the parts, and the reason that names them."""
    value = round(min(CAP, BASE * prod(part.factor for part in parts)), 3)
    told = ", ".join(f"{part.name} {part.factor:.2f}" for part in parts)
    return value, f"confidence {value:.2f}: {told}"


def settle(events: Sequence[Event]) -> list[Event]:
    """Weigh what only the whole article shows: told again, or one of several of a sentence."""
    shares = Counter(event.spans[0] for event in events)
    out = []
    for event in events:
        value, why = event.confidence, []
        if shares[event.spans[0]] > 1:
            value *= SHARED
            why.append(f"one of {shares[event.spans[0]]} events of its sentence {SHARED:.2f}")
        again = min(len(event.spans) - 1, MOST_AGAIN)
        if again:
            value = 1 - (1 - value) * AGAIN**again
            why.append(f"told {len(event.spans)} times: doubt {AGAIN**again:.2f}")
        value = round(min(CAP, value), 3)
        if why:
            reason = f"confidence {value:.2f} in the article: {', '.join(why)}"
            event = replace(event, confidence=value, reasons=(*event.reasons, reason))
        out.append(event)
    return out
