"""Draw a picture card with matplotlib: the base map, the marks, and the words beside them."""

import io
import json
import math
import textwrap
from functools import cache
from typing import Any

import geopandas
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patheffects import withStroke

from dashboard.exports.card import TOLD_STATUSES, TOP_PLACES, Card, card_word, day_words
from dashboard.maps.assets import asset_folders, names_json
from dashboard.maps.colors import FAMILY_SHAPES, STATUS_COLORS, family_colors, ink
from dashboard.maps.layer import MapView, radius
from dashboard.maps.layer import name as place_name
from dashboard.maps.layers.events import main_family
from dashboard.maps.words import word as map_word
from dashboard.ontology import load_ontology
from dashboard.store.base import PlaceCount
from gazetteer.place import Place

SHAPES = {"16:9": (12.8, 7.2, 150), "a4": (11.69, 8.27, 200)}
"""Width and height in inches, and dots an inch."""

MARKERS = {"star": "*", "square": "s", "circle": "o", "diamond": "D", "triangle": "^"}
FILL = {"*": 1.45, "s": 0.95, "o": 1.0, "D": 0.9, "^": 1.1}
"""Widths of matplotlib's markers that make their areas about equal."""

LAND, SEA, BORDER, PALE, LAKE, RIVER = (
    "#f6f3ec", "#dfe9ef", "#8a8578", "#c9c3b4", "#cfe3ee", "#7fb0cc",
)  # fmt: skip
INK, QUIET, BRAND = "#1c1917", "#57534e", "#8a4b16"
RINGS = {"control": "-", "contested": (0, (3, 1.6)), "presence": "-"}
WEST, SOUTH, EAST, NORTH = 25.0, 27.0, 52.0, 40.0  # the region of the base map
HOME = (35.5, 31.0, 47.0, 37.6)
LEAST_DEGREES = 3.0
TOWNS_TO_ZOOM = 7
Box = tuple[float, float, float, float]

SIDE = 0.27  # the share of the width that the words take
BOTTOM = 0.065
LINE, HEAD = 0.0335, 0.25
"""The height of a row, as a share of the figure, and what a heading takes besides, in rows."""


def draw_card(card: Card, shape: str = "16:9") -> bytes:
    """Draw a card as PNG; `shape` is one of SHAPES. Raises ValueError for another one."""
    if shape not in SHAPES:
        raise ValueError(f"a card has the shape {' or '.join(SHAPES)}, not {shape!r}")
    width, height, dots = SHAPES[shape]
    figure = Figure(figsize=(width, height), dpi=dots, facecolor="white")
    canvas = FigureCanvasAgg(figure)
    right = card.lang == "ar"
    top, bottom, edge = 0.86, BOTTOM, 0.02
    left = edge + SIDE if right else edge
    axes = figure.add_axes((left, bottom, 1 - SIDE - 2 * edge, top - bottom))
    _map(axes, card, (width * (1 - SIDE - 2 * edge)) / (height * (top - bottom)), canvas)
    _heading(figure, card, right, edge)
    start = 1 - edge if not right else edge + SIDE - 0.015
    box = (start - SIDE + 0.015, start) if not right else (edge, start)
    _side(figure, card, box, top, right)
    _footing(figure, card, right, edge)
    out = io.BytesIO()
    figure.savefig(out, format="png", metadata={"Software": "Maaqil"})
    return out.getvalue()


def _map(axes: Any, card: Card, shape: float, canvas: Any) -> None:
    west, south, east, north = frame_of(card, shape)
    axes.set_xlim(west, east)
    axes.set_ylim(south, north)
    axes.set_aspect("auto")  # the frame has the shape of its axes at its middle latitude
    axes.set_facecolor(SEA)
    axes.set_xticks([])
    axes.set_yticks([])
    for side in axes.spines.values():
        side.set_edgecolor(PALE)
    ground = _ground()
    plot: dict[str, Any] = {"ax": axes, "aspect": None}
    ground["elsewhere"].plot(color=LAND, **plot)
    ground["countries"].plot(color=LAND, **plot)
    ground["lakes"].plot(color=LAKE, edgecolor=RIVER, linewidth=0.4, **plot)
    ground["rivers"].plot(color=RIVER, linewidth=0.9, **plot)
    ground["governorates"].plot(color=PALE, linewidth=0.6, linestyle=(0, (4, 3)), **plot)
    ground["borders"].plot(color=BORDER, linewidth=0.9, **plot)
    axes.set_xlabel("")
    axes.set_ylabel("")
    taken = _marks(axes, card)
    _names(axes, card.lang, (west, south, east, north), taken, canvas)
    if not card.places:
        axes.text(
            0.5, 0.5, card_word("nothing", card.lang), transform=axes.transAxes, ha="center",
            fontsize=16, color=QUIET,
        )  # fmt: skip


