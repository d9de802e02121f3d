"""Hold the columns of all events in memory, in step with the store, to count any choice of them.

A process reads the blocks of a column when a question first needs it, and afterwards only what was
saved or replaced since. All columns of ten million events take some 400 MB.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from threading import Lock
from typing import Any

import numpy as np
from sqlalchemy import Connection, select

from dashboard.store.columns import blocks, ledger, removed
from dashboard.store.packing import (
    BLOCK,
    NAMED,
    ORIGINS,
    PLAIN,
    read_rows,
    unpack_ids,
    unpack_names,
)

A_PART = 32 * BLOCK
"""Numbers of events in a part: what is read, kept and looked through in one go."""

Array = np.ndarray[Any, np.dtype[Any]]
KEPT = (*PLAIN, *NAMED, *ORIGINS, "id")
_FEW = ("type", "actor", "target", "modality")  # columns of few names


class Names:
    """The names of a column and their numbers in memory; 0 is that of None."""

    def __init__(self) -> None:
        self.names: list[str | None] = [None]
        self._numbers: dict[str | None, int] = {None: 0}

    def number(self, name: str | None) -> int:
        """Give the number of a name, a new one if need be."""
        found = self._numbers.get(name)
        if found is None:
            found = self._numbers[name] = len(self.names)
            self.names.append(name)
        return found

    def find(self, name: str) -> int:
        """Give the number of a name; -1: no event has it."""
        return self._numbers.get(name, -1)

    def numbers(self, names: Iterable[str | None]) -> Array:
        """Give the numbers of names."""
        return np.array([self.number(name) for name in names], np.int32)

    def which(self, names: Iterable[str | None]) -> Array:
        """Give a table that tells for each number whether its name is one of these."""
        table = np.zeros(len(self.names), bool)
        known = (self._numbers.get(name) for name in names)
        table[[number for number in known if number is not None]] = True
        return table


Test = Callable[["Part"], Array]
"""Tells of each event of a part whether it is meant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Some events in order of their numbers, from `first` to before `after`.

    `columns` fills as it is asked for; `alive` tells which are still there, None: all.
    """

    first: int
    after: int
    columns: dict[str, Array]
    alive: Array | None = None

    def count(self) -> int:
        """Count all events of the part; needs the column `article`."""
        return len(self.columns["article"])


class Columns:
    """The columns of one store in one process; safe to be asked by several threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._generation: int | None = None
        self._next, self._removals = 1, 0
        self._parts: list[Part] = []
        self._names: dict[str, Names] = {}

    def names(self, column: str) -> Names:
        """Give the names of a column; an origin is a place."""
        return self._names["place" if column == "origin" else column]

    def parts(self, connection: Connection, wanted: Sequence[str]) -> tuple[Part, ...]:
        """Give all events in parts that have the columns wanted, as the connection sees them.

        Where another thread has seen more of the store already, so does this one.
        """
        with self._lock:
            self._follow(connection)
            for part in self._parts:
                for column in wanted:
                    if column not in part.columns:
                        self._load(connection, part, column)
            return tuple(self._parts)

    def _follow(self, connection: Connection) -> None:
        now = connection.execute(select(ledger)).one()
        if now.generation != self._generation:
            self._generation, self._next, self._removals = now.generation, 1, 0
            self._parts, self._names = [], {name: Names() for name in NAMED}
        if now.next_number > self._next:
            self._grow(connection, now.next_number)
            self._next = now.next_number
        if now.removals > self._removals:
            self._remove(connection)
            self._removals = now.removals

    def _grow(self, connection: Connection, following: int) -> None:
        """Take in the events up to a number: full parts when asked for, the last one at once."""
        start = self._next
        while start < following:
            end = (start // A_PART + 1) * A_PART
            whole = end <= following
            known = bool(self._parts) and start % A_PART != 0
            if whole and not known:
                self._parts.append(Part(first=start, after=end, columns={}))
                start = end
                continue
            after = min(end, following)
            if not known:
                self._parts.append(Part(first=start, after=start, columns={}))
            self._append(connection, start, after)
            start = after

    def _append(self, connection: Connection, start: int, after: int) -> None:
        """Make the last part longer: by whole blocks where there are some, and by single events."""
        part = self._parts[-1]
        columns = part.columns
        pieces: list[dict[str, Array]] = [columns] if columns else []
        filled = after // BLOCK * BLOCK
        if (start % BLOCK == 0 or start == 1) and filled > start:
            whole = Part(first=start, after=filled, columns={})
            for column in KEPT:
                self._load(connection, whole, column)
            pieces.append(whole.columns)
            start = filled
        if after > start:
            pieces.append(self._coded(read_rows(connection, start, after)))
        joined = {name: np.concatenate([piece[name] for piece in pieces]) for name in KEPT}
        alive = part.alive
        if alive is not None:
            more = len(joined["number"]) - len(alive)
            alive = np.concatenate([alive, np.ones(more, bool)])
        self._parts[-1] = replace(part, after=after, columns=joined, alive=alive)

    def _coded(self, told: dict[str, Any]) -> dict[str, Array]:
        coded = dict(told)
        for column in (*NAMED, "origin"):
            coded[column] = self.names(column).numbers(told[column]).astype(_kind(column))
        return coded

    def _load(self, connection: Connection, part: Part, column: str) -> None:
        """Read a column of a part from its blocks."""
        here = blocks.c.block.between(part.first // BLOCK, (part.after - 1) // BLOCK)
        query = select(blocks.c.data).where(blocks.c.name == column, here)
        found = connection.execute(query.order_by(blocks.c.block)).scalars().all()
        if column == "id":
            part.columns[column] = np.concatenate([unpack_ids(data) for data in found])
            return
        if column in PLAIN or column == "origin_of":
            kind = PLAIN.get(column, np.int32)
            part.columns[column] = np.concatenate([np.frombuffer(x, kind) for x in found])
            return
        pieces = []
        for data in found:
            names, codes = unpack_names(data)
            pieces.append(self.names(column).numbers(names)[codes] if names else codes[:0])
        part.columns[column] = np.concatenate(pieces).astype(_kind(column))

    def _remove(self, connection: Connection) -> None:
        """Mark the events that were replaced since."""
        query = select(removed.c.number).where(removed.c.seq > self._removals)
        gone = np.sort(np.array(connection.execute(query).scalars().all(), np.int64))
        for at, part in enumerate(self._parts):
            here = gone[(gone >= part.first) & (gone < part.after)]
            if not len(here):
                continue
            if "number" not in part.columns:
                self._load(connection, part, "number")
            numbers = part.columns["number"]
            alive = np.ones(len(numbers), bool) if part.alive is None else part.alive.copy()
            alive[positions(numbers, here)] = False
            self._parts[at] = replace(part, alive=alive)


def _kind(column: str) -> type[np.signedinteger[Any]]:
    return np.int16 if column in _FEW else np.int32


def positions(numbers: Array, asked: Array) -> Array:
    """Give where the numbers asked for stand among sorted ones; those not there are left out."""
    at = np.searchsorted(numbers, asked)
    inside = at < len(numbers)
    at, asked = at[inside], asked[inside]
    return np.asarray(at[numbers[at] == asked])
