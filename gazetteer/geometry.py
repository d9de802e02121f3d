"""Distances and directions on the globe, as far as places need them."""

from math import asin, atan2, cos, degrees, hypot, radians, sin

EARTH_KM = 6371.0


def distance_km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Measure the great-circle distance in km between two points in WGS84 degrees (haversine)."""
    a, b = radians(lat), radians(other_lat)
    half = hypot(sin((b - a) / 2), sin(radians(other_lon - lon) / 2) * (cos(a) * cos(b)) ** 0.5)
    return 2 * EARTH_KM * asin(min(1.0, half))


def move(lat: float, lon: float, bearing: float, km: float) -> tuple[float, float]:
    """Go `km` from a point on a bearing (degrees clockwise from north); WGS84 degrees."""
    arc, angle, start = km / EARTH_KM, radians(bearing), radians(lat)
    end = asin(sin(start) * cos(arc) + cos(start) * sin(arc) * cos(angle))
    turn = atan2(sin(angle) * sin(arc) * cos(start), cos(arc) - sin(start) * sin(end))
    return degrees(end), (lon + degrees(turn) + 540) % 360 - 180


def midpoint(lat: float, lon: float, other_lat: float, other_lon: float) -> tuple[float, float]:
    """Give the point half way between two that lie in one region (not across the date line)."""
    return (lat + other_lat) / 2, (lon + other_lon) / 2
