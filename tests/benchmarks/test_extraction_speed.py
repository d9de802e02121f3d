"""How many articles of some 4 kB one core reads in a second, on passages of our own."""

from datetime import date
from itertools import cycle, islice
from typing import Any

from dashboard.extraction import extract_events
from dashboard.model import Article
from dashboard.ontology import load_ontology

ARTICLES = 40
BYTES = 4000


def make_articles() -> list[Article]:
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


def test_reading_articles_of_4_kb(benchmark: Any) -> None:
    articles = make_articles()
    extract_events(articles[0])  # the lexicon and the gazetteer are loaded once

    def read() -> int:
        return sum(len(extract_events(article)) for article in articles)

    assert benchmark(read) > ARTICLES
    benchmark.extra_info["articles_per_second"] = round(ARTICLES / benchmark.stats["median"])
