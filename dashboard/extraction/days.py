"""Choose the days of an event: those that its clause tells, its sentence, or the article."""

from dashboard.extraction.afterwards import After, find_afters
from dashboard.extraction.clauses import ONE_CLAUSE, Parse
from dashboard.extraction.drafts import Draft
from dashboard.extraction.reference_days import FAR, find_references
from dashboard.extraction.triggers import FoundTrigger
from dashboard.model import DateBasis, DateMention, Modality, When

DATE_CROSSING = {
    Modality.REPORTED: 12,
    Modality.ONGOING: 0,
    Modality.PLANNED: ONE_CLAUSE,
    Modality.DENIED: 12,
}
"""A date across more boundaries than this belongs to another deed of the sentence."""

LONG_PAST = 700
"""Days back from which a deed told by how long ago it was is background, with no day to it."""

SINCE = 8
SINCE_CROSSING = 6
"""Words between منذ and its date, and the crossing at which "since" still dates what goes on."""

RECORD = 8
STARTED = 6
"""Words between a superlative and its "since", between a verb of beginning and its date."""


def choose_days(
    draft: Draft, published: When | None, told: When | None = None
) -> tuple[When | None, DateMention | None, str]:
    """Take the nearest date of the clause, else of the sentence, else the article's own day.

    `told` are the days of what was told last, from which "the day before that" counts.
    """
    parse, trigger = draft.parse, draft.frame.trigger
    after = next((a for a in find_afters(parse) if a.first <= trigger.first < a.last), None)
    if after is not None and not _is_dated(draft, after):
        rest = _rest(draft, after, published)
        if rest is not None:
            start, end = parse.tokens[after.first].start, parse.tokens[after.last - 1].end
            offset = parse.sentence.span.start
            words = parse.sentence.text[start - offset : end - offset]
            return after.shift(rest, words), None, "clause"
    best: tuple[int, int, DateMention] | None = None
    for mention in draft.dates:
        if mention.when is None:
            continue
        first, last = parse.at(*mention.span)
        crossing = parse.crossing(trigger.first, first)
        since = _is_since(parse, first) and not _is_own_since(parse, first, trigger)
        if since and _is_record(parse, first):
            continue  # "the gravest since June": when something else was
        if _is_of_start(parse, first, trigger):
            continue  # "the operation began on D, and they took X": X was taken later
        if since and draft.told.modality is Modality.REPORTED and first > trigger.first:
            continue  # "the gravest since June": when something else was
        limit = DATE_CROSSING[draft.told.modality]
        if since:  # "besieges it since ..., and shelled it": one clause has the date
            reported = draft.told.modality is Modality.REPORTED
            limit = ONE_CLAUSE if reported else SINCE_CROSSING
        if crossing > limit:
            continue  # what holds, or is meant, when the article is written has its own date
        apart = first - trigger.last if first >= trigger.last else trigger.first - last
        cost = max(apart, 0) + 2 * crossing
        if best is None or cost < best[0]:
            best = (cost, crossing, mention)
    near = [
        (
            abs(reference.at - trigger.first) + 2 * parse.crossing(reference.at, trigger.first),
            reference.when,
        )
        for reference in find_references(parse, told)
        if parse.crossing(reference.at, trigger.first) <= FAR
    ]
    nearest = min(near, key=lambda item: item[0], default=None)
    if nearest is not None and (best is None or nearest[0] < best[0]):
        return nearest[1], None, "clause"
    if best is not None:
        level = "clause" if best[1] <= ONE_CLAUSE else "sentence"
        return best[2].when, best[2], level
    if draft.anchor is not None:
        why = ("the day of the post",)
        return (
            When(first=draft.anchor, last=draft.anchor, basis=DateBasis.PUBLICATION, why=why),
            None,
            "article",
        )
    if published is None:
        return None, None, "none"
    basis = DateBasis.INFERRED
    if published.first == published.last:
        basis = DateBasis.PUBLICATION
    when = When(first=published.first, last=published.last, basis=basis, why=published.why)
    return when, None, "article"


def is_long_past(draft: Draft) -> bool:
    """Tell whether a deed is told only as what another came years after: three years after X."""
    first = draft.frame.trigger.first
    return any(
        after.days >= LONG_PAST and after.first <= first < after.last
        for after in find_afters(draft.parse)
    )


def _is_dated(draft: Draft, after: After) -> bool:
    return any(
        mention.when is not None and after.first <= draft.parse.at(*mention.span)[0] < after.last
        for mention in draft.dates
    )


def _rest(draft: Draft, after: After, published: When | None) -> When | None:
    """Give the days of what a sentence tells outside the stretch that came before it."""
    for mention in draft.dates:
        first, _ = draft.parse.at(*mention.span)
        if mention.when is not None and not after.first <= first < after.last:
            return mention.when
    if draft.anchor is not None:
        return When(first=draft.anchor, last=draft.anchor, basis=DateBasis.PUBLICATION)
    return published


def _is_since(parse: Parse, first: int) -> bool:
    """Tell whether a date says since when: منذ stands in it or shortly before it."""
    early = range(max(0, first - SINCE), min(first + 1, len(parse.classes)))
    near = [at for at in early if "since" in parse.classes[at]]
    return any(parse.crossing(at, first) <= ONE_CLAUSE for at in near)


def _is_own_since(parse: Parse, first: int, trigger: FoundTrigger) -> bool:
    """Tell whether "since" stands before the deed that is dated: منذ سقوط X أواخر تموز."""
    early = range(max(0, trigger.first - 1), trigger.first)
    return trigger.first < first and parse.has("since", early)


def _is_record(parse: Parse, first: int) -> bool:
    """Tell whether "since" only says how long nothing was as grave: أعنف هجوم منذ عام."""
    early = range(max(0, first - RECORD), first)
    return any("elative" in parse.classes[at] and parse.crossing(at, first) == 0 for at in early)


def _is_of_start(parse: Parse, first: int, trigger: FoundTrigger) -> bool:
    """Tell whether a date says when something else began: it binds to the verb of beginning."""
    for at in range(max(0, first - STARTED), first):
        if "started" in parse.classes[at] and parse.crossing(at, first) == 0:
            return parse.crossing(at, trigger.first) > 0
    return False
