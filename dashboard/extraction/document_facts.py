"""Find what an article shows to know: facts done, still open, or told as news."""

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dashboard.extraction.date_calendar import DayRange
from dashboard.extraction.date_resolve import NoReferenceError
from dashboard.extraction.date_tokens import Scan
from dashboard.extraction.dates import Expression
from dashboard.extraction.document_clues import BEGIN, OFFSETS, Clue
from dashboard.extraction.document_wordings import AFTER, PLACES, Pattern, fact_marks, find_wordings
from dashboard.extraction.document_words import Window, anchored
from dashboard.model import DateBasis, Span
from dashboard.ontology.chronology import Fact

NEAR = 18  # words between a fact's name and the time expression that dates it
NEAR_DONE = 10  # the same where the words may only look back on it
REACH = 800  # days after a fact in which an article can date it by an expression
REACHES = ((10, 45), (40, 140))  # the same where it means at most so many days
BEHIND = 8  # words between "after" and the name of what it presupposes
KNOWN_AT_MOST = 20_000  # what was reckoned once is kept: the same weekdays and facts recur
_KNOWN: dict[tuple[object, ...], tuple[DayRange, ...]] = {}
# Expressions that say nothing of the day of one event.
_NO_ANCHOR = frozenset({"now", "vague", "recent-span", "coming-span", "unit-this", "lasted"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A fact that the words of a sentence show, at a word of the text."""

    fact: Fact
    aspect: str
    weight: float
    at: int
    sentence: Span
    surface: str
    behind: int | None
    lead: bool


def find_known(scan: Scan, sentences: Sequence[Span], lead: Span | None = None) -> list[Known]:
    """Find the facts that the sentences show to be done, open or news.

    Headline and first paragraph, `lead`, are read as one besides, for less weight; what is
    told there is news, even where its words could look back.
    """
    marks = fact_marks().of(scan)
    found = [
        _known(scan, pattern, at, window, stretch.sentence, lead=False)
        for stretch in anchored(scan, marks, sentences)
        for pattern, at, window in find_wordings(scan, stretch)
    ]
    if lead is None:
        return found
    seen = {(one.fact.id, one.aspect) for one in found}
    for stretch in anchored(scan, marks, [lead]):
        for pattern, at, window in find_wordings(scan, stretch):
            for aspect in ("done", "news") if pattern.aspect == "done" else (pattern.aspect,):
                if (pattern.owner.id, aspect) not in seen and not pattern.owner.lasting:
                    share = (
                        0.5 if pattern.owner.kind in PLACES else 0.7
                    )  # a place is named for much
                    pattern_of = pattern._replace(aspect=aspect, weight=pattern.weight * share)
                    found.append(_known(scan, pattern_of, at, window, stretch.sentence, lead=True))
    return found


def _known(
    scan: Scan, pattern: Pattern, at: int, window: Window, sentence: Span, *, lead: bool
) -> Known:
    before = [found for way in AFTER for found in window.find(way) if at - BEHIND <= found < at]
    return Known(
        fact=pattern.owner,
        aspect=pattern.aspect,
        weight=pattern.weight,
        at=at,
        sentence=sentence,
        surface=scan.words[at].text,
        behind=max(before, default=None),
        lead=lead,
    )


def fact_clues(known: Sequence[Known], expressions: Sequence[Expression], end: date) -> list[Clue]:
    """Turn facts known into bounds, and facts beside a time expression into days.

    Facts of one kind and place (Palmyra was retaken twice) are one clue: any of them may be meant.
    """
    groups: dict[tuple[str, str], list[Known]] = {}
    for one in known:
        same = f"{one.fact.kind} {one.fact.names[0]}" if one.fact.names else one.fact.id
        groups.setdefault((same, one.aspect), []).append(one)
    clues = [_bound(aspect, found, end) for (_, aspect), found in groups.items()]
    anchors: dict[str, Clue] = {}
    for one in known:
        anchor = None if one.aspect == "open" else _anchor(one, expressions)
        if anchor is not None and (
            one.fact.id not in anchors or anchors[one.fact.id].weight < anchor.weight
        ):
            anchors[one.fact.id] = anchor
    return clues + list(anchors.values())


def _bound(aspect: str, found: Sequence[Known], end: date) -> Clue:
    best = max(found, key=lambda one: one.weight)
    facts = {one.fact.id: one.fact for one in found}.values()
    told = f"«{best.surface}»: {' / '.join(fact.what for fact in facts)}"
    weight = best.weight
    if aspect == "open":
        last = max(fact.last for fact in facts)
        days: tuple[DayRange, ...] = ((BEGIN, last),)
        why = f"not yet, so not after {last}"
    elif aspect == "done":
        first = min(fact.first for fact in facts)
        days, why = ((first, end),), f"has happened, so not before {first}"
    else:
        days = tuple((fact.first, fact.last + timedelta(days=fact.recall_days)) for fact in facts)
        why = f"is told as news, so soon after {' or '.join(str(fact.first) for fact in facts)}"
        weight *= 0.75
    return Clue(kind=aspect, days=days, weight=weight, why=f"{told}, {why}")


def _anchor(known: Known, expressions: Sequence[Expression]) -> Clue | None:
    """Reckon back of which days an article is whose "last Sunday" is that fact's day."""
    inside = [
        expression
        for expression in expressions
        if known.sentence.start <= expression.span.start < known.sentence.end
        and expression.reading.rule.id not in _NO_ANCHOR
        and min(abs(expression.first_word - known.at), abs(expression.last_word - known.at))
        <= (NEAR if known.aspect == "news" else NEAR_DONE)
    ]
    if known.behind is not None:  # "after the taking of X": only a day told between them is its
        inside = [e for e in inside if known.behind < e.first_word < known.at]
    if not inside or known.fact.lasting:
        return None
    nearest = min(inside, key=lambda expression: abs(expression.first_word - known.at))
    days = days_back(nearest, (known.fact.first, known.fact.last))
    if not days:
        return None
    sure = any(name in nearest.reading.captures for name in ("weekday", "day", "numeric"))
    if not sure and known.aspect == "done" and not known.fact.kind:
        return None
    return Clue(
        kind="anchor",
        days=days,
        weight=(3.0 if sure else 1.0) * (0.7 if known.lead else 1),
        why=f"«{nearest.surface}» tells of: {known.fact.what} ({known.fact.last})",
    )


def days_back(expression: Expression, days: DayRange) -> tuple[DayRange, ...]:
    """Give the days of which an article can be, whose expression means some of these days."""
    offset = OFFSETS.get(expression.reading.rule.id)
    if offset is not None:
        return _days_beside(expression, days, offset)
    reading = expression.reading
    key = (reading.rule.id, tuple(sorted(reading.captures.items())), expression.future, days)
    if key not in _KNOWN:
        if len(_KNOWN) >= KNOWN_AT_MOST:
            _KNOWN.clear()
        _KNOWN[key] = _tried(expression, days)
    return _KNOWN[key]


def _tried(expression: Expression, days: DayRange) -> tuple[DayRange, ...]:
    """Reckon an expression for every day on which the article can be."""
    with contextlib.suppress(NoReferenceError):
        expression.days(None)
        return ()  # it means the same whatever the article's day: it tells nothing of that day
    found: list[DayRange] = []
    reach = 1
    for step in range(REACH):
        if step > reach:
            break
        day = days[0] + timedelta(days=step)
        try:
            answer = expression.days(day)
        except (NoReferenceError, ValueError, OverflowError):
            return ()
        if answer is None:
            continue
        if step == 0:  # the narrower what is meant, the nearer to the article it lies
            relative = answer.basis is DateBasis.RELATIVE
            width = (answer.last - answer.first).days
            reach = next((far for wide, far in REACHES if relative and width <= wide), REACH)
        if answer.first > days[1] or answer.last < days[0]:
            continue
        if found and found[-1][1] == day - timedelta(days=1):
            found[-1] = (found[-1][0], day)
        else:
            found.append((day, day))
    return () if found and (found[0][1] - found[0][0]).days >= REACH - 1 else tuple(found)


def _days_beside(expression: Expression, days: DayRange, offset: int) -> tuple[DayRange, ...]:
    """Give the days beside which an expression as "yesterday, Thursday" means one of these days."""
    weekday = expression.reading.captures.get("weekday", (None,))[0]
    told = (days[0] + timedelta(days=step) for step in range((days[1] - days[0]).days + 1))
    fit = [day for day in told if weekday is None or day.isoweekday() == weekday]
    return tuple((day - timedelta(days=offset), day - timedelta(days=offset)) for day in fit)
