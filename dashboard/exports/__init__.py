"""Write what is shown to files that others can open."""

from dashboard.exports.export import Export, Told, all_exports

__all__ = ["Export", "Told", "all_exports"]
