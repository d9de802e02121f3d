"""Find the words that tell events, where their clause holds what the entry asks for."""

from collections.abc import Sequence
from typing import NamedTuple

from dashboard.extraction.clauses import ONE_CLAUSE, OPENER, Parse
from dashboard.extraction.grammar import TriggerEntry
from dashboard.extraction.inflection import Tense
from dashboard.extraction.lexicon import Hit
from dashboard.model import Part, Span, TriggerMention
from dashboard.ontology import Trigger

STRIKES = ("air_strike", "shelling", "bombing")
"""Types whose noun says by whom and where better than the verb of what came of them."""

REACH = 22
"""Words to either side within which a clause's cue is looked for."""


class FoundTrigger(NamedTuple):
    """A trigger at tokens [first, last) of its sentence, and the cue that made it count.

    `others` are further entries of the same type at the same word, for where this one's event turns
    out not to be told. `nouns` are those that its own words took up, for where it has no slots.
    """

    parse: Parse
    first: int
    last: int
    tense: Tense
    prefix: str
    pronoun: bool
    entry: TriggerEntry
    type: str
    trigger: Trigger
    cue: int | None
    others: tuple["FoundTrigger", ...] = ()
    nouns: tuple["FoundTrigger", ...] = ()

    @property
    def span(self) -> Span:
        """The words in the article's text."""
        tokens = self.parse.tokens
        return Span(tokens[self.first].start, tokens[self.last - 1].end)

    @property
    def mention(self) -> TriggerMention:
        """The words as they are shown, with why they were taken; made when it is asked for."""
        sentence, trigger = self.parse.sentence, self.entry.trigger
        offset = sentence.span.start
        start, end = self.span
        surface = sentence.text[start - offset : end - offset]
        why = f"{self.entry.type}: {surface} ({trigger.part} {trigger.words[0]})"
        if self.cue is not None:
            near = self.parse.tokens[self.cue]
            why += f" with {sentence.text[near.start - offset : near.end - offset]}"
        return TriggerMention(
            span=Span(start, end),
            surface=surface,
            type=self.entry.type,
            part=Part(trigger.part),
            why=(why,),
        )


def find_triggers(
    parse: Parse, taken: Sequence[tuple[int, int]] = (), places: Sequence[tuple[int, int]] = ()
) -> tuple[FoundTrigger, ...]:
    """Find the triggers of a sentence, one a type and stretch, the longest and surest first.

    `taken` are tokens [first, last) of names and dates: no trigger begins inside them. Behind the
    first word of one of `places` no word makes another count: the Square of Aviation flies nothing.
    """
    hits = parse.entries(TriggerEntry)
    if not hits:
        return ()
    inside = {at for first, last in taken for at in range(first, last)}
    names = frozenset(at for first, last in places for at in range(first + 1, last))
    found: dict[tuple[str, int], list[FoundTrigger]] = {}
    for hit in hits:
        if hit.first in inside:
            continue
        candidate = _check(parse, hit, names)
        if candidate is not None:
            found.setdefault((candidate.entry.type, hit.first), []).append(candidate)
    best = []
    for candidates in found.values():
        if len(candidates) > 1:
            candidates.sort(key=_rank, reverse=True)
            best.append(candidates[0]._replace(others=tuple(candidates[1:])))
        else:
            best.append(candidates[0])
    kept: list[FoundTrigger] = []
    for candidate in sorted(best, key=_rank, reverse=True):
        # "launched [strikes]": the verb and its noun tell one event; the noun goes, unless the
        # verb turns out to tell none.
        for n, other in enumerate(kept):
            if candidate.type == other.type and _touch(candidate, other):
                kept[n] = other._replace(nouns=(*other.nouns, candidate))
                break
        else:
            kept.append(candidate)
    return tuple(sorted(kept, key=lambda trigger: trigger.first))


def _rank(trigger: FoundTrigger) -> tuple[int, int, float, int]:
    light = trigger.trigger.part == Part.LIGHT_VERB
    length = trigger.last - trigger.first
    return (int(light), length, trigger.trigger.weight, int(bool(trigger.trigger.with_any)))


def _touch(one: FoundTrigger, other: FoundTrigger) -> bool:
    if one.first < other.last and other.first < one.last:
        return True
    return one.first == other.cue or other.first == one.cue


