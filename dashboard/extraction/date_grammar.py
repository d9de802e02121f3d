"""Join words of time to expressions by the patterns of the data file; the longest one wins."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from dashboard.extraction import date_lexicon as lexicon
from dashboard.extraction.date_lexicon import Match
from dashboard.extraction.date_numeric import numeric, short_numeric, two_figures
from dashboard.extraction.date_tokens import Scan, date_data, fold_word

Captures = dict[str, tuple[int, ...]]
Reader = Callable[[Scan, int, "str | None"], "Match | None"]


class Element(NamedTuple):
    """One place of a pattern: words or a category, perhaps optional, perhaps behind و."""

    words: tuple[str, ...]
    category: str
    optional: bool
    joined: bool


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)  # told apart by identity: fast to hash
class Rule:
    """A pattern and how to reckon what it finds."""

    id: str
    means: str
    elements: tuple[Element, ...]
    settings: Mapping[str, Any]
    behind: frozenset[str]
    rank: int


class Reading(NamedTuple):
    """A rule that fits from a word on: where it ends, what it took, characters to skip in front."""

    rule: Rule
    end: int
    captures: Captures
    skip: int


def _day(scan: Scan, at: int, clitic: str | None) -> Match | None:
    match = lexicon.number(scan, at, clitic)
    return match if match is not None and 1 <= match.value <= 31 else None


def _count(scan: Scan, at: int, clitic: str | None) -> Match | None:
    match = lexicon.number(scan, at, clitic)
    return match if match is not None and 1 <= match.value <= 999 else None


def _year(scan: Scan, at: int, clitic: str | None) -> Match | None:
    match = lexicon.number(scan, at, clitic)
    if match is None or not 1000 <= match.value <= 2100:
        return None
    if match.end == at + 1 and scan.words[at].digits is not None and scan.words[at].size != 4:
        return None
    return match


def _modern_year(scan: Scan, at: int, clitic: str | None) -> Match | None:
    match = _year(scan, at, clitic)
    return match if match is not None and 1900 <= match.value <= 2100 else None


def _hijri_year(scan: Scan, at: int, clitic: str | None) -> Match | None:
    match = _year(scan, at, clitic)
    return match if match is not None and 1300 <= match.value <= 1500 else None


def _month(scan: Scan, at: int, clitic: str | None) -> Match | None:
    return lexicon.month(scan, at, clitic, weak=True, father=False)


def _strong_month(scan: Scan, at: int, clitic: str | None) -> Match | None:
    if scan.words[at].text[0].isascii():
        return None  # an English month alone (May, March) is a word like others
    return lexicon.month(scan, at, clitic, weak=False, father=False)


def _any_month(scan: Scan, at: int, clitic: str | None) -> Match | None:
    return lexicon.month(scan, at, clitic, weak=True, father=True)


def _hijri_month(scan: Scan, at: int, clitic: str | None) -> Match | None:
    return lexicon.lexical(scan, at, "month_hijri", clitic) or lexicon.lexical(
        scan, at, "month_hijri_weak", clitic
    )


READERS: Mapping[str, Reader] = {
    "day": _day,
    "n": _count,
    "year": _year,
    "modern_year": _modern_year,
    "hijri_year": _hijri_year,
    "month": _month,
    "strong_month": _strong_month,
    "any_month": _any_month,
    "hijri_month": _hijri_month,
    "numeric": numeric,
    "short": short_numeric,
    "figures": two_figures,
}
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
_DIGITS_FIRST = frozenset(
    {"day", "n", "year", "modern_year", "hijri_year", "numeric", "short", "figures"}
)
DIGIT = "#"


def _element(text: str) -> Element:
    optional = text.endswith("?")
    text = text.removesuffix("?")
    joined = text.startswith("و+")
    text = text.removeprefix("و+")
    if text.startswith("{"):
        return Element((), text.strip("{}"), optional, joined)
    return Element(tuple(fold_word(word) for word in text.split("|")), "", optional, joined)


@cache
def rules() -> Mapping[str, tuple[Rule, ...]]:
    """Compile the patterns, indexed by the words with which each can begin."""
    found: dict[str, list[Rule]] = {}
    macros: Mapping[str, str] = date_data().get("macros", {})
    rank = 0
    for table in date_data()["rule"]:
        if unknown := set(table) - {"id", "means", "words", "set", "behind"}:
            raise ValueError(f"date_words.toml: rule {table.get('id')}: unknown keys {unknown}")
        for pattern in table["words"]:
            for name, value in macros.items():
                pattern = pattern.replace(f"<{name}>", value)
            elements = tuple(_element(part) for part in pattern.split())
            rank += 1
            rule = Rule(
                id=table["id"],
                means=table["means"],
                elements=elements,
                settings=table.get("set", {}),
                behind=frozenset(fold_word(word) for word in table.get("behind", ())),
                rank=rank,
            )
            for word in _first_words(elements):
                found.setdefault(word, []).append(rule)
    return {word: tuple(dict.fromkeys(of_word)) for word, of_word in found.items()}


def _first_words(elements: tuple[Element, ...]) -> set[str]:
    words: set[str] = set()
    for element in elements:
        if element.category:
            for category in _FIRST_OF.get(element.category, (element.category,)):
                words.update(lexicon.names(category))
            if element.category in _DIGITS_FIRST:
                words.add(DIGIT)
        else:
            words.update(word.split()[0] for word in element.words)
        if not element.optional:
            break
    return words


def read_at(scan: Scan, at: int) -> Reading | None:
    """Find the longest expression that begins at a word."""
    word = scan.words[at]
    index = rules()
    tried: dict[Rule, None] = {}
    if word.digits is not None:
        tried.update(dict.fromkeys(index.get(DIGIT, ())))
    for form in word.forms:
        tried.update(dict.fromkeys(index.get(form.word, ())))
    best: Reading | None = None
    seen: dict[tuple[str, int, str | None], Match | None] = {}
    before = scan.words[at - 1].forms[0].word if at else ""
    for rule in tried:
        if rule.behind and before not in rule.behind:
            continue
        found = _match(scan, rule, 0, at, at, seen)
        if found is None:
            continue
        end, taken, skip = found
        if best is None or end > best.end or (end == best.end and rule.rank < best.rule.rank):
            captures: Captures = {}
            for category, value in taken:
                captures[category] = (*captures.get(category, ()), value)
            best = Reading(rule, end, captures, skip)
    return best


Found = tuple[int, tuple[tuple[str, int], ...], int]


def _match(
    scan: Scan,
    rule: Rule,
    k: int,
    at: int,
    begin: int,
    seen: dict[tuple[str, int, str | None], Match | None],
) -> Found | None:
    """Match a pattern from its k-th element; bounded by the pattern's length, not the text's."""
    if k == len(rule.elements):
        return (at, (), 0)
    element = rule.elements[k]
    taken = _take(scan, element, at, begin, seen)
    if taken is not None and taken.end <= len(scan.words):
        rest = _match(scan, rule, k + 1, taken.end, begin, seen)
        if rest is not None:
            own = ((element.category, taken.value),) if element.category else ()
            return (rest[0], own + rest[1], taken.skip if at == begin else rest[2])
    return _match(scan, rule, k + 1, at, begin, seen) if element.optional else None


def _take(
    scan: Scan,
    element: Element,
    at: int,
    begin: int,
    seen: dict[tuple[str, int, str | None], Match | None],
) -> Match | None:
    words = scan.words
    if at >= len(words) or (at > begin and words[at - 1].new_line and not element.category):
        return None
    clitic: str | None = None if at == begin else ""
    if element.joined:
        if lexicon.is_word(words[at], "و"):
            at += 1
            if at >= len(words):
                return None
        else:
            clitic = "و"
    if not element.category:
        return _take_word(scan, element, at, clitic)
    key = (element.category, at, clitic)
    if key not in seen:
        reader = READERS.get(element.category)
        seen[key] = (
            reader(scan, at, clitic)
            if reader
            else lexicon.lexical(scan, at, element.category, clitic)
        )
    return seen[key]


def _take_word(scan: Scan, element: Element, at: int, clitic: str | None) -> Match | None:
    for form in scan.words[at].forms:
        if (clitic is None or form.clitic == clitic) and form.word in element.words:
            return Match(at + 1, 0, form.skip)
    return None
