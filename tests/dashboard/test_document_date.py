import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dashboard.extraction.document_clues import Clue
from dashboard.extraction.document_date import date_article, find_clues, solve
from dashboard.model import Article, DateBasis, ShownDate, When

SHARED = Path(__file__).parents[2] / "../shared"
CASES = tomllib.loads(
    (Path(__file__).parents[1] / "cases/dates_documents.toml").read_text("utf-8")
)["case"]


def article(case: dict[str, Any]) -> Article:
    day = case.get("shown")
    shown = () if day is None else (ShownDate(day=day, where="html meta"),)
    return Article(id="a", text=case["text"], published=day, shown=shown, url=case.get("url"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_an_article_is_dated_by_what_it_shows(case: dict[str, Any]) -> None:
    when = date_article(article(case))
    if case.get("none"):
        assert when is None
        return
    assert when is not None
    assert case["first"] <= when.first <= when.last <= case["last"], when
    assert when.why
    assert case.get("basis", when.basis) == when.basis


def test_at_least_25_articles_are_kept() -> None:
    assert len(CASES) >= 25


def test_an_interval_says_what_would_narrow_it() -> None:
    when = date_article(
        Article(id="a", text="قال المتحدث باسم التحالف العقيد مايلز كاغينز إن الضربات مستمرة.")
    )
    assert when is not None
    assert when.first < when.last
    assert "narrow" in when.why[-1]


def test_a_shown_day_that_the_text_contradicts_is_told_in_the_reasons() -> None:
    case = next(case for case in CASES if "print edition" in case["name"])
    when = date_article(article(case))
    assert when is not None
    assert any("2017-11-04" in why for why in when.why)
    assert any("weekday wins" in why for why in when.why)


def test_an_undated_article_is_never_given_a_day_by_clues_that_reach_to_the_end() -> None:
    end = date(2026, 1, 1)
    clue = Clue(kind="done", days=((date(2019, 3, 23), end),), weight=2, why="since")
    assert solve([clue]) is None
    assert solve([]) is None


def test_the_weightier_clues_win_and_the_others_are_told() -> None:
    many = [
        Clue(kind="news", days=((date(2017, 7, 1), date(2017, 7, 9)),), weight=2, why="a"),
        Clue(kind="open", days=((date(2011, 1, 1), date(2017, 7, 5)),), weight=2, why="b"),
        Clue(kind="news", days=((date(2014, 6, 10), date(2014, 7, 9)),), weight=1.5, why="c"),
    ]
    solution = solve(many)
    assert solution is not None
    assert (solution.first, solution.last) == (date(2017, 7, 1), date(2017, 7, 5))
    assert [clue.why for clue in solution.broken] == ["c"]


def test_the_reasons_are_the_same_every_time() -> None:
    case = CASES[0]
    assert date_article(article(case)) == date_article(article(case))
    assert find_clues(article(case)) == find_clues(article(case))


def shared_article(start: str) -> When:
    folder = SHARED / "articles"
    if not folder.exists():
        pytest.skip("the shared articles are not here")
    path = next(folder.glob(f"{start}_*.txt"))
    when = date_article(Article(id=path.stem, text=path.read_text("utf-8")))
    assert when is not None
    return when


@pytest.mark.parametrize(
    ("start", "day"),
    [("001", date(2017, 10, 27)), ("002", date(2024, 12, 20)), ("004", date(2017, 11, 4))],
)
def test_a_gold_article_is_dated_to_its_day(start: str, day: date) -> None:
    when = shared_article(start)
    assert (when.first, when.last) == (day, day)


def test_the_first_gold_article_lies_between_two_battles() -> None:
    when = shared_article("000")
    assert date(2017, 6, 6) <= when.first <= when.last <= date(2017, 7, 10)
    assert when.basis is DateBasis.INFERRED


def test_the_fourth_gold_article_is_of_sundays_in_autumn_2020() -> None:
    when = shared_article("003")
    assert when.first <= date(2020, 10, 4) <= when.last
    assert (when.last - when.first).days <= 60
    assert when.first.isoweekday() == when.last.isoweekday() == 7
