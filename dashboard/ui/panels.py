"""The panels beside the map: evidence, strongholds, places, tray, method."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from html import escape

import streamlit as st

from dashboard.maps.colors import STATUS_COLORS
from dashboard.maps.words import word as map_word
from dashboard.store.base import Filters, PlaceCount
from dashboard.strongholds import Holding, rule_words
from dashboard.strongholds.holding import Status
from dashboard.strongholds.status import DECAY_DAYS
from dashboard.ui import data, shell
from dashboard.ui.evidence import choose_page, page_number
from dashboard.ui.reports import show_events
from dashboard.ui.state import PANELS, View, select_place
from dashboard.ui.words import day_words, word
from gazetteer.place import Place

PAGE_SIZE = 12


def show_undated_store(where: str, view: View) -> None:
    """Show a store without a single dated event: its tray, or how to fill it."""
    shell.set_direction(view.lang)
    if not data.totals(where, Filters()).all_events:
        shell.empty_store(view.lang, where)
        return
    st.session_state.setdefault("page", 1)
    st.session_state.setdefault("lang", view.lang)
    shell.name_and_language(st.session_state["lang"])
    show_tray(where, replace(view, lang=st.session_state["lang"]))


def choose_panel(tray_size: int, lang: str) -> None:
    """Offer the panels."""
    st.segmented_control(
        word("panel.label", lang),
        PANELS,
        key="panel",
        required=True,
        format_func=lambda name: (
            word(f"panel.{name}", lang, n=tray_size)
            if name == "tray"
            else word(f"panel.{name}", lang)
        ),
        label_visibility="collapsed",
        width="content",
        wrap=True,
    )


def choose_place(names: Mapping[str, tuple[str, str, int]], lang: str) -> None:
    """Offer the places by name: for the keyboard what a click on a mark does."""

    def label(place: str) -> str:
        name, name_en, events = names[place]
        return f"{name if lang == 'ar' else name_en} ({events})"

    st.selectbox(
        word("place.choose", lang),
        list(names),
        index=None,
        key="place",
        format_func=label,
        placeholder=word("place.choose_hint", lang),
        on_change=lambda: select_place(st.session_state["place"]),
        label_visibility="collapsed",
    )


def show_chosen(
    where: str,
    view: View,
    holding: Holding | None,
    on: date,
    names: Mapping[str, tuple[str, str, int]],
) -> None:
    """Show the place selected, where one is; `names` holds the number of its own events."""
    place = data.find_place(where, view.place) if view.place else None
    if place is not None:
        here = names[place.id][2] if place.id in names else 0
        within = max(0, data.page_size(where, view.at_place()) - here)
        show_place(place, holding, on, view.lang, here=here, within=within)


def show_place(
    place: Place, holding: Holding | None, on: date, lang: str, *, here: int, within: int
) -> None:
    """Show the place selected: its name, where it lies, its status on a day.

    `here` counts its own events, those of its mark, and `within` those of the places within it.
    """
    name, other = (place.name, place.name_en) if lang == "ar" else (place.name_en, place.name)
    position = word(
        "place.at", lang, lat=f"{place.lat:.3f}", lon=f"{place.lon:.3f}", km=f"{place.radius_km:g}"
    )
    status = _status(holding, on, lang) if holding else ""
    counts = word("place.here", lang, n=here)
    if within:
        counts += word("page.comma", lang) + word("place.within", lang, n=within)
    st.html(
        f"<section class='maaqil-place'>"
        f"<h2>{escape(name)} <bdi class='other'>{escape(other)}</bdi></h2>"
        f"<p>{word(f'kind.{place.kind}', lang)} · <bdi>{position}</bdi></p>"
        f"<p>{counts}</p>{status}</section>"
    )


def _status(holding: Holding, on: date, lang: str) -> str:
    """Give a holding in words, as HTML."""
    words = map_word(f"status.{holding.status}", lang)
    key = "place.status_faded" if holding.faded else "place.status_on"
    told = word(key, lang, day=day_words(on, lang), status=words)
    color = STATUS_COLORS[holding.status]
    text = f"<p><span class='maaqil-status' style='color:{color}'>{escape(told)}</span></p>"
    if holding.last:
        days = {"first": day_words(holding.first, lang), "last": day_words(holding.last, lang)}
        text += f"<p>{escape(word('place.first_last', lang, **days))}</p>"
    return text


def _status_words(holding: Holding, lang: str) -> str:
    """Name a status; one that has faded is said to be the last known."""
    words = map_word(f"status.{holding.status}", lang)
    return word("strongholds.faded", lang, status=words) if holding.faded else words


def show_evidence(where: str, view: View, holding: Holding | None) -> None:
    """Show the sentences behind the marks (of the place selected), latest first.

    A place can be on the map for its status alone: then the events behind the status are shown.
    """
    events = data.page_size(where, view.at_place())
    if events:
        told = data.page(where, view.at_place(), page_number(events, PAGE_SIZE), PAGE_SIZE)
        show_events(where, told, view.lang)
        choose_page(events, PAGE_SIZE, view.lang)
    elif holding:
        st.caption(word("evidence.receipt", view.lang))
        receipt = [data.event(where, event) for event in reversed(holding.because)]
        show_events(where, [event for event in receipt if event], view.lang)
    else:
        st.info(word("page.nothing_left", view.lang))


def show_strongholds(holdings: Sequence[Holding], on: date, lang: str) -> None:
    """Show the status of every place on a day; a row leads to the events behind it."""
    decay = st.session_state.get("decay", DECAY_DAYS)
    st.subheader(word("strongholds.heading", lang, day=day_words(on, lang)))
    st.caption(word("strongholds.explain", lang, n=decay))
    st.number_input(
        word("strongholds.decay", lang), 30, 720, value=DECAY_DAYS, step=30, key="decay"
    )
    if not holdings:
        st.info(word("strongholds.none", lang))
        return
    holdings = sorted(holdings, key=lambda holding: list(Status).index(holding.status))
    names = [holding.place.name if lang == "ar" else holding.place.name_en for holding in holdings]
    columns: dict[str, Sequence[object]] = {
        word("place.column_place", lang): names,
        word("strongholds.column_status", lang): [
            _status_words(holding, lang) for holding in holdings
        ],
        word("strongholds.column_since", lang): [holding.first for holding in holdings],
        word("strongholds.column_last", lang): [holding.last for holding in holdings],
        word("strongholds.column_because", lang): [len(holding.because) for holding in holdings],
        word("strongholds.column_rule", lang): [
            rule_words(holding.rule, lang) for holding in holdings
        ],
    }
    st.caption(word("strongholds.open", lang))
    ids = [holding.place.id for holding in holdings]
    table_of_places(columns, names, ids, key="statuses")


def table_of_places(
    columns: Mapping[str, Sequence[object]], names: Sequence[str], ids: Sequence[str], *, key: str
) -> None:
    """Show a table whose rows are places; a row chosen offers the way to its evidence."""
    wide = {next(iter(columns)): st.column_config.Column(width="medium")}
    chosen = st.dataframe(
        columns,
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        column_config=wide,
        key=key,
    )
    for row in chosen["selection"]["rows"]:
        st.button(names[row], on_click=_open_evidence, args=(ids[row],), key=f"open_{key}")


def _open_evidence(place: str) -> None:
    select_place(place)
    st.session_state["panel"] = "evidence"


def show_places(places: Sequence[PlaceCount], lang: str) -> None:
    """Show the marks of the map as a table."""
    names = [place.name if lang == "ar" else place.name_en for place in places]
    columns: dict[str, Sequence[object]] = {
        word("place.column_place", lang): names,
        word("place.column_kind", lang): [word(f"kind.{place.kind}", lang) for place in places],
        word("place.column_events", lang): [place.events for place in places],
        word("place.column_precision", lang): [
            word(f"filters.precision_{place.geo_precision}", lang) for place in places
        ],
    }
    table_of_places(columns, names, [place.place for place in places], key="places_table")


def show_tray(where: str, view: View) -> None:
    """Show the events that have no day or no place."""
    size = data.tray_size(where, view.without_days())
    st.caption(word("tray.explain", view.lang))
    if not size:
        st.info(word("tray.none", view.lang))
        return
    told = data.tray(where, view.without_days(), page_number(size, PAGE_SIZE), PAGE_SIZE)
    show_events(where, told, view.lang)
    choose_page(size, PAGE_SIZE, view.lang)


def show_about(lang: str) -> None:
    """Say what the map tells, and what it cannot tell."""
    st.markdown(word("about.text", lang))
