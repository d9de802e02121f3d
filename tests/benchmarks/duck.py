"""The same events in DuckDB, and the page's questions asked there, beside which ours stand."""

# ruff: noqa: S608 - what is put into the questions is ours

from datetime import date
from pathlib import Path

import duckdb
import pandas as pd
from sqlalchemy import select

from dashboard.store import Filters
from dashboard.store.choosing import Memory, choose
from dashboard.store.columns import ancestors
from dashboard.store.filters import search_terms
from dashboard.store.packing import NAMED, PLAIN
from dashboard.store.sql import SqlStore
from gazetteer.arabic import fold
from tests.benchmarks.made_up_events import A_CYCLE, A_TILE, sentences

DATED = "first > 0"
WHOLE = f"{DATED} AND place IS NOT NULL"
MONTH = f"date_trunc('month', DATE '1970-01-01' + (first - {date(1970, 1, 1).toordinal()})::INT)"
QUESTIONS = {
    "by_place": f"SELECT place, type, count(*), min(precision) FROM events WHERE {WHOLE} AND "
    "{where} GROUP BY ALL",
    "by_month": f"SELECT {MONTH}, type, count(*) FROM events WHERE {DATED} AND "
    "{where} GROUP BY ALL",
    "movements": "SELECT o.origin, e.place, count(*) FROM events e "
    "JOIN origins o USING (number) "
    f"WHERE {WHOLE} AND {{where}} GROUP BY ALL",
    "page": f"SELECT * FROM events WHERE {WHOLE} AND "
    "{where} ORDER BY first DESC, number LIMIT 50 OFFSET {offset}",
    "page_size": f"SELECT count(*) FROM events WHERE {WHOLE} AND {{where}}",
    "tray_size": f"SELECT count(*) FROM events WHERE NOT ({WHOLE}) AND {{where}}",
    "totals": "SELECT count(*), count(DISTINCT article) FROM events WHERE {where}",
}


def fill(store: SqlStore, file: Path) -> duckdb.DuckDBPyConnection:
    """Put the events of a store into a DuckDB file."""
    with store.read() as connection:
        choice = choose(connection, Memory(), Filters(), (*PLAIN, *NAMED, "origin", "origin_of"))
        above = connection.execute(select(ancestors)).all()
    duck = duckdb.connect(str(file))
    for number, part in enumerate(choice.parts):
        frame = pd.DataFrame({name: part.columns[name] for name in PLAIN})
        for name in NAMED:
            # The first name is None's, which pandas writes as the code -1.
            codes = part.columns[name].astype("int32") - 1
            frame[name] = pd.Categorical.from_codes(codes, choice.names(name).names[1:]).astype(str)
            frame.loc[codes < 0, name] = None
        origins = pd.DataFrame({
            "number": part.columns["origin_of"],
            "origin": [choice.names("place").names[code] for code in part.columns["origin"]],
        })  # fmt: skip
        for table, rows in (("events", frame), ("origins", origins)):
            duck.register("rows", rows)
            how = "INSERT INTO {}" if number else "CREATE TABLE {} AS"
            duck.execute(f"{how.format(table)} SELECT * FROM rows")
            duck.unregister("rows")
    texts = pd.DataFrame({"k": range(A_CYCLE), "told": [fold(text) for text in sentences()]})
    names = [(name, fold(place.name)) for name, place in store.places().items()]
    duck.register("texts", texts)
    duck.register("names", pd.DataFrame(names, columns=["place", "name"]))
    duck.register("above", pd.DataFrame(above, columns=["ancestor", "place"]))
    duck.execute("CREATE TABLE ancestors AS SELECT * FROM above")
    duck.execute(
        "CREATE TABLE evidence AS SELECT number, told || ' ' || coalesce(name, '') AS folded "
        f"FROM events JOIN texts ON k = (number % {A_TILE} - 1) % {A_CYCLE} "
        "LEFT JOIN names USING (place) ORDER BY number"
    )
    return duck


def ask(duck: duckdb.DuckDBPyConnection, part: str, filters: Filters, offset: int = 0) -> object:
    """Ask a question and fetch the whole answer."""
    told = QUESTIONS[part].format(where=_where(filters), offset=offset)
    return duck.execute(told).fetchall()


def _where(filters: Filters) -> str:
    """Give the condition; what stands in it is ours."""
    told = ["true"]
    if filters.since:
        told.append(f"last >= {filters.since.toordinal()}")
    if filters.until:
        told.append(f"first <= {filters.until.toordinal()} AND first > 0")
    if filters.types:
        told.append(f"type IN {_list(filters.types)}")
    if filters.places:
        within = f"SELECT place FROM ancestors WHERE ancestor IN {_list(filters.places)}"
        told.append(f"place IN ({within})")
    if filters.actors:
        told.append(f"(actor IN {_list(filters.actors)} OR target IN {_list(filters.actors)})")
    if filters.sources:
        told.append(f"source IN {_list(filters.sources)}")
    if filters.precision:
        told.append(f"precision <= {filters.precision}")
    if filters.confidence:
        told.append(f"confidence >= {filters.confidence}")
    for term in search_terms(filters.text):
        told.append(f"number IN (SELECT number FROM evidence WHERE contains(folded, '{term}'))")
    return " AND ".join(told)


def _list(values: tuple[str, ...]) -> str:
    return "(" + ", ".join(f"'{value}'" for value in values) + ")"
