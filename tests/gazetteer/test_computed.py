"""Computed places are named as an editor would name them, in both languages, and lie aright."""

import pytest

from gazetteer.geometry import distance_km
from gazetteer.load import default_gazetteer
from gazetteer.place import Place

NAMES = [
    ("على الحدود السورية العراقية", "الحدود السورية العراقية", "Iraq–Syria border"),
    ("على الحدود بين العراق وسوريا", "الحدود السورية العراقية", "Iraq–Syria border"),
    ("قرب الحدود الأردنية السورية", "الحدود السورية الأردنية", "Jordan–Syria border"),
    ("قصف ريف دير الزور الشرقي", "ريف دير الزور الشرقي", "Eastern countryside of Deir ez-Zor"),
    ("في الريف الشمالي لمحافظة الرقة", "ريف الرقة الشمالي", "Northern countryside of Raqqa"),
    ("في ريفي حماة وإدلب", "ريف حماة", "Countryside of Hama"),
    ("قصف ريف دمشق الشرقي", "ريف دمشق الشرقي", "Eastern countryside of Damascus"),
    ("في ريف الميادين", "ريف الميادين", "Countryside of Al-Mayadin"),
    ("غارات شرق الميادين", "شرق الميادين", "East of Al-Mayadin"),
    ("غارات شرقي دير الزور", "شرق دير الزور", "East of Deir ez-Zor"),
    ("في غرب العراق", "غرب العراق", "Western Iraq"),
    ("عملية غرب نهر الفرات", "غرب نهر الفرات", "West of the Euphrates river"),
    (
        "قصف الضفة الشرقية لنهر الفرات",
        "الضفة الشرقية لنهر الفرات",
        "East bank of the Euphrates river",
    ),
    ("على ضفاف نهر الفرات", "ضفاف نهر الفرات", "Banks of the Euphrates river"),
    (
        "غارات بين مدينتي الميادين والبوكمال",
        "بين مدينتي الميادين والبوكمال",
        "Between Al-Mayadin and Abu Kamal",
    ),
    (
        "على بعد 45 كيلومترا جنوب شرق تدمر",
        "على بعد 45 كيلومترا جنوب شرق تدمر",
        "45 km south-east of Palmyra",
    ),
    ("هجوم على بعد 20 كم من الرقة", "على بعد 20 كم من الرقة", "20 km from Raqqa"),
    (
        "على بعد 10 أميال شمال الموصل",
        "على بعد 10 أميال شمال الموصل",
        "16 km north of Mosul",
    ),
    ("على بعد 1.5 كم غرب الرقة", "على بعد 1.5 كم غرب الرقة", "1.5 km west of Raqqa"),
    ("شمال تكريت بنحو 2,5 كم", "شمال تكريت بنحو 2,5 كم", "2.5 km north of Tikrit"),
]


def computed(text: str) -> Place:
    """Give the first place of a text that no file holds."""
    found = [t.place for t in default_gazetteer().read(text) if t.place is not None]
    return next(place for place in found if place.id.startswith("~"))


@pytest.mark.parametrize(("text", "arabic", "english"), NAMES)
def test_a_computed_place_is_named_aright_in_both_languages(
    text: str, arabic: str, english: str
) -> None:
    place = computed(text)
    assert (place.name, place.name_en) == (arabic, english)


def test_every_frontier_has_a_name_in_both_languages_and_no_codes() -> None:
    frontiers = default_gazetteer().names.words.borders
    assert len({f.name for f in frontiers.values()}) == len(frontiers)
    for codes, frontier in frontiers.items():
        assert not any(code.upper() in frontier.name_en.split() for code in codes)
        assert frontier.name_en.endswith(("border", "line"))


def test_what_lies_at_a_place_and_is_not_known_is_named_as_its_surroundings() -> None:
    first = default_gazetteer().lookup("مدرسة الباغوز")[0].place
    assert (first.name, first.name_en) == ("محيط الباغوز", "Near Baghuz Fawqani")


def test_a_fraction_of_a_kilometre_is_read_with_its_whole() -> None:
    raqqa = default_gazetteer()["sy-raqqa"]
    place = computed("على بعد 1.5 كم غرب الرقة")
    assert distance_km(raqqa.lat, raqqa.lon, place.lat, place.lon) == pytest.approx(1.5, abs=0.01)
    far = computed("على بعد 1,500 كم من الرقة")
    assert far.radius_km > 1500


def test_figures_joined_to_a_conjunction_are_read() -> None:
    raqqa = default_gazetteer()["sy-raqqa"]
    place = computed("بين 50 و60 كيلومترا غرب الرقة")
    assert distance_km(raqqa.lat, raqqa.lon, place.lat, place.lon) == pytest.approx(60, abs=1)


def test_what_is_no_distance_stops_no_reading() -> None:
    for text in (
        f"على بعد {'9' * 400} كم من الرقة",
        "على بعد 12000000 كم جنوب شرق تدمر",
        "شمال تكريت بنحو 99999999 كم",
    ):
        ids = [t.place.id for t in default_gazetteer().read(text) if t.place is not None]
        assert ids
        assert not any("km" in place_id for place_id in ids)
    assert computed("بين 1.5 و2.5 كم غرب الرقة").id == "~2.5km-west-of-sy-raqqa"


def test_a_side_of_a_governorate_that_is_a_countryside_is_reckoned_from_the_city() -> None:
    damascus = default_gazetteer()["sy-damascus"]
    place = computed("قصف ريف دمشق الشرقي")
    assert place.within == "sy-rif-dimashq-governorate"
    assert place.lon > damascus.lon
    assert distance_km(place.lat, place.lon, damascus.lat, damascus.lon) < 20
