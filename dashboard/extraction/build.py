"""Build events from a trigger with its slots filled: days, precision, marks, confidence."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from dashboard.extraction import confidence
from dashboard.extraction.afterwards import After, find_afters
from dashboard.extraction.asides import FoundPlace
from dashboard.extraction.clauses import ONE_CLAUSE, Parse
from dashboard.extraction.modality import Told
from dashboard.extraction.numbers import Count
from dashboard.extraction.quarters import fold_quarters
from dashboard.extraction.roles import Frame
from dashboard.model import (
    Article,
    DateBasis,
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

DATE_CROSSING = {
    Modality.REPORTED: 12,
    Modality.ONGOING: 0,
    Modality.PLANNED: ONE_CLAUSE,
    Modality.DENIED: 12,
}
"""A date across more boundaries than this belongs to another deed of the sentence."""

SINCE = 8
SINCE_CROSSING = 6
"""Words between منذ and its date, and the crossing at which "since" still dates what goes on."""

VAGUE_AT_COUNTRY = (
    "capture", "withdrawal", "siege", "fortification", "base_established", "clash", "offensive",
    "presence",
)  # fmt: skip
"""Types that, told of a whole country and of no day, only sum up."""


@dataclass(slots=True, kw_only=True)
class Draft:
    """An event before its days are settled."""

    parse: Parse
    frame: Frame
    told: Told
    dates: tuple[DateMention, ...]
    detained: Count | None
    headline: bool
    anchor: date | None
    deaths: Count | None = None


def build(
    article: Article,
    draft: Draft,
    published: When | None,
    gazetteer: Gazetteer,
    ontology: Ontology,
) -> Iterator[Event]:
    """Build the events of a draft: one a place, quarters of a city together."""
    frame = draft.frame
    when, date_mention, date_level = _when(draft, published)
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


def _when(draft: Draft, published: When | None) -> tuple[When | None, DateMention | None, str]:
    """Take the nearest date of the clause, else of the sentence, else the article's own day."""
    parse, trigger = draft.parse, draft.frame.trigger
    after = next((a for a in find_afters(parse) if a.first <= trigger.first < a.last), None)
    if after is not None and not _is_dated(draft, after):
        rest = _rest(draft, after, published)
        if rest is not None:
            start, end = parse.tokens[after.first].start, parse.tokens[after.last - 1].end
            offset = parse.sentence.span.start
            told = parse.sentence.text[start - offset : end - offset]
            return after.shift(rest, told), None, "clause"
    best: tuple[int, int, DateMention] | None = None
    for mention in draft.dates:
        if mention.when is None:
            continue
        first, last = parse.at(*mention.span)
        crossing = parse.crossing(trigger.first, first)
        since = _is_since(parse, first)
        if since and draft.told.modality is Modality.REPORTED and first > trigger.first:
            continue  # "the gravest since June": when something else was
        limit = DATE_CROSSING[draft.told.modality]
        if since:  # "besieges it since ..., and shelled it": one clause has the date
            reported = draft.told.modality is Modality.REPORTED
            limit = ONE_CLAUSE if reported else SINCE_CROSSING
        if crossing > limit:
            continue  # what holds, or is meant, when the article is written has its own date
        apart = first - trigger.last if first >= trigger.last else trigger.first - last
        cost = max(apart, 0) + 2 * crossing
        if best is None or cost < best[0]:
            best = (cost, crossing, mention)
    if best is not None:
        level = "clause" if best[1] <= ONE_CLAUSE else "sentence"
        return best[2].when, best[2], level
    if draft.anchor is not None:
        why = ("the day of the post",)
        return (
            When(first=draft.anchor, last=draft.anchor, basis=DateBasis.PUBLICATION, why=why),
            None,
            "article",
        )
    if published is None:
        return None, None, "none"
    basis = DateBasis.INFERRED
    if published.first == published.last:
        basis = DateBasis.PUBLICATION
    when = When(first=published.first, last=published.last, basis=basis, why=published.why)
    return when, None, "article"


def _is_dated(draft: Draft, after: After) -> bool:
    return any(
        mention.when is not None and after.first <= draft.parse.at(*mention.span)[0] < after.last
        for mention in draft.dates
    )


def _rest(draft: Draft, after: After, published: When | None) -> When | None:
    """Give the days of what a sentence tells outside the stretch that came before it."""
    for mention in draft.dates:
        first, _ = draft.parse.at(*mention.span)
        if mention.when is not None and not after.first <= first < after.last:
            return mention.when
    if draft.anchor is not None:
        return When(first=draft.anchor, last=draft.anchor, basis=DateBasis.PUBLICATION)
    return published


def _is_since(parse: Parse, first: int) -> bool:
    """Tell whether a date says since when: منذ stands in it or shortly before it."""
    early = range(max(0, first - SINCE), min(first + 1, len(parse.classes)))
    near = [at for at in early if "since" in parse.classes[at]]
    return any(parse.crossing(at, first) <= ONE_CLAUSE for at in near)


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
    parts = [
        confidence.Part(name="words", factor=frame.trigger.trigger.weight),
        confidence.Part(name=f"place in {frame.level}", factor=confidence.LEVELS[frame.level]),
        confidence.Part(name=f"date of {date_level}", factor=confidence.DATES[date_level]),
        confidence.Part(name="mood", factor=told.factor),
    ]
    if found is not None:
        parts.append(confidence.Part(name="place name", factor=found.mention.confidence))
    if not frame.sure_actor:
        parts.append(confidence.Part(name="actor guessed", factor=0.9))
    weight, reason = confidence.weigh(tuple(parts))
    precision, radius = _precision(place, found)
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
