"""Fill the slots of a trigger from its clause: who, whom, where, from where."""

from collections.abc import Sequence

from dashboard.extraction.afterwards import find_afters
from dashboard.extraction.asides import IN, PHRASE, FoundPlace
from dashboard.extraction.clauses import ONE_CLAUSE, Parse
from dashboard.extraction.lexicon import simplify
from dashboard.extraction.markers import Marked
from dashboard.extraction.relatives import is_about
from dashboard.extraction.roles import Frame, Subject, fill_actors
from dashboard.extraction.triggers import FoundTrigger
from dashboard.model import Part

LIMIT = 30
"""A place that costs more than this (words of distance and boundaries) is not meant."""

BEHIND = 6
"""What it costs a place to stand before the trigger: Arabic tells where after what."""

ANTECEDENT = -6
"""What it costs to be what the trigger's relative clause is about: nearly nothing is nearer."""

SCENE = 24
SCENE_AT = 3
"""What it costs a place to open the sentence as its scene, and within how many words it does."""

ASIDE = 12
"""What it costs a place to be named only to say where another lies."""

FIRED = ("air_strike", "shelling")
FROM_REACH = 4
"""Words between "from" and a place where the base lies from which somebody fires."""

GOALS = ("الي", "نحو", "باتجاه", "صوب")
MOTION: dict[str, dict[str, tuple[str, ...]]] = {
    "relocation": {"من": ("origin",), "عن": ("origin",)},
    "withdrawal": {"عبر": ("none",), "في": ("place",)},
}
"""What prepositions mean with verbs of motion, where the entry does not say otherwise."""


def fill(
    parse: Parse,
    trigger: FoundTrigger,
    triggers: Sequence[FoundTrigger],
    places: Sequence[FoundPlace],
    actors: Sequence[Marked],
    subject: Subject | None = None,
    focus: Sequence[FoundPlace] = (),
) -> Frame | None:
    """Fill a trigger's slots; None where a slot that the entry needs stays empty.

    `subject` is that of the sentence's verb before: "they took A and besieged B"; `focus` is what
    was last told of, for a pronoun to point back to.
    """
    frame = Frame(trigger=trigger)
    _fill_places(parse, frame, triggers, places)
    if not frame.places and (
        _has_pronoun_of_place(parse, trigger) or _has_unnamed(parse, trigger, places)
    ):
        spoken = [p for p in places if p.last <= trigger.first and not (p.container or p.aside)]
        frame.places = tuple(spoken[-1:]) or tuple(focus[:1])
        frame.level = "sentence" if spoken else "paragraph"
        if frame.places:
            frame.why.append("place: what the pronoun points back to")
    if not _has_needs(frame, parse):
        return None
    fill_actors(parse, frame, actors, subject)
    return frame


