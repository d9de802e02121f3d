"""Mark what each part of an article's text is: headline, body, post, repeat or boilerplate."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

from dashboard.extraction import boilerplate
from dashboard.extraction.boilerplate import fold_words
from dashboard.extraction.line_breaks import joined_to_next, surely_joined
from dashboard.model import Article, Span

HEADLINE_WORDS = 25
SUBTITLE_WORDS = 10
HEADLINE_LINES = 3
REPEAT_WORDS = 4
CUT_REPEAT_WORDS = 8
BODY_WORDS = 12  # of a line that ends a sentence, from which on it is no headline
LONG_WORDS = 30  # of any line, from which on it is no headline
ALSO_LINES = 5
ALSO_WORDS = 18
POST_CHARACTERS = 300  # a post's 280, and a little for what the page adds

_POST_LINK = re.compile(r"\s*(?:https?://)?(?:pic\.twitter\.com|pic\.x\.com|t\.co)/\w+")


class SegmentKind(StrEnum):
    """What a part of an article's text is; events are told in the first three only."""

    HEADLINE = "headline"
    BODY = "body"
    POST = "post"
    REPEAT = "repeat"
    BOILERPLATE = "boilerplate"


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A part of an article's text; `anchor` is the day of an embedded post, its own "today"."""

    span: Span
    kind: SegmentKind
    anchor: date | None = None


@dataclass(slots=True, kw_only=True)
class _Line:
    """A line, or the part of one before or after a cut, while its kind is being found."""

    start: int
    end: int
    text: str
    words: tuple[str, ...]
    kind: SegmentKind | None = None
    anchor: date | None = None
    after_blank: bool = False

    @property
    def ended(self) -> bool:
        return bool(boilerplate.ENDS_SENTENCE.search(self.text))

    @property
    def like_body(self) -> bool:
        """Tell whether nobody would take it for an item of a list of headlines."""
        if boilerplate.CUT_SHORT.search(self.text) or boilerplate.BULLET.match(self.text):
            return False
        return len(self.words) >= (BODY_WORDS if self.ended else LONG_WORDS)


def clean(article: Article) -> tuple[Segment, ...]:
    """Cut a text into segments that cover it whole, in order; nothing is deleted.

    A body segment is one paragraph, over the line breaks that a page put around linked names.
    """
    lines = _lines(article.text)
    _mark_posts(lines)
    _mark_comments(lines)
    _mark_lists(lines)
    _mark_read_also(lines)
    _mark_lines(lines)
    _mark_repeats(lines)
    _mark_headline(lines, fold_words(article.title or ""))
    for line in lines:
        line.kind = line.kind or SegmentKind.BODY
    return _segments(lines, len(article.text))


def _lines(text: str) -> list[_Line]:
    """Cut a text into lines with something on them, and before a "read also" inside a line."""
    lines: list[_Line] = []
    at, blank = 0, False
    for whole in text.split("\n"):
        start, at = at, at + len(whole) + 1
        if not whole.strip():
            blank = True
            continue
        words = fold_words(whole)
        cut = boilerplate.also_inside(whole, words)
        ends = (len(whole),) if cut < 0 else (cut, len(whole))
        begin = 0
        for end in ends:
            part = whole[begin:end]
            lines.append(
                _Line(
                    start=start + begin,
                    end=start + end,
                    text=part,
                    words=words if cut < 0 else fold_words(part),
                    after_blank=blank and begin == 0,
                )
            )
            begin = end
        blank = False
    return lines


def _mark_posts(lines: Sequence[_Line]) -> None:
    """Mark embedded posts: from the signature upwards as far as one post can reach."""
    for number, line in enumerate(lines):
        signature = boilerplate.post_signature(line.text)
        if signature is None:
            if boilerplate.has_post_link(line.text) and line.kind is None:
                line.kind = SegmentKind.POST
            continue
        anchor = boilerplate.signature_day(signature)
        alone = not line.text[: signature.start()].strip()
        first = _post_start(lines, number, alone=alone)
        for part in lines[first : number + 1]:
            part.kind, part.anchor = SegmentKind.POST, anchor


def _post_start(lines: Sequence[_Line], signature: int, *, alone: bool) -> int:
    """Find the first line of a post; above a signature that stands alone there is one surely."""
    length, first = 0, signature
    for number in range(signature - 1, -1, -1):
        line = lines[number]
        length += len(_POST_LINK.sub("", line.text))
        nearest = alone and number == signature - 1
        if line.anchor or line.text.rstrip().endswith(":") or length > POST_CHARACTERS:
            # a long post is shown whole on few pages: take its one line, never more
            return number if nearest and line.anchor is None else first
        if not nearest and (number == 0 or boilerplate.ENDS_WITH_STOP.search(line.text)):
            return first
        first = number
    return first


def _mark_comments(lines: Sequence[_Line]) -> None:
    """Mark the readers' comments: all that stands below their heading, below the article."""
    body = next((n for n, line in enumerate(lines) if line.like_body), len(lines))
    for number in range(body + 1, len(lines)):
        if boilerplate.is_comment_heading(lines[number].words):
            for line in lines[number:]:
                line.kind = SegmentKind.BOILERPLATE
            return


