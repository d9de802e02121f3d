"""Tell names from words that look like one: what stands before, after and beside them."""

from bisect import bisect_left
from collections.abc import Collection, Iterable

from gazetteer.actors import is_directed, is_located
from gazetteer.arabic import AND, ARTICLE, IN
from gazetteer.deeds import is_taken
from gazetteer.geometry import distance_km
from gazetteer.mentions import Mention, Passage
from gazetteer.names import Entry, NameIndex
from gazetteer.place import Place, PlaceKind, ToponymKind

_FEMININE = "ه"  # as it folds
_NISBA = "يه"  # the ending of feminine adjectives
_DUAL = ("تي", "تا", "تين")
_LIST_KM = 200
_CLOSE_KM = 60
_FAR_KM = 200  # a place this near supports a weak name
_WIDE = frozenset({PlaceKind.COUNTRY, PlaceKind.REGION})


def accept(passage: Passage, mentions: list[Mention], index: NameIndex) -> None:
    """Accept the strong names, and the weak ones that have a cue; leave the others unaccepted."""
    names = [mention for mention in mentions if mention.is_name]
    for mention in names:
        if not mention.is_weak:
            mention.accepted = True
    anchors = {
        e.place.id: e.place
        for m in names
        if m.accepted
        for e in m.entries
        if e.place.kind not in _WIDE
    }
    codes = {m.code for m in mentions if m.code} | {
        entry.place.id[:2]
        for m in mentions
        for entry in m.entries
        if entry.place.kind == PlaceKind.COUNTRY
    }
    for mention in names:
        if not mention.accepted and (
            why := _cue(passage, mention, anchors.values(), codes, mentions, index)
        ):
            mention.accepted = True
            mention.why.append(why)
    _accept_neighbours(passage, [mention for mention in names if not mention.accepted], index)
    for mention in names:
        _accept_as_list(passage, mention)
    for _ in range(2):
        for mention in names:
            _accept_by_list(passage, mention)
    known = {mention.key for mention in names if mention.accepted}
    for mention in names:
        if not mention.accepted and mention.key in known and not _is_adjective(passage, mention):
            hard = mention.key in passage.words.lists["ordinary.hard"]
            hard = hard or not any(entry.vouches for entry in mention.entries)
            if not hard or is_located(passage, mention):
                mention.accepted = True
                mention.why.append("named with a cue elsewhere in the text")
    for mention in names:
        lists = passage.words.lists
        if passage.before(mention.first, lists["before.near"]) is not None:
            mention.near = True


def _accept_neighbours(passage: Passage, weak: list[Mention], index: NameIndex) -> None:
    """Accept weak names after prepositions of place that lie near one another."""
    located = [
        mention
        for mention in weak
        if is_located(passage, mention)
        and mention.key not in passage.words.lists["ordinary.hard"]
        and not _is_adjective(passage, mention)
        and not mention.doubtful
    ]
    for mention in located:
        others = [e.place for m in located if m.key != mention.key for e in m.entries if e.vouches]
        if any(e.vouches for e in mention.entries) and _is_supported(
            mention, others, set(), index, _LIST_KM
        ):
            mention.accepted = True
            mention.why.append("a preposition of place before it, and before others near it")


def _accept_as_list(passage: Passage, mention: Mention) -> None:
    """Accept weak names that stand in one list and lie near one another."""
    before = mention.listed_after
    if before is None or mention.accepted or before.accepted:
        return
    near = any(
        distance_km(a.place.lat, a.place.lon, b.place.lat, b.place.lon) <= _LIST_KM
        for a in before.entries
        for b in mention.entries
        if a.needs is None and b.needs is None
    )
    start = before.first if before.kind_at is None else before.kind_at
    cued = is_located(passage, before) or (
        passage.before(start, passage.words.lists["before.deeds"]) is not None
    )
    if near and (cued or before.listed_after is not None):
        for one in (before, mention):
            one.accepted = True
            one.why.append("in a list of names that lie near one another")


def _accept_by_list(passage: Passage, mention: Mention) -> None:
    before = mention.listed_after
    if before is None or mention.accepted == before.accepted:
        return
    weak, strong = (before, mention) if mention.accepted else (mention, before)
    verbs = passage.words.lists["ordinary.after_verbs"]
    verb = weak.doubtful and passage.after(weak.last, verbs, most=1) is not None
    if weak.key in passage.words.lists["ordinary.hard"] and (
        (weak.doubtful and weak.prefix != AND)
        or (weak.kind_word is None and _is_adjective(passage, weak))
    ):
        return
    if not verb and not strong.has_kind(PlaceKind.COUNTRY):
        weak.accepted = True
        weak.why.append(f"in a list with {strong.key}")


