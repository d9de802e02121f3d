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

LONGEST = 6
"""A longer row of digits is no number of people."""

THOUSANDS = (",", ".", "٬")
GROUP = 3

COMPANIONS = 8
"""Words behind a number in which و joins those who were with them: قياديا وأربعة من مرافقيه."""

BARE_PLURALS = ("الاف",)
"""Plurals that say no number by themselves: thousands."""

VAGUE = {"many", "any_of"}

LARGE = 10
"""Above this what is counted is a singular, and a singular joined to it is counted with it."""

REACH = 6
"""Words between a word of death and its number: مقتل ما لا يقل عن 13."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """A number of people told at a token, with its place in the article."""

    first: int
    last: int
    value: int
    span: Span


def is_count(form: str) -> bool:
    """Tell whether a word is a figure that can count something; not a ² or a number of a case."""
    return form.isdecimal() and len(form) <= LONGEST


def read_counts(parse: Parse, taken: Sequence[tuple[int, int]] = ()) -> tuple[Count, ...]:
    """Read the numbers of a sentence: digits, words and their sums, people in the dual.

    `taken` are tokens [first, last) of dates, whose numbers count nobody.
    """
    forms = [token.form for token in parse.tokens]
    figures = [at for at, form in enumerate(forms) if form.isdecimal() and is_count(form)]
    if not figures and not parse.entries(NumberEntry) and "two" not in parse.present:
        return ()
    counts: list[Count] = []
    words = {
        hit.first: hit.entry.value
        for hit in parse.entries(NumberEntry)
        if isinstance(hit.entry, NumberEntry)
        and "ال" not in hit.sense.prefix  # not "Monday"
        and not hit.sense.pronoun  # not "one of them"
        and not parse.tokens[hit.first].form.endswith("ات")  # not "tens"
    }
    at = 0
    while at < len(parse.tokens):
        if at in figures:
            last, value = _digits(parse, at, words)
            counts.append(_count(parse, at, last, value))
            at = last
        elif at in words and parse.tokens[at].form.lstrip("و") not in BARE_PLURALS:
            last, value = _sum(parse, at, words)
            counts.append(_count(parse, at, last, value))
            at = last
        else:
            at += 1
    dated = {i for first, last in taken for i in range(first, last)}
    counts = [count for count in counts if count.first not in dated]
    beside = {i for count in counts for i in range(count.first - 1, count.last + 1)}
    for at, classes in enumerate(parse.classes):
        if "two" in classes and at not in beside:
            counts.append(_count(parse, at, at + 1, 2))
    return tuple(sorted(counts, key=lambda count: count.first))


def _count(parse: Parse, first: int, last: int, value: int) -> Count:
    span = Span(parse.tokens[first].start, parse.tokens[last - 1].end)
    return Count(first=first, last=last, value=value, span=span)


def _digits(parse: Parse, at: int, words: dict[int, int]) -> tuple[int, int]:
    """Read a number in digits, thousands parted by a comma or told by a word: 2,500, 11 ألف."""
    value, last = int(parse.tokens[at].form), at + 1
    while (
        last < len(parse.tokens)
        and parse.tokens[last].gap in THOUSANDS
        and len(parse.tokens[last].form) == GROUP
        and parse.tokens[last].form.isdecimal()
    ):
        value, last = value * 1000 + int(parse.tokens[last].form), last + 1
    if last in words and words[last] >= 1000 and not parse.tokens[last].form.startswith("و"):
        value, last = value * words[last], last + 1
    return last, value


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
        single = _one(parse, counts, hit.last, REACH)
        for count in counts:
            between = range(hit.last, count.first)
            after = 0 <= count.first - hit.last < REACH and wounded.isdisjoint(between)
            gap = hit.first - count.last
            plural = parse.tokens[hit.first].form.endswith("وا")
            # "7 dead"; "four gunmen of the group were killed"
            before = (0 <= gap <= 1 and not hit.sense.tense) or (0 < gap <= FAR and plural)
            near = (after or before) and parse.crossing(hit.first, count.first) == 0
            if near and _is_of_people(parse, count):
                out.append(_with_companions(parse, _first(single, count), counts))
                break
        else:
            if single is not None:
                out.append(_with_companions(parse, single, counts))
    return tuple(dict.fromkeys(out))


def find_detained(parse: Parse, counts: Sequence[Count], first: int, last: int) -> Count | None:
    """Find the count of people that an arrest told at tokens [first, last) took."""
    wounded = {hit.first for hit in parse.words.get("wounded", ())}
    single = _one(parse, counts, last, FAR)
    for count in counts:
        after = 0 <= count.first - last < FAR and wounded.isdisjoint(range(last, count.first))
        before = 0 <= first - count.last <= 1
        if (after or before) and parse.crossing(first, count.first) <= ONE_CLAUSE:
            if _is_of_people(parse, count):
                return _with_companions(parse, _first(single, count), counts)
            if after:
                break  # "by article 4": the number is none, the man may stand before it
    return _with_companions(parse, single, counts) if single is not None else None


def _first(single: Count | None, count: Count) -> Count:
    """Give whichever is told first: one man and those with him, or a number of people."""
    return single if single is not None and single.first < count.first else count


def _one(parse: Parse, counts: Sequence[Count], last: int, reach: int) -> Count | None:
    """Find one man told by a singular: "a civilian was killed", "the arrest of an emir"."""
    numbers = {count.first for count in counts}
    for at in range(last, min(last + reach, len(parse.tokens))):
        classes = parse.classes[at]
        if parse.crossing(last - 1, at) > 0 or at in numbers or classes & VAGUE:
            return None
        if "one" in classes:
            return _count(parse, at, at + 1, 1)
    return None


def _with_companions(parse: Parse, count: Count, counts: Sequence[Count]) -> Count:
    """Add those whom و joins to the first: an emir and four men, two soldiers and a guide."""
    value, last = count.value, count.last
    by_first = {other.first: other for other in counts}
    for at in range(count.last, min(count.last + COMPANIONS, len(parse.tokens))):
        if parse.crossing(count.first, at) > 0:
            break
        form = parse.tokens[at].form
        joined = form.startswith("و")
        if joined and at in by_first and _is_of_people(parse, by_first[at]):
            value, last = value + by_first[at].value, by_first[at].last
        elif joined and "one" in parse.classes[at] and count.value <= LARGE:
            value, last = value + 1, at + 1
        elif joined and "wounded" in parse.classes[at]:
            break
    if value == count.value:
        return count
    return _count(parse, count.first, last, value)


def _is_of_people(parse: Parse, count: Count) -> bool:
    """Tell whether a number counts people: no year, no hours, no weapons."""
    if count.last < len(parse.tokens) and "uncounted" in parse.classes[count.last]:
        return False
    deaths = {hit.last for hit in parse.words.get("death", ())}
    year = 1990 <= count.value <= 2035 and count.first not in deaths
    return not year and 0 < count.value < MOST
