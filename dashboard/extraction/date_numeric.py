"""Read dates in figures: 27/10/2017, 2017.10.27, 2017-10-27, 27-10-17, and days without a year."""

from dashboard.extraction.date_lexicon import Match
from dashboard.extraction.date_tokens import Scan, Word

SEPARATORS = frozenset({"/", "-", ".", "–", "\\"})


def pack(year: int, month: int, day: int) -> int:
    """Keep a date in one number; a year of 0 is not told."""
    return year * 10_000 + month * 100 + day


def unpack(value: int) -> tuple[int, int, int]:
    """Give back year, month, day."""
    return value // 10_000, value // 100 % 100, value % 100


def numeric(scan: Scan, at: int, clitic: str | None) -> Match | None:
    """Read three figures with one separator that can only be a day: two ways of writing it."""
    if clitic or _follows_figure(scan, at):
        return None
    figures = _figures(scan.words, at)
    if figures is None or len(figures[0]) != 3:
        return None
    (a, b, c), end = figures
    first, second, third = a.digits or 0, b.digits or 0, c.digits or 0
    if a.size == 4 and 1 <= second <= 12 and 1 <= third <= 31:
        return Match(end, pack(first, second, third), 0)
    if a.size == 4 and 13 <= second <= 31 and 1 <= third <= 12:
        return Match(end, pack(first, third, second), 0)
    if c.size == 4:
        return _day_first(first, second, third, end)
    return None


def _day_first(day: int, month: int, year: int, end: int) -> Match | None:
    if not 1000 <= year <= 2100:
        return None
    if 1 <= day <= 31 and 1 <= month <= 12:
        return Match(end, pack(year, month, day), 0)
    if 1 <= month <= 31 and 1 <= day <= 12:
        return Match(end, pack(year, day, month), 0)
    return None


def two_figures(scan: Scan, at: int, clitic: str | None) -> Match | None:
    """Read three figures of two places, 18-9-15: which is the year is told by the article's day."""
    if clitic or _follows_figure(scan, at):
        return None
    figures = _figures(scan.words, at)
    if figures is None or len(figures[0]) != 3 or figures[0][2].size != 2:
        return None
    (a, b, c), end = figures
    first, second, third = a.digits or 0, b.digits or 0, c.digits or 0
    if a.size > 2 or b.size > 2 or not (1 <= first <= 31 and 1 <= second <= 31):
        return None
    return Match(end, pack(first, second, third), 0) if min(first, second) <= 12 else None


def short_numeric(scan: Scan, at: int, clitic: str | None) -> Match | None:
    """Read day and month in figures, 22/04 or 4/22; the pattern around it must vouch for it."""
    if clitic or _follows_figure(scan, at):
        return None
    figures = _figures(scan.words, at)
    if figures is None or len(figures[0]) != 2:
        return None
    (a, b), end = figures
    first, second = a.digits or 0, b.digits or 0
    if a.size > 2 or b.size > 2:
        return None
    if 1 <= first <= 31 and 1 <= second <= 12:
        return Match(end, pack(0, second, first), 0)
    if 1 <= first <= 12 and 1 <= second <= 31:
        return Match(end, pack(0, first, second), 0)
    return None


def _figures(words: list[Word], at: int) -> tuple[list[Word], int] | None:
    """Collect figures joined by one and the same separator, at most four of them."""
    if words[at].digits is None:
        return None
    found, sign, end = [words[at]], "", at + 1
    while end + 1 < len(words) and len(found) < 4:
        separator, figure = words[end], words[end + 1]
        if separator.text not in SEPARATORS or figure.digits is None:
            break
        if sign and separator.text != sign:
            break
        spaced = words[end - 1].full > words[end - 1].size or separator.full > separator.size
        if spaced and separator.text != "/":
            break
        sign = separator.text
        found.append(figure)
        end += 2
    return found, end


def _follows_figure(scan: Scan, at: int) -> bool:
    """Tell whether more of a longer figure stands before: +963-11-2017."""
    if at == 0:
        return False
    before = scan.words[at - 1]
    touches = before.full == before.size
    return touches and (
        (before.text in SEPARATORS and at > 1 and scan.words[at - 2].digits is not None)
        or before.text in "+:"
        or (before.text[0].isascii() and before.text[0].isalnum())
    )
