"""Rule out names that hold no place: organisations, persons, offices, capitals that act."""

import re

from gazetteer.arabic import AND, IN, TO
from gazetteer.mentions import Mention, Passage
from gazetteer.names import NEAR
from gazetteer.place import PlaceKind, ToponymKind

_DATELINE = re.compile(r"\s*\([^)\n]{2,40}\)\s*[-–—:]")
_DASH = re.compile(r"\s*[-–—(/]")


def rule_out(passage: Passage, mentions: list[Mention]) -> None:
    """Mark the names that are part of an organisation, a person, an office, or act themselves."""
    lists = passage.words.lists
    for mention in mentions:
        if not mention.is_name:
            continue
        start = mention.first if mention.kind_at is None else mention.kind_at
        if mention.code is not None and not _is_country_noun(passage, mention):
            mention.reading = ToponymKind.DEMONYM
            mention.why.append("an adjective after a noun")
            continue
        if mention.prefix and mention.prefix != TO:
            holder = None
        else:
            holder = _holder(passage, mention, start)
        if holder is not None:
            mention.reading = ToponymKind.ORGANISATION
            mention.why.append(f"part of a name or office ({holder})")
        elif _is_dateline(passage, mention):
            mention.reading = ToponymKind.ORGANISATION
            mention.why.append("a dateline (codebook, ruling 13)")
        elif mention.has_kind(PlaceKind.COUNTRY) or mention.key in lists["metonym.capitals"]:
            _mark_metonym(passage, mention)
    names = [mention for mention in mentions if mention.is_name or mention.metonym]
    for before, mention in [*passage.pairs(names), *reversed(list(passage.pairs(names)))]:
        if mention.prefix != AND or mention.first != before.last + 1:
            continue
        if not before.metonym and _are_parties(passage, before, mention):
            for capital in (before, mention):
                capital.reading, capital.metonym = ToponymKind.ORGANISATION, True
                capital.why.append("two capitals that deal with each other")
        if before.metonym != mention.metonym and _can_act(
            passage, mention if before.metonym else before
        ):
            acting = mention if before.metonym else before
            acting.reading, acting.metonym = ToponymKind.ORGANISATION, True
            acting.why.append("acts or speaks, beside one that does")


def _are_parties(passage: Passage, first: Mention, second: Mention) -> bool:
    """Tell "between Baghdad and Erbil", of two capitals and not of a road."""
    lists = passage.words.lists
    if not {first.key, second.key} <= lists["metonym.capitals"] or first.prefix:
        return False
    at = passage.before(first.first, lists["between.words"], most=1)
    return at is not None and passage.before(at, lists["between.cues"], most=1) is None


def _can_act(passage: Passage, mention: Mention) -> bool:
    capital = mention.key in passage.words.lists["metonym.capitals"]
    return mention.kind_word is None and (capital or mention.has_kind(PlaceKind.COUNTRY))


def _holder(passage: Passage, mention: Mention, start: int) -> str | None:
    lists = passage.words.lists
    if (
        passage.before(mention.first, lists["holders"]) is None
        and passage.before(start, lists["holders"]) is None
    ):
        return None
    for name in ("media", "units", "operations", "tribes", "persons"):
        if passage.before(mention.first, lists[f"holder.{name}"]) is not None:
            return name
    if passage.before(start, lists["holder.offices"]) is not None:
        return "offices"
    return None


def _is_country_noun(passage: Passage, mention: Mention) -> bool:
    """Tell the country from its adjective where both are written alike (سورية)."""
    if any(particle in mention.prefix for particle in (IN, TO)):
        return True
    lists = passage.words.lists
    for name in ("before.prepositions", "before.near", "before.deeds", "metonym.before"):
        if passage.before(mention.first, lists[name]) is not None:
            return True
    if passage.before(mention.first, passage.words.direction_phrases) is not None:
        return True
    return mention.listed_after is not None and mention.listed_after.has_kind(PlaceKind.COUNTRY)


