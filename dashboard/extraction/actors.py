"""Find who is named in a sentence: names, forces with an adjective of nation, words that refer."""

from dataclasses import dataclass, field
from typing import NamedTuple

from dashboard.extraction.clauses import OPENER, Parse
from dashboard.extraction.grammar import (
    ActorEntry,
    ForceEntry,
    Grammar,
    NationEntry,
    TriggerEntry,
)
from dashboard.extraction.lexicon import simplify
from dashboard.model import ActorMention, PlaceMention, Span
from gazetteer.place import ToponymKind

NATION_REACH = 4
"""Words after a force's noun in which its adjective may stand: القوات الأمنية العراقية."""

DATELINE = 6
"""Words between a dateline's place and its dash."""

BY_NATION = "a force by its nation"

GUNMEN_REACH = 5
"""Words between "gunmen" and the group that they are thought to belong to."""

THEIRS_REACH = 12
"""Words between a name and "its forces"."""

LINKS = {"out_of", "styled", "preposition", "suspected"}
"""Classes of words that may stand between two names of one actor: fighters of (من) the group."""

ROUGH = {"UNKNOWN", "CIVILIANS", "OTHER"}
"""Actors that do not become what "the organisation" or "the forces" refers to."""


class FoundActor(NamedTuple):
    """An actor at tokens [first, last); `weak` where another reading is possible."""

    first: int
    last: int
    id: str
    weak: bool
    mention: ActorMention


@dataclass(slots=True)
class Memory:
    """Who was last spoken of: what a bare "the army" or "the organisation" refers to."""

    state: str | None = None
    group: str | None = None
    known: set[str] = field(default_factory=set)


def find_actors(
    parse: Parse, places: tuple[PlaceMention, ...], memory: Memory, grammar: Grammar
) -> tuple[FoundActor, ...]:
    """Find the actors of a sentence, longest names first, none within another.

    `memory` is what the sentences before spoke of; it is brought up to date.
    """
    spots: list[tuple[int, int, str, bool, str]] = []
    for hit in parse.entries(ActorEntry):
        entry = hit.entry
        assert isinstance(entry, ActorEntry)  # noqa: S101 - narrows the type
        if entry.id == "CIVILIANS" and _speaks(parse, hit.first):
            continue
        if hit.first > 0 and "town_word" in parse.classes[hit.first - 1]:
            continue  # the town of al-Baghdadi is no man
        unit = hit.first > 0 and "unit" in parse.classes[hit.first]
        if unit and "seat" in parse.classes[hit.first - 1]:
            continue  # the fall of the Division is that of its base
        why = "a name of the lexicon"
        name = entry.id
        if entry.weak and name == "IS" and memory.group not in (None, "IS"):
            name, why = str(memory.group), "refers to the group named before"
        spots.append((hit.first, hit.last, name, entry.weak, why))
    spots += _forces(parse, places, memory, grammar)
    spots += _ours(parse, places, memory, grammar)
    spots += _countries(parse, places, grammar)
    spots += _theirs(parse, spots, memory)
    found: list[FoundActor] = []
    taken: set[int] = set()
    for first, last, name, weak, why in sorted(spots, key=_rank):
        if taken.isdisjoint(range(first, last)):
            taken.update(range(first, last))
            found.append(_actor(parse, first, last, name, weak, why))
    found.sort(key=lambda actor: actor.first)
    merged = _merge_adjacent(parse, found)
    for actor in merged:
        memory.known.add(actor.id)
        if actor.weak or actor.id in ROUGH - {"OTHER"}:
            continue
        if actor.id in ("IS", "HTS", "OTHER"):
            memory.group = actor.id if actor.id != "OTHER" else memory.group
        elif actor.id not in ("CIVILIANS", "UNKNOWN"):
            memory.state = actor.id
    return tuple(merged)


def _rank(spot: tuple[int, int, str, bool, str]) -> tuple[bool, bool, int, int]:
    """Sort what may be an actor: names before forces by their nation, the longest first."""
    first, last, _, weak, why = spot
    return weak, why == BY_NATION, first - last, first


