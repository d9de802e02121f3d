"""Downloads: what the filters leave, in every format, written only when it is asked for."""

import io
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from urllib.parse import urlencode

import streamlit as st

from dashboard.exports import Export, all_exports, gather
from dashboard.exports.card import read_card
from dashboard.store import Filters, open_store
from dashboard.store.filters import describe
from dashboard.strongholds.status import DECAY_DAYS
from dashboard.ui.state import View, write_query
from dashboard.ui.words import word

PICTURES = {"16:9": "picture", "a4": "picture_a4"}
"""The shapes of the picture card, and their words."""

AT_MOST = 20_000
"""Events that the page writes at once, in its own memory; `maaqil export` knows no bound."""


def show_downloads(where: str, view: View, days: tuple[date, date], events: int) -> None:
    """Offer a button a format for the `events` that the filters leave in these days."""
    lang = view.lang
    with st.popover(word("download.heading", lang), key="download", disabled=not events):
        _offer_pictures(where, view, days)
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


def _offer_pictures(where: str, view: View, days: tuple[date, date]) -> None:
    here = (st.context.url or "").partition("?")[0].rstrip("/")
    link = f"{here}/?{urlencode(write_query(view))}" if here else ""
    decay = st.session_state.get("decay", DECAY_DAYS)
    for shape, key in PICTURES.items():
        st.download_button(
            word(f"download.{key}", view.lang),
            painter(where, view, shape, link=link, decay=decay),
            file_name=f"maaqil_{days[0]}_{days[1]}_{key}.png",
            mime="image/png",
            key=f"download_{key}",
            on_click="ignore",
            width="stretch",
        )


def painter(where: str, view: View, shape: str, *, link: str, decay: int) -> Callable[[], bytes]:
    """Give what draws the picture card of a view, as PNG, when somebody clicks."""

    def paint() -> bytes:
        from dashboard.exports.card_drawing import draw_card  # matplotlib takes a second to load

        with closing(open_store(where)) as store:
            card = read_card(store, view.filters, view.lang, link=link, decay=decay)
        return draw_card(card, shape)

    return paint


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
