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


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What an event does at a place; `rule` is an id of rules.toml.

    `told` tells whether the event says that the group is meant; a capture by another force that
    does not say from whom it took the place matters only where the group was known to be.
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
    return tuple(
        Effect(event=event, place=place, change=change, rule=rule, told=told)
        for place, change, rule, told in found
    )


def is_area(place: Place, geo_precision: int) -> bool:
    """Tell whether a report there tells of an area, not of a settlement or site.

    So it is for AREA_KINDS, for a place that is only computed ("45 km south-east of X"), and where
    the event's geo_precision is 3.
    """
    return place.kind in AREA_KINDS or place.id.startswith("~") or geo_precision >= 3


def rule_words(rule: str, lang: str) -> str:
    """Give the words of a rule in English ("en") or Arabic ("ar"); KeyError for another."""
    return str(_rules()["rules"][rule][lang])


@cache
def _rules() -> dict[str, Any]:
    return tomllib.loads(RULES.read_text(encoding="utf-8"))


@cache
def _control_words() -> frozenset[str]:
    return frozenset(word for entry in _rules()["control_words"] for word in split_words(entry))


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


def reported_until(event: Event, on: date) -> date:
    """Give the last day, no later than `on`, of which an event can tell."""
    return min(event.when.last, on) if event.when else on


def middle(event: Event) -> date:
    """Give the middle of an event's interval, its place in time among others."""
    if event.when is None:
        raise ValueError(f"event {event.id} has no day, so no place in time")
    return date.fromordinal((event.when.first.toordinal() + event.when.last.toordinal()) // 2)


def surely_by(effect: Effect) -> date:
    """Give the day from which an effect counts.

    A change of hands counts once it has surely happened, on the last day of its interval; any other
    report once that is more likely than not, in the middle.
    """
    event = effect.event
    if event.when is not None and effect.change in (Change.TAKE, Change.LOSE):
        return event.when.last
    return middle(event)
