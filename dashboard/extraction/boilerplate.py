"""Tell lines of an article from what a web page puts around them, by the words of a data file."""

import re
import tomllib
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from gazetteer.arabic import fold, fold_with_offsets

WORDS = Path(__file__).with_name("cleaning_words.toml")
Phrases = dict[str, tuple[tuple[str, ...], ...]]

CLOSING = "\"'\u201d\u2019\u00bb)\\]"
"""Quotes and brackets that close, for a character class."""
ENDS_SENTENCE = re.compile(rf"[.!?\u061f\u2026\u06d4][{CLOSING}\s]*$")
ENDS_WITH_STOP = re.compile(rf"(?<!\.)\.[{CLOSING}\s]*$")
CUT_SHORT = re.compile(rf"(?:\.\.+|\u2026|&\w+)[{CLOSING}\s]*$")
BULLET = re.compile(r"\s*(?:[-–—•*▪●■◾►»]|\d{1,2}[.)-])\s+\S")
_ARABIC = re.compile(r"[\u0621-\u064a]")
_SEPARATORS = re.compile(r"\s[|•»/]\s|[|\u203a]")
_WORD = re.compile(r"[^\W\d_]+")
_SOURCED = re.compile(r"[-–—/|،,(]")
_END_CREDIT = re.compile(
    r"(?:\(([^()]{2,40})\)|\|\s*([^|()]{2,30})|[-–—/]\s*([^-–—/()]{2,30}))\s*$"
)
_SIGNATURE = re.compile(r"(?:(?P<dash>[-–—])|^)\s*\S.{0,80}?\(@\w{1,30}\)(?P<rest>.{0,40})$")
_POST_LINK = re.compile(r"\b(?:pic\.twitter\.com|pic\.x\.com|t\.co)/\w+")
_MONTH_FIRST = re.compile(
    r"(?P<month>[^\W\d]+(?: [^\W\d]+)?)\s+(?P<day>\d{1,2})[,،]?\s+(?P<year>\d{4})"
)
_DAY_FIRST = re.compile(
    r"(?P<day>\d{1,2})\s+(?P<month>[^\W\d]+(?: [^\W\d]+)?)[,،]?\s+(?P<year>\d{4})"
)
_ALSO_MOST_WORDS = 25


def fold_words(text: str) -> tuple[str, ...]:
    """Give the words of a text by which lines are compared: folded, without digits."""
    return tuple(_WORD.findall(fold(text)))


@cache
def number(name: str) -> int:
    """Give a number of the data file."""
    return int(_data()[name])


@cache
def phrases(name: str) -> Phrases:
    """Index a list of the data file by first word, longest phrases first."""
    return _index(fold_words(phrase) for phrase in _data()[name])


def _index(all_words: Iterable[tuple[str, ...]]) -> Phrases:
    found: dict[str, list[tuple[str, ...]]] = {}
    for words in all_words:
        if words:
            found.setdefault(words[0], []).append(words)
    return {first: tuple(sorted(rest, key=len, reverse=True)) for first, rest in found.items()}


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(WORDS.read_text(encoding="utf-8"))


@cache
def _months() -> dict[tuple[str, ...], int]:
    months: dict[str, list[str]] = _data()["months"]
    return {fold_words(name): int(n) for n, names in months.items() for name in names}


def phrase_at(words: Sequence[str], at: int, index: Phrases) -> int:
    """Give the length of the longest phrase that begins at a word; 0: none does."""
    if at >= len(words):
        return 0
    for phrase in index.get(words[at], ()):
        if tuple(words[at : at + len(phrase)]) == phrase:
            return len(phrase)
    return 0


def only(words: Sequence[str], indexes: Iterable[Phrases]) -> bool:
    """Tell whether words are nothing but phrases of the lists given."""
    indexes = tuple(indexes)
    at = 0
    while at < len(words):
        length = max(phrase_at(words, at, index) for index in indexes)
        if not length:
            return False
        at += length
    return bool(words)


def is_around(text: str, words: Sequence[str]) -> bool:
    """Tell whether a line is navigation, sharing, a counter, a day or a byline."""
    if not _ARABIC.search(text):
        return True
    ended = bool(ENDS_SENTENCE.search(text))
    if only(words, (phrases("navigation"), phrases("credits"))) or is_day(words):
        return True
    if len(words) <= number("starts_words") and phrase_at(words, 0, phrases("starts")):
        return not ended or len(words) <= 10
    if ":" in text and only(fold_words(text.split(":")[0]), (phrases("labels"),)):
        return len(words) <= number("starts_words")
    holds = phrases("holds")
    if len(words) <= number("holds_words") and any(
        phrase_at(words, at, holds) for at in range(len(words))
    ):
        return True
    return not ended and (_is_menu(text) or _is_credit(text, words))


