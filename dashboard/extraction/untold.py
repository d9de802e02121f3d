"""Name who acts or is struck where no clause tells it and the article does."""

from collections.abc import Mapping
from dataclasses import replace

from dashboard.extraction.sides import GROUP, Known
from dashboard.model import Event, Role

FOUGHT = ("air_strike", "shelling", "raid", "arrest", "offensive", "siege")
"""Types by which the group's enemies fight it: a report on the group says so once."""

ENEMIES = (
    "COALITION", "USA", "RUSSIA", "ISF", "SDF", "SAA", "PMF", "PESHMERGA", "JORDAN", "SYRIA_GOV",
    "LEBANON", "LIBYA_GNA", "TRIBES", "IRAN", "HEZBOLLAH",
)  # fmt: skip

FLYING = ("COALITION", "RUSSIA", "ISF", "SAA", "JORDAN", "SYRIA_GOV")
"""Who has aircraft of those, by one name for the coalition and its leader."""

SAME = {"USA": "COALITION"}

ATTACKS = ("bombing", "killing", "abduction")
"""Types by which the group attacks, and of which the clause often tells only the deed."""

OTHERS = ("OPPOSITION", "HTS", "TURKEY")
"""Who else attacks so, or is attacked: where the article speaks of them nothing is guessed."""

ON_PEOPLE = ("killing", "abduction")
"""Types that are of people who do not fight (ruling 1)."""


def name_untold(event: Event, known: Known) -> Event:
    """Fill an actor or a target that no words of the event's spans tell.

    Gunmen said to be unknown stay so: their words are marked. One actor is never on both sides.
    """
    actor, target = event.actor, event.target
    reasons = []
    told = {mark.role for mark in event.marks}
    untold = actor in (None, "UNKNOWN") and Role.ACTOR not in told
    topic = GROUP in known.actors and not known.actors & set(OTHERS)
    if event.type in FOUGHT and untold and target in (None, GROUP):
        found = _find_fighter(event, known)
        if found is not None:
            actor = found
            reasons.append(f"actor {found}: the one force of the article that can be")
    if event.type in ATTACKS and untold and topic and target != GROUP:
        actor = GROUP
        reasons.append(f"actor {GROUP}: the article's topic")
    if event.type in FOUGHT and topic and actor in ENEMIES and target is None:
        target = GROUP
        reasons.append(f"target {GROUP}: the article's topic")
    if event.type in ON_PEOPLE and target is None:
        target = "CIVILIANS"
        reasons.append("target CIVILIANS: nobody else is told")
    if target == actor:
        target = None
    if not reasons and target == event.target:
        return event
    return replace(event, actor=actor, target=target, reasons=(*event.reasons, *reasons))


def _find_fighter(event: Event, known: Known) -> str | None:
    """Give the one force of the article that fights the group there, or the country's army."""
    home = _army(event, known.countries)
    abroad = {army for army in known.countries.values() if home is not None and army != home}
    names = {SAME.get(name, name) for name in known.actors & set(ENEMIES)}
    if event.type == "air_strike":
        names &= set(FLYING)
        abroad -= {"RUSSIA", "COALITION", "JORDAN"}
    names -= abroad
    if len(names) == 1:
        return names.pop()
    return home if home in names and event.type != "air_strike" else None


def _army(event: Event, countries: Mapping[str, str]) -> str | None:
    if event.place is None:
        return None
    return countries.get(event.place.id.lstrip("~").partition("-")[0])
