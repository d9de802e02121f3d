"""Tell line breaks inside a sentence, which pages leave around linked names, from true ones."""

import re
from collections.abc import Sequence
from statistics import median

from dashboard.extraction.boilerplate import (
    BULLET,
    CLOSING,
    ENDS_SENTENCE,
    fold_words,
    phrase_at,
    phrases,
)

SHORT = 4  # words of a line that can be a linked name alone
LONG = 12  # words of a line that is a paragraph, or the better part of one
_CARRIES_ON = re.compile(rf"\s*[\u060c,\u061b;.{CLOSING}]")
_OPEN_END = re.compile(r"[\u060c,\u061b(\u00ab\u201c\[]\s*$")
_INTRODUCES = re.compile(r":\s*$")


def joined_to_next(
    texts: Sequence[str], words: Sequence[tuple[str, ...]], after_blank: Sequence[bool]
) -> list[bool]:
    """Tell for each line whether the next one carries its sentence on.

    `words` are the folded words of the lines; `after_blank` tells which lines stand below an empty
    one. A line carries on where the words before the break cannot end a sentence or those behind it
    cannot begin one; where a short line stands between such; and where empty lines, or a width, set
    the paragraphs.
    """
    joins = [_must_join(texts, words, n) for n in range(len(texts))]
    _spread(texts, words, joins)
    softly = _paragraphs_by_blank(after_blank) or _wrapped(texts)
    ends_mostly = _ends_mostly(texts, words)
    for n in range(len(texts) - 1):
        if _barrier(texts, n) or joins[n]:
            continue
        if softly and not after_blank[n + 1]:
            joins[n] = True
        elif ends_mostly and _is_link(texts, words, joins, n) and not after_blank[n + 1]:
            joins[n] = True
            joins[n + 1] = True
    return joins


def surely_joined(first: str, second: str) -> bool:
    """Tell whether the second of two lines carries on the sentence of the first, by its words."""
    return _must_join((first, second), (fold_words(first), fold_words(second)), 0)


def _barrier(texts: Sequence[str], n: int) -> bool:
    """Tell whether a sentence surely ends with line n."""
    ended = ENDS_SENTENCE.search(texts[n]) or _INTRODUCES.search(texts[n])
    return bool(ended) or bool(BULLET.match(texts[n + 1]))


def _must_join(texts: Sequence[str], words: Sequence[tuple[str, ...]], n: int) -> bool:
    if n + 1 >= len(texts) or _barrier(texts, n) or not words[n]:
        return False
    if _CARRIES_ON.match(texts[n + 1]) or _OPEN_END.search(texts[n]):
        return True
    if phrase_at(words[n + 1], 0, phrases("never_first")):
        return True
    return bool(phrase_at(words[n][-1:], 0, phrases("never_last")))


def _spread(texts: Sequence[str], words: Sequence[tuple[str, ...]], joins: list[bool]) -> None:
    """Let a short line that is joined on one side be joined on the other."""
    for n in range(1, len(texts) - 1):
        if joins[n - 1] and len(words[n]) <= SHORT and not _barrier(texts, n):
            joins[n] = True
    for n in range(len(texts) - 2, 0, -1):
        if joins[n] and len(words[n]) <= SHORT and not _barrier(texts, n - 1):
            joins[n - 1] = True


def _is_link(
    texts: Sequence[str], words: Sequence[tuple[str, ...]], joins: Sequence[bool], n: int
) -> bool:
    """Tell whether the next line is a linked name between two parts of one paragraph."""
    if n + 2 >= len(texts) or _barrier(texts, n + 1):
        return False
    begun = joins[n - 1] if n else False
    return 0 < len(words[n + 1]) <= SHORT and (begun or len(words[n]) > SHORT)


def _paragraphs_by_blank(after_blank: Sequence[bool]) -> bool:
    return len(after_blank) >= 4 and sum(after_blank) * 2 >= len(after_blank)


def _wrapped(texts: Sequence[str]) -> bool:
    """Tell whether lines were broken at a width."""
    if len(texts) < 6:
        return False
    lengths = [len(text) for text in texts]
    open_ends = sum(1 for text in texts if not ENDS_SENTENCE.search(text))
    return open_ends * 2 > len(texts) and max(lengths) <= 130 and median(lengths) >= 50


def _ends_mostly(texts: Sequence[str], words: Sequence[tuple[str, ...]]) -> bool:
    """Tell whether this page's paragraphs end with a stop, so that one without is broken."""
    ends = [
        bool(ENDS_SENTENCE.search(t)) for t, w in zip(texts, words, strict=True) if len(w) >= LONG
    ]
    return len(ends) >= 2 and sum(ends) * 5 >= len(ends) * 3
