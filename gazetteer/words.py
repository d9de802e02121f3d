"""Load the words around place names (data/words.toml) in the form that reading needs."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from gazetteer.arabic import fold_name
from gazetteer.place import PlaceKind

WORDS_FILE = Path(__file__).parent / "data" / "words.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class KindWord:
    """A word that says what kind of place the next name is."""

    kinds: frozenset[PlaceKind]
    plural: bool
    shown: bool
    section: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Anaphor:
    """A word that stands for a place named before."""

    kinds: frozenset[PlaceKind]
    confidence: float
    cue: bool
    there: bool
    nearby: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Direction:
    """A point of the compass; `bearing` in degrees clockwise from north."""

    name: str
    name_en: str
    bearing: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The word lists of data/words.toml, all folded. `lists` holds the plain ones by dotted key."""

    kind_words: dict[str, KindWord]
    anaphors: dict[str, Anaphor]
    directions: dict[str, Direction]
    adjectives: dict[str, Direction]
    lists: dict[str, frozenset[str]]
    numbers: dict[str, float]


@cache
def load_words(path: Path = WORDS_FILE) -> Words:
    """Load the word lists; raise ValueError naming file, section and word where one is wrong."""
    with path.open("rb") as file:
        data = tomllib.load(file)
    return Words(
        kind_words=dict(_kind_words(data.pop("kind"), path)),
        anaphors={
            fold_name(word): Anaphor(
                kinds=_kinds(entry["kinds"], path, entry["words"]),
                confidence=entry["confidence"],
                cue=entry.get("cue", False),
                there=entry.get("there", False),
                nearby=entry.get("nearby", False),
            )
            for entry in data.pop("anaphor")
            for word in entry["words"]
        },
        directions=_directions(data["direction"], "words"),
        adjectives=_directions(data.pop("direction"), "adjectives"),
        numbers={fold_name(k): float(v) for k, v in data["distance"].pop("numbers").items()},
        lists={
            f"{section}.{key}": frozenset(map(fold_name, words))
            for section, entries in data.items()
            for key, words in entries.items()
        },
    )


def _kinds(names: Iterable[str], path: Path, where: object) -> frozenset[PlaceKind]:
    try:
        return frozenset(map(PlaceKind, names))
    except ValueError as error:
        raise ValueError(f"{path}: {where}: {error}; see PlaceKind for the kinds") from None


def _kind_words(sections: dict[str, Any], path: Path) -> Iterable[tuple[str, KindWord]]:
    for section, entry in sections.items():
        kinds = _kinds(entry["kinds"], path, section)
        for plural, words in ((False, entry["words"]), (True, entry["plural"])):
            for word in words:
                yield (
                    fold_name(word),
                    KindWord(
                        kinds=kinds,
                        plural=plural,
                        shown=entry.get("shown", False),
                        section=section,
                    ),
                )


def _directions(entries: list[dict[str, Any]], key: str) -> dict[str, Direction]:
    return {
        fold_name(word): Direction(
            name=entry["name"], name_en=entry["name_en"], bearing=entry["bearing"]
        )
        for entry in entries
        for word in entry[key]
    }
