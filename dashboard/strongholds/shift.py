"""Tell how the centre of reported activity shifted from quarter to quarter."""

import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from dashboard.model import Event, Modality
from dashboard.store.base import EventStore, Filters
from dashboard.strongholds import spread
from dashboard.strongholds.effects import is_area
from dashboard.strongholds.parameters import Parameters, default_parameters
from dashboard.strongholds.spread import Ellipse, Point
from gazetteer.place import Place, PlaceKind

WORDS = Path(__file__).with_name("shift_words.toml")
REGION = (35.5, 29.0, 49.0, 38.0)
"""Syria and Iraq: west, south, east, north in WGS84 degrees."""

_ISOLATED = "\u2068{}\u2069"  # keeps numbers and Latin names in their own direction inside Arabic


@dataclass(frozen=True, slots=True, kw_only=True)
class Quarter:
    """A quarter's centre of reported activity: WGS84 degrees, distances in km.

    `events` counts reports, each by the share of its interval that lies in the quarter.
    `spread_km` is the standard distance, `half_km` the distance within which half of the weight
    lies, `ellipse` one standard deviation along and across, `band_km` the radius in which the share
    `band_share` of bootstrapped centres lies, but never less than the mean uncertainty of the
    places. `near` is the reported settlement nearest to the centre. With fewer reports than asked
    for, `enough` is False.
    """

    label: str
    first: date
    last: date
    lat: float
    lon: float
    events: float
    articles: int
    spread_km: float
    half_km: float
    ellipse: Ellipse
    band_km: float
    near: Place
    enough: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """From one quarter's centre to another's: km, and degrees clockwise from north.

    `sure` is False where the distance is no longer than the two bands together.
    """

    origin: Quarter
    to: Quarter
    distance_km: float
    bearing: float
    sure: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """All quarters with reports, the steps between those with enough, and the whole way."""

    quarters: tuple[Quarter, ...]
    steps: tuple[Step, ...]
    whole: Step | None
    least_reports: int


def shift(
    events: EventStore | Iterable[Event],
    *,
    group: str = "IS",
    since: date | None = None,
    until: date | None = None,
    box: tuple[float, float, float, float] = REGION,
    parameters: Parameters | None = None,
) -> Shift:
    """Reckon the shift of the activity reported of an actor, within a box (WGS84 degrees).

    What counts are reported and ongoing events with a day and a place in which the actor acts or is
    the target; those known only to a country do not. An event weighs its confidence, less the less
    sure its place is (half at `half_weight_km`), shared among quarters by the days of its interval;
    days before `since` and after `until` (both included) do not count. Quarters with fewer than
    `least_reports` are given, but no step leads to or from them. The centre is the weighted mean
    (Bachi 1962), its spread the standard deviational ellipse (Lefever 1926; Yuill
    1971), how sure it is a seeded bootstrap (Efron 1979); distances are geodesics on WGS84.
    """
    modality = (Modality.REPORTED.value, Modality.ONGOING.value)
    wanted = Filters(since=since, until=until, actors=(group,), modality=modality, box=box)
    span = (since or date.min, until or date.max)
    chosen = parameters or default_parameters()
    told = events if isinstance(events, Iterable) else events.each(wanted)
    quarters: dict[tuple[int, int], list[tuple[Event, Place, float]]] = {}
    for event in told:
        place = event.place
        if place is not None and _counts(event, place, group, box):
            for quarter, share in _shares(event, span):
                quarters.setdefault(quarter, []).append((event, place, share))
    named = {place.id: place for told in quarters.values() for _, place, _ in told}
    found = tuple(
        _quarter(key, quarters[key], chosen, tuple(named.values())) for key in sorted(quarters)
    )
    enough = [quarter for quarter in found if quarter.enough]
    return Shift(
        quarters=found,
        steps=tuple(_step(one, two) for one, two in pairwise(enough)),
        whole=_step(enough[0], enough[-1]) if len(enough) > 1 else None,
        least_reports=chosen.least_reports,
    )


def shift_sentence(told: Shift, lang: str) -> str:
    """Say the whole way in one passage to quote, in English ("en") or Arabic ("ar")."""
    whole = told.whole
    if whole is None:
        return _say("too_little", lang, least=told.least_reports)
    one, two = whole.origin, whole.to
    return _say(
        "moved" if whole.sure else "stayed",
        lang,
        first=_quarter_words(one, lang),
        last=_quarter_words(two, lang),
        km=round(whole.distance_km),
        direction=direction_words(whole.bearing, lang),
        origin=one.near.name if lang == "ar" else one.near.name_en,
        place=two.near.name if lang == "ar" else two.near.name_en,
        n_first=round(one.events),
        n_last=round(two.events),
        spread_first=round(one.half_km),
        spread_last=round(two.half_km),
    )


