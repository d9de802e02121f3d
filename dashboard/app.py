"""The page: a map, time under it, and beside it the sentences behind the marks."""

import streamlit as st

from dashboard.strongholds.status import DECAY_DAYS
from dashboard.ui import (
    compare_panel,
    data,
    downloads,
    filters,
    map_panel,
    panels,
    shell,
    shift_panel,
    state,
    timeline,
)


def main() -> None:
    """Show the page for what the reader has chosen."""
    shell.configure()
    where = data.store_address()
    days = data.first_and_last_day(where)
    if days is None:
        panels.show_undated_store(where, state.read_query(st.query_params))
        return

    state.start(*days)
    view = state.current(*days, is_place=lambda place: bool(data.find_place(where, place)))
    until = st.session_state["span"][1]
    shell.set_direction(view.lang)
    shell.name_and_language(view.lang)

    places = data.by_place(where, view.filters)
    totals = data.totals(where, view.filters)
    decay = st.session_state.get("decay", DECAY_DAYS)
    statuses = data.statuses(where, until, decay)
    words, more = st.columns([4, 2], vertical_alignment="center")
    with words:
        shell.what_is_shown(view, totals)
    with more, st.container(horizontal=True, horizontal_alignment="right"):
        filters.show_filters(data.sources(where), view.lang)
        downloads.show_downloads(where, view, st.session_state["span"], totals.events)

    left, right = st.columns([3, 2], gap="medium")
    with left:
        map_panel.show_map(places, statuses, data.movements(where, view.filters), view)
        months = data.by_month(where, view.without_days())
        timeline.show_time(days, months, view.lang, turned=shell.sliders_are_turned())
    with right:
        panels.choose_panel(data.tray_size(where, view.without_days()), view.lang)
        names = data.place_names(where, places, view.place)
        panels.choose_place(names, view.lang)
        shell.say_ignored(view)
        match view.panel:
            case "evidence":
                holding = next((held for held in statuses if held.place.id == view.place), None)
                panels.show_chosen(where, view, holding, until, names)
                panels.show_evidence(where, view, holding)
            case "strongholds":
                panels.show_strongholds(statuses, until, view.lang)
            case "compare":
                compare_panel.show_compare(where, st.session_state["span"], decay, view.lang)
            case "shift":
                shift_panel.show_shift(where, st.session_state["span"], decay, view.lang)
            case "places":
                panels.show_places(places, view.lang)
            case "tray":
                panels.show_tray(where, view)
            case _:
                panels.show_about(view.lang)
    shell.scroll()
    state.publish(view)


with shell.store_errors_as_words():
    main()
