from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.extraction import date_grammar, date_lexicon, dates
from dashboard.extraction.date_tokens import date_data
from dashboard.extraction.dates import find_dates

WORDS = sorted(
    {
        spelling
        for category in date_data()["names"].values()
        for spellings in category.values()
        for spelling in spellings
    }
    | {"من", "إلى", "بين", "و", "في", "منذ", "قبل", "عام", "شهر", "يوم", "أمس", "اليوم", "الآن"}
    | {"-", "/", ".", "،", "(", ")", "17", "2017", "٣", "\n", "داعش", "May", "December", "T4"}
)
TEXTS = st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join) | st.text(max_size=80)
DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2030, 12, 31))


@given(text=TEXTS, published=st.none() | DAYS)
@settings(max_examples=300, deadline=None)
def test_mentions_stand_in_order_none_within_another_and_cover_their_words(
    text: str, published: date | None
) -> None:
    end = 0
    for mention in find_dates(text, published=published):
        assert end <= mention.span.start < mention.span.end <= len(text)
        assert text[mention.span.start : mention.span.end] == mention.surface
        end = mention.span.end


@given(text=TEXTS, published=DAYS)
@settings(max_examples=100, deadline=None)
def test_the_same_text_and_day_always_give_the_same_mentions(text: str, published: date) -> None:
    assert find_dates(text, published=published) == find_dates(text, published=published)


@contextmanager
def counted_steps() -> Iterator[list[int]]:
    """Count how often the grammar tries an element or a name at a word."""
    steps = [0]
    patch = pytest.MonkeyPatch()
    for module, name in ((date_grammar, "_take"), (date_lexicon, "lexical")):
        kept = getattr(module, name)

        def counted(*args: object, kept: object = kept) -> object:
            steps[0] += 1
            return kept(*args)  # type: ignore[operator]  # any callable of the module

        patch.setattr(module, name, counted)
    try:
        yield steps
    finally:
        patch.undo()


@given(
    unit=st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(lambda ws: " ".join(ws) + " ")
)
@settings(max_examples=60, deadline=None)
def test_work_grows_no_faster_than_the_text(unit: str) -> None:
    with counted_steps() as steps:
        find_dates(unit * 20, published=date(2017, 10, 27))
        short = steps[0]
        steps[0] = 0
        find_dates(unit * 80, published=date(2017, 10, 27))
        long = steps[0]
    assert long <= 4 * short + 4 * (short // 20 + 100) + 2000


@pytest.mark.parametrize(
    "unit", ["قبل ", "من ", "17 ", "17/", "ألف و", "و", "خمسة و", "الأول ", "كانون ", "2017-", "("]
)
def test_repeated_beginnings_cost_no_more_than_a_fixed_price_each(unit: str) -> None:
    with counted_steps() as steps:
        find_dates(unit * 2000, published=date(2017, 10, 27))
    assert steps[0] <= 2000 * 900


def test_one_memo_serves_all_texts() -> None:
    assert dates.scan("اليوم").words[0] is dates.scan("اليوم").words[0]
