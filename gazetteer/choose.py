"""Choose among the places of one name by kind word, country, parents and the places around it."""

from bisect import bisect_left, bisect_right
from math import exp

from gazetteer.mentions import Mention, Passage
from gazetteer.names import Entry, NameIndex, Reading, Scored
from gazetteer.place import Candidate, Place, PlaceKind, ToponymKind

_CLEAR = 0.92  # a second reading that scores above this share of the first leaves it ambiguous
_NEAR_KM = 120  # the scale on which nearness to the other places of a text counts
_ONE_SPOT_KM = 8  # readings this near to each other do not contradict
_BESIDE = 6  # words within which what holds a place is named beside it
_GENERAL = frozenset({PlaceKind.COUNTRY, PlaceKind.REGION, PlaceKind.DESERT})
_HOLDERS = frozenset({PlaceKind.GOVERNORATE, PlaceKind.DISTRICT})


def choose_all(passage: Passage, mentions: list[Mention], names: NameIndex) -> None:
    """Resolve the accepted names of a text, the clear ones first; set place and candidates."""
    accepted = [mention for mention in mentions if mention.is_name and mention.accepted]
    context = _Context(passage, accepted, mentions, names)
    clear: dict[str, Place] = {}
    for mention in accepted:
        scored = mention.scored = context.weigh(mention, ())
        mention.accepted = bool(scored)  # none: a name that needs a kind word it lacks
        if scored and context.is_clear(scored):
            clear[scored[0].place.id] = scored[0].place
    accepted = [mention for mention in accepted if mention.accepted]
    anchors = tuple(place for place in clear.values() if place.kind not in _GENERAL)
    for mention in accepted:
        if len(mention.scored) > 1:
            mention.scored = context.weigh(mention, anchors)
        mention.candidates = context.candidates(mention.scored)
    _agree(accepted, context)
    if not anchors:
        _prefer_the_heart(accepted, frozenset(passage.words.heart))


def _prefer_the_heart(accepted: list[Mention], heart: frozenset[str]) -> None:
    """Read a name as the town that reporting is most about where a text says nothing of where."""
    for mention in accepted:
        if mention.place is None:
            meant = [s.place for s in mention.scored if s.place.id in heart]
            if len(meant) == 1:
                mention.place = meant[0]
                mention.candidates = tuple(
                    sorted(mention.candidates, key=lambda c: c.place.id != meant[0].id)
                )
                mention.why.append("reporting is most about this one; no other place is named")


def _agree(accepted: list[Mention], context: "_Context") -> None:
    """Read a name alike wherever a text has it, unless a kind word says otherwise."""
    votes: dict[str, dict[str, float]] = {}
    for mention in accepted:
        tally = votes.setdefault(mention.key, {})
        for candidate in mention.candidates:
            tally[candidate.place.id] = tally.get(candidate.place.id, 0) + candidate.score
    for mention in accepted:
        if context.is_clear(mention.scored):
            mention.place = mention.candidates[0].place
            continue
        tally = votes[mention.key]
        ranked = sorted(tally.values(), reverse=True)
        best = max(mention.candidates, key=lambda c: tally[c.place.id])
        if len(ranked) > 1 and ranked[1] < ranked[0] * _CLEAR and best.score > 0:
            mention.place = best.place
            mention.why.append("as elsewhere in the text")


def _is_clear(scored: tuple[Scored, ...], names: NameIndex) -> bool:
    first = scored[0]
    for other in scored[1:]:
        if other.score < first.score * _CLEAR:
            break
        apart = names.apart_km(first.place, other.place)
        nested = names.is_within(first.place, other.place.id) or names.is_within(
            other.place, first.place.id
        )
        around = apart <= other.place.radius_km and other.place.kind in _HOLDERS
        alike = apart <= 0.7 * min(first.place.radius_km, other.place.radius_km)
        if apart > _ONE_SPOT_KM and not (nested or around or alike):
            return False
    return True


