"""The names in sentences of our own: each is found as what it is, and the traps hold none."""

import json
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

import gazetteer
from gazetteer.arabic import split_words, strip_proclitics
from gazetteer.geometry import distance_km
from gazetteer.place import PlaceKind, Toponym, ToponymKind
from gazetteer.show import mark_text

CASES = Path(__file__).parents[1] / "cases"


def load(name: str) -> dict[str, Any]:
    return tomllib.loads((CASES / name).read_text(encoding="utf-8"))


def told(toponym: Toponym) -> str:
    if toponym.kind in (ToponymKind.DEMONYM, ToponymKind.ORGANISATION):
        assert toponym.place is None
        return toponym.kind.value
    if toponym.place is None:
        return "ambiguous"
    if toponym.kind is ToponymKind.ANAPHOR:
        return f"anaphor {toponym.place.id}"
    return toponym.place.id


@pytest.mark.parametrize("case", load("names.toml")["case"], ids=lambda case: case["text"])
def test_a_sentence_holds_these_names_and_no_others(case: dict[str, Any]) -> None:
    text = case["text"]
    toponyms = gazetteer.read_toponyms(text)
    assert [[t.surface, told(t)] for t in toponyms] == case["finds"]
    for toponym in toponyms:
        assert text[toponym.start : toponym.end] == toponym.surface
        assert toponym.why, "a decision without a reason"
        assert 0 <= toponym.confidence <= 1
        assert toponym.geo_precision in (1, 2, 3)


@pytest.mark.parametrize("text", load("names_traps.toml")["traps"]["texts"])
def test_a_trap_holds_no_place(text: str) -> None:
    assert [told(t) for t in gazetteer.read_toponyms(text) if t.place or t.candidates] == []
    assert gazetteer.default_gazetteer().find(text) == []


def test_there_are_two_hundred_cases_and_a_third_are_traps() -> None:
    cases = len(load("names.toml")["case"])
    traps = len(load("names_traps.toml")["traps"]["texts"])
    assert cases + traps >= 200
    assert traps / (cases + traps) >= 1 / 3


def test_find_gives_what_a_computed_place_is_reckoned_from() -> None:
    text = "على بعد 45 كيلومترا جنوب شرق دير الزور."
    found = gazetteer.default_gazetteer().find(text)
    assert [(f.surface, f.candidates[0].place.id) for f in found] == [
        ("دير الزور", "sy-deir-ez-zor")
    ]


def test_a_computed_place_lies_where_the_text_says() -> None:
    (toponym,) = gazetteer.read_toponyms("على بعد 45 كيلومترا جنوب شرق دير الزور.")
    mayadin = gazetteer.default_gazetteer()["sy-mayadin"]
    place = toponym.place
    assert place is not None
    assert toponym.kind is ToponymKind.RELATIVE
    apart = distance_km(place.lat, place.lon, mayadin.lat, mayadin.lon)
    assert apart <= place.radius_km
    assert place.name_en == "45 km south-east of Deir ez-Zor"


def test_a_name_without_context_stays_ambiguous_with_all_its_candidates() -> None:
    toponyms = gazetteer.read_toponyms("وصلوا إلى قرية الصالحية.")
    assert [t.place for t in toponyms] == [None]
    assert len(toponyms[0].candidates) > 1


def test_the_places_around_a_name_tell_which_one_is_meant() -> None:
    (_, name) = gazetteer.read_toponyms("من البوكمال وصلوا إلى قرية الصالحية.")
    assert name.place is not None
    assert name.place.id.startswith("sy-")
    assert abs(name.place.lon - 40.75) < 0.2


def test_marked_text_shows_id_and_confidence_and_keeps_the_rest() -> None:
    marked = mark_text("انسحب التنظيم من تلعفر أمس.")
    assert marked.startswith("انسحب التنظيم من [تلعفر|iq-tal-afar ")
    assert marked.endswith("] أمس.")


def test_names_are_found_through_tashkeel_tatweel_and_bidi_marks() -> None:
    text = "في الرَّقّة\u200f وبالمـوصـل"
    found = gazetteer.default_gazetteer().find(text)
    assert [f.candidates[0].place.id for f in found] == ["sy-raqqa", "iq-mosul"]
    assert [f.surface for f in found] == ["الرَّقّة", "المـوصـل"]


@pytest.mark.parametrize("text", ["في قضاء الحويجة.", "في منطقة القائم.", "في ناحية العلم."])
def test_a_district_or_area_is_no_exact_spot(text: str) -> None:
    (toponym,) = gazetteer.read_toponyms(text)
    assert toponym.geo_precision >= 2


def test_hand_kept_villages_that_are_frequent_words_need_a_cue() -> None:
    """Find the words of our own texts that name only small places and stand in no gold place."""
    root = Path(__file__).parents[2]
    gold = {
        word
        for path in sorted((root / "tests/corpus").glob("*events.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
        for word in split_words(json.loads(line).get("place_ar") or "")
    }
    words = Counter[str]()
    for folder in ("dashboard/sample/articles", "tests/corpus/articles"):
        for path in sorted((root / folder).glob("*.txt")):
            for word in split_words(path.read_text(encoding="utf-8")):
                words.update({word, *(rest for rest, _ in strip_proclitics(word))})
    assert words["المدينه"] >= 3, "the texts are not there, or not read"
    names = gazetteer.default_gazetteer().names
    strong = [
        (word, entry.place.id)
        for word, count in words.items()
        if count >= 2 and word not in gold | NO_WORDS
        for entry in names.entries.get(word, ())
        if entry.vouches and entry.place.kind in SMALL and not (entry.weak or entry.needs)
    ]
    assert not strong, "mark these names weak, or show that they are no ordinary words"


SMALL = (PlaceKind.VILLAGE, PlaceKind.NEIGHBOURHOOD, PlaceKind.SITE, PlaceKind.STATION)
NO_WORDS = {"رطله"}  # named in passing in our texts, and nothing but a village
