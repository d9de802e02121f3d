"""The wordings by which articles show to know a fact, and where a sentence holds one."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from dashboard.extraction.date_tokens import Scan, date_data, fold_word
from dashboard.extraction.document_words import Marks, Stretch, Ways, Window, read_way
from dashboard.ontology.chronology import Fact, Wording, load_chronology

WINDOW = 24  # words to either side of a fact's name in which its other words must stand
PLACE_WINDOW = 18  # the same for a town: another may be meant further off
LONG = 10_000  # what must not stand there must not stand in the whole sentence
PLACES = ("taken", "falls", "begun")
_WEAK = "~"
AFTER = tuple((fold_word(word),) for word in date_data()["document"]["presupposing"])


class Pattern(NamedTuple):
    """A wording, folded: each group lists ways of one thing, each way a run of words.

    `quick` holds the first words of the groups without open endings, and `needs` a bit for each of
    these groups, to tell soon what cannot fit.
    """

    owner: Fact
    aspect: str
    weight: float
    groups: tuple[Ways, ...]
    without: Ways
    quick: tuple[frozenset[str], ...]
    needs: int = 0


@cache
def _patterns() -> Mapping[str, tuple[Pattern, ...]]:
    """Index the wordings by the first words of their first group without endings left open."""
    found: dict[str, list[Pattern]] = {}
    for fact in load_chronology().facts:
        for aspect in ("done", "open", "news"):
            wordings: tuple[Wording, ...] = getattr(fact, aspect)
            for wording in wordings:
                pattern = _pattern(fact, aspect, wording)
                anchor = next(
                    group
                    for group in pattern.groups
                    if not any(way[-1].endswith("*") for way in group.all)
                )
                others = tuple(group for group in pattern.groups if group is not anchor)
                pattern = pattern._replace(groups=(anchor, *others))
                for way in anchor.all:
                    of_word = found.setdefault(way[0], [])
                    if pattern not in of_word:
                        of_word.append(pattern)
    bits = _bits(found)
    return {
        word: tuple(
            pattern._replace(needs=sum({1 << bits[group] for group in pattern.quick}))
            for pattern in patterns
        )
        for word, patterns in found.items()
    }


def _bits(found: Mapping[str, Sequence[Pattern]]) -> dict[frozenset[str], int]:
    """Give a number to the groups of all wordings."""
    bits: dict[frozenset[str], int] = {}
    for patterns in found.values():
        for pattern in patterns:
            for group in pattern.quick:
                bits.setdefault(group, len(bits))
    return bits


@cache
def fact_marks() -> Marks:
    """Give the words at which a wording, or what it must stand beside, can begin."""
    index = _patterns()
    ways = {
        way
        for patterns in index.values()
        for pattern in patterns
        for group in (*pattern.groups, pattern.without)
        for way in group.all
    }
    return Marks([*ways, *AFTER], index, _bits(index))


def _pattern(fact: Fact, aspect: str, wording: Wording) -> Pattern:
    groups = [group for group in wording.groups if group != (_WEAK,)]
    weight = 1.0 if len(groups) < len(wording.groups) else 2.0
    read = tuple(Ways(read_way(word) for word in group) for group in groups)
    return Pattern(
        owner=fact,
        aspect=aspect,
        weight=weight,
        groups=read,
        without=Ways(read_way(word) for word in wording.without),
        quick=tuple(frozenset(group.by_first) for group in read if not group.open),
    )


def find_wordings(scan: Scan, stretch: Stretch) -> Iterator[tuple[Pattern, int, Window]]:
    """Find the wordings of a sentence, and at which word each stands."""
    groups = 0
    for _, mark in stretch.marks:
        groups |= mark.groups
    index = _patterns()
    window: Window | None = None
    for word in sorted(stretch.anchors):
        for pattern in index[word]:
            if pattern.needs & ~groups:
                continue
            window = window or stretch.window(scan)
            at = _match(window, pattern)
            if at is not None:
                yield pattern, at, window


def _match(window: Window, pattern: Pattern) -> int | None:
    reach = PLACE_WINDOW if pattern.owner.kind in PLACES else WINDOW
    for way in pattern.groups[0].all:
        for at in window.find(way):
            if all(window.near(group, at, reach) for group in pattern.groups[1:]) and not (
                pattern.without.all and window.near(pattern.without, at, LONG)
            ):
                return at
    return None
