"""Load the words around place names (data/words.toml) in the form that reading needs."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from gazetteer.arabic import fold_name
from gazetteer.place import PlaceKind

_RELATIVE = (
    *("distance.links", "distance.kilometres", "distance.miles", "countryside.words"),
    *("countryside.links", "countryside.definite", "bank.words", "between.words"),
)
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
    adjective: str  # as it follows a masculine noun with the article
    adjective_en: str
    bearing: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Frontier:
    """The frontier of two countries: a point in its middle, and the radius that takes it in."""

    name: str
    name_en: str
    lat: float
    lon: float
    radius_km: float


class Phrases(frozenset[str]):
    """Folded phrases; `tails` and `heads` are their last and first words, for a quick no."""

    tails: frozenset[str]
    heads: frozenset[str]

    def __new__(cls, phrases: Iterable[str] = ()) -> "Phrases":
        """Make a set of phrases with the words that they end and begin with."""
        made = super().__new__(cls, phrases)
        made.tails = frozenset(phrase.rpartition(" ")[2] for phrase in made)
        made.heads = frozenset(phrase.partition(" ")[0] for phrase in made)
        return made


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The word lists of data/words.toml, all folded. `lists` holds the plain ones by dotted key."""

    kind_words: dict[str, KindWord]
    anaphors: dict[str, Anaphor]
    directions: dict[str, Direction]
    adjectives: dict[str, Direction]
    kind_phrases: Phrases  # the keys of the three above
    direction_phrases: Phrases
    adjective_phrases: Phrases
    relative_tails: frozenset[str]  # a word before a name without which none is told by it
    lists: dict[str, Phrases]
    numbers: dict[str, float]
    demonyms: dict[str, tuple[str, ...]]  # as written, by code of country or people
    countryside: str  # the word, as written, by which a computed countryside is named
    surroundings: str  # and what lies at a place and is not known itself
    verbs: Phrases  # all forms of the verbs that make a capital an actor
    deeds: Phrases  # all forms of the verbs that make their object a town
    borders: dict[frozenset[str], Frontier]  # by the codes of the two countries
    heart: tuple[str, ...]  # ids of the places that reporting is most about


@cache
def load_words(path: Path = WORDS_FILE) -> Words:
    """Load the word lists; raise ValueError naming file, section and word where one is wrong."""
    with path.open("rb") as file:
        data = tomllib.load(file)
    demonyms = {code: tuple(words) for code, words in data.pop("demonyms").items()}
    verbs = Phrases(form for pair in data["metonym"].pop("verbs") for form in _forms(pair))
    deeds = Phrases(form for pair in data["deed"].pop("verbs") for form in _forms(pair))
    borders = {frozenset(entry.pop("between")): Frontier(**entry) for entry in data.pop("frontier")}
    heart = tuple(data.pop("heart")["places"])
    kind_words = dict(_kind_words(data.pop("kind"), path))
    directions = _directions(data["direction"], "words")
    adjectives = _directions(data.pop("direction"), "adjectives")
    anaphors = {
        fold_name(word): Anaphor(
            kinds=_kinds(entry["kinds"], path, entry["words"]),
            confidence=entry["confidence"],
            cue=entry.get("cue", False),
            there=entry.get("there", False),
            nearby=entry.get("nearby", False),
        )
        for entry in data.pop("anaphor")
        for word in entry["words"]
    }
    numbers = {fold_name(k): float(v) for k, v in data["distance"].pop("numbers").items()}
    countryside = data["countryside"].pop("name")[0]
    surroundings = data.pop("surroundings")["name"][0]
    lists = _lists(data)
    tails = [lists[name].tails for name in _RELATIVE]
    return Words(
        relative_tails=frozenset().union(
            *tails, *(Phrases(phrases).tails for phrases in (directions, adjectives))
        ),
        heart=heart,
        demonyms=demonyms,
        verbs=verbs,
        deeds=deeds,
        countryside=countryside,
        surroundings=surroundings,
        borders=borders,
        kind_words=kind_words,
        kind_phrases=Phrases(kind_words),
        anaphors=anaphors,
        numbers=numbers,
        directions=directions,
        adjectives=adjectives,
        direction_phrases=Phrases(directions),
        adjective_phrases=Phrases(adjectives),
        lists=lists,
    )


def _lists(data: dict[str, dict[str, list[str]]]) -> dict[str, Phrases]:
    """Fold the plain lists, and join those that are asked together."""
    lists = {
        f"{section}.{key}": Phrases(map(fold_name, words))
        for section, entries in data.items()
        for key, words in entries.items()
    }
    holders = (name for name in lists if name.startswith("holder."))
    lists["holders"] = Phrases(phrase for name in holders for phrase in lists[name])
    lists["distance.links"] = Phrases(lists["distance.from"] | lists["distance.side"])
    lists["countryside.all"] = Phrases(lists["countryside.words"] | lists["countryside.definite"])
    return lists


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
            name=entry["name"],
            name_en=entry["name_en"],
            adjective=entry["adjectives"][0],
            adjective_en=f"{entry['name_en']}ern",
            bearing=entry["bearing"],
        )
        for entry in entries
        for word in entry[key]
    }


def _forms(pair: str) -> Iterable[str]:
    """Make the forms of a verb from its past and present: she, they, will, and with an object."""
    past, present = fold_name(pair).split(" ")
    feminine = past[:-1] + "ت" if past[-1] in "يا" else past + "ت"
    yield from (past, feminine, past + "ا", past + "وا")
    for form in (present, "ت" + present[1:]):
        base = form[:-1] + "ا" if form[-1] == "ي" and past[-1] == "ي" else form
        yield from (form, "س" + form, form + "ان")
        yield from (base + suffix for suffix in ("ه", "ها", "هم", "هما"))
