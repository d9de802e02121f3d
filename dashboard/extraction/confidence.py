"""Weigh an event: each part of its confidence has a name and a reason."""

from math import prod
from typing import NamedTuple

LEVELS = {
    "clause": 1.0,
    "sentence": 0.8,
    "paragraph": 0.6,
    "headline": 0.5,
    "article": 0.4,
    "none": 0.35,
}
"""How far off the place was found."""

DATES = {"clause": 1.0, "sentence": 0.95, "article": 0.9, "none": 0.7}

FLOOR = 0.2
"""Events below this are not told: too little of them stands in the text."""


class Part(NamedTuple):
    """One part of a confidence, a factor from 0 to 1."""

    name: str
    factor: float


def weigh(parts: tuple[Part, ...]) -> tuple[float, str]:
    """Give the product of the parts, and the reason that names them."""
    value = round(prod(part.factor for part in parts), 3)
    told = ", ".join(f"{part.name} {part.factor:.2f}" for part in parts)
    return value, f"confidence {value:.2f}: {told}"
