"""Tell which of several places of one name reporting rather means, where nothing else tells."""

from functools import cached_property
from math import exp

from gazetteer.arabic import fold_name
from gazetteer.geometry import distance_km
from gazetteer.names import NEAR, NameIndex
from gazetteer.place import Place, PlaceKind

_SCALE_KM = 60  # over which nearness to the heart fades
_SPREAD = 0.25  # what a place far from the heart loses
_TOWN_SPREAD = 0.15  # what a town loses: it is known beyond its surroundings
_PLAIN = frozenset({PlaceKind.COUNTRY, PlaceKind.CITY, PlaceKind.GOVERNORATE})


class Prominence:
    """How near places are to the heart of the reporting: a prior by hand, not learnt.

    The heart is the towns that the group held ([heart] in words.toml), as far as they are kept.
    Countries, governorates, cities and the world's capitals keep their full weight, towns most.
    """

    def __init__(self, names: NameIndex) -> None:
        self.names = names

    @cached_property
    def _heart(self) -> tuple[Place, ...]:
        ids = self.names.words.heart
        return tuple(self.names.places[id_] for id_ in ids if id_ in self.names.places)

    def weigh(self, place: Place) -> tuple[float, str]:
        """Give the weight of a place among its namesakes, 0 to 1, and the reason."""
        capitals = self.names.words.lists["metonym.capitals"]
        if place.id.startswith("~") or place.kind in _PLAIN or fold_name(place.name) in capitals:
            return 1.0, "well known among its namesakes"
        if place.id[:2] not in NEAR:
            return 1 - _SPREAD, "in a country that the reports are less about"
        apart, nearest = min(
            ((distance_km(place.lat, place.lon, o.lat, o.lon), o.name_en) for o in self._heart),
            default=(0.0, ""),
        )
        spread = _TOWN_SPREAD if place.kind is PlaceKind.TOWN else _SPREAD
        weight = 1 - spread * (1 - exp(-apart / _SCALE_KM))
        return weight, f"{apart:.0f} km from {nearest}, where reporting is dense"
