"""What events, actors and known facts are, as data that can be read and mended."""
