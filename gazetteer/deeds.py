"""Tell towns from ordinary words by what an armed force is told to do to them."""

from bisect import bisect_left
from collections.abc import Sequence

from gazetteer.arabic import ARTICLE
from gazetteer.mentions import Mention, Passage
from gazetteer.place import PlaceKind, ToponymKind

_REACH = 6  # words between a deed and its town, and between the doer and the deed
_TOWNS = (PlaceKind.CITY, PlaceKind.TOWN)
_LISTS = ("ordinary.clear", "ordinary.located", "ordinary.entered")
_ADJECTIVES = ("ي", "يه", "ه")  # how adjectives end, as they fold
_NISBA = ("ي", "يه")


def is_taken(passage: Passage, mention: Mention, mentions: Sequence[Mention]) -> bool:
    """Tell whether a weak name is the town that an armed force enters, takes or bombs.

    "The army entered X", "the group attacks X", "the army's entry into X", with no preposition
    in Arabic. An adjective of the doer ("modern planes"), and what an adjective follows, is none.
    """
    words = passage.words
    if mention.prefix or not any(mention.key in words.lists[name] for name in _LISTS):
        return False
    if not any(entry.vouches and entry.place.kind in _TOWNS for entry in mention.entries):
        return False
    beside = _Beside(passage, mentions, mention.first)
    if beside.describes(mention.last):
        return False
    doer = False
    for number in beside.back_from(mention.first):
        forms = passage.tokens[number].forms
        finite = not words.deeds.isdisjoint(forms)
        if finite or not words.lists["deed.nouns"].isdisjoint(forms):
            if number + 1 < mention.first:
                return doer and not beside.is_its_adjective(mention)
            return finite and beside.has_doer_before(number)
        if beside.is_doer(number):
            doer = True
        elif not beside.is_of_doer(number):
            return False
    return False


class _Beside:
    """The words around a name: which tell a doer, and which only say more of one."""

    def __init__(self, passage: Passage, mentions: Sequence[Mention], first: int) -> None:
        self.passage = passage
        self.lists = passage.words.lists
        at = bisect_left(mentions, passage.start(first), key=lambda other: other.start)
        near = mentions[max(0, at - 2 * _REACH) : at + 2]
        self.readings = {
            number: mention.reading
            for mention in near
            for number in range(mention.first, mention.last + 1)
        }

    def back_from(self, number: int) -> list[int]:
        """Give the words before one, the nearest first, as far as no comma or full stop parts."""
        found: list[int] = []
        for before in range(number - 1, max(-1, number - 2 - _REACH), -1):
            if not self.passage.tokens[before].runs_on:
                break
            found.append(before)
        return found

    def is_doer(self, number: int) -> bool:
        """Tell whether a word is an armed force, or part of an organisation's name."""
        forms = self.passage.tokens[number].forms
        named = self.lists["deed.named"] | self.lists["deed.doers"]
        return self.readings.get(number) is ToponymKind.ORGANISATION or not named.isdisjoint(forms)

    def is_of_doer(self, number: int) -> bool:
        """Tell whether a word may stand beside a doer: an adjective of it, of a country or kind."""
        word = self.passage.word(number)
        if self.readings.get(number) is ToponymKind.DEMONYM or word in self.lists["deed.with"]:
            return True
        return word.startswith(ARTICLE) and word.endswith(_NISBA)

    def has_doer_before(self, number: int) -> bool:
        """Tell whether a doer stands right before a verb, but for words that say more of it."""
        for before in self.back_from(number):
            if self.is_doer(before):
                return True
            if not self.is_of_doer(before):
                return False
        return False

    def is_its_adjective(self, mention: Mention) -> bool:
        """Tell whether a name is rather an adjective of the indefinite doer before it."""
        if mention.key.startswith(ARTICLE) or mention.key not in self.lists["ordinary.adjectival"]:
            return False
        number = mention.first - 1
        word = self.passage.word(number)
        definite = word.startswith(ARTICLE) or word in self.lists["deed.named"]
        return not definite and self.readings.get(number) is not ToponymKind.ORGANISATION

    def describes(self, last: int) -> bool:
        """Tell whether an adjective follows a word, that is not one of those that places have."""
        if not self.passage.tokens[last].runs_on:
            return False
        if self.passage.after(last, self.lists["after.words"], most=1) is not None:
            return False
        following = self.passage.word(last + 1)
        if self.readings.get(last + 1) is ToponymKind.DEMONYM:
            return False
        adjective = following.startswith(ARTICLE) and following.endswith(_ADJECTIVES)
        return adjective and following not in self.lists["deed.days"]
