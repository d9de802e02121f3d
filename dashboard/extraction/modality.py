"""Tell whether an event is told as past, going on, intended or denied, or not told at all."""

from dataclasses import dataclass

from dashboard.extraction.clauses import COMMA, ONE_CLAUSE, OPENER, Parse, TriggerEntry
from dashboard.extraction.inflection import Tense
from dashboard.extraction.roles import Frame
from dashboard.model import Modality, Part
from gazetteer.place import PlaceKind

BEFORE = 6
"""Words before a trigger in which a negation or an intention still governs it."""

ALWAYS_ONGOING = ("presence",)

PLANNED_IS_THREAT = (
    "abduction",
    "bombing",
    "killing",
    "clash",
    "prison_break",
    "air_strike",
    "shelling",
)
NOT_PLANNED = (
    "presence",
    "siege",
    "fortification",
    "arrest",
    "withdrawal",
    "base_established",
)
"""Types of which an intention is no event of the codebook."""

SUPPORT = ("air_strike", "shelling")

VIOLENCE = ("air_strike", "shelling", "bombing", "killing", "abduction", "clash")
"""Types whose noun may stand as the backdrop of what is told."""

GROUPS = ("IS", "HTS", "UNKNOWN", "TRIBES", None)

DENIABLE = ("air_strike", "shelling", "bombing", "raid", "abduction", "killing")
"""Types of which "did not ... any" denies what others say; elsewhere it tells of nothing."""

ANY_REACH = 3
"""Words behind a verb in which "any" denies it: a subject may stand between."""

INTENDED = "intended"
WILLED = "what is willed"

WILL_REACH = 12
"""Words between a vow and the aim that it is for."""

PURPOSE = "a purpose"
GO_BEFORE = ("relocation", "deployment", "clash", "fortification")
"""Types whose noun after ل may be what the aim proper is joined to: to move on X and take it."""

CAN_BE_AIMS = (
    "capture", "offensive", "siege", "arrest", "raid", "air_strike", "killing", "relocation",
    "deployment", "withdrawal",
)  # fmt: skip
"""Types whose verbal noun after ل is what another deed is for: عملية لاستعادة."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """How an event is told; `type` differs from the trigger's where the mood makes it another."""

    modality: Modality
    type: str
    why: str
    factor: float = 1.0


def judge(parse: Parse, frame: Frame) -> Told | None:
    """Judge how a trigger's event is told; None where it is not told to happen at all."""
    trigger = frame.trigger
    kind = trigger.type
    entry = trigger.trigger
    first = trigger.first
    if parse.near("denial", first, 12, OPENER) or parse.near("deny", first, 14, OPENER + COMMA):
        return Told(modality=Modality.DENIED, type=kind, why="denied")
    if _negated(parse, first):
        if kind in DENIABLE and _none_of(parse, trigger.last):
            return Told(modality=Modality.DENIED, type=kind, why="not any")
        return None
    if parse.has("conditional", range(max(0, first - BEFORE), first)):
        return None
    kinds = {found.place.kind for found in frame.places}
    if kind == "offensive" and kinds == {PlaceKind.PRISON}:
        return None  # a prison is attacked, not conquered
    if entry.modality:
        return Told(modality=Modality(entry.modality), type=kind, why="the words say so")
    was = parse.has("past", range(max(0, first - 3), first))
    if kind == "presence" and (was or parse.has("that", range(max(0, first - 1), first))):
        return None  # "had controlled", "before it controls"
    if parse.has("prevented", range(max(0, first - 2), first)):
        return None  # "to prevent the army's advance"
    early = range(max(0, first - 2), first)
    noun = entry.part == Part.VERBAL_NOUN
    if kind in TOLD_BEFORE and noun and parse.has("before", early):
        return None  # "before the start of the operation" tells of something else
    if noun and _is_over(parse, frame):
        return None
    if noun and kind in SUPPORT and parse.near("support", first, 4, 0):
        return None  # "backed by strikes" tells of what they back (ruling 17)
    until = noun and parse.has("until", early)
    if kind == "capture" and until and _is_willed(parse, first):
        return _intended(kind, WILLED)  # "the operation will go on until X is freed"
    if noun and kind in VIOLENCE and parse.has("backdrop", early):
        return None  # "in the shadow of the strikes": what is told goes on before it
    if noun and kind in SUPPORT and _will_go_on(parse, first):
        return None  # "will go on striking it wherever it is" tells of no strike
    if noun and kind in SUPPORT and parse.has("dread", range(max(0, first - 3), first)):
        return None  # "fled for fear of the strikes" threatens nobody
    if kind == "offensive" and frame.actor_id != "IS" and _is_camp(frame):
        kind = "raid"  # nobody takes a camp of the displaced by storm: a campaign there is a sweep
    intent = _intent(parse, frame)
    if intent:
        willed = intent == PURPOSE and kind == "capture" and _is_willed(parse, first)
        if kind == "clash" and frame.actor_id not in GROUPS and frame.places:
            kind = "offensive"  # an army that means to attack a place means to take it
        return _intended(kind, WILLED if willed else intent)
    near = parse.near("near", first, 4, COMMA - 1)
    if kind == "capture" and near:
        return Told(modality=Modality.ONGOING, type="offensive", why="about to, or going on")
    operation = parse.near("operation_noun", first, 4, 0)
    if kind == "capture" and operation and entry.part == Part.VERBAL_NOUN:
        return Told(modality=_plain(parse, frame), type="offensive", why="an operation to take it")
    return Told(modality=_plain(parse, frame), type=kind, why="told plainly")


