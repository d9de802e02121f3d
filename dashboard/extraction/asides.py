"""Tell which place of a sentence only says where another lies, or where somebody speaks."""

from collections.abc import Sequence
from typing import NamedTuple

from dashboard.extraction.clauses import COMMA, Parse, TriggerEntry
from dashboard.model import PlaceMention
from gazetteer.place import Place

PHRASE = 6
"""Words before a name that can belong to it: قرى عدة في ريف ..."""

DATELINE = 3
"""A place this near the start of a sentence, with a dash or colon behind it, is a dateline."""

SPEAKER = 3
"""Words between who speaks and the place where he does: ناطق عسكري في بغداد."""

IN = "في"

BRACKETS = 3
"""Words in brackets behind a name that only explain it: حمص (وسط)."""


class FoundPlace(NamedTuple):
    """A place at tokens [first, last).

    `head` is the first word of its phrase ("the town of"); `preposition` governs it, "" where none
    does; places of one `group` are coordinated; a `container` only says in which governorate or
    country another place lies, an `aside` ("X, near Y") where the one before it does; a `source`
    is where somebody comes from.
    """

    mention: PlaceMention
    place: Place
    first: int
    last: int
    head: int
    preposition: str
    group: int
    container: bool = False
    aside: bool = False
    source: bool = False


def is_wider(parse: Parse, before: FoundPlace, after: FoundPlace) -> bool:
    """Tell whether a place follows at once to say in what wider one the first lies: X east of Y."""
    if not 0 <= after.head - before.last <= 1 or parse.crossing(before.first, after.first) > 0:
        return False
    if after.preposition not in ("", "ب", "في"):
        return False  # from A towards B
    if parse.tokens[after.head].form.startswith("و") or parse.tokens[after.first - 1].form == "و":
        return False
    return after.mention.uncertainty_km > before.mention.uncertainty_km


def is_located_by(parse: Parse, before: FoundPlace, after: FoundPlace) -> bool:
    """Tell whether a point of the compass follows a name to say where it lies: X، شمالي Y."""
    if after.head != behind_brackets(parse, before.last) or after.preposition not in ("", IN, "ب"):
        return False
    if parse.crossing(before.first, after.first) > COMMA or before.head == after.head:
        return False
    return "compass" in parse.classes[after.head] and not _is_joined(parse, after)


def _is_joined(parse: Parse, place: FoundPlace) -> bool:
    return parse.tokens[place.head].form.startswith("و") and place.preposition != "وسط"


def behind_brackets(parse: Parse, last: int) -> int:
    """Give the token behind the brackets that follow a name, `last` where none do."""
    if last >= len(parse.tokens) or "(" not in parse.tokens[last].gap:
        return last
    for at in range(last + 1, min(last + BRACKETS + 1, len(parse.tokens))):
        if ")" in parse.tokens[at].gap:
            return at
    return last


def says_where(parse: Parse, place: FoundPlace, found: Sequence[FoundPlace]) -> bool:
    """Tell whether a place only says where the one before lies: X, situated near Y."""
    before = [other.last for other in found if other.last <= place.head]
    if not before:
        return False
    early = range(max(0, place.head - 3), place.head)
    including = [at for at in early if "including" in parse.classes[at]]
    if including and parse.crossing(place.head, including[-1]) == 0:
        return True
    between = range(max(max(before), place.first - PHRASE), place.first)
    return parse.has("located", between)


def has_range(parse: Parse, place: FoundPlace) -> bool:
    """Tell whether a place is where a stretch of land begins: reaching from A."""
    return place.head > 1 and parse.has("range", range(max(0, place.head - 2), place.head))


def reaches(parse: Parse, start: FoundPlace, place: FoundPlace) -> bool:
    """Tell whether a place is where the stretch of land ends that begins at another."""
    if not 0 <= place.head - start.last <= 2 or parse.crossing(start.first, place.first) > 0:
        return False
    return has_range(parse, start) and "end" in parse.classes[place.head - 1]


TELLER = 8
"""Words between a verb of saying and where its subject sits."""


def is_of_source(parse: Parse, place: FoundPlace) -> bool:
    """Tell whether a place is where a speaker sits: an officer in X said, according to X."""
    if place.head > 0 and "according" in parse.classes[place.head - 1]:
        return True
    if place.preposition not in ("في", "ب"):
        return False
    speaks = parse.has("speaker", range(max(0, place.head - SPEAKER), place.head))
    if speaks and any(
        "speaker" in parse.classes[at] and parse.crossing(at, place.first) == 0
        for at in range(max(0, place.head - SPEAKER), place.head)
    ):
        return True
    return _is_of_teller(parse, place)


def _is_of_teller(parse: Parse, place: FoundPlace) -> bool:
    """Tell whether a place stands between who says and what is said: the centre in X said that."""
    if place.last >= len(parse.tokens) or "that" not in parse.classes[place.last]:
        return False
    hit = parse.near("say", place.head, TELLER, 0)
    if hit is None:
        return False
    deeds = parse.entries(TriggerEntry)
    return not any(hit.last <= deed.first < place.head for deed in deeds)


def is_dateline(parse: Parse, last: int) -> bool:
    """Tell whether a place only says where the report was filed: بغداد - وكالات."""
    if len(parse.tokens) <= PHRASE:
        return last <= DATELINE and not any(hit.sense.tense for hit in parse.hits)
    if last > DATELINE or last >= len(parse.tokens) or parse.sentence.headline:
        return False
    return any(mark in parse.tokens[last].gap for mark in "-–—:/(|\n")
