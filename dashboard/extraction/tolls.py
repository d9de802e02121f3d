"""Give the numbers of killed to the event of a sentence that they belong to."""

from dashboard.extraction.build import Draft
from dashboard.extraction.numbers import Count

LETHAL = ("air_strike", "clash", "shelling", "bombing", "killing", "raid", "capture", "offensive")


def give_deaths(drafts: list[Draft], deaths: tuple[Count, ...], before: Draft | None) -> None:
    """Give each number to the nearest event that kills; where none is here, to the one before."""
    for count in deaths:
        lethal = [draft for draft in drafts if draft.told.type in LETHAL]
        free = [draft for draft in lethal if draft.deaths is None]
        if free:
            nearest = min(free, key=lambda draft: _apart(draft, count))
            nearest.deaths = count
        elif not lethal and before is not None and before.told.type in LETHAL:
            before.deaths = before.deaths or count


def _apart(draft: Draft, count: Count) -> int:
    """Give how far a number stands from the word of an event, in words and boundaries."""
    at = draft.frame.trigger.first
    return abs(at - count.first) + 2 * draft.parse.crossing(at, count.first)
