"""Turn filters into tests on the columns in memory: the same events pass that pass in SQL."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from sqlalchemy import Connection, select

from dashboard.store.base import Filters
from dashboard.store.columns import ancestors, events, places
from dashboard.store.filters import FILTERS
from dashboard.store.scanning import Array, Columns, Names, Part, Test, positions
from dashboard.store.searching import Vocabulary

READ = {
    "days": ("first", "last"),
    "types": ("type",),
    "places": ("place",),
    "actors": ("actor", "target"),
    "sources": ("source",),
    "modality": ("modality",),
    "precision": ("precision",),
    "confidence": ("confidence",),
    "box": ("place",),
    "text": ("number",),
}
"""The columns that a filter reads; for a filter that is not here SQL is asked for the numbers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """What a process holds of a store in memory."""

    columns: Columns = field(default_factory=Columns)
    vocabulary: Vocabulary = field(default_factory=Vocabulary)


class Choice:
    """Which events are meant: their parts, and the tests that they must pass."""

    def __init__(self, columns: Columns, parts: Sequence[Part], tests: Sequence[Test]) -> None:
        self._columns, self.parts, self._tests = columns, parts, tests

    def names(self, column: str) -> Names:
        """Give the names of a column."""
        return self._columns.names(column)

    def mask(self, part: Part) -> Array | None:
        """Tell which events of a part are meant; None: all of them."""
        mask = part.alive
        for test in self._tests:
            passed = test(part)
            mask = passed if mask is None else mask & passed
        return mask

    def take(self, part: Part, *columns: str) -> tuple[Array, ...]:
        """Give columns of the events of a part that are meant."""
        mask = self.mask(part)
        if mask is None:
            return tuple(part.columns[column] for column in columns)
        return tuple(part.columns[column][mask] for column in columns)

    def gather(self, *columns: str) -> tuple[Array, ...]:
        """Give columns of all events that are meant."""
        taken = [self.take(part, *columns) for part in self.parts]
        if not taken:
            return tuple(np.zeros(0, np.int64) for _ in columns)
        return tuple(np.concatenate(pieces) for pieces in zip(*taken, strict=True))


def choose(
    connection: Connection,
    memory: Memory,
    filters: Filters,
    wanted: Sequence[str],
    *,
    dated: bool = False,
    placed: bool = False,
    tests: Sequence[Test] = (),
) -> Choice:
    """Choose events: those that the filters leave, with a day or a place where that is asked.

    `wanted` names the columns that are read besides those of the filters, `tests` are more tests.
    """
    asked = [one.name for one in FILTERS if not one.is_open(filters)]
    read = {column for name in asked for column in READ.get(name, ("number",))}
    read |= ({"first"} if dated else set()) | ({"place"} if placed else set())
    columns = memory.columns
    parts = columns.parts(connection, (*wanted, *sorted(read - set(wanted))))
    tests = [*tests, *(_test(connection, memory, filters, name) for name in asked)]
    if dated and "days" not in asked:
        tests.append(lambda part: part.columns["first"] > 0)
    if placed:
        tests.append(lambda part: part.columns["place"] > 0)
    return Choice(columns, parts, tests)


def _test(connection: Connection, memory: Memory, filters: Filters, name: str) -> Test:
    columns = memory.columns
    match name:
        case "days":
            return _days(filters.since, filters.until)
        case "types":
            return _among(columns, "type", filters.types)
        case "sources":
            return _among(columns, "source", filters.sources)
        case "modality":
            return _among(columns, "modality", filters.modality)
        case "places":
            query = select(ancestors.c.place).where(ancestors.c.ancestor.in_(filters.places))
            return _among(columns, "place", connection.execute(query).scalars().all())
        case "box":
            west, south, east, north = filters.box or (0.0, 0.0, 0.0, 0.0)
            inside = places.c.lat.between(south, north), places.c.lon.between(west, east)
            query = select(places.c.id).where(*inside)
            return _among(columns, "place", connection.execute(query).scalars().all())
        case "actors":
            one, other = (_among(columns, side, filters.actors) for side in ("actor", "target"))
            return lambda part: one(part) | other(part)
        case "precision":
            return lambda part: part.columns["precision"] <= filters.precision
        case "confidence":
            return lambda part: part.columns["confidence"] >= filters.confidence
        case "text":
            return _numbered(memory.vocabulary.find(connection, filters.text or ""))
    other_filter = next(one for one in FILTERS if one.name == name)
    query = select(events.c.number).where(other_filter.condition(filters))
    numbers = np.array(connection.execute(query).scalars().all(), np.int64)
    return _numbered(np.sort(numbers))


def _days(since: date | None, until: date | None) -> Test:
    first, last = since.toordinal() if since else 1, until.toordinal() if until else None

    def test(part: Part) -> Array:
        passed: Array = part.columns["last"] >= first
        return passed if last is None else passed & (
            (part.columns["first"] <= last) & (part.columns["first"] > 0)
        )  # fmt: skip

    return test


def _among(columns: Columns, column: str, names: Sequence[str]) -> Test:
    which = columns.names(column).which(names)
    numbers = np.flatnonzero(which)

    def test(part: Part) -> Array:
        codes = part.columns[column]
        if len(numbers) == 1:
            return np.asarray(codes == numbers[0])
        # Another thread may have met new names since: none of them is meant.
        return np.asarray(which[codes] if codes.max(initial=0) < len(which) else
                          which[np.where(codes < len(which), codes, 0)])  # fmt: skip

    return test


def _numbered(numbers: Array) -> Test:
    def test(part: Part) -> Array:
        start, end = np.searchsorted(numbers, (part.first, part.after))
        mask = np.zeros(len(part.columns["number"]), bool)
        mask[positions(part.columns["number"], numbers[start:end])] = True
        return mask

    return test
