"""What the status of a place is, and its receipt."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gazetteer.place import Place


class Status(StrEnum):
    """What was reported of the group at a place."""

    CONTROL = "control"
    CONTESTED = "contested"
    PRESENCE = "presence"
    LOST = "lost"
    UNKNOWN = "unknown"


HELD = (Status.CONTROL, Status.CONTESTED, Status.PRESENCE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """The status of a place on a day, and its receipt.

    `first` is the day since which it was reported so (of a change of hands the day by which it had
    surely happened) and `last` the day of its latest report (of an interval its middle, for it says
    what is not known, never how long a thing lasted), `because` their event ids in order of time
    (of too many the first and the latest), `rule` an id of rules.toml (words by `rule_words`),
    `confidence` lies in 0 to 1. `faded`: there was no report for longer than the decay, so the
    status is only the last known. With UNKNOWN, `last_known` is what it was before.
    """

    place: Place
    status: Status
    first: date
    last: date | None
    because: tuple[str, ...]
    rule: str
    confidence: float
    faded: bool = False
    last_known: Status | None = None
