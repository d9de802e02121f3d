"""Compare the first and the last day of the chosen span: gained, lost, unchanged, unknown."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from dashboard.maps.words import word as map_word
from dashboard.strongholds import Comparison, Holding, PlaceChange, Status, compare
from dashboard.strongholds.compare import CHANGES
from dashboard.ui import data
from dashboard.ui.panels import table_of_places
from dashboard.ui.words import day_words, word


@st.cache_data(ttl=data.KEEP_SECONDS, max_entries=64, show_spinner=False)
def _compared(where: str, first: date, last: date, decay_days: int) -> Comparison:
    return compare(data.store(where), first, last, decay_days=decay_days)


def show_compare(where: str, span: tuple[date, date], decay_days: int, lang: str) -> None:
    """Show the changes as counts that choose, and as a table whose rows lead to the evidence."""
    first, last = span
    days = {"first": day_words(first, lang), "last": day_words(last, lang)}
    st.subheader(word("compare.heading", lang, **days))
    st.caption(word("compare.explain", lang, n=decay_days))
    told = _compared(where, first, last, decay_days)
    rows = [(kind, change) for kind in CHANGES for change in getattr(told, kind)]
    if not rows:
        st.info(word("compare.same", lang))
        return
    chosen = st.pills(
        word("compare.show", lang),
        CHANGES,
        key="change",
        format_func=lambda kind: word(f"compare.{kind}", lang, n=len(getattr(told, kind))),
        label_visibility="collapsed",
        wrap=True,
    )
    if chosen:
        st.caption(word(f"compare.about_{chosen}", lang))
    listed = [row for row in rows if chosen in (None, row[0])]
    if listed:
        _table(listed, lang, one_kind=chosen is not None)


def _table(rows: Sequence[tuple[str, PlaceChange]], lang: str, *, one_kind: bool) -> None:
    names = [c.place.name if lang == "ar" else c.place.name_en for _, c in rows]
    columns: dict[str, Sequence[object]] = {
        word("place.column_place", lang): names,
        word("compare.column_change", lang): [word(f"compare.is_{kind}", lang) for kind, _ in rows],
        word("compare.column_before", lang): [status_words(c.before, lang) for _, c in rows],
        word("compare.column_after", lang): [status_words(c.after, lang) for _, c in rows],
        word("strongholds.column_last", lang): [c.after.last if c.after else None for _, c in rows],
        word("strongholds.column_because", lang): [len(_because(c)) for _, c in rows],
    }
    if one_kind:
        del columns[word("compare.column_change", lang)]
    st.caption(word("strongholds.open", lang))
    table_of_places(columns, names, [c.place.id for _, c in rows], key="changes")


def status_words(holding: Holding | None, lang: str) -> str:
    """Say a status, and whether it is only the last known."""
    if holding is None:
        return word("compare.nothing", lang)
    if holding.status is Status.UNKNOWN:
        known = map_word(f"status.{holding.last_known or holding.status}", lang)
        return word("compare.was", lang, status=known)
    words = map_word(f"status.{holding.status}", lang)
    faded = holding.faded and holding.status is not Status.LOST
    return word("compare.faded", lang, status=words) if faded else words


def _because(change: PlaceChange) -> set[str]:
    return {event for held in (change.before, change.after) if held for event in held.because}
