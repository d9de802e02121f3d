"""What a layer of the map is: rows in, plain shapes out; one module a layer, found by name."""

import functools
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from dashboard.discovery import find_modules
from dashboard.ontology.schema import EventType
from dashboard.store.base import Movement, PlaceCount
from gazetteer.place import Place

Look = Mapping[str, Any]
"""How a mark is painted: shape, fill, stroke, weight, dash, hatch, ink (see static/marks.js)."""

SMALLEST, GROWTH, LARGEST = 5.0, 1.7, 24.0  # radius of a mark in pixels, and how it grows

VAGUE, SITE, SETTLEMENT = 0, 1, 2  # ranks of marks, the lowest drawn first (see static/places.js)
SETTLEMENTS = ("city", "town", "village")
FRACTION = re.compile(r"\d+\.\d+")
AREAS = (
    "country", "governorate", "district", "region", "desert", "mountain", "valley", "river", "lake",
)  # fmt: skip


class Held(Protocol):
    """What the map needs to know of a holding: `dashboard.strongholds.Holding` has it all."""

    @property
    def place(self) -> Place:
        """Give the place that is held."""
        ...

    @property
    def status(self) -> str:
        """Give its status."""
        ...

    @property
    def first(self) -> date:
        """Give the day since which that is told."""
        ...

    @property
    def last(self) -> date | None:
        """Give the day of the last report behind it."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class MapView:
    """All that the map shows: plain rows from the store, never events one by one.

    `types` are the event types by id, `shown` the ids of the layers that are on, `selected` the id
    of the place that the reader has chosen.
    """

    places: tuple[PlaceCount, ...] = ()
    holdings: tuple[Held, ...] = ()
    movements: tuple[Movement, ...] = ()
    types: Mapping[str, EventType] = field(default_factory=dict)
    shown: tuple[str, ...] = ("events", "strongholds", "movement", "uncertainty")
    selected: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A shape at a point; a click on it returns `place`. Radius in pixels, degrees WGS84.

    `tip` and `counts` are shown as text while the pointer rests on it; `number` stands inside where
    it is more than one, and is None where the mark counts nothing. `rank` is what `rank` gives.
    """

    place: str
    lat: float
    lon: float
    radius: float
    look: int
    tip: str
    number: int | None = None
    rank: int = SETTLEMENT
    counts: tuple[tuple[str, int | None], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A circle of `km` around a point, shown from zoom `zoom` on (0: always); takes no clicks."""

    lat: float
    lon: float
    km: float
    look: int
    zoom: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrow:
    """A bent arrow between two points; `weight` in pixels; a click on it returns `place`."""

    from_lat: float
    from_lon: float
    lat: float
    lon: float
    place: str
    weight: float
    look: int
    tip: str
    counts: tuple[tuple[str, int | None], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """What a layer draws: shapes, the looks that they name by number, and rows of the legend."""

    looks: tuple[Look, ...] = ()
    marks: tuple[Mark, ...] = ()
    areas: tuple[Area, ...] = ()
    arrows: tuple[Arrow, ...] = ()
    legend: tuple[tuple[Look, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """One layer: `rows` makes its drawing from a view for a language ("en" or "ar").

    `label` is a key of words.toml; layers are drawn in the order of `order`, lowest first;
    `template` names the function in `maaqil` (static/*.js) that draws the rows.
    """

    id: str
    label: str
    rows: Callable[[MapView, str], Drawing]
    order: int = 50
    template: str = "shapes"


@functools.cache
def all_layers() -> tuple[Layer, ...]:
    """Find the layers: every module of `dashboard.maps.layers` that defines `layer`, in order."""
    layers = []
    for module in find_modules("dashboard.maps.layers"):
        layer = getattr(module, "layer", None)
        if not isinstance(layer, Layer):
            raise ValueError(f"{module.__name__}: define `layer = Layer(...)`")
        layers.append(layer)
    return tuple(sorted(layers, key=lambda layer: (layer.order, layer.id)))


def radius(events: int) -> float:
    """Give a mark's radius in pixels: its area grows with the number of events."""
    return round(min(LARGEST, SMALLEST + GROWTH * math.sqrt(max(events - 1, 0))), 1)


def name(entry: PlaceCount | Place, lang: str) -> str:
    """Give a place's name in a language, or the other one where it has none.

    The name of a computed place tells whole kilometres: more than that no report means.
    """
    first, second = entry.name, entry.name_en
    told = (first or second) if lang == "ar" else (second or first)
    place = entry.place if isinstance(entry, PlaceCount) else entry.id
    return FRACTION.sub(whole, told) if place.startswith("~") else told


def whole(number: re.Match[str]) -> str:
    """Write a number with a fraction as a whole one, one at least."""
    return str(max(1, round(float(number[0]))))


def rank(place: str, kind: str, precision: int = 1) -> int:
    """Give a mark's rank by a place's id and kind and the ACLED precision of its events.

    VAGUE where the point is computed or stands for an area, SETTLEMENT for towns, else SITE.
    """
    if precision >= 3 or place.startswith("~") or kind in AREAS:
        return VAGUE
    return SETTLEMENT if kind in SETTLEMENTS else SITE
