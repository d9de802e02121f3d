"""Tell from events who held what, when, and because of which events."""

from dashboard.strongholds.compare import Comparison, PlaceChange, compare
from dashboard.strongholds.effects import rule_words
from dashboard.strongholds.shift import Quarter, Shift, Step, shift, shift_sentence
from dashboard.strongholds.status import Holding, Status, holdings

__all__ = [
    "Comparison",
    "Holding",
    "PlaceChange",
    "Quarter",
    "Shift",
    "Status",
    "Step",
    "compare",
    "holdings",
    "rule_words",
    "shift",
    "shift_sentence",
]
