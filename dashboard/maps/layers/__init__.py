"""The layers of the map, one module each; none knows another."""
