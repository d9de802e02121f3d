"""Time: the histogram to drag over, the span's slider, the chapters, steps by month."""

import calendar
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import altair
import streamlit as st

from dashboard.maps.words import word as map_word
from dashboard.ontology import load_ontology
from dashboard.store.base import MonthCount
from dashboard.ui.words import word

Days = tuple[date, date]

SLIDER_DAYS = {"en": "D MMM YYYY", "ar": "D/M/YYYY"}
"""How the slider writes days; its own program knows no Arabic names of months."""

CHAPTERS: dict[str, Days] = {
    "rise": (date(2013, 1, 1), date(2014, 12, 31)),
    "mosul": (date(2016, 10, 17), date(2017, 7, 10)),
    "raqqa": (date(2017, 6, 6), date(2017, 10, 20)),
    "euphrates": (date(2017, 9, 5), date(2017, 12, 9)),
    "baghouz": (date(2018, 9, 10), date(2019, 3, 23)),
    "desert": (date(2019, 3, 24), date(9999, 1, 1)),
}
"""The chapters of the story as its chroniclers cut it: the assault's first and last day."""


def clamp(days: Days, bounds: Days) -> Days:
    """Bring a span within the days there are; one that lies outside becomes the nearest day."""
    first, last = bounds
    since = min(max(days[0], first), last)
    return since, min(max(days[1], since), last)


def step(days: Days, months: int, bounds: Days) -> Days:
    """Move a span by whole months, its length in days kept where the bounds allow."""
    length = days[1] - days[0]
    number = days[0].year * 12 + days[0].month - 1 + months
    year, month = number // 12, number % 12 + 1
    day = min(days[0].day, calendar.monthrange(year, month)[1])
    start = max(date(year, month, day), bounds[0])
    if start + length > bounds[1]:
        start = max(bounds[0], bounds[1] - length)
    return clamp((start, start + length), bounds)


def _set_span(days: Days, bounds: Days) -> None:
    st.session_state["span"] = clamp(days, bounds)
    _forget_brush()


def _forget_brush() -> None:
    """Give the histogram a new key: a rectangle drawn before would not fit the new span."""
    st.session_state["brushes"] = st.session_state.get("brushes", 0) + 1
    st.session_state["page"] = 1


def _set_chapter(bounds: Days) -> None:
    chapter = st.session_state.get("chapter")
    if chapter:
        _set_span(CHAPTERS.get(chapter, bounds), bounds)
        st.session_state["fit"] = chapter  # the map moves to a chapter's places, once
    st.session_state["chapter"] = None


def brushed(selection: Mapping[str, Sequence[float]]) -> Days | None:
    """Give the whole months under a brush; its edges are milliseconds of UTC, None without any."""
    edges = next(iter(selection.values()), None)
    if not edges:
        return None
    since, until = (datetime.fromtimestamp(edge / 1000, tz=UTC).date() for edge in sorted(edges))
    days = calendar.monthrange(until.year, until.month)[1]
    return since.replace(day=1), until.replace(day=days)


def _take_brush(key: str, bounds: Days) -> None:
    days = brushed(st.session_state[key].get("selection", {}).get("brush", {}))
    if days is not None:
        st.session_state["span"] = clamp(days, bounds)
        st.session_state["page"] = 1


def show_time(
    bounds: Days, months: Sequence[MonthCount], lang: str, *, turned: bool = False
) -> None:
    """Show the histogram of all filtered events, the slider and the chapters.

    `turned`: the browser lays its sliders out from right to left, so the histogram must follow.
    """
    key = f"histogram-{st.session_state.get('brushes', 0)}"
    st.altair_chart(
        histogram(months, st.session_state["span"], bounds, lang, turned=turned),
        key=key,
        on_select=lambda: _take_brush(key, bounds),
        selection_mode="brush",
        width="stretch",
        height=130,
        alt=word("time.histogram", lang),
    )
    if bounds[0] < bounds[1]:
        row = st.container(horizontal=True, vertical_alignment="bottom", wrap=False, key="steps")
        back, middle, on = (
            row.container(width="content"),
            row.container(),
            row.container(width="content"),
        )
        span = st.session_state["span"]
        back.button(
            word("time.back_sign", lang),
            help=word("time.back", lang),
            key="month_back",
            on_click=lambda: _set_span(step(span, -1, bounds), bounds),
        )
        on.button(
            word("time.on_sign", lang),
            help=word("time.on", lang),
            key="month_on",
            on_click=lambda: _set_span(step(span, 1, bounds), bounds),
        )
        middle.slider(
            word("time.slider", lang),
            *bounds,
            key="span",
            format=SLIDER_DAYS[lang],
            on_change=_forget_brush,
            label_visibility="collapsed",
        )
    st.pills(
        word("time.presets", lang),
        ["whole", *CHAPTERS],
        key="chapter",
        format_func=lambda name: word(f"time.{name}", lang),
        on_change=_set_chapter,
        args=(bounds,),
        label_visibility="collapsed",
        wrap=True,
    )


def histogram(
    months: Sequence[MonthCount], span: Days, bounds: Days, lang: str, *, turned: bool = False
) -> Any:
    """Draw events a month, stacked by family; months outside the span are pale.

    `months` are counts a month (YYYY-MM) and type. The axis covers `bounds`, as the slider does.
    Months are points of UTC, so that a brush means the same in every time zone.
    """
    types = load_ontology().event_types
    counts: Counter[tuple[str, str]] = Counter()
    for row in months:
        counts[row.month, types[row.type].family] += row.events
    colors = {kind.family: kind.color for kind in reversed(types.values())}
    families = sorted({family for _, family in counts}, key=list(colors).index)
    inside = (span[0].strftime("%Y-%m"), span[1].strftime("%Y-%m"))
    rows = [
        {
            "month": f"{month}-01",
            "family": map_word(f"family.{family}", lang),
            "events": number,
            "inside": inside[0] <= month <= inside[1],
        }
        for (month, family), number in sorted(counts.items())
    ]
    return (
        altair.Chart({"values": rows})
        .mark_bar(binSpacing=0)
        .encode(
            x=altair.X(
                "utcyearmonth(month):T",
                title=None,
                scale=altair.Scale(type="utc", domain=_edges(bounds), reverse=turned),
                axis=altair.Axis(format="%Y", tickCount="year"),
            ),
            y=altair.Y("events:Q", title=None, axis=altair.Axis(tickCount=3, tickMinStep=1)),
            color=altair.Color(
                "family:N",
                scale=altair.Scale(
                    domain=[map_word(f"family.{family}", lang) for family in families],
                    range=[colors[family] for family in families],
                ),
                legend=None,  # the map beside it has the same colours in its legend
            ),
            opacity=altair.condition("datum.inside", altair.value(1.0), altair.value(0.28)),
            tooltip=[
                altair.Tooltip(
                    "utcyearmonth(month):T", title=word("time.month", lang), format="%m/%Y"
                ),
                altair.Tooltip("family:N", title=word("time.family", lang)),
                altair.Tooltip("events:Q", title=word("time.events", lang)),
            ],
        )
        .add_params(altair.selection_interval(name="brush", encodings=["x"]))
        .properties(height="container")
    )


def _edges(bounds: Days) -> list[Any]:
    """Give the first month and the one after the last, as Vega takes points of UTC in a scale."""
    first, last = bounds
    after = (last.replace(day=28) + timedelta(days=4)).replace(day=1)
    edges = (first.replace(day=1), after)
    return [altair.DateTime(year=d.year, month=d.month, date=1, utc=True) for d in edges]
