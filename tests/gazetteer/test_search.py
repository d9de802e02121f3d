"""Looking up names as people write them: the strictest reading first, each with its reason."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import gazetteer
from gazetteer.cells import cut_at_signs, halve
from gazetteer.spelt import slips

CASES = Path(__file__).parents[1] / "cases/names_lookup.toml"
LETTERS = st.text(alphabet="ابتثجحدذرزسصضطظعغفقكلمنهوي", max_size=12)


@pytest.mark.parametrize(
    "case", tomllib.loads(CASES.read_text(encoding="utf-8"))["case"], ids=lambda case: case["name"]
)
def test_a_name_is_found_however_it_is_written(case: dict[str, str]) -> None:
    first = gazetteer.lookup(case["name"])[0]
    assert first.place.id == case["first"]
    assert any(case["why"] in reason for reason in first.why), first.why


@pytest.mark.parametrize("name", ["", "؟!", "خبر", "زقزقيق البعيدة", "ثخظغضش", "abc xyz"])
def test_what_no_place_is_called_gives_nothing(name: str) -> None:
    assert gazetteer.lookup(name) == []


@given(st.text(alphabet="الرقةموصلبوك ،/-()و\u200f12", max_size=20))
def test_whatever_is_typed_gives_candidates_best_first(name: str) -> None:
    scores = [candidate.score for candidate in gazetteer.lookup(name)]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)


def test_a_doubtful_reading_scores_below_a_sure_one() -> None:
    sure, loose, wrong = (gazetteer.lookup(name)[0] for name in ("جرابلس", "الجرابلس", "جرابسل"))
    assert sure.place.id == loose.place.id == wrong.place.id
    assert sure.score > loose.score > wrong.score


def test_what_lies_at_a_place_has_a_larger_radius_than_the_place() -> None:
    at, place = gazetteer.lookup("مشفى الطبقة")[0].place, gazetteer.lookup("الطبقة")[0].place
    assert at.radius_km > place.radius_km
    assert at.within == place.id


def test_a_wrong_letter_is_not_looked_for_in_running_text() -> None:
    assert gazetteer.lookup("تلغفر")
    assert gazetteer.read_toponyms("اشتباكات في تلغفر أمس.") == []


@given(LETTERS, LETTERS)
def test_slips_are_the_same_both_ways_and_none_only_between_equals(one: str, other: str) -> None:
    assert slips(one, other) == pytest.approx(slips(other, one))
    assert (slips(one, other) == 0) == (one == other)


def test_a_confused_letter_costs_less_than_a_strange_one() -> None:
    assert slips("مياذين", "ميادين") < slips("ميافين", "ميادين")
    assert slips("جرابسل", "جرابلس") < slips("جراسبل", "جرابلس")


def test_a_hyphen_inside_a_latin_name_does_not_cut_it() -> None:
    assert cut_at_signs("Deir ez-Zor").around == ()
    assert cut_at_signs("الرقة-الطبقة").around == ("الطبقه",)
    assert halve("الرقه الرقه") == "الرقه"
    assert halve("سوسه") == "سوسه"


def test_further_spellings_of_a_source_are_looked_up_but_not_found_in_text(tmp_path: Path) -> None:
    for name, text in (("hand.toml", HAND), ("more.tsv", MORE)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    places = gazetteer.load_gazetteer(tmp_path)
    assert len(places) == 1
    assert places.lookup("زغزغون")[0].place.id == "sy-one"
    assert places.find("في قرية زغزغون.") == []


def test_a_town_comes_before_a_village_of_its_name_though_that_lies_nearer_to_the_heart(
    tmp_path: Path,
) -> None:
    raqqa, village, town = (
        ("sy-raqqa", "city", "الرقة", 35.95, 39.01),
        ("sy-near", "village", "قمقمون", 35.8, 38.9),
        ("sy-far", "town", "قمقمون", 34.0, 36.5),
    )
    entry = (
        '[[place]]\nid = "{}"\nkind = "{}"\nname = "{}"\nname_en = "X"\nlat = {}\nlon = {}\n'
        'radius_km = 2\nsource = "made up"\n'
    )
    text = "".join(entry.format(*place) for place in (raqqa, village, town))
    (tmp_path / "places.toml").write_text(text, encoding="utf-8")
    found = gazetteer.load_gazetteer(tmp_path).lookup("قمقمون")
    assert [candidate.place.id for candidate in found] == ["sy-far", "sy-near"]
    assert any("where reporting is dense" in reason for reason in found[0].why)


HAND = """
[[place]]
id = "sy-one"
kind = "village"
name = "قمقمون"
name_en = "One"
lat = 35.0
lon = 40.0
radius_km = 2
source = "made up"
"""
MORE = (
    "id kind lat lon radius_km within population name_en latin source name spellings weak".replace(
        " ", "\t"
    )
    + "\nsy-two\tvillage\t35.01\t40.0\t2\t\t\tTwo\t\tmade up\tقمقمون\tزغزغون\t\n"
)
