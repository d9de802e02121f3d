"""Count events and articles: from the roll-ups where the filters allow, else event by event."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Select,
    String,
    Subquery,
    and_,
    case,
    cast,
    distinct,
    func,
    literal,
    literal_column,
    or_,
    select,
    union_all,
)

from dashboard.store.base import Filters
from dashboard.store.columns import (
    NO_LATER_STEP,
    WIDE_DAYS,
    Grain,
    actor_counts,
    ancestors,
    article_counts,
    counts,
    events,
    places,
    steps,
)
from dashboard.store.filters import FILTERS, conditions, dated_branches
from dashboard.store.rollups import by_precision
from dashboard.store.spans import Parts, split

Query = Select[*tuple[Any, ...]]
Condition = ColumnElement[bool]
DATED = events.c.month.is_not(None)  # of first_day, and in the index that counts months
PLACED = events.c.place.is_not(None)
PLACE_COLUMNS = ("id", "kind", "name", "name_en", "lat", "lon", "radius_km")
_BY_PLACE = {"days", "types", "places"}
_BY_ACTOR = {"days", "types", "actors"}


def count_events(connection: Connection, filters: Filters, *, whole: bool = False) -> int:
    """Count the events that the filters leave, with `whole` only the dated and placed ones."""
    rolled = _rolled(filters, undated=not whole)
    if rolled is None:
        left = _left(filters, events.c.number, dated=whole, placed=whole)
        query = select(func.count()).select_from(left)
    else:
        query = select(func.coalesce(func.sum(rolled.c.n_1 + rolled.c.n_2 + rolled.c.n_3), 0))
        query = query.where(rolled.c.place != "") if whole else query
    return int(connection.execute(query).scalar_one())


def count_articles(connection: Connection, filters: Filters) -> int:
    """Count the articles that tell of the events that the filters leave."""
    chosen = _chosen(filters)
    span = split(filters.since, filters.until)
    if chosen == {"days"} and span:
        query = select(func.count()).select_from(steps).where(*_step(span))
    elif not chosen:
        query = _counted("any", "")
    elif chosen == {"types"} and len(filters.types) == 1:
        query = _counted("type", filters.types[0])
    elif chosen == {"places"} and len(filters.places) == 1:
        query = _counted("place", filters.places[0])
    else:
        query = select(func.count(distinct(_left(filters, events.c.article).c.article)))
    return int(connection.execute(query).scalar_one())


def first_and_last_day(connection: Connection) -> tuple[date, date] | None:
    """Give the first and last day of all dated events, each by a short range of an index."""
    first, last, wide = events.c.first_day, events.c.last_day, events.c.wide

    def ask(end: ColumnElement[date], *of: Condition) -> date | None:
        return connection.execute(select(end).where(*of)).scalar()

    begun, latest = ask(func.min(first), wide == 0), ask(func.max(first), wide == 0)
    ends = [begun, ask(func.min(first), wide == 1), ask(func.max(last), wide == 1)]
    if latest:  # no short interval that began much before the latest one outlasts it
        near = latest - timedelta(days=WIDE_DAYS)
        ends.append(ask(func.max(last), wide == 0, first >= near))
    days = [day for day in ends if day]
    return (min(days), max(days)) if days else None


def count_by_place(filters: Filters, *, dialect: str) -> Query:
    """Give the query for dated events a place: its columns, best precision, JSON of its types.

    The JSON is an object of how many events a type.
    """
    rolled = None if filters.actors else _rolled(filters)
    if rolled is None:
        columns = (events.c.place, events.c.type, events.c.geo_precision)
        left = _left(filters, *columns, dated=True, placed=True).c
        best: ColumnElement[int] = func.min(left.geo_precision)
        cells = select(left.place, left.type, func.count().label("n"), best.label("best"))
        cells = cells.group_by(left.place, left.type).order_by(left.place, left.type)
    else:
        # Of all days there is one row a place and type, and nothing to be summed.
        summed = split(filters.since, filters.until) != split(None, None)
        names = ("n_1", "n_2", "n_3")
        one, two, three = (func.sum(rolled.c[n]) if summed else rolled.c[n] for n in names)
        number, best = one + two + three, case((one > 0, 1), (two > 0, 2), else_=3)
        key = (rolled.c.place, rolled.c.type)
        cells = select(*key, number.label("n"), best.label("best")).where(rolled.c.place != "")
        if summed:  # so ordered that SQLite groups again without sorting again
            cells = cells.group_by(*key).having(number > 0).order_by(*key)
        else:
            cells = cells.where(number > 0)
    each = cells.subquery().c
    marks = select(each.place, func.min(each.best).label("best"), _object(each, dialect))
    of_place = marks.group_by(each.place).subquery()
    named = (places.c[name] for name in PLACE_COLUMNS)
    return select(*named, of_place.c.best, of_place.c.types).join(
        of_place, of_place.c.place == places.c.id
    )


def _object(each: Any, dialect: str) -> ColumnElement[str]:
    if dialect == "sqlite":
        return func.json_group_object(each.type, each.n, type_=String).label("types")
    return cast(func.json_object_agg(each.type, each.n), String).label("types")


def count_by_month(filters: Filters) -> Query:
    """Give the query for dated events a month and type: month, type, how many."""
    rolled = _rolled(filters, monthly=True)
    if rolled is None:
        left = _left(filters, events.c.month, events.c.type, dated=True).c
        return select(left.month, left.type, func.count()).group_by(left.month, left.type)
    number = func.sum(rolled.c.n_1 + rolled.c.n_2 + rolled.c.n_3)
    counted = select(rolled.c.month, rolled.c.type, number).where(rolled.c.month != "")
    return counted.group_by(rolled.c.month, rolled.c.type).having(number > 0)


def _left(
    filters: Filters, *columns: Column[Any], dated: bool = False, placed: bool = False
) -> Subquery:
    """Give columns of the events that the filters leave, short and wide intervals apart."""
    more = [condition for condition, asked in ((DATED, dated), (PLACED, placed)) if asked]
    if filters.since is None and filters.until is None:
        return select(*columns).where(*conditions(filters), *more).subquery()
    branches = dated_branches(filters)
    return union_all(*(select(*columns).where(*branch, *more) for branch in branches)).subquery()


def _rolled(filters: Filters, *, monthly: bool = False, undated: bool = False) -> Subquery | None:
    """Give rows of place, month, type and numbers by precision that add up to what is left.

    None where the roll-ups do not tell of a filter. Only with `monthly` is `month` right, and only
    without actors are the place and the precision; `undated` adds events without a day.
    """
    span = split(filters.since, filters.until)
    chosen = _chosen(filters)
    if span is None or not any(chosen <= told for told in (_BY_PLACE, _BY_ACTOR)):
        return None
    undated = undated and "days" not in chosen
    rows = (
        _by_actor(filters, span, undated=undated)
        if "actors" in chosen
        else _by_place(filters, span, monthly=monthly, undated=undated)
    )
    place = func.coalesce(events.c.place, "").label("place")
    columns = (place, events.c.month, events.c.type, *by_precision())
    others = [one.condition(filters) for one in FILTERS[1:] if not one.is_open(filters)]
    rows += [select(*columns).where(*part, *others) for part in _not_rolled(span)]
    return union_all(*rows).subquery()


def _by_place(filters: Filters, span: Parts, *, monthly: bool, undated: bool) -> list[Query]:
    named = counts.c
    of: list[Condition] = [named.type.in_(filters.types)] if filters.types else []
    if filters.places:
        within = select(ancestors.c.place).where(ancestors.c.ancestor.in_(filters.places))
        of.append(named.place.in_(within))
    wholes: list[tuple[Grain, tuple[str, str] | None]] = []
    if monthly and span.months:
        wholes = [(Grain.MONTH if filters.places else Grain.TYPE, span.months)]
    elif span.since is None and span.until is None:
        wholes = [(Grain.PLACE, None)]
    elif not monthly:
        wholes = [(Grain.YEAR, span.years)] if span.years else []
        wholes += [(Grain.MONTH, months) for months in span.beside]
    if undated:
        wholes.append((Grain.UNDATED, None))
    columns = (named.place, named.period.label("month"), named.type)
    if not filters.places:
        of.append(named.n_1 >= literal_column("0"))  # as the index by period says, in its words
    return [
        select(*columns, named.n_1, named.n_2, named.n_3).where(
            named.grain == grain.value, *([named.period.between(*ends)] if ends else []), *of
        )
        for grain, ends in wholes
    ]


def _by_actor(filters: Filters, span: Parts, *, undated: bool) -> list[Query]:
    named = actor_counts.c
    of: list[Condition] = [
        or_(named.actor.in_(filters.actors), named.target.in_(filters.actors)),
        *([named.type.in_(filters.types)] if filters.types else []),
    ]
    wholes: list[Condition] = [named.month.between(*span.months)] if span.months else []
    if undated:
        wholes.append(named.month == "")
    place = case((named.placed == 1, "*"), else_="").label("place")
    nothing = literal(0)
    columns = (place, named.month, named.type, named.n.label("n_1"))
    numbers = (nothing.label("n_2"), nothing.label("n_3"))
    return [select(*columns, *numbers).where(whole, *of) for whole in wholes]


def _not_rolled(span: Parts) -> list[list[Condition]]:
    """Give the conditions for dated events of a span that begin in no whole month of it.

    These begin at the ends of the span, or before it and reach into it: the short ones not long
    before, and the few wide ones.
    """
    first, last, wide = events.c.first_day, events.c.last_day, events.c.wide
    ranges: list[list[Condition]] = [
        [wide.in_((0, 1)), first.between(*ends)] for ends in span.edges
    ]
    if span.since:
        before: list[Condition] = [first < span.since, last >= span.since]
        earliest = span.since - timedelta(days=WIDE_DAYS)
        ranges.append([wide == 0, first >= earliest, *before])
        ranges.append([wide == 1, *before])
    return ranges


def _step(span: Parts) -> list[Condition]:
    """Choose of each article that tells of the span one step."""
    until = span.until
    of = [steps.c.since <= until, steps.c.until > until] if until else []
    of = of or [steps.c.until == NO_LATER_STEP]
    return [*of, steps.c.reach >= span.since] if span.since else of


def _counted(kind: str, name: str) -> Query:
    one = and_(article_counts.c.kind == kind, article_counts.c.name == name)
    return select(func.coalesce(func.sum(article_counts.c.n), 0)).where(one)


def _chosen(filters: Filters) -> set[str]:
    return {one.name for one in FILTERS if not one.is_open(filters)}
