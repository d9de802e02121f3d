"""XLSX for spreadsheets: a sheet of events, and sheets of the query and of the codes."""

from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from dashboard.exports.cells import cell
from dashboard.exports.code_tables import code_tables
from dashboard.exports.export import Export, Told
from dashboard.exports.frames import frame, write_layer, write_tables

MOST_ROWS = 1_048_575
"""Rows that a sheet can hold below its header."""


def write(told: Iterable[Told], query: str, out: BinaryIO) -> None:
    """Write the sheets `events`, `about`, `types` and `actors`; no cell is a formula.

    Raises ValueError where there are more events than a sheet has rows.
    """
    table = frame(told, value=cell)
    if len(table) > MOST_ROWS:
        raise ValueError(
            f"{len(table)} events are more than a sheet holds ({MOST_ROWS}): export fewer days or "
            "types, or take csv or gpkg"
        )
    with TemporaryDirectory() as folder:
        path = Path(folder) / "events.xlsx"
        write_layer(table, path, "events", "XLSX", append=False)
        write_tables(code_tables(query), path, "XLSX")
        out.write(path.read_bytes())


export = Export(
    id="xlsx",
    label_en="Excel (XLSX)",
    label_ar="جدول Excel",
    suffix=".xlsx",
    mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    write=write,
)
