"""Each filter with its condition and its words, so that query and heading cannot differ."""

import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select

from dashboard.ontology import load_ontology
from dashboard.ontology.outlets import load_outlets
from dashboard.store.base import Filters
from dashboard.store.columns import WIDE_DAYS, ancestors, articles, clusters, events, evidence
from gazetteer.arabic import fold
from gazetteer.load import default_gazetteer

WORDS = Path(__file__).with_name("filter_words.toml")
_ISOLATED = "\u2068{}\u2069"  # keeps names and numbers in their own direction inside Arabic
_column = events.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """One field of `Filters`.

    `is_open` tells whether it lets everything through; `condition` gives its SQL and `words` its
    words in a language, asked only where it is not open.
    """

    name: str
    is_open: Callable[[Filters], bool]
    condition: Callable[[Filters], ColumnElement[bool]]
    words: Callable[[Filters, str], str]


def conditions(filters: Filters) -> list[ColumnElement[bool]]:
    """Give the conditions on the table of events that the filters set; none: all events."""
    return [one.condition(filters) for one in FILTERS if not one.is_open(filters)]


def dated_branches(filters: Filters) -> tuple[list[ColumnElement[bool]], ...]:
    """Give the conditions for dated events in two branches without an event in common.

    The first holds the short intervals, the second the few wide ones: each is a range of an index,
    which the two joined by "or" would not be.
    """
    others = [one.condition(filters) for one in FILTERS[1:] if not one.is_open(filters)]
    return [*_short(filters), *others], [*_wide(filters), *others]


def conditions_of_few(filters: Filters) -> list[ColumnElement[bool]]:
    """Give the conditions without the ranges of days, for a query that finds few events itself.

    SQLite would else run through all events of the days, of which few are meant.
    """
    others = [one.condition(filters) for one in FILTERS[1:] if not one.is_open(filters)]
    return [*_overlap(filters), *others]


def describe(filters: Filters, lang: str) -> str:
    """Say in one sentence which events are meant, in English ("en") or Arabic ("ar").

    Raises ValueError for another language.
    """
    if lang not in ("en", "ar"):
        raise ValueError(f"the filters are described in 'en' and 'ar', not in {lang!r}")
    told = [one.words(filters, lang) for one in FILTERS if not one.is_open(filters)]
    return (_words("join", lang)).join(told) if told else _words("all", lang)


def search_terms(text: str | None) -> tuple[str, ...]:
    """Give the folded words of a search; each must stand somewhere, in part of a word too."""
    return tuple(fold(text or "").split())


def _days(filters: Filters) -> ColumnElement[bool]:
    return or_(and_(*_short(filters)), and_(*_wide(filters)))


def _short(filters: Filters) -> list[ColumnElement[bool]]:
    conditions = [_column.wide == 0, *_overlap(filters)]
    if filters.since and filters.since.year > 1:
        # A short interval that reaches `since` began at most WIDE_DAYS before.
        earliest = filters.since - timedelta(days=WIDE_DAYS)
        conditions.append(_column.first_day >= earliest)
    return conditions


def _wide(filters: Filters) -> list[ColumnElement[bool]]:
    return [_column.wide == 1, *_overlap(filters)]


def _overlap(filters: Filters) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if filters.since:
        found.append(_column.last_day >= filters.since)
    if filters.until:
        found.append(_column.first_day <= filters.until)
    return found


def _days_words(filters: Filters, lang: str) -> str:
    since, until = filters.since, filters.until
    name = "span" if since and until else "since" if since else "until"
    return _words(name, lang, since=since, until=until)


def _text(filters: Filters) -> ColumnElement[bool]:
    terms = search_terms(filters.text)
    told = and_(*(evidence.c.folded.contains(term, autoescape=True) for term in terms))
    return _column.id.in_(select(evidence.c.event).where(told))


def _box(filters: Filters) -> ColumnElement[bool]:
    west, south, east, north = filters.box or (0.0, 0.0, 0.0, 0.0)
    return and_(_column.lat.between(south, north), _column.lon.between(west, east))


def _box_words(filters: Filters, lang: str) -> str:
    west, south, east, north = (f"{degrees:.2f}" for degrees in filters.box or ())
    return _words("box", lang, west=west, south=south, east=east, north=north)


def _of(field: str) -> Callable[[Filters], Any]:
    return lambda filters: getattr(filters, field)


