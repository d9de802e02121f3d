"""Join what an article tells twice: one event, several evidence spans."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any, TypeVar

from dashboard.extraction.places import ancestors
from dashboard.model import DateBasis, Event, Modality, Role, Span, When
from gazetteer import Gazetteer
from gazetteer.geometry import distance_km
from gazetteer.place import Place, PlaceKind

T = TypeVar("T")

NEAR_KM = 10.0
RETOLD_KM = 60.0
"""How far from the place that a headline names the text may put what it tells."""

BACKERS = {
    "TURKEY": ("OPPOSITION",), "COALITION": ("SDF", "ISF", "PESHMERGA"),
    "USA": ("SDF", "ISF", "PESHMERGA"), "RUSSIA": ("SAA",), "IRAN": ("SAA",),
    "HEZBOLLAH": ("SAA",),
}  # fmt: skip
"""Who takes a town beside whom: one taking, told of either."""

SAME_ACTOR = {"USA": "COALITION", "HEZBOLLAH": "SAA"}
PARTS = (PlaceKind.NEIGHBOURHOOD, PlaceKind.SITE, PlaceKind.AIRFIELD, PlaceKind.MOUNTAIN)
TOWNS = (PlaceKind.CITY, PlaceKind.TOWN)
EDGE_KM = 2.0
"""How far beyond the radius of a town its parts lie."""

COMPUTED = "~"
"""How the id of a place begins that was computed from a text."""

NEWS = timedelta(days=4)
CLOSE = timedelta(days=31)
"""A day that the text tells no closer than this is no better than the article's own."""

BY_DEFAULT = (DateBasis.PUBLICATION, DateBasis.INFERRED)
TAKING = ("capture", "offensive")
"""What is told of the same place and days, wherever in the article, is part of these."""

GAINERS = ("offensive", "deployment", "siege", "raid")
"""What is part of a taking only where the taker's side did it."""

GROUP = "IS"

ONE_WORD = (("shelling", "air_strike"),)
"""Types of which one is part of the other only where the same word was read as both."""

TOLD = (Modality.REPORTED, Modality.ONGOING)


def merge(events: Sequence[Event], gazetteer: Gazetteer, backed_off: frozenset[str]) -> list[Event]:
    """Merge events of one type, actor and modality within 10 km on overlapping days.

    `backed_off` are ids of events whose place came from outside their sentence or from a headline:
    such an event also joins one at a place within its own, which tells it more exactly.
    """
    out: list[Event] = []
    for event in sorted(events, key=lambda e: (e.id in backed_off, -e.confidence)):
        for n, known in enumerate(out):
            if same(known, event, gazetteer, loose=event.id in backed_off):
                within = _is_within(known.place, event.place)
                out[n] = combine(event, known) if within else combine(known, event)
                break
        else:
            out.append(event)
    return sorted(out, key=lambda e: (e.spans[0].start, e.type, e.place.id if e.place else ""))


def retell(events: Sequence[Event], headlines: frozenset[str]) -> list[Event]:
    """Join what a headline tells to the event of the text that tells it in full.

    A headline sums up: its place may be wider ("an ambush on the road to X"), its day untold, its
    actor left out. `headlines` are ids of events told by a headline alone.
    """
    kept = {event.id: event for event in events}
    for short in events:
        if short.id not in headlines:
            continue
        fuller = [full for full in events if full.id not in headlines and _retells(short, full)]
        if fuller:
            first = min(fuller, key=lambda full: full.spans[0])
            if _is_vaguer(first, short):
                kept[short.id] = combine(kept[short.id], kept[first.id])
                del kept[first.id]
                continue
            kept[first.id] = combine(kept[first.id], short)
            del kept[short.id]
    return list(kept.values())


def _is_vaguer(full: Event, short: Event) -> bool:
    """Tell whether the text puts somewhere in a wide region what its headline puts at a place."""
    if full.place is None or short.place is None or not full.place.id.startswith(COMPUTED):
        return False
    apart = distance_km(short.place.lat, short.place.lon, full.place.lat, full.place.lon)
    wide = full.uncertainty_km > max(NEAR_KM, 2 * short.uncertainty_km)
    if full.place.id.endswith(f"-{short.place.id}"):
        return False  # reckoned from the headline's own place: closer than it
    return wide and apart <= RETOLD_KM + full.uncertainty_km


