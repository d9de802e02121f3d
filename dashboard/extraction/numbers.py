"""Read how many were killed or detained, and which event the number belongs to."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.extraction.clauses import ONE_CLAUSE, NumberEntry, Parse
from dashboard.extraction.inflection import Tense
from dashboard.model import Span

MOST = 20_000
"""A larger number counts the displaced, or money."""

FAR = 9
"""Words between an arrest and its number: who arrested may stand between."""

REACH = 4
"""Words between a word of death and its number: مقتل ما لا يقل عن 13."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """A number of people told at a token, with its place in the article."""

    first: int
    last: int
    value: int
    span: Span


LONGEST = 6
"""Digits of the longest figure that is read."""


def is_count(form: str) -> bool:
    """Tell whether a word is a figure that can count something; not a ² or a number of a case."""
    return form.isdecimal() and len(form) <= LONGEST


def read_counts(parse: Parse) -> tuple[Count, ...]:
    """Read the numbers of a sentence: digits, words and their sums, people in the dual."""
    figures = [at for at, token in enumerate(parse.tokens) if is_count(token.form)]
    if not figures and not parse.entries(NumberEntry) and "two" not in parse.present:
        return ()
    counts: list[Count] = []
    words = {
        hit.first: hit.entry.value
        for hit in parse.entries(NumberEntry)
        if isinstance(hit.entry, NumberEntry)
        and "ال" not in hit.sense.prefix  # not "Monday"
        and not parse.tokens[hit.first].form.endswith("ات")  # not "tens"
    }
    at = 0
    while at < len(parse.tokens):
        if at in figures:
            counts.append(_count(parse, at, at + 1, int(parse.tokens[at].form)))
            at += 1
        elif at in words:
            last, value = _sum(parse, at, words)
            counts.append(_count(parse, at, last, value))
            at = last
        else:
            at += 1
    taken = {i for count in counts for i in range(count.first - 1, count.last + 1)}
    for at, classes in enumerate(parse.classes):
        if "two" in classes and at not in taken:
            counts.append(_count(parse, at, at + 1, 2))
    return tuple(sorted(counts, key=lambda count: count.first))


def _count(parse: Parse, first: int, last: int, value: int) -> Count:
    span = Span(parse.tokens[first].start, parse.tokens[last - 1].end)
    return Count(first=first, last=last, value=value, span=span)


def _sum(parse: Parse, first: int, words: dict[int, int]) -> tuple[int, int]:
    total = value = words[first]
    at = first + 1
    while at < len(parse.tokens) and at in words:
        following = words[at]
        joined = parse.tokens[at].form.startswith("و")
        if following >= 100 and not joined and value < following:
            total *= following
        elif following == 10 and not joined and value < 10:
            total += 10
        elif joined:
            total += following
        else:
            break
        value = following
        at += 1
    return at, total


def find_deaths(parse: Parse, counts: Sequence[Count]) -> tuple[Count, ...]:
    """Find the counts that tell of people killed."""
    if parse.words.get("toll_total"):
        return ()
    out = []
    wounded = {hit.first for hit in parse.words.get("wounded", ())}
    for hit in parse.words.get("death", ()):
        if hit.sense.tense is Tense.PAST and hit.sense.prefix:
            continue
        for count in counts:
            between = range(hit.last, count.first)
            after = 0 <= count.first - hit.last < REACH and wounded.isdisjoint(between)
            gap = hit.first - count.last
            plural = parse.tokens[hit.first].form.endswith("وا")
            # "7 dead"; "four gunmen of the group were killed"
            before = (0 <= gap <= 1 and not hit.sense.tense) or (0 < gap <= FAR and plural)
            near = (after or before) and parse.crossing(hit.first, count.first) == 0
            if near and _is_of_people(parse, count):
                out.append(count)
                break
    return tuple(dict.fromkeys(out))


def find_detained(parse: Parse, counts: Sequence[Count], first: int, last: int) -> Count | None:
    """Find the count of people that an arrest told at tokens [first, last) took."""
    wounded = {hit.first for hit in parse.words.get("wounded", ())}
    for count in counts:
        after = 0 <= count.first - last < FAR and wounded.isdisjoint(range(last, count.first))
        before = 0 <= first - count.last <= 1
        if (after or before) and parse.crossing(first, count.first) <= ONE_CLAUSE:
            return count if _is_of_people(parse, count) else None
    return None


def _is_of_people(parse: Parse, count: Count) -> bool:
    """Tell whether a number counts people: no year, no hours, no weapons."""
    if count.last < len(parse.tokens) and "uncounted" in parse.classes[count.last]:
        return False
    deaths = {hit.last for hit in parse.words.get("death", ())}
    year = 1990 <= count.value <= 2035 and count.first not in deaths
    return not year and 0 < count.value < MOST