def _check(parse: Parse, hit: Hit, names: frozenset[int]) -> FoundTrigger | None:
    entry = hit.entry
    assert isinstance(entry, TriggerEntry)  # noqa: S101 - narrows the type; entries() chose it
    if entry.trigger.tense and not _tense_fits(parse, hit, entry.trigger.tense):
        return None
    if hit.sense.tense and _is_noun_here(parse, hit):
        return None
    if hit.sense.pronoun and hit.sense.tense and entry.slots and "object" not in entry.slots:
        return None  # "سيطرتها" is a noun: the verb takes no object
    cue = None
    if entry.needs_cue:
        cue = _cue(parse, hit, entry.needs_cue, names, caused=True)
        if cue is not None and _tells_itself(parse, hit, entry, cue):
            cue = _cue(parse, hit, entry.needs_cue, names)
        if cue is None:
            return None
    if "unarmed" in parse.words and _is_unarmed(parse, hit):
        return None
    if (
        entry.bars_cue
        and _cue(parse, hit, entry.bars_cue, names, inside=True, caused=True) is not None
    ):
        return None
    sense = hit.sense
    return FoundTrigger(
        parse=parse,
        first=hit.first,
        last=hit.last,
        tense=sense.tense,
        prefix=sense.prefix,
        pronoun=sense.pronoun,
        entry=entry,
        type=entry.type,
        trigger=entry.trigger,
        cue=cue,
    )


def _tense_fits(parse: Parse, hit: Hit, wanted: str) -> bool:
    """Tell whether a verb has the tense its entry asks for; a headline's present tells the past."""
    if parse.sentence.headline and hit.sense.tense is Tense.PRESENT:
        return wanted == Tense.PAST
    return hit.sense.tense == wanted or (wanted == Tense.PAST and hit.sense.tense is Tense.FUTURE)


def _is_noun_here(parse: Parse, hit: Hit) -> bool:
    """Tell whether a word written like a verb is a noun, as it is behind a preposition."""
    before = hit.first - 1
    if before < 0 or parse.tokens[hit.first].gap != " " or hit.sense.joined:
        return False
    return "before_noun" in parse.classes[before]


def _is_unarmed(parse: Parse, hit: Hit) -> bool:
    """Tell whether the clause speaks of sport, weather or trade, where words of arms mean else."""
    return any(
        abs(word.first - hit.first) <= REACH and parse.crossing(word.first, hit.first) <= ONE_CLAUSE
        for word in parse.words["unarmed"]
    )


def _cue(
    parse: Parse,
    hit: Hit,
    ids: frozenset[int],
    names: frozenset[int],
    *,
    inside: bool = False,
    caused: bool = False,
) -> int | None:
    """Give the nearest cue of a word's clause; `caused`: what it came of counts as well.

    Words behind the first of a place's name (`names`) are none.
    """
    if ids.isdisjoint(parse.cues):
        return None
    best: int | None = None
    nearest = REACH + 1
    limit = 1 if inside else ONE_CLAUSE  # what bars a word stands in its very breath
    for cue in ids & parse.cues.keys():
        for position in parse.cues[cue]:
            if position in names or (hit.first <= position < hit.last and not inside):
                continue
            apart = abs(position - hit.first)
            reach = OPENER if caused and _is_cause(parse, position) else limit
            if apart < nearest and parse.crossing(position, hit.first) <= reach:
                best, nearest = position, apart
    return best


def _tells_itself(parse: Parse, hit: Hit, entry: TriggerEntry, cue: int) -> bool:
    """Tell whether what a deed came of is told by its own noun: killed as a result of a strike."""
    passive = entry.trigger.part == Part.PASSIVE
    if passive or entry.type not in STRIKES or parse.crossing(cue, hit.first) <= ONE_CLAUSE:
        return False
    return any(
        other.first == cue
        and isinstance(other.entry, TriggerEntry)
        and other.entry.type == entry.type
        for other in parse.entries(TriggerEntry)
    )


def _is_cause(parse: Parse, position: int) -> bool:
    """Tell whether a word is what a deed came of: killed as a result of (إثر) an attack."""
    early = range(max(0, position - 1), position + 1)
    return any("caused_by" in parse.classes[at] for at in early)
