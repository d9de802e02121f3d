"""How many articles of some 4 kB one core reads in a second, and whether memory stays flat."""

import random
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from itertools import count, cycle, islice
from pathlib import Path
from time import process_time
from typing import Any

import pytest

from dashboard.extraction import extract_events
from dashboard.model import Article
from dashboard.ontology import load_ontology
from gazetteer import default_gazetteer

ARTICLES = 40
BYTES = 4000
SAMPLE = Path(__file__).parents[2] / "dashboard/sample/articles"
TIMES_THE_PLACES = 9
"""Whole reading may take so many times what reading the places alone takes; 4 to 6 were seen."""

FEW, MANY = 1000, 10_000
GROWTH = 1.1
READ_MANY = """
import sys
from itertools import islice
from dashboard.extraction import extract_events
from tests.benchmarks.peak_memory import megabytes
from tests.benchmarks.test_extraction_speed import dispatches

few, many = map(int, sys.argv[1:])
for number, article in enumerate(islice(dispatches(), many), start=1):
    extract_events(article)
    if number in (few, many):
        print(megabytes())
"""


def make_articles() -> list[Article]:
    """Make articles that tell an event in every sentence, of the examples of the event types."""
    texts = [e.text + "." for kind in load_ontology().event_types.values() for e in kind.examples]
    stream = cycle(texts)
    out = []
    for number in range(ARTICLES):
        parts: list[str] = []
        while sum(len(part.encode()) for part in parts) < BYTES:
            parts += islice(stream, 3)
            parts.append("\n")
        out.append(
            Article(id=str(number), text=" ".join(parts), published=date(2017, 9, number % 28 + 1))
        )
    return out


def paragraphs() -> list[str]:
    """Give the paragraphs of the sample dispatches, headlines left out."""
    paths = sorted(SAMPLE.glob("*.txt"))
    if not paths:
        pytest.skip("the sample articles are not here")
    lines = (line for path in paths for line in path.read_text("utf-8").split("\n")[1:])
    return [line for line in lines if line.strip()]


def make_news() -> list[Article]:
    """Make articles of the paragraphs of the sample: news with its names, dates and asides."""
    stream, out = cycle(paragraphs()), []
    for number in range(ARTICLES):
        text = ""
        while len(text.encode()) < BYTES:
            text += next(stream) + "\n"
        text = text.encode()[:BYTES].decode(errors="ignore")
        out.append(Article(id=str(number), text=text, published=date(2017, 9, number % 28 + 1)))
    return out


def dispatches() -> Iterator[Article]:
    """Make short articles without end, no two alike: drawn paragraphs, figures of their own."""
    known = paragraphs()
    rng = random.Random(7)  # noqa: S311 - the same made-up news each time
    for number in count():
        text = "\n".join(rng.choices(known, k=2))
        text += f"\nوقتل {number % 97} شخصا بينهم {rng.randrange(900)} من أصل {number}."
        yield Article(id=str(number), text=text, published=date(2017, 9, number % 28 + 1))


def per_second(benchmark: Any, articles: list[Article]) -> float:
    for article in articles:
        extract_events(article)  # the lexicon and the gazetteer are loaded, each word met once

    def read() -> int:
        return sum(len(extract_events(article)) for article in articles)

    assert benchmark(read) > len(articles)
    speed = len(articles) / float(benchmark.stats["min"])
    benchmark.extra_info["articles_per_second"] = round(speed)
    print(f"{speed:.0f} articles a second")
    return speed


@pytest.mark.benchmark(timer=process_time)
def test_reading_articles_of_4_kb(benchmark: Any) -> None:
    per_second(benchmark, make_articles())


@pytest.mark.benchmark(timer=process_time)
def test_reading_news_of_4_kb_takes_a_few_times_what_its_places_take(benchmark: Any) -> None:
    articles, places = make_news(), default_gazetteer()
    for article in articles:
        places.read(article.text)
    alone = []
    for _ in range(5):
        begin = process_time()
        for article in articles:
            places.read(article.text)
        alone.append(process_time() - begin)
    whole = per_second(benchmark, articles)
    ratio = len(articles) / min(alone) / whole
    benchmark.extra_info["times_the_places"] = round(ratio, 1)
    assert ratio <= TIMES_THE_PLACES


def test_memory_is_flat_from_the_thousandth_to_the_ten_thousandth_article(benchmark: Any) -> None:
    answers: list[list[float]] = []

    def read() -> None:
        done = subprocess.run(  # noqa: S603 - this interpreter, on the text above
            [sys.executable, "-c", READ_MANY, str(FEW), str(MANY)],
            capture_output=True,
            text=True,
            check=True,
            cwd=Path(__file__).parents[2],
        )
        answers.append([float(line) for line in done.stdout.split()])

    benchmark.pedantic(read, rounds=1)
    early, late = answers[0]
    benchmark.extra_info["megabytes"] = (round(early), round(late))
    print(f"{early:.0f} MB after {FEW} articles, {late:.0f} MB after {MANY}")
    assert late <= GROWTH * early
