"""Draw the map: base map, layers, and the files it needs without a network."""
