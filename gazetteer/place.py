"""What a place is, what a name in a text was taken for, and why."""

from dataclasses import dataclass
from enum import StrEnum


class PlaceKind(StrEnum):
    """The kinds of place that reporting names; the code tables in the documentation follow them."""

    COUNTRY = "country"
    GOVERNORATE = "governorate"
    DISTRICT = "district"
    CITY = "city"
    TOWN = "town"
    VILLAGE = "village"
    NEIGHBOURHOOD = "neighbourhood"
    CAMP = "camp"
    BASE = "base"
    AIRFIELD = "airfield"
    OIL_FIELD = "oil_field"
    DAM = "dam"
    PRISON = "prison"
    CROSSING = "crossing"
    STATION = "station"
    MOUNTAIN = "mountain"
    VALLEY = "valley"
    RIVER = "river"
    LAKE = "lake"
    DESERT = "desert"
    REGION = "region"
    SITE = "site"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place with all its names.

    `lat` and `lon` are WGS84 degrees; the place lies within `radius_km` of that point. `within` is
    the id of the parent, if any. `spellings`, `latin`, `kurdish`, `former` are its further names;
    `weak` are those of its names that are ordinary words too and so need a cue in running text.
    `source` says where the entry is known from. `retired_to` is the id that replaced this one.
    A place computed from a text ("45 km south-east of X") has an id that begins with `~`.
    """

    id: str
    kind: PlaceKind
    name: str
    name_en: str
    lat: float
    lon: float
    radius_km: float
    within: str | None = None
    spellings: tuple[str, ...] = ()
    latin: tuple[str, ...] = ()
    kurdish: tuple[str, ...] = ()
    former: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    sense: str | None = None
    source: str = ""
    retired_to: str | None = None
    population: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A place that a name can mean; `score` lies in 0 to 1 and `why` tells how it came about."""

    place: Place
    score: float
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A name found in a text: half-open offsets, the words as written, what it can mean."""

    start: int
    end: int
    surface: str
    candidates: tuple[Candidate, ...]


class ToponymKind(StrEnum):
    """What a place name in a text was read as."""

    LITERAL = "literal"
    RELATIVE = "relative"  # computed: "45 km south-east of X", "eastern countryside of X"
    ANAPHOR = "anaphor"  # "there", "the city": stands for a place named before
    DEMONYM = "demonym"
    ORGANISATION = "organisation"  # also media, operations, persons


@dataclass(frozen=True, slots=True, kw_only=True)
class Toponym:
    """A place name in a text, resolved in its context.

    Offsets are characters of the text, half-open. `place` is None where the name stays ambiguous
    (then `candidates` holds all readings, best first) or is not literal. `geo_precision` is ACLED's
    1 (the named settlement or site), 2 (near it, or part of a small region), 3 (a governorate,
    desert, region or country); `uncertainty_km` the radius within which the place lies;
    `confidence` lies in 0 to 1.
    """

    start: int
    end: int
    surface: str
    kind: ToponymKind
    place: Place | None
    candidates: tuple[Candidate, ...]
    geo_precision: int
    uncertainty_km: float
    confidence: float
    why: tuple[str, ...]
