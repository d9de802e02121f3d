"""The page around its parts: title, direction, style, the name and what is shown in words."""

import html
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from importlib.resources import files
from pathlib import Path

import streamlit as st

from dashboard.store.base import Filters, StoreError, Totals
from dashboard.store.filters import describe
from dashboard.ui.state import View
from dashboard.ui.words import LANGUAGES, day_words, word

# Streamlit 1.67 lays out slider thumbs by the browser's language, the track by the page's: where
# only the browser reads right to left, the track is turned to agree with the thumbs.
_SLIDER_MENDED = (
    "[data-testid=stSlider] [role=group] > div > div:not([data-rac]):not([data-testid])"
    "{transform:scaleX(-1)}"
)
SCROLLED = {
    "place": "if (window.innerWidth < 640) setTimeout(() => document.querySelector("
    "'.maaqil-place, article.evidence')?.scrollIntoView({block: 'start'}), 300);",
    "list": "setTimeout(() => document.querySelector('.maaqil-legend')"
    "?.scrollIntoView({block: 'start'}), 100);",
}
_RTL_LOCALES = ("ar", "fa", "he", "ur", "ckb")


@cache
def _style() -> str:
    return files("dashboard.ui").joinpath("page.css").read_text(encoding="utf-8")


def sliders_are_turned() -> bool:
    """Tell whether the browser lays sliders out from right to left."""
    return (st.context.locale or "").split("-")[0] in _RTL_LOCALES


def scroll() -> None:
    """Bring what was just asked for into sight, where the page is one narrow column."""
    target = st.session_state.pop("scroll", None)
    if target in SCROLLED:
        # The two selectors are ours; the number makes the script a new one, so that it runs again.
        st.session_state["scrolls"] = st.session_state.get("scrolls", 0) + 1
        st.html(
            f"<script>/* {st.session_state['scrolls']} */ {SCROLLED[target]}</script>",
            unsafe_allow_javascript=True,
        )


def configure() -> None:
    """Set the page's title and width; the first call of a run."""
    st.set_page_config(
        page_title=f"{word('page.name', 'en')} {word('page.name', 'ar')}",
        page_icon="◈",
        layout="wide",
    )


def set_direction(lang: str) -> None:
    """Turn the whole document, so that menus and popovers follow, and add the style."""
    direction = {"en": "ltr", "ar": "rtl"}[lang]
    style = _style()
    if sliders_are_turned():
        style += _SLIDER_MENDED
    st.html(f"<style>{style}</style>")
    # The values come from the table above, never from the reader or an article.
    st.html(
        f"<script>document.documentElement.dir='{direction}';"
        f"document.documentElement.lang='{lang}';</script>",
        unsafe_allow_javascript=True,
    )


def name_and_language(lang: str) -> None:
    """Show the name and the choice of language."""
    left, right = st.columns([5, 1], vertical_alignment="center")
    other = word("page.name", "ar" if lang == "en" else "en")
    left.html(
        f"<div class='maaqil-name'><h1>{word('page.name', lang)}</h1>"
        f"<bdi class='other'>{other}</bdi><p>{word('page.tagline', lang)}</p></div>"
    )
    right.container(horizontal=True, horizontal_alignment="right").segmented_control(
        word("page.language", lang),
        LANGUAGES,
        key="lang",
        required=True,
        format_func=lambda other: word(f"page.language_{other}", lang),
        label_visibility="collapsed",
    )


def what_is_shown(view: View, totals: Totals) -> None:
    """Say in words how much is shown, and by which filters."""
    shown = f"<b><bdi>{totals.events:,}</bdi></b>"
    counts = word("page.of_events", view.lang, shown=shown, n=totals.all_events)
    counts += word("page.comma", view.lang) + word("page.articles", view.lang, n=totals.articles)
    query = html.escape(query_words(view.filters, view.lang))
    st.html(f"<p class='maaqil-says'>{counts} <span class='query'>· {query}</span></p>")


def query_words(filters: Filters, lang: str) -> str:
    """Say which events are meant, the days as the language writes them."""
    others = replace(filters, since=None, until=None)
    told = [] if others == Filters() else [describe(others, lang)]
    days = {"first": filters.since, "last": filters.until}
    known = {name: f"\u2068{day_words(day, lang)}\u2069" for name, day in days.items() if day}
    if known:
        key = "span" if len(known) == 2 else "since" if filters.since else "until"
        told.insert(0, word(f"days.{key}", lang, **known))
    return word("page.semicolon", lang).join(told) or describe(filters, lang)


def say_ignored(view: View) -> None:
    """Say which of the filters set the panel leaves aside; nothing where it heeds all of them."""
    key = {"compare": "ignored", "shift": "ignored", "strongholds": "ignored_day"}.get(view.panel)
    if key and view.without_days() != Filters():
        query = describe(view.without_days(), view.lang)
        st.warning(word(f"panel.{key}", view.lang, query=query))


@contextmanager
def store_errors_as_words() -> Iterator[None]:
    """Show what the store refuses as words and what to do, not as a trace of the program."""
    try:
        yield
    except StoreError as error:
        lang = st.session_state.get("lang") or st.query_params.get("lang")
        lang = lang if lang in LANGUAGES else "en"
        st.error(word(f"store_error.{error.kind}", lang))
        st.code(str(error), language=None, wrap_lines=True)
        st.button(word("store_error.again", lang), key="again")


def empty_store(lang: str, where: str) -> None:
    """Say how to fill a store that holds nothing."""
    st.info(word("page.empty_store", lang, store=Path(where).name))
