"""What passages of our own tell: who, what, where, when, how many, and how surely."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dashboard.extraction import explain, extract_events
from dashboard.model import Article, Event, Role

CASES = tomllib.loads(
    (Path(__file__).parents[1] / "cases/events.toml").read_text(encoding="utf-8")
)["case"]


def article(text: str, published: date | None = date(2017, 9, 20)) -> Article:
    return Article(id="case", text=text, published=published)


def told(event: Event) -> dict[str, Any]:
    return {
        "type": event.type,
        "place": event.place.name_en if event.place else None,
        "origin": [place.name_en for place in event.origin],
        "actor": event.actor,
        "target": event.target,
        "modality": event.modality.value,
        "fatalities": event.fatalities,
        "detained": event.detained,
        "first": event.when.first if event.when else None,
        "last": event.when.last if event.when else None,
        "basis": event.when.basis.value if event.when else None,
    }


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_passage_tells_its_events(case: dict[str, Any]) -> None:
    found = [told(event) for event in extract_events(article(case["text"], case["published"]))]
    wanted = case["events"]
    keys = sorted({key for event in wanted for key in event})
    short = [{key: event[key] for key in keys} for event in found]
    full = [{key: event.get(key) for key in keys} for event in wanted]
    # A key that one wanted event leaves out is not looked at in any that match its type and place.
    for event in full:
        for other in short:
            if (event["type"], event.get("place")) == (other["type"], other.get("place")):
                event.update({k: other[k] for k in keys if event[k] is None})
    order = str
    assert sorted(short, key=order) == sorted(full, key=order)


TEXT = "شنت طائرات التحالف الدولي أمس غارات على بلدة هجين في دير الزور، ما أسفر عن مقتل 7 من داعش"


def test_the_same_article_gives_the_same_events_with_the_same_ids() -> None:
    assert extract_events(article(TEXT)) == extract_events(article(TEXT))


def test_marks_lie_within_the_evidence_and_cover_the_words_they_name() -> None:
    text = "اعتقلت القوات العراقية أمس خمسة من عناصر داعش في مدينة الموصل"
    (event,) = extract_events(article(text))
    words = {mark.role: text[mark.span.start : mark.span.end] for mark in event.marks}
    assert words[Role.TRIGGER] == "اعتقلت"
    assert words[Role.ACTOR] == "القوات العراقية"
    assert "داعش" in words[Role.TARGET]
    assert "الموصل" in words[Role.PLACE]
    assert words[Role.DATE] == "أمس"
    assert words[Role.NUMBER] == "خمسة"
    (span,) = event.spans
    assert all(span.start <= m.span.start and m.span.end <= span.end for m in event.marks)
    assert event.quote == text


def test_an_undated_article_gives_no_date() -> None:
    events = extract_events(article("سيطرت القوات العراقية على مدينة تلعفر", published=None))
    assert [event.when for event in events] == [None]


def test_a_headline_and_its_lead_are_one_event_with_two_spans() -> None:
    text = (
        "القوات العراقية تسيطر على مدينة راوة\n\n"
        "سيطرت القوات العراقية اليوم على مدينة راوة غربي الأنبار بعد طرد تنظيم داعش منها.\n"
    )
    captures = [e for e in extract_events(article(text)) if e.type == "capture"]
    assert len(captures) == 1
    assert len(captures[0].spans) == 2


def test_a_place_from_farther_off_lowers_the_confidence() -> None:
    near = extract_events(article("اندلعت اشتباكات بين داعش وقسد في بلدة الشحيل"))
    far = extract_events(
        article("وصل الوفد إلى بلدة الشحيل صباحا. وبعد ساعات اندلعت اشتباكات بين داعش وقسد.")
    )
    assert [e.place.id for e in near if e.place] == [e.place.id for e in far if e.place]
    assert far[0].confidence < near[0].confidence


def test_every_event_gives_its_reasons_and_a_confidence_of_named_parts() -> None:
    for event in extract_events(article(TEXT)):
        assert 0 < event.confidence <= 1
        assert any(reason.startswith("confidence") for reason in event.reasons)
        assert any(reason.startswith("modality") for reason in event.reasons)


def test_explaining_shows_every_stage() -> None:
    shown = explain(article(TEXT))
    for stage in ("parts of the text", "published", "sentence 1", "place", "trigger", "events"):
        assert stage in shown
