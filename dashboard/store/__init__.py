"""Keep articles and events, and give back counts, pages and single events."""

from dashboard.store.base import EventStore, Filters, StoreError
from dashboard.store.opening import default_store, open_store

__all__ = ["EventStore", "Filters", "StoreError", "default_store", "open_store"]
