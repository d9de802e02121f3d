"""Date an article: by what metadata show, else by all that its text lets one conclude."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

from dashboard.extraction.cleaning import Segment, SegmentKind
from dashboard.extraction.dates import Expression
from dashboard.extraction.document_clues import (
    BEGIN,
    Clue,
    line_clues,
    named_clues,
    weekday_clues,
)
from dashboard.extraction.document_facts import fact_clues, find_known
from dashboard.extraction.document_offices import office_clues
from dashboard.extraction.parts import Parts, cut
from dashboard.extraction.web_page import days_of_url
from dashboard.model import Article, DateBasis, ShownDate, Span, When
from dashboard.ontology.chronology import load_chronology

WIDEST = 1100  # days; an interval any wider dates nothing
SHARES = 100  # weights are added in hundredths: whole numbers compare without rounding
BOUND = 1.0  # weight of what must speak against all later days
_OWN = (SegmentKind.HEADLINE, SegmentKind.BODY, SegmentKind.POST)


@dataclass(frozen=True, slots=True, kw_only=True)
class Solution:
    """The days that most clues allow; `kept` and `broken` are the clues for and against them."""

    first: date
    last: date
    score: float
    kept: tuple[Clue, ...]
    broken: tuple[Clue, ...]


def date_article(article: Article, parts: Parts | None = None) -> When | None:
    """Tell on which day, or between which days, an article was published, and why.

    A day that metadata or the address show is kept (basis publication), but for the weekday that
    the text tells of its "today": that wins within a week. Else the text's own line of publication
    or "today, the 27th" (explicit), else the days that most clues allow: weekdays, days named,
    facts known, offices held (inferred). None where nothing bounds the day: an undated article is
    never given today's date. `why` ends with what would narrow an interval. `parts` are those of
    the article, where they were cut before.
    """
    clues = find_clues(article, parts)
    shown = article.shown or (*_published(article), *days_of_url(article.url))
    if shown:
        return _shown(shown, clues)
    solution = solve(clues)
    return None if solution is None else _inferred(solution)


def _published(article: Article) -> tuple[ShownDate, ...]:
    if article.published is None:
        return ()
    return (ShownDate(day=article.published, where="metadata"),)


def find_clues(article: Article, parts: Parts | None = None) -> list[Clue]:
    """Gather all clues to an article's day from its own text, boilerplate left out."""
    parts = parts or cut(article)
    segments, scanned, expressions = parts.segments, parts.scanned, parts.expressions
    end = _horizon()
    own = _within(expressions, [s.span for s in segments if s.kind in _OWN])
    body = _within(own, [s.span for s in segments if s.kind is not SegmentKind.POST])
    sentences = [sentence.span for sentence in parts.sentences]
    clues = line_clues(article.text, expressions, end)
    clues += weekday_clues(body, end)
    lead = _lead(segments)
    clues += named_clues(body, article.text[lead.start : lead.end] if lead else "", end)
    clues += [_post_clue(s.anchor) for s in segments if s.anchor and s.kind is SegmentKind.POST]
    known = find_known(scanned, sentences, lead)
    clues += fact_clues(known, own, end)
    clues += office_clues(scanned, sentences, end)
    return clues


def _lead(segments: Sequence[Segment]) -> Span | None:
    """Give headline and first paragraph: what is told there is news."""
    spans = [s.span for s in segments if s.kind is SegmentKind.HEADLINE]
    spans += [s.span for s in segments if s.kind is SegmentKind.BODY][:1]
    return Span(spans[0].start, spans[-1].end) if spans else None


def _horizon() -> date:
    """Give the day after which nothing is known here: no clue reaches beyond it."""
    return load_chronology().last + timedelta(days=365)


def _within(expressions: Sequence[Expression], spans: Sequence[Span]) -> list[Expression]:
    return [
        expression
        for expression in expressions
        if any(span.start <= expression.span.start < span.end for span in spans)
    ]


def _post_clue(day: date) -> Clue:
    why = f"it embeds a post of {day}: mostly of the same day, or the day before"
    return Clue(
        kind="post",
        days=((day, day + timedelta(days=1)), (day, day)),
        weight=3,
        why=why,
        exact=True,
    )


def solve(clues: Sequence[Clue]) -> Solution | None:
    """Give the days that the weightiest set of clues allows; None where they stay unbounded."""
    if not clues:
        return None
    end = max(_horizon(), max(last for clue in clues for _, last in clue.days))
    count = (end - BEGIN).days + 1
    score = _score(clues, count)
    best = max(score)
    places = [k for k, value in enumerate(score) if value == best]
    first, last = BEGIN + timedelta(days=places[0]), BEGIN + timedelta(days=places[-1])
    if (end - last).days < 7 or (last - first).days > WIDEST:
        return None
    later = max(score[min(count - 1, places[-1] + 90) :])
    if best - later < BOUND * SHARES:
        return None  # too little speaks against any later day
    first, last = _post_days(clues, first, last)
    kept = tuple(c for c in clues if _touches(c, first, last))
    broken = tuple(c for c in clues if not _touches(c, first, last))
    return Solution(first=first, last=last, score=best / SHARES, kept=kept, broken=broken)


