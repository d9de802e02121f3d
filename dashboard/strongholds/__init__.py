"""Tell from events who held what, when, and because of which events."""

from dashboard.strongholds.compare import Comparison, PlaceChange, compare
from dashboard.strongholds.effects import rule_words
from dashboard.strongholds.governorates import GovernorateHolding, governorate_of, governorates
from dashboard.strongholds.holding import Holding, Status
from dashboard.strongholds.parameters import (
    Parameters,
    about_parameters,
    change_parameters,
    default_parameters,
)
from dashboard.strongholds.ribbon import Ribbon, RibbonRow, ribbon
from dashboard.strongholds.shift import Quarter, Shift, Step, shift, shift_sentence
from dashboard.strongholds.status import holdings

__all__ = [
    "Comparison",
    "GovernorateHolding",
    "Holding",
    "Parameters",
    "PlaceChange",
    "Quarter",
    "Ribbon",
    "RibbonRow",
    "Shift",
    "Status",
    "Step",
    "about_parameters",
    "change_parameters",
    "compare",
    "default_parameters",
    "governorate_of",
    "governorates",
    "holdings",
    "ribbon",
    "rule_words",
    "shift",
    "shift_sentence",
]