def _list(
    name: str,
    condition: Callable[[Sequence[str]], ColumnElement[bool]],
    label: Callable[[str, str], str],
) -> Filter:
    """Make a filter by a list of ids; an event passes where any of them fits."""
    values = _of(name)

    def words(filters: Filters, lang: str) -> str:
        between = _words("list_join", lang)
        return _words(name, lang, values=between.join(label(v, lang) for v in values(filters)))

    return Filter(
        name=name,
        is_open=lambda filters: not values(filters),
        condition=lambda filters: condition(values(filters)),
        words=words,
    )


def _type_label(name: str, lang: str) -> str:
    known = load_ontology().event_types.get(name)
    return (known.label_ar if lang == "ar" else known.label_en) if known else name


def _actor_label(name: str, lang: str) -> str:
    known = load_ontology().actors.get(name)
    return (known.label_ar if lang == "ar" else known.label_en) if known else name


def _place_label(name: str, lang: str) -> str:
    try:
        place = default_gazetteer()[name]
    except KeyError:  # a computed place, or one of another gazetteer
        return name
    return place.name if lang == "ar" else place.name_en


def _side_label(name: str, lang: str) -> str:
    if not name:
        return _words("no_side", lang)
    known = load_outlets().sides.get(name)
    return (known.label_ar if lang == "ar" else known.label_en) if known else name


def _plural(number: int) -> str:
    """Give the form in which Arabic counts a number of things."""
    return "two" if number == 2 else "few" if 3 <= number <= 10 else "many"


def _modality_label(name: str, lang: str) -> str:
    return _words(f"modality_{name}", lang) if f"modality_{name}" in _data() else name


def _as_is(name: str, _lang: str) -> str:
    return name


FILTERS = (
    Filter(
        name="days",
        is_open=lambda filters: filters.since is None and filters.until is None,
        condition=_days,
        words=_days_words,
    ),
    _list("types", lambda values: _column.type.in_(values), _type_label),
    _list(
        "places",
        lambda values: _column.place.in_(
            select(ancestors.c.place).where(ancestors.c.ancestor.in_(values))
        ),
        _place_label,
    ),
    _list(
        "actors",
        lambda values: or_(_column.actor.in_(values), _column.target.in_(values)),
        _actor_label,
    ),
    _list(
        "sources",
        lambda values: _column.article.in_(
            select(articles.c.id).where(articles.c.source.in_(values))
        ),
        _as_is,
    ),
    _list(
        "sides",
        lambda values: _column.article.in_(
            select(articles.c.id).where(articles.c.side.in_(values))
        ),
        _side_label,
    ),
    _list("modality", lambda values: _column.modality.in_(values), _modality_label),
    Filter(
        name="precision",
        is_open=lambda filters: filters.precision is None,
        condition=lambda filters: _column.geo_precision <= filters.precision,
        words=lambda filters, lang: _words(
            f"precision_{min(max(filters.precision or 0, 1), 3)}", lang
        ),
    ),
    Filter(
        name="confidence",
        is_open=lambda filters: filters.confidence is None,
        condition=lambda filters: _column.confidence >= filters.confidence,
        words=lambda filters, lang: _words("confidence", lang, least=f"{filters.confidence:.2f}"),
    ),
    Filter(
        name="told_by",
        is_open=lambda filters: (filters.told_by or 0) <= 1,
        condition=lambda filters: _column.cluster.in_(
            select(clusters.c.id).where(clusters.c.sources >= filters.told_by)
        ),
        words=lambda filters, lang: _words(
            f"told_by_{_plural(filters.told_by or 0)}", lang, least=filters.told_by
        ),
    ),
    Filter(
        name="box", is_open=lambda filters: filters.box is None, condition=_box, words=_box_words
    ),
    Filter(
        name="text",
        is_open=lambda filters: not search_terms(filters.text),
        condition=_text,
        words=lambda filters, lang: _words("text", lang, text=(filters.text or "").strip()),
    ),
)


@cache
def _data() -> dict[str, dict[str, str]]:
    return tomllib.loads(WORDS.read_text(encoding="utf-8"))


def _words(name: str, lang: str, **values: object) -> str:
    if lang == "ar":
        values = {key: _ISOLATED.format(value) for key, value in values.items()}
    return _data()[name][lang].format(**values)
