"""The map: a constant base, over it what the filters leave; a click on a mark selects its place."""

import os
from collections.abc import Sequence
from typing import Any

import folium
import streamlit as st
from streamlit_folium import st_folium

from dashboard.maps import RETURNED, MapView, clicked_place, draw_layers, draw_map
from dashboard.maps.colors import FAMILY_SHAPES, STATUS_COLORS, family_colors
from dashboard.maps.words import word as map_word
from dashboard.ontology import load_ontology
from dashboard.store.base import Movement, PlaceCount
from dashboard.strongholds import Holding
from dashboard.ui.state import View, select_place
from dashboard.ui.words import word

HEIGHT = 520
GLYPHS = {"star": "★", "square": "■", "circle": "●", "diamond": "◆", "triangle": "▲"}
"""The map's shapes as letters, for a legend beside it."""


@st.cache_resource(show_spinner=False)
def _base(lang: str, online_tiles: str | None) -> folium.Map:
    """Give the base map of a language; the same object, so that its figure never changes."""
    return draw_map(lang=lang, online_tiles=online_tiles)


def show_map(
    places: Sequence[PlaceCount],
    holdings: Sequence[Holding],
    movements: Sequence[Movement],
    view: View,
) -> None:
    """Show one mark a place with its events, status and movements; take the reader's click."""
    map_view = MapView(
        places=tuple(places),
        holdings=tuple(holdings),
        movements=tuple(movements),
        types=load_ontology().event_types,
        selected=view.place,
    )
    key = f"map-{view.lang}"
    with st.container(key="map"):
        st_folium(
            _base(view.lang, os.environ.get("MAAQIL_ONLINE_TILES")),
            key=key,
            height=HEIGHT,
            use_container_width=True,
            returned_objects=list(RETURNED),
            feature_group_to_add=draw_layers(
                map_view, view.lang, fit=st.session_state.get("fit", "")
            ),
            on_change=lambda: _take_click(st.session_state[key]),
        )
    st.html(legend(view.lang))
    st.caption(word("page.map_alt", view.lang))


def legend(lang: str) -> str:
    """Give the legend as HTML: the shape and colour of each family, the ring of each status."""
    colors = family_colors(load_ontology().event_types)
    marks = [
        f"<span><b style='color:{colors[family]}'>{GLYPHS[shape]}</b> "
        f"{map_word(f'family.{family}', lang)}</span>"
        for family, shape in FAMILY_SHAPES.items()
    ]
    rings = [
        f"<span><i class='{status}' style='border-color:{color}'></i> "
        f"{map_word(f'status.{status}', lang)}</span>"
        for status, color in STATUS_COLORS.items()
    ]
    return (
        f"<div class='maaqil-marks' role='note' aria-label='{word('page.legend', lang)}'>"
        f"{''.join(marks)}{''.join(rings)}</div>"
    )


def _take_click(returned: Any) -> None:
    """Select the place clicked, before the page is drawn again."""
    place = clicked_place(returned)
    if place:
        select_place(place)
        st.session_state["panel"] = "evidence"
