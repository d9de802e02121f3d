"""What an event type and an actor are; their data lie beside this module as TOML."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """One way to tell an event.

    `part` is verb, verbal_noun, light_verb or passive; `words` the entry's citation form(s), from
    which the inflected forms are generated; `with_any` are words one of which must stand in the
    clause; `without` words that must not.
    """

    part: str
    words: tuple[str, ...]
    with_any: tuple[str, ...] = ()
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A sentence of our own and the types of the events that it tells (none: a trap)."""

    text: str
    types: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EventType:
    """A type of the codebook.

    `family` groups types; `color` is a colour-blind safe #rrggbb; `effect` is what an event of this
    type does to a stronghold (hold, contest, lose, or none); `acled` and `plover` are the codes of
    those tables.
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
    triggers: tuple[Trigger, ...] = field(default=())
    examples: tuple[Example, ...] = field(default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """An actor of the lexicon: id, labels, the side it stands on, the names the press gives it."""

    id: str
    label_en: str
    label_ar: str
    side: str
    names: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
