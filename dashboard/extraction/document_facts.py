"""Find what an article shows to know: facts begun, done or still open, and who is in office."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import accumulate
from typing import NamedTuple

from dashboard.extraction.date_calendar import DayRange
from dashboard.extraction.date_lexicon import split_name
from dashboard.extraction.date_resolve import NoReferenceError
from dashboard.extraction.date_tokens import Scan, fold_word
from dashboard.extraction.dates import Expression
from dashboard.extraction.document_clues import BEGIN, Clue
from dashboard.model import Span
from dashboard.ontology.chronology import Fact, Term, Wording, load_chronology

WINDOW = 24  # words to either side of a fact's name in which its other words must stand
NEAR = 18  # words between a fact's name and the time expression that dates it
BESIDE = 5  # words between a name and its title
_WEAK = "~"
# Expressions that say nothing of the day of one event.
_NO_ANCHOR = frozenset({"now", "vague", "recent-span", "coming-span", "unit-this", "lasted"})


class Pattern(NamedTuple):
    """A wording, folded: each group lists ways of one thing, each way a run of words."""

    owner: Fact
    aspect: str
    weight: float
    groups: tuple[tuple[tuple[str, ...], ...], ...]
    without: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A fact that the words of a sentence show, at a word of the text."""

    fact: Fact
    aspect: str
    weight: float
    at: int
    sentence: Span
    surface: str


def _way(text: str) -> tuple[str, ...]:
    words: list[str] = []
    for part in text.split("_"):
        found = split_name(part.removesuffix("*"))
        words.extend((*found[:-1], found[-1] + "*") if part.endswith("*") else found)
    return tuple(words)


@cache
def _patterns() -> Mapping[str, tuple[Pattern, ...]]:
    """Index the wordings by the first words of their first group without endings left open."""
    found: dict[str, list[Pattern]] = {}
    for fact in load_chronology().facts:
        for aspect in ("done", "open", "news"):
            wordings: tuple[Wording, ...] = getattr(fact, aspect)
            for wording in wordings:
                pattern = _pattern(fact, aspect, wording)
                anchor = next(
                    group
                    for group in pattern.groups
                    if not any(way[-1].endswith("*") for way in group)
                )
                others = tuple(group for group in pattern.groups if group is not anchor)
                pattern = pattern._replace(groups=(anchor, *others))
                for way in anchor:
                    of_word = found.setdefault(way[0], [])
                    if pattern not in of_word:
                        of_word.append(pattern)
    return {word: tuple(patterns) for word, patterns in found.items()}


def _pattern(fact: Fact, aspect: str, wording: Wording) -> Pattern:
    groups = [group for group in wording.groups if group != (_WEAK,)]
    weight = 1.0 if len(groups) < len(wording.groups) else 2.0
    return Pattern(
        owner=fact,
        aspect=aspect,
        weight=weight,
        groups=tuple(tuple(_way(word) for word in group) for group in groups),
        without=tuple(_way(word) for word in wording.without),
    )


class Window:
    """The words of one sentence, by each way to read them, and where they stand."""

    def __init__(self, scan: Scan, first: int, last: int) -> None:
        self.words = scan.words
        self.last = last
        self.places: dict[str, list[int]] = {}
        for at in range(first, last):
            for form in scan.words[at].forms:
                self.places.setdefault(form.word, []).append(at)

    def find(self, way: tuple[str, ...]) -> Iterator[int]:
        """Find where a run of words begins."""
        for at in self._starts(way[0]):
            if at + len(way) <= self.last and all(
                _fits(self.words[at + k].forms[0].word, part)
                for k, part in enumerate(way[1:], start=1)
            ):
                yield at

    def _starts(self, word: str) -> Iterator[int]:
        if not word.endswith("*"):
            yield from self.places.get(word, ())
            return
        for other, places in self.places.items():
            if other.startswith(word[:-1]):
                yield from places

    def near(self, ways: Sequence[tuple[str, ...]], at: int, reach: int) -> bool:
        """Tell whether one of the ways stands within so many words."""
        return any(abs(found - at) <= reach for way in ways for found in self.find(way))


def _fits(word: str, part: str) -> bool:
    return word.startswith(part[:-1]) if part.endswith("*") else word == part


def find_known(scan: Scan, sentences: Sequence[Span]) -> list[Known]:
    """Find the facts that the sentences show to be done, open or news."""
    index, found = _patterns(), []
    for sentence, window in windows(scan, sentences):
        for word in window.places.keys() & index.keys():
            for pattern in index[word]:
                at = _match(window, pattern)
                if at is not None:
                    found.append(
                        Known(
                            fact=pattern.owner,
                            aspect=pattern.aspect,
                            weight=pattern.weight,
                            at=at,
                            sentence=sentence,
                            surface=scan.words[at].text,
                        )
                    )
    return found