def _retells(short: Event, full: Event) -> bool:
    if short.type != full.type or not _moods_agree(short, full) or not _actors_agree(short, full):
        return False
    if not days_overlap(short, full) or short.place is None or full.place is None:
        return short.place is None and days_overlap(short, full)
    apart = distance_km(short.place.lat, short.place.lon, full.place.lat, full.place.lon)
    return apart <= RETOLD_KM + short.uncertainty_km + full.uncertainty_km


def same(one: Event, other: Event, gazetteer: Gazetteer, *, loose: bool) -> bool:
    """Tell whether two events of one article are the same event told twice."""
    if one.type != other.type or not _moods_agree(one, other):
        return False
    return (
        _actors_agree(one, other)
        and days_overlap(one, other)
        and _near(one, other, gazetteer, loose=loose)
    )


def _moods_agree(one: Event, other: Event) -> bool:
    return one.modality == other.modality or (one.modality in TOLD and other.modality in TOLD)


def _actors_agree(one: Event, other: Event) -> bool:
    names = {SAME_ACTOR.get(str(e.actor), e.actor) for e in (one, other)}
    if one.type == "capture" and any(
        str(a.actor) in BACKERS.get(str(b.actor), ()) for a, b in ((one, other), (other, one))
    ):
        return True
    if one.type == "clash" and (one.actor == other.target or one.target == other.actor):
        return True  # a fight has two sides, told from either
    return len(names) == 1 or None in names or "UNKNOWN" in names


def days_overlap(one: Event, other: Event) -> bool:
    """Tell whether the days of two events overlap; an unknown day agrees with any."""
    if one.when is None or other.when is None:
        return True
    if has_own_day(one) != has_own_day(other):
        # Only one of the two tells a day: the other is the same event, where it is news.
        apart = (one.when.first - other.when.last, other.when.first - one.when.last)
        told = one.when if has_own_day(one) else other.when
        return max(apart) <= max(NEWS, told.last - told.first)
    return one.when.first <= other.when.last and other.when.first <= one.when.last


def has_own_day(event: Event) -> bool:
    """Tell whether words of the text date an event, rather than the article's own day."""
    if event.when is None or event.when.basis not in BY_DEFAULT:
        return event.when is not None
    return any(mark.role is Role.DATE for mark in event.marks)


def _near(one: Event, other: Event, gazetteer: Gazetteer, *, loose: bool) -> bool:
    if one.place is None or other.place is None:
        return one.place is other.place or loose
    if one.place.id == other.place.id:
        return True
    wide = PlaceKind.COUNTRY in (one.place.kind, other.place.kind)
    if (loose or wide) and (
        other.place.id in ancestors(one.place, gazetteer)
        or one.place.id in ancestors(other.place, gazetteer)
    ):
        return True
    if _is_within(one.place, other.place) or _is_within(other.place, one.place):
        return True
    if not (one.place.id.startswith(COMPUTED) or other.place.id.startswith(COMPUTED)):
        return False  # two places that have names of their own are two
    return distance_km(one.place.lat, one.place.lon, other.place.lat, other.place.lon) <= NEAR_KM


def _is_within(part: Place | None, whole: Place | None) -> bool:
    """Tell whether a place is a part of a town: its airport, a hill or a square in it."""
    if part is None or whole is None or part.kind not in PARTS or whole.kind not in TOWNS:
        return False
    apart = distance_km(part.lat, part.lon, whole.lat, whole.lon)
    return apart <= whole.radius_km + EDGE_KM and part.radius_km <= whole.radius_km