def _mark_metonym(passage: Passage, mention: Mention) -> None:
    lists, verbs = passage.words.lists, passage.words.verbs
    if mention.kind_word is not None:
        return
    particle = mention.prefix.removeprefix(AND)
    why = None
    if passage.before(mention.first, lists["metonym.before"]) is not None:
        why = "named as a party"
    elif _is_origin(passage, mention):
        why = "where people are from"
    elif is_located(passage, mention) or particle not in ("", TO):
        return
    elif not particle and (
        passage.before(mention.first, verbs, most=1) is not None
        or passage.after(mention.last, verbs, most=1) is not None
        or _is_acting(passage, mention)
    ):
        why = "acts or speaks"
    elif passage.before(mention.first, lists["metonym.dealings"], most=1) is not None:
        near = all(entry.place.id[:2] in NEAR for entry in mention.entries)
        border = any(
            word in lists["border.words"]
            for number in range(max(0, mention.first - 4), mention.first)
            for word in passage.tokens[number].forms
        )
        why = None if near or border else "party to a dealing"
    if why is not None:
        mention.reading, mention.metonym = ToponymKind.ORGANISATION, True
        mention.why.append(f"{why}: no place (codebook, ruling 13)")


def _is_acting(passage: Passage, mention: Mention) -> bool:
    """Tell whether a verb of the form "she does" follows: "واشنطن تثأر"."""
    if not passage.tokens[mention.last].runs_on or mention.prefix:
        return False
    word = passage.word(mention.last + 1)
    noun = word.endswith(("ه", "ات", "ا")) or word in passage.words.lists["metonym.suffers"]
    return word.startswith("ت") and 4 <= len(word) <= 7 and not noun


def _is_dateline(passage: Passage, mention: Mention) -> bool:
    """Tell a dateline at the head of a paragraph: "بغداد (رويترز) -", "دمشق - سانا"."""
    if mention.kind_word is not None:
        return False
    if mention.first and "\n" not in passage.text[passage.end(mention.first - 1) : mention.start]:
        return False  # a word stands before it in its line
    line = passage.text.rfind("\n", 0, mention.start) + 1
    if passage.text[line : mention.start].strip():
        return False
    rest = passage.text[mention.end : mention.end + 60]
    if _DATELINE.match(rest):
        return True
    sign = _DASH.match(rest)
    agencies = passage.words.lists["metonym.agencies"]
    near = (mention.last + 1, mention.last + 2)
    pair = f"{passage.word(near[0])} {passage.word(near[1])}"
    return sign is not None and (passage.word(near[0]) in agencies or pair in agencies)


def _is_origin(passage: Passage, mention: Mention) -> bool:
    """Tell "fighters from Tunisia", of a country far from the events."""
    if mention.prefix or any(entry.place.id[:2] in NEAR for entry in mention.entries):
        return False
    before = passage.before(mention.first, passage.words.lists["origin.words"], most=1)
    if not before or not passage.tokens[before - 1].runs_on:
        return False
    return passage.word(before - 1).endswith(("ين", "ون"))


def is_located(passage: Passage, mention: Mention) -> bool:
    """Tell whether a preposition, a word of nearness or a direction stands before a name."""
    lists = passage.words.lists
    if IN in mention.prefix:
        return True
    return is_directed(passage, mention) or any(
        passage.before(mention.first, lists[name]) is not None
        for name in ("before.prepositions", "before.near")
    )


def is_directed(passage: Passage, mention: Mention) -> bool:
    """Tell whether a direction stands before a name: "شرقي هجين", "إلى الغرب من الرطبة"."""
    start = mention.first if mention.kind_at is None else mention.kind_at
    step = passage.before(start, passage.words.lists["distance.from"], most=1)
    return any(
        at is not None and passage.before(at, passage.words.direction_phrases) is not None
        for at in (start, step)
    )