def windows(scan: Scan, sentences: Sequence[Span]) -> Iterator[tuple[Span, Window]]:
    """Give the words of each sentence."""
    begins = scan.begins or list(accumulate((word.full for word in scan.words), initial=0))
    for sentence in sentences:
        first = bisect_left(begins, sentence.start)
        last = min(bisect_left(begins, sentence.end), len(scan.words))
        if first < last:
            yield sentence, Window(scan, first, last)


def _match(window: Window, pattern: Pattern) -> int | None:
    for way in pattern.groups[0]:
        for at in window.find(way):
            if all(window.near(group, at, WINDOW) for group in pattern.groups[1:]) and not (
                pattern.without and window.near(pattern.without, at, WINDOW)
            ):
                return at
    return None


def fact_clues(
    known: Sequence[Known], expressions: Sequence[Expression], headline: Span | None, end: date
) -> list[Clue]:
    """Turn facts known into bounds, and facts beside a time expression into days."""
    clues: dict[tuple[str, str], Clue] = {}
    for one in known:
        fact, told = one.fact, f"«{one.surface}»: {one.fact.what}"
        weight = one.weight * (0.5 if headline is not None and one.sentence == headline else 1)
        if one.aspect == "open":
            days, why = (BEGIN, fact.last), f"not yet, so not after {fact.last}"
        elif one.aspect == "done":
            days, why = (fact.first, end), f"has happened, so not before {fact.first}"
        else:
            days = (fact.first, fact.last + timedelta(days=fact.recall_days))
            why = f"is told as news, so within {fact.recall_days} days of {fact.first}"
            weight *= 0.75
        clue = Clue(kind=one.aspect, days=(days,), weight=weight, why=f"{told}, {why}")
        kept = clues.get((fact.id, one.aspect))
        if kept is None or kept.weight < weight:
            clues[fact.id, one.aspect] = clue
        if one.aspect == "news" or (one.aspect == "done" and fact.kind):
            anchor = _anchor(one, expressions)
            if anchor is not None:
                key = (fact.id, "anchor")
                if key not in clues or clues[key].weight < anchor.weight:
                    clues[key] = anchor
    return list(clues.values())


def _anchor(known: Known, expressions: Sequence[Expression]) -> Clue | None:
    """Reckon back of which days an article is whose "last Sunday" is that fact's day."""
    inside = [
        expression
        for expression in expressions
        if known.sentence.start <= expression.span.start < known.sentence.end
        and expression.reading.rule.id not in _NO_ANCHOR
        and min(abs(expression.first_word - known.at), abs(expression.last_word - known.at)) <= NEAR
    ]
    if not inside:
        return None
    nearest = min(inside, key=lambda expression: abs(expression.first_word - known.at))
    days = days_back(nearest, (known.fact.first, known.fact.last))
    if not days:
        return None
    sure = any(name in nearest.reading.captures for name in ("weekday", "day", "numeric"))
    return Clue(
        kind="anchor",
        days=days,
        weight=3.0 if sure else 1.0,
        why=f"«{nearest.surface}» tells of: {known.fact.what} ({known.fact.last})",
    )


def days_back(expression: Expression, days: DayRange) -> tuple[DayRange, ...]:
    """Give the days of which an article can be, whose expression means some of these days."""
    found: list[DayRange] = []
    for step in range(800):
        day = days[0] + timedelta(days=step)
        try:
            answer = expression.days(day)
        except (NoReferenceError, ValueError, OverflowError):
            return ()
        if answer is None or answer.first > days[1] or answer.last < days[0]:
            continue
        if found and found[-1][1] == day - timedelta(days=1):
            found[-1] = (found[-1][0], day)
        else:
            found.append((day, day))
    return tuple(found) if found and found[0] != (days[0], days[0] + timedelta(days=799)) else ()


@cache
def _terms() -> Mapping[str, tuple[tuple[tuple[str, ...], Term], ...]]:
    found: dict[str, list[tuple[tuple[str, ...], Term]]] = {}
    for term in load_chronology().terms:
        for name in term.names:
            way = _way(name)
            found.setdefault(way[0], []).append((way, term))
    return {word: tuple(terms) for word, terms in found.items()}


_FORMER = tuple((fold_word(word),) for word in ("السابق", "الأسبق", "سابقا", "المنتخب", "الراحل"))


def office_clues(scan: Scan, sentences: Sequence[Span], end: date) -> list[Clue]:
    """Bound the article by who holds an office in it."""
    index, clues = _terms(), {}
    for _, window in windows(scan, sentences):
        for word in window.places.keys() & index.keys():
            for way, term in index[word]:
                titles = [_way(title) for title in term.titles]
                for at in window.find(way):
                    if not window.near(titles, at, BESIDE) or window.near(_FORMER, at, BESIDE):
                        continue
                    if term.first > end:
                        continue
                    last = min(term.last, end)
                    clues[term.name, term.office] = Clue(
                        kind="office",
                        days=((max(BEGIN, term.first), last),),
                        weight=2,
                        why=f"{term.name} is in office ({term.office}), {term.first} to {last}",
                    )
    return list(clues.values())
