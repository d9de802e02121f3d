"""Cut the parts of an article in which events are told into sentences."""

import re
from collections.abc import Iterator, Sequence

from dashboard.extraction.boilerplate import CLOSING, fold_words, phrases
from dashboard.extraction.cleaning import Segment, SegmentKind
from dashboard.model import Article, Sentence, Span

TOLD_IN = (SegmentKind.HEADLINE, SegmentKind.BODY, SegmentKind.POST)
ASIDE = 80
"""The longest run of characters in brackets within which a stop ends nothing."""

# One end mark or several, and the quotes and brackets that close behind them.
_END = re.compile(rf"(?P<mark>[.!?\u061f\u06d4\u2026]+)(?P<closing>[{CLOSING}]*)")
_LAST_WORD = re.compile(r"[^\W_]+$")
_ASIDE = re.compile(rf"\([^()\n]{{1,{ASIDE}}}\)")
_LINES = re.compile(r"\n+")


def split(article: Article, segments: Sequence[Segment]) -> tuple[Sentence, ...]:
    """Cut headline, body and posts into sentences, in order.

    `sentence.text` is the article's text at `sentence.span`, line breaks within it included;
    `sentence.paragraph` is the number of its segment in `segments`.
    """
    return tuple(
        Sentence(
            article=article.id,
            span=span,
            text=article.text[span.start : span.end],
            paragraph=number,
            headline=segment.kind is SegmentKind.HEADLINE,
        )
        for number, segment in enumerate(segments)
        if segment.kind in TOLD_IN
        for span in _spans(article.text, segment)
    )


def _spans(text: str, segment: Segment) -> Iterator[Span]:
    part = text[segment.span.start : segment.span.end]
    cuts = list(_ends(part))
    if segment.kind is SegmentKind.POST:  # a writer of posts ends a line with a line's end
        cuts = sorted({*cuts, *(match.end() for match in _LINES.finditer(part))})
    start = 0
    for cut in (*cuts, len(part)):
        piece = part[start:cut]
        begin = segment.span.start + start + len(piece) - len(piece.lstrip())
        end = segment.span.start + start + len(piece.rstrip())
        if re.search(r"\w", piece):
            yield Span(begin, end)
            start = cut
        # marks alone belong to nothing: they go to the sentence behind them


def _ends(part: str) -> Iterator[int]:
    """Give where sentences end in a paragraph."""
    asides = [match.span() for match in _ASIDE.finditer(part)]
    for match in _END.finditer(part):
        if any(start < match.start() < end - 1 for start, end in asides):
            continue
        if _is_end(part, match):
            yield match.end() - _opening(part, match)


def _is_end(part: str, match: re.Match[str]) -> bool:
    mark, before, behind = match["mark"], part[: match.start()], part[match.end() :]
    if not behind.strip():
        return True
    if mark.strip(".\u2026"):  # a question or an exclamation
        return True
    if len(mark) > 1 or mark == "\u2026":  # dots within a sentence: a pause, or words left out
        return False
    follows = behind[0]
    if before[-1:].isdigit() and follows.isdigit():  # a decimal, or 2017.10.27
        return False
    word = _LAST_WORD.search(before)
    if word is None:
        return bool(before.strip()) and follows.isspace()
    if _is_abbreviation(word.group()):
        return False
    if word.group().isdigit() and not before[: word.start()].strip():  # "1. ", a list's number
        return False
    if match["closing"] or follows.isspace():
        return True
    # 'word.word': two sentences in Arabic, but an address in Latin letters
    next_word = re.match(r"[^\W_]+", behind)
    latin = follows.isascii() or before[-1:].isascii()
    return bool(next_word) and len(next_word.group()) > 1 and not latin if next_word else not latin


def _is_abbreviation(word: str) -> bool:
    if len(word) == 1:
        return not word.isdigit()
    folded = fold_words(word)
    return bool(folded) and folded[0] in phrases("abbreviations")


def _opening(part: str, match: re.Match[str]) -> int:
    """Count the straight quotes behind a stop that open the next sentence instead of closing."""
    closing = match["closing"]
    if not closing.endswith('"') or part[: match.end()].count('"') % 2 == 0:
        return 0
    return 1
