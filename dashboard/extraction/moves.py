"""Join what one sentence tells of one deed: leaving and arriving, an attack and its aim."""

from collections.abc import Sequence
from dataclasses import replace

from dashboard.extraction.asides import FoundPlace
from dashboard.extraction.clauses import Parse
from dashboard.extraction.drafts import Draft
from dashboard.extraction.modality import INTENDED, Told
from dashboard.extraction.roles import Frame
from dashboard.model import Modality

HAPPENED = (Modality.REPORTED, Modality.ONGOING)

GROUPS = ("IS", "HTS", "OPPOSITION", "UNKNOWN", None)
"""Whose leaving for somewhere is told as a move there; a state's army withdraws."""


def move_on(frame: Frame, told: Told) -> Told:
    """Take "withdrew from A towards B" for the move to B that it tells."""
    if told.type != "withdrawal" or not frame.goals or frame.actor_id not in GROUPS:
        return told
    frame.origins += tuple(place for place in frame.places if place not in frame.goals)
    frame.places, frame.level = frame.goals, "clause"
    frame.why.append(f"to {frame.goals[0].mention.surface}: who leaves for a place moves there")
    return replace(told, type="relocation")


def join_moves(drafts: list[Draft]) -> None:
    """Join "fled from A" and "went to B" of one sentence: one move, with its origin."""
    moves = [draft for draft in drafts if draft.told.type == "relocation"]
    for leaving in [draft for draft in drafts if draft.told.type == "withdrawal"]:
        for move in moves:
            if move.frame.actor_id == leaving.frame.actor_id:
                ends = {place.place.id for place in move.frame.places}
                left = [place for place in leaving.frame.places if place.place.id not in ends]
                move.frame.origins += tuple(left)
                drafts.remove(leaving)
                break


WHOLE = 3
"""The geo_precision of a place that is a governorate, a region or a country."""

DEED_REACH = 8
"""Words between "the attack took place" and its place."""


def refine(
    parse: Parse, places: Sequence[FoundPlace], last: Draft | None, drafts: Sequence[Draft]
) -> None:
    """Take the closer place of what was told last: "the attack took place in X"."""
    if last is None or any(draft.frame.level == "clause" for draft in drafts):
        return
    if last.frame.places and last.frame.places[0].mention.geo_precision < WHOLE:
        return
    for at, classes in enumerate(parse.classes):
        early = range(max(0, at - 2), at)
        if "the_deed" not in classes or not parse.has("took_place", early):
            continue
        for place in places:
            near = at < place.head <= at + DEED_REACH and parse.crossing(at, place.first) == 0
            if near and not place.container and place.mention.geo_precision < WHOLE:
                last.frame.places, last.frame.level = (place,), "sentence"
                last.frame.why.append(f"place {place.mention.surface}: where it took place")
                return


def drop_left(drafts: list[Draft]) -> None:
    """Drop that the group holds a place which the same sentence tells it to leave or lose."""
    lost = {
        place.place.id
        for draft in drafts
        if draft.told.modality in HAPPENED
        and (draft.told.type == "withdrawal" and draft.frame.actor_id == "IS")
        for place in draft.frame.places
    }
    for draft in list(drafts):
        held = {place.place.id for place in draft.frame.places}
        if draft.told.type == "presence" and held and held <= lost:
            drafts.remove(draft)


def drop_aims(drafts: list[Draft]) -> None:
    """Drop a planned taking of a place where the sentence tells the attack itself."""
    told = {
        place.place.id
        for draft in drafts
        if draft.told.type == "offensive" and draft.told.modality in HAPPENED
        for place in draft.frame.places
    }
    for draft in list(drafts):
        if (
            draft.told.why.startswith(INTENDED)
            and draft.told.type == "offensive"
            and told & {place.place.id for place in draft.frame.places}
        ):
            drafts.remove(draft)
