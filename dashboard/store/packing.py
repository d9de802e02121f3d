"""Pack the columns of the stored events into blocks, in the transaction that gives the numbers."""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from dashboard.ontology.wording import worded_types
from dashboard.store import rows
from dashboard.store.columns import (
    articles,
    blocks,
    events,
    evidence,
    ledger,
    origins,
    removed,
    words,
)

BLOCK = 1 << 14
"""Numbers of events in a block."""

A_PIECE = 256
"""Words whose lists of events are kept together."""

AT_ONCE = 5000
"""Words asked for in one query."""

LONGEST_WORD, OVERLAP = 300, 150
"""A longer word is kept as pieces that overlap: what is no longer than that is found in it."""

NAMED = ("place", "type", "actor", "target", "source", "modality")
"""Columns of names: kept as numbers, with the names that a block uses before them."""

PLAIN = {
    "number": np.int32,
    "article": np.int32,
    "first": np.int32,
    "last": np.int32,
    "precision": np.int8,
    "tells": np.int8,
    "confidence": np.float64,
}
"""Other columns: `first` and `last` are ordinals of days, 0 without a day; `article` is the number
of the article's first event, `number` that of the event."""

ORIGINS = ("origin", "origin_of")
"""Where the events of a block came from: the place, and the number of the event."""

_EVENT = select(
    events.c.number,
    (events.c.number - events.c.ordinal).label("article"),
    events.c.first_day.label("first"),
    events.c.last_day.label("last"),
    events.c.geo_precision.label("precision"),
    events.c.tells,
    events.c.confidence,
    events.c.place,
    events.c.type,
    events.c.actor,
    events.c.target,
    articles.c.source,
    events.c.modality,
    events.c.id,
).join(articles, articles.c.id == events.c.article)
_ORIGIN = select(origins.c.place, events.c.number).join(events, events.c.id == origins.c.event)


def start(connection: Connection) -> None:
    """Begin the ledger of an empty store."""
    row = {"one": 1, "next_number": 1, "removals": 0, "articles": 0, "generation": 1}
    connection.execute(insert(ledger), row)


def give_numbers(connection: Connection, count: int) -> range:
    """Give the numbers of events that are about to be saved."""
    first = int(connection.execute(select(ledger.c.next_number)).scalar_one())
    return range(first, first + count)


