"""Make up events as news tells them, and load them fast: for benchmarks only.

A few places tell most events, months are busy or quiet, an article tells two to ten events of the
same days, some intervals are wide, some events have no day or no place. All columns are drawn at
once with numpy and go past `save`; roll-ups and blocks are then made as a migration makes them.
"""

from collections import Counter
from datetime import date, timedelta
from functools import cache

import numpy as np
from sqlalchemy import Connection, Date, Table, distinct, func, literal, select

from dashboard.ontology import load_ontology
from dashboard.store import packing, rollups
from dashboard.store.columns import (
    WIDE_DAYS,
    ancestors,
    articles,
    blocks,
    events,
    evidence,
    ledger,
    origins,
    places,
)
from dashboard.store.rows import article_row, evidence_row, place_row
from dashboard.store.sql import SqlStore
from gazetteer import default_gazetteer
from gazetteer.arabic import fold
from gazetteer.place import Place
from tests.dashboard.store_samples import make_article, make_event

SEED = 2014
FIRST_DAY, DAYS = date(2013, 1, 1), 4700
A_BATCH = 20_000
A_TILE = 64 * packing.BLOCK
"""Numbers after which the events drawn are repeated: ten million are made in minutes so."""
A_CYCLE, A_SENTENCE, VOCABULARY = 50_021, 25, 60_000
LETTERS = "ابتجحدرزسشصطعفقكلمنهوي"
LENGTHS = (0, 0, 0, 0, 0, 1, 1, 6, 14, 29, 60, 365)  # days; the last two are wide
OFTEN = (*(0.14,) * 5, *(0.055,) * 4, 0.035, 0.03, 0.015)
COUPLES = (
    ("IS", None), ("COALITION", "IS"), ("SDF", "IS"), ("ISF", "IS"), ("SAA", "IS"), (None, "IS"),
    ("RUSSIA", "IS"), ("PMF", "IS"), ("IS", "ISF"), ("IS", "SDF"), ("IS", "CIVILIANS"),
    ("IS", "SAA"), ("TURKEY", "SDF"), ("USA", "IS"), ("PESHMERGA", "IS"), (None, None),
)  # fmt: skip


