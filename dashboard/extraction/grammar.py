"""Put triggers, actors and the small words of grammar into one lexicon."""

import functools
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from dashboard.extraction.lexicon import Lexicon, simplify
from dashboard.ontology import Ontology, Trigger, load_ontology

FILE = Path(__file__).with_name("grammar_words.toml")
MORE_WORDS = Path(__file__).with_name("anaphora.toml")


class TriggerEntry(NamedTuple):
    """A trigger of an event type; `needs_cue` and `bars_cue` are ids of cue words."""

    type: str
    number: int
    trigger: Trigger
    needs_cue: frozenset[int]
    bars_cue: frozenset[int]
    slots: dict[str, tuple[str, ...]]


class ActorEntry(NamedTuple):
    """A name of an actor."""

    id: str
    weak: bool


class CueEntry(NamedTuple):
    """A word that some trigger asks for or forbids in its clause."""

    id: int


class WordEntry(NamedTuple):
    """A word of a grammatical class."""

    name: str


class ForceEntry(NamedTuple):
    """A noun that an adjective of nation makes an actor: army, police.

    `bare`: its definite form alone refers to the force spoken of before.
    """

    bare: bool


class NationEntry(NamedTuple):
    """An adjective of nation, by the actor whose forces it marks."""

    actor: str


class NumberEntry(NamedTuple):
    """A number word."""

    value: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Grammar:
    """The compiled lexicon.

    `countries` gives the actor of a place id's first letters, `states` that of a country's name.
    """

    lexicon: Lexicon
    ontology: Ontology
    countries: dict[str, str]
    states: dict[str, str]


@functools.cache
def default_grammar() -> Grammar:
    """Compile the ontology that ships."""
    return compile_grammar(load_ontology())


def compile_grammar(ontology: Ontology) -> Grammar:
    """Compile an ontology's triggers and actors with the words of grammar to one lexicon."""
    data = tomllib.loads(FILE.read_text(encoding="utf-8"))
    more = tomllib.loads(MORE_WORDS.read_text(encoding="utf-8"))
    words: dict[str, set[str]] = {}
    for name, forms in (*data["words"].items(), *more["words"].items()):
        for form in forms:
            words.setdefault(simplify(form), set()).add(name)
    lexicon = Lexicon({form: frozenset(names) for form, names in words.items()})
    cues: dict[str, int] = {}

    def cue_ids(phrases: Iterable[str]) -> frozenset[int]:
        for phrase in phrases:
            if phrase not in cues:
                cues[phrase] = len(cues)
                lexicon.add(phrase, CueEntry(cues[phrase]))
        return frozenset(cues[phrase] for phrase in phrases)

    for kind in ontology.event_types.values():
        for number, trigger in enumerate(kind.triggers):
            slots = {simplify(position): roles for position, roles in trigger.slots}
            entry = TriggerEntry(
                kind.id, number, trigger, cue_ids(trigger.with_any), cue_ids(trigger.without), slots
            )
            verb = trigger.part != "verbal_noun"
            for word in trigger.words:
                # A passive participle is a noun in form: محاصر.
                as_verb = verb and not (trigger.part == "passive" and word.startswith("م"))
                lexicon.add(word, entry, verb=as_verb)
    countries: dict[str, str] = {}
    states: dict[str, str] = {}
    for actor in ontology.actors.values():
        for weak, names in ((False, actor.names), (True, actor.weak)):
            for name in names:
                lexicon.add(name, ActorEntry(actor.id, weak), name=True)
        for adjective in actor.forces:
            lexicon.add(adjective, NationEntry(actor.id))
        countries |= dict.fromkeys(actor.countries, actor.id)
        states |= {simplify(name): actor.id for name in actor.states}
    for word in ontology.force_words:
        lexicon.add(word, ForceEntry(word in ontology.bare_forces))
    _add_grammar(lexicon, data)
    return Grammar(
        lexicon=lexicon,
        ontology=ontology,
        countries=countries,
        states=states,
    )


def _add_grammar(lexicon: Lexicon, data: dict[str, dict[str, list[str]]]) -> None:
    for name, verbs in data["verbs"].items():
        for verb in verbs:
            lexicon.add(verb, WordEntry(name), verb=True)
    for name, phrases in data["classes"].items():
        for phrase in phrases:
            lexicon.add(phrase, WordEntry(name))
    for verb in data["deaths"]["verbs"]:
        lexicon.add(verb, WordEntry("death"), verb=True)
    for value, forms in data["numbers"].items():
        for form in forms:
            lexicon.add(form, NumberEntry(int(value)))
