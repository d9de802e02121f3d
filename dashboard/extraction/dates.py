"""Find the time expressions of a text and reckon the days that each means."""

from datetime import date
from functools import cache

from dashboard.extraction.date_cues import is_vouched, looks_ahead, trim
from dashboard.extraction.date_grammar import Reading, read_at, rules
from dashboard.extraction.date_named import NAMED
from dashboard.extraction.date_resolve import RELATIVE, Answer, Moment, NoReferenceError
from dashboard.extraction.date_tokens import Memo, Scan, scan_text
from dashboard.model import DateBasis, DateMention, Span, When

RESOLVERS = {**RELATIVE, **NAMED}


def find_dates(text: str, *, published: date | When | None) -> list[DateMention]:
    """Find all time expressions of a text, in its order, none within another.

    `published` is the article's day, an interval that holds it, or None. An interval gives
    intervals with basis inferred; without it what counts from the article's day has `when` None
    and says why, while what is named in full is resolved. Spans are in characters, half-open.
    The text is read once; what is tried at a word is bounded by the longest pattern.
    """
    scan = scan_text(text, _memo())
    mentions: list[DateMention] = []
    end = 0
    for at in scan.starts:
        if at < end:
            continue
        reading = read_at(scan, at)
        if reading is None or not is_vouched(scan, at, reading):
            continue
        end = reading.end
        if reading.rule.means != "nothing":
            mentions.append(_mention(scan, at, reading, published))
    return mentions


@cache
def _memo() -> Memo:
    _check_rules()
    return Memo(frozenset(rules()))


def _mention(scan: Scan, at: int, reading: Reading, published: date | When | None) -> DateMention:
    first, last = trim(scan, at, reading)
    start = scan.begins[first] + (reading.skip if first == at else 0)
    span = Span(start, scan.begins[last] + scan.words[last].size)
    surface = scan.text[span.start : span.end]
    when, why = _when(reading, published, looks_ahead(scan, at))
    return DateMention(span=span, surface=surface, when=when, why=(f"{reading.rule.id}: {why}",))


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
