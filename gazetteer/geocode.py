"""The gazetteer as a geopy geocoder, and a chain from it to online ones where the user allows."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeAlias

from geopy.exc import ConfigurationError, GeocoderParseError, GeocoderQueryError, GeopyError
from geopy.extra.rate_limiter import RateLimiter
from geopy.geocoders import Nominatim, Photon
from geopy.geocoders.base import DEFAULT_SENTINEL, Geocoder
from geopy.location import Location
from geopy.point import Point

from gazetteer.answers import DAY, Answers
from gazetteer.geometry import distance_km
from gazetteer.index import Gazetteer
from gazetteer.load import default_gazetteer
from gazetteer.place import Candidate, Place

Answer: TypeAlias = Location | list[Location] | None
ONLINE = {"nominatim": Nominatim, "photon": Photon}
PROVIDER = "maaqil-gazetteer"
_MOST = 10  # places given when all are asked for
_COMMAS = "،,"


class GazetteerGeocoder(Geocoder):  # type: ignore[misc]  # geopy ships no types
    """Look names up in the gazetteer, by geopy's conventions; never opens a socket."""

    def __init__(self, gazetteer: Gazetteer | None = None, **options: Any) -> None:
        """Take a gazetteer (the default one where None) and the options of every geocoder."""
        super().__init__(**options)
        self.gazetteer = gazetteer or default_gazetteer()

    def geocode(
        self,
        query: str,
        *,
        exactly_one: bool = True,
        timeout: object = DEFAULT_SENTINEL,  # noqa: ARG002 - nothing to wait for
        within: str | None = None,
    ) -> Answer:
        """Return the place that a name most likely means, or all (`exactly_one=False`), or None.

        "name, country" narrows like `within`. `raw` of a location holds provider, id, kind,
        radius_km, score, why and the names. Raises GeocoderQueryError for what is no text.
        """
        if not isinstance(query, str):
            raise GeocoderQueryError(f"a query must be text, not {type(query).__name__}")
        candidates: list[Candidate] = []
        for comma in _COMMAS if within is None else "":
            name, _, holder = query.rpartition(comma)
            if not candidates and name.strip() and holder.strip():
                candidates = self.gazetteer.lookup(name, within=holder.strip())
        candidates = candidates or self.gazetteer.lookup(query, within=within)
        locations = [_location(candidate) for candidate in candidates[:_MOST]]
        return _one_or_all(locations, exactly_one)

    def reverse(
        self,
        query: Any,
        *,
        exactly_one: bool = True,
        timeout: object = DEFAULT_SENTINEL,  # noqa: ARG002 - nothing to wait for
        max_km: float = 50.0,
    ) -> Answer:
        """Return the settlement or site nearest to a point, with `distance_km` in `raw`, or None.

        `query` is all that geopy takes for a point, in WGS84 degrees; nothing further than
        `max_km` is given.
        """
        try:
            point = Point(query)
        except (ValueError, TypeError) as error:
            raise GeocoderQueryError(f"not a point: {error}") from error
        near = sorted(
            (
                (distance_km(point.latitude, point.longitude, place.lat, place.lon), place)
                for place in self.gazetteer
                if place.radius_km <= 25 and abs(place.lat - point.latitude) <= max_km / 100
            ),
            key=lambda pair: pair[0],
        )
        locations = [
            _location(Candidate(place=place, score=1.0, why=("nearest",)), km)
            for km, place in near[:_MOST]
            if km <= max_km
        ]
        return _one_or_all(locations, exactly_one)


