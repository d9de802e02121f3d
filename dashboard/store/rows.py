"""Turn articles, places and events into rows of the store, and back."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, fields
from datetime import date
from functools import lru_cache
from operator import itemgetter
from typing import Any

from sqlalchemy import RowMapping

from dashboard.model import (
    Article,
    DateBasis,
    Event,
    Mark,
    Modality,
    Role,
    ShownDate,
    Span,
    When,
)
from dashboard.ontology.outlets import load_outlets
from dashboard.ontology.wording import tells, tells_of
from dashboard.store.base import PlaceCount
from dashboard.store.columns import WIDE_DAYS
from gazetteer.arabic import fold
from gazetteer.place import Place, PlaceKind

# Looked up so, since making a member of an enumeration of its value takes a microsecond.
_BASES = {basis.value: basis for basis in DateBasis}
_MODALITIES = {modality.value: modality for modality in Modality}
_ROLES = {role.value: role for role in Role}
_NUMBER = itemgetter(1)
_PLACE_FIELDS = {field.name for field in fields(Place)}


def digest(article: Article, events: Sequence[Event]) -> str:
    """Give what changes when an article or one of its events changes."""
    whole = (asdict(article), [asdict(event) for event in events])
    return hashlib.sha256(_json(whole).encode()).hexdigest()


def article_row(
    article: Article, events: Sequence[Event], *, known: str | None = None
) -> dict[str, Any]:
    """Give an article as values of its columns; `known` is its digest, which takes long to make."""
    return {
        "id": article.id,
        "text": article.text,
        "title": article.title,
        "published": article.published,
        "shown": _json([[shown.day, shown.where] for shown in article.shown]),
        "source": article.source,
        "url": article.url,
        "file": article.file,
        "month": _month(_told_on(article, events)),
        **outlet_columns(article.source, article.url, article.published, article.id),
        "digest": known or digest(article, events),
    }


def read_article(row: RowMapping) -> Article:
    """Give an article of its columns."""
    return Article(
        id=row["id"],
        text=row["text"],
        title=row["title"],
        published=row["published"],
        shown=tuple(
            ShownDate(day=date.fromisoformat(day), where=where)
            for day, where in json.loads(row["shown"])
        ),
        source=row["source"],
        url=row["url"],
        file=row["file"],
    )


def place_row(place: Place) -> dict[str, Any]:
    """Give a place as values of its columns."""
    return {
        "id": place.id,
        "kind": place.kind.value,
        "name": place.name,
        "name_en": place.name_en,
        "lat": place.lat,
        "lon": place.lon,
        "radius_km": place.radius_km,
        "whole": _json(asdict(place)),
    }


@lru_cache(maxsize=50_000)
def read_place(whole: str) -> Place:
    """Give a place of its JSON; fields that this version does not know are left out."""
    values: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value
        for key, value in json.loads(whole).items()
        if key in _PLACE_FIELDS
    }
    values["kind"] = PlaceKind(values["kind"])
    return Place(**values)


def read_place_count(row: Sequence[Any]) -> PlaceCount:
    """Give a mark of the map of the columns that `counting.count_by_place` asks for."""
    place, kind, name, name_en, lat, lon, radius_km, best, types = row
    told = _types(types)
    return PlaceCount(
        place=place,
        kind=kind,
        name=name,
        name_en=name_en,
        lat=lat,
        lon=lon,
        radius_km=radius_km,
        geo_precision=best,
        events=sum(map(_NUMBER, told)),
        types=told,
    )


@lru_cache(maxsize=50_000)
def _types(counted: str) -> tuple[tuple[str, int], ...]:
    """Give how many events a type, most first; those of a tie in order of their ids."""
    told = sorted(json.loads(counted).items())
    return tuple(sorted(told, key=_NUMBER, reverse=True))


def event_row(event: Event, ordinal: int) -> dict[str, Any]:
    """Give what is counted of an event as values of its columns."""
    when, place = event.when, event.place
    return {
        "id": event.id,
        "article": event.article,
        "ordinal": ordinal,
        "type": event.type,
        "place": place.id if place else None,
        "lat": place.lat if place else None,
        "lon": place.lon if place else None,
        "actor": event.actor,
        "target": event.target,
        "first_day": when.first if when else None,
        "last_day": when.last if when else None,
        "wide": int((when.last - when.first).days > WIDE_DAYS) if when else None,
        "month": _month(when.first if when else None),
        "modality": event.modality.value,
        "geo_precision": event.geo_precision,
        "confidence": event.confidence,
        "tells": tells(event),
    }


def tells_again(kind: str, rest: str) -> int:
    """Give what the words of a stored event of some type tell, from the JSON of its evidence."""
    told = json.loads(rest)
    start = told["spans"][0][0] if told["spans"] else 0
    marks = [(_ROLES[role], s - start, e - start) for role, s, e in told["marks"]]
    return tells_of(kind, told["quote"], marks)


def evidence_row(event: Event, article: Article) -> dict[str, Any]:
    """Give the rest of an event as values of the columns of its evidence."""
    when = event.when
    return {
        "event": event.id,
        "folded": searched_text(event, article),
        "rest": _json(
            {
                "place_name": event.place_name,
                "basis": when.basis if when else None,
                "why": when.why if when else (),
                "fatalities": event.fatalities,
                "detained": event.detained,
                "uncertainty_km": event.uncertainty_km,
                "spans": event.spans,
                "marks": [[mark.role, *mark.span] for mark in event.marks],
                "quote": event.quote,
                "reasons": event.reasons,
            }
        ),
    }


def read_event(row: RowMapping, place: Place | None, origin: tuple[Place, ...]) -> Event:
    """Give an event of its columns and its evidence's, its place and its origins."""
    rest = json.loads(row["rest"])
    when = None
    if row["first_day"] is not None:
        basis = _BASES[rest["basis"]]
        when = When(
            first=row["first_day"], last=row["last_day"], basis=basis, why=tuple(rest["why"])
        )
    return Event(
        id=row["id"],
        type=row["type"],
        place=place,
        place_name=rest["place_name"],
        origin=origin,
        actor=row["actor"],
        target=row["target"],
        when=when,
        modality=_MODALITIES[row["modality"]],
        fatalities=rest["fatalities"],
        detained=rest["detained"],
        geo_precision=row["geo_precision"],
        uncertainty_km=rest["uncertainty_km"],
        article=row["article"],
        spans=tuple(Span(*span) for span in rest["spans"]),
        marks=tuple(Mark(role=_ROLES[r], span=Span(s, e)) for r, s, e in rest["marks"]),
        quote=rest["quote"],
        confidence=row["confidence"],
        reasons=tuple(rest["reasons"]),
    )


def searched_text(event: Event, article: Article) -> str:
    """Give what a search looks through: the evidence and the article's title, folded."""
    evidence = [article.text[span.start : span.end] for span in event.spans]
    return fold("\n".join([event.quote, *evidence, article.title or ""]))


def outlet_columns(
    source: str | None, url: str | None, published: date | None, article: str
) -> dict[str, str]:
    """Give what tells an article's source from others, and the side for which that speaks.

    The outlet's id where it is known, else the source as written, else the article's own id: what
    tells no source is nobody's second report.
    """
    if outlet := load_outlets().find(source, url):
        return {"outlet": outlet.id, "side": outlet.side_on(published) or ""}
    return {"outlet": fold(source).strip().casefold() if source else f"~{article}", "side": ""}


def _told_on(article: Article, events: Sequence[Event]) -> date | None:
    """Give the day of publication, else the latest event told: no article is older than that."""
    told = [e.when.first for e in events if e.when and e.modality is not Modality.PLANNED]
    return article.published or max(told, default=None)


def _month(day: date | None) -> str | None:
    return f"{day:%Y-%m}" if day else None


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, default=date.isoformat)
