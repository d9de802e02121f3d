"""Downloads: what the filters leave, in every format, written only when it is asked for."""

import io
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import streamlit as st

from dashboard.exports import Export, all_exports, gather
from dashboard.store import Filters, open_store
from dashboard.store.filters import describe
from dashboard.ui.state import View
from dashboard.ui.words import word

AT_MOST = 20_000
"""Events that the page writes at once, in its own memory; `maaqil export` knows no bound."""


def show_downloads(where: str, view: View, days: tuple[date, date], events: int) -> None:
    """Offer a button a format for the `events` that the filters leave in these days."""
    lang = view.lang
    with st.popover(word("download.heading", lang), key="download", disabled=not events):
        if events > AT_MOST:
            st.caption(word("download.too_many", lang, n=events, most=f"{AT_MOST:,}"))
            st.code(command(where, view.filters), language=None, wrap_lines=True)
            return
        st.caption(word("download.what", lang, n=events))
        for export in all_exports():
            st.download_button(
                export.label_ar if lang == "ar" else export.label_en,
                writer(where, view.filters, export, lang),
                file_name=file_name(days, export),
                mime=export.mime,
                key=f"download_{export.id}",
                on_click="ignore",
                width="stretch",
            )


def writer(where: str, filters: Filters, export: Export, lang: str) -> Callable[[], bytes]:
    """Give what writes the events in a format, with the query in words of a language.

    It opens the store by itself: it runs when somebody clicks, outside the script.
    """

    def write() -> bytes:
        out = io.BytesIO()
        with closing(open_store(where)) as store:
            export.write(gather(store, filters), describe(filters, lang), out)
        return out.getvalue()

    return write


def file_name(days: tuple[date, date], export: Export) -> str:
    """Name a file by the days that it tells of."""
    first, last = days
    return f"maaqil_{first}_{last}{export.suffix}"


def command(where: str, filters: Filters) -> str:
    """Give the command that writes the events of these days and types; it knows no other filter."""
    store = where if "://" not in where else "STORE"  # an address can hold a password
    words = ["maaqil", "export", "--store", Path(store).name, "--format", "csv"]
    words += ["--since", str(filters.since)] if filters.since else []
    words += ["--until", str(filters.until)] if filters.until else []
    for name in filters.types:
        words += ["--type", name]
    return " ".join([*words, "events.csv"])
