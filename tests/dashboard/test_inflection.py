"""Forms are generated from the citation form as Arabic makes them."""

import pytest

from dashboard.extraction.inflection import Tense, derive_present, noun_forms, verb_forms


@pytest.mark.parametrize(
    ("past", "present"),
    [
        ("سيطر", "يسيطر"),
        ("حرر", "يحرر"),
        ("أعلن", "يعلن"),
        ("استعاد", "يستعيد"),
        ("استولى", "يستولي"),
        ("ألقى", "يلقي"),
        ("تبنى", "يتبنى"),
        ("انسحب", "ينسحب"),
        ("اغتال", "يغتال"),
        ("أغار", "يغير"),
        ("استهدف", "يستهدف"),
    ],
)
def test_the_present_follows_from_the_past(past: str, present: str) -> None:
    assert derive_present(past) == present


@pytest.mark.parametrize(
    ("citation", "form", "tense"),
    [
        ("سيطر", "سيطرت", Tense.PAST),
        ("سيطر", "سيطروا", Tense.PAST),
        ("سيطر", "يسيطرون", Tense.PRESENT),
        ("سيطر", "تسيطر", Tense.PRESENT),
        ("استولى", "استولت", Tense.PAST),
        ("استولى", "استولوا", Tense.PAST),
        ("استولى", "يستولون", Tense.PRESENT),
        ("استعاد", "استعادتها", Tense.PAST),
        ("شن/يشن", "شنوا", Tense.PAST),
        ("شن/يشن", "تشن", Tense.PRESENT),
        ("قام/يقوم", "يقومون", Tense.PRESENT),
        ("فر/يفر", "يفرون", Tense.PRESENT),
        ("نفى/ينفي", "نفت", Tense.PAST),
        ("احتل", "يحتلها", Tense.PRESENT),
    ],
)
def test_a_verb_has_its_forms(citation: str, form: str, tense: Tense) -> None:
    assert (form, tense) in {(f.text, f.tense) for f in verb_forms(citation)}


@pytest.mark.parametrize(
    ("citation", "form"),
    [
        ("غارة", "غارات"),
        ("غارة", "غارتين"),
        ("سيطرة", "سيطرتها"),
        ("هجوم", "هجوما"),
        ("هجوم", "هجومين"),
        ("هجوم", "هجومهم"),
        ("مقاتل", "مقاتلين"),
        ("مقاتل", "مقاتلي"),
        ("عراقي", "عراقية"),
    ],
)
def test_a_noun_has_its_forms(citation: str, form: str) -> None:
    assert form in {f.text for f in noun_forms(citation)}


def test_only_an_adjective_takes_a_feminine() -> None:
    # قبض is an arrest, قبضة a grip.
    assert "قبضة" not in {f.text for f in noun_forms("قبض")}
    assert "واسعة" in {f.text for f in noun_forms("واسع", adjective=True)}
