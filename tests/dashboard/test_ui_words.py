"""The visible strings stand in both languages and are used."""

import ast
import re
from datetime import date
from pathlib import Path

import pytest

from dashboard.model import DateBasis, Modality, When
from dashboard.ui.words import LANGUAGES, WordsError, day_words, load_words, when_words, word
from gazetteer.place import PlaceKind

UI = Path(__file__).parents[2] / "dashboard/ui"
ARABIC = re.compile("[\u0600-\u06ff]")


def texts_of(key: str, lang: str) -> list[str]:
    """Give a string in a language, or all its forms by number."""
    text = load_words()[key][lang]
    return list(text.values()) if isinstance(text, dict) else [text]


@pytest.mark.parametrize("key", load_words())
def test_a_string_is_arabic_in_arabic_and_not_in_english(key: str) -> None:
    english = texts_of(key, "en")
    if key.startswith("page.language_") or not any(c.isalpha() for c in english[0]):
        return
    assert all(ARABIC.search(text) for text in texts_of(key, "ar"))
    assert not any(ARABIC.search(text.replace("أ and ا", "")) for text in english)


@pytest.mark.parametrize("key", load_words())
def test_both_languages_fill_in_the_same_values(key: str) -> None:
    braces = {
        lang: set(re.findall(r"\{(\w+)\}", " ".join(texts_of(key, lang)))) for lang in LANGUAGES
    }
    assert braces["en"] == braces["ar"]


@pytest.mark.parametrize(
    ("n", "words"),
    [
        (0, "لا مقالات"), (1, "مقال واحد"), (2, "مقالان"), (3, "3 مقالات"), (10, "10 مقالات"),
        (11, "11 مقالًا"), (99, "99 مقالًا"), (100, "100 مقال"), (1103, "1,103 مقالات"),
    ],
)  # fmt: skip
def test_what_is_counted_takes_the_form_of_its_number(n: int, words: str) -> None:
    assert word("page.articles", "ar", n=n) == words
    assert word("page.articles", "en", n=n) == f"{n:,} article{'' if n == 1 else 's'}"


def test_every_string_that_the_page_asks_for_is_there() -> None:
    asked = set()
    for path in [*UI.glob("*.py"), UI.parent / "app.py"]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id == "word"
                and isinstance(node.args[0], ast.Constant)
            ):
                asked.add(node.args[0].value)
    assert asked
    assert asked <= set(load_words())


def test_every_value_of_the_codebook_has_words() -> None:
    words = load_words()
    assert {f"kind.{kind}" for kind in PlaceKind} <= set(words)
    assert {f"modality.{modality}" for modality in Modality} <= set(words)
    assert {f"basis.{basis}" for basis in DateBasis} <= set(words)


def test_no_visible_arabic_stands_in_the_code() -> None:
    assert not [p.name for p in UI.glob("*.py") if ARABIC.search(p.read_text(encoding="utf-8"))]


def test_a_string_that_is_not_there_is_named() -> None:
    with pytest.raises(WordsError, match=r"no 'page.nonsense' in 'en'"):
        word("page.nonsense", "en")


def test_days_are_written_as_each_language_does() -> None:
    assert day_words(date(2017, 6, 6), "en") == "6 June 2017"
    assert day_words(date(2017, 6, 6), "ar") == "6 حزيران 2017"


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2017, 6, 6), date(2017, 6, 6), "6 June 2017"),
        (date(2014, 1, 1), date(2014, 12, 31), "2014"),
        (date(2017, 10, 3), date(2017, 10, 5), "3–5 Oct 2017"),
        (date(2013, 1, 1), date(2014, 12, 31), "2013–2014"),
        (date(2017, 6, 6), date(2017, 7, 10), "6 Jun\u2009–\u200910 Jul 2017"),
    ],
)
def test_an_interval_is_written_as_shortly_as_its_days_allow(
    first: date, last: date, words: str
) -> None:
    assert when_words(When(first=first, last=last, basis=DateBasis.EXPLICIT), "en") == words


def test_an_unknown_day_is_said_to_be_unknown() -> None:
    assert when_words(None, "en") == "day not known"