def _mark_lists(lines: Sequence[_Line]) -> None:
    """Mark lists of other articles: below their heading, or bulleted and cut short."""
    number = 0
    while number < len(lines):
        line = lines[number]
        if line.kind is None and boilerplate.is_list_heading(line.text, line.words):
            line.kind = SegmentKind.BOILERPLATE
            stop = number + 1
            while stop < len(lines) and not lines[stop].like_body:
                stop += 1
            items = lines[number + 1 : stop]
            if not any(before.like_body for before in lines[:number]):
                # above the article: the last line before the body is its own headline
                items = items[:-1] if len(items) >= 3 else []
            for item in items:
                item.kind = item.kind or SegmentKind.BOILERPLATE
            number = stop
            continue
        number += 1
    for one, two in pairwise(lines):
        if _is_item(one) and _is_item(two):
            one.kind = two.kind = SegmentKind.BOILERPLATE


def _is_item(line: _Line) -> bool:
    cut = boilerplate.CUT_SHORT.search(line.text) and boilerplate.BULLET.match(line.text)
    return bool(cut) and line.kind in (None, SegmentKind.BOILERPLATE)


def _mark_read_also(lines: Sequence[_Line]) -> None:
    for number, line in enumerate(lines):
        length = boilerplate.read_also(line.words) if line.kind is None else 0
        if not length:
            continue
        line.kind = SegmentKind.BOILERPLATE
        if length == len(line.words):
            for item in lines[number + 1 : number + 1 + ALSO_LINES]:
                if item.kind or item.ended or len(item.words) > ALSO_WORDS:
                    break
                item.kind = SegmentKind.BOILERPLATE


def _mark_lines(lines: Sequence[_Line]) -> None:
    seen = False
    for line in lines:
        if line.kind is not None:
            continue
        caption = seen and boilerplate.is_caption(line.text, line.words)
        if caption or boilerplate.is_around(line.text, line.words):
            line.kind = SegmentKind.BOILERPLATE
        else:
            seen = True


def _mark_repeats(lines: Sequence[_Line]) -> None:
    """Mark what stands elsewhere already: word for word, or cut short."""
    own = [line for line in lines if line.kind is None]
    seen: set[tuple[str, ...]] = set()
    for line in own:
        if len(line.words) >= REPEAT_WORDS and line.words in seen:
            line.kind = SegmentKind.REPEAT
        seen.add(line.words)
    for line in own:
        words = line.words[:-1]  # the last word may be cut itself
        if (
            line.kind
            or len(words) < CUT_REPEAT_WORDS
            or not boilerplate.CUT_SHORT.search(line.text)
        ):
            continue
        if any(w[: len(words)] == words and len(w) > len(line.words) for w in seen):
            line.kind = SegmentKind.REPEAT


def _mark_headline(lines: Sequence[_Line], title: tuple[str, ...]) -> None:
    own = [line for line in lines if line.kind is None]
    joins = _joined(own)
    for number, line in enumerate(own[:HEADLINE_LINES]):
        if number == 0 and title and line.words == title:
            line.kind = SegmentKind.HEADLINE
            continue
        most = SUBTITLE_WORDS if number else HEADLINE_WORDS
        last = number == len(own) - 1
        if last or len(line.words) > most or boilerplate.ENDS_WITH_STOP.search(line.text):
            return
        if surely_joined(line.text, own[number + 1].text):
            return
        if number and (joins[number] or line.text.rstrip().endswith(":")):
            return
        line.kind = SegmentKind.HEADLINE


def _segments(lines: Sequence[_Line], length: int) -> tuple[Segment, ...]:
    """Put lines together: broken paragraphs, the lines of one post, runs of boilerplate."""
    body = [n for n, line in enumerate(lines) if line.kind is SegmentKind.BODY]
    joins: set[int] = set()
    for run in _runs(body):
        joined = _joined([lines[n] for n in run])
        joins |= {n for n, join in zip(run, joined, strict=True) if join}
    segments: list[Segment] = []
    for number, line in enumerate(lines):
        kind = line.kind or SegmentKind.BODY
        start = line.start if number else 0
        end = lines[number + 1].start if number + 1 < len(lines) else length
        before = lines[number - 1] if number else None
        loose = kind in (SegmentKind.BOILERPLATE, SegmentKind.POST)
        same = before is not None and (before.kind, before.anchor) == (kind, line.anchor)
        if segments and ((loose and same) or number - 1 in joins):
            start = segments.pop().span.start
        segments.append(Segment(span=Span(start, end), kind=kind, anchor=line.anchor))
    if not segments and length:
        return (Segment(span=Span(0, length), kind=SegmentKind.BOILERPLATE),)
    return tuple(segments)


def _joined(lines: Sequence[_Line]) -> list[bool]:
    texts, words = [line.text for line in lines], [line.words for line in lines]
    return joined_to_next(texts, words, [line.after_blank for line in lines])


def _runs(numbers: Sequence[int]) -> list[list[int]]:
    """Cut rising numbers where one is left out."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return runs
