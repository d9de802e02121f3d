"""The types that pass between the stages: articles, mentions, intervals of days, events."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from gazetteer.place import Candidate, Place, ToponymKind


class Span(NamedTuple):
    """Half-open range of characters of an article's text."""

    start: int
    end: int


class DateBasis(StrEnum):
    """Where the days of an interval are known from (the codebook's `date_basis`)."""

    EXPLICIT = "explicit"
    RELATIVE = "relative"
    PUBLICATION = "publication"
    INFERRED = "inferred"
    UNKNOWN = "unknown"


class Modality(StrEnum):
    """Whether an event is told as past, going on, intended or denied."""

    REPORTED = "reported"
    ONGOING = "ongoing"
    PLANNED = "planned"
    DENIED = "denied"


class Part(StrEnum):
    """The part of speech in which a trigger tells its event."""

    VERB = "verb"
    VERBAL_NOUN = "verbal_noun"
    LIGHT_VERB = "light_verb"
    PASSIVE = "passive"


class Role(StrEnum):
    """What a marked stretch of an evidence sentence tells of its event."""

    TRIGGER = "trigger"
    ACTOR = "actor"
    TARGET = "target"
    PLACE = "place"
    ORIGIN = "origin"
    DATE = "date"
    NUMBER = "number"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownDate:
    """A publication day that metadata shows; `where` says where: manifest, html meta, url."""

    day: date
    where: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article as read; every offset of the program counts characters of `text`.

    `published` is the day that manifest or metadata show (the best of `shown`), None where none
    does: an undated article is never given today's date.
    """

    id: str
    text: str
    title: str | None = None
    published: date | None = None
    shown: tuple[ShownDate, ...] = ()
    source: str | None = None
    url: str | None = None
    file: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence of an article: `text` is the article's text at `span`."""

    article: str
    span: Span
    text: str
    paragraph: int = 0
    headline: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """First and last day on which something can have happened, both included, and why.

    Raises ValueError where `first` lies after `last`.
    """

    first: date
    last: date
    basis: DateBasis
    why: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse an interval that ends before it begins."""
        if self.first > self.last:
            raise ValueError(f"an interval cannot begin on {self.first} and end on {self.last}")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceMention:
    """A place named, computed or pointed at in an article; `place` None: nothing resolved it."""

    span: Span
    surface: str
    kind: ToponymKind
    place: Place | None
    candidates: tuple[Candidate, ...]
    geo_precision: int
    uncertainty_km: float
    confidence: float
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DateMention:
    """A time expression; `when` None: a duration, or too vague for days."""

    span: Span
    surface: str
    when: When | None
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TriggerMention:
    """Words that tell an event of the type with id `type`."""

    span: Span
    surface: str
    type: str
    part: Part
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorMention:
    """Words that name an actor of the lexicon, by its id."""

    span: Span
    surface: str
    actor: str
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All that one sentence says, before its parts are joined to events."""

    sentence: Sentence
    places: tuple[PlaceMention, ...]
    dates: tuple[DateMention, ...]
    triggers: tuple[TriggerMention, ...]
    actors: tuple[ActorMention, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A stretch of the article's text to be marked in the evidence, and what it tells."""

    role: Role
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing that one article says happened, happens or is planned at one place.

    `type` is the id of an event type; `actor` and `target` are ids of the actor lexicon;
    `geo_precision` is ACLED's 1 to 3; `uncertainty_km` the radius within which the place lies;
    `spans` are the evidence sentences and `quote` the text of the first of them; `marks` lie
    within `spans`; `confidence` lies in 0 to 1; each of `reasons` is one decision of the reading.
    `place` None: nothing resolved the place (`place_name` keeps its words, if any); `when` None:
    the day is not known.
    """

    id: str
    type: str
    place: Place | None
    place_name: str | None = None
    origin: tuple[Place, ...] = ()
    actor: str | None
    target: str | None
    when: When | None
    modality: Modality
    fatalities: int | None = None
    detained: int | None = None
    geo_precision: int
    uncertainty_km: float
    article: str
    spans: tuple[Span, ...]
    marks: tuple[Mark, ...] = ()
    quote: str
    confidence: float
    reasons: tuple[str, ...]
