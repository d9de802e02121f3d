"""Keep what place an article speaks of, and bind "the city", "there" and their like to it."""

import functools
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from dashboard.extraction.asides import FoundPlace
from dashboard.extraction.clauses import Parse
from dashboard.extraction.lexicon import simplify
from dashboard.extraction.places import NOT_PLACES
from dashboard.model import PlaceMention, Span
from gazetteer.place import Place, PlaceKind, ToponymKind

FILE = Path(__file__).with_name("anaphora.toml")

HEADLINE, EVENT, LAST, HERE, NAMED = 3.0, 2.0, 1.5, 10.0, 0.5
"""How much it makes a place spoken of: to stand in the headline, to be an event's place, the last
event's, to stand earlier in the same sentence, to be named at all. The order matters."""

MOST_EVENTS = 2
AROUND_KM = 15.0
CONFIDENCE = 0.5

SETTLED = (PlaceKind.CITY, PlaceKind.TOWN, PlaceKind.VILLAGE, PlaceKind.CAMP)


@dataclass(frozen=True, slots=True, kw_only=True)
class Nouns:
    """The words of the file, folded; `kinds` says what a definite noun can stand for.

    `open` are those that can stand for a place where the gazetteer leaves it open.
    """

    kinds: dict[str, frozenset[PlaceKind]]
    bound: frozenset[str]
    around: frozenset[str]
    around_adjectives: frozenset[str]
    there: frozenset[str]
    there_is: frozenset[str]
    path: frozenset[str]
    open: frozenset[str]


@functools.cache
def nouns() -> Nouns:
    """Read the words that stand for a place."""
    data = tomllib.loads(FILE.read_text(encoding="utf-8"))

    def fold_all(forms: Iterable[str]) -> frozenset[str]:
        return frozenset(simplify(form) for form in forms)

    entries = data["noun"]
    kinds = {
        simplify(form): frozenset(PlaceKind(kind) for kind in entry["kinds"])
        for entry in entries
        for form in entry["forms"]
    }
    bound = fold_all(f for e in entries if e.get("bound") for f in e["forms"])
    around = fold_all(data["around"]["nouns"])
    there = fold_all(data["there"]["forms"])
    return Nouns(
        kinds=kinds,
        bound=bound,
        around=around,
        around_adjectives=fold_all(data["around"]["adjectives"]),
        there=there,
        there_is=fold_all(data["there"]["after"]),
        path=fold_all(data["path"]["prepositions"]),
        open=frozenset(kinds.keys() - bound) | around | there,
    )


@dataclass(slots=True)
class Focus:
    """What the article spoke of so far: places by id, and how much each was spoken of."""

    places: dict[str, Place] = field(default_factory=dict)
    headline: set[str] = field(default_factory=set)
    events: dict[str, int] = field(default_factory=dict)
    order: list[str] = field(default_factory=list)
    last: tuple[FoundPlace, ...] = ()

    def hear(
        self,
        places: Sequence[FoundPlace],
        told: Sequence[tuple[FoundPlace, ...]],
        *,
        headline: bool,
    ) -> None:
        """Take in a sentence: the places it names, and those of each event that it tells."""
        for found in places:
            self.places[found.place.id] = found.place
            by_the_way = found.aside or found.source or found.preposition in nouns().path
            if by_the_way and found.place.id not in self.order:
                continue  # known, and not yet spoken of
            if found.place.id in self.order:
                self.order.remove(found.place.id)
            self.order.append(found.place.id)
            if headline and not found.container:
                self.headline.add(found.place.id)
        for group in told:
            for found in group:
                self.places.setdefault(found.place.id, found.place)
                self.events[found.place.id] = self.events.get(found.place.id, 0) + 1
            if group and not headline:
                self.last = group

    def weight(self, place: Place) -> float:
        """Give how much a place was spoken of before this sentence."""
        weight = HEADLINE * (place.id in self.headline)
        weight += EVENT * min(self.events.get(place.id, 0), MOST_EVENTS)
        weight += LAST * any(found.place.id == place.id for found in self.last)
        if place.id in self.order:
            weight += NAMED * (1 + self.order.index(place.id) / len(self.order))
        return weight

    def there(self, here: Sequence[FoundPlace]) -> Place | None:
        """Give what "there" is: what was named in the sentence, the last event's place."""
        near = [found.place for found in here if not (found.container or found.aside)]
        last = [found.place for found in self.last]
        return next(iter((*reversed(near), *last)), None)

    def best(
        self, kinds: frozenset[PlaceKind], here: Sequence[FoundPlace] = ()
    ) -> tuple[Place, float] | None:
        """Give the place of these kinds that is most spoken of; `here` are those just named."""
        weights: dict[str, tuple[float, Place]] = {}
        for place in self.places.values():
            if place.kind in kinds:
                weights[place.id] = (self.weight(place), place)
        for nth, found in enumerate(here):
            if found.place.kind in kinds and not found.container:
                known = weights.get(found.place.id, (0.0, found.place))[0]
                near = HERE + nth / 100
                if found.preposition in nouns().path:
                    near = NAMED
                weights[found.place.id] = (known + near, found.place)
        if not weights:
            return None
        weight, place = max(weights.values(), key=lambda item: item[0])
        return place, weight


