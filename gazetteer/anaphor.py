"""Bind the words that stand for a place named before: "the city", "there"."""

import re
from collections.abc import Sequence

from gazetteer import actors
from gazetteer.arabic import ARTICLE, IN, fold_name
from gazetteer.geometry import distance_km
from gazetteer.mentions import Mention, Passage
from gazetteer.names import NameIndex
from gazetteer.place import Candidate, Place, PlaceKind

_REACH = 150  # words back that a text is read for what such a word stands for
_SHORT = 60  # and for words that often stand for nothing named
_WIDE_KM = 300  # a region wider than this is not "the area"
_AHEAD = 15  # words within which the city of "the airfield" can follow
_STOP = re.compile(r"[.؛!؟\n]")
_CITY_KM = 30  # within which an airfield is that of a city


def bind(
    passage: Passage,
    mentions: list[Mention],
    names: NameIndex,
    sentences: Sequence[tuple[int, int]] | None,
) -> None:
    """Give each anaphor the last fitting place named before it, with its confidence."""
    for number, mention in enumerate(mentions):
        anaphor = mention.anaphor
        if anaphor is None or not _stands_for_a_place(passage, mention):
            continue
        if anaphor.nearby and (place := _ahead(passage, mentions, number, names)) is not None:
            _bind(mention, place, anaphor.confidence, f"the airfield at {place.name}, named after")
            continue
        towards: tuple[Place, str, float] | None = None
        for other in reversed(mentions[:number]):
            if mention.first - other.first > (_SHORT if anaphor.cue else _REACH):
                break
            place = other.place
            if place is None or other.anaphor is not None or other.metonym:
                continue
            start = other.first if other.kind_at is None else other.kind_at
            if passage.before(start, passage.words.lists["countryside.words"], most=1) is not None:
                continue  # "in the countryside of Homs ... the city" is another one
            fits = place.kind in anaphor.kinds and place.radius_km <= _WIDE_KM
            if anaphor.nearby and not fits:
                place = _airfield(place, mention.key.removeprefix(ARTICLE) + " ", names)
                fits = place is not None
            if fits and place is not None:
                far = _is_far(passage.text, other, mention, sentences)
                score = round(anaphor.confidence * (0.6 if far else 1.0), 3)
                why = f"stands for {other.key}, named before it"
                if passage.before(start, passage.words.lists["not_anaphor.towards"]) is not None:
                    towards = towards or (place, why, score)  # where somebody goes is rarely meant
                    continue
                _bind(mention, place, score, why)
                break
        else:
            if towards is not None:
                _bind(mention, towards[0], towards[2], towards[1])
            elif anaphor.nearby and (place := _ahead(passage, mentions, number, names, _AHEAD)):
                score = round(anaphor.confidence * 0.6, 3)
                _bind(mention, place, score, f"the airfield at {place.name}, named after")


def _bind(mention: Mention, place: Place, score: float, why: str) -> None:
    mention.place = place
    mention.candidates = (Candidate(place=place, score=score, why=(why,)),)
    mention.why = [why]


def _ahead(
    passage: Passage, mentions: list[Mention], number: int, names: NameIndex, words: int = 0
) -> Place | None:
    """Give the airfield at a city named after it: right after a preposition, or within words."""
    mention = mentions[number]
    for other in mentions[number + 1 :]:
        if words:
            if other.first - mention.last > words:
                return None
            if _STOP.search(passage.text, mention.end, other.start):
                return None
        elif other.first - mention.last > 2 or not actors.is_located(passage, other):
            return None
        if other.place is not None and other.anaphor is None and not other.metonym:
            return _airfield(other.place, mention.key.removeprefix(ARTICLE) + " ", names)
    return None


def _stands_for_a_place(passage: Passage, mention: Mention) -> bool:
    anaphor, lists = mention.anaphor, passage.words.lists
    if anaphor is None:
        return False
    if passage.after(mention.last, lists["not_anaphor.after"], most=1) is not None:
        return False
    if anaphor.there:
        token = passage.tokens[mention.last]
        if passage.before(mention.first, lists["there.after"], most=1) is not None:
            return True
        following = passage.word(mention.last + 1)
        return not token.runs_on or not following or following.startswith("و")
    if anaphor.cue:
        if IN in mention.prefix:
            return True
        if passage.before(mention.first, lists["before.prepositions"], most=1) is not None:
            return True
        return (
            passage.before(mention.first, lists["not_anaphor.demonstratives"], most=1) is not None
        )
    return True


def _airfield(place: Place, word: str, names: NameIndex) -> Place | None:
    """Give the one airfield at a city."""
    if place.kind in (PlaceKind.COUNTRY, PlaceKind.GOVERNORATE, PlaceKind.REGION, PlaceKind.DESERT):
        return None
    near = [
        other
        for other in names.airfields(word)
        if distance_km(place.lat, place.lon, other.lat, other.lon) <= _CITY_KM
    ]
    named = [other for other in near if fold_name(place.name) in fold_name(other.name)]
    near = named or near
    return near[0] if len(near) == 1 else None


def _is_far(
    text: str, other: Mention, mention: Mention, sentences: Sequence[tuple[int, int]] | None
) -> bool:
    """Tell whether the place named stands further back than the sentence before."""
    if sentences is None:
        return "\n" in text[other.end : mention.start]
    ends = sum(1 for _, end in sentences if other.end <= end <= mention.start)
    return ends > 1
