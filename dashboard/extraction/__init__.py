"""Read an article: from its text to the events it tells, stage by stage."""

from dashboard.extraction.articles import read_articles
from dashboard.extraction.dates import find_dates
from dashboard.extraction.document_date import date_article
from dashboard.extraction.events import extract_events, read_sentences
from dashboard.extraction.explain import explain

__all__ = [
    "date_article",
    "explain",
    "extract_events",
    "find_dates",
    "read_articles",
    "read_sentences",
]
