"""Status of places: a ring around the place, its colour and stroke the status on the day shown."""

from datetime import date

from dashboard.maps.colors import SELECTED_COLOR, STATUS_COLORS
from dashboard.maps.layer import Drawing, Layer, Look, MapView, Mark, name, radius, rank
from dashboard.maps.words import word

PAD = 5.0  # pixels between the events' mark and the ring
ALONE = 8.0  # radius of the mark where no events are drawn
STROKES: dict[str, dict[str, object]] = {
    "control": {"weight": 4.5},
    "contested": {"weight": 4, "dash": [7, 4]},
    "presence": {"weight": 2.5},
    "lost": {"weight": 1.8, "strike": True},
    "unknown": {"weight": 1, "dash": [1, 3]},
}


def status_look(status: str, *, filled: bool, selected: bool = False) -> Look:
    """Give the look of a status: a ring, its middle tinted where it stands alone."""
    color = STATUS_COLORS[status]
    look = {"shape": "circle", "stroke": color, "halo": status != "unknown", **STROKES[status]}
    if filled:
        look |= {"fill": SELECTED_COLOR if selected else color}
        look |= {"opacity": 0.15 if status in ("lost", "unknown") else 0.55}
    return look


def rows(view: MapView, lang: str) -> Drawing:
    """Draw a ring a place with a status, those held last and so on top."""
    drawn = {p.place: radius(p.events) for p in view.places} if "events" in view.shown else {}
    looks: list[Look] = []
    marks = []
    order = list(reversed(STATUS_COLORS))
    for held in sorted(view.holdings, key=lambda held: order.index(str(held.status))):
        status = str(held.status)
        inner = drawn.get(held.place.id)
        selected = held.place.id == view.selected
        look = status_look(status, filled=inner is None, selected=selected)
        if look not in looks:
            looks.append(look)
        days = [(f"{word('status.since', lang)} {day(held.first)}", None)]
        if held.last:
            days.append((f"{word('status.until', lang)} {day(held.last)}", None))
        marks.append(
            Mark(
                place=held.place.id,
                lat=held.place.lat,
                lon=held.place.lon,
                radius=ALONE if inner is None else inner + PAD,
                look=looks.index(look),
                tip=name(held.place, lang),
                rank=rank(held.place.id, str(held.place.kind)),
                counts=((word(f"status.{status}", lang), None), *days),
            )
        )
    present = {str(held.status) for held in view.holdings}
    legend = tuple(
        ({**status_look(status, filled=False), "wide": True}, word(f"status.{status}", lang))
        for status in STATUS_COLORS
        if status in present
    )
    return Drawing(looks=tuple(looks), marks=tuple(marks), legend=legend)


def day(told: date) -> str:
    """Write an ISO day that keeps its order within Arabic: isolated, left to right (UAX 9)."""
    return f"\u2066{told.isoformat()}\u2069"


layer = Layer(id="strongholds", label="layer.strongholds", rows=rows, order=40)
