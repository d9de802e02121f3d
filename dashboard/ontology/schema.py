"""What an event type and an actor are; their data lie beside this module as TOML."""

from dataclasses import dataclass, field

PARTS = ("verb", "verbal_noun", "light_verb", "passive")
TENSES = ("", "past", "present")
ROLES = ("actor", "target", "place", "origin", "none")
EFFECTS = ("hold", "contest", "lose", "none")
POSITIONS = ("subject", "object", "of")
"""Places in a clause that a slot can name; any other key of a slot is a preposition."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """One way to tell an event.

    `part` is one of PARTS; `words` the entry's citation form(s), from which the inflected forms are
    generated (a verb whose present does not follow from its past gives both: "قام/يقوم").
    `slots` pairs a position of the clause (POSITIONS, or a preposition) with what stands there, one
    or two of ROLES: "target place" is the target where an actor stands, the place where a place.
    `tense` limits a verb to the past or present. `with_any` are words one of which must stand in
    the clause, `without` words that must not; `by`, `not_by`, `against`, `not_against` limit who
    acts and on whom. `weight` (0 to 1) says how surely the words tell the type.
    """

    part: str
    words: tuple[str, ...]
    slots: tuple[tuple[str, tuple[str, ...]], ...] = ()
    tense: str = ""
    with_any: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    not_by: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    not_against: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    modality: str = ""
    weight: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A passage of our own and the types of the events that it tells (none: a trap)."""

    text: str
    types: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EventType:
    """A type of the codebook.

    `family` groups types; `color` is a colour-blind safe #rrggbb; `effect` is what an event of this
    type does to a stronghold (EFFECTS; a capture by the group holds, whatever its effect says);
    `acled` and `plover` are the codes of those tables. `absorbs` are types that, told of the same
    place and days in the same breath, are part of this event.
    """

    id: str
    family: str
    label_en: str
    label_ar: str
    color: str
    effect: str
    acled: str
    plover: str
    definition: str
    absorbs: tuple[str, ...] = ()
    triggers: tuple[Trigger, ...] = field(default=())
    examples: tuple[Example, ...] = field(default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """An actor of the lexicon.

    `names` are the names the press gives it; `weak` those that stand for it only where nothing else
    is meant ("the organisation"); `forces` adjectives that make a force its own ("the Iraqi army");
    `countries` the codes with which the ids of its places begin, so that a bare "the army" there is
    its own; `states` countries and capitals that stand for it as a subject ("Iraq launched").
    `until` is the ISO day from which `successor` takes its state names over.
    """

    id: str
    label_en: str
    label_ar: str
    side: str
    names: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    forces: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    until: str = ""
    successor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ontology:
    """All event types and actors by id; an adjective of nation makes `force_words` an actor.

    Of these, the definite form of `bare_forces` refers to the state force spoken of before.
    """

    event_types: dict[str, EventType]
    actors: dict[str, Actor]
    force_words: tuple[str, ...]
    bare_forces: tuple[str, ...] = ()
