"""Reckon the centre of weighted points on the globe, their spread, and how sure the centre is."""

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass

from pyproj import Geod

GEOD = Geod(ellps="WGS84")
MOST_DRAWN = 500
"""How many reports a sample of the bootstrap draws at most; the band is scaled to their number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A place of reports: WGS84 degrees, their joint weight, and their number."""

    lat: float
    lon: float
    weight: float
    number: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Ellipse:
    """One standard deviation along and across: half axes in km, and the longer one's bearing.

    `bearing` runs clockwise from north, 0 to 180 degrees.
    """

    major_km: float
    minor_km: float
    bearing: float


def centre(points: Sequence[Point]) -> tuple[float, float]:
    """Give latitude and longitude (WGS84 degrees) of the weighted mean on the sphere."""
    x = y = z = 0.0
    for point in points:
        lat, lon = math.radians(point.lat), math.radians(point.lon)
        x += point.weight * math.cos(lat) * math.cos(lon)
        y += point.weight * math.cos(lat) * math.sin(lon)
        z += point.weight * math.sin(lat)
    return math.degrees(math.atan2(z, math.hypot(x, y))), math.degrees(math.atan2(y, x))


def distance_and_bearing(
    lat: float, lon: float, to_lat: float, to_lon: float
) -> tuple[float, float]:
    """Give the geodesic distance in km and the initial bearing, 0 to 360 degrees from north."""
    bearing, _, metres = GEOD.inv(lon, lat, to_lon, to_lat)
    return metres / 1000, bearing % 360


def standard_distance(lat: float, lon: float, points: Sequence[Point]) -> float:
    """Give the weighted root mean square distance (km) of points from a centre (Bachi 1962)."""
    total = sum(point.weight for point in points)
    squares = (
        point.weight * distance_and_bearing(lat, lon, point.lat, point.lon)[0] ** 2
        for point in points
    )
    return math.sqrt(sum(squares) / total)


def median_distance(lat: float, lon: float, points: Sequence[Point]) -> float:
    """Give the distance (km) from a centre within which half of the weight lies."""
    half = sum(point.weight for point in points) / 2
    far = sorted((distance_and_bearing(lat, lon, p.lat, p.lon)[0], p.weight) for p in points)
    within = 0.0
    for km, weight in far:
        within += weight
        if within >= half:
            return km
    return far[-1][0]


def ellipse(lat: float, lon: float, points: Sequence[Point]) -> Ellipse:
    """Give the standard deviational ellipse about a centre (Lefever 1926).

    Its half axes are the root mean squares along the two axes, as Yuill (1971) reckons them,
    without the later corrections: their squares add up to that of the standard distance. Distances
    are geodesic, laid out on the plane that touches the globe at the centre.
    """
    total = sum(point.weight for point in points)
    east_east = east_north = north_north = 0.0
    for point in points:
        km, bearing = distance_and_bearing(lat, lon, point.lat, point.lon)
        east, north = km * math.sin(math.radians(bearing)), km * math.cos(math.radians(bearing))
        share = point.weight / total
        east_east += share * east * east
        east_north += share * east * north
        north_north += share * north * north
    middle = (east_east + north_north) / 2
    apart = math.hypot((east_east - north_north) / 2, east_north)
    angle = math.degrees(math.atan2(2 * east_north, north_north - east_east)) / 2
    return Ellipse(
        major_km=math.sqrt(middle + apart),
        minor_km=math.sqrt(max(middle - apart, 0.0)),
        bearing=angle % 180 % 180,  # a hair below 0 would be rounded to 180
    )


def band(
    lat: float, lon: float, points: Sequence[Point], *, seed: int, repeats: int, share: float
) -> float:
    """Give the radius (km) about a centre in which a share of bootstrapped centres lies.

    Reports are drawn again with replacement `repeats` times (Efron 1979); the same points and seed
    give the same band.
    """
    number = round(sum(point.number for point in points))
    if number < 2 or len(points) < 2:
        return 0.0
    drawn = min(number, MOST_DRAWN)
    draw = random.Random(seed)  # noqa: S311 - a statistic that must repeat, not a secret
    far = []
    for _ in range(repeats):
        counts: dict[int, int] = {}
        for n in draw.choices(range(len(points)), [p.number for p in points], k=drawn):
            counts[n] = counts.get(n, 0) + 1
        sample = [
            Point(lat=points[n].lat, lon=points[n].lon,
                  weight=count * points[n].weight / points[n].number)
            for n, count in counts.items()
        ]  # fmt: skip
        far.append(distance_and_bearing(lat, lon, *centre(sample))[0])
    return sorted(far)[int(share * repeats) - 1] * math.sqrt(drawn / number)
