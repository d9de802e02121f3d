"""What the reader has chosen: one view, kept in the session and in the page's address."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import streamlit as st

from dashboard.model import Modality
from dashboard.store import Filters
from dashboard.ui.words import LANGUAGES

VERSION = "1"
PANELS = ("evidence", "strongholds", "compare", "shift", "places", "tray", "about")
NO_SIDE = "none"
"""How an address names the sources that speak for no side, whose side is ""."""

TOLD_BY = (1, 2, 3, 4, 5)
"""The least numbers of sources that can be asked for; 1 asks for nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """Language, filters (with the span of days), the place selected, panel and page."""

    lang: str = "en"
    filters: Filters = field(default_factory=Filters)
    place: str | None = None
    panel: str = "evidence"

    def without_days(self) -> Filters:
        """Give the filters open in time: what a histogram of all months shows."""
        return replace(self.filters, since=None, until=None)

    def at_place(self) -> Filters:
        """Give the filters, narrowed to the place selected."""
        return replace(self.filters, places=(self.place,)) if self.place else self.filters


def read_query(query: Mapping[str, str]) -> View:
    """Read a view from the page's address; what it does not know, or cannot read, it leaves out."""
    modality = tuple(name for name in _list(query, "modality") if name in set(Modality))
    precision = query.get("precision", "")
    filters = Filters(
        since=_day(query.get("from")),
        until=_day(query.get("to")),
        types=_list(query, "types"),
        actors=_list(query, "actors"),
        sources=tuple(query.get("sources", "").split("|")) if query.get("sources") else (),
        sides=_sides(query),
        modality=modality,
        told_by=_least(query.get("told_by")),
        precision=int(precision) if precision in ("1", "2") else None,
        confidence=_share(query.get("confidence")),
        text=query.get("q") or None,
    )
    lang, panel = query.get("lang", "en"), query.get("panel", "evidence")
    return View(
        lang=lang if lang in LANGUAGES else "en",
        filters=filters,
        place=query.get("place") or None,
        panel=panel if panel in PANELS else "evidence",
    )


def write_query(view: View) -> dict[str, str]:
    """Write a view as the parameters of the page's address; what is not chosen is left out."""
    filters = view.filters
    pairs = {
        "v": VERSION,
        "lang": view.lang,
        "from": filters.since.isoformat() if filters.since else "",
        "to": filters.until.isoformat() if filters.until else "",
        "types": ",".join(filters.types),
        "actors": ",".join(filters.actors),
        "sources": "|".join(filters.sources),
        "sides": ",".join(side or NO_SIDE for side in filters.sides),
        "modality": ",".join(filters.modality),
        "told_by": str(filters.told_by or ""),
        "precision": str(filters.precision or ""),
        "confidence": f"{filters.confidence:g}" if filters.confidence else "",
        "q": filters.text or "",
        "place": view.place or "",
        "panel": view.panel if view.panel != "evidence" else "",
    }
    return {key: value for key, value in pairs.items() if value}


def _list(query: Mapping[str, str], key: str) -> tuple[str, ...]:
    return tuple(part for part in query.get(key, "").split(",") if part)


def _sides(query: Mapping[str, str]) -> tuple[str, ...]:
    return tuple("" if side == NO_SIDE else side for side in _list(query, "sides"))


def _least(text: str | None) -> int | None:
    return next((least for least in TOLD_BY[1:] if text == str(least)), None)


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _share(text: str | None) -> float | None:
    try:
        value = float(text) if text else 0.0
    except ValueError:
        return None
    return value if 0 < value <= 1 else None


def start(first: date, last: date) -> None:
    """Fill the session from the page's address, when the reader comes to it or goes back to it.

    The address that the page wrote itself is not read again. Where the store has grown (or shrunk)
    since, a span that reached its end still does.
    """
    if st.session_state.get("published") == dict(st.query_params):
        _follow(first, last)
        return
    st.session_state["bounds"] = (first, last)
    view = read_query(st.query_params)
    filters = view.filters
    asked = sorted((filters.since or first, filters.until or last))
    since, until = (min(max(day, first), last) for day in asked)
    kept: dict[str, Any] = {
        "lang": view.lang,
        "span": (since, until),
        "types": list(filters.types),
        "actors": list(filters.actors),
        "sources": list(filters.sources),
        "sides": list(filters.sides),
        "modality": list(filters.modality),
        "told_by": filters.told_by or 1,
        "precision": filters.precision or 3,
        "confidence": filters.confidence or 0.0,
        "text": filters.text or "",
        "place": view.place,
        "panel": view.panel,
        "page": 1,
    }
    st.session_state.update(kept)


def _follow(first: date, last: date) -> None:
    """Bring the span within the days that the store holds now."""
    was_first, was_last = st.session_state["bounds"]
    since, until = st.session_state["span"]
    since = first if since <= was_first else min(max(since, first), last)
    until = last if until >= was_last else min(max(until, since), last)
    st.session_state["span"], st.session_state["bounds"] = (since, until), (first, last)


def current(first: date, last: date, *, is_place: Callable[[str], bool]) -> View:
    """Give what is chosen now; a span that covers all days filters none.

    A place that there is not (an old address) is let go.
    """
    if st.session_state["place"] and not is_place(st.session_state["place"]):
        st.session_state["place"] = None
    # Widgets that were not drawn in the last run lose their keys: write them back each run.
    for key in ("lang", "types", "actors", "sources", "sides", "modality", "told_by", "precision",
                "confidence", "text", "place", "panel", "page", "span"):  # fmt: skip
        st.session_state[key] = st.session_state[key]
    chosen = st.session_state
    since, until = chosen.span
    filters = Filters(
        since=since if since > first else None,
        until=until if until < last else None,
        types=tuple(chosen.types),
        actors=tuple(chosen.actors),
        sources=tuple(chosen.sources),
        sides=tuple(chosen.sides),
        modality=tuple(chosen.modality),
        told_by=chosen.told_by if chosen.told_by > 1 else None,
        precision=chosen.precision if chosen.precision < 3 else None,
        confidence=chosen.confidence or None,
        text=chosen.text.strip() or None,
    )
    return View(
        lang=chosen.lang or "en",
        filters=filters,
        place=chosen.place,
        panel=chosen.panel or "evidence",
    )


def publish(view: View) -> None:
    """Show the view in the page's address, so that it can be sent to somebody."""
    query = write_query(view)
    if query != dict(st.query_params):
        st.query_params.from_dict(query)
    st.session_state["published"] = query


def select_place(place: str | None) -> None:
    """Select a place (None: all of them) and begin its evidence at the first page."""
    st.session_state["place"] = place
    st.session_state["page"] = 1
    st.session_state["scroll"] = "place"
