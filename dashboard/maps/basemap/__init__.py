"""The base map: borders, rivers, lakes and names that need no tile server."""
