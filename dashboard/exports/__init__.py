"""Write what is shown to files that others can open."""
