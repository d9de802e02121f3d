"""Draw the map: base map, layers, and the files it needs without a network."""

from dashboard.maps.draw import RETURNED, clicked_place, draw_layers, draw_map
from dashboard.maps.layer import Layer, MapView, all_layers

__all__ = [
    "RETURNED",
    "Layer",
    "MapView",
    "all_layers",
    "clicked_place",
    "draw_layers",
    "draw_map",
]
