"""Read and check the event types and the actors."""

import functools
import os
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import Any, TypeVar

import platformdirs

from dashboard.ontology.schema import (
    EFFECTS,
    PARTS,
    ROLES,
    TENSES,
    Actor,
    EventType,
    Example,
    Ontology,
    Trigger,
)

FOLDER = Path(__file__).parent
LEAST_EXAMPLES = 12
FAMILIES = ("stronghold", "territory", "violence", "security", "posture")
ACTOR_LISTS = ("names", "weak", "forces", "countries", "states")
MODALITIES = ("", "reported", "ongoing", "planned", "denied")
_ID = re.compile(r"[a-z][a-z_]*")
_COLOR = re.compile(r"#[0-9a-f]{6}")
_LATIN = re.compile(r"[A-Za-z]")
_T = TypeVar("_T")


class OntologyError(ValueError):
    """A data file that cannot be taken; names the file, the entry and what is wrong with it."""


@functools.cache
def load_ontology() -> Ontology:
    """Load the event types and actors that ship, checked, with the user's own layer where it is.

    The user's layer is the folder that the variable MAAQIL_EVENT_TYPES names, else the folder
    `event_types` in the platform's data folder of `maaqil`. Raises OntologyError at the first entry
    that is wrong.
    """
    layer = user_event_types()
    if not layer.is_dir() and "MAAQIL_EVENT_TYPES" in os.environ:
        wrong = "MAAQIL_EVENT_TYPES names no folder; create it or unset it"
        raise OntologyError(f"{layer}: {wrong}")
    return read_ontology(FOLDER / "event_types", FOLDER / "actors.toml", layer=layer)


def user_event_types() -> Path:
    """Tell which folder holds the user's own event types and triggers."""
    named = os.environ.get("MAAQIL_EVENT_TYPES")
    return Path(named) if named else platformdirs.user_data_path("maaqil") / "event_types"


def read_ontology(event_types: Path, actors: Path, *, layer: Path | None = None) -> Ontology:
    """Read a folder of event types, one file each, and a file of actors.

    Files of the folder `layer` add triggers and examples to the types of the same id, or are types
    of their own, whole as those of the other folder. Raises OntologyError naming file and entry.
    """
    known, force_words, bare_forces = _read_actors(actors)
    types: dict[str, EventType] = {}
    paths: dict[str, Path] = {}
    for folder in (event_types, layer) if layer else (event_types,):
        for path in sorted(folder.glob("*.toml")):
            add = types.get(path.stem)
            kind = _read_more(path, add, known) if add else _read_type(path, known)
            types[kind.id] = kind
            paths[kind.id] = path
    if not types:
        raise OntologyError(f"{event_types}: holds no event types; add one TOML file a type")
    colors: dict[str, str] = {}
    for kind in types.values():
        path = paths[kind.id]
        for name in (*kind.absorbs, *(name for e in kind.examples for name in e.types)):
            _need(name in types, path, kind.id, f"names the event type {name!r}, which is not here")
        other = colors.setdefault(kind.color, kind.id)
        _need(other == kind.id, path, kind.id, f"has the color of {other}; give it its own")
    return Ontology(
        event_types=types, actors=known, force_words=force_words, bare_forces=bare_forces
    )


def _read_more(path: Path, kind: EventType, actors: Mapping[str, Actor]) -> EventType:
    """Add the triggers and examples of a user's file to a type that is there."""
    data = _open(path)
    unknown = sorted(set(data) - {"trigger", "example"})
    _need(
        not unknown,
        path,
        kind.id,
        f"unknown key {', '.join(unknown)}; a file that adds to a type holds only [[trigger]] and "
        "[[example]] tables",
    )
    triggers, examples = _read_rules(data, path, kind.id, actors)
    _need(bool(triggers), path, kind.id, "has no [[trigger]]")
    told = any(kind.id in example.types for example in examples)
    _need(told, path, kind.id, f'needs an [[example]] with types = ["{kind.id}"]')
    return replace(kind, triggers=kind.triggers + triggers, examples=kind.examples + examples)


