"""JSON lines: one event a line, with the keys that scorers read."""

import json
from collections.abc import Iterable
from typing import BinaryIO

from dashboard.exports.export import Export, Told
from dashboard.exports.rows import told_row


def write(told: Iterable[Told], query: str, out: BinaryIO) -> None:
    """Write one JSON object a line; the query is not repeated in them."""
    del query  # every line stands for itself
    for one in told:
        out.write(json.dumps(told_row(one), ensure_ascii=False).encode() + b"\n")


export = Export(
    id="jsonl",
    label_en="JSON lines",
    label_ar="JSON بالأسطر",
    suffix=".jsonl",
    mime="application/x-ndjson",
    write=write,
)
