"""Look at the words beside an expression: whether they vouch for it or speak of the future."""

from functools import cache

from dashboard.extraction.date_grammar import Reading
from dashboard.extraction.date_rules import FUTURE, STOP
from dashboard.extraction.date_tokens import Scan, Word, date_data, fold_word

LOOK_BACK = 8
_EDGES = frozenset("،,.-/–|(")


@cache
def _cues(name: str) -> frozenset[str]:
    return frozenset(fold_word(word) for word in date_data()["cues"][name])


def _reads_as(word: Word, wanted: frozenset[str]) -> bool:
    return any(form.word in wanted for form in word.forms)


def looks_ahead(scan: Scan, at: int) -> bool:
    """Tell whether the words before, in the same sentence, speak of what is to come."""
    words = scan.words
    for back in range(at - 1, max(-1, at - 1 - LOOK_BACK), -1):
        word = words[back]
        if word.mask & FUTURE:
            return True
        if word.mask & STOP or word.new_line:
            return False
    return False


def is_vouched(scan: Scan, at: int, reading: Reading) -> bool:
    """Tell whether an expression that is only sometimes one is one here."""
    means = reading.rule.means
    if means == "year_vouched":
        return not _counts_things(scan, reading.end)
    if means == "figures_vouched":
        before = scan.words[at - 1] if at else None
        return (
            before is not None
            and (_reads_as(before, _cues("before_figures")) or looks_ahead(scan, at))
            and not _counts_things(scan, reading.end)
        )
    return True


def _counts_things(scan: Scan, at: int) -> bool:
    """Tell whether the word behind a number is what it counts, as in 2000 soldiers."""
    if at >= len(scan.words):
        return False
    word = scan.words[at]
    return (
        word.text.endswith(tuple(date_data()["cues"]["counted_endings"]))
        or _reads_as(word, _cues("counted"))
        or word.text in "%٪$"
    )


def trim(scan: Scan, at: int, reading: Reading) -> tuple[int, int]:
    """Cut prepositions in front and signs behind off an expression; first and last word."""
    first, last = at, reading.end - 1
    trimmed = _cues("trimmed")
    while first < last and scan.words[first].forms[0].word in trimmed:
        first += 1
    while last > first and scan.words[last].text in _EDGES:
        last -= 1
    return first, last
