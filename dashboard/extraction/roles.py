"""Tell who acts on whom by the grammar of the clause."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from dashboard.extraction.actors import FoundActor
from dashboard.extraction.asides import FoundPlace
from dashboard.extraction.clauses import COMMA, ONE_CLAUSE, OPENER, Parse
from dashboard.extraction.inflection import Tense
from dashboard.extraction.markers import Marked
from dashboard.extraction.triggers import FoundTrigger
from dashboard.model import Part, PlaceMention

VICTIMS = ("IS", "CIVILIANS", "UNKNOWN")

RELATIVE = 3
"""Words between a relative pronoun and its verb: still, not."""

FIRED = ("air_strike", "shelling")
"""Types whose noun is of what is struck, where that is somebody's: the shelling of a post of."""

BY_NAME = ("clash",)
"""Types whose entry may hold the attacker's name: هجوم لداعش."""

PERSONS = {"one", "two"}
"""Classes of words for one or two men: where a verb may be active or passive, they suffer it."""

SENTENCE = 7
"""A crossing up to this may still be searched for who acts."""


@dataclass(slots=True, kw_only=True)
class Frame:
    """A trigger with its slots filled.

    `level` says how far off the place was found; `unplaced` is a name in the clause that nothing
    resolved, where no other place is told there.
    """

    trigger: FoundTrigger
    actor: FoundActor | None = None
    target: FoundActor | None = None
    actor_id: str | None = None
    target_id: str | None = None
    sure_actor: bool = False
    sure_target: bool = False
    places: tuple[FoundPlace, ...] = ()
    origins: tuple[FoundPlace, ...] = ()
    goals: tuple[FoundPlace, ...] = ()
    unplaced: PlaceMention | None = None
    level: str = "none"
    cost: int = 0
    why: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """Who is the subject of a verb at a token, and whether the verb is feminine."""

    actor: FoundActor
    at: int
    feminine: bool


def fill_actors(
    parse: Parse, frame: Frame, actors: Sequence[Marked], subject: Subject | None
) -> None:
    """Fill who acts and on whom; `sure_actor` tells whether grammar or nearness did.

    `subject` carries on to a verb that و joins to its own and that tells no other.
    """
    trigger = frame.trigger
    free = [
        item
        for item in actors
        if item.marker != "support"
        and parse.crossing(item.actor.first, trigger.first) <= SENTENCE
        and not trigger.first <= item.actor.first < trigger.last
    ]
    if trigger.type in BY_NAME:
        for item in actors:
            if trigger.first < item.actor.first < trigger.last:
                _set(frame, "actor", item, sure=True)  # "an attack of the group" is one phrase
    for item in free:
        near = parse.crossing(item.actor.first, trigger.first) <= OPENER
        far = parse.crossing(item.actor.first, trigger.first) <= 2 * COMMA
        agent = item.marker == "agent" and (near or far)  # "fell, says X, to Y"
        agent = agent or _is_of_cue(frame, item)
        by_slot = item.marker == "loser" and near and _is_by_slot(parse, frame, item)
        by_slot = by_slot or (near and _is_by_attached(frame, item))
        if agent or by_slot:
            _set(frame, "actor", item, sure=True)
        elif item.marker in ("against", "loser") and near and item.actor.first >= trigger.last:
            _set(frame, "target", item, sure=True)
    after = [i for i in free if i.actor.first >= trigger.last and not _used(frame, i)]
    before = [i for i in free if i.actor.last <= trigger.first and not _used(frame, i)]
    if trigger.trigger.part == Part.VERBAL_NOUN:
        _noun(parse, frame, before, after)
    else:
        _verb(parse, frame, before, after)
    joined = parse.tokens[trigger.first].form.startswith(("و", "ف")) and trigger.tense
    if frame.actor is None and joined and subject is not None and _carries(parse, frame, subject):
        actor = subject.actor
        frame.actor, frame.actor_id, frame.sure_actor = actor, actor.id, True
        frame.why.append(f"actor {actor.id}: the subject of the verb before carries on")
    if frame.actor is None:
        rest = [
            i
            for i in reversed(before)
            if not i.marker and i.actor.id != "CIVILIANS" and not _used(frame, i)
        ]
        rest += [
            i
            for i in after
            if not i.marker
            and not i.owned
            and i.actor.id != "CIVILIANS"
            and parse.crossing(i.actor.first, trigger.first) <= ONE_CLAUSE
            and not _used(frame, i)
        ]
        for item in rest:
            if frame.target is None or item.actor.id != frame.target.id:
                _set(frame, "actor", item, sure=False)
                break
    if frame.target is None:
        for item in after:
            other = frame.actor is None or item.actor.id != frame.actor.id
            if not _used(frame, item) and other:
                _set(frame, "target", item, sure=False)
                break


