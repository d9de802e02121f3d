"""Tell whether a relative clause is about a place: X, which Y controls."""

from dashboard.extraction.asides import PHRASE, FoundPlace
from dashboard.extraction.clauses import OPENER, Parse
from dashboard.extraction.triggers import FoundTrigger

RELATIVES = 2
FAR_RELATIVES = 8
"""Words between a relative pronoun and its verb, and where a pronoun points back to it."""

BACK = ("عليها", "عليه", "فيها", "فيه", "منها", "منه", "اليها", "اليه", "بها", "به")


def is_about(parse: Parse, trigger: FoundTrigger, place: FoundPlace) -> bool:
    """Tell whether the trigger's clause is relative to the place: X, which Y controls.

    The verb stands next to the pronoun, or points back by one: التي توشك القوات على استعادتها.
    """
    points_back = trigger.pronoun or any(
        parse.tokens[i].form in BACK
        for i in range(trigger.last, min(trigger.last + 3, len(parse.tokens)))
    )
    reach = FAR_RELATIVES if points_back else RELATIVES
    for at in range(trigger.first - 1, max(trigger.first - reach - 1, 0), -1):
        if "relative" in parse.classes[at]:
            if not _agrees(parse, at, place):
                return False
            return 0 <= at - place.last <= PHRASE and parse.crossing(place.first, at) <= OPENER + 2
    return False


def _agrees(parse: Parse, at: int, place: FoundPlace) -> bool:
    """Tell whether a relative pronoun can be a place's by its gender: towns are feminine."""
    masculine = "masculine" in parse.classes[place.head]
    if "which_f" in parse.classes[at]:
        return not masculine
    return "which_m" not in parse.classes[at] or masculine or at == place.last
