import json
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dashboard.extraction.dates import find_dates
from dashboard.model import DateBasis, DateMention, When

SHARED = Path(__file__).parents[2] / "../shared"
CASES_FOLDER = Path(__file__).parents[1] / "cases"
CASES = tomllib.loads((CASES_FOLDER / "dates.toml").read_text("utf-8"))["case"]
TRAPS = tomllib.loads((CASES_FOLDER / "dates_traps.toml").read_text("utf-8"))
# The day of each gold article, as its README tells it; of the first only an interval is told.
GOLD_DAYS: dict[str, date | When] = {
    "000": When(first=date(2017, 6, 6), last=date(2017, 7, 10), basis=DateBasis.INFERRED),
    "001": date(2017, 10, 27),
    "002": date(2024, 12, 20),
    "003": date(2020, 10, 4),
    "004": date(2017, 11, 4),
}


def row(mention: DateMention) -> list[Any]:
    when = mention.when
    return [mention.surface] if when is None else [mention.surface, when.first, when.last]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_an_expression_is_found_whole_and_means_the_days_it_should(case: dict[str, Any]) -> None:
    mentions = find_dates(case["text"], published=case.get("published"))
    assert [row(mention) for mention in mentions] == case["expected"]


@pytest.mark.parametrize("text", TRAPS["traps"])
def test_numbers_names_and_other_words_are_no_dates(text: str) -> None:
    assert find_dates(text, published=TRAPS["published"]) == []


def test_at_least_two_hundred_cases_are_kept_a_third_of_them_traps() -> None:
    traps, all_cases = len(TRAPS["traps"]), len(TRAPS["traps"]) + len(CASES)
    assert all_cases >= 200
    assert traps * 3 >= all_cases


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_a_span_gives_its_surface_and_every_mention_says_why(case: dict[str, Any]) -> None:
    for mention in find_dates(case["text"], published=case.get("published")):
        assert case["text"][mention.span.start : mention.span.end] == mention.surface
        assert mention.why
        assert mention.when is None or mention.when.why


def test_a_weekday_alone_is_relative_and_a_full_date_explicit() -> None:
    relative, explicit = find_dates("أمس الخميس وفي 3 آب 2017", published=date(2017, 10, 27))
    assert relative.when is not None
    assert explicit.when is not None
    assert relative.when.basis is DateBasis.RELATIVE
    assert explicit.when.basis is DateBasis.EXPLICIT


def test_a_full_date_beside_today_is_explicit() -> None:
    (mention,) = find_dates("اليوم الجمعة 27 أكتوبر 2017", published=date(2017, 10, 27))
    assert mention.when is not None
    assert mention.when.basis is DateBasis.EXPLICIT


def test_an_article_known_to_an_interval_gives_intervals_that_are_inferred() -> None:
    published = When(first=date(2017, 6, 6), last=date(2017, 7, 10), basis=DateBasis.INFERRED)
    now, named = find_dates("حاليا ومنذ 3 آب 2014", published=published)
    assert now.when is not None
    assert named.when is not None
    assert (now.when.first, now.when.last) == (published.first, published.last)
    assert now.when.basis is DateBasis.INFERRED
    assert named.when.basis is DateBasis.EXPLICIT
    assert "2017-06-06" in now.why[0]


def test_without_a_day_of_the_article_a_relative_expression_says_so() -> None:
    (mention,) = find_dates("قال أمس", published=None)
    assert mention.when is None
    assert "no date" in mention.why[0]


def test_a_today_that_contradicts_the_article_says_so_and_the_weekday_wins() -> None:
    (mention,) = find_dates("اليوم الجمعة", published=date(2017, 10, 28))
    assert mention.when is not None
    assert mention.when.first == date(2017, 10, 27)
    assert "weekday" in mention.why[0]


def test_words_that_touch_or_carry_marks_are_read() -> None:
    text = "وفي١٧تشرين الأوّل/أكتوبر٢٠١٦، أُعلِنَ"
    (mention,) = find_dates(text, published=date(2017, 1, 1))
    assert mention.when is not None
    assert mention.when.first == date(2016, 10, 17)


def shared(*parts: str) -> Path:
    path = SHARED.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"the shared papers are not here: no {'/'.join(parts)}")
    return path


def as_gold(mention: DateMention, gold: dict[str, Any]) -> bool:
    """Tell whether the days are the gold's: the same day; an interval of vague ends roughly so."""
    if mention.when is None or gold["value_start"] is None:
        return mention.when is None and gold["value_start"] is None
    first, last = date.fromisoformat(gold["value_start"]), date.fromisoformat(gold["value_end"])
    found = mention.when
    if (first, last) == (found.first, found.last):
        return True
    overlap = (min(last, found.last) - max(first, found.first)).days + 1
    longest = max((last - first).days, (found.last - found.first).days) + 1
    return first < last and overlap >= 0.75 * longest


def test_at_least_30_of_the_33_gold_expressions_are_right() -> None:
    rows = shared("gold", "timex.jsonl").read_text("utf-8").splitlines()
    gold = [json.loads(line) for line in rows]
    right, wrong = 0, []
    for article in sorted({entry["article"] for entry in gold}):
        text = shared("articles", f"{article}.txt").read_text("utf-8")
        mentions = find_dates(text, published=GOLD_DAYS[article[:3]])
        for entry in (entry for entry in gold if entry["article"] == article):
            near = [
                m for m in mentions if m.span.start < entry["end"] and entry["start"] < m.span.end
            ]
            if any(as_gold(mention, entry) for mention in near):
                right += 1
            else:
                wrong.append((entry["text"], [row(mention) for mention in near]))
    assert right >= 30, wrong


def test_at_least_78_of_the_102_foreign_cases_are_right() -> None:
    rows = json.loads(shared("dates", "recognizers_ar.json").read_text("utf-8"))
    right = 0
    for sentence, reference, _, accepted, _ in rows:
        mentions = find_dates(sentence, published=date.fromisoformat(reference))
        days = {
            str(mention.when.first)
            for mention in mentions
            if mention.when is not None and mention.when.first == mention.when.last
        }
        right += bool(days & set(accepted))
    assert right >= 78
