"""Tell from events who held what, when, and because of which events."""
