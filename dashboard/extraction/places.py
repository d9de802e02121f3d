"""Read the places of an article and see how each stands in its clause."""

from collections.abc import Sequence
from itertools import pairwise

from dashboard.extraction.asides import (
    IN,
    PHRASE,
    FoundPlace,
    behind_brackets,
    has_range,
    is_dateline,
    is_located_by,
    is_of_source,
    is_wider,
    reaches,
    says_where,
)
from dashboard.extraction.clauses import Parse
from dashboard.model import PlaceMention, Sentence, Span
from gazetteer import Gazetteer, read_toponyms
from gazetteer.place import Place, PlaceKind, ToponymKind

NOT_PLACES = (ToponymKind.DEMONYM, ToponymKind.ORGANISATION)

WITHIN = 8
"""Words, and cost of crossing, between a place and the governorate that says where it lies."""

CAPITALS = ("iq-baghdad", "sy-damascus", "lb-beirut", "iq-erbil", "tr-ankara", "ly-tripoli")
"""Where officials sit who speak of what is elsewhere; a local source may speak of his own town."""

COMPUTED, OF = "~", "-of-"
SIDES = ("north", "south", "east", "west")
"""How the id of a computed place begins, and what parts it from that of the place it is at."""

BESIDE = 2
"""Words between a quarter and "the city" that says where it is: حي الصناعة بالمدينة."""

EACH_OF = ("كل", "بكل", "لكل", "عدد", "كلا")

TOWNS = (PlaceKind.CITY, PlaceKind.TOWN)


def read_places(
    text: str, sentences: Sequence[Sentence], gazetteer: Gazetteer | None
) -> tuple[tuple[PlaceMention, ...], ...]:
    """Read the places of an article, sentence by sentence, offsets in the article."""
    toponyms = read_toponyms(
        text, gazetteer=gazetteer, sentences=[(s.span.start, s.span.end) for s in sentences]
    )
    out: list[list[PlaceMention]] = [[] for _ in sentences]
    at = 0
    for toponym in sorted(toponyms, key=lambda t: t.start):
        while at < len(sentences) and sentences[at].span.end <= toponym.start:
            at += 1
        if at == len(sentences):
            break
        if toponym.start < sentences[at].span.start:
            continue
        out[at].append(
            PlaceMention(
                span=Span(toponym.start, toponym.end),
                surface=toponym.surface,
                kind=toponym.kind,
                place=toponym.place,
                candidates=toponym.candidates,
                geo_precision=toponym.geo_precision,
                uncertainty_km=toponym.uncertainty_km,
                confidence=toponym.confidence,
                why=toponym.why,
            )
        )
    return tuple(map(tuple, out))


def locate(
    parse: Parse,
    mentions: Sequence[PlaceMention],
    gazetteer: Gazetteer,
    taken: Sequence[tuple[int, int]] = (),
) -> tuple[FoundPlace, ...]:
    """See how the resolved places of a sentence stand in it.

    `taken` are tokens [first, last) of actors: a name inside theirs is no place.
    """
    found: list[FoundPlace] = []
    if not mentions:
        return ()
    for mention in mentions:
        if mention.place is None or mention.kind in NOT_PLACES or not parse.tokens:
            continue
        first, last = parse.at(*mention.span)
        if any(start <= first and last <= end for start, end in taken):
            continue
        if is_dateline(parse, last):
            continue
        head, preposition = _governor(parse, mention, first)
        if not preposition and head == first and _is_unit(parse, first):
            continue  # "the Ninth Division freed X": a division acts
        if head == first and last - first == 1 and "no_place" in parse.classes[first]:
            continue  # a word of every day that some village is named by: only "the village of X"
        found.append(
            FoundPlace(
                mention=mention,
                place=mention.place,
                first=first,
                last=last,
                head=head,
                preposition=preposition,
                group=len(found),
            )
        )
    holders = {
        place.first
        for place in found
        if any(_contains(parse, place, other, gazetteer) for other in found)
    }
    holders |= {
        after.first
        for before, after in pairwise(found)
        if is_wider(parse, before, after) or is_located_by(parse, before, after)
    }
    out: list[FoundPlace] = []
    inner: FoundPlace | None = None
    for place in found:
        if place.first in holders:
            out.append(place._replace(container=True))
            # "X in Iraq and Y in Syria": the holder stands inside the list.
            if inner is not None and place.head - inner.last <= 2:
                inner = inner._replace(last=place.last)
            continue
        town = _town_of_side(place, gazetteer)
        if town is not None:
            place = place._replace(place=town)
        pair = inner is not None and _awaited(parse, inner, place, out)
        if inner is not None and (pair or _coordinated(parse, inner, place.head, place.first)):
            place = place._replace(
                group=inner.group,
                preposition=place.preposition or inner.preposition,
                source=inner.source,
            )
        elif is_of_source(parse, place):
            place = place._replace(aside=True, source=place.place.id in CAPITALS)
        elif says_where(parse, place, found):
            place = place._replace(aside=True)
        elif inner is not None and reaches(parse, inner, place):
            # "a triangle that reaches from A to B": B is meant as A is.
            place = place._replace(group=inner.group, preposition=inner.preposition)
        elif place.head > 1 and "coming" in parse.classes[place.head - 2]:
            place = place._replace(source=True)
        if has_range(parse, place):
            known = any(other.last <= place.head and not other.container for other in found)
            place = place._replace(aside=known, preposition="" if known else IN)
        out.append(place)
        inner = place
    return tuple(out)


