"""Write what is shown to files that others can open."""

from dashboard.exports.export import Export, Told, all_exports
from dashboard.exports.gather import gather

__all__ = ["Export", "Told", "all_exports", "gather"]
