"""Settle who acts on whom, where the entry of a trigger limits it."""

from collections.abc import Sequence

from dashboard.extraction.clauses import ONE_CLAUSE, Parse
from dashboard.extraction.markers import Marked
from dashboard.extraction.roles import SENTENCE, Frame

CHAIN = 16
"""A crossing up to which the subject of a sentence's first verb is that of its last."""

ARMIES = {"ISF", "SAA", "SDF"}
"""Where an entry allows these as well, the article's topic does not tell who acts."""

NEAR = 12
"""Words between a bare word of striking and the air force that makes it a strike from the air."""

UNTOLD = ("offensive",)
"""Types whose actor may go untold where the place is: "the attack on the city will begin"."""

MOVES = ("relocation", "withdrawal", "deployment")
"""Types told by verbs that anybody can be the subject of: who moves must be near."""


def settle(parse: Parse, frame: Frame, actors: Sequence[Marked], topic: frozenset[str]) -> bool:
    """Check a frame against its trigger's `by`, `not_by`, `against`, `not_against`.

    Where grammar did not say who acts, one whom the entry allows is looked for in the sentence,
    then in what the article spoke of before (`topic`). False: this is not the trigger's event.
    """
    trigger = frame.trigger.trigger
    if (
        trigger.by
        and frame.actor_id not in trigger.by
        and not _find_actor(parse, frame, actors, topic)
    ):
        return False
    if frame.actor_id in trigger.not_by and not _spare_actor(frame):
        return False
    if (
        trigger.against
        and frame.target_id not in trigger.against
        and not _find_target(parse, frame, actors, topic)
    ):
        return False
    return frame.target_id not in trigger.not_against or frame.target_id is None


def _spare_actor(frame: Frame) -> bool:
    """Let go of an actor that was only guessed and cannot be: it is rather the target."""
    if frame.sure_actor:
        return False
    if frame.target is None:
        frame.target, frame.target_id = frame.actor, frame.actor_id
    frame.why.append(f"actor {frame.actor_id}: cannot be, and was only the nearest")
    frame.actor, frame.actor_id = None, None
    return True


def _find_actor(
    parse: Parse, frame: Frame, actors: Sequence[Marked], topic: frozenset[str]
) -> bool:
    allowed = frame.trigger.trigger.by
    if frame.sure_actor and frame.actor_id not in ("UNKNOWN", "CIVILIANS", None):
        return False
    near = sorted(
        (i for i in actors if i.actor.id in allowed and i.marker not in ("support", "against")),
        key=lambda i: abs(i.actor.first - frame.trigger.first),
    )
    for item in near:
        limit = SENTENCE
        if (
            frame.trigger.type == "air_strike"
            and abs(item.actor.first - frame.trigger.first) > NEAR
        ):
            continue
        if frame.trigger.type in MOVES:
            limit = ONE_CLAUSE
        elif item.actor.last <= frame.trigger.first and not item.marker:
            limit = CHAIN  # "they took A ... and entered B": the subject carries on
        if parse.crossing(item.actor.first, frame.trigger.first) <= limit:
            frame.actor, frame.actor_id = item.actor, item.actor.id
            frame.why.append(f"actor {item.actor.id}: the one in the sentence that can be")
            return True
    nobody = frame.actor is None or frame.actor_id == "UNKNOWN"
    if nobody and "IS" in allowed and "IS" in topic and not ARMIES & set(allowed):
        frame.actor_id = "IS"
        frame.why.append("actor IS: the article's topic")
        return True
    untold = frame.actor is None and not _has_subject(frame)
    if untold and frame.trigger.type in UNTOLD and frame.level == "clause":
        frame.why.append("actor: not told")
        return True
    return False


def _has_subject(frame: Frame) -> bool:
    """Tell whether some other word is the subject: "the paper launched an attack"."""
    trigger = frame.trigger
    return trigger.cue is not None and trigger.cue - trigger.last > 0


def _find_target(
    parse: Parse, frame: Frame, actors: Sequence[Marked], topic: frozenset[str]
) -> bool:
    allowed = frame.trigger.trigger.against
    for item in actors:
        crossing = parse.crossing(item.actor.first, frame.trigger.first)
        near = crossing <= (ONE_CLAUSE if item.actor.id == "CIVILIANS" else SENTENCE)
        if item.actor.id in allowed and near and item.actor is not frame.actor:
            frame.target, frame.target_id = item.actor, item.actor.id
            frame.why.append(f"target {item.actor.id}: the one in the sentence that can be")
            return True
    if "IS" in allowed and frame.actor_id != "IS" and "IS" in topic and frame.target is None:
        frame.target_id = "IS"
        frame.why.append("target IS: the article's topic")
        return True
    return False