def load(store: SqlStore, number: int) -> None:
    """Fill an empty store with `number` events and the articles that tell them.

    More than a tile of them are the events of the first tile again, in articles of their own; so
    the number is rounded up to whole tiles.
    """
    tiles = 1 if number < A_TILE else -(-number // (A_TILE - 1))
    known = [place for place in default_gazetteer() if place.id.startswith(("sy-", "iq-"))]
    drawn = number if tiles == 1 else A_TILE - 1
    columns = _drawn(drawn, len(known))
    with store.write() as connection:
        _insert(connection, places, [place_row(place) for place in known])
        _insert(connection, ancestors, [pair for place in known for pair in _above(place)])
        for index in events.indexes:
            index.drop(connection, checkfirst=True)
        for start in range(0, drawn, A_BATCH):
            batch = {name: column[start : start + A_BATCH] for name, column in columns.items()}
            before = f"a{columns['article'][start - 1]:07}" if start else ""
            _load_batch(connection, batch, start, known, before)
        packing.rebuild(connection)
    for tile in range(1, tiles):
        with store.write() as connection:
            _repeat(connection, tile)
    with store.write() as connection:
        for index in events.indexes:
            index.create(connection, checkfirst=True)
        if tiles == 1:
            rollups.rebuild(connection)


def _repeat(connection: Connection, tile: int) -> None:
    """Add the first tile once more, all numbers and ids moved on."""
    further, name = tile * A_TILE, f"x{tile:03}-"
    for table, ids, key in (
        (articles, ("id",), articles.c.id),
        (events, ("id", "article"), events.c.id),
        (evidence, ("event",), evidence.c.event),
        (origins, ("event",), origins.c.event),
    ):
        moved = [
            literal(name) + column if column.name in ids
            else column + further if column.name == "number" else column
            for column in table.c
        ]  # fmt: skip
        again = select(*moved).where(key < "x")
        connection.execute(table.insert().from_select([c.name for c in table.c], again))
    first = select(blocks).where(blocks.c.block < A_TILE // packing.BLOCK)
    rows = [
        {
            "name": row.name,
            "block": row.block + further // packing.BLOCK,
            "data": (np.frombuffer(row.data, np.int32) + further).astype(np.int32).tobytes()
            if row.name in ("number", "article", "origin_of") else row.data,
        }
        for row in connection.execute(first)
    ]  # fmt: skip
    connection.execute(blocks.insert(), rows)
    number = connection.execute(select(func.count()).select_from(articles)).scalar_one()
    connection.execute(ledger.update().values(next_number=further + A_TILE, articles=number))


def busiest(store: SqlStore) -> tuple[str, str, str]:
    """Give the type, the place and the governorate with most articles."""
    known = {place.id for place in default_gazetteer()}
    governorates = {place.id for place in default_gazetteer() if place.kind == "governorate"}
    within = {place.within for place in default_gazetteer()}
    number = func.count(distinct(events.c.article))
    with store.read() as connection:
        of_types = select(events.c.type).group_by(events.c.type).order_by(number.desc())
        kind = connection.execute(of_types).scalars().first()
        above = select(ancestors.c.ancestor, number).group_by(ancestors.c.ancestor)
        told = above.join(events, events.c.place == ancestors.c.place).order_by(number.desc())
        rows = connection.execute(told).scalars().all()
    place = next(name for name in rows if name in known - within)
    return str(kind), place, next(name for name in rows if name in governorates)


def _drawn(number: int, of_places: int) -> dict[str, np.ndarray]:
    draw = np.random.default_rng(SEED)
    article = np.repeat(np.arange(number), draw.integers(2, 11, size=number))[:number]
    # Two waves of news, as of the years 2014 and 2017, over a floor.
    waves = np.concatenate([draw.normal(600, 250, number), draw.normal(1700, 300, number),
                            draw.uniform(0, DAYS, number)])  # fmt: skip
    published = np.clip(draw.choice(waves, size=number), 0, DAYS).astype(int)
    first = np.maximum(published[article] - draw.geometric(0.3, number) + 1, 0)
    types, couples = len(load_ontology().event_types), len(COUPLES)
    starts = np.concatenate([[True], article[1:] != article[:-1]])
    first_of_article = np.maximum.accumulate(np.where(starts, np.arange(number), 0))
    return {
        "article": article,
        "ordinal": np.arange(number) - first_of_article,
        "published": published[article],
        "first": first,
        "length": draw.choice(LENGTHS, number, p=OFTEN),
        "dated": draw.random(number) > 0.03,
        "place": np.where(draw.random(number) > 0.05, _often(draw, of_places, number, 1.0), -1),
        "type": _often(draw, types, number, 0.8),
        "couple": _often(draw, couples, number, 0.9),
        "precision": draw.choice((1, 2, 3), number, p=(0.7, 0.2, 0.1)),
        "confidence": np.round(draw.beta(6, 2, number), 2),
    }  # fmt: skip


def _often(draw: np.random.Generator, of: int, number: int, steep: float) -> np.ndarray:
    """Draw numbers of which a few come often (Zipf's law), in an order of their own."""
    weights = 1.0 / np.arange(1, of + 1) ** steep
    return draw.permutation(of)[draw.choice(of, number, p=weights / weights.sum())]


def _load_batch(
    connection: Connection,
    columns: dict[str, np.ndarray],
    start: int,
    known: list[Place],
    before: str,
) -> None:
    types = list(load_ontology().event_types)
    told_so = sentences()
    article = make_article()
    article_like = article_row(article, ())
    evidence_like = evidence_row(make_event(), article)
    lists = {name: column.tolist() for name, column in columns.items()}
    told, rest, moves, new = [], [], [], {}
    for k, values in enumerate(zip(*lists.values(), strict=True)):
        one = dict(zip(lists, values, strict=True))
        name, day = f"a{one['article']:07}", FIRST_DAY + timedelta(days=one["published"])
        new[name] = {**article_like, "id": name, "published": day, "month": f"{day:%Y-%m}",
                     "source": f"source {one['article'] % 58}"}  # fmt: skip
        place = known[one["place"]] if one["place"] >= 0 else None
        first = FIRST_DAY + timedelta(days=one["first"]) if one["dated"] else None
        actor, target = COUPLES[one["couple"]]
        told.append(
            {
                "number": start + k + 1,
                "id": f"{start + k:012x}",
                "article": name,
                "ordinal": one["ordinal"],
                "type": types[one["type"]],
                "place": place and place.id,
                "lat": place and place.lat,
                "lon": place and place.lon,
                "actor": actor,
                "target": target,
                "first_day": first,
                "last_day": first and first + timedelta(days=one["length"]),
                "wide": first and int(one["length"] > WIDE_DAYS),
                "month": first and f"{first:%Y-%m}",
                "modality": "reported",
                "geo_precision": one["precision"],
                "confidence": one["confidence"],
            }
        )
        if types[one["type"]] == "relocation" and place:
            moved_from = known[(one["place"] + 7) % len(known)].id
            moves.append({"event": told[-1]["id"], "ordinal": 0, "place": moved_from})
        words = f"{told_so[(start + k) % A_CYCLE]} {place.name if place else ''}"
        rest.append({**evidence_like, "event": told[-1]["id"], "folded": fold(words)})
    new.pop(before, None)  # its first events stand in the batch before
    _insert(connection, articles, list(new.values()))
    _insert(connection, events, told)
    _insert(connection, evidence, rest)
    _insert(connection, origins, moves)


@cache
def sentences() -> list[str]:
    """Make sentences of made-up words, of which a few come often."""
    draw = np.random.default_rng(SEED)
    letters = np.array(list(LETTERS))
    known = ["".join(draw.choice(letters, length)) for length in draw.integers(3, 9, VOCABULARY)]
    chosen = _often(draw, VOCABULARY, A_CYCLE * A_SENTENCE, 0.9).reshape(A_CYCLE, A_SENTENCE)
    return [" ".join(known[number] for number in sentence) for sentence in chosen.tolist()]


def rare_word() -> str:
    """Give a word that stands in few sentences."""
    counted = Counter(word for sentence in sentences() for word in sentence.split())
    return min(counted, key=lambda word: (counted[word], -len(word)))


def _insert(connection: Connection, table: Table, rows: list[dict[str, object]]) -> None:
    if not rows:
        return
    if connection.dialect.name != "sqlite":
        connection.execute(table.insert(), rows)
        return
    # Past SQLAlchemy, which takes longer over a row than SQLite does.
    marks = ", ".join("?" * len(rows[0]))
    told = f"INSERT INTO {table.name} ({', '.join(rows[0])}) VALUES ({marks})"  # noqa: S608 - ours
    days = [n for n, value in enumerate(rows[0]) if isinstance(table.c[value].type, Date)]
    values = (list(row.values()) for row in rows)
    connection.exec_driver_sql(told, [tuple(_as_text(one, days)) for one in values])


def _as_text(values: list[object], days: list[int]) -> list[object]:
    for at in days:
        day = values[at]
        values[at] = day.isoformat() if isinstance(day, date) else None
    return values


def _above(place: Place) -> list[dict[str, object]]:
    above = {place.id, *(parent.id for parent in default_gazetteer().parents(place))}
    return [{"place": place.id, "ancestor": ancestor} for ancestor in sorted(above)]