def _score(clues: Sequence[Clue], count: int) -> list[int]:
    """Add up, for each day from BEGIN on, the weights of the clues that allow it, in shares."""
    steps, days = [0] * (count + 1), [0] * count
    for clue in clues:
        weight = round(clue.weight * SHARES)
        reached = 0
        for first, last in sorted(clue.days):
            low = max(reached, (first - BEGIN).days)
            reached = max(reached, min(count, (last - BEGIN).days + 1))
            if clue.weekday is not None:
                low += (clue.weekday - (BEGIN + timedelta(days=low)).isoweekday()) % 7
                for k in range(low, reached, 7):
                    days[k] += weight
            elif low < reached:
                steps[low] += weight
                steps[reached] -= weight
    return [day + over for day, over in zip(days, accumulate(steps[:count]), strict=True)]


def _post_days(clues: Sequence[Clue], first: date, last: date) -> tuple[date, date]:
    """Prefer the very day of the latest embedded post, where the other clues leave it open."""
    posts = [clue.days[0][0] for clue in clues if clue.kind == "post"]
    if posts and first <= max(posts) <= last and (last - first).days <= 7:
        return max(posts), max(posts)
    return first, last


def _touches(clue: Clue, first: date, last: date) -> bool:
    if (last - first).days > 400:
        return any(a <= last and first <= b for a, b in clue.days)
    days = (first + timedelta(days=k) for k in range((last - first).days + 1))
    return any(clue.allows(day) for day in days)


def _inferred(solution: Solution) -> When:
    told = [clue for clue in solution.kept if clue.kind in ("line", "today") and clue.exact]
    basis = DateBasis.EXPLICIT if told else DateBasis.INFERRED
    strongest = sorted(solution.kept, key=lambda clue: -clue.weight)
    binding = [clue for clue in strongest if _binds(clue, solution)]
    why = [clue.why for clue in binding]
    if len(binding) < len(strongest):
        why.append(f"{len(strongest) - len(binding)} wider clues agree")
    why += [f"against it: {clue.why}" for clue in solution.broken]
    if solution.first < solution.last:
        why.append(_narrow(solution))
    return When(first=solution.first, last=solution.last, basis=basis, why=tuple(why))


def _binds(clue: Clue, solution: Solution) -> bool:
    """Tell whether a clue says more than what is true for years around."""
    first, last = min(a for a, _ in clue.days), max(b for _, b in clue.days)
    lower, upper = (solution.first - first).days, (last - solution.last).days
    return clue.weekday is not None or min(lower, upper) <= 200


def _narrow(solution: Solution) -> str:
    """Say what would narrow an interval."""
    wanted = []
    if not any(clue.weekday for clue in solution.kept):
        wanted.append("the weekday of its 'today'")
    inside = [
        f"{fact.what} ({fact.first})"
        for fact in load_chronology().facts
        if solution.first < fact.first <= solution.last
    ]
    if inside:
        wanted.append(f"whether it knows of: {'; '.join(inside[:3])}")
    wanted.append("a day of publication in its metadata or address")
    return "it would narrow the interval to know " + ", or ".join(wanted)


def _shown(shown: Sequence[ShownDate], clues: Sequence[Clue]) -> When:
    day, where = shown[0].day, shown[0].where
    why = [f"{where} shows {day}"]
    why += [f"{other.where} shows {other.day}" for other in shown[1:] if other.day != day]
    weekdays = [clue for clue in clues if clue.kind == "weekday"]
    if weekdays and not any(clue.allows(day) for clue in weekdays):
        strongest = max(weekdays, key=lambda clue: clue.weight)
        moved = min(
            (day + timedelta(days=k) for k in (0, -1, 1, -2, -3, -4, -5)),
            key=lambda other: (not strongest.allows(other), abs((other - day).days)),
        )
        why.append(f"{strongest.why}, though {day} is a {day:%A}: the weekday wins, {moved}")
        return When(first=moved, last=moved, basis=DateBasis.INFERRED, why=tuple(why))
    against = [clue for clue in clues if not clue.allows(day) and clue.kind != "named"]
    solution = solve(clues) if sum(clue.weight for clue in against) >= 4 else None
    if solution is not None and _outweighs(solution, clues, day):
        why.append(f"the text contradicts {day}, as of a crawl or a reprint")
        found = _inferred(solution)
        return When(first=found.first, last=found.last, basis=found.basis, why=(*why, *found.why))
    why += [f"the text speaks against it: {clue.why}" for clue in against]
    return When(first=day, last=day, basis=DateBasis.PUBLICATION, why=tuple(why))


def _outweighs(solution: Solution, clues: Sequence[Clue], day: date) -> bool:
    """Tell whether the text dates itself so narrowly and well that the shown day must be wrong."""
    allowed = sum(clue.weight for clue in clues if clue.allows(day))
    narrow = (solution.last - solution.first).days <= 60
    return narrow and solution.score - allowed >= 5