class GeocoderChain(Geocoder):  # type: ignore[misc]  # geopy ships no types
    """Ask the gazetteer first, and online geocoders only for what it does not know.

    Without online geocoders (the default) no socket is ever opened. Online answers are kept:
    what was found for good, what was not for `negative_days`; failures never, they are raised.
    """

    def __init__(
        self,
        online: Sequence[Geocoder] = (),
        *,
        gazetteer: Gazetteer | None = None,
        min_delay_seconds: float = 1.0,
        max_retries: int = 2,
        error_wait_seconds: float = 5.0,
        negative_days: float = 7.0,
        cache_file: Path | None = None,
        **options: Any,
    ) -> None:
        super().__init__(**options)
        self.local = GazetteerGeocoder(gazetteer)
        self.answers = Answers(cache_file, negative_seconds=negative_days * DAY)
        self._ask: list[tuple[str, Callable[..., Answer]]] = [
            (
                type(geocoder).__name__.lower(),
                RateLimiter(
                    geocoder.geocode,
                    min_delay_seconds=min_delay_seconds,
                    max_retries=max_retries,
                    error_wait_seconds=max(error_wait_seconds, min_delay_seconds),
                    swallow_exceptions=False,
                ),
            )
            for geocoder in online
        ]

    def geocode(
        self,
        query: str,
        *,
        exactly_one: bool = True,
        timeout: object = DEFAULT_SENTINEL,
    ) -> Answer:
        """Return what the gazetteer, else the first online geocoder that knows it, says.

        Raises geopy's error of the last online geocoder where none answered and one failed.
        """
        found = self.local.geocode(query, exactly_one=False)
        if found:
            return _one_or_all(list(found), exactly_one)
        failure: GeopyError | None = None
        for name, ask in self._ask:
            question = f"{name}:{query}"
            if question not in self.answers:
                try:
                    locations = _ask_online(ask, query, timeout)
                except GeopyError as error:
                    failure = error
                    continue
                self.answers[question] = [_stored(name, place) for place in locations] or None
            if stored := self.answers[question]:
                return _one_or_all([_restored(answer) for answer in stored], exactly_one)
        if failure is not None:
            raise failure
        return None

    def reverse(
        self,
        query: Any,
        *,
        exactly_one: bool = True,
        timeout: object = DEFAULT_SENTINEL,
    ) -> Answer:
        """Return the nearest place that the gazetteer has; online geocoders are not asked."""
        return self.local.reverse(query, exactly_one=exactly_one, timeout=timeout)


def open_geocoder(
    online: Sequence[str] = (), *, user_agent: str = "maaqil", **options: Any
) -> GeocoderChain:
    """Open the chain with online geocoders by name ("nominatim", "photon"); none by default."""
    unknown = [name for name in online if name not in ONLINE]
    if unknown:
        raise ConfigurationError(f"unknown geocoder {unknown[0]!r}; there are {sorted(ONLINE)}")
    return GeocoderChain([ONLINE[name](user_agent=user_agent) for name in online], **options)


def _ask_online(ask: Callable[..., Answer], query: str, timeout: object) -> list[Location]:
    try:
        answer = ask(query, exactly_one=False, timeout=timeout)
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        # An answer in another shape than the service's, which geopy does not check.
        raise GeocoderParseError(f"the geocoder's answer makes no sense: {error!r}") from error
    if answer is None:
        return []
    return list(answer) if isinstance(answer, list) else [answer]


def _one_or_all(locations: list[Location], exactly_one: bool) -> Answer:
    if not locations:
        return None
    return locations[0] if exactly_one else locations


def _location(candidate: Candidate, km: float | None = None) -> Location:
    place: Place = candidate.place
    raw = {
        "provider": PROVIDER,
        "id": place.id,
        "kind": place.kind.value,
        "name": place.name,
        "name_en": place.name_en,
        "radius_km": place.radius_km,
        "score": candidate.score,
        "why": list(candidate.why),
        "source": place.source,
    }
    if km is not None:
        raw["distance_km"] = round(km, 3)
    return Location(f"{place.name}, {place.name_en}", (place.lat, place.lon), raw)


def _stored(provider: str, location: Location) -> dict[str, Any]:
    return {
        "provider": provider,
        "address": location.address,
        "lat": location.latitude,
        "lon": location.longitude,
        "raw": location.raw,
    }


def _restored(answer: dict[str, Any]) -> Location:
    raw = {**(answer["raw"] or {}), "provider": answer["provider"]}
    return Location(answer["address"], (answer["lat"], answer["lon"]), raw)
