"""What an export is, and how the formats are found."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import BinaryIO

from dashboard.discovery import find_modules
from dashboard.model import Article, Event

Told = tuple[Event, Article | None]
"""An event and the article that tells it, where the article is at hand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """A format: `write(told, query, out)` writes UTF-8 bytes to `out`.

    `told` runs through events with their articles, and `query` says in words which events they are.
    """

    id: str
    label_en: str
    label_ar: str
    suffix: str
    mime: str
    write: Callable[[Iterable[Told], str, BinaryIO], None]


def all_exports() -> tuple[Export, ...]:
    """Give every format: each module of `dashboard.exports.formats` defines one `export`."""
    return tuple(module.export for module in find_modules("dashboard.exports.formats"))
