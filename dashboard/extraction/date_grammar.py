"""Join words of time to expressions by the patterns of the data file; the longest one wins."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from dashboard.extraction import date_lexicon as lexicon
from dashboard.extraction.date_lexicon import Match
from dashboard.extraction.date_numeric import numeric, short_numeric, two_figures
from dashboard.extraction.date_rules import Element, Rule, rules_for
from dashboard.extraction.date_tokens import Scan
from gazetteer.arabic import AND

FEW = 2  # so few rules are tried without asking whether all that they need stands ahead
REACH = 30  # words; no expression of the data file is longer

Captures = dict[str, tuple[int, ...]]
Reader = Callable[[Scan, int, "str | None"], "Match | None"]


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


Seen = dict[tuple[str, int, str | None], Match | None]
Taken = list[tuple[str, int]]


def read_at(scan: Scan, at: int) -> Reading | None:
    """Find the longest expression that begins at a word."""
    words = scan.words
    tried = rules_for(words[at], words[at + 1] if at + 1 < len(words) else None)
    if not tried:
        return None
    best, best_end = None, at
    seen: Seen = {}
    before = words[at - 1].forms[0].word if at else ""
    ahead = -1
    if len(tried) > FEW:
        ahead = 0
        for word in words[at : at + REACH]:
            ahead |= word.mask
    for rule in tried:  # in the order of the file: of two that end together the first wins
        if rule.needs & ~ahead or (rule.behind and before not in rule.behind):
            continue
        end = _end(scan, rule.elements, 0, at, at, seen, None)
        if end is not None and end > best_end:
            best, best_end = rule, end
    if best is None:
        return None
    taken: Taken = []
    _end(scan, best.elements, 0, at, at, seen, taken)
    captures: Captures = {}
    for category, value in taken[1:]:
        captures[category] = (*captures.get(category, ()), value)
    return Reading(best, best_end, captures, taken[0][1])


def _end(
    scan: Scan,
    elements: tuple[Element, ...],
    k: int,
    at: int,
    begin: int,
    seen: Seen,
    taken: Taken | None,
) -> int | None:
    """Tell where a pattern ends that is matched from its k-th element; None where it does not fit.

    What is taken goes to `taken`, where it is given: first the characters to skip in front, then
    category and value. The steps are bounded by the pattern's length, not by the text's.
    """
    words, count = scan.words, len(scan.words)
    while k < len(elements):
        element = elements[k]
        k += 1
        match: Match | None = None
        if at < count:
            if at > begin and not element.category and not element.joined:
                if words[at].forms[0].word not in element.words or words[at - 1].new_line:
                    if element.optional:
                        continue
                    return None
                if not element.optional:
                    at += 1
                    continue
                match = Match(at + 1, 0, 0)
            else:
                match = _take(scan, element, at, begin, seen)
        if match is None:
            if element.optional:
                continue
            return None
        if not element.optional:
            if taken is not None:
                taken.extend(_own(element, match, at == begin))
            at = match.end
            continue
        rest: Taken | None = None if taken is None else []
        end = _end(scan, elements, k, match.end, begin, seen, rest)
        if end is not None:
            if taken is not None and rest is not None:
                taken.extend(_own(element, match, at == begin) + rest)
            return end
    return at


def _own(element: Element, match: Match, first: bool) -> Taken:
    own: Taken = [("", match.skip)] if first else []
    if element.category:
        own.append((element.category, match.value))
    return own


def _take(scan: Scan, element: Element, at: int, begin: int, seen: Seen) -> Match | None:
    """Take one element of a pattern at a word; the first word of all may carry a prefix."""
    words = scan.words
    clitic: str | None = None if at == begin else ""
    if element.joined:
        if lexicon.is_word(words[at], AND):
            at += 1
            if at >= len(words):
                return None
        else:
            clitic = AND
    if not element.category:
        for form in words[at].forms:
            if (clitic is None or form.clitic == clitic) and form.word in element.words:
                return Match(at + 1, 0, form.skip)
        return None
    key = (element.category, at, clitic)
    if key not in seen:
        reader = READERS.get(element.category)
        seen[key] = (
            reader(scan, at, clitic)
            if reader
            else lexicon.lexical(scan, at, element.category, clitic)
        )
    return seen[key]