def is_day(words: Sequence[str]) -> bool:
    """Tell whether a line shows a day or an hour and nothing else."""
    return only(words, (phrases("day_words"), _month_names()))


@cache
def _month_names() -> Phrases:
    return _index(_months())


def _is_menu(text: str) -> bool:
    parts = _SEPARATORS.split(text)
    return len(parts) >= 4 and sum(len(part.split()) for part in parts) <= 6 * len(parts)


def _is_credit(text: str, words: Sequence[str]) -> bool:
    if len(words) > number("credits_words") or not _SOURCED.search(text):
        return False
    credit, at, others, ends = phrases("credits"), 0, 0, False
    while at < len(words):
        length = phrase_at(words, at, credit)
        others += not length
        ends = bool(length)
        at += length or 1
    begins = bool(phrase_at(words, 0, credit))
    return (ends and others <= 3) or (begins and others <= 1)


def is_caption(text: str, words: Sequence[str]) -> bool:
    """Tell whether a line is the caption of a picture."""
    if len(words) > number("captions_words"):
        return False
    end = _END_CREDIT.search(text)
    if end:
        credit = fold_words(end[1] or end[2] or end[3])
        before = text[: end.start()].rstrip()
        known = (phrases("archive"),) if end[3] else (phrases("archive"), phrases("credits"))
        if only(credit, known) and not ENDS_SENTENCE.search(before):
            return True
    return not ENDS_SENTENCE.search(text) and bool(phrase_at(words, 0, phrases("captions")))


def is_list_heading(text: str, words: Sequence[str]) -> bool:
    """Tell whether a line only opens a list of other articles."""
    length = phrase_at(words, 0, phrases("list_headings"))
    if length == len(words) > 0:
        return True
    return bool(length) and len(words) <= 6 and text.rstrip().endswith(":")


def is_comment_heading(words: Sequence[str]) -> bool:
    """Tell whether a line opens the readers' comments."""
    return bool(words) and phrase_at(words, 0, phrases("comment_headings")) == len(words)


def read_also(words: Sequence[str]) -> int:
    """Give the length of the "read also" that opens a line; 0: none does."""
    length = phrase_at(words, 0, phrases("read_also"))
    return length if len(words) <= _ALSO_MOST_WORDS + length else 0


@cache
def _also_inside() -> re.Pattern[str]:
    known = (phrase for rest in phrases("read_also").values() for phrase in rest)
    words = sorted((r"\s+".join(p) for p in known if len(p) > 1), key=len, reverse=True)
    return re.compile(rf"(?<=[.!\u061f{CLOSING}])\s*(?:{'|'.join(words)})(?!\w)")


def also_inside(text: str, words: Sequence[str]) -> int:
    """Give where a "read also" begins that follows a sentence and takes up the rest; -1: none."""
    index = phrases("read_also")
    if index.keys().isdisjoint(words[1:]):
        return -1
    folded, offsets = fold_with_offsets(text)
    for match in _also_inside().finditer(folded):
        rest = folded[match.end() :]
        if len(rest.split()) <= _ALSO_MOST_WORDS and not ENDS_SENTENCE.search(rest[:-1]):
            return offsets[match.start()]
    return -1


def post_signature(text: str) -> re.Match[str] | None:
    """Find the signature of an embedded post: a name, (@handle), and a dash before or a day."""
    match = _SIGNATURE.search(text) if "(@" in text else None
    return match if match and (match["dash"] or signature_day(match)) else None


def has_post_link(text: str) -> bool:
    """Tell whether a line holds the link that ends an embedded post with a picture."""
    return bool(_POST_LINK.search(text))


def signature_day(match: re.Match[str]) -> date | None:
    """Read the day of a post's signature; None where it shows none."""
    rest = match["rest"]
    for pattern in (_MONTH_FIRST, _DAY_FIRST):
        found = pattern.search(rest)
        month = _months().get(fold_words(found["month"])) if found else None
        if found and month:
            try:
                return date(int(found["year"]), month, int(found["day"]))
            except ValueError:  # no such day: the post stays without one
                return None
    return None