def frame_of(card: Card, shape: float) -> tuple[float, float, float, float]:
    """Give west, south, east and north of the map; `shape` is its width by its height."""
    points: list[PlaceCount | Place] = [*card.places, *(held.place for held in card.statuses)]
    near = [p for p in points if WEST <= p.lon <= EAST and SOUTH <= p.lat <= NORTH]
    west, south, east, north = HOME
    if near:
        west, east = min(p.lon for p in near), max(p.lon for p in near)
        south, north = min(p.lat for p in near), max(p.lat for p in near)
    middle = (west + east) / 2, (south + north) / 2
    tall = max(LEAST_DEGREES, (north - south) * 1.16)
    wide = max((east - west) * 1.12, LEAST_DEGREES)
    squeeze = math.cos(math.radians(middle[1]))
    tall = max(tall, wide * squeeze / shape)
    wide = tall * shape / squeeze
    return middle[0] - wide / 2, middle[1] - tall / 2, middle[0] + wide / 2, middle[1] + tall / 2


def _marks(axes: Any, card: Card) -> list[Box]:
    """Draw rings of status and marks of events; give the boxes that names must keep clear of."""
    types = load_ontology().event_types
    view, colors = MapView(types=types), family_colors(types)
    sizes = {place.place: 0.62 * radius(place.events) for place in card.places}
    boxes: list[Box] = []
    for held in card.statuses:
        size = sizes.get(held.place.id, 2.0) + 3.2
        boxes.append(_box(axes, held.place.lon, held.place.lat, size))
        axes.scatter(
            held.place.lon, held.place.lat, s=(2 * size) ** 2, facecolors="none", zorder=4,
            edgecolors=STATUS_COLORS[held.status], linestyle=RINGS[held.status],
            linewidths=2.4 if held.status == "control" else 1.6,
        )  # fmt: skip
    drawn = sorted(card.places, key=lambda place: (place.geo_precision < 3, -place.events))
    for number, place in enumerate(drawn):
        family, size = main_family(place, view), sizes[place.place]
        marker, color = MARKERS[FAMILY_SHAPES.get(family, "circle")], colors.get(family, QUIET)
        vague = place.geo_precision >= 3
        axes.scatter(
            place.lon, place.lat, s=(2 * size * FILL[marker]) ** 2, marker=marker, zorder=5,
            facecolors=color + ("38" if vague else "e6"), edgecolors=color if vague else "white",
            linestyle=(0, (2, 1.5)) if vague else "-", linewidths=0.8,
        )  # fmt: skip
        box = _box(axes, place.lon, place.lat, size)
        boxes.append(box)
        over = (_box(axes, p.lon, p.lat, sizes[p.place]) for p in drawn[number + 1 :])
        if place.events > 1 and size >= 5.5 and not any(_cross(box, other) for other in over):
            axes.text(
                place.lon, place.lat, str(place.events), ha="center", va="center_baseline",
                zorder=6, fontsize=size * 0.82, fontweight="bold",
                color=INK if vague else ink(color),
            )  # fmt: skip
    return boxes


def _box(axes: Any, lon: float, lat: float, size: float) -> Box:
    """Give the square of a mark of `size` points around a position, in pixels."""
    x, y = axes.transData.transform((lon, lat))
    reach = size * axes.figure.dpi / 72
    return x - reach, y - reach, x + reach, y + reach


def _names(axes: Any, lang: str, frame: Any, taken: list[Box], canvas: Any) -> None:
    """Write the names of countries and towns that keep clear of the marks and of one another."""
    west, south, east, north = frame
    renderer, edge = canvas.get_renderer(), axes.get_window_extent()
    for row in json.loads(names_json()):
        country, town = row["kind"] == "country", row["kind"] == "city"
        within = west < row["lon"] < east and south < row["lat"] < north
        if not within or not (country or (town and row.get("zoom", 9) <= TOWNS_TO_ZOOM)):
            continue
        label = row["name"] if lang == "ar" else row["name_en"]
        for across, side in ((7, "left"), (-7, "right")) if town else ((0, "center"),):
            text = axes.annotate(
                label, (row["lon"], row["lat"]), xytext=(across, 0), textcoords="offset points",
                ha=side, va="center", fontsize=10.5 if country else 7.5, zorder=3,
                color="#6b645a" if country else "#44403c",
                fontweight="bold" if country else "normal",
                path_effects=[withStroke(linewidth=2, foreground=LAND)],
            )  # fmt: skip
            box = text.get_window_extent(renderer)
            corners = (box.x0 - 1, box.y0 - 1, box.x1 + 1, box.y1 + 1)
            clear = not any(_cross(corners, other) for other in taken)
            inside = box.x0 > edge.x0 and box.x1 < edge.x1 and box.y0 > edge.y0 and box.y1 < edge.y1
            if clear and inside:
                dot = _box(axes, row["lon"], row["lat"], 1.0)
                if town and not any(_cross(dot, other) for other in taken):
                    axes.scatter(row["lon"], row["lat"], s=5, color=QUIET, zorder=3)
                taken.append(corners)
                break
            text.remove()


