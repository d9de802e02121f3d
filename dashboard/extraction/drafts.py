"""Hold what a sentence tells of an event before its days are settled."""

from dataclasses import dataclass
from datetime import date

from dashboard.extraction.clauses import Parse
from dashboard.extraction.modality import Told
from dashboard.extraction.numbers import Count
from dashboard.extraction.roles import Frame
from dashboard.model import DateMention


@dataclass(slots=True, kw_only=True)
class Draft:
    """An event before its days are settled."""

    parse: Parse
    frame: Frame
    told: Told
    dates: tuple[DateMention, ...]
    detained: Count | None
    headline: bool
    anchor: date | None
    deaths: Count | None = None
