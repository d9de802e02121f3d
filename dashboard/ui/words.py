"""The visible strings in English and Arabic, and days and numbers as each language writes them."""

import tomllib
from datetime import date
from functools import cache
from importlib.resources import files

from babel import Locale
from babel.dates import format_date, format_interval

from dashboard.model import When

LANGUAGES = ("en", "ar")
Text = str | dict[str, str]
"""A text, or its forms by number (CLDR's plural categories)."""

_LOCALE = {"en": "en_GB", "ar": "ar_SY"}  # ar_SY names the months as the Levant and Iraq do


class WordsError(ValueError):
    """A visible string that words.toml lacks, or has in one language only."""


@cache
def load_words() -> dict[str, dict[str, Text]]:
    """Read words.toml: `section.key` to the text in each language, or to its forms by number.

    Raises WordsError where a string is not there in every language, or lacks a form.
    """
    table = tomllib.loads(files("dashboard.ui").joinpath("words.toml").read_text(encoding="utf-8"))
    words: dict[str, dict[str, Text]] = {}
    for section, entries in table.items():
        for key, texts in entries.items():
            if set(texts) != set(LANGUAGES):
                raise WordsError(
                    f"words.toml: {section}.{key} stands in {sorted(texts)}; write it in en and ar"
                )
            for lang, text in texts.items():
                if isinstance(text, dict) and set(text) != forms(lang):
                    raise WordsError(
                        f"words.toml: {section}.{key} has in {lang} the forms {sorted(text)}; "
                        f"write {sorted(forms(lang))}"
                    )
            words[f"{section}.{key}"] = texts
    return words


def forms(lang: str) -> set[str]:
    """Give the forms by number that a language has (CLDR's plural categories)."""
    return set(Locale.parse(_LOCALE[lang]).plural_form.tags) | {"other"}


def word(key: str, lang: str, /, **values: object) -> str:
    """Give the string `section.key` in a language, its braces filled.

    A string that has forms is told in that of the number `n`, and with {n} written in its digits.
    Raises WordsError where there is none.
    """
    try:
        text = load_words()[key][lang]
    except KeyError as error:
        raise WordsError(f"words.toml has no {key!r} in {lang!r}; add it in both") from error
    if isinstance(text, dict):
        number = int(str(values["n"]))
        text = in_form(text, lang, number)
        values["n"] = f"{number:,}"
    return text.format(**values) if values else text


def in_form(text: Text, lang: str, number: int | None) -> str:
    """Give a text in the form of a number; one that has no forms is given as it is."""
    if isinstance(text, str):
        return text
    return text[Locale.parse(_LOCALE[lang]).plural_form(number or 0)]


def day_words(day: date, lang: str) -> str:
    """Write a day: 3 November 2017."""
    return str(format_date(day, format="d MMMM y", locale=_LOCALE[lang]))


def when_words(when: When | None, lang: str) -> str:
    """Write an interval as shortly as its days allow."""
    if when is None:
        return word("evidence.undated", lang)
    first, last = when.first, when.last
    if first == last:
        return day_words(first, lang)
    whole_years = first == date(first.year, 1, 1) and last == date(last.year, 12, 31)
    if whole_years:
        return str(first.year) if first.year == last.year else f"{first.year}–{last.year}"
    return str(format_interval(first, last, skeleton="yMMMd", locale=_LOCALE[lang]))
