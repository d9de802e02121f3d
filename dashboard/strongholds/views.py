"""What can be asked of the strongholds, answered as data and as tables."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from dashboard.store.base import EventStore, Filters
from dashboard.strongholds.compare import CHANGES, compare
from dashboard.strongholds.governorates import governorates
from dashboard.strongholds.parameters import Parameters, about_parameters
from dashboard.strongholds.ribbon import Ribbon, ribbon
from dashboard.strongholds.shift import shift, shift_sentence
from dashboard.strongholds.status import holdings
from dashboard.strongholds.tables import (
    Row,
    change_rows,
    governorate_rows,
    quarter_rows,
    receipt_rows,
    status_rows,
    table_word,
)

SIGNS = {"control": "#", "contested": "x", "presence": "o", "lost": "-", "unknown": ".", None: " "}
"""One sign a month in the ribbon as text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Of which store, by which parameters, in which language, and whether with sentences."""

    store: EventStore
    parameters: Parameters
    lang: str
    sentences: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A table: a heading above, the columns shown (keys of the rows), and its rows."""

    heading: str
    columns: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """An answer: `data` whole, for JSON; `rows` flat, for CSV; `sections` for reading."""

    data: Row
    rows: tuple[Row, ...]
    sections: tuple[Section, ...] = field(default=())


def on_day(asked: Asked, on: date) -> View:
    """Tell the status of every place and governorate on a day."""
    lang = asked.lang
    told = holdings(asked.store, on=on, parameters=asked.parameters)
    places = _with_sentences(asked, status_rows(told, lang))
    areas = governorate_rows(governorates(told, parameters=asked.parameters), lang)
    first = Section(
        heading=table_word("say.on" if places else "say.nothing", lang, day=on.isoformat()),
        columns=("status", "first", "last", "confidence", "place", "place_ar", "rule"),
        rows=places,
        notes=(_fades(asked),) if places else (),
    )
    second = Section(
        heading=table_word("say.governorates", lang),
        columns=("status", "last", "towns", "governorate", "governorate_ar", "rule"),
        rows=areas,
    )
    return View(
        data={
            "on": on.isoformat(),
            "parameters": asdict(asked.parameters),
            "places": list(places),
            "governorates": list(areas),
        },
        rows=tuple({"on": on.isoformat(), **row} for row in places),
        sections=(first, second) if areas else (first,),
    )


def compared(asked: Asked, first: date, second: date) -> View:
    """Tell what was gained, lost and kept between two days, and what is not known."""
    told = compare(asked.store, first, second, parameters=asked.parameters)
    rows = _with_sentences(asked, change_rows(told, asked.lang))
    counts = {kind: len(getattr(told, kind)) for kind in CHANGES}
    days = {"first": first.isoformat(), "second": second.isoformat()}
    section = Section(
        heading=table_word("say.compared", asked.lang, **days, **counts),
        columns=("change", "before", "after", "last", "place", "place_ar", "rule"),
        rows=rows,
        notes=(_fades(asked),),
    )
    return View(
        data={**days, "counts": counts, "parameters": asdict(asked.parameters),
              "places": list(rows)},
        rows=tuple({"first_day": days["first"], "second_day": days["second"], **r} for r in rows),
        sections=(section,),
    )  # fmt: skip


def shifted(asked: Asked, since: date, until: date) -> View:
    """Tell the centre of reported activity by quarter, and the sentence in both languages."""
    told = shift(asked.store, since=since, until=until, parameters=asked.parameters)
    rows = quarter_rows(told)
    section = Section(
        heading=shift_sentence(told, asked.lang),
        columns=("quarter", "reports", "articles", "lat", "lon", "band_km", "major_km", "minor_km",
                 "axis", "distance_km", "bearing", "near", "near_ar"),
        rows=rows,
    )  # fmt: skip
    return View(
        data={
            "since": since.isoformat(),
            "until": until.isoformat(),
            "sentence": {lang: shift_sentence(told, lang) for lang in ("en", "ar")},
            "parameters": asdict(asked.parameters),
            "quarters": list(rows),
        },
        rows=rows,
        sections=(section,),
    )


def by_month(asked: Asked, since: date, until: date) -> View:
    """Tell the leading strongholds by month, and how many articles cover each month."""
    told = ribbon(asked.store, since=since, until=until, parameters=asked.parameters)
    known = dict(asked.store.articles_by_month(Filters(since=since, until=until)))
    articles = [known.get(month, 0) for month in told.months]
    rows = tuple(
        {
            "month": month,
            "articles": articles[number],
            "place": row.place.name_en,
            "place_ar": row.place.name,
            "place_id": row.place.id,
            "status": status.value if status else None,
        }
        for row in told.rows
        for number, (month, status) in enumerate(zip(told.months, row.statuses, strict=True))
    )
    return View(
        data={
            "months": list(told.months),
            "articles": articles,
            "parameters": asdict(asked.parameters),
            "places": [
                {
                    "place": row.place.name_en,
                    "place_ar": row.place.name,
                    "place_id": row.place.id,
                    "statuses": [status.value if status else None for status in row.statuses],
                }
                for row in told.rows
            ],
        },
        rows=rows,
        sections=(_strip(told, articles, asked.lang),),
    )


def parameters(asked: Parameters, lang: str) -> View:
    """Tell every parameter: its value, what it means, where it is from."""
    told = tuple(asdict(about) for about in about_parameters(asked, lang))
    lines = [f"{row['name']} = {row['value']:g}\n    {row['meaning']}\n    {row['source']}"
             for row in told]  # fmt: skip
    return View(
        data={"parameters": list(told)}, rows=told, sections=(Section(heading="\n".join(lines)),)
    )


def _strip(told: Ribbon, articles: Sequence[int], lang: str) -> Section:
    """Draw a sign a month and place, years above, the articles of each month below."""
    years = "".join(f"|{month[2:4]}" if month.endswith("-01") else "" for month in told.months)
    marks = "".join("|" if month.endswith("-01") else " " for month in told.months)
    # A year's number needs three months of room; where a span begins late in a year it has none.
    ruler = list(marks)
    for number, month in enumerate(told.months):
        if month.endswith("-01") and number + 2 < len(ruler):
            ruler[number + 1 : number + 3] = month[2:4]
    lines = ["".join(ruler)] if years else []
    lines += [
        "".join(SIGNS[status.value if status else None] for status in row.statuses)
        + f"|  {row.place.name_en}  {row.place.name}"
        for row in told.rows
    ]
    covered = "".join("+" if n > 9 else str(n) if n else " " for n in articles)
    lines.append(f"{covered}|  {table_word('say.coverage', lang)}")
    return Section(heading="\n".join(lines), notes=(table_word("say.legend", lang),))


def _fades(asked: Asked) -> str:
    chosen = asked.parameters
    return table_word("say.fades", asked.lang, decay=chosen.decay_days, unknown=chosen.unknown_days)


def _with_sentences(asked: Asked, rows: tuple[Row, ...]) -> tuple[Row, ...]:
    if not asked.sentences:
        return rows
    told: list[dict[str, Any]] = []
    for row in rows:
        told.append({**row, "sentences": list(receipt_rows(asked.store, row["events"]))})
    return tuple(told)
