"""Cut the parts of an article in which events are told into sentences."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from dashboard.extraction.boilerplate import CLOSING, fold_words, phrases
from dashboard.extraction.cleaning import Segment, SegmentKind
from dashboard.model import Article, Sentence, Span

TOLD_IN = (SegmentKind.HEADLINE, SegmentKind.BODY, SegmentKind.POST)
ASIDE = 80
"""The longest run of characters in brackets within which a stop ends nothing."""

LONGEST = 1000
"""Characters of the longest sentence; news tells nothing in a longer one, but texts without stops
are found on pages."""

LONG_WORD = 100
"""Characters of the longest word that is looked at whole."""

# What a sentence that is too long is cut behind, the best first.
_SOFTER = (("\u061b", ";", "\n"), ("\u060c", ",", ":"), (" ",))

# One end mark or several, and the quotes and brackets that close behind them.
_END = re.compile(rf"(?P<mark>[.!?\u061f\u06d4\u2026]+)(?P<closing>[{CLOSING}]*)")
_LETTER = re.compile(r"\w")
_WORD = re.compile(r"[^\W_]+")
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
    start = seen = 0
    for cut in (*cuts, len(part)):
        word = _LETTER.search(part, seen, cut)
        seen = cut
        if word is not None:
            for begin, end in _pieces(part, start, cut):
                yield Span(segment.span.start + begin, segment.span.start + end)
            start = cut
        # marks alone belong to nothing: they go to the sentence behind them


def _pieces(part: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Give a sentence without the blanks around it; one too long in pieces, at its softer breaks.

    What is told is looked for within a piece, so that a text without a stop is still read in a time
    that grows with its length alone.
    """
    while end - start > LONGEST:
        cut = _soft_break(part, start + LONGEST // 2, start + LONGEST)
        if _LETTER.search(part, start, cut):
            yield _trim(part, start, cut)
        start = cut
    if _LETTER.search(part, start, end):
        yield _trim(part, start, end)


def _soft_break(part: str, low: int, high: int) -> int:
    """Give where a long sentence may best be cut between two places: behind its last such mark."""
    for marks in _SOFTER:
        cut = max(part.rfind(mark, low, high) for mark in marks)
        if cut >= 0:
            return cut + 1
    return high


def _trim(part: str, start: int, end: int) -> tuple[int, int]:
    piece = part[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())


def _ends(part: str) -> Iterator[int]:
    """Give where sentences end in a paragraph."""
    asides = [match.span() for match in _ASIDE.finditer(part)]
    begins = [start for start, _ in asides]
    first, last = _trim(part, 0, len(part))
    quotes = counted = 0
    for match in _END.finditer(part):
        aside = bisect_left(begins, match.start()) - 1
        if aside >= 0 and match.start() < asides[aside][1] - 1:
            continue
        end = match.end()
        if end >= last or _is_end(part, match, first):
            quotes += part.count('"', counted, end)
            counted = end
            # a straight quote behind a stop may open the next sentence instead of closing this one
            opens = match["closing"].endswith('"') and quotes % 2 == 1
            yield end - opens


def _is_end(part: str, match: re.Match[str], first: int) -> bool:
    """Tell whether a sentence ends at marks with words behind; `first` is the first sign of all."""
    mark, start, end = match["mark"], match.start(), match.end()
    if mark.strip(".\u2026"):  # a question or an exclamation
        return True
    if len(mark) > 1 or mark == "\u2026":  # dots within a sentence: a pause, or words left out
        return False
    before, follows = part[start - 1 : start], part[end]
    if before.isdigit() and follows.isdigit():  # a decimal, or 2017.10.27
        return False
    begin = start
    while begin and start - begin < LONG_WORD and part[begin - 1].isalnum():
        begin -= 1
    word = part[begin:start]
    if not word:
        return first < start and follows.isspace()
    if _is_abbreviation(word):
        return False
    if word.isdigit() and first >= begin:  # "1. ", a list's number
        return False
    if match["closing"] or follows.isspace():
        return True
    # 'word.word': two sentences in Arabic, but an address in Latin letters
    next_word = _WORD.match(part, end)
    latin = follows.isascii() or before.isascii()
    return bool(next_word) and len(next_word.group()) > 1 and not latin if next_word else not latin


def _is_abbreviation(word: str) -> bool:
    if len(word) == 1:
        return not word.isdigit()
    folded = fold_words(word)
    return bool(folded) and folded[0] in phrases("abbreviations")
