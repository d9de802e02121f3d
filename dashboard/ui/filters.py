"""The filters: what, who, source, how told, how precise, how sure, and a search."""

from collections.abc import Sequence

import streamlit as st

from dashboard.model import Modality
from dashboard.ontology import load_ontology
from dashboard.ontology.outlets import load_outlets
from dashboard.ui.state import TOLD_BY
from dashboard.ui.words import word

LEAST_PRECISE = 3


def _clear() -> None:
    st.session_state.update(
        types=[],
        actors=[],
        sources=[],
        sides=[],
        modality=[],
        told_by=1,
        precision=LEAST_PRECISE,
        confidence=0.0,
        text="",
    )
    _first_page()


def _first_page() -> None:
    st.session_state["page"] = 1


def show_filters(sources: Sequence[str], lang: str) -> None:
    """Offer every filter but the span of days, behind one button that counts those in use."""
    ontology = load_ontology()
    label = "label_ar" if lang == "ar" else "label_en"

    def type_words(name: str) -> str:
        return str(getattr(ontology.event_types[name], label))

    def actor_words(name: str) -> str:
        return str(getattr(ontology.actors[name], label))

    sides = load_outlets().sides

    def side_words(name: str) -> str:
        return str(getattr(sides[name], label)) if name else word("filters.no_side", lang)

    _keep_known("types", ontology.event_types)
    _keep_known("actors", ontology.actors)
    _keep_known("sources", sources)
    _keep_known("sides", ("", *sides))
    lists = ("types", "actors", "sources", "sides", "modality")
    used = sum(bool(st.session_state[key]) for key in lists)
    used += bool(st.session_state["text"].strip()) + bool(st.session_state["confidence"])
    used += st.session_state["precision"] < LEAST_PRECISE
    used += st.session_state["told_by"] > 1
    heading = word("filters.heading_used" if used else "filters.heading", lang, n=used)
    with st.popover(heading, key="filters"):
        st.text_input(
            word("filters.text", lang),
            key="text",
            placeholder=word("filters.text_hint", lang),
            on_change=_first_page,
        )
        any_word = word("filters.any", lang)
        st.multiselect(
            word("filters.types", lang),
            list(ontology.event_types),
            key="types",
            format_func=type_words,
            placeholder=any_word,
            on_change=_first_page,
        )
        st.multiselect(
            word("filters.actors", lang),
            list(ontology.actors),
            key="actors",
            format_func=actor_words,
            placeholder=any_word,
            on_change=_first_page,
        )
        st.multiselect(
            word("filters.sources", lang),
            list(sources),
            key="sources",
            placeholder=any_word,
            on_change=_first_page,
        )
        st.multiselect(
            word("filters.sides", lang),
            ["", *sides],
            key="sides",
            format_func=side_words,
            placeholder=any_word,
            on_change=_first_page,
        )
        st.select_slider(
            word("filters.told_by", lang), TOLD_BY, key="told_by", on_change=_first_page
        )
        st.pills(
            word("filters.modality", lang),
            [modality.value for modality in Modality],
            key="modality",
            selection_mode="multi",
            format_func=lambda name: word(f"modality.{name}", lang),
            on_change=_first_page,
        )
        st.radio(
            word("filters.precision", lang),
            [3, 2, 1],
            key="precision",
            format_func=lambda number: word(f"filters.precision_{number}", lang),
            on_change=_first_page,
        )
        st.slider(
            word("filters.confidence", lang),
            0.0,
            1.0,
            step=0.05,
            key="confidence",
            on_change=_first_page,
        )
        st.button(word("filters.clear", lang), on_click=_clear, key="clear")


def _keep_known(key: str, known: object) -> None:
    """Drop from a choice what does not exist (any more): an old address must still open."""
    chosen = st.session_state[key]
    kept = [name for name in chosen if name in known]  # type: ignore[operator]  # any container
    if kept != chosen:
        st.session_state[key] = kept
