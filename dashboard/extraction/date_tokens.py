"""Cut a text into words of time, fast: each distinct word is looked at once and remembered."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import Any, NamedTuple

from gazetteer.arabic import ARTICLE, TO_THE, fold

DATA = Path(__file__).with_name("date_words.toml")
MEMO_LIMIT = 50_000  # entries; then the memo begins anew, lest it grow with the articles
# Marks that stand inside an Arabic word: vowel signs, tatweel, joiners and direction controls.
_MARKS = "\u0610-\u061a\u064b-\u065f\u0670\u0640\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff"
_ARABIC = f"\u0620-\u064a\u066e-\u06d3\u06fa-\u06ff\ufb50-\ufdff\ufe70-\ufefc{_MARKS}"
# One alternative fits at each character, so the scan never goes back: linear in the text.
PIECES = re.compile(
    f"(?:[A-Za-z][A-Za-z0-9]*|[0-9\u0660-\u0669\u06f0-\u06f9]+|[{_ARABIC}]+|\\s|.)\\s*", re.DOTALL
)
_MARK = re.compile(f"[{_MARKS}]")


class Form(NamedTuple):
    """One way to read a word: without `clitic`, `skip` characters of the surface further on."""

    word: str
    clitic: str
    skip: int


class Word(NamedTuple):
    """A piece of text: a word, a run of digits or a sign, with the blanks behind it.

    `size` and `full` are its lengths in characters without and with those blanks; `forms` its
    readings, the whole word first; `digits` its value where it is a number; `keys` by what it is
    looked up; each bit of `mask` is an element of the patterns that it can begin.
    """

    text: str
    size: int
    full: int
    forms: tuple[Form, ...]
    digits: int | None
    keys: tuple[str, ...]
    mask: int
    starts: bool
    new_line: bool


def fold_word(surface: str) -> str:
    """Fold the spelling of one word or of a few, keeping apart what folding would make one."""
    bare = _MARK.sub("", surface)
    if not any(character.isalnum() for character in bare):
        return bare or surface
    if any(word in bare for word in date_data()["unfolded"]):
        return " ".join(_fold_but_kept(part) for part in bare.split())
    return fold(bare)


def _fold_but_kept(part: str) -> str:
    for word in date_data()["unfolded"]:
        if part.endswith(word) and len(part) <= len(word) + 2:  # with a prefix or two
            return part.removesuffix(word) + str(word)
    return fold(part)


@cache
def date_data() -> Mapping[str, Any]:
    """Load the words and rules of time; raise ValueError naming the file where it is no TOML."""
    try:
        return tomllib.loads(DATA.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{DATA.name}: {error}; mend the TOML at that line") from error


class Memo(dict[str, Word]):
    """Every distinct piece of text read once; `starts` says whether an expression can begin so."""

    def __init__(self, first: frozenset[str], masks: Mapping[str, int]) -> None:
        super().__init__()
        self._first = first
        self._masks = masks
        found = date_data()["proclitics"]
        self._proclitics = tuple(
            sorted(((fold_word(p), p) for p in found), key=lambda p: -len(p[0]))
        )

    def __missing__(self, piece: str) -> Word:
        """Read a piece that was not met before."""
        if len(self) > MEMO_LIMIT:
            self.clear()
        text = piece.rstrip()
        bare = _MARK.sub("", text)
        digits = int(bare) if bare.isdecimal() and len(bare) <= 8 else None
        if digits is not None or not bare:
            forms: tuple[Form, ...] = (Form(bare or text, "", 0),)
        else:
            forms = self._forms(text, fold_word(text))
        keys = _keys(digits, len(text), forms)
        mask = 0
        for key in keys:
            mask |= self._masks.get(key, 0)
        starts = any(key in self._first for key in keys)
        word = Word(text, len(text), len(piece), forms, digits, keys, mask, starts, "\n" in piece)
        self[piece] = word
        return word

    def _forms(self, surface: str, folded: str) -> tuple[Form, ...]:
        forms = [Form(folded, "", 0)]
        for clitic, _ in self._proclitics:
            if len(folded) < len(clitic) + 2 or not folded.startswith(clitic):
                continue
            rest, kept = folded[len(clitic) :], len(clitic)
            if clitic.endswith(ARTICLE):  # the article belongs to the word behind it
                rest, kept = ARTICLE + rest, len(clitic) - 2
            elif clitic.endswith(TO_THE):
                rest, kept = ARTICLE + rest, len(clitic) - 1
            forms.append(Form(rest, clitic[:kept] or clitic, _skip(surface, kept)))
        return tuple(forms)


def _keys(value: int | None, size: int, forms: tuple[Form, ...]) -> tuple[str, ...]:
    """List by what a word is looked up: its readings, or what its figures can be."""
    if value is None:
        return tuple(form.word for form in forms)
    keys = ["#figures"] if size <= 4 else []
    keys += ["#day"] if 1 <= value <= 31 else []
    keys += ["#count"] if 1 <= value <= 999 else []
    keys += ["#year"] if size == 4 and 1000 <= value <= 2100 else []
    return tuple(keys)


def _skip(surface: str, letters: int) -> int:
    """Count the characters of a surface that hold its first letters and their marks."""
    at = 0
    for at, character in enumerate(surface):
        if _MARK.match(character):
            continue
        if letters == 0:
            return at
        letters -= 1
    return at


class Scan(NamedTuple):
    """A text as words, and where each begins."""

    text: str
    words: list[Word]
    begins: list[int]
    starts: list[int]


def scan_text(text: str, memo: Memo) -> Scan:
    """Cut a text into words and list those with which an expression can begin."""
    words = [memo[piece] for piece in PIECES.findall(text)]
    starts = [at for at, word in enumerate(words) if word.starts]
    begins = list(accumulate((word.full for word in words), initial=0)) if starts else []
    return Scan(text, words, begins, starts)
