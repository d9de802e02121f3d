"""The gold of a folder of dispatches as events of the model, so that a test hangs on no reading."""

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from pyproj import Geod

import gazetteer
from dashboard.model import Article, DateBasis, Event, Modality, Span, When
from dashboard.strongholds.effects import AREA_KINDS
from gazetteer.place import Place, PlaceKind

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "dashboard/sample/articles"
SAMPLE_GOLD = ROOT / "tests/corpus/events.jsonl"
SETTLEMENT_KM = 15.0
"""A gold radius up to this means the settlement or site itself; a wider one something near it."""

_GEOD = Geod(ellps="WGS84")


@cache
def sample_gold() -> tuple[Event, ...]:
    """Give the sample's gold events; those of another type that the codebook allows are as told."""
    lines = SAMPLE_GOLD.read_text(encoding="utf-8").splitlines()
    return tuple(as_event(json.loads(line)) for line in lines)


@cache
def sample_articles() -> tuple[Article, ...]:
    from dashboard.extraction import read_articles

    return tuple(read_articles(SAMPLE))


def as_event(row: dict[str, Any]) -> Event:
    """Make an event of a gold row, whole and sure: confidence 0.9, half that where optional."""
    article = row["article"]
    text = _article(article).text
    start = text.find(row["evidence"])
    assert start >= 0, row["id"]
    place, precision = as_place(row)
    days = row["date_start"] and When(
        first=date.fromisoformat(row["date_start"]),
        last=date.fromisoformat(row["date_end"]),
        basis=DateBasis(row["date_basis"]),
    )
    return Event(
        id=f"gold-{row['id']}",
        type=row["type"],
        place=place,
        place_name=row["place_ar"],
        origin=tuple(place for origin in row.get("origin", ()) if (place := as_place(origin)[0])),
        actor=row["actor"],
        target=row["target"],
        when=days or None,
        modality=Modality(row["modality"]),
        fatalities=row["fatalities"],
        detained=row["detained"],
        geo_precision=precision,
        uncertainty_km=float(row["radius_km"] or 0),
        article=_article(article).id,
        spans=(Span(start, start + len(row["evidence"])),),
        quote=row["evidence"],
        confidence=0.45 if row.get("optional") else 0.9,
        reasons=("gold",),
    )


def as_place(row: dict[str, Any]) -> tuple[Place | None, int]:
    """Find the place of a gold row in the gazetteer, by name and point, and its geo_precision."""
    if row["lat"] is None:
        return None, 3
    known = _known(row["place_ar"], row["lat"], row["lon"], row["radius_km"])
    if known and known.kind in AREA_KINDS:
        return known, 3
    if known and row["radius_km"] <= SETTLEMENT_KM:
        return known, 1
    place = Place(
        id=f"~gold-{row['place'].lower().replace(' ', '-')}",
        kind=PlaceKind.REGION,
        name=row["place_ar"],
        name_en=row["place"],
        lat=row["lat"],
        lon=row["lon"],
        radius_km=float(row["radius_km"]),
        within=known.within if known else None,
        spellings=(),
        weak=False,
        source="gold",
    )
    return place, 2 if row["radius_km"] <= 50 else 3


@cache
def _known(name: str, lat: float, lon: float, radius_km: float) -> Place | None:
    for candidate in gazetteer.lookup(name):
        place = candidate.place
        if _GEOD.inv(lon, lat, place.lon, place.lat)[2] / 1000 <= max(radius_km, 8):
            return place
    return None


@cache
def _by_name() -> dict[str, Article]:
    return {Path(article.file or article.id).stem: article for article in sample_articles()}


def _article(name: str) -> Article:
    return _by_name()[name]
