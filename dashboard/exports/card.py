"""The picture card: a map to send, which says what it shows, of when, and how sure it is."""

import tomllib
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.resources import files

from babel.dates import format_date

from dashboard.maps.words import word as map_word
from dashboard.ontology import load_ontology
from dashboard.store import EventStore, Filters
from dashboard.store.base import PlaceCount
from dashboard.store.filters import describe
from dashboard.strongholds import Holding, holdings
from dashboard.strongholds.holding import Status

LANGUAGES = ("en", "ar")
TOLD_STATUSES = (Status.CONTROL, Status.CONTESTED, Status.PRESENCE)
TOP_PLACES = 6
_LOCALE = {"en": "en_GB", "ar": "ar_SY"}  # ar_SY names the months as the Levant and Iraq do


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """All that a card tells.

    `days` and `query` say in words which events are meant, `precision` counts the placed events by
    ACLED's levels 1 to 3, `on` is the day of the `statuses`, `tray` counts what no map can show.
    """

    lang: str
    days: str
    query: str
    events: int
    articles: int
    shown: int
    tray: int
    precision: tuple[int, int, int]
    places: tuple[PlaceCount, ...]
    families: tuple[tuple[str, str], ...]
    statuses: tuple[Holding, ...]
    on: date | None
    link: str


def read_card(
    store: EventStore,
    filters: Filters,
    lang: str = "en",
    *,
    link: str = "",
    decay: int | None = None,
) -> Card:
    """Gather what a card tells of the events that the filters leave; `link` is the view's address.

    Raises ValueError for a language other than "en" and "ar".
    """
    if lang not in LANGUAGES:
        raise ValueError(f"a card is written in {' or '.join(LANGUAGES)}, not in {lang!r}")
    totals, places = store.totals(filters), store.by_place(filters)
    levels = [store.page_size(replace(filters, precision=_least(filters, n))) for n in (1, 2, 3)]
    known = store.first_and_last_day()
    on = filters.until or (known[1] if known else None)
    held = holdings(store, on=on, decay_days=decay) if on else ()
    types = load_ontology().event_types
    families = Counter[str]()
    for place in places:
        for kind, events in place.types:
            families[types[kind].family] += events
    others = replace(filters, since=None, until=None)
    return Card(
        lang=lang,
        days=days_words(filters, lang),
        query="" if others == Filters() else describe(others, lang),
        events=totals.events,
        articles=totals.articles,
        shown=store.page_size(filters),
        tray=store.tray_size(filters),
        precision=(levels[0], levels[1] - levels[0], levels[2] - levels[1]),
        places=places,
        families=tuple(
            (name, map_word(f"family.{name}", lang)) for name, _ in families.most_common()
        ),
        statuses=tuple(one for one in held if one.status in TOLD_STATUSES),
        on=on,
        link=link,
    )


def card_word(name: str, lang: str, **values: str) -> str:
    """Give one of the card's own words."""
    return _words()[name][lang].format(**values)


def day_words(day: date, lang: str) -> str:
    """Write a day: 3 November 2017."""
    return str(format_date(day, format="d MMMM y", locale=_LOCALE[lang]))


def days_words(filters: Filters, lang: str) -> str:
    """Say the days of filters as the language writes them."""
    days = {"first": filters.since, "last": filters.until}
    known = {name: day_words(day, lang) for name, day in days.items() if day}
    if not known:
        return card_word("all_days", lang)
    key = "span" if len(known) == 2 else "since" if filters.since else "until"
    return card_word(key, lang, **known)


def _least(filters: Filters, level: int) -> int:
    return min(level, filters.precision or 3)


@cache
def _words() -> dict[str, dict[str, str]]:
    text = files("dashboard.exports").joinpath("card_words.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