def _will_go_on(parse: Parse, first: int) -> bool:
    """Tell whether a noun hangs on a verb of going on that speaks of the future."""
    hit = parse.near("continue", first, 4, 0)
    if hit is None:
        return False
    early = range(max(0, hit.first - 1), hit.first)
    return hit.sense.tense is Tense.FUTURE or parse.has("future", early)


def _is_camp(frame: Frame) -> bool:
    return bool(frame.places) and all(p.place.kind is PlaceKind.CAMP for p in frame.places)


TOLD_BEFORE = ("offensive", "deployment", "bombing", "relocation", "killing", "abduction")
"""Types whose noun after "before" only says when something else was."""

AHEAD = 4
"""Words after a noun in which an adjective may put it into the future: المعركة المرتقبة."""


def _is_over(parse: Parse, frame: Frame) -> bool:
    """Tell whether an operation is only said to end, or not to do something."""
    if frame.trigger.type != "offensive":
        return False
    first, last = frame.trigger.first, frame.trigger.last
    ended = parse.has("over", range(max(0, first - 2), first))
    follows = parse.classes[last] if last < len(parse.classes) else frozenset()
    return ended or "negation" in follows


def _is_ahead(parse: Parse, frame: Frame) -> bool:
    """Tell whether an adjective puts a noun into the future."""
    last = frame.trigger.last
    after = range(last, min(last + AHEAD, len(parse.classes)))
    return any("ahead" in parse.classes[i] and parse.crossing(last - 1, i) == 0 for i in after)


def _negated(parse: Parse, first: int) -> bool:
    after = range(first, min(first + 6, len(parse.tokens)))
    if parse.has("except", after):
        return False  # "no longer holds any but X"
    for at in range(max(0, first - 3), first):
        if "lacking" in parse.classes[at] and not _is_next(parse, at, first):
            continue  # "without a pilot" says no to the pilot alone
        if "negation" in parse.classes[at] and parse.crossing(at, first) == 0:
            # لا يزال, لا تزال: "still" is no negation.
            following = parse.tokens[at + 1].form if at + 1 < len(parse.tokens) else ""
            if not following.endswith(("زال", "زالت", "زالوا", "يزالون", "تزل", "يزل")):
                return True
    return False


def _is_next(parse: Parse, at: int, first: int) -> bool:
    """Tell whether nothing but "any" stands between two words."""
    return all("any_of" in parse.classes[between] for between in range(at + 1, first))


def _none_of(parse: Parse, last: int) -> bool:
    """Tell whether "any" follows: "carried out no strike on X" is said by who denies it."""
    after = range(last, min(last + ANY_REACH, len(parse.classes)))
    return parse.has("any_of", after)


