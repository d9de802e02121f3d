"""Whatever a page holds, it is read to its end, in its own words, with work that grows with it."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from types import FrameType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.extraction import extract_events, read_sentences
from dashboard.extraction.cleaning import clean
from dashboard.extraction.sentences import LONGEST, split
from dashboard.model import Article, Event
from dashboard.ontology import load_ontology

DAY = date(2017, 10, 27)
EXAMPLES = [e.text for kind in load_ontology().event_types.values() for e in kind.examples]
WORDS = sorted({word for text in EXAMPLES for word in text.split()})
SIGNS = (
    *(".", "،", ":", "؛", "؟", "...", "…", "-", " - ", "/", "(", ")", "((", "«", "»", '"', "'"),
    *("\n", "\n\n", "\t", "\0", "\u200f", "\u202b", "\u202c", "\u2066", "\ufeff", "\u00a0"),
    *("ـ", "ً", "َُِّ", "\u0301", "😀", "🏴‍☠️", "²", "٣", "17", "2017", "12/10/2017", "1" * 30, "٪"),
    *("(@abc)", "pic.twitter.com/a", "اقرأ أيضا", "المدينة", "هناك", "بين", "كم", "أمس", "بعد"),
    *("يوم", "من", "لا", "الذي", "ﻻ", "ا" * 300, "A.B.C", "e.g.", "<b>", "&nbsp;"),
)
TEXTS = st.lists(st.sampled_from(WORDS) | st.sampled_from(SIGNS), max_size=80).map(" ".join)
GLUED = st.lists(st.sampled_from(WORDS) | st.sampled_from(SIGNS), max_size=40).map("".join)
TOLD = st.lists(st.sampled_from(EXAMPLES) | st.sampled_from(SIGNS), max_size=8).map(" ".join)
ANY = TEXTS | GLUED | TOLD | st.text(max_size=200)


def article(text: str, published: date | None = DAY) -> Article:
    return Article(id="a", text=text, published=published)


def hold_to_their_words(text: str, events: list[Event]) -> None:
    for event in events:
        assert event.spans
        assert list(event.spans) == sorted(event.spans)
        first = event.spans[0]
        assert event.quote in {text[span.start : span.end] for span in event.spans}
        assert 0 <= first.start < event.spans[-1].end <= len(text)
        for mark in event.marks:
            assert any(s.start <= mark.span.start < mark.span.end <= s.end for s in event.spans)
        assert 0 <= event.confidence <= 1


@given(text=ANY, published=st.none() | st.just(DAY))
@settings(max_examples=150, deadline=None)
def test_any_text_is_read_and_its_events_stand_in_its_words(
    text: str, published: date | None
) -> None:
    hold_to_their_words(text, extract_events(article(text, published)))


@given(text=ANY)
@settings(max_examples=100, deadline=None)
def test_what_is_found_in_a_sentence_is_the_text_at_its_span(text: str) -> None:
    end = 0
    for reading in read_sentences(article(text)):
        span = reading.sentence.span
        assert end <= span.start < span.end <= len(text)
        assert reading.sentence.text == text[span.start : span.end]
        end = span.end
        for mention in (*reading.places, *reading.dates, *reading.triggers, *reading.actors):
            assert mention.surface == text[mention.span.start : mention.span.end]


@pytest.mark.parametrize(
    "text",
    [
        "مقتل 10² من داعش في الرقة",
        "بعد ² يوما من سقوط الرقة سيطر الجيش على الميادين",
        f"بعد {'9' * 5000} يوما من سقوط الرقة سيطر الجيش على الميادين",
        f"قصف الطيران {'7' * 5000} موقعا في الرقة يوم {'1' * 5000}/{'2' * 5000}",
        f"قصف الطيران الرقة {'ا' * 50_000}",
        f"قصف الطيران الرقة {'َ' * 50_000}",
        "«" * 5000 + "قصف الطيران الرقة" + "»" * 5000,
        "(" * 5000 + "قصف الطيران الرقة" + ")" * 5000,
        "\u202b" * 5000 + "قصف الطيران\0 الرقة" + "\u202c" * 5000,
    ],
    ids=lambda text: text[:12],
)
def test_what_no_writer_meant_is_read_like_the_rest(text: str) -> None:
    hold_to_their_words(text, extract_events(article(text)))


@contextmanager
def counted_calls() -> Iterator[list[int]]:
    """Count the calls of functions, ours and built-in ones: steps that no clock disturbs."""
    calls = [0]

    def count(_: FrameType, event: str, __: object) -> None:
        if event in ("call", "c_call"):
            calls[0] += 1

    before: Callable[..., object] | None = sys.getprofile()
    sys.setprofile(count)
    try:
        yield calls
    finally:
        sys.setprofile(before)


REPEATED = {
    "a deed without a stop": "قصف الطيران مواقع تنظيم داعش في الرقة و",
    "deeds with commas": "سيطر التنظيم على مدينة الموصل، ",
    "deeds with stops": "قصف الطيران مدينة الرقة أمس. ",
    "deeds line by line": "قصف الطيران مدينة الرقة\n",
    "a trigger": "قصف ",
    "a name": "الرقة ",
    "names in a list": "الموصل والرقة ودير الزور و",
    "what stands for a place": "المدينة هناك ",
    "deaths": "مقتل 5 ",
    "a date": "يوم أمس الأحد 12 أيلول ",
    "figures": "12/10/2017 ",
    "digits and slashes": "1/2/",
    "words": "كلمة أخرى هنا ",
    "an endless word": "اً",
    "stops": ". ",
    "brackets": "((( ",
    "quotes": '«"',
    "marks of direction": "\u200f \u202b",
    "emoji and NUL": "😀 \0 ",
    "empty lines": "\n \n",
    "signatures of posts": "نص (@abc) - ",
    "links of posts": "pic.twitter.com/abc ",
    "read also": "اقرأ أيضا: ",
}


@pytest.mark.parametrize("unit", REPEATED.values(), ids=REPEATED.keys())
def test_work_grows_no_faster_than_an_article(unit: str) -> None:
    texts = [(unit * (size // len(unit) + 1))[:size] for size in (3000, 12_000)]
    for text in texts:
        extract_events(article(text))  # words met for the first time are looked at once
    steps = []
    for text in texts:
        with counted_calls() as calls:
            extract_events(article(text))
        steps.append(calls[0])
    assert steps[1] <= 5 * steps[0] + 2000


def test_a_sentence_without_a_stop_is_cut_at_its_softer_breaks() -> None:
    whole = article("قصف الطيران مواقع تنظيم داعش في الرقة، " * 100)
    sentences = split(whole, clean(whole))
    assert len(sentences) > 1
    assert all(len(sentence.text) <= LONGEST for sentence in sentences)
    assert all(sentence.text.endswith("،") for sentence in sentences)
    assert " ".join(sentence.text for sentence in sentences) == whole.text.strip()
