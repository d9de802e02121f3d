"""The parts of the screen, one module each; every visible string is in words.toml."""
