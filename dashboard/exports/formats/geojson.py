"""GeoJSON (RFC 7946): one point an event, in WGS84, longitude first."""

import json
from collections.abc import Iterable
from typing import BinaryIO

from dashboard.exports.export import Export, Told
from dashboard.exports.rows import event_row


def write(told: Iterable[Told], query: str, out: BinaryIO) -> None:
    """Write a FeatureCollection; an event without a place has a null geometry."""
    out.write(b'{"type": "FeatureCollection", "query": ' + json.dumps(query).encode())
    out.write(b', "features": [')
    for index, (event, article) in enumerate(told):
        row = event_row(event, article)
        feature = {
            "type": "Feature",
            "id": event.id,
            "geometry": {"type": "Point", "coordinates": [event.place.lon, event.place.lat]}
            if event.place
            else None,
            "properties": row,
        }
        out.write((b",\n" if index else b"\n") + json.dumps(feature, ensure_ascii=False).encode())
    out.write(b"\n]}\n")


export = Export(
    id="geojson",
    label_en="GeoJSON",
    label_ar="خريطة GeoJSON",
    suffix=".geojson",
    mime="application/geo+json",
    write=write,
)
