"""Bend a generalised river to points that the true river passes."""

from collections.abc import Sequence

import numpy
from shapely.geometry import LineString, Point

STEP = 0.05  # degrees, some 5 km: the points of a bent river, before its corners are cut


def round_off(line: LineString, times: int = 2) -> LineString:
    """Cut the corners of a line drawn by hand (Chaikin 1974), keeping its ends."""
    points = numpy.asarray(line.coords, dtype=float)
    for _ in range(times):
        near = 0.75 * points[:-1] + 0.25 * points[1:]
        far = 0.25 * points[:-1] + 0.75 * points[1:]
        inner = numpy.stack([near, far], axis=1).reshape(-1, 2)
        points = numpy.vstack([points[:1], inner, points[-1:]])
    return LineString(points)


def bend(line: LineString, through: Sequence[Sequence[float]]) -> LineString:
    """Move a river sideways so that it passes the points `through`, given in order downstream.

    Between two points the shift is interpolated along the river (rubber-sheeting); beyond the
    first and last it stays as it is there. Coordinates are WGS84 degrees, longitude first.
    """
    if line.project(Point(through[0])) > line.project(Point(through[-1])):
        line = line.reverse()
    at: list[float] = []
    shift: list[tuple[float, float]] = []
    for point in map(Point, through):
        along = line.project(point)
        if at and along <= at[-1]:
            along = at[-1] + 1e-6
        foot = line.interpolate(along)
        at.append(along)
        shift.append((point.x - foot.x, point.y - foot.y))
    stops = numpy.unique(numpy.concatenate([numpy.arange(0, line.length, STEP), at, [line.length]]))
    points = numpy.array([line.interpolate(stop).coords[0] for stop in stops])
    moves = numpy.array(shift)
    points[:, 0] += numpy.interp(stops, at, moves[:, 0])
    points[:, 1] += numpy.interp(stops, at, moves[:, 1])
    return round_off(LineString(points))
