"""Fold the spellings of Arabic (and Latin) names to one form, and cut text into words."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

# What a letter folds to.  Tashkeel, tatweel and bidi controls fold to nothing.
_LETTERS = {
    **dict.fromkeys("أإآٱٲٳٵ", "ا"),
    **dict.fromkeys("ىیېۍے", "ي"),
    **dict.fromkeys("ةۃەہھۀ", "ه"),
    **dict.fromkeys("ؤۆۇۈٶ", "و"),
    "ئ": "ي",
    **dict.fromkeys("کڪ", "ك"),
    **dict.fromkeys("ڤ", "ف"),
    **dict.fromkeys("گڭ", "ك"),
    **dict.fromkeys("پ", "ب"),
    **dict.fromkeys("چ", "ج"),
}
_NOTHING = (
    *(*range(0x0610, 0x061B), 0x0640, *range(0x064B, 0x0660), 0x0670, *range(0x06D6, 0x06DD)),
    *(*range(0x06DF, 0x06E5), 0x06E7, 0x06E8, *range(0x06EA, 0x06EE), 0x061C, 0x00AD, 0xFEFF),
    *(*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A)),
)
# The letters ayn and hamza of Latin transliterations: ' ` and six curly signs.
_QUOTES = "'`\u2019\u2018\u02bf\u02be\u02bc\u02bb"


def _fold_table() -> dict[int, str | None]:
    table: dict[int, str | None] = {ord(letter): to for letter, to in _LETTERS.items()}
    for code in (*range(0x41, 0x5B), *range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        flat = unicodedata.normalize("NFKD", chr(code).lower())
        table[code] = "".join(letter for letter in flat if not unicodedata.combining(letter))
    for code in (*range(0xFB50, 0xFE00), *range(0xFE70, 0xFEFD)):  # presentation forms
        flat = unicodedata.normalize("NFKC", chr(code))
        if flat != chr(code):
            table[code] = flat
    for code in (*range(0x0660, 0x066A), *range(0x06F0, 0x06FA)):
        table[code] = str(unicodedata.digit(chr(code)))
    table[0x131] = "i"  # the Turkish i without a dot
    table[0xA0] = " "
    combining = range(0x0300, 0x0370)  # accents of Latin text that came decomposed
    table.update(dict.fromkeys((*_NOTHING, *combining, *map(ord, _QUOTES))))
    # A presentation form can stand for a letter that folds further.
    for code, to in table.items():
        if to is not None and len(to) and to != chr(code):
            table[code] = "".join(
                step if (step := table.get(ord(letter), letter)) is not None else ""
                for letter in to
            )
    return table


_TABLE = _fold_table()
_MARKS = "".join(map(chr, _NOTHING)) + "".join(map(chr, range(0x0300, 0x0370)))
_FINAL = "".join(mark for mark in _MARKS if unicodedata.category(mark) != "Cf")  # no controls
_WORD = re.compile(rf"[^\W_](?:[\w{re.escape(_MARKS + _QUOTES)}]*[\w{re.escape(_FINAL)}])?")

# Particles that are written together with the next word, as they fold.
PROCLITICS = ("و", "ف", "ب", "ل", "ك", "وب", "ول", "وك", "فب", "فل")
ARTICLE = "ال"
TO_THE = "لل"  # the particle l- and the article, contracted
AND = "و"
TO = "ل"
IN = "ب"


def fold(text: str) -> str:
    """Fold the spellings of a text to one form, so that equal names compare equal.

    Arabic: no tashkeel, tatweel or bidi controls; one form each of alef, ya, ta marbuta, waw and
    kaf; Arabic-Indic digits become Latin ones. Latin: lower case without accents.
    """
    return text.translate(_TABLE)


def fold_with_offsets(text: str) -> tuple[str, Sequence[int]]:
    """Fold a text; also give for each folded character, and for the end, its place in `text`."""
    folded = text.translate(_TABLE)
    if len(folded) == len(text) and not any(map(_moves, set(text))):
        return folded, range(len(text) + 1)
    offsets: list[int] = []
    for position, letter in enumerate(text):
        to = _TABLE.get(ord(letter), letter)
        offsets.extend([position] * len(to or ""))
    offsets.append(len(text))
    return folded, offsets


def _moves(letter: str) -> bool:
    to = _TABLE.get(ord(letter), letter)
    return to is None or len(to) != 1


def find_words(text: str) -> Iterator[tuple[int, int]]:
    """Find the words of a text: half-open offsets of runs of letters, digits and their marks."""
    for match in _WORD.finditer(text):
        yield match.span()


def split_words(text: str) -> tuple[str, ...]:
    """Cut a text into its folded words."""
    return tuple(word for match in _WORD.findall(text) if (word := fold(match)))


def fold_name(name: str) -> str:
    """Fold a name to the key by which it is looked up: its folded words, one space between."""
    folded = fold(name)
    if folded.replace(" ", "").isalnum():  # most names: words and blanks only
        return " ".join(folded.split())
    return " ".join(split_words(name))


def loosen(key: str) -> str:
    """Loosen a folded name: no articles, no final h or a, no doubled letters, joined words.

    Two names with one loose key are likely, but not surely, the same name written twice.
    """
    words = []
    for word in key.split(" "):
        bare = word[len(ARTICLE) :] if word.startswith(ARTICLE) and len(word) > 4 else word
        bare = bare.replace("ء", "")
        if len(bare) > 3 and bare[-1] in "هاي":
            bare = bare[:-1]
        elif len(bare) == 3 and bare[-1] in "اي":
            bare = bare[:-1] + "ه"
        words.append(bare)
    return re.sub(r"(.)\1", r"\1", "".join(words))


# Letters that are mistaken for one another where a name came by way of Latin letters.
_CONFUSED = str.maketrans("صضطظذثقحخغ", "سدتدزتكهكك", "اويعءى")


def skeletonise(key: str) -> str:
    """Reduce a folded name to its bare consonants, for names spelt by ear; see `likeness`."""
    return loosen(key).translate(_CONFUSED)


def likeness(key: str, other: str) -> float:
    """Measure from 0 to 1 how alike two folded names are, letter by letter."""
    return SequenceMatcher(None, loosen(key), loosen(other), autojunk=False).ratio()


def strip_proclitics(word: str) -> Iterator[tuple[str, int]]:
    """Give the readings of a folded word without its proclitics, and how many letters went."""
    for clitic in PROCLITICS:
        if word.startswith(clitic) and len(word) >= len(clitic) + 2:
            yield word[len(clitic) :], len(clitic)
    for before in ("", AND, "ف"):
        if word.startswith(before + TO_THE) and len(word) >= len(before) + 5:
            yield ARTICLE + word[len(before) + 2 :], len(before) + 1


def skip_letters(surface: str, count: int) -> int:
    """Tell where in a word as written its first `count` folded letters, with their marks, end."""
    position = 0
    while position < len(surface) and count >= 0:
        width = len(_TABLE.get(ord(surface[position]), surface[position]) or "")
        if count == 0 and width:
            break
        count -= width
        position += 1
    return position


def foreign_letters(name: str) -> list[str]:
    """Give the letters of a name that Arabic does not use (a Persian ya looks like an Arabic one).

    Latin letters, digits and the signs between words are allowed: "محطة T2".
    """
    allowed = " -–()/.,\"'«»،ـ"
    return [
        letter
        for letter in name
        if not (letter.isascii() or letter in allowed or letter in _ARABIC_LETTERS)
        and letter not in _MARKS
    ]


_ARABIC_LETTERS = frozenset("ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهويى٠١٢٣٤٥٦٧٨٩ٱ")