def _is_unit(parse: Parse, first: int) -> bool:
    """Tell whether a name is that of a unit, with no word before that makes it a place."""
    seat = first > 0 and "seat" in parse.classes[first - 1]
    return "unit" in parse.classes[first] and not seat


def _town_of_side(place: FoundPlace, gazetteer: Gazetteer) -> Place | None:
    """Give the town of which a place is computed as a side that it is told to be in: في شرق X."""
    side, found, whole = place.place.id.partition(OF)
    if place.preposition != IN or not found or side.lstrip(COMPUTED) not in SIDES:
        return None
    if whole not in gazetteer or gazetteer[whole].kind not in TOWNS:
        return None
    return gazetteer[whole]


def _governor(parse: Parse, mention: PlaceMention, first: int) -> tuple[int, str]:
    """Give the first token of a place's phrase and the preposition before it."""
    token = parse.tokens[first]
    attached = token.form[: max(0, mention.span.start - token.start)].lstrip("وف")
    if attached[:1] in ("ب", "ل", "ك"):
        return first, attached[:1]
    nouns = {hit.first: hit for hit in parse.words.get("place_noun", ())}
    at = first
    while at > 0 and first - at < PHRASE:
        previous = at - 1
        if parse.crossing(previous, at) > 0:
            break
        each = previous > 1 and parse.tokens[previous - 1].form in EACH_OF
        if each and parse.tokens[previous].form == "من":
            at = previous - 1  # "in each of A and B"
            continue
        if "preposition" in parse.classes[previous] and previous not in nouns:
            form = parse.tokens[previous].form.lstrip("و") or parse.tokens[previous].form
            whole = form == "من" and previous > 1 and _is_part_of(parse, previous)
            if whole or (previous > 1 and "nearby" in parse.classes[previous - 1]):
                at = previous - 1  # "wide parts of X", "villages close to X"
                continue
            return at, form
        if previous in nouns:
            prefix = nouns[previous].sense.prefix
            at = previous
            if prefix[:1] in ("ب", "ل", "ك"):
                return at, prefix[:1]
            if nouns[previous].sense.joined:
                break
            continue
        break
    return at, ""


def _is_part_of(parse: Parse, of: int) -> bool:
    """Tell whether من stands behind a word for some part of what follows: أجزاء واسعة من X."""
    one, other = parse.classes[of - 1], parse.classes[of - 2]
    return "part" in one or ("some" in one and of > 2 and "part" in other)


def _awaited(
    parse: Parse, first: FoundPlace, second: FoundPlace, before: Sequence[FoundPlace]
) -> bool:
    """Tell whether a dual ("the two towns of A, which ..., and B") still waits for this name."""
    dual = "dual" in parse.classes[first.head] and sum(p.group == first.group for p in before) == 1
    return dual and parse.tokens[second.head].form.startswith("و")


def _coordinated(parse: Parse, previous: FoundPlace, head: int, first: int) -> bool:
    last = behind_brackets(parse, previous.last)
    if 2 <= head - last <= 3 and _is_thing_joined(parse, last, head):
        return True  # "posts in A and a seat in B"
    if not 0 <= head - last <= 1:
        return False
    link = parse.tokens[head - 1]
    if link.form == "و" or (link.form[0] == "و" and "preposition" in parse.classes[head - 1]):
        return True  # "in A and in B"
    if head > last:
        return False  # "A, so that B becomes ...": another word stands between
    joined = parse.tokens[head].form.startswith("و") or parse.tokens[first].form.startswith("و")
    gap = parse.tokens[last].gap.strip(" )") if last < len(parse.tokens) else ""
    return joined or gap in ("،", ",", "و", "-", "/")


def _is_thing_joined(parse: Parse, at: int, head: int) -> bool:
    """Tell whether و and a thing that somebody owns stand between two places: A ومقرات في B."""
    form = parse.tokens[at].form
    if not form.startswith("و") or "preposition" not in parse.classes[head - 1]:
        return False
    if parse.crossing(at, head) > 0:
        return False
    return any(hit.first == at for hit in parse.words.get("possession", ()))


def ancestors(place: Place, gazetteer: Gazetteer) -> tuple[str, ...]:
    """Give the ids of the places that hold a place, nearest first."""
    return gazetteer.holders(place)


def _contains(parse: Parse, place: FoundPlace, other: FoundPlace, gazetteer: Gazetteer) -> bool:
    if other is place or other.place.id == place.place.id:
        return False
    if place.place.id not in ancestors(other.place, gazetteer):
        return False
    if place.place.kind is PlaceKind.COUNTRY:
        return True
    apart = min(abs(place.first - other.last), abs(other.first - place.last))
    if place.mention.kind is ToponymKind.ANAPHOR:
        return apart <= BESIDE  # "the city" far off is spoken of, and holds nothing
    return apart <= WITHIN and parse.crossing(place.first, other.first) <= WITHIN
