"""Keep the roll-ups: what articles add to the counts, taken away before they change."""

from enum import Enum
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Date,
    Insert,
    Integer,
    Select,
    String,
    Table,
    bindparam,
    case,
    delete,
    distinct,
    func,
    insert,
    literal,
    select,
    true,
    union_all,
)
from sqlalchemy.dialects import postgresql, sqlite

from dashboard.store.columns import (
    NO_LATER_STEP,
    Grain,
    actor_counts,
    ancestors,
    article_counts,
    counts,
    events,
    steps,
)

ROLLUPS = (counts, actor_counts, article_counts)
Query = Select[*tuple[Any, ...]]
Condition = ColumnElement[bool]
_DATED = events.c.month.is_not(None)
_NOTHING = literal("")


class Of(Enum):
    """Which events are meant: all events of some articles."""

    ALL = "all"
    ARTICLE = "article"
    PLACE = "place"  # of the articles that tell of a place


def add(connection: Connection, article: str, *, sign: int = 1) -> None:
    """Add what an article's events tell to the roll-ups; with `sign` -1 take it away."""
    values = {"name": article, "sign": sign}
    for table in ROLLUPS:
        connection.execute(_adding(table, Of.ARTICLE, connection.dialect.name), values)
    if sign > 0:
        connection.execute(_stepping(Of.ARTICLE), values)


def add_articles_of_place(connection: Connection, place: str, *, sign: int) -> None:
    """Add the articles that tell of a place to the counts of what holds it, or take them away."""
    adding = _adding(article_counts, Of.PLACE, connection.dialect.name)
    connection.execute(adding, {"name": place, "sign": sign})


def rebuild(connection: Connection) -> None:
    """Make all roll-ups anew from the events."""
    for table in (*ROLLUPS, steps):
        connection.execute(delete(table))
    for table in ROLLUPS:
        connection.execute(_adding(table, Of.ALL, connection.dialect.name), {"sign": 1})
    connection.execute(_stepping(Of.ALL))


def told(table: Table, of: Condition) -> Query:
    """Give the rows of a roll-up as the events tell them, columns in the order of the table."""
    if table is counts:
        return _counts(of)
    if table is actor_counts:
        return _actor_counts(of)
    return _article_counts(of) if table is article_counts else _steps(of)


def by_precision() -> tuple[ColumnElement[int], ...]:
    """Give what an event adds to the counts by its geo_precision."""
    level = events.c.geo_precision
    return (
        case((level <= 1, 1), else_=0).label("n_1"),
        case((level == 2, 1), else_=0).label("n_2"),
        case((level >= 3, 1), else_=0).label("n_3"),
    )


def _counts(of: Condition) -> Query:
    place = func.coalesce(events.c.place, "")
    month, year = events.c.month, func.substr(events.c.month, 1, 4)
    parts = (
        _counts_by(Grain.PLACE, place, _NOTHING, of, _DATED),
        _counts_by(Grain.YEAR, place, year, of, _DATED),
        _counts_by(Grain.MONTH, place, month, of, _DATED),
        _counts_by(Grain.TYPE, _NOTHING, month, of, _DATED),
        _counts_by(Grain.UNDATED, place, _NOTHING, of, ~_DATED),
    )
    return select(union_all(*parts).subquery())


def _counts_by(
    grain: Grain, place: ColumnElement[Any], period: ColumnElement[Any], *of: Condition
) -> Query:
    one = select(place.label("place"), period.label("period"), events.c.type, *by_precision())
    each = one.where(*of).subquery()
    key = (each.c.place, each.c.period, each.c.type)
    sums = (func.sum(each.c[name]).label(name) for name in ("n_1", "n_2", "n_3"))
    return select(literal(grain.value).label("grain"), *key, *sums).group_by(*key)


def _actor_counts(of: Condition) -> Query:
    one = select(
        func.coalesce(events.c.month, "").label("month"),
        events.c.type,
        func.coalesce(events.c.actor, "").label("actor"),
        func.coalesce(events.c.target, "").label("target"),
        case((events.c.place.is_not(None), 1), else_=0).label("placed"),
    )
    each = one.where(of).subquery()
    return select(*each.c, func.count().label("n")).group_by(*each.c)


def _article_counts(of: Condition) -> Query:
    number = func.count(distinct(events.c.article)).label("n")
    every = select(literal("any").label("kind"), _NOTHING.label("name"), number).where(of)
    by_type = select(literal("type"), events.c.type, number).where(of).group_by(events.c.type)
    parts = (every.having(func.count() > 0), by_type, _articles_by_place(of))
    return select(union_all(*parts).subquery())


def _articles_by_place(of: Condition) -> Query:
    above = ancestors.c.ancestor
    number = func.count(distinct(events.c.article)).label("n")
    told_of = select(literal("place").label("kind"), above.label("name"), number)
    return told_of.join(ancestors, ancestors.c.place == events.c.place).where(of).group_by(above)


def _steps(of: Condition) -> Query:
    first = events.c.first_day
    days = select(events.c.article, first, func.max(events.c.last_day).label("last_day"))
    each = days.where(of, _DATED).group_by(events.c.article, first).subquery().c
    order: dict[str, Any] = {"partition_by": each.article, "order_by": each.first_day}
    later = func.coalesce(func.lead(each.first_day).over(**order), literal(NO_LATER_STEP, Date))
    reach = func.max(each.last_day).over(**order)
    return select(each.article, each.first_day, later.label("until"), reach.label("reach"))


# Each save runs these: made once, since making one takes longer than running it.
@cache
def _adding(table: Table, of: Of, dialect: str) -> Insert:
    """Add rows to those with the same key; what comes down to zero stays as a row of zeros."""
    rows = _articles_by_place(_chosen(of)) if of is Of.PLACE else told(table, _chosen(of))
    key = [column.name for column in table.primary_key]
    numbers = [column.name for column in table.c if column.name not in key]
    found = rows.subquery()
    sign = bindparam("sign", type_=Integer)
    signed = select(
        *(found.c[name] for name in key), *(found.c[name] * sign for name in numbers)
    ).where(true())
    added: postgresql.Insert | sqlite.Insert = (
        postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)
    )
    sums = {name: table.c[name] + added.excluded[name] for name in numbers}
    added = added.on_conflict_do_update(index_elements=key, set_=sums)
    return added.from_select([*key, *numbers], signed)


@cache
def _stepping(of: Of) -> Insert:
    return insert(steps).from_select([column.name for column in steps.c], told(steps, _chosen(of)))


def _chosen(of: Of) -> Condition:
    name = bindparam("name", type_=String)
    if of is Of.ARTICLE:
        return events.c.article == name
    if of is Of.PLACE:
        return events.c.article.in_(select(events.c.article).where(events.c.place == name))
    return true()