def _need(condition: bool, path: Path, entry: str, wrong: str) -> None:
    if not condition:
        # Ours are told by their names; a user's file can bear the same one.
        where = path.name if path.is_relative_to(FOLDER) else path
        raise OntologyError(f"{where}, {entry}: {wrong}")


def _read_rules(
    data: Mapping[str, Any], path: Path, entry: str, actors: Mapping[str, Actor]
) -> tuple[tuple[Trigger, ...], tuple[Example, ...]]:
    triggers = _tables(data, "trigger", path, entry, lambda t, e: _read_trigger(t, path, e, actors))
    examples = _tables(data, "example", path, entry, lambda t, e: _read_example(t, path, e))
    return triggers, examples


def _open(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise OntologyError(f"{path}: cannot be read: {error}") from error


def _keys(table: Mapping[str, Any], kind: type, path: Path, entry: str, *extra: str) -> None:
    known = {field.name for field in fields(kind)} | set(extra)
    unknown = sorted(set(table) - known)
    _need(not unknown, path, entry, f"unknown key {', '.join(unknown)}; take of {sorted(known)}")


def _text(table: Mapping[str, Any], key: str, path: Path, entry: str) -> str:
    value = table.get(key)
    _need(isinstance(value, str) and bool(value.strip()), path, entry, f"lacks the text {key!r}")
    return str(value)


def _texts(table: Mapping[str, Any], key: str, path: Path, entry: str) -> tuple[str, ...]:
    value = table.get(key, [])
    fine = isinstance(value, list) and all(isinstance(x, str) and x.strip() for x in value)
    _need(fine, path, entry, f"{key!r} must be a list of texts")
    _need(len(set(value)) == len(value), path, entry, f"{key!r} says something twice")
    return tuple(value)


def _read_type(path: Path, actors: Mapping[str, Actor]) -> EventType:
    data = _open(path)
    entry = str(data.get("id", "?"))
    _keys(data, EventType, path, entry, "trigger", "example")
    _need(bool(_ID.fullmatch(entry)), path, entry, "the id must be lower case words joined by _")
    _need(path.stem == entry, path, entry, "the file must be named after the id")
    texts = {
        key: _text(data, key, path, entry)
        for key in (
            "family",
            "label_en",
            "label_ar",
            "color",
            "effect",
            "acled",
            "plover",
            "definition",
        )
    }
    _need(texts["family"] in FAMILIES, path, entry, f"family must be one of {FAMILIES}")
    _need(texts["effect"] in EFFECTS, path, entry, f"effect must be one of {EFFECTS}")
    _need(bool(_COLOR.fullmatch(texts["color"])), path, entry, "color must be #rrggbb")
    triggers, examples = _read_rules(data, path, entry, actors)
    _need(bool(triggers), path, entry, "has no [[trigger]]")
    _need(len(examples) >= LEAST_EXAMPLES, path, entry, f"needs {LEAST_EXAMPLES} [[example]]")
    others = sum(entry not in example.types for example in examples)
    _need(
        3 * others >= len(examples),
        path,
        entry,
        "a third of the examples must be traps: of another type, or of none",
    )
    return EventType(
        id=entry,
        absorbs=_texts(data, "absorbs", path, entry),
        triggers=triggers,
        examples=examples,
        **texts,
    )


def _tables(
    data: Mapping[str, Any],
    key: str,
    path: Path,
    entry: str,
    read: Callable[[Mapping[str, Any], str], _T],
) -> tuple[_T, ...]:
    tables = data.get(key, [])
    fine = isinstance(tables, list) and all(isinstance(table, dict) for table in tables)
    _need(fine, path, entry, f"write [[{key}]] tables")
    return tuple(read(table, f"{entry}, {key} {n}") for n, table in enumerate(tables, start=1))


def _read_trigger(
    table: Mapping[str, Any], path: Path, entry: str, actors: Mapping[str, Actor]
) -> Trigger:
    _keys(table, Trigger, path, entry)
    part = _text(table, "part", path, entry)
    _need(part in PARTS, path, entry, f"part must be one of {PARTS}")
    words = _texts(table, "words", path, entry)
    _need(bool(words), path, entry, "has no words")
    with_any = _texts(table, "with_any", path, entry)
    without = _texts(table, "without", path, entry)
    for word in (*words, *with_any, *without):
        _need(not _LATIN.search(word), path, entry, f"{word!r} holds Latin letters")
    _need(part != "light_verb" or bool(with_any), path, entry, "a light verb needs with_any")
    tense = table.get("tense", "")
    _need(tense in TENSES, path, entry, f"tense must be one of {TENSES}")
    modality = table.get("modality", "")
    _need(modality in MODALITIES, path, entry, f"modality must be one of {MODALITIES}")
    weight = table.get("weight", 1.0)
    fine = isinstance(weight, int | float) and 0 < weight <= 1
    _need(fine, path, entry, "weight must lie between 0 and 1")
    limits = {}
    for key in ("by", "not_by", "against", "not_against"):
        limits[key] = _texts(table, key, path, entry)
        for name in limits[key]:
            _need(name in actors, path, entry, f"{key!r} names the actor {name!r}: not here")
    needs = _texts(table, "needs", path, entry)
    slots = table.get("slots", {})
    _need(isinstance(slots, dict), path, entry, "slots must be a table")
    read = []
    for position, told in slots.items():
        _need(isinstance(told, str), path, entry, f"slot {position!r} must be a text")
        roles = tuple(told.split())
        bad = [role for role in roles if role not in ROLES]
        _need(bool(roles) and not bad, path, entry, f"slot {position!r}: roles are {ROLES}")
        read.append((position, roles))
    return Trigger(
        part=part,
        words=words,
        slots=tuple(read),
        tense=tense,
        with_any=with_any,
        without=without,
        needs=needs,
        modality=modality,
        weight=float(weight),
        **limits,
    )


def _read_example(table: Mapping[str, Any], path: Path, entry: str) -> Example:
    _keys(table, Example, path, entry)
    return Example(
        text=_text(table, "text", path, entry), types=_texts(table, "types", path, entry)
    )


def _read_actors(path: Path) -> tuple[dict[str, Actor], tuple[str, ...], tuple[str, ...]]:
    data = _open(path)
    unknown = sorted(set(data) - {"force_words", "bare_forces", "actor"})
    _need(not unknown, path, "top", f"unknown key {', '.join(unknown)}")
    actors: dict[str, Actor] = {}
    owner: dict[str, str] = {}
    for table in data.get("actor", []):
        entry = str(table.get("id", "?"))
        _keys(table, Actor, path, entry)
        _need(entry.isupper() and entry not in actors, path, entry, "the id is bad or stands twice")
        lists = {k: _texts(table, k, path, entry) for k in ACTOR_LISTS}
        for name in (*lists["names"], *lists["weak"]):
            other = owner.setdefault(name, entry)
            _need(other == entry, path, entry, f"the name {name!r} belongs to {other} too")
        actors[entry] = Actor(
            id=entry,
            label_en=_text(table, "label_en", path, entry),
            label_ar=_text(table, "label_ar", path, entry),
            side=_text(table, "side", path, entry),
            until=str(table.get("until", "")),
            successor=str(table.get("successor", "")),
            **lists,
        )
    for actor in actors.values():
        known = not actor.successor or actor.successor in actors
        _need(known, path, actor.id, f"successor {actor.successor!r} is not here")
    forces, bare = (_texts(data, key, path, "top") for key in ("force_words", "bare_forces"))
    _need(set(bare) <= set(forces), path, "bare_forces", "must be of force_words")
    return actors, forces, bare
