"""Find the names that are spelt nearly like one: loosely, by ear, with a letter wrong."""

from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise

from gazetteer.arabic import ARTICLE, likeness, loosen, skeletonise
from gazetteer.names import NEAR, Entry, NameIndex, has_arabic
from gazetteer.place import PlaceKind

_SKELETON = 4  # consonants below which a name spelt by ear is not guessed
_ALIKE = 0.8  # how alike, letter by letter, a guess by ear must be
_SEATS = frozenset({PlaceKind.CITY, PlaceKind.TOWN})
_LONGEST = 24  # letters above which a wrong letter is not looked for
# Letters that dialects and typists confuse, as one; only to find what is then compared.
_BY_EAR = str.maketrans("ضظذزثطصقغجحخ", "ددددتتسكككهه")
_CLASSES = ("دضظذز", "تثط", "سصث", "كقغج", "هحخ", "اعوي")
_DOTS = ("بتثني", "جحخ", "دذ", "رز", "سش", "صض", "طظ", "عغ", "فقغ")
_KEYS = ("ضصثقفغعهخحجد", "شسيبلاتنمكط", "ءرهوزظ")  # the rows of an Arabic keyboard
_VOWELS = "اويعءه"
_NONE = 9.0  # more wrong letters than are ever let pass
_WORSE = 0.25  # letters by which a reading may be worse than the best
# Up to how many letters of a name may be wrong, by its length; a likely slip counts as a part.
_ALLOWED = ((4, 0.6), (6, 0.8), (8, 1.0), (_LONGEST, 1.2))


class NearSpellings:
    """Indexes of all names by forms in which unlike spellings agree; built when first asked."""

    def __init__(self, names: NameIndex) -> None:
        self.names = names

    @cached_property
    def loose(self) -> dict[str, list[Entry]]:
        """Entries by loosened key, for names that nobody listed so."""
        loose: dict[str, list[Entry]] = {}
        for key, entries in self.names.entries.items():
            loose.setdefault(loosen(key), []).extend(entries)
        return loose

    @cached_property
    def by_word(self) -> dict[str, list[str]]:
        """Keys of several words by each loosened word, for names that are told in part."""
        by_word: dict[str, list[str]] = {}
        for key in self.names.entries:
            if " " in key and has_arabic(key):
                for word in {loosen(word) for word in key.split(" ")}:
                    by_word.setdefault(word, []).append(key)
        return by_word

    @cached_property
    def _skeletons(self) -> dict[str, list[str]]:
        skeletons: dict[str, list[str]] = {}
        for key in self.names.entries:
            if has_arabic(key):
                skeletons.setdefault(skeletonise(key), []).append(key)
        return skeletons

    @cached_property
    def _left_out(self) -> dict[str, list[str]]:
        """Keys of the region by their forms with no or one letter left out, written by ear."""
        left_out: dict[str, list[str]] = {}
        for key, entries in self.names.entries.items():
            if has_arabic(key) and any(entry.place.id[:2] in NEAR for entry in entries):
                form = _join(key)
                if _ALLOWED[0][0] <= len(form) <= _LONGEST:
                    for variant in _variants(form):
                        left_out.setdefault(variant, []).append(key)
        return left_out

    def sounding_like(self, key: str) -> Iterator[tuple[str, float]]:
        """Give the keys with the same consonants that differ in few letters, and how alike."""
        skeleton = skeletonise(key)
        if len(skeleton) < _SKELETON:
            return
        for other in self._skeletons.get(skeleton, ()):
            alike = likeness(key, other)
            if alike >= _ALIKE:
                yield other, alike

    def misspelt(self, key: str) -> list[tuple[str, float]]:
        """Give the keys that differ by a letter left out, added, doubled, swapped or confused.

        The second value is how many letters are wrong, a likely slip counting as a part of one;
        those much worse than the best are left out.
        """
        form = _join(key)
        if not _ALLOWED[0][0] <= len(form) <= _LONGEST:
            return []
        found: dict[str, float] = {}
        for variant in _variants(form):
            for other in self._left_out.get(variant, ()):
                if other not in found:
                    known = _join(other)
                    shorter = min(len(form), len(known))
                    allowed = next(most for length, most in _ALLOWED if shorter <= length)
                    cost = slips(form, known)
                    found[other] = cost if cost <= allowed else _NONE
        best = min(found.values(), default=_NONE)
        return [(o, c) for o, c in found.items() if c <= best + _WORSE and c < _NONE]

    def longer_names(self, key: str, generic: frozenset[str]) -> list[str]:
        """Give the keys with all words of a name and one more, which says what or where it is.

        "التنف" is part of "معبر التنف", "الجسر المعلق" of "جسر الميادين المعلق".
        `generic` are the words that say what a place is; a name of such words only gives none.
        """
        words = [loosen(word) for word in key.split(" ")]
        telling = [w for w, word in zip(words, key.split(" "), strict=True) if word not in generic]
        if not any(len(word) >= 3 for word in telling):
            return []
        generic_too = len(telling) < len(words)
        found = []
        rarest = min(telling, key=lambda word: len(self.by_word.get(word, ())))
        for other in self.by_word.get(rarest, ()):
            others = [loosen(word) for word in other.split(" ")]
            extra = set(others) - set(words)
            if len(others) == len(words) + 1 and len(extra) == 1 and set(words) < set(others):
                word = other.split(" ")[others.index(extra.pop())]
                seat = generic_too and any(
                    entry.place.kind in _SEATS for entry in self.names.entries.get(word, ())
                )
                if word in generic or seat:
                    found.append(other)
        return found


def slips(one: str, other: str) -> float:
    """Count the letters that differ between two joined names, a likely slip as a part of one.

    An edit distance with exchanges of neighbours (optimal string alignment), its costs by hand.
    """
    above: list[float] = []
    row = [0.0]
    for number, letter in enumerate(other):
        row.append(row[-1] + _gap(letter, other[number - 1] if number else ""))
    for i, letter in enumerate(one):
        before = one[i - 1] if i else ""
        last, row, above_last = row, [row[0] + _gap(letter, before)], above
        above = last
        for j, known in enumerate(other):
            previous = other[j - 1] if j else ""
            best = min(
                last[j] + _exchange(letter, known),
                last[j + 1] + _gap(letter, before),
                row[j] + _gap(known, previous),
            )
            if i and j and letter == previous and before == known:
                best = min(best, above_last[j - 1] + 0.6)
            row.append(best)
    return row[-1]


def _gap(letter: str, before: str) -> float:
    if letter == before:
        return 0.3
    return 0.5 if letter in _VOWELS else 0.8


def _exchange(letter: str, known: str) -> float:
    if letter == known:
        return 0.0
    if any(letter in group and known in group for group in _CLASSES):
        return 0.4
    if any(letter in group and known in group for group in _DOTS):
        return 0.6
    return 0.7 if any(letter + known in row or known + letter in row for row in _KEYS) else 1.0


def _join(key: str) -> str:
    """Join the words of a folded name without articles, with one letter for its final vowel."""
    words = []
    for word in key.split(" "):
        words.append(word[len(ARTICLE) :] if word.startswith(ARTICLE) and len(word) > 4 else word)
    joined = "".join(words).replace("ء", "")
    if len(joined) > 3 and joined[-1] in "ايه":
        joined = joined[:-1] + "ه"
    return joined[:1] + "".join(b for a, b in pairwise(joined) if a != b)


def _variants(form: str) -> set[str]:
    """Give a joined name, and it with each letter left out, its confused letters as one."""
    form = form.translate(_BY_EAR)
    return {form, *(form[:n] + form[n + 1 :] for n in range(len(form)))}