def _speaks(parse: Parse, first: int) -> bool:
    """Tell whether a word for people is who told it: activists said, residents reported."""
    return any(0 <= first - hit.last <= 1 for hit in parse.words.get("say", ()))


def _actor(parse: Parse, first: int, last: int, name: str, weak: bool, why: str) -> FoundActor:
    start, end = parse.tokens[first].start, parse.tokens[last - 1].end
    offset = parse.sentence.span.start
    surface = parse.sentence.text[start - offset : end - offset]
    mention = ActorMention(
        span=Span(start, end), surface=surface, actor=name, why=(f"{surface}: {name}, {why}",)
    )
    return FoundActor(first=first, last=last, id=name, weak=weak, mention=mention)


def _forces(
    parse: Parse, places: tuple[PlaceMention, ...], memory: Memory, grammar: Grammar
) -> list[tuple[int, int, str, bool, str]]:
    if not parse.entries(NationEntry) and not parse.entries(ForceEntry):
        return []
    nations = {hit.first: hit.entry for hit in parse.entries(NationEntry)}
    behind = {hit.last for hit in parse.entries(ForceEntry)}
    for mention in places if nations else ():
        if mention.kind is ToponymKind.LITERAL and mention.place is not None:
            # "an aircraft hit him in Syria": the country's name is written like the adjective
            at = parse.at(*mention.span)[0]
            if at not in behind:
                nations.pop(at, None)
    out = []
    deeds = {
        hit.last
        for hit in parse.entries(TriggerEntry)
        if isinstance(hit.entry, TriggerEntry) and hit.entry.trigger.part == "verbal_noun"
    }
    for at in sorted(deeds & nations.keys()):  # "an American strike"
        nation = nations[at]
        if isinstance(nation, NationEntry):
            out.append((at, at + 1, nation.actor, False, BY_NATION))
    verbs = {hit.first for hit in parse.hits if hit.sense.tense and hit.sense.pronoun}
    for hit in parse.entries(ForceEntry):
        named = next(
            (
                i
                for i in range(hit.last, min(hit.last + NATION_REACH, len(parse.tokens)))
                if i in nations
            ),
            None,
        )
        if named is not None and parse.crossing(hit.first, named) == 0:
            nation = nations[named]
            assert isinstance(nation, NationEntry)  # noqa: S101 - narrows the type
            between = parse.has("preposition", range(hit.last, named))
            between = between or any(at in verbs for at in range(hit.last, named))
            if not between:
                out.append((hit.first, named + 1, nation.actor, False, BY_NATION))
                continue
        bare = isinstance(hit.entry, ForceEntry) and hit.entry.bare
        definite = hit.sense.prefix.endswith(("ال", "لل")) or hit.last - hit.first > 1
        if bare and definite:
            actor = memory.state or _by_place(parse, places, grammar, hit.first)
            if actor:
                out.append((hit.first, hit.last, actor, True, "a force referred to"))
    return out


def _ours(
    parse: Parse, places: tuple[PlaceMention, ...], memory: Memory, grammar: Grammar
) -> list[tuple[int, int, str, bool, str]]:
    """Find "our forces": those of whose statement it is, the force spoken of before."""
    out: list[tuple[int, int, str, bool, str]] = []
    if "ours" not in parse.present:
        return out
    for at, classes in enumerate(parse.classes):
        if "ours" in classes:
            actor = memory.state or _by_place(parse, places, grammar, at)
            if actor:
                out.append((at, at + 1, actor, True, "the speaker's own force"))
    return out


