"""Read the place names of a text: find them, sort out what is none, choose among the rest."""

from collections.abc import Sequence
from functools import cached_property

from gazetteer import actors, anaphor, choose, cues, lists, relative
from gazetteer.arabic import ARTICLE
from gazetteer.demonyms import country_demonyms, place_demonyms
from gazetteer.mentions import Mention, Passage, Relative
from gazetteer.names import NameIndex, has_arabic
from gazetteer.place import Candidate, Place, PlaceKind, Toponym, ToponymKind
from gazetteer.trie import TokenTrie

# What a word or phrase in the trie is: a name, or of a class that holds no place.
_NAME, _DEMONYM, _ANAPHOR, _NONE = "name", "demonym", "anaphor", "none"
_NO_PLACES = ("organisations.names", "operations.names", "persons.names", "ordinary.phrases")
_SPOTS = frozenset(PlaceKind) - {
    *(PlaceKind.COUNTRY, PlaceKind.GOVERNORATE, PlaceKind.DISTRICT, PlaceKind.REGION),
    *(PlaceKind.DESERT, PlaceKind.RIVER, PlaceKind.LAKE, PlaceKind.MOUNTAIN, PlaceKind.VALLEY),
}
_PLAIN = frozenset({PlaceKind.COUNTRY, PlaceKind.GOVERNORATE, PlaceKind.CITY})
_PARTS = ("area", "district")  # kind words of what is around a place, not the place
_SHORT = 5  # letters up to which a village's name may be the rest of another word
_NEARBY_KM = 5  # what "near" adds to the radius of a place


class Reader:
    """Reads texts with one set of places. Its trie is built when the first text comes."""

    def __init__(self, names: NameIndex) -> None:
        self.names = names
        self.words = names.words
        self._keys: dict[str, tuple[bool, bool]] = {}  # whether all weak, and none well known
        self._offices: dict[str, bool] = {}

    @cached_property
    def demonyms(self) -> dict[str, str]:
        """The adjectives of countries and cities; of cities without a country's code."""
        return {
            **dict.fromkeys(place_demonyms(self.names), ""),
            **country_demonyms(self.words.demonyms),
        }

    @cached_property
    def trie(self) -> TokenTrie[tuple[str, str]]:
        """The trie of all names in Arabic letters and of what must not be taken for one."""
        borders = self.words.lists["border.words"]
        trie: TokenTrie[tuple[str, str]] = TokenTrie(flags=borders)
        for section in _NO_PLACES:
            for phrase in self.words.lists[section]:
                trie.insert_folded(phrase.split(" "), (_NONE, section))
        for form, code in self.demonyms.items():
            trie.insert_folded((form,), (_DEMONYM, code))
        for word in self.words.anaphors:
            trie.insert_folded(word.split(" "), (_ANAPHOR, word))
        for key in self.names.entries:
            if has_arabic(key):
                trie.insert_folded(key.split(" "), (_NAME, key))
        return trie

    def read(
        self,
        text: str,
        *,
        sentences: Sequence[tuple[int, int]] | None = None,
        nested: bool = False,
    ) -> list[Toponym]:
        """Read the toponyms of a text, in order; see `gazetteer.read_toponyms`."""
        matches = self.trie.find_all(text)
        if not matches:
            return []
        passage = Passage(text, self.trie.find_tokens(text), self.words)
        mentions: list[Mention] = []
        matches.reverse()
        while matches:
            start, end, payloads = matches.pop()
            if (begin := _behind_compass(passage, start, end)) is not None:
                rest = self.trie.find_all(text[begin:end])  # "south-east of X" is not of "east X"
                matches += [(begin + s, begin + e, p) for s, e, p in reversed(rest)]
                continue
            mention = self._mention(passage, start, end, payloads)
            mentions.append(mention)
            if mention.end < end:  # cut back to a shorter name: read what is left
                rest = self.trie.find_all(text[mention.end : end])
                matches += [(mention.end + s, mention.end + e, p) for s, e, p in reversed(rest)]
        lists.find_kind_words(passage, mentions)
        actors.rule_out(passage, mentions)
        cues.accept(passage, mentions, self.names)
        choose.choose_all(passage, mentions, self.names)
        anaphor.bind(passage, mentions, self.names, sentences)
        relatives = relative.find_relatives(passage, mentions, self.names)
        toponyms = []
        for mention in mentions:
            over = [r for r in relatives if mention.start < r.end and r.start < mention.end]
            if over and not (nested and any(mention is m for r in over for m in r.inside)):
                continue  # what a computed place is reckoned from, or a word in its phrase
            if (toponym := self._toponym(passage, mention)) is not None:
                toponyms.append(toponym)
        toponyms.extend(map(_relative_toponym, [text] * len(relatives), relatives))
        return sorted(toponyms, key=lambda t: (t.start, -t.end))

    def _mention(
        self, passage: Passage, start: int, end: int, payloads: tuple[tuple[str, str], ...]
    ) -> Mention:
        first = passage.token_at(start)
        found = dict(payloads)
        mention = Mention(
            start=start,
            end=end,
            first=first,
            last=passage.token_at(end - 1),
            key=next(iter(found.values())),
            prefix=passage.prefix(start, first),
        )
        if section := found.get(_NONE):
            mention.reading = ToponymKind.ORGANISATION
            mention.key = section
            mention.why.append(f"one of the {section}")
            return mention
        if key := found.get(_NAME):
            mention.key = key
            if self._is_office(key):
                mention.reading = ToponymKind.ORGANISATION
                mention.why.append("an office or command")
                return mention
            self._set_entries(passage, mention, key)
        if _DEMONYM in found:
            mention.code = found[_DEMONYM] or None
            if not mention.entries:
                mention.reading = ToponymKind.DEMONYM
                mention.why.append("the adjective of a country or city")
        if (word := found.get(_ANAPHOR)) and (not mention.entries or mention.is_weak):
            mention.key, mention.entries = word, ()
            mention.anaphor = self.words.anaphors[word]
        return mention

    def _is_office(self, key: str) -> bool:
        if (known := self._offices.get(key)) is None:
            words, offices = key.split(" "), self.words.lists["holder.offices"]
            known = any(" ".join(words[:n]) in offices for n in (2, 3))
            self._offices[key] = known
        return known

    def _set_entries(self, passage: Passage, mention: Mention, key: str) -> None:
        """Set what a name can mean; cut it back where it is one only after a kind word it lacks."""
        entries = self.names.entries[key]
        if " " in key and all(entry.needs for entry in entries):
            found = passage.kind_word_before(mention.first)
            open_to = {None, found[0].section if found else None}
            words = key.split(" ")
            while words and not any(e.needs in open_to for e in entries):
                words.pop()
                entries = self.names.entries.get(" ".join(words), [])
            key = " ".join(words) or key.split(" ")[0]
            mention.last = mention.first + max(0, len(words) - 1)
            mention.end = passage.end(mention.last)
        mention.key, mention.entries = key, tuple(entries)
        if (known := self._keys.get(key)) is None:
            weak = all(entry.weak or entry.needs for entry in entries)
            known = weak, not any(entry.place.kind in _PLAIN for entry in entries)
            self._keys[key] = known
        mention.weak = known[0]
        if mention.prefix and len(key) <= _SHORT and not key.startswith(ARTICLE):
            mention.doubtful = known[1]

    def _kind(self, mention: Mention) -> ToponymKind | None:
        """Tell as what a mention is given, or None where it is an ordinary word."""
        if mention.anaphor is not None:
            return ToponymKind.ANAPHOR if mention.place is not None else None
        if mention.reading is not None:
            ordinary = mention.key == "ordinary.phrases" or (mention.entries and mention.is_weak)
            return None if ordinary and mention.code is None else mention.reading
        if not (mention.accepted and mention.candidates):
            return None
        territory = mention.key.partition(" ")[0] in self.words.lists["territory.words"]
        return ToponymKind.RELATIVE if territory else ToponymKind.LITERAL

    def _start(self, passage: Passage, mention: Mention) -> int:
        """Give where a name starts: with its kind word where that is part of it (نهر, حقل)."""
        word, place = mention.kind_word, mention.place
        if word is None or mention.kind_at is None or place is None:
            return mention.start
        if not word.shown or place.kind not in word.kinds:
            return mention.start
        return passage.start_of(mention.kind_at, self.words.kind_phrases)

    def _toponym(self, passage: Passage, mention: Mention) -> Toponym | None:
        kind = self._kind(mention)
        if kind is None:
            return None
        place, start = mention.place, self._start(passage, mention)
        precision, uncertainty = _precision(mention, place)
        placed = kind not in (ToponymKind.DEMONYM, ToponymKind.ORGANISATION)
        score = mention.candidates[0].score if mention.candidates else 1.0
        return Toponym(
            start=start,
            end=mention.end,
            surface=passage.text[start : mention.end],
            kind=kind,
            place=place if placed else None,
            candidates=mention.candidates if placed else (),
            geo_precision=precision,
            uncertainty_km=uncertainty,
            confidence=score if place is not None or not placed else round(score / 2, 4),
            why=(*mention.why, *(mention.candidates[0].why if mention.candidates else ())),
        )


