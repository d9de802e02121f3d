"""What an article tells in two ways of which one can stand, and days that count from others."""

from datetime import date

import pytest

from dashboard.extraction import extract_events
from dashboard.model import Article, Event, Modality

DAY = date(2017, 10, 15)


def read(text: str) -> list[Event]:
    return extract_events(Article(id="a", text=text, published=DAY))


def told(text: str, kind: str) -> list[tuple[str, Modality]]:
    return sorted(
        (event.place.id if event.place else "", event.modality)
        for event in read(text)
        if event.type == kind
    )


def test_what_is_denied_is_not_reported_besides() -> None:
    text = (
        "قال مصدر أمني إن تنظيم داعش سيطر على مدينة هجين أمس. "
        "ونفت قيادة القوات سيطرة تنظيم داعش على مدينة هجين."
    )
    assert told(text, "capture") == [("sy-hajin", Modality.DENIED)]


def test_a_region_that_sums_up_a_town_is_no_taking_of_its_own() -> None:
    text = (
        "أعلن الجيش السوري اليوم السيطرة على مناطق في ريف حمص الشرقي. "
        "وقال مصدر عسكري إن وحدات الجيش السوري سيطرت اليوم على مدينة السخنة."
    )
    assert told(text, "capture") == [("sy-sukhnah", Modality.REPORTED)]


def test_nobody_holds_what_he_is_told_to_leave_in_the_same_breath() -> None:
    text = "انسحب تنظيم داعش اليوم من بلدة صوران التي كانت متبقية تحت سيطرته."
    assert told(text, "presence") == []


@pytest.mark.parametrize(
    ("text", "first"),
    [
        (
            "سيطر تنظيم داعش في 12 أيلول على مدينة السخنة. "
            "وكان مقاتلوه قد دخلوا قبل ذلك بيومين مدينة القريتين.",
            date(2017, 9, 10),
        ),
        (
            "حررت القوات العراقية مدينة راوة في 3 أيلول. "
            "وسيطرت القوات العراقية في اليوم التالي على مدينة القائم.",
            date(2017, 9, 4),
        ),
        (
            "حررت القوات العراقية مدينة راوة في 3 أيلول. "
            "وسيطرت القوات العراقية في 26 من الشهر نفسه على مدينة القائم.",
            date(2017, 9, 26),
        ),
    ],
)
def test_a_day_can_count_from_what_was_told_before(text: str, first: date) -> None:
    later = [event for event in read(text) if event.type == "capture"][-1]
    assert later.when is not None
    assert (later.when.first, later.when.last) == (first, first)


def test_an_operation_named_by_the_way_has_not_begun_where_it_is_planned() -> None:
    text = (
        "قال قائد عسكري إن القوات العراقية تستعد لشن هجوم على مدينة تلعفر. "
        "وتحدث عن دور الطيران في عملية تحرير تلعفر."
    )
    assert told(text, "offensive") == [("iq-tal-afar", Modality.PLANNED)]