def _theirs(
    parse: Parse, spots: list[tuple[int, int, str, bool, str]], memory: Memory
) -> list[tuple[int, int, str, bool, str]]:
    """Find "its forces": those of the force or group that the sentence named before."""
    out = []
    for at, classes in enumerate(parse.classes):
        if "theirs" not in classes:
            continue
        named = [s for s in spots if s[1] <= at and s[2] not in ROUGH and at - s[1] <= THEIRS_REACH]
        if named:
            nearest = max(named, key=lambda spot: (spot[1], spot[1] - spot[0]))
            out.append((at, at + 1, nearest[2], True, "the forces of the one named before"))
        elif memory.group is not None and "their_men" in classes:
            out.append((at, at + 1, memory.group, True, "the men of the group spoken of"))
    return out


def _by_place(
    parse: Parse, places: tuple[PlaceMention, ...], grammar: Grammar, position: int
) -> str | None:
    here = parse.tokens[position].start
    near = sorted(
        (p for p in places if p.place is not None), key=lambda p: abs(p.span.start - here)
    )
    for mention in near:
        prefix = mention.place.id.split("-")[0].lstrip("~") if mention.place else ""
        if prefix in grammar.countries:
            return grammar.countries[prefix]
    return None


def _countries(
    parse: Parse, places: tuple[PlaceMention, ...], grammar: Grammar
) -> list[tuple[int, int, str, bool, str]]:
    """Find countries and capitals that act: beside a verb, with no preposition."""
    out: list[tuple[int, int, str, bool, str]] = []
    acting = [
        (mention, actor)
        for mention in places
        if (actor := grammar.states.get(simplify(mention.surface))) is not None
    ]
    if not acting:
        return out
    verbs = {hit.first for hit in parse.hits if hit.sense.tense}
    nouns = {hit.first for hit in parse.words.get("place_noun", ())}
    for mention, actor in acting:
        first, last = parse.at(*mention.span)
        if mention.span.start - parse.tokens[first].start > 1:
            continue  # a preposition is written with it
        if _opens_dateline(parse, first):
            continue
        before = first - 1
        if before in nouns or (before >= 0 and "preposition" in parse.classes[before]):
            continue
        acts = before in verbs or last in verbs or mention.kind is ToponymKind.ORGANISATION
        if acts:
            out.append((first, last, actor, False, "a state that acts"))
    return out


def _opens_dateline(parse: Parse, first: int) -> bool:
    """Tell whether a capital only says where the report was filed: بيروت (وكالة) - باتت."""
    behind = parse.tokens[first + 1 : first + 1 + DATELINE]
    return first == 0 and any("-" in token.gap or "–" in token.gap for token in behind)


def _is_linked(parse: Parse, last: int, first: int) -> bool:
    """Tell whether nothing but words that say whose men they are stand between two names."""
    owners = {hit.first for hit in parse.words.get("possession", ())}
    links = LINKS
    return all(at in owners or links & parse.classes[at] for at in range(last, first))


def _joined(parse: Parse, actor: FoundActor) -> bool:
    return parse.tokens[actor.first].form.startswith("و")


def _merge_adjacent(parse: Parse, found: list[FoundActor]) -> list[FoundActor]:
    out: list[FoundActor] = []
    for actor in found:
        named = bool(out) and out[-1].id == "UNKNOWN" and out[-1].weak and not actor.weak
        if named and actor.first - out[-1].last <= GUNMEN_REACH and actor.id != "CIVILIANS":
            # "gunmen of the organisation": who they are is told.
            near = parse.crossing(out[-1].first, actor.first) <= OPENER
            near = near and _is_linked(parse, out[-1].last, actor.first)
            if near and not _joined(parse, actor):
                out[-1] = _actor(
                    parse, out[-1].first, actor.last, actor.id, False, "gunmen by their group"
                )
                continue
        if out and out[-1].id == actor.id and actor.first - out[-1].last <= 1:
            previous = out[-1]
            crossing = parse.crossing(previous.first, actor.first)
            linked = _is_linked(parse, previous.last, actor.first)
            if not _joined(parse, actor) and crossing == 0 and linked:
                why = previous.mention.why[0].split(", ")[-1]
                out[-1] = _actor(
                    parse, previous.first, actor.last, actor.id, previous.weak and actor.weak, why
                )
                continue
        out.append(actor)
    return out
