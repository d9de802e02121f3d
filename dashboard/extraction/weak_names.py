"""Read the names of towns that are ordinary words too, where the deed beside them is of towns."""

import functools
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from dashboard.extraction.clauses import ONE_CLAUSE, Parse
from dashboard.extraction.lexicon import MEMO_LIMIT, simplify
from dashboard.extraction.triggers import FoundTrigger, find_triggers
from dashboard.model import Part, PlaceMention, Span
from gazetteer import Gazetteer
from gazetteer.arabic import fold_name
from gazetteer.place import Candidate, Place, PlaceKind, ToponymKind
from gazetteer.words import load_words

FILE = Path(__file__).with_name("anaphora.toml")

KINDS = (PlaceKind.CITY, PlaceKind.TOWN, PlaceKind.CAMP, PlaceKind.BASE)
COUNTRIES = ("sy-", "iq-", "lb-", "ly-")

_NISBA = ("ي", "يه")
"""How adjectives of countries and kinds end, as they fold: they belong to the doer."""

CONFIDENCE = 0.6
DEED_REACH = 12
"""Words between a deed and the name that it makes a town."""

OBJECT_REACH = 6
"""Words between a deed of towns and its object: a subject may stand there."""

OF_TOWNS = ("capture", "siege", "offensive", "withdrawal")
"""Types whose word takes a place with no preposition: سقوط الرمادي."""

