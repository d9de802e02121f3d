"""Make the adjectives of countries, governorates and cities, so that none is taken for a place."""

from collections.abc import Iterator

from gazetteer.arabic import ARTICLE, fold_name
from gazetteer.names import NEAR, NameIndex, has_arabic
from gazetteer.place import PlaceKind

_ENDINGS = ("ي", "يه", "يون", "يين", "يان", "يتان", "يتين", "يات")
_CUT = ("يا", "ا", "ه", "ي")  # what a name loses before the ending: سوريا, الرقة, ديالى
_STEM = 3  # letters that must be left: "حلب", "حمص"
_PLACES = (PlaceKind.GOVERNORATE, PlaceKind.CITY)


def demonym_forms(adjective: str) -> Iterator[str]:
    """Give the folded forms of an adjective in -i: gender, number, with and without article."""
    stem = fold_name(adjective).removesuffix("ي")
    for ending in _ENDINGS:
        yield stem + ending
        yield ARTICLE + stem + ending


def country_demonyms(adjectives: dict[str, tuple[str, ...]]) -> dict[str, str]:
    """Give all forms of the adjectives of countries, with the code of the country each means."""
    forms: dict[str, str] = {}
    for code, words in adjectives.items():
        for word in words:
            if word.endswith("!"):
                plural = fold_name(word)
                forms[plural] = forms[ARTICLE + plural] = code
            else:
                forms.update(dict.fromkeys(demonym_forms(word), code))
    return forms


def place_demonyms(names: NameIndex) -> set[str]:
    """Give the adjectives of the governorates and cities kept by hand, by rule: الموصل, موصلي."""
    forms: set[str] = set()
    for place in names.places.values():
        if place.kind not in _PLACES or place.id[:2] not in NEAR or place.id in names.imported:
            continue
        key = fold_name(place.name)
        if " " in key or not has_arabic(key):
            continue
        stem = key.removeprefix(ARTICLE)
        for cut in _CUT:
            if stem.endswith(cut) and len(stem) - len(cut) >= _STEM:
                stem = stem.removesuffix(cut)
                break
        if len(stem) >= _STEM and stem + "ي" not in names.words.lists["ordinary.adjectives"]:
            forms.update(demonym_forms(stem + "ي"))
    return {form for form in forms if form not in names.entries}