def subject_of(parse: Parse, frame: Frame) -> Subject | None:
    """Give the subject of a frame's verb, unless the verb stands in a relative clause."""
    trigger = frame.trigger
    early = range(max(0, trigger.first - 2), trigger.first)
    if frame.actor is None or parse.has("relative", early):
        return None
    return Subject(actor=frame.actor, at=trigger.first, feminine=_is_feminine(parse, frame))


def _is_feminine(parse: Parse, frame: Frame) -> bool:
    form = parse.tokens[frame.trigger.first].form.lstrip("وف")
    if frame.trigger.tense is Tense.PAST:
        return form.endswith(("ت", "تها", "ته", "تهم"))
    return form.startswith("ت")


def _carries(parse: Parse, frame: Frame, subject: Subject) -> bool:
    """Tell whether a verb carries on with the subject of one before: the two must agree."""
    passive = frame.trigger.trigger.part == Part.PASSIVE
    roles = _roles(frame, "subject", "target" if passive else "actor")
    return (
        "actor" in roles
        and (frame.target is None or frame.target_id != subject.actor.id)
        and _is_feminine(parse, frame) == subject.feminine
        and parse.crossing(subject.at, frame.trigger.first) <= SENTENCE
    )


def _is_by_slot(parse: Parse, frame: Frame, item: Marked) -> bool:
    """Tell whether the trigger's own preposition tells who acts: an attack by (من) them."""
    if item.head == 0 or item.actor.first < frame.trigger.last:
        return False
    return "actor" in frame.trigger.entry.slots.get(parse.tokens[item.head - 1].form, ())


def _is_by_attached(frame: Frame, item: Marked) -> bool:
    """Tell whether ل written with a name tells who acts: killed in an attack of (ل) the group."""
    if item.prefix != "ل" or item.marker or item.actor.first < frame.trigger.last:
        return False
    passive = frame.trigger.trigger.part == Part.PASSIVE
    return passive and "actor" in frame.trigger.entry.slots.get("ل", ())


def _is_of_cue(frame: Frame, item: Marked) -> bool:
    """Tell whether a name follows the noun of a light verb that it acts by: met an American strike.

    So where the entry gives the actor to what the noun is of (تعرض لغارة روسية).
    """
    cue = frame.trigger.cue
    if cue is None or frame.trigger.trigger.part != Part.LIGHT_VERB:
        return False
    of_actor = frame.trigger.entry.slots.get("of", ()) == ("actor",)
    return of_actor and 0 < item.actor.first - cue <= 2 and item.marker == "" and not item.owned


def _used(frame: Frame, item: Marked) -> bool:
    return item.actor in (frame.actor, frame.target)


def _set(frame: Frame, role: str, item: Marked, *, sure: bool) -> None:
    if role == "actor":
        if frame.actor is not None:
            return
        frame.actor, frame.actor_id, frame.sure_actor = item.actor, item.actor.id, sure
    else:
        if frame.target is not None:
            return
        frame.target, frame.target_id, frame.sure_target = item.actor, item.actor.id, sure
    how = item.marker or ("by its place in the clause" if sure else "the nearest left")
    frame.why.append(f"{role} {item.actor.id} ({item.actor.mention.surface}): {how}")


def _roles(frame: Frame, position: str, default: str) -> tuple[str, ...]:
    return frame.trigger.entry.slots.get(position, (default,))


