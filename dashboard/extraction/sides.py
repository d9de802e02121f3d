"""Tell who took a place from whom, where the clause leaves one of the two open or mixes them up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dashboard.extraction.clauses import OPENER, Parse
from dashboard.extraction.markers import Marked
from dashboard.extraction.roles import Frame

TYPES = ("capture", "offensive", "siege")
GROUP = "IS"
NOBODY = ("UNKNOWN", "CIVILIANS", "OTHER", None)
GROUND = ("SDF", "SAA", "ISF", "PMF", "PESHMERGA", "OPPOSITION", "TURKEY", "HTS", "SYRIA_GOV",
          "LEBANON", "LIBYA_GNA", "TRIBES")  # fmt: skip
"""Forces that hold ground: who only bombs or advises takes no town."""


INVADERS = ("TURKEY",)
"""Armies that hold ground abroad."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Who the article spoke of so far, and whose army stands in the place's country."""

    actors: frozenset[str]
    countries: Mapping[str, str]

    def is_abroad(self, actor: str, frame: Frame) -> bool:
        """Tell whether a force is the army of another country than the place's."""
        homes = {code for code, army in self.countries.items() if army == actor}
        codes = {found.place.id.lstrip("~").partition("-")[0] for found in frame.places}
        codes &= set(self.countries)
        return bool(homes and codes) and not homes & codes and actor not in INVADERS

    def national(self, frame: Frame) -> str | None:
        """Give the army of the place's country, if the article spoke of it."""
        for found in frame.places:
            army = self.countries.get(found.place.id.lstrip("~").partition("-")[0])
            if army in self.actors:
                return army
        return None


def settle_sides(parse: Parse, frame: Frame, actors: Sequence[Marked], known: Known) -> None:
    """Settle gainer and loser of a taking, or attacker and attacked.

    What grammar gives stays. A guess that makes one force both, or an army its ally's loser, is let
    go; words of freeing are of the group's enemies; a force of the article's war faces the group.
    """
    _name_gunmen(parse, frame, known)
    if frame.trigger.type not in TYPES:
        return
    _part_sides(frame, known)
    frees = "freed" in parse.classes[frame.trigger.first]
    guessed = frame.actor_id in (GROUP, *NOBODY) and not _is_sure(parse, frame)
    foreign = not frame.sure_actor and known.is_abroad(frame.actor_id or "", frame)
    if frees and (guessed or foreign):
        _let_go_actor(frame)
        _find_freer(parse, frame, actors, known)
    fell = "fell" in parse.classes[frame.trigger.first]
    if fell and frame.actor_id == GROUP and not frame.sure_actor and _is_for(parse, frame):
        _let_go_actor(frame)
        _name(frame, "target", GROUP, "it has the place no more")
    if fell and frame.target_id == GROUP and not frame.sure_target and not frame.sure_actor:
        frame.target, frame.target_id = None, None
        _name(frame, "actor", GROUP, "what falls to nobody else falls to it")
    takes = "occupied" in parse.classes[frame.trigger.first]
    if takes and frame.actor_id in NOBODY and GROUP in known.actors and frame.target_id != GROUP:
        _name(frame, "actor", GROUP, "the article's topic")
    _find_other_side(frame, known)


def _is_sure(parse: Parse, frame: Frame) -> bool:
    """Tell whether grammar gives the actor, and in the same breath."""
    if frame.actor is None or not frame.sure_actor or frame.actor_id in NOBODY:
        return False
    return parse.crossing(frame.actor.first, frame.trigger.first) == 0


def _is_for(parse: Parse, frame: Frame) -> bool:
    """Tell whether the actor stands under ل: "with its fall the group has no town left"."""
    return frame.actor is not None and parse.tokens[frame.actor.first].form.startswith("لل")


def _name(frame: Frame, role: str, actor: str, why: str) -> None:
    if role == "actor":
        frame.actor, frame.actor_id, frame.sure_actor = None, actor, False
    else:
        frame.target, frame.target_id, frame.sure_target = None, actor, False
    frame.why.append(f"{role} {actor}: {why}")


def _name_gunmen(parse: Parse, frame: Frame, known: Known) -> None:
    """Take "the gunmen" for the group, where the article spoke of no other."""
    others = {"HTS", "OPPOSITION"} & known.actors
    if GROUP not in known.actors or others:
        return
    for role, actor, name in (
        ("actor", frame.actor, frame.actor_id),
        ("target", frame.target, frame.target_id),
    ):
        other = frame.target_id if role == "actor" else frame.actor_id
        if actor is not None and name == "UNKNOWN" and other != GROUP:
            form = parse.tokens[actor.first].form.lstrip("و")
            if form.startswith(("ال", "لل", "بال")):
                _name(frame, role, GROUP, "the gunmen of an article about it")


def _part_sides(frame: Frame, known: Known) -> None:
    """Let go of a guess that puts one force, or two that fight the group, on both sides."""
    actor, target = frame.actor_id, frame.target_id
    if target is None:
        return
    if target == "CIVILIANS" and not frame.sure_target:
        frame.target, frame.target_id = None, None
        return
    if actor == target:
        if frame.sure_target and not frame.sure_actor:
            _let_go_actor(frame)
        else:
            frame.target, frame.target_id = None, None
    elif not frame.sure_target and target != GROUP and actor != GROUP:
        mine, frame.target, frame.target_id = frame.target, None, None
        if actor is None and target in GROUND and not known.is_abroad(target, frame):
            frame.actor, frame.actor_id = mine, target
            frame.why.append(f"actor {target}: the only force of the clause")


def _let_go_actor(frame: Frame) -> None:
    frame.actor, frame.actor_id, frame.sure_actor = None, None, False


def _find_freer(parse: Parse, frame: Frame, actors: Sequence[Marked], known: Known) -> None:
    """Find who freed a place: the nearest force of the sentence, the only one of the article."""
    near = sorted(
        (
            item
            for item in actors
            if item.actor.id in GROUND
            and not known.is_abroad(item.actor.id, frame)
            and item.marker not in ("support", "against", "loser")
            and parse.crossing(item.actor.first, frame.trigger.first) <= OPENER
        ),
        key=lambda item: abs(item.actor.first - frame.trigger.first),
    )
    if near:
        frame.actor, frame.actor_id = near[0].actor, near[0].actor.id
        frame.why.append(f"actor {frame.actor_id}: the nearest force that can have freed it")
        return
    ground = [
        name for name in sorted(known.actors) if name in GROUND and not known.is_abroad(name, frame)
    ]
    national = known.national(frame)
    if len(ground) == 1:
        _name(frame, "actor", ground[0], "the one force of the article")
    elif national is not None:
        _name(frame, "actor", national, "the army of the place's country")


def _find_other_side(frame: Frame, known: Known) -> None:
    if frame.target_id not in (None, "UNKNOWN") or GROUP not in known.actors:
        return
    if frame.actor_id in GROUND:
        _name(frame, "target", GROUP, "the article's topic")
    elif frame.actor_id == GROUP:
        national = known.national(frame)
        if national is not None:
            _name(frame, "target", national, "the army of the place's country")
