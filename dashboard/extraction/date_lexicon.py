"""The words of time by category: month names and their pairs, numbers in digits and in words."""

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from dashboard.extraction.date_tokens import PIECES, Scan, Word, date_data, fold_word
from gazetteer.arabic import AND, ARTICLE


class Match(NamedTuple):
    """A category found at a word: the word after it, its value, and what to skip at its front."""

    end: int
    value: int
    skip: int


Names = Mapping[str, tuple[tuple[tuple[str, ...], int], ...]]


def split_name(name: str) -> tuple[str, ...]:
    """Cut a name of the data file into folded words."""
    return tuple(fold_word(piece.strip()) for piece in PIECES.findall(name))


@cache
def names(category: str) -> Names:
    """Index a category of the data file by first word, longest names first."""
    table = date_data()["names"]
    if category not in table:
        raise ValueError(f"date_words.toml: no [names.{category}]; add it or mend the pattern")
    found: dict[str, list[tuple[tuple[str, ...], int]]] = {}
    for value, spellings in table[category].items():
        for spelling in spellings:
            words = split_name(spelling)
            variants = [words]
            if category == "numberword" and not words[0].startswith(ARTICLE):
                variants.append((ARTICLE + words[0], *words[1:]))
            for variant in variants:
                found.setdefault(variant[0], []).append((variant[1:], int(value)))
    return {
        first: tuple(sorted(rests, key=lambda rest: -len(rest[0])))
        for first, rests in found.items()
    }


def is_word(word: Word, wanted: str) -> bool:
    """Tell whether a word reads as `wanted`, nothing stripped."""
    return word.forms[0].word == wanted


def lexical(scan: Scan, at: int, category: str, clitic: str | None) -> Match | None:
    """Find the longest name of a category that begins at a word.

    `clitic` is the prefix that must stand before it; None lets any prefix stand there.
    """
    words = scan.words
    if at >= len(words):
        return None
    index = names(category)
    for form in words[at].forms:
        if clitic is not None and form.clitic != clitic:
            continue
        for rest, value in index.get(form.word, ()):
            end = at + 1 + len(rest)
            if end <= len(words) and all(
                is_word(words[at + 1 + k], part) for k, part in enumerate(rest)
            ):
                return Match(end, value, form.skip)
    return None


def glued_number(scan: Scan, at: int) -> bool:
    """Tell whether digits are part of something longer: 10,000 or T4 or 2-1-3 or 12:30."""
    words = scan.words
    if at > 0 and not _blank_after(words[at - 1]):
        before = words[at - 1]
        if before.text.isascii() and before.text[0].isalpha():
            return True
        if before.text in _INNER and at > 1 and _digits_touch(words[at - 2]):
            return True
    word = words[at]
    if _blank_after(word) or at + 1 >= len(words):
        return False
    after = words[at + 1]
    if after.text.isascii() and after.text[0].isalpha():
        return True
    if after.text in "%٪$€":
        return True
    return (
        after.text in _INNER
        and not _blank_after(after)
        and at + 2 < len(words)
        and words[at + 2].digits is not None
    )


_INNER = frozenset({",", ".", "،", "\u066c", "\u066b", ":", "'", "\u2019"})


def _blank_after(word: Word) -> bool:
    return word.full > word.size


def _digits_touch(word: Word) -> bool:
    return word.digits is not None and word.full == word.size


def number(scan: Scan, at: int, clitic: str | None) -> Match | None:
    """Read a number in digits or in words, cardinal or ordinal."""
    words = scan.words
    if at >= len(words):
        return None
    if words[at].digits is not None:
        if clitic or glued_number(scan, at):
            return None
        return Match(at + 1, words[at].digits or 0, 0)
    first = lexical(scan, at, "numberword", clitic)
    return None if first is None else _sum(scan, first)


def _slot(value: int) -> int:
    """Order the pieces of a number: thousands 4, hundreds 3, tens 2, teens and units 1."""
    return 4 if value >= 1000 else 3 if value >= 100 else 2 if value >= 20 else 1


def _sum(scan: Scan, first: Match) -> Match:
    total, piece, at = 0, first.value, first.end
    used: set[int] = set()
    while True:
        after = lexical(scan, at, "numberword", "") if at < len(scan.words) else None
        if after is not None and after.value == 10 and 1 <= piece <= 9:
            piece, at = piece + 10, after.end
        elif after is not None and after.value in (100, 1000) and 2 <= piece < after.value:
            piece, at = piece * after.value, after.end
        total += piece
        used.add(_slot(piece))
        joined = _joined(scan, at)
        if joined is None or not _may_follow(_slot(joined.value), used, piece):
            return Match(at, total, first.skip)
        piece, at = joined.value, joined.end


def _joined(scan: Scan, at: int) -> Match | None:
    """Find a number word behind "and", joined to it or not."""
    if at < len(scan.words) and is_word(scan.words[at], AND):
        return lexical(scan, at + 1, "numberword", "")
    return lexical(scan, at, "numberword", AND)


def _may_follow(slot: int, used: set[int], piece: int) -> bool:
    if slot in used:
        return False
    if slot == 2:
        return piece < 10 or min(used) > 2
    return slot < min(used)


def month(scan: Scan, at: int, clitic: str | None, *, weak: bool, father: bool) -> Match | None:
    """Read a month name or a pair of names of two calendars, with / or in brackets.

    `weak` admits names that are other words too, `father` also the one that is mostly a father;
    a pair is always strong.
    """
    found = _one_month(scan, at, clitic)
    if found is None:
        return None
    match, kind = found
    pair = _pair(scan, match)
    if pair is not None:
        return Match(pair, match.value, match.skip)
    if kind == "month" or (kind == "month_weak" and weak) or (kind == "month_father" and father):
        return match
    return None


def _one_month(scan: Scan, at: int, clitic: str | None) -> tuple[Match, str] | None:
    for kind in ("month", "month_weak", "month_father", "month_english"):
        match = lexical(scan, at, kind, clitic)
        if match is not None:
            return match, kind
    return None


OPENING = {"(": ")", "[": "]", "«": "»", "/": "", "-": "", "–": "", "\\": "", "|": ""}


def _pair(scan: Scan, match: Match) -> int | None:
    """Find the second name of the same month behind the first; return where the pair ends."""
    words, at = scan.words, match.end
    if at >= len(words) or words[at].text not in OPENING:
        second = _one_month(scan, at, "")
        return second[0].end if second and second[0].value == match.value else None
    closing = OPENING[words[at].text]
    second = _one_month(scan, at + 1, "")
    if second is None or second[0].value != match.value:
        return None
    end = second[0].end
    if closing:
        if end >= len(words) or words[end].text != closing:
            return None
        end += 1
    return end
