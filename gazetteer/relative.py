"""Find the phrases that tell a place by another one: countryside, distances, banks, borders."""

from collections.abc import Iterator
from dataclasses import replace

from gazetteer import computed
from gazetteer.arabic import AND, IN, TO, fold_name
from gazetteer.lines import LineFinder
from gazetteer.mentions import Mention, Passage, Relative
from gazetteer.names import NameIndex
from gazetteer.place import Place, PlaceKind
from gazetteer.words import Direction

_POINTS = frozenset({".", ",", "\u066b"})  # before a fraction; the last is the Arabic sign
_MILE_KM = 1.609
_MOST_KM = 3_000  # beyond it a number before "km" tells no place
_NEAR_KM = 30  # up to which a computed point counts as near a place


def find_relatives(passage: Passage, mentions: list[Mention], names: NameIndex) -> list[Relative]:
    """Find the relative places of a text, given its resolved names; none overlap."""
    finder = _Finder(passage, mentions, names)
    found: list[Relative] = []
    for relative in sorted(finder.all(), key=lambda r: (r.start, -r.end)):
        if not found or relative.start >= found[-1].end:
            found.append(relative)
    return found


class _Finder:
    def __init__(self, passage: Passage, mentions: list[Mention], names: NameIndex) -> None:
        self.passage = passage
        self.words = passage.words
        self.mentions = mentions
        self.names = names

    def all(self) -> Iterator[Relative]:
        """Give all relative phrases, also those that overlap."""
        lines = LineFinder(self.passage, self.mentions)
        yield from lines.borders()
        cues = self.words.relative_tails
        for number, mention in enumerate(self.mentions):
            if (
                mention.place is None
                or mention.metonym
                or (mention.anaphor and mention.anaphor.there)
            ):
                continue
            start = mention.first if mention.kind_at is None else mention.kind_at
            alone = mention.listed_after is None
            if self._is_countryside(mention):
                yield from self._side_of_countryside(mention)
            elif alone and (not start or cues.isdisjoint(self.passage.tokens[start - 1].forms)):
                if number + 1 == len(self.mentions):
                    continue
                if self.mentions[number + 1].listed_after is not mention:
                    continue
            if mention.prefix in ("", TO, IN):
                yield from self._distance(mention, start)
            if mention.prefix in ("", TO) or mention.kind_at is not None:
                yield from lines.banks(mention, start)
                yield from self._direction(mention, start)
            yield from self._countryside(mention, start)
            yield from lines.betweens(number, mention, start)

    def _adjective_after(self, number: int) -> tuple[Direction, int] | None:
        last = self.passage.after(number, self.words.adjective_phrases, most=2)
        if last is None:
            return None
        phrase = " ".join(self.passage.word(n) for n in range(number + 1, last + 1))
        direction = self.words.adjectives.get(phrase)
        return None if direction is None else (direction, last)

    def _direction_before(self, number: int) -> tuple[Direction, int] | None:
        first = self.passage.before(number, self.words.direction_phrases)
        if first is None:
            return None
        tail = "".join(f" {self.passage.word(n)}" for n in range(first + 1, number))
        for word in self.passage.tokens[first].forms:
            if direction := self.words.directions.get(word + tail):
                return direction, first
        return None

    def _countryside(self, mention: Mention, start: int) -> Iterator[Relative]:
        place = mention.place
        lists = self.words.lists
        first = self.passage.before(start, lists["countryside.words"], most=1)
        before = mention.listed_after
        if place is None:
            return
        after = self._adjective_after(mention.last)
        direction, last = after if after else (None, mention.last)
        if first is None and (definite := self._definite_countryside(mention, start)):
            direction, first = definite
        elif first is None and before is not None and mention.kind_at is None:
            at = before.first if before.kind_at is None else before.kind_at
            if self.passage.before(at, lists["countryside.plural"], most=1) is not None:
                place = self._governorate(place)
                yield self._country(place, direction, mention.start, last, mention)
            return
        if first is None:
            return
        begin = self.passage.start_of(first, lists["countryside.all"])
        place = self._governorate(place)
        yield self._country(place, direction, begin, last, mention)

    def _is_countryside(self, mention: Mention) -> bool:
        """Tell whether a governorate is a countryside by its own name: ريف دمشق."""
        head = mention.key.partition(" ")[0]
        return head in self.words.lists["countryside.words"] and mention.has_kind(
            PlaceKind.GOVERNORATE
        )

    def _side_of_countryside(self, mention: Mention) -> Iterator[Relative]:
        """Read "ريف دمشق الشرقي": a governorate by name, but its sides are those of the city."""
        after, place = self._adjective_after(mention.last), mention.place
        city = mention.key.partition(" ")[2]
        for entry in self.names.entries.get(city, ()) if after and place else ():
            if after and place and entry.place.kind is PlaceKind.CITY:
                seat = replace(entry.place, within=place.id)
                direction, last = after
                found = self._country(seat, direction, mention.start, last, mention)
                yield replace(found, geo_precision=2)
                return

    def _country(
        self, place: Place, direction: Direction | None, begin: int, last: int, mention: Mention
    ) -> Relative:
        return Relative(
            start=begin,
            end=self.passage.end(last),
            place=computed.countryside(place, direction, self.words.countryside),
            geo_precision=3 if computed.is_wide(place) else 2,
            confidence=0.8,
            why="the countryside of a place" + (", one side of it" if direction else ""),
            inside=(mention,),
        )

    def _definite_countryside(self, mention: Mention, start: int) -> tuple[Direction, int] | None:
        """Read "الريف الشرقي لحمص", "الريف الشمالي من محافظة الرقة"."""
        at = self.passage.before(start, self.words.lists["countryside.links"], most=1)
        if at is None:
            at = start
            particle = mention.prefix == TO if mention.kind_at is None else True
            if not particle:
                return None
        definite = self.words.lists["countryside.definite"]
        for first in (at - 2, at - 3):
            if first < 0:
                return None
            if definite.isdisjoint(self.passage.tokens[first].forms):
                continue
            phrase = " ".join(self.passage.word(n) for n in range(first + 1, at))
            direction = self.words.adjectives.get(phrase)
            if direction is not None and self.passage.runs_to(first, at):
                return direction, first
        return None

    def _governorate(self, place: Place) -> Place:
        """Give the governorate of its seat: the countryside of both is one."""
        if place.kind is not PlaceKind.CITY:
            return place
        for parent in self.names.parents(place):
            if parent.kind is PlaceKind.GOVERNORATE and fold_name(place.name) in fold_name(
                parent.name
            ):
                return parent
        return place

    def _direction(self, mention: Mention, start: int) -> Iterator[Relative]:
        place = mention.place
        found = self._direction_before(start)
        if place is None or found is None:
            return
        direction, first = found
        if self._number_before(first) is not None:
            return  # "45 كم شرق X" is a distance
        begin = self.passage.start_of(first, self.words.direction_phrases)
        end = mention.end
        after = self._number_after(mention.last)
        if after is not None and after[0] <= _MOST_KM:
            km, last = after
            end = self.passage.end(last)
            _, written = self.passage.phrase(first, end)
            part = computed.at_distance(place, km, direction, written)
        else:
            part = computed.part_of(place, direction)
        yield Relative(
            start=begin,
            end=end,
            place=part,
            geo_precision=3 if computed.is_wide(place) and part.kind is not PlaceKind.SITE else 2,
            confidence=0.75,
            why=f"the {direction.name_en} of a place",
            inside=(mention,),
        )

    def _number_before(self, number: int) -> tuple[float, int] | None:
        """Find "45 كيلومترا" right before a word; give km and the number of its first word."""
        lists = self.words.lists
        for unit, factor in (("kilometres", 1.0), ("miles", _MILE_KM)):
            at = self.passage.before(number, lists[f"distance.{unit}"], most=2)
            if at is None or at == 0:
                continue
            token = self.passage.tokens[at - 1]
            for word in token.forms:
                if word.isdecimal():
                    value, first = self._figures(at - 1)
                    return value * factor, first
                if word in self.words.numbers:
                    return self.words.numbers[word] * factor, at - 1
        return None

    def _figures(self, number: int) -> tuple[float, int]:
        """Read the number in figures that a word ends; "1.5" and "1,500" are two words each."""
        passage = self.passage
        last = self._digits(number)
        whole = self._digits(number - 1)
        if whole and last:
            sign = passage.text[passage.end(number - 1) : passage.start(number)]
            if sign == "," and len(last) == 3:
                return float(whole + last), number - 1
            if sign in _POINTS:
                return float(f"{whole}.{last}"), number - 1
        return float(last), number

    def _digits(self, number: int) -> str:
        """Give the figures of a word, also behind its conjunction (و60); nothing where none are."""
        if not 0 <= number < len(self.passage.tokens):
            return ""
        forms = (*self.passage.tokens[number].forms, self.passage.word(number).removeprefix(AND))
        return next((form for form in forms if form.isdecimal()), "")

    def _number_after(self, number: int) -> tuple[float, int] | None:
        """Find "بنحو 20 كيلومترا" right after a word; give km and the number of its last word."""
        lists = self.words.lists
        while (step := self.passage.after(number, lists["distance.about"], most=1)) is not None:
            number = step
        if not self.passage.runs_to(number, number + 1) or number + 2 >= len(self.passage.tokens):
            return None
        for word in self.passage.tokens[number + 1].forms:
            if word.isdecimal() or word in self.words.numbers:
                at = number + 1
                if self._digits(at + 1) and self._figures(at + 1)[1] == at:
                    at += 1  # the fraction
                last = self.passage.after(at, lists["distance.kilometres"], most=2)
                if last is not None:
                    return self.words.numbers.get(word) or self._figures(at)[0], last
        return None

    def _distance(self, mention: Mention, start: int) -> Iterator[Relative]:
        place = mention.place
        if place is None:
            return
        lists = self.words.lists
        links = lists["distance.links"]
        at, direction = start, None
        last = mention.last
        for _ in range(4):  # "45 كم | إلى | الشرق | من | X", in any order that makes sense
            if (found := self._direction_before(at)) is not None and direction is None:
                direction, at = found
            elif (step := self.passage.before(at, links, most=2)) is not None:
                at = step
            else:
                break
        number = self._number_before(at)
        if number is None or number[0] > _MOST_KM:
            return
        km, at = number
        if direction is None:
            direction, last = self._side_after(mention)
        while (step := self.passage.before(at, lists["distance.about"], most=1)) is not None:
            at = step
        begin, written = self.passage.phrase(at, self.passage.end(last))
        yield Relative(
            start=begin,
            end=self.passage.end(last),
            place=computed.at_distance(place, km, direction, written),
            geo_precision=2 if km <= _NEAR_KM or direction else 3,
            confidence=0.7 if direction else 0.5,
            why=f"{km:g} km from a place" + (f", {direction.name_en}" if direction else ""),
            inside=(mention,),
        )

    def _side_after(self, mention: Mention) -> tuple[Direction | None, int]:
        """Read "في الجهة الجنوبية الشرقية منها" or "شرقا" after a name."""
        number = mention.last
        step = self.passage.after(number, self.words.lists["distance.side"], most=2)
        if step is not None:
            after = self._adjective_after(step)
            if after is not None:
                return after
        last = self.passage.after(number, self.words.direction_phrases, most=2)
        if last is not None:
            phrase = " ".join(self.passage.word(n) for n in range(number + 1, last + 1))
            if direction := self.words.directions.get(phrase):
                return direction, last
        return None, number