def _cue(
    passage: Passage,
    mention: Mention,
    anchors: Collection[Place],
    codes: set[str],
    mentions: list[Mention],
    index: NameIndex,
) -> str | None:
    """Give the cue that makes a weak name a place, or None."""
    lists = passage.words.lists
    adjectival = mention.key in lists["ordinary.adjectival"]
    # Of thirty thousand villages many are ordinary words: imported ones need the best of cues.
    minor = not any(entry.vouches for entry in mention.entries)
    hard = minor or mention.key in lists["ordinary.hard"]
    support = _is_supported(mention, anchors, set() if hard else codes, index)
    kind_word = mention.kind_word
    if kind_word is not None:
        fits = any(_fits(entry, kind_word.kinds, kind_word.section) for entry in mention.entries)
        adjectival = adjectival or (mention.key.endswith(_NISBA) and " " not in mention.key)
        # An adjective agrees with the kind word: "مدينة حديثة" is a modern town, not "بلدة هجين".
        at = mention.first - 1
        agrees = passage.word(at).endswith(_FEMININE) == mention.key.endswith(_FEMININE)
        # A broken plural takes a feminine adjective, "مناطق جديدة", but not a dual.
        several = kind_word.plural and mention.kind_at is not None
        several = several and not passage.word(at).endswith(_DUAL)
        indefinite = adjectival and (agrees or several) and not mention.key.startswith(ARTICLE)
        if indefinite and several:
            support = any(other.listed_after is mention for other in mentions)
        elif indefinite:
            support = _is_supported(mention, anchors, set(), index, _CLOSE_KM)
        if fits and (not indefinite or support):
            return "a kind word before it"
    if all(entry.needs for entry in mention.entries):
        return None
    if is_taken(passage, mention, mentions):
        return "what an armed force enters, takes or bombs"
    if _is_adjective(passage, mention):
        return None
    start = mention.first if mention.kind_at is None else mention.kind_at
    if passage.before(start, lists["before.near"]) is not None and not (hard and not support):
        return "a word of nearness before it"
    if is_directed(passage, mention) and not (hard and not support):
        return "a point of the compass before it"
    if not hard and passage.after(mention.last, lists["after.words"], most=1) is not None:
        return "a word after it that places have"
    located = is_located(passage, mention)
    if (located or not hard) and _is_placed_after(passage, mention, mentions):
        return "a place that holds it named after it"
    if passage.before(start, lists["before.naming"]) is not None:
        return "it is said to be called so"
    if not minor and not mention.prefix:
        if mention.key in lists["ordinary.clear"]:
            return "a name that is hardly ever another word"
        if mention.key in lists["ordinary.located"] and _is_placed_before(passage, mention):
            return "a preposition of place, written apart, before it"
    if minor or not support or mention.doubtful:
        return None
    if " " in mention.key:
        return "a name of several words, near other places"
    if not hard and passage.before(start, lists["before.deeds"]) is not None:
        return "what is done to a place before it, near other places"
    if located:
        return "a preposition of place before it, near other places"
    return None


def _is_adjective(passage: Passage, mention: Mention) -> bool:
    """Tell whether a name that is an adjective too follows a noun that it agrees with."""
    nisba = " " not in mention.key and mention.key.endswith(("ي", _NISBA)) and mention.is_weak
    listed = mention.key in passage.words.lists["ordinary.adjectival"]
    if not (listed or nisba) or mention.prefix:
        return False
    if mention.first == 0 or not passage.runs_to(mention.first - 1, mention.first):
        return False
    lists = passage.words.lists
    for prepositions in (lists["before.prepositions"], lists["ordinary.prepositions"]):
        if passage.before(mention.first, prepositions) is not None:
            return False
    definite = any(w.startswith(ARTICLE) for w in passage.tokens[mention.first - 1].forms)
    return definite or not mention.key.startswith(ARTICLE)


def _is_placed_before(passage: Passage, mention: Mention) -> bool:
    """Tell "in X", of X at its end or before a word that does not make an adjective of it."""
    before = passage.words.lists["ordinary.prepositions"]
    if passage.before(mention.first, before, most=1) is None:
        return False
    following = passage.word(mention.last + 1)
    definite = passage.tokens[mention.last].runs_on and following.startswith(ARTICLE)
    return not (definite and following.endswith((_FEMININE, "ي")))


def _is_supported(
    mention: Mention,
    anchors: Iterable[Place],
    codes: set[str],
    index: NameIndex,
    km: float = _FAR_KM,
) -> bool:
    """Tell whether the text names a place near, or the country of, any place of this name."""
    if any(entry.place.id[:2] in codes for entry in mention.entries):
        return True
    apart_km, wide = index.apart_km, km > _CLOSE_KM
    for anchor in anchors:
        if wide or anchor.radius_km <= km:
            for entry in mention.entries:
                if apart_km(entry.place, anchor) <= km and anchor.id != entry.place.id:
                    return True
    return False


def _is_placed_after(passage: Passage, mention: Mention, mentions: list[Mention]) -> bool:
    """Tell whether a place that holds this one follows: "هجين بريف دير الزور"."""
    position = bisect_left(mentions, mention.start, key=lambda other: other.start)
    hard = mention.key in passage.words.lists["ordinary.hard"]
    for other in mentions[position + 1 : position + 3]:
        if other.first > mention.last + 5 or not passage.runs_to(mention.last, other.first):
            return False
        if other.reading is ToponymKind.DEMONYM:
            here = any(entry.place.id[:2] == other.code for entry in mention.entries)
            if other.first == mention.last + 1 and here and not hard:
                return True
            continue
        if not other.is_name:
            continue
        link = [passage.word(n) for n in range(mention.last + 1, other.first)]
        if not (link or IN in other.prefix):
            continue
        links = passage.words.lists["after.links"]
        ok = all(w in links or w in passage.words.kind_words or w[1:] in links for w in link)
        if ok and any(
            distance_km(e.place.lat, e.place.lon, o.place.lat, o.place.lon)
            <= o.place.radius_km + 60
            and e.place.radius_km < o.place.radius_km
            for e in mention.entries
            for o in other.entries
        ):
            return True
    return False


def _fits(entry: Entry, kinds: frozenset[PlaceKind], section: str) -> bool:
    return entry.place.kind in kinds and entry.needs in (None, section)