def _behind_compass(passage: Passage, start: int, end: int) -> int | None:
    """Give where a name begins of which the word before takes the first for a point between."""
    first = passage.token_at(start)
    if not first or passage.end(first) >= end or not passage.runs_to(first - 1, first):
        return None
    point = f"{passage.word(first - 1)} {passage.word(first)}"
    return passage.start(first + 1) if point in passage.words.directions else None


def _precision(mention: Mention, place: Place | None) -> tuple[int, float]:
    """Give ACLED's geo-precision and the radius of uncertainty in km."""
    if place is None:
        radius = max((c.place.radius_km for c in mention.candidates), default=0.0)
        return 3, radius
    if place.kind in _SPOTS:
        area = mention.kind_word is not None and mention.kind_word.section in _PARTS
        if mention.near or area:
            return 2, place.radius_km + _NEARBY_KM
        return 1, place.radius_km
    small = place.kind in (PlaceKind.DISTRICT, PlaceKind.LAKE) or place.radius_km <= 15
    return (2 if small else 3), place.radius_km


def _relative_toponym(text: str, found: Relative) -> Toponym:
    return Toponym(
        start=found.start,
        end=found.end,
        surface=text[found.start : found.end],
        kind=ToponymKind.RELATIVE,
        place=found.place,
        candidates=(Candidate(place=found.place, score=found.confidence, why=(found.why,)),),
        geo_precision=found.geo_precision,
        uncertainty_km=found.place.radius_km,
        confidence=found.confidence,
        why=(found.why, *(f"reckoned from {m.place.id}" for m in found.inside if m.place)),
    )
