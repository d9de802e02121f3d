"""The visible strings stand in both languages and are used."""

import ast
import re
from datetime import date
from pathlib import Path

import pytest

from dashboard.model import DateBasis, Modality, When
from dashboard.ui.words import WordsError, day_words, load_words, when_words, word
from gazetteer.place import PlaceKind

UI = Path(__file__).parents[2] / "dashboard/ui"
ARABIC = re.compile("[\u0600-\u06ff]")


@pytest.mark.parametrize("key", load_words())
def test_a_string_is_arabic_in_arabic_and_not_in_english(key: str) -> None:
    texts = load_words()[key]
    if key.startswith("page.language_") or not any(c.isalpha() for c in texts["en"]):
        return
    assert ARABIC.search(texts["ar"])
    assert not ARABIC.search(texts["en"].replace("أ and ا", ""))


@pytest.mark.parametrize("key", load_words())
def test_both_languages_fill_in_the_same_values(key: str) -> None:
    texts = load_words()[key]
    braces = {lang: set(re.findall(r"\{(\w+)\}", text)) for lang, text in texts.items()}
    assert braces["en"] == braces["ar"]


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
