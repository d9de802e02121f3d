"""Find the places along a line: banks of a river, between two places, frontiers."""

from collections.abc import Iterator

from gazetteer import computed
from gazetteer.arabic import AND
from gazetteer.mentions import Mention, Passage, Relative
from gazetteer.place import PlaceKind, ToponymKind


class LineFinder:
    """Finds the line-like places of one passage."""

    def __init__(self, passage: Passage, mentions: list[Mention]) -> None:
        self.passage = passage
        self.words = passage.words
        self.mentions = mentions

    def banks(self, mention: Mention, start: int) -> Iterator[Relative]:
        """Read "الضفة الغربية لنهر الفرات", "ضفاف دجلة", given the river."""
        place = mention.place
        if place is None or place.kind is not PlaceKind.RIVER:
            return
        lists = self.words.lists
        for length in (1, 2, 3):  # ضفة | الضفة الغربية | الضفة الجنوبية الشرقية
            first = start - length
            if first < 0 or not self.passage.runs_to(first, start):
                return
            if lists["bank.words"].isdisjoint(self.passage.tokens[first].forms):
                continue
            phrase = " ".join(self.passage.word(n) for n in range(first + 1, start))
            direction = self.words.adjectives.get(phrase)
            if phrase and direction is None:
                return
            begin = self.passage.start_of(first, lists["bank.words"])
            _, written = self.passage.phrase(first, mention.end)
            yield Relative(
                start=begin,
                end=mention.end,
                place=computed.bank(place, direction, written),
                geo_precision=3,
                confidence=0.7,
                why="the bank of a river",
                inside=(mention,),
            )
            return

    def betweens(self, number: int, mention: Mention, start: int) -> Iterator[Relative]:
        """Read "بين الرقة ودير الزور", given the first of the two."""
        second = self.mentions[number + 1] if number + 1 < len(self.mentions) else None
        if second is None or second.place is None or second.listed_after is not mention:
            return
        lists = self.words.lists
        first = self.passage.before(start, lists["between.words"], most=1)
        place = mention.place
        if first is None or place is None or second.prefix.removeprefix(AND) not in ("",):
            return
        if PlaceKind.COUNTRY in (place.kind, second.place.kind) or place.id == second.place.id:
            return
        capital = lists["metonym.capitals"]
        cue = self.passage.before(first, lists["between.cues"], most=1)
        if cue is None and mention.key in capital and second.key in capital:
            return
        begin, written = self.passage.phrase(first, second.end)
        yield Relative(
            start=begin,
            end=second.end,
            place=computed.between(place, second.place, written),
            geo_precision=2,
            confidence=0.6,
            why="between two places",
            inside=(mention, second),
        )

    def borders(self) -> Iterator[Relative]:
        """Read "الحدود العراقية السورية", "الحدود السورية", "الحدود بين سوريا والعراق"."""
        lists = self.words.lists
        flagged = [n for n, token in enumerate(self.passage.tokens) if token.flagged]
        for number in flagged:
            token = self.passage.tokens[number]
            start = self.passage.start_of(number, lists["border.words"])
            codes: list[str] = []
            inside = [
                m
                for m in self.mentions
                if number < m.first <= number + 5 and (m.code or m.has_kind(PlaceKind.COUNTRY))
            ]
            last, used = number, []
            for mention in inside:
                gap = {self.passage.word(n) for n in range(last + 1, mention.first)}
                adjective = mention.reading is ToponymKind.DEMONYM and not gap
                country = (
                    mention.has_kind(PlaceKind.COUNTRY)
                    and gap <= {"بين", "مع"}
                    and not (
                        not gap and not (mention.prefix or token.word in lists["border.words"])
                    )
                )
                if not (adjective or country) or not self.passage.runs_to(last, mention.first):
                    break
                codes.append(mention.code or mention.entries[0].place.id[:2])
                last = mention.last
                used.append(mention)
            if not codes:
                continue
            pair = self._pair(codes, number)
            if pair is None:
                continue
            end = used[-1].end
            yield Relative(
                start=start,
                end=end,
                place=computed.border(pair, self.words.borders[pair]),
                geo_precision=3,
                confidence=0.8 if len(codes) > 1 else 0.6,
                why="a frontier" + ("" if len(codes) > 1 else ", the other side from the text"),
                inside=tuple(used),
            )

    def _pair(self, codes: list[str], number: int) -> frozenset[str] | None:
        """Give the two countries of a frontier; the one not named is the one named nearest."""
        if len(set(codes)) > 1:
            pair = frozenset(codes[:2])
            return pair if pair in self.words.borders else None
        nearest = sorted(
            (abs(m.first - number), m.code or m.entries[0].place.id[:2])
            for m in self.mentions
            if (m.code or m.entries) and abs(m.first - number) > 1
        )
        for _, code in nearest:
            pair = frozenset((codes[0], code))
            if pair in self.words.borders:
                return pair
        return next((p for p in self.words.borders if codes[0] in p), None)
