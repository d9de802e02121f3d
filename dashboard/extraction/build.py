"""Build events from a trigger with its slots filled: days, precision, marks, confidence."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace

from dashboard.extraction import confidence
from dashboard.extraction.asides import FoundPlace
from dashboard.extraction.days import choose_days, is_long_past
from dashboard.extraction.drafts import Draft
from dashboard.extraction.modality import Told
from dashboard.extraction.quarters import fold_quarters
from dashboard.extraction.roles import Frame
from dashboard.model import (
    Article,
    DateMention,
    Event,
    Mark,
    Modality,
    Role,
    Span,
    When,
)
from dashboard.ontology import Ontology
from gazetteer import Gazetteer
from gazetteer.place import Place, PlaceKind

VAGUE_AT_COUNTRY = (
    "capture", "withdrawal", "siege", "fortification", "base_established", "clash", "offensive",
    "presence",
)  # fmt: skip
"""Types that, told of a whole country and of no day, only sum up."""


def build(
    article: Article,
    draft: Draft,
    published: When | None,
    gazetteer: Gazetteer,
    ontology: Ontology,
    told: When | None = None,
) -> Iterator[Event]:
    """Build the events of a draft: one a place, quarters of a city together."""
    if draft.told.type == "capture" and is_long_past(draft):
        return
    frame = draft.frame
    when, date_mention, date_level = choose_days(draft, published, told)
    by_place = {found.place.id: found for found in frame.places}
    places: tuple[Place | None, ...] = fold_quarters(frame.places, gazetteer) or (None,)
    for place in places:
        whole = place is not None and place.kind is PlaceKind.COUNTRY
        if whole and date_mention is None and draft.told.type in VAGUE_AT_COUNTRY:
            continue
        found = by_place.get(place.id) if place else None
        if found is None and frame.places:
            found = frame.places[0]
        event = _event(article, draft, place, found, when, date_mention, date_level, ontology)
        if len(places) > 1:  # a number told of several places together is no one place's
            event = replace(event, fatalities=None, detained=None)
        yield event


def _event(
    article: Article,
    draft: Draft,
    place: Place | None,
    found: FoundPlace | None,
    when: When | None,
    date_mention: DateMention | None,
    date_level: str,
    ontology: Ontology,
) -> Event:
    frame, told = draft.frame, draft.told
    sentence = draft.parse.sentence
    actor = _of_its_day(frame.actor_id, when, ontology)
    target = _of_its_day(frame.target_id, when, ontology)
    if actor is None and told.type not in NO_ACTOR:
        actor = "UNKNOWN"
    precision, radius = _precision(place, found)
    parts = confidence.find_parts(
        draft.parse,
        frame,
        told,
        found,
        date_level=date_level,
        precision=precision,
        actor=actor,
    )
    weight, reason = confidence.weigh(parts)
    reasons = (
        *frame.trigger.mention.why,
        *frame.why,
        f"modality {told.modality.value}: {told.why}",
        *((f"date {date_mention.surface}", *date_mention.why) if date_mention else ()),
        reason,
    )
    origins = {
        o.place.id: o.place for o in frame.origins if place is None or o.place.id != place.id
    }
    return Event(
        id=_identity(article.id, told, place, _name(found, frame), when, actor, sentence.span),
        type=told.type,
        place=place,
        place_name=_name(found, frame),
        origin=tuple(origins.values()),
        actor=actor,
        target=target,
        when=when,
        modality=told.modality,
        fatalities=draft.deaths.value if draft.deaths else None,
        detained=draft.detained.value if draft.detained else None,
        geo_precision=precision,
        uncertainty_km=radius,
        article=article.id,
        spans=(sentence.span,),
        marks=_marks(draft, found, date_mention),
        quote=sentence.text,
        confidence=weight,
        reasons=reasons,
    )


NO_ACTOR = ("siege", "bombing", "presence", "shelling", "killing", "abduction")


def _identity(
    article: str,
    told: Told,
    place: Place | None,
    surface: str | None,
    when: When | None,
    actor: str | None,
    span: Span,
) -> str:
    name = place.id if place else surface or f"?{span.start}"
    days = f"{when.first}/{when.last}" if when else "-"
    key = "|".join((article, told.type, name, days, str(actor), told.modality.value))
    return hashlib.sha256(key.encode()).hexdigest()[:16]


def _of_its_day(actor: str | None, when: When | None, ontology: Ontology) -> str | None:
    """Give the actor that bore a state's name on the day: Syria's army has had two."""
    known = ontology.actors.get(actor or "")
    if known is None or not known.successor or when is None:
        return actor
    return known.successor if when.first.isoformat() >= known.until else actor


def _name(found: FoundPlace | None, frame: Frame) -> str | None:
    if found is not None:
        return found.mention.surface
    return frame.unplaced.surface if frame.unplaced else None


def _precision(place: Place | None, found: FoundPlace | None) -> tuple[int, float]:
    if place is None:
        return 3, 500.0
    if found is not None and found.place.id == place.id:
        return found.mention.geo_precision, found.mention.uncertainty_km
    return 1, place.radius_km


def _marks(
    draft: Draft, found: FoundPlace | None, date_mention: DateMention | None
) -> tuple[Mark, ...]:
    frame = draft.frame
    marks = {(frame.trigger.span, Role.TRIGGER)}
    if frame.actor is not None:
        marks.add((frame.actor.mention.span, Role.ACTOR))
    if frame.target is not None:
        marks.add((frame.target.mention.span, Role.TARGET))
    if found is not None:
        marks.add((found.mention.span, Role.PLACE))
    marks |= {(origin.mention.span, Role.ORIGIN) for origin in frame.origins}
    if date_mention is not None:
        marks.add((date_mention.span, Role.DATE))
    for count in (draft.deaths, draft.detained):
        if count is not None:
            marks.add((count.span, Role.NUMBER))
    start, end = draft.parse.sentence.span
    return tuple(
        Mark(role=role, span=span)
        for span, role in sorted(marks)
        if start <= span.start and span.end <= end
    )


__all__ = ["Draft", "Modality", "build"]
