"""Tell what one event does to the group's hold on a place, by the codebook's table."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from dashboard.model import Event, Modality, Role
from dashboard.ontology import load_ontology
from gazetteer.arabic import split_words, strip_proclitics
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

PART_WITHIN = 8
"""Words after the trigger in which a part of the place is looked for, where no place follows."""


class Change(StrEnum):
    """What an event does to a hold, weakest first: so same-day events are put in order."""

    PRESENCE = "presence"
    CONTROL = "control"
    CONTEST = "contest"
    WEAKEN = "weaken"
    LOSE = "lose"
    TAKE = "take"


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What an event does at a place; `rule` is an id of rules.toml.

    `told` tells whether the event says that the group is meant there; a capture by another force
    that does not say from whom it took the place matters only where the group was known to be, and
    that of a quarter matters to its city only where the group was told to rule.
    """

    event: Event
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
    found = []
    if event.type == "relocation" and event.actor == group:
        found += [(origin, Change.WEAKEN, "left", True) for origin in event.origin]
    if event.place is not None:
        at = _at_place(event, event.place, kind.effect, group)
        found += [(event.place, *at)] if at else []
        city = city_of(event.place)
        if city and event.type == "capture" and event.target == group:
            found.append((city, Change.CONTEST, "taken_in_part", False))
    return tuple(
        Effect(event=event, place=place, change=change, rule=rule, told=told)
        for place, change, rule, told in found
    )


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


@cache
def _control_words() -> frozenset[str]:
    return frozenset(word for entry in _rules()["control_words"] for word in split_words(entry))


@cache
def _part_words() -> dict[str, frozenset[tuple[str, ...]]]:
    return {
        name: frozenset(split_words(entry) for entry in entries)
        for name, entries in _rules()["part_words"].items()
    }


def _at_place(
    event: Event, place: Place, effect: str, group: str
) -> tuple[Change, str, bool] | None:
    area = is_area(place, event.geo_precision)
    if event.type == "capture":
        return _capture(event, group, area=area)
    if effect == "lose" and event.actor == group and not area:
        return Change.LOSE, "left", True
    if effect == "contest" and event.target == group:
        # Air strikes on a desert tell that it is there; there is nothing to be contested.
        if area:
            return Change.PRESENCE, "present_in_area", True
        return Change.CONTEST, "attacked", True
    if effect == "hold" and event.actor == group:
        return _hold(event, place)
    return None


def _capture(event: Event, group: str, *, area: bool) -> tuple[Change, str, bool] | None:
    if event.actor == group:
        return (
            (Change.PRESENCE, "present_in_area", True) if area else (Change.TAKE, "captured", True)
        )
    if area:  # ground won or lost somewhere in it decides nothing for the whole
        return None
    if event.target == group:
        if tells_part(event):
            return Change.CONTEST, "taken_in_part", True
        return Change.LOSE, "taken_from_it", True
    if event.actor not in (None, "UNKNOWN") and event.target in (None, "UNKNOWN"):
        return Change.LOSE, "taken_by_other", False
    return None


def _hold(event: Event, place: Place) -> tuple[Change, str, bool]:
    if is_area(place, event.geo_precision):
        return Change.PRESENCE, "present_in_area", True
    ruled = event.when is not None and event.when.first < _rules()["territory_until"]
    if event.type == "base_established":
        return (Change.CONTROL if ruled else Change.PRESENCE), "based", True
    if event.type == "fortification":
        return (Change.CONTROL if ruled else Change.PRESENCE), "fortified", True
    if event.type == "relocation":
        return Change.PRESENCE, "moved_in", True
    if ruled and _tells_control(event):
        return Change.CONTROL, "held", True
    return Change.PRESENCE, "present", True


def tells_part(event: Event) -> bool:
    """Tell whether a capture's words say that only a part of the place changed hands.

    A quarter's capture is told at its city (codebook, ruling 11), which is not lost with it. What
    is read runs from the trigger to the name of the place, or PART_WITHIN words, at most up to a
    word like "after": what follows that tells of something else.
    """
    words = split_words(_from_trigger_to_place(event))
    table = _part_words()
    for number, word in enumerate(words):
        readings = {word, *(reading for reading, _ in strip_proclitics(word))}
        if (word,) in table["ends"]:
            return False
        for part in table["parts"]:
            if part[0] in readings and words[number + 1 : number + len(part)] == part[1:]:
                return not (number and (words[number - 1],) in table["wholes"])
    return False


def _from_trigger_to_place(event: Event) -> str:
    quote = event.quote
    start = event.spans[0].start if event.spans else 0
    marks = [
        (mark.role, mark.span.start - start, mark.span.end - start)
        for mark in event.marks
        if start <= mark.span.start < start + len(quote)
    ]
    triggers = [at for role, at, _ in marks if role is Role.TRIGGER]
    if not triggers:
        return quote
    begin = min(triggers)
    ends = [end for role, at, end in marks if role is Role.PLACE and at > begin]
    return quote[begin : min(ends)] if ends else " ".join(quote[begin:].split()[:PART_WITHIN])


def _tells_control(event: Event) -> bool:
    """Tell whether the words that tell of presence, or else its sentence, tell of control."""
    start = event.spans[0].start if event.spans else 0
    triggers = [
        event.quote[mark.span.start - start : mark.span.end - start]
        for mark in event.marks
        if mark.role is Role.TRIGGER and start <= mark.span.start < start + len(event.quote)
    ]
    words = {word for text in triggers or [event.quote] for word in split_words(text)}
    bare = {reading for word in words for reading, _ in strip_proclitics(word)}
    return bool((words | bare) & _control_words())


def middle(event: Event) -> date:
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