def place_cost(
    parse: Parse, frame: Frame, triggers: Sequence[FoundTrigger], place: FoundPlace
) -> tuple[int, str]:
    """Give what it costs to take a place for a trigger's, and its role there."""
    trigger = frame.trigger
    slots = trigger.entry.slots
    after = place.first >= trigger.last
    apart = place.head - trigger.last if after else trigger.first - place.last
    crossing = parse.crossing(trigger.first, place.first)
    cost = max(apart, 0) + 2 * crossing + (0 if after else BEHIND)
    position = place.preposition
    if not position:
        noun = trigger.trigger.part == Part.VERBAL_NOUN
        position = ("of" if noun else "object") if after else "subject"
    roles = slots.get(position, ()) or MOTION.get(trigger.type, {}).get(position, ())
    role = "place"
    if trigger.type == "withdrawal" and place.preposition in GOALS and not place.aside:
        role = "goal"
    elif "origin" in roles:
        role, cost = ("none" if place.aside else "origin"), cost - 5
    elif "place" in roles:
        cost -= 5
    elif "none" in roles and place.preposition:
        role, cost = "none", cost + LIMIT
    elif position == "من":
        cost += LIMIT if trigger.type in SET_UP else 5
    if trigger.type in FIRED and role == "place" and _is_fired_from(parse, place):
        role = "none"
    if place.source and role == "place":
        role = "none"  # who comes from there does nothing there
    if role == "place" and _is_spoken_for(trigger, place):
        role = "none"  # ruling 13: a power that acts, speaks or loses is no place
    if any(
        stretch.first <= place.first < stretch.last
        and not stretch.first <= trigger.first < stretch.last
        for stretch in find_afters(parse)
    ):
        role = "none"  # "five days after the fall of X": what came after was elsewhere
    if not after and place.preposition == IN and place.head <= SCENE_AT:
        cost = min(cost, SCENE)  # "as for in X, ...": the whole sentence is set there
    antecedent = not after and is_about(parse, trigger, place)
    if antecedent:
        # Whatever governs it in its own clause; of two, the nearer.
        role, cost = "place", min(cost, ANTECEDENT + (apart + 1) // PHRASE)
    elif place.aside:
        cost += ASIDE
    low, high = sorted((trigger.first, place.first))
    rivals = {
        other.first
        for other in triggers
        if low < other.first < high and other.first != trigger.cue and _rivals(trigger, other)
    }
    return cost + 4 * len(rivals), role


def _is_fired_from(parse: Parse, place: FoundPlace) -> bool:
    """Tell whether a place is where the guns or aircraft stand: shelled from its base in X."""
    early = range(max(0, place.head - FROM_REACH), place.head)
    if parse.has("ships", early) and all(parse.crossing(at, place.first) == 0 for at in early):
        return True
    return any(
        "out_of" in parse.classes[at]
        and at + 1 < place.head
        and "firing_site" in parse.classes[at + 1]
        and parse.crossing(at, place.first) == 0
        for at in early
    )


def _rivals(trigger: FoundTrigger, other: FoundTrigger) -> bool:
    """Tell whether a place beyond another trigger is rather that one's.

    An operation's place is often told as that of its aim: launched an attack to retake X.
    """
    aim = trigger.type == "offensive" and other.type == "capture"
    return other.type != trigger.type and not aim


POWERS = ("us", "ru", "fr", "gb", "de", "cn", "il", "it", "ca", "au", "jp", "ro")
"""Countries, by the first letters of their places' ids, that act in the war and hardly see it."""

SEATS = ("tr-ankara", "ir-tehran")

INSIDE = (IN, "ب", "داخل", "وسط", "قرب")


def _is_spoken_for(trigger: FoundTrigger, place: FoundPlace) -> bool:
    """Tell whether a place stands for a power abroad, as it does but where something is in it."""
    code = place.place.id.partition("-")[0]
    abroad = (code in POWERS or place.place.id in SEATS) and trigger.type not in (
        "relocation",
        "threat",
    )
    return abroad and place.preposition not in INSIDE


SET_UP = ("base_established", "presence", "fortification", "siege")
"""Types of which nothing is where somebody or something is said to come from."""

UNNAMED = 5
"""Words behind a word of taking in which villages may be counted that are not named."""


def _has_unnamed(parse: Parse, trigger: FoundTrigger, places: Sequence[FoundPlace]) -> bool:
    """Tell whether what is taken or left is villages that go unnamed: they took 13 villages."""
    if trigger.type not in ("capture", "withdrawal"):
        return False
    behind = range(trigger.last, min(trigger.last + UNNAMED, len(parse.tokens)))
    for at in behind:
        if "villages" in parse.classes[at] and parse.crossing(trigger.last - 1, at) == 0:
            return not any(at <= place.first <= at + UNNAMED for place in places)
    return False


PLACE_PRONOUNS = ("ها", "هما")
OF_TOWNS = ("capture", "withdrawal", "siege", "offensive")


def _has_pronoun_of_place(parse: Parse, trigger: FoundTrigger) -> bool:
    """Tell whether a pronoun on a word of taking or leaving stands for the town: خسروها."""
    if trigger.type not in OF_TOWNS:
        return False
    noun = trigger.trigger.part == Part.VERBAL_NOUN
    roles = trigger.entry.slots.get("of" if noun else "object", ())
    form = parse.tokens[trigger.last - 1].form
    if trigger.pronoun and "place" in roles and form.endswith(PLACE_PRONOUNS):
        return True
    after = range(trigger.last, min(trigger.last + 3, len(parse.tokens)))
    return any(
        parse.tokens[at].form == preposition[:-1] + "ي" + "ها"
        or parse.tokens[at].form == preposition + "ها"
        for at in after
        for preposition, taken in trigger.entry.slots.items()
        if "place" in taken and preposition not in ("of", "object", "subject")
    )


def _fill_places(
    parse: Parse, frame: Frame, triggers: Sequence[FoundTrigger], places: Sequence[FoundPlace]
) -> None:
    ranked = []
    for place in places:
        if place.container:
            continue
        cost, role = place_cost(parse, frame, triggers, place)
        if role == "origin" and cost <= LIMIT:
            frame.origins += (place,)
        elif role == "goal" and cost <= LIMIT:
            frame.goals += (place,)
        elif role == "place" and cost <= LIMIT:
            ranked.append((cost, place.first, place))
    if not ranked:
        return
    cost, _, best = min(ranked, key=lambda item: item[:2])
    # A list that goes on behind a relative clause is not what that clause is about.
    group = [
        place
        for _, _, place in sorted(ranked, key=lambda r: r[1])
        if place.group == best.group
        and (place.first < frame.trigger.first) == (best.first < frame.trigger.first)
    ]
    frame.places = tuple(group)
    frame.cost = cost
    near = parse.crossing(frame.trigger.first, best.first) <= ONE_CLAUSE
    frame.level = "clause" if near else "sentence"
    frame.why.append(f"place {best.mention.surface}: nearest in the {frame.level}, cost {cost}")


def _has_needs(frame: Frame, parse: Parse) -> bool:
    for need in frame.trigger.trigger.needs:
        pointed = _has_pronoun_of_place(parse, frame.trigger) or frame.level == "paragraph"
        if pointed and frame.places:
            fine = True
        elif need == "place":
            fine = bool(frame.places) and frame.level == "clause"
        elif need in ("of", "object"):
            noun = frame.trigger.trigger.part == Part.VERBAL_NOUN
            fine = any(
                not place.preposition
                and 0 <= place.head - frame.trigger.last <= 4
                and not (noun and _is_parted(parse, frame.trigger.last, place.head))
                for place in frame.places
            )
        else:
            fine = any(_has_preposition(frame, parse, one) for one in simplify(need).split("|"))
        if not fine:
            return False
    return True


def _is_parted(parse: Parse, last: int, head: int) -> bool:
    """Tell whether a preposition stands between a noun and what should be its genitive."""
    upto = range(last, min(head + 1, len(parse.tokens)))
    return parse.has("preposition", upto)


def _has_preposition(frame: Frame, parse: Parse, preposition: str) -> bool:
    """Tell whether a place stands under a preposition, or the preposition holds a pronoun."""
    if any(place.preposition.startswith(preposition) for place in frame.places):
        return True
    # "took the army's post in X": the preposition holds the post, which stands in the place.
    for place in frame.places:
        held = range(frame.trigger.last, max(place.head - 1, frame.trigger.last))
        if any(parse.tokens[i].form == preposition for i in held):
            return True
    upto = min(frame.trigger.last + 5, len(parse.tokens))
    pronouns = {preposition[:-1] + "ي" + p for p in ("ها", "ه", "هما", "هم")}
    pronouns |= {preposition + p for p in ("ها", "ه", "هما", "هم")}
    return bool(frame.places) and any(
        parse.tokens[i].form in pronouns for i in range(frame.trigger.last, upto)
    )
