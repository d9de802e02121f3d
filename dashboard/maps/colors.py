"""Colours and shapes of marks: told apart by shape too, so that no reader depends on colour."""

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
