"""Look at the words beside an expression: whether they vouch for it or speak of the future."""

from functools import cache

from dashboard.extraction.date_grammar import Reading
from dashboard.extraction.date_lexicon import is_word
from dashboard.extraction.date_tokens import Scan, Word, date_data, fold_word

LOOK_BACK = 8
_STOPS = frozenset(".!?؟؛\u2026")
_EDGES = frozenset("،,.-/–|(")


@cache
def _cues(name: str) -> frozenset[str]:
    return frozenset(fold_word(word) for word in date_data()["cues"][name])


@cache
def _future() -> frozenset[str]:
    """List the words of the future: those told, and سـ before each verb told."""
    cues = date_data()["cues"]
    verbs = {
        fold_word(sign + verb) for verb in cues["future_verbs"] for sign in cues["future_signs"]
    }
    return _cues("future") | verbs


def _reads_as(word: Word, wanted: frozenset[str]) -> bool:
    return any(form.word in wanted for form in word.forms)


def looks_ahead(scan: Scan, at: int) -> bool:
    """Tell whether the words before, in the same sentence, speak of what is to come."""
    for back in range(at - 1, max(-1, at - 1 - LOOK_BACK), -1):
        word = scan.words[back]
        if word.text in _STOPS or word.new_line:
            return False
        if _reads_as(word, _future()):
            return True
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
    """Tell whether the word behind a number is what it counts: 2000 جندي, 2014 موقعا."""
    if at >= len(scan.words):
        return False
    word = scan.words[at]
    return word.text.endswith(("ًا", "اً")) or _reads_as(word, _cues("counted")) or word.text in "%٪$"


def trim(scan: Scan, at: int, reading: Reading) -> tuple[int, int]:
    """Cut prepositions in front and signs behind off an expression; first and last word."""
    first, last = at, reading.end - 1
    while first < last and any(is_word(scan.words[first], word) for word in _cues("trimmed")):
        first += 1
    while last > first and scan.words[last].text in _EDGES:
        last -= 1
    return first, last