def settle(connection: Connection, numbers: range, *, gone: Sequence[int], articles: int) -> None:
    """Enter in the ledger what a save has done, and keep the blocks that it has filled."""
    if gone:
        connection.execute(insert(removed), [{"number": number} for number in gone])
    changed = {
        "next_number": numbers.stop,
        "removals": ledger.c.removals + len(gone),
        "articles": ledger.c.articles + articles,
    }
    connection.execute(update(ledger).values(**changed))
    for block in range(numbers.start // BLOCK, numbers.stop // BLOCK):
        _keep(connection, block, None)


def rebuild(connection: Connection) -> None:
    """Make all blocks anew from the events; readers see by the generation that they are others.

    What the words of the events tell is read again too.
    """
    _read_words_again(connection)
    for table in (blocks, removed, words):
        connection.execute(delete(table))
    most = connection.execute(select(func.max(events.c.number))).scalar()
    number = connection.execute(select(func.count()).select_from(articles)).scalar_one()
    row = connection.execute(select(ledger)).first()
    if row is None:
        start(connection)
    following = max(row.next_number if row else 1, (most or 0) + 1)
    changed = {"next_number": following, "removals": 0, "articles": number}
    generation = ledger.c.generation + 1
    connection.execute(update(ledger).values(**changed, generation=generation))
    known: dict[str, int] = {}
    for block in range(following // BLOCK):
        _keep(connection, block, known)


def differences(connection: Connection) -> int:
    """Count the numbers that stand in a block and are no event's, or the other way round."""
    gone = set(connection.execute(select(removed.c.number)).scalars())
    following = int(connection.execute(select(ledger.c.next_number)).scalar_one())
    wrong = 0
    for block in range(following // BLOCK):
        first = block * BLOCK
        here = select(blocks.c.data).where(blocks.c.name == "number", blocks.c.block == block)
        data = connection.execute(here).scalar() or b""
        kept = set(np.frombuffer(data, PLAIN["number"]).tolist()) - gone
        own = select(events.c.number).where(events.c.number.between(first, first + BLOCK - 1))
        wrong += len(kept ^ set(connection.execute(own).scalars()))
    most = int(connection.execute(select(func.max(events.c.number))).scalar() or 0)
    return wrong + max(0, most + 1 - following)


def _read_words_again(connection: Connection) -> None:
    query = select(events.c.number, events.c.type, events.c.tells, evidence.c.rest)
    query = query.join(evidence, evidence.c.event == events.c.id)
    asked = query.where(events.c.type.in_(worded_types()))
    changed = []
    for number, kind, before, rest in connection.execute(asked).all():
        now = rows.tells_again(kind, rest)
        if now != before:
            changed.append({"of": number, "now": now})
    if changed:
        of = update(events).where(events.c.number == bindparam("of"))
        connection.execute(of.values(tells=bindparam("now")), changed)


def read_rows(connection: Connection, first: int, after: int) -> dict[str, Any]:
    """Read the columns of the events from a number to before another: arrays and lists of names."""
    here = events.c.number.between(first, after - 1)
    rows = connection.execute(_EVENT.where(here).order_by(events.c.number)).all()
    told: dict[str, Sequence[Any]] = (
        dict(zip((*PLAIN, *NAMED, "id"), zip(*rows, strict=True), strict=True)) if rows else {}
    )
    found: dict[str, Any] = {name: told.get(name, ()) for name in NAMED}
    for name in ("first", "last"):
        told[name] = tuple(day.toordinal() if day else 0 for day in told.get(name, ()))
    found |= {name: np.array(told.get(name, ()), kind) for name, kind in PLAIN.items()}
    found["id"] = np.array([name.encode() for name in told.get("id", ())], np.bytes_)
    came = connection.execute(_ORIGIN.where(here).order_by(events.c.number)).all()
    found["origin"] = [row.place for row in came]
    found["origin_of"] = np.array([row.number for row in came], np.int32)
    return found


def pack_names(values: Sequence[str | None]) -> bytes:
    """Pack names: the length of the list of them, the list, then two bytes a value."""
    known = {name: number for number, name in enumerate(dict.fromkeys(values))}
    head = json.dumps(list(known), ensure_ascii=False).encode()
    codes = np.fromiter((known[name] for name in values), np.uint16, len(values))
    return len(head).to_bytes(4, "little") + head + codes.tobytes()


def unpack_names(data: bytes) -> tuple[list[str | None], np.ndarray]:
    """Give back the list of names and a number a value."""
    end = 4 + int.from_bytes(data[:4], "little")
    return json.loads(data[4:end]), np.frombuffer(data, np.uint16, offset=end)


def pack_ids(ids: np.ndarray) -> bytes:
    """Pack ids, all as long as the longest: that length, then one after another."""
    return ids.itemsize.to_bytes(2, "little") + ids.tobytes()


def unpack_ids(data: bytes) -> np.ndarray:
    """Give back ids as bytes of UTF-8."""
    return np.frombuffer(data, f"S{int.from_bytes(data[:2], 'little')}", offset=2)


def pack_lists(bounds: np.ndarray, told: np.ndarray) -> bytes:
    """Pack lists of numbers below BLOCK: how many, where each ends, then one after another.

    `bounds` tells where in `told` each begins, and where the last one ends.
    """
    ends = bounds.astype(np.uint32)
    ends[0] = len(bounds) - 1
    return ends.tobytes() + told.tobytes()


def unpack_lists(data: bytes) -> tuple[list[int], np.ndarray]:
    """Give back the bounds of lists, one more than there are lists, and the numbers of all."""
    count = int.from_bytes(data[:4], "little")
    ends = np.frombuffer(data, np.uint32, count=count, offset=4)
    return [0, *ends.tolist()], np.frombuffer(data, np.uint16, offset=4 + 4 * count)


def split_word(word: str) -> Iterable[str]:
    """Give a word, or of one that is very long its pieces."""
    if len(word) <= LONGEST_WORD:
        return (word,)
    step = LONGEST_WORD - OVERLAP
    return (word[at : at + LONGEST_WORD] for at in range(0, len(word) - OVERLAP, step))


def _keep(connection: Connection, block: int, known: dict[str, int] | None) -> None:
    """Keep a block; `known` numbers all words there are so far, where somebody knows them."""
    first = block * BLOCK
    told = read_rows(connection, first, first + BLOCK)
    packed = {name: told[name].tobytes() for name in (*PLAIN, "origin_of")}
    packed |= {name: pack_names(told[name]) for name in (*NAMED, "origin")}
    packed["id"] = pack_ids(told["id"])
    packed |= dict(_searched(connection, first, known))
    rows = [{"name": name, "block": block, "data": data} for name, data in packed.items()]
    connection.execute(insert(blocks), rows)


def _searched(
    connection: Connection, first: int, known: dict[str, int] | None
) -> Iterator[tuple[str, bytes]]:
    """Pack the words of a block's evidence, and for each the events in which it stands."""
    query = select(events.c.number, evidence.c.folded)
    query = query.join(evidence, evidence.c.event == events.c.id)
    query = query.where(events.c.number.between(first, first + BLOCK - 1))
    told: list[str] = []
    counts, numbers = [], []
    for number, folded in connection.execute(query.order_by(events.c.number)):
        own = set(folded.split())
        if max(map(len, own), default=0) > LONGEST_WORD:
            own = {piece for word in own for piece in split_word(word)}
        told += own
        counts.append(len(own))
        numbers.append(number - first)
    known = _number_words(connection, list(dict.fromkeys(told)), known)
    codes = np.fromiter((known[word] for word in told), np.int32, len(told))
    stands = np.repeat(np.array(numbers, np.uint16), counts)[np.argsort(codes, kind="stable")]
    found, sizes = np.unique(codes, return_counts=True)
    ends = np.concatenate([[0], np.cumsum(sizes)])
    yield "words", found.astype(np.int32).tobytes()
    for at in range(0, len(found), A_PIECE):
        bounds = ends[at : at + A_PIECE + 1]
        yield (
            f"told {at // A_PIECE}",
            pack_lists(bounds - bounds[0], stands[bounds[0] : bounds[-1]]),
        )


def _number_words(
    connection: Connection, asked: Sequence[str], known: dict[str, int] | None
) -> dict[str, int]:
    """Give the number of each word; new words are given one, and entered in `known` too."""
    known = dict(_known(connection, asked)) if known is None else known
    new = [word for word in asked if word not in known]
    if new:
        most = connection.execute(select(func.max(words.c.id))).scalar() or 0
        numbers = range(most + 1, most + 1 + len(new))
        rows = [{"id": n, "word": word} for n, word in zip(numbers, new, strict=True)]
        connection.execute(insert(words), rows)
        known.update(zip(new, numbers, strict=True))
    return known


def _known(connection: Connection, asked: Sequence[str]) -> Iterator[tuple[str, int]]:
    for at in range(0, len(asked), AT_ONCE):
        some = words.c.word.in_(asked[at : at + AT_ONCE])
        for row in connection.execute(select(words.c.word, words.c.id).where(some)):
            yield row.word, row.id