def _cross(one: Box, other: Box) -> bool:
    return bool(one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3])


def _heading(figure: Any, card: Card, right: bool, edge: float) -> None:
    x, side = (1 - edge, "right") if right else (edge, "left")
    figure.text(x, 0.955, card_word("title", card.lang), ha=side, va="center", fontsize=17,
                fontweight="bold", color=INK)  # fmt: skip
    figure.text(x, 0.912, card.days, ha=side, va="center", fontsize=13, color=BRAND)
    query = textwrap.shorten(card.query, 150, placeholder=" …")
    figure.text(x, 0.88, query, ha=side, va="center", fontsize=9, color=QUIET)


def _footing(figure: Any, card: Card, right: bool, edge: float) -> None:
    first, second = (1 - edge, edge) if right else (edge, 1 - edge)
    sides = ("right", "left") if right else ("left", "right")
    figure.text(first, 0.042, card_word("caution", card.lang), ha=sides[0], va="center",
                fontsize=8.5, color=INK)  # fmt: skip
    figure.text(second, 0.042, card_word("credit", card.lang), ha=sides[1], va="center",
                fontsize=8.5, color=QUIET)  # fmt: skip
    link = textwrap.shorten(card.link, 170, placeholder="…") if card.link else ""
    figure.text(first, 0.018, link, ha=sides[0], va="center", fontsize=7, color=QUIET)


def _side(figure: Any, card: Card, box: tuple[float, float], top: float, right: bool) -> None:
    """Write legend and numbers in a column, from `top` down; both ends of a row are used."""
    near, far = (box[1], box[0]) if right else box
    sides = ("right", "left") if right else ("left", "right")
    step = -0.018 if right else 0.018
    axes = figure.add_axes((0, 0, 1, 1), facecolor="none")
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1)
    axes.set_axis_off()
    y = top - 0.012
    line = min(LINE, (top - BOTTOM) / (_rows(card) + 1))

    def heading(words: str) -> None:
        nonlocal y
        y -= HEAD * line
        axes.text(
            near, y, words, ha=sides[0], va="center", fontsize=9, fontweight="bold", color=INK
        )
        y -= line

    def row(words: str, number: int | None = None, indent: float = 0.0) -> None:
        nonlocal y
        axes.text(near + indent, y, words, ha=sides[0], va="center", fontsize=9, color="#292524")
        if number is not None:
            axes.text(far, y, f"{number:,}", ha=sides[1], va="center", fontsize=9, color=INK)
        y -= line

    colors = family_colors(load_ontology().event_types)
    if card.families:
        heading(card_word("what", card.lang))
    for family, words in card.families:
        marker = MARKERS[FAMILY_SHAPES[family]]
        axes.scatter(near + step / 2, y, s=(9 * FILL[marker]) ** 2, marker=marker,
                     color=colors[family], edgecolors="white", linewidths=0.6)  # fmt: skip
        row(words, indent=1.4 * step)
    if any(place.geo_precision >= 3 for place in card.places):
        axes.scatter(near + step / 2, y, s=81, facecolors=QUIET + "38", edgecolors=QUIET,
                     linestyle=(0, (2, 1.5)), linewidths=0.8)  # fmt: skip
        row(map_word("events.near", card.lang), indent=1.4 * step)
    present = {held.status for held in card.statuses}
    if card.on and present:
        heading(card_word("held", card.lang, day=day_words(card.on, card.lang)))
        for status in TOLD_STATUSES:
            if status in present:
                axes.scatter(near + step / 2, y, s=90, facecolors="none", linewidths=1.8,
                             edgecolors=STATUS_COLORS[status], linestyle=RINGS[status])  # fmt: skip
                row(map_word(f"status.{status}", card.lang), indent=1.4 * step)
    heading(card_word("numbers", card.lang))
    for key in ("events", "articles", "shown", "tray"):
        row(card_word(key, card.lang), getattr(card, key))
    heading(card_word("precision", card.lang))
    for level, number in enumerate(card.precision, start=1):
        row(card_word(f"precision_{level}", card.lang), number)
    if card.places:
        heading(card_word("places", card.lang))
        for place in card.places[:TOP_PLACES]:
            row(textwrap.shorten(place_name(place, card.lang), 34, placeholder=" …"), place.events)


def _rows(card: Card) -> float:
    """Count the rows of the column, headings with what they take besides."""
    vague = any(place.geo_precision >= 3 for place in card.places)
    lists = (
        len(card.families) + vague,
        len({held.status for held in card.statuses}) if card.on else 0,
        4,
        len(card.precision),
        min(TOP_PLACES, len(card.places)),
    )
    return sum(number + 1 + HEAD for number in lists if number)


@cache
def _ground() -> dict[str, Any]:
    folder = asset_folders()["basemap"]
    names = ("elsewhere", "countries", "lakes", "rivers", "governorates", "borders")
    return {name: geopandas.read_file(folder / f"{name}.geojson") for name in names}
