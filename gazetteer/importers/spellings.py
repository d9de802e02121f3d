"""Sort the names of foreign gazetteers: which are Arabic, and which of those is the usual one."""

import re
from collections.abc import Iterable

from gazetteer.arabic import ARTICLE, fold_name, foreign_letters
from gazetteer.names import has_arabic

# What the consonants of Arabic become in Latin letters; vowels and weak letters fall away.
_LATIN = {
    **{"ب": "b", "ت": "t", "ث": "t", "ج": "j", "ح": "h", "خ": "k", "د": "d", "ذ": "d", "ر": "r"},
    **{"ز": "z", "س": "s", "ش": "s", "ص": "s", "ض": "d", "ط": "t", "ظ": "z", "غ": "g", "ف": "f"},
    **{"ق": "k", "ك": "k", "ل": "l", "م": "m", "ن": "n"},
}
_ALIKE = str.maketrans({"q": "k", "c": "k", "x": "k", "p": "b", "v": "f", "h": None, "g": "j"})


def is_arabic(name: str) -> bool:
    """Tell whether a name is written in the letters of Arabic, not of Persian, Kurdish or Urdu."""
    return has_arabic(name) and not re.search(r"[A-Za-z|]", name) and not foreign_letters(name)


def sort_arabic(names: Iterable[str], latin: str) -> list[str]:
    """Give the Arabic ones of names, the one most like the Latin name first, none twice."""
    kept: dict[str, str] = {}
    for name in names:
        key = fold_name(name)
        if is_arabic(name) and key and key not in kept:
            kept[key] = " ".join(name.split())
    return sorted(kept.values(), key=lambda name: -likeness(name, latin))


def likeness(arabic: str, latin: str) -> float:
    """Measure from 0 to 1 how well an Arabic name agrees with a Latin one in its consonants."""
    words = [word.removeprefix(ARTICLE) for word in fold_name(arabic).split(" ")]
    left = "".join(_LATIN.get(letter, "") for word in words for letter in word)
    bare = re.sub(r"\b(?:al|el|an|ar|as|ash|at|ad|az|ath)\b", " ", fold_name(latin))
    right = re.sub(r"[^a-z]|[aeiouyw]", "", bare).translate(_ALIKE)
    left = left.translate(_ALIKE)
    if not left or not right:
        return 0.0
    shared = 0
    rest = right
    for letter in left:
        at = rest.find(letter)
        if at >= 0:
            shared += 1
            rest = rest[at + 1 :]
    return 2 * shared / (len(left) + len(right))
