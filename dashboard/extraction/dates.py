"""Find the time expressions of a text and reckon the days that each means."""

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import NamedTuple

from dashboard.extraction.date_cues import is_vouched, looks_ahead, trim
from dashboard.extraction.date_grammar import Reading, read_at
from dashboard.extraction.date_named import NAMED
from dashboard.extraction.date_periods import PERIODS
from dashboard.extraction.date_resolve import RELATIVE, Answer, Moment, NoReferenceError
from dashboard.extraction.date_rules import masks, rules
from dashboard.extraction.date_tokens import Memo, Scan, scan_text
from dashboard.model import DateBasis, DateMention, Span, When

RESOLVERS = {**RELATIVE, **NAMED, **PERIODS}


class Expression(NamedTuple):
    """A time expression found, not yet reckoned; `future`: the words before it look ahead."""

    span: Span
    surface: str
    first_word: int
    last_word: int
    reading: Reading
    future: bool

    def days(self, day: date | None) -> Answer | None:
        """Reckon the days for an article of a day; raise NoReferenceError where it needs one."""
        return _resolve(self.reading, None if day is None else Moment(day, self.future))


def find_dates(text: str, *, published: date | When | None) -> list[DateMention]:
    """Find all time expressions of a text, in its order, none within another.

    `published` is the article's day, an interval that holds it, or None. An interval gives
    intervals with basis inferred; without it what counts from the article's day has `when` None
    and says why, while what is named in full is resolved. Spans are in characters, half-open.
    The text is read once; what is tried at a word is bounded by the longest pattern.
    """
    return reckon(find_expressions(scan(text)), published)


def reckon(expressions: Iterable["Expression"], published: date | When | None) -> list[DateMention]:
    """Reckon the days of time expressions for the article's day; see `find_dates`."""
    mentions = []
    for expression in expressions:
        when, why = _when(expression.reading, published, expression.future)
        mentions.append(
            DateMention(
                span=expression.span,
                surface=expression.surface,
                when=when,
                why=(f"{expression.reading.rule.id}: {why}",),
            )
        )
    return mentions


def find_expressions(scanned: Scan) -> list[Expression]:
    """Find the time expressions of a text that was cut into words, without reckoning them."""
    found: list[Expression] = []
    end = 0
    for at in scanned.starts:
        if at < end:
            continue
        reading = read_at(scanned, at)
        if reading is None or not is_vouched(scanned, at, reading):
            continue
        end = reading.end
        if reading.rule.means != "nothing":
            found.append(_expression(scanned, at, reading))
    return found


@cache
def _memo() -> Memo:
    _check_rules()
    return Memo(frozenset(rules()), masks())


def scan(text: str) -> Scan:
    """Cut a text into words of time with the memo that all texts share."""
    return scan_text(text, _memo())


def _expression(scanned: Scan, at: int, reading: Reading) -> Expression:
    first, last = trim(scanned, at, reading)
    start = scanned.begins[first] + (reading.skip if first == at else 0)
    span = Span(start, scanned.begins[last] + scanned.words[last].size)
    return Expression(
        span=span,
        surface=scanned.text[span.start : span.end],
        first_word=first,
        last_word=last,
        reading=reading,
        future=looks_ahead(scanned, at),
    )


def _when(reading: Reading, published: date | When | None, future: bool) -> tuple[When | None, str]:
    """Reckon the days for the article's day, or for both ends of the interval that holds it."""
    try:
        if not isinstance(published, When):
            now = None if published is None else Moment(published, future)
            answer = _resolve(reading, now)
            return _interval(answer), answer.why if answer else "no days can be told"
        early = _resolve(reading, Moment(published.first, future))
        late = _resolve(reading, Moment(published.last, future))
    except NoReferenceError:
        return None, "it counts from the article's day, and the article has no date"
    except (OverflowError, ValueError) as error:
        return None, f"no such days: {error}"
    if early is None or late is None:
        return None, "no days can be told"
    if published.first == published.last or early[:3] == late[:3]:
        return _interval(late), late.why
    why = (
        f"{late.why}; the article's day is only known to lie {published.first} to {published.last}"
    )
    days = (min(early.first, late.first), max(early.last, late.last))
    return When(first=days[0], last=days[1], basis=DateBasis.INFERRED, why=(why,)), why


def _resolve(reading: Reading, now: Moment | None) -> Answer | None:
    return RESOLVERS[reading.rule.means](reading.captures, reading.rule.settings, now)


def _check_rules() -> None:
    """Refuse a rule that means what nothing can reckon."""
    for of_word in rules().values():
        for rule in of_word:
            if rule.means not in RESOLVERS and rule.means != "nothing":
                raise ValueError(
                    f"date_words.toml: rule {rule.id} means {rule.means!r}; "
                    f"mend it to one of {', '.join(sorted(RESOLVERS))} or nothing"
                )


def _interval(answer: Answer | None) -> When | None:
    if answer is None:
        return None
    return When(first=answer.first, last=answer.last, basis=answer.basis, why=(answer.why,))
