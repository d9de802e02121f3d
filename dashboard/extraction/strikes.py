"""Tell whether "shelling" with no word of guns or aircraft was from the air, as the rest tells."""

from dataclasses import replace

from dashboard.extraction.build import Draft
from dashboard.extraction.modality import Told
from dashboard.extraction.roles import Frame
from dashboard.extraction.sides import GROUP
from dashboard.model import Span

AIR, GUNS = "air_strike", "shelling"
GROUNDED = ("SDF", "PMF", "PESHMERGA", "OPPOSITION", "HTS", "TRIBES", "LEBANON")
"""Who has guns and no aircraft."""

NOBODY = (None, "UNKNOWN")


def name_bare_strikes(drafts: list[Draft]) -> None:
    """Take a bare word of shelling for an air strike where the article tells that one.

    A word that was read as both is the air strike alone.

    The same place, or a headline that sums up, and no other actor: "Iraq shells a seat of the
    group", and then that its aircraft did. Where guns are told of that place, nothing is changed.
    """
    flown = [draft for draft in drafts if draft.told.type == AIR and not _is_bare(draft.frame)]
    if not flown:
        return
    words = {_word(draft) for draft in drafts if draft.told.type == AIR}
    drafts[:] = [draft for draft in drafts if draft.told.type != GUNS or _word(draft) not in words]
    guns = [draft for draft in drafts if draft.told.type == GUNS and not _is_bare(draft.frame)]
    told = {place.place.id for draft in guns for place in draft.frame.places}
    for draft in drafts:
        if draft.told.type != GUNS or told & {place.place.id for place in draft.frame.places}:
            continue
        if any(_may_be(draft, other) for other in flown):
            draft.told = _from_air(draft.told)


def _word(draft: Draft) -> tuple[Span, int]:
    return draft.parse.sentence.span, draft.frame.trigger.first


def _from_air(told: Told) -> Told:
    return replace(told, type=AIR, why=f"{told.why}; from the air, as the article tells")


def _is_bare(frame: Frame) -> bool:
    return frame.trigger.trigger.with_any == () and frame.trigger.last - frame.trigger.first == 1


def _may_be(draft: Draft, other: Draft) -> bool:
    if draft.told.modality is not other.told.modality:
        return False
    one, two = draft.frame.actor_id, other.frame.actor_id
    if one == GROUP or one in GROUNDED:
        return False
    if one != two and one not in NOBODY and two not in NOBODY:
        return False
    here = {place.place.id for place in draft.frame.places}
    return draft.headline or bool(here & {place.place.id for place in other.frame.places})
