"""Tell what one event does to the group's hold on a place, by the codebook's table."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Protocol

from dashboard.model import Event, Modality
from dashboard.ontology import load_ontology
from dashboard.ontology.wording import CONTROL, PART, tells
from gazetteer.load import default_gazetteer
from gazetteer.place import Place, PlaceKind

RULES = Path(__file__).with_name("rules.toml")

AREA_KINDS = frozenset(
    {
        PlaceKind.COUNTRY,
        PlaceKind.GOVERNORATE,
        PlaceKind.DESERT,
        PlaceKind.REGION,
        PlaceKind.MOUNTAIN,
        PlaceKind.VALLEY,
        PlaceKind.RIVER,
        PlaceKind.LAKE,
    }
)
"""Kinds of place that nobody holds as a whole: a report tells of activity somewhere in them."""


class Change(StrEnum):
    """What an event does to a hold, weakest first: so same-day events are put in order."""

    PRESENCE = "presence"
    CONTROL = "control"
    CONTEST = "contest"
    WEAKEN = "weaken"
    LOSE = "lose"
    TAKE = "take"


class Days(Protocol):
    """The first and the last day on which something can have happened."""

    @property
    def first(self) -> date:
        """Give the first day."""
        ...

    @property
    def last(self) -> date:
        """Give the last day."""
        ...


class Reported(Protocol):
    """What of an event a status is reckoned from; `article` tells one article from another."""

    @property
    def id(self) -> str:
        """Give the id of the event."""
        ...

    @property
    def type(self) -> str:
        """Give the id of its type."""
        ...

    @property
    def actor(self) -> str | None:
        """Give who acts."""
        ...

    @property
    def target(self) -> str | None:
        """Give who is acted upon."""
        ...

    @property
    def when(self) -> Days | None:
        """Give its days, None where they are not known."""
        ...

    @property
    def geo_precision(self) -> int:
        """Give how exactly it is placed, 1 to 3."""
        ...

    @property
    def confidence(self) -> float:
        """Give how sure the reading is, 0 to 1."""
        ...

    @property
    def article(self) -> str | int:
        """Give what tells its article from others."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What an event does at a place; `rule` is an id of rules.toml.

    `told` tells whether the event says that the group is meant there; a capture by another force
    that does not say from whom it took the place matters only where the group was known to be, and
    that of a quarter matters to its city only where the group was told to rule.
    """

    event: Reported
    place: Place
    change: Change
    rule: str
    told: bool = True


def effects(event: Event, *, group: str) -> Iterable[Effect]:
    """Give the effects of an event on the hold of an actor: at its place and its origins.

    A planned or denied event has none; nor has one without a day or a place, or in which the group
    neither acts nor is the target.
    """
    kind = load_ontology().event_types.get(event.type)
    if kind is None or event.when is None or event.modality in (Modality.PLANNED, Modality.DENIED):
        return ()
    found: list[Effect] = []
    if event.type == "relocation" and event.actor == group:
        found += [left(event, origin) for origin in event.origin]
    if event.place is not None:
        area = is_area(event.place, event.geo_precision)
        at = effect_at(event, event.place, group=group, area=area, bits=tells(event))
        found += [at] if at else []
        city = city_of(event.place)
        if city and event.type == "capture" and event.target == group:
            found.append(taken_in_part(event, city))
    return tuple(found)


def left(event: Reported, origin: Place) -> Effect:
    """Give the effect of its people's moving away on where they came from."""
    return Effect(event=event, place=origin, change=Change.WEAKEN, rule="left")


def taken_in_part(event: Reported, city: Place) -> Effect:
    """Give the effect of a quarter's capture on its city."""
    return Effect(event=event, place=city, change=Change.CONTEST, rule="taken_in_part", told=False)


def effect_at(event: Reported, place: Place, *, group: str, area: bool, bits: int) -> Effect | None:
    """Give what an event does at its place; `bits` are what its words tell (see wording.tells).

    `area` tells whether the report is of an area, as `is_area` does.
    """
    ruled = event.when is not None and event.when.first < _rules()["territory_until"]
    at = _at_place(event.type, event.actor, event.target, group, area, bits, ruled)
    if at is None:
        return None
    change, rule, told = at
    return Effect(event=event, place=place, change=change, rule=rule, told=told)


