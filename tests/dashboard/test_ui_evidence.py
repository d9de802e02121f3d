"""Evidence cards: the right words are marked, and an article is text, never HTML."""

import re
from dataclasses import replace
from datetime import date

import pytest

from dashboard.model import Article, DateBasis, Event, Mark, Modality, Role, Span, When
from dashboard.ui.evidence import QUOTE_AT_MOST, card, clipped, legend, marked, plain
from gazetteer.place import Place, PlaceKind

TEXT = "عنوان.\nسيطر الجيش أمس على بلدة هجين. وقال ناطق إن العملية انتهت."
SENTENCE = Span(7, TEXT.index(".", 10) + 1)
HOSTILE = "<script>alert(1)</script>${alert(2)}<img src=x onerror=alert(3)>' onclick='x"


def span_of(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


EVENT = Event(
    id="e1",
    type="capture",
    place=Place(
        id="sy-hajin",
        kind=PlaceKind.TOWN,
        name="هجين",
        name_en="Hajin",
        lat=34.7,
        lon=40.8,
        radius_km=3,
    ),
    actor="SAA",
    target="IS",
    when=When(first=date(2018, 12, 14), last=date(2018, 12, 14), basis=DateBasis.RELATIVE),
    modality=Modality.REPORTED,
    fatalities=4,
    geo_precision=1,
    uncertainty_km=3,
    article="a",
    spans=(SENTENCE,),
    marks=(
        Mark(role=Role.TRIGGER, span=span_of("سيطر")),
        Mark(role=Role.ACTOR, span=span_of("الجيش")),
        Mark(role=Role.DATE, span=span_of("أمس")),
        Mark(role=Role.PLACE, span=span_of("هجين")),
    ),
    quote=TEXT[SENTENCE.start : SENTENCE.end],
    confidence=0.83,
    reasons=("capture.toml: verb", "place: only one candidate"),
)
ARTICLE = Article(id="a", text=TEXT, title="عنوان", published=date(2018, 12, 15), source="وكالة")


def test_the_words_that_tell_the_event_are_marked() -> None:
    shown = marked(TEXT, EVENT.marks, SENTENCE)
    assert "<mark class='trigger'>سيطر</mark>" in shown
    assert "<mark class='place'>هجين</mark>" in shown
    assert re.sub("<[^>]+>", "", shown) == EVENT.quote


def test_marks_that_overlap_leave_every_word_standing_once() -> None:
    wide = Mark(role=Role.TARGET, span=Span(SENTENCE.start, SENTENCE.start + 12))
    shown = marked(TEXT, (*EVENT.marks, wide), SENTENCE)
    assert re.sub("<[^>]+>", "", shown) == EVENT.quote


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_a_card_tells_what_where_when_how_sure_and_says_who(lang: str) -> None:
    shown = card(EVENT, ARTICLE, lang)
    for words in {
        "en": ("Hajin", "14 December 2018", "83"),
        "ar": ("هجين", "14 كانون الأول 2018", "83"),
    }[lang]:
        assert words in shown
    assert "capture.toml: verb" in shown
    assert "وكالة" in shown
    assert "dir='rtl'" in shown


def test_the_paragraph_stands_around_the_sentence() -> None:
    shown = card(EVENT, ARTICLE, "en")
    assert "وقال ناطق" in shown
    assert "عنوان.\n" not in shown


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_nothing_of_an_article_becomes_html(lang: str) -> None:
    text = HOSTILE + " سيطر " + HOSTILE
    event = replace(
        EVENT,
        spans=(Span(0, len(text)),),
        marks=(),
        quote=text,
        reasons=(HOSTILE,),
        place=None,
        place_name=HOSTILE,
        id="'><script>",
    )
    article = replace(ARTICLE, text=text, title=HOSTILE, source=HOSTILE, url="javascript:alert(1)")
    shown = card(event, article, lang)
    assert "<script" not in shown
    assert "<img" not in shown
    assert "javascript:" not in shown
    assert "onclick='x" not in shown


def test_the_legend_names_every_role() -> None:
    assert legend("en").count("<mark") == len(Role)


def test_a_sentence_without_end_is_clipped_around_its_marks() -> None:
    mark = Mark(role=Role.TRIGGER, span=Span(5000, 5006))
    part = clipped((mark,), Span(0, 40_000))
    assert part.start < 5000 < 5006 < part.end
    assert part.end - part.start <= QUOTE_AT_MOST


def test_a_usual_sentence_is_shown_whole() -> None:
    assert clipped(EVENT.marks, SENTENCE) == SENTENCE


def test_controls_that_would_turn_figures_around_are_not_obeyed() -> None:
    assert plain("\u202e2014\u202c") == "2014"


def test_further_sentences_of_an_event_can_be_read() -> None:
    second = Span(TEXT.index("وقال"), len(TEXT))
    shown = card(replace(EVENT, spans=(SENTENCE, second)), ARTICLE, "en")
    assert "one more sentence of" in shown
    assert "<li lang='ar' dir='rtl'>وقال ناطق" in shown
