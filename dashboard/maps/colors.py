"""Colours and shapes of marks: told apart by shape too, so that no reader depends on colour."""

from collections.abc import Mapping

from dashboard.ontology.schema import EventType

# Each has a contrast of at least 4.5 on white, so it serves for text as well.
STATUS_COLORS = {
    "control": "#8f1d2c",
    "contested": "#b45309",
    "presence": "#1f5f99",
    "lost": "#57534e",
    "unknown": "#706b64",
}
FAMILY_SHAPES = {
    "stronghold": "star",
    "territory": "square",
    "violence": "circle",
    "security": "diamond",
    "posture": "triangle",
}
AREA_COLOR = "#a8752b"
RING_COLOR = "#57534e"
ARROW_COLOR = "#5b2a86"
SELECTED_COLOR = "#111111"
WHITE = "#ffffff"
INK = "#2b2a27"


def family_colors(types: Mapping[str, EventType]) -> dict[str, str]:
    """Give each family the colour of its first event type, as the histogram does."""
    return {kind.family: kind.color for kind in reversed(list(types.values()))}


def ink(color: str) -> str:
    """Give black or white, whichever is read better on `color` (#rrggbb; WCAG 2 luminance)."""
    parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return WHITE if 1.05 / (luminance + 0.05) >= (luminance + 0.05) / 0.072 else INK
