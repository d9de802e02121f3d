"""Cut an article once for all stages: its segments, sentences, words of time, expressions."""

from dataclasses import dataclass

from dashboard.extraction.cleaning import Segment, clean
from dashboard.extraction.date_tokens import Scan
from dashboard.extraction.dates import Expression, find_expressions, scan
from dashboard.extraction.sentences import split
from dashboard.model import Article, Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What the stages share: an article's text is cleaned, cut and scanned for times once."""

    segments: tuple[Segment, ...]
    sentences: tuple[Sentence, ...]
    scanned: Scan
    expressions: tuple[Expression, ...]


def cut(article: Article) -> Parts:
    """Cut an article into its parts; all offsets are characters of its text."""
    segments = clean(article)
    scanned = scan(article.text)
    return Parts(
        segments=segments,
        sentences=split(article, segments),
        scanned=scanned,
        expressions=tuple(find_expressions(scanned)),
    )
