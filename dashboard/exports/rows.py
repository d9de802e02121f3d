"""One flat row an event: the keys of the codebook, as scorers and tables read them."""

from dashboard.exports.export import Told
from dashboard.model import Article, Event
from gazetteer.place import Place

EVENT_KEYS = (
    "id", "article", "type", "place", "place_ar", "place_id", "lat", "lon", "geo_precision",
    "uncertainty_km", "origin", "actor", "target", "date_start", "date_end", "date_basis",
    "modality", "fatalities", "detained", "confidence", "quote", "spans", "reasons", "source",
    "published", "title", "url",
)  # fmt: skip
"""The keys of an event as it was read, in order; `maaqil extract` writes these."""

CLUSTER_KEYS = ("cluster", "n_reports", "n_sources", "n_sides")
"""What a store knows besides: by how many articles, outlets and sides of the war it is told."""

ROW_KEYS = (*EVENT_KEYS, *CLUSTER_KEYS)
"""The keys of a row, in order: the columns of a table without rows too."""


def told_row(told: Told) -> dict[str, object]:
    """Give an event of a store as JSON-ready values: those of `event_row`, and of its cluster.

    An event told once has None as `cluster`, and 1 report, source and side.
    """
    cluster = told.cluster
    return event_row(told.event, told.article) | {
        "cluster": cluster.id if cluster else None,
        "n_reports": cluster.reports if cluster else 1,
        "n_sources": cluster.sources if cluster else 1,
        "n_sides": cluster.sides if cluster else 1,
    }


def event_row(event: Event, article: Article | None = None) -> dict[str, object]:
    """Give an event as JSON-ready values.

    Days are ISO 8601, coordinates WGS84 degrees, `uncertainty_km` kilometres, `spans` pairs of
    character offsets into the article's text. Unknown values are None.
    """
    place, when = event.place, event.when
    return {
        "id": event.id,
        "article": event.article,
        "type": event.type,
        "place": place.name_en if place else None,
        "place_ar": place.name if place else event.place_name,
        "place_id": place.id if place else None,
        "lat": place.lat if place else None,
        "lon": place.lon if place else None,
        "geo_precision": event.geo_precision,
        "uncertainty_km": event.uncertainty_km,
        "origin": [origin_row(origin) for origin in event.origin],
        "actor": event.actor,
        "target": event.target,
        "date_start": when.first.isoformat() if when else None,
        "date_end": when.last.isoformat() if when else None,
        "date_basis": when.basis.value if when else "unknown",
        "modality": event.modality.value,
        "fatalities": event.fatalities,
        "detained": event.detained,
        "confidence": event.confidence,
        "quote": event.quote,
        "spans": [list(span) for span in event.spans],
        "reasons": list(event.reasons),
        "source": article.source if article else None,
        "published": article.published.isoformat() if article and article.published else None,
        "title": article.title if article else None,
        "url": article.url if article else None,
    }


def origin_row(place: Place) -> dict[str, object]:
    """Give a place of origin as JSON-ready values."""
    return {
        "place": place.name_en,
        "place_ar": place.name,
        "place_id": place.id,
        "lat": place.lat,
        "lon": place.lon,
    }
