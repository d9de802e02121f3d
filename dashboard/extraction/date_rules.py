"""Compile the patterns of time: by which word each can begin, and by which it can go on."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from dashboard.extraction import date_lexicon as lexicon
from dashboard.extraction.date_numeric import SEPARATORS
from dashboard.extraction.date_tokens import MEMO_LIMIT, Word, date_data, fold_word
from gazetteer.arabic import AND


class Element(NamedTuple):
    """One place of a pattern: words or a category, perhaps optional, perhaps behind "and"."""

    words: frozenset[str]
    category: str
    optional: bool
    joined: bool


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)  # told apart by identity: fast to hash
class Rule:
    """A pattern and how to reckon what it finds; `needs`: a bit for each element it must hold."""

    id: str
    means: str
    elements: tuple[Element, ...]
    settings: Mapping[str, Any]
    behind: frozenset[str]
    rank: int
    needs: int


_FIRST_OF = {
    "day": ("numberword",),
    "n": ("numberword",),
    "year": ("numberword",),
    "modern_year": ("numberword",),
    "hijri_year": ("numberword",),
    "month": ("month", "month_weak", "month_english"),
    "strong_month": ("month", "month_weak"),
    "any_month": ("month", "month_weak", "month_father", "month_english"),
    "hijri_month": ("month_hijri", "month_hijri_weak"),
    "numeric": (),
    "short": (),
    "figures": (),
}
# Figures with which an element can begin, by what their value allows.
_DIGITS_FIRST = {
    "day": "#day",
    "n": "#count",
    "year": "#year",
    "modern_year": "#year",
    "hijri_year": "#year",
    "numeric": "#figures",
    "short": "#figures",
    "figures": "#figures",
}
_FIGURES = frozenset({"numeric", "short", "figures"})


def _element(text: str) -> Element:
    optional = text.endswith("?")
    text = text.removesuffix("?")
    joined = text.startswith(f"{AND}+")
    text = text.removeprefix(f"{AND}+")
    if text.startswith("{"):
        return Element(frozenset(), text.strip("{}"), optional, joined)
    return Element(frozenset(fold_word(word) for word in text.split("|")), "", optional, joined)


# Of the rules that begin with a word: what can come second; None where a rule can end there.
Follow = dict[Rule, frozenset[str] | None]


@cache
def rules() -> Mapping[str, Follow]:
    """Compile the patterns, indexed by the words with which each can begin."""
    found: dict[str, dict[Rule, set[str] | None]] = {}
    macros: Mapping[str, str] = date_data().get("macros", {})
    rank = 0
    for table in date_data()["rule"]:
        if unknown := set(table) - {"id", "means", "words", "set", "behind"}:
            raise ValueError(f"date_words.toml: rule {table.get('id')}: unknown keys {unknown}")
        for pattern in table["words"]:
            for name, value in macros.items():
                pattern = pattern.replace(f"<{name}>", value)
            rank += 1
            elements = tuple(_element(part) for part in pattern.split())
            rule = Rule(
                id=table["id"],
                means=table["means"],
                elements=elements,
                settings=table.get("set", {}),
                behind=frozenset(fold_word(word) for word in table.get("behind", ())),
                rank=rank,
                needs=_needs(elements),
            )
            _index(found, rule)
    return {
        word: {rule: None if then is None else frozenset(then) for rule, then in follow.items()}
        for word, follow in found.items()
    }


FUTURE, STOP = 1, 2  # bits of words that speak of the future, and of signs that end a sentence
_BITS: dict[frozenset[str], int] = {}


def _needs(elements: tuple[Element, ...]) -> int:
    """Give each set of words that an element can begin with a bit; join those that must stand."""
    needs = 0
    for element in elements:
        if not element.optional:
            words = frozenset(_words_of(element))
            needs |= 1 << _BITS.setdefault(words, len(_BITS) + 2)
    return needs


@cache
def masks() -> Mapping[str, int]:
    """Tell of each word which elements that must stand it can begin, one bit each."""
    rules()
    found: dict[str, int] = {}
    for words, bit in _BITS.items():
        for word in words:
            found[word] = found.get(word, 0) | 1 << bit
    marked = ((_future(), FUTURE), (set(date_data()["cues"]["stops"]), STOP))
    for cues, mark in marked:
        for word in cues:
            found[word] = found.get(word, 0) | mark
    return found


def _future() -> set[str]:
    """List the words of the future: those told, and each verb told behind each sign of it."""
    cues = date_data()["cues"]
    verbs = (sign + verb for verb in cues["future_verbs"] for sign in cues["future_signs"])
    return {fold_word(word) for word in (*cues["future"], *verbs)}


def _index(found: dict[str, dict[Rule, set[str] | None]], rule: Rule) -> None:
    """Enter a rule under each word with which it can begin, with the words that can follow it."""
    for k, element in enumerate(rule.elements):
        then = _second_words(rule.elements, k)
        for word in _words_of(element):
            if not any(character.isalnum() for character in word):
                continue  # no expression begins with a sign
            follow = found.setdefault(word, {})
            known = follow.get(rule, set())
            follow[rule] = None if then is None or known is None else known | then
        if not element.optional:
            break


def _second_words(elements: tuple[Element, ...], k: int) -> set[str] | None:
    """List what can come second where the k-th element is the first; None: perhaps nothing."""
    then = _inside(elements[k])
    if elements[k].category in _FIGURES:
        return then  # figures are never one word
    for element in elements[k + 1 :]:
        then |= _words_of(element)
        if element.joined:
            then.add(AND)
        if not element.optional:
            return then
    return None


def _words_of(element: Element) -> set[str]:
    """List the words with which an element can begin."""
    if not element.category:
        return {word.split()[0] for word in element.words}
    words: set[str] = set()
    for category in _FIRST_OF.get(element.category, (element.category,)):
        words.update(lexicon.names(category))
    if element.category in _DIGITS_FIRST:
        words.add(_DIGITS_FIRST[element.category])
    return words


def _inside(element: Element) -> set[str]:
    """List the words that can come second within an element."""
    words: set[str] = set()
    if not element.category:
        return words
    categories = _FIRST_OF.get(element.category, (element.category,))
    for category in categories:
        for rests in lexicon.names(category).values():
            words.update(rest[0] for rest, _ in rests if rest)
    if "numberword" in categories:
        words |= {AND, *lexicon.names("numberword")}
    if "month" in categories:
        words |= set(lexicon.OPENING)
        for category in ("month", "month_weak", "month_father"):
            words.update(lexicon.names(category))
    if not categories:
        words |= SEPARATORS
    return words


_PAIRS: dict[tuple[str, str], tuple[Rule, ...]] = {}


def rules_for(word: Word, after: Word | None) -> tuple[Rule, ...]:
    """List the rules that can begin with a word and go on with the next; each pair met once."""
    key = (word.text, "" if after is None else after.text)
    found = _PAIRS.get(key)
    if found is None:
        if len(_PAIRS) > MEMO_LIMIT:
            _PAIRS.clear()
        pair = _compile_pair(word, after)
        found = _PAIRS[key] = tuple(sorted(pair, key=lambda rule: rule.rank))
    return found


def _compile_pair(word: Word, after: Word | None) -> dict[Rule, None]:
    index, tried = rules(), dict[Rule, None]()
    next_words = set(after.keys) if after else set()
    for first in word.keys:
        for rule, then in index.get(first, {}).items():
            if then is None or then & next_words:
                tried[rule] = None
    return tried
