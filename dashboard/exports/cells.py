"""What may stand in a cell of a table: plain values, and nothing that a spreadsheet would run."""

import json

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A cell that begins so is run as a formula by spreadsheets (OWASP, CSV injection)."""


def flat(value: object) -> object:
    """Give a value as one text or number: a list as JSON, an empty one as no text."""
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False) if value else ""
    return value


def cell(value: object) -> object:
    """Give a value as it may stand in a cell; text that a spreadsheet would run gets a quote."""
    value = flat(value)
    if isinstance(value, str) and value.startswith(FORMULA):
        return "'" + value
    return value


def xml_text(text: str) -> str:
    """Leave out the characters that XML 1.0 cannot hold, which an article can."""
    return "".join(
        sign
        for sign in text
        if sign in "\t\n\r" or "\x20" <= sign <= "\ud7ff" or "\ue000" <= sign <= "\ufffd"
        or sign >= "\U00010000"
    )  # fmt: skip
