"""Keep articles and events, and give back counts, pages and single events."""