class _Context:
    """What the rest of a text says about where its names lie."""

    def __init__(
        self, passage: Passage, accepted: list[Mention], mentions: list[Mention], names: NameIndex
    ) -> None:
        self.passage = passage
        self.names = names
        self.accepted = accepted
        # Which places that hold others, and which countries, a text names, and where.
        self.holders: dict[str, list[int]] = {}
        self.codes: dict[str, list[int]] = {}
        self.adjectives: dict[int, str] = {}  # of countries, by where they stand
        for mention in accepted:
            for entry in mention.entries:
                if len(mention.entries) == 1 or entry.place.kind in _HOLDERS | _GENERAL:
                    self.holders.setdefault(entry.place.id, []).append(mention.first)
                if entry.place.kind is PlaceKind.COUNTRY:
                    self.codes.setdefault(entry.place.id[:2], []).append(mention.first)
        self.nearness: dict[str, tuple[float, float] | None] = {}
        # Lists of scored readings live as long as this object, so that their ids are theirs.
        self.scored: dict[tuple[object, ...], tuple[Scored, ...]] = {}
        self.clear: dict[int, bool] = {}
        self.made: dict[int, tuple[Candidate, ...]] = {}
        for mention in mentions:
            if mention.code is not None and mention.reading is ToponymKind.DEMONYM:
                self.codes.setdefault(mention.code, []).append(mention.first)
                self.adjectives[mention.first] = mention.code
            elif mention.metonym:
                for entry in mention.entries:
                    self.codes.setdefault(entry.place.id[:2], []).append(mention.first)

    def weigh(self, mention: Mention, anchors: tuple[Place, ...]) -> tuple[Scored, ...]:
        """Score the places of a name, best first; names that stand alike in a text but once."""
        section = mention.kind_word.section if mention.kind_word else None
        readings = self.names.readings.get((mention.key, section))
        if readings is None:
            readings = self._prepare(mention, section)
            self.names.readings[mention.key, section] = readings
        single = len(mention.entries) == 1
        adjective = self.adjectives.get(mention.last + 1)
        beside: tuple[int, ...] = ()
        if not single:
            beside = tuple([self._named(mention, r.holders) if r.holders else 0 for r in readings])
        alike = (mention.key, section, adjective, beside, bool(anchors))
        if (scored := self.scored.get(alike)) is not None:
            return scored
        best: dict[str, Scored] = {}
        for number, reading in enumerate(readings):
            factor, named = 1.0, -1
            if not single:
                named = beside[number]
                factor = self._fit(reading.weighed, adjective, named, anchors)
            score = round(min(1.0, reading.score * factor), 4)
            place = reading.place
            if place.id not in best or best[place.id].score < score:
                best[place.id] = Scored(score, place, reading, adjective, named, bool(anchors))
        scored = tuple(sorted(best.values(), key=lambda s: (-s.score, s.place.id)))
        self.scored[alike] = scored
        return scored

    def candidates(self, scored: tuple[Scored, ...]) -> tuple[Candidate, ...]:
        """Give what was scored with its reasons in full, once for each list."""
        if (made := self.made.get(id(scored))) is None:
            made = self.made[id(scored)] = tuple(
                Candidate(
                    place=s.place,
                    score=s.score,
                    why=(*s.reading.why, *self._reasons(s), *s.reading.layer),
                )
                for s in scored
            )
        return made

    def is_clear(self, scored: tuple[Scored, ...]) -> bool:
        """Tell whether no second reading comes near the first, once for each list."""
        if (clear := self.clear.get(id(scored))) is None:
            clear = self.clear[id(scored)] = _is_clear(scored, self.names)
        return clear

    def _named(self, mention: Mention, holders: tuple[str, ...]) -> int:
        """Tell whether what holds a place is named (1), or named beside a mention (2)."""
        named, first = 0, mention.first
        for holder_id in holders:
            numbers = self.holders.get(holder_id)
            if numbers is None:
                continue
            low = bisect_left(numbers, first - _BESIDE)  # they rise with the mentions
            high = bisect_right(numbers, first + _BESIDE, lo=low)
            if any(number != first for number in numbers[low:high]):
                return 2
            if numbers[0] != first or numbers[-1] != first:
                named = 1
        return named

    def _prepare(self, mention: Mention, section: str | None) -> tuple[Reading, ...]:
        """Prepare what no context changes of the places of a name after a kind word."""
        entries = [e for e in mention.entries if e.needs is None or e.needs == section]
        kind_word = mention.kind_word
        fitting = [e for e in entries if kind_word and e.place.kind in kind_word.kinds]
        readings = []
        for entry in fitting or entries:
            why = entry.how if entry.how != "bare" else "the name without its kind word"
            fits = "the kind word fits" if fitting else "the kind word does not fit"
            weighed = self._seat(entry.place, fitting or entries) or entry.place
            readings.append(
                Reading(
                    place=self.names.places[entry.place.retired_to or entry.place.id],
                    weighed=weighed,
                    holders=self.names.holder_ids(weighed.id),
                    score=entry.score * (1.0 if fitting or kind_word is None else 0.7),
                    why=(why,) if kind_word is None else (why, fits),
                    layer=("imported",) if entry.place.id in self.names.imported else (),
                )
            )
        return tuple(readings)

    def _seat(self, place: Place, entries: list[Entry]) -> Place | None:
        """Give the town of the same name in a governorate: what is near tells not which of them."""
        if place.kind not in _HOLDERS:
            return None
        inside = (e.place for e in entries if e.place.kind not in _HOLDERS)
        return next((town for town in inside if self.names.is_within(town, place.id)), None)

    def _fit(
        self, place: Place, adjective: str | None, named: int, anchors: tuple[Place, ...]
    ) -> float:
        """Weigh a place by the country and parents that the text names, and by what is near."""
        factor = 0.9
        if adjective is not None:
            factor *= 1.2 if adjective == place.id[:2] else 0.6
        elif place.id[:2] in self.codes:
            factor *= 1.05
        if named:
            factor *= 1.2 if named == 2 else 1.1
        if anchors and (nearness := self._nearness(place, anchors)) is not None:
            near, mean = nearness
            factor *= 0.75 + 0.25 * exp(-near / _NEAR_KM) + 0.15 * mean
        return factor

    def _reasons(self, scored: Scored) -> list[str]:
        """Put in words what `_fit` weighed."""
        place, why = scored.reading.weighed, list[str]()
        if scored.named < 0:
            return why
        if scored.adjective is not None:
            other = "its" if scored.adjective == place.id[:2] else "another"
            why.append(f"{other} country's adjective follows")
        elif place.id[:2] in self.codes:
            why.append("its country is named")
        if scored.named:
            why.append("what holds it is named" + (" beside it" if scored.named == 2 else ""))
        if scored.near and (nearness := self.nearness.get(place.id)) is not None:
            why.append(f"{nearness[0]:.0f} km from the nearest other place of the text")
        return why

    def _nearness(self, place: Place, anchors: tuple[Place, ...]) -> tuple[float, float] | None:
        """Measure how near a place is to the clear ones: km to the nearest, mean of e^-km/100."""
        if place.id not in self.nearness:
            inside = place.radius_km if place.kind in _HOLDERS else 0.0
            apart_km = self.names.apart_km
            away = [apart_km(place, other) - inside for other in anchors if other.id != place.id]
            self.nearness[place.id] = (
                (
                    max(0.0, min(away)),
                    sum([exp(-km / 100) if km > 0 else 1.0 for km in away]) / len(away),
                )
                if away
                else None
            )
        return self.nearness[place.id]