DEEDS = (
    "air_strike", "shelling", "bombing", "clash", "arrest", "raid", "relocation", "presence",
    "fortification", "deployment", "base_established", "abduction", "killing", *OF_TOWNS,
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words of the file, folded."""

    never: frozenset[str]
    after: frozenset[str]
    before: frozenset[str]


@functools.cache
def words() -> Words:
    """Read which names are never read so, and what may stand beside a name."""
    data = tomllib.loads(FILE.read_text(encoding="utf-8"))["never"]
    return Words(
        never=frozenset(map(simplify, data["names"])),
        after=frozenset(map(simplify, data["after"])),
        before=frozenset(map(simplify, data["before"])),
    )


class WeakNames:
    """The towns by each of their names that is an ordinary word too, and how long these are."""

    def __init__(self, places: Mapping[tuple[str, ...], tuple[Place, ...]]) -> None:
        self.places = places
        self.longest: dict[str, int] = {}
        for name in places:
            self.longest[name[0]] = max(len(name), self.longest.get(name[0], 0))
        self._known: dict[str, tuple[tuple[str, str, int], ...]] = {}

    def forms(self, form: str) -> tuple[tuple[str, str, int], ...]:
        """Give the forms of a word that begin a name: form, preposition, letters before it."""
        known = self._known.get(form)
        if known is None:
            if len(self._known) > MEMO_LIMIT:
                self._known.clear()
            known = tuple(bare for bare in _bare_forms(form) if bare[0] in self.longest)
            self._known[form] = known
        return known


@functools.lru_cache(maxsize=4)
def weak_names(gazetteer: Gazetteer) -> WeakNames:
    """Give the towns by each of their names that is an ordinary word too."""
    found: dict[tuple[str, ...], list[Place]] = {}
    for place in gazetteer:
        if place.kind not in KINDS or not place.id.startswith(COUNTRIES) or place.retired_to:
            continue
        for name in place.weak:
            folded = simplify(name)
            if folded not in words().never and len(folded) > 2:
                found.setdefault(tuple(folded.split()), []).append(place)
    return WeakNames({name: tuple(places) for name, places in found.items()})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Spot:
    """A name at tokens [first, last) of a sentence; `licensed` where a deed makes it a town."""

    sentence: int
    first: int
    last: int
    name: tuple[str, ...]
    start: int
    licensed: bool


def add_weak_names(
    parses: Sequence[Parse],
    mentions: Sequence[tuple[PlaceMention, ...]],
    gazetteer: Gazetteer,
) -> list[tuple[PlaceMention, ...]]:
    """Add to the places of an article those that only a deed tells from ordinary words.

    A name that a deed makes a town once is one in the whole article, wherever a preposition of
    place, or a deed that takes a place, stands before it.
    """
    names = weak_names(gazetteer)
    spots = [
        spot
        for number, (parse, known) in enumerate(zip(parses, mentions, strict=True))
        for spot in _spots(number, parse, known, names)
    ]
    if not spots:
        return list(mentions)
    known = {m.place.id for found in mentions for m in found if m.place is not None}
    licensed = {spot.name for spot in spots if spot.licensed}
    licensed |= {
        name for name in {s.name for s in spots} if any(p.id in known for p in names.places[name])
    }
    out = [list(found) for found in mentions]
    for spot in spots:
        if spot.name in licensed:
            place = _choose(names.places[spot.name], known, gazetteer)
            if place is not None:
                out[spot.sentence].append(_mention(parses[spot.sentence], spot, place))
    return [tuple(sorted(found, key=lambda m: m.span)) for found in out]


def _spots(
    number: int,
    parse: Parse,
    mentions: Sequence[PlaceMention],
    names: WeakNames,
) -> list[_Spot]:
    out: list[_Spot] = []
    triggers: tuple[FoundTrigger, ...] | None = None
    tokens = parse.tokens
    for at, token in enumerate(tokens):
        for bare, prefix, cut in names.forms(token.form):
            sizes = range(names.longest[bare], 0, -1)
            size = next((n for n in sizes if _phrase(parse, at, bare, n) in names.places), 0)
            if not size:
                continue
            if any(
                m.span.start < tokens[at + size - 1].end and m.span.end > token.start
                for m in mentions
            ):
                break
            if _goes_on(parse, at + size, bare):
                break
            if triggers is None:
                triggers = find_triggers(parse)
            preposed = prefix == "ب" or _preposed(parse, at, prefix)
            deeds = [t for t in triggers if t.type in DEEDS and not t.first <= at < t.last]
            near = [
                t
                for t in deeds
                if abs(at - t.first) <= DEED_REACH and parse.crossing(at, t.first) <= ONE_CLAUSE
            ]
            taken = not prefix and any(_takes(t, at) for t in near)
            taken = taken and not _describes(parse, at, bare)
            if preposed or taken:
                out.append(
                    _Spot(
                        sentence=number,
                        first=at,
                        last=at + size,
                        name=_phrase(parse, at, bare, size),
                        start=token.start + cut,
                        licensed=bool(near),
                    )
                )
            break
    return out


def _bare_forms(form: str) -> list[tuple[str, str, int]]:
    """Give the forms of a word without what is written before it: form, preposition, letters."""
    out = [(form, "", 0)]
    for conjunction in ("", "و", "ف"):
        if not form.startswith(conjunction):
            continue
        rest, cut = form[len(conjunction) :], len(conjunction)
        if conjunction:
            out.append((rest, "", cut))
        if rest.startswith("ب") and len(rest) > 3:
            out.append((rest[1:], "ب", cut + 1))
        if rest.startswith("لل") and len(rest) > 4:
            out.append(("ال" + rest[2:], "ل", cut + 1))
    return out


def _phrase(parse: Parse, at: int, bare: str, size: int) -> tuple[str, ...]:
    following = parse.tokens[at + 1 : at + size]
    if len(following) < size - 1 or any(token.gap != " " for token in following):
        return ()
    return (bare, *(token.form for token in following))


def _goes_on(parse: Parse, last: int, name: str) -> bool:
    """Tell whether an adjective follows, so that the word is an ordinary one: الطبقة الوسطى."""
    if last >= len(parse.tokens) or parse.tokens[last].gap != " ":
        return False
    form = parse.tokens[last].form
    definite = form.startswith("ال") and "relative" not in parse.classes[last]
    return definite and name.startswith("ال") and form not in words().after and form != "الي"


def _preposed(parse: Parse, at: int, prefix: str) -> bool:
    return not prefix and at > 0 and parse.tokens[at - 1].form.lstrip("و") in words().before


def _takes(trigger: FoundTrigger, at: int) -> bool:
    """Tell whether a deed of towns has the word for its place, with no preposition between."""
    if trigger.type not in OF_TOWNS or not 0 <= at - trigger.last <= OBJECT_REACH:
        return False
    noun = trigger.trigger.part == Part.VERBAL_NOUN
    roles = trigger.entry.slots.get("of" if noun else "object", ())
    return "place" in roles and (not noun or at == trigger.last)


def _describes(parse: Parse, at: int, name: str) -> bool:
    """Tell whether a name is rather an adjective of the noun before it: المنطقة الرطبة."""
    lists = load_words().lists
    adjectival = fold_name(name) in lists["ordinary.adjectival"]
    if not at or not adjectival or parse.crossing(at - 1, at):
        return False
    form = fold_name(parse.tokens[at - 1].form)
    doer = form in lists["deed.doers"] or form in lists["deed.with"]
    return form.startswith("ال") and not doer and not form.endswith(_NISBA)


def _choose(places: Sequence[Place], known: set[str], gazetteer: Gazetteer) -> Place | None:
    """Choose the town meant: one named elsewhere, else one where the article's places are."""
    here = [place for place in places if place.id in known]
    if here:
        return here[0]
    seen = {name.lstrip("~")[:3] for name in known}
    near = [place for place in places if place.id[:3] in seen] or list(places)
    holders = known & {p.id for place in near for p in gazetteer.parents(place)}
    inside = [p for p in near if holders & {up.id for up in gazetteer.parents(p)}]
    near = inside or near
    return near[0] if len({place.id for place in near}) == 1 else None


def _mention(parse: Parse, spot: _Spot, place: Place) -> PlaceMention:
    end = parse.tokens[spot.last - 1].end
    offset = parse.sentence.span.start
    why = "a word that is a town where such a deed stands beside it"
    return PlaceMention(
        span=Span(spot.start, end),
        surface=parse.sentence.text[spot.start - offset : end - offset],
        kind=ToponymKind.LITERAL,
        place=place,
        candidates=(Candidate(place=place, score=CONFIDENCE, why=(why,)),),
        geo_precision=1,
        uncertainty_km=place.radius_km,
        confidence=CONFIDENCE,
        why=(why,),
    )