def bind(
    parse: Parse, mentions: Sequence[PlaceMention], places: Sequence[FoundPlace], focus: Focus
) -> tuple[PlaceMention, ...]:
    """Bind what stands for a place in a sentence to what the article speaks of.

    `places` are the places as the gazetteer bound them; the result are the mentions with the
    anaphors rebound and those added that the gazetteer leaves open.
    """
    words = nouns()
    out: list[PlaceMention] = []
    taken: set[int] = set()
    for mention in mentions:
        first, last = parse.at(*mention.span)
        taken.update(range(first, last))
        form = _bare(parse.tokens[last - 1].form, words)
        kinds = words.kinds.get(form)
        if mention.kind is ToponymKind.ANAPHOR and form in words.there:
            place = focus.there([p for p in places if p.last <= first and p.head < first])
            out.append(mention_of(parse, first, last, place, "there") if place else mention)
            continue
        if mention.kind is not ToponymKind.ANAPHOR or kinds is None or mention.place is None:
            out.append(mention)
            continue
        here = [p for p in places if p.last <= first and p.mention.kind not in NOT_PLACES]
        found = focus.best(kinds | {mention.place.kind}, here)
        if found is None or found[0].id == mention.place.id:
            out.append(mention)
            continue
        out.append(mention_of(parse, first, last, found[0], "stands for what is spoken of"))
    more = list(_open(parse, places, focus, taken))
    return tuple(sorted(out + more, key=lambda mention: mention.span))


def _open(
    parse: Parse, places: Sequence[FoundPlace], focus: Focus, taken: set[int]
) -> Iterator[PlaceMention]:
    """Give the anaphors that the gazetteer does not know."""
    words = nouns()
    spots = [
        at
        for at, token in enumerate(parse.tokens)
        if token.form in words.open or token.form[1:] in words.open
    ]
    if not spots:
        return
    named = {at for place in places for at in (place.head, place.first)}
    for at in spots:
        form = _bare(parse.tokens[at].form, words)
        follows = at + 1 < len(parse.tokens) and at + 1 in named | taken
        if at in taken or (follows and parse.tokens[at + 1].gap == " "):
            continue
        here = [place for place in places if place.last <= at]
        if form in words.kinds and form not in words.bound:
            found = focus.best(words.kinds[form], here)
            if found is not None:
                yield mention_of(parse, at, at + 1, found[0], "stands for what is spoken of")
        elif (
            form in words.around
            and _form(parse, at + 1) in words.around_adjectives
            and not (at + 2 < len(parse.tokens) and "out_of" in parse.classes[at + 2])
        ):
            found = focus.best(frozenset(SETTLED), here)
            if found is not None:
                why = "about what is spoken of"
                yield mention_of(parse, at, at + 2, found[0], why, AROUND_KM)
        elif form in words.there and not _is_there_is(parse, at):
            place = focus.there(here)
            if place is not None:
                yield mention_of(parse, at, at + 1, place, "there")


def _bare(form: str, words: Nouns) -> str:
    return form if form in words.kinds or form[:1] not in ("و", "ف") else form[1:]


def _form(parse: Parse, at: int) -> str:
    return parse.tokens[at].form if at < len(parse.tokens) else ""


def _is_there_is(parse: Parse, at: int) -> bool:
    if at == 0 or parse.tokens[at].form.startswith("و") or parse.tokens[at].gap != " ":
        return True
    before = parse.tokens[at - 1].form
    return before.lstrip("و") in nouns().there_is or "opener" in parse.classes[at - 1]


def mention_of(
    parse: Parse, first: int, last: int, place: Place, why: str, around: float = 0.0
) -> PlaceMention:
    """Give the mention of a place that tokens [first, last) stand for, `around` km about it."""
    start, end = parse.tokens[first].start, parse.tokens[last - 1].end
    offset = parse.sentence.span.start
    wide = place.kind in (PlaceKind.GOVERNORATE, PlaceKind.DESERT, PlaceKind.REGION)
    wide = wide or place.kind is PlaceKind.COUNTRY
    return PlaceMention(
        span=Span(start, end),
        surface=parse.sentence.text[start - offset : end - offset],
        kind=ToponymKind.ANAPHOR,
        place=place,
        candidates=(),
        geo_precision=3 if wide else 2 if around else 1,
        uncertainty_km=max(place.radius_km, around),
        confidence=CONFIDENCE,
        why=(f"{why}: {place.name}",),
    )
