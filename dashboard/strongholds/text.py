"""Print tables as aligned text in which Arabic and Latin names keep their columns."""

import textwrap
import unicodedata
from collections.abc import Iterator

from dashboard.strongholds.tables import Row, table_word
from dashboard.strongholds.views import Section, View

GAP = "  "
MARK = "\u200e"  # after an Arabic cell: keeps the next cell to its right (UAX 9)
WIDTH = 100
NUMBERS = frozenset(
    {"reports", "articles", "lat", "lon", "band_km", "major_km", "minor_km", "axis"}
    | {"distance_km", "bearing", "confidence"}
)


def as_text(view: View, lang: str) -> str:
    """Give the sections of a view as text, each row followed by its receipt."""
    return "\n\n".join("\n".join(_section(section, lang)) for section in view.sections)


def width(text: str) -> int:
    """Give the columns that a text takes in a terminal: marks and controls take none."""
    return sum(
        0 if unicodedata.category(char) in ("Mn", "Me", "Cf") else
        2 if unicodedata.east_asian_width(char) in "WF" else 1
        for char in text
    )  # fmt: skip


def _section(section: Section, lang: str) -> Iterator[str]:
    for paragraph in section.heading.split("\n"):
        yield paragraph.rstrip()
    if section.rows:
        yield ""
        heads = [table_word(f"columns.{column}", lang) for column in section.columns]
        cells = [[_cell(row, column, lang) for column in section.columns] for row in section.rows]
        widths = [max(width(line[n]) for line in (heads, *cells)) for n in range(len(heads))]
        yield _line(heads, section, widths)
        for row, line in zip(section.rows, cells, strict=True):
            yield _line(line, section, widths)
            yield from _receipt(row, lang)
    if section.notes:
        yield ""
        yield from section.notes


def _line(cells: list[str], section: Section, widths: list[int]) -> str:
    told = []
    for cell, column, wide in zip(cells, section.columns, widths, strict=True):
        pad = " " * (wide - width(cell))
        mark = MARK if any(unicodedata.bidirectional(char) == "AL" for char in cell) else ""
        told.append(pad + cell if column in NUMBERS else cell + mark + pad)
    return GAP.join(told).rstrip()


def _cell(row: Row, column: str, lang: str) -> str:
    value = row.get(f"{column}_words", row[column])
    if value is None:
        return "–"
    if column == "towns":
        named = ((table_word(f"status.{status}", lang), n) for status, n in value.items() if n)
        return table_word("say.comma", lang).join(f"{n} {words}" for words, n in named) or "–"
    if column == "confidence":
        return f"{value:.2f}"
    return str(value)


def _receipt(row: Row, lang: str) -> Iterator[str]:
    if "sentences" in row:
        for told in row["sentences"]:
            days = [told["date_start"] or "?", told["date_end"] or "?"]
            when = days[0] if days[0] == days[1] else "..".join(days)
            source = told["source"] or table_word("say.no_source", lang)
            yield f"    {when}  {told['type']}  {told['event']}  {source}{MARK}"
            yield f"        {told['sentence']}"
    elif row.get("events"):
        words = f"{table_word('say.because', lang)} {', '.join(row['events'])}"
        yield textwrap.fill(words, WIDTH, initial_indent="    ", subsequent_indent="    ")
