"""Names, forces by their nation, and words that refer to who was named before."""

from datetime import date

import pytest

from dashboard.extraction import read_sentences
from dashboard.model import Article


def actors(text: str) -> list[str]:
    article = Article(id="a", text=text, published=date(2017, 9, 20))
    return [actor.actor for reading in read_sentences(article) for actor in reading.actors]


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("أعلن تنظيم «الدولة الإسلامية» ذلك", "IS"),
        ("قتل عدد من الدواعش", "IS"),
        ("هاجمت عصابات داعش الإرهابية الموقع", "IS"),
        ("تقدمت قسد في المنطقة", "SDF"),
        ("تقدمت القوات الديمقراطية السورية", "SDF"),
        ("تقدمت قوات الدفاع الذاتي", "SDF"),
        ("انتشرت قوات النظام", "SAA"),
        ("دخلت قوات الجيش العربي السوري", "SAA"),
        ("أعلن جهاز مكافحة الإرهاب", "ISF"),
        ("وصلت القوات الأمنية العراقية", "ISF"),
        ("تقدم الحشد الشعبي", "PMF"),
        ("انسحبت البيشمركة", "PESHMERGA"),
        ("قصف طيران التحالف", "COALITION"),
        ("أعلنت القيادة المركزية الأميركية", "USA"),
        ("حلقت مقاتلات حربية روسية", "RUSSIA"),
        ("توغلت القوات التركية", "TURKEY"),
        ("هاجمت جبهة النصرة", "HTS"),
        ("تقدم الجيش الحر", "OPPOSITION"),
        ("اعتقل الجيش اللبناني", "LEBANON"),
        ("تقدمت قوات البنيان المرصوص", "LIBYA_GNA"),
    ],
)
def test_a_name_of_the_press_names_its_actor(text: str, actor: str) -> None:
    assert actors(text) == [actor]


def test_a_name_in_apposition_is_named_once() -> None:
    assert actors("أعلن تنظيم الدولة الإسلامية “داعش” ذلك") == ["IS"]


def test_the_organisation_refers_to_the_group_named_before() -> None:
    assert actors("انسحبت جبهة النصرة من القرية. وقال التنظيم إنه عاد.") == ["HTS", "HTS"]
    assert actors("انسحب داعش من القرية. وقال التنظيم إنه عاد.") == ["IS", "IS"]


def test_the_army_refers_to_the_state_named_before() -> None:
    text = "وصل الجيش اللبناني إلى القرية. وقال شهود إن الجيش انتشر."
    assert actors(text) == ["LEBANON", "LEBANON"]


def test_a_base_is_not_the_organisation_of_that_name() -> None:
    assert actors("وصلت الطائرة إلى قاعدة قريبة") == []


def test_who_tells_is_nobody_in_the_event() -> None:
    assert "CIVILIANS" not in actors("أفاد ناشطون بأن داعش انسحب")
