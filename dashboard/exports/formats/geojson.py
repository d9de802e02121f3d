"""GeoJSON (RFC 7946): one point an event, in WGS84, longitude first."""

import json
from collections.abc import Iterable
from typing import BinaryIO

from dashboard.exports.export import Export, Told
from dashboard.exports.rows import told_row


def write(told: Iterable[Told], query: str, out: BinaryIO) -> None:
    """Write a FeatureCollection; an event without a place has a null geometry."""
    out.write(b'{"type": "FeatureCollection", "query": ' + json.dumps(query).encode())
    out.write(b', "features": [')
    for index, one in enumerate(told):
        place = one.event.place
        feature = {
            "type": "Feature",
            "id": one.event.id,
            "geometry": {"type": "Point", "coordinates": [place.lon, place.lat]} if place else None,
            "properties": told_row(one),
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
