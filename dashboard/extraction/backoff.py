"""Find a place for an event whose clause tells none, ever farther off."""

from collections.abc import Sequence

from dashboard.extraction.asides import FoundPlace
from dashboard.extraction.clauses import ONE_CLAUSE, Parse
from dashboard.extraction.places import NOT_PLACES
from dashboard.extraction.roles import Frame
from dashboard.extraction.scenes import Scene
from dashboard.model import PlaceMention

UNPLACED = 10
"""Words between a trigger and a name that nothing resolves."""

BACKS_OFF = (
    "air_strike", "shelling", "bombing", "killing", "clash", "arrest", "raid", "abduction",
    "prison_break", "offensive",
)  # fmt: skip


def find_unplaced(scene: Scene, frame: Frame) -> PlaceMention | None:
    """Find a name that nothing resolved in a clause that tells no other place."""
    if frame.places:
        return None
    read = scene.parse
    for mention in scene.mentions:
        if mention.place is None and mention.kind not in NOT_PLACES:
            first, _ = read.at(*mention.span)
            apart = first - frame.trigger.last
            if 0 <= apart <= UNPLACED and read.crossing(frame.trigger.first, first) <= ONE_CLAUSE:
                frame.why.append(f"place {mention.surface}: named, but nothing resolves it")
                return mention
    return None


def back_off(
    frame: Frame,
    places: Sequence[FoundPlace],
    before: tuple[FoundPlace, ...],
    headline: tuple[FoundPlace, ...],
    kind: str,
) -> None:
    """Take the place from farther off: the sentence's rest, what was told before, the headline."""
    if frame.places or frame.unplaced is not None or kind not in BACKS_OFF:
        return
    rest = [place for place in places if not place.container and not place.aside]
    if rest:
        nearest = min(rest, key=lambda place: abs(place.first - frame.trigger.first))
        frame.places = tuple(place for place in rest if place.group == nearest.group)
        frame.level = "sentence"
        frame.why.append("place: the nearest of the sentence")
    elif before:
        frame.places, frame.level = before, "paragraph"
        frame.why.append("place: the one told of just before")
    elif headline:
        frame.places, frame.level = headline[:1], "headline"
        frame.why.append("place: the headline's")


STRIKES = ("air_strike", "shelling", "bombing")
REFERS_BACK = (*STRIKES, "killing", "abduction", "arrest")


def points_back(parse: Parse, frame: Frame, kind: str, before: set[str]) -> bool:
    """Tell whether a definite noun speaks of what was told before: "the shelling hit its aims".

    One that tells of its own has its place behind it: the shelling of X, that which hit X.
    """
    first, last = frame.trigger.first, frame.trigger.last
    caused = parse.has("caused_by", range(max(0, first - 2), first))
    if not caused and not before & ({*STRIKES} if kind in STRIKES else {kind}):
        return False
    behind = any(place.first >= last for place in frame.places)
    which = parse.has("relative", range(last, min(last + 2, len(parse.tokens))))
    return kind in REFERS_BACK and not (behind and (which or frame.level == "clause"))