def _intent(parse: Parse, frame: Frame) -> str:
    """Give the words that make the event an intention, "" where it is none."""
    trigger = frame.trigger
    first = trigger.first
    if trigger.tense is Tense.FUTURE and trigger.prefix == "س":
        return "future tense"
    if parse.has("future", range(max(0, first - 2), first)):
        return "future tense"
    noun = trigger.trigger.part == Part.VERBAL_NOUN
    if noun and _is_ahead(parse, frame):
        return "still ahead"
    reach = BEFORE if noun or trigger.tense is not Tense.PAST else 2
    if noun and parse.near("purpose", first, 3, 0):
        return PURPOSE
    if noun and _is_imminent(parse, first):
        return "near"
    for name in ("plan", "plan_noun"):
        hit = parse.near(name, first, reach, ONE_CLAUSE if noun else OPENER)
        if hit is not None and hit.first != trigger.cue:
            return parse.tokens[hit.first].form
    if trigger.tense is Tense.FUTURE and trigger.type not in ALWAYS_ONGOING:
        return PURPOSE
    if noun and _shares_aim(parse, first):
        return PURPOSE
    caused = first > 0 and "outcome" in parse.classes[first - 1]
    if noun and trigger.prefix in ("ل", "لل") and trigger.type in CAN_BE_AIMS and not caused:
        return PURPOSE
    return ""


def _is_imminent(parse: Parse, first: int) -> bool:
    """Tell whether a noun is said to be near at hand: قرب الهجوم, قرب بدء المعركة."""
    at = first - 1
    if at > 0 and "launch" in parse.classes[at]:
        at -= 1
    return at >= 0 and "imminent" in parse.classes[at]


def _shares_aim(parse: Parse, first: int) -> bool:
    """Tell whether a noun is joined by و to one that is a purpose: to storm A and drive B out."""
    if not parse.tokens[first].form.startswith("و"):
        return False
    return any(
        hit.sense.prefix in ("ل", "لل")
        and 0 < first - hit.last <= BEFORE
        and parse.crossing(hit.first, first) <= ONE_CLAUSE
        for hit in parse.entries(TriggerEntry)
        if isinstance(hit.entry, TriggerEntry) and hit.entry.type in (*CAN_BE_AIMS, *GO_BEFORE)
    )


def _is_willed(parse: Parse, first: int) -> bool:
    """Tell whether the purpose is that of a vow or a plan, not of a deed: vowed ... to retake X."""
    if any(parse.near(name, first, WILL_REACH, OPENER + COMMA) for name in ("plan", "plan_noun")):
        return True
    return any(
        "willed" in parse.classes[at] and parse.crossing(at, first) <= OPENER + COMMA
        for at in range(max(0, first - WILL_REACH), first)
    )


def _intended(kind: str, intent: str) -> Told | None:
    if kind == "capture":
        kind = "offensive"
    if intent == PURPOSE:
        return None  # "an operation to retake X": the operation is the event
    if kind in NOT_PLANNED or kind in PLANNED_IS_THREAT:
        if kind in PLANNED_IS_THREAT:
            return Told(modality=Modality.PLANNED, type="threat", why=f"{INTENDED}: {intent}")
        return None
    return Told(modality=Modality.PLANNED, type=kind, why=f"{INTENDED}: {intent}")


def _plain(parse: Parse, frame: Frame) -> Modality:
    trigger = frame.trigger
    first = trigger.first
    if trigger.type in ALWAYS_ONGOING:
        return Modality.ONGOING
    if trigger.trigger.part == Part.VERBAL_NOUN:
        if parse.near("continue", first, 5, ONE_CLAUSE):
            return Modality.ONGOING
        for hit in parse.words.get("near", ()):
            going = hit.sense.tense is Tense.PRESENT
            if going and 0 <= first - hit.last < 4 and parse.crossing(hit.first, first) == 0:
                return Modality.ONGOING
        return _helped(parse, first)
    present = trigger.tense is Tense.PRESENT
    past = parse.has("past", range(max(0, first - 4), first))
    if present and not parse.sentence.headline and not past:
        return Modality.ONGOING
    return Modality.REPORTED


def _helped(parse: Parse, first: int) -> Modality:
    """Give a verbal noun the tense of the verb that carries it: تقوم بمحاربة."""
    hit = parse.near("happen", first, 5, ONE_CLAUSE)
    if hit is not None and hit.sense.tense is Tense.PRESENT and not parse.sentence.headline:
        return Modality.ONGOING
    return Modality.REPORTED
