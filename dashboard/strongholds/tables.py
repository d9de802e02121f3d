"""Statuses, changes and shifts as flat rows, ready for JSON and tables, each with its receipt."""

import tomllib
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from dashboard.store.base import EventStore
from dashboard.strongholds.compare import CHANGES, Comparison
from dashboard.strongholds.effects import rule_words
from dashboard.strongholds.governorates import GovernorateHolding, governorate_of
from dashboard.strongholds.holding import Holding, Status
from dashboard.strongholds.shift import Quarter, Shift
from gazetteer.place import Place

WORDS = Path(__file__).with_name("table_words.toml")

Row = dict[str, Any]


def table_word(key: str, lang: str, /, **values: object) -> str:
    """Give a heading or value ("columns.place") in "en" or "ar"; KeyError where there is none."""
    section, name = key.split(".")
    text: str = _words()[section][name][lang]
    return text.format(**values) if values else text


def status_rows(holdings: Iterable[Holding], lang: str) -> tuple[Row, ...]:
    """Give a row a place, held ones first; `events` are the ids of its receipt."""
    order = list(Status)
    ranked = sorted(holdings, key=lambda h: (order.index(h.status), h.faded, h.place.id))
    return tuple(
        {
            **_told(holding, lang),
            **_place(holding.place),
            "events": list(holding.because),
        }
        for holding in ranked
    )


def change_rows(comparison: Comparison, lang: str) -> tuple[Row, ...]:
    """Give a row a place: the change, the status on both days, the receipts of both together."""
    rows = []
    for kind in CHANGES:
        for change in getattr(comparison, kind):
            before, after = change.before, change.after
            ids = [event for held in (before, after) if held for event in held.because]
            rows.append(
                {
                    "change": kind,
                    "change_words": table_word(f"change.{kind}", lang),
                    "before": before.status.value if before else None,
                    "before_words": status_words(before, lang),
                    "after": after.status.value if after else None,
                    "after_words": status_words(after, lang),
                    "first": after.first.isoformat() if after else None,
                    "last": after.last.isoformat() if after and after.last else None,
                    "rule": after.rule if after else None,
                    "rule_words": rule_words(after.rule, lang) if after else None,
                    **_place(change.place),
                    "events": list(dict.fromkeys(ids)),
                }
            )
    return tuple(rows)


def governorate_rows(told: Iterable[GovernorateHolding], lang: str) -> tuple[Row, ...]:
    """Give a row a governorate, held ones first, with the number of its towns by status."""
    order = list(Status)
    ranked = sorted(told, key=lambda h: (order.index(h.status), h.governorate.id))
    return tuple(
        {
            "status": held.status.value,
            "status_words": table_word(f"status.{held.status}", lang),
            "governorate": held.governorate.name_en,
            "governorate_ar": held.governorate.name,
            "governorate_id": held.governorate.id,
            "towns": {status.value: number for status, number in held.counts},
            "last": held.last.isoformat() if held.last else None,
            "rule": held.rule,
            "rule_words": rule_words(held.rule, lang),
            "events": list(held.because),
        }
        for held in ranked
    )


def quarter_rows(told: Shift) -> tuple[Row, ...]:
    """Give a row a quarter: its centre, ellipse and band, and the step that leads to it.

    Coordinates are WGS84 degrees, lengths km, bearings degrees from north; `distance_km` and what
    follows are None where no step leads to the quarter.
    """
    steps = {step.to.label: step for step in told.steps}
    rows = []
    for quarter in told.quarters:
        step = steps.get(quarter.label)
        rows.append(
            _quarter(quarter)
            | {
                "from_quarter": step.origin.label if step else None,
                "distance_km": round(step.distance_km, 1) if step else None,
                "bearing": round(step.bearing, 1) if step else None,
                "sure": step.sure if step else None,
            }
        )
    return tuple(rows)


def receipt_rows(store: EventStore, events: Sequence[str]) -> tuple[Row, ...]:
    """Give the sentence and the source behind each event id, in the order given."""
    rows = []
    for name in events:
        event = store.event(name)
        article = store.article(event.article)
        rows.append(
            {
                "event": name,
                "type": event.type,
                "date_start": event.when.first.isoformat() if event.when else None,
                "date_end": event.when.last.isoformat() if event.when else None,
                "confidence": event.confidence,
                "sentence": " ".join(event.quote.split()),
                "source": article.source,
                "published": article.published.isoformat() if article.published else None,
                "title": article.title,
                "url": article.url,
            }
        )
    return tuple(rows)


def status_words(holding: Holding | None, lang: str) -> str:
    """Say a status, and whether it is only the last known."""
    if holding is None:
        return table_word("status.none", lang)
    words = table_word(f"status.{holding.status}", lang)
    if holding.status is Status.UNKNOWN:
        if holding.last_known is None:
            return words
        known = table_word(f"status.{holding.last_known}", lang)
        return table_word("status.was", lang, status=known)
    faded = holding.faded and holding.status is not Status.LOST
    return table_word("status.faded", lang, status=words) if faded else words


def _told(holding: Holding, lang: str) -> Row:
    return {
        "status": holding.status.value,
        "status_words": status_words(holding, lang),
        "faded": holding.faded,
        "last_known": holding.last_known.value if holding.last_known else None,
        "first": holding.first.isoformat(),
        "last": holding.last.isoformat() if holding.last else None,
        "confidence": holding.confidence,
        "rule": holding.rule,
        "rule_words": rule_words(holding.rule, lang),
    }


def _place(place: Place) -> Row:
    governorate = governorate_of(place)
    return {
        "place": place.name_en,
        "place_ar": place.name,
        "place_id": place.id,
        "kind": place.kind.value,
        "lat": place.lat,
        "lon": place.lon,
        "radius_km": place.radius_km,
        "governorate": governorate.name_en if governorate else None,
        "governorate_ar": governorate.name if governorate else None,
    }


def _quarter(quarter: Quarter) -> Row:
    return {
        "quarter": quarter.label,
        "reports": round(quarter.events, 1),
        "articles": quarter.articles,
        "enough": quarter.enough,
        "lat": round(quarter.lat, 3),
        "lon": round(quarter.lon, 3),
        "near": quarter.near.name_en,
        "near_ar": quarter.near.name,
        "near_id": quarter.near.id,
        "major_km": round(quarter.ellipse.major_km, 1),
        "minor_km": round(quarter.ellipse.minor_km, 1),
        "axis": round(quarter.ellipse.bearing, 1),
        "spread_km": round(quarter.spread_km, 1),
        "half_km": round(quarter.half_km, 1),
        "band_km": round(quarter.band_km, 1),
    }


@cache
def _words() -> dict[str, dict[str, dict[str, str]]]:
    return tomllib.loads(WORDS.read_text(encoding="utf-8"))
