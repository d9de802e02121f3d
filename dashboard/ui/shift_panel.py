"""Show how the centre of reported activity shifted, and which strongholds led month by month."""

from collections.abc import Sequence
from datetime import date
from html import escape

import streamlit as st

from dashboard.store import Filters
from dashboard.strongholds import Ribbon, Shift, ribbon, shift, shift_sentence
from dashboard.strongholds.shift import direction_words
from dashboard.ui import data
from dashboard.ui.ribbon_charts import coverage_chart, ribbon_chart
from dashboard.ui.shift_map import shift_map
from dashboard.ui.words import LANGUAGES, day_words, word


@st.cache_data(ttl=data.KEEP_SECONDS, max_entries=64, show_spinner=False)
def _shift(where: str, since: date, until: date) -> Shift:
    return shift(data.store(where), since=since, until=until)


@st.cache_data(ttl=data.KEEP_SECONDS, max_entries=64, show_spinner=False)
def _ribbon(where: str, since: date, until: date, decay_days: int) -> Ribbon:
    return ribbon(data.store(where), since=since, until=until, decay_days=decay_days)


def show_shift(where: str, span: tuple[date, date], decay_days: int, lang: str) -> None:
    """Show sentence, map and table of the shift, and the ribbon over the coverage by month."""
    since, until = span
    days = {"first": day_words(since, lang), "last": day_words(until, lang)}
    st.subheader(word("shift.heading", lang))
    st.caption(word("shift.span", lang, **days))
    told = _shift(where, since, until)
    st.html(quotes(told, lang))
    if told.quarters:
        st.altair_chart(shift_map(told, lang), width="stretch", alt=word("shift.map_alt", lang))
        st.caption(word("shift.map_caption", lang, least=told.least_reports))
        st.dataframe(
            quarter_columns(told, lang),
            hide_index=True,
            column_config={word("shift.column_quarter", lang): st.column_config.Column(width=70)},
        )
    st.subheader(word("shift.ribbon", lang))
    leading = _ribbon(where, since, until, decay_days)
    if leading.rows:
        st.altair_chart(
            ribbon_chart(leading, lang), width="stretch", alt=word("shift.ribbon", lang)
        )
    else:
        st.info(word("shift.no_ribbon", lang))
    articles = dict(data.articles_by_month(where, Filters(since=since, until=until)))
    st.altair_chart(
        coverage_chart(leading.months, articles, lang),
        width="stretch",
        alt=word("time.coverage", lang),
    )
    st.caption(word("shift.ribbon_caption", lang))


def quotes(told: Shift, lang: str) -> str:
    """Give the sentence to quote in both languages as HTML, the page's own first."""
    first = [lang, *(other for other in LANGUAGES if other != lang)]
    direction = {"en": "ltr", "ar": "rtl"}
    sentences = [
        f"<p lang='{one}' dir='{direction[one]}' style='margin:.2rem 0;text-align:start;"
        f"{'' if one == lang else 'color:#57534e;font-size:.88rem'}'>"
        f"{escape(shift_sentence(told, one))}</p>"
        for one in first
    ]
    return (
        f"<figure class='maaqil-quote' style='margin:0;padding-inline-start:.8rem;"
        f"border-inline-start:4px solid #8a4b16'><figcaption style='font-size:.82rem;"
        f"color:#57534e'>{word('shift.quote', lang)}</figcaption>{''.join(sentences)}</figure>"
    )


def quarter_columns(told: Shift, lang: str) -> dict[str, Sequence[object]]:
    """Give the table by quarter: what the map draws, in words and numbers."""
    steps = {step.to.label: step for step in told.steps}
    moved = []
    for quarter in told.quarters:
        step = steps.get(quarter.label)
        if step is None:
            moved.append("–")
            continue
        direction = direction_words(step.bearing, lang)
        key = "shift.moved" if step.sure else "shift.within_chance"
        moved.append(word(key, lang, km=round(step.distance_km), direction=direction))
    return {
        word("shift.column_quarter", lang): [quarter.label for quarter in told.quarters],
        word("shift.column_near", lang): [
            quarter.near.name if lang == "ar" else quarter.near.name_en for quarter in told.quarters
        ],
        word("shift.column_reports", lang): [round(quarter.events) for quarter in told.quarters],
        word("shift.column_moved", lang): moved,
        word("shift.column_band", lang): [round(quarter.band_km) for quarter in told.quarters],
        word("shift.column_ellipse", lang): [
            f"{quarter.ellipse.major_km:.0f} \u00d7 {quarter.ellipse.minor_km:.0f}"
            for quarter in told.quarters
        ],
    }