def is_area(place: Place, geo_precision: int) -> bool:
    """Tell whether a report there tells of an area, not of a settlement or site.

    So it is for AREA_KINDS, but for a part of a city ("the left bank"), for a place that is only
    computed ("45 km south-east of X"), and where the event's geo_precision is 3.
    """
    wide = place.kind in AREA_KINDS and city_of(place) is None
    return wide or place.id.startswith("~") or geo_precision >= 3


def rule_words(rule: str, lang: str) -> str:
    """Give the words of a rule in English ("en") or Arabic ("ar"); KeyError for another."""
    tables = _rules()
    return str((tables["rules"] | tables["rules_of_governorates"])[rule][lang])


def city_of(place: Place) -> Place | None:
    """Give the city or town of which a place is a quarter, bank or other part; None: of none."""
    parts = (PlaceKind.NEIGHBOURHOOD, PlaceKind.REGION)
    if place.kind not in parts or place.within is None or place.within not in default_gazetteer():
        return None
    parent = default_gazetteer()[place.within]
    return parent if parent.kind in (PlaceKind.CITY, PlaceKind.TOWN) else None


@cache
def _rules() -> dict[str, Any]:
    return tomllib.loads(RULES.read_text(encoding="utf-8"))


@lru_cache(maxsize=10_000)  # asked for every report, and there are few answers
def _at_place(
    kind: str, actor: str | None, target: str | None, group: str, area: bool, bits: int, ruled: bool
) -> tuple[Change, str, bool] | None:
    effect = load_ontology().event_types[kind].effect
    if kind == "capture":
        return _capture(actor, target, group, area=area, part=bool(bits & PART))
    if effect == "lose" and actor == group and not area:
        return Change.LOSE, "left", True
    if effect == "contest" and target == group:
        # Air strikes on a desert tell that it is there; there is nothing to be contested.
        if area:
            return Change.PRESENCE, "present_in_area", True
        return Change.CONTEST, "attacked", True
    if effect == "hold" and actor == group:
        return _hold(kind, area=area, control=bool(bits & CONTROL), ruled=ruled)
    return None


def _capture(
    actor: str | None, target: str | None, group: str, *, area: bool, part: bool
) -> tuple[Change, str, bool] | None:
    if actor == group:
        return (
            (Change.PRESENCE, "present_in_area", True) if area else (Change.TAKE, "captured", True)
        )
    if area:  # ground won or lost somewhere in it decides nothing for the whole
        return None
    if target == group:
        if part:
            return Change.CONTEST, "taken_in_part", True
        return Change.LOSE, "taken_from_it", True
    if actor not in (None, "UNKNOWN") and target in (None, "UNKNOWN"):
        return Change.LOSE, "taken_by_other", False
    return None


def _hold(kind: str, *, area: bool, control: bool, ruled: bool) -> tuple[Change, str, bool]:
    if area:
        return Change.PRESENCE, "present_in_area", True
    if kind == "base_established":
        return (Change.CONTROL if ruled else Change.PRESENCE), "based", True
    if kind == "fortification":
        return (Change.CONTROL if ruled else Change.PRESENCE), "fortified", True
    if kind == "relocation":
        return Change.PRESENCE, "moved_in", True
    if ruled and control:
        return Change.CONTROL, "held", True
    return Change.PRESENCE, "present", True


def middle(event: Reported) -> date:
    """Give the middle of an event's interval, its place in time among others."""
    if event.when is None:
        raise ValueError(f"event {event.id} has no day, so no place in time")
    return date.fromordinal((event.when.first.toordinal() + event.when.last.toordinal()) // 2)


def surely_by(effect: Effect) -> date:
    """Give the day from which an effect counts, and from which its report grows old.

    A change of hands counts once it has surely happened, on the last day of its interval; any other
    report once that is more likely than not, in the middle. The rest of the interval makes no
    report younger: it says what is not known, never how long a thing lasted (codebook, ruling 3).
    """
    event = effect.event
    if event.when is not None and effect.change in (Change.TAKE, Change.LOSE):
        return event.when.last
    return middle(event)