def combine(known: Event, event: Event) -> Event:
    """Give one event of two tellings, with the spans, marks and numbers of both."""
    origins = {place.id: place for place in (*known.origin, *event.origin)}
    origins.pop(known.place.id if known.place else "", None)
    spans = _insert(known.spans, event.spans, key=lambda span: span)
    marks = _insert(known.marks, event.marks, key=lambda mark: (mark.span, mark.role))
    target = known.target or event.target
    actor = known.actor if known.actor not in (None, "UNKNOWN") else event.actor or known.actor
    reasons = (*known.reasons, f"told {len(spans)} times")
    if event.fatalities is not None and known.fatalities not in (None, event.fatalities):
        reasons += (f"another toll is told: {event.fatalities}",)
    return replace(
        known,
        origin=tuple(origins.values()),
        actor=actor,
        target=None if target == actor else target,
        when=_own_day(known, event),
        fatalities=event.fatalities if known.fatalities is None else known.fatalities,
        detained=event.detained if known.detained is None else known.detained,
        spans=spans,
        marks=marks,
        confidence=max(known.confidence, event.confidence),
        reasons=reasons,
    )


def _insert(known: tuple[T, ...], more: Iterable[T], key: Callable[[T], Any]) -> tuple[T, ...]:
    """Put more into what is sorted, each once: an article can tell one event a thousand times."""
    for one in more:
        at = bisect_left(known, key(one), key=key)
        if at == len(known) or known[at] != one:
            known = (*known[:at], one, *known[at:])
    return known


def _own_day(known: Event, event: Event) -> When | None:
    """Give the day that words of the text tell, where one telling has only the article's own."""
    if known.when is None or event.when is None:
        return known.when or event.when
    close = event.when.last - event.when.first <= CLOSE
    if close and has_own_day(event) and not has_own_day(known):
        return event.when
    return known.when


def absorb(events: Sequence[Event], parts: dict[str, tuple[str, ...]]) -> list[Event]:
    """Drop what is part of a larger event of the same place and days (ruling 2 and its like).

    `parts` gives for each type the types that it absorbs where they share an evidence sentence.
    """
    kept = {event.id: event for event in events}
    of_type: dict[str, list[Event]] = {}
    for whole in events:
        if whole.type not in of_type:
            of_type[whole.type] = [event for event in events if event.type in parts[whole.type]]
        for part in of_type[whole.type]:
            if part.id not in kept or whole.id not in kept:
                continue
            if _is_part(part, whole):
                del kept[part.id]
                kept[whole.id] = replace(
                    kept[whole.id],
                    fatalities=_either(kept[whole.id].fatalities, part.fatalities),
                    detained=_either(kept[whole.id].detained, part.detained),
                )
    return list(kept.values())


def _either(one: int | None, other: int | None) -> int | None:
    return other if one is None else one


def _is_part(part: Event, whole: Event) -> bool:
    if part.id == whole.id or not _moods_agree(part, whole) or not days_overlap(part, whole):
        return False
    if part.type == "offensive" and has_own_day(part) and not _share_a_day(part, whole):
        return False  # ruling 2: a launch day of its own
    if whole.type == "capture" and not _is_of_side(part, whole):
        return False
    together = bool(set(part.spans) & set(whole.spans))
    if part.place is None or whole.place is None or part.place.id != whole.place.id:
        return part.place is None and together
    if (part.type, whole.type) in ONE_WORD:
        return bool(_triggers(part) & _triggers(whole))
    return whole.type in TAKING or together


def _share_a_day(one: Event, other: Event) -> bool:
    if one.when is None or other.when is None:
        return True
    return one.when.first <= other.when.last and other.when.first <= one.when.last


def _is_of_side(part: Event, whole: Event) -> bool:
    """Tell whether who did the one can have done the other: a gainer's leaving is no taking."""
    if part.actor in (None, "UNKNOWN") or whole.actor in (None, "UNKNOWN"):
        return True
    if part.type == "withdrawal":
        return part.actor != whole.actor or part.actor != GROUP
    if part.type not in GAINERS:
        return True
    return (part.actor == GROUP) == (whole.actor == GROUP)


def _triggers(event: Event) -> set[Span]:
    return {mark.span for mark in event.marks if mark.role is Role.TRIGGER}
