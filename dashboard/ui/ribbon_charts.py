"""Draw the leading strongholds as a ribbon by month, and the articles that cover each month."""

from collections.abc import Mapping, Sequence
from typing import Any

import altair

from dashboard.maps.colors import STATUS_COLORS
from dashboard.maps.words import word as map_word
from dashboard.strongholds import Ribbon
from dashboard.ui.words import word

LABELS_PX = 112
"""Room for the names beside the ribbon, and as much beside the coverage: their months line up."""
ROW_PX = 24
FURNITURE_PX = 110  # axis and legend below the ribbon
COVERAGE_PX = 100


def ribbon_chart(told: Ribbon, lang: str) -> Any:
    """Draw a row a place and a cell a month, in the colour of the status at the month's end."""
    rows = [
        {
            "place": row.place.name if lang == "ar" else row.place.name_en,
            "month": f"{month}-01T00:00:00",
            "status": map_word(f"status.{status}", lang),
        }
        for row in told.rows
        for month, status in zip(told.months, row.statuses, strict=True)
        if status
    ]
    order = list(dict.fromkeys(row["place"] for row in rows))
    statuses = {map_word(f"status.{s}", lang): color for s, color in STATUS_COLORS.items()}
    faint = {map_word("status.lost", lang): "#cfc9c0", map_word("status.unknown", lang): "#ece8e1"}
    return (
        altair.Chart({"values": rows})
        .mark_bar(height={"band": 0.8}, binSpacing=0)
        .encode(
            x=altair.X(
                "yearmonth(month):T",
                title=None,
                scale=_months_scale(told.months),
                axis=altair.Axis(format="%Y", tickCount="year"),
            ),
            y=altair.Y("place:N", sort=order, title=None, axis=_names_axis()),
            color=altair.Color(
                "status:N",
                scale=altair.Scale(domain=list(statuses), range=list((statuses | faint).values())),
                legend=altair.Legend(title=None, orient="bottom", columns=2, labelLimit=260),
            ),
            tooltip=[
                altair.Tooltip("place:N", title=word("place.column_place", lang)),
                altair.Tooltip(
                    "yearmonth(month):T", title=word("time.month", lang), format="%m/%Y"
                ),
                altair.Tooltip("status:N", title=word("shift.status", lang)),
            ],
        )
        .properties(height=ROW_PX * len(order) + FURNITURE_PX)
    )


def coverage_chart(months: Sequence[str], articles: Mapping[str, int], lang: str) -> Any:
    """Draw the articles a month, months in line with the ribbon's."""
    rows = [{"month": f"{m}-01T00:00:00", "articles": articles.get(m, 0)} for m in months]
    most = max(articles.values(), default=0)
    return (
        altair.Chart({"values": rows})
        .mark_bar(color="#8a8378", binSpacing=0)
        .encode(
            x=altair.X(
                "yearmonth(month):T",
                title=None,
                scale=_months_scale(months),
                axis=altair.Axis(format="%Y", tickCount="year"),
            ),
            y=altair.Y(
                "articles:Q",
                title=None,
                scale=altair.Scale(domainMin=0, domainMax=max(most, 1)),
                axis=altair.Axis(
                    tickCount=2,
                    tickMinStep=1,
                    minExtent=LABELS_PX,
                    maxExtent=LABELS_PX,
                    ticks=False,
                ),
            ),
            tooltip=[
                altair.Tooltip(
                    "yearmonth(month):T", title=word("time.month", lang), format="%m/%Y"
                ),
                altair.Tooltip("articles:Q", title=word("shift.articles", lang)),
            ],
        )
        .properties(height=COVERAGE_PX)
    )


def _months_scale(months: Sequence[str]) -> Any:
    year, month = (int(part) for part in months[-1].split("-"))
    after = f"{year + month // 12}-{month % 12 + 1:02}-01T00:00:00"
    return altair.Scale(domain=[f"{months[0]}-01T00:00:00", after])


def _names_axis() -> Any:
    return altair.Axis(
        minExtent=LABELS_PX,
        maxExtent=LABELS_PX,
        labelLimit=LABELS_PX - 6,
        labelOverlap=False,
        ticks=False,
    )