def direction_words(bearing: float, lang: str) -> str:
    """Name one of the eight directions for a bearing in degrees from north."""
    return str(_data()["directions"][lang][round(bearing / 45) % 8])


def _counts(event: Event, place: Place, group: str, box: tuple[float, float, float, float]) -> bool:
    west, south, east, north = box
    return (
        event.when is not None
        and group in (event.actor, event.target)
        and event.modality in (Modality.REPORTED, Modality.ONGOING)
        and place.kind is not PlaceKind.COUNTRY
        and west <= place.lon <= east
        and south <= place.lat <= north
        and event.confidence > 0
    )


def _shares(event: Event, span: tuple[date, date]) -> Iterator[tuple[tuple[int, int], float]]:
    """Give the quarters that an event's interval touches, each with its share of the days."""
    if event.when is None:
        return
    days = (event.when.last - event.when.first).days + 1
    year, number = event.when.first.year, (event.when.first.month - 1) // 3
    while (begin := date(year, 3 * number + 1, 1)) <= event.when.last:
        first = max(event.when.first, begin, span[0])
        inside = (min(event.when.last, _last_day(year, number), span[1]) - first).days + 1
        if inside > 0:
            yield (year, number), inside / days
        year, number = (year, number + 1) if number < 3 else (year + 1, 0)


def _last_day(year: int, number: int) -> date:
    after = date(year + 1, 1, 1) if number == 3 else date(year, 3 * number + 4, 1)
    return date.fromordinal(after.toordinal() - 1)


def _quarter(
    key: tuple[int, int],
    told: Sequence[tuple[Event, Place, float]],
    parameters: Parameters,
    everywhere: Sequence[Place],
) -> Quarter:
    year, number = key
    half = parameters.half_weight_km
    weights: dict[str, tuple[Place, float, float]] = {}
    vague = 0.0
    for event, place, share in told:
        _, weight, count = weights.get(place.id, (place, 0.0, 0.0))
        exact = half / (half + event.uncertainty_km)
        weighed = share * event.confidence * exact
        weights[place.id] = (place, weight + weighed, count + share)
        vague += weighed * event.uncertainty_km
    points = [Point(lat=p.lat, lon=p.lon, weight=w, number=n) for p, w, n in weights.values()]
    lat, lon = spread.centre(points)
    events = sum(point.number for point in points)
    band_km = spread.band(
        lat,
        lon,
        points,
        seed=parameters.seed,
        repeats=parameters.repeats,
        share=parameters.band_share,
    )
    return Quarter(
        label=f"{year}-Q{number + 1}",
        first=date(year, 3 * number + 1, 1),
        last=_last_day(year, number),
        lat=lat,
        lon=lon,
        events=events,
        articles=len({event.article for event, _, _ in told}),
        spread_km=spread.standard_distance(lat, lon, points),
        half_km=spread.median_distance(lat, lon, points),
        ellipse=spread.ellipse(lat, lon, points),
        band_km=max(band_km, vague / sum(p.weight for p in points)),
        near=_nearest(lat, lon, [place for place, _, _ in weights.values()], everywhere),
        enough=events >= parameters.least_reports,
    )


def _nearest(lat: float, lon: float, told: Sequence[Place], everywhere: Sequence[Place]) -> Place:
    """Give the nearest town or site of a quarter, else of all quarters, else the nearest place."""

    def far(place: Place) -> tuple[float, str]:
        return spread.distance_and_bearing(lat, lon, place.lat, place.lon)[0], place.id

    for places in (told, everywhere):
        towns = [place for place in places if not is_area(place, 1)]
        if towns:
            return min(towns, key=far)
    return min(told, key=far)


def _step(one: Quarter, two: Quarter) -> Step:
    km, bearing = spread.distance_and_bearing(one.lat, one.lon, two.lat, two.lon)
    sure = km > one.band_km + two.band_km
    return Step(origin=one, to=two, distance_km=km, bearing=bearing, sure=sure)


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(WORDS.read_text(encoding="utf-8"))


def _quarter_words(quarter: Quarter, lang: str) -> str:
    words = _data()["quarters"][lang][(quarter.first.month - 1) // 3]
    return f"{words} {quarter.first.year}"


def _say(name: str, lang: str, **values: object) -> str:
    if lang not in _data()[name]:
        raise ValueError(f"the shift is told in 'en' and 'ar', not in {lang!r}")
    if lang == "ar":
        values = {key: _ISOLATED.format(value) for key, value in values.items()}
    return str(_data()[name][lang]).format(**values)