def _verb(parse: Parse, frame: Frame, before: list[Marked], after: list[Marked]) -> None:
    trigger = frame.trigger
    passive = trigger.trigger.part == Part.PASSIVE
    subject_roles = _roles(frame, "subject", "target" if passive else "actor")
    both = "actor" in subject_roles and "target" in subject_roles
    object_roles = _roles(frame, "object", "target")
    clause = [i for i in after if parse.crossing(i.actor.first, trigger.first) <= ONE_CLAUSE]
    ahead = before[-1] if before else None
    adjacent = (
        ahead is not None
        and not ahead.marker
        and ahead.prefix == ""
        and parse.crossing(ahead.actor.first, trigger.first) <= ONE_CLAUSE
        and trigger.first - ahead.actor.last <= 3
    )
    follows = bool(clause) and clause[0].head - trigger.last <= 2 and not clause[0].prefix
    antecedent = _antecedent(parse, trigger.first, before)
    if antecedent is not None and not trigger.pronoun and not passive:
        _give(frame, subject_roles, antecedent)  # whatever governs it in its own clause
    elif ahead is not None and adjacent and not (follows and trigger.pronoun):
        _give(frame, ("actor",) if passive and not ahead.owned else subject_roles, ahead)
    elif follows:
        subject = clause.pop(0)
        person = passive and _is_person(parse, subject)
        if (both or passive) and not (subject.owned or person) and subject.actor.id not in VICTIMS:
            # Active and passive are written alike: a force that stands there is who did it.
            subject_roles = ("actor",)
        elif both and subject.owned:
            subject_roles = ("target",)
        _give(frame, subject_roles, subject)
    for item in clause:
        if not _used(frame, item) and item.marker in ("", "against", "loser"):
            _give(frame, object_roles, item)
            break


def _antecedent(parse: Parse, first: int, before: list[Marked]) -> Marked | None:
    """Give whom a verb's relative clause is about: the fighters who (الذين) hold out."""
    for at in range(first - 1, max(first - 1 - RELATIVE, -1), -1):
        if "relative" in parse.classes[at]:
            near = [item for item in before if 0 <= at - item.actor.last <= 1]
            return near[-1] if near else None
    return None


def _is_person(parse: Parse, item: Marked) -> bool:
    """Tell whether a name is of single men, not of a force: "two Turkish soldiers were killed"."""
    return bool(PERSONS & parse.classes[item.actor.first])


STANDING = ("deployment", "presence")
"""Types told by a participle, whose noun stands at once before it."""


def _noun(parse: Parse, frame: Frame, before: list[Marked], after: list[Marked]) -> None:
    trigger = frame.trigger
    clause = [i for i in after if parse.crossing(i.actor.first, trigger.first) <= ONE_CLAUSE]
    both = trigger.entry.slots.get("بين")
    if both and len(clause) > 1:
        _set(frame, "actor", clause[0], sure=True)
        _set(frame, "target", clause[1], sure=True)
        return
    if clause and clause[0].head - trigger.last <= 3:
        item = clause[0]
        roles = _roles(frame, "of", "target")
        things = trigger.type in FIRED and item.owned and not parse.has("people", [item.head])
        if item.actor.id == "CIVILIANS" or things or (item.owned and "target" in roles):
            roles = ("target",)  # the shelling of a post of the group is not its own
        _give(frame, roles, item)
    if before and trigger.type in STANDING and before[-1].actor.last == trigger.first:
        _set(frame, "actor", before[-1], sure=True)  # "the men of the group spread around X"
        return
    for item in sorted(before, key=lambda i: (i.owned, -i.actor.first)):
        barred = item.actor.id == "CIVILIANS" or item.actor.id in trigger.trigger.not_by
        if not item.marker and item.prefix == "" and not barred:
            other = frame.target is None or item.actor.id != frame.target.id
            if other and not _used(frame, item):
                _set(frame, "actor", item, sure=not item.owned)
                break


def _give(frame: Frame, roles: tuple[str, ...], item: Marked) -> None:
    for role in roles:
        if role == "actor" and item.actor.id == "CIVILIANS":
            continue
        if role in ("actor", "target"):
            _set(frame, role, item, sure=True)
            return
    if item.actor.id == "CIVILIANS":
        _set(frame, "target", item, sure=True)
