"""Search the evidence: the events in whose words each word of a search stands, in part too.

The words of all blocks are few and are looked through whole; for each word found a block lists its
events. Events that are in no block yet are looked through themselves.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from itertools import accumulate
from threading import Lock

import numpy as np
from sqlalchemy import ColumnElement, Connection, select

from dashboard.store.columns import blocks, events, evidence, ledger, words
from dashboard.store.filters import search_terms
from dashboard.store.packing import A_PIECE, BLOCK, OVERLAP, unpack_lists
from dashboard.store.scanning import Array, positions

AT_ONCE = 500
Asked = dict[str, dict[int, Array]]
"""Of each piece, by its name, and block: which lists of it are asked for."""


class Vocabulary:
    """The words of a store's blocks in memory; safe to be asked by several threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._clear(None)

    def find(self, connection: Connection, text: str) -> Array:
        """Give the numbers of the events that a search finds, in order."""
        found = None
        for term in sorted(search_terms(text), key=len, reverse=True):
            numbers = self._find(connection, term)
            found = numbers if found is None else np.intersect1d(found, numbers, assume_unique=True)
            if not len(found):
                break
        return np.zeros(0, np.int64) if found is None else found

    def _clear(self, generation: int | None) -> None:
        self._generation = generation
        self._text, self._starts, self._ids = "\n", [1], [0]
        self._blocks: dict[int, Array] = {}

    def _find(self, connection: Connection, term: str) -> Array:
        if len(term) > OVERLAP:  # of a word kept in pieces no piece may hold it whole
            return _look_through(connection, term, events.c.number > 0)
        with self._lock:
            after = self._follow(connection)
            asked = self._asked(self._holding(term))
        rest = _look_through(connection, term, events.c.number >= after)
        return np.concatenate([*_told(connection, asked), rest])

    def _follow(self, connection: Connection) -> int:
        """Take in the words and blocks that are new; give the number after the last block."""
        now = connection.execute(select(ledger.c.next_number, ledger.c.generation)).one()
        if now.generation != self._generation:
            self._clear(now.generation)
        filled = now.next_number // BLOCK
        if len(self._blocks) < filled:
            new = select(words.c.id, words.c.word).where(words.c.id > self._ids[-1])
            rows = connection.execute(new.order_by(words.c.id)).all()
            self._ids += [row.id for row in rows]
            lengths = (len(row.word) + 1 for row in rows)
            self._starts += list(accumulate(lengths, initial=self._starts[-1]))[1:]
            self._text += "".join(f"{row.word}\n" for row in rows)
            kept = select(blocks.c.block, blocks.c.data).where(
                blocks.c.name == "words", blocks.c.block >= len(self._blocks)
            )
            for block, data in connection.execute(kept.order_by(blocks.c.block)):
                self._blocks[block] = np.frombuffer(data, np.int32)
        return len(self._blocks) * BLOCK

    def _holding(self, term: str) -> Array:
        """Give the ids of the words in which a term stands."""
        found = []
        at = self._text.find(term)
        while at >= 0:
            word = bisect_right(self._starts, at)  # the word's place, counted from 1 as in _ids
            found.append(self._ids[word])
            at = self._text.find(term, self._starts[word])
        return np.array(found, np.int64)

    def _asked(self, held: Array) -> Asked:
        """Tell which lists of the blocks tell the events of words."""
        asked: Asked = {}
        for block, own in self._blocks.items() if len(held) else ():
            at = positions(own, held)
            for piece in np.unique(at // A_PIECE).tolist():
                inside = at[at // A_PIECE == piece] % A_PIECE
                asked.setdefault(f"told {piece}", {})[block] = inside
        return asked


def _look_through(connection: Connection, term: str, which: ColumnElement[bool]) -> Array:
    query = select(events.c.number).join(evidence, evidence.c.event == events.c.id)
    query = query.where(which, evidence.c.folded.contains(term, autoescape=True))
    return np.sort(np.array(connection.execute(query).scalars().all(), np.int64))


def _told(connection: Connection, asked: Mapping[str, Mapping[int, Array]]) -> Iterator[Array]:
    """Give block by block the numbers of the events in the lists asked for."""
    found: dict[int, Array] = {}
    for name, of_blocks in asked.items():
        numbers = list(of_blocks)
        for start in range(0, len(numbers), AT_ONCE):
            here = blocks.c.block.in_(numbers[start : start + AT_ONCE])
            lists = select(blocks.c.block, blocks.c.data).where(blocks.c.name == name, here)
            for block, data in connection.execute(lists):
                mask = found.setdefault(block, np.zeros(BLOCK, bool))
                ends, told = unpack_lists(data)
                for at in of_blocks[block].tolist():
                    mask[told[ends[at] : ends[at + 1]]] = True
    for block in sorted(found):
        yield np.flatnonzero(found[block]) + block * BLOCK
