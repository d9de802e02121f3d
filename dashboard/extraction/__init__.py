"""Read an article: from its text to the events it tells, stage by stage."""
