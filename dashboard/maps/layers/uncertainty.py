"""Uncertainty: the circle within which a place lies, faint, where it is selected or near."""

from dashboard.maps.colors import RING_COLOR
from dashboard.maps.layer import Area, Drawing, Layer, Look, MapView
from dashboard.maps.words import word

LEAST_KM = 10.0  # smaller circles vanish under the mark
FROM_ZOOM = 8
REGIONS = ("desert", "region")  # drawn as hatched areas by the events themselves
WIDE_KM = 40.0  # larger circles would tint all that is in sight: they are drawn as rings alone
LOOK: Look = {"shape": "circle", "stroke": RING_COLOR, "dash": [4, 5], "fill": RING_COLOR}

RING: Look = {name: value for name, value in LOOK.items() if name != "fill"}


def rows(view: MapView, lang: str) -> Drawing:
    """Draw a circle a place known to no better than ten kilometres."""
    areas = tuple(
        Area(
            lat=place.lat,
            lon=place.lon,
            km=place.radius_km,
            look=int(place.radius_km > WIDE_KM),
            zoom=0 if place.place == view.selected else FROM_ZOOM,
        )
        for place in view.places
        if place.radius_km >= LEAST_KM and place.kind not in REGIONS
    )
    legend = (({**LOOK, "opacity": 0.1, "wide": True}, word("uncertainty.ring", lang)),)
    return Drawing(looks=(LOOK, RING), areas=areas, legend=legend if areas else ())


layer = Layer(id="uncertainty", label="layer.uncertainty", rows=rows, order=20)
