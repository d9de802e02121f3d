"""CSV for spreadsheets: UTF-8 with a byte order mark, cells that look like formulas defused."""

import csv
import io
from collections.abc import Iterable
from typing import BinaryIO

from dashboard.exports.cells import cell
from dashboard.exports.export import Export, Told
from dashboard.exports.rows import ROW_KEYS, told_row


def write(told: Iterable[Told], query: str, out: BinaryIO) -> None:
    """Write a header and one line an event; a last column repeats the query."""
    text = io.TextIOWrapper(out, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.DictWriter(text, fieldnames=[*ROW_KEYS, "query"])
    writer.writeheader()
    for one in told:
        row = {key: cell(value) for key, value in told_row(one).items()}
        writer.writerow(row | {"query": cell(query)})
    text.detach()


export = Export(
    id="csv", label_en="CSV", label_ar="جدول CSV", suffix=".csv", mime="text/csv", write=write
)
