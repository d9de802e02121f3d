"""From a name to a place: look up and find the place names of Arabic news."""
