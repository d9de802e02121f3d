"""See which word before an actor says its part in the clause: by, against, from, with, says."""

from collections.abc import Sequence
from typing import NamedTuple

from dashboard.extraction.actors import FoundActor
from dashboard.extraction.clauses import Parse
from dashboard.extraction.lexicon import Hit

ALONE = ("ل", "ب", "ك")
"""Prepositions that stand alone where a name in quotes follows: لـ"داعش"."""


class Marked(NamedTuple):
    """An actor with the word that says its part: agent, against, loser, support, or none."""

    actor: FoundActor
    head: int
    marker: str
    prefix: str
    owned: bool


def mark(parse: Parse, actors: Sequence[FoundActor]) -> tuple[Marked, ...]:
    """See which word before each actor says its part in the clause."""
    if not actors:
        return ()
    owners = {hit.first for hit in parse.words.get("possession", ())}
    out = []
    for actor in actors:
        head, owned = actor.first, False
        prefix = _prefix(parse, actor.first)
        if head > 0 and parse.tokens[head - 1].form in ALONE and not prefix:
            head, prefix = head - 1, parse.tokens[head - 1].form  # لـ"داعش"
        while head > 0 and actor.first - head < 4 and prefix in ("", "ل"):
            styled = "styled" in parse.classes[head - 1]  # the so-called "Islamic State"
            if parse.crossing(head - 1, head) > 0 or not (styled or head - 1 in owners):
                # "cells of the organisation", "positions belonging to it", "a seat of command of"
                far = head > 1 and head - 2 in owners and _is_of_two(parse, head, actor.first)
                if not far:
                    break
                head, owned = head - 2, True
                prefix = _prefix(parse, head)
                continue
            head, owned = head - 1, owned or not styled
            prefix = _prefix(parse, head)
        marker = ""
        made_of = _is_made_of(parse, head, owners)
        for name in ("support", "agent", "loser", "against", "source"):
            reach = 1 if name == "source" else 0
            if any(
                0 <= head - hit.last <= reach and parse.crossing(hit.first, head) <= 1
                for hit in parse.words.get(name, ())
                if not (name in ("loser", "against") and (made_of or _opens(parse, hit)))
            ):
                marker = name
                break
        out.append(Marked(actor=actor, head=head, marker=marker, prefix=prefix, owned=owned))
    return tuple(out)


def _is_of_two(parse: Parse, head: int, first: int) -> bool:
    """Tell whether a noun stands between an owned thing and ل and its owner: مقر قيادة لداعش."""
    alone = head == first - 1 and parse.tokens[head].form == "ل"
    joined = head == first and _prefix(parse, first) == "ل"
    if not (alone or joined) or parse.crossing(head - 2, head) > 0:
        return False
    return not any(sense.tense for sense in parse.tokens[head - 1].senses)


def _opens(parse: Parse, hit: Hit) -> bool:
    """Tell whether a verb that may say on whom opens its clause: "X aimed at Y" begins with aimed.

    What follows such a verb is who acts; behind a noun ("an attack that aimed at Y") it is on whom.
    """
    if "aims" not in parse.classes[hit.first]:
        return False
    before = hit.first - 1
    if before < 0 or parse.tokens[hit.first].form.startswith(("و", "ف")):
        return True
    apart = parse.tokens[hit.first].gap != " "
    return apart or "opener" in parse.classes[before]


def _is_made_of(parse: Parse, head: int, owners: set[int]) -> bool:
    """Tell whether "of" says who some people are: fighters of the factions lose nothing."""
    if head < 2 or "out_of" not in parse.classes[head - 1]:
        return False
    return head - 2 in owners or "people" in parse.classes[head - 2]


def _prefix(parse: Parse, position: int) -> str:
    """Give the preposition written with a word, "" for none."""
    found = ""
    for sense in parse.tokens[position].senses:
        if not sense.prefix or sense.prefix == "ال":
            return ""
        found = sense.prefix
    return found[:1] if found[:1] in ("ب", "ل", "ك") else ""
