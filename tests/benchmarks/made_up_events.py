"""Make up events as news tells them, and load them fast: for benchmarks only.

A few places tell most events, months are busy or quiet, an article tells two to ten events of the
same days, some intervals are wide, some events have no day or no place. All columns are drawn at
once with numpy and go past `save`; the roll-ups are then made as a migration makes them.
"""

from datetime import date, timedelta

import numpy as np
from sqlalchemy import Connection, Table, select

from dashboard.ontology import load_ontology
from dashboard.store import rollups
from dashboard.store.columns import (
    WIDE_DAYS,
    ancestors,
    article_counts,
    articles,
    events,
    evidence,
    origins,
    places,
)
from dashboard.store.rows import article_row, evidence_row, place_row
from dashboard.store.sql import SqlStore
from gazetteer import default_gazetteer
from gazetteer.place import Place
from tests.dashboard.store_samples import make_article, make_event

SEED = 2014
FIRST_DAY, DAYS = date(2013, 1, 1), 4700
A_BATCH = 20_000
LENGTHS = (0, 0, 0, 0, 0, 1, 1, 6, 14, 29, 60, 365)  # days; the last two are wide
OFTEN = (*(0.14,) * 5, *(0.055,) * 4, 0.035, 0.03, 0.015)
COUPLES = (
    ("IS", None), ("COALITION", "IS"), ("SDF", "IS"), ("ISF", "IS"), ("SAA", "IS"), (None, "IS"),
    ("RUSSIA", "IS"), ("PMF", "IS"), ("IS", "ISF"), ("IS", "SDF"), ("IS", "CIVILIANS"),
    ("IS", "SAA"), ("TURKEY", "SDF"), ("USA", "IS"), ("PESHMERGA", "IS"), (None, None),
)  # fmt: skip


def load(store: SqlStore, number: int) -> None:
    """Fill an empty store with `number` events and the articles that tell them."""
    known = [place for place in default_gazetteer() if place.id.startswith(("sy-", "iq-"))]
    columns = _drawn(number, len(known))
    with store.write() as connection:
        _insert(connection, places, [place_row(place) for place in known])
        _insert(connection, ancestors, [pair for place in known for pair in _above(place)])
        for start in range(0, number, A_BATCH):
            _load_batch(connection, {k: v[start : start + A_BATCH] for k, v in columns.items()},
                        start, known, f"a{columns['article'][start - 1]:07}")  # fmt: skip
        rollups.rebuild(connection)


def busiest(store: SqlStore) -> tuple[str, str, str]:
    """Give the type, the place and the governorate with most articles."""
    governorates = {place.id for place in default_gazetteer() if place.kind == "governorate"}
    known = {place.id for place in default_gazetteer()}
    query = select(article_counts).order_by(article_counts.c.n.desc())
    with store.read() as connection:
        rows = connection.execute(query).all()
    towns = {row.name for row in rows if row.kind == "place"} & known
    within = {place.within for place in default_gazetteer()}
    kind = next(row.name for row in rows if row.kind == "type")
    place = next(row.name for row in rows if row.name in towns - within)
    return kind, place, next(row.name for row in rows if row.name in governorates)


def _drawn(number: int, of_places: int) -> dict[str, np.ndarray]:
    draw = np.random.default_rng(SEED)
    article = np.repeat(np.arange(number), draw.integers(2, 11, size=number))[:number]
    # Two waves of news, as of the years 2014 and 2017, over a floor.
    waves = np.concatenate([draw.normal(600, 250, number), draw.normal(1700, 300, number),
                            draw.uniform(0, DAYS, number)])  # fmt: skip
    published = np.clip(draw.choice(waves, size=number), 0, DAYS).astype(int)
    first = np.maximum(published[article] - draw.geometric(0.3, number) + 1, 0)
    types, couples = len(load_ontology().event_types), len(COUPLES)
    return {
        "article": article,
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
                "id": f"{start + k:012x}",
                "article": name,
                "ordinal": k,
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
        rest.append({**evidence_like, "event": told[-1]["id"]})
    new.pop(before, None)  # its first events stand in the batch before
    _insert(connection, articles, list(new.values()))
    _insert(connection, events, told)
    _insert(connection, evidence, rest)
    _insert(connection, origins, moves)


def _insert(connection: Connection, table: Table, rows: list[dict[str, object]]) -> None:
    if rows:
        connection.execute(table.insert(), rows)


def _above(place: Place) -> list[dict[str, object]]:
    above = {place.id, *(parent.id for parent in default_gazetteer().parents(place))}
    return [{"place": place.id, "ancestor": ancestor} for ancestor in sorted(above)]
